"""Putting a repaired database in the place of the damaged one, which is kept."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database."""


def put_in_place(repaired: Path, database: Path) -> Path:
    """Put a repaired database in the place of the damaged one; return where that is kept.

    Broken off anywhere, either is there: while `repaired` still lies there, it has to be done again
    with both as sources, for the log of the damaged one may be gone from its place.
    """
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    kept = database.with_name(f"{database.name}.damaged-{moment}")
    while kept.exists():
        kept = kept.with_name(f"{kept.name}+")
    beside = [ending for ending in BESIDE if named_like(database, ending).exists()]
    for ending in beside:
        shutil.copyfile(named_like(database, ending), named_like(kept, ending))
        sync_file(named_like(kept, ending))
    try:
        kept.hardlink_to(database)
    except (OSError, NotImplementedError):
        # A file system without links, such as that of many sticks.
        shutil.copyfile(database, named_like(kept, ".part"))
        sync_file(named_like(kept, ".part"))
        named_like(kept, ".part").replace(kept)
    sync_folder(database.parent)
    for ending in beside:
        # The log of the damaged database must never be played into the new one.
        named_like(database, ending).unlink()
    repaired.replace(database)
    sync_folder(database.parent)
    return kept


def named_like(path: Path, ending: str) -> Path:
    """Return a path beside another one, with an ending after its name."""
    return path.with_name(path.name + ending)


def sync_file(path: Path) -> None:
    """Make the content of a file durable."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Make new names durable where the system can (Windows can't open folders)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
