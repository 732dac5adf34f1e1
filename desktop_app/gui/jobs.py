"""Background work: one thread a lane, one way home to the GUI thread.

Work on one lane is done one after the other, so two imports never run at once; lanes run beside
each other. No widget ever sees a thread: callbacks are called on the GUI thread.
"""

import itertools
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop_app.domain.operations import Operation, Progress

Value = TypeVar("Value")
PROGRESS_INTERVAL_S = 0.05
"""Progress is told at most this often; a fast operation must not flood the event loop."""

_log = logging.getLogger(__name__)


class Lane(StrEnum):
    """A queue of its own for each resource."""

    WRITE = "write"
    INDEX = "index"
    READ = "read"


@dataclass(eq=False)
class Job:
    """A long operation under way: `title` is for people."""

    id: int
    title: str
    lane: Lane
    stopping: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask the operation to stop at its next safe place."""
        self.stopping.set()


class Jobs(QObject):
    """Runs operations and questions on their lanes and brings the results home.

    Signals, all on the GUI thread: `started(Job)`, `progressed(Job, Progress)`, and one of
    `finished(Job)`, `cancelled(Job)`, `failed(Job, error)`.
    """

    started = Signal(object)
    progressed = Signal(object, object)
    finished = Signal(object)
    cancelled = Signal(object)
    failed = Signal(object, object)
    _home = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executors = {
            lane: ThreadPoolExecutor(1, thread_name_prefix=lane.value) for lane in Lane
        }
        self._numbers = itertools.count(1)
        self._running: dict[int, Job] = {}
        self._newest: dict[str, int] = {}
        self._closed = False
        self._home.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        lane: Lane,
        title: str,
        begin: Callable[[], Operation[Value]],
        on_report: Callable[[Value], None],
    ) -> Job:
        """Run an operation; `on_report` gets its report when it came to its end."""
        job = Job(next(self._numbers), title, lane)
        self._running[job.id] = job
        self.started.emit(job)
        self._executors[lane].submit(self._work, job, begin, on_report)
        return job

    def ask(
        self,
        topic: str,
        question: Callable[[], Value],
        on_answer: Callable[[Value], None],
        on_error: Callable[[Exception], None],
    ) -> None:
        """Answer a question on the read lane; a newer one on the same topic supersedes it."""
        number = next(self._numbers)
        self._newest[topic] = number
        self._executors[Lane.READ].submit(
            self._answer, topic, number, question, on_answer, on_error
        )

    def running(self) -> list[Job]:
        """Return the jobs that are under way or waiting."""
        return list(self._running.values())

    def close(self) -> None:
        """Stop everything at its next safe place and wait for it; no callback is called then."""
        self._closed = True
        for job in self._running.values():
            job.cancel()
        self._newest.clear()
        for executor in self._executors.values():
            executor.shutdown(wait=True, cancel_futures=True)

    def _work(
        self, job: Job, begin: Callable[[], Operation[Any]], on_report: Callable[[Any], None]
    ) -> None:
        try:
            if job.stopping.is_set():
                self._home.emit(lambda: self._end(job, self.cancelled))
                return
            operation = begin()
            report = self._drive(job, operation)
        except _Cancelled:
            self._home.emit(lambda: self._end(job, self.cancelled))
        except Exception as error:
            _log.error("%s failed", job.title, exc_info=error)
            self._home.emit(lambda error=error: self._fail(job, error))
        else:
            self._home.emit(lambda: self._succeed(job, on_report, report))

    def _drive(self, job: Job, operation: Operation[Any]) -> Any:
        told = 0.0
        while True:
            try:
                progress = next(operation)
            except StopIteration as end:
                return end.value
            if job.stopping.is_set():
                operation.close()
                raise _Cancelled
            now = time.monotonic()
            if now - told >= PROGRESS_INTERVAL_S:
                told = now
                self._home.emit(lambda progress=progress: self._progress(job, progress))

    def _answer(
        self,
        topic: str,
        number: int,
        question: Callable[[], Any],
        on_answer: Callable[[Any], None],
        on_error: Callable[[Exception], None],
    ) -> None:
        if self._newest.get(topic) != number:
            return

        def deliver(callback: Callable[[Any], None], value: Any) -> None:
            if self._newest.get(topic) == number:
                callback(value)

        try:
            answer = question()
        except Exception as error:
            _log.info("no answer on %s: %s", topic, error)
            self._home.emit(lambda error=error: deliver(on_error, error))
        else:
            self._home.emit(lambda: deliver(on_answer, answer))

    @Slot(object)
    def _deliver(self, call: Callable[[], None]) -> None:
        # What was on its way when the window closed has nobody left to tell.
        if not self._closed:
            call()

    def _progress(self, job: Job, progress: Progress) -> None:
        if job.id in self._running:
            self.progressed.emit(job, progress)

    def _succeed(self, job: Job, on_report: Callable[[Any], None], report: Any) -> None:
        self._end(job, self.finished)
        on_report(report)

    def _fail(self, job: Job, error: Exception) -> None:
        self._running.pop(job.id, None)
        self.failed.emit(job, error)

    def _end(self, job: Job, signal: Any) -> None:
        self._running.pop(job.id, None)
        signal.emit(job)


class _Cancelled(Exception):
    """The job was asked to stop."""
