"""What runs in the background, told to the list of jobs and the status line."""

from PySide6.QtCore import QObject, Slot

from desktop_app.domain.imports import ImportReport
from desktop_app.domain.operations import Progress
from desktop_app.gui.jobs import Job, Jobs
from desktop_app.gui.messages import error_text
from desktop_app.gui.models.jobs import JobsModel
from desktop_app.gui.models.report_texts import can_undo, summary
from desktop_app.gui.views.status import StatusLine


class Activity(QObject):
    """Wires the jobs to what shows them, and keeps the reports of this session's imports."""

    def __init__(self, jobs: Jobs, status: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        self.model = JobsModel(self)
        self._jobs = jobs
        self._status = status
        self._running: dict[int, Job] = {}
        self._reports: dict[int, ImportReport] = {}
        self._undone: set[str] = set()
        jobs.started.connect(self._start)
        jobs.progressed.connect(self._progress)
        jobs.finished.connect(self._finish)
        jobs.cancelled.connect(self._cancelled)
        jobs.failed.connect(self._fail)

    def keep_report(self, job: Job, report: ImportReport) -> None:
        """Offer the report of a finished import in its row."""
        self._reports[job.id] = report
        self.model.finish(job.id, summary(report), has_report=True, can_undo=can_undo(report))

    def note_undone(self, report: ImportReport, text: str) -> None:
        """Say in the row of an import that it was taken back."""
        self._undone.add(report.import_id)
        for job_id, kept in self._reports.items():
            if kept.import_id == report.import_id and self.model.knows(job_id):
                self.model.finish(job_id, text, has_report=True)

    def is_undone(self, report: ImportReport) -> bool:
        """Return whether an import was taken back in this session."""
        return report.import_id in self._undone

    def report(self, job_id: int) -> ImportReport | None:
        """Return the report of an import of this session."""
        return self._reports.get(job_id)

    @Slot(int)
    def cancel(self, job_id: int) -> None:
        """Ask a job to stop at its next safe place."""
        if job_id in self._running:
            self._running[job_id].cancel()
            self.model.cancelling(job_id)

    @Slot(object)
    def _start(self, job: Job) -> None:
        self._running[job.id] = job
        self.model.start(job.id, job.title)
        self._show()

    @Slot(object, object)
    def _progress(self, job: Job, progress: Progress) -> None:
        self.model.progress(job.id, progress)
        self._show()

    @Slot(object)
    def _finish(self, job: Job) -> None:
        self._end(job, self.tr("Done"))

    @Slot(object)
    def _cancelled(self, job: Job) -> None:
        self._end(job, self.tr("Stopped. What was finished is kept; do it again to finish it."))

    @Slot(object, object)
    def _fail(self, job: Job, error: Exception) -> None:
        self._end(job, error_text(error), failed=True)

    def _end(self, job: Job, text: str, *, failed: bool = False) -> None:
        self._running.pop(job.id, None)
        self.model.finish(job.id, text, failed=failed)
        self._show()

    def _show(self) -> None:
        """Show the job that has run longest in the status line."""
        running = self.model.running
        if not running:
            self._status.show_job(None)
            return
        self._status.show_job(running[-1].title, running[-1].progress, running[-1].pace)
