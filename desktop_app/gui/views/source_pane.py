"""One metadata file of an import: where its columns go, and its first rows as records."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.domain.exchange.headings import SheetKind
from desktop_app.domain.exchange.rows import MetadataFormat
from desktop_app.domain.imports import PreviewedRow
from desktop_app.gui import formats
from desktop_app.gui.models.field_choices import BIBLIOGRAPHIES
from desktop_app.gui.models.import_draft import Source
from desktop_app.gui.theme import GRID

from .labels import label
from .mapping import MappingPane
from .preview import PreviewPane

DELIMITERS = {"\t": "Tab"}


class SourcePane(QWidget):
    """Told a `Source`; says which preview is wanted. The mapping says what a person changed."""

    preview_wanted = Signal(object, object, str)
    """A metadata file (a `Path`), its `ColumnMapping`, and the name of the sheet to preview."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: Source | None = None
        self._previewed: tuple[Path, str, SheetKind | None] | None = None
        self.mapping = MappingPane()
        self.preview = PreviewPane()
        self._name = label(kind="heading")
        self._about = label(kind="soft")
        self._message = label(kind="soft", wrap=True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        head.addWidget(self._name)
        head.addWidget(self._about, 1)
        self._panes = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        self._panes.setProperty("gap", "true")
        self._panes.setHandleWidth(3 * GRID)
        self._panes.addWidget(self.mapping)
        self._panes.addWidget(self.preview)
        self._panes.setSizes([340, 240])
        self._contents = QStackedWidget()
        self._contents.addWidget(self._panes)
        self._contents.addWidget(self._message)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(head)
        column.addWidget(self._contents, 1)
        self.mapping.folded.connect(self._make_room)
        self.show_source(None)

    def show_source(self, source: Source | None) -> None:
        """Show a metadata file, or why there is nothing to show of it."""
        self._source = source
        self._name.setText(formats.isolate(source.path.name) if source else "")
        self._about.setText(_about(source))
        sheet = source.shown_sheet() if source else None
        if source is None or source.file is None or sheet is None:
            self._message.setText(self._why_nothing(source))
            self._contents.setCurrentWidget(self._message)
            return
        self._contents.setCurrentWidget(self._panes)
        self.mapping.show_sheet(source.file, source.mapping, sheet.name)
        self.ask_for_preview(source)

    def ask_for_preview(self, source: Source) -> None:
        """Say which preview is wanted, or why there is none; the columns stay as they are."""
        self._source = source
        mapping, sheet = source.shown_mapping(), source.shown_sheet()
        if mapping is None or sheet is None:
            return
        shown = (source.path, source.sheet, mapping.kind)
        if shown != self._previewed:
            # The rows of something else would be taken for those of this sheet.
            self.preview.show_message(self.tr("The first rows are being read…"))
        self._previewed = shown
        if mapping.kind is None:
            self.preview.show_message(self.tr("Nothing of this sheet is imported."))
        elif not sheet.rows:
            self.preview.show_message(self.tr("This sheet has no rows."))
        else:
            self.preview_wanted.emit(source.path, source.mapping, source.sheet)

    def show_preview(self, path: Path, name: str, rows: Sequence[PreviewedRow]) -> None:
        """Show the first rows of a sheet, if it is still looked at."""
        source = self._source
        if source is None or (source.path, source.sheet) != (path, name):
            return
        sheet, mapping = source.shown_sheet(), source.shown_mapping()
        if sheet is not None and mapping is not None and mapping.kind is not None:
            lines = source.file is not None and source.file.format in BIBLIOGRAPHIES
            self.preview.show_rows(sheet, mapping, tuple(rows), lines=lines)

    def _why_nothing(self, source: Source | None) -> str:
        if source is None:
            return self.tr("Drop a spreadsheet, or a CSV, RIS, BibTeX or CSL-JSON file here.")
        if source.reading:
            return self.tr("The file is being read…")
        return source.problem or self.tr("There is nothing in this file.")

    @Slot(bool)
    def _make_room(self, folded: bool) -> None:
        total = sum(self._panes.sizes())
        head = self.mapping.minimumSizeHint().height() if folded else (total * 3) // 5
        self._panes.setSizes([head, total - head])


def _about(source: Source | None) -> str:
    """Return how a text file was read, which a person can check at a glance."""
    if source is None or source.file is None or source.file.format is MetadataFormat.XLSX:
        return ""
    mark = source.file.delimiter
    return formats.joined([source.file.encoding.upper(), DELIMITERS.get(mark, mark)])
