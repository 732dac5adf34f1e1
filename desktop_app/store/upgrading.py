"""An archive of an earlier release gets this one's schema: a copy first, then all of it or nothing.

The copy `before-update-<last migration it had>.sqlite` stays beside the database, so that somebody
who has to go back to the earlier release still has the archive as it was.
"""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database as Connection

from desktop_app.domain.errors import DiskFull, NotWritable
from desktop_app.domain.failures import is_disk_full
from desktop_app.domain.opening_errors import UpgradeFailed

from .migrations import migrations

WAIT_S = 600.0
"""How long to wait while another program upgrades the same archive."""
ROOM = 32 << 20
"""What must be free besides the copy's own size (bytes)."""
KEPT_COPIES = 2
COPY_NAME = "before-update-{version}.sqlite"

_KEPT_TABLES = ("archive", "imports", "changes", "records", "documents", "pages")
"""An upgrade may change their columns, but every row stays."""
_LOG = (
    "id stamp device author entity entity_id field action value replaces saw batch undoes".split()
)


@dataclass(frozen=True, slots=True)
class _Contents:
    rows: Mapping[str, int]
    text: int
    log: str
    dangling: int


def upgrade(path: Path, *, keep_copy: bool = True) -> None:
    """Bring the database at `path` up to date; does nothing where it is.

    Of two programs that begin at once, one does it and the other waits. Raises `DiskFull` before
    anything is changed, `UpgradeFailed` with the database as it was; sqlite3's errors pass through.
    """
    raw = sqlite3.connect(path, timeout=WAIT_S)
    try:
        # Foreign keys stay off, so that a table that is replaced does not take others' rows along.
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = OFF"):
            raw.execute(f"PRAGMA {pragma}")
        connection = Connection(raw, execute_plugins=False)
        raw.execute("BEGIN IMMEDIATE")
        try:
            pending = migrations.pending(connection)
            if pending and keep_copy:
                _upgrade_with_copy(path, connection)
            elif pending:
                migrations.apply(connection)
            raw.execute("COMMIT")
        finally:
            if raw.in_transaction:
                raw.execute("ROLLBACK")
        _drop_old_copies(path.parent)
    finally:
        raw.close()


def copy_database(source: sqlite3.Connection, path: Path) -> None:
    """Write a consistent copy of an opened database to `path`, while others go on working."""
    copy = sqlite3.connect(path)
    try:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()


def require_room(folder: Path, size: int) -> None:
    """Raise `DiskFull` where `size` bytes and some more would not fit."""
    if shutil.disk_usage(folder).free < size + ROOM:
        raise DiskFull(path=folder)


def size_with_log(path: Path) -> int:
    """Return how large the database is together with what waits in its log (bytes)."""
    log = path.with_name(f"{path.name}-wal")
    return path.stat().st_size + (log.stat().st_size if log.exists() else 0)


def _upgrade_with_copy(path: Path, connection: Connection) -> None:
    """Copy, migrate and compare, inside the caller's transaction."""
    folder = path.parent
    copy = folder / COPY_NAME.format(version=_version(connection))
    part = copy.with_name(f"{copy.name}.part")
    try:
        require_room(folder, size_with_log(path))
        part.unlink(missing_ok=True)
        try:
            before = _copy(path, part)
            part.replace(copy)
        finally:
            part.unlink(missing_ok=True)
        _sync(folder)
    except OSError as error:
        if is_disk_full(error):
            raise DiskFull(path=folder) from error
        raise NotWritable(path=folder, detail=error.strerror or error) from error
    try:
        migrations.apply(connection)
    except (sqlite3.OperationalError, sqlite3.IntegrityError) as error:
        name = getattr(error, "sqlite_errorname", "")
        if name not in ("SQLITE_ERROR", "") and not name.startswith("SQLITE_CONSTRAINT"):
            raise  # A full disk or a broken sector: no fault of the migration.
        raise UpgradeFailed(folder=folder, detail=error) from error
    after = _contents(connection.conn)
    lost = [name for name, count in before.rows.items() if after.rows.get(name) != count]
    if lost or (after.text, after.log) != (before.text, before.log):
        raise UpgradeFailed(folder=folder, detail=f"contents differ: {', '.join(lost) or 'text'}")
    if after.dangling > before.dangling:
        raise UpgradeFailed(folder=folder, detail="rows refer to missing rows")


def _version(connection: Connection) -> str:
    applied = migrations.applied(connection)
    return applied[-1].name.partition("_")[0] if applied else "m0000"


def _copy(path: Path, target: Path) -> _Contents:
    """Write a durable copy to `target`; return what it holds, read from the copy itself."""
    # The transaction's own connection can't be copied, but others still read what it began with.
    source = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT_S)
    try:
        copy_database(source, target)
    finally:
        source.close()
    copy = sqlite3.connect(target)
    try:
        contents = _contents(copy)
    finally:
        copy.close()
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())
    return contents


def _contents(raw: sqlite3.Connection) -> _Contents:
    """Return what must be the same before and after."""
    tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    rows = {
        name: int(raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0])
        for name in _KEPT_TABLES
        if name in tables
    }
    text = int(raw.execute("SELECT coalesce(sum(length(text)), 0) FROM pages").fetchone()[0])
    digest = hashlib.sha256()
    # As bytes, because a damaged text must not stop the upgrade.
    columns = ", ".join(f"CAST({name} AS BLOB)" for name in _LOG)
    for row in raw.execute(f"SELECT {columns} FROM changes ORDER BY sequence"):
        digest.update(repr(row).encode())
    dangling = len(raw.execute("PRAGMA foreign_key_check").fetchall())
    return _Contents(rows, text, digest.hexdigest(), dangling)


def _drop_old_copies(folder: Path) -> None:
    copies = sorted(
        folder.glob(COPY_NAME.format(version="*")), key=lambda path: path.stat().st_mtime_ns
    )
    for path in copies[:-KEPT_COPIES]:
        path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Make a new name durable where the system can (Windows can't open folders)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
