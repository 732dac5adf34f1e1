"""Writing the rows that an import refused, so that they can be corrected and imported."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.domain.exchange.mapping import REASON_COLUMNS
from desktop_app.domain.exchange.rows import Cell, MetadataFormat, Sheet, SourceRow
from desktop_app.domain.imports import ImportedRow, ImportReport, Outcome
from desktop_app.exchange.bibtex import write_bibtex
from desktop_app.exchange.csljson import write_csljson
from desktop_app.exchange.csv_files import write_csv_files
from desktop_app.exchange.ris import write_ris
from desktop_app.exchange.workbook_template import write_xlsx

from .metadata_files import read_metadata

_WRITERS = {
    MetadataFormat.RIS: write_ris,
    MetadataFormat.BIBTEX: write_bibtex,
    MetadataFormat.CSL_JSON: write_csljson,
}


def write_refused(report: ImportReport, source: Path, target: Path) -> int:
    """Write the refused rows of one metadata file in its own format; return how many there are.

    Sheets keep their names and columns, and get two more: why the row was refused, and which cell
    is to blame. Nothing is written where no row was refused. Raises OSError.
    """
    found = read_metadata(source)
    refused = [row for row in report.rows_of(Outcome.REFUSED) if row.source is not None]
    sheets = [
        _refused_sheet(sheet, rows, tables=found.file.format not in _WRITERS)
        for sheet in found.file.sheets
        if (rows := [row for row in refused if _stands_in(row, found.places[sheet.name], sheet)])
    ]
    if not sheets:
        return 0
    entries = [row.cells for sheet in sheets for row in sheet.rows]
    if found.file.format in _WRITERS:
        _WRITERS[found.file.format](entries, target)
    elif found.file.format is MetadataFormat.XLSX:
        write_xlsx(sheets, target)
    else:
        write_csv_files(sheets, target, found.file.delimiter or ",")
    return len(entries)


def _stands_in(row: ImportedRow, place: Path, sheet: Sheet) -> bool:
    return row.path == place and row.sheet == sheet.name


def _refused_sheet(sheet: Sheet, rows: Sequence[ImportedRow], *, tables: bool) -> Sheet:
    found: list[SourceRow] = []
    for row in rows:
        if row.source is None:
            continue
        cells = tuple(cell for cell in row.source.cells if cell.column not in REASON_COLUMNS)
        if tables:
            reasons = zip(REASON_COLUMNS, (row.reason, row.column), strict=True)
            cells += tuple(Cell(column, text) for column, text in reasons if text)
        found.append(replace(row.source, cells=cells, problem=""))
    columns = tuple(column for column in sheet.columns if column not in REASON_COLUMNS)
    return Sheet(sheet.name, (*columns, *(REASON_COLUMNS if tables else ())), tuple(found))
