"""What to do when the folder that was named holds no archive."""

from enum import Enum, auto
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from desktop_app.gui import formats


class Choice(Enum):
    """What a person decided."""

    STARTER = auto()
    EMPTY = auto()


class FirstRunDialog(QMessageBox):
    """Offers to make an archive in a folder."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.Question)
        text = self.tr("There is no archive in {folder} yet.")
        self.setText(text.format(folder=formats.isolate(str(folder))))
        self.setInformativeText(
            self.tr("Make one there? The starter guides are short pieces on monitoring and "
                    "evaluation, in English and Arabic.")
        )  # fmt: skip
        self._starter: QPushButton = self.addButton(
            self.tr("With starter guides"), QMessageBox.ButtonRole.AcceptRole
        )
        self._empty: QPushButton = self.addButton(
            self.tr("Empty"), QMessageBox.ButtonRole.AcceptRole
        )
        self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(self._starter)

    @classmethod
    def ask(cls, parent: QWidget | None, folder: Path) -> Choice | None:
        """Return what a person decided; None for leaving it."""
        dialog = cls(folder, parent)
        dialog.exec()
        chosen = dialog.clickedButton()
        if chosen is dialog._starter:
            return Choice.STARTER
        return Choice.EMPTY if chosen is dialog._empty else None
