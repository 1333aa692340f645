"""Room 2: works, subjects and networks."""
