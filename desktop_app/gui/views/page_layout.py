"""Where the pages of a document stand when they are shown one below the other."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from PySide6.QtCore import QRect, QSize, QSizeF

PIXELS_PER_POINT = 96 / 72
"""Pixels of a 72nd of an inch at a zoom of 1.0."""

LEAST_ZOOM, MOST_ZOOM = 0.25, 4.0

LONGEST_SIDE = 16_000
"""A page is never shown longer or wider, in pixels: some PDFs claim pages of 200 km."""

EDGE = 12
GAP = 12
"""Pixels around all pages, and between two of them."""


class Fit(StrEnum):
    """What decides the size of a page."""

    WIDTH = "width"
    PAGE = "page"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point of the document that stays where it is when the window or the zoom changes.

    `fraction` of the height of `page` (from 0) stands `lead` pixels below the upper edge.
    """

    page: int
    fraction: float = 0.0
    lead: float = float(GAP)


class PageLayout:
    """Places for pages of `sizes` (in points, 1/72 inch) in a viewport. Pages count from 0."""

    def __init__(
        self, sizes: Sequence[QSizeF], viewport: QSize, fit: Fit = Fit.WIDTH, zoom: float = 1.0
    ) -> None:
        self._viewport = viewport
        room = QSize(max(1, viewport.width() - 2 * EDGE), max(1, viewport.height() - 2 * EDGE))
        self._scales = [_scale(size, room, fit, zoom) for size in sizes]
        self._sizes = [
            QSize(max(1, round(size.width() * scale)), max(1, round(size.height() * scale)))
            for size, scale in zip(sizes, self._scales, strict=True)
        ]
        ends = list(accumulate((size.height() + GAP for size in self._sizes), initial=EDGE))
        self._tops = ends[:-1]
        self.height = (ends[-1] - GAP if sizes else 0) + EDGE
        self.width = max((size.width() for size in self._sizes), default=0) + 2 * EDGE

    def __len__(self) -> int:
        return len(self._sizes)

    def zoom(self, page: int) -> float:
        """Return how large a page is shown; 1.0 is the size of its paper."""
        return self._scales[page] / PIXELS_PER_POINT

    def scale(self, page: int) -> float:
        """Return the pixels of one point of a page."""
        return self._scales[page]

    def rect(self, page: int) -> QRect:
        """Return the place of a page in the whole document, centred in the viewport."""
        size = self._sizes[page]
        x = (max(self.width, self._viewport.width()) - size.width()) // 2
        return QRect(x, self._tops[page], size.width(), size.height())

    def page_at(self, y: float) -> int:
        """Return the page at a height of the document, or the nearest one above."""
        return max(0, bisect_right(self._tops, y) - 1)

    def visible(self, top: int, height: int) -> range:
        """Return the pages that show something between `top` and `top + height`."""
        if not self._tops:
            return range(0)
        first = self.page_at(top)
        if self.rect(first).bottom() < top:
            first += 1
        return range(first, self.page_at(top + height - 1) + 1)

    def main_page(self, top: int, height: int) -> int:
        """Return the page that takes most of the room between `top` and `top + height`."""
        window = QRect(0, top, 1, height)

        def shown(page: int) -> int:
            rect = self.rect(page)
            return QRect(0, rect.y(), 1, rect.height()).intersected(window).height()

        return max(self.visible(top, height), key=shown, default=self.page_at(top))

    def offset(self, anchor: Anchor) -> int:
        """Return the height of the document that belongs at the upper edge for `anchor`."""
        rect = self.rect(anchor.page)
        return round(rect.y() + anchor.fraction * rect.height() - anchor.lead)

    def anchor(self, top: int) -> Anchor:
        """Return the anchor of what stands at the upper edge when scrolled to `top`."""
        page = self.page_at(top + GAP)
        rect = self.rect(page)
        distance = top - rect.y()
        if distance <= 0:
            return Anchor(page, 0.0, -distance)
        return Anchor(page, distance / rect.height(), 0.0)


def _scale(size: QSizeF, room: QSize, fit: Fit, zoom: float) -> float:
    width, height = max(size.width(), 1e-3), max(size.height(), 1e-3)
    if fit is Fit.WIDTH:
        scale = room.width() / width
    elif fit is Fit.PAGE:
        scale = min(room.width() / width, room.height() / height)
    else:
        scale = zoom * PIXELS_PER_POINT
    return min(scale, LONGEST_SIDE / max(width, height))
