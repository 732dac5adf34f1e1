"""What the first rows of a metadata file would give."""

from collections.abc import Iterator
from dataclasses import replace

from desktop_app.domain.controlled import ControlledTerms
from desktop_app.domain.exchange.headings import DEFINITIONS, SheetKind
from desktop_app.domain.exchange.mapping import ColumnMapping, SheetMapping
from desktop_app.domain.exchange.rows import MetadataFile, SourceRow
from desktop_app.domain.imports import PreviewedRow
from desktop_app.exchange.list_cells import join
from desktop_app.exchange.tables import text_of

from .row_values import RowReader
from .term_labels import labels


def preview_rows(
    terms: ControlledTerms,
    file: MetadataFile,
    mapping: ColumnMapping,
    wanted: tuple[str, int, str],
) -> tuple[PreviewedRow, ...]:
    """Return the first rows of a sheet as fields; `wanted` is its name, how many, a language.

    A cell that no field can hold is shown as it stands, with a sentence why not.
    """
    name, limit, language = wanted
    sheet = next((sheet for sheet in file.sheets if sheet.name == name), None)
    columns = mapping.of(name)
    if sheet is None or columns is None or columns.kind is None:
        return ()
    reader = RowReader(file.format, terms)
    return tuple(
        _previewed(row, columns, reader, dict(_texts(row, columns, reader, (terms, language))))
        for row in sheet.rows[:limit]
    )


def _previewed(
    row: SourceRow, columns: SheetMapping, reader: RowReader, values: dict[str, str]
) -> PreviewedRow:
    if row.problem:
        return PreviewedRow(row.number, {}, {"": row.problem})
    problems = reader.problems(row, columns)
    for column in problems:
        values[columns.columns[column]] = join(row.all(column))
    return PreviewedRow(row.number, values, problems)


def _texts(
    row: SourceRow, columns: SheetMapping, reader: RowReader, shown: tuple[ControlledTerms, str]
) -> Iterator[tuple[str, str]]:
    said = reader.read(replace(row, problem=""), columns)
    definitions = DEFINITIONS[columns.kind or SheetKind.RECORDS]
    if said.id:
        yield "id", said.id
    if said.record:
        yield "record", said.record
    for name, value in said.values.items():
        yield name, text_of(definitions.get(name), value, labels(*shown))
    if said.paths:
        yield "file", join(said.paths)
    for family in said.other.values():
        for name, texts in family.items():
            yield f"other: {name}", join(texts)
