"""The first rows of a file as records."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_app.domain.exchange.mapping import SheetMapping
from desktop_app.domain.exchange.rows import Sheet
from desktop_app.domain.imports import PreviewedRow
from desktop_app.gui.models.preview import PreviewModel, PreviewRole
from desktop_app.gui.models.report_texts import plain
from desktop_app.gui.views.preview import PreviewPane
from tests.gui import metadata_samples

SHEET = metadata_samples.workbook().sheets[0]
MAPPING = metadata_samples.guessed().sheets[0]
ROWS = metadata_samples.previewed(metadata_samples.guessed())
INVISIBLE = str.maketrans("", "", "\u2068\u2069\u200e\u200f")


def filled(mapping: SheetMapping = MAPPING) -> PreviewModel:
    model = PreviewModel()
    model.set_rows(SHEET, mapping, ROWS)
    return model


def headings(model: PreviewModel) -> list[str]:
    across = Qt.Orientation.Horizontal
    return [plain(str(model.headerData(column, across))) for column in range(model.columnCount())]


def test_fields_are_columns(styled: QApplication, qtmodeltester: ModelTester) -> None:
    model = filled()
    qtmodeltester.check(model)
    assert headings(model) == [
        "Row", "File", "Title", "Year", "Author", "Overview", "Country", "Data and methods",
    ]  # fmt: skip
    assert model.rowCount() == 20
    assert [model.index(0, column).data() for column in (0, 1, 3)] == ["2", "two-city.pdf", "2021"]
    assert (model.field(3), model.field(0), model.field(99)) == ("year", "", "")
    assert (model.column_of("year"), model.column_of("doi")) == (3, 0)
    assert model.data(QModelIndex()) is None
    model.clear()
    assert (model.rowCount(), model.columnCount()) == (0, 0)


def test_what_a_field_cannot_hold_stands_there_as_the_file_has_it(styled: QApplication) -> None:
    model = filled()
    cell = model.index(2, model.column_of("year"))
    assert cell.data() == "tjugohundrasju"
    assert cell.data(PreviewRole.PROBLEM) == '"year" takes a year from 1900 to 2100.'
    spoken = cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == 'tjugohundrasju. "year" takes a year from 1900 to 2100.'
    assert plain(cell.data(Qt.ItemDataRole.ToolTipRole)).startswith("Row 4: Year: ")
    whole = model.index(3, 0)
    assert whole.data(PreviewRole.PROBLEM).startswith("There is neither a title")
    assert plain(model.problem_at(model.index(3, 2))).startswith("Row 5: There is neither")
    assert model.problem_at(model.index(0, 2)) == ""
    assert len(model.problems()) == 12


def test_fields_of_no_column_and_texts_beside_the_fields_come_too(styled: QApplication) -> None:
    rows = (PreviewedRow(2, {"other: Anmärkning": "a\nb", "kind": "Evaluation"}),)
    model = PreviewModel()
    model.set_rows(SHEET, MAPPING, rows)
    assert headings(model)[-1] == "Other: Anmärkning"
    assert "Kind" in headings(model)
    assert model.index(0, model.columnCount() - 1).data() == "a b"


def test_lines_of_a_bibliography_are_called_so(styled: QApplication) -> None:
    model = PreviewModel()
    file = metadata_samples.bibliography()
    mapping = SheetMapping("", MAPPING.kind)
    rows = (PreviewedRow(9, {"title": "T"}, {"PY": "No year."}),)
    model.set_rows(file.sheets[0], mapping, rows, lines=True)
    assert headings(model) == ["Line", "Title"]
    # No column gives the field: the row is marked.
    assert model.index(0, 0).data(PreviewRole.PROBLEM) == "No year."


def test_as_text(styled: QApplication) -> None:
    blocks = plain(filled().as_text()).split("\n\n")
    assert blocks[0].split("\n")[:3] == [
        "Row 2",
        "File: two-city.pdf",
        "Title: Mentorskap för unga i riskzonen: en utvärdering i två städer",
    ]
    assert 'Problem: Year: "year" takes a year from 1900 to 2100.' in blocks[2]
    assert "Problem: There is neither a title nor a file that has one." in blocks[3]


@pytest.fixture
def pane(qtbot: QtBot, direction: Qt.LayoutDirection) -> PreviewPane:
    result = PreviewPane()
    qtbot.addWidget(result)
    result.resize(600, 240)
    result.show()
    qtbot.waitExposed(result)
    result.show_rows(SHEET, MAPPING, ROWS)
    return result


def says(pane: PreviewPane, text: str) -> bool:
    shown = [each.text() for each in pane.findChildren(QLabel) if each.isVisible()]
    return any(text in each.translate(INVISIBLE) for each in shown)


def test_it_says_how_much_it_shows_and_what_is_wrong(pane: PreviewPane) -> None:
    assert says(pane, "Preview: the first 20 of 100 rows")
    assert says(pane, "Cells or rows with a problem: 12")
    # Without a chosen cell the first problem is said.
    assert says(pane, "Row 4: Year: ")
    pane.table.setCurrentIndex(pane.model.index(4, 1))
    assert says(pane, 'Row 6: Country: "country" has no country "Svergie".')
    pane.table.setCurrentIndex(pane.model.index(3, 1))
    assert says(pane, "Row 5: There is neither a title")


def test_without_problems_it_says_so(pane: PreviewPane) -> None:
    sheet = replace(SHEET, rows=SHEET.rows[:1])
    pane.show_rows(sheet, MAPPING, ROWS[:1])
    assert says(pane, "Preview: 1 row")
    assert says(pane, "Every cell can be imported")
    assert pane.problem.text() == ""


def test_focus_place_and_chosen_cell_stay_when_columns_come_and_go(pane: PreviewPane) -> None:
    pane.table.setFocus()
    pane.table.setCurrentIndex(pane.model.index(12, pane.model.column_of("author")))
    across, down = pane.table.horizontalScrollBar(), pane.table.verticalScrollBar()
    across.setValue(across.maximum() // 2)
    down.setValue(down.maximum() // 2)
    places = (across.value(), down.value())
    assert min(places) > 0
    header = pane.table.horizontalHeader()
    header.resizeSection(pane.model.column_of("title"), 222)
    added = MAPPING.with_column("Anmärkning", "tag")
    pane.show_rows(SHEET, added, ROWS)
    assert pane.model.column_of("tag")
    chosen = pane.table.currentIndex()
    assert (chosen.row(), pane.model.field(chosen.column())) == (12, "author")
    assert pane.table.hasFocus()
    assert header.sectionSize(pane.model.column_of("title")) == 222
    assert abs(down.value() - places[1]) <= pane.table.rowHeight(0)
    # The same columns again: nothing moves at all.
    places = (across.value(), down.value())
    pane.show_rows(SHEET, added, ROWS)
    assert (across.value(), down.value()) == places


def test_rows_as_text_can_be_read_by_keyboard(pane: PreviewPane) -> None:
    pane.as_text.setFocus()
    QTest.keyClick(pane.as_text, Qt.Key.Key_Space)
    assert pane.text.isVisible()
    assert not pane.table.isVisible()
    QTest.keyClick(pane.as_text, Qt.Key.Key_Tab)
    assert pane.text.hasFocus()
    assert pane.text.accessibleName()
    # It stays so when the mapping changes.
    pane.show_rows(SHEET, MAPPING, ROWS[:1])
    assert pane.text.isVisible()
    assert pane.text.toPlainText().count("Row ") == 1


def test_a_sentence_stands_in_for_rows(pane: PreviewPane) -> None:
    pane.show_message("This sheet has no rows.")
    assert says(pane, "This sheet has no rows.")
    assert not pane.table.isVisible()
    assert not pane.as_text.isVisible()
    pane.show_rows(SHEET, MAPPING, ROWS)
    assert pane.table.isVisible()


def test_a_problem_can_be_seen_without_colour(pane: PreviewPane) -> None:
    index = pane.model.index(2, pane.model.column_of("year"))
    pane.table.scrollTo(index)
    place = pane.table.visualRect(index)
    with_problem = pane.table.viewport().grab(place).toImage()
    rows = (*ROWS[:2], PreviewedRow(4, {**ROWS[2].values, "year": "tjugohundrasju"}), *ROWS[3:])
    pane.show_rows(SHEET, MAPPING, rows)
    without = pane.table.viewport().grab(place).toImage()
    assert with_problem != without


def test_no_rows_at_all(styled: QApplication) -> None:
    model = PreviewModel()
    model.set_rows(Sheet("", (), ()), MAPPING, ())
    assert (model.rowCount(), model.columnCount()) == (0, 0)
    assert model.as_text() == ""
    assert model.problems() == ()
