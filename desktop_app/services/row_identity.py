"""What the rows of an import are compared by: ids, values, meanings."""

import json
import unicodedata
import uuid

from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.changes.merge import EntityState, canonical, element_key
from desktop_app.domain.exchange.rows import SourceRow
from desktop_app.domain.text import fold, forms

_NAMESPACE = uuid.UUID("5c0b7a5e-7a0f-4b5e-9d53-0e6a3a0c7d11")


def another_id(wanted: str) -> str:
    """Return an id to take where `wanted` can't be had: the same one each time."""
    return str(uuid.uuid5(_NAMESPACE, wanted))


def shows(title: str) -> bool:
    """Return whether there is anything to see of a title."""
    return any(unicodedata.category(sign)[0] not in "CZ" for sign in title)


def is_uuid(text: str) -> bool:
    """Return whether a text is an id of the archive's own kind."""
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def id_of(row: SourceRow | None, owner: str = "") -> str:
    """Return an id that comes from what stands in a row."""
    cells = [] if row is None else [[cell.column, cell.text] for cell in row.cells]
    return str(uuid.uuid5(_NAMESPACE, json.dumps([owner, cells], ensure_ascii=True)))


def held_values(state: EntityState) -> dict[str, Value]:
    """Return what an entity holds by field, without evidence; sets as lists."""
    return {
        name: list(value) if isinstance(value := state.value(name), tuple) else value
        for name in state.fields
    }


def owner_id(state: EntityState) -> str:
    """Return the id of the record that something is or belongs to."""
    return state.id if state.kind is EntityKind.RECORD else str(state.value("record_id"))


def element_keys(value: Value) -> set[str]:
    """Return the elements of a set as they are compared."""
    return {element_key(one) for one in value} if isinstance(value, list | tuple) else set()


def united(held: Value, more: Value) -> Value:
    """Return the elements of two sets, those of the first one first."""
    there = list(held) if isinstance(held, list | tuple) else []
    new = more if isinstance(more, list | tuple) else []
    known = element_keys(there)
    return [*there, *(one for one in new if element_key(one) not in known)]


def meaning(value: Value) -> str:
    """Return what a value says but for case, accents and spaces."""
    return " ".join(fold(form) for form in forms(canonical(value)))
