"""Databases that can't be read where they lie are read from a copy of one's own.

A log that has to be replayed and a schema that has to be brought up to date need a writable file; a
medium that can't be written has none.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path

from sqlite_utils import Database as Connection

from desktop_app.domain.errors import DiskFull, NotReadable
from desktop_app.domain.failures import is_disk_full

from .upgrading import copy_database, require_room, size_with_log, upgrade

LOG_ENDINGS = ("-wal", "-journal")


class ReadingCopy:
    """A copy of a database in a temporary folder, until it is removed."""

    def __init__(self, name: str, size: int) -> None:
        """Make the folder; raises `DiskFull` where `size` bytes would not fit."""
        self._folder = tempfile.TemporaryDirectory(
            prefix="evaluation-archive-", ignore_cleanup_errors=True
        )
        self.path = Path(self._folder.name) / name
        try:
            require_room(self.path.parent, size)
        except BaseException:
            self.remove()
            raise

    @classmethod
    def of_files(cls, database: Path, logs: Sequence[Path]) -> "ReadingCopy":
        """Return a copy of a database that nobody has open, with its logs replayed."""
        try:
            copy = cls(database.name, database.stat().st_size + sum(_sizes(logs)))
            try:
                for file in (database, *logs):
                    shutil.copyfile(file, copy.path.with_name(file.name))
                raw = sqlite3.connect(copy.path)
                try:
                    raw.execute("SELECT count(*) FROM sqlite_master")
                finally:
                    raw.close()
            except BaseException:
                copy.remove()
                raise
        except OSError as error:
            if is_disk_full(error):
                raise DiskFull(path=tempfile.gettempdir()) from error
            raise NotReadable(path=database.parent, detail=error.strerror or error) from error
        return copy

    @classmethod
    def upgraded(cls, database: Path, connection: Connection) -> "ReadingCopy":
        """Return a copy of an opened database, with its schema up to date."""
        copy = cls(database.name, size_with_log(database))
        try:
            copy_database(connection.conn, copy.path)
            upgrade(copy.path, keep_copy=False)
        except BaseException:
            copy.remove()
            raise
        return copy

    def remove(self) -> None:
        """Remove the copy; every connection to it must be closed."""
        self._folder.cleanup()


def logs_to_replay(database: Path) -> list[Path]:
    """Return the files beside a database without which it is not whole."""
    logs = [database.with_name(database.name + ending) for ending in LOG_ENDINGS]
    return [log for log, size in zip(logs, _sizes(logs), strict=True) if size]


def can_be_read(uri: str) -> bool:
    """Return whether SQLite can read the database that `uri` names, logs and all."""
    try:
        raw = sqlite3.connect(uri, uri=True)
        try:
            raw.execute("SELECT count(*) FROM sqlite_master")
        finally:
            raw.close()
    except sqlite3.OperationalError:
        return False
    return True


def _sizes(files: Sequence[Path]) -> list[int]:
    return [file.stat().st_size if file.exists() else 0 for file in files]
