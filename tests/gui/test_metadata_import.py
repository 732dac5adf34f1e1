"""The window in which metadata is imported, told by hand what services would say."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.exchange.headings import SheetKind
from desktop_app.domain.imports import Outcome, PreviewedRow
from desktop_app.domain.operations import Progress
from desktop_app.domain.records import Access
from desktop_app.gui.dialogs.metadata_import import MetadataImportDialog
from desktop_app.gui.models.columns import Part
from desktop_app.gui.models.pace import Pace
from desktop_app.gui.views.report import ReportView
from desktop_app.gui.views.sources import LEVELS
from tests.gui import metadata_samples, metadata_window
from tests.gui.metadata_window import (
    BOOK,
    INVISIBLE,
    LIBRARY,
    drop,
    field,
    folded,
    press,
    previews,
    request_of,
    says,
    send,
)


@pytest.fixture
def dialog(qtbot: QtBot, direction: Qt.LayoutDirection) -> MetadataImportDialog:
    """Return the window with a workbook that was read and previewed."""
    return metadata_window.shown(qtbot)


def test_it_begins_with_what_to_drop(qtbot: QtBot, styled: QApplication) -> None:
    dialog = MetadataImportDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    assert says(dialog, "Drop a spreadsheet, or a CSV, RIS")
    assert not any(each.isEnabled() for each in (dialog.check, dialog.run, dialog.load))
    assert dialog.add([BOOK], []) == (BOOK,)
    assert says(dialog, "The file is being read…")
    assert not dialog.run.isEnabled()
    dialog.show_unreadable(BOOK, "The workbook is damaged. Save it again.")
    assert says(dialog, "The workbook is damaged. Save it again.")
    assert not dialog.run.isEnabled()


def test_the_first_file_is_shown_ready_to_be_corrected(dialog: MetadataImportDialog) -> None:
    assert says(dialog, "evaluations-malmö.xlsx")
    assert says(dialog, "7 of 10 columns go to a field")
    assert dialog.source.mapping.table.hasFocus()
    tabs = dialog.source.mapping.tabs
    texts = [tabs.tabText(place).translate(INVISIBLE) for place in range(tabs.count())]
    assert texts == ["Rapporter · 100 rows", "Resultat · 1 row", "Blad3 · 1 row"]
    assert dialog.source.preview.model.rowCount() == 20


def test_a_changed_mapping_is_previewed_at_once_and_nothing_moves(
    dialog: MetadataImportDialog,
) -> None:
    asked = previews(dialog)
    table = dialog.source.mapping.table
    dialog.resize(1000, 560)
    table.setCurrentIndex(table.model().index(7, Part.FIELD))
    place = table.verticalScrollBar().value()
    assert place > 0
    send(dialog, 6, "year")
    ((path, mapping, name),) = asked
    assert (path, name) == (BOOK, "Rapporter")
    assert mapping.sheets[0].columns["Datum"] == "year"
    assert table.hasFocus()
    assert (table.currentIndex().row(), table.verticalScrollBar().value()) == (7, place)
    assert says(dialog, "Utgivningsår, Datum go to Year, which takes one value")
    send(dialog, 0, "other")
    assert says(dialog, "No column goes to Title.")


def test_late_previews_of_something_else_are_not_shown(dialog: MetadataImportDialog) -> None:
    row = PreviewedRow(2, {"title": "late"})
    dialog.show_preview(BOOK, "Resultat", [row])
    dialog.show_preview(LIBRARY, "Rapporter", [row])
    assert dialog.source.preview.model.rowCount() == 20
    dialog.show_no_preview("The archive is gone.")
    assert says(dialog, "The archive is gone.")


def test_sheets_and_what_they_hold(dialog: MetadataImportDialog) -> None:
    asked = previews(dialog)
    mapping = dialog.source.mapping
    mapping.tabs.setFocus()
    QTest.keyClick(mapping.tabs, Qt.Key.Key_Left if dialog.isRightToLeft() else Qt.Key.Key_Right)
    assert asked[-1][2] == "Resultat"
    # The rows of the other sheet are gone at once.
    assert says(dialog, "The first rows are being read…")
    dialog.show_preview(BOOK, "Resultat", [PreviewedRow(2, {"record": "Skolan"})])
    assert dialog.source.preview.model.rowCount() == 1
    assert mapping.holds.currentData() == SheetKind.FINDINGS
    assert field(dialog, 0) == "record"
    mapping.holds.setFocus()
    for _ in range(3):
        QTest.keyClick(mapping.holds, Qt.Key.Key_Down)
    assert mapping.holds.currentData() is None
    assert says(dialog, "This sheet is left out")
    assert not mapping.table.isVisible()
    for _ in range(4):
        QTest.keyClick(mapping.holds, Qt.Key.Key_Up)
    assert mapping.holds.currentData() == SheetKind.RECORDS
    assert mapping.table.isVisible()
    assert asked[-1][1].sheets[1].kind is SheetKind.RECORDS
    mapping.tabs.setCurrentIndex(0)
    assert field(dialog, 0) == "title"


def test_a_bibliography_needs_no_mapping_but_a_tag_can_be_changed(
    dialog: MetadataImportDialog,
) -> None:
    dialog.add([LIBRARY], [])
    dialog.show_file(LIBRARY, metadata_samples.bibliography())
    asked = previews(dialog)
    dialog.sources.metadata.setFocus()
    QTest.keyClick(dialog.sources.metadata, Qt.Key.Key_Down)
    assert asked[-1][0] == LIBRARY
    assert says(dialog, "RIS: fields are recognised by their tags.")
    mapping = dialog.source.mapping
    assert folded(dialog)
    assert not mapping.holds.isVisible()
    press(dialog, "Change a tag…")
    assert not folded(dialog)
    send(dialog, 4, "overview")
    assert dict(asked[-1][1].sheets[0].columns) == {"N1": "overview"}
    # It stays open while one goes on, and is closed by hand.
    assert not folded(dialog)
    press(dialog, "Hide the tags")
    assert folded(dialog)
    QTest.keyClick(dialog.sources.metadata, Qt.Key.Key_Up)
    assert not folded(dialog)
    assert mapping.holds.isVisible()


def test_a_check_asks_for_all_of_it(dialog: MetadataImportDialog, qtbot: QtBot) -> None:
    pdf = Path("a.pdf")
    dialog.add([], [pdf])
    send(dialog, 5, "tag")
    dialog.sources.access.setFocus()
    QTest.keyClick(dialog.sources.access, Qt.Key.Key_Up)
    assert not dialog.draft.request().replaces
    dialog.sources.replacing.click()
    with qtbot.waitSignal(dialog.check_requested) as asked:
        press(dialog, "Check (dry run)")
    request = request_of(asked.args)
    assert (request.paths, request.metadata) == ((pdf,), (BOOK,))
    assert request.mappings[BOOK].sheets[0].columns["Anmärkning"] == "tag"
    assert request.access is LEVELS[LEVELS.index(Access.INTERNAL) - 1]
    assert request.replaces


def test_a_check_shows_how_far_it_is_and_can_be_stopped(
    dialog: MetadataImportDialog, qtbot: QtBot
) -> None:
    press(dialog, "Check (dry run)")
    dialog.show_progress(Progress(120, 500), Pace(8.2, 61))
    assert says(
        dialog,
        "Checking, nothing is stored · 120 of 500 · 8 a second · about 1 minute left",
    )
    assert not dialog.source.isEnabled()
    assert not drop(dialog, Path("b.pdf"))
    with qtbot.waitSignal(dialog.check_cancelled):
        press(dialog, "Stop")
    assert not dialog.checking.stop.isEnabled()
    dialog.show_check_ended("The check was stopped.")
    assert says(dialog, "The check was stopped.")
    assert dialog.source.isEnabled()
    assert dialog.run.isVisible()
    press(dialog, "Check (dry run)")
    assert dialog.checking.stop.isEnabled()
    assert not says(dialog, "The check was stopped.")


def test_after_a_check_one_goes_back_or_on(dialog: MetadataImportDialog, qtbot: QtBot) -> None:
    press(dialog, "Check (dry run)")
    dialog.show_report(metadata_samples.report(dry_run=True))
    assert says(dialog, "Nothing is stored yet. All will be imported, except for 2 rows")
    dialog.show_note("Saved: 2 rows")
    assert says(dialog, "Saved: 2 rows")
    press(dialog, "Back")
    assert dialog.source.mapping.table.hasFocus()
    send(dialog, 5, "tag")
    press(dialog, "Check (dry run)")
    dialog.show_report(metadata_samples.report(dry_run=True))
    with qtbot.waitSignal(dialog.import_requested) as asked:
        press(dialog, "Import now")
    assert request_of(asked.args).mappings[BOOK].sheets[0].columns["Anmärkning"] == "tag"
    assert not dialog.isVisible()


def test_the_report_of_a_check_opens_records_and_saves_refused_rows(
    dialog: MetadataImportDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog.show_report(metadata_samples.report(dry_run=True))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (args[2], ""))
    with qtbot.waitSignal(dialog.refused_rows_wanted) as wanted:
        press(dialog, "Save refused rows…")
    assert wanted.args is not None
    assert wanted.args[0] == BOOK
    (view,) = dialog.findChildren(ReportView)
    view.filter_by(Outcome.UPDATED)
    with qtbot.waitSignal(dialog.record_opened) as opened:
        QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert opened.args == ["record-2"]


def test_an_import_needs_no_check(dialog: MetadataImportDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.import_requested) as asked:
        press(dialog, "Import")
    assert request_of(asked.args).metadata == (BOOK,)
    assert not dialog.isVisible()


def test_tab_goes_through_everything_and_all_has_a_name(dialog: MetadataImportDialog) -> None:
    dialog.add([], [Path("a.pdf")])
    dialog.sources.metadata.setFocus()
    seen: list[QWidget] = []
    while (now := dialog.focusWidget()) not in seen:
        seen.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    sources, mapping = dialog.sources, dialog.source.mapping
    preview = dialog.source.preview
    expected = [
        sources.metadata, sources.others, sources.add, sources.remove, sources.access,
        sources.replacing, mapping.tabs, mapping.holds, mapping.table,
        preview.as_text, preview.table,
        dialog.load, dialog.save, dialog.cancel, dialog.check, dialog.run,
    ]  # fmt: skip
    assert seen == expected
    for widget in seen:
        assert widget.accessibleName() or isinstance(widget, QPushButton)


def test_enter_in_the_table_does_not_import(dialog: MetadataImportDialog, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(dialog.import_requested):
        QTest.keyClick(dialog.source.preview.table, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_what_has_the_focus_can_be_seen(dialog: MetadataImportDialog) -> None:
    for widget in (dialog.source.mapping.holds, dialog.source.preview.table, dialog.check):
        dialog.sources.metadata.setFocus()
        without = widget.grab().toImage()
        widget.setFocus()
        assert widget.grab().toImage() != without


def test_escape_closes_it(dialog: MetadataImportDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.finished):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
