"""What a repair did about each problem, and what compacting gave back."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from ..translation import QT_TRANSLATE_NOOP
from .found import Problem


class RepairResult(StrEnum):
    """What became of a problem."""

    SALVAGED = "salvaged"
    MADE_AGAIN = "made_again"
    WRITTEN_DOWN = "written_down"
    REMOVED = "removed"
    READ_AGAIN = "read_again"
    PUT_BACK = "put_back"
    INDEX_REBUILT = "index_rebuilt"
    QUEUED = "queued"
    NOTHING_SAVED = "nothing_saved"
    STILL_THERE = "still_there"
    NO_COPY_NAMED = "no_copy_named"
    NO_COPY_FOUND = "no_copy_found"
    NO_PDF = "no_pdf"
    PDF_REFUSED = "pdf_refused"
    FOR_A_PERSON = "for_a_person"


NOT_REPAIRED = frozenset(
    {
        RepairResult.NOTHING_SAVED,
        RepairResult.STILL_THERE,
        RepairResult.NO_COPY_NAMED,
        RepairResult.NO_COPY_FOUND,
        RepairResult.NO_PDF,
        RepairResult.PDF_REFUSED,
        RepairResult.FOR_A_PERSON,
    }
)

RESULTS: dict[RepairResult, str] = {
    RepairResult.SALVAGED: QT_TRANSLATE_NOOP(
        "Repairs", 'A new database holds what could be read; the damaged one is "{kept}".'
    ),
    RepairResult.MADE_AGAIN: QT_TRANSLATE_NOOP(
        "Repairs", "Made again from the history; what it said otherwise is kept as a version."
    ),
    RepairResult.WRITTEN_DOWN: QT_TRANSLATE_NOOP("Repairs", "Written into the history."),
    RepairResult.REMOVED: QT_TRANSLATE_NOOP("Repairs", "Removed what belongs to nothing."),
    RepairResult.READ_AGAIN: QT_TRANSLATE_NOOP("Repairs", "Read again from the stored PDF."),
    RepairResult.PUT_BACK: QT_TRANSLATE_NOOP("Repairs", 'Put back from "{path}".'),
    RepairResult.INDEX_REBUILT: QT_TRANSLATE_NOOP("Repairs", "Built anew from the archive."),
    RepairResult.QUEUED: QT_TRANSLATE_NOOP(
        "Repairs", "Queued; the next search or import takes them up."
    ),
    RepairResult.NOTHING_SAVED: QT_TRANSLATE_NOOP(
        "Repairs",
        "Nothing of an archive could be read in it, so it was left as it is. Restore a backup "
        "into a new folder; or make a new archive there and import the PDFs in "
        '"{pdfs}", which hold the reports but not what people said about them.',
    ),
    RepairResult.STILL_THERE: QT_TRANSLATE_NOOP(
        "Repairs", "It is still there after the repair. {remedy}"
    ),
    RepairResult.NO_COPY_NAMED: QT_TRANSLATE_NOOP(
        "Repairs",
        'Name a folder or a backup that may hold the PDF ("repair --from"), or import it again.',
    ),
    RepairResult.NO_COPY_FOUND: QT_TRANSLATE_NOOP(
        "Repairs", 'No file with its bytes was found in "{path}". Try another folder or backup.'
    ),
    RepairResult.NO_PDF: QT_TRANSLATE_NOOP(
        "Repairs", "The stored PDF is missing or damaged, so it can't be read. Put it back first."
    ),
    RepairResult.PDF_REFUSED: QT_TRANSLATE_NOOP(
        "Repairs", "The stored PDF could not be read again: {reason}"
    ),
    RepairResult.FOR_A_PERSON: QT_TRANSLATE_NOOP("Repairs", "This needs a person. {remedy}"),
}


@dataclass(frozen=True, slots=True)
class Repair:
    """What was done about a problem; `fields` fill the sentence of `result`."""

    problem: Problem
    result: RepairResult
    fields: dict[str, str | int] = field(default_factory=dict)

    @property
    def done(self) -> bool:
        """Return whether the problem is gone."""
        return self.result not in NOT_REPAIRED

    @property
    def text(self) -> str:
        """Return what was done, or why nothing could be done and what to do, in English."""
        return RESULTS[self.result].format(**self.fields, remedy=self.problem.remedy)


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved out of a damaged database, and what was not.

    `lost_changes` is how many entries of the history may be missing, at most. Of these, `adopted`
    were written anew from what the tables still showed. `unreadable_rows` and `left_out` count rows
    of all tables that could not be read, or that belong to nothing. `incomplete` names records of
    which something essential was lost: who may see them is then set to the strictest level.
    `missing_pages` were not saved; they are read again from the PDFs where these are there.
    """

    records: int = 0
    documents: int = 0
    changes: int = 0
    pages: int = 0
    lost_changes: int = 0
    adopted: int = 0
    unreadable_rows: int = 0
    left_out: int = 0
    missing_pages: int = 0
    new_identity: bool = False
    incomplete: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What a repair did. `kept` is the damaged database where a new one took its place.

    `unclaimed` counts PDFs that belong to no record: of a damaged database that may be reports
    whose records were lost. `records` and `pages` are what the archive holds now.
    """

    repairs: tuple[Repair, ...]
    records: int
    pages: int
    unclaimed: int = 0
    salvaged: Salvaged | None = None
    kept: Path | None = None

    @property
    def repaired(self) -> tuple[Repair, ...]:
        """Return what is well again."""
        return tuple(repair for repair in self.repairs if repair.done)

    @property
    def problems(self) -> tuple[Repair, ...]:
        """Return what could not be repaired."""
        return tuple(repair for repair in self.repairs if not repair.done)


@dataclass(frozen=True, slots=True)
class CompactReport:
    """Sizes of the archive's folder in bytes, and how many leftover files were removed."""

    bytes_before: int
    bytes_after: int
    removed: int
