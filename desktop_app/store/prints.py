"""Prints of the documents' texts, by which nearly identical ones are found.

They are derived from the pages and stay on this computer: no part of the change log, and missing
for any document without harm.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from sqlite_utils import Database as Connection

from desktop_app.domain.text_print import TextPrint, similarity

from .database import Database

_SOUGHT = 24
"""Documents are found by so many of their smallest hashes, which keeps the map small."""
_EMPTY = TextPrint().to_bytes()
"""How every print of this release's kind begins."""


class Prints:
    """Keeps the prints of documents, and finds those near to one. For any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._map = _Map()
        self._using_map = threading.Lock()

    def put(self, document_id: str, print_: TextPrint) -> None:
        """Keep the print of a document; nothing where there is no such document."""
        self.put_many({document_id: print_})

    def put_many(self, prints: Mapping[str, TextPrint]) -> None:
        """Keep the prints of documents, by their ids, in one transaction."""
        with self._database.transaction() as connection:
            for document_id, print_ in prints.items():
                write_print(connection, document_id, print_)

    def missing(self) -> list[str]:
        """Return the ids of the documents without a print of this release's kind."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT d.id FROM documents d LEFT JOIN prints p ON p.document_id = d.id"
                " WHERE p.print IS NULL OR substr(p.print, 1, ?) IS NOT ? ORDER BY d.rowid",
                [len(_EMPTY), _EMPTY],
            )
            return [str(row[0]) for row in rows]

    def get(self, document_id: str) -> TextPrint:
        """Return the print of a document; an empty one where there is none."""
        with self._current() as known:
            return known.read(document_id)

    def near(self, print_: TextPrint, least: float) -> list[tuple[str, float]]:
        """Return (document id, similarity) of documents at least so similar, the best first.

        Documents of records in the trash too. `least` is 0.5 or more: below that, some are missed
        (at 0.5 one of 50,000, at 0.7 one of a hundred million).
        """
        with self._current() as known:
            return known.near(print_, least)

    def pairs(self, least: float) -> list[tuple[str, str, float]]:
        """Return (document id, document id, similarity) of all that are near each other."""
        with self._current() as known:
            return [
                (document_id, other, share)
                for document_id in known.prints
                for other, share in known.near(known.read(document_id), least)
                if document_id < other
            ]

    @contextmanager
    def _current(self) -> Iterator["_Map"]:
        """Give the map of all prints as they stand in the table now."""
        with self._using_map, self._database.reading() as connection:
            count = connection.execute("SELECT count(*) FROM prints").fetchone()[0]
            self._map.load(connection)
            if len(self._map.prints) != count:
                # Some are gone, or the table was written anew.
                self._map = _Map()
                self._map.load(connection)
            yield self._map


class _Map:
    """All prints, and which documents have a hash among their smallest."""

    def __init__(self) -> None:
        self.prints: dict[str, bytes] = {}
        self._holders: dict[int, list[str]] = {}
        self._last = -1

    def load(self, connection: Connection) -> None:
        """Take up what was written since the last time."""
        for rowid, document_id, stored in connection.execute(
            "SELECT rowid, document_id, print FROM prints WHERE rowid > ? ORDER BY rowid",
            [self._last],
        ):
            self._last = int(rowid)
            self.prints[document_id] = stored
            for value in self.read(document_id).hashes[:_SOUGHT]:
                self._holders.setdefault(value, []).append(document_id)

    def read(self, document_id: str) -> TextPrint:
        """Return the print of a document; an empty one where there is none that can be read."""
        with suppress(KeyError, TypeError, ValueError):
            return TextPrint.from_bytes(self.prints[document_id])
        return TextPrint()

    def near(self, print_: TextPrint, least: float) -> list[tuple[str, float]]:
        """Return (document id, similarity) of documents at least so similar, the best first."""
        lists = [self._holders[value] for value in print_.hashes if value in self._holders]
        # One that is near shares many. What thousands share (the imprint of a publisher) is not
        # needed to find it.
        lists.sort(key=len)
        needed = max(1, int(least * _SOUGHT / 4))
        rare = lists[: max(1, len(lists) - needed + 1)]
        found = [
            (holder, similarity(print_, self.read(holder)))
            for holder in {holder for holders in rare for holder in holders}
        ]
        near = [(holder, share) for holder, share in found if share >= least]
        return sorted(near, key=lambda one: (-one[1], one[0]))


def write_print(connection: Connection, document_id: str, print_: TextPrint) -> None:
    """Keep the print of a document, inside the caller's transaction."""
    connection.execute(
        "INSERT OR REPLACE INTO prints (document_id, print)"
        " SELECT id, ? FROM documents WHERE id = ?",
        [print_.to_bytes(), document_id],
    )


def forget_print(connection: Connection, document_id: str) -> None:
    """Take away the print of a document that is read again, inside the caller's transaction."""
    connection.execute("DELETE FROM prints WHERE document_id = ?", [document_id])
