"""Where the columns of a file go: choices, model, table and editor."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_app.domain.exchange.headings import SheetKind
from desktop_app.domain.exchange.mapping import SheetMapping, guess_mapping
from desktop_app.domain.exchange.rows import MetadataFormat
from desktop_app.gui.models.columns import ColumnRole, ColumnsModel, Part
from desktop_app.gui.models.field_choices import (
    AS_USUAL,
    field_choices,
    field_text,
    kind_text,
    matching,
)
from desktop_app.gui.models.report_texts import plain
from desktop_app.gui.views.column_table import ColumnTable
from desktop_app.gui.views.field_editor import FieldEditor
from tests.gui import metadata_samples

LEFT = Qt.MouseButton.LeftButton
OFFSCREEN = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
RECORDS = field_choices(MetadataFormat.CSV, SheetKind.RECORDS)


def found(typed: str) -> list[str]:
    return [choice.name for choice in matching(RECORDS, typed, SheetKind.RECORDS)]


def model_of_workbook() -> ColumnsModel:
    """Return the columns of the first sheet of the workbook."""
    model = ColumnsModel()
    mapping = metadata_samples.guessed().sheets[0]
    model.set_sheet(MetadataFormat.XLSX, metadata_samples.workbook().sheets[0], mapping)
    return model


def fields(model: ColumnsModel) -> list[str]:
    return [model.index(row, Part.FIELD).data(ColumnRole.NAME) for row in range(model.rowCount())]


def remark(model: ColumnsModel, row: int) -> tuple[str, bool]:
    index = model.index(row, Part.REMARK)
    return plain(index.data()), index.data(ColumnRole.TROUBLE)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Author", "author"),
        ("auteur", "author"),
        ("författare", "author"),
        ("المؤلف", "author"),
        ("مولف", "author"),
        ("Verfasst von", "author"),
        ("year", "year"),
        ("Erscheinungsjahr", "year"),
        ("publ", "publisher"),
        ("sample_size", "sample_size"),
        ("months", "follow_up_months"),
        ("leave", "ignore"),
        ("other", "other"),
    ],
)
def test_fields_are_found_in_every_language(styled: QApplication, typed: str, first: str) -> None:
    assert found(typed)[0] == first


def test_nothing_typed_finds_everything_and_nonsense_nothing(styled: QApplication) -> None:
    assert found("") == found("  ") == [choice.name for choice in RECORDS]
    assert found("xyzzy") == []
    assert len({choice.text for choice in RECORDS}) == len(RECORDS)


def test_bibliographies_have_a_usual_meaning() -> None:
    names = [one.name for one in field_choices(MetadataFormat.RIS, SheetKind.RECORDS)]
    assert names[0] == AS_USUAL
    assert "file" not in names
    assert field_text(AS_USUAL) == "As usual"
    assert plain(field_text("other: Betyg")) == "Other: Betyg"
    assert kind_text(None) == "Leave out"


def test_rows_and_roles(styled: QApplication, qtmodeltester: ModelTester) -> None:
    model = model_of_workbook()
    qtmodeltester.check(model)
    assert (model.rowCount(), model.columnCount()) == (10, 4)
    assert fields(model)[:6] == ["title", "year", "author", "country", "data_methods", "other"]
    assert plain(model.index(1, Part.EXAMPLES).data()) == "2021 · 2019 · tjugohundrasju"
    assert model.index(1, Part.FIELD).data() == "Year"
    assert remark(model, 5) == ("Kept with the record", False)
    assert model.recognised() == 7
    assert model.data(QModelIndex()) is None
    assert model.headerData(Part.FIELD, Qt.Orientation.Horizontal) == "Goes to"
    editable = Qt.ItemFlag.ItemIsEditable
    assert model.index(0, Part.FIELD).flags() & editable
    assert not model.index(0, Part.COLUMN).flags() & editable


def test_long_examples_are_cut_and_each_stands_once(styled: QApplication) -> None:
    file = metadata_samples.table(("A",), ("long " * 40,), ("x\ny",), ("x y",), ("z",))
    model = ColumnsModel()
    model.set_sheet(file.format, file.sheets[0], guess_mapping(file).sheets[0])
    texts = plain(model.index(0, Part.EXAMPLES).data()).split(" · ")
    assert texts[1:] == ["x y", "z"]
    assert len(texts[0]) == 60


def test_a_change_is_told_with_the_whole_mapping(qtbot: QtBot, styled: QApplication) -> None:
    model = model_of_workbook()
    index = model.index(5, Part.FIELD)
    with qtbot.waitSignal(model.mapping_changed) as changed:
        assert model.setData(index, "publisher")
    assert changed.args is not None
    mapping: SheetMapping = changed.args[0]
    assert mapping.columns["Anmärkning"] == "publisher"
    assert mapping.columns["Titel"] == "title"
    assert index.data() == "Publisher"
    with qtbot.assertNotEmitted(model.mapping_changed):
        assert model.setData(index, "publisher")
        assert not model.setData(model.index(5, Part.COLUMN), "title")


def test_what_is_wrong_is_marked_and_said(styled: QApplication) -> None:
    model = model_of_workbook()
    assert model.problems() == ()
    model.setData(model.index(6, Part.FIELD), "year")
    assert remark(model, 1) == ("Also from Datum", True)
    assert remark(model, 6) == ("Also from Utgivningsår", True)
    assert [plain(text) for text in model.problems()] == [
        "Utgivningsår, Datum go to Year, which takes one value: the first that is filled counts."
    ]
    model.setData(model.index(0, Part.FIELD), "ignore")
    assert remark(model, 0) == ("Not imported", False)
    assert plain(model.problems()[0]).startswith("No column goes to Title.")
    # Several columns may go to a field that holds several values.
    model.setData(model.index(9, Part.FIELD), "author")
    assert remark(model, 9) == ("Also from Författare", False)
    assert not any("Author" in text for text in model.problems())


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        (SheetKind.FINDINGS, "Record"),
        (SheetKind.APPRAISALS, "Record"),
        (SheetKind.EVIDENCE, "Entry"),
    ],
)
def test_other_sheets_have_to_say_what_a_row_belongs_to(
    styled: QApplication, kind: SheetKind, needed: str
) -> None:
    model = ColumnsModel()
    sheet = metadata_samples.workbook().sheets[2]
    model.set_sheet(MetadataFormat.XLSX, sheet, SheetMapping("Blad3", kind))
    (problem,) = model.problems()
    assert plain(problem).startswith(f"No column goes to {needed},")
    model.set_mapping(SheetMapping("Blad3", None))
    assert model.problems() == ()


def test_a_tag_of_a_bibliography_goes_elsewhere_and_back(styled: QApplication) -> None:
    model = ColumnsModel()
    file = metadata_samples.bibliography()
    model.set_sheet(file.format, file.sheets[0], guess_mapping(file).sheets[0])
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Tag"
    assert set(fields(model)) == {AS_USUAL}
    assert model.problems() == ()
    seen: list[SheetMapping] = []
    model.mapping_changed.connect(seen.append)
    index = model.index(4, Part.FIELD)
    model.setData(index, "overview")
    model.setData(index, AS_USUAL)
    assert [dict(mapping.columns) for mapping in seen] == [{"N1": "overview"}, {}]


@pytest.fixture
def table(qtbot: QtBot, direction: Qt.LayoutDirection) -> ColumnTable:
    """Return the table of the workbook on the screen."""
    model = model_of_workbook()
    result = ColumnTable(model)
    model.setParent(result)
    qtbot.addWidget(result)
    result.resize(900, 500)
    result.show()
    qtbot.waitExposed(result)
    result.setFocus()
    result.setCurrentIndex(model.index(5, Part.FIELD))
    return result


def columns(table: ColumnTable) -> ColumnsModel:
    model = table.model()
    assert isinstance(model, ColumnsModel)
    return model


def editor(table: ColumnTable) -> FieldEditor:
    """Return the line that is open."""
    (open_one,) = (one for one in table.findChildren(FieldEditor) if one.isVisible())
    return open_one


def is_closed(table: ColumnTable) -> bool:
    return not any(one.isVisible() for one in table.findChildren(FieldEditor))


@OFFSCREEN
def test_typing_finds_a_field_and_enter_takes_it(table: ColumnTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_B)
    QTest.keyClicks(editor(table), "ailleur")
    assert editor(table).found()[0] == "funder"
    QTest.keyClick(editor(table), Qt.Key.Key_Return)
    assert is_closed(table)
    assert fields(columns(table))[5] == "funder"
    assert table.currentIndex().row() == 5


@OFFSCREEN
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Space])
def test_a_key_opens_the_list_and_arrows_choose(table: ColumnTable, key: Qt.Key) -> None:
    QTest.keyClick(table, key)
    popup = editor(table).completer().popup()
    assert popup is not None
    assert popup.isVisible()
    assert popup.currentIndex().data() == "Other fields"
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert is_closed(table)
    assert fields(columns(table))[5] == "ignore"


@OFFSCREEN
def test_tab_takes_a_field_and_stays_in_the_row(table: ColumnTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_P)
    QTest.keyClicks(editor(table), "ublished by")
    QTest.keyClick(editor(table), Qt.Key.Key_Tab)
    assert is_closed(table)
    assert fields(columns(table))[5] == "publisher"
    assert table.currentIndex().row() == 5


@OFFSCREEN
@pytest.mark.parametrize("typed", ["", "xyzzy"])
def test_what_is_no_field_changes_nothing(table: ColumnTable, typed: str) -> None:
    open_one = table.open_editor(5)
    assert open_one is not None
    open_one.clear()
    QTest.keyClicks(open_one, typed)
    QTest.keyClick(open_one, Qt.Key.Key_Return)
    assert is_closed(table)
    assert fields(columns(table))[5] == "other"


@OFFSCREEN
def test_escape_leaves_a_field_as_it_was(table: ColumnTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_T)
    QTest.keyClick(editor(table), Qt.Key.Key_Escape)
    assert is_closed(table)
    assert fields(columns(table))[5] == "other"


@OFFSCREEN
def test_a_click_on_the_field_opens_it_and_one_elsewhere_does_not(table: ColumnTable) -> None:
    model = columns(table)
    for part in (Part.COLUMN, Part.EXAMPLES, Part.REMARK):
        place = table.visualRect(model.index(2, part)).center()
        QTest.mouseClick(table.viewport(), LEFT, pos=place)
        assert is_closed(table)
    place = table.visualRect(model.index(2, Part.FIELD)).center()
    QTest.mouseClick(table.viewport(), LEFT, pos=place)
    assert editor(table).text() == "Author"


@OFFSCREEN
def test_a_double_click_anywhere_opens_the_field(table: ColumnTable) -> None:
    place = table.visualRect(columns(table).index(1, Part.COLUMN)).center()
    QTest.mouseClick(table.viewport(), LEFT, pos=place)
    QTest.mouseDClick(table.viewport(), LEFT, pos=place)
    assert editor(table).text() == "Year"


@OFFSCREEN
def test_a_click_in_the_list_takes_a_field(table: ColumnTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_F2)
    popup = editor(table).completer().popup()
    assert popup is not None
    model = popup.model()
    row = next(r for r in range(model.rowCount()) if model.index(r, 0).data() == "Publisher")
    popup.scrollTo(model.index(row, 0))
    place = popup.visualRect(model.index(row, 0)).center()
    QTest.mouseClick(popup.viewport(), LEFT, pos=place)
    assert is_closed(table)
    assert fields(columns(table))[5] == "publisher"


def test_arrows_and_letters_with_ctrl_open_nothing(table: ColumnTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == 6
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert is_closed(table)


@OFFSCREEN
def test_an_update_does_not_disturb_who_is_typing(table: ColumnTable) -> None:
    QTest.keyClick(table, Qt.Key.Key_P)
    columns(table).set_mapping(metadata_samples.guessed().sheets[0].with_column("Datum", "year"))
    assert editor(table).text() == "p"
    assert fields(columns(table))[6] == "year"
