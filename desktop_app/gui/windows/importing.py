"""Choosing what to import, running it, showing what became of it, and taking it back."""

import time
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.domain.changes.change import Value
from desktop_app.domain.exchange.headings import DEFINITIONS, LANGUAGES
from desktop_app.domain.exchange.mapping import ColumnMapping
from desktop_app.domain.imports import ImportReport, Outcome
from desktop_app.domain.operations import Operation, Progress
from desktop_app.exchange.tables import text_of
from desktop_app.exchange.workbook_template import write_template
from desktop_app.gui import formats
from desktop_app.gui.dialogs import paths as choosing
from desktop_app.gui.dialogs.import_report import ImportReportDialog
from desktop_app.gui.dialogs.undoing import UndoQuestion, undone_text
from desktop_app.gui.jobs import Job, Lane
from desktop_app.gui.messages import error_text
from desktop_app.gui.models.import_draft import ImportRequest
from desktop_app.gui.session import Session
from desktop_app.services.import_undo import UndoneImport
from desktop_app.services.term_labels import labels, schemes

from .activity import Activity
from .metadata import MetadataJourney, named, operation
from .watching import Watcher


class Importer(QObject):
    """Wires the import dialogs to the archive."""

    noted = Signal(str)
    """What an import did, in one sentence."""
    record_opened = Signal(str)
    """The id of a record that was chosen in a report."""

    def __init__(
        self, session: Session, activity: Activity, watcher: Watcher, window: QWidget
    ) -> None:
        super().__init__(window)
        self._watcher = watcher
        watcher.import_requested.connect(self.import_paths)
        watcher.noted.connect(self.noted)
        self._session = session
        self._activity = activity
        self._window = window
        self._journey: MetadataJourney | None = None
        self._remembered: dict[Path, ColumnMapping] = {}
        self._shown: dict[str, ImportReportDialog] = {}
        self._jobs: set[int] = set()
        session.jobs.cancelled.connect(self._note_stop)

    # Choosing

    @Slot()
    def choose_files(self) -> None:
        """Ask for PDFs and metadata files, and import them."""
        self._take_chosen(choosing.ask_for_files(self._window))

    @Slot()
    def choose_metadata(self) -> None:
        """Ask for metadata files and open the window that imports them."""
        self._take_chosen(choosing.ask_for_metadata(self._window))

    @Slot()
    def choose_folder(self) -> None:
        """Ask for a folder and import every PDF below it."""
        self._take_chosen(choosing.ask_for_folder(self._window))

    def offer(self, position: QPoint) -> None:
        """Ask at `position` on the screen what is meant."""
        menu = QMenu(self._window)
        menu.addAction(self.tr("Choose PDFs or metadata files…")).triggered.connect(
            self.choose_files
        )
        menu.addAction(self.tr("Choose a folder…")).triggered.connect(self.choose_folder)
        menu.addAction(self.tr("Import metadata…")).triggered.connect(self.choose_metadata)
        menu.addSeparator()
        template = menu.addMenu(self.tr("Write a template workbook"))
        for language in LANGUAGES:
            action = template.addAction(formats.language_name(language))
            action.triggered.connect(lambda _=False, code=language: self.choose_template(code))
        folder = self._watcher.folder
        if folder is None:
            watch = menu.addAction(self.tr("Watch a folder for new PDFs…"))
            watch.triggered.connect(self._watcher.choose)
        else:
            stop = self.tr("Stop watching {folder}").format(folder=formats.isolate(folder.name))
            menu.addAction(stop).triggered.connect(self._watcher.stop)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(position)

    def choose_template(self, language: str) -> None:
        """Ask where to write the workbook that people fill in, and write it."""
        suggested = f"evaluation-archive-template-{language}.xlsx"
        target = choosing.ask_where_to_write(self._window, suggested)
        if target is None:
            return
        terms = self._session.archive.terms
        written = self.tr("Written: {file}. Fill it in, then drop it here to import it.")
        self._session.jobs.ask(
            "template",
            lambda: write_template(target, language, schemes(terms.controlled(), language)),
            lambda _: self.noted.emit(written.format(file=formats.isolate(target.name))),
            lambda error: self.noted.emit(_not_written(error)),
        )

    def take(self, paths: Sequence[Path]) -> None:
        """Import what was dropped or chosen; metadata files open the window for them."""
        if all(path.suffix.lower() == ".pdf" or path.is_dir() for path in paths):
            # No metadata file is called so: nothing has to be looked into.
            self.import_paths(paths)
            return
        cataloguing = self._session.archive.cataloguing

        def go_on(found: tuple[list[Path], list[Path]]) -> None:
            if found[0]:
                self._open_journey(*found)
            else:
                self.import_paths(paths)

        self._session.jobs.ask(
            # A topic of its own: what was dropped first must not be forgotten.
            f"dropped {time.monotonic_ns()}",
            lambda: cataloguing.recognised(paths),
            go_on,
            self._note_error,
        )

    def _take_chosen(self, paths: Sequence[Path]) -> None:
        if paths:
            self.take(paths)

    # Importing

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import PDFs and folders in the background."""
        importing = self._session.archive.importing
        self._run(self.tr("Import"), lambda: importing.import_paths(paths))

    def import_starter(self) -> None:
        """Bring in the starter guides in the background."""
        self._run(self.tr("Starter guides"), self._session.archive.importing.import_starter)

    def _open_journey(self, metadata: Sequence[Path], others: Sequence[Path]) -> None:
        """Open the window for metadata files, or add to the one that is open."""
        journey = self._journey
        if journey is None:
            journey = MetadataJourney(
                self._session, self._window, self._value_text, self._remembered
            )
            self._journey = journey
            journey.import_requested.connect(self._import)
            journey.refused_rows_wanted.connect(self._save_refused)
            journey.dialog.record_opened.connect(self.record_opened)
            journey.closed.connect(self._forget_journey)
        journey.add_recognised(metadata, others)
        journey.dialog.activateWindow()

    @Slot()
    def _forget_journey(self) -> None:
        self._journey = None

    @Slot(object)
    def _import(self, request: ImportRequest) -> None:
        title = self.tr("Import of {files}").format(files=named(request))
        self._run(title, lambda: operation(self._session, request))

    def _run(self, title: str, begin: Callable[[], Operation[ImportReport]]) -> None:
        job = self._session.jobs.run(
            Lane.WRITE, title, begin, lambda report: self._finish(job, report)
        )
        self._jobs.add(job.id)

    @Slot(object)
    def _note_stop(self, job: Job) -> None:
        """Keep what an import stored before it was stopped, so that it can be taken back."""
        if job.id not in self._jobs:
            return

        def keep(report: ImportReport | None) -> None:
            if report is not None and report.files:
                self._activity.keep_report(job, report)

        importing = self._session.archive.importing
        self._session.jobs.ask(f"stopped {job.id}", importing.broken_off, keep, self._note_error)

    def _finish(self, job: Job, report: ImportReport) -> None:
        self._activity.keep_report(job, report)
        self._session.changed.emit()
        added = formats.records(report.count(Outcome.ADDED))
        self.noted.emit(self.tr("Imported: {records}").format(records=added))
        if report.sources or report.of(Outcome.REFUSED) or report.of(Outcome.DUPLICATE):
            self._show_report(report)

    # Reports

    @Slot(int)
    def show_report_of(self, job_id: int) -> None:
        """Show the report of an import of this session again."""
        report = self._activity.report(job_id)
        if report is not None:
            self._show_report(report)

    @Slot(int)
    def undo_of(self, job_id: int) -> None:
        """Take an import of this session back, if a person says so."""
        report = self._activity.report(job_id)
        if report is not None:
            self._ask_to_undo(report, self._window)

    def _show_report(self, report: ImportReport) -> None:
        dialog = ImportReportDialog.ask(
            self._window,
            report,
            value_text=self._value_text,
            undone=self._activity.is_undone(report),
        )
        dialog.record_opened.connect(self.record_opened)
        dialog.undo_requested.connect(lambda: self._ask_to_undo(report, dialog))
        dialog.refused_rows_wanted.connect(
            lambda source, target: self._save_refused(report, source, target)
        )
        self._shown[report.import_id] = dialog
        dialog.finished.connect(lambda: self._shown.pop(report.import_id, None))

    @Slot(object, object, object)
    def _save_refused(self, report: ImportReport, source: Path, target: Path) -> None:
        cataloguing = self._session.archive.cataloguing
        saved = self.tr("Saved: {rows} as {file}. Correct them there and import that file.")

        def note(count: int) -> None:
            text = saved.format(rows=formats.rows(count), file=formats.isolate(target.name))
            self._note_on(report, text)

        self._session.jobs.ask(
            f"refused rows {target}",
            lambda: cataloguing.save_refused(report, source, target),
            note,
            lambda error: self._note_on(report, _not_written(error)),
        )

    def _note_on(self, report: ImportReport, text: str) -> None:
        """Say something of a report where it is shown."""
        dialog = self._shown.get(report.import_id)
        if dialog is not None and not report.dry_run:
            dialog.show_note(text)
        elif self._journey is not None and report.dry_run:
            self._journey.show_note(text)
        else:
            self.noted.emit(text)

    # Taking back

    def _ask_to_undo(self, report: ImportReport, parent: QWidget) -> None:
        UndoQuestion.ask(parent, report, lambda: self._undo(report))

    def _undo(self, report: ImportReport) -> None:
        importing, import_id = self._session.archive.importing, report.import_id

        def begin() -> Generator[Progress, None, UndoneImport]:
            # Behind an import that still runs, and not at the same time as one.
            yield Progress(0, 0)
            return importing.undo(import_id)

        self._session.jobs.run(
            Lane.WRITE,
            self.tr("Undoing an import"),
            begin,
            lambda undone: self._note_undone(report, undone),
        )

    def _note_undone(self, report: ImportReport, undone: UndoneImport) -> None:
        text = undone_text(undone.removed, undone.reverted, undone.kept)
        self._activity.note_undone(report, text)
        dialog = self._shown.get(report.import_id)
        if dialog is not None:
            dialog.show_undone(text)
        self.noted.emit(text)
        self._session.changed.emit()

    def _value_text(self, field: str, value: Value) -> str:
        """Return what a field holds, codes by their names in the language of the window."""
        known = labels(self._session.archive.terms.controlled(), formats.language())
        kinds = [fields for fields in DEFINITIONS.values() if field in fields]
        definition = kinds[0][field] if kinds else None
        return text_of(definition, value, known)

    def _note_error(self, error: Exception) -> None:
        self.noted.emit(error_text(error))


def _not_written(error: Exception) -> str:
    if isinstance(error, OSError):
        failed = QCoreApplication.translate(
            "Importer", "Not saved: {reason}. Choose another folder."
        )
        return failed.format(reason=error.strerror or str(error))
    return error_text(error)
