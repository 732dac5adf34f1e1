"""The windows: the only place where signals, services and models meet."""
