"""Records as the entries of a bibliography, and what of them it can't hold."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from desktop_app.domain.changes.change import Value
from desktop_app.domain.exchange.other_fields import OTHER, TABLE, column_of, of_family
from desktop_app.domain.exchange.rows import Cell, MetadataFormat, SourceRow
from desktop_app.domain.exports import filled_fields, unknown_fields
from desktop_app.domain.fields import InvalidValue, check_value
from desktop_app.domain.findings import Parts
from desktop_app.domain.records import Record
from desktop_app.exchange.crosswalk import from_fields, to_fields

BIBLIOGRAPHIES = (MetadataFormat.RIS, MetadataFormat.BIBTEX, MetadataFormat.CSL_JSON)
_FAMILIES = (*(form.value for form in BIBLIOGRAPHIES), TABLE)


def references(
    form: MetadataFormat, records: Sequence[Record], parts: Mapping[str, Parts]
) -> tuple[list[tuple[Cell, ...]], Counter[str]]:
    """Return the cells of each record, and what is not in them as `ExportReport.left_out`."""
    rows = []
    left_out: Counter[str] = Counter()
    for record in records:
        own = of_family(record.fields.get(OTHER), form.value)
        files = [document.file_name for document in record.documents]
        values = filled_fields(record)
        cells = from_fields(form, values, own, files=files, record_id=record.id)
        rows.append(cells)
        left_out.update(_missing(form, record, values, cells))
        left_out.update(_around(record, parts.get(record.id, Parts())))
    return rows, +left_out


def _missing(
    form: MetadataFormat, record: Record, values: Mapping[str, Value], cells: tuple[Cell, ...]
) -> Iterator[str]:
    """Yield the names of what whoever reads these cells again does not get."""
    read = to_fields(form, SourceRow(1, cells))
    for name, value in values.items():
        if read.values.get(name) != _plain(name, value):
            yield name
    if record.documents and not read.files:
        yield "file"
    yield from unknown_fields(record)
    written = {(cell.column, cell.text) for cell in cells}
    for family in _FAMILIES:
        for name, texts in of_family(record.fields.get(OTHER), family).items():
            if family != form.value or any((name, text) not in written for text in texts):
                yield column_of(family, name)


def _around(record: Record, parts: Parts) -> dict[str, int]:
    coded = [said for values in record.coded.values() for said in values]
    return {
        "findings": len(parts.findings),
        "appraisals": len(parts.appraisals),
        "evidence": sum(said.evidence is not None or said.value is None for said in coded),
        "notes": sum(note.shared for note in parts.notes),
    }


def _plain(name: str, value: Value) -> Value:
    """Return a value as a reader checks it: older ones may have blanks that are given up."""
    try:
        return check_value(name, value)
    except InvalidValue:
        return value
