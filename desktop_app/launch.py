"""Decides between the command line and the window, and catches what nobody else caught."""

import logging
import sys
from collections.abc import Sequence
from pathlib import Path

UNEXPECTED = 70  # a program error: EX_SOFTWARE of sysexits.h


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status.

    Imported by every child process too, so it imports nothing heavy by itself: the command line and
    the window are loaded when they are needed.
    """
    from desktop_app.cli.main import run

    try:
        return run(list(sys.argv[1:] if arguments is None else arguments), open_window)
    except Exception:
        logging.getLogger(__name__).critical("not caught", exc_info=True)
        sys.stderr.write(
            "Something unexpected happened. What was finished is safe. The log file has the "
            "details; please send it with what you did.\n"
        )
        return UNEXPECTED


def open_window(folder: Path, language: str | None) -> int:
    """Open the window on the archive in `folder` and return the exit status when it is closed."""
    from desktop_app.gui.application import run_window

    return run_window(folder, language)
