"""Records and their documents in SQLite."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from sqlite_utils import Database as Connection

from desktop_app.domain.changes.change import Change
from desktop_app.domain.changes.coded import read_coded
from desktop_app.domain.errors import RecordAmbiguous, RecordNotFound
from desktop_app.domain.queries import Filter
from desktop_app.domain.records import (
    Access,
    Document,
    DocumentRole,
    Kind,
    Page,
    Record,
    TextHealth,
)
from desktop_app.domain.search import Sort

from .changes import apply
from .database import Database
from .field_values import FieldValues
from .filters import Filters
from .prints import forget_print
from .queue import enqueue

_ORDERS = {
    Sort.ADDED: "added_at DESC, id",
    Sort.RELEVANCE: "added_at DESC, id",
    Sort.YEAR: "year IS NULL, year DESC, added_at DESC, id",
    Sort.TITLE: "title COLLATE NOCASE, id",
}
_CHUNK = 500
"""Ids bound to one statement; well below SQLite's limit of variables."""


LAST_CHARACTER = "\U0010ffff"
"""Sorts after every character of an id."""


class DuplicateFile(Exception):
    """A document with the same bytes is in the archive already: `record_id` holds it."""

    def __init__(self, record_id: str) -> None:
        super().__init__(record_id)
        self.record_id = record_id


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What the library must hold for a document."""

    document_id: str
    record_id: str
    file_name: str
    sha256: str
    size: int


class Records:
    """The records of an archive."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._filters = Filters(database, FieldValues(database))

    def add(
        self, record: Record, changes: Sequence[Change], pages: Mapping[str, Sequence[Page]]
    ) -> None:
        """Store a new record: the changes that make it, and the pages of its documents by id.

        Raises `DuplicateFile` when another record already holds one of the files, also one that
        another program added a moment ago.
        """
        with self._database.transaction() as connection:
            for document in record.documents:
                holder = _holding(connection, document.sha256)
                if holder is not None:
                    raise DuplicateFile(holder)
            apply(connection, changes)
            for document_id, texts in pages.items():
                connection.table("pages").insert_all(_page_rows(document_id, texts), batch_size=200)

    def attach(self, document: Document, changes: Sequence[Change], pages: Sequence[Page]) -> None:
        """Store a further document of a record that is there, with its pages.

        Raises `DuplicateFile` when a record already holds the file.
        """
        with self._database.transaction() as connection:
            holder = _holding(connection, document.sha256)
            if holder is not None:
                raise DuplicateFile(holder)
            apply(connection, changes)
            connection.table("pages").insert_all(_page_rows(document.id, pages), batch_size=200)

    def reread(self, document_id: str, changes: Sequence[Change], pages: Sequence[Page]) -> None:
        """Store what a document's file says when it is read again: all of it, or nothing.

        `changes` say what is new of the document itself; `pages` take the place of those it had.
        """
        with self._database.transaction() as connection:
            apply(connection, changes)
            connection.execute("DELETE FROM pages WHERE document_id = ?", [document_id])
            connection.table("pages").insert_all(_page_rows(document_id, pages), batch_size=200)
            forget_print(connection, document_id)
            holders = connection.execute(
                "SELECT record_id FROM documents WHERE id = ?", [document_id]
            )
            enqueue(connection, [str(row[0]) for row in holders])

    def apply(self, changes: Sequence[Change]) -> None:
        """Add changes to the archive: all of them, or none."""
        with self._database.transaction() as connection:
            apply(connection, changes)

    def holding(self, sha256: str) -> str | None:
        """Return the id of the record that holds the file with these bytes, or None.

        One in the trash only where no other does.
        """
        with self._database.reading() as connection:
            return _holding(connection, sha256)

    def resolve(self, prefix: str) -> str:
        """Return the one record id that is `prefix` or begins with it (at least 4 characters)."""
        wanted = prefix.strip().lower()
        with self._database.reading() as connection:
            ids = [
                str(row[0])
                for row in connection.execute(
                    # A range, because the index of the ids serves that.
                    "SELECT id FROM records WHERE id = ?"
                    " OR (length(?) >= 4 AND id >= ? AND id < ?)",
                    [wanted, wanted, wanted, wanted + LAST_CHARACTER],
                )
            ]
        if wanted in ids:
            return wanted
        if not ids:
            raise RecordNotFound(record_id=prefix)
        if len(ids) > 1:
            raise RecordAmbiguous(record_id=prefix, count=len(ids))
        return ids[0]

    def get(self, record_id: str) -> Record:
        """Return the record with this id; `RecordNotFound` when there is none."""
        found = self.get_many([record_id])
        if not found:
            raise RecordNotFound(record_id=record_id)
        return found[record_id]

    def get_many(self, record_ids: Iterable[str]) -> dict[str, Record]:
        """Return the records with these ids, by id; ids that do not exist are left out."""
        wanted = list(record_ids)
        records: dict[str, Record] = {}
        with self._database.reading() as connection:
            for start in range(0, len(wanted), _CHUNK):
                chunk = wanted[start : start + _CHUNK]
                marks = ",".join("?" * len(chunk))
                documents: dict[str, list[Document]] = {}
                for row in connection.query(
                    f"SELECT * FROM documents WHERE record_id IN ({marks}) ORDER BY position, id",
                    chunk,
                ):
                    documents.setdefault(row["record_id"], []).append(_document(row))
                for row in connection.query(
                    f"SELECT * FROM records WHERE id IN ({marks})",
                    chunk,
                ):
                    records[row["id"]] = _record(row, documents.get(row["id"], []))
        return records

    def ids(
        self,
        sort: Sort = Sort.ADDED,
        limit: int | None = None,
        offset: int = 0,
        *,
        trash: bool = False,
    ) -> list[str]:
        """Return record ids in the given order: those of the archive, or those in the trash."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT id FROM records WHERE deleted = ? ORDER BY {_ORDERS[sort]}"
                " LIMIT ? OFFSET ?",
                [int(trash), -1 if limit is None else limit, offset],
            )
            return [str(row[0]) for row in rows]

    def in_order(self, record_ids: Iterable[str], sort: Sort) -> list[str]:
        """Return these ids in the given order."""
        wanted = set(record_ids)
        return [record_id for record_id in self.ids(sort) if record_id in wanted]

    def count(self) -> int:
        """Return the number of records."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT count(*) FROM records WHERE NOT deleted").fetchone()
            return int(row[0])

    def matching(self, wanted: Filter) -> set[str]:
        """Return the ids of the records that a filter of the query language lets through."""
        return self._filters.matching(wanted)

    def values_of(self, field: str, record_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the values of a facet field for each of these records that has any."""
        return self._filters.values_of(field, record_ids)

    def values_in_use(self, field: str) -> dict[str, int]:
        """Return the values of a facet field, each with the number of records that hold it."""
        return self._filters.values_in_use(field)

    def tags(self) -> dict[str, int]:
        """Return every tag in use with the number of its records, in alphabetical order."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT value, count(*) FROM records, json_each(records.tags) WHERE NOT deleted"
                " GROUP BY value ORDER BY value COLLATE NOCASE"
            )
            return {str(tag): int(count) for tag, count in rows}

    def of_import(self, import_id: str) -> list[str]:
        """Return the ids of the records that an import added and that are not in the trash."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM records WHERE import_id = ? AND NOT deleted", [import_id]
            )
            return [str(row[0]) for row in rows]

    def related_to(self, record_ids: Sequence[str]) -> list[str]:
        """Return the ids of the records that name one of these as related to them."""
        marks = ",".join("?" * len(record_ids))
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT records.id FROM records, json_each(fields, '$.related')"
                f" WHERE value IN ({marks}) AND NOT deleted ORDER BY records.id",
                list(record_ids),
            )
            return [str(row[0]) for row in rows]

    def files(self) -> list[StoredFile]:
        """Return what the library must hold, one row a document."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, record_id, file_name, sha256, size FROM documents ORDER BY rowid"
            )
            return [StoredFile(*row) for row in rows]

    def document(self, document_id: str) -> Document:
        """Return the document with this id; `RecordNotFound` when there is none."""
        with self._database.reading() as connection:
            rows = list(connection.query("SELECT * FROM documents WHERE id = ?", [document_id]))
        if not rows:
            raise RecordNotFound(record_id=document_id)
        return _document(rows[0])


