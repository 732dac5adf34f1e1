"""Giving back the room that deleted rows took."""

import shutil
import tempfile
from pathlib import Path

from desktop_app.domain.care_errors import RoomNeeded

from .database import Database
from .upgrading import ROOM, size_with_log

_MB = 1_000_000


def require_room_to_compact(path: Path) -> None:
    """Raise `RoomNeeded` where the database could not be written once more.

    SQLite writes it into a temporary file first, and from there into the log.
    """
    size = size_with_log(path)
    scratch = Path(tempfile.gettempdir())
    same = scratch.stat().st_dev == path.parent.stat().st_dev
    require_room_for(path.parent, 2 * size if same else size)
    if not same:
        require_room_for(scratch, size)


def require_room_for(folder: Path, size: int) -> None:
    """Raise `RoomNeeded` where `size` bytes and some more would not fit."""
    needed, free = size + ROOM, shutil.disk_usage(folder).free
    if free < needed:
        raise RoomNeeded(path=folder, needed=-(-needed // _MB), free=free // _MB)


def vacuum(database: Database) -> None:
    """Write the database anew without its gaps, and empty its log."""
    with database.translated_errors():
        raw = database.connection.conn
        raw.execute("VACUUM")
        raw.execute("PRAGMA optimize")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
