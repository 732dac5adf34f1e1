"""Page texts in SQLite."""

from collections.abc import Iterable, Iterator

from desktop_app.domain.records import NoText, Page, TextHealth

from .database import Database

_COLUMNS = "number, label, text, no_text, language, health, engine"


class Pages:
    """The pages of the archive's documents."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_document(self, document_id: str) -> list[Page]:
        """Return all pages of a document, in order."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM pages WHERE document_id = ? ORDER BY number",
                [document_id],
            )
            return [_page(row) for row in rows]

    def get(self, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Page]:
        """Return the pages with these (document id, number) keys; missing ones are left out."""
        found: dict[tuple[str, int], Page] = {}
        with self._database.reading() as connection:
            for document_id, number in wanted:
                row = connection.execute(
                    f"SELECT {_COLUMNS} FROM pages WHERE document_id = ? AND number = ?",
                    [document_id, number],
                ).fetchone()
                if row is not None:
                    found[document_id, number] = _page(row)
        return found

    def first_with_text(self, document_id: str) -> Page | None:
        """Return the first page of a document that has text, or None."""
        with self._database.reading() as connection:
            row = connection.execute(
                f"SELECT {_COLUMNS} FROM pages WHERE document_id = ? AND no_text IS NULL"
                " ORDER BY number LIMIT 1",
                [document_id],
            ).fetchone()
        return None if row is None else _page(row)

    def count(self) -> int:
        """Return the number of pages of all documents."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM pages").fetchone()[0])

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

    def unexplained(self) -> Iterator[tuple[str, int]]:
        """Yield (file name, page number) of pages with neither text nor a reason."""
        with self._database.reading() as connection:
            yield from connection.execute(
                "SELECT d.file_name, p.number FROM pages p JOIN documents d ON d.id = p.document_id"
                " WHERE p.text = '' AND p.no_text IS NULL"
            )


def _page(row: tuple[int, str, str, str | None, str, str, str]) -> Page:
    number, label, text, no_text, language, health, engine = row
    return Page(
        number=number,
        label=label,
        text=text,
        no_text=NoText(no_text) if no_text else None,
        language=language,
        health=TextHealth(health),
        engine=engine,
    )
