"""Keeping the derived index up to date with the archive."""

import json
import multiprocessing
from pathlib import Path

from desktop_app.domain import errors
from desktop_app.domain.errors import ArchiveError, IndexUnusable, WorkerLost
from desktop_app.domain.operations import Operation, Progress
from desktop_app.index.engine import Engine
from desktop_app.store.queue import Queue

from . import index_process
from .index_process import IndexReport

POLL_S = 0.2
STOP_S = 5.0
"""How long a writer that was asked to stop may take to put its files away."""
WAIT_S = 600.0
"""How long to wait while another program writes the same index."""


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
            self._engine.ids()
        except IndexUnusable:
            return False
        snapshot = self._engine.snapshot()
        return snapshot.generation >= 0 and None not in snapshot.lexicons

    def update(self, *, wait_s: float = WAIT_S) -> Operation[IndexReport]:
        """Take up everything that waits; counts records. An unusable index is built anew.

        While another program writes the index, waits up to `wait_s` seconds, then `ArchiveBusy`.
        """
        return self._run(rebuild=False, wait_s=wait_s)

    def rebuild(self) -> Operation[IndexReport]:
        """Build the index anew from the archive; counts records."""
        return self._run(rebuild=True, wait_s=WAIT_S)

    def _run(self, *, rebuild: bool, wait_s: float) -> Operation[IndexReport]:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=index_process.run,
            args=(theirs, str(self._database), str(self._folder), rebuild, wait_s),
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
                    return IndexReport(**message["report"])
                if "error" in message:
                    raise _error(message)
                progress = Progress(message["done"], message["total"], message["item"])
                yield progress
        finally:
            if process.is_alive():
                _ask_to_stop(ours)
            process.join(STOP_S)
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
