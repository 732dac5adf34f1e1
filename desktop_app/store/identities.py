"""What tells records from each other, of all records at once."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop_app.domain.changes.change import Value

from .database import Database


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one record from others; `titles` are its title and those in other languages."""

    id: str
    titles: tuple[str, ...]
    year: int | None
    authors: tuple[str, ...]
    doi: str
    isbn: str
    report_number: str
    import_id: str | None
    deleted: bool


class Identities:
    """Reads them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> Iterator[Identity]:
        """Yield the identity of every record, those in the trash too, the oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, title, year, authors, fields, import_id, deleted FROM records"
                " ORDER BY added_at, id"
            ).fetchall()
        for record_id, title, year, authors, fields, import_id, deleted in rows:
            held: Mapping[str, Value] = json.loads(fields)
            others = (str(held[name]) for name in sorted(held) if name.startswith("title_"))
            yield Identity(
                id=str(record_id),
                titles=tuple(filter(None, (title, *others))),
                year=year if isinstance(year, int) else None,
                authors=tuple(map(str, json.loads(authors))),
                doi=str(held.get("doi") or ""),
                isbn=str(held.get("isbn") or ""),
                report_number=str(held.get("report_number") or ""),
                import_id=import_id,
                deleted=bool(deleted),
            )
