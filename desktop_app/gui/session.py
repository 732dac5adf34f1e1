"""What the windows share: the opened archive, the background jobs, one signal for all screens."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop_app.services.archive import Archive

from .jobs import Jobs

LOOK_MS = 2000
"""How often to look whether another program changed the archive."""


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
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.look_for_changes)
        self._look.start()

    @Slot()
    def look_for_changes(self) -> None:
        """Tell every screen when another program changed records."""
        self.jobs.ask(
            "changed elsewhere", self.archive.changed_elsewhere, self._note_changes, self._ignore
        )

    def _note_changes(self, changed: bool) -> None:
        if changed:
            self.changed.emit()

    def _ignore(self, _error: Exception) -> None:
        """Whatever the person does next meets the same error and says it."""

    def holdings(self) -> Holdings:
        """Return how much there is; reads the database, so ask from a lane."""
        held = self.archive.reading.holdings()
        return Holdings(held.records, held.pages, self.archive.indexing.pending())

    def close(self) -> None:
        """Stop the jobs at a safe place, then close the archive."""
        self._look.stop()
        self.jobs.close()
        self.archive.close()
