"""The leading pane: which archive this is and where one can go."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui import formats, icons, theme
from desktop_app.gui.theme import GRID

from .labels import label

LIBRARY, ACTIVITY = "library", "activity"


class NavigationView(QFrame):
    """Shows the name of the archive and the places in it with their counts."""

    chosen = Signal(str)
    """The place a person went to: `LIBRARY` or `ACTIVITY`."""
    import_requested = Signal()
    duplicates_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Navigation")
        self.setMinimumWidth(180)
        self._app = label(self.tr("Evaluation Archive"), "name")
        self._archive = label(kind="caption", wrap=True)
        self._entries = {
            LIBRARY: _Entry("library", self.tr("Library")),
            ACTIVITY: _Entry("activity", self.tr("Activity")),
        }
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 4 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(GRID)
        head = QVBoxLayout()
        head.setContentsMargins(GRID, 0, GRID, 2 * GRID)
        head.setSpacing(0)
        head.addWidget(self._app)
        head.addWidget(self._archive)
        column.addLayout(head)
        for key, entry in self._entries.items():
            self._group.addButton(entry.button)
            entry.button.setObjectName(key)
            column.addWidget(entry.button)
        column.addStretch(1)
        self._import = QPushButton(self.tr("Import…"))
        self._import.setToolTip(
            self.tr("Choose PDFs or metadata files to import (Ctrl+I), or drop them anywhere")
        )
        self._duplicates = QPushButton(self.tr("Possible duplicates…"))
        self._duplicates.setProperty("kind", "link")
        self._duplicates.setToolTip(self.tr("Look for records that are probably the same"))
        column.addWidget(self._duplicates)
        column.addWidget(self._import)
        self._import.clicked.connect(self.import_requested)
        self._duplicates.clicked.connect(self.duplicates_requested)
        self._group.buttonClicked.connect(self._choose)
        self.select(LIBRARY)
        self._restyle()

    def set_archive(self, name: str, folder: str = "") -> None:
        """Show the name of the archive, and where it lies as its tool tip."""
        self._archive.setText(formats.isolate(name))
        self._archive.setToolTip(folder)

    def set_counts(self, records: int, running: int = 0) -> None:
        """Show how many records there are and how many jobs run."""
        self._entries[LIBRARY].set_count(records)
        self._entries[ACTIVITY].set_count(running)

    def select(self, place: str) -> None:
        """Mark a place as the one that is shown, without saying so. Raises KeyError."""
        self._entries[place].button.setChecked(True)
        self._restyle()

    def import_menu_position(self) -> QPoint:
        """Return where on the screen a menu for the import button belongs: at its leading edge."""
        below = self._import.rect().bottomLeft()
        if self.isRightToLeft():
            below = self._import.rect().bottomRight()
        return self._import.mapToGlobal(below)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons again when colours or direction change."""
        super().changeEvent(event)
        kinds = {QEvent.Type.PaletteChange, QEvent.Type.LayoutDirectionChange}
        if event.type() in kinds and hasattr(self, "_group"):
            self._restyle()

    @Slot(QAbstractButton)
    def _choose(self, button: QAbstractButton) -> None:
        self._restyle()
        self.chosen.emit(button.objectName())

    def _restyle(self) -> None:
        table = theme.colours()
        for entry in self._entries.values():
            chosen = entry.button.isChecked()
            entry.button.setIcon(
                icons.icon(
                    entry.icon,
                    table.accent if chosen else table.soft,
                    mirrored=self.isRightToLeft(),
                )
            )


class _Entry:
    """A button with a count at its trailing edge."""

    def __init__(self, icon: str, text: str) -> None:
        self.icon = icon
        self.text = text
        self.button = QPushButton(text)
        self.button.setProperty("kind", "entry")
        self.button.setCheckable(True)
        self.button.setIconSize(QSize(icons.SIZE, icons.SIZE))
        self._count = label(kind="caption")
        self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self.button)
        row.setContentsMargins(3 * GRID, 0, 3 * GRID, 0)
        row.addStretch(1)
        row.addWidget(self._count)

    def set_count(self, count: int) -> None:
        """Show `count`, or nothing for zero; a screen reader hears it with the name."""
        self._count.setText(formats.number(count) if count else "")
        spoken = f"{self.text}, {formats.number(count)}" if count else self.text
        self.button.setAccessibleName(spoken)
