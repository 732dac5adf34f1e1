"""Where things lie, what the user prefers, and the log."""
