"""What the program is doing and has done, with a way to stop it."""

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.operations import Progress
from desktop_app.gui import formats, spans
from desktop_app.gui.models.jobs import Job, JobsModel, JobState
from desktop_app.gui.models.pace import Pace
from desktop_app.gui.theme import GRID

from .labels import breakable, label


class ActivityView(QScrollArea):
    """Shows a `JobsModel`, a row for each job."""

    cancel_requested = Signal(int)
    """The id of a job that should stop."""
    report_requested = Signal(int)
    """The id of a finished job whose report should be shown."""
    undo_requested = Signal(int)
    """The id of a finished job that should be taken back."""

    def __init__(self, model: JobsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Activity"))
        content = QWidget()
        content.setObjectName("Activity")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        self._column.setSpacing(2 * GRID)
        self._column.addWidget(label(self.tr("Activity"), "heading"))
        self._nothing = label(
            self.tr("Nothing has run since the program was started. Imports appear here."),
            "soft",
            wrap=True,
        )
        self._column.addWidget(self._nothing)
        self._column.addStretch(1)
        self.setWidget(content)
        self._rows: list[JobRow] = []
        model.rowsInserted.connect(self._insert)
        model.rowsRemoved.connect(self._remove)
        model.dataChanged.connect(self._update)
        if model.rowCount():
            self._insert(QModelIndex(), 0, model.rowCount() - 1)

    @Slot(QModelIndex, int, int)
    def _insert(self, parent: QModelIndex, first: int, last: int) -> None:
        del parent
        for row in range(first, last + 1):
            shown = JobRow(self._model.job(row))
            shown.cancel_requested.connect(self.cancel_requested)
            shown.report_requested.connect(self.report_requested)
            shown.undo_requested.connect(self.undo_requested)
            self._rows.insert(row, shown)
            self._column.insertWidget(2 + row, shown)
        self._nothing.setVisible(not self._rows)

    @Slot(QModelIndex, int, int)
    def _remove(self, parent: QModelIndex, first: int, last: int) -> None:
        del parent
        for shown in self._rows[first : last + 1]:
            self._column.removeWidget(shown)
            shown.deleteLater()
        del self._rows[first : last + 1]
        self._nothing.setVisible(not self._rows)

    @Slot(QModelIndex, QModelIndex)
    def _update(self, first: QModelIndex, last: QModelIndex) -> None:
        for row in range(first.row(), last.row() + 1):
            self._rows[row].show_job(self._model.job(row))


class JobRow(QFrame):
    """One job: its name, how far it is, what it works on, and what can be done about it."""

    cancel_requested = Signal(int)
    report_requested = Signal(int)
    undo_requested = Signal(int)

    def __init__(self, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self.setProperty("card", "true")
        self._title = label(kind="card", wrap=True)
        self._count = label(kind="soft")
        self._bar = QProgressBar(textVisible=False)
        self._item = label(kind="caption", wrap=True)
        self._text = label(wrap=True)
        self._cancel = QPushButton(self.tr("Cancel"))
        self._undo = QPushButton(self.tr("Undo…"))
        self._report = QPushButton(self.tr("Show report"))
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        head.addWidget(self._title, 1)
        head.addWidget(self._count)
        for button in (self._cancel, self._undo, self._report):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        column.setSpacing(GRID + 2)
        column.addLayout(head)
        for part in (self._bar, self._item, self._text):
            column.addWidget(part)
        self._cancel.clicked.connect(self._ask_to_cancel)
        self._report.clicked.connect(self._ask_for_report)
        self._undo.clicked.connect(self._ask_to_undo)
        self.show_job(job)

    def show_job(self, job: Job) -> None:
        """Show how the job stands now."""
        self._job = job
        cancelling = job.state is JobState.CANCELLING
        self._title.setText(breakable(job.title))
        self._count.setText(progress_text(job.progress, job.pace) if job.running else "")
        self._bar.setAccessibleName(job.title)
        # A maximum of 0 shows that something is going on without saying how far it is.
        self._bar.setRange(0, job.progress.total)
        self._bar.setValue(job.progress.done)
        item = self.tr("Stopping after the current file…") if cancelling else job.progress.item
        self._item.setText(formats.isolate(breakable(item)))
        self._text.setText(job.text)
        kind = "bad" if job.state is JobState.FAILED else "soft"
        if self._text.property("type") != kind:
            self._text.setProperty("type", kind)
            self._text.style().polish(self._text)
        for part in (self._bar, self._cancel, self._count):
            part.setVisible(job.running)
        self._item.setVisible(bool(item) and job.running)
        self._cancel.setEnabled(not cancelling)
        self._text.setVisible(bool(job.text) and not job.running)
        self._report.setVisible(job.has_report and not job.running)
        self._undo.setVisible(job.can_undo and not job.running)
        for button, text in ((self._report, self.tr("Show report")), (self._undo, self.tr("Undo"))):
            button.setAccessibleName(formats.joined([text, job.title]))

    @Slot()
    def _ask_to_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self.cancel_requested.emit(self._job.id)

    @Slot()
    def _ask_for_report(self) -> None:
        self.report_requested.emit(self._job.id)

    @Slot()
    def _ask_to_undo(self) -> None:
        self.undo_requested.emit(self._job.id)


def progress_text(progress: Progress, pace: Pace | None = None, *, with_rate: bool = True) -> str:
    """Return "12 of 155 · 8 a second · about 1 minute left", as far as it is known."""
    parts: list[str] = []
    if progress.total:
        done, total = formats.number(progress.done), formats.number(progress.total)
        template = QCoreApplication.translate("Progress", "{done} of {total}")
        parts.append(template.format(done=done, total=total))
    elif progress.done:
        parts.append(formats.number(progress.done))
    if pace is not None and with_rate:
        parts.append(spans.rate(pace.per_second))
    if pace is not None and pace.remaining_s is not None:
        parts.append(spans.time_left(pace.remaining_s))
    return formats.joined(parts)