def _holding(connection: Connection, sha256: str) -> str | None:
    # Two records may hold it, one of them merged into the other and in the trash.
    row = connection.execute(
        "SELECT d.record_id FROM documents d JOIN records r ON r.id = d.record_id"
        " WHERE d.sha256 = ? ORDER BY r.deleted, d.id LIMIT 1",
        [sha256],
    ).fetchone()
    return None if row is None else str(row[0])


_Known = TypeVar("_Known", bound=StrEnum)


def _known(codes: type[_Known], code: object, otherwise: _Known) -> _Known:
    """Return a code, or what to take one for that a later release wrote."""
    return codes(str(code)) if code in list(codes) else otherwise


def _record(row: dict[str, str], documents: Sequence[Document]) -> Record:
    year: object = row["year"]
    return Record(
        id=row["id"],
        title=row["title"],
        kind=Kind(row["kind"]) if row["kind"] in list(Kind) else None,
        year=year if isinstance(year, int) else None,
        # A level that this release does not know is as strict as can be.
        access=_known(Access, row["access"], Access.EMBARGOED),
        access_until=row["access_until"],
        languages=tuple(json.loads(row["languages"])),
        authors=tuple(json.loads(row["authors"])),
        added_at=_time(row["added_at"]),
        import_id=row["import_id"],
        tags=tuple(json.loads(row["tags"])),
        fields=json.loads(row["fields"]),
        coded={
            name: tuple(map(read_coded, said)) for name, said in json.loads(row["coded"]).items()
        },
        disputed=tuple(json.loads(row["disputed"])),
        deleted=bool(row["deleted"]),
        documents=tuple(documents),
    )


def _time(text: str) -> datetime:
    """Return a time; of another device's change that names none, the beginning of time."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)


def _document(row: dict[str, str]) -> Document:
    return Document(
        id=row["id"],
        record_id=row["record_id"],
        role=_known(DocumentRole, row["role"], DocumentRole.REPORT),
        sha256=row["sha256"],
        file_name=row["file_name"],
        size=int(row["size"]),
        page_count=int(row["page_count"]),
        text_health=_known(TextHealth, row["text_health"], TextHealth.PARTIAL),
        hazardous=bool(row["hazardous"]),
        properties=json.loads(row["properties"]),
    )


def _page_rows(document_id: str, pages: Sequence[Page]) -> Iterable[dict[str, object]]:
    for page in pages:
        yield {
            "document_id": document_id,
            "number": page.number,
            "label": page.label,
            "text": page.text,
            "no_text": page.no_text,
            "language": page.language,
            "health": page.health,
            "engine": page.engine,
        }
