"""An import report as a table, as text and as CSV."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester

from desktop_app.domain.imports import (
    ImportedFile,
    ImportedRow,
    ImportReport,
    MatchedBy,
    Outcome,
)
from desktop_app.gui.models.import_report import Column, ImportReportModel, ReportRole
from desktop_app.gui.models.report_texts import (
    ReportTexts,
    can_undo,
    entries,
    file_remark,
    headline,
    plain,
    plain_value,
    summary,
)
from tests.gui import hits, metadata_samples

FSI = "\u2068"


def model_of(report: ImportReport) -> ImportReportModel:
    """Return the table of a report."""
    return ImportReportModel(report, ReportTexts(report))


def test_rows_and_roles(styled: QApplication, qtmodeltester: ModelTester) -> None:
    report = hits.import_report()
    files, model = report.files, model_of(report)
    qtmodeltester.check(model)
    assert (model.rowCount(), model.columnCount()) == (6, 4)
    assert model.index(1, Column.PAGES).data() == "155"
    assert model.index(1, Column.PAGES).data(ReportRole.ENTRY) is files[1]
    place = model.index(1, Column.PLACE)
    assert place.data(Qt.ItemDataRole.ToolTipRole) == str(files[1].path)
    assert plain(place.data(ReportRole.SECOND)) == "2026"
    assert FSI not in place.data(Qt.ItemDataRole.AccessibleTextRole)
    assert model.index(3, Column.PAGES).data() == ""
    assert model.data(QModelIndex()) is None
    heading = model.headerData(Column.WHAT, Qt.Orientation.Horizontal)
    assert heading == "Title and remark"
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_rows_of_metadata_come_first_and_take_their_files_along(styled: QApplication) -> None:
    report = metadata_samples.report()
    model = model_of(report)
    shown = model.shown()
    # The locked PDF of a row is a line of its own: its row was imported without it.
    assert [type(entry) for entry in shown] == [ImportedRow] * 6 + [ImportedFile] * 2
    for outcome in Outcome:
        model.show_only(outcome)
        assert model.rowCount() == report.count(outcome)
    model.show_only(None)
    added = model.index(0, Column.WHAT)
    assert plain(added.data()).startswith("Mentorskap")
    assert plain(added.data(ReportRole.SECOND)) == "two-city.pdf"
    assert model.index(0, Column.PAGES).data() == "84"
    place = model.index(0, Column.PLACE)
    assert plain(place.data()) == "Row 2 · Rapporter"
    assert plain(place.data(ReportRole.SECOND)) == "evaluations-malmö.xlsx"
    assert plain(model.index(5, Column.PLACE).data()) == "Line 1"


def test_what_is_said_of_rows(styled: QApplication) -> None:
    report = metadata_samples.report()
    texts = ReportTexts(report)
    _, updated, invalid, untitled, with_remark, known = report.rows
    assert plain(texts.remark(updated)) == (
        "Recognised by its title and year · Filled: Author, Overview · "
        "Kept, the file says otherwise: Year, Country"
    )
    assert plain(texts.remark(invalid)).startswith('Column Utgivningsår: "year" takes a year')
    assert texts.remark(untitled).startswith("\u2068There is neither a title")
    assert plain(texts.remark(with_remark)).endswith("exit.pdf (Refused)")
    assert plain(texts.remark(known)) == "Recognised by its DOI"
    details = plain(texts.details(updated)).split("\n")
    assert details == [
        f"Updated · Row 3 · Rapporter · {metadata_samples.WORKBOOK}",
        "تقييم برنامج الإرشاد للشباب في الأحياء المهمشة",
        "Recognised by its title and year",
        "Filled: Author, Overview",
        "Year: kept 2018; the file says 2019",
        "Country: kept JO; the file says JO; LB",
    ]
    assert "The PDF is locked with a password." in texts.details(with_remark)
    whole = ImportedRow(Path("x.csv"), "", 0, Outcome.REFUSED, reason="It is empty.")
    assert plain(texts.details(whole)) == "Refused · x.csv\nIt is empty."
    assert [plain(text) for text in texts.place(whole)] == ["x.csv", "The whole file"]


def test_values_are_said_by_whoever_knows_their_names(styled: QApplication) -> None:
    report = metadata_samples.report()
    texts = ReportTexts(report, lambda field, value: f"<{field} {plain_value(field, value)}>")
    assert "<country JO>" in texts.details(report.rows[1])
    assert plain_value("access", {"level": "embargoed", "until": "2030-01-01"}) == (
        "embargoed 2030-01-01"
    )
    assert plain_value("x", None) == ""


@pytest.mark.parametrize("match", list(MatchedBy))
def test_every_way_of_recognising_has_words(styled: QApplication, match: MatchedBy) -> None:
    row = replace(metadata_samples.report().rows[5], matched_by=match)
    assert ReportTexts(metadata_samples.report()).remark(row)


def test_remarks_on_files(styled: QApplication) -> None:
    files = hits.import_report().files
    assert plain(file_remark(files[1])) == (
        "تقييم برنامج الإرشاد للشباب في الأحياء المهمشة · Can't be searched: 3 pages · "
        "Some pages without text"
    )
    assert plain(file_remark(files[2])).startswith("Same file as Mentoring young people")
    near = replace(files[2], matched_by=MatchedBy.TEXT)
    assert plain(file_remark(near)).startswith("Nearly the same text as Mentoring")
    assert file_remark(files[3]).startswith("The PDF is locked with a password.")
    assert "1,000,000 pages" in plain(file_remark(files[5]))


def test_summary(styled: QApplication) -> None:
    assert plain(summary(hits.import_report())) == (
        "Added: 2 · Already here: 1 · Refused: 3 · 239 pages · Not PDFs, left out: 2 files · 14.2 s"
    )
    assert plain(summary(ImportReport("i", (), 0.0))) == "Added: 0 · 0 pages · 0.0 s"
    resumed = replace(metadata_samples.report(), resumed=True)
    assert plain(summary(resumed)).startswith("Added: 3 · Updated: 1 · Already here: 1 · Refused")
    assert plain(summary(resumed)).endswith("An import that was broken off was taken up")


def test_headlines_of_files(styled: QApplication) -> None:
    report = hits.import_report()
    assert headline(report) == "Imported, except for 3 files"
    assert headline(replace(report, complete=False)).startswith("The import was cancelled.")
    assert headline(ImportReport("i", (), 0.0)) == "There was no PDF to import"
    assert headline(replace(report, files=report.files[3:])) == "No file could be imported"
    assert headline(replace(report, files=report.files[:3])) == "All files were imported"
    known = replace(report, files=report.files[2:3])
    assert headline(known) == "All files were in the archive already"


def test_headlines_of_rows(styled: QApplication) -> None:
    report = metadata_samples.report()
    assert headline(report) == "Imported, except for 2 rows and 1 file"
    assert headline(replace(report, rows=report.rows[2:4], files=())) == "No row could be imported"
    assert headline(replace(report, rows=report.rows[:2], files=())) == "All rows were imported"
    known = replace(report, rows=report.rows[5:], files=())
    assert headline(known) == "All of it was in the archive already"
    nothing = replace(report, rows=(), files=())
    assert headline(nothing) == "There was no row and no PDF to import"


def test_headlines_of_a_check_say_that_nothing_is_stored(styled: QApplication) -> None:
    report = metadata_samples.report(dry_run=True)
    before = "Nothing is stored yet. "
    assert headline(report) == before + "All will be imported, except for 2 rows and 1 file"
    good = replace(report, rows=report.rows[:2], files=())
    assert headline(good) == before + "All of it can be imported"
    bad = replace(report, rows=report.rows[2:4], files=())
    assert headline(bad) == before + "Nothing can be imported as it is"


def test_only_what_was_stored_can_be_taken_back() -> None:
    report = metadata_samples.report()
    assert can_undo(report)
    assert not can_undo(replace(report, dry_run=True))
    assert not can_undo(replace(report, rows=report.rows[2:4], files=()))


def test_sorting(styled: QApplication) -> None:
    model = model_of(metadata_samples.report())
    first = [entry.title for entry in model.shown()]
    model.sort(Column.PAGES, Qt.SortOrder.DescendingOrder)
    assert [model.index(row, Column.PAGES).data() for row in range(3)] == ["84", "31", ""]
    model.sort(Column.PLACE)
    assert model.shown()[0].path.name == "annual report 2020.pdf"
    model.sort(Column.RESULT)
    order = [list(Outcome).index(entry.outcome) for entry in model.shown()]
    assert order == sorted(order)
    model.sort(Column.WHAT)
    assert model.shown()[0].title == "Annual report 2020"
    model.show_only(Outcome.REFUSED)
    assert {entry.outcome for entry in model.shown()} == {Outcome.REFUSED}
    model.show_only(None)
    model.sort(-1)
    assert [entry.title for entry in model.shown()] == first
    assert model.row_of(model.shown()[2]) == 2
    assert model.row_of(hits.import_report().files[0]) == -1


def test_csv_can_be_read_back_and_holds_no_formulas(styled: QApplication) -> None:
    path = Path("=cmd|' /C calc'!A0.pdf")
    evil = ImportedFile(path, Outcome.ADDED, "r", "@SUM(A1)", 3)
    report = metadata_samples.report()
    shown = (*entries(report), evil)
    rows = list(csv.reader(io.StringIO(ReportTexts(report).as_csv(shown))))
    assert rows[0] == [
        "Result", "File", "Sheet", "Row", "Column", "Pages", "Title", "Remark", "Record",
    ]  # fmt: skip
    assert len(rows) == 10
    assert rows[1][:6] == ["Added", str(metadata_samples.WORKBOOK), "Rapporter", "2", "", "84"]
    assert rows[3][4] == "Utgivningsår"
    assert rows[-1][1] == f"'{path}"
    assert rows[-1][6] == "'@SUM(A1)"
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert not any(FSI in cell for row in rows for cell in row)


def test_text_names_every_row_and_file_with_its_reason(styled: QApplication) -> None:
    report = hits.import_report()
    text = ReportTexts(report).as_text(report.files)
    assert text.count("\n") == 12
    assert "Refused: " + str(Path("reports") / "2026" / "minutes (locked).pdf") in text
    report = metadata_samples.report()
    text = ReportTexts(report).as_text(entries(report))
    assert f"Refused: {metadata_samples.WORKBOOK}, Rapporter, Row 4\n    Skolan" in text
