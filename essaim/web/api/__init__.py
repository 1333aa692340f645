"""The read-only API: the release and the public content of the database for programs, at /api/v1/."""
