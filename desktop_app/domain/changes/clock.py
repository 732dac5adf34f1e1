"""A hybrid clock: wall time as far as it can be trusted, and always forwards.

After Kulkarni and others, "Logical Physical Clocks and Consistent Snapshots in Globally Distributed
Databases" (2014), with one difference: stamps of other devices never move the own clock. A device
whose clock runs years ahead then spoils the order of its own edits only; causes are told by
`Change.replaces`, not by time.
"""

import time
from collections.abc import Callable

COUNTER_BITS = 16
MAX_STAMP = (1 << 63) - 1
"""SQLite's largest integer; wall time reaches it in the year 6429."""
LATEST_FOREIGN = MAX_STAMP - (1 << 40)
"""A stamp above this leaves no room for edits after it, and is no honest clock's."""


def wall_ms() -> int:
    """Return the time of the computer's clock, in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


class HybridClock:
    """Gives stamps: 47 bits of milliseconds since 1970, 16 bits of counter.

    `last` is the greatest stamp this device ever gave, from where it was kept.
    """

    def __init__(self, last: int = 0, now_ms: Callable[[], int] = wall_ms) -> None:
        self._last = last
        self._now_ms = now_ms

    @property
    def last(self) -> int:
        """Return the greatest stamp given so far, to be kept."""
        return self._last

    def tick(self, above: int = 0) -> int:
        """Return a stamp greater than all given before and than `above`.

        `above` is the greatest stamp of what the new change replaces: an edit is always later than
        what its author saw, however wrong a clock is. Raises ValueError when `above` leaves no
        room.
        """
        if above > LATEST_FOREIGN:
            raise ValueError(above)
        wall = max(0, self._now_ms()) << COUNTER_BITS
        stamp = max(wall, self._last + 1)
        self._last = min(stamp, LATEST_FOREIGN)
        return min(max(stamp, above + 1), MAX_STAMP)


def stamp_ms(stamp: int) -> int:
    """Return the milliseconds since 1970 that a stamp stands for."""
    return stamp >> COUNTER_BITS
