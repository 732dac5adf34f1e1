"""The change log, and the tables as its readable sum.

`apply` is the one way in: a local edit, an import and another office's change go through it alike.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlite_utils import Database as Connection

from desktop_app.domain.changes.change import Action, Change, EntityKind
from desktop_app.domain.changes.merge import EntityState, canonical, merge_entity

from .database import Database
from .queue import enqueue

_COLUMNS = (
    "id, stamp, device, author, entity, entity_id, field, action, value, replaces, saw, "
    "batch, undoes"
)
_CORE = frozenset({"title", "kind", "year", "access", "language", "author", "tag", "life"})
_SYSTEM = frozenset({"added_at", "import_id"})

Key = tuple[EntityKind, str]


def apply(connection: Connection, changes: Iterable[Change]) -> set[Key]:
    """Add changes to the log and bring the tables of what they touch up to date.

    Inside the caller's transaction. A change that is known already makes no difference. Returns the
    entities that were touched; records among them are queued for the index.
    """
    touched: dict[Key, None] = {}
    for change in changes:
        connection.execute(
            f"INSERT OR IGNORE INTO changes ({_COLUMNS}) VALUES ({','.join('?' * 13)})",
            _row(change),
        )
        touched.setdefault((change.entity, change.entity_id))
    # Records first: a document's row refers to its record's.
    for kind, entity_id in sorted(touched, key=lambda key: key[0] is not EntityKind.RECORD):
        _materialise(connection, state_of(connection, kind, entity_id))
    return set(touched)


def state_of(connection: Connection, kind: EntityKind, entity_id: str) -> EntityState:
    """Return what the logged changes of an entity add up to."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM changes WHERE entity_id = ? AND entity = ?", [entity_id, kind]
    )
    return merge_entity(kind, entity_id, map(_change, rows))


class ChangeLog:
    """Reads the log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self, kind: EntityKind, entity_id: str) -> EntityState:
        """Return what the changes of an entity add up to."""
        with self._database.reading() as connection:
            return state_of(connection, kind, entity_id)

    def get(self, change_id: str) -> Change | None:
        """Return a change, or None."""
        found = list(self._select("id = ?", [change_id]))
        return found[0] if found else None

    def of_field(self, change: Change) -> Mapping[str, Change]:
        """Return all changes of the field that `change` is about, by id."""
        rows = self._select(
            "entity_id = ? AND entity = ? AND field = ?",
            [change.entity_id, change.entity, change.field],
        )
        return {found.id: found for found in rows}

    def of_batch(self, batch: str) -> list[Change]:
        """Return the changes that were made in one go, in order."""
        return list(self._select("batch = ?", [batch]))

    def history(
        self, entity_ids: Sequence[str] = (), limit: int = 200, offset: int = 0
    ) -> list[Change]:
        """Return changes of these entities (of all, where none is named), the newest first."""
        condition = "1"
        if entity_ids:
            condition = f"entity_id IN ({','.join('?' * len(entity_ids))})"
        return list(
            self._select(
                f"{condition} ORDER BY stamp DESC, sequence DESC LIMIT ? OFFSET ?",
                [*entity_ids, limit, offset],
            )
        )

    def replaced_by(self, change: Change) -> list[Change]:
        """Return the changes that `change` replaced, as far as they are known."""
        wanted = sorted(change.replaces)
        if not wanted:
            return []
        return list(self._select(f"id IN ({','.join('?' * len(wanted))})", wanted))

    def last_stamp(self, device: str) -> int:
        """Return the greatest stamp of a device's own changes."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT max(stamp) FROM changes WHERE device = ?", [device]
            ).fetchone()
        return int(row[0] or 0)

    def _select(self, condition: str, values: Sequence[object]) -> Iterator[Change]:
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM changes WHERE {condition}", list(values)
            ).fetchall()
        return map(_change, rows)


def _row(change: Change) -> list[object]:
    return [
        change.id,
        change.stamp,
        change.device,
        change.author,
        change.entity,
        change.entity_id,
        change.field,
        change.action,
        canonical(change.value),
        json.dumps(sorted(change.replaces)),
        json.dumps(sorted(change.saw)),
        change.group,
        change.undoes,
    ]


def _change(row: Sequence[object]) -> Change:
    (
        change_id, stamp, device, author, entity, entity_id, field, action, value, replaces, saw,
        batch, undoes,
    ) = row  # fmt: skip
    return Change(
        id=str(change_id),
        stamp=int(str(stamp)),
        device=str(device),
        author=str(author),
        entity=EntityKind(str(entity)),
        entity_id=str(entity_id),
        field=str(field),
        action=Action(str(action)),
        value=json.loads(str(value)),
        replaces=frozenset(json.loads(str(replaces))),
        saw=frozenset(json.loads(str(saw))),
        group=None if batch is None else str(batch),
        undoes=None if undoes is None else str(undoes),
    )


def _materialise(connection: Connection, state: EntityState) -> None:
    if state.kind is EntityKind.RECORD:
        _put(connection, "records", _record_row(state))
        enqueue(connection, [state.id])
    elif state.kind is EntityKind.DOCUMENT:
        _put(connection, "documents", _document_row(state))


def _put(connection: Connection, table: str, row: dict[str, object]) -> None:
    """Insert or update a row by its id, in place: what refers to it stays."""
    columns = ", ".join(row)
    updates = ", ".join(f"{column} = excluded.{column}" for column in row)
    connection.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({','.join('?' * len(row))})"
        f" ON CONFLICT(id) DO UPDATE SET {updates}",
        list(row.values()),
    )


def _record_row(state: EntityState) -> dict[str, object]:
    access = state.value("access")
    others = {
        name: state.value(name)
        for name in state.fields
        if name not in _CORE | _SYSTEM and state.value(name) not in (None, ())
    }
    return {
        "id": state.id,
        "title": str(state.value("title") or ""),
        "kind": state.value("kind"),
        "year": state.value("year"),
        "access": str(access.get("level")) if isinstance(access, Mapping) else access or "internal",
        "languages": canonical(state.value("language") or ()),
        "authors": canonical(state.value("author") or ()),
        "tags": canonical(state.value("tag") or ()),
        "added_at": str(state.value("added_at") or ""),
        "import_id": state.value("import_id"),
        "fields": canonical(others),
        "disputed": canonical(sorted(conflict.field for conflict in state.conflicts)),
        "deleted": int(state.deleted),
    }


def _document_row(state: EntityState) -> dict[str, object]:
    file = state.value("file")
    if not isinstance(file, Mapping):
        raise TypeError(file)
    return {
        "id": state.id,
        "record_id": file["record_id"],
        "position": file["position"],
        "role": state.value("role"),
        "sha256": file["sha256"],
        "file_name": file["file_name"],
        "size": file["size"],
        "page_count": file["page_count"],
        "text_health": file["text_health"],
        "hazardous": int(bool(file["hazardous"])),
        "properties": canonical(file["properties"]),
    }
