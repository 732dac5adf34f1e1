"""Opening an archive that is open elsewhere, or lies where it should not: commands and window."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.domain.opening_errors import SyncedPlace
from desktop_app.gui import application
from desktop_app.gui.dialogs import opening
from desktop_app.gui.session import Session
from desktop_app.gui.windows.main import MainWindow
from desktop_app.services.archive import Archive
from desktop_app.services.presence import Program
from desktop_app.store.database import Database
from desktop_app.store.records import Records
from tests.samples import make_record, store_record

MAIN = Path(__file__).resolve().parents[2] / "main.py"
PATIENCE_MS = 60_000


def run(folder: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(MAIN), "--archive", str(folder), *map(str, words)],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


def add_record(folder: Path, title: str) -> None:
    """Add a record as another program does."""
    database = Database(folder / "archive.sqlite")
    record, pages = make_record(title)
    store_record(Records(database), record, pages)
    database.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "cloud" / "archive"
    Archive.create(folder, "Malmö").close()
    add_record(folder, "Mentoring")
    return folder


@pytest.fixture
def synced(folder: Path) -> Path:
    (folder.parent / ".stfolder").mkdir()
    return folder


# Commands


def test_a_command_beside_a_window_says_so_in_one_line(folder: Path) -> None:
    window = Archive(folder, program=Program.WINDOW)
    ended = run(folder, "list")
    assert ended.returncode == 0
    assert "Mentoring" in ended.stdout
    assert ended.stderr.count("\n") == 1
    assert "also open elsewhere" in ended.stderr
    as_json = run(folder, "--json", "list")
    assert json.loads(as_json.stdout)["title"] == "Mentoring"
    assert as_json.stderr == ""
    window.close()
    assert run(folder, "list").stderr == ""


def test_commands_refuse_a_synchronised_folder_and_say_what_to_do(
    synced: Path, tmp_path: Path
) -> None:
    ended = run(synced, "list")
    assert (ended.returncode, ended.stdout) == (6, "")
    assert "Syncthing" in ended.stderr
    assert "--read-only" in ended.stderr
    assert run(synced.parent / "new", "new").returncode == 6
    before = sorted(synced.rglob("*"))
    listed = run(synced, "--read-only", "list")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "Mentoring" in listed.stdout
    saved = tmp_path / "saved.zip"
    assert run(synced, "--read-only", "backup", saved).returncode == 1  # It has no PDF.
    assert sorted(synced.rglob("*")) == before
    assert run(synced.parent / "again", "restore", saved).returncode == 6
    assert run(tmp_path / "moved", "restore", saved).returncode == 0
    assert "Mentoring" in run(tmp_path / "moved", "list").stdout


def test_reading_only_changes_nothing(folder: Path) -> None:
    ended = run(folder, "--read-only", "tag", "+june")
    assert ended.returncode != 0
    record_id = json.loads(run(folder, "--json", "list").stdout)["id"]
    refused = run(folder, "--read-only", "tag", record_id, "+june")
    assert refused.returncode == 6
    assert "read-only" in refused.stderr
    assert json.loads(run(folder, "--json", "list").stdout)["tags"] == []
    assert run(folder, "--read-only").returncode == 2


# The window


def answer(qtbot: QtBot, press: str, seen: list[str]) -> None:
    """Press a button of the next message, as a person does, and note what it says."""

    def look() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(20, look)
            return
        seen.append(box.text())
        buttons = [b for b in box.findChildren(QPushButton) if press in b.text()]
        qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)

    QTimer.singleShot(20, look)


@pytest.fixture
def first(folder: Path) -> Iterator[Archive]:
    window = Archive(folder, program=Program.WINDOW)
    yield window
    window.close()


@pytest.mark.usefixtures("first", "qapp")
def test_a_second_window_opens_for_reading(qtbot: QtBot, folder: Path) -> None:
    seen: list[str] = []
    answer(qtbot, "Open for reading", seen)
    opened = application.open_archive(folder)
    assert opened is not None
    archive, with_starter = opened
    assert (archive.read_only, with_starter) == (True, False)
    archive.close()
    assert "is already open" in seen[0]


@pytest.mark.usefixtures("first", "qapp")
def test_a_second_window_is_left_again(qtbot: QtBot, folder: Path) -> None:
    answer(qtbot, "Cancel", [])
    assert application.open_archive(folder) is None


@pytest.mark.usefixtures("qapp")
def test_a_synchronised_archive_opens_for_reading_or_another_is_chosen(
    qtbot: QtBot, synced: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    answer(qtbot, "Open for reading", seen)
    opened = application.open_archive(synced)
    assert opened is not None
    assert opened[0].read_only
    assert "Syncthing" in seen[0]
    opened[0].close()
    Archive.create(tmp_path / "other", "Other").close()
    # The system's own dialog can't be pressed.
    monkeypatch.setattr(opening, "ask_for_folder", lambda *_: tmp_path / "other")
    answer(qtbot, "another folder", seen)
    opened = application.open_archive(synced)
    assert opened is not None
    assert (opened[0].name, opened[0].read_only) == ("Other", False)
    opened[0].close()
    monkeypatch.setattr(opening, "ask_for_folder", lambda *_: None)
    answer(qtbot, "another folder", seen)
    assert application.open_archive(synced) is None


def test_where_there_is_nothing_to_read_only_another_folder_is_offered(
    qtbot: QtBot, tmp_path: Path
) -> None:
    error = SyncedPlace(folder=tmp_path, service="Dropbox", suggestion=tmp_path)
    dialog = opening.OpeningDialog(error, can_read=False)
    qtbot.addWidget(dialog)
    assert dialog.reading is None
    assert dialog.defaultButton() is dialog.other_folder


def test_a_window_for_reading_refuses_to_import(qtbot: QtBot, synced: Path) -> None:
    window = MainWindow(Session(Archive(synced, read_only=True)))
    qtbot.addWidget(window)
    window.show()
    assert "reading" in window.windowTitle()
    assert not window.acceptDrops()
    window.navigation.import_requested.emit()
    qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    notes = [label.text() for label in window.status.findChildren(QLabel)]
    assert any("nothing can be imported" in note for note in notes)
    window.close()


def test_what_another_program_adds_appears(qtbot: QtBot, folder: Path) -> None:
    window = MainWindow(Session(Archive(folder, program=Program.WINDOW)))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.results_model.total == 1, timeout=PATIENCE_MS)
    add_record(folder, "Schools")
    qtbot.waitUntil(lambda: window.results_model.total == 2, timeout=PATIENCE_MS)
    window.close()


def test_the_screens_are_told_of_others_changes_only(qtbot: QtBot, folder: Path) -> None:
    session = Session(Archive(folder))
    told: list[None] = []
    session.changed.connect(lambda: told.append(None))
    asked: list[bool] = []

    def look() -> None:
        session.look_for_changes()
        session.jobs.ask("sync", lambda: True, asked.append, lambda _: None)

    record_id = session.archive.reading.records()[0].id
    session.archive.editing.tag([record_id], ["june"])
    look()
    qtbot.waitUntil(lambda: len(asked) == 1, timeout=PATIENCE_MS)
    assert told == []
    add_record(folder, "Schools")
    look()
    qtbot.waitUntil(lambda: len(asked) == 2, timeout=PATIENCE_MS)
    assert told == [None]
    session.close()
