"""The frame: settings, addresses, home, the one search."""
