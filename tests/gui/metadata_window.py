"""The import window with a workbook, and ways to use it."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.exchange.mapping import ColumnMapping
from desktop_app.gui.dialogs.metadata_import import MetadataImportDialog
from desktop_app.gui.models.columns import ColumnRole, Part
from desktop_app.gui.models.import_draft import ImportRequest
from tests.gui import metadata_samples

LEFT = Qt.MouseButton.LeftButton
BOOK, LIBRARY = metadata_samples.WORKBOOK, metadata_samples.LIBRARY
INVISIBLE = str.maketrans("", "", "\u2068\u2069\u200b\u200e\u200f")
OFFSCREEN = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Previews = list[tuple[Path, ColumnMapping, str]]


def shown(qtbot: QtBot) -> MetadataImportDialog:
    """Return the window with a workbook that was read and previewed."""
    result = MetadataImportDialog()
    result.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(result)
    result.preview_wanted.connect(
        lambda path, mapping, name: (
            result.show_preview(path, name, metadata_samples.previewed(mapping, name))
            if name == "Rapporter"
            else None
        )
    )
    result.show()
    qtbot.waitExposed(result)
    result.add([BOOK], [])
    result.show_file(BOOK, metadata_samples.workbook())
    return result


def previews(dialog: MetadataImportDialog) -> Previews:
    """Return a list that fills with the previews that are asked for."""
    asked: Previews = []
    dialog.preview_wanted.connect(lambda *said: asked.append(said))
    return asked


def says(dialog: QWidget, text: str) -> bool:
    found = [each.text() for each in dialog.findChildren(QLabel) if each.isVisible()]
    return any(text in each.translate(INVISIBLE) for each in found)


def press(dialog: QWidget, text: str) -> None:
    (found,) = (
        each
        for each in dialog.findChildren(QPushButton)
        if each.text() == text and each.isVisible()
    )
    QTest.mouseClick(found, LEFT)


def field(dialog: MetadataImportDialog, row: int) -> str:
    return str(dialog.source.mapping.model.index(row, Part.FIELD).data(ColumnRole.NAME))


def send(dialog: MetadataImportDialog, row: int, name: str) -> None:
    """Let a column go to a field."""
    model = dialog.source.mapping.model
    assert model.setData(model.index(row, Part.FIELD), name)


def folded(dialog: MetadataImportDialog) -> bool:
    """Return whether the table of columns is hidden."""
    return not dialog.source.mapping.table.isVisible()


def request_of(args: list[Any] | None) -> ImportRequest:
    assert args is not None
    request = args[0]
    assert isinstance(request, ImportRequest)
    return request


def drop(dialog: MetadataImportDialog, *paths: Path) -> bool:
    """Drop files on the window and return whether it took them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path.absolute())) for path in paths])
    settings = (
        Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    entering = QDragEnterEvent(QPoint(50, 50), *settings)
    # Whether it is taken is what the receiver says.
    entering.ignore()
    QApplication.sendEvent(dialog, entering)
    if entering.isAccepted():
        QApplication.sendEvent(dialog, QDropEvent(QPointF(50, 50), *settings))
    return entering.isAccepted()
