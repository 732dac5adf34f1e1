"""Records, with what was said about them, as the sheets of a table."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from desktop_app.domain.changes.change import Value
from desktop_app.domain.exchange.headings import COLUMNS, SheetKind, heading, sheet_name
from desktop_app.domain.exchange.other_fields import OTHER, TABLE, column_of, of_family
from desktop_app.domain.exchange.rows import Cell, MetadataFormat, Sheet
from desktop_app.domain.exports import filled_fields, unknown_fields
from desktop_app.domain.fields import APPRAISAL_FIELDS, FINDING_FIELDS, RECORD_FIELDS
from desktop_app.domain.findings import Appraisal, Finding, Parts
from desktop_app.domain.records import Record
from desktop_app.exchange.evidence_tables import evidence_sheet
from desktop_app.exchange.labels import Labels
from desktop_app.exchange.list_cells import join
from desktop_app.exchange.tables import LONGEST_PIECE, Entry, entries_sheet, fitted, sheet_of_texts

_FAMILIES = (
    MetadataFormat.RIS.value,
    MetadataFormat.BIBTEX.value,
    MetadataFormat.CSL_JSON.value,
    TABLE,
)
_MOST_OTHERS = 800
"""Columns of other fields; readers refuse tables of more than a thousand."""
_LONGEST_APART = LONGEST_PIECE // 7
"""Characters that fit into one cell, whichever they are."""


def tables(
    records: Sequence[Record], parts: Mapping[str, Parts], language: str, labels: Labels
) -> tuple[list[Sheet], Counter[str]]:
    """Return a sheet of records and of findings, appraisals and evidence where there are any.

    And what is not in them, as `ExportReport.left_out`.
    """
    said = [(record, parts.get(record.id, Parts())) for record in records]
    entries = {
        SheetKind.RECORDS: [_record(record) for record in records],
        SheetKind.FINDINGS: [_finding(finding) for _, about in said for finding in about.findings],
        SheetKind.APPRAISALS: [
            _appraisal(appraisal) for _, about in said for appraisal in about.appraisals
        ],
    }
    sheets = [
        entries_sheet(kind, those, language, labels)
        for kind, those in entries.items()
        if those or kind is SheetKind.RECORDS
    ]
    sheets[0], left_out = _with_others(sheets[0], records, language)
    left_out.update(name for record, about in said for name in _left_out(record, about))
    evidence = evidence_sheet(entries, language, labels)
    return [*sheets, evidence] if evidence else sheets, left_out


def empty_table(kind: SheetKind, language: str) -> Sheet:
    """Return a sheet of nothing but headings."""
    heads = {name: heading(name, language) for name in COLUMNS[kind]}
    return sheet_of_texts(sheet_name(kind, language), heads, [], language)


def _record(record: Record) -> Entry:
    fields: dict[str, Value] = {"id": record.id}
    if record.documents:
        fields["file"] = [document.file_name for document in record.documents]
    fields |= filled_fields(record)
    coded = {
        name: tuple(one for one in said if one.evidence or one.value is None)
        for name, said in record.coded.items()
        if name in RECORD_FIELDS
    }
    return Entry(fields, coded)


def _with_others(
    sheet: Sheet, records: Sequence[Record], language: str
) -> tuple[Sheet, Counter[str]]:
    """Return the sheet of records with what no field holds, and of what there are too many."""
    cells = [tuple(_other_cells(record)) for record in records]
    uses: Counter[str] = Counter()
    widths: Counter[str] = Counter()
    for own in cells:
        repeats = Counter(cell.column for cell in own)
        uses.update(repeats.keys())
        widths |= repeats
    taken: set[str] = set()
    room = _MOST_OTHERS
    for column, _ in uses.most_common():
        if widths[column] <= room:
            room -= widths[column]
            taken.add(column)
    rows = tuple(
        replace(row, cells=(*row.cells, *(cell for cell in own if cell.column in taken)))
        for row, own in zip(sheet.rows, cells, strict=True)
    )
    columns = (*sheet.columns, *(column for column in uses if column in taken))
    whole = replace(sheet, columns=columns, rows=rows)
    left_out = Counter({column: uses[column] for column in uses if column not in taken})
    return fitted(whole, language), left_out


def _other_cells(record: Record) -> Iterator[Cell]:
    """Yield what no field of ours holds.

    A column of a table is written as it came: several of its texts are several cells.
    """
    for family in _FAMILIES:
        for name, texts in of_family(record.fields.get(OTHER), family).items():
            column = column_of(family, name)
            # Long texts go on in further columns, of which nobody could tell whose they are.
            apart = len(texts) == 1 or max(map(len, texts)) <= _LONGEST_APART
            for text in texts if family == TABLE and apart else [join(texts)]:
                yield Cell(column, text)


def _finding(finding: Finding) -> Entry:
    fields: dict[str, Value] = {
        "id": finding.id,
        "record": finding.record_id,
        "outcome": finding.outcome,
        "direction": finding.direction,
        "stage": finding.stage,
        **{name: value for name, value in finding.fields.items() if name in FINDING_FIELDS},
    }
    return Entry(_filled(fields))


def _appraisal(appraisal: Appraisal) -> Entry:
    fields: dict[str, Value] = {
        "id": appraisal.id,
        "record": appraisal.record_id,
        "scale": appraisal.scale,
        "value": appraisal.value,
        **{name: value for name, value in appraisal.fields.items() if name in APPRAISAL_FIELDS},
    }
    return Entry(_filled(fields))


def _filled(fields: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in fields.items() if value not in (None, "")}


def _left_out(record: Record, parts: Parts) -> Iterator[str]:
    yield from unknown_fields(record)
    for finding in parts.findings:
        yield from (name for name in finding.fields if name not in FINDING_FIELDS)
    for appraisal in parts.appraisals:
        yield from (name for name in appraisal.fields if name not in APPRAISAL_FIELDS)
    yield from ("notes" for note in parts.notes if note.shared)
