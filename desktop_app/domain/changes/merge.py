"""What a set of changes adds up to.

State is a pure function of the *set* of changes: their order of arrival and how often they arrive
make no difference. A change is current while no other known change replaces it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .change import LIFE, Action, Change, EntityKind, Value
from .coded import Coded, State, bare, read_coded
from .rules import ACCESS_ORDER, MergeRule, rule_of


class ConflictKind(StrEnum):
    """What a person has to settle, or may want to look at."""

    VERSIONS = "versions"
    """Two people gave a plain field different values: the latest is shown."""
    CURATED_TEXT = "curated_text"
    """Two people wrote different texts: both are kept until somebody chooses or joins them."""
    EDITED_AFTER_DELETE = "edited_after_delete"
    """One person deleted what another was editing: it stays until somebody decides."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Concurrent changes that differ, the shown one first."""

    kind: ConflictKind
    entity: EntityKind
    entity_id: str
    field: str
    versions: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class FieldState:
    """What a field holds. `current` are the changes that nobody replaced, the shown one first.

    `first` is the earliest change of all, replaced or not; None for a field that has none.
    """

    rule: MergeRule
    current: tuple[Change, ...]
    first: Change | None = None

    @property
    def value(self) -> Value:
        """Return the value shown, without evidence; for a set its elements, in a fixed order."""
        if self.rule is MergeRule.SET:
            return self.elements
        return bare(self.current[0].value) if self.current else None

    @property
    def stored(self) -> Value:
        """Return the shown value of a single field as its change holds it, with evidence."""
        return self.current[0].value if self.current else None

    @property
    def elements(self) -> tuple[Value, ...]:
        """Return the elements of a set, each once, in a fixed order."""
        return tuple(bare(change.value) for change in self.additions)

    @property
    def additions(self) -> tuple[Change, ...]:
        """Return the latest addition of each element of a set, in the order of the elements."""
        found: dict[str, Change] = {}
        for change in self.current:
            if bare(change.value) is not None:
                found.setdefault(element_key(change.value), change)
        return tuple(found[key] for key in sorted(found))

    @property
    def coded(self) -> tuple[Coded, ...]:
        """Return what was said with evidence: one for a single value, one an element of a set.

        A set without elements has one without a value where somebody said why; else none.
        """
        if self.rule is not MergeRule.SET:
            return tuple(read_coded(change.value) for change in self.current[:1])
        shown = self.additions or self.current[:1]
        return tuple(read_coded(change.value) for change in shown)

    @property
    def state(self) -> State:
        """Return whether the report says what the field asks for."""
        return self.coded[0].state if self.coded else State.NOT_EXTRACTED

    @property
    def heads(self) -> frozenset[str]:
        """Return the ids of the current changes: what an edit made now replaces."""
        return frozenset(change.id for change in self.current)

    @property
    def disputed(self) -> bool:
        """Return whether current changes of a single value differ."""
        if self.rule is MergeRule.SET or self.rule is MergeRule.LIFE:
            return False
        return len({_meaning(change.value) for change in self.current}) > 1


@dataclass(frozen=True, slots=True)
class EntityState:
    """What an entity is: its fields, whether it lies in the trash, what is in conflict."""

    kind: EntityKind
    id: str
    fields: Mapping[str, FieldState]
    deleted: bool
    conflicts: tuple[Conflict, ...]
    purged: bool = False

    def value(self, field: str) -> Value:
        """Return what a field holds, without evidence; None where nobody ever said."""
        state = self.fields.get(field)
        return None if state is None else state.value

    @property
    def heads(self) -> frozenset[str]:
        """Return the current changes of all fields but life: what a deletion made now sees."""
        return frozenset[str]().union(
            *(state.heads for name, state in self.fields.items() if name != LIFE)
        )


def merge_field(rule: MergeRule, changes: Iterable[Change]) -> FieldState:
    """Return the state of one field of one entity from all its changes."""
    known = {change.id: change for change in changes}
    replaced = frozenset[str]().union(*(change.replaces for change in known.values()))
    current = [change for change in known.values() if change.id not in replaced]
    if rule is MergeRule.SET:
        # A removal takes back what it names, nothing else: an addition it did not see stays.
        current = [change for change in current if change.action is Action.ADD]
    elif known and not current:
        # Only forged changes replace each other in a circle; the field must not end up empty.
        current = [max(known.values(), key=lambda change: change.order)]
    if rule is MergeRule.LIFE:
        # What is gone for good stays gone, whatever somebody did who had not heard of it.
        current += [change for change in known.values() if change.action is Action.PURGE]
        current = list({change.id: change for change in current}.values())
        current.sort(key=lambda change: (change.action is Action.PURGE, change.order), reverse=True)
    elif rule is MergeRule.ACCESS:
        current.sort(key=lambda change: (strictness(change.value), change.order), reverse=True)
    else:
        current.sort(key=lambda change: change.order, reverse=True)
    first = min(known.values(), key=lambda change: change.order, default=None)
    return FieldState(rule, tuple(current), first)


def merge_entity(kind: EntityKind, entity_id: str, changes: Iterable[Change]) -> EntityState:
    """Return the state of one entity from all its changes."""
    by_field: dict[str, list[Change]] = {}
    for change in changes:
        by_field.setdefault(change.field, []).append(change)
    fields = {
        field: merge_field(rule_of(kind, field), found) for field, found in sorted(by_field.items())
    }
    conflicts = [
        Conflict(_kind_of(state.rule), kind, entity_id, field, state.current)
        for field, state in fields.items()
        if state.disputed
    ]
    life = fields.get(LIFE)
    if life is not None and life.current and life.current[0].action is Action.PURGE:
        return EntityState(kind, entity_id, fields, deleted=True, conflicts=(), purged=True)
    deleted, unseen = _life(fields)
    if unseen:
        deletion = fields[LIFE].current[0]
        conflicts.append(
            Conflict(ConflictKind.EDITED_AFTER_DELETE, kind, entity_id, LIFE, (deletion, *unseen))
        )
    return EntityState(kind, entity_id, fields, deleted, tuple(conflicts))


def element_key(value: Value) -> str:
    """Return a text that is equal exactly for values that are the same but for their evidence."""
    return canonical(bare(value))


def strictness(value: Value) -> int:
    """Return how restrictive an access value is: a level, or {"level": ..., "until": ...}."""
    level = value.get("level") if isinstance(value, Mapping) else value
    return ACCESS_ORDER.index(level) if level in ACCESS_ORDER else len(ACCESS_ORDER)


def canonical(value: Value) -> str:
    """Return a text that is equal exactly for equal values, and orders them the same everywhere."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=list)


def _meaning(value: Value) -> str:
    coded = read_coded(value)
    return canonical([coded.value, coded.state])


def _life(fields: Mapping[str, FieldState]) -> tuple[bool, tuple[Change, ...]]:
    """Return whether an entity is deleted, and the edits that its deletion did not see."""
    life = fields.get(LIFE)
    if life is None or not life.current or life.current[0].action is not Action.DELETE:
        return False, ()
    deletions = [change for change in life.current if change.action is Action.DELETE]
    seen = frozenset[str]().union(*(change.saw for change in deletions))
    unseen = tuple(
        change
        for name, state in fields.items()
        if name != LIFE
        for change in state.current
        if change.id not in seen
    )
    return not unseen, unseen


def _kind_of(rule: MergeRule) -> ConflictKind:
    return ConflictKind.CURATED_TEXT if rule is MergeRule.CURATED else ConflictKind.VERSIONS
