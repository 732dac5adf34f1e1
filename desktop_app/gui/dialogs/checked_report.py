"""What an import would do: the page of the import window after a check."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.imports import ImportReport, Outcome
from desktop_app.gui.models.report_texts import ValueText, plain_value
from desktop_app.gui.theme import GRID
from desktop_app.gui.views.report import ReportView

from .report_buttons import ReportButtons


class CheckedReport(QWidget):
    """Shows the report of a dry run, with the ways back and on."""

    back_requested = Signal()
    import_requested = Signal()
    refused_rows_wanted = Signal(object, object)
    """A metadata file (a `Path`), and the `Path` to save its refused rows as."""
    record_opened = Signal(str)
    """The id of a record that is in the archive already."""

    def __init__(
        self,
        report: ImportReport,
        value_text: ValueText = plain_value,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.view = ReportView(report, value_text)
        actions = ReportButtons(report, self.view)
        self.back = QPushButton(self.tr("Back"))
        self.run = QPushButton(self.tr("Import now"))
        self.run.setProperty("kind", "primary")
        new = report.count(Outcome.ADDED) + report.count(Outcome.UPDATED)
        self.run.setEnabled(bool(new))
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self.back)
        row.addWidget(actions)
        row.addStretch(1)
        row.addWidget(self.run)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 3 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(self.view, 1)
        column.addLayout(row)
        for button in (self.back, self.run):
            button.setAutoDefault(False)
        self.back.clicked.connect(self.back_requested)
        self.run.clicked.connect(self.import_requested)
        self.view.record_opened.connect(self.record_opened)
        actions.refused_rows_wanted.connect(self.refused_rows_wanted)
