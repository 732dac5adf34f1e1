"""Reading XLSX workbooks.

They are read by a stream parser of our own over `defusedxml`, for want of a library that is both
tolerant and safe. python-calamine ends the whole program with a workbook of two cells, one in the
last row and column, because it lays out what is between, and can't tell an error or a formula
without result from an empty cell. openpyxl refuses a workbook whole for a mistake in its styles,
its dates of creation or the slashes of its parts, and leaves escapes ("_x000D_") as they are.
"""

from pathlib import Path

from ..domain.exchange.rows import (
    MetadataFile,
    MetadataFormat,
    Sheet,
    UnreadableMetadata,
)
from .header_rows import TableRow, make_sheet
from .template_texts import is_guide
from .workbook_package import DAMAGE, Package, open_package
from .workbook_parts import SheetPart, Workbook, read_workbook
from .workbook_sheets import read_sheet


def read_xlsx(path: Path) -> MetadataFile:
    """Return what a workbook holds: its sheets with at least one filled cell, in their order.

    Hidden sheets are read only where no visible one holds anything; people hide lists and old
    states. The guide of our own template is left out.

    Raises:
        UnreadableMetadata: it can't be opened, is no XLSX workbook, is damaged as a whole, holds
            no table, or is beyond the limits of `header_rows` or dangerous to unpack.
    """
    with open_package(path) as package:
        try:
            book = read_workbook(package)
        except DAMAGE as error:
            raise UnreadableMetadata(
                "The workbook is damaged. Open it in a spreadsheet program, have it repaired and "
                "save it as .xlsx."
            ) from error
        visible = [sheet for sheet in book.sheets if not sheet.hidden]
        hidden = [sheet for sheet in book.sheets if sheet.hidden]
        sheets = _read_sheets(package, book, visible) or _read_sheets(package, book, hidden)
    if not sheets:
        raise UnreadableMetadata("The workbook holds no table: its sheets are empty.")
    return MetadataFile(MetadataFormat.XLSX, sheets)


def _read_sheets(package: Package, book: Workbook, parts: list[SheetPart]) -> tuple[Sheet, ...]:
    found = []
    for part in parts:
        rows = read_sheet(package, part.part, book)
        sheet = None if _is_guide(part.name, rows) else make_sheet(part.name, rows)
        if sheet is not None:
            found.append(sheet)
    return tuple(found)


def _is_guide(name: str, rows: list[TableRow]) -> bool:
    return bool(rows) and is_guide(name, next(iter(rows[0].cells.values()), ""))
