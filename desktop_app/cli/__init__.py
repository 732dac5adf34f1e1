"""The command line: a verb is one service call."""
