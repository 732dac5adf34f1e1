"""From what a person says to what a field stores: checked, resolved, with its evidence."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from desktop_app.domain.changes import edits
from desktop_app.domain.changes.change import Change, EntityKind, Value
from desktop_app.domain.changes.coded import EMPTY_STATES, Coded, Evidence, State
from desktop_app.domain.changes.edits import Origin
from desktop_app.domain.changes.merge import EntityState, canonical, element_key
from desktop_app.domain.changes.rules import MergeRule, rule_of
from desktop_app.domain.controlled import ControlledTerms
from desktop_app.domain.errors import InvalidField
from desktop_app.domain.fields import FieldDefinition, FieldType, Group, InvalidValue, check_value
from desktop_app.domain.fields.definition import NOT_CODED, NOT_REPORTED_FILLED
from desktop_app.domain.records import Record

_EVIDENCE = {
    field.name: field
    for field in (
        FieldDefinition("page", Group.NOTE, FieldType.PAGE),
        FieldDefinition("quote", Group.NOTE, FieldType.TEXT),
        FieldDefinition("coder", Group.NOTE, FieldType.LINE),
        FieldDefinition("date", Group.NOTE, FieldType.DATE),
    )
}


def check_field(
    terms: ControlledTerms, name: str, value: Value, fields: Mapping[str, FieldDefinition]
) -> Value:
    """Return what a field stores for `value`; `InvalidField` with one sentence why it can't."""
    try:
        checked = check_value(name, value, fields)
        return terms.resolve(fields[name], checked)
    except InvalidValue as error:
        raise InvalidField(detail=str(error)) from error


def check_fields(
    terms: ControlledTerms, values: Mapping[str, Value], fields: Mapping[str, FieldDefinition]
) -> dict[str, Value]:
    """Return what fields store; `InvalidField` with one sentence for each that can't hold its."""
    checked: dict[str, Value] = {}
    wrong: list[str] = []
    for name, value in values.items():
        try:
            checked[name] = check_field(terms, name, value, fields)
        except InvalidField as error:
            wrong.append(str(error.fields["detail"]))
    if wrong:
        raise InvalidField(detail=" ".join(wrong))
    return checked


def check_coded(
    terms: ControlledTerms,
    record: Record,
    values: Mapping[str, Value],
    fields: Mapping[str, FieldDefinition],
    evidence: Evidence | None = None,
    state: State | None = None,
    coder: str = "",
) -> dict[str, Value | list[Value]]:
    """Return what fields of a record store; sets as lists of elements, all with this evidence.

    `state` says why a field has no value (then its value has to be empty), or takes that back
    (`not_extracted`). Raises `InvalidField`.
    """
    checked = check_fields(terms, values, fields)
    if evidence is None and state is None:
        return checked
    evidence = _checked_evidence(record, evidence or Evidence(), coder)
    found: dict[str, Value | list[Value]] = {}
    for name, value in checked.items():
        field = fields[name]
        if not field.coded or (field.required and state in EMPTY_STATES):
            raise InvalidField(detail=NOT_CODED.format(field=name))
        empty = value in (None, [])
        if state in {*EMPTY_STATES, State.NOT_EXTRACTED} and not empty:
            raise InvalidField(detail=NOT_REPORTED_FILLED.format(field=name, state=state))
        in_set = rule_of(EntityKind.RECORD, name) is MergeRule.SET
        if empty:
            said = Coded(None, state or State.NOT_EXTRACTED, evidence).stored
            found[name] = said if not in_set else [] if said is None else [said]
        elif in_set and isinstance(value, list):
            found[name] = [Coded(element, State.REPORTED, evidence).stored for element in value]
        else:
            found[name] = Coded(value, State.REPORTED, evidence).stored
    return found


def check_place(record: Record, document: str | None, page: int | None) -> str | None:
    """Return the id of the document that is meant; None for the record's first.

    `document` is an id, the beginning of one, or a file name. Raises `InvalidField` where the
    record has no such document, or that document no such page.
    """
    found = record.documents[0] if record.documents else None
    if document is not None:
        wanted = document.strip()
        fitting = [
            each
            for each in record.documents
            if each.id.startswith(wanted.lower()) or each.file_name == wanted
        ]
        if not wanted or len(fitting) != 1:
            raise InvalidField(detail=f'The record has no document "{document}".')
        found = fitting[0]
    if page is not None:
        last = found.page_count if found else 0
        if page > last:
            raise InvalidField(detail=f"There is no page {page}; the document has {last} pages.")
    return None if document is None or found is None else found.id


def set_changes(origin: Origin, state: EntityState, field: str, value: Value) -> list[Change]:
    """Return the changes that make a field hold `value`; of a set the whole list."""
    if rule_of(state.kind, field) is not MergeRule.SET:
        return made([edits.set_value(origin, state, field, value)])
    wanted = {element_key(element): element for element in value} if isinstance(value, list) else {}
    there = state.fields.get(field)
    held = {element_key(change.value): change.value for change in there.current} if there else {}
    found = [edits.add_element(origin, state, field, element) for element in wanted.values()]
    # An addition to an empty set replaces what was said of it by itself.
    silent = canonical(None)
    found += [
        edits.remove_element(origin, state, field, element)
        for key, element in held.items()
        if key not in wanted and not (key == silent and wanted)
    ]
    return made(found)


def made(changes: list[Change | None]) -> list[Change]:
    """Return the changes without those that were not needed."""
    return [change for change in changes if change is not None]


def today() -> str:
    """Return the day in ISO 8601, by the clock of the computer in UTC."""
    return datetime.now(UTC).date().isoformat()


def _checked_evidence(record: Record, evidence: Evidence, coder: str) -> Evidence:
    said: dict[str, Value] = {
        "page": evidence.page,
        "quote": evidence.quote,
        "coder": evidence.coder,
        "date": evidence.date,
    }
    try:
        checked = {name: check_value(name, value, _EVIDENCE) for name, value in said.items()}
    except InvalidValue as error:
        raise InvalidField(detail=str(error)) from error
    document = check_place(record, evidence.document, evidence.page)
    return replace(
        evidence,
        document=document,
        quote=str(checked["quote"] or ""),
        coder=str(checked["coder"] or coder),
        date=str(checked["date"] or today()),
    )
