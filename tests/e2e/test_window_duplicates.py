"""A librarian's way through possible duplicates in the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.gui import theme
from desktop_app.gui.dialogs.merge import MergeDialog
from desktop_app.gui.session import Session
from desktop_app.gui.windows.main import MainWindow
from desktop_app.services.archive import Archive
from tests.services.alike import store_alike

PATIENCE_MS = 60_000
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "archive", "Malmö")


@pytest.fixture
def named(archive: Archive) -> dict[str, str]:
    found = store_alike(archive.folder)
    for record_id in (found["report"], found["kurzfassung"]):
        archive.editing.edit(record_id, {"year": 2021})
    archive.editing.edit(found["copy"], {"year": 2019, "aims": "To help"})
    return found


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, archive: Archive, named: dict[str, str]
) -> Iterator[MainWindow]:
    theme.apply(qapp, theme.Scheme.LIGHT)
    opened = MainWindow(Session(archive))
    qtbot.addWidget(opened)
    opened.show()
    qtbot.waitUntil(lambda: not opened.session.jobs.running(), timeout=PATIENCE_MS)
    yield opened
    opened.close()


def press(window: MainWindow, text: str) -> None:
    (found,) = (
        button for button in window.navigation.findChildren(QPushButton) if button.text() == text
    )
    QTest.mouseClick(found, LEFT)


def opened(window: MainWindow, qtbot: QtBot) -> MergeDialog:
    """Return the window of possible duplicates, showing a group."""
    press(window, "Possible duplicates…")
    qtbot.waitUntil(lambda: bool(window.findChildren(MergeDialog)), timeout=PATIENCE_MS)
    (dialog,) = window.findChildren(MergeDialog)
    qtbot.waitUntil(dialog.table.isVisible, timeout=PATIENCE_MS)
    return dialog


def said(dialog: MergeDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_from_two_records_to_one_and_back(
    window: MainWindow, qtbot: QtBot, named: dict[str, str], tmp_path: Path
) -> None:
    archive = window.session.archive
    dialog = opened(window, qtbot)
    assert "nearly the same text" in said(dialog)
    assert "1 of 2" in said(dialog)
    assert set(dialog.model.plan.ids) == {named["report"], named["copy"]}
    assert dialog.grab().save(str(tmp_path / "merge.png"))
    QTest.mouseClick(dialog.merge, LEFT)
    qtbot.waitUntil(lambda: "2 of 2" in said(dialog), timeout=PATIENCE_MS)
    assert "Merged: 2 records" in said(dialog).translate({0x2068: "", 0x2069: ""})
    assert len(archive.reading.records()) == 3
    # The one that was kept stands in the next group for the one that is gone.
    assert set(dialog.model.plan.ids) == {named["copy"], named["kurzfassung"]}
    QTest.mouseClick(dialog.undo, LEFT)
    qtbot.waitUntil(lambda: "1 of 2" in said(dialog), timeout=PATIENCE_MS)
    assert len(archive.reading.records()) == 4
    QTest.mouseClick(dialog.different, LEFT)
    qtbot.waitUntil(lambda: "2 of 2" in said(dialog), timeout=PATIENCE_MS)
    QTest.mouseClick(dialog.merge, LEFT)
    qtbot.waitUntil(lambda: "These were all" in said(dialog), timeout=PATIENCE_MS)
    assert {record.id for record in archive.reading.records()} == {
        named["report"], named["copy"], named["schools"],
    }  # fmt: skip
    QTest.mouseClick(dialog.cancel, LEFT)
    press(window, "Possible duplicates…")
    status = window.status
    qtbot.waitUntil(
        lambda: any("look the same" in each.text() for each in status.findChildren(QLabel)),
        timeout=PATIENCE_MS,
    )


def test_what_was_merged_elsewhere_meanwhile_is_passed_over(
    window: MainWindow, qtbot: QtBot, named: dict[str, str]
) -> None:
    dialog = opened(window, qtbot)
    window.session.archive.editing.delete([named["kurzfassung"]])
    QTest.mouseClick(dialog.skip, LEFT)
    qtbot.waitUntil(lambda: "These were all" in said(dialog), timeout=PATIENCE_MS)


def test_why_a_merge_was_not_done_is_said(
    window: MainWindow, qtbot: QtBot, named: dict[str, str], expect_log: object
) -> None:
    assert callable(expect_log)
    expect_log("desktop_app.gui.jobs", "Merging records failed")
    dialog = opened(window, qtbot)
    window.session.archive.editing.delete([named["copy"]])
    QTest.mouseClick(dialog.merge, LEFT)
    qtbot.waitUntil(lambda: "lies in the trash" in said(dialog), timeout=PATIENCE_MS)
    assert dialog.merge.isEnabled()


def test_an_archive_for_reading_says_so(
    qtbot: QtBot, qapp: QApplication, archive: Archive, named: dict[str, str]
) -> None:
    folder = archive.folder
    archive.close()
    window = MainWindow(Session(Archive(folder, read_only=True)))
    qtbot.addWidget(window)
    window.show()
    press(window, "Possible duplicates…")
    assert any(
        "nothing can be merged" in label.text() for label in window.status.findChildren(QLabel)
    )
    window.close()
