"""Room 4: bodies, members, meetings, decisions, actions."""
