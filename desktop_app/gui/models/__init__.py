"""Lists and tables that are told what to show."""
