"""A box to choose from, drawn like the fields of the mapping; the style's own looks foreign."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QListView, QStyle, QWidget

from desktop_app.gui import icons, theme
from desktop_app.gui.theme import GRID

from .text_block import TextBlock

SIGN = 14
RADIUS = 5
INSET = 2 * GRID
HEIGHT = 30


class ChoiceBox(QComboBox):
    """Shows what is chosen, with a chevron at the trailing edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The style sheet shapes the items of this list, but not those of the usual one.
        self.setView(QListView())

    def sizeHint(self) -> QSize:
        """Return a size with room for the longest choice."""
        texts = [self.itemText(row) for row in range(self.count())]
        widest = max(map(self.fontMetrics().horizontalAdvance, texts), default=0)
        return QSize(widest + 2 * INSET + SIGN + 3 * GRID, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the same: a choice is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box, text and chevron."""
        table, painter = theme.colours(), QPainter(self)
        line = table.accent if self.underMouse() else table.faint
        ink = table.ink if self.isEnabled() else table.faint
        room = draw_box(painter, self.rect(), self.layoutDirection(), line)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(table.accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        draw_text(painter, room, self.currentText(), ink, self.layoutDirection())
        painter.end()


def draw_box(painter: QPainter, box: QRect, direction: Qt.LayoutDirection, line: str) -> QRect:
    """Draw what looks like a field to open, and return the room for its text."""
    table = theme.colours()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(line), 1))
    painter.setBrush(QColor(table.panel))
    painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), RADIUS, RADIUS)
    inside = box.adjusted(INSET, 0, -INSET, 0)
    side = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
    return draw_sign(painter, inside, side, direction, ("down", table.soft))


def draw_sign(
    painter: QPainter,
    room: QRect,
    side: Qt.AlignmentFlag,
    direction: Qt.LayoutDirection,
    sign: tuple[str, str],
) -> QRect:
    """Draw an icon (its name and colour) at a side of `room` and return the rest of it."""
    place = QStyle.alignedRect(direction, side, QSize(SIGN, SIGN), room)
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(place.topLeft(), icons.pixmap(*sign, SIGN, ratio=ratio))
    taken = SIGN + GRID
    at_left = place.x() == room.x()
    return room.adjusted(taken if at_left else 0, 0, 0 if at_left else -taken, 0)


def draw_text(
    painter: QPainter, room: QRect, text: str, colour: str, direction: Qt.LayoutDirection
) -> None:
    """Draw one line in the middle of `room`, cut with an ellipsis where it is too long."""
    block = TextBlock(text, theme.font(), room.width(), direction=direction)
    block.draw(painter, room.x(), room.top() + (room.height() - block.height) / 2, colour)
