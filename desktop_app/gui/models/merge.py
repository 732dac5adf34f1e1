"""Records that are to be merged, side by side: a row for each field, a column for each record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, IntEnum, StrEnum, auto

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop_app.domain.changes.coded import Coded
from desktop_app.domain.merging import Merge, MergeChoice, MergedDocument, MergedField
from desktop_app.domain.records import DocumentRole, Record
from desktop_app.domain.translation import QT_TRANSLATE_NOOP
from desktop_app.gui import formats

from .merge_texts import ValueText, about_record, field_name, said_text

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
LONGEST = 600
"""Characters of a text that are shown in a cell; its tool tip has more."""


class Mark(StrEnum):
    """What stands before the text of a cell."""

    NONE = ""
    CHOSEN = "chosen"
    OPEN = "open"
    """It could be chosen instead."""
    TAKEN = "taken"
    """It is taken together with others."""
    LEFT = "left"
    """It could be taken too."""


MARKS = {
    Mark.CHOSEN: QT_TRANSLATE_NOOP("Merging", "chosen"),
    Mark.OPEN: QT_TRANSLATE_NOOP("Merging", "not chosen"),
    Mark.TAKEN: QT_TRANSLATE_NOOP("Merging", "taken"),
    Mark.LEFT: QT_TRANSLATE_NOOP("Merging", "left out"),
}
"""What a screen reader says of them."""


class MergeRole(IntEnum):
    """What a cell can be asked for beside its texts."""

    MARK = Qt.ItemDataRole.UserRole + 1
    FAINT = Qt.ItemDataRole.UserRole + 2
    """Whether the cell says nothing, or belongs to a record that is left out."""


class Head(Enum):
    """The rows above the fields."""

    KEEP = auto()
    PART = auto()


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    mark: Mark = Mark.NONE
    faint: bool = False


class MergeModel(QAbstractTableModel):
    """Told a `Merge`; keeps what a person chooses, and says what would come of it."""

    changed = Signal()
    """Somebody chose something."""

    def __init__(self, value_text: ValueText, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._value_text = value_text
        self._records: tuple[Record, ...] = ()
        self._whole: Merge | None = None
        self._plan: Merge | None = None
        self._left_out: set[str] = set()
        self._chosen: dict[str, str] = {}
        self._roles: dict[str, DocumentRole] = {}
        self._everything = False
        self._rows: list[Head | MergedField] = []

    # What is shown, and what was chosen

    def set_merge(self, plan: Merge) -> None:
        """Show the records of a merge, with its proposals chosen."""
        self._records = plan.records
        self._whole = plan
        self._left_out, self._chosen, self._roles = set(), {}, {}
        self._plan_again(plan.keep.id)

    def show_everything(self, on: bool) -> None:
        """Show also the fields in which the records agree, or fold them away."""
        self._everything = on
        if self._plan is not None:
            self._plan_again(self._plan.keep.id)

    @property
    def plan(self) -> Merge:
        """Return what would come of it now. Raises ValueError before a merge was told."""
        if self._plan is None:
            raise ValueError("no merge was told")
        return self._plan

    @property
    def folded(self) -> int:
        """Return how many fields the records agree in."""
        return sum(not field.differs(self.plan.ids) for field in self.plan.fields)

    @property
    def choice(self) -> MergeChoice:
        """Return what a person wants merged."""
        plan = self.plan
        return MergeChoice(
            plan.keep.id,
            plan.ids[1:],
            {
                field.name: self._source(field)
                for field in plan.fields
                if not field.united and self._source(field) != field.proposed
            },
            {
                each.document.id: self.role_of(each)
                for each in plan.documents
                if each.twin is None and self.role_of(each) is not each.document.role
            },
        )

    def role_of(self, document: MergedDocument) -> DocumentRole:
        """Return what a file will be to the merged record."""
        return self._roles.get(document.document.id, document.role)

    def set_role(self, document_id: str, role: DocumentRole) -> None:
        """Say what a file will be to the merged record."""
        self._roles[document_id] = role
        self.changed.emit()

    def pick(self, index: Index) -> bool:
        """Choose what a cell holds; return whether that changed something."""
        record = self._record(index.column())
        row = self._rows[index.row()] if index.isValid() else None
        if record is None or row is None:
            return False
        if row is Head.KEEP:
            return self._keep(record)
        if row is Head.PART:
            return self._turn(record)
        if not row.united and self._can_give(row, record):
            return self._take(row, record)
        return False

    # What Qt asks for

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of rows: what to keep, and the fields."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns: names, records, and what comes of them."""
        return 0 if parent.isValid() or not self._records else len(self._records) + 2

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the titles of the records."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        record = self._record(section)
        if role == Qt.ItemDataRole.DisplayRole:
            if record is not None:
                return formats.isolate(record.title)
            return (
                QCoreApplication.translate("Merging", "Field")
                if section == 0
                else QCoreApplication.translate("Merging", "Merged record")
            )
        return record.title if record and role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text or mark; a screen reader also hears whether it is chosen."""
        if not index.isValid():
            return None
        cell = self._cell(self._rows[index.row()], index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            text = cell.text
            return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = MARKS.get(cell.mark)
            spoken = [cell.text, QCoreApplication.translate("Merging", said) if said else ""]
            return ", ".join(part for part in spoken if part)
        if role == MergeRole.MARK:
            return cell.mark.value
        return cell.faint if role == MergeRole.FAINT else None

    # Within

    def _plan_again(self, keep: str) -> None:
        if self._whole is None:
            return
        self.beginResetModel()
        self._plan = plan = self._whole.rearranged(keep, self._left_out)
        self._rows = [Head.KEEP]
        self._rows += [Head.PART] if len(self._records) > 2 else []
        self._rows += [
            field for field in plan.fields if self._everything or field.differs(plan.ids)
        ]
        self.endResetModel()
        self.changed.emit()

    def _record(self, column: int) -> Record | None:
        return self._records[column - 1] if 0 < column <= len(self._records) else None

    def _keep(self, record: Record) -> bool:
        if record.id == self.plan.keep.id:
            return False
        self._left_out.discard(record.id)
        self._plan_again(record.id)
        return True

    def _turn(self, record: Record) -> bool:
        """Leave a record out or take it in; two have to stay."""
        if record.id in self._left_out:
            self._left_out.discard(record.id)
        elif record.id == self.plan.keep.id or len(self.plan.others) < 2:
            return False
        else:
            self._left_out.add(record.id)
        self._plan_again(self.plan.keep.id)
        return True

    def _take(self, field: MergedField, record: Record) -> bool:
        if self._source(field) == record.id:
            return False
        self._chosen[field.name] = record.id
        row = self._rows.index(field)
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))
        self.changed.emit()
        return True

    def _source(self, field: MergedField) -> str:
        """Return the record whose value a field takes."""
        chosen = self._chosen.get(field.name, field.proposed)
        if chosen in self.plan.ids:
            return str(chosen)
        return str(field.proposed)

    def _can_give(self, field: MergedField, record: Record) -> bool:
        return record.id in self.plan.ids and (
            record.id in field.said or record.id == self.plan.keep.id
        )

    def _cell(self, row: Head | MergedField, column: int) -> _Cell:
        record = self._record(column)
        if row is Head.KEEP:
            return self._keep_cell(record, column)
        if row is Head.PART:
            return self._part_cell(record, column)
        if column == 0:
            return _Cell(field_name(row.name))
        if record is None:
            said = row.result if row.united else row.said.get(self._source(row), ())
            return self._said_cell(row, said)
        if record.id in self._left_out:
            return replace(self._said_cell(row, self._said_before(row, record)), faint=True)
        cell = self._said_cell(row, row.said.get(record.id, ()))
        if row.united:
            return replace(cell, mark=Mark.NONE if cell.faint else Mark.TAKEN)
        if not self._can_give(row, record):
            return cell
        chosen = self._source(row) == record.id
        return replace(cell, mark=Mark.CHOSEN if chosen else Mark.OPEN)

    def _keep_cell(self, record: Record | None, column: int) -> _Cell:
        if column == 0:
            return _Cell(QCoreApplication.translate("Merging", "Keep this record"))
        if record is None:
            return _Cell("")
        kept = record.id == self.plan.keep.id
        mark = Mark.CHOSEN if kept else Mark.OPEN
        return _Cell(about_record(self.plan, record), mark, record.id in self._left_out)

    def _part_cell(self, record: Record | None, column: int) -> _Cell:
        if column == 0:
            return _Cell(QCoreApplication.translate("Merging", "Part of the merge"))
        if record is None:
            return _Cell("")
        out = record.id in self._left_out
        text = (
            QCoreApplication.translate("Merging", "Left out")
            if out
            else QCoreApplication.translate("Merging", "Merged")
        )
        return _Cell(text, Mark.LEFT if out else Mark.TAKEN, out)

    def _said_before(self, field: MergedField, record: Record) -> Sequence[Coded]:
        """Return what a record says that was left out."""
        whole = () if self._whole is None else self._whole.fields
        said = (each.said.get(record.id, ()) for each in whole if each.name == field.name)
        return next(said, ())

    def _said_cell(self, field: MergedField, said: Sequence[Coded]) -> _Cell:
        text = said_text(field.name, said, self._value_text)
        nothing = QCoreApplication.translate("Merging", "nothing")
        return _Cell(text or nothing, faint=not text)
