"""Back from the tables to the history: what only a row still says becomes changes again.

Normally the tables are the sum of the log. Where entries of the log are lost, the rows that were
made of them may still be there, and what they say must not be lost with the entries.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from sqlite_utils import Database as Connection

from desktop_app.domain.changes import edits
from desktop_app.domain.changes.change import LIFE, Change, EntityKind, Value
from desktop_app.domain.changes.clock import stamp_ms
from desktop_app.domain.changes.edits import Origin
from desktop_app.domain.changes.merge import EntityState, canonical, element_key
from desktop_app.domain.changes.rules import MergeRule, rule_of
from desktop_app.domain.records import Access

from .changes import apply, state_of
from .lenient import COLUMNS, Row, faults, parsed, read_leniently
from .sums import OWNER, TABLES, materialise, owner_of, wanted_row

_PARTS = (EntityKind.DOCUMENT, EntityKind.FINDING, EntityKind.APPRAISAL, EntityKind.NOTE)
IsStored = Callable[[str], bool] | None
AUTHOR = "repair"
"""The author of changes that a repair writes down."""
_FILE_COLUMNS = (
    "record_id", "position", "sha256", "file_name", "size", "page_count", "text_health",
    "hazardous", "properties",
)  # fmt: skip


def said_by(kind: EntityKind, row: Row) -> dict[str, Value]:
    """Return the values of the fields that a row shows, as changes hold them; sets as lists.

    Columns that can't be read are passed over. A field that is not named may still be empty on
    purpose.
    """
    values = _readable(TABLES[kind][0], row)
    said: dict[str, Value] = {}
    match kind:
        case EntityKind.RECORD:
            said |= _columns(values, "title", "kind", "year", "added_at", "import_id")
            said |= _columns(values, language="languages", author="authors", tag="tags")
            if values.get("access") is not None:
                until = values.get("access_until")
                level = values["access"]
                said["access"] = level if until is None else {"level": level, "until": until}
            said |= _evident(values)
        case EntityKind.DOCUMENT:
            if all(name in values for name in _FILE_COLUMNS):
                file = {name: values[name] for name in _FILE_COLUMNS}
                file["properties"] = _parsed(file["properties"])
                said["file"] = {**file, "hazardous": bool(file["hazardous"])}
            said |= _columns(values, "role")
        case EntityKind.FINDING:
            said |= _columns(values, OWNER, "outcome", "direction", "stage") | _others(values)
        case EntityKind.APPRAISAL:
            said |= _columns(values, OWNER, "scale", "value") | _others(values)
        case EntityKind.NOTE:
            said |= _columns(values, OWNER, "page", "quote", "text", document="document_id")
            said |= {"shared": "yes"} if values.get("shared") else {}
        case EntityKind.CONCEPT:
            said |= _columns(values, "scheme", "note", alternative="alternatives")
            said |= _columns(values, "broader")
            labels = values.get("labels")
            for language, text in labels.items() if isinstance(labels, Mapping) else ():
                said[f"label_{language}"] = text
        case _:
            return {}
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def adopting(
    origin: Origin, state: EntityState, row: Row, *, newer: bool, is_stored: IsStored = None
) -> list[Change]:
    """Return the changes that keep what a row shows and the log does not say, or says otherwise.

    Either may be the damaged one. So where they differ, both are kept as versions that a person can
    choose from; the row's is shown if it is `newer` (the log lacks its last entries), else the
    log's. What was taken away for good stays away. `is_stored` tells whether there is a file with
    a hash: of two descriptions of a file the one that has its file is right.
    """
    if state.purged:
        return []
    shown_now = wanted_row(state) if state.fields else None
    said = said_by(state.kind, row)
    now = {} if shown_now is None else said_by(state.kind, shown_now)
    made: list[Change] = []
    for field, value in said.items():
        if canonical(value) == canonical(now.get(field)):
            continue
        if field == "file" and field in now and is_stored is not None:
            if is_stored(_hash_of(value)) and not is_stored(_hash_of(now[field])):
                made += _made([edits.set_value(origin, state, field, value)])
        else:
            made += _version(origin, state, field, value, newer=newer)
    return made


def adopt(
    connection: Connection,
    origin: Origin,
    state: EntityState,
    row: Row,
    *,
    newer: bool,
    is_stored: IsStored = None,
) -> None:
    """Write the changes of `adopting` into the log; what lay in the trash lies there afterwards.

    Inside the caller's transaction.
    """
    made = adopting(origin, state, row, newer=newer, is_stored=is_stored)
    apply(connection, made)
    unknown = LIFE not in state.fields and (newer or not state.fields)
    in_trash = state.deleted or (unknown and dict(row).get("deleted") == 1)
    if in_trash and not state.purged:
        deletion = edits.delete(origin, state_of(connection, state.kind, state.id))
        apply(connection, _made([deletion]))


def _version(
    origin: Origin, state: EntityState, field: str, value: Value, *, newer: bool
) -> list[Change]:
    """Return the changes that put a value beside those that a field has."""
    there = state.fields.get(field)
    nothing = replace(state, fields={})
    if rule_of(state.kind, field) is MergeRule.SET:
        held = {element_key(each) for each in there.elements} if there else set()
        elements = value if isinstance(value, list) else []
        fresh = [each for each in elements if element_key(each) not in held]
        return _made([edits.add_element(origin, nothing, field, each) for each in fresh])
    made = edits.set_value(origin, nothing, field, value)
    if made is None:
        return []
    if there is not None and there.current and not newer:
        made = replace(made, stamp=max(0, there.current[0].stamp - 1))
    return [made]


def complete(connection: Connection, origin: Origin, *, for_parts: bool = False) -> list[str]:
    """Give every record what readers need of it where the log has lost it; return their ids.

    A record that only its documents still speak of is made anew; with `for_parts` also one that
    only findings, appraisals or notes speak of. Who may see a record of which nobody knows that any
    more: nobody else, until a person says so. What was taken away for good stays away. Inside the
    caller's transaction.
    """
    made: dict[str, list[Change]] = {}
    for (record_id,) in connection.execute(
        "SELECT DISTINCT entity_id FROM changes WHERE entity = 'record'"
    ).fetchall():
        state = state_of(connection, EntityKind.RECORD, str(record_id))
        row = wanted_row(state)
        if row is None:
            continue
        if _is_wiped(state):
            purged = edits.purge(origin, state)
            apply(connection, [] if purged is None else [purged])
        elif faults("records", row) or "access" not in state.fields:
            made[state.id] = _essentials(origin, state, {})
    kinds = ", ".join(f"'{kind.value}'" for kind in _PARTS[: None if for_parts else 1])
    for kind, part_id in connection.execute(
        f"SELECT DISTINCT entity, entity_id FROM changes c WHERE entity IN ({kinds}) AND NOT EXISTS"
        " (SELECT 1 FROM changes r WHERE r.entity = 'record' AND r.entity_id = c.record_id)"
        " ORDER BY entity"
    ).fetchall():
        part = state_of(connection, EntityKind(str(kind)), str(part_id))
        owner = owner_of(part)
        if owner is None or part.purged or owner in made:
            continue
        file = part.value("file")
        named = file.get("file_name") if isinstance(file, Mapping) else f"({owner[:8]})"
        state = state_of(connection, EntityKind.RECORD, owner)
        made[owner] = _essentials(origin, state, {"title": named})
    apply(connection, [change for changes in made.values() for change in changes])
    return [record_id for record_id, changes in made.items() if changes]


def _is_wiped(state: EntityState) -> bool:
    """Return whether nothing is left of what the changes of an entity said: it was purged."""
    said = [change for name, field in state.fields.items() if name != LIFE
            for change in field.current]  # fmt: skip
    return "added_at" in state.fields and all(change.value is None for change in said)


def make_again(
    connection: Connection,
    origin: Origin,
    kind: EntityKind,
    entity_id: str,
    is_stored: IsStored = None,
) -> bool:
    """Bring a row up to what the log says; return whether the log says anything of it.

    What only the row says is written into the log, see `adopting`. Inside the caller's transaction.
    """
    state = state_of(connection, kind, entity_id)
    for row in read_leniently(connection, TABLES[kind][0], entity_id):
        adopt(connection, origin, state, row, newer=False, is_stored=is_stored)
    materialise(connection, state_of(connection, kind, entity_id))
    return bool(state.fields)


def _essentials(origin: Origin, state: EntityState, said: dict[str, Value]) -> list[Change]:
    stamps = [change.stamp for field in state.fields.values() for change in field.current]
    moment = datetime.fromtimestamp(stamp_ms(min(stamps)) / 1000, UTC) if stamps else None
    moment = moment or datetime.now(UTC)
    wanted: dict[str, Value] = {**said, "added_at": moment.isoformat()}
    if "access" not in state.fields:
        wanted["access"] = Access.EMBARGOED.value
    row = wanted_row(state) or {}
    broken = faults("records", row) if len(row) == len(COLUMNS["records"]) else list(wanted)
    made = [
        edits.set_value(origin, state, field, value)
        for field, value in wanted.items()
        if value is not None and (field not in state.fields or field in broken)
    ]
    return [change for change in made if change is not None]


def _hash_of(file: Value) -> str:
    return str(file.get("sha256")) if isinstance(file, Mapping) else ""


def _made(changes: list[Change | None]) -> list[Change]:
    return [change for change in changes if change is not None]


def _readable(table: str, row: Row) -> dict[str, Value]:
    broken = set(faults(table, row))
    values: dict[str, Value] = {}
    for name in COLUMNS[table]:
        if name not in broken:
            value = row[name]
            values[name] = value  # type: ignore[assignment]
    return values


def _columns(values: Mapping[str, Value], *names: str, **renamed: str) -> dict[str, Value]:
    """Return columns by the names of their fields, lists out of their JSON."""
    found = {}
    for field, column in [*((name, name) for name in names), *renamed.items()]:
        value = values.get(column)
        listed = column in {"languages", "authors", "tags", "alternatives", "broader"}
        found[field] = _parsed(value) if listed and value is not None else value
    return found


def _others(values: Mapping[str, Value]) -> dict[str, Value]:
    found = _parsed(values["fields"]) if "fields" in values else {}
    return dict(found) if isinstance(found, Mapping) else {}


def _evident(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the other fields of a record, with evidence where there is any."""
    found = _others(values)
    coded = _parsed(values["coded"]) if "coded" in values else {}
    for field, said in coded.items() if isinstance(coded, Mapping) else ():
        if isinstance(said, list) and said:
            single = rule_of(EntityKind.RECORD, field) is not MergeRule.SET
            found[field] = said[0] if single else said
    return found


def _parsed(value: Value) -> Value:
    found: Value = parsed(value)  # type: ignore[assignment]
    return found
