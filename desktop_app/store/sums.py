"""The readable sum of changes: what an entity adds up to, as rows of the tables.

Values of a later release are kept as they are: a column takes any text, and readers decide.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress

from sqlite_utils import Database as Connection

from desktop_app.domain.changes.change import LIFE, EntityKind, Value
from desktop_app.domain.changes.merge import EntityState, canonical

from .queue import enqueue

_CORE = frozenset({"title", "kind", "year", "access", "language", "author", "tag", LIFE})
_SYSTEM = frozenset({"added_at", "import_id"})
_FILE = frozenset(
    {
        "record_id", "position", "sha256", "file_name", "size", "page_count", "text_health",
        "hazardous", "properties",
    }
)  # fmt: skip
OWNER = "record_id"
"""The field that says which record a finding, an appraisal or a note belongs to."""

Row = dict[str, object]


def owner_of(state: EntityState) -> str | None:
    """Return the id of the record that an entity is or belongs to; None where nothing says so."""
    if state.kind is EntityKind.RECORD:
        return state.id
    file = state.value("file")
    named = file.get(OWNER) if isinstance(file, Mapping) else state.value(OWNER)
    return named if isinstance(named, str) else None


def materialise(connection: Connection, state: EntityState) -> None:
    """Bring the row of an entity up to date; one that is gone for good has none."""
    table = TABLES.get(state.kind)
    if table is None:
        return
    name = table[0]
    record_id = owner_of(state)
    row = wanted_row(state)
    if state.kind is EntityKind.DOCUMENT:
        # The index has to give its text up where it was moved to another record.
        enqueue(connection, _holders(connection, state.id))
    if row is None:
        connection.execute(f"DELETE FROM {name} WHERE id = ?", [state.id])
    elif _has_owner(connection, state.kind, record_id):
        _put(connection, name, row)
    if record_id is not None and state.kind in INDEXED:
        enqueue(connection, [record_id])


def wanted_row(state: EntityState) -> Row | None:
    """Return the row that an entity should have; None for none."""
    table = TABLES.get(state.kind)
    return None if table is None or state.purged else table[1](state)


def _holders(connection: Connection, document_id: str) -> list[str]:
    """Return the id of the record whose document this is in the table; [] for a new one."""
    found = connection.execute("SELECT record_id FROM documents WHERE id = ?", [document_id])
    return [str(row[0]) for row in found]


def _has_owner(connection: Connection, kind: EntityKind, record_id: str | None) -> bool:
    """Return whether a document's record is there; it may come with a later change."""
    if kind is not EntityKind.DOCUMENT:
        return True
    found = connection.execute("SELECT 1 FROM records WHERE id = ?", [record_id])
    return found.fetchone() is not None


def _put(connection: Connection, table: str, row: Row) -> None:
    """Insert or update a row by its id, in place: what refers to it stays."""
    columns = ", ".join(row)
    updates = ", ".join(f"{column} = excluded.{column}" for column in row)
    connection.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({','.join('?' * len(row))})"
        f" ON CONFLICT(id) DO UPDATE SET {updates}",
        list(row.values()),
    )


def _record_row(state: EntityState) -> Row:
    access = state.value("access")
    terms = access if isinstance(access, Mapping) else {"level": access}
    others = {
        name: state.value(name)
        for name in state.fields
        if name not in _CORE | _SYSTEM and state.value(name) not in (None, ())
    }
    coded = {
        name: [said.stored for said in field.coded]
        for name, field in state.fields.items()
        if any(said.evidence or said.value is None for said in field.coded)
        and any(said.stored is not None for said in field.coded)
    }
    return {
        "id": state.id,
        "title": _text(state.value("title")) or "",
        "kind": _text(state.value("kind")),
        "year": _integer(state.value("year")),
        "access": _text(terms.get("level")) or "internal",
        "access_until": _text(terms.get("until")),
        "languages": canonical(_texts(state.value("language"))),
        "authors": canonical(_texts(state.value("author"))),
        "tags": canonical(_texts(state.value("tag"))),
        "added_at": _text(state.value("added_at")) or "",
        "import_id": _text(state.value("import_id")),
        "fields": canonical(others),
        "coded": canonical(coded),
        "disputed": _disputed(state),
        "deleted": int(state.deleted),
    }


