"""A few lines of text in its own direction, cut with an ellipsis, with words marked."""

import re
from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtGui import QTextOption as Option

from desktop_app.gui import formats

_RTL_LETTERS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LATIN, _ARABIC = 1.6, 2.1
"""Height of a line in font sizes. Arabic letters reach further up and down than Latin ones."""

SLACK = 2.0
"""Pixels by which a text must be narrower than its space to be sure of its line."""

Marks = Sequence[tuple[int, int]]


def line_height(text: str, pixel_size: int) -> int:
    """Return the height of one line of `text` in pixels."""
    factor = _ARABIC if _RTL_LETTERS.search(text) else _LATIN
    return ceil(pixel_size * factor)


class TextBlock:
    """`text` broken into at most `lines` lines of `width` pixels, aligned to its own side.

    `marks` are [start, end) offsets into `text`. Where the first mark would be cut away, the text
    starts nearer to it. `direction` is the text's own one if None.
    """

    def __init__(
        self,
        text: str,
        font: QFont,
        width: float,
        *,
        lines: int = 1,
        marks: Marks = (),
        direction: Qt.LayoutDirection | None = None,
    ) -> None:
        self._font = font
        self._width = max(1.0, width)
        self._direction = formats.direction_of(text) if direction is None else direction
        self.line_height = line_height(text, font.pixelSize())
        self._lines = self._break(text, marks, lines)
        first = marks[0] if marks else None
        if first is not None and not self._shows_mark():
            text, marks = _from_near(text, marks, self._capacity() // 3)
            self._lines = self._break(text, marks, lines)

    @property
    def text(self) -> str:
        """Return what can be seen, its lines separated by newlines."""
        return "\n".join(layout.text() for layout, _ in self._lines)

    @property
    def height(self) -> int:
        """Return the height of all lines in pixels."""
        return self.line_height * len(self._lines)

    def draw(
        self, painter: QPainter, x: float, y: float, ink: str, ground: str | None = None
    ) -> None:
        """Paint the block with its upper left corner at (x, y), marks on `ground`."""
        painter.setPen(QColor(ink))
        for number, (layout, marks) in enumerate(self._lines):
            line = layout.lineAt(0)
            # Centred in its slot, so that lines of both scripts keep even distances.
            top = y + number * self.line_height + (self.line_height - line.height()) / 2
            painter.save()
            layout.draw(painter, QPointF(x, top), _selections(marks, ink, ground))
            painter.restore()

    def _break(self, text: str, marks: Marks, lines: int) -> list[tuple[QTextLayout, Marks]]:
        found: list[tuple[QTextLayout, Marks]] = []
        start = 0
        while start < len(text) and len(found) < lines:
            last = len(found) == lines - 1
            piece, taken = self._piece(text[start:], last=last)
            end = start + taken
            own = [(max(a, start) - start, min(b, end) - start) for a, b in marks]
            visible = [(a, b) for a, b in own if a < b]
            found.append((self._line(piece), visible))
            start = end
        return found or [(self._line(""), [])]

    def _piece(self, rest: str, *, last: bool) -> tuple[str, int]:
        """Return the text of the next line and how many characters of `rest` it shows."""
        layout = self._line(rest)
        taken = layout.lineAt(0).textLength()
        if taken >= len(rest):
            return rest, len(rest)
        if not last:
            return rest[:taken].rstrip(), taken
        metrics = QFontMetricsF(self._font)
        piece = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, self._width - SLACK)
        return piece, max(0, len(piece) - 1)

    def _line(self, text: str) -> QTextLayout:
        layout = QTextLayout(text, self._font)
        rtl = self._direction is Qt.LayoutDirection.RightToLeft
        option = Option(Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
        option.setTextDirection(self._direction)
        option.setWrapMode(Option.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        layout.beginLayout()
        layout.createLine().setLineWidth(self._width)
        layout.endLayout()
        return layout

    def _shows_mark(self) -> bool:
        return any(marks for _, marks in self._lines)

    def _capacity(self) -> int:
        return sum(len(layout.text()) for layout, _ in self._lines)


def _from_near(text: str, marks: Marks, before: int) -> tuple[str, Marks]:
    """Return `text` and `marks` starting at a word at most `before` characters ahead of a mark."""
    first = marks[0][0]
    start = max(0, first - before)
    space = text.find(" ", start, first)
    start = first if space < 0 else space + 1
    lead = "… "
    shift = len(lead) - start
    return lead + text[start:], [(a + shift, b + shift) for a, b in marks]


def _selections(marks: Marks, ink: str, ground: str | None) -> list[QTextLayout.FormatRange]:
    result: list[QTextLayout.FormatRange] = []
    if ground is None:
        return result
    for start, end in marks:
        shown = QTextCharFormat()
        shown.setBackground(QColor(ground))
        shown.setForeground(QColor(ink))
        selection = QTextLayout.FormatRange()
        selection.start, selection.length = start, end - start
        selection.format = shown
        result.append(selection)
    return result
