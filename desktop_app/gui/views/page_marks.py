"""The marked words of the pages that are shown, found bit by bit while nothing else is asked."""

import time
from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QObject, QRectF, QTimer, Signal, Slot
from PySide6.QtGui import QPolygonF
from PySide6.QtPdf import QPdfDocument

from .page_words import Phrases, phrases_of, word_shapes

SLICE_S = 0.015
"""How long the window is kept busy at a time."""

Shapes = tuple[QPolygonF, ...]


class PageMarks(QObject):
    """Finds words on pages (counted from 0) of one document."""

    found = Signal(int)
    """A page has more marks than before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: QPdfDocument | None = None
        self._phrases: Phrases = {}
        self._shapes: dict[int, list[Shapes]] = {}
        self._searches: dict[int, Iterator[Shapes]] = {}
        self._wanted: list[int] = []
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._go_on)

    def set_document(self, document: QPdfDocument | None, words: Iterable[str]) -> None:
        """Find `words` in `document` from now on."""
        self._document = document
        self.set_words(words)

    def set_words(self, words: Iterable[str]) -> None:
        """Find these words instead of those before."""
        self.pause()
        self._phrases = phrases_of(words)
        self._shapes.clear()
        self._searches.clear()

    def shapes(self, page: int) -> Shapes:
        """Return what was found on a page so far, in points from its upper left corner."""
        return tuple(shape for match in self._shapes.get(page, ()) for shape in match)

    def first(self, page: int) -> QRectF | None:
        """Return the place of the first match on a page, in points, looking for it now."""
        if not self._shapes.get(page):
            self._step(page)
        known = self.shapes(page)
        return known[0].boundingRect() if known else None

    def find(self, pages: Sequence[int]) -> None:
        """Find the words on these pages, one after the other, until `pause` is called."""
        self._wanted = list(pages)
        self._timer.start()

    def pause(self) -> None:
        """Ask the document nothing until `find` is called."""
        self._wanted = []
        self._timer.stop()

    @Slot()
    def _go_on(self) -> None:
        end = time.monotonic() + SLICE_S
        while self._wanted and time.monotonic() < end:
            if self._step(self._wanted[0]):
                self.found.emit(self._wanted[0])
            else:
                del self._wanted[0]
        if self._wanted:
            self._timer.start()

    def _step(self, page: int) -> bool:
        """Find one more match on a page and return whether there was one."""
        if self._document is None or not self._phrases:
            return False
        if page not in self._searches:
            self._searches[page] = word_shapes(self._document, page, self._phrases)
        match = next(self._searches[page], None)
        if match is None:
            return False
        self._shapes.setdefault(page, []).append(match)
        return True
