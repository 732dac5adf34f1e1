"""One SQLite file, opened once for each thread, with its errors turned into ours."""

import os
import sqlite3
import sys
import threading
import uuid
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
from .reading_copy import ReadingCopy, can_be_read, logs_to_replay
from .upgrading import copy_database, upgrade

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


_SIGNS_OF_DAMAGE = ("no such table", "no such column", "Could not decode to UTF-8")
"""In the sentences of errors that have no code of their own."""
_LONGEST_DETAIL = 200

HEADER_SIZE = 100
"""So many bytes at the beginning of a database say what it is."""
_MAGIC = b"SQLite format 3\0"

Mark = tuple[int | None, ...]


def is_writable(path: Path) -> bool:
    """Return whether the database at `path` and its folder can be written."""
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return False
    if sys.platform == "win32":
        # Windows answers for the read-only attribute alone, not for the rights in a folder.
        return _can_be_opened_and_added_to(path)
    return True


def _can_be_opened_and_added_to(path: Path) -> bool:
    probe = path.with_name(f"{uuid.uuid4().hex}.probe")
    try:
        path.open("rb+").close()
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError:
        return False
    return True


def version_in(start: bytes) -> int | None:
    """Return the major version of the archive whose database begins so; None: it is no archive."""
    if len(start) < HEADER_SIZE or not start.startswith(_MAGIC):
        return None
    version, application_id = (int.from_bytes(start[at : at + 4], "big") for at in (60, 68))
    return version if application_id == APPLICATION_ID else None


def _uri(path: Path) -> str:
    return f"{path.absolute().as_uri()}?mode=ro"


class Database:
    """The archive's database file.

    Every thread that asks for `connection` gets its own, because a SQLite connection belongs to the
    thread that opened it. Writes go through `transaction`, which takes the write lock at once, so
    that two programs at work in one archive wait for each other and never fail halfway.
    """

    def __init__(
        self,
        path: Path,
        *,
        fresh: bool = False,
        read_only: bool | None = None,
        without_locks: bool = False,
    ) -> None:
        """Open `path` and bring its schema up to date; `fresh` accepts an empty file.

        `read_only` is found out where it is not said: nothing can be written on a locked stick.
        `without_locks` reads where the file system's locks are not to be trusted. What can't be
        read where it lies (an earlier schema, a log to replay) is read from a copy of one's own.
        """
        if not path.is_file():
            raise ArchiveNotFound(folder=path.parent)
        self.path = path
        self.read_only = not is_writable(path) if read_only is None else read_only
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._opened_lock = threading.Lock()
        self._copies: list[ReadingCopy] = []
        self._marking = threading.Lock()
        self._mark: Mark | None = None
        self._changed_elsewhere = False
        try:
            with self.translated_errors():
                self._uri = self._reading_uri(without_locks) if self.read_only else ""
                if not fresh:
                    self._recognise()
                if migrations.pending(self.connection):
                    self._bring_up_to_date(fresh=fresh)
                with suppress(sqlite3.DatabaseError):  # A check says what is wrong.
                    self._mark = self._read_mark(self.connection)
        except BaseException:
            self.close()
            raise

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
                self._look_for_others_changes(connection)
                yield connection
                mark = self._read_mark(connection)
                with self._marking:
                    connection.conn.execute("COMMIT")
                    self._mark = mark
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
            damaged = any(sign in str(error) for sign in _SIGNS_OF_DAMAGE)
            if isinstance(error, sqlite3.OperationalError) and not damaged:
                raise
            detail = str(error)[:_LONGEST_DETAIL]
            raise ArchiveDamaged(folder=self.path.parent, detail=detail) from error
        except UnicodeDecodeError as error:
            # Python can't read some of the sentences in which SQLite says what is damaged.
            raise ArchiveDamaged(folder=self.path.parent, detail=error) from error

    def close(self) -> None:
        """End every thread's connection; the object can't be used afterwards."""
        self._end_connections()
        for copy in self._copies:
            copy.remove()
        self._copies.clear()

    def changed_elsewhere(self) -> bool:
        """Return whether another program changed records since this was last asked, or the opening.

        What was written through this object does not count, whichever thread wrote it.
        """
        with self.reading() as connection:
            self._look_for_others_changes(connection)
        with self._marking:
            changed, self._changed_elsewhere = self._changed_elsewhere, False
        return changed

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy of the whole database to `path`, while others go on working."""
        with self.translated_errors():
            copy_database(self.connection.conn, path)

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
        return sqlite3.connect(
            self._uri or self.path,
            uri=bool(self._uri),
            timeout=BUSY_SECONDS,
            check_same_thread=False,
        )

    def _reading_uri(self, without_locks: bool) -> str:
        """Return how to open the file for reading only; it is copied first where that must be."""
        plain = _uri(self.path)
        if is_writable(self.path) and not without_locks:
            return plain  # Another program may write beside us.
        logs = logs_to_replay(self.path)
        if not logs:
            # Without a log to replay, SQLite needs no file of its own beside the database.
            return f"{plain}&immutable=1"
        if not without_locks and can_be_read(plain):
            return plain
        self._copies.append(ReadingCopy.of_files(self.path, logs))
        return _uri(self._copies[-1].path)

    def _bring_up_to_date(self, *, fresh: bool) -> None:
        if not self.read_only:
            upgrade(self.path, keep_copy=not fresh)
            return
        self._copies.append(ReadingCopy.upgraded(self.path, self.connection))
        self._end_connections()
        self._uri = _uri(self._copies[-1].path)

    def _end_connections(self) -> None:
        with self._opened_lock:
            for raw in self._opened:
                with suppress(sqlite3.Error):
                    raw.close()
            self._opened.clear()
        self._local = threading.local()

    def _look_for_others_changes(self, connection: Connection) -> None:
        # Our own commits set the mark in the same breath, so what differs came from elsewhere.
        with self._marking:
            mark = self._read_mark(connection)
            self._changed_elsewhere |= mark != self._mark
            self._mark = mark

    def _read_mark(self, connection: Connection) -> Mark:
        """Return what differs after every change of records.

        Where nothing is written by us, it also differs while the index takes them up.
        """
        waiting = "(SELECT count(*) FROM queue)" if self.read_only else "NULL"
        row = connection.execute(
            "SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'changes'),"
            f" (SELECT seq FROM sqlite_sequence WHERE name = 'queue'), {waiting}"
        ).fetchone()
        return tuple(row)

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
