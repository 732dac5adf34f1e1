"""What to do when an archive can't be opened for writing where it lies."""

from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

from desktop_app.domain.errors import ArchiveError
from desktop_app.gui.messages import error_text


class Choice(Enum):
    """What a person decided."""

    READ = auto()
    FOLDER = auto()


class OpeningDialog(QMessageBox):
    """Says why an archive can't be opened for writing, and offers what can be done instead."""

    def __init__(
        self, error: ArchiveError, *, can_read: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.Warning)
        # The name of a folder may look like markup.
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(error_text(error))
        self.reading: QPushButton | None = None
        if can_read:
            self.setInformativeText(
                self.tr("Open for reading: everything can be searched and read, and nothing is "
                        "changed.")
            )  # fmt: skip
            self.reading = self.addButton(
                self.tr("Open for reading"), QMessageBox.ButtonRole.AcceptRole
            )
        self.other_folder: QPushButton = self.addButton(
            self.tr("Choose another folder…"), QMessageBox.ButtonRole.ActionRole
        )
        self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(self.reading or self.other_folder)

    @classmethod
    def ask(cls, parent: QWidget | None, error: ArchiveError, *, can_read: bool) -> Choice | None:
        """Return what a person decided; None for leaving it."""
        dialog = cls(error, can_read=can_read, parent=parent)
        dialog.exec()
        chosen = dialog.clickedButton()
        if chosen is dialog.other_folder:
            return Choice.FOLDER
        if chosen is dialog.reading:
            return Choice.READ
        return None


def ask_for_folder(parent: QWidget | None, title: str) -> Path | None:
    """Return the folder that a person chose; None for leaving it."""
    chosen = QFileDialog.getExistingDirectory(parent, title)
    return Path(chosen) if chosen else None
