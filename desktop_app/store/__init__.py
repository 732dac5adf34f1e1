"""The archive's SQLite database, through sqlite-utils."""
