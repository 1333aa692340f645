"""Charts and small maps drawn once on the server: the same picture for page, print and reading without script."""
