"""The list of cards, clicked and typed at."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from desktop_app.domain.search import Hit, SearchAnswer
from desktop_app.gui.models.results import ResultsModel
from desktop_app.gui.views import card_layout, result_card
from desktop_app.gui.views.results import ResultsView
from tests.gui import hits

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot, direction: Qt.LayoutDirection) -> ResultsView:
    """Return a list on the screen with four cards."""
    model = ResultsModel()
    result = ResultsView(model)
    model.setParent(result)
    qtbot.addWidget(result)
    result.resize(720, 600)
    model.set_answer(hits.sample_answer())
    result.show()
    qtbot.waitExposed(result)
    result.setFocus()
    result.doItemsLayout()
    return result


def told(view: ResultsView) -> ResultsModel:
    """Return the model of the list."""
    model = view.model()
    assert isinstance(model, ResultsModel)
    return model


def opened(view: ResultsView) -> list[tuple[str, int]]:
    """Return a list that fills with the record and page of everything that is opened."""
    seen: list[tuple[str, int]] = []
    view.page_opened.connect(lambda hit, page: seen.append((hit.record.id, page.number)))
    return seen


def test_arrows_choose_and_say_so(view: ResultsView, qtbot: QtBot) -> None:
    view.select_first()
    chosen = []
    view.selected.connect(lambda hit: chosen.append(hit.record.id))
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert chosen == ["record-2", "record-3", "record-2"]


def test_focus_chooses_the_first_card(view: ResultsView, qtbot: QtBot) -> None:
    view.clearFocus()
    view.setCurrentIndex(view.model().index(-1, -1))
    told(view).set_answer(hits.sample_answer())
    assert view.current_hit() is None
    view.setFocus()
    assert view.current_hit() is not None


def test_enter_opens_the_best_page(view: ResultsView, qtbot: QtBot) -> None:
    seen = opened(view)
    view.select_first()
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert seen == [("record-1", 12), ("record-1", 12)]


def test_sideways_arrows_follow_the_direction_of_reading(view: ResultsView, qtbot: QtBot) -> None:
    forward, back = Qt.Key.Key_Right, Qt.Key.Key_Left
    if view.isRightToLeft():
        forward, back = back, forward
    seen = opened(view)
    view.select_first()
    for key in (forward, forward, forward, back, Qt.Key.Key_Return):
        QTest.keyClick(view, key)
    assert view.active_page == 1
    assert seen == [("record-1", 33)]
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.active_page == 0


def test_number_keys_open_a_page_at_once(view: ResultsView, qtbot: QtBot) -> None:
    seen = opened(view)
    view.select_first()
    for key in (Qt.Key.Key_3, Qt.Key.Key_9):
        QTest.keyClick(view, key)
    assert seen == [("record-1", 41)]


def test_a_click_on_a_chip_opens_its_page(view: ResultsView, qtbot: QtBot) -> None:
    seen = opened(view)
    for page in (1, 2):
        QTest.mouseClick(view.viewport(), LEFT, pos=view.page_rect(0, page).center())
    QTest.mouseClick(view.viewport(), LEFT, pos=view.page_rect(1, 0).center())
    assert seen == [("record-1", 33), ("record-1", 41), ("record-2", 8)]
    hit = view.current_hit()
    assert hit is not None
    assert hit.record.id == "record-2"


def test_a_press_that_leaves_the_chip_opens_nothing(view: ResultsView, qtbot: QtBot) -> None:
    seen = opened(view)
    QTest.mousePress(view.viewport(), LEFT, pos=view.page_rect(0, 1).center())
    QTest.mouseRelease(view.viewport(), LEFT, pos=view.page_rect(0, 2).center())
    assert seen == []


def test_a_click_beside_the_chips_only_chooses(view: ResultsView, qtbot: QtBot) -> None:
    seen = opened(view)
    place = view.visualRect(view.model().index(1, 0))
    corner = place.topLeft() + QPoint(place.width() // 2, card_layout.EDGE // 2)
    with qtbot.waitSignal(view.selected):
        QTest.mouseClick(view.viewport(), LEFT, pos=corner)
    assert seen == []
    QTest.mouseDClick(view.viewport(), LEFT, pos=corner)
    assert seen == [("record-2", 8)]


def test_the_mouse_shows_what_a_click_would_open(view: ResultsView, qtbot: QtBot) -> None:
    chip = view.page_rect(0, 1)
    before = view.viewport().grab(chip).toImage()
    QTest.mouseMove(view.viewport(), chip.center())
    qtbot.waitUntil(lambda: view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor)
    assert view.viewport().grab(chip).toImage() != before
    view.leaveEvent(QEvent(QEvent.Type.Leave))
    assert view.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor


# What Qt's platform without a screen says of every tool tip.
@pytest.mark.qt_log_ignore(r"does not support raise\(\)")
def test_a_tool_tip_shows_the_passage_and_never_markup(view: ResultsView, qtbot: QtBot) -> None:
    place = view.page_rect(0, 0).center()
    view.viewportEvent(QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place)))
    assert QToolTip.text() == f"<qt>{hits.ENGLISH}</qt>"
    QToolTip.hideText()


def test_records_without_pages_open_at_their_first(view: ResultsView, qtbot: QtBot) -> None:
    seen = opened(view)
    shown = tuple(hits.browsing_hits())
    told(view).set_answer(SearchAnswer("", 4, 0.0, shown))
    view.select("record-3")
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert seen == [("record-3", 1)]


def test_select_says_whether_the_record_is_there(view: ResultsView) -> None:
    assert view.select("record-4")
    assert not view.select("record-5")
    told(view).clear()
    assert not view.select_first()


def test_more_is_wanted_near_the_end_and_once(view: ResultsView, qtbot: QtBot) -> None:
    model = told(view)
    model.set_answer(SearchAnswer("x", 200, 1.0, hits.many_hits(60)))
    view.doItemsLayout()
    asked: list[int] = []
    view.more_wanted.connect(lambda: asked.append(model.rowCount()))
    bar = view.verticalScrollBar()
    qtbot.wait(1)
    assert asked == []
    bar.setValue(bar.maximum())
    bar.setValue(bar.maximum() - 1)
    assert asked == [60]
    model.append_hits(hits.many_hits(60, first=500))
    view.doItemsLayout()
    assert asked == [60]
    bar.setValue(bar.maximum())
    assert asked == [60, 120]


def test_more_is_wanted_where_the_window_is_taller_than_the_list(
    view: ResultsView, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(view.more_wanted):
        told(view).set_answer(SearchAnswer("x", 9, 1.0, hits.many_hits(1)))


def test_nothing_more_is_wanted_at_the_end(view: ResultsView, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.more_wanted, wait=20):
        told(view).set_answer(SearchAnswer("x", 3, 1.0, hits.many_hits(3)))
        view.doItemsLayout()


def test_a_thousand_hits_are_measured_once(
    view: ResultsView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[int] = []
    measure = card_layout.measure

    def counting(hit: Hit) -> card_layout.Measures:
        measured.append(1)
        return measure(hit)

    monkeypatch.setattr(result_card, "measure", counting)
    told(view).set_answer(SearchAnswer("x", 1000, 1.0, hits.many_hits(1000)))
    view.doItemsLayout()
    bar = view.verticalScrollBar()
    for step in range(0, bar.maximum(), bar.maximum() // 50):
        bar.setValue(step)
        view.viewport().repaint()
    view.resize(500, 600)
    view.doItemsLayout()
    view.viewport().repaint()
    assert len(measured) == 1000
    assert bar.maximum() > 100_000


def test_cards_are_as_wide_as_the_list(view: ResultsView) -> None:
    for width in (720, 480):
        view.resize(width, 600)
        view.doItemsLayout()
        places = [view.visualRect(view.model().index(row, 0)) for row in range(4)]
        assert max(place.right() for place in places) < view.viewport().width()
        assert [place.y() for place in places] == sorted(place.y() for place in places)
        assert view.horizontalScrollBar().maximum() == 0


def test_another_style_measures_anew(view: ResultsView, styled: QApplication) -> None:
    view.doItemsLayout()
    QApplication.sendEvent(view, QEvent(QEvent.Type.FontChange))
    view.doItemsLayout()
    assert view.page_rect(0, 0).isValid()
