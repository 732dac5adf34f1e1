"""How the cells of an import report are drawn: two lines in every row, so that all are as high."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.domain.imports import Outcome
from desktop_app.gui import icons, theme
from desktop_app.gui.models.import_report import Column, ReportRole
from desktop_app.gui.models.report_texts import Entry
from desktop_app.gui.theme import GRID

from .text_block import TextBlock

Index = QModelIndex | QPersistentModelIndex

LINE = 22
CELL = 2 * GRID
ROW_HEIGHT = 2 * LINE + 2 * CELL
SIGN = 16
BAR = 3
SIGNS = {
    Outcome.ADDED: ("check", "good"),
    Outcome.UPDATED: ("check", "good"),
    Outcome.DUPLICATE: ("copy", "soft"),
    Outcome.REFUSED: ("warning", "bad"),
}
"""A sign and a colour for each outcome; the word stands beside it."""


class ReportCell(QStyledItemDelegate):
    """Draws a sign before the result, and below a text what else there is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that all rows have."""
        return QSize(option.rect.width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        entry: Entry = index.data(ReportRole.ENTRY)
        table = theme.colours()
        column = Column(index.column())
        painter.save()
        _draw_ground(painter, option, column)
        painter.setClipRect(option.rect)
        room = option.rect.adjusted(CELL, CELL, -CELL, -CELL)
        sign, colour = SIGNS[entry.outcome]
        tint = getattr(table, colour)
        refused = entry.outcome is Outcome.REFUSED
        first, second = str(index.data()), str(index.data(ReportRole.SECOND))
        if column is Column.RESULT:
            room = _draw_sign(painter, option, room, sign, tint)
            _draw(painter, room, first, tint, option.direction)
        elif second:
            lines = room.adjusted(0, 0, 0, LINE - room.height()), room.adjusted(0, LINE, 0, 0)
            _draw(painter, lines[0], first, table.ink, option.direction)
            below = table.bad if refused and column is Column.WHAT else table.soft
            _draw(painter, lines[1], second, below, option.direction)
        else:
            alone = table.bad if refused and column is Column.WHAT else table.ink
            _draw(painter, room, first, alone, option.direction, lines=2)
        painter.restore()


def _draw_ground(painter: QPainter, option: QStyleOptionViewItem, column: Column) -> None:
    table, rect = theme.colours(), option.rect
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, QColor(table.accent_pale))
        if column is Column.RESULT and option.state & QStyle.StateFlag.State_Active:
            rtl = option.direction is Qt.LayoutDirection.RightToLeft
            x = rect.right() - BAR + 1 if rtl else rect.left()
            painter.fillRect(QRect(x, rect.top(), BAR, rect.height()), QColor(table.accent))
    painter.setPen(QColor(table.line))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def _draw_sign(
    painter: QPainter, option: QStyleOptionViewItem, room: QRect, sign: str, colour: str
) -> QRect:
    """Draw a sign at the leading edge and return the room that is left."""
    picture = icons.pixmap(sign, colour, SIGN, ratio=painter.device().devicePixelRatioF())
    side = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop
    place = QStyle.alignedRect(option.direction, side, QSize(SIGN, LINE), room)
    painter.drawPixmap(place.x(), place.y() + (LINE - SIGN) // 2, picture)
    inset = SIGN + GRID + 2
    at_left = place.x() == room.x()
    return room.adjusted(inset if at_left else 0, 0, 0 if at_left else -inset, 0)


def _draw(
    painter: QPainter,
    room: QRect,
    text: str,
    colour: str,
    direction: Qt.LayoutDirection,
    *,
    lines: int = 1,
) -> None:
    block = TextBlock(text, theme.font(), room.width(), lines=lines, direction=direction)
    block.line_height = LINE
    block.draw(painter, room.x(), room.y(), colour)
