"""How fast a job goes and how long it may still take, from what it tells of its progress."""

from collections import deque
from dataclasses import dataclass

from desktop_app.domain.operations import Progress

FIRST_S = 3.0
"""The first seconds say nothing: they are spent on opening files and starting processes."""
LEAST_DONE = 3
WINDOW_S = 20.0
"""How far back the pace is measured; further while fewer things than `LEAST_DONE` were finished."""
SILENCE_S = 8.0
"""A job that says nothing for so long stood still, or the computer slept."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Things done in a second, and the seconds that the rest may take; None where unknown."""

    per_second: float
    remaining_s: float | None = None


class PaceKeeper:
    """Told the progress of one job with the time in seconds, of a clock that never goes back."""

    def __init__(self) -> None:
        self._noted: deque[tuple[float, int]] = deque()
        self._last = 0.0

    def note(self, progress: Progress, now: float) -> Pace | None:
        """Return the pace after this progress, or None while nothing can be said of it.

        After a silence, or where the job begins to count anew, it is measured from the beginning.
        """
        noted = self._noted
        if noted and (now - self._last > SILENCE_S or progress.done < noted[-1][1]):
            noted.clear()
        self._last = now
        if not noted or progress.done != noted[-1][1]:
            noted.append((now, progress.done))
        # The second one is enough to measure from: the first is not needed any more.
        while len(noted) > 1 and now - noted[1][0] >= WINDOW_S and _enough(progress, noted[1][1]):
            noted.popleft()
        began, before = noted[0]
        if now - began < FIRST_S or not _enough(progress, before):
            return None
        rate = (progress.done - before) / (now - began)
        left = progress.total - progress.done
        return Pace(rate, left / rate if left > 0 else None)


def _enough(progress: Progress, before: int) -> bool:
    return progress.done - before >= LEAST_DONE
