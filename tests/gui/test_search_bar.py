"""Typing into the search bar and what it shows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.domain.search import Expansion, SearchAnswer
from desktop_app.gui.views.search_bar import PAUSE_MS, SearchBar

INVISIBLE = str.maketrans("", "", "\u2068\u2069\u200b\u200e\u200f")


@pytest.fixture
def bar(qtbot: QtBot, direction: Qt.LayoutDirection) -> SearchBar:
    """Return a search bar on the screen."""
    result = SearchBar()
    qtbot.addWidget(result)
    result.show()
    return result


def line(bar: SearchBar) -> QLineEdit:
    """Return the line to type in."""
    found = bar.findChild(QLineEdit)
    assert found is not None
    return found


def texts(bar: SearchBar) -> str:
    """Return everything that can be read in the bar."""
    parts = [label.text() for label in bar.findChildren(QLabel) if label.isVisibleTo(bar)]
    parts += [b.text() for b in bar.findChildren(QPushButton) if b.isVisibleTo(bar)]
    return "\n".join(parts).translate(INVISIBLE)


def test_typing_is_told_once_it_rests(bar: SearchBar, qtbot: QtBot) -> None:
    seen: list[str] = []
    bar.query_changed.connect(seen.append)
    with qtbot.waitSignal(bar.query_changed):
        line(bar).insert("إرشاد ")
        QTest.keyClicks(line(bar), "youth ")
    assert seen == ["إرشاد youth"]


def test_nothing_is_told_when_the_text_is_the_same_again(bar: SearchBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.query_changed):
        QTest.keyClicks(line(bar), "a")
    with qtbot.assertNotEmitted(bar.query_changed, wait=2 * PAUSE_MS):
        QTest.keyClicks(line(bar), " ")
        QTest.keyClick(line(bar), Qt.Key.Key_Backspace)


def test_enter_submits_at_once_and_instead_of_the_pause(bar: SearchBar, qtbot: QtBot) -> None:
    QTest.keyClicks(line(bar), "mentoring")
    submitted: list[str] = []
    bar.submitted.connect(submitted.append)
    with qtbot.assertNotEmitted(bar.query_changed, wait=2 * PAUSE_MS):
        QTest.keyClick(line(bar), Qt.Key.Key_Return)
    assert submitted == ["mentoring"]


def test_escape_empties_the_line(bar: SearchBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.query_changed):
        QTest.keyClicks(line(bar), "x")
    with qtbot.waitSignal(bar.query_changed) as changed:
        QTest.keyClick(line(bar), Qt.Key.Key_Escape)
    assert changed.args == [""]
    assert bar.text() == ""


def test_clearing_is_told_at_once(bar: SearchBar, qtbot: QtBot) -> None:
    bar.set_text("mentoring")
    with qtbot.waitSignal(bar.query_changed, timeout=PAUSE_MS // 2) as changed:
        line(bar).actions()[1].trigger()
    assert changed.args == [""]
    assert not line(bar).actions()[1].isVisible()


def test_set_text_tells_nothing(bar: SearchBar, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(bar.query_changed, wait=2 * PAUSE_MS):
        bar.set_text("mentoring")
    assert bar.text() == "mentoring"
    assert line(bar).actions()[1].isVisible()


def test_arrow_down_goes_on_into_the_results(bar: SearchBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.results_wanted):
        QTest.keyClick(line(bar), Qt.Key.Key_Down)


def test_focus_selects_what_is_typed(bar: SearchBar, qtbot: QtBot) -> None:
    bar.set_text("mentoring")
    bar.focus()
    qtbot.waitUntil(line(bar).hasFocus)
    assert line(bar).selectedText() == "mentoring"


def test_answer_is_summed_up(bar: SearchBar) -> None:
    bar.show_answer(SearchAnswer("mentoring", 44, 12.3, ()))
    assert texts(bar) == "44 records · 12 ms"
    bar.show_answer(SearchAnswer("", 1284, 0.4, (), pending=12))
    assert texts(bar) == "1,284 records · 12 records not yet searchable"


def test_hints_and_widened_words_are_shown_as_plain_text(bar: SearchBar) -> None:
    expanded = (Expansion("mentorat", "mentoring", "fr"), Expansion("إرشاد", "mentoring", "ar"))
    answer = SearchAnswer(
        "<b>x</b>", 1, 1.0, (), expanded, hints=('There is no field "<b>x</b>".', "Second.")
    )
    bar.show_answer(answer)
    assert "also searched: mentorat, إرشاد" in texts(bar)
    assert 'There is no field "<b>x</b>".\nSecond.' in texts(bar)
    plain = Qt.TextFormat.PlainText
    assert all(label.textFormat() is plain for label in bar.findChildren(QLabel))


def test_many_widened_words_are_cut_and_never_widen_the_window(bar: SearchBar) -> None:
    narrow = bar.minimumSizeHint().width()
    words = tuple(Expansion(f"كلمة{number}", "x", "ar") for number in range(40))
    bar.show_answer(SearchAnswer("x", 1, 1.0, (), words))
    assert "كلمة5 …" in texts(bar)
    assert "كلمة6" not in texts(bar)
    assert any("كلمة39" in label.toolTip() for label in bar.findChildren(QLabel))
    assert bar.minimumSizeHint().width() <= narrow + 100
    bar.show_answer(SearchAnswer("x", 1, 1.0, ()))
    assert "also searched" not in texts(bar)


def test_a_suggestion_is_taken_with_one_click(bar: SearchBar, qtbot: QtBot) -> None:
    bar.show_answer(SearchAnswer("mentroing & co", 0, 1.0, (), suggestion="mentoring & co"))
    assert "Did you mean mentoring && co?" in texts(bar)
    button = bar.findChild(QPushButton)
    assert button is not None
    with qtbot.waitSignal(bar.suggestion_chosen) as chosen:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert chosen.args == ["mentoring & co"]
    assert bar.text() == "mentoring & co"
    bar.show_answer(SearchAnswer("mentoring & co", 3, 1.0, ()))
    assert "Did you mean" not in texts(bar)


def test_a_note_takes_the_place_of_count_and_hints(bar: SearchBar) -> None:
    bar.show_answer(SearchAnswer("x", 1, 1.0, (), suggestion="y", hints=("Careful.",)))
    bar.show_note("Searching…")
    assert texts(bar).strip() == "Searching…"
    before = bar.minimumSizeHint().width()
    bar.show_note("A reason that goes on and on. " * 20)
    assert bar.minimumSizeHint().width() <= before + 40
