"""A line that says how far a check has come, with a way to stop it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from desktop_app.domain.operations import Progress
from desktop_app.gui import formats
from desktop_app.gui.models.pace import Pace
from desktop_app.gui.theme import GRID

from .activity import progress_text
from .labels import label


class CheckingLine(QWidget):
    """Told the progress of a check."""

    stopped = Signal()
    """The person does not want to wait for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = label()
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(self.tr("Check"))
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 3 * GRID)
        row.setSpacing(3 * GRID)
        row.addWidget(self._text)
        row.addWidget(self._bar, 1)
        row.addWidget(self.stop)
        self.stop.clicked.connect(self._stop)
        self.hide()

    def begin(self) -> None:
        """Show that a check has begun; what it will take is not known yet."""
        self.stop.setEnabled(True)
        self.show_progress(Progress(0, 0))
        self.stop.setFocus()

    def show_progress(self, progress: Progress, pace: Pace | None = None) -> None:
        """Show how far the check is."""
        text = self.tr("Checking, nothing is stored")
        self._text.setText(formats.joined([text, progress_text(progress, pace)]))
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)

    @Slot()
    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.stopped.emit()
