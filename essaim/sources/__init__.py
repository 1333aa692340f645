"""Where data comes from: one folder a source."""
