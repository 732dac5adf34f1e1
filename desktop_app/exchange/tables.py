"""What the cells of CSV files and workbooks say about our fields, and how to write it.

Spreadsheet programs cut texts of more than 32,767 characters. The rest of a longer text stands in
columns of their own, headed "Overview: continued".
"""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ..domain.changes.change import Value
from ..domain.changes.coded import Coded
from ..domain.exchange.headings import (
    COLUMNS,
    DEFINITIONS,
    SheetKind,
    continued,
    continued_column,
    field_of,
    heading,
    sheet_name,
)
from ..domain.exchange.rows import Cell, Sheet, SourceRow
from ..domain.fields import FieldDefinition, FieldType
from .labels import NO_LABELS, Labels, scheme_of
from .list_cells import join, split
from .xml_text import UNSAFE

LONGEST_PIECE = 32_000
"""The characters of a cell after which a text goes on in the next column."""

_DAY_AFTER = re.compile(r"(.+?)(?:\s+until\s+|\s*[:,]\s*|\s+)(\d{4}-\d\d-\d\d)", re.DOTALL)
_YEAR_OF_DAY = re.compile(r"(\d{4})-\d\d(-\d\d.*)?")
_CHOSEN = frozenset(
    {FieldType.CODES, FieldType.CONCEPTS, FieldType.COUNTRIES}
    | {FieldType.CHOICE, FieldType.CONCEPT, FieldType.ACCESS}
)
_TRUTH = {"TRUE": "yes", "FALSE": "no"}
_BEYOND = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One record, finding or appraisal with bare values, and of which more than that was said.

    `fields` may hold "id", "file" and "record", and names that are no fields of ours.
    """

    fields: Mapping[str, Value]
    coded: Mapping[str, tuple[Coded, ...]] = field(default_factory=dict)


def text_of(definition: FieldDefinition | None, value: Value, labels: Labels = NO_LABELS) -> str:
    """Return a bare value as the text of a cell; None stands for what is no field of ours."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return format(Decimal(repr(value)), "f")
        case str():
            return _label(definition, value, labels)
        case Mapping():
            return _composed(definition, value, labels)
        case _:
            return join(text_of(definition, element, labels) for element in value)


def value_of(definition: FieldDefinition, text: str, labels: Labels = NO_LABELS) -> Value:
    """Return what a cell says: a list for a field that takes several values, else a text.

    Labels become codes as far as `labels` knows them. Whether the field can hold it is for
    `check_value` and `ControlledTerms` to say.
    """
    if not definition.several:
        return code_of(definition, text, labels)
    values: list[Value] = []
    for element in split(text):
        values += _codes(definition, element, labels)
    return values


def columns_of(sheet: Sheet, kind: SheetKind) -> dict[str, str]:
    """Return the field of each column whose heading is known; the first column of a field counts.

    Columns that continue another one are left out: `values_of` finds them.
    """
    found: dict[str, str] = {}
    for column in sheet.columns:
        name = field_of(column, kind)
        if name is not None and name not in found.values():
            found[column] = name
    return found


def values_of(
    kind: SheetKind, row: SourceRow, fields: Mapping[str, str], labels: Labels = NO_LABELS
) -> dict[str, Value]:
    """Return what a row says by field, as `value_of` gives it; what it does not say is left out.

    `fields` gives the field of each column. Several cells of one column, and columns that have the
    same field, add up for a field that takes several values; otherwise the first counts.
    """
    definitions = DEFINITIONS[kind]
    found: dict[str, Value] = {}
    for column, text in whole_texts(row):
        name = fields.get(column)
        if name is None:
            continue
        definition = definitions.get(name)
        if definition is None:
            found.setdefault(name, text)
        elif definition.several:
            before = found.get(name)
            more = value_of(definition, text, labels)
            found[name] = [*_listed(before), *_listed(more)]
        else:
            found.setdefault(name, value_of(definition, text, labels))
    return found


def entries_sheet(
    kind: SheetKind, entries: Sequence[Entry], language: str, labels: Labels = NO_LABELS
) -> Sheet:
    """Return entries as a sheet, one a row, with the columns that some entry needs.

    What is no field of ours comes last, under its own name.
    """
    used = dict.fromkeys(name for entry in entries for name in entry.fields)
    ours = [name for name in COLUMNS[kind] if name in used or name in {"id", "title", "record"}]
    others = [name for name in used if name not in COLUMNS[kind]]
    heads = {name: heading(name, language) for name in ours} | {name: name for name in others}
    return sheet_of_texts(
        sheet_name(kind, language),
        heads,
        [
            {
                name: text_of(DEFINITIONS[kind].get(name), value, labels)
                for name, value in entry.fields.items()
            }
            for entry in entries
        ],
        language,
    )


