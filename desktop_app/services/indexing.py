"""Keeping the derived index up to date with the archive."""

import json
import multiprocessing
import time
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain import errors
from desktop_app.domain.errors import (
    ArchiveBusy,
    ArchiveError,
    DiskFull,
    IndexUnusable,
    NotWritable,
    WorkerLost,
)
from desktop_app.domain.operations import Operation, Progress
from desktop_app.index.engine import Engine
from desktop_app.index.writer import is_being_written
from desktop_app.store.queue import Queue

from . import index_process
from .index_process import IndexReport, IndexTask

POLL_S = 0.2
STOP_S = 5.0
"""How long a writer that was asked to stop may take to put its files away."""
WAIT_S = 600.0
"""How long to wait while another program writes the same index."""
BUDGET_S = 2.0
"""How long a search may be held up by what waits for the index."""
READING_SHARE = 0.2
"""Share of that time in which records are begun: the start and the commit need the rest."""


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """How many records still wait for the index, and what kept them from being taken up."""

    pending: int
    obstacle: ArchiveError | None = None


class Indexing:
    """Starts the index writer and says whether there is work for it."""

    def __init__(
        self, database: Path, folder: Path, queue: Queue, engine: Engine, *, read_only: bool
    ) -> None:
        self._read_only = read_only
        self._database = database
        self._folder = folder
        self._queue = queue
        self._engine = engine

    def pending(self) -> int:
        """Return how many records wait to be taken up."""
        return len(self._queue)

    def is_current(self) -> bool:
        """Return whether a search sees all it can: nothing waits and the index can be read.

        In an archive that can only be read, nothing can be waited for.
        """
        if self._read_only:
            return True
        if self.pending():
            return False
        try:
            return self._engine.generation() >= 0
        except IndexUnusable:
            return False

    def update(self, *, wait_s: float = WAIT_S) -> Operation[IndexReport]:
        """Take up everything that waits; counts records. An unusable index is built anew.

        While another program writes the index, waits up to `wait_s` seconds, then `ArchiveBusy`.
        `NotWritable` or `DiskFull` where the index can't be written: the records are safe, and what
        was indexed before can still be searched.
        """
        return self._run(IndexTask(wait_s))

    def rebuild(self) -> Operation[IndexReport]:
        """Build the index anew from the archive; counts records."""
        return self._run(IndexTask(WAIT_S, rebuild=True))

    def optimise(self) -> Operation[IndexReport]:
        """Take up everything that waits and make the index one segment, as small as it can be."""
        return self._run(IndexTask(WAIT_S, optimise=True))

    def catch_up(self, *, budget_s: float = BUDGET_S) -> Operation[CaughtUp]:
        """Take up what can be within `budget_s` seconds; counts records.

        For a search: whatever stands in the way is no reason not to search what is there. What is
        not committed when the time is over waits on.
        """
        began = time.monotonic()
        obstacle: ArchiveError | None = None
        try:
            if not self.is_current() and not is_being_written(self._folder):
                task = IndexTask(wait_s=0, budget_s=READING_SHARE * budget_s)
                operation = self._run(task, stop_s=budget_s / 4)
                try:
                    for progress in operation:
                        yield progress
                        if time.monotonic() - began > budget_s:
                            break
                finally:
                    operation.close()
        except ArchiveBusy:
            # Another program takes up the same records.
            obstacle = None
        except (NotWritable, DiskFull, IndexUnusable, WorkerLost) as error:
            obstacle = error
        return CaughtUp(self.pending(), obstacle)

    def _run(self, task: IndexTask, *, stop_s: float = STOP_S) -> Operation[IndexReport]:
        if self._read_only:
            raise NotWritable(path=self._folder.parent, detail="it is read-only")
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=index_process.run,
            args=(theirs, str(self._database), str(self._folder), task),
            daemon=True,
        )
        process.start()
        theirs.close()
        progress = Progress(0, 0)
        try:
            while True:
                if not ours.poll(POLL_S):
                    if not process.is_alive() and not ours.poll(0):
                        raise WorkerLost(detail=f"exit status {process.exitcode}")
                    yield progress  # A place to stop at, also while a long commit goes on.
                    continue
                try:
                    message = json.loads(ours.recv_bytes())
                except EOFError as error:
                    process.join(STOP_S)
                    raise WorkerLost(detail=f"exit status {process.exitcode}") from error
                if "report" in message:
                    told = message["report"]
                    skipped = tuple((record_id, why) for record_id, why in told.pop("skipped"))
                    return IndexReport(**told, skipped=skipped)
                if "error" in message:
                    raise _error(message)
                progress = Progress(message["done"], message["total"], message["item"])
                yield progress
        finally:
            if process.is_alive():
                _ask_to_stop(ours)
            process.join(stop_s)
            if process.is_alive():
                process.kill()
                process.join()
            ours.close()


def _ask_to_stop(channel: "multiprocessing.connection.Connection") -> None:
    try:
        channel.send_bytes(b"stop")
    except OSError:
        # It has just ended by itself.
        return


def _error(message: dict[str, object]) -> ArchiveError:
    known = getattr(errors, str(message["error"]))
    fields = message["fields"]
    error: ArchiveError = known(**fields if isinstance(fields, dict) else {})
    return error
