"""An archive is the sum of its changes: what a change is, and what a set of them adds up to."""
