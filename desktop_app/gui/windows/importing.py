"""Choosing what to import, running it, and showing what became of it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from desktop_app.domain.imports import ImportReport, Outcome
from desktop_app.domain.operations import Operation
from desktop_app.gui import formats
from desktop_app.gui.dialogs.import_report import ImportReportDialog
from desktop_app.gui.jobs import Job, Lane
from desktop_app.gui.session import Session

from .activity import Activity


class Importer(QObject):
    """Wires the import dialogs to the archive."""

    noted = Signal(str)
    """What an import did, in one sentence."""
    record_opened = Signal(str)
    """The id of a record that was chosen in a report."""

    def __init__(self, session: Session, activity: Activity, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._activity = activity
        self._window = window

    @Slot()
    def choose_files(self) -> None:
        """Ask for PDFs and import them."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Import PDFs"),
            "",
            self.tr("PDF files (*.pdf *.PDF);;All files (*)"),
        )
        if names:
            self.import_paths([Path(name) for name in names])

    @Slot()
    def choose_folder(self) -> None:
        """Ask for a folder and import every PDF below it."""
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Import a folder of PDFs"))
        if name:
            self.import_paths([Path(name)])

    def offer(self, position: QPoint) -> None:
        """Ask at `position` on the screen whether files or a folder are meant."""
        menu = QMenu(self._window)
        menu.addAction(self.tr("Choose PDFs…")).triggered.connect(self.choose_files)
        menu.addAction(self.tr("Choose a folder…")).triggered.connect(self.choose_folder)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(position)

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files and folders in the background."""
        importing = self._session.archive.importing
        self._run(self.tr("Import"), lambda: importing.import_paths(paths))

    def import_starter(self) -> None:
        """Bring in the starter guides in the background."""
        self._run(self.tr("Starter guides"), self._session.archive.importing.import_starter)

    @Slot(int)
    def show_report_of(self, job_id: int) -> None:
        """Show the report of an import of this session again."""
        report = self._activity.report(job_id)
        if report is not None:
            self._show_report(report)

    def _run(self, title: str, begin: Callable[[], Operation[ImportReport]]) -> None:
        job = self._session.jobs.run(
            Lane.WRITE, title, begin, lambda report: self._finish(job, report)
        )

    def _finish(self, job: Job, report: ImportReport) -> None:
        self._activity.keep_report(job, report)
        self._session.changed.emit()
        added = formats.records(len(report.of(Outcome.ADDED)))
        self.noted.emit(self.tr("Imported: {records}").format(records=added))
        if report.of(Outcome.REFUSED) or report.of(Outcome.DUPLICATE):
            self._show_report(report)

    def _show_report(self, report: ImportReport) -> None:
        dialog = ImportReportDialog.ask(self._window, report)
        dialog.record_opened.connect(self.record_opened)
