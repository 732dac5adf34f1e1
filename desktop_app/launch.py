"""Decides between the command line and the window, and catches what nobody else caught."""

import json
import logging
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

UNEXPECTED = 70  # a program error: EX_SOFTWARE of sysexits.h
INTERRUPTED = 130
SORRY = (
    "Something unexpected happened. What was finished is safe. The log file{where} has the "
    "details; please send it with what you did."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status.

    Imported by every child process too, so it imports nothing heavy by itself: the command line and
    the window are loaded when they are needed.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        from desktop_app.config.log import start_log

        start_log()
        from desktop_app.cli.main import run

        return run(words, open_window)
    except KeyboardInterrupt:
        # Before the command line was there to say so, or once more while it was ending.
        _tell("interrupted", "Stopped. What was finished is safe.", as_json="--json" in words)
        return INTERRUPTED
    except Exception:
        logging.getLogger(__name__).critical("not caught", exc_info=True)
        _tell("unexpected", SORRY.format(where=_log_file()), as_json="--json" in words)
        return UNEXPECTED


def open_window(folder: Path, language: str | None) -> int:
    """Open the window on the archive in `folder` and return the exit status when it is closed."""
    from desktop_app.gui.application import run_window

    return run_window(folder, language)


def _log_file() -> str:
    with suppress(OSError, ImportError):
        from desktop_app.config.paths import log_folder

        return f' in "{log_folder()}"'
    return ""


def _tell(code: str, message: str, *, as_json: bool) -> None:
    # Nobody may be there to read it.
    with suppress(OSError, AttributeError):
        sys.stderr.write(f"{message}\n")
    if as_json:
        with suppress(OSError, AttributeError):
            sys.stdout.write(json.dumps({"error": {"code": code, "message": message}}) + "\n")
            sys.stdout.flush()
