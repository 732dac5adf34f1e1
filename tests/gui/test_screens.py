"""Whole windows in both schemes and directions: nothing is cut off."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.gui import theme
from tests.gui import stage


def cut_off(window: QWidget) -> list[str]:
    """Return the texts of labels and buttons that have less room than they need."""
    found = []
    for label in window.findChildren(QLabel):
        if not label.isVisible() or not label.text():
            continue
        need = label.heightForWidth(label.width()) if label.wordWrap() else -1
        enough = label.height() >= max(need, label.minimumSizeHint().height())
        if not enough or (not label.wordWrap() and label.width() < label.sizeHint().width()):
            found.append(label.text())
    for button in window.findChildren(QPushButton):
        if button.isVisible() and button.width() < button.minimumSizeHint().width():
            found.append(button.text())
    return found


def outside(window: QWidget) -> list[str]:
    """Return the texts of labels that stand outside of what they are in, to the side."""
    found = []
    for label in window.findChildren(QLabel):
        around = label.parentWidget()
        inside = around is None or (label.x() >= 0 and label.geometry().right() <= around.width())
        if label.isVisible() and not inside:
            found.append(label.text())
    return found


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
@pytest.mark.parametrize("scene", list(stage.SCENES))
def test_nothing_is_cut_off(
    qtbot: QtBot,
    direction: Qt.LayoutDirection,
    styled: QApplication,
    tmp_path: Path,
    scheme: theme.Scheme,
    scene: str,
) -> None:
    theme.apply(styled, scheme)
    window = stage.SCENES[scene](tmp_path)
    qtbot.addWidget(window)
    for width, height in ((1366, 768), (1024, 640)):
        window.resize(width, height)
        window.show()
        qtbot.waitExposed(window)
        QApplication.processEvents()
        assert cut_off(window) == []
        assert outside(window) == []
        # Painting that Qt warns about fails the test as well.
        assert window.grab().size().toTuple() == (width, height)
