"""The watched folder: looked at when the window opens and while nothing else is done."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from desktop_app.gui import formats
from desktop_app.gui.messages import error_text
from desktop_app.gui.session import Session
from desktop_app.gui.views.offer import OfferView
from desktop_app.services.watching import WatchedFolder

FIRST_LOOK_MS = 3_000
EVERY_MS = 5 * 60_000


class Watcher(QObject):
    """Wires the offer of new PDFs to the archive."""

    noted = Signal(str)
    """What was done, in one sentence."""
    import_requested = Signal(object)
    """Files to import: a list of `Path`."""

    def __init__(self, session: Session, view: OfferView, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._view = view
        self._window = window
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._look_when_idle)
        view.accepted.connect(self.import_requested)
        view.declined.connect(self._decline)
        application = QApplication.instance()
        if not session.archive.read_only:
            self._timer.start()
            QTimer.singleShot(FIRST_LOOK_MS, self, self._look_when_idle)
            if isinstance(application, QApplication):
                application.applicationStateChanged.connect(self._look_on_return)

    @property
    def folder(self) -> Path | None:
        """Return the watched folder, None where there is none."""
        return self._session.archive.watching.folder

    @Slot()
    def choose(self) -> None:
        """Ask for the folder to watch."""
        before = str(self.folder or "")
        name = QFileDialog.getExistingDirectory(
            self._window, self.tr("Watch a folder for new PDFs"), before
        )
        if name:
            self.watch(Path(name))

    @Slot()
    def stop(self) -> None:
        """Watch no folder any more."""
        self.watch(None)

    def watch(self, folder: Path | None) -> None:
        """Watch a folder from now on, or none."""
        try:
            self._session.archive.watching.watch(folder)
        except OSError as error:
            failed = self.tr("The choice can't be kept: {reason}.")
            self.noted.emit(failed.format(reason=error.strerror or str(error)))
            return
        if folder is None:
            self._view.hide()
            self.noted.emit(self.tr("No folder is watched any more."))
            return
        watched = self.tr("New PDFs in {folder} will be offered here.")
        self.noted.emit(watched.format(folder=formats.isolate(folder.name)))
        self.look()

    def look(self) -> None:
        """Look through the folder in the background."""
        watching = self._session.archive.watching
        if watching.folder is not None:
            self._session.jobs.ask("watched", watching.look, self._show, self._note_error)

    @Slot()
    def _look_when_idle(self) -> None:
        if not self._session.jobs.running():
            self.look()

    @Slot(Qt.ApplicationState)
    def _look_on_return(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._look_when_idle()

    def _show(self, found: WatchedFolder | None) -> None:
        if found is None:
            self._view.hide()
        else:
            self._view.offer(found.folder, found.new)

    @Slot(object)
    def _decline(self, paths: list[Path]) -> None:
        try:
            self._session.archive.watching.decline(paths)
        except OSError as error:
            self._note_error(error)

    def _note_error(self, error: Exception) -> None:
        self.noted.emit(error_text(error))
