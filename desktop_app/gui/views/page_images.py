"""Pictures of pages, drawn one at a time in the background, kept within a memory budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from PySide6.QtCore import QObject, QSize, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions, QPdfPageRenderer

MOST_PIXELS = 10_000_000
"""Pixels of one picture; a larger page is drawn smaller and stretched."""

BUDGET = 128 * 1024 * 1024
"""Bytes of all pictures kept."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A page (from 0) that should be drawn in a size in pixels of the screen."""

    page: int
    size: QSize

    @property
    def drawn_size(self) -> QSize:
        """Return the size to draw, at most `MOST_PIXELS`."""
        pixels = self.size.width() * self.size.height()
        if pixels <= MOST_PIXELS:
            return self.size
        factor = sqrt(MOST_PIXELS / pixels)
        return QSize(
            max(1, int(self.size.width() * factor)), max(1, int(self.size.height() * factor))
        )


class PageImages(QObject):
    """Draws what is wished for, the first wish first.

    Never more than one page is being drawn, and nobody waits for it: PDFium does one thing at a
    time, so whoever else asks the document something does it after `rested`.
    """

    drawn = Signal(int)
    """A page (from 0) has a new picture, or was found to have none."""
    rested = Signal()
    """Everything wished for is drawn."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._renderer = QPdfPageRenderer(self)
        self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._renderer.pageRendered.connect(self._take)
        self._images: dict[int, QImage] = {}
        self._wishes: list[Wish] = []
        self._request = 0

    @property
    def size_in_bytes(self) -> int:
        """Return the memory of all pictures."""
        return sum(image.sizeInBytes() for image in self._images.values())

    def set_document(self, document: QPdfDocument | None) -> None:
        """Draw pages of `document` from now on; None releases the one before."""
        self._wishes = []
        self._images.clear()
        self._request = 0
        # PySide's declaration leaves out that None is allowed.
        self._renderer.setDocument(document)  # type: ignore[arg-type]

    def image(self, page: int) -> QImage | None:
        """Return the picture of a page, perhaps in an old size; a null one where it failed."""
        return self._images.get(page)

    def wish(self, wishes: Sequence[Wish]) -> None:
        """Draw these pages; wishes of before that are not among them are dropped."""
        self._wishes = list(wishes)
        self._start_next()

    def _start_next(self) -> None:
        if self._request or self._renderer.document() is None:
            return
        for wish in self._wishes:
            known = self._images.get(wish.page)
            if known is None or not (known.isNull() or known.size() == wish.drawn_size):
                self._request = self._renderer.requestPage(
                    wish.page, wish.drawn_size, QPdfDocumentRenderOptions()
                )
                return
        self.rested.emit()

    @Slot(int, QSize, QImage, QPdfDocumentRenderOptions, "quint64")
    def _take(
        self,
        page: int,
        size: QSize,
        image: QImage,
        options: QPdfDocumentRenderOptions,
        request: int,
    ) -> None:
        del size, options
        if request != self._request:
            return
        self._request = 0
        self._images.pop(page, None)
        self._images[page] = image
        self._keep_budget()
        self.drawn.emit(page)
        self._start_next()

    def _keep_budget(self) -> None:
        wished = {wish.page for wish in self._wishes}
        for page in [page for page in self._images if page not in wished]:
            if self.size_in_bytes <= BUDGET:
                return
            del self._images[page]
