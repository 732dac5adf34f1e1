"""CSV files: reading those of any program, and writing ours.

A file holds one table. An archive's findings, appraisals and evidence stand in files beside the one
of its records: "name.csv", "name-findings.csv", "name-appraisals.csv", "name-evidence.csv".

Spreadsheet programs compute cells that begin with "=", "+", "-" or "@", so a file could run things
on the computer of whoever opens it. The program writes an apostrophe before such a text, and takes
one away when it reads a text that begins with apostrophes before such a character. Numbers need
none ("-0.25").
"""

import csv
import re
from collections.abc import Sequence
from pathlib import Path

from ..domain.exchange.headings import SheetKind, sheet_of
from ..domain.exchange.rows import MetadataFile, MetadataFormat, Sheet, UnreadableMetadata
from .csv_rows import split_rows
from .header_rows import TableRow, make_sheet, recognised
from .tables import arranged, column_layout
from .texts import read_text

LARGEST_FILE = 200_000_000
"""Bytes."""
DELIMITERS = (",", ";", "\t", "|")

_SAMPLE = 65_536
_SAMPLE_ROWS = 60
_NAMED = re.compile(r"sep=(.)(?:\r\n|\n|\r)", re.IGNORECASE)
# Full-width signs count as well in programs of East Asia.
_FORMULA = re.compile("'*(?:[\t\r\n]|\\s*[-=+@＝＋－＠])")
_NEUTRALISED = re.compile(f"'{_FORMULA.pattern}")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*%?")


def read_csv(path: Path) -> MetadataFile:
    """Return what a CSV file holds; its sheet has the name "".

    Raises:
        UnreadableMetadata: it can't be opened, is no text, holds no table, or is beyond the limits
            of `header_rows`.
    """
    decoded = read_text(path, LARGEST_FILE)
    # Some programs fill up cells with NUL characters.
    text = decoded.text.replace("\0", "")
    named = _NAMED.match(text)
    delimiter = named[1] if named and named[1] in DELIMITERS else _find_delimiter(text)
    rows = split_rows(text, delimiter)
    if named:
        next(rows)
    sheet = make_sheet("", map(_plain, rows))
    if sheet is None:
        raise UnreadableMetadata("The file holds no table: it is empty. Choose another file.")
    return MetadataFile(MetadataFormat.CSV, (sheet,), decoded.encoding, delimiter)


def companions(path: Path) -> dict[SheetKind, Path]:
    """Return the files beside one of records that hold what belongs to them, as far as they exist.

    {} for a file that is a companion itself.
    """
    kinds = [kind for kind in SheetKind if kind is not SheetKind.RECORDS]
    found = {kind: _beside(path, kind.value) for kind in kinds}
    return {kind: companion for kind, companion in found.items() if companion.is_file()}


def write_csv(sheet: Sheet, path: Path, delimiter: str = ",") -> None:
    """Write one sheet; several cells of a column stand side by side under the same heading.

    UTF-8 with a byte order mark, lines end with CR LF. Raises OSError; then the file at `path` is
    what it was.
    """
    partial = path.with_name(f"{path.name}.part")
    try:
        # A lone half of a surrogate pair has no place in UTF-8.
        with partial.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
            writer = csv.writer(file, delimiter=delimiter)
            layout = column_layout(sheet)
            writer.writerow([_neutral(column) for column in layout])
            for row in sheet.rows:
                writer.writerow([_neutral(text) for text in arranged(row, layout)])
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def write_csv_files(sheets: Sequence[Sheet], path: Path, delimiter: str = ",") -> tuple[Path, ...]:
    """Write several sheets beside each other and return the files; the records go to `path`.

    Where no sheet holds records, the first one goes there. Raises OSError.
    """
    kinds = [sheet_of(sheet.name) for sheet in sheets]
    first = kinds.index(SheetKind.RECORDS) if SheetKind.RECORDS in kinds else 0
    written: list[Path] = []
    for place, (sheet, kind) in enumerate(zip(sheets, kinds, strict=True)):
        name = kind.value if kind else re.sub(r"\W+", "-", sheet.name).strip("-") or str(place + 1)
        target = path if place == first else _beside(path, name)
        if target in written:
            target = _beside(path, f"{name}-{place + 1}")
        write_csv(sheet, target, delimiter)
        written.append(target)
    return tuple(written)


def _beside(path: Path, name: str) -> Path:
    return path.with_name(f"{path.stem}-{name}{path.suffix}")


def _plain(row: TableRow) -> TableRow:
    """Return a row without the apostrophes that keep its texts from being computed."""
    cells = {
        column: text[1:] if text.startswith("'") and _NEUTRALISED.match(text) else text
        for column, text in row.cells.items()
    }
    return TableRow(row.number, cells, row.problem)


def _neutral(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _find_delimiter(text: str) -> str:
    """Return the delimiter that gives the best table: known headings, then rows of equal length."""
    sample = text[:_SAMPLE]
    scores = {delimiter: _score(sample, delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: scores[delimiter])


def _score(sample: str, delimiter: str) -> tuple[int, float]:
    """Return how many headings a delimiter shows, and the share of rows that are alike."""
    rows = []
    for row in split_rows(sample, delimiter):
        if row.cells and not row.problem:
            rows.append(row.cells)
        if len(rows) == _SAMPLE_ROWS:
            break
    known = max((recognised(cells.values()) for cells in rows), default=0)
    # The last column counts: cells in between may be empty.
    widths = [max(cells) + 1 for cells in rows]
    usual = max(widths, key=lambda width: (widths.count(width), width), default=1)
    alike = widths.count(usual) / len(widths) if usual > 1 else 0.0
    return (known if known > 1 else 0, alike * (1 - 1 / (usual + 1)))
