"""Where everything stands on a result card, without painting it.

Texts are measured once for each hit; the height for a width is then plain arithmetic, because
nothing on a card has more than two lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QStyle

from desktop_app.domain.records import Access, Record, TextHealth
from desktop_app.domain.search import Hit, Snippet
from desktop_app.gui import formats, theme
from desktop_app.gui.theme import GRID, Tone

from .text_block import SLACK, line_height

MARGIN = 4 * GRID
MARGIN_AT_BAR = GRID
GAP = 2 * GRID
PADDING = 4 * GRID
EDGE = 3 * GRID
"""Distances: beside a card, between it and the scroll bar, between cards, inside a card at its
sides, and above and below."""

CHIP_HEIGHT = 22
CHIP_PADDING = 10
SNIPPETS = 2
PAGE_CHIPS = 6


@dataclass(frozen=True, slots=True)
class Chip:
    """A word or two in a coloured pill."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Passage:
    """A snippet ready to be shown; `page` is the place of its page in `Hit.pages`."""

    page: int
    text: str
    marks: tuple[tuple[int, int], ...]
    advance: float
    line_height: int


@dataclass(frozen=True, slots=True)
class Measures:
    """The texts of a card with their widths on one line, in pixels."""

    title: str
    title_advance: float
    meta: str
    chips: tuple[Chip, ...]
    chip_widths: tuple[int, ...]
    passages: tuple[Passage, ...]
    page_texts: tuple[str, ...]
    page_widths: tuple[int, ...]
    page_total: int
    found_in: str


@dataclass(frozen=True, slots=True)
class CardGeometry:
    """The places on a card of some width, counted from its upper left corner.

    `pages[i]` is the chip of `Hit.pages[i]`; as many are shown as fit on one line. `note` is the
    remark after them, at `note_rect`.
    """

    size: QSize
    title: QRect
    meta: QRect
    chips: tuple[QRect, ...]
    passages: tuple[QRect, ...]
    pages: tuple[QRect, ...]
    note: str
    note_rect: QRect

    def page_at(self, point: QPoint, passages: Sequence[Passage]) -> int | None:
        """Return which page of the hit a click at `point` opens, or None."""
        for index, rect in enumerate(self.pages):
            if rect.contains(point):
                return index
        for passage, rect in zip(passages, self.passages, strict=False):
            if rect.contains(point):
                return passage.page
        return None

    def mirrored(self, direction: Qt.LayoutDirection) -> "CardGeometry":
        """Return the same card for a window read in `direction`."""
        if direction is Qt.LayoutDirection.LeftToRight:
            return self
        whole = QRect(QPoint(0, 0), self.size)

        def turn(rect: QRect) -> QRect:
            return QStyle.visualRect(direction, whole, rect)

        return CardGeometry(
            size=self.size,
            title=turn(self.title),
            meta=turn(self.meta),
            chips=tuple(map(turn, self.chips)),
            passages=tuple(map(turn, self.passages)),
            pages=tuple(map(turn, self.pages)),
            note=self.note,
            note_rect=turn(self.note_rect),
        )


def record_chips(record: Record) -> tuple[Chip, ...]:
    """Return the chips of a record: kind, access, and text health where it is not good."""
    chips: list[Chip] = []
    if record.kind is not None:
        chips.append(Chip(formats.kind_name(record.kind), Tone.ACCENT))
    access = {
        Access.PUBLIC: Tone.GOOD,
        Access.PARTNER: Tone.WARNING,
        Access.EMBARGOED: Tone.BAD,
    }
    chips.append(Chip(formats.access_name(record.access), access.get(record.access, Tone.PLAIN)))
    health = record.text_health
    if health is not None and health is not TextHealth.GOOD:
        bad = health in {TextHealth.SCANNED, TextHealth.UNREADABLE}
        tone = Tone.PLAIN if health is TextHealth.REPAIRED else Tone.WARNING
        chips.append(Chip(formats.text_health_name(health), Tone.BAD if bad else tone))
    return tuple(chips)


def meta_line(record: Record) -> str:
    """Return who wrote it, in which languages, when, and how long it is."""
    parts = [
        ", ".join(formats.isolate(author) for author in record.authors[:3])
        + (" …" if len(record.authors) > 3 else ""),
        formats.languages(record.languages),
        "" if record.year is None else str(record.year),
        formats.pages(record.page_count) if record.page_count else "",
    ]
    return formats.joined(parts)


