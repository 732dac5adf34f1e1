"""Which imports there were, and the archive's own name and id."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from .database import Database


class Imports:
    """The imports of an archive, finished and broken off."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def broken_off(self, sources: Sequence[str]) -> str | None:
        """Return the id of the latest import of the same sources that came to no end."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT id FROM imports WHERE finished_at IS NULL AND sources = ?"
                " ORDER BY started_at DESC LIMIT 1",
                [json.dumps(list(sources))],
            ).fetchone()
        return None if row is None else str(row[0])

    def last_broken_off(self) -> str | None:
        """Return the id of the latest import if it came to no end."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT id, finished_at FROM imports ORDER BY started_at DESC, rowid DESC LIMIT 1"
            ).fetchone()
        return None if row is None or row[1] is not None else str(row[0])

    def begin(self, import_id: str, sources: Sequence[str]) -> None:
        """Note that an import began. `sources` are paths, and what else tells it from others."""
        with self._database.transaction() as connection:
            connection.table("imports").insert(
                {
                    "id": import_id,
                    "started_at": datetime.now(UTC).isoformat(),
                    "finished_at": None,
                    "sources": json.dumps(list(sources)),
                }
            )

    def finish(self, import_id: str) -> None:
        """Note that an import came to its end."""
        with self._database.transaction() as connection:
            connection.table("imports").update(
                import_id, {"finished_at": datetime.now(UTC).isoformat()}
            )


class Identity:
    """The archive's id and name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str) -> str:
        """Return the value of `id`, `name` or `created_at`; empty when it was never set."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM archive WHERE key = ?", [key]).fetchone()
        return "" if row is None else str(row[0])

    def set(self, values: dict[str, str]) -> None:
        """Store these values."""
        with self._database.transaction() as connection:
            connection.table("archive").upsert_all(
                [{"key": key, "value": value} for key, value in values.items()], pk="key"
            )
