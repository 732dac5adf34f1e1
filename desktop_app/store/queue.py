"""Which records the derived index still has to take up."""

from collections.abc import Iterable, Sequence

from sqlite_utils import Database as Connection

from .database import Database


def enqueue(connection: Connection, record_ids: Iterable[str]) -> None:
    """Mark records as changed, inside the transaction that changes them."""
    for record_id in record_ids:
        connection.execute("INSERT OR REPLACE INTO queue (record_id) VALUES (?)", [record_id])


class Queue:
    """The records waiting for the index writer.

    An entry is (sequence, record id). A record that changes again while it is being indexed gets a
    new sequence, so `done` with the old one leaves it waiting.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def __len__(self) -> int:
        with self._database.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM queue").fetchone()[0])

    def first(self, limit: int) -> list[tuple[int, str]]:
        """Return the oldest entries."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT sequence, record_id FROM queue ORDER BY sequence LIMIT ?", [limit]
            )
            return [(int(sequence), str(record_id)) for sequence, record_id in rows]

    def done(self, entries: Sequence[tuple[int, str]]) -> None:
        """Remove entries that the index now holds."""
        with self._database.transaction() as connection:
            connection.conn.executemany(
                "DELETE FROM queue WHERE sequence = ? AND record_id = ?", entries
            )

    def add_all(self) -> None:
        """Queue every record: the index is to be built anew."""
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO queue (record_id) SELECT id FROM records")

    def add(self, record_ids: Iterable[str]) -> None:
        """Queue these records."""
        with self._database.transaction() as connection:
            enqueue(connection, record_ids)
