"""Places of pages, without a window."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSize, QSizeF

from desktop_app.gui.views.page_images import MOST_PIXELS, Wish
from desktop_app.gui.views.page_layout import (
    EDGE,
    GAP,
    LONGEST_SIDE,
    PIXELS_PER_POINT,
    Anchor,
    Fit,
    PageLayout,
)

A4 = QSizeF(595, 842)
VIEW = QSize(700, 800)
SIDES = st.floats(0.001, 2e7, allow_nan=False)


def test_pages_stand_one_below_the_other() -> None:
    layout = PageLayout([A4, A4, A4], VIEW)
    assert layout.rect(0).topLeft().toTuple() == (EDGE, EDGE)
    assert layout.rect(1).y() - layout.rect(0).bottom() - 1 == GAP
    assert layout.height == layout.rect(2).bottom() + 1 + EDGE
    assert {layout.rect(page).width() for page in range(3)} == {VIEW.width() - 2 * EDGE}


def test_fits() -> None:
    whole = PageLayout([A4], VIEW, Fit.PAGE).rect(0)
    assert whole.height() == VIEW.height() - 2 * EDGE
    assert whole.center().x() == pytest.approx(VIEW.width() / 2, abs=1)
    free = PageLayout([A4], VIEW, Fit.FREE, 1.5)
    assert free.rect(0).width() == round(595 * 1.5 * PIXELS_PER_POINT)
    assert free.zoom(0) == pytest.approx(1.5)
    assert free.scale(0) == pytest.approx(2.0)


def test_no_pages_at_all() -> None:
    layout = PageLayout([], VIEW)
    assert (len(layout), layout.height, list(layout.visible(0, 800))) == (0, EDGE, [])


def test_visible_and_main_page() -> None:
    layout = PageLayout([A4] * 9, VIEW)
    top = layout.rect(3).y()
    assert list(layout.visible(top, 800)) == [3]
    assert list(layout.visible(top - GAP, 800)) == [3]
    assert list(layout.visible(top - GAP - 1, 800)) == [2, 3]
    assert layout.main_page(top - 200, 800) == 3
    assert layout.main_page(top - 600, 800) == 2


@given(
    sizes=st.lists(st.tuples(SIDES, SIDES), min_size=1, max_size=30),
    widths=st.tuples(st.integers(1, 3000), st.integers(1, 3000)),
    page=st.integers(0, 29),
    fraction=st.floats(0, 0.99),
    fit=st.sampled_from(Fit),
)
def test_an_anchor_survives_any_resize(
    sizes: list[tuple[float, float]],
    widths: tuple[int, int],
    page: int,
    fraction: float,
    fit: Fit,
) -> None:
    points = [QSizeF(*size) for size in sizes]
    anchor = Anchor(page % len(points), fraction, 0.0)
    for width in widths:
        layout = PageLayout(points, QSize(width, 700), fit, 2.0)
        again = layout.anchor(layout.offset(anchor))
        height = layout.rect(anchor.page).height()
        there = again.page + again.fraction
        assert abs(there - (anchor.page + fraction)) <= 1.5 / height + (height <= GAP)
        assert max(layout.rect(p).height() for p in range(len(points))) <= LONGEST_SIDE
        assert max(layout.rect(p).width() for p in range(len(points))) <= LONGEST_SIDE


@given(width=st.integers(1, 100_000), height=st.integers(1, 100_000))
def test_pictures_never_have_too_many_pixels(width: int, height: int) -> None:
    drawn = Wish(0, QSize(width, height)).drawn_size
    assert 0 < drawn.width() * drawn.height() <= max(MOST_PIXELS, width, height)
    assert drawn == QSize(width, height) or drawn.width() * drawn.height() > MOST_PIXELS * 0.9
