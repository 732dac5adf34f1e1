"""Paints a hit as a card: title, origin, chips, passages with marked words, pages to open."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.domain.search import Hit
from desktop_app.gui import formats, theme
from desktop_app.gui.models.results import ResultRole
from desktop_app.gui.theme import Colours

from .card_layout import (
    CHIP_PADDING,
    GAP,
    MARGIN,
    MARGIN_AT_BAR,
    CardGeometry,
    Measures,
    lay_out,
    measure,
)
from .text_block import TextBlock

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Touch:
    """A page of a row under the mouse, or chosen with the keyboard."""

    row: int
    page: int


class ResultCard(QStyledItemDelegate):
    """The delegate of a list of hits.

    The list tells what the mouse is over (`hovered`), what it presses (`pressed`) and which page
    the keyboard has chosen (`active`).
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hovered: Touch | None = None
        self.pressed: Touch | None = None
        self.active: Touch | None = None
        self._measures: dict[int, tuple[Hit, Measures]] = {}
        self._geometries: dict[int, CardGeometry] = {}
        self._width = 0

    def forget(self) -> None:
        """Measure everything anew: other hits, another font or another language."""
        self._measures.clear()
        self._geometries.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a card with the gap below it, for the width of the list."""
        geometry = self._geometry(index.data(ResultRole.HIT), _card_width(option))
        return QSize(_card_width(option), geometry.size.height() + GAP)

    def page_at(self, option: QStyleOptionViewItem, index: Index, point: QPoint) -> int | None:
        """Return which page of the hit lies under `point` of the list's viewport."""
        hit = index.data(ResultRole.HIT)
        card = _card(option)
        geometry = self._geometry(hit, card.width()).mirrored(option.direction)
        return geometry.page_at(point - card.topLeft(), self._measured(hit).passages)

    def shown_pages(self, hit: Hit, option: QStyleOptionViewItem) -> int:
        """Return how many page chips the card of `hit` shows."""
        return len(self._geometry(hit, _card_width(option)).pages)

    def page_rect(self, option: QStyleOptionViewItem, index: Index, page: int) -> QRect:
        """Return the place of a page chip in the list's viewport; raises IndexError."""
        card = _card(option)
        geometry = self._geometry(index.data(ResultRole.HIT), card.width())
        return geometry.mirrored(option.direction).pages[page].translated(card.topLeft())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card."""
        hit: Hit = index.data(ResultRole.HIT)
        table = theme.colours()
        card = _card(option)
        measures = self._measured(hit)
        geometry = self._geometry(hit, card.width()).mirrored(option.direction)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_frame(painter, card, option.state, table)
        painter.translate(card.topLeft())
        self._paint_texts(painter, measures, geometry, option.direction)
        for chip, rect in zip(measures.chips, geometry.chips, strict=True):
            _paint_pill(painter, rect, chip.text, table.chip(chip.tone), rect.height() / 2)
        row = index.row()
        for page, rect in enumerate(geometry.pages):
            touch = Touch(row, page)
            ring = self.active == touch and bool(option.state & QStyle.StateFlag.State_HasFocus)
            ground = table.panel
            if self.pressed == touch:
                ground = table.line
            elif self.hovered == touch or ring:
                ground = table.accent_pale
            colours = (table.accent, ground, table.accent if ring else table.line)
            _paint_pill(painter, rect, measures.page_texts[page], colours, 5, 2 if ring else 1)
        painter.restore()

    def _paint_texts(
        self,
        painter: QPainter,
        measures: Measures,
        geometry: CardGeometry,
        direction: Qt.LayoutDirection,
    ) -> None:
        table = theme.colours()
        place = geometry.title
        font = theme.font(theme.CARD_TITLE, bold=True)
        TextBlock(measures.title, font, place.width(), lines=2).draw(
            painter, place.x(), place.y(), table.ink
        )
        place = geometry.meta
        if measures.meta:
            TextBlock(measures.meta, theme.font(), place.width(), direction=direction).draw(
                painter, place.x(), place.y(), table.soft
            )
        for passage, place in zip(measures.passages, geometry.passages, strict=True):
            block = TextBlock(
                passage.text,
                theme.font(),
                place.width(),
                lines=2,
                marks=passage.marks,
                direction=formats.direction_of_passage(passage.text),
            )
            block.draw(painter, place.x(), place.y(), table.ink, table.highlight)
        place = geometry.note_rect
        if geometry.note:
            font = theme.font(theme.CAPTION)
            block = TextBlock(geometry.note, font, place.width(), direction=direction)
            top = place.y() + (place.height() - block.height) / 2
            block.draw(painter, place.x(), top, table.soft)

    def _measured(self, hit: Hit) -> Measures:
        # By identity: hits are not hashable, and the pair keeps the hit and so its id alive.
        known = self._measures.get(id(hit))
        if known is None:
            known = self._measures[id(hit)] = (hit, measure(hit))
        return known[1]

    def _geometry(self, hit: Hit, width: int) -> CardGeometry:
        if width != self._width:
            self._geometries.clear()
            self._width = width
        measures = self._measured(hit)
        geometry = self._geometries.get(id(hit))
        if geometry is None:
            geometry = self._geometries[id(hit)] = lay_out(measures, width)
        return geometry


def _card_width(option: QStyleOptionViewItem) -> int:
    view = option.widget
    width = option.rect.width()
    if isinstance(view, QAbstractItemView):
        width = view.viewport().width()
    return max(1, width - MARGIN - MARGIN_AT_BAR)


def _card(option: QStyleOptionViewItem) -> QRect:
    card = option.rect.adjusted(MARGIN, 0, -MARGIN_AT_BAR, -GAP)
    return QStyle.visualRect(option.direction, option.rect, card)


def _paint_frame(painter: QPainter, card: QRect, state: QStyle.StateFlag, table: Colours) -> None:
    selected = bool(state & QStyle.StateFlag.State_Selected)
    width = 1
    colour = table.line
    if selected:
        width = 2 if state & QStyle.StateFlag.State_HasFocus else 1
        colour = table.accent
    elif state & QStyle.StateFlag.State_MouseOver:
        colour = table.faint
    painter.setPen(QPen(QColor(colour), width))
    painter.setBrush(QColor(table.panel))
    inset = width / 2
    painter.drawRoundedRect(QRectF(card).adjusted(inset, inset, -inset, -inset), 8, 8)


def _paint_pill(
    painter: QPainter,
    rect: QRect,
    text: str,
    colours: tuple[str, str, str],
    radius: float,
    width: int = 1,
) -> None:
    ink, ground, border = colours
    painter.setPen(QPen(QColor(border), width))
    painter.setBrush(QColor(ground))
    inset = width / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)
    font = theme.font(theme.CAPTION)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    room = rect.width() - 2 * CHIP_PADDING + 1
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)
