"""The window with an import report."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.domain.exchange.rows import MetadataFormat
from desktop_app.domain.imports import ImportedRow, ImportedSource, ImportReport, Outcome
from desktop_app.gui.dialogs.checked_report import CheckedReport
from desktop_app.gui.dialogs.import_report import ImportReportDialog
from desktop_app.gui.dialogs.undoing import UndoQuestion, undone_text
from desktop_app.gui.models.import_report import Column
from tests.gui import hits, metadata_samples

LEFT = Qt.MouseButton.LeftButton
INVISIBLE = str.maketrans("", "", "\u2068\u2069\u200b\u200e\u200f")


def shown(qtbot: QtBot, report: ImportReport, *, undone: bool = False) -> ImportReportDialog:
    """Return the window with a report on the screen."""
    result = ImportReportDialog(report, undone=undone)
    result.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(result)
    result.show()
    qtbot.waitExposed(result)
    return result


@pytest.fixture
def dialog(qtbot: QtBot, direction: Qt.LayoutDirection) -> ImportReportDialog:
    """Return the window with files alone."""
    return shown(qtbot, hits.import_report())


@pytest.fixture
def rows(qtbot: QtBot, direction: Qt.LayoutDirection) -> ImportReportDialog:
    """Return the window with rows of metadata files."""
    return shown(qtbot, metadata_samples.report())


def outcomes(dialog: ImportReportDialog) -> list[Outcome]:
    """Return the outcomes of the rows shown."""
    return [entry.outcome for entry in dialog.view.shown_entries()]


def button(dialog: ImportReportDialog, name: str) -> QPushButton:
    """Return a filter by the name of its outcome, or a button by what it says."""
    (found,) = (
        each
        for each in dialog.findChildren(QPushButton)
        if name in {each.objectName(), each.text()}
    )
    return found


def press(dialog: ImportReportDialog, name: str) -> None:
    QTest.mouseClick(button(dialog, name), LEFT)


def says(dialog: ImportReportDialog, text: str) -> bool:
    """Return whether a label says something."""
    found = [each.text().translate(INVISIBLE) for each in dialog.findChildren(QLabel)]
    return any(text in each for each in found)


def test_it_does_not_block(qtbot: QtBot) -> None:
    dialog = ImportReportDialog.ask(None, hits.import_report())
    qtbot.addWidget(dialog)
    assert dialog.isVisible()
    assert not dialog.isModal()


def test_what_was_refused_is_shown_first(dialog: ImportReportDialog) -> None:
    assert outcomes(dialog) == [Outcome.REFUSED] * 3


def test_filters(dialog: ImportReportDialog) -> None:
    for name, count in (("all", 6), ("added", 2), ("duplicate", 1), ("refused", 3)):
        press(dialog, name)
        assert len(dialog.view.shown_entries()) == count
    assert not button(dialog, "updated").isEnabled()


def test_filters_count_rows_and_files(rows: ImportReportDialog) -> None:
    labels = [
        each.text().translate(INVISIBLE)
        for each in rows.findChildren(QPushButton)
        if each.objectName()
    ]
    assert labels == ["All 8", "Added 3", "Updated 1", "Already here 1", "Refused 3"]
    for name, count in (("all", 8), ("added", 3), ("updated", 1), ("refused", 3)):
        press(rows, name)
        assert len(rows.view.shown_entries()) == count


def test_all_about_the_chosen_row_can_be_read_below(rows: ImportReportDialog) -> None:
    press(rows, "updated")
    text = rows.view.details.toPlainText().translate(INVISIBLE)
    assert "Year: kept 2018; the file says 2019" in text
    press(rows, "all")
    # The chosen row stays chosen among more rows.
    assert rows.view.table.currentIndex().row() == 1
    QTest.keyClick(rows.view.table, Qt.Key.Key_Up)
    text = rows.view.details.toPlainText().translate(INVISIBLE)
    assert text.startswith("Added · Row 2")
    assert "two-city.pdf · Added · 84 pages" in text


def test_a_click_on_a_heading_sorts(rows: ImportReportDialog) -> None:
    press(rows, "all")
    table = rows.view.table
    header = table.horizontalHeader()
    pages = []
    for _ in range(2):
        # Sorting fits the chosen row into view, which may move the headings.
        place = header.viewport().rect().center()
        place.setX(header.sectionViewportPosition(Column.PAGES) + 20)
        QTest.mouseClick(header.viewport(), LEFT, pos=place)
        texts = [table.model().index(row, Column.PAGES).data() for row in range(8)]
        pages.append([int(text or 0) for text in texts])
    assert sorted(pages) == [sorted(pages[0]), sorted(pages[0], reverse=True)]


def test_a_double_click_opens_the_record(dialog: ImportReportDialog, qtbot: QtBot) -> None:
    dialog.view.filter_by(Outcome.DUPLICATE)
    table = dialog.view.table
    place = table.visualRect(table.model().index(0, Column.PLACE)).center()
    QTest.mouseClick(table.viewport(), LEFT, pos=place)
    with qtbot.waitSignal(dialog.record_opened) as opened:
        QTest.mouseDClick(table.viewport(), LEFT, pos=place)
    assert opened.args == ["record-1"]


def test_enter_opens_the_record_but_nothing_for_a_refused_file(
    dialog: ImportReportDialog, qtbot: QtBot
) -> None:
    table = dialog.view.table
    table.setCurrentIndex(table.model().index(0, 0))
    with qtbot.assertNotEmitted(dialog.record_opened):
        QTest.keyClick(table, Qt.Key.Key_Return)
    dialog.view.filter_by(Outcome.ADDED)
    table.setCurrentIndex(table.model().index(1, 0))
    with qtbot.waitSignal(dialog.record_opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["record-2"]
    assert dialog.isVisible()


def test_tab_goes_through_everything(rows: ImportReportDialog) -> None:
    rows.view.filter_by(None)
    first = button(rows, "all")
    first.setFocus()
    seen = []
    while (now := rows.focusWidget()) not in seen:
        seen.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    names = [each.objectName() or each.text() for each in seen if isinstance(each, QPushButton)]
    assert names[0] == "all"
    assert names[-5:] == [
        "Copy as text", "Save as CSV…", "Save refused rows…", "Undo this import…", "Close",
    ]  # fmt: skip
    places = [seen.index(rows.view.table), seen.index(rows.view.details)]
    assert seen.index(first) < places[0] < places[1] < len(seen) - 5
    assert all(each.accessibleName() for each in (rows.view.table, rows.view.details))


def test_copy_takes_what_is_shown(dialog: ImportReportDialog) -> None:
    press(dialog, "Copy as text")
    text = QGuiApplication.clipboard().text()
    assert text.count("Refused: ") == 3
    assert "Added" not in text
    assert says(dialog, "Copied: 3 rows")


def test_saved_csv_is_what_a_spreadsheet_reads(
    dialog: ImportReportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.csv"
    answer = (str(target), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    dialog.view.filter_by(None)
    press(dialog, "Save as CSV…")
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfResult,File,Sheet,Row,Column,Pages,Title,")
    assert content.count(b"\r\n") == 7
    assert "تقييم برنامج الإرشاد.pdf" in content.decode("utf-8-sig")


def test_saving_where_one_may_not_says_why(dialog: ImportReportDialog, tmp_path: Path) -> None:
    assert not dialog.view.save(tmp_path / "missing" / "report.csv")
    assert says(dialog, "Not saved: No such file")


def test_refused_rows_of_a_file_are_saved_beside_it(
    rows: ImportReportDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggested: list[str] = []

    def answer(parent: object, title: str, name: str, kinds: str) -> tuple[str, str]:
        suggested.append(name)
        return name, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    with qtbot.waitSignal(rows.refused_rows_wanted) as wanted:
        press(rows, "Save refused rows…")
    target = metadata_samples.FOLDER / "evaluations-malmö-refused.xlsx"
    assert suggested == [str(target)]
    assert wanted.args == [metadata_samples.WORKBOOK, target]
    rows.show_note("Saved: 2 rows")
    assert says(rows, "Saved: 2 rows")


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_of_several_files_with_refused_rows_one_is_asked_for(
    qtbot: QtBot, styled: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = metadata_samples.report()
    other = ImportedRow(metadata_samples.LIBRARY, "", 9, Outcome.REFUSED, reason="No title.")
    dialog = shown(qtbot, replace(report, rows=(*report.rows, other)))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (args[2], ""))
    press(dialog, "Save refused rows…")
    menu = dialog.findChild(QMenu)
    assert menu is not None
    with qtbot.waitSignal(dialog.refused_rows_wanted) as wanted:
        menu.actions()[1].trigger()
    assert wanted.args is not None
    assert [path.name for path in wanted.args] == ["library.ris", "library-refused.ris"]
    menu.close()


def test_without_refused_rows_none_can_be_saved(qtbot: QtBot, styled: QApplication) -> None:
    # A file that can't be read as a whole has no rows to correct.
    whole = ImportedRow(metadata_samples.LIBRARY, "", 0, Outcome.REFUSED, reason="Damaged.")
    sources = (ImportedSource(metadata_samples.LIBRARY, MetadataFormat.RIS, 0),)
    dialog = shown(qtbot, ImportReport("i", (), 0.0, rows=(whole,), sources=sources))
    assert not button(dialog, "Save refused rows…").isVisible()


def test_an_import_is_taken_back_once(rows: ImportReportDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(rows.undo_requested):
        press(rows, "Undo this import…")
    rows.show_undone(undone_text(3, 1, 2))
    assert not button(rows, "Undo this import…").isVisible()
    assert says(
        rows,
        "Undone: 3 records put into the trash · 1 change of other records taken back · "
        "kept, because somebody changed it since: 2 changes",
    )


def test_what_is_taken_back_already_is_not_offered(qtbot: QtBot, styled: QApplication) -> None:
    dialog = shown(qtbot, metadata_samples.report(), undone=True)
    assert not button(dialog, "Undo this import…").isVisible()


def test_the_question_says_what_undoing_does(qtbot: QtBot, styled: QApplication) -> None:
    agreed: list[bool] = []
    for yes in (False, True):
        question = UndoQuestion.ask(None, metadata_samples.report(), lambda: agreed.append(True))
        qtbot.addWidget(question)
        assert (
            "goes into the trash, where nothing is lost: 3 records." in question.informativeText()
        )
        assert "What somebody changed since stays." in question.informativeText()
        assert question.defaultButton() is not question.yes
        (question.yes if yes else question.defaultButton()).click()
    assert agreed == [True]


def test_a_check_leads_back_or_on(qtbot: QtBot, styled: QApplication) -> None:
    page = CheckedReport(metadata_samples.report(dry_run=True))
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.back_requested):
        page.back.click()
    with qtbot.waitSignal(page.import_requested):
        page.run.click()
    report = metadata_samples.report(dry_run=True)
    nothing = CheckedReport(replace(report, rows=report.rows[2:4], files=()))
    qtbot.addWidget(nothing)
    assert not nothing.run.isEnabled()


def test_ten_thousand_rows_are_shown(qtbot: QtBot, styled: QApplication) -> None:
    many = tuple(
        ImportedRow(
            Path("list.xlsx"), "Records", number, Outcome.ADDED, f"r{number}", f"T {number}"
        )
        for number in range(10_000)
    )
    dialog = shown(qtbot, ImportReport("i", (), 9.0, rows=many))
    table = dialog.view.table
    assert len(dialog.view.shown_entries()) == 10_000
    table.scrollToBottom()
    last = table.model().index(9_999, 0)
    assert table.viewport().rect().intersects(table.visualRect(last))
    assert {table.rowHeight(row) for row in (0, 5_000, 9_999)} == {table.rowHeight(0)}
