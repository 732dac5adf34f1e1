"""Page texts in SQLite."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlite_utils import Database as Connection

from desktop_app.domain.errors import ArchiveDamaged
from desktop_app.domain.records import NoText, Page, TextHealth

from .database import Database

PAGE_COLUMNS = ("number", "label", "text", "no_text", "language", "health", "engine")
_COLUMNS = ", ".join(PAGE_COLUMNS)
_UNDECODABLE = "Could not decode to UTF-8"
"""How Python's sqlite3 begins its sentence; it gives no code for this."""


class Pages:
    """The pages of the archive's documents.

    A page that does not hold text is `ArchiveDamaged`, which names it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_document(self, document_id: str) -> list[Page]:
        """Return all pages of a document, in order."""
        with self._reading(document_id) as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM pages WHERE document_id = ? ORDER BY number",
                [document_id],
            )
            return [page_of(row) for row in rows]

    def get(self, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Page]:
        """Return the pages with these (document id, number) keys; missing ones are left out."""
        found: dict[tuple[str, int], Page] = {}
        for document_id, number in wanted:
            with self._reading(document_id) as connection:
                row = connection.execute(
                    f"SELECT {_COLUMNS} FROM pages WHERE document_id = ? AND number = ?",
                    [document_id, number],
                ).fetchone()
                if row is not None:
                    found[document_id, number] = page_of(row)
        return found

    def first_with_text(self, document_id: str) -> Page | None:
        """Return the first page of a document that has text, or None."""
        with self._reading(document_id) as connection:
            row = connection.execute(
                f"SELECT {_COLUMNS} FROM pages WHERE document_id = ? AND no_text IS NULL"
                " ORDER BY number LIMIT 1",
                [document_id],
            ).fetchone()
            return None if row is None else page_of(row)

    def count(self) -> int:
        """Return the number of pages of all documents, without those in the trash."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT coalesce(sum(d.page_count), 0) FROM documents d"
                " JOIN records r ON r.id = d.record_id WHERE NOT r.deleted"
            ).fetchone()
            return int(row[0])

    def without_text(self, document_id: str) -> dict[NoText, int]:
        """Return how many pages of a document have no text, by reason."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT no_text, count(*) FROM pages WHERE document_id = ? AND no_text IS NOT NULL"
                " GROUP BY no_text",
                [document_id],
            )
            return {NoText(reason): int(count) for reason, count in rows}

    def incomplete(self) -> Iterator[tuple[str, str, int, int]]:
        """Yield (document id, file name, stated pages, stored pages) where the two differ."""
        with self._database.reading() as connection:
            yield from connection.execute(
                "SELECT d.id, d.file_name, d.page_count, count(p.number) FROM documents d"
                " LEFT JOIN pages p ON p.document_id = d.id"
                " GROUP BY d.id HAVING count(p.number) <> d.page_count"
            )

    @contextmanager
    def _reading(self, document_id: str) -> Iterator[Connection]:
        """Give a connection for reading pages of a document; say which one can't be read."""
        with self._database.reading() as connection:
            try:
                yield connection
            except (sqlite3.OperationalError, TypeError) as error:
                if isinstance(error, sqlite3.OperationalError) and _UNDECODABLE not in str(error):
                    raise
                number = _first_undecodable(connection, document_id)
                raise ArchiveDamaged(
                    folder=self._database.path.parent,
                    detail=f'page {number} of a document is no text; "repair" reads it again from '
                    "the PDF",
                ) from error


def _first_undecodable(connection: Connection, document_id: str) -> int:
    """Return the number of the first page of a document that holds anything but text."""
    columns = ", ".join(f"typeof({name}), CAST({name} AS BLOB)" for name in PAGE_COLUMNS[1:])
    for number, *said in connection.execute(
        f"SELECT number, {columns} FROM pages WHERE document_id = ? ORDER BY number",
        [document_id],
    ):
        if not all(map(_is_text, said[::2], said[1::2])):
            return int(number)
    return 0


def _is_text(kind: str, raw: bytes | None) -> bool:
    if kind not in {"text", "null"}:
        return False
    try:
        (raw or b"").decode()
    except UnicodeDecodeError:
        return False
    return True


def page_of(row: Sequence[object]) -> Page:
    """Return the page in a row of `PAGE_COLUMNS`; TypeError where it holds anything but text."""
    number, label, text, no_text, language, health, engine = row
    if not (
        isinstance(number, int)
        and isinstance(label, str)
        and isinstance(text, str)
        and isinstance(language, str)
        and isinstance(engine, str)
    ):
        raise TypeError(row)
    return Page(
        number=number,
        label=label,
        text=text,
        no_text=_reason(no_text) if no_text else None,
        language=language,
        health=TextHealth(str(health)) if health in list(TextHealth) else TextHealth.PARTIAL,
        engine=engine,
    )


def _reason(code: object) -> NoText:
    """Return why a page has no text; a reason of a later release counts as damage."""
    return NoText(str(code)) if code in list(NoText) else NoText.DAMAGED
