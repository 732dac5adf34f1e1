"""Lines of text and the places on a card."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from desktop_app.domain.records import TextHealth
from desktop_app.domain.search import Hit
from desktop_app.gui import theme
from desktop_app.gui.theme import Tone
from desktop_app.gui.views.card_layout import (
    CardGeometry,
    lay_out,
    measure,
    meta_line,
    record_chips,
)
from desktop_app.gui.views.text_block import TextBlock, line_height
from tests.gui import hits

RTL, LTR = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight


def rects(card: CardGeometry) -> list[QRect]:
    """Return every place on a card that holds something."""
    places = [card.title, card.meta, *card.chips, *card.passages, *card.pages]
    return [*places, card.note_rect] if card.note else places


def test_arabic_lines_are_about_a_third_taller() -> None:
    assert line_height("برنامج", 13) / line_height("programme", 13) == pytest.approx(1.35, abs=0.1)
    assert line_height("Mentoring في", 13) == line_height("برنامج", 13)


@pytest.mark.parametrize("text", [hits.ENGLISH, hits.ARABIC * 2])
def test_long_text_is_cut_to_its_lines(styled: QApplication, text: str) -> None:
    font = theme.font()
    block = TextBlock(text, font, 300, lines=2)
    first, second = block.text.split("\n")
    assert text.startswith(first)
    assert second.endswith("…")
    assert max(QFontMetricsF(font).horizontalAdvance(line) for line in (first, second)) <= 300
    assert block.height == 2 * block.line_height


def test_short_text_is_one_line(styled: QApplication) -> None:
    block = TextBlock("short", theme.font(), 300, lines=2)
    assert block.text == "short"
    assert block.height == block.line_height


def test_a_mark_far_in_is_brought_into_sight(styled: QApplication) -> None:
    text = "word " * 60 + "mentoring at last"
    at = text.index("mentoring")
    block = TextBlock(text, theme.font(), 300, lines=2, marks=[(at, at + 9)])
    assert "mentoring" in block.text
    assert block.text.startswith("… word")


def test_a_word_longer_than_the_line_is_broken(styled: QApplication) -> None:
    block = TextBlock("x" * 200, theme.font(), 120, lines=2)
    assert len(block.text.split("\n")) == 2
    assert block.text.endswith("…")


def test_nothing_at_all_can_be_laid_out(styled: QApplication) -> None:
    assert TextBlock("", theme.font(), 0, lines=2).text == ""


@pytest.mark.parametrize("width", [180, 260, 480, 726, 1600])
@pytest.mark.parametrize("number", range(4))
def test_nothing_overlaps_or_leaves_the_card(styled: QApplication, width: int, number: int) -> None:
    hit = hits.sample_answer().hits[number]
    card = lay_out(measure(hit), width)
    whole = QRect(QPoint(0, 0), card.size)
    places = [place for place in rects(card) if place.height() > 0]
    assert all(whole.contains(place) for place in places)
    assert not [(a, b) for i, a in enumerate(places) for b in places[i + 1 :] if a.intersects(b)]


def test_mirrored_card_is_the_same_from_the_other_side(styled: QApplication) -> None:
    card = lay_out(measure(hits.english_hit()), 700)
    turned = card.mirrored(RTL)
    assert turned.pages[0].right() == 700 - 1 - card.pages[0].x()
    assert turned.mirrored(RTL) == card
    assert card.mirrored(LTR) is card


def test_more_pages_are_counted(styled: QApplication) -> None:
    card = lay_out(measure(hits.english_hit()), 700)
    assert (len(card.pages), card.note) == (3, "+ 9 pages")
    narrow = lay_out(measure(hits.english_hit()), 140)
    assert (len(narrow.pages), narrow.note) == (1, "+ 11 pages")


def test_a_hit_in_the_title_says_so(styled: QApplication) -> None:
    card = lay_out(measure(hits.scan_hit()), 700)
    assert (card.pages, card.note) == ((), "Found in: title")


def test_clicks_on_chips_and_passages_find_their_page(styled: QApplication) -> None:
    measures = measure(hits.english_hit())
    card = lay_out(measures, 700)
    assert [card.page_at(chip.center(), measures.passages) for chip in card.pages] == [0, 1, 2]
    assert card.page_at(card.passages[1].center(), measures.passages) == 1
    assert card.page_at(card.title.center(), measures.passages) is None


def test_browsing_needs_less_room(styled: QApplication) -> None:
    hit = hits.english_hit()
    found, browsing = (lay_out(measure(each), 700) for each in (hit, Hit(hit.record, 0.0)))
    assert browsing.size.height() < found.size.height() - 60


def test_chips_name_kind_access_and_bad_text(styled: QApplication) -> None:
    chips = [(chip.text, chip.tone) for chip in record_chips(hits.arabic_hit().record)]
    assert chips == [
        ("Evaluation", Tone.ACCENT),
        ("Partners only", Tone.WARNING),
        ("Text repaired", Tone.PLAIN),
    ]
    assert [chip.text for chip in record_chips(hits.english_hit().record)] == [
        "Evaluation",
        "Public",
    ]
    scan = record_chips(hits.record(9, "t", health=TextHealth.SCANNED))
    assert scan[-1].tone is Tone.BAD


def test_meta_line_isolates_names_and_cuts_long_lists(styled: QApplication) -> None:
    record = hits.record(9, "t", authors=("A", "ب", "C", "D"), year=2020, pages=3)
    text = meta_line(record).replace("\u2068", "").replace("\u2069", "")
    assert text == "A, ب, C … · 2020 · 3 pages"
    assert meta_line(record).count("\u2068") == meta_line(record).count("\u2069") == 6
