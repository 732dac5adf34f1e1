"""The thread that owns the reading processes of a pool.

It hands out files, takes pages, watches the clock and the memory, stops what goes beyond its
limits, and goes on with the rest of a file in a new process. Nobody else touches the processes.
"""

import queue
import signal
import sys
import threading
from collections import deque
from dataclasses import dataclass
from multiprocessing import Pipe, resource_tracker
from multiprocessing.connection import wait
from pathlib import Path

from desktop_app.domain.extraction import Extraction, Refusal, RefusalCode

from .child import Child, ChildEnded
from .clock import WatchedTime
from .limits import Limits
from .messages import BadMessage, Done, Ready
from .task import FileTask

_LOOK_S = 0.03
_MAX_FAILED_STARTS = 3


@dataclass(frozen=True, slots=True)
class Order:
    """A file to read, or its first `most_pages`. `round` counts the cancellations before it."""

    round: int
    key: str
    path: Path
    most_pages: int | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of an order."""

    order: Order
    result: Extraction | Refusal


@dataclass(frozen=True, slots=True)
class Ended:
    """The supervisor ends; `failure` says why, "" when it was asked to."""

    failure: str


class Inbox:
    """Orders on their way to the supervisor, which can wait for them and for processes at once."""

    def __init__(self) -> None:
        self.connection, self._bell = Pipe(duplex=False)
        self._lock = threading.Lock()
        self._rung = False
        self._items: list[Order | int | None] = []

    def put(self, item: Order | int | None) -> None:
        """Add an order, the number of a new round (all older orders are void), or None: the end."""
        with self._lock:
            self._items.append(item)
        self.ring()

    def ring(self) -> None:
        """Let the supervisor look at everything anew."""
        with self._lock:
            if not self._rung:
                self._rung = True
                self._bell.send_bytes(b"!")

    def take(self) -> list[Order | int | None]:
        """Return what has come since the last call."""
        with self._lock:
            if self._rung:
                self._rung = False
                self.connection.recv_bytes()
            items, self._items = self._items, []
        return items


class Supervisor:
    """Reads the files of `inbox`, puts what became of them into `outbox`, and at last `Ended`."""

    def __init__(
        self, jobs: int, limits: Limits, inbox: Inbox, outbox: queue.SimpleQueue[Finished | Ended]
    ) -> None:
        self._jobs = jobs
        self._limits = limits
        self._megabytes = limits.megabytes_each(jobs)
        self._inbox = inbox
        self._outbox = outbox
        self._waiting: deque[Order] = deque()
        self._interrupted: deque[tuple[Order, FileTask]] = deque()
        self._children: list[Child] = []
        self._work: dict[Child, tuple[Order, FileTask]] = {}
        self._failed_starts = 0
        self._clock = WatchedTime()
        self._looked = 0.0

    def run(self) -> None:
        """Work until told to end, on the calling thread; no process is left afterwards."""
        failure = "its supervising thread ended"
        try:
            _shield_from_keyboard()
            while self._take_orders():
                self._hand_out()
                self._listen()
                self._look()
            failure = ""
        except (OSError, ChildEnded) as error:
            failure = str(error)
        finally:
            for child in self._children:
                child.stop()
            self._outbox.put(Ended(failure))

    def _take_orders(self) -> bool:
        for item in self._inbox.take():
            match item:
                case None:
                    return False
                case Order():
                    self._waiting.append(item)
                case newest:
                    self._waiting = deque(o for o in self._waiting if o.round >= newest)
                    self._interrupted.clear()
                    for child in list(self._work):
                        self._dismiss(child)
        return True

    def _hand_out(self) -> None:
        # Results that nobody has fetched yet take memory.
        room = 2 * self._jobs - self._outbox.qsize() - len(self._work)
        idle = [child for child in self._children if child not in self._work]
        for child in [child for child in idle if child.ready]:
            if self._interrupted:
                order, task = self._interrupted.popleft()
            elif self._waiting and room > 0:
                room -= 1
                order = self._waiting.popleft()
                task = FileTask(
                    order.path,
                    self._limits,
                    self._megabytes,
                    self._clock.now,
                    most_pages=order.most_pages,
                )
            else:
                break
            idle.remove(child)
            try:
                child.request(order.path, task.next_page, task.most_pages)
                self._work[child] = (order, task)
            except ChildEnded:
                # It ended while it had nothing to do: no fault of the file.
                self._interrupted.appendleft((order, task))
                self._dismiss(child)
        wanted = len(self._interrupted) + min(len(self._waiting), max(0, room))
        for _ in range(min(wanted - len(idle), self._jobs - len(self._children))):
            self._children.append(Child(self._megabytes, self._clock.now))

    def _listen(self) -> None:
        unsettled = self._work or any(not child.ready for child in self._children)
        connections = [self._inbox.connection, *(child.connection for child in self._children)]
        ready = wait(connections, _LOOK_S if unsettled else None)
        for child in [child for child in self._children if child.connection in ready]:
            self._hear(child)

    def _hear(self, child: Child) -> None:
        try:
            message = child.receive()
        except ChildEnded:
            self._lost(child)
            return
        if isinstance(message, Ready):
            child.ready = True
            self._failed_starts = 0
            return
        try:
            order, task = self._work[child]
            if isinstance(message, Done):
                task.finish()
            else:
                task.take(message)
        except (KeyError, BadMessage):
            self._stop(child, RefusalCode.CRASHED)
            return
        if isinstance(message, Done) or task.result is not None:
            del self._work[child]
            if task.result is None:
                # Its first pages do not say whether the file is refused.
                self._interrupted.append((order, task))
            self._deliver(order, task)
            worn = child.files >= self._limits.files_a_process
            if worn or child.memory() * 2 > self._megabytes * 1_000_000:
                self._dismiss(child)
        elif task.too_long:
            self._stop(child, RefusalCode.TOO_LARGE)

    def _look(self) -> None:
        now = self._clock.now()
        if now - self._looked < _LOOK_S:
            return
        self._looked = now
        for child in list(self._children):
            if child in self._work:
                _, task = self._work[child]
                if child.memory() > self._megabytes * 1_000_000:
                    self._stop(child, RefusalCode.TOO_LARGE)
                elif task.overdue(now, child.last_heard):
                    self._stop(child, RefusalCode.TOO_SLOW)
            elif not child.ready and now - child.last_heard > self._limits.start_s:
                self._lost(child)
        for order, task in list(self._interrupted):
            if now - task.started > self._limits.file_s:
                self._interrupted.remove((order, task))
                task.stop(RefusalCode.TOO_SLOW)
                self._deliver(order, task)

    def _lost(self, child: Child) -> None:
        """Clear up after a process that ended by itself or did not begin."""
        if child.ready:
            starved = child.ran_out_of_memory()
            self._stop(child, RefusalCode.TOO_LARGE if starved else RefusalCode.CRASHED)
            return
        self._dismiss(child)
        self._failed_starts += 1
        if self._failed_starts >= _MAX_FAILED_STARTS:
            raise ChildEnded("a reading process does not start")

    def _stop(self, child: Child, reason: RefusalCode) -> None:
        """End a process and go on with the rest of its file in another."""
        work = self._work.get(child)
        self._dismiss(child)
        if work is not None:
            order, task = work
            task.stop(reason)
            if task.result is None:
                self._interrupted.append((order, task))
            else:
                self._deliver(order, task)

    def _dismiss(self, child: Child) -> None:
        self._work.pop(child, None)
        self._children.remove(child)
        child.stop()

    def _deliver(self, order: Order, task: FileTask) -> None:
        if task.result is not None:
            self._outbox.put(Finished(order, task.result))


def _shield_from_keyboard() -> None:
    """Keep Ctrl+C from processes that this thread starts, even while they are just beginning."""
    if sys.platform != "win32":
        # The first process would start it, which lets the signal through again.
        resource_tracker.ensure_running()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
