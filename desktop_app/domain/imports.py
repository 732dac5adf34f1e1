"""What an import did, file by file."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from .extraction import Refusal
from .records import TextHealth


class Outcome(StrEnum):
    """What became of one file of an import."""

    ADDED = "added"
    UPDATED = "updated"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """One row of an import report.

    `record_id` is the record that holds the file (also for a duplicate); None where refused.
    A file is updated where its stored PDF or its record is put back, or where reading it again gave
    more than the first time: `pages` is above 0 then.
    `pages` counts the pages, `pages_without_text` those of them that can't be searched.
    """

    path: Path
    outcome: Outcome
    record_id: str | None = None
    title: str = ""
    pages: int = 0
    pages_without_text: int = 0
    text_health: TextHealth | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """All rows of one import, in the order in which the files were finished.

    `elapsed_s` is wall-clock time in seconds. `ignored` counts files of a folder that are not
    named as PDFs. `complete` is False for an import that was cancelled.
    """

    import_id: str
    files: tuple[ImportedFile, ...]
    elapsed_s: float
    ignored: int = 0
    complete: bool = True

    def of(self, outcome: Outcome) -> tuple[ImportedFile, ...]:
        """Return the rows with this outcome."""
        return tuple(file for file in self.files if file.outcome is outcome)

    @property
    def pages(self) -> int:
        """Return the number of pages added."""
        return sum(file.pages for file in self.of(Outcome.ADDED))
