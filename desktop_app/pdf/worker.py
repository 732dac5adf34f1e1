"""The reading process: takes the paths of PDFs, sends what is in them page by page.

It lives and dies for its parent: it ends when the parent does, takes no keyboard interrupt, prints
nothing, leaves no files, and gets no more memory than it may have.
"""

import contextlib
import ctypes
import json
import os
import signal
import sys
import threading
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path

from .messages import Ready, encode

_PR_SET_PDEATHSIG = 1
_NO_ERROR_BOXES = 0x0001 | 0x0002


def run(connection: Connection, megabytes: int) -> None:
    """Answer the requests that come over `connection` until the parent closes it.

    A request is a JSON object: the `path` of a file and the `first` and the `last` page to read,
    from 1; `last` is null where all are to be read.
    `megabytes` is how much memory may be taken on top of what the process has at its start.
    """
    _be_silent()
    _end_with_parent()
    # Only here, after the silence: the parent imports this module too, and needs no PDF engine.
    from .answers import answer

    _limit_memory(megabytes)
    with contextlib.suppress(EOFError, OSError):
        connection.send_bytes(encode(Ready()))
        while True:
            request = json.loads(connection.recv_bytes())
            path, first, last = Path(request["path"]), request["first"], request["last"]
            for message in answer(path, first, last, megabytes):
                connection.send_bytes(encode(message))


def _be_silent() -> None:
    # A Ctrl+C in the terminal reaches every process of the program; the parent decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        # Windows programs without a console have no streams to redirect.
        with contextlib.suppress(OSError):
            os.dup2(nowhere, stream)
    os.close(nowhere)
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(_NO_ERROR_BOXES)
    else:
        import resource  # It does not exist on Windows.

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_with_parent() -> None:
    """End this process when the parent ends, even while PDFium is at work."""
    parent = parent_process()
    if parent is None:
        return
    sentinel = parent.sentinel

    def watch() -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
    if sys.platform == "linux":
        # The thread above gets no turn while a regular expression of pypdf's runs wild.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent.pid:
            os._exit(1)


def _limit_memory(megabytes: int) -> None:
    """Let the system refuse more memory where it can: the parent looks only now and then."""
    if sys.platform == "linux":
        import resource  # It does not exist on Windows.

        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            name, _, amount = line.partition(":")
            if name == "VmData":
                limit = int(amount.split()[0]) * 1024 + megabytes * 1_000_000
                resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
