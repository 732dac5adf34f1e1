"""The reader with real PDFs, good and bad."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QToolButton
from pytestqt.qtbot import QtBot

from desktop_app.gui.views.page_images import BUDGET
from desktop_app.gui.views.page_layout import LEAST_ZOOM, MOST_ZOOM, Fit
from desktop_app.gui.views.reader import ReaderView
from tests.gui import hits
from tests.samples import pdf_bytes, write_pdf

TEXTS = [f"Page {number} speaks of mentoring." for number in range(1, 31)]
LEFT = Qt.MouseButton.LeftButton
INVISIBLE = str.maketrans("", "", "\u2068\u2069\u200b\u200e\u200f")


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Return a PDF of thirty pages."""
    return write_pdf(tmp_path / "sample.pdf", TEXTS)


@pytest.fixture
def reader(qtbot: QtBot, direction: Qt.LayoutDirection) -> ReaderView:
    """Return a reader that is not on the screen yet."""
    result = ReaderView()
    qtbot.addWidget(result, before_close_func=ReaderView.clear)
    result.resize(600, 700)
    return result


def shown(reader: ReaderView) -> str:
    """Return everything that can be read except pages."""
    parts = [label.text() for label in reader.findChildren(QLabel) if label.isVisibleTo(reader)]
    parts += [e.toPlainText() for e in reader.findChildren(QPlainTextEdit) if e.isVisibleTo(reader)]
    return "\n".join(parts).translate(INVISIBLE)


def button(reader: ReaderView, name: str) -> QToolButton:
    """Return a button by its accessible name."""
    (found,) = (b for b in reader.findChildren(QToolButton) if b.accessibleName() == name)
    return found


def number(reader: ReaderView) -> QLineEdit:
    """Return the box with the page number."""
    found = reader.findChild(QLineEdit)
    assert found is not None
    return found


def show(reader: ReaderView, qtbot: QtBot) -> None:
    """Put the reader on the screen."""
    reader.show()
    qtbot.waitExposed(reader)


def test_opens_at_the_page_before_and_after_it_is_on_the_screen(
    reader: ReaderView, sample: Path, qtbot: QtBot
) -> None:
    assert reader.show_document("Sample", sample, 12)
    assert (reader.page, reader.page_count) == (12, 30)
    show(reader, qtbot)
    assert reader.page == 12
    assert number(reader).text() == "12"
    assert "of 30" in shown(reader)
    top = reader.pages.verticalScrollBar().value()
    fresh = ReaderView()
    qtbot.addWidget(fresh, before_close_func=ReaderView.clear)
    fresh.resize(600, 700)
    show(fresh, qtbot)
    fresh.show_document("Sample", sample, 12)
    assert fresh.pages.verticalScrollBar().value() == top


def test_the_page_stays_through_resizes_and_zooms(
    reader: ReaderView, sample: Path, qtbot: QtBot
) -> None:
    show(reader, qtbot)
    reader.show_document("Sample", sample, 17)
    with qtbot.assertNotEmitted(reader.page_changed):
        for width, height in ((300, 700), (1200, 300), (601, 701)):
            reader.resize(width, height)
        for fit in (Fit.PAGE, Fit.WIDTH):
            reader.pages.set_fit(fit)
        reader.pages.zoom_by(3)
        reader.pages.zoom_by(-5)
    assert reader.page == 17


def test_the_last_page_is_the_last_page(reader: ReaderView, sample: Path, qtbot: QtBot) -> None:
    show(reader, qtbot)
    reader.pages.set_fit(Fit.PAGE)
    reader.show_document("Sample", sample, 30)
    assert reader.page == 30
    assert not button(reader, "Next page").isEnabled()
    reader.show_document("Sample", sample, 99)
    assert reader.page == 30
    reader.show_document("Sample", sample, 0)
    assert reader.page == 1
    assert not button(reader, "Previous page").isEnabled()


