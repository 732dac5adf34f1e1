"""The list of result cards: reading it, choosing a record, opening a page."""

from html import escape

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QToolTip, QWidget

from desktop_app.domain.search import Hit
from desktop_app.gui import formats
from desktop_app.gui.models.results import ResultRole, ResultsModel, best_page

from .result_card import ResultCard, Touch

NEAR_END = 2
"""More is wanted when fewer than this many screens are left below."""


class ResultsView(QListView):
    """Shows a `ResultsModel` as cards.

    Keys: up and down choose a card, left and right one of its pages, Enter opens it, 1 to 9 open
    a page at once. A click on a page or on a passage opens it, a double click the best page.
    """

    selected = Signal(object)
    """The `Hit` that was chosen."""
    page_opened = Signal(object, object)
    """A `Hit` and the `PageHit` to open."""
    more_wanted = Signal()
    """The end of the list is near and the answer has more."""

    def __init__(self, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Results")
        self.setAccessibleName(self.tr("Results"))
        self._model = model
        self._card = ResultCard(self)
        self._asked_at = -1
        self.setItemDelegate(self._card)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(28)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: a bar that comes and goes changes the width, and so every card's height.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setModel(model)
        model.modelReset.connect(self._start_over)
        model.rowsInserted.connect(self._look_ahead_soon)
        self.verticalScrollBar().valueChanged.connect(self._look_ahead)
        self.verticalScrollBar().rangeChanged.connect(self._range_changed)

    def current_hit(self) -> Hit | None:
        """Return the chosen hit."""
        index = self.currentIndex()
        return index.data(ResultRole.HIT) if index.isValid() else None

    def select(self, record_id: str) -> bool:
        """Choose the card of a record and return whether it is in the list."""
        row = self._model.row_of(record_id)
        if row is None:
            return False
        self.setCurrentIndex(self._model.index(row))
        return True

    def select_first(self) -> bool:
        """Choose the first card and return whether there is one."""
        if not self._model.rowCount():
            return False
        self.setCurrentIndex(self._model.index(0))
        return True

    def page_rect(self, row: int, page: int) -> QRect:
        """Return where the chip of a page stands in the viewport; raises IndexError."""
        index = self._model.index(row)
        return self._card.page_rect(self._option(index), index, page)

    @property
    def active_page(self) -> int | None:
        """Return which page of the chosen card Enter opens."""
        return None if self._card.active is None else self._card.active.page

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Say which hit was chosen; the keyboard starts at its best page again."""
        super().selectionChanged(selected, deselected)
        index = self.currentIndex()
        self._card.active = Touch(index.row(), 0) if index.isValid() else None
        if selected.indexes():
            self.selected.emit(selected.indexes()[0].data(ResultRole.HIT))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose the first card where none is chosen, so that the focus can be seen."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.select_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open pages and move between them; everything else as in any list."""
        hit = self.current_hit()
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        if hit is None or not plain:
            super().keyPressEvent(event)
            return
        key = event.key()
        forward = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(hit, self._card.active.page if self._card.active else 0)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._step(hit, 1 if key == forward else -1)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            number = key - Qt.Key.Key_1
            if number < self._card.shown_pages(hit, self._option()):
                self._open(hit, number)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would open."""
        super().mouseMoveEvent(event)
        self._hover(self._touch_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Show that nothing is under the mouse any more."""
        super().leaveEvent(event)
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the card and press a page on it."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._card.pressed = self._touch_at(event.position().toPoint())
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the page that was pressed, if the mouse is still on it."""
        super().mouseReleaseEvent(event)
        pressed, self._card.pressed = self._card.pressed, None
        self.viewport().update()
        touch = self._touch_at(event.position().toPoint())
        if pressed is not None and pressed == touch:
            self._card.active = touch
            self._open(self._model.hit(touch.row), touch.page)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the best page of a card; on a page the first click has done so already."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        if (
            index.isValid()
            and event.button() is Qt.MouseButton.LeftButton
            and self._touch_at(point) is None
        ):
            self._open(index.data(ResultRole.HIT), 0)

    def viewportEvent(self, event: QEvent) -> bool:
        """Explain a page chip with the passage that it opens."""
        if isinstance(event, QHelpEvent):
            touch = self._touch_at(event.pos())
            pages = () if touch is None else self._model.hit(touch.row).pages
            snippet = pages[touch.page].snippet if touch is not None and pages else None
            # As markup, so that it is wrapped; escaped, because others wrote it.
            text = "" if snippet is None else f"<qt>{escape(snippet.text)}</qt>"
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for more where a taller window has room for it."""
        super().resizeEvent(event)
        self._look_ahead_soon()

    def changeEvent(self, event: QEvent) -> None:
        """Measure the cards anew for another font, language or style."""
        super().changeEvent(event)
        kinds = {QEvent.Type.FontChange, QEvent.Type.LanguageChange, QEvent.Type.StyleChange}
        if event.type() in kinds and hasattr(self, "_card"):
            self._card.forget()
            self.scheduleDelayedItemsLayout()

    def _open(self, hit: Hit, page: int) -> None:
        target = hit.pages[page] if page < len(hit.pages) else best_page(hit)
        if target is not None:
            self.page_opened.emit(hit, target)

    def _step(self, hit: Hit, by: int) -> None:
        count = self._card.shown_pages(hit, self._option())
        active = self._card.active
        if not count or active is None:
            return
        page = max(0, min(count - 1, active.page + by))
        self._card.active = Touch(active.row, page)
        self.update(self.currentIndex())
        label = formats.page(hit.pages[page].label or str(hit.pages[page].number))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, label))

    def _option(self, index: QModelIndex | None = None) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        if index is not None:
            option.rect = self.visualRect(index)
        return option

    def _touch_at(self, point: QPoint) -> Touch | None:
        index = self.indexAt(point)
        if not index.isValid():
            return None
        page = self._card.page_at(self._option(index), index, point)
        return None if page is None else Touch(index.row(), page)

    def _hover(self, touch: Touch | None) -> None:
        if touch == self._card.hovered:
            return
        self._card.hovered = touch
        pointing = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor if touch is None else pointing)
        self.viewport().update()

    @Slot()
    def _start_over(self) -> None:
        self._card.forget()
        self._card.hovered = self._card.pressed = self._card.active = None
        self._asked_at = -1
        self._look_ahead_soon()

    @Slot(int, int)
    def _range_changed(self, least: int, most: int) -> None:
        self.verticalScrollBar().setEnabled(most > least)
        self._look_ahead()

    @Slot()
    def _look_ahead_soon(self) -> None:
        # The list places its rows when the event loop runs again.
        QTimer.singleShot(0, self, self._look_ahead)

    @Slot()
    def _look_ahead(self) -> None:
        shown = self._model.rowCount()
        bar = self.verticalScrollBar()
        near = bar.value() >= bar.maximum() - NEAR_END * self.viewport().height()
        if self.isVisible() and near and shown < self._model.total and shown != self._asked_at:
            self._asked_at = shown
            self.more_wanted.emit()