def measure(hit: Hit) -> Measures:
    """Return the texts of the card for `hit` with their widths."""
    record = hit.record
    title = QFontMetricsF(theme.font(theme.CARD_TITLE, bold=True))
    body = QFontMetricsF(theme.font())
    caption = QFontMetricsF(theme.font(theme.CAPTION))

    def chip_width(text: str) -> int:
        return round(caption.horizontalAdvance(text)) + 2 * CHIP_PADDING

    chips = record_chips(record)
    if hit.missing:
        text = QCoreApplication.translate("Results", "Without: {words}")
        words = ", ".join(formats.isolate(word) for word in hit.missing)
        chips += (Chip(text.format(words=words), Tone.WARNING),)
    passages: list[Passage] = []
    for number, page in enumerate(hit.pages):
        if page.snippet is not None and page.snippet.text and len(passages) < SNIPPETS:
            text, marks = _with_ellipses(page.snippet)
            height = line_height(text, theme.BODY)
            passages.append(Passage(number, text, marks, body.horizontalAdvance(text), height))
    pages = tuple(formats.page(page.label or str(page.number)) for page in hit.pages[:PAGE_CHIPS])
    found_in = ""
    if hit.matched_fields and not hit.pages:
        names = ", ".join(formats.field_name(field) for field in hit.matched_fields)
        found_in = QCoreApplication.translate("Results", "Found in: {fields}").format(fields=names)
    return Measures(
        title=record.title,
        title_advance=title.horizontalAdvance(record.title),
        meta=meta_line(record),
        chips=chips,
        chip_widths=tuple(chip_width(chip.text) for chip in chips),
        passages=tuple(passages),
        page_texts=pages,
        page_widths=tuple(chip_width(text) for text in pages),
        page_total=max(hit.page_total, len(hit.pages)),
        found_in=found_in,
    )


def lay_out(measures: Measures, width: int) -> CardGeometry:
    """Return the places on a card that is `width` pixels wide, for left-to-right reading."""
    inner = max(1, width - 2 * PADDING)
    y = EDGE
    title_line = line_height(measures.title, theme.CARD_TITLE)
    title_lines = 1 if measures.title_advance <= inner - SLACK else 2
    title = QRect(PADDING, y, inner, title_line * title_lines)
    y = title.bottom() + 1
    meta = QRect(PADDING, y, inner, line_height(measures.meta, theme.BODY) if measures.meta else 0)
    y += meta.height() + GRID
    chips, y = _flow(measures.chip_widths, y, inner)
    passages: list[QRect] = []
    if measures.passages:
        y += 2 * GRID
    for passage in measures.passages:
        count = 1 if passage.advance <= inner - SLACK else 2
        passages.append(QRect(PADDING, y, inner, passage.line_height * count))
        y += passages[-1].height() + GRID
    pages, note, note_rect = _page_row(measures, y + GRID, inner)
    if pages or note:
        y += GRID + CHIP_HEIGHT
    return CardGeometry(
        size=QSize(width, y + EDGE),
        title=title,
        meta=meta,
        chips=chips,
        passages=tuple(passages),
        pages=pages,
        note=note,
        note_rect=note_rect,
    )


def _flow(widths: Sequence[int], y: int, inner: int) -> tuple[tuple[QRect, ...], int]:
    """Return places for chips in as many lines as needed, and where the last line ends."""
    places: list[QRect] = []
    x = 0
    for wish in widths:
        width = min(wish, inner)
        if x and x + width > inner:
            x = 0
            y += CHIP_HEIGHT + GRID
        places.append(QRect(PADDING + x, y, width, CHIP_HEIGHT))
        x += width + GRID + 2
    return tuple(places), y + CHIP_HEIGHT if widths else y


def _page_row(measures: Measures, y: int, inner: int) -> tuple[tuple[QRect, ...], str, QRect]:
    caption = QFontMetricsF(theme.font(theme.CAPTION))
    reserve = 0
    if measures.page_total > 1:
        reserve = round(caption.horizontalAdvance(formats.more_pages(measures.page_total)))
    places: list[QRect] = []
    x = 0
    for width in measures.page_widths:
        if places and x + width + reserve > inner:
            break
        places.append(QRect(PADDING + x, y, min(width, inner), CHIP_HEIGHT))
        x += width + GRID + 2
    more = measures.page_total - len(places)
    note = formats.more_pages(more) if places and more > 0 else measures.found_in
    return tuple(places), note, QRect(PADDING + x, y, max(0, inner - x), CHIP_HEIGHT)


def _with_ellipses(snippet: Snippet) -> tuple[str, tuple[tuple[int, int], ...]]:
    lead = "… " if snippet.cut_before else ""
    tail = " …" if snippet.cut_after else ""
    shift = len(lead)
    marks = tuple((start + shift, end + shift) for start, end in snippet.marks)
    return lead + snippet.text + tail, marks
