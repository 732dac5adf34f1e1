"""From a row of a metadata file to values that fields can hold, or to the cell that is to blame."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from desktop_app.domain.changes.change import Value
from desktop_app.domain.controlled import ControlledTerms
from desktop_app.domain.errors import InvalidField
from desktop_app.domain.exchange.headings import DEFINITIONS, SheetKind
from desktop_app.domain.exchange.mapping import IGNORED, REASON_MARK, REASON_TAGS, SheetMapping
from desktop_app.domain.exchange.other_fields import OTHER, TABLE, family_of, place
from desktop_app.domain.exchange.rows import MetadataFormat, SourceRow
from desktop_app.domain.fields import FieldDefinition, FieldType
from desktop_app.domain.imports import RowCode
from desktop_app.exchange.conversions import clean, find_doi, find_isbn, find_url
from desktop_app.exchange.crosswalk import to_fields
from desktop_app.exchange.languages import language_code, split_languages
from desktop_app.exchange.list_cells import split
from desktop_app.exchange.tables import values_of, whole_texts

from .term_labels import labels
from .values import check_field

FAMILIES = dict[str, dict[str, tuple[str, ...]]]
_TABLES = frozenset({MetadataFormat.CSV, MetadataFormat.XLSX})
_FINDERS = {"doi": find_doi, "isbn": find_isbn, "url": find_url}
_YEAR = re.compile(r"(?<!\d)(?:1[89]|2[01])\d\d(?!\d)")
_LONGEST_SHOWN = 80
_DOMAIN = re.compile(r"www\.[^\s/]+\.\S+")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is refused. `column` is the cell to blame; "" where none is."""

    code: RowCode
    reason: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class RowValues:
    """What one row says. `values` are by field as the archive stores them, without evidence.

    `id` and `record` are the texts of those columns. `other` is what no field holds, by family.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    other: FAMILIES = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    id: str = ""
    record: str = ""
    fault: Fault | None = None
    remarks: tuple[str, ...] = ()


class RowReader:
    """Reads rows of one format, with the terms of one archive."""

    def __init__(self, form: MetadataFormat, terms: ControlledTerms) -> None:
        self._form = form
        self._terms = terms
        self._labels = labels(terms, "en")

    @property
    def reads_table(self) -> bool:
        """Return whether the format is a table, with a cell for each value."""
        return self._form in _TABLES

    def read(self, row: SourceRow, mapping: SheetMapping) -> RowValues:
        """Return what a row says; the first cell that no field can hold is its fault.

        In bibliographies such a text is kept among the other fields instead: their tags say what
        they mean to other programs, and nobody could correct them all.
        """
        if row.problem:
            return RowValues(fault=Fault(RowCode.UNREADABLE_ROW, row.problem))
        if self.reads_table:
            return self._read_table(row, mapping)
        return self._read_entry(row, mapping)

    def problems(self, row: SourceRow, mapping: SheetMapping) -> dict[str, str]:
        """Return all cells of a row that no field can hold: by column a sentence why."""
        if not self.reads_table or mapping.kind is None:
            return {}
        return {column: reason for column, reason, _, _ in self._checked(row, mapping) if reason}

    def _read_table(self, row: SourceRow, mapping: SheetMapping) -> RowValues:
        values: dict[str, Value] = {}
        fault: Fault | None = None
        wrong: list[tuple[str, str]] = []
        for column, reason, name, value in self._checked(row, mapping):
            if reason:
                wrong.append((column, reason))
            elif value not in (None, [], ""):
                values[name] = value
        if wrong:
            more = [f"{column}: {reason}" for column, reason in wrong[1:]]
            reasons = " ".join((wrong[0][1], *more))
            fault = Fault(RowCode.INVALID_VALUE, reasons, wrong[0][0])
        pseudo = self._pseudo(row, mapping)
        return RowValues(
            values=values,
            other=_others(row, mapping),
            paths=tuple(split(pseudo.get("file", ""))),
            id=pseudo.get("id", "").strip(),
            record=pseudo.get("record", "").strip(),
            fault=fault,
        )

    def _checked(
        self, row: SourceRow, mapping: SheetMapping
    ) -> Iterator[tuple[str, str, str, Value]]:
        """Yield column, reason why not (or ""), field and value, one a field."""
        kind = mapping.kind or SheetKind.RECORDS
        definitions = DEFINITIONS[kind]
        fields = mapping.fields()
        for name, said in values_of(kind, row, fields, self._labels).items():
            definition = definitions.get(name)
            if definition is None:
                continue
            column = next(column for column, held in fields.items() if held == name)
            try:
                value = check_field(self._terms, name, _tidy(definition, said), definitions)
            except InvalidField as error:
                yield column, _with_text(str(error.fields["detail"]), said), name, None
            else:
                yield column, "", name, value

    def _pseudo(self, row: SourceRow, mapping: SheetMapping) -> dict[str, str]:
        kind = mapping.kind or SheetKind.RECORDS
        said = values_of(kind, row, mapping.fields(), self._labels)
        return {name: str(text) for name, text in said.items() if name not in DEFINITIONS[kind]}

    def _read_entry(self, row: SourceRow, mapping: SheetMapping) -> RowValues:
        moved = mapping.columns
        tag = REASON_TAGS[self._form]
        rest = tuple(
            cell
            for cell in row.cells
            if cell.column not in moved
            and not (cell.column == tag and cell.text.startswith(REASON_MARK))
        )
        described = to_fields(self._form, replace(row, cells=rest))
        values = dict(described.values)
        fault: Fault | None = None
        for name, value in described.values.items():
            try:
                values[name] = check_field(self._terms, name, value, DEFINITIONS[SheetKind.RECORDS])
            except InvalidField as error:
                fault = fault or Fault(RowCode.INVALID_VALUE, str(error.fields["detail"]))
        cells = tuple(cell for cell in row.cells if moved.get(cell.column) not in {None, IGNORED})
        said = self._read_table(replace(row, cells=cells), mapping)
        family = family_of(self._form)
        other = dict(described.other)
        for name, texts in said.other.get(TABLE, {}).items():
            other[name] = (*other.get(name, ()), *texts)
        return RowValues(
            values={**values, **said.values},
            other={family: {name: tuple(t for t in texts if t) for name, texts in other.items()}}
            if other
            else {},
            paths=described.files,
            fault=fault or said.fault,
            remarks=tuple(f"{column}: {reason}" for column, reason in described.problems),
        )


def _others(row: SourceRow, mapping: SheetMapping) -> FAMILIES:
    found: FAMILIES = {}
    taken: dict[str, str] = {}
    for column, whole in whole_texts(row):
        text, held = clean(whole).strip(), mapping.columns.get(column, "")
        spare = bool(text) and _is_single(mapping, held) and taken.setdefault(held, text) != text
        if text and (held == OTHER or spare):
            family, name = (TABLE, column) if spare else place(column)
            texts = (text,) if family == TABLE else split(text)
            said = found.setdefault(family, {})
            said[name] = (*said.get(name, ()), *texts)
    return found


def _is_single(mapping: SheetMapping, name: str) -> bool:
    """Return whether only the first text of a field counts, so that others would be lost."""
    definition = DEFINITIONS[mapping.kind or SheetKind.RECORDS].get(name)
    return definition is not None and not definition.several


def _with_text(reason: str, said: Value) -> str:
    """Return a sentence that also says which text it is about."""
    texts = [str(text) for text in said] if isinstance(said, list) else [str(said)]
    shown = "; ".join(texts)
    if len(shown) > _LONGEST_SHOWN or any(text in reason for text in texts):
        return reason
    return f'{reason} The cell says "{shown}".'


def _tidy(definition: FieldDefinition, said: Value) -> Value:
    """Return a value as the field takes it where people and programs write it otherwise."""
    if isinstance(said, str):
        text = clean(said)
        if definition.type is FieldType.YEAR:
            years = set(map(int, _YEAR.findall(_western(text))))
            return str(years.pop()) if len(years) == 1 else text
        if definition.name == "url" and _DOMAIN.fullmatch(text.strip()):
            text = f"https://{text.strip()}"
        if definition.name in _FINDERS:
            return _FINDERS[definition.name](text) or text
        return text
    if isinstance(said, list):
        texts = [clean(text) if isinstance(text, str) else text for text in said]
        if definition.name == "language":
            return [code for text in texts for code in _languages(str(text))]
        return texts
    return said


def _western(text: str) -> str:
    """Return a text with ASCII digits."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def _languages(text: str) -> list[str]:
    return [language_code(part) or part for part in split_languages(text)] or [text]
