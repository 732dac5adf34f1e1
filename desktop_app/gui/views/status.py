"""The line at the foot of the window: how much there is, and what is going on."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from desktop_app.domain.operations import Progress
from desktop_app.gui import formats, icons, theme
from desktop_app.gui.models.pace import Pace
from desktop_app.gui.theme import GRID

from .activity import progress_text
from .labels import label, without_mnemonics


class StatusLine(QFrame):
    """Shows records, pages, the state of the index, and the job that runs."""

    activity_requested = Signal()
    """The person wants to see what is going on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Status")
        self._counts = label(kind="caption")
        self._mark = QLabel()
        self._index = label(kind="caption")
        self._note = label(kind="caption")
        self._pending = 0
        self._job = QPushButton()
        self._job.setProperty("kind", "link")
        self._job.setToolTip(self.tr("Show activity"))
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(120)
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self._counts)
        row.addSpacing(2 * GRID)
        row.addWidget(self._mark)
        row.addWidget(self._index)
        row.addSpacing(2 * GRID)
        row.addWidget(self._note, 1)
        row.addWidget(self._job)
        row.addWidget(self._bar)
        self.setFixedHeight(32)
        self._note.setMinimumWidth(1)
        self._job.clicked.connect(self.activity_requested)
        self.show_job(None)

    def show_counts(self, records: int, pages: int) -> None:
        """Show how many records and pages the archive holds."""
        self._counts.setText(formats.joined([formats.records(records), formats.pages(pages)]))

    def show_index(self, pending: int) -> None:
        """Show how many records are not searchable yet."""
        self._pending = pending
        if pending:
            text = self.tr("{records} waiting for the index").format(
                records=formats.records(pending)
            )
        else:
            text = self.tr("Index up to date")
        self._index.setText(text)
        self._draw()

    def show_note(self, text: str) -> None:
        """Show a remark, for instance what was just done; "" removes it."""
        self._note.setText(text)

    def show_job(
        self, title: str | None, progress: Progress | None = None, pace: Pace | None = None
    ) -> None:
        """Show a running job, how far it is and how long it may take; None when nothing runs."""
        self._job.setVisible(title is not None)
        self._bar.setVisible(title is not None)
        if title is None:
            return
        shown = progress or Progress(done=0, total=0)
        text = formats.joined([title, progress_text(shown, pace, with_rate=False)])
        self._job.setText(without_mnemonics(text))
        self._bar.setAccessibleName(title)
        self._bar.setRange(0, shown.total)
        self._bar.setValue(shown.done)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the activity with a click on the progress bar as well."""
        super().mouseReleaseEvent(event)
        over = self._bar.isVisible() and self._bar.geometry().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and over:
            self.activity_requested.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the sign of the index again when colours change."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_bar"):
            self._draw()

    def _draw(self) -> None:
        table = theme.colours()
        name, colour = ("clock", table.warning) if self._pending else ("check", table.good)
        ratio = self.devicePixelRatioF()
        self._mark.setPixmap(icons.pixmap(name, colour, 14, ratio=ratio))
