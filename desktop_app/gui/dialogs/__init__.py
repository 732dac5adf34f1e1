"""Questions and reports in a window of their own."""