def _document_row(state: EntityState) -> Row | None:
    file = state.value("file")
    if not isinstance(file, Mapping) or not _FILE.issubset(file):
        return None
    return {
        "id": state.id,
        "record_id": file["record_id"],
        "position": file["position"],
        "role": _text(state.value("role")) or "report",
        "sha256": file["sha256"],
        "file_name": file["file_name"],
        "size": file["size"],
        "page_count": file["page_count"],
        "text_health": file["text_health"],
        "hazardous": int(bool(file["hazardous"])),
        "properties": canonical(file["properties"]),
    }


def _finding_row(state: EntityState) -> Row | None:
    return _part_row(state, ("outcome", "direction", "stage"))


def _appraisal_row(state: EntityState) -> Row | None:
    return _part_row(state, ("scale", "value"))


def _part_row(state: EntityState, columns: tuple[str, ...]) -> Row | None:
    record_id = owner_of(state)
    if record_id is None:
        return None
    others = {
        name: state.value(name)
        for name in state.fields
        if name not in {OWNER, LIFE, *columns} and state.value(name) is not None
    }
    return {
        "id": state.id,
        "record_id": record_id,
        **{column: _text(state.value(column)) for column in columns},
        "fields": canonical(others),
        "created": _created(state),
        "disputed": _disputed(state),
        "deleted": int(state.deleted),
    }


def _note_row(state: EntityState) -> Row | None:
    record_id = owner_of(state)
    text = state.fields.get("text")
    if record_id is None or text is None or not text.current:
        return None
    return {
        "id": state.id,
        "record_id": record_id,
        "document_id": _text(state.value("document")),
        "page": _integer(state.value("page")),
        "quote": _text(state.value("quote")) or "",
        "text": _text(text.value) or "",
        "shared": int(state.value("shared") == "yes"),
        "author": text.current[0].author,
        "created": _created(state),
        "changed": text.current[0].stamp,
        "disputed": _disputed(state),
        "deleted": int(state.deleted),
    }


def _concept_row(state: EntityState) -> Row | None:
    scheme = _text(state.value("scheme"))
    if scheme is None:
        return None
    labels = {
        name.removeprefix("label_"): state.value(name)
        for name in state.fields
        if name.startswith("label_") and isinstance(state.value(name), str)
    }
    return {
        "id": state.id,
        "scheme": scheme,
        "labels": canonical(labels),
        "alternatives": canonical(state.value("alternative") or ()),
        "broader": canonical(_texts(state.value("broader"))),
        "note": _text(state.value("note")) or "",
        "deleted": int(state.deleted),
    }


TABLES: dict[EntityKind, tuple[str, Callable[[EntityState], Row | None]]] = {
    EntityKind.RECORD: ("records", _record_row),
    EntityKind.DOCUMENT: ("documents", _document_row),
    EntityKind.FINDING: ("findings", _finding_row),
    EntityKind.APPRAISAL: ("appraisals", _appraisal_row),
    EntityKind.NOTE: ("notes", _note_row),
    EntityKind.CONCEPT: ("concepts", _concept_row),
}
"""The table of each kind, and what makes its rows."""

INDEXED = frozenset({EntityKind.RECORD, EntityKind.DOCUMENT})
"""What the full-text index holds."""


def _created(state: EntityState) -> int:
    """Return the stamp of the change that first said which record an entity belongs to."""
    first = state.fields[OWNER].first
    return 0 if first is None else first.stamp


def _disputed(state: EntityState) -> str:
    return canonical(sorted(conflict.field for conflict in state.conflicts))


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: Value) -> list[str]:
    if isinstance(value, list | tuple):
        return [text for text in value if isinstance(text, str)]
    return []


def _integer(value: Value) -> int | None:
    with suppress(TypeError, ValueError):
        if isinstance(value, int | str) and not isinstance(value, bool):
            number = int(value)
            # SQLite holds no larger ones.
            return number if abs(number) < 1 << 63 else None
    return None
