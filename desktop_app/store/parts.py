"""Findings, appraisals, notes and local concepts in SQLite."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from desktop_app.domain.changes.change import EntityKind
from desktop_app.domain.changes.clock import stamp_ms
from desktop_app.domain.concepts import Concept
from desktop_app.domain.errors import PartAmbiguous, PartNotFound
from desktop_app.domain.findings import Appraisal, Finding, Note, Parts

from .database import Database
from .records import LAST_CHARACTER

_TABLES = {
    EntityKind.FINDING: "findings",
    EntityKind.APPRAISAL: "appraisals",
    EntityKind.NOTE: "notes",
}
_CHUNK = 500

Row = Mapping[str, object]


class PartsOfRecords:
    """What belongs to records besides their documents."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, record_id: str) -> Parts:
        """Return what was said about a record; what lies in the trash is left out."""
        return self.of_many([record_id]).get(record_id, Parts())

    def of_many(self, record_ids: Iterable[str]) -> dict[str, Parts]:
        """Return what was said about these records, by id; records without any are left out."""
        wanted = list(record_ids)
        rows: dict[EntityKind, dict[str, list[Row]]] = {kind: {} for kind in _TABLES}
        with self._database.reading() as connection:
            for start in range(0, len(wanted), _CHUNK):
                chunk = wanted[start : start + _CHUNK]
                marks = ",".join("?" * len(chunk))
                for kind, table in _TABLES.items():
                    for row in connection.query(
                        f"SELECT * FROM {table} WHERE record_id IN ({marks}) AND NOT deleted"
                        " ORDER BY created, id",
                        chunk,
                    ):
                        rows[kind].setdefault(str(row["record_id"]), []).append(row)
        return {
            record_id: Parts(
                tuple(map(_finding, rows[EntityKind.FINDING].get(record_id, ()))),
                tuple(map(_appraisal, rows[EntityKind.APPRAISAL].get(record_id, ()))),
                tuple(map(_note, rows[EntityKind.NOTE].get(record_id, ()))),
            )
            for record_id in wanted
            if any(record_id in found for found in rows.values())
        }

    def resolve(self, kind: EntityKind, prefix: str) -> tuple[str, str]:
        """Return (id, record id) of the one finding, appraisal or note whose id begins so.

        At least 4 characters, unless the id is whole. Raises `PartNotFound` and `PartAmbiguous`.
        """
        wanted = prefix.strip().lower()
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT id, record_id FROM {_TABLES[kind]} WHERE id = ?"
                " OR (length(?) >= 4 AND id >= ? AND id < ?)",
                [wanted, wanted, wanted, wanted + LAST_CHARACTER],
            ).fetchall()
        whole = [row for row in rows if row[0] == wanted]
        found: Sequence[Sequence[object]] = whole or rows
        if not found:
            raise PartNotFound(kind=kind.value, part_id=prefix)
        if len(found) > 1:
            raise PartAmbiguous(kind=kind.value, part_id=prefix, count=len(found))
        return str(found[0][0]), str(found[0][1])

    def concepts(self) -> list[Concept]:
        """Return the concepts that people added, but for those in the trash."""
        with self._database.reading() as connection:
            rows = list(connection.query("SELECT * FROM concepts WHERE NOT deleted ORDER BY id"))
        return [_concept(row) for row in rows]


def _finding(row: Row) -> Finding:
    return Finding(
        id=str(row["id"]),
        record_id=str(row["record_id"]),
        outcome=str(row["outcome"] or ""),
        direction=str(row["direction"] or ""),
        stage=None if row["stage"] is None else str(row["stage"]),
        fields=json.loads(str(row["fields"])),
        disputed=tuple(json.loads(str(row["disputed"]))),
        deleted=bool(row["deleted"]),
    )


def _appraisal(row: Row) -> Appraisal:
    return Appraisal(
        id=str(row["id"]),
        record_id=str(row["record_id"]),
        scale=str(row["scale"] or ""),
        value=str(row["value"] or ""),
        fields=json.loads(str(row["fields"])),
        disputed=tuple(json.loads(str(row["disputed"]))),
        deleted=bool(row["deleted"]),
    )


def _note(row: Row) -> Note:
    page = row["page"]
    return Note(
        id=str(row["id"]),
        record_id=str(row["record_id"]),
        text=str(row["text"]),
        author=str(row["author"]),
        created_at=_time(row["created"]),
        changed_at=_time(row["changed"]),
        document_id=None if row["document_id"] is None else str(row["document_id"]),
        page=page if isinstance(page, int) else None,
        quote=str(row["quote"]),
        shared=bool(row["shared"]),
        disputed=tuple(json.loads(str(row["disputed"]))),
        deleted=bool(row["deleted"]),
    )


def _concept(row: Row) -> Concept:
    alternatives: dict[str, list[str]] = {}
    for label in json.loads(str(row["alternatives"])):
        if isinstance(label, Mapping) and label.get("text"):
            alternatives.setdefault(str(label.get("language")), []).append(str(label["text"]))
    scheme = str(row["scheme"])
    return Concept(
        id=str(row["id"]).removeprefix(f"{scheme}:"),
        scheme=scheme,
        labels=json.loads(str(row["labels"])),
        alternatives={language: tuple(texts) for language, texts in alternatives.items()},
        broader=tuple(json.loads(str(row["broader"]))),
        note=str(row["note"]),
    )


def _time(stamp: object) -> datetime:
    return datetime.fromtimestamp(stamp_ms(int(str(stamp))) / 1000, UTC)
