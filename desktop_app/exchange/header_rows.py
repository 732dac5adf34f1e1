"""From the rows of a table to a sheet: where the headings stand, and which cells are below which.

Above the headings there may be titles, remarks and empty rows. The headings are the row in which
most cells name a field of ours; where fewer than two do, the first row that is not much emptier
than the others.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ..domain.exchange.headings import field_of, guess_sheet
from ..domain.exchange.rows import Cell, Sheet, SourceRow, UnreadableMetadata
from .template_examples import example_problem, is_example

MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
MOST_CELLS = 5_000_000
LONGEST_CELL = 1_000_000
"""Characters of one cell."""

_SEARCHED = 25
_LONGEST_HEADING = 300
_FEWEST_KNOWN = 2


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as it stands in a file: its filled cells by their column, from 0.

    `spans` gives, of the columns that a merged cell covers, the one in which its text stands.
    """

    number: int
    cells: Mapping[int, str]
    problem: str = ""
    spans: Mapping[int, int] = field(default_factory=dict)


def make_sheet(name: str, table: Iterable[TableRow]) -> Sheet | None:
    """Return the sheet that a table is, or None for one in which nothing stands.

    Empty rows, cells of nothing but spaces and untouched examples of the template are left out. A
    column without a heading that holds something is called "Column G"; a merged heading is that of
    all its columns. Raises `UnreadableMetadata` beyond the limits above.
    """
    rows = _within_limits(table)
    if not any(row.cells for row in rows):
        lost = tuple(SourceRow(row.number, (), row.problem) for row in rows)
        return Sheet(name, (), lost) if lost else None
    place = _header_place(rows[:_SEARCHED])
    header = rows[place]
    names = {
        column: " ".join(text[:_LONGEST_HEADING].split()) for column, text in header.cells.items()
    }
    for column, first in header.spans.items():
        if first in names:
            names.setdefault(column, names[first])
    filled = {column for row in rows[place + 1 :] for column in row.cells}
    names |= {column: f"Column {letters(column)}" for column in filled - names.keys()}
    columns = tuple(dict.fromkeys(names[column] for column in sorted(names)))
    kind = guess_sheet(columns)
    fields = {name: field_of(name, kind) for name in columns}
    # What is wrong with the headings is to be said too, and so is what was lost above them.
    found = [SourceRow(row.number, (), row.problem) for row in rows[: place + 1] if row.problem]
    for row in rows[place + 1 :]:
        cells = tuple(Cell(names[column], row.cells[column]) for column in sorted(row.cells))
        texts = {field: cell.text for cell in cells if (field := fields[cell.column])}
        if not is_example(kind, texts):
            problem = row.problem or example_problem(texts)
            found.append(SourceRow(row.number, cells, problem))
    return Sheet(name, columns, tuple(found))


def letters(column: int) -> str:
    """Return how spreadsheets call a column that is counted from 0: 0 is "A", 26 is "AA"."""
    called = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        called = chr(ord("A") + letter) + called
    return called


def recognised(texts: Iterable[str]) -> int:
    """Return how many different fields of ours these headings name."""
    return len({field for text in texts if (field := field_of(text))})


def _within_limits(table: Iterable[TableRow]) -> list[TableRow]:
    rows: list[TableRow] = []
    columns: set[int] = set()
    cells = 0
    for row in table:
        kept = {column: text for column, text in row.cells.items() if text and not text.isspace()}
        if not kept and not row.problem:
            continue
        rows.append(replace(row, cells=kept))
        columns |= kept.keys()
        cells += len(kept)
        # The headings are one more.
        if len(rows) > MOST_ROWS + 1:
            raise _too_much(f"{MOST_ROWS:,} rows")
        if len(columns) > MOST_COLUMNS:
            raise _too_much(f"{MOST_COLUMNS:,} columns")
        if cells > MOST_CELLS:
            raise _too_much(f"{MOST_CELLS:,} filled cells")
    return rows


def _too_much(limit: str) -> UnreadableMetadata:
    return UnreadableMetadata(
        f"A table has more than {limit}. Delete what is not needed, or split it into several files."
    )


def _header_place(rows: list[TableRow]) -> int:
    known = [recognised(row.cells.values()) for row in rows]
    if max(known) >= _FEWEST_KNOWN:
        return known.index(max(known))
    widths = Counter(len(row.cells) for row in rows if row.cells)
    usual = max(widths, key=lambda width: (widths[width], width))
    return next(place for place, row in enumerate(rows) if 2 * len(row.cells) > usual)
