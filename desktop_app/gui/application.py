"""Starts the window: the application object, its look, garbage collection, the last-resort hook."""

import gc
import logging
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QLocale, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from desktop_app.config.paths import default_archive, resources
from desktop_app.domain.errors import ArchiveBusy, ArchiveError
from desktop_app.domain.opening_errors import UnsafePlace
from desktop_app.services.archive import Archive, is_archive
from desktop_app.services.presence import Program

from . import theme
from .dialogs import opening
from .dialogs.first_run import Choice, FirstRunDialog
from .messages import error_text
from .session import Session
from .windows.main import MainWindow

COLLECT_MS = 1000
RIGHT_TO_LEFT = frozenset({"ar"})
LOCALES = {"ar": "ar_AE"}
"""`ar` alone writes Arabic-Indic digits; most readers here expect Latin ones."""

_log = logging.getLogger(__name__)


class Collector(QObject):
    """Collects garbage on the GUI thread only.

    Python's automatic collection may run on any thread, and a QObject freed on a worker thread
    crashes the program (as Anki found).
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=COLLECT_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    @Slot()
    def _collect(self) -> None:
        for generation, (count, threshold) in enumerate(
            zip(gc.get_count(), gc.get_threshold(), strict=True)
        ):
            if threshold and count > threshold:
                gc.collect(generation)


def run_window(folder: Path, language: str | None) -> int:
    """Open the window on the archive in `folder` and return the exit status when it is closed.

    A default archive that does not exist yet is made with the starter guides; a folder that was
    named is only made into an archive when a person says so.
    """
    application = make_application(language)
    try:
        opened = open_archive(folder)
    except ArchiveError as error:
        QMessageBox.critical(None, application.applicationDisplayName(), error_text(error))
        return error.exit_code
    if opened is None:
        return 0
    window = show_window(*opened)
    status = application.exec()
    window.deleteLater()
    return status


def make_application(language: str | None = None) -> QApplication:
    """Return the application object with fonts, colours, direction and hooks set."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        raise TypeError(application)
    application.setApplicationName("evaluation-archive")
    application.setApplicationDisplayName("Evaluation Archive")
    application.setWindowIcon(QIcon(str(resources() / "icons" / "application.svg")))
    if language:
        QLocale.setDefault(QLocale(LOCALES.get(language, language)))
    if language in RIGHT_TO_LEFT:
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    theme.apply(application)
    Collector(application)
    sys.excepthook = report_crash
    return application


def open_archive(folder: Path) -> tuple[Archive, bool] | None:
    """Return the archive to show and whether it is to be given the starter guides.

    Where it can't be opened for writing, a person decides what to do instead. None when a person
    decided against all of it.
    """
    while True:
        try:
            return _open_or_make(folder)
        except (UnsafePlace, ArchiveBusy) as error:
            choice = opening.OpeningDialog.ask(None, error, can_read=is_archive(folder))
        if choice is opening.Choice.READ:
            return Archive(folder, read_only=True), False
        title = QCoreApplication.translate("Application", "Choose the folder of an archive")
        chosen = None if choice is None else opening.ask_for_folder(None, title)
        if chosen is None:
            return None
        folder = chosen


def _open_or_make(folder: Path) -> tuple[Archive, bool] | None:
    if is_archive(folder):
        return Archive(folder, program=Program.WINDOW), False
    if folder == default_archive():
        return Archive.create(folder, program=Program.WINDOW), True
    choice = FirstRunDialog.ask(None, folder)
    if choice is None:
        return None
    return Archive.create(folder, program=Program.WINDOW), choice is Choice.STARTER


def show_window(archive: Archive, with_starter: bool = False) -> MainWindow:
    """Show the main window on an opened archive."""
    window = MainWindow(Session(archive))
    window.show()
    if with_starter:
        window.importer.import_starter()
    return window


def report_crash(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    """Log what nobody caught and say so; work under way is not lost."""
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    _log.critical("not caught", exc_info=(kind, error, traceback))
    sys.__excepthook__(kind, error, traceback)
    box = QMessageBox(_active_window())
    box.setIcon(QMessageBox.Icon.Critical)
    box.setText(error_text(error))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def _active_window() -> QWidget | None:
    return QApplication.activeWindow()
