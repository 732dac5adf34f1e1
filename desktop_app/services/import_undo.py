"""Taking a whole import back."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop_app.domain.changes import edits
from desktop_app.domain.changes.change import Change, EntityKind, Value
from desktop_app.domain.changes.edits import ChangedSince, Origin
from desktop_app.domain.changes.merge import EntityState, merge_entity
from desktop_app.domain.changes.rules import MERGED_FROM
from desktop_app.domain.errors import ImportNotFound
from desktop_app.store.changes import ChangeLog
from desktop_app.store.records import Records
from desktop_app.store.sums import owner_of

Key = tuple[EntityKind, str]


@dataclass(frozen=True, slots=True)
class UndoneImport:
    """What was taken back: records put into the trash, changes of others that were reverted.

    `kept` counts what stays because somebody changed it since.
    """

    removed: int
    reverted: int
    kept: int


def undo_import(
    records: Records, log: ChangeLog, origin_of: Callable[[str], Origin], import_id: str
) -> UndoneImport:
    """Take an import back in one transaction, tied together as a batch of its own.

    Records that it added go to the trash, with all that is theirs. What it changed of other records
    is taken back, the last change first. Documents that it gave to other records go to the trash in
    a record of their own, so that their PDFs are not lost. Raises `ImportNotFound`.
    """
    changes = log.of_batch(import_id)
    if not changes:
        raise ImportNotFound(import_id=import_id)
    origin = origin_of(str(uuid.uuid4()))
    added = set(records.of_import(import_id))
    founded = {
        change.entity_id
        for change in changes
        if change.entity is EntityKind.RECORD and change.field == "import_id"
    }
    back: list[Change] = []
    reverted = kept = 0
    for record_id in sorted(added):
        state = log.state(EntityKind.RECORD, record_id)
        if state.value(MERGED_FROM):
            # Somebody merged others into it since: they would go to the trash with it.
            added.discard(record_id)
            kept += 1
            continue
        deletion = edits.delete(origin, state)
        back += [] if deletion is None else [deletion]
    for key, of_entity in _by_entity(changes).items():
        state = log.state(*key)
        owner = owner_of(state)
        if state.purged or key[1] in founded or owner in founded:
            continue
        made, stays = _taken_back(origin, log, state, of_entity)
        reverted += bool(made)
        kept += stays
        back += made
    if back:
        records.apply(back)
    return UndoneImport(len(added), reverted, kept)


def _by_entity(changes: list[Change]) -> dict[Key, list[Change]]:
    found: dict[Key, list[Change]] = {}
    for change in changes:
        found.setdefault((change.entity, change.entity_id), []).append(change)
    return found


def _taken_back(
    origin: Origin, log: ChangeLog, state: EntityState, changes: list[Change]
) -> tuple[list[Change], int]:
    """Return the changes that take back what an import did to one thing, and how many stay."""
    if any(change.field in {"file", "record_id"} and not change.replaces for change in changes):
        if state.kind is EntityKind.DOCUMENT:
            return _set_aside(origin, state), 0
        deletion = edits.delete(origin, state)
        return ([] if deletion is None else [deletion]), 0
    made: list[Change] = []
    kept = 0
    for change in sorted(changes, key=lambda change: change.order, reverse=True):
        try:
            undone = edits.undo(origin, state, change, log.of_field(change))
        except ChangedSince as error:
            # Not where it was taken back before.
            kept += not all(later.undoes for later in error.later)
            continue
        made += [] if undone is None else [undone]
    return made, kept


def _set_aside(origin: Origin, state: EntityState) -> list[Change]:
    """Return the changes that move a document into a new record in the trash."""
    file = state.value("file")
    if not isinstance(file, Mapping):
        return []
    record_id = str(uuid.uuid4())
    nothing = EntityState(EntityKind.RECORD, record_id, {}, deleted=False, conflicts=())
    said: dict[str, Value] = {
        "title": str(file.get("file_name") or "PDF"),
        "access": "internal",
        "added_at": datetime.now(UTC).isoformat(),
    }
    made = [edits.set_value(origin, nothing, name, value) for name, value in said.items()]
    founding = [change for change in made if change is not None]
    # The deletion has to have seen them, or it would count as older than they are.
    there = merge_entity(EntityKind.RECORD, record_id, founding)
    moved: Value = {**file, "record_id": record_id, "position": 0}
    back = [edits.delete(origin, there), edits.set_value(origin, state, "file", moved)]
    return [*founding, *(change for change in back if change is not None)]
