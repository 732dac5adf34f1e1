"""What a reader of a metadata file gives: sheets of rows of named cells, nothing lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class MetadataFormat(StrEnum):
    """The formats that the program reads and writes."""

    XLSX = "xlsx"
    CSV = "csv"
    RIS = "ris"
    BIBTEX = "bib"
    CSL_JSON = "json"


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row. `column` is a column's heading, a RIS tag, a BibTeX or CSL field.

    A row may hold several cells of one column, in the order of the file (RIS repeats "AU"). Texts
    are as the format means them: BibTeX accents decoded, Excel dates as ISO 8601 ("2024-03-01"),
    whole numbers without ".0". Empty cells are left out.
    """

    column: str
    text: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a sheet or one entry of a bibliography.

    `number` is where a person finds it: the row of the sheet or the line of the file, from 1.
    `problem` says, in English, why nothing could be read of it; then `cells` hold what there is.
    """

    number: int
    cells: tuple[Cell, ...]
    problem: str = ""

    def first(self, column: str) -> str:
        """Return the first text of a column; "" where the row has none."""
        return next((cell.text for cell in self.cells if cell.column == column), "")

    def all(self, column: str) -> tuple[str, ...]:
        """Return all texts of a column, in order."""
        return tuple(cell.text for cell in self.cells if cell.column == column)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file; a bibliography and a CSV file have one, named "".

    `columns` are all columns in the order in which they first appear, each once.
    """

    name: str
    columns: tuple[str, ...]
    rows: Sequence[SourceRow]


@dataclass(frozen=True, slots=True)
class MetadataFile:
    """A metadata file as it was read. `encoding` and `delimiter` are what was recognised."""

    format: MetadataFormat
    sheets: tuple[Sheet, ...]
    encoding: str = "utf-8"
    delimiter: str = ""


class UnreadableMetadata(Exception):
    """A file as a whole can't be read: `reason` says why, in English, and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
