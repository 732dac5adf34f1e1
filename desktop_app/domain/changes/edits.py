"""Making changes: each names what its author saw, so that nothing is overwritten unknowingly."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from .change import LIFE, Action, Change, Value
from .clock import HybridClock
from .coded import bare, is_coded
from .merge import EntityState, FieldState, canonical, element_key, merge_field
from .rules import FOUNDING, MergeRule, rule_of


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

    It replaces all current versions: setting a disputed field settles the dispute. A bare value
    that the field holds already leaves the evidence for it alone.
    """
    before = _field(state, field)
    if before.current and not before.disputed:
        same = canonical(before.stored) == canonical(value)
        evident = value is not None and not is_coded(value) and before.value is not None
        if same or (evident and element_key(before.stored) == element_key(value)):
            return None
    return _make(origin, state, field, Action.SET, value, before.current)


def add_element(origin: Origin, state: EntityState, field: str, element: Value) -> Change | None:
    """Return the change that puts `element` into a set; None when it is in it.

    An element with evidence replaces the same element with other evidence or without; any element
    replaces what somebody said of the empty set.
    """
    before = _field(state, field)
    there = _additions(before, element)
    if there and (not is_coded(element) or canonical(there[0].value) == canonical(element)):
        return None
    silent = tuple(change for change in before.current if bare(change.value) is None)
    replaced = there if bare(element) is None else (*there, *silent)
    return _make(origin, state, field, Action.ADD, element, replaced)


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
    if state.purged or not any(change.action is Action.DELETE for change in life.current):
        return None
    return _make(origin, state, LIFE, Action.RESTORE, None, life.current)


def purge(origin: Origin, state: EntityState) -> Change | None:
    """Return the change that takes an entity away for good; None when it is gone."""
    if state.purged:
        return None
    return _make(origin, state, LIFE, Action.PURGE, None, _field(state, LIFE).current)


def undo(
    origin: Origin, state: EntityState, change: Change, known: Mapping[str, Change]
) -> Change | None:
    """Return the change that takes `change` back and refers to it; None when nothing is left of it.

    None also for what makes an entity be there at all, which is deleted instead.
    `known` are the changes of the same field, by id. Raises `ChangedSince` where somebody changed
    the field after it: that later edit would be lost unseen.
    """
    before = _field(state, change.field)
    if state.purged or (change.field in FOUNDING and not change.replaces):
        return None
    match change.action:
        case Action.ADD:
            held = tuple(head for head in before.current if change.id in in_force(head, known))
            if not held:
                return None
            earlier = _replaced(change, known)
            action, value = (
                (Action.REMOVE, change.value) if earlier is None else (Action.ADD, earlier.value)
            )
            return _make(origin, state, change.field, action, value, held, undoes=change)
        case Action.REMOVE:
            if _additions(before, change.value):
                return None
            # Whoever takes an element out names it without the evidence that it had.
            taken = _replaced(change, known) or change
            return _make(origin, state, change.field, Action.ADD, taken.value, (), undoes=change)
        case Action.PURGE:
            return None
        case Action.DELETE | Action.RESTORE:
            back = restore if change.action is Action.DELETE else delete
            made = back(origin, state)
            return None if made is None else _referring(made, change)
    if not all(change.id in in_force(head, known) for head in before.current):
        raise ChangedSince(tuple(item for item in before.current if item.id != change.id))
    rule = rule_of(change.entity, change.field)
    versions = merge_field(rule, [known[i] for i in change.replaces if i in known])
    return _make(
        origin, state, change.field, Action.SET, versions.stored, before.current, undoes=change
    )


def in_force(head: Change, known: Mapping[str, Change]) -> set[str]:
    """Return the ids of the changes that hold through `head`: it, and what it brought back.

    Who takes back the last edit, and then the one before it, finds that one in force again.
    """
    found = {head.id}
    while head.undoes is not None and head.undoes in known:
        undone = known[head.undoes]
        earlier = _replaced(undone, known)
        settled = undone.action is Action.SET and len(undone.replaces) > 1
        if earlier is None or settled or earlier.id in found:
            break
        head = earlier
        found.add(head.id)
    return found


def _field(state: EntityState, field: str) -> FieldState:
    return state.fields.get(field) or FieldState(rule_of(state.kind, field), ())


def _additions(field: FieldState, element: Value) -> tuple[Change, ...]:
    if field.rule is not MergeRule.SET:
        raise TypeError(field.rule)
    wanted = element_key(element)
    return tuple(change for change in field.current if element_key(change.value) == wanted)


def _replaced(change: Change, known: Mapping[str, Change]) -> Change | None:
    """Return the change that `change` of a set took the place of; None where there was nothing.

    Where nobody had said anything of the element, what had been said of the empty set.
    """
    replaced = [known[found] for found in change.replaces if found in known]
    wanted = element_key(change.value)
    same = [added for added in replaced if element_key(added.value) == wanted]
    return max(same or replaced, key=lambda added: added.order, default=None)


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
