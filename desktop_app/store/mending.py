"""Bringing single rows back in line with the log."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

from desktop_app.domain.changes.change import EntityKind
from desktop_app.domain.changes.edits import Origin

from .adoption import complete, make_again
from .database import Database
from .lenient import is_text
from .sums import TABLES

_IDENTITY = ("id", "name", "created_at")


class Rows:
    """The rows of a database that can be read as a whole."""

    def __init__(self, database: Database, is_stored: Callable[[str], bool]) -> None:
        """`is_stored` tells whether the library has a file with a hash."""
        self._database = database
        self._is_stored = is_stored

    def replace_property(self, rowid: int | None) -> None:
        """Remove a property of the archive that can't be read, and say anew what it needs."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM archive WHERE rowid = ?", [rowid])
            now = datetime.now(UTC).isoformat()
            folder = self._database.path.parent.name
            for key, value in zip(_IDENTITY, (str(uuid.uuid4()), folder, now), strict=True):
                connection.execute("INSERT OR IGNORE INTO archive VALUES (?, ?)", [key, value])

    def make_again(
        self, origin: Origin, kind: EntityKind, entity_id: str, rowid: int | None
    ) -> bool:
        """Make a row again from the log; return whether the log says anything of it.

        What only the row says is written into the log. A row without an id of its own is removed.
        """
        with self._database.transaction() as connection:
            table = TABLES[kind][0]
            held = None
            if is_text(entity_id):
                found = connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", [entity_id])
                held = found.fetchone()
            if rowid is not None and held is None:
                connection.execute(f"DELETE FROM {table} WHERE rowid = ?", [rowid])
                return True
            return make_again(connection, origin, kind, entity_id, self._is_stored)

    def complete(self, origin: Origin) -> None:
        """Give documents without a record one, and records what readers need of them."""
        with self._database.transaction() as connection:
            complete(connection, origin)

    def remove_orphans(self) -> None:
        """Remove pages and prints without a document."""
        with self._database.transaction() as connection:
            for table in ("pages", "prints"):
                connection.execute(
                    f"DELETE FROM {table} WHERE NOT EXISTS (SELECT 1 FROM documents d WHERE d.id ="
                    f" {table}.document_id)"
                )
