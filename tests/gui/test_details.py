"""The details of a record."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.records import TextHealth
from desktop_app.domain.search import Hit, Snippet
from desktop_app.gui import theme
from desktop_app.gui.views.details import DetailsView
from tests.gui import hits


@pytest.fixture
def view(qtbot: QtBot, direction: Qt.LayoutDirection) -> DetailsView:
    """Return the pane on the screen."""
    result = DetailsView()
    qtbot.addWidget(result)
    result.resize(392, 700)
    result.show()
    return result


def content(view: DetailsView) -> QWidget:
    """Return what is scrolled."""
    found = view.widget()
    assert found is not None
    return found


def texts(view: DetailsView) -> list[str]:
    """Return what the labels say, from the first to the last."""
    invisible = str.maketrans("", "", "\u2068\u2069\u200b\u200e\u200f")
    return [label.text().translate(invisible) for label in content(view).findChildren(QLabel)]


def buttons(view: DetailsView) -> dict[str, QPushButton]:
    """Return the buttons by what they say."""
    invisible = str.maketrans("", "", "\u2068\u2069\u200e\u200f")
    found = content(view).findChildren(QPushButton)
    return {button.text().translate(invisible): button for button in found}


def test_without_a_record_it_says_what_to_do(view: DetailsView) -> None:
    (text,) = texts(view)
    assert text.startswith("Choose a record")
    assert not buttons(view)


def test_a_hit_opens_at_its_pages(view: DetailsView, qtbot: QtBot) -> None:
    hit = hits.english_hit()
    view.show_record(hit.record, hit)
    seen: list[tuple[str, int]] = []
    view.open_requested.connect(lambda document, page: seen.append((document, page)))
    for name in ("Open at p. 12", "p. 33", "p. xli"):
        QTest.mouseClick(buttons(view)[name], Qt.MouseButton.LeftButton)
    assert seen == [("document-1", 12), ("document-1", 33), ("document-1", 41)]
    assert "+ 9 pages" in texts(view)


def test_a_record_without_a_hit_opens_at_the_first_page(view: DetailsView, qtbot: QtBot) -> None:
    view.show_record(hits.english_hit().record, None)
    with qtbot.waitSignal(view.open_requested) as opened:
        QTest.mouseClick(buttons(view)["Open"], Qt.MouseButton.LeftButton)
    assert opened.args == ["document-1", 1]


def test_fields_say_what_is_known_and_what_is_not(view: DetailsView) -> None:
    hit = hits.arabic_hit()
    view.show_record(hit.record, hit)
    shown = texts(view)
    assert shown[0] == hit.record.title
    for name, value in (
        ("Kind", "Evaluation"),
        ("Year", "2019"),
        ("Languages", "العربية, English"),
        ("Access", "Partners only"),
        ("Added", "4 Mar 2026"),
    ):
        assert shown[shown.index(name) + 1] == value
    view.show_record(hits.scan_hit().record, None)
    shown = texts(view)
    assert shown[shown.index("Kind") + 1] == "not yet described"


def test_files_are_described_with_their_text(view: DetailsView) -> None:
    record = hits.record(7, "t", file_name="a_b.pdf", health=TextHealth.PARTIAL, hazardous=True)
    view.show_record(record, None, {"document-7": 3})
    shown = texts(view)
    assert "a_b.pdf" in shown
    assert "Report · 84 pages · 1.6 MB" in shown
    assert "SHA-256 700000000000…" in shown
    assert "Some pages without text" in shown
    assert "Can't be searched: 3 of 84 pages" in shown
    assert any("once stopped the program" in text for text in shown)


def test_pages_of_a_hit_without_marks_are_not_called_matches(view: DetailsView) -> None:
    hit = hits.english_hit()
    view.show_record(hit.record, hit)
    assert "Where your words are" in texts(view)
    first = hits.page(1, 1, hits.snippet(hits.ENGLISH))
    view.show_record(hit.record, Hit(hit.record, 0.0, pages=(first,), page_total=1))
    assert "Where your words are" not in texts(view)
    assert "From the text" in texts(view)


def test_text_of_others_is_never_markup(view: DetailsView) -> None:
    text = "<b>bold</b> & <img src='x'> mentoring"
    at = text.index("mentoring")
    record = hits.record(8, "<i>title</i>", authors=("<u>author</u>",))
    found = Snippet(text, ((at, at + 9),), True, False)
    view.show_record(record, Hit(record, 1.0, pages=(hits.page(8, 1, found),), page_total=1))
    rich = [
        label
        for label in content(view).findChildren(QLabel)
        if label.textFormat() is not Qt.TextFormat.PlainText
    ]
    (passage,) = rich
    assert passage.text().startswith("… &lt;b&gt;bold&lt;/b&gt; &amp; &lt;img")
    assert passage.text().endswith("mentoring</span>")
    assert "<i>title</i>" in texts(view)


def test_titles_stand_on_their_own_side(view: DetailsView) -> None:
    for hit, side in (
        (hits.arabic_hit(), Qt.LayoutDirection.RightToLeft),
        (hits.german_hit(), Qt.LayoutDirection.LeftToRight),
    ):
        view.show_record(hit.record, hit)
        title = content(view).findChildren(QLabel)[0]
        assert title.layoutDirection() is side


def test_marks_follow_the_theme(view: DetailsView, styled: QApplication, qtbot: QtBot) -> None:
    hit = hits.german_hit()
    view.show_record(hit.record, hit)
    theme.apply(styled, theme.Scheme.DARK)
    qtbot.waitUntil(lambda: any(theme.DARK.highlight in text for text in texts(view)))
    assert not any(theme.LIGHT.highlight in text for text in texts(view))
