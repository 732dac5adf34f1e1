"""What the windows share: the opened archive, the background jobs, one signal for all screens."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop_app.services.archive import Archive

from .jobs import Jobs


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much the archive holds; `pending` records wait for the index."""

    records: int = 0
    pages: int = 0
    pending: int = 0


class Session(QObject):
    """The opened archive and the work on it. `changed` tells every screen that records changed."""

    changed = Signal()

    def __init__(self, archive: Archive, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.archive = archive
        self.jobs = Jobs(self)

    def holdings(self) -> Holdings:
        """Return how much there is; reads the database, so ask from a lane."""
        held = self.archive.reading.holdings()
        return Holdings(held.records, held.pages, self.archive.indexing.pending())

    def close(self) -> None:
        """Stop the jobs at a safe place, then close the archive."""
        self.jobs.close()
        self.archive.close()
