"""The program's log: a small rotating file, nothing of the archive's contents in it."""

import logging
from logging.handlers import RotatingFileHandler

from .paths import log_folder

MAX_BYTES = 1_000_000
KEPT = 3


def start_log() -> None:
    """Write records of level INFO and above to the log file; without one where it can't be."""
    root = logging.getLogger("desktop_app")
    if root.handlers:
        return
    root.setLevel(logging.INFO)
    try:
        log_folder().mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            log_folder() / "evaluation-archive.log",
            maxBytes=MAX_BYTES,
            backupCount=KEPT,
            encoding="utf-8",
            errors="backslashreplace",
            delay=True,
        )
    except OSError:
        # A read-only profile must not stop the program; there is just no log then.
        root.addHandler(logging.NullHandler())
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
