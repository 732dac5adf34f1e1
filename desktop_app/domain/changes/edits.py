"""Making changes: each names what its author saw, so that nothing is overwritten unknowingly."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from .change import LIFE, Action, Change, Value
from .clock import HybridClock
from .merge import EntityState, FieldState, canonical, merge_field
from .rules import MergeRule, rule_of


def random_id() -> str:
    """Return a new id of 128 random bits, in hexadecimal."""
    return uuid.uuid4().hex


@dataclass(frozen=True)
class Origin:
    """Where changes come from: a device with its clock, and the person at it.

    `group` ties together the changes of one go, for instance an import.
    """

    device: str
    author: str
    clock: HybridClock
    group: str | None = None
    new_id: Callable[[], str] = random_id


class ChangedSince(Exception):
    """A change can't be taken back as it is: `later` changes stand upon it."""

    def __init__(self, later: tuple[Change, ...]) -> None:
        super().__init__(later)
        self.later = later


def set_value(origin: Origin, state: EntityState, field: str, value: Value) -> Change | None:
    """Return the change that makes `field` hold `value`; None when it does so undisputed.

    It replaces all current versions: setting a disputed field settles the dispute.
    """
    before = _field(state, field)
    if before.current and not before.disputed and canonical(before.value) == canonical(value):
        return None
    return _make(origin, state, field, Action.SET, value, before.current)


def add_element(origin: Origin, state: EntityState, field: str, element: Value) -> Change | None:
    """Return the change that puts `element` into a set; None when it is in it."""
    if _additions(_field(state, field), element):
        return None
    return _make(origin, state, field, Action.ADD, element, ())


def remove_element(origin: Origin, state: EntityState, field: str, element: Value) -> Change | None:
    """Return the change that takes `element` out of a set; None when it is not in it."""
    additions = _additions(_field(state, field), element)
    if not additions:
        return None
    return _make(origin, state, field, Action.REMOVE, element, additions)


def delete(origin: Origin, state: EntityState) -> Change | None:
    """Return the change that puts an entity into the trash; None when it lies there."""
    if state.deleted:
        return None
    return _make(
        origin, state, LIFE, Action.DELETE, None, _field(state, LIFE).current, saw=state.heads
    )


def restore(origin: Origin, state: EntityState) -> Change | None:
    """Return the change that takes an entity out of the trash, or keeps it out for good.

    None when nothing deleted it.
    """
    life = _field(state, LIFE)
    if not any(change.action is Action.DELETE for change in life.current):
        return None
    return _make(origin, state, LIFE, Action.RESTORE, None, life.current)


def undo(
    origin: Origin, state: EntityState, change: Change, known: Mapping[str, Change]
) -> Change | None:
    """Return the change that takes `change` back and refers to it; None when nothing is left of it.

    `known` are the changes of the same field, by id. Raises `ChangedSince` where somebody changed
    the field after it: that later edit would be lost unseen.
    """
    before = _field(state, change.field)
    match change.action:
        case Action.ADD:
            if change.id not in before.heads:
                return None
            return _make(
                origin, state, change.field, Action.REMOVE, change.value, (change,), undoes=change
            )
        case Action.REMOVE:
            if _additions(before, change.value):
                return None
            return _make(origin, state, change.field, Action.ADD, change.value, (), undoes=change)
        case Action.DELETE | Action.RESTORE:
            back = restore if change.action is Action.DELETE else delete
            made = back(origin, state)
            return None if made is None else _referring(made, change)
    if before.heads != {change.id}:
        raise ChangedSince(tuple(item for item in before.current if item.id != change.id))
    rule = rule_of(change.entity, change.field)
    earlier = merge_field(rule, [known[i] for i in change.replaces if i in known])
    return _make(
        origin, state, change.field, Action.SET, earlier.value, before.current, undoes=change
    )


def _field(state: EntityState, field: str) -> FieldState:
    return state.fields.get(field) or FieldState(rule_of(state.kind, field), ())


def _additions(field: FieldState, element: Value) -> tuple[Change, ...]:
    if field.rule is not MergeRule.SET:
        raise TypeError(field.rule)
    wanted = canonical(element)
    return tuple(change for change in field.current if canonical(change.value) == wanted)


def _make(
    origin: Origin,
    state: EntityState,
    field: str,
    action: Action,
    value: Value,
    replaced: tuple[Change, ...],
    *,
    saw: frozenset[str] = frozenset(),
    undoes: Change | None = None,
) -> Change:
    return Change(
        id=origin.new_id(),
        stamp=origin.clock.tick(max((change.stamp for change in replaced), default=0)),
        device=origin.device,
        author=origin.author,
        entity=state.kind,
        entity_id=state.id,
        field=field,
        action=action,
        value=value,
        replaces=frozenset(change.id for change in replaced),
        saw=saw,
        group=origin.group,
        undoes=None if undoes is None else undoes.id,
    )


def _referring(change: Change, undone: Change) -> Change:
    return replace(change, undoes=undone.id)
