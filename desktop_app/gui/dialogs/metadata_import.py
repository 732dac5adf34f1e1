"""The window in which metadata files are imported: files, mapping, preview, check, import."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.exchange.headings import SheetKind
from desktop_app.domain.exchange.mapping import ColumnMapping, SheetMapping
from desktop_app.domain.exchange.rows import MetadataFile
from desktop_app.domain.imports import ImportReport, PreviewedRow
from desktop_app.domain.operations import Progress
from desktop_app.domain.records import Access
from desktop_app.gui.models.import_draft import ImportDraft, ImportRequest, Source
from desktop_app.gui.models.pace import Pace
from desktop_app.gui.models.report_texts import ValueText, plain_value
from desktop_app.gui.theme import GRID
from desktop_app.gui.views.checking import CheckingLine
from desktop_app.gui.views.labels import label
from desktop_app.gui.views.source_pane import SourcePane
from desktop_app.gui.views.sources import SourcesPane

from .checked_report import CheckedReport
from .mapping_files import ask_for_mapping, ask_where_to_save, read_mapping, write_mapping
from .paths import ask_for_files, ask_for_folder

WIDTH, HEIGHT, SIDE = 1240, 720, 268


class MetadataImportDialog(QDialog):
    """Told files, previews and reports; says what a person wants done.

    It stays open while a check runs; an import goes on without it.
    """

    paths_added = Signal(object)
    """Files and folders (a list of `Path`) that were dropped or chosen, metadata files or not."""
    preview_wanted = Signal(object, object, str)
    """A metadata file (a `Path`), its `ColumnMapping`, and the name of the sheet to preview."""
    check_requested = Signal(object)
    """An `ImportRequest` to be checked without storing anything."""
    check_cancelled = Signal()
    import_requested = Signal(object)
    """An `ImportRequest` to be imported; the window closes by itself."""
    refused_rows_wanted = Signal(object, object)
    """A metadata file (a `Path`), and the `Path` to save its refused rows as."""
    record_opened = Signal(str)
    """The id of a record that was chosen in the report of a check."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import metadata"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.resize(WIDTH, HEIGHT)
        self.draft = ImportDraft()
        self._shown: Path | None = None
        self._checked: CheckedReport | None = None
        self._request = ImportRequest((), ())
        self.sources = SourcesPane()
        self.source = SourcePane()
        self.checking = CheckingLine()
        self._note = label(kind="soft", wrap=True)
        self.load = QPushButton(self.tr("Load mapping…"))
        self.save = QPushButton(self.tr("Save mapping…"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.check = QPushButton(self.tr("Check (dry run)"))
        self.run = QPushButton(self.tr("Import"))
        self.check.setToolTip(self.tr("Says row by row what would happen, and stores nothing"))
        self.run.setProperty("kind", "primary")
        self._lay_out()
        self._wire()
        self._show_files()

    def _lay_out(self) -> None:
        self._sides = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._sides.addWidget(self.sources)
        self._sides.addWidget(self.source)
        self._sides.setStretchFactor(1, 1)
        self._sides.setSizes([SIDE, WIDTH - SIDE])
        self._buttons = QWidget()
        foot = QHBoxLayout(self._buttons)
        foot.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 3 * GRID)
        foot.setSpacing(2 * GRID)
        for part in (self.load, self.save, self._note, self.cancel, self.check, self.run):
            foot.addWidget(part, 1 if part is self._note else 0)
            if isinstance(part, QPushButton):
                # Enter belongs to the tables.
                part.setAutoDefault(False)
        self._files = QWidget()
        page = QVBoxLayout(self._files)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._sides, 1)
        page.addWidget(self._buttons)
        page.addWidget(self.checking)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._files)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)

    def _wire(self) -> None:
        self.sources.source_chosen.connect(self._look_at)
        self.sources.removed.connect(self._remove)
        self.sources.files_requested.connect(self._ask_for_files)
        self.sources.folder_requested.connect(self._ask_for_folder)
        self.sources.access_chosen.connect(self._set_access)
        self.sources.replacing_chosen.connect(self._set_replacing)
        mapping = self.source.mapping
        mapping.sheet_chosen.connect(self._look_at_sheet)
        mapping.kind_chosen.connect(self._set_kind)
        mapping.mapping_changed.connect(self._set_sheet)
        self.source.preview_wanted.connect(self.preview_wanted)
        self.load.clicked.connect(self._ask_for_mapping)
        self.save.clicked.connect(self._ask_where_to_save)
        self.cancel.clicked.connect(self.close)
        self.check.clicked.connect(self._check)
        self.run.clicked.connect(self._import)
        self.checking.stopped.connect(self.check_cancelled)

    # What it is told

    def add(self, metadata: Sequence[Path], others: Sequence[Path]) -> tuple[Path, ...]:
        """Show more files and return the metadata files that are to be read."""
        new = self.draft.add(metadata, others)
        if self._shown is None and new:
            self._shown = new[0]
        self._go_to_files()
        self.sources.show_others(self.draft.others)
        self._show_files()
        return new

    def show_file(
        self, path: Path, file: MetadataFile, mapping: ColumnMapping | None = None
    ) -> None:
        """Show what was read of a metadata file; `mapping` goes before what is guessed."""
        first = not any(source.file for source in self.draft.sources)
        self.draft.take_file(path, file, mapping)
        self._show_files()
        if first and path == self._shown:
            self.source.mapping.table.setFocus()

    def show_unreadable(self, path: Path, reason: str) -> None:
        """Say why a metadata file can't be read."""
        self.draft.take_problem(path, reason)
        self._show_files()

    def show_preview(self, path: Path, name: str, rows: Sequence[PreviewedRow]) -> None:
        """Show the first rows of a sheet, if it is still looked at."""
        self.source.show_preview(path, name, rows)

    def show_no_preview(self, reason: str) -> None:
        """Say why there is no preview."""
        self.source.preview.show_message(reason)

    def show_progress(self, progress: Progress, pace: Pace | None = None) -> None:
        """Show how far a check has come."""
        self.checking.show_progress(progress, pace)

    def show_report(self, report: ImportReport, value_text: ValueText = plain_value) -> None:
        """Show what an import would do, with the way on and back."""
        self._show_checking(False)
        if self._checked is not None:
            self._checked.deleteLater()
        self._checked = CheckedReport(report, value_text)
        self._checked.back_requested.connect(self._go_to_files)
        self._checked.import_requested.connect(self._import_checked)
        self._checked.record_opened.connect(self.record_opened)
        self._checked.refused_rows_wanted.connect(self.refused_rows_wanted)
        self._pages.addWidget(self._checked)
        self._pages.setCurrentWidget(self._checked)
        self._checked.view.table.setFocus()

    def show_check_ended(self, text: str) -> None:
        """Say that a check ended without a report, and why."""
        self._show_checking(False)
        self.show_note(text)

    def show_note(self, text: str) -> None:
        """Show a sentence beside the buttons, or below the report that is shown."""
        if self._checked is not None and self._pages.currentWidget() is self._checked:
            self._checked.view.show_note(text)
        else:
            self._note.setText(text)

    # What a person does

    @Slot(object)
    def _look_at(self, path: Path) -> None:
        self._shown = path
        self._show_source()

    @Slot(object)
    def _remove(self, path: Path) -> None:
        self.draft.remove(path)
        self.sources.show_others(self.draft.others)
        if self._shown == path:
            self._shown = next((source.path for source in self.draft.sources), None)
        self._show_files()

    @Slot(str)
    def _look_at_sheet(self, name: str) -> None:
        if self._shown is not None:
            self.draft.show_sheet(self._shown, name)
            self._show_source()

    @Slot(object)
    def _set_kind(self, kind: SheetKind | None) -> None:
        source = self._source()
        if source is not None:
            self.draft.set_kind(source.path, source.sheet, kind)
            self._show_source()

    @Slot(object)
    def _set_sheet(self, sheet: SheetMapping) -> None:
        if self._shown is not None:
            self.draft.set_sheet(self._shown, sheet)
        source = self._source()
        if source is not None:
            self.source.ask_for_preview(source)

    @Slot(bool)
    def _set_replacing(self, replaces: bool) -> None:
        self.draft.replaces = replaces

    @Slot(object)
    def _set_access(self, access: Access) -> None:
        self.draft.access = access

    @Slot()
    def _ask_for_files(self) -> None:
        self._add(ask_for_files(self))

    @Slot()
    def _ask_for_folder(self) -> None:
        self._add(ask_for_folder(self))

    def _add(self, paths: list[Path]) -> None:
        if paths:
            self.paths_added.emit(paths)

    @Slot()
    def _ask_for_mapping(self) -> None:
        source = self._source()
        path = ask_for_mapping(self, source.path.parent) if source else None
        if source is None or path is None:
            return
        mapping, said = read_mapping(path)
        if mapping is not None:
            self.draft.set_mapping(source.path, mapping)
            self._show_source()
        self.show_note(said)

    @Slot()
    def _ask_where_to_save(self) -> None:
        source = self._source()
        path = ask_where_to_save(self, source.path) if source else None
        if source is not None and path is not None:
            self.show_note(write_mapping(path, source.mapping))

    @Slot()
    def _check(self) -> None:
        self.show_note("")
        self._request = self.draft.request()
        self._show_checking(True)
        self.checking.begin()
        self.check_requested.emit(self._request)

    @Slot()
    def _import(self) -> None:
        self._request = self.draft.request()
        self._import_checked()

    @Slot()
    def _import_checked(self) -> None:
        self.import_requested.emit(self._request)
        self.close()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files and folders, but not while a check runs."""
        wanted = any(url.isLocalFile() for url in event.mimeData().urls())
        if wanted and self._sides.isEnabled():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self._add(paths)

    # What it shows

    def _source(self) -> Source | None:
        return None if self._shown is None else self.draft.source(self._shown)

    def _show_files(self) -> None:
        self.sources.show_sources(self.draft.sources, self._shown)
        self._show_source()

    def _show_source(self) -> None:
        source = self._source()
        for button in (self.check, self.run):
            button.setEnabled(self.draft.ready)
        for button in (self.load, self.save):
            button.setEnabled(source is not None and source.file is not None)
        self.source.show_source(source)

    def _show_checking(self, on: bool) -> None:
        self.checking.setVisible(on)
        self._buttons.setHidden(on)
        self._sides.setDisabled(on)

    @Slot()
    def _go_to_files(self) -> None:
        if self._pages.currentWidget() is not self._files:
            self._pages.setCurrentWidget(self._files)
            self.source.mapping.table.setFocus()
