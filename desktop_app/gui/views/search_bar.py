"""The line to search with, and the line that says what was found."""

from html import escape

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.search import SearchAnswer
from desktop_app.gui import formats, icons
from desktop_app.gui.theme import GRID

from .labels import label, without_mnemonics

ALSO_SHOWN = 6
PAUSE_MS = 150
"""How long typing has to rest before a search is asked for."""


class SearchBar(QWidget):
    """Says what is searched for; shows count, time and remarks on the query."""

    query_changed = Signal(str)
    """The text after typing has rested; also "" after clearing."""
    submitted = Signal(str)
    """The text when Enter was pressed."""
    results_wanted = Signal()
    """The person wants to go on into the results (arrow down)."""
    suggestion_chosen = Signal(str)
    """The person accepts "did you mean"; the text is in the line already."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ""
        self._suggestion = ""
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._say)

        self._line = _Line(self)
        self._line.setObjectName("Search")
        self._line.setPlaceholderText(self.tr('Search every page: words, "a phrase", -without'))
        self._line.setAccessibleName(self.tr("Search"))
        self._glass = QAction(self)
        self._line.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(self.tr("Clear"), self)
        self._line.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear)

        self._summary = label(kind="caption")
        self._summary.setAccessibleName(self.tr("Number of results"))
        self._suggest = QPushButton()
        self._suggest.setProperty("kind", "link")
        self._suggest.clicked.connect(self._take_suggestion)
        self._suggest.hide()
        self._also = label(kind="caption")
        self._also.hide()
        # However many words there are, they never make the window wider.
        self._also.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._hints = label(kind="warning", wrap=True)
        self._hints.hide()

        below = QHBoxLayout()
        below.setContentsMargins(GRID, 0, GRID, 0)
        below.setSpacing(2 * GRID)
        below.addWidget(self._summary)
        below.addWidget(self._suggest)
        below.addWidget(self._also, 1)
        below.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 2 * GRID)
        column.setSpacing(GRID + 2)
        column.addWidget(self._line)
        column.addLayout(below)
        column.addWidget(self._hints)

        self._line.textChanged.connect(self._typed)
        self._line.returnPressed.connect(self._submit)
        self._line.left_down.connect(self.results_wanted)
        self.setFocusProxy(self._line)
        self._tint()

    def text(self) -> str:
        """Return what is typed, without spaces around it."""
        return self._line.text().strip()

    def set_text(self, text: str) -> None:
        """Put `text` into the line without saying that it changed."""
        self._said = text.strip()
        self._line.setText(text)
        self._pause.stop()

    def focus(self) -> None:
        """Move the keyboard here and select what is typed."""
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()

    @Slot()
    def clear(self) -> None:
        """Empty the line and say so at once."""
        self._line.clear()
        self._say()

    def show_answer(self, answer: SearchAnswer) -> None:
        """Show count and time of an answer, its remarks, and a better spelling if it has one."""
        parts = [formats.records(answer.total)]
        if answer.query:
            parts.append(formats.milliseconds(answer.elapsed_ms))
        if answer.pending:
            waiting = self.tr("{records} not yet searchable")
            parts.append(waiting.format(records=formats.records(answer.pending)))
        self._summary.setText(formats.joined(parts))
        self._show_also(tuple(dict.fromkeys(each.term for each in answer.expanded)))
        self._suggestion = answer.suggestion or ""
        self._suggest.setVisible(bool(self._suggestion))
        if self._suggestion:
            shown = formats.isolate(self._suggestion)
            text = self.tr("Did you mean {query}?").format(query=shown)
            self._suggest.setText(without_mnemonics(text))
        self._show_hints(answer.hints)

    def show_note(self, text: str) -> None:
        """Show `text`, of any length, in place of the count: why there is no answer."""
        self._summary.setText("")
        self._suggest.hide()
        self._also.hide()
        self._show_hints((text,))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons again when colours change."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_clear"):
            self._tint()

    def _show_also(self, words: tuple[str, ...]) -> None:
        shown, rest = words[:ALSO_SHOWN], words[ALSO_SHOWN:]
        listed = ", ".join(formats.isolate(word) for word in shown) + (" …" if rest else "")
        self._also.setText(self.tr("also searched: {words}").format(words=listed))
        self._also.setToolTip(f"<qt>{escape(', '.join(words))}</qt>" if rest else "")
        self._also.setVisible(bool(words))

    def _show_hints(self, hints: tuple[str, ...]) -> None:
        self._hints.setText("\n".join(hints))
        self._hints.setVisible(bool(hints))

    @Slot(str)
    def _typed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._pause.start()

    @Slot()
    def _say(self) -> None:
        self._pause.stop()
        if self.text() != self._said:
            self._said = self.text()
            self.query_changed.emit(self._said)

    @Slot()
    def _submit(self) -> None:
        self._pause.stop()
        self._said = self.text()
        self.submitted.emit(self._said)

    @Slot()
    def _take_suggestion(self) -> None:
        self.set_text(self._suggestion)
        self.suggestion_chosen.emit(self._suggestion)

    def _tint(self) -> None:
        self._glass.setIcon(icons.icon("search"))
        self._clear.setIcon(icons.icon("clear"))


class _Line(QLineEdit):
    """Leaves downwards on arrow down and empties itself on Escape."""

    left_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
