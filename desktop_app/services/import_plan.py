"""The plan of an import of rows: what becomes of each row, and what is to be stored."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.changes.coded import Coded
from desktop_app.domain.exchange.headings import SheetKind
from desktop_app.domain.imports import ImportedRow, ImportedSource, Outcome
from desktop_app.domain.records import Access

from .known_records import KnownRecords

PARTS = {
    SheetKind.RECORDS: EntityKind.RECORD,
    SheetKind.FINDINGS: EntityKind.FINDING,
    SheetKind.APPRAISALS: EntityKind.APPRAISAL,
}
Key = tuple[EntityKind, str]


@dataclass
class Target:
    """A record, finding or appraisal that rows are about, and what they will change of it.

    `held` are its values as they will be. `sets` names those to store; of a set field in `whole`
    what is not in the list is taken out. `owner` is the id of its record.
    """

    kind: EntityKind
    id: str
    owner: str
    new: bool
    held: dict[str, Value]
    sets: dict[str, Value] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    coded: dict[str, list[Coded]] = field(default_factory=dict)
    restores: bool = False

    @property
    def changed(self) -> bool:
        """Return whether there is anything to store."""
        return self.new or self.restores or bool(self.sets or self.coded)


@dataclass
class Plan:
    """What an import will do: row by row, and thing by thing in the order of storing.

    `homes` gives the record of each file that belongs to a row; `rows_of` the place of the row of a
    record that has no file yet. `words` are what the file of such a row may be called. `untitled`
    are new records that have no title but the name of their file.
    """

    rows: list[ImportedRow] = field(default_factory=list)
    sources: list[ImportedSource] = field(default_factory=list)
    targets: dict[Key, Target] = field(default_factory=dict)
    homes: dict[Path, str] = field(default_factory=dict)
    home_rows: dict[Path, int] = field(default_factory=dict)
    words: dict[int, tuple[str, ...]] = field(default_factory=dict)
    untitled: set[str] = field(default_factory=set)
    known: KnownRecords = field(default_factory=KnownRecords)

    def take_file(self, path: Path, place: int) -> None:
        """Give a file to a row."""
        row = self.rows[place]
        if row.record_id is None:
            return
        outcome = Outcome.UPDATED if row.outcome is Outcome.DUPLICATE else row.outcome
        self.rows[place] = replace(row, outcome=outcome)
        self.note_file(path, place, row.record_id)

    def remark(self, place: int, sentence: str) -> None:
        """Add a sentence to a row."""
        row = self.rows[place]
        self.rows[place] = replace(row, remarks=(*row.remarks, sentence))

    def note_file(self, path: Path, place: int, record_id: str) -> None:
        """Note the record of a file, and that a row names it."""
        self.homes.setdefault(path, record_id)
        self.home_rows.setdefault(path, place)
        self.rows[place] = replace(self.rows[place], files=(*self.rows[place].files, path))


@dataclass(frozen=True, slots=True)
class Settings:
    """How rows are taken. `replaces`: what a row says goes before what the archive holds."""

    access: Access = Access.INTERNAL
    replaces: bool = False
    import_id: str = ""
    touched: frozenset[str] = frozenset()
    """What the same import has stored already, before it was broken off."""
    resumed: bool = False
