"""Navigation, activity, empty states and the status line."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.operations import Progress
from desktop_app.gui import theme
from desktop_app.gui.models.jobs import JobsModel
from desktop_app.gui.views.activity import ActivityView, JobRow
from desktop_app.gui.views.empty import EmptyView
from desktop_app.gui.views.navigation import ACTIVITY, LIBRARY, NavigationView
from desktop_app.gui.views.status import StatusLine

LEFT = Qt.MouseButton.LeftButton
Put = Callable[[QWidget], None]


@pytest.fixture
def put(qtbot: QtBot, direction: Qt.LayoutDirection) -> Put:
    """Return a function that puts a widget on the screen."""

    def put_on_screen(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.resize(500, 500)
        widget.show()
        qtbot.waitExposed(widget)

    return put_on_screen


def texts(widget: QWidget) -> list[str]:
    """Return what can be read in labels."""
    # Widgets that were just put into a layout appear with the next events.
    QApplication.processEvents()
    invisible = str.maketrans("", "", "\u2068\u2069\u200b\u200e\u200f")
    return [
        label.text().translate(invisible)
        for label in widget.findChildren(QLabel)
        if label.isVisibleTo(widget) and label.text()
    ]


def button(widget: QWidget, text: str) -> QPushButton:
    """Return the button that says `text`."""
    invisible = str.maketrans("", "", "\u2068\u2069\u200e\u200f")
    (found,) = (
        each
        for each in widget.findChildren(QPushButton)
        if each.text().translate(invisible) == text and each.isVisibleTo(widget)
    )
    return found


def test_navigation_says_where_a_person_goes(put: Put, qtbot: QtBot) -> None:
    view = NavigationView()
    put(view)
    view.set_archive("Malmö", "/archives/malmo")
    view.set_counts(1284, 2)
    assert texts(view) == ["Evaluation Archive", "Malmö", "1,284", "2"]
    assert button(view, "Library").accessibleName() == "Library, 1,284"
    seen: list[str] = []
    view.chosen.connect(seen.append)
    QTest.mouseClick(button(view, "Activity"), LEFT)
    button(view, "Library").setFocus()
    QTest.keyClick(button(view, "Library"), Qt.Key.Key_Space)
    assert seen == [ACTIVITY, LIBRARY]
    view.select(ACTIVITY)
    assert button(view, "Activity").isChecked()
    assert seen == [ACTIVITY, LIBRARY]
    view.set_counts(0)
    assert button(view, "Activity").accessibleName() == "Activity"
    with pytest.raises(KeyError):
        view.select("tags")


def test_navigation_offers_an_import(put: Put, qtbot: QtBot) -> None:
    view = NavigationView()
    put(view)
    with qtbot.waitSignal(view.import_requested):
        QTest.mouseClick(button(view, "Import…"), LEFT)
    place = view.mapFromGlobal(view.import_menu_position())
    assert view.rect().contains(place)
    assert (place.x() > view.width() / 2) == view.isRightToLeft()


def test_navigation_icons_follow_the_theme(put: Put, styled: QApplication) -> None:
    view = NavigationView()
    put(view)
    before = button(view, "Library").icon().pixmap(18, 18).toImage()
    theme.apply(styled, theme.Scheme.DARK)
    assert button(view, "Library").icon().pixmap(18, 18).toImage() != before


def test_activity_shows_jobs_from_beginning_to_end(put: Put, qtbot: QtBot) -> None:
    model = JobsModel()
    view = ActivityView(model)
    put(view)
    assert any("Nothing has run" in text for text in texts(view))
    model.start(1, "Import of تقارير")
    model.progress(1, Progress(12, 155, "a.pdf"))
    shown = texts(view)
    assert [text for text in shown if text in {"Import of تقارير", "12 of 155", "a.pdf"}] == [
        "Import of تقارير",
        "12 of 155",
        "a.pdf",
    ]
    assert not any("Nothing has run" in text for text in shown)
    bar = view.findChild(QProgressBar)
    assert bar is not None
    assert (bar.value(), bar.maximum()) == (12, 155)
    with qtbot.waitSignal(view.cancel_requested) as cancelled:
        QTest.mouseClick(button(view, "Cancel"), LEFT)
    assert cancelled.args == [1]
    assert not button(view, "Cancel").isEnabled()
    model.cancelling(1)
    assert "Stopping after the current file…" in texts(view)
    model.finish(1, "12 added", has_report=True)
    assert "12 added" in texts(view)
    assert not bar.isVisible()
    with qtbot.waitSignal(view.report_requested) as report:
        QTest.mouseClick(button(view, "Show report"), LEFT)
    assert report.args == [1]


def test_activity_puts_the_newest_first_and_shows_failures(put: Put) -> None:
    model = JobsModel()
    model.start(1, "first")
    view = ActivityView(model)
    put(view)
    model.start(2, "second")
    model.finish(1, "The disk is full.", failed=True)
    rows = view.findChildren(JobRow)
    below = {texts(row)[0]: row.y() for row in rows}
    assert below["second"] < below["first"]
    (failed,) = (
        label for label in view.findChildren(QLabel) if label.text() == "The disk is full."
    )
    assert failed.palette().color(failed.foregroundRole()).name() == theme.LIGHT.bad


def test_activity_forgets_with_its_model(put: Put, qtbot: QtBot) -> None:
    model = JobsModel()
    view = ActivityView(model)
    put(view)
    for number in range(110):
        model.start(number, f"job {number}")
        model.finish(number, "Done")
    qtbot.waitUntil(lambda: len(view.findChildren(JobRow)) == model.rowCount() == 100)


def test_a_job_of_unknown_length_still_moves(put: Put) -> None:
    model = JobsModel()
    view = ActivityView(model)
    put(view)
    model.start(1, "Check")
    bar = view.findChild(QProgressBar)
    assert bar is not None
    assert (bar.minimum(), bar.maximum()) == (0, 0)
    model.progress(1, Progress(1500, 0))
    assert "1,500" in texts(view)


def test_an_empty_archive_offers_an_import(put: Put, qtbot: QtBot) -> None:
    view = EmptyView()
    put(view)
    assert "Drop PDFs or a folder of PDFs here" in texts(view)
    with qtbot.waitSignal(view.import_requested):
        QTest.mouseClick(button(view, "Choose files… (Ctrl+I)"), LEFT)


def test_an_empty_answer_offers_the_whole_library(put: Put, qtbot: QtBot) -> None:
    view = EmptyView()
    put(view)
    view.show_nothing_found("mentoring <b>إرشاد</b>")
    assert "No record holds mentoring <b>إرشاد</b>" in texts(view)
    with qtbot.waitSignal(view.clear_requested):
        QTest.mouseClick(button(view, "Show all records"), LEFT)


def test_an_empty_answer_offers_another_spelling_first(put: Put, qtbot: QtBot) -> None:
    view = EmptyView()
    put(view)
    view.show_nothing_found("mentroing", "mentoring & co")
    with qtbot.waitSignal(view.suggestion_chosen) as chosen:
        QTest.mouseClick(button(view, "Search for mentoring && co"), LEFT)
    assert chosen.args == ["mentoring & co"]
    with qtbot.waitSignal(view.clear_requested):
        QTest.mouseClick(button(view, "Show all records"), LEFT)


def test_while_the_index_is_made_nothing_is_offered(put: Put) -> None:
    view = EmptyView()
    put(view)
    view.show_indexing(12)
    assert any(text.startswith("12 records are being made") for text in texts(view))
    assert not [b for b in view.findChildren(QPushButton) if b.isVisible()]


def test_dragging_over_it_can_be_seen(put: Put) -> None:
    view = EmptyView()
    put(view)
    before = view.grab().toImage()
    view.set_drop_active(True)
    assert view.grab().toImage() != before
    view.set_drop_active(False)
    assert view.grab().toImage() == before


def test_empty_pictures_follow_the_theme(put: Put, styled: QApplication) -> None:
    view = EmptyView()
    put(view)
    picture = next(label for label in view.findChildren(QLabel) if not label.pixmap().isNull())
    before = picture.pixmap().toImage()
    theme.apply(styled, theme.Scheme.DARK)
    assert picture.pixmap().toImage() != before


def test_status_counts_and_index(put: Put) -> None:
    view = StatusLine()
    put(view)
    view.show_counts(1284, 48_210)
    view.show_index(0)
    assert texts(view) == ["1,284 records · 48,210 pages", "Index up to date"]
    view.show_index(12)
    view.show_note("Imported 3 files")
    assert texts(view)[1:] == ["12 records waiting for the index", "Imported 3 files"]


def test_status_leads_to_the_activity(put: Put, qtbot: QtBot) -> None:
    view = StatusLine()
    put(view)
    view.show_job("Import", Progress(7, 20))
    with qtbot.waitSignal(view.activity_requested):
        QTest.mouseClick(button(view, "Import · 7 of 20"), LEFT)
    bar = view.findChild(QProgressBar)
    assert bar is not None
    with qtbot.waitSignal(view.activity_requested):
        QTest.mouseClick(view, LEFT, pos=bar.geometry().center())
    view.show_job(None)
    assert not bar.isVisible()
    with qtbot.assertNotEmitted(view.activity_requested):
        QTest.mouseClick(view, LEFT, pos=bar.geometry().center())


def test_status_sign_follows_the_theme(put: Put, styled: QApplication) -> None:
    view = StatusLine()
    put(view)
    view.show_index(0)
    sign = next(label for label in view.findChildren(QLabel) if not label.pixmap().isNull())
    before = sign.pixmap().toImage()
    theme.apply(styled, theme.Scheme.DARK)
    assert sign.pixmap().toImage() != before
