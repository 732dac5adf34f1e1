"""Describing records: every edit is a change with an author, and can be taken back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.domain.changes import edits
from desktop_app.domain.changes.change import LIFE, Action, Change, EntityKind, Value
from desktop_app.domain.changes.edits import ChangedSince, Origin
from desktop_app.domain.changes.merge import EntityState, canonical
from desktop_app.domain.changes.rules import MergeRule, rule_of
from desktop_app.domain.errors import (
    ChangeNotFound,
    EditedSince,
    ImportNotFound,
    InvalidField,
    NothingToUndo,
)
from desktop_app.domain.fields import InvalidValue, check_value
from desktop_app.store.changes import ChangeLog
from desktop_app.store.records import Records

from .authorship import Authorship

TAG = "tag"
Edit = Callable[[Origin, EntityState], list[Change]]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change for people: `old` is what the field held before, as its author saw it."""

    change: Change
    old: Value


class Editing:
    """Changes records. Each command returns the changes it made, none where all was so already."""

    def __init__(self, records: Records, log: ChangeLog, authorship: Authorship) -> None:
        self._records = records
        self._log = log
        self._authorship = authorship

    def edit(self, record_id: str, values: Mapping[str, Value]) -> list[Change]:
        """Set fields of a record; a set takes the whole list. All of them, or none.

        Raises `InvalidField` with one sentence for the first field that can't hold its value.
        """
        checked: dict[str, Value] = {}
        for field, value in values.items():
            try:
                checked[field] = check_value(field, value)
            except InvalidValue as error:
                raise InvalidField(detail=str(error)) from error

        def make(origin: Origin, state: EntityState) -> list[Change]:
            made = [_set(origin, state, field, value) for field, value in checked.items()]
            return [change for changes in made for change in changes]

        return self._change([record_id], make)

    def tag(
        self, record_ids: Iterable[str], add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> list[Change]:
        """Put tags on records and take tags off them."""
        try:
            added = check_value(TAG, list(add))
        except InvalidValue as error:
            raise InvalidField(detail=str(error)) from error
        assert isinstance(added, list)  # noqa: S101 - a set is stored as a list

        def make(origin: Origin, state: EntityState) -> list[Change]:
            made = [edits.add_element(origin, state, TAG, tag) for tag in added]
            made += [edits.remove_element(origin, state, TAG, tag) for tag in remove]
            return _made(made)

        return self._change(record_ids, make)

    def tags(self) -> dict[str, int]:
        """Return every tag in use with the number of its records."""
        return self._records.tags()

    def delete(self, record_ids: Iterable[str]) -> list[Change]:
        """Put records into the trash; nothing of them is lost."""
        return self._change(record_ids, lambda origin, state: _made([edits.delete(origin, state)]))

    def restore(self, record_ids: Iterable[str]) -> list[Change]:
        """Take records out of the trash."""
        return self._change(record_ids, lambda origin, state: _made([edits.restore(origin, state)]))

    def undo(self, change_id: str) -> list[Change]:
        """Take one change back with a new one that refers to it.

        Raises `ChangeNotFound`, `EditedSince` where somebody changed the field after it, and
        `NothingToUndo` where it has no effect any more.
        """
        change = self._log.get(change_id)
        if change is None:
            raise ChangeNotFound(change_id=change_id)
        state = self._log.state(change.entity, change.entity_id)
        try:
            made = edits.undo(self._authorship.origin(), state, change, self._log.of_field(change))
        except ChangedSince as error:
            later = error.later[0]
            raise EditedSince(field=change.field, author=later.author) from error
        if made is None:
            raise NothingToUndo(change_id=change_id)
        self._records.apply([made])
        return [made]

    def undo_import(self, import_id: str) -> list[Change]:
        """Put every record that an import added into the trash, as one batch."""
        if not self._log.of_batch(import_id):
            raise ImportNotFound(import_id=import_id)
        return self.delete(self._records.of_import(import_id))

    def state(self, record_id: str) -> EntityState:
        """Return what the changes of a record add up to, with its conflicts."""
        return self._log.state(EntityKind.RECORD, self._records.resolve(record_id))

    def history(
        self, record_id: str | None = None, limit: int = 200, offset: int = 0
    ) -> list[HistoryEntry]:
        """Return the changes of a record (of all), the newest first, with what was there before."""
        ids = [] if record_id is None else [record_id]
        return [
            HistoryEntry(change, self._before(change))
            for change in self._log.history(ids, limit, offset)
        ]

    def _before(self, change: Change) -> Value:
        if change.field == LIFE or change.action is Action.ADD:
            return None
        if change.action is Action.REMOVE:
            return change.value
        replaced = self._log.replaced_by(change)
        return max(replaced, key=lambda earlier: earlier.order).value if replaced else None

    def _change(self, record_ids: Iterable[str], make: Edit) -> list[Change]:
        """Make changes to records in one transaction."""
        wanted = [self._records.resolve(record_id) for record_id in record_ids]
        origin = self._authorship.origin()
        made = [
            change
            for record_id in wanted
            for change in make(origin, self._log.state(EntityKind.RECORD, record_id))
        ]
        if made:
            self._records.apply(made)
        return made


def _set(origin: Origin, state: EntityState, field: str, value: Value) -> list[Change]:
    if rule_of(state.kind, field) is not MergeRule.SET:
        return _made([edits.set_value(origin, state, field, value)])
    wanted = {canonical(element): element for element in value} if isinstance(value, list) else {}
    there = state.value(field)
    held = {canonical(e): e for e in there} if isinstance(there, tuple) else {}
    made = [
        edits.add_element(origin, state, field, element)
        for key, element in wanted.items()
        if key not in held
    ]
    made += [
        edits.remove_element(origin, state, field, element)
        for key, element in held.items()
        if key not in wanted
    ]
    return _made(made)


def _made(changes: Iterable[Change | None]) -> list[Change]:
    return [change for change in changes if change is not None]