def sheet_of_texts(
    name: str, heads: Mapping[str, str], rows: Iterable[Mapping[str, str]], language: str
) -> Sheet:
    """Return texts by column as a sheet in which no cell is too long; `heads` are the headings."""
    found = [
        SourceRow(
            number,
            tuple(Cell(head, row[column]) for column, head in heads.items() if row.get(column)),
        )
        for number, row in enumerate(rows, start=2)
    ]
    return fitted(Sheet(name, tuple(heads.values()), tuple(found)), language)


def fitted(sheet: Sheet, language: str) -> Sheet:
    """Return a sheet whose long texts go on in columns of their own; `values_of` joins them."""
    long: set[str] = set()
    rows = []
    for row in sheet.rows:
        cells: list[Cell] = []
        for cell in row.cells:
            first, *more = _pieces(cell.text)
            cells.append(Cell(cell.column, first))
            if more:
                long.add(cell.column)
                cells += (Cell(continued(cell.column, language), piece) for piece in more)
        rows.append(replace(row, cells=tuple(cells)))
    if not long:
        return sheet
    columns: list[str] = []
    for column in sheet.columns:
        columns += [column, continued(column, language)] if column in long else [column]
    return replace(sheet, columns=tuple(dict.fromkeys(columns)), rows=tuple(rows))


def column_layout(sheet: Sheet) -> list[str]:
    """Return the headings of a table that has place for all cells: some may stand repeatedly."""
    most = dict.fromkeys(sheet.columns, 1)
    for row in sheet.rows:
        for column, count in Counter(cell.column for cell in row.cells).items():
            most[column] = max(most.get(column, 1), count)
    return [column for column, count in most.items() for _ in range(count)]


def arranged(row: SourceRow, layout: Sequence[str]) -> list[str]:
    """Return the texts of a row under the headings of `column_layout`, "" where it has none."""
    waiting: defaultdict[str, deque[str]] = defaultdict(deque)
    for cell in row.cells:
        waiting[cell.column].append(cell.text)
    return [waiting[column].popleft() if waiting[column] else "" for column in layout]


def _pieces(text: str) -> list[str]:
    length = LONGEST_PIECE
    # A workbook writes some characters as seven, and counts those beyond U+FFFF twice.
    if len(text) * 7 > LONGEST_PIECE:
        length //= 7 if UNSAFE.search(text) else 2 if _BEYOND.search(text) else 1
    return [text[place : place + length] for place in range(0, max(len(text), 1), length)]


def whole_texts(row: SourceRow) -> list[tuple[str, str]]:
    """Return the columns and texts of a row, with the pieces of long texts put together."""
    found: list[tuple[str, str]] = []
    for cell in row.cells:
        before = continued_column(cell.column)
        if before is not None and found and found[-1][0] == before:
            found[-1] = (before, found[-1][1] + cell.text)
        else:
            found.append((cell.column, cell.text))
    return found


def _listed(value: Value) -> list[Value]:
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else []


def _label(definition: FieldDefinition | None, value: str, labels: Labels) -> str:
    if definition is None or definition.type not in _CHOSEN:
        return value
    return labels.label(scheme_of(definition), value)


def _composed(
    definition: FieldDefinition | None, value: Mapping[str, Value], labels: Labels
) -> str:
    """Return an embargo ("embargoed: 2027-01-01") or a cost ("12000 EUR 2024") as one text."""
    if "level" in value:
        level = _label(definition, str(value["level"]), labels)
        return f"{level}: {value['until']}" if value.get("until") else level
    return " ".join(text_of(None, part) for part in value.values() if part is not None)


def code_of(definition: FieldDefinition, text: str, labels: Labels) -> str:
    """Return what one value says: the code of a label, "yes" for TRUE, the year of a day."""
    if definition.type is FieldType.YEAR and (day := _YEAR_OF_DAY.fullmatch(text.strip())):
        return day[1]
    if definition.type not in _CHOSEN:
        return text
    scheme = scheme_of(definition)
    if definition.type is FieldType.ACCESS and (embargo := _DAY_AFTER.fullmatch(text.strip())):
        return f"{labels.code(scheme, embargo[1]) or embargo[1]}: {embargo[2]}"
    if "yes" in definition.codes and text.strip() in _TRUTH:
        return _TRUTH[text.strip()]
    return labels.code(scheme, text) or text


def _codes(definition: FieldDefinition, text: str, labels: Labels) -> list[str]:
    """Return the codes of one value, or of several that are separated by commas."""
    if definition.type not in _CHOSEN:
        return [text]
    scheme = scheme_of(definition)
    code = labels.code(scheme, text)
    if code is None:
        parts = [labels.code(scheme, part) for part in re.split("[,،/]", text)]
        known = [part for part in parts if part is not None]
        if len(known) == len(parts) > 1:
            return known
    return [code or text]
