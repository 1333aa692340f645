"""Tables of the desk, as they came to be."""
