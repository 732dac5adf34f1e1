"""Rows of the change log, read without trusting them."""

from collections.abc import Sequence

from desktop_app.domain.changes.change import Action, Change, EntityKind
from desktop_app.domain.changes.clock import LATEST_FOREIGN

from .lenient import COLUMNS, is_text, parsed

LOG_COLUMNS = (
    "id", "stamp", "device", "author", "entity", "entity_id", "field", "action", "value",
    "replaces", "saw", "batch", "undoes",
)  # fmt: skip
_TEXTS = (0, 2, 3, 4, 5, 6, 7)
_KINDS = {kind.value: kind for kind in EntityKind}
_ACTIONS = {action.value: action for action in Action}
_NOTHING = frozenset[str]()


class UnreadableChange(ValueError):
    """A row of the log is no change; the text says why."""


class UnknownKind(Exception):
    """A whole change of a kind of entity that this release does not know."""


def read_change(row: Sequence[object]) -> Change:
    """Return the change in a row of `LOG_COLUMNS`; `UnreadableChange` or `UnknownKind`."""
    texts = [said for index in _TEXTS if isinstance(said := row[index], str) and said]
    # All at once first, because this is done for every entry of the log.
    if len(texts) < len(_TEXTS) or not is_text("".join(texts)):
        wrong = next(i for i in _TEXTS if not row[i] or not is_text(row[i]))
        raise UnreadableChange(f"{LOG_COLUMNS[wrong]} is no text")
    for index in (11, 12):
        if row[index] is not None and not is_text(row[index]):
            raise UnreadableChange(f"{LOG_COLUMNS[index]} is no text")
    stamp = row[1]
    if not isinstance(stamp, int) or not 0 <= stamp <= LATEST_FOREIGN:
        raise UnreadableChange("stamp is no time")
    action = _ACTIONS.get(str(row[7]))
    if action is None:
        raise UnreadableChange("action is not known")
    kind = _KINDS.get(str(row[4]))
    try:
        value = parsed(row[8])
    except ValueError as error:
        raise UnreadableChange(f"value: {error}") from error
    replaces, saw = _ids("replaces", row[9]), _ids("saw", row[10])
    if kind is None:
        raise UnknownKind(str(row[4]))
    if kind is EntityKind.DOCUMENT and row[6] == "file" and not _is_file(value):
        raise UnreadableChange("value is no file")
    return Change(
        id=str(row[0]),
        stamp=stamp,
        device=str(row[2]),
        author=str(row[3]),
        entity=kind,
        entity_id=str(row[5]),
        field=str(row[6]),
        action=action,
        value=value,  # type: ignore[arg-type]
        replaces=replaces,
        saw=saw,
        group=None if row[11] is None else str(row[11]),
        undoes=None if row[12] is None else str(row[12]),
    )


def _is_file(value: object) -> bool:
    """Return whether the table of documents can hold a file; what lacks a part is not tried."""
    if not isinstance(value, dict):
        return value is None
    return all(
        COLUMNS["documents"][name](value[name])
        for name in ("record_id", "position", "sha256", "file_name", "size", "page_count",
                     "text_health", "hazardous")
        if name in value
    )  # fmt: skip


def _ids(name: str, value: object) -> frozenset[str]:
    if value == "[]":
        return _NOTHING
    try:
        found = parsed(value)
    except ValueError as error:
        raise UnreadableChange(f"{name}: {error}") from error
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise UnreadableChange(f"{name} is no list of ids")
    return frozenset(found)
