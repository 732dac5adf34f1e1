"""Writing the rows that an import refused, so that they can be corrected and imported."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from desktop_app.domain.exchange.mapping import REASON_COLUMNS, REASON_MARK, REASON_TAGS
from desktop_app.domain.exchange.rows import Cell, MetadataFile, MetadataFormat, Sheet, SourceRow
from desktop_app.domain.import_errors import TargetIsSource
from desktop_app.domain.imports import ImportedRow, ImportReport, Outcome
from desktop_app.exchange.csv_files import write_csv_files

from .metadata_files import read_metadata


def write_refused(report: ImportReport, source: Path, target: Path) -> int:
    """Write the refused rows of one metadata file in its own format; return how many there are.

    Sheets keep their names and columns, and get two more: why the row was refused, and which cell
    is to blame. Nothing is written where no row was refused. Raises OSError, and
    `TargetIsSource`.
    """
    require_other(target, [source])
    found = read_metadata(source)
    refused = [row for row in report.rows_of(Outcome.REFUSED) if row.source is not None]
    sheets = [
        _refused_sheet(sheet, rows, REASON_TAGS.get(found.file.format))
        for sheet in found.file.sheets
        if (rows := [row for row in refused if _stands_in(row, found.places[sheet.name], sheet)])
    ]
    if not sheets:
        return 0
    _write(found.file, sheets, target)
    return sum(len(sheet.rows) for sheet in sheets)


def require_other(target: Path, sources: Iterable[Path]) -> None:
    """Raise `TargetIsSource` where a file to write is one of those to read."""
    for source in sources:
        with suppress(OSError):
            if target.samefile(source):
                raise TargetIsSource(path=target)


def _write(file: MetadataFile, sheets: Sequence[Sheet], target: Path) -> None:
    # The libraries behind the writers are imported where they are needed.
    entries = [row.cells for sheet in sheets for row in sheet.rows]
    match file.format:
        case MetadataFormat.XLSX:
            from desktop_app.exchange.workbook_template import write_xlsx

            write_xlsx(sheets, target)
        case MetadataFormat.CSV:
            write_csv_files(sheets, target, file.delimiter or ",")
        case MetadataFormat.RIS:
            from desktop_app.exchange.ris import write_ris

            write_ris(entries, target)
        case MetadataFormat.BIBTEX:
            from desktop_app.exchange.bibtex import write_bibtex

            write_bibtex(entries, target)
        case MetadataFormat.CSL_JSON:
            from desktop_app.exchange.csljson import write_csljson

            write_csljson(entries, target)


def _stands_in(row: ImportedRow, place: Path, sheet: Sheet) -> bool:
    return row.path == place and row.sheet == sheet.name


def _refused_sheet(sheet: Sheet, rows: Sequence[ImportedRow], tag: str | None) -> Sheet:
    found: list[SourceRow] = []
    for row in rows:
        if row.source is None:
            continue
        cells = tuple(cell for cell in row.source.cells if cell.column not in REASON_COLUMNS)
        if tag is not None:
            cells = tuple(
                cell
                for cell in cells
                if cell.column != tag or not cell.text.startswith(REASON_MARK)
            )
            cells += (Cell(tag, f"{REASON_MARK}{row.reason}"),)
        else:
            reasons = zip(REASON_COLUMNS, (row.reason, row.column), strict=True)
            cells += tuple(Cell(column, text) for column, text in reasons if text)
        found.append(replace(row.source, cells=cells, problem=""))
    columns = tuple(column for column in sheet.columns if column not in REASON_COLUMNS)
    return Sheet(sheet.name, (*columns, *(REASON_COLUMNS if tag is None else ())), tuple(found))
