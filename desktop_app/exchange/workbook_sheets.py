"""The cells of a sheet of a workbook, as texts."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..domain.exchange.rows import UnreadableMetadata
from .header_rows import LONGEST_CELL, MOST_CELLS, MOST_ROWS, TableRow, letters
from .number_formats import GENERAL, iso_day, shown
from .workbook_package import DAMAGE, Package, PartHandler
from .workbook_parts import Workbook
from .xml_text import unescape

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_MOST_MERGES = 200_000
_MOST_PROBLEMS = 3
_HEADER_ROWS = 1_000
"""Rows from the top in which merged headings are looked for."""


def read_sheet(package: Package, part: str, book: Workbook) -> list[TableRow]:
    """Return the rows of a sheet that hold something; `number` is that of the sheet.

    The text of cells that are merged from top to bottom belongs to every row that they cover, in
    their first column. Formulas give their stored results. What can't be had of a cell (an error,
    a formula without result) is the problem of its row. A damaged sheet gives its rows before the
    damage and one that says so. Raises `UnreadableMetadata` beyond the limits of `header_rows`.
    """
    cells = _Cells(book)
    try:
        package.parse(part, cells)
    except DAMAGE:
        cells.end_row()
        last = cells.rows[-1].number if cells.rows else 0
        problem = "The sheet is damaged from here on: what follows could not be read."
        cells.rows.append(TableRow(last + 1, {}, problem))
    return _spread(cells.rows, cells.merges)


@dataclass(slots=True)
class _Merge:
    """Merged cells: rows from 1, columns from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class _Cell:
    """A cell that is being read."""

    column: int
    type: str
    style: str
    formula: bool = False
    pieces: list[str] = field(default_factory=list)
    length: int = 0


class _Cells(PartHandler):
    """Hears the rows of a sheet and its merged cells."""

    def __init__(self, book: Workbook) -> None:
        super().__init__()
        self.rows: list[TableRow] = []
        self.merges: list[_Merge] = []
        self._book = book
        self._number = 0
        self._column = -1
        self._texts: dict[int, str] = {}
        self._problems: list[str] = []
        self._cell: _Cell | None = None
        self._inside = False
        self._reading = False

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "c":
                self._start_cell(attributes)
            case "v" | "t":
                self._inside = not self._reading
            case "f" if self._cell:
                self._cell.formula = True
            case "row":
                self._number = max(_index(attributes.get("r", ""), 0), self._number + 1)
                self._column = -1
            case "rPh":
                self._reading = True
            case "mergeCell":
                self._merge(attributes.get("ref", ""))

    def ended(self, name: str) -> None:
        match name:
            case "v" | "t":
                self._inside = False
            case "c":
                self._end_cell()
            case "rPh":
                self._reading = False
            case "row":
                self.end_row()

    def text(self, characters: str) -> None:
        if self._inside and self._cell and self._cell.length <= LONGEST_CELL:
            self._cell.pieces.append(characters)
            self._cell.length += len(characters)

    def end_row(self) -> None:
        """Keep the row that was read last, if there is anything in it."""
        if self._texts or self._problems:
            problem = " ".join(self._problems[:_MOST_PROBLEMS])
            self.rows.append(TableRow(self._number, self._texts, problem))
            self._book.cells += len(self._texts)
            if len(self.rows) > MOST_ROWS + 1 or self._book.cells > MOST_CELLS:
                raise UnreadableMetadata(
                    f"A sheet has more than {MOST_ROWS:,} rows, or the workbook more than "
                    f"{MOST_CELLS:,} filled cells. "
                    "Delete what is not needed, or split it into several files."
                )
            self._texts, self._problems = {}, []

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        reference = _REFERENCE.fullmatch(attributes.get("r", ""))
        column = _column(reference[1]) if reference else 0
        self._column = max(column, self._column + 1)
        self._cell = _Cell(self._column, attributes.get("t", "n"), attributes.get("s", "0"))

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None:
            return
        text, problem = self._read(cell, "".join(cell.pieces))
        if len(text) > LONGEST_CELL:
            text, problem = text[:LONGEST_CELL], f"has more than {LONGEST_CELL:,} characters"
        if text:
            self._texts[cell.column] = text
        if problem and len(self._problems) < _MOST_PROBLEMS:
            self._problems.append(f"Cell {letters(cell.column)}{self._number} {problem}.")

    def _read(self, cell: _Cell, stored: str) -> tuple[str, str]:
        """Return the text of a cell, and what is wrong with it."""
        if cell.formula and not stored and cell.type != "str":
            return "", (
                "holds a formula without its result; open the workbook in a spreadsheet program "
                "and save it"
            )
        match cell.type:
            case "s":
                index = _index(stored, -1)
                if 0 <= index < len(self._book.texts):
                    return self._book.texts[index], ""
                return "", "refers to a text that the workbook does not hold" if stored else ""
            case "str" | "inlineStr":
                return unescape(stored), ""
            case "b":
                return {"1": "TRUE", "0": "FALSE"}.get(stored.strip(), stored.upper()), ""
            case "e":
                return "", f'holds the error "{stored[:20]}"; correct or empty it'
            case "d":
                return iso_day(stored), ""
            case _:
                index = _index(cell.style, 0)
                formats = self._book.formats
                form = formats[index] if index < len(formats) else GENERAL
                return shown(stored.strip(), form, from_1904=self._book.from_1904), ""

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        corners = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if corners[0] and corners[1] and len(self.merges) < _MOST_MERGES:
            top, bottom = sorted(int(corner[2]) for corner in corners if corner)
            left, right = sorted(_column(corner[1]) for corner in corners if corner)
            self.merges.append(_Merge(top, left, bottom, right))


def _spread(rows: list[TableRow], merges: list[_Merge]) -> list[TableRow]:
    """Return rows in which merged cells hold their text wherever it belongs."""
    numbers = [row.number for row in rows]
    more: dict[int, dict[int, str]] = {}
    spans: dict[int, dict[int, int]] = {}
    work = 0
    for merge in merges:
        start, end = bisect_left(numbers, merge.top), bisect_right(numbers, merge.bottom)
        if start == end:
            continue
        text = rows[start].cells.get(merge.left) if numbers[start] == merge.top else None
        work += end - start
        if work > MOST_CELLS:
            break
        for place in range(start + 1, end) if text else ():
            more.setdefault(place, {})[merge.left] = text or ""
        if merge.right > merge.left and merge.top <= _HEADER_ROWS:
            covered = range(merge.left + 1, min(merge.right, merge.left + _HEADER_ROWS) + 1)
            for place in range(start, min(end, start + _HEADER_ROWS)):
                spans.setdefault(place, {}).update(dict.fromkeys(covered, merge.left))
                work += len(covered)
    for place in more.keys() | spans.keys():
        cells = {**more.get(place, {}), **rows[place].cells}
        rows[place] = replace(rows[place], cells=cells, spans=spans.get(place, {}))
    return rows


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _index(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else otherwise
