"""Files and mappings in the import window: added, taken out, saved, loaded."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from desktop_app.domain.exchange.mapping import dump_mapping, parse_mapping
from desktop_app.domain.exchange.rows import MetadataFile, MetadataFormat
from desktop_app.gui.dialogs.metadata_import import MetadataImportDialog
from tests.gui import metadata_samples, metadata_window
from tests.gui.metadata_window import (
    BOOK,
    LIBRARY,
    OFFSCREEN,
    drop,
    field,
    press,
    previews,
    says,
    send,
)


@pytest.fixture
def dialog(qtbot: QtBot, direction: Qt.LayoutDirection) -> MetadataImportDialog:
    """Return the window with a workbook that was read and previewed."""
    return metadata_window.shown(qtbot)


def test_text_files_say_how_they_were_read(dialog: MetadataImportDialog) -> None:
    path = Path("list.csv")
    dialog.add([path], [])
    dialog.show_file(path, metadata_samples.table(("Titel",), ("Eins",)))
    dialog.sources.metadata.setCurrentRow(1)
    assert says(dialog, "WINDOWS-1252 · ;")
    assert not dialog.source.mapping.tabs.isVisible()


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (MetadataFile(MetadataFormat.CSV, ()), "There is nothing in this file."),
        (metadata_samples.table(("Titel",)), "This sheet has no rows."),
    ],
)
def test_empty_files_say_so(dialog: MetadataImportDialog, file: MetadataFile, text: str) -> None:
    path = Path("empty.csv")
    dialog.add([path], [])
    dialog.show_file(path, file)
    dialog.sources.metadata.setCurrentRow(1)
    assert says(dialog, text)


def test_more_files_are_dropped_or_chosen(
    dialog: MetadataImportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = tmp_path / "a.pdf"
    with qtbot.waitSignal(dialog.paths_added) as added:
        assert drop(dialog, pdf)
    assert added.args == [[pdf]]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(pdf)], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    for signal, path in (
        (dialog.sources.files_requested, pdf),
        (dialog.sources.folder_requested, tmp_path),
    ):
        with qtbot.waitSignal(dialog.paths_added) as added:
            signal.emit()
        assert added.args == [[path]]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    with qtbot.assertNotEmitted(dialog.paths_added):
        dialog.sources.folder_requested.emit()


def test_dropping_after_a_check_leads_back_to_the_files(dialog: MetadataImportDialog) -> None:
    dialog.show_report(metadata_samples.report(dry_run=True))
    dialog.add([], [Path("a.pdf")])
    assert dialog.source.isVisible()


@OFFSCREEN
def test_files_or_a_folder_are_added_from_a_menu(
    dialog: MetadataImportDialog,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    press(dialog, "Add PDFs or a folder…")
    menu = dialog.findChild(QMenu)
    assert menu is not None
    with qtbot.waitSignal(dialog.paths_added) as added:
        menu.actions()[1].trigger()
    assert added.args == [[tmp_path]]
    menu.close()


def test_files_are_taken_out_with_delete_but_never_the_last(
    dialog: MetadataImportDialog, tmp_path: Path
) -> None:
    assert not dialog.sources.remove.isEnabled()
    folder = tmp_path / "folder"
    folder.mkdir()
    dialog.add([LIBRARY], [Path("a.pdf"), folder])
    dialog.show_file(LIBRARY, metadata_samples.bibliography())
    others = dialog.sources.others
    assert "Folder, with all below it" in others.item(1).text()
    others.setFocus()
    others.setCurrentRow(0)
    QTest.keyClick(others, Qt.Key.Key_Delete)
    assert dialog.draft.others == (folder,)
    dialog.sources.metadata.setFocus()
    dialog.sources.metadata.setCurrentRow(0)
    press(dialog, "Take out")
    assert [source.path for source in dialog.draft.sources] == [LIBRARY]
    assert says(dialog, "library.ris")
    others.setFocus()
    others.setCurrentRow(0)
    QTest.keyClick(others, Qt.Key.Key_Delete)
    dialog.sources.metadata.setFocus()
    QTest.keyClick(dialog.sources.metadata, Qt.Key.Key_Delete)
    assert [source.path for source in dialog.draft.sources] == [LIBRARY]


def test_a_mapping_is_saved_and_loaded(
    dialog: MetadataImportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "mapping.json"
    suggested: list[str] = []

    def where(parent: object, title: str, name: str, kinds: str) -> tuple[str, str]:
        suggested.append(name)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", where)
    send(dialog, 5, "tag")
    press(dialog, "Save mapping…")
    assert suggested == [str(BOOK.with_name("evaluations-malmö-mapping.json"))]
    assert says(dialog, "Saved as mapping.json.")
    assert parse_mapping(target.read_text("utf-8")).sheets[0].columns["Anmärkning"] == "tag"
    send(dialog, 5, "other")
    asked = previews(dialog)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(target), ""))
    press(dialog, "Load mapping…")
    assert field(dialog, 5) == "tag"
    assert asked[-1][1].sheets[0].columns["Anmärkning"] == "tag"
    assert says(dialog, "Loaded: mapping.json")


def _binary(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00")


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(5_000_000)


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda path: path.write_text("{", "utf-8"), "mapping.json: The mapping is no JSON"),
        (lambda path: path.write_text("[]", "utf-8"), "Save one in the import window"),
        (_binary, "mapping.json is no mapping: it is not text in UTF-8."),
        (_huge, "mapping.json is too large to be a mapping."),
        (lambda path: None, "mapping.json can't be read: No such file"),
    ],
)
def test_what_is_no_mapping_changes_nothing_and_says_why(
    dialog: MetadataImportDialog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Path], object],
    text: str,
) -> None:
    path = tmp_path / "mapping.json"
    make(path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    before = dump_mapping(dialog.draft.request().mappings[BOOK])
    press(dialog, "Load mapping…")
    assert says(dialog, text)
    assert dump_mapping(dialog.draft.request().mappings[BOOK]) == before


def test_a_mapping_that_cannot_be_saved_says_why(
    dialog: MetadataImportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = str(tmp_path / "missing" / "m.json")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (target, ""))
    press(dialog, "Save mapping…")
    assert says(dialog, "Not saved: No such file")
