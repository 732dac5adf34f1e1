"""The window in which possible duplicates are merged, or said not to be the same."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.domain.merging import MergeChoice
from desktop_app.domain.records import DocumentRole
from desktop_app.gui import theme
from desktop_app.gui.dialogs.merge import MergeDialog
from desktop_app.gui.models.merge import Mark, MergeRole
from desktop_app.gui.models.merge_texts import plain_value
from desktop_app.gui.views.choice_box import ChoiceBox
from tests.gui import merge_samples
from tests.gui.test_screens import cut_off, outside

LEFT = Qt.MouseButton.LeftButton
INVISIBLE = str.maketrans("", "", "\u2068\u2069\u200b\u200e\u200f")
KEEP, PART = 0, 1


@pytest.fixture
def dialog(qtbot: QtBot, direction: Qt.LayoutDirection) -> MergeDialog:
    """Return the window on the screen, with two records."""
    result = MergeDialog()
    result.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(result)
    result.show()
    qtbot.waitExposed(result)
    result.show_group(merge_samples.plan(), merge_samples.REASONS[:1])
    return result


@pytest.fixture
def three(dialog: MergeDialog) -> MergeDialog:
    """Return the window with three records, one file in two of them."""
    dialog.show_group(merge_samples.plan(3, same_file=True), merge_samples.REASONS, 2, 7)
    return dialog


def row_of(dialog: MergeDialog, name: str) -> int:
    """Return the row of a field."""
    names = [dialog.model.index(row, 0).data() for row in range(dialog.model.rowCount())]
    return names.index(name)


def text(dialog: MergeDialog, row: int, column: int) -> str:
    return str(dialog.model.index(row, column).data()).translate(INVISIBLE)


def mark(dialog: MergeDialog, row: int, column: int) -> Mark:
    return Mark(dialog.model.index(row, column).data(MergeRole.MARK))


def names(dialog: MergeDialog) -> list[str]:
    return [text(dialog, row, 0) for row in range(dialog.model.rowCount())]


def sentences(dialog: MergeDialog) -> str:
    """Return all that labels say."""
    found = [label.text() for label in dialog.findChildren(QLabel) if label.isVisibleTo(dialog)]
    return " ".join(found).translate(INVISIBLE)


def click(dialog: MergeDialog, row: int, column: int) -> None:
    """Click on a cell with the mouse."""
    table = dialog.table
    table.doItemsLayout()
    index = dialog.model.index(row, column)
    table.scrollTo(index)
    QTest.mouseClick(table.viewport(), LEFT, pos=table.visualRect(index).center())


def wanted(dialog: MergeDialog, qtbot: QtBot) -> MergeChoice:
    """Return what the window asks for when its button is pressed."""
    with qtbot.waitSignal(dialog.merge_requested) as asked:
        QTest.mouseClick(dialog.merge, LEFT)
    choice: MergeChoice = asked.args[0]
    return choice


def test_only_what_differs_is_shown(dialog: MergeDialog) -> None:
    assert names(dialog) == [
        "Keep this record", "Title", "Year", "Language", "Access", "Author", "Overview", "Country",
        "Design", "Sample size", "Other fields",
    ]  # fmt: skip
    assert "agree: 2" in sentences(dialog)
    QTest.mouseClick(dialog.everything, LEFT)
    assert {"Kind", "DOI"} <= set(names(dialog))
    QTest.mouseClick(dialog.everything, LEFT)
    assert "Kind" not in names(dialog)


def test_it_says_why_and_what_will_happen(dialog: MergeDialog) -> None:
    said = sentences(dialog)
    assert "Probably the same: the same DOI 10.1000/mentoring.2021" in said
    assert "two-city evaluation” is kept. It gets 1 file, findings: 2, notes: 3." in said
    assert "The other record goes to the trash" in said
    assert "You can undo the merge." in said


def test_values_are_said_for_people(dialog: MergeDialog) -> None:
    last = dialog.model.columnCount() - 1
    assert text(dialog, row_of(dialog, "Access"), last) == "Partners only"
    assert text(dialog, row_of(dialog, "Language"), 2) == "English; العربية"
    assert text(dialog, row_of(dialog, "Sample size"), 1) == "212 (p. 12)"
    assert text(dialog, row_of(dialog, "Author"), 2) == "nothing"
    assert text(dialog, row_of(dialog, "Other fields"), 2) == "M3: Report"
    until = plain_value("access", {"level": "embargoed", "until": "2030-01-01"})
    assert until == "Embargoed until 2030-01-01"


def test_what_is_proposed_is_asked_for(dialog: MergeDialog, qtbot: QtBot) -> None:
    assert wanted(dialog, qtbot) == MergeChoice(
        "record-1", ("record-2",), {}, {"document-2": DocumentRole.SUMMARY}
    )


def test_a_value_is_chosen_with_the_mouse(dialog: MergeDialog, qtbot: QtBot) -> None:
    year = row_of(dialog, "Year")
    last = dialog.model.columnCount() - 1
    assert (mark(dialog, year, 1), mark(dialog, year, 2)) == (Mark.CHOSEN, Mark.OPEN)
    click(dialog, year, 2)
    assert (mark(dialog, year, 1), mark(dialog, year, 2)) == (Mark.OPEN, Mark.CHOSEN)
    assert text(dialog, year, last) == "2020"
    assert wanted(dialog, qtbot).chosen == {"year": "record-2"}
    click(dialog, year, 1)
    assert wanted(dialog, qtbot).chosen == {}


def test_a_value_is_chosen_with_the_keyboard(dialog: MergeDialog, qtbot: QtBot) -> None:
    assert dialog.table.hasFocus()
    rtl = dialog.isRightToLeft()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left if rtl else Qt.Key.Key_Right):
        QTest.keyClick(dialog.table, key)
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    with qtbot.waitSignal(dialog.merge_requested) as asked:
        QTest.keyClick(dialog.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked.args[0].chosen == {"year": "record-2", "language": "record-2"}
    QTest.keyClick(dialog.table, Qt.Key.Key_Tab)
    assert dialog.everything.hasFocus()


def test_what_holds_several_values_gets_all(dialog: MergeDialog, qtbot: QtBot) -> None:
    country = row_of(dialog, "Country")
    assert mark(dialog, country, 1) is mark(dialog, country, 2) is Mark.TAKEN
    assert text(dialog, country, 3) == "SE; DE" or text(dialog, country, 3) == "DE; SE"
    click(dialog, country, 2)
    click(dialog, row_of(dialog, "Author"), 2)  # It says nothing that could be taken.
    assert wanted(dialog, qtbot).chosen == {}


def test_another_record_is_kept(dialog: MergeDialog, qtbot: QtBot) -> None:
    click(dialog, row_of(dialog, "Year"), 1)
    click(dialog, KEEP, 2)
    assert mark(dialog, KEEP, 2) is Mark.CHOSEN
    assert "“Mentoring Young People at Risk” is kept. It gets 1 file, notes: 1." in sentences(
        dialog
    )
    assert text(dialog, row_of(dialog, "Year"), 3) == "2020"
    choice = wanted(dialog, qtbot)
    assert (choice.keep, choice.others) == ("record-2", ("record-1",))
    assert dialog.table.currentIndex().column() == 2


def test_one_of_three_is_left_out(three: MergeDialog, qtbot: QtBot) -> None:
    assert "The other records go to the trash" in sentences(three)
    click(three, PART, 3)
    assert mark(three, PART, 3) is Mark.LEFT
    assert text(three, row_of(three, "Title"), 3).startswith("تقييم")
    assert wanted(three, qtbot).others == ("record-2",)
    click(three, PART, 2)  # Two have to stay.
    assert mark(three, PART, 2) is Mark.TAKEN
    click(three, PART, 3)
    assert wanted(three, qtbot).others == ("record-2", "record-3")
    click(three, PART, 3)
    click(three, KEEP, 3)
    choice = wanted(three, qtbot)
    assert (choice.keep, choice.others) == ("record-3", ("record-1", "record-2"))


def test_files_get_roles_and_the_same_file_stays_once(three: MergeDialog, qtbot: QtBot) -> None:
    boxes = three.findChildren(ChoiceBox)
    assert [box.currentText() for box in boxes] == ["Report", "Summary"]
    said = sentences(three)
    assert "Same file, stays in the trash" in said
    assert "A file that two records have stays once." in said
    boxes[1].setCurrentIndex(list(DocumentRole).index(DocumentRole.TRANSLATION))
    assert wanted(three, qtbot).roles == {"document-3": DocumentRole.TRANSLATION}


def test_other_decisions(three: MergeDialog, qtbot: QtBot) -> None:
    assert "2 of 7" in sentences(three)
    click(three, PART, 3)
    with qtbot.waitSignal(three.dismissed) as said:
        QTest.mouseClick(three.different, LEFT)
    assert said.args == [("record-1", "record-2")]
    with qtbot.waitSignal(three.skipped):
        QTest.mouseClick(three.skip, LEFT)
    three.show_note("Merged: 2 records", can_undo=True)
    with qtbot.waitSignal(three.undo_requested):
        QTest.mouseClick(three.undo, LEFT)
    three.show_note("Undone")
    assert not three.undo.isVisible()
    QTest.mouseClick(three.cancel, LEFT)
    assert not three.isVisible()


def test_nothing_is_decided_twice(dialog: MergeDialog, qtbot: QtBot) -> None:
    dialog.set_busy(True)
    with qtbot.assertNotEmitted(dialog.merge_requested):
        QTest.mouseClick(dialog.merge, LEFT)
        QTest.keyClick(dialog.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog.show_group(merge_samples.plan(), merge_samples.REASONS)
    assert wanted(dialog, qtbot).keep == "record-1"


def test_the_end(dialog: MergeDialog, qtbot: QtBot) -> None:
    dialog.show_nothing("These were all.")
    assert sentences(dialog).strip() == "These were all."
    assert not dialog.table.isVisible()
    with qtbot.assertNotEmitted(dialog.merge_requested):
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_screen_reader_hears_what_is_chosen(dialog: MergeDialog) -> None:
    year = row_of(dialog, "Year")
    spoken = [
        dialog.model.index(year, column).data(Qt.ItemDataRole.AccessibleTextRole)
        for column in (1, 2)
    ]
    assert [said.translate(INVISIBLE) for said in spoken] == ["2021, chosen", "2020, not chosen"]
    assert dialog.table.accessibleName()
    assert all(box.accessibleName() for box in dialog.findChildren(ChoiceBox))


def test_rows_are_as_high_as_their_texts(dialog: MergeDialog, qtbot: QtBot) -> None:
    overview, year = row_of(dialog, "Overview"), row_of(dialog, "Year")
    qtbot.waitUntil(lambda: dialog.table.rowHeight(overview) > dialog.table.rowHeight(year) > 20)


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
@pytest.mark.parametrize("count", [2, 3])
def test_nothing_is_cut_off(
    dialog: MergeDialog, styled: QApplication, scheme: theme.Scheme, count: int
) -> None:
    theme.apply(styled, scheme)
    dialog.show_group(merge_samples.plan(count, same_file=True), merge_samples.REASONS, 1, 2)
    dialog.show_note("Merged: 2 records", can_undo=True)
    for size in ((1100, 760), (760, 560)):
        dialog.resize(*size)
        QApplication.processEvents()
        assert cut_off(dialog) == []
        assert outside(dialog) == []
        assert dialog.grab().size().toTuple() == size
        assert all(button.isVisible() for button in (dialog.merge, dialog.different, dialog.cancel))
        assert isinstance(dialog.childAt(dialog.merge.mapTo(dialog, QPoint(5, 5))), QPushButton)
