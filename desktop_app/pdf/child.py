"""The parent's view of one reading process."""

import json
import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import psutil

from .limits import MAX_MESSAGE_BYTES
from .messages import BadMessage, Message, decode
from .worker import run

_JOIN_S = 5.0


class ChildEnded(Exception):
    """The process ended or sent nonsense."""


class Child:
    """One running reading process: idle, or at work on one file."""

    def __init__(self, megabytes: int, clock: Callable[[], float]) -> None:
        """Start the process, which may take `megabytes` of memory; `clock` gives seconds.

        Raises:
            OSError: the system can't start a process.
            ChildEnded: it ended at once.
        """
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._bytes = megabytes * 1_000_000
        self._process = context.Process(
            target=run, args=(theirs, megabytes), name="pdf-reader", daemon=True
        )
        try:
            self._process.start()
        finally:
            # Only while no one else holds the other end does this one tell that the process ended.
            theirs.close()
        try:
            self._view = psutil.Process(self._process.pid)
        except psutil.Error as error:
            raise ChildEnded from error
        self._most_memory = 0
        self._clock = clock
        self.ready = False
        self.files = 0
        self.last_heard = clock()

    def request(self, path: Path, first: int, last: int | None = None) -> None:
        """Ask for the pages of a file from page `first` on, up to page `last` or its end.

        Raises:
            ChildEnded: the process is gone.
        """
        self.files += 1
        self.last_heard = self._clock()
        body = {"path": str(path.absolute()), "first": first, "last": last}
        try:
            self.connection.send_bytes(json.dumps(body).encode("ascii"))
        except OSError as error:
            raise ChildEnded from error

    def receive(self) -> Message:
        """Return the next message; `connection` says when there is one.

        Raises:
            ChildEnded: the process is gone, or what it sent can't be trusted.
        """
        try:
            message = decode(self.connection.recv_bytes(MAX_MESSAGE_BYTES))
        except (EOFError, OSError, BadMessage) as error:
            raise ChildEnded from error
        self.last_heard = self._clock()
        return message

    def memory(self) -> int:
        """Return the memory in use in bytes; 0 when the process has just ended."""
        try:
            used = int(self._view.memory_info().rss)
        except psutil.Error:
            return 0
        self._most_memory = max(self._most_memory, used)
        return used

    def ran_out_of_memory(self) -> bool:
        """Return whether a process that ended by itself had most likely met its memory limit."""
        self._process.join(_JOIN_S)
        # C++ ends a program with abort() when it gets no memory; PDFium's own checks do not.
        aborted = os.name == "posix" and self._process.exitcode == -signal.SIGABRT
        return aborted or self._most_memory * 2 > self._bytes

    def stop(self) -> None:
        """End the process at once, whatever it is doing, and leave nothing of it."""
        self._process.kill()
        self._process.join(_JOIN_S)
        self.connection.close()
        if self._process.exitcode is not None:
            self._process.close()