def test_buttons_and_number_turn_pages(reader: ReaderView, sample: Path, qtbot: QtBot) -> None:
    show(reader, qtbot)
    reader.show_document("Sample", sample, 5)
    seen: list[int] = []
    reader.page_changed.connect(seen.append)
    QTest.mouseClick(button(reader, "Next page"), LEFT)
    QTest.mouseClick(button(reader, "Previous page"), LEFT)
    number(reader).selectAll()
    QTest.keyClicks(number(reader), "21")
    QTest.keyClick(number(reader), Qt.Key.Key_Return)
    assert seen == [6, 5, 21]
    number(reader).selectAll()
    QTest.keyClicks(number(reader), "210")
    assert number(reader).text() == "21"


def test_keys_move_and_zoom(reader: ReaderView, sample: Path, qtbot: QtBot) -> None:
    show(reader, qtbot)
    reader.show_document("Sample", sample, 1)
    pages = reader.pages
    QTest.keyClick(pages, Qt.Key.Key_End)
    assert reader.page == 30
    QTest.keyClick(pages, Qt.Key.Key_Home)
    assert reader.page == 1
    for _ in range(4):
        QTest.keyClick(pages, Qt.Key.Key_Space)
    assert reader.page > 2
    QTest.keyClick(pages, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    before = pages.zoom
    QTest.keyClick(pages, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert pages.zoom == pytest.approx(before * 1.25)
    QTest.keyClick(pages, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert pages.zoom == pytest.approx(before)
    QTest.keyClick(pages, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert pages.fit is Fit.WIDTH


def test_ctrl_and_wheel_zoom(reader: ReaderView, sample: Path, qtbot: QtBot) -> None:
    show(reader, qtbot)
    reader.show_document("Sample", sample, 3)
    before = reader.pages.zoom
    for amount in (120, 120, -120):
        event = QWheelEvent(
            QPointF(50, 50),
            QPointF(50, 50),
            QPoint(),
            QPoint(0, amount),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(reader.pages.viewport(), event)
    assert reader.pages.zoom == pytest.approx(before * 1.25)
    assert reader.page == 3


def test_zoom_has_limits_and_says_where_it_is(
    reader: ReaderView, sample: Path, qtbot: QtBot
) -> None:
    show(reader, qtbot)
    reader.show_document("Sample", sample, 2)
    assert button(reader, "Fit the width").isChecked()
    for _ in range(20):
        QTest.mouseClick(button(reader, "Larger"), LEFT)
    assert reader.pages.zoom == MOST_ZOOM
    assert "400 %" in shown(reader)
    assert not button(reader, "Larger").isEnabled()
    assert not button(reader, "Fit the width").isChecked()
    for _ in range(30):
        QTest.mouseClick(button(reader, "Smaller"), LEFT)
    assert reader.pages.zoom == LEAST_ZOOM
    assert not button(reader, "Smaller").isEnabled()
    for name, fit in (("Fit the whole page", Fit.PAGE), ("Fit the width", Fit.WIDTH)):
        QTest.mouseClick(button(reader, name), LEFT)
        assert reader.pages.fit is fit
    assert button(reader, "Fit the width").isChecked()
    assert reader.page == 2


def test_scrolling_says_which_page_is_read(reader: ReaderView, sample: Path, qtbot: QtBot) -> None:
    show(reader, qtbot)
    reader.show_document("Sample", sample, 1)
    bar = reader.pages.verticalScrollBar()
    with qtbot.waitSignal(reader.page_changed) as changed:
        bar.setValue(bar.maximum() // 2)
    assert changed.args is not None
    assert 14 <= changed.args[0] <= 17
    assert number(reader).text() == str(changed.args[0])


def test_pages_are_drawn_with_their_words_marked(
    reader: ReaderView, sample: Path, qtbot: QtBot
) -> None:
    show(reader, qtbot)
    reader.show_document("Sample", sample, 4, ["mentoring"])
    pages = reader.pages
    qtbot.waitUntil(lambda: len(pages.marks(4)) == 1 and pages.size_in_bytes > 0)

    def colours() -> set[str]:
        image = pages.viewport().grab().toImage()
        return {
            image.pixelColor(x, y).name()
            for x in range(0, image.width(), 2)
            for y in range(0, image.height() // 2)
        }

    qtbot.waitUntil(lambda: "#ffe9a8" in colours())
    assert "#000000" in colours() or len(colours()) > 10
    reader.set_words(["nothing"])
    qtbot.waitUntil(lambda: "#ffe9a8" not in colours())


def test_a_word_far_down_the_page_is_scrolled_to(
    reader: ReaderView, tmp_path: Path, qtbot: QtBot
) -> None:
    text = "\n".join(["nothing"] * 45 + ["mentoring"])
    path = write_pdf(tmp_path / "long.pdf", [text] * 3)
    show(reader, qtbot)
    reader.resize(900, 400)
    reader.show_document("Long", path, 2, ["mentoring"])
    pages = reader.pages
    (mark,) = pages.marks(2)
    scale = pages.zoom * 96 / 72
    height = pages.viewport().height()
    start = pages.verticalScrollBar().maximum() + height
    page_top = 12 + (start - 2 * 12) / 3 + 12 / 3
    y = page_top + mark.center().y() * scale - pages.verticalScrollBar().value()
    assert 0 < y < height
    assert reader.page == 2


def test_files_with_junk_before_the_pdf_are_read_from_where_it_begins(
    reader: ReaderView, tmp_path: Path, qtbot: QtBot
) -> None:
    junk = b"HTTP/1.1 200 OK\r\n\r\n" * 200
    path = tmp_path / "junk.pdf"
    path.write_bytes(junk + pdf_bytes(TEXTS))
    show(reader, qtbot)
    assert reader.show_document("Junk", path, 29, ["mentoring"], start=len(junk))
    assert (reader.page, reader.page_count) == (29, 30)
    qtbot.waitUntil(lambda: reader.pages.size_in_bytes > 0)
    reader.show_document("Junk", path, 3, start=len(junk))
    assert reader.page == 3


def test_clear_lets_go_of_the_file(reader: ReaderView, sample: Path, qtbot: QtBot) -> None:
    show(reader, qtbot)
    reader.show_document("Sample", sample, 9)
    qtbot.waitUntil(lambda: reader.pages.size_in_bytes > 0)
    reader.clear()
    assert (reader.page, reader.page_count, reader.pages.size_in_bytes) == (0, 0, 0)
    if sys.platform == "linux":
        open_files = [link.resolve() for link in Path("/proc/self/fd").iterdir()]
        assert sample.resolve() not in open_files
    sample.unlink()
    assert "Open a page" in shown(reader)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "can't be found"),
        (b"", "damaged"),
        (b"%PDF-1.4\nnothing more", "damaged"),
        (pdf_bytes([]), "damaged"),
    ],
    ids=["missing", "empty", "truncated", "no pages"],
)
def test_what_cannot_be_shown_says_why(
    reader: ReaderView, tmp_path: Path, qtbot: QtBot, content: bytes | None, reason: str
) -> None:
    path = tmp_path / "bad.pdf"
    if content is not None:
        path.write_bytes(content)
    with qtbot.waitSignal(reader.failed) as failed:
        assert not reader.show_document("Bad", path, 3)
    assert failed.args is not None
    assert reason in failed.args[0]
    assert failed.args[0] in shown(reader)
    assert reader.page_count == 0
    assert not reader.show_document("Bad", tmp_path / "missing.pdf", 1, start=7)


def test_the_next_document_after_a_bad_one(reader: ReaderView, sample: Path, qtbot: QtBot) -> None:
    show(reader, qtbot)
    reader.show_document("Sample", sample, 2)
    reader.show_document("Bad", sample.with_name("missing.pdf"), 2)
    assert reader.show_document("Sample", sample, 8)
    assert reader.page == 8
    qtbot.waitUntil(lambda: reader.pages.size_in_bytes > 0)


def test_text_in_place_of_pages(reader: ReaderView, qtbot: QtBot) -> None:
    show(reader, qtbot)
    reader.show_message("عنوان", "Not drawn.", hits.ARABIC, 8, 155)
    assert (reader.page, reader.page_count) == (8, 155)
    assert hits.ARABIC in shown(reader)
    assert "Not drawn." in shown(reader)
    assert "of 155" in shown(reader)
    seen: list[int] = []
    reader.page_changed.connect(seen.append)
    QTest.mouseClick(button(reader, "Next page"), LEFT)
    number(reader).selectAll()
    QTest.keyClicks(number(reader), "20")
    QTest.keyClick(number(reader), Qt.Key.Key_Return)
    assert seen == [9, 20]
    assert reader.page == 8
    assert not button(reader, "Larger").isVisible()
    edit = reader.findChild(QPlainTextEdit)
    assert edit is not None
    option = edit.document().defaultTextOption()
    assert option.textDirection() is Qt.LayoutDirection.RightToLeft


def test_a_message_without_text_has_no_page_buttons(reader: ReaderView, qtbot: QtBot) -> None:
    show(reader, qtbot)
    reader.show_message("Title", "The stored file is missing.")
    assert not button(reader, "Next page").isVisible()
    assert not number(reader).isVisible()


def test_a_page_of_two_hundred_kilometres(reader: ReaderView, corpus: Path, qtbot: QtBot) -> None:
    path = corpus / "nasty" / "derived" / "huge-mediabox.pdf"
    show(reader, qtbot)
    assert reader.show_document("Huge", path, 1)
    for fit in (Fit.WIDTH, Fit.PAGE):
        reader.pages.set_fit(fit)
        qtbot.waitUntil(lambda: 0 < reader.pages.size_in_bytes < 10_000_000)
    for _ in range(20):
        reader.pages.zoom_by(1)
    qtbot.waitUntil(lambda: reader.pages.size_in_bytes > 30_000_000)
    assert reader.pages.size_in_bytes < BUDGET
    assert reader.pages.verticalScrollBar().maximum() < 20_000


def test_pictures_stay_within_their_budget(reader: ReaderView, sample: Path, qtbot: QtBot) -> None:
    show(reader, qtbot)
    reader.show_document("Sample", sample, 1)
    reader.pages.set_zoom(MOST_ZOOM)
    for page in range(1, 12):
        reader.pages.go_to(page)
        qtbot.wait(60)
        assert reader.pages.size_in_bytes <= BUDGET + 2 * 40_000_000


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("eval-en-userpw-aes256.pdf", "locked with a password"),
        ("eval-en-truncated-50pct.pdf", "damaged"),
        ("docx-renamed.pdf", "damaged"),
    ],
)
def test_hostile_files_say_why(
    reader: ReaderView, corpus: Path, qtbot: QtBot, name: str, reason: str
) -> None:
    with qtbot.waitSignal(reader.failed) as failed:
        assert not reader.show_document("Bad", corpus / "nasty" / "derived" / name, 1)
    assert failed.args is not None
    assert reason in failed.args[0]


def test_real_arabic_pages_are_marked(reader: ReaderView, corpus: Path, qtbot: QtBot) -> None:
    path = corpus / "pdf" / "ar" / "moroccan-law-rag__9anon_lmistara_lmadanya.pdf"
    show(reader, qtbot)
    assert reader.show_document("قانون", path, 24, ["المسطرة", "الاستدعاء"])
    qtbot.waitUntil(lambda: len(reader.pages.marks(24)) > 0)
    assert (reader.page, reader.page_count) == (24, 155)
