"""What runs in the background, told to the list of jobs and the status line."""

from PySide6.QtCore import QObject, Slot

from desktop_app.domain.imports import ImportReport
from desktop_app.domain.operations import Progress
from desktop_app.gui.jobs import Job, Jobs
from desktop_app.gui.messages import error_text
from desktop_app.gui.models.import_files import summary
from desktop_app.gui.models.jobs import JobsModel
from desktop_app.gui.views.status import StatusLine


class Activity(QObject):
    """Wires the jobs to what shows them, and keeps the reports of this session's imports."""

    def __init__(self, jobs: Jobs, status: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        self.model = JobsModel(self)
        self._jobs = jobs
        self._status = status
        self._running: dict[int, tuple[Job, Progress | None]] = {}
        self._reports: dict[int, ImportReport] = {}
        jobs.started.connect(self._start)
        jobs.progressed.connect(self._progress)
        jobs.finished.connect(self._finish)
        jobs.cancelled.connect(self._cancelled)
        jobs.failed.connect(self._fail)

    def keep_report(self, job: Job, report: ImportReport) -> None:
        """Offer the report of a finished import in its row."""
        self._reports[job.id] = report
        self.model.finish(job.id, summary(report), has_report=True)

    def report(self, job_id: int) -> ImportReport | None:
        """Return the report of an import of this session."""
        return self._reports.get(job_id)

    @Slot(int)
    def cancel(self, job_id: int) -> None:
        """Ask a job to stop at its next safe place."""
        if job_id in self._running:
            self._running[job_id][0].cancel()
            self.model.cancelling(job_id)

    @Slot(object)
    def _start(self, job: Job) -> None:
        self._running[job.id] = (job, None)
        self.model.start(job.id, job.title)
        self._show()

    @Slot(object, object)
    def _progress(self, job: Job, progress: Progress) -> None:
        self._running[job.id] = (job, progress)
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
        if not self._running:
            self._status.show_job(None)
            return
        job, progress = next(iter(self._running.values()))
        self._status.show_job(job.title, progress)
