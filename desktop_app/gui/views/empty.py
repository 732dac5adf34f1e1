"""What stands in the middle when there is nothing to list: the next thing to do."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.gui import formats, icons, theme
from desktop_app.gui.theme import GRID

from .labels import label, without_mnemonics

PICTURE = 48


class _State(StrEnum):
    """What there is nothing of; the value is the icon."""

    ARCHIVE = "import"
    FOUND = "search"
    INDEX = "clock"


class EmptyView(QWidget):
    """Told why there is nothing; offers one way on."""

    import_requested = Signal()
    clear_requested = Signal()
    """The person wants to see all records again."""
    suggestion_chosen = Signal(str)
    """The person accepts another spelling of the query."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = _State.ARCHIVE
        self._suggestion = ""
        self._action: Callable[[], None] = self.import_requested.emit
        self._frame = QFrame()
        self._frame.setObjectName("Drop")
        self._picture = QLabel()
        self._title = label(kind="heading", wrap=True)
        self._text = label(kind="soft", wrap=True)
        self._main = QPushButton()
        self._main.setProperty("kind", "primary")
        self._other = QPushButton()
        self._other.setProperty("kind", "link")
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(8 * GRID, 10 * GRID, 8 * GRID, 10 * GRID)
        inside.setSpacing(3 * GRID)
        for part in (self._picture, self._title, self._text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(part)
        inside.addSpacing(GRID)
        for button in (self._main, self._other):
            inside.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        self._frame.setMinimumWidth(320)
        self._frame.setMaximumWidth(520)
        # Stretches on both sides instead of an alignment, which would take away the frame's
        # height for its width and with it lines of text.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._frame, 100)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 4 * GRID, 6 * GRID, 4 * GRID)
        column.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
        self._main.clicked.connect(self._act)
        self._other.clicked.connect(self.clear_requested)
        self.show_empty_archive()

    def show_empty_archive(self) -> None:
        """Say how to bring in the first files."""
        self._show(
            _State.ARCHIVE,
            self.tr("Drop PDFs or a folder of PDFs here"),
            self.tr(
                "They are copied into the archive, and every page can then be searched. The "
                "originals are not touched. Drop a spreadsheet, or a RIS, BibTeX or CSL-JSON "
                "file, with them, and it describes them."
            ),
            self.tr("Choose files… (Ctrl+I)"),
        )
        self._action = self.import_requested.emit

    def show_nothing_found(self, query: str, suggestion: str | None = None) -> None:
        """Say what to try after a search that found nothing."""
        self._suggestion = suggestion or ""
        action = self.tr("Show all records")
        if self._suggestion:
            action = self.tr("Search for {query}").format(query=formats.isolate(self._suggestion))
        self._show(
            _State.FOUND,
            self.tr("No record holds {query}").format(query=formats.isolate(query)),
            self.tr(
                "Try fewer or other words, leave out quotation marks, or end a word with * for "
                "all its endings. Scanned pages without text can't be found."
            ),
            action,
        )
        self._action = self._suggest if self._suggestion else self.clear_requested.emit
        self._other.setText(self.tr("Show all records"))
        self._other.setVisible(bool(self._suggestion))

    def show_indexing(self, pending: int) -> None:
        """Say that nothing can be found yet because the index is being made."""
        self._show(
            _State.INDEX,
            self.tr("Getting ready to search"),
            self.tr("{records} are being made searchable. Results appear by themselves.").format(
                records=formats.records(pending)
            ),
            "",
        )

    def set_drop_active(self, active: bool) -> None:
        """Show whether files that are being dragged would be taken here."""
        self._frame.setProperty("active", "true" if active else "false")
        self._frame.style().polish(self._frame)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the picture again when colours change."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_picture"):
            self._draw()

    def _show(self, state: _State, title: str, text: str, action: str) -> None:
        self._state = state
        self._title.setText(title)
        self._text.setText(text)
        self._main.setText(without_mnemonics(action))
        self._main.setVisible(bool(action))
        self._other.hide()
        self._frame.setProperty("takes", "files" if state is _State.ARCHIVE else "nothing")
        self._frame.style().polish(self._frame)
        self._draw()

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        colour = theme.colours().accent
        self._picture.setPixmap(icons.pixmap(self._state, colour, PICTURE, ratio=ratio))

    @Slot()
    def _act(self) -> None:
        self._action()

    def _suggest(self) -> None:
        self.suggestion_chosen.emit(self._suggestion)
