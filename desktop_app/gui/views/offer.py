"""An offer above the results that waits without being in the way: new PDFs in a watched folder."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop_app.gui import formats
from desktop_app.gui.theme import GRID

from .labels import label

_NAMED = 3
"""Files that the tool tip names."""


class OfferView(QFrame):
    """Hidden until it is told files; says what a person wants with them."""

    accepted = Signal(object)
    """Files to import: a list of `Path`."""
    declined = Signal(object)
    """Files not to be offered again: a list of `Path`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Offer")
        self._files: tuple[Path, ...] = ()
        self._put_off: tuple[Path, ...] = ()
        self._text = label(wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.take = QPushButton(self.tr("Import"))
        self.take.setProperty("kind", "primary")
        self.later = QPushButton(self.tr("Later"))
        self.never = QPushButton(self.tr("Don't offer these"))
        for button in (self.later, self.never):
            button.setProperty("kind", "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self._text, 1)
        for button in (self.never, self.later, self.take):
            row.addWidget(button)
        self.take.clicked.connect(self._accept)
        self.later.clicked.connect(self._wait)
        self.never.clicked.connect(self._decline)
        self.hide()

    def offer(self, folder: Path, files: Sequence[Path]) -> None:
        """Offer the new files of a folder; none, and those that were put off, are not shown."""
        self._files = tuple(files)
        found = formats.files(len(files))
        text = self.tr("New in {folder}: {files}")
        self._text.setText(text.format(folder=formats.isolate(folder.name), files=found))
        names = [formats.isolate(path.name) for path in files[:_NAMED]]
        names += ["…"] if len(files) > _NAMED else []
        self.setToolTip("\n".join([formats.isolate(str(folder)), *names]))
        self.setAccessibleName(self._text.text())
        self.setVisible(bool(files) and not set(files) <= set(self._put_off))

    @Slot()
    def _accept(self) -> None:
        self.hide()
        self.accepted.emit(list(self._files))

    @Slot()
    def _wait(self) -> None:
        self._put_off = self._files
        self.hide()

    @Slot()
    def _decline(self) -> None:
        self.hide()
        self.declined.emit(list(self._files))
