"""The pages of a PDF, one below the other.

Qt's own QPdfView is not used: jumping to page 12 of a file that was just loaded showed page 11,
and page 16 after a resize; it keeps whole pictures of twenty pages at any zoom; and it marks one
word, exactly as typed.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSizeF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop_app.gui import theme

from .page_images import PageImages, Wish
from .page_layout import GAP, LEAST_ZOOM, MOST_ZOOM, Anchor, Fit, PageLayout
from .page_marks import PageMarks

STEP = 1.25
"""Factor of one step of zoom."""


class PagesView(QAbstractScrollArea):
    """Shows a loaded document, marks words, and says which page is being read (from 1)."""

    page_changed = Signal(int)
    zoom_changed = Signal(float)
    """1.0 is the size of the paper."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Pages"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(48)
        self.horizontalScrollBar().setSingleStep(48)
        self._document: QPdfDocument | None = None
        self._layout = PageLayout((), self.viewport().size())
        self._fit, self._zoom = Fit.WIDTH, 1.0
        self._sizes: list[QSizeF] = []
        self._page = 0
        self._anchor = Anchor(0)
        self._moving = False
        self._marks = PageMarks(self)
        self._marks.found.connect(self.viewport().update)
        self._images = PageImages(self)
        self._images.drawn.connect(self.viewport().update)
        self._images.rested.connect(self._find_words)
        self._draw_soon = QTimer(self, interval=40, singleShot=True)
        self._draw_soon.timeout.connect(self._draw)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def page(self) -> int:
        """Return the page being read, counted from 1; 0 without a document."""
        return self._page + 1 if len(self._layout) else 0

    @property
    def page_count(self) -> int:
        """Return the number of pages."""
        return len(self._layout)

    @property
    def fit(self) -> Fit:
        """Return what decides the size of the pages."""
        return self._fit

    @property
    def zoom(self) -> float:
        """Return how large the page being read is shown; 1.0 is the size of its paper."""
        return self._layout.zoom(self._page) if len(self._layout) else 1.0

    @property
    def size_in_bytes(self) -> int:
        """Return the memory of the pictures that are kept."""
        return self._images.size_in_bytes

    def set_document(self, document: QPdfDocument | None, words: Sequence[str] = ()) -> None:
        """Show a document that is loaded, from its first page; None shows nothing."""
        self._marks.pause()
        self._images.set_document(document)
        self._document = document
        self._sizes = (
            [document.pagePointSize(page) for page in range(document.pageCount())]
            if document
            else []
        )
        self._page, self._anchor = 0, Anchor(0)
        self._marks.set_document(document, words)
        self._lay_out()

    def set_words(self, words: Sequence[str]) -> None:
        """Mark these words instead of those before."""
        self._marks.set_words(words)
        self._draw()

    def go_to(self, page: int) -> None:
        """Show a page (from 1; the nearest one if there is none), at its first marked word."""
        if not len(self._layout):
            return
        self._page = max(0, min(page, len(self._layout)) - 1)
        self._anchor = Anchor(self._page)
        marked = self._marks.first(self._page)
        if marked is not None:
            top = marked.top() * self._layout.scale(self._page)
            third = self.viewport().height() / 3
            if top > 2 * third:
                fraction = top / self._layout.rect(self._page).height()
                self._anchor = Anchor(self._page, fraction, third)
        self._restore()
        self.page_changed.emit(self.page)

    def set_fit(self, fit: Fit) -> None:
        """Let the width or the height of the window decide the size of the pages."""
        self._zoom = max(LEAST_ZOOM, min(MOST_ZOOM, self.zoom))
        self._fit = fit
        self._lay_out()

    def zoom_by(self, steps: int) -> None:
        """Show the pages larger (positive) or smaller, in steps of a quarter."""
        self.set_zoom(self.zoom * STEP**steps)

    def set_zoom(self, zoom: float) -> None:
        """Show the pages in a size between `LEAST_ZOOM` and `MOST_ZOOM`."""
        self._zoom = max(LEAST_ZOOM, min(MOST_ZOOM, zoom))
        self._fit = Fit.FREE
        self._lay_out()

    def marks(self, page: int) -> list[QRectF]:
        """Return the places marked on a page (from 1) so far, in points from its upper corner."""
        return [shape.boundingRect() for shape in self._marks.shapes(page - 1)]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the visible pages with what has been drawn of them so far."""
        table = theme.colours()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(table.background))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for page in self._visible():
            place = self._place(page)
            painter.setPen(QColor(table.line))
            painter.setBrush(QColor(Qt.GlobalColor.white))
            painter.drawRect(QRectF(place).adjusted(-0.5, -0.5, 0.5, 0.5))
            image = self._images.image(page)
            if image is not None and image.isNull():
                painter.setPen(QColor(theme.LIGHT.soft))
                text = self.tr("This page can't be drawn.")
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
            elif image is not None:
                painter.drawImage(place, image)
                self._paint_marks(painter, page, place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the place that is being read."""
        super().resizeEvent(event)
        self._lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom while Ctrl is held, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Space, Home and End, zoom with Ctrl and plus, minus or zero."""
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
                self.zoom_by(1)
            elif key == Qt.Key.Key_Minus:
                self.zoom_by(-1)
            elif key == Qt.Key.Key_0:
                self.set_fit(Fit.WIDTH)
            else:
                super().keyPressEvent(event)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.go_to(1 if key == Qt.Key.Key_Home else self.page_count)
        elif key == Qt.Key.Key_Space:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + (-1 if back else 1) * bar.pageStep())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Place the pages anew when the direction changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint again; drawing of new pages follows when scrolling rests."""
        del dx, dy
        self.viewport().update()
        self._draw_soon.start()

    def _lay_out(self) -> None:
        sizes = self._sizes if self._document else []
        view = self.viewport().size()
        self._layout = PageLayout(sizes, view, self._fit, self._zoom)
        horizontal = self.horizontalScrollBar()
        horizontal.setRange(0, max(0, self._layout.width - view.width()))
        horizontal.setPageStep(view.width())
        horizontal.setValue(horizontal.maximum() // 2)
        self._moving = True
        self.verticalScrollBar().setRange(0, max(0, self._layout.height - view.height()))
        self.verticalScrollBar().setPageStep(max(1, view.height() - 2 * GAP))
        self._moving = False
        if len(self._layout):
            self._restore()
            self.zoom_changed.emit(self.zoom)
        self.viewport().update()

    def _restore(self) -> None:
        self._moving = True
        self.verticalScrollBar().setValue(self._layout.offset(self._anchor))
        self._moving = False
        self._draw_soon.start()
        self.viewport().update()

    @Slot()
    def _scrolled(self) -> None:
        if self._moving or not len(self._layout):
            return
        top = self.verticalScrollBar().value()
        self._anchor = self._layout.anchor(top)
        page = self._layout.main_page(top, self.viewport().height())
        if page != self._page:
            self._page = page
            self.page_changed.emit(self.page)
            self.zoom_changed.emit(self.zoom)

    def _visible(self) -> range:
        return self._layout.visible(self.verticalScrollBar().value(), self.viewport().height())

    def _place(self, page: int) -> QRect:
        bar = self.horizontalScrollBar()
        x = bar.maximum() - bar.value() if self.isRightToLeft() else bar.value()
        return self._layout.rect(page).translated(-x, -self.verticalScrollBar().value())

    @Slot()
    def _draw(self) -> None:
        visible = self._visible()
        near = [page for page in (visible.stop, visible.start - 1) if page in self._all_pages()]
        ratio = self.viewport().devicePixelRatioF()
        order = sorted(visible, key=lambda page: page != self._page) + near
        # Drawing comes first; the marks wait until PDFium has time for them.
        self._marks.pause()
        self._images.wish([Wish(page, self._layout.rect(page).size() * ratio) for page in order])
        self.viewport().update()

    def _all_pages(self) -> range:
        return range(len(self._layout))

    @Slot()
    def _find_words(self) -> None:
        self._marks.find(self._visible())

    def _paint_marks(self, painter: QPainter, page: int, place: QRect) -> None:
        shapes = self._marks.shapes(page)
        if not shapes:
            return
        painter.save()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.setPen(Qt.PenStyle.NoPen)
        # Pages are white in both schemes, so are the marks.
        painter.setBrush(QColor(theme.LIGHT.highlight))
        scale = self._layout.scale(page)
        origin = QPointF(place.topLeft())
        to_view = QTransform.fromTranslate(origin.x(), origin.y()).scale(scale, scale)
        for shape in shapes:
            painter.drawPolygon(to_view.map(shape))
        painter.restore()
