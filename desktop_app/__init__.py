"""Evaluation Archive: evaluations of local prevention work, to import, search, read and share."""

__version__ = "0.1.0"
