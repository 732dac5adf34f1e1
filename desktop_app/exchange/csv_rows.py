"""Splitting the text of a CSV file into rows, whatever is wrong with its quotation marks.

A cell may stand in double quotes and then hold the delimiter, line breaks and doubled quotation
marks. Where quotation marks inside of it are not doubled, one ends the cell only before a delimiter
or the end of the line. A cell over several lines has to be written properly: else, or where it
never ends, its quotation mark is an ordinary character, the row ends with its line and has a
problem, and what follows can be read.
"""

import re
from collections.abc import Iterator

from .header_rows import LONGEST_CELL, MOST_COLUMNS, TableRow

_LINE_END = re.compile(r"\r\n|\n|\r")
_UNCLOSED = 'A quotation mark (") begins a cell and none ends it. Add the other one, or delete it.'
_TOO_LONG = f"A cell has more than {LONGEST_CELL:,} characters. Shorten it."
_TOO_WIDE = f"The row has more than {MOST_COLUMNS:,} cells. Check its delimiters."
_MOST_DELIMITERS = 20_000


def split_rows(text: str, delimiter: str) -> Iterator[TableRow]:
    """Yield the rows of a text; the number is that of the row in a spreadsheet program, from 1."""
    return _Splitter(text, delimiter).rows()


class _Splitter:
    """Goes through a text once."""

    def __init__(self, text: str, delimiter: str) -> None:
        self._text = text
        self._delimiter = delimiter
        self._open = re.compile(f'[^\\S\r\n{delimiter}]*"')
        # What may follow a closing quotation mark.
        self._after = re.compile(f"[^\\S\r\n{delimiter}]*(?={re.escape(delimiter)}|\r|\n|\\Z)")
        self._single_lines = False

    def rows(self) -> Iterator[TableRow]:
        place = number = 0
        while place < len(self._text):
            number += 1
            line = _LINE_END.search(self._text, place)
            end = line.start() if line else len(self._text)
            if '"' in self._text[place:end]:
                cells, problem, place = self._quoted_row(place)
            else:
                cells, problem = self._plain_row(place, end)
                place = end
            if self._text.startswith("\r\n", place):
                place += 2
            elif place < len(self._text):
                place += 1
            yield _limited(number, cells, problem)

    def _plain_row(self, place: int, end: int) -> tuple[list[str], str]:
        cells = self._text[place:end].split(self._delimiter, _MOST_DELIMITERS)
        return cells, _TOO_WIDE if len(cells) > _MOST_DELIMITERS else ""

    def _quoted_row(self, place: int) -> tuple[list[str], str, int]:
        """Return the cells of a row, its problem, and where its line ends."""
        text = self._text
        cells: list[str] = []
        end = self._line_end(place)
        while True:
            if opened := self._open.match(text, place):
                mark = self._closing(opened.end())
                if mark is None:
                    return cells + text[place:end].split(self._delimiter), _UNCLOSED, end
                cells.append(text[opened.end() : mark].replace('""', '"'))
                after = self._after.match(text, mark + 1)
                place = after.end() if after else mark + 1
                if place > end:
                    end = self._line_end(place)
            else:
                found = text.find(self._delimiter, place, end)
                cells.append(text[place : end if found < 0 else found])
                place = end if found < 0 else found
            if place >= end:
                return cells, "", end
            if len(cells) > _MOST_DELIMITERS:
                return cells, _TOO_WIDE, end
            place += 1

    def _line_end(self, place: int) -> int:
        line = _LINE_END.search(self._text, place)
        return line.start() if line else len(self._text)

    def _closing(self, place: int) -> int | None:
        """Return where the quotation mark stands that ends a cell; None for one without end."""
        text, line_end = self._text, self._line_end(place)
        improper = False
        while True:
            mark = text.find('"', place)
            if mark < 0:
                # Neither does a later cell end, unless on its own line: so no text is read twice.
                self._single_lines = True
                return None
            several = mark > line_end
            if several and (improper or self._single_lines):
                return None
            # Two marks are one character, unless the cell had single ones and ends here.
            if text.startswith('""', mark) and not (improper and self._after.match(text, mark + 2)):
                place = mark + 2
            elif self._after.match(text, mark + 1):
                return mark
            elif several:
                return None
            else:
                improper = True
                place = mark + 1


def _limited(number: int, cells: list[str], problem: str) -> TableRow:
    kept = {column: cell for column, cell in enumerate(cells) if cell}
    if problem == _TOO_WIDE or len(kept) > MOST_COLUMNS:
        problem = problem or _TOO_WIDE
        kept = {column: cell for column, cell in kept.items() if column < MOST_COLUMNS}
    if any(len(cell) > LONGEST_CELL for cell in kept.values()):
        problem = problem or _TOO_LONG
        kept = {column: cell[:LONGEST_CELL] for column, cell in kept.items()}
    return TableRow(number, kept, problem)
