"""Long work as generators: each `yield` is progress and a safe place to stop."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

Report = TypeVar("Report")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long operation has come.

    `done` and `total` count the same thing (files, records, pages); `total` is 0 while it is not
    known yet. `item` names what was just finished, for people; it may be empty.
    """

    done: int
    total: int
    item: str = ""


Operation = Generator[Progress, None, Report]
"""A long operation: yields `Progress`, returns its report.

At every yield the archive is whole (no open transaction, no half-written file), so closing the
generator there is a clean cancellation.
"""


def run_to_end(
    operation: Operation[Report], on_progress: Callable[[Progress], None] | None = None
) -> Report:
    """Drive `operation` to its end on the calling thread and return its report."""
    while True:
        try:
            progress = next(operation)
        except StopIteration as finished:
            report: Report = finished.value
            return report
        if on_progress is not None:
            on_progress(progress)
