"""Formats of metadata files: what they hold, as sheets of rows, and back."""
