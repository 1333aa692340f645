"""Backup and restore: one archive with all that cannot be made again, verified before it takes the place of anything."""
