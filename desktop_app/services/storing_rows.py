"""From the plan of an import to changes."""

from datetime import UTC, datetime

from desktop_app.domain.changes import edits
from desktop_app.domain.changes.change import Change, EntityKind, Value
from desktop_app.domain.changes.edits import Origin
from desktop_app.domain.changes.merge import EntityState, element_key
from desktop_app.domain.changes.rules import MergeRule, rule_of
from desktop_app.store.sums import OWNER

from .import_plan import Target
from .values import made, set_changes


def changes_of(target: Target, origin: Origin, state: EntityState, import_id: str) -> list[Change]:
    """Return the changes that make a record, finding or appraisal what its rows say.

    `state` is what it is now; what is so already makes none.
    """
    founding: dict[str, Value] = {}
    if target.new and not state.fields:
        founding = {OWNER: target.owner}
        if target.kind is EntityKind.RECORD:
            added_at = datetime.now(UTC).isoformat()
            founding = {"added_at": added_at, "import_id": import_id}
    changes = made([edits.set_value(origin, state, *said) for said in founding.items()])
    for name in dict.fromkeys((*target.sets, *target.coded)):
        changes += _field_changes(target, origin, state, name)
    if target.restores:
        changes += made([edits.restore(origin, state)])
    return changes


def _field_changes(target: Target, origin: Origin, state: EntityState, name: str) -> list[Change]:
    coded = {element_key(said.value): said.stored for said in target.coded.get(name, ())}
    value = target.sets.get(name)
    if rule_of(target.kind, name) is not MergeRule.SET:
        stored = _whole(name, target, value)
        return made([edits.set_value(origin, state, name, stored)])
    elements = [coded.pop(element_key(one), one) for one in _elements(value)]
    if name in target.whole:
        changes = set_changes(origin, state, name, elements)
    else:
        changes = made([edits.add_element(origin, state, name, one) for one in elements])
    return changes + made([edits.add_element(origin, state, name, one) for one in coded.values()])


def _whole(name: str, target: Target, value: Value) -> Value:
    """Return a single value, with the evidence that came last."""
    said = target.coded.get(name)
    if said:
        return said[-1].stored
    return value if name in target.sets else target.held.get(name)


def _elements(value: Value) -> list[Value]:
    return list(value) if isinstance(value, list | tuple) else []
