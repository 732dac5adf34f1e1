"""What an import did or would do, row by row and file by file, with all there is to say of one."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.imports import ImportReport, Outcome
from desktop_app.gui import formats
from desktop_app.gui.models.import_report import Column, ImportReportModel, ReportRole
from desktop_app.gui.models.report_texts import (
    Entry,
    ReportTexts,
    ValueText,
    headline,
    plain_value,
    summary,
)
from desktop_app.gui.theme import GRID

from .labels import label
from .plain_lines import PlainLines
from .report_cells import ROW_HEIGHT, ReportCell

ALL = "all"


class ReportView(QWidget):
    """Shows an `ImportReport`; what was refused comes first, with what to do about it."""

    record_opened = Signal(str)
    """The id of the record of a row that was double-clicked or entered."""

    def __init__(
        self,
        report: ImportReport,
        value_text: ValueText = plain_value,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._report = report
        self._texts = ReportTexts(report, value_text)
        self._model = ImportReportModel(report, self._texts, self)
        self._filters = QButtonGroup(self)
        self._headline = label(headline(report), "heading", wrap=True)
        self._note = label(kind="soft", wrap=True)
        self._note.hide()
        self.table = self._make_table()
        self.details = PlainLines(self.tr("All about the chosen row"))
        self.details.setPlaceholderText(self.tr("Choose a row to see all about it."))
        panes = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        panes.setProperty("gap", "true")
        panes.setHandleWidth(3 * GRID)
        panes.addWidget(self.table)
        panes.addWidget(self.details)
        panes.setStretchFactor(0, 1)
        panes.setSizes([400, 140])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * GRID)
        column.addWidget(self._headline)
        column.addWidget(label(summary(report), "soft", wrap=True))
        column.addLayout(self._make_filters())
        column.addWidget(panes, 1)
        for button, after in pairwise([*self._filters.buttons(), self.table, self.details]):
            self.setTabOrder(button, after)
        column.addWidget(self._note)
        refused = report.count(Outcome.REFUSED)
        some = 0 < refused < len(self._model.shown())
        self.filter_by(Outcome.REFUSED if some else None)

    def shown_entries(self) -> tuple[Entry, ...]:
        """Return the rows and files that pass the filter, in the order shown."""
        return self._model.shown()

    def filter_by(self, outcome: Outcome | None) -> None:
        """Show what has one outcome, or everything."""
        self._keeping_current(lambda: self._model.show_only(outcome))
        for button in self._filters.buttons():
            button.setChecked(button.objectName() == (ALL if outcome is None else outcome.value))

    def show_note(self, text: str) -> None:
        """Show a sentence below the table; "" removes it."""
        self._note.setText(text)
        self._note.setVisible(bool(text))

    @Slot()
    def copy(self) -> None:
        """Put what is shown on the clipboard as text."""
        QGuiApplication.clipboard().setText(self._texts.as_text(self.shown_entries()))
        copied = self.tr("Copied: {rows}")
        self.show_note(copied.format(rows=formats.rows(len(self.shown_entries()))))

    def save(self, path: Path) -> bool:
        """Write what is shown as CSV and return whether that worked; if not, say why."""
        try:
            # The mark at the beginning tells spreadsheets that the text is UTF-8.
            text = self._texts.as_csv(self.shown_entries())
            path.write_text(text, encoding="utf-8-sig", newline="")
        except OSError as error:
            failed = self.tr("Not saved: {reason}. Choose another folder.")
            self.show_note(failed.format(reason=error.strerror or str(error)))
            return False
        saved = self.tr("Saved as {file}")
        self.show_note(saved.format(file=formats.isolate(path.name)))
        return True

    def _keeping_current(self, change: Callable[[], None]) -> None:
        """Change what is shown; the chosen row stays chosen while it is there, or the first is."""
        index = self.table.currentIndex()
        entry = index.data(ReportRole.ENTRY)
        change()
        row = -1 if entry is None else self._model.row_of(entry)
        chosen = self._model.index(max(0, row), max(0, index.column()))
        self.table.setCurrentIndex(chosen)
        self._show_details(chosen)

    def _make_filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID + 2)
        choices = [(ALL, self.tr("All"), len(self._model.shown()))]
        choices += [
            (outcome.value, formats.outcome_name(outcome), self._report.count(outcome))
            for outcome in Outcome
        ]
        for name, text, count in choices:
            button = QPushButton(f"{text} {formats.isolate(formats.number(count))}")
            button.setObjectName(name)
            button.setProperty("kind", "filter")
            button.setCheckable(True)
            button.setEnabled(count > 0)
            button.setAutoDefault(False)
            self._filters.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self._filters.buttonClicked.connect(self._choose)
        return row

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName(self.tr("Rows and files of the import"))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setItemDelegate(ReportCell(table))
        rows = table.verticalHeader()
        rows.setSectionResizeMode(rows.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.hide()
        table.setModel(self._model)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        for column, width in ((Column.RESULT, 132), (Column.PLACE, 232), (Column.PAGES, 72)):
            header.resizeSection(column, width)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self._sort)
        table.activated.connect(self._open)
        table.selectionModel().currentRowChanged.connect(self._show_details)
        return table

    @Slot(QAbstractButton)
    def _choose(self, button: QAbstractButton) -> None:
        name = button.objectName()
        self.filter_by(None if name == ALL else Outcome(name))

    @Slot(int, Qt.SortOrder)
    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        self._keeping_current(lambda: self._model.sort(column, order))

    @Slot(QModelIndex)
    def _show_details(self, index: QModelIndex) -> None:
        entry = index.data(ReportRole.ENTRY)
        self.details.setPlainText("" if entry is None else self._texts.details(entry))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        entry: Entry = index.data(ReportRole.ENTRY)
        if entry.record_id is not None:
            self.record_opened.emit(entry.record_id)
