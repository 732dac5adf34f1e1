"""Long operations that run or have run, one row each, the newest first."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop_app.domain.operations import Progress

from .pace import Pace, PaceKeeper

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

NOTHING_DONE = Progress(done=0, total=0)
KEPT = 100
"""How many rows are kept; the oldest finished ones go first."""


class JobState(StrEnum):
    """How a job stands."""

    RUNNING = "running"
    CANCELLING = "cancelling"
    FINISHED = "finished"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """One long operation. `text` is its outcome for people.

    `has_report` offers more to read, `can_undo` to take back what it did.
    """

    id: int
    title: str
    state: JobState = JobState.RUNNING
    progress: Progress = NOTHING_DONE
    text: str = ""
    has_report: bool = False
    can_undo: bool = False
    pace: Pace | None = None

    @property
    def running(self) -> bool:
        """Return whether the job has not ended yet."""
        return self.state in {JobState.RUNNING, JobState.CANCELLING}


class JobRole(IntEnum):
    """What a row can be asked for beside its title."""

    JOB = Qt.ItemDataRole.UserRole + 1


class JobsModel(QAbstractListModel):
    """Told what starts, advances and ends; `clock` gives seconds and never goes back."""

    running_changed = Signal(int)
    """The number of jobs that have not ended."""

    def __init__(
        self, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._jobs: list[Job] = []
        self._paces: dict[int, PaceKeeper] = {}

    @property
    def running(self) -> tuple[Job, ...]:
        """Return the jobs that have not ended, the newest first."""
        return tuple(job for job in self._jobs if job.running)

    def start(self, job_id: int, title: str) -> None:
        """Show a new job at the top. Raises ValueError for an id that is known already."""
        if any(job.id == job_id for job in self._jobs):
            raise ValueError(job_id)
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._jobs.insert(0, Job(job_id, title))
        self.endInsertRows()
        self._forget_oldest()
        self.running_changed.emit(len(self.running))

    def progress(self, job_id: int, progress: Progress) -> None:
        """Show how far a job has come. Raises KeyError for an unknown id."""
        row, job = self._find(job_id)
        if job.running:
            pace = self._paces.setdefault(job_id, PaceKeeper()).note(progress, self._clock())
            self._put(row, replace(job, progress=progress, pace=pace))

    def cancelling(self, job_id: int) -> None:
        """Show that a job was asked to stop and has not stopped yet."""
        row, job = self._find(job_id)
        if job.running:
            self._put(row, replace(job, state=JobState.CANCELLING))

    def finish(
        self,
        job_id: int,
        text: str,
        failed: bool = False,
        has_report: bool = False,
        can_undo: bool = False,
    ) -> None:
        """Show how a job ended. Raises KeyError for an unknown id."""
        row, job = self._find(job_id)
        self._paces.pop(job_id, None)
        state = JobState.FAILED if failed else JobState.FINISHED
        ended = replace(job, state=state, text=text, has_report=has_report, can_undo=can_undo)
        self._put(row, replace(ended, pace=None))
        self.running_changed.emit(len(self.running))

    def knows(self, job_id: int) -> bool:
        """Return whether a job still has a row."""
        return any(job.id == job_id for job in self._jobs)

    def job(self, row: int) -> Job:
        """Return the job in `row`; raises IndexError outside the list."""
        return self._jobs[row]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of jobs."""
        return 0 if parent.isValid() else len(self._jobs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title or, for `JobRole.JOB`, the job itself."""
        if not index.isValid():
            return None
        job = self._jobs[index.row()]
        if role == JobRole.JOB:
            return job
        if role == Qt.ItemDataRole.DisplayRole:
            return job.title
        return None

    def _find(self, job_id: int) -> tuple[int, Job]:
        for row, job in enumerate(self._jobs):
            if job.id == job_id:
                return row, job
        raise KeyError(job_id)

    def _put(self, row: int, job: Job) -> None:
        self._jobs[row] = job
        index = self.index(row)
        self.dataChanged.emit(index, index)

    def _forget_oldest(self) -> None:
        for row in reversed(range(len(self._jobs))):
            if len(self._jobs) <= KEPT:
                return
            if not self._jobs[row].running:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._jobs[row]
                self.endRemoveRows()
