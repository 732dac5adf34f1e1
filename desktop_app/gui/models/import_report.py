"""The rows and files of an import report, a line each; filtered and sorted by itself.

A sorting proxy would ask this model for every comparison, which takes long for ten thousand lines.
"""

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop_app.domain.imports import ImportedFile, ImportReport, Outcome
from desktop_app.gui import formats

from .report_texts import Entry, ReportTexts, entries, plain

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Column(IntEnum):
    """The columns of the table."""

    RESULT = 0
    PLACE = 1
    PAGES = 2
    WHAT = 3


class ReportRole(IntEnum):
    """What a line can be asked for beside its texts."""

    ENTRY = Qt.ItemDataRole.UserRole + 1
    SECOND = Qt.ItemDataRole.UserRole + 2
    """What stands below the text of a cell."""


ROLES = frozenset(
    {*ReportRole, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}
    | {Qt.ItemDataRole.AccessibleTextRole}
)


class ImportReportModel(QAbstractTableModel):
    """Told a report, which outcome to show and how to sort."""

    def __init__(
        self, report: ImportReport, texts: ReportTexts, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._texts = texts
        self._all = entries(report)
        self._sorted = self._all
        self._shown = self._all
        self._outcome: Outcome | None = None

    def show_only(self, outcome: Outcome | None) -> None:
        """Show the lines with one outcome, or all of them."""
        self.beginResetModel()
        self._outcome = outcome
        self._choose()
        self.endResetModel()

    def shown(self) -> tuple[Entry, ...]:
        """Return the lines that are shown, in their order."""
        return self._shown

    def row_of(self, entry: Entry) -> int:
        """Return where a line is shown, -1 where it is not."""
        return next((row for row, each in enumerate(self._shown) if each is entry), -1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by none (-1) as the report has it."""
        self.beginResetModel()
        self._sorted = self._all
        if column >= 0:
            key = self._key(Column(column))
            down = order is Qt.SortOrder.DescendingOrder
            self._sorted = tuple(sorted(self._all, key=key, reverse=down))
        self._choose()
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of lines that are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _headings()[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text or the text below it, or the line itself."""
        # Asked for a dozen roles of every cell, most of which no cell has.
        if role not in ROLES or not index.isValid():
            return None
        entry = self._shown[index.row()]
        if role == ReportRole.ENTRY:
            return entry
        first, second = self._cell(entry, Column(index.column()))
        if role == ReportRole.SECOND:
            return second
        if role == Qt.ItemDataRole.DisplayRole:
            return first
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == Column.PLACE:
            return str(entry.path)
        return plain(formats.joined([first, second], ". "))

    def _choose(self) -> None:
        wanted = self._outcome
        self._shown = (
            self._sorted
            if wanted is None
            else tuple(entry for entry in self._sorted if entry.outcome is wanted)
        )

    def _cell(self, entry: Entry, column: Column) -> tuple[str, str]:
        if column is Column.RESULT:
            return formats.outcome_name(entry.outcome), ""
        if column is Column.PLACE:
            return self._texts.place(entry)
        if column is Column.PAGES:
            pages = self._texts.pages(entry)
            return formats.number(pages) if pages else "", ""
        title, remark = self._texts.title(entry), self._texts.remark(entry)
        return (formats.isolate(title), remark) if title else (remark, "")

    def _key(self, column: Column) -> Callable[[Entry], Any]:
        if column is Column.RESULT:
            order = list(Outcome)
            return lambda entry: order.index(entry.outcome)
        if column is Column.PLACE:
            return _place_key
        if column is Column.PAGES:
            return self._texts.pages
        return lambda entry: (entry.title or self._texts.remark(entry)).casefold()


def _place_key(entry: Entry) -> tuple[str, str, int]:
    if isinstance(entry, ImportedFile):
        return entry.path.name.casefold(), "", 0
    return entry.path.name.casefold(), entry.sheet, entry.number


def _headings() -> tuple[str, ...]:
    return (
        QCoreApplication.translate("ImportReport", "Result"),
        QCoreApplication.translate("ImportReport", "Row or file"),
        QCoreApplication.translate("ImportReport", "Pages"),
        QCoreApplication.translate("ImportReport", "Title and remark"),
    )
