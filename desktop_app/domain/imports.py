"""What an import did, or would do: file by file and row by row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from .changes.change import Value
from .exchange.rows import MetadataFormat, SourceRow
from .extraction import Refusal
from .records import TextHealth


class Outcome(StrEnum):
    """What became of one file or row of an import."""

    ADDED = "added"
    UPDATED = "updated"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


class RowCode(StrEnum):
    """Why a row, or a metadata file as a whole, was refused."""

    UNREADABLE_FILE = "unreadable_file"
    """The file as a whole can't be read."""
    UNREADABLE_ROW = "unreadable_row"
    """Nothing could be read of the row."""
    NO_TITLE = "no_title"
    """There is neither a title nor a file that has one."""
    INVALID_VALUE = "invalid_value"
    """A field can't hold what a cell says."""
    OUTSIDE_FOLDER = "outside_folder"
    """The path of a file leads out of the folder that was chosen."""
    UNKNOWN_ENTRY = "unknown_entry"
    """A finding, an appraisal or evidence of a record that is neither in the file nor archive."""


class MatchedBy(StrEnum):
    """By what a row or file was found to be of a record that is there already."""

    ID = "id"
    ROW = "row"
    """The same row was imported before."""
    DOI = "doi"
    ISBN = "isbn"
    TITLE_AND_YEAR = "title_and_year"
    BYTES = "bytes"
    TEXT = "text"
    """The texts are nearly identical."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which the archive and a row say different things; the archive's was kept."""

    field: str
    ours: Value
    theirs: Value


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """One file of an import report.

    `record_id` is the record that holds the file (also for a duplicate); None where refused.
    A file is updated where its stored PDF or its record is put back, where it became a further
    document of a record, or where reading it again gave more than the first time.
    `pages` counts the pages, `pages_without_text` those of them that can't be searched.
    `of_row` says that the file belongs to a row of the report, which counts for both.
    """

    path: Path
    outcome: Outcome
    record_id: str | None = None
    title: str = ""
    pages: int = 0
    pages_without_text: int = 0
    text_health: TextHealth | None = None
    refusal: Refusal | None = None
    matched_by: MatchedBy | None = None
    of_row: bool = False


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row of a metadata file: a record, finding, appraisal or evidence of a value.

    `number` is its row or line in the file, 0 for the file as a whole. Where it was refused, `code`
    and `reason` (a sentence in English that says what to do) say why, and `column` names the cell
    if one is to blame. `record_id` is None where refused, and in a dry run of a new record.
    `files` are the PDFs that belong to it. `filled` are fields that got a value, `differing` those
    whose value in the archive was kept. `remarks` are sentences on what else is worth knowing.
    """

    path: Path
    sheet: str
    number: int
    outcome: Outcome
    record_id: str | None = None
    title: str = ""
    code: RowCode | None = None
    reason: str = ""
    column: str = ""
    matched_by: MatchedBy | None = None
    files: tuple[Path, ...] = ()
    filled: tuple[str, ...] = ()
    differing: tuple[Difference, ...] = ()
    remarks: tuple[str, ...] = ()
    source: SourceRow | None = None
    """The row as it was read."""


@dataclass(frozen=True, slots=True)
class ImportedSource:
    """A metadata file of an import, with the number of its rows; `format` None where unreadable."""

    path: Path
    format: MetadataFormat | None
    rows: int
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """All files and rows of one import; files in the order in which they were finished.

    `elapsed_s` is wall-clock time in seconds. `ignored` counts files of a folder that are not
    named as PDFs. `complete` is False for an import that was cancelled. Every row of `sources` is
    in `rows` once. A `dry_run` stored nothing, and the import with the same words does what it
    says. `resumed` says that an import that was broken off was taken up.
    """

    import_id: str
    files: tuple[ImportedFile, ...]
    elapsed_s: float
    ignored: int = 0
    complete: bool = True
    rows: tuple[ImportedRow, ...] = ()
    sources: tuple[ImportedSource, ...] = ()
    dry_run: bool = False
    resumed: bool = False

    def of(self, outcome: Outcome) -> tuple[ImportedFile, ...]:
        """Return the files with this outcome."""
        return tuple(file for file in self.files if file.outcome is outcome)

    def rows_of(self, outcome: Outcome) -> tuple[ImportedRow, ...]:
        """Return the rows with this outcome."""
        return tuple(row for row in self.rows if row.outcome is outcome)

    def count(self, outcome: Outcome) -> int:
        """Return how many rows and files have this outcome.

        A file that belongs to a row counts with it, unless it was refused.
        """
        alone = [file for file in self.of(outcome) if not file.of_row or outcome is Outcome.REFUSED]
        return len(self.rows_of(outcome)) + len(alone)

    @property
    def pages(self) -> int:
        """Return the number of pages added."""
        return sum(
            file.pages
            for file in self.files
            if file.outcome is Outcome.ADDED
            or (file.outcome is Outcome.UPDATED and (file.of_row or file.matched_by))
        )


@dataclass(frozen=True, slots=True)
class PreviewedRow:
    """One of the first rows of a sheet: what each field would hold, and what it can't hold.

    `values` are texts as they would be shown, by field; `problems` sentences by column.
    """

    number: int
    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
