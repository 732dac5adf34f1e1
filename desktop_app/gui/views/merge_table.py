"""The table in which a person chooses what the merged record says."""

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app.gui import icons, theme
from desktop_app.gui.models.merge import Mark, MergeModel, MergeRole
from desktop_app.gui.theme import GRID

from .text_block import TextBlock, line_height

Index = QModelIndex | QPersistentModelIndex

CELL = 2 * GRID
SIGN = 14
MOST_LINES = 4
NAME_WIDTH = 150
NARROWEST = 150
PICKING = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select})


class MergeTable(QTableView):
    """Shows a `MergeModel`; a click, Space or Enter chooses the value of a cell."""

    def __init__(self, model: MergeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._merge = model
        self.setAccessibleName(self.tr("Records side by side, field by field"))
        self.setAccessibleDescription(
            self.tr("Arrow keys go from value to value, Space chooses the one for the record.")
        )
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Cell(self))
        rows = self.verticalHeader()
        rows.setSectionResizeMode(rows.ResizeMode.Fixed)
        rows.hide()
        self.setModel(model)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.sectionResized.connect(self._fit_rows_later)
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self.resizeRowsToContents)
        self._place = (0, 1)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        self.clicked.connect(self._pick)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the value of the current cell; Enter with Ctrl is left to the window."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in PICKING and not held and self.currentIndex().isValid():
            self._pick(self.currentIndex())
            event.accept()
        elif held and event.key() in PICKING:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._share_width()

    @Slot(QModelIndex)
    def _pick(self, index: Index) -> None:
        self._merge.pick(index)

    @Slot()
    def _remember(self) -> None:
        index = self.currentIndex()
        self._place = (index.row(), index.column()) if index.isValid() else (0, 1)

    @Slot()
    def _recall(self) -> None:
        row, column = self._place
        rows, columns = self._merge.rowCount(), self._merge.columnCount()
        if rows and columns:
            self.setCurrentIndex(self._merge.index(min(row, rows - 1), min(column, columns - 1)))
        self._share_width()

    def _share_width(self) -> None:
        columns = self._merge.columnCount()
        if not columns:
            return
        header = self.horizontalHeader()
        each = max(NARROWEST, (self.viewport().width() - NAME_WIDTH) // (columns - 1))
        header.resizeSection(0, NAME_WIDTH)
        for column in range(1, columns - 1):
            header.resizeSection(column, each)
        self._fit_rows_later()

    @Slot()
    def _fit_rows_later(self) -> None:
        self._fitting.start()


class _Cell(QStyledItemDelegate):
    """Draws a mark before the text, which is wrapped."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that the text needs in its column."""
        view = option.widget
        width = view.columnWidth(index.column()) if isinstance(view, QTableView) else NARROWEST
        block = self._block(index, width - 2 * CELL - self._inset(index), option.direction)
        return QSize(width, block.height + 2 * CELL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        table, rect = theme.colours(), option.rect
        mark = Mark(index.data(MergeRole.MARK))
        last = index.column() == index.model().columnCount() - 1
        picked = mark in {Mark.CHOSEN, Mark.TAKEN}
        painter.save()
        painter.fillRect(rect, QColor(table.background if last else table.panel))
        painter.setPen(QColor(table.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), QColor(table.accent_pale))
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(QColor(table.accent), 2))
                painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.setClipRect(rect)
        room = rect.adjusted(CELL, CELL, -CELL, -CELL)
        inset = self._inset(index)
        if mark is not Mark.NONE:
            side = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop
            place = QStyle.alignedRect(option.direction, side, QSize(SIGN, SIGN), room)
            first = line_height(str(index.data()), theme.BODY)
            place.translate(0, max(0, (first - SIGN) // 2))
            _draw_mark(painter, place, mark)
        if inset:
            rtl = option.direction is Qt.LayoutDirection.RightToLeft
            room = room.adjusted(0 if rtl else inset, 0, -inset if rtl else 0, 0)
        faint = bool(index.data(MergeRole.FAINT))
        named = index.column() == 0
        colour = table.soft if faint or named or not (picked or last) else table.ink
        block = self._block(index, room.width(), option.direction)
        block.draw(painter, room.x(), room.y(), colour)
        painter.restore()

    def _inset(self, index: Index) -> int:
        return 0 if Mark(index.data(MergeRole.MARK)) is Mark.NONE else SIGN + GRID + 2

    def _block(self, index: Index, width: int, direction: Qt.LayoutDirection) -> TextBlock:
        text = str(index.data())
        return TextBlock(text, theme.font(), width, lines=MOST_LINES, direction=direction)


def _draw_mark(painter: QPainter, place: QRect, mark: Mark) -> None:
    """Draw a round mark where one of several is chosen, a square one where all are taken."""
    table = theme.colours()
    on = mark in {Mark.CHOSEN, Mark.TAKEN}
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(table.accent if on else table.faint), 1.5))
    box = QRectF(place).adjusted(1, 1, -1, -1)
    if mark in {Mark.CHOSEN, Mark.OPEN}:
        painter.setBrush(QColor(table.panel))
        painter.drawEllipse(box)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(table.accent))
            painter.drawEllipse(QPointF(box.center()), 3.2, 3.2)
    else:
        painter.setBrush(QColor(table.accent if on else table.panel))
        painter.drawRoundedRect(box, 3, 3)
        if on:
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(
                place.x() + 1,
                place.y() + 1,
                icons.pixmap("check", table.on_accent, 12, ratio=ratio),
            )
    painter.restore()
