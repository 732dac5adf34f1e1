"""The change log, and the tables as its readable sum.

`apply` is the one way in: a local edit, an import and another office's change go through it alike.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlite_utils import Database as Connection

from desktop_app.domain.changes.change import Action, Change, EntityKind
from desktop_app.domain.changes.merge import EntityState, canonical, merge_entity

from .database import Database
from .sums import TABLES, materialise, owner_of

_COLUMNS = (
    "id, stamp, device, author, entity, entity_id, field, action, value, replaces, saw, "
    "batch, undoes"
)
Key = tuple[EntityKind, str]


def apply(connection: Connection, changes: Iterable[Change]) -> set[Key]:
    """Add changes to the log and bring the tables of what they touch up to date.

    Inside the caller's transaction. A change that is known already makes no difference. Returns the
    entities that were touched; records among them are queued for the index. What the changes of an
    entity said that is gone for good is wiped, also where it arrives later.
    """
    touched: dict[Key, None] = {}
    for change in changes:
        if change.action is Action.PURGE:
            # Overwrites what is deleted, so that it can't be read out of the file's free pages.
            connection.execute("PRAGMA secure_delete = ON")
        connection.execute(
            f"INSERT OR IGNORE INTO changes ({_COLUMNS}) VALUES ({','.join('?' * 13)})",
            _row(change),
        )
        touched.setdefault((change.entity, change.entity_id))
    # Records first: a document's row refers to its record's.
    for kind, entity_id in sorted(touched, key=lambda key: key[0] is not EntityKind.RECORD):
        _sum_up(connection, state_of(connection, kind, entity_id))
    return set(touched)


def _sum_up(connection: Connection, state: EntityState) -> None:
    """Bring the rows up to date that an entity's changes add up to."""
    if state.kind is EntityKind.RECORD:
        fresh = not _has_row(connection, state.id)
        materialise(connection, state)
        _note_owner(connection, state, state.id)
        if state.purged or fresh:
            parts = _parts_of(connection, state.id)
            if state.purged:
                for key in (*parts, (state.kind, state.id)):
                    _wipe(connection, *key)
            for kind, entity_id in parts:
                if fresh and kind is EntityKind.DOCUMENT and not state.purged:
                    # Its changes came before those of its record.
                    materialise(connection, state_of(connection, kind, entity_id))
        return
    owner = owner_of(state) or _noted_owner(connection, state)
    if owner is not None:
        _note_owner(connection, state, owner)
    if owner is not None and _is_purged(connection, owner):
        _wipe(connection, state.kind, state.id)
        return
    materialise(connection, state)
    if state.purged:
        _wipe(connection, state.kind, state.id)


def _note_owner(connection: Connection, state: EntityState, owner: str) -> None:
    connection.execute(
        "UPDATE changes SET record_id = ? WHERE entity_id = ? AND entity = ?"
        " AND record_id IS NOT ?",
        [owner, state.id, state.kind, owner],
    )


def _noted_owner(connection: Connection, state: EntityState) -> str | None:
    """Return the record of an entity whose changes were wiped."""
    row = connection.execute(
        "SELECT record_id FROM changes WHERE entity_id = ? AND entity = ?"
        " AND record_id IS NOT NULL LIMIT 1",
        [state.id, state.kind],
    ).fetchone()
    return None if row is None else str(row[0])


def _is_purged(connection: Connection, record_id: str) -> bool:
    found = connection.execute(
        "SELECT 1 FROM changes WHERE entity_id = ? AND entity = ? AND action = ?",
        [record_id, EntityKind.RECORD, Action.PURGE],
    )
    return found.fetchone() is not None


def _parts_of(connection: Connection, record_id: str) -> list[Key]:
    rows = connection.execute(
        "SELECT DISTINCT entity, entity_id FROM changes WHERE record_id = ? AND entity <> ?",
        [record_id, EntityKind.RECORD],
    ).fetchall()
    return [(EntityKind(str(kind)), str(entity_id)) for kind, entity_id in rows]


def _wipe(connection: Connection, kind: EntityKind, entity_id: str) -> None:
    """Take away what the changes of an entity said, and its row."""
    table = TABLES.get(kind)
    if table is not None:
        connection.execute(f"DELETE FROM {table[0]} WHERE id = ?", [entity_id])
    connection.execute(
        "UPDATE changes SET value = 'null' WHERE entity_id = ? AND entity = ?", [entity_id, kind]
    )


def _has_row(connection: Connection, record_id: str) -> bool:
    found = connection.execute("SELECT 1 FROM records WHERE id = ?", [record_id])
    return found.fetchone() is not None


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

    def of_entity(self, kind: EntityKind, entity_id: str) -> list[Change]:
        """Return all changes of an entity, in order."""
        return list(
            self._select("entity_id = ? AND entity = ? ORDER BY sequence", [entity_id, kind])
        )

    def of_batch(self, batch: str) -> list[Change]:
        """Return the changes that were made in one go, in order."""
        return list(self._select("batch = ? ORDER BY sequence", [batch]))

    def history(
        self, record_id: str | None = None, limit: int = 200, offset: int = 0
    ) -> list[Change]:
        """Return changes of a record and all its parts (of all, without one), the newest first."""
        condition, values = ("1", []) if record_id is None else ("record_id = ?", [record_id])
        return list(
            self._select(
                f"{condition} ORDER BY stamp DESC, sequence DESC LIMIT ? OFFSET ?",
                [*values, str(limit), str(offset)],
            )
        )

    def parts_of(self, record_id: str) -> list[Key]:
        """Return what belongs to a record: documents, findings, appraisals, notes; not itself."""
        with self._database.reading() as connection:
            return _parts_of(connection, record_id)

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
