"""Time in which somebody looked on: a pause of the whole program is not part of it."""

import time
from collections.abc import Callable

LONGEST_LOOK_S = 1.0
"""Whoever looks sees more often than this; a longer gap was a pause (Ctrl+Z, a sleeping laptop)."""


class WatchedTime:
    """A clock for deadlines of reading processes, read by the one who watches them.

    A program that is stopped, or whose computer sleeps, stops its reading processes with it. When
    it goes on, the time in between is nobody's fault, so that a gap between two looks counts for
    `LONGEST_LOOK_S` at most.
    """

    def __init__(self, source: Callable[[], float] = time.monotonic) -> None:
        """Begin at 0; `source` gives the seconds of a clock that runs on in a pause."""
        self._source = source
        self._looked = source()
        self._now = 0.0

    def now(self) -> float:
        """Look: return the seconds that have passed under watch since the beginning."""
        looked = self._source()
        self._now += min(max(0.0, looked - self._looked), LONGEST_LOOK_S)
        self._looked = looked
        return self._now
