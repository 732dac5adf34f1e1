"""What an import did, row by row and file by file, in a window beside the main one."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.imports import ImportReport
from desktop_app.gui.models.report_texts import ValueText, can_undo, plain_value
from desktop_app.gui.theme import GRID
from desktop_app.gui.views.report import ReportView

from .report_buttons import ReportButtons


class ImportReportDialog(QDialog):
    """Shows an `ImportReport` of an import that was made, which can be taken back from here."""

    record_opened = Signal(str)
    """The id of the record of a row that was double-clicked or entered."""
    undo_requested = Signal()
    refused_rows_wanted = Signal(object, object)
    """A metadata file (a `Path`), and the `Path` to save its refused rows as."""

    def __init__(
        self,
        report: ImportReport,
        parent: QWidget | None = None,
        *,
        value_text: ValueText = plain_value,
        undone: bool = False,
    ) -> None:
        super().__init__(parent)
        self.report = report
        self.setWindowTitle(self.tr("Import report"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(960, 640)
        self.view = ReportView(report, value_text)
        self._actions = ReportButtons(report, self.view)
        self._undo = QPushButton(self.tr("Undo this import…"))
        self._undo.setVisible(can_undo(report) and not undone)
        close = QPushButton(self.tr("Close"))
        close.setProperty("kind", "primary")
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self._actions)
        row.addWidget(self._undo)
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(self.view, 1)
        column.addLayout(row)
        for button in (self._undo, close):
            button.setAutoDefault(False)
        self.view.record_opened.connect(self.record_opened)
        self._actions.refused_rows_wanted.connect(self.refused_rows_wanted)
        self._undo.clicked.connect(self.undo_requested)
        close.clicked.connect(self.close)
        self.view.table.setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        report: ImportReport,
        *,
        value_text: ValueText = plain_value,
        undone: bool = False,
    ) -> "ImportReportDialog":
        """Show `report` without blocking `parent`, and return the window."""
        dialog = cls(report, parent, value_text=value_text, undone=undone)
        dialog.show()
        return dialog

    @Slot(str)
    def show_note(self, text: str) -> None:
        """Show a sentence below the rows."""
        self.view.show_note(text)

    def show_undone(self, text: str) -> None:
        """Say what taking the import back did; that is not offered again."""
        self._undo.hide()
        self.view.show_note(text)
