"""Telling the operating system's errors apart."""

import errno


def is_disk_full(error: OSError) -> bool:
    """Return whether `error` says that there is no room left (disk or quota)."""
    return error.errno in {errno.ENOSPC, errno.EDQUOT} or getattr(error, "winerror", None) == 112
