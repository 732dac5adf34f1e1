"""One SQLite file, opened once for each thread, with its errors turned into ours."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database as Connection

from desktop_app.domain.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveNewer,
    ArchiveNotFound,
    DiskFull,
    NotReadable,
    NotWritable,
)

from .migrations import APPLICATION_ID, SCHEMA_MAJOR, migrations

BUSY_SECONDS = 30.0

_SQLITE_CONDITIONS: dict[str, type[ArchiveError]] = {
    "SQLITE_BUSY": ArchiveBusy,
    "SQLITE_LOCKED": ArchiveBusy,
    "SQLITE_FULL": DiskFull,
    "SQLITE_READONLY": NotWritable,
    "SQLITE_PERM": NotWritable,
    "SQLITE_CANTOPEN": NotReadable,
    "SQLITE_IOERR": NotReadable,
    "SQLITE_CORRUPT": ArchiveDamaged,
    "SQLITE_NOTADB": ArchiveDamaged,
}


def _is_writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


class Database:
    """The archive's database file.

    Every thread that asks for `connection` gets its own, because a SQLite connection belongs to the
    thread that opened it. Writes go through `transaction`, which takes the write lock at once, so
    that two programs at work in one archive wait for each other and never fail halfway.
    """

    def __init__(self, path: Path, *, fresh: bool = False, read_only: bool | None = None) -> None:
        """Open `path` and bring its schema up to date; `fresh` accepts an empty file.

        `read_only` is found out where it is not said: nothing can be written on a locked stick.
        """
        if not path.is_file():
            raise ArchiveNotFound(folder=path.parent)
        self.path = path
        self.read_only = not _is_writable(path) if read_only is None else read_only
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._opened_lock = threading.Lock()
        with self.translated_errors():
            if not fresh:
                self._recognise()
            if migrations.pending(self.connection):
                self._require_writable()
                migrations.apply(self.connection)

    @classmethod
    def create(cls, path: Path, prepare: Callable[["Database"], None]) -> None:
        """Make a new database at `path`, filled by `prepare`; it appears whole or not at all."""
        part = path.with_name(path.name + ".part")
        try:
            part.unlink(missing_ok=True)
            part.touch()
            database = cls(part, fresh=True)
            prepare(database)
            database.connection.execute("PRAGMA journal_mode = DELETE")
            database.close()
            part.replace(path)
        except OSError as error:
            raise NotWritable(path=path.parent, detail=error.strerror or error) from error

    @property
    def connection(self) -> Connection:
        """Return this thread's connection, opening it on first use."""
        connection: Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            raw = self._connect()
            connection = Connection(raw, execute_plugins=False)
            if not self.read_only:
                for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
                    raw.execute(f"PRAGMA {pragma}")
            self._local.connection = connection
            with self._opened_lock:
                self._opened.append(raw)
        return connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give this thread's connection for reading."""
        with self.translated_errors():
            yield self.connection

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Give this thread's connection inside one write transaction: all of it, or nothing."""
        self._require_writable()
        with self.translated_errors():
            connection = self.connection
            connection.conn.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.conn.execute("COMMIT")
            except BaseException:
                if connection.conn.in_transaction:
                    connection.conn.execute("ROLLBACK")
                raise

    @contextmanager
    def translated_errors(self) -> Iterator[None]:
        """Turn SQLite's errors into ours, with what to do about them."""
        try:
            yield
        except sqlite3.IntegrityError:
            raise
        except sqlite3.DatabaseError as error:
            name = getattr(error, "sqlite_errorname", "") or ""
            for prefix, condition in _SQLITE_CONDITIONS.items():
                if name.startswith(prefix):
                    raise condition(
                        folder=self.path.parent, path=self.path.parent, detail=error
                    ) from error
            foreign = "no such table" in str(error) or "no such column" in str(error)
            if isinstance(error, sqlite3.OperationalError) and not foreign:
                raise
            raise ArchiveDamaged(folder=self.path.parent, detail=error) from error

    def close(self) -> None:
        """End every thread's connection; the object can't be used afterwards."""
        with self._opened_lock:
            for raw in self._opened:
                with suppress(sqlite3.Error):
                    raw.close()
            self._opened.clear()
        self._local = threading.local()

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy of the whole database to `path`, while others go on working."""
        with self.translated_errors():
            copy = sqlite3.connect(path)
            try:
                self.connection.conn.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            finally:
                copy.close()

    def problems(self) -> list[str]:
        """Return what SQLite finds wrong with the file; empty when it is sound."""
        try:
            connection = self.connection.conn
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as error:
            return [str(error)]
        problems = [] if found == ["ok"] else found
        problems += [f"{row[0]} row {row[1]} refers to a missing row of {row[2]}" for row in broken]
        return problems

    def _connect(self) -> sqlite3.Connection:
        # check_same_thread is off only so that `close` can end every thread's connection.
        if not self.read_only:
            return sqlite3.connect(self.path, timeout=BUSY_SECONDS, check_same_thread=False)
        log = self.path.with_name(self.path.name + "-wal")
        # Without a log to replay, SQLite needs no file of its own beside the database.
        immutable = "" if log.exists() and log.stat().st_size else "&immutable=1"
        return sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode=ro{immutable}",
            uri=True,
            timeout=BUSY_SECONDS,
            check_same_thread=False,
        )

    def _require_writable(self) -> None:
        if self.read_only:
            raise NotWritable(path=self.path.parent, detail="it is read-only")

    def _recognise(self) -> None:
        """Refuse what is not an archive, or a newer one, before anything in it is touched."""
        raw = self._connect()
        try:
            application_id = raw.execute("PRAGMA application_id").fetchone()[0]
            version = raw.execute("PRAGMA user_version").fetchone()[0]
        finally:
            raw.close()
        if application_id != APPLICATION_ID:
            raise ArchiveDamaged(folder=self.path.parent, detail="not an Evaluation Archive")
        if version > SCHEMA_MAJOR:
            raise ArchiveNewer(folder=self.path.parent, found=version, known=SCHEMA_MAJOR)
