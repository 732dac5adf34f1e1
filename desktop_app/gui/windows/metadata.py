"""From dropped metadata files to an import: reading, previewing, checking."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.domain.exchange.mapping import ColumnMapping
from desktop_app.domain.exchange.rows import UnreadableMetadata
from desktop_app.domain.imports import ImportReport
from desktop_app.domain.operations import Operation, Progress
from desktop_app.gui import formats
from desktop_app.gui.dialogs.metadata_import import MetadataImportDialog
from desktop_app.gui.jobs import Job, Lane
from desktop_app.gui.messages import error_text
from desktop_app.gui.models.import_draft import ImportRequest
from desktop_app.gui.models.pace import PaceKeeper
from desktop_app.gui.models.report_texts import ValueText
from desktop_app.gui.session import Session

Value = TypeVar("Value")


class MetadataJourney(QObject):
    """Wires one import window to the archive, until it is closed."""

    import_requested = Signal(object)
    """An `ImportRequest` that a person wants imported."""
    refused_rows_wanted = Signal(object, object, object)
    """A report, a metadata file and where to save its refused rows (both `Path`)."""
    closed = Signal()

    def __init__(
        self,
        session: Session,
        window: QWidget,
        value_text: ValueText,
        remembered: dict[Path, ColumnMapping],
    ) -> None:
        super().__init__(window)
        self._session = session
        self._value_text = value_text
        self._remembered = remembered
        self._open = True
        self._check: Job | None = None
        self._pace = PaceKeeper()
        self._report: ImportReport | None = None
        self.dialog = MetadataImportDialog(window)
        dialog = self.dialog
        dialog.paths_added.connect(self.add)
        dialog.preview_wanted.connect(self._preview)
        dialog.check_requested.connect(self._begin_check)
        dialog.check_cancelled.connect(self._cancel_check)
        dialog.import_requested.connect(self.import_requested)
        dialog.refused_rows_wanted.connect(self._save_refused)
        dialog.finished.connect(self._close)
        jobs = session.jobs
        jobs.progressed.connect(self._show_progress)
        jobs.cancelled.connect(self._note_stop)
        jobs.failed.connect(self._note_failure)
        dialog.show()

    @Slot(object)
    def add(self, paths: Sequence[Path]) -> None:
        """Add files and folders, telling metadata files from others."""
        cataloguing = self._session.archive.cataloguing
        self._session.jobs.ask(
            f"recognised {time.monotonic_ns()}",
            lambda: cataloguing.recognised(paths),
            lambda found: self.add_recognised(*found),
            self._note_error,
        )

    def add_recognised(self, metadata: Sequence[Path], others: Sequence[Path]) -> None:
        """Add files of which it is known what they are, and read the metadata files."""
        if self._open:
            for path in self.dialog.add(metadata, others):
                self._read(path)

    def show_note(self, text: str) -> None:
        """Show a sentence in the window."""
        if self._open:
            self.dialog.show_note(text)

    def _read(self, path: Path) -> None:
        cataloguing = self._session.archive.cataloguing
        self._session.jobs.ask(
            f"metadata {path}",
            lambda: cataloguing.read(path),
            self._while_open(
                lambda file: self.dialog.show_file(path, file, self._remembered.get(path))
            ),
            self._while_open(
                lambda error: self.dialog.show_unreadable(path, _why_unreadable(error))
            ),
        )

    @Slot(object, object, str)
    def _preview(self, path: Path, mapping: ColumnMapping, sheet: str) -> None:
        source = self.dialog.draft.source(path)
        file = None if source is None else source.file
        if file is None:
            return
        cataloguing, language = self._session.archive.cataloguing, formats.language()
        self._session.jobs.ask(
            "preview",
            lambda: cataloguing.preview(file, mapping, sheet, language=language),
            self._while_open(lambda rows: self.dialog.show_preview(path, sheet, rows)),
            self._while_open(lambda error: self.dialog.show_no_preview(error_text(error))),
        )

    @Slot(object)
    def _begin_check(self, request: ImportRequest) -> None:
        self._pace = PaceKeeper()
        self._check = self._session.jobs.run(
            Lane.WRITE,
            self.tr("Check of {files}").format(files=named(request)),
            lambda: operation(self._session, request, dry_run=True),
            self._while_open(self._show_report),
        )

    @Slot()
    def _cancel_check(self) -> None:
        if self._check is not None:
            self._check.cancel()

    def _show_report(self, report: ImportReport) -> None:
        self._check, self._report = None, report
        self.dialog.show_report(report, self._value_text)

    @Slot(object, object)
    def _show_progress(self, job: Job, progress: Progress) -> None:
        if self._open and job is self._check:
            self.dialog.show_progress(progress, self._pace.note(progress, time.monotonic()))

    @Slot(object)
    def _note_stop(self, job: Job) -> None:
        self._end_check(job, self.tr("The check was stopped."))

    @Slot(object, object)
    def _note_failure(self, job: Job, error: Exception) -> None:
        self._end_check(job, error_text(error))

    def _end_check(self, job: Job, text: str) -> None:
        if self._open and job is self._check:
            self._check = None
            self.dialog.show_check_ended(text)

    @Slot(object, object)
    def _save_refused(self, source: Path, target: Path) -> None:
        self.refused_rows_wanted.emit(self._report, source, target)

    @Slot()
    def _close(self) -> None:
        self._open = False
        self._cancel_check()
        self._remembered |= self.dialog.draft.request().mappings
        self.closed.emit()
        self.deleteLater()

    def _while_open(self, show: Callable[[Value], None]) -> Callable[[Value], None]:
        """Return `show`, which does nothing once the window is closed."""
        return lambda value: show(value) if self._open else None

    def _note_error(self, error: Exception) -> None:
        self.show_note(error_text(error))


def operation(
    session: Session, request: ImportRequest, *, dry_run: bool = False
) -> Operation[ImportReport]:
    """Return the import that a person asked for, or its check."""
    return session.archive.cataloguing.import_sources(
        request.paths,
        metadata=request.metadata,
        mappings=request.mappings,
        access=request.access,
        replaces=request.replaces,
        dry_run=dry_run,
    )


def named(request: ImportRequest) -> str:
    """Return what an import is of: the names of its metadata files."""
    return formats.joined([path.name for path in request.metadata], ", ")


def _why_unreadable(error: Exception) -> str:
    return error.reason if isinstance(error, UnreadableMetadata) else error_text(error)
