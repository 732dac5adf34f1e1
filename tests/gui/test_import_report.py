"""The window with an import report."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.domain.imports import ImportedFile, ImportReport, Outcome
from desktop_app.gui.dialogs.import_report import ImportReportDialog
from desktop_app.gui.models.import_files import Column
from tests.gui import hits

LEFT = Qt.MouseButton.LeftButton
INVISIBLE = str.maketrans("", "", "\u2068\u2069\u200b\u200e\u200f")


@pytest.fixture
def dialog(qtbot: QtBot, direction: Qt.LayoutDirection) -> ImportReportDialog:
    """Return the window on the screen."""
    result = ImportReportDialog(hits.import_report())
    result.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(result)
    result.show()
    qtbot.waitExposed(result)
    return result


def headline(report: ImportReport) -> str:
    """Return the first line of the window for a report."""
    dialog = ImportReportDialog(report)
    text = dialog.findChildren(QLabel)[0].text()
    dialog.deleteLater()
    return text.translate(INVISIBLE)


def outcomes(dialog: ImportReportDialog) -> list[Outcome]:
    """Return the outcomes of the rows shown."""
    return [file.outcome for file in dialog.shown_files()]


def press(dialog: ImportReportDialog, name: str) -> None:
    """Press a filter by the name of its outcome, or a button by what it says."""
    (found,) = (
        button
        for button in dialog.findChildren(QPushButton)
        if name in {button.objectName(), button.text()}
    )
    QTest.mouseClick(found, LEFT)


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
        assert len(dialog.shown_files()) == count
    (updated,) = (b for b in dialog.findChildren(QPushButton) if b.objectName() == "updated")
    assert not updated.isEnabled()


def test_reasons_are_wrapped_not_cut(dialog: ImportReportDialog) -> None:
    heights = {}
    for width in (900, 480):
        dialog.resize(width, 600)
        table = dialog.table
        table.doItemsLayout()
        heights[width] = table.visualRect(table.model().index(2, Column.REMARK)).height()
    assert heights[480] > heights[900] >= 20


def test_columns_can_be_sorted(dialog: ImportReportDialog) -> None:
    dialog.filter_by(None)
    dialog.table.sortByColumn(Column.PAGES, Qt.SortOrder.DescendingOrder)
    assert [file.pages for file in dialog.shown_files()][:3] == [155, 84, 84]


def test_a_double_click_opens_the_record(dialog: ImportReportDialog, qtbot: QtBot) -> None:
    dialog.filter_by(Outcome.DUPLICATE)
    table = dialog.table
    place = table.visualRect(table.model().index(0, Column.FILE)).center()
    QTest.mouseClick(table.viewport(), LEFT, pos=place)
    with qtbot.waitSignal(dialog.record_opened) as opened:
        QTest.mouseDClick(table.viewport(), LEFT, pos=place)
    assert opened.args == ["record-1"]


def test_enter_opens_the_record_but_nothing_for_a_refused_file(
    dialog: ImportReportDialog, qtbot: QtBot
) -> None:
    table = dialog.table
    table.setCurrentIndex(table.model().index(0, 0))
    with qtbot.assertNotEmitted(dialog.record_opened):
        QTest.keyClick(table, Qt.Key.Key_Return)
    dialog.filter_by(Outcome.ADDED)
    table.setCurrentIndex(table.model().index(1, 0))
    with qtbot.waitSignal(dialog.record_opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["record-2"]
    assert dialog.isVisible()


def test_copy_takes_what_is_shown(dialog: ImportReportDialog) -> None:
    press(dialog, "Copy as text")
    text = QGuiApplication.clipboard().text()
    assert text.count("Refused: ") == 3
    assert "Added" not in text
    assert any("Copied: 3 files" in label.text() for label in dialog.findChildren(QLabel))


def test_saved_csv_is_what_a_spreadsheet_reads(
    dialog: ImportReportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.csv"
    answer = (str(target), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: answer)
    dialog.filter_by(None)
    press(dialog, "Save as CSV…")
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfResult,File,Pages,Remark,Record\r\n")
    assert content.count(b"\r\n") == 7
    assert "تقييم برنامج الإرشاد.pdf" in content.decode("utf-8-sig")


def test_saving_where_one_may_not_says_why(dialog: ImportReportDialog, tmp_path: Path) -> None:
    assert not dialog.save(tmp_path / "missing" / "report.csv")
    assert any("Not saved: No such file" in label.text() for label in dialog.findChildren(QLabel))


def test_headlines(styled: object) -> None:
    report = hits.import_report()
    assert headline(report) == "Imported, except for 3 files"
    assert headline(replace(report, complete=False)).startswith("The import was cancelled.")
    assert headline(ImportReport("i", (), 0.0)) == "There was no PDF to import"
    assert headline(replace(report, files=report.files[3:])) == "No file could be imported"
    assert headline(replace(report, files=report.files[:3])) == "All files were imported"
    known = replace(report, files=report.files[2:3])
    assert headline(known) == "All files were in the archive already"


def test_thousands_of_files_are_shown(qtbot: QtBot, styled: object) -> None:
    files = tuple(
        ImportedFile(Path(f"{number}.pdf"), Outcome.ADDED, f"r{number}", f"Title {number}", 9)
        for number in range(3000)
    )
    dialog = ImportReportDialog(ImportReport("i", files, 9.0))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert len(dialog.shown_files()) == 3000
    dialog.table.scrollToBottom()
    last = dialog.table.model().index(2999, 0)
    assert dialog.table.viewport().rect().intersects(dialog.table.visualRect(last))
