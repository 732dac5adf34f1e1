"""The sheet "evidence": pages, quotes and states of coded values, one row a value.

It is a sheet of its own because a field can hold several values, each with a page. Evidence belongs
to the value, not to the cell: whoever changes the value in the sheet of records takes it away from
its old page.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..domain.changes.change import Value
from ..domain.changes.coded import Coded, Evidence, State, bare
from ..domain.exchange.headings import (
    COLUMNS,
    DEFINITIONS,
    SheetKind,
    field_of,
    heading,
    sheet_name,
)
from ..domain.exchange.rows import Sheet, SourceRow
from ..domain.fields import FieldDefinition, InvalidValue, check_element, check_value
from .labels import NO_LABELS, Labels
from .tables import Entry, code_of, columns_of, sheet_of_texts, text_of, values_of


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One row of the sheet "evidence": what is known of a value of the entry with the id `entry`.

    `problem` says in English what can't be understood; then `coded` is not to be used.
    """

    number: int
    entry: str
    field: str
    coded: Coded
    problem: str = ""


def evidence_sheet(
    entries: Mapping[SheetKind, Sequence[Entry]], language: str, labels: Labels = NO_LABELS
) -> Sheet | None:
    """Return where the values of entries were read, one a row; None if nobody said so of any."""
    rows = []
    for kind, those in entries.items():
        for entry in those:
            for name, values in entry.coded.items():
                rows += [
                    {
                        "entry": str(entry.fields.get("id", "")),
                        "field": heading(name, language),
                        **_evidence_texts(DEFINITIONS[kind].get(name), coded, labels),
                    }
                    for coded in values
                ]
    if not rows:
        return None
    kind = SheetKind.EVIDENCE
    heads = {name: heading(name, language) for name in COLUMNS[kind]}
    return sheet_of_texts(sheet_name(kind, language), heads, rows, language)


def evidence_of(
    sheet: Sheet, kinds: Mapping[str, SheetKind], labels: Labels = NO_LABELS
) -> tuple[EvidenceRow, ...]:
    """Return what a sheet "evidence" says. `kinds` tells of which kind the entry of an id is."""
    fields = columns_of(sheet, SheetKind.EVIDENCE)
    return tuple(_evidence(row, fields, kinds, labels) for row in sheet.rows)


def _evidence(
    row: SourceRow, fields: Mapping[str, str], kinds: Mapping[str, SheetKind], labels: Labels
) -> EvidenceRow:
    said = {name: str(text) for name, text in values_of(SheetKind.EVIDENCE, row, fields).items()}
    entry = said.get("entry", "").strip()
    kind = kinds.get(entry)
    name = field_of(said.get("field", ""), kind) if kind else None
    definition = DEFINITIONS[kind].get(name) if kind and name else None
    page, typed = said.get("page", "").strip(), said.get("state", State.REPORTED.value)
    state = labels.code("state", typed) or typed
    problem = row.problem
    if not problem and kind is None:
        problem = f'No row of this file has the id "{entry}".'
    elif not problem and definition is None:
        problem = f'There is no field "{said.get("field", "")}".'
    elif not problem and page and not re.fullmatch("[1-9][0-9]{0,5}", page):
        problem = f'"{page}" is not the number of a page.'
    elif not problem and state not in list(State):
        problem = f'"{typed}" is not a state. It takes: {", ".join(State)}.'
    if problem or definition is None:
        return EvidenceRow(row.number, entry, name or "", Coded(None), problem)
    evidence = Evidence(
        page=int(page) if page else None,
        quote=said.get("quote", ""),
        document=said.get("document"),
        coder=said.get("coder", ""),
        date=said.get("date", ""),
    )
    value = _typed(kind, definition, said.get("value", ""), labels) if kind else None
    coded = Coded(value, State(state), None if evidence == Evidence() else evidence)
    return EvidenceRow(row.number, entry, definition.name, coded)


def _typed(kind: SheetKind, definition: FieldDefinition, text: str, labels: Labels) -> Value:
    """Return one value as the field stores it, or as it was written where the field can't."""
    if not text:
        return None
    said = code_of(definition, text, labels)
    try:
        if definition.several:
            return check_element(definition, said)
        return check_value(definition.name, said, DEFINITIONS[kind])
    except InvalidValue:
        return said


def _evidence_texts(
    definition: FieldDefinition | None, coded: Coded, labels: Labels
) -> dict[str, str]:
    evidence = coded.evidence or Evidence()
    return {
        "value": text_of(definition, bare(coded.value), labels),
        "state": labels.label("state", coded.state.value),
        "page": "" if evidence.page is None else str(evidence.page),
        "quote": evidence.quote,
        "document": evidence.document or "",
        "coder": evidence.coder,
        "date": evidence.date,
    }
