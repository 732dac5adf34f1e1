"""Describing records: every edit is a change with an author, and can be taken back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.domain.changes import edits
from desktop_app.domain.changes.change import LIFE, Action, Change, EntityKind, Value
from desktop_app.domain.changes.coded import Evidence, State
from desktop_app.domain.changes.edits import ChangedSince, Origin
from desktop_app.domain.changes.merge import EntityState
from desktop_app.domain.changes.rules import MergeRule, rule_of
from desktop_app.domain.errors import (
    ChangeNotFound,
    EditedSince,
    ImportNotFound,
    InvalidField,
    NothingToUndo,
)
from desktop_app.domain.fields import RECORD_FIELDS
from desktop_app.store.changes import ChangeLog
from desktop_app.store.records import Records

from .authorship import Authorship, person
from .terms import TermsOfArchive
from .values import check_coded, check_field, made, set_changes

TAG = "tag"
NO_VALUES: Mapping[str, Value] = {}
NO_ELEMENTS: Mapping[str, Sequence[Value]] = {}
Edit = Callable[[Origin, EntityState], list[Change]]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change for people: `old` is what the field held before, as its author saw it."""

    change: Change
    old: Value


class Editing:
    """Changes records. Each command returns the changes it made, none where all was so already."""

    def __init__(
        self, records: Records, log: ChangeLog, authorship: Authorship, terms: TermsOfArchive
    ) -> None:
        self._terms = terms
        self._records = records
        self._log = log
        self._authorship = authorship

    def edit(
        self,
        record_id: str,
        values: Mapping[str, Value] = NO_VALUES,
        evidence: Evidence | None = None,
        state: State | None = None,
        *,
        add: Mapping[str, Sequence[Value]] = NO_ELEMENTS,
        remove: Mapping[str, Sequence[Value]] = NO_ELEMENTS,
    ) -> list[Change]:
        """Set fields of a record; `add` to fields with several values, or `remove` from them.

        All of it, or none. `values` of a field with several values are its whole list. `evidence`
        says where the values stand, `state` why the fields have none. Concepts and countries are
        taken by any of their names. Raises `InvalidField` with one sentence for each field
        that can't hold its value.
        """
        record = self._records.get(self._records.resolve(record_id))
        terms = self._terms.controlled()
        for name in (*add, *remove):
            if name in RECORD_FIELDS and rule_of(EntityKind.RECORD, name) is not MergeRule.SET:
                raise InvalidField(detail=f'"{name}" is set as a whole: {name}=...')
        who = person()
        checked = check_coded(terms, record, values, RECORD_FIELDS, evidence, state, who)
        added = check_coded(terms, record, _listed(add), RECORD_FIELDS, evidence, coder=who)
        removed = check_coded(terms, record, _listed(remove), RECORD_FIELDS)

        def make(origin: Origin, state: EntityState) -> list[Change]:
            whole = [set_changes(origin, state, name, value) for name, value in checked.items()]
            found: list[Change | None] = [change for changes in whole for change in changes]
            for turn, said in ((edits.add_element, added), (edits.remove_element, removed)):
                found += [
                    turn(origin, state, name, element)
                    for name, elements in said.items()
                    for element in _elements(elements)
                ]
            return made(found)

        return self._change([record.id], make)

    def fill(self, record_id: str, said: Sequence[tuple[str, Value, Evidence]]) -> list[Change]:
        """Fill fields of a record, each value with its own evidence: (field, value, evidence).

        A field that holds several values gains those; any other takes the first one said of it.
        """
        record = self._records.get(self._records.resolve(record_id))
        terms = self._terms.controlled()
        checked: dict[str, list[Value]] = {}
        for name, value, evidence in said:
            field = RECORD_FIELDS.get(name)
            in_set = rule_of(EntityKind.RECORD, name) is MergeRule.SET
            whole = value
            if field is not None and field.several:
                if not in_set and name in checked:
                    continue
                whole = [value] if in_set else [other for of, other, _ in said if of == name]
            where = evidence if field is not None and field.coded else None
            values = {name: whole}
            found = check_coded(terms, record, values, RECORD_FIELDS, where, coder=person())[name]
            checked.setdefault(name, []).extend(_elements(found) if in_set else [found])

        def make(origin: Origin, state: EntityState) -> list[Change]:
            found: list[Change | None] = []
            for name, values in checked.items():
                if rule_of(state.kind, name) is MergeRule.SET:
                    found += [edits.add_element(origin, state, name, value) for value in values]
                else:
                    found.append(edits.set_value(origin, state, name, values[0]))
            return made(found)

        return self._change([record.id], make)

    def tag(
        self, record_ids: Iterable[str], add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> list[Change]:
        """Put tags on records and take tags off them."""
        added = _elements(check_field(self._terms.controlled(), TAG, list(add), RECORD_FIELDS))

        def make(origin: Origin, state: EntityState) -> list[Change]:
            found = [edits.add_element(origin, state, TAG, tag) for tag in added]
            found += [edits.remove_element(origin, state, TAG, tag) for tag in remove]
            return made(found)

        return self._change(record_ids, make)

    def tags(self) -> dict[str, int]:
        """Return every tag in use with the number of its records."""
        return self._records.tags()

    def delete(self, record_ids: Iterable[str]) -> list[Change]:
        """Put records into the trash; nothing of them is lost."""
        return self._change(record_ids, lambda origin, state: made([edits.delete(origin, state)]))

    def restore(self, record_ids: Iterable[str]) -> list[Change]:
        """Take records out of the trash."""
        return self._change(record_ids, lambda origin, state: made([edits.restore(origin, state)]))

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
            back = edits.undo(self._authorship.origin(), state, change, self._log.of_field(change))
        except ChangedSince as error:
            later = error.later[0]
            raise EditedSince(field=change.field, author=later.author) from error
        if back is None:
            raise NothingToUndo(change_id=change_id)
        self._records.apply([back])
        return [back]

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
        return [
            HistoryEntry(change, self._before(change))
            for change in self._log.history(record_id, limit, offset)
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
        changes = [
            change
            for record_id in wanted
            for change in make(origin, self._log.state(EntityKind.RECORD, record_id))
        ]
        if changes:
            self._records.apply(changes)
        return changes


def _listed(values: Mapping[str, Sequence[Value]]) -> dict[str, Value]:
    return {name: list(elements) for name, elements in values.items()}


def _elements(value: Value) -> list[Value]:
    return list(value) if isinstance(value, list) else []
