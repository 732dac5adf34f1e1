"""A watched folder in the real window: new PDFs are offered, taken, put off, declined."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.gui import theme
from desktop_app.gui.session import Session
from desktop_app.gui.windows.main import MainWindow
from desktop_app.services.archive import Archive
from tests.samples import write_pdf

PATIENCE_MS = 60_000


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    theme.apply(qapp, theme.Scheme.LIGHT)
    shown = MainWindow(Session(Archive.create(tmp_path / "archive", "Malmö")))
    qtbot.addWidget(shown)
    shown.show()
    yield shown
    shown.close()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    place = tmp_path / "inbox"
    for name in ("a.pdf", "b.pdf"):
        path = write_pdf(place / name, [f"A page of {name}"])
        os.utime(path, (time.time() - 600, time.time() - 600))
    return place


def press(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_new_files_are_offered_and_taken(window: MainWindow, inbox: Path, qtbot: QtBot) -> None:
    assert not window.offer.isVisible()
    window.watcher.watch(inbox)
    qtbot.waitUntil(window.offer.isVisible, timeout=PATIENCE_MS)
    assert "2" in window.offer.accessibleName()
    press(window.offer.take)
    archive = window.session.archive
    qtbot.waitUntil(lambda: archive.reading.holdings().records == 2, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not window.session.jobs.running(), timeout=PATIENCE_MS)
    window.watcher.look()
    qtbot.wait(200)
    assert not window.offer.isVisible()


def test_what_was_put_off_waits_and_what_was_declined_is_gone(
    window: MainWindow, inbox: Path, qtbot: QtBot
) -> None:
    window.watcher.watch(inbox)
    qtbot.waitUntil(window.offer.isVisible, timeout=PATIENCE_MS)
    press(window.offer.later)
    window.watcher.look()
    qtbot.wait(200)
    assert not window.offer.isVisible()
    # Something new brings the offer back.
    path = write_pdf(inbox / "c.pdf", ["A third"])
    os.utime(path, (time.time() - 600, time.time() - 600))
    window.watcher.look()
    qtbot.waitUntil(window.offer.isVisible, timeout=PATIENCE_MS)
    press(window.offer.never)
    assert window.session.archive.watching.look() is not None
    found = window.session.archive.watching.look()
    assert found is not None
    assert found.new == ()
    window.watcher.stop()
    assert window.watcher.folder is None
