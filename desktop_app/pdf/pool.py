"""Reading many PDFs at once, in child processes that may hang, starve or die."""

import os
import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop_app.domain.errors import WorkerLost
from desktop_app.domain.extraction import Extraction, Refusal

from .limits import Limits
from .supervisor import Ended, Finished, Inbox, Order, Supervisor

MAX_JOBS = 4
LEAST_MB = 100

_JOIN_S = 30.0


class ExtractionPool:
    """Reads PDFs in child processes; results come in the order in which files are finished.

    Use it from one thread, in a `with` block. No file takes longer than `Limits.file_s` and a
    moment. At most twice as many files are read ahead of the caller as there are processes.
    """

    def __init__(self, jobs: int | None = None, limits: Limits | None = None) -> None:
        """Make a pool of at most `jobs` processes: by default one a processor, four at most."""
        limits = limits or Limits()
        # With less memory than this a process could not read good PDFs.
        jobs = min(jobs or min(os.cpu_count() or 1, MAX_JOBS), limits.pool_mb // LEAST_MB)
        self._round = 0
        self._outstanding = 0
        self._failure: str | None = None
        self._inbox = Inbox()
        self._outbox: queue.SimpleQueue[Finished | Ended] = queue.SimpleQueue()
        supervisor = Supervisor(max(1, jobs), limits, self._inbox, self._outbox)
        self._thread = threading.Thread(target=supervisor.run, name="pdf-pool", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def outstanding(self) -> int:
        """Return how many submitted files have not been fetched yet."""
        return self._outstanding

    def submit(self, key: str, path: Path, *, most_pages: int | None = None) -> None:
        """Queue a file. `key` comes back with its result. Never blocks.

        With `most_pages` only so many pages are read, from the first on. The file is refused or not
        as if it were read whole: where its first pages do not tell, the others are read as well.
        """
        self._outstanding += 1
        self._inbox.put(Order(self._round, key, path, most_pages))

    def next_result(self, timeout: float | None = None) -> tuple[str, Extraction | Refusal] | None:
        """Return the key and result of the next file that is finished.

        Return None when no file is outstanding, or none was finished within `timeout` seconds.

        Raises:
            WorkerLost: reading processes can't be started.
        """
        while self._outstanding:
            if self._failure is not None:
                raise WorkerLost(detail=self._failure)
            try:
                finished = self._outbox.get(timeout=timeout)
            except queue.Empty:
                return None
            if isinstance(finished, Ended):
                self._failure = finished.failure
                continue
            self._inbox.ring()
            if finished.order.round == self._round:
                self._outstanding -= 1
                return finished.order.key, finished.result
        return None

    def results(self) -> Iterator[tuple[str, Extraction | Refusal]]:
        """Yield the key and result of every file that was submitted, as they are finished.

        More files may be submitted meanwhile.

        Raises:
            WorkerLost: reading processes can't be started.
        """
        while (finished := self.next_result()) is not None:
            yield finished

    def cancel(self) -> None:
        """Forget all files that were submitted and not fetched; running ones are stopped."""
        self._round += 1
        self._outstanding = 0
        self._inbox.put(self._round)

    def close(self) -> None:
        """Stop everything; no process is left. The pool can't be used afterwards."""
        self._outstanding = 0
        self._failure = "the pool is closed"
        self._inbox.put(None)
        self._thread.join(_JOIN_S)
