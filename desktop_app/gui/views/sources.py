"""The files of an import: metadata files, the PDFs and folders that go with them, access."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.exchange.rows import MetadataFile
from desktop_app.domain.records import Access
from desktop_app.gui import formats, icons, theme
from desktop_app.gui.models.field_choices import BIBLIOGRAPHIES, FORMAT_NAMES
from desktop_app.gui.models.import_draft import Source
from desktop_app.gui.theme import GRID

from .choice_box import ChoiceBox
from .labels import label

PATH = Qt.ItemDataRole.UserRole + 1
LEVELS = tuple(level for level in Access if level is not Access.EMBARGOED)
"""An embargo needs a day, which belongs to one record and not to an import."""


ROW, MOST_ROWS = 52, 5


class SourcesPane(QFrame):
    """Told the files; says which one is looked at and what should be added or taken out."""

    source_chosen = Signal(object)
    """The `Path` of the metadata file that a person wants to see."""
    removed = Signal(object)
    """The `Path` of a file or folder that should not be imported after all."""
    files_requested = Signal()
    folder_requested = Signal()
    replacing_chosen = Signal(bool)
    """Whether what the files say goes before what the archive holds."""
    access_chosen = Signal(object)
    """The `Access` of the new records."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "panel")
        self.metadata = self._list(self.tr("Metadata files"))
        self.others = self._list(self.tr("PDFs and folders that go with them"))
        self._chosen = self.metadata
        self._hint = label(
            self.tr("Rows without a PDF become records without one. Add the PDFs, or the folder "
                    "they lie in, to bring them in with their rows."),
            "caption",
            wrap=True,
        )  # fmt: skip
        self._joined = label(
            self.tr("A PDF joins its row by the path or file name in the row, its DOI or its "
                    "title. Other PDFs become records of their own."),
            "caption",
            wrap=True,
        )  # fmt: skip
        self._hint.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        side = self._hint.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        self._hint.setAlignment(side | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignAbsolute)
        self.add = QPushButton(self.tr("Add PDFs or a folder…"))
        self.remove = QPushButton(self.tr("Take out"))
        self.remove.setToolTip(self.tr("Take the chosen file out of this import (Delete)"))
        for button in (self.add, self.remove):
            button.setAutoDefault(False)
        self.access = ChoiceBox()
        for level in LEVELS:
            self.access.addItem(formats.access_name(level), level)
        self.access.setCurrentIndex(LEVELS.index(Access.INTERNAL))
        self.access.setAccessibleName(self.tr("Access level of new records"))
        self.access.setToolTip(self.tr("Holds for records whose row doesn't say who may see them."))
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(label(self.tr("METADATA"), "section"))
        column.addWidget(self.metadata, 2)
        column.addWidget(label(self.tr("PDFS AND FOLDERS"), "section"))
        column.addWidget(self.others, 3)
        column.addWidget(self._hint, 3)
        column.addWidget(self._joined)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GRID)
        buttons.addWidget(self.add, 1)
        buttons.addWidget(self.remove)
        column.addLayout(buttons)
        column.addSpacing(2 * GRID)
        column.addWidget(label(self.tr("ACCESS OF NEW RECORDS"), "section"))
        column.addWidget(self.access)
        self.replacing = QCheckBox(self.tr("Replace differing values"))
        self.replacing.setAccessibleName(self.replacing.text())
        self.replacing.setToolTip(
            self.tr(
                "Where a record is in the archive already and a file says something else, the "
                "file's value is taken. Otherwise only empty fields are filled, and the report "
                "names what differs."
            )
        )
        self.replacing.toggled.connect(self.replacing_chosen)
        column.addWidget(self.replacing)
        self.metadata.currentItemChanged.connect(self._choose)
        self.add.clicked.connect(self._offer)
        self.remove.clicked.connect(self._remove)
        self.access.activated.connect(self._choose_access)
        self.show_others(())

    def show_sources(self, sources: Sequence[Source], shown: Path | None) -> None:
        """Show the metadata files; `shown` is the one that is looked at."""
        with QSignalBlocker(self.metadata):
            self.metadata.clear()
            for source in sources:
                item = _item(source.path, _about(source))
                item.setIcon(icons.icon(*_sign(source)))
                self.metadata.addItem(item)
                if source.path == shown:
                    self.metadata.setCurrentItem(item)
        self.metadata.setMaximumHeight(ROW * max(2, min(len(sources), MOST_ROWS)))
        self._show_buttons()

    def show_others(self, paths: Sequence[Path]) -> None:
        """Show the PDFs and folders."""
        self.others.clear()
        for path in paths:
            folder = path.is_dir()
            about = self.tr("Folder, with all below it") if folder else ""
            item = _item(path, about)
            item.setIcon(icons.icon("folder" if folder else "page"))
            self.others.addItem(item)
        self.others.setVisible(bool(paths))
        self._hint.setVisible(not paths)
        self._joined.setVisible(bool(paths))
        self._show_buttons()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a file out with the Delete key; note which list the button is about."""
        if isinstance(watched, QListWidget) and event.type() is QEvent.Type.FocusIn:
            self._chosen = watched
        delete = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete
        if delete and event.type() is QEvent.Type.KeyPress:
            self._remove()
            return True
        return super().eventFilter(watched, event)

    def _list(self, name: str) -> QListWidget:
        result = QListWidget()
        result.setAccessibleName(name)
        result.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        result.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        result.setMinimumHeight(12 * GRID)
        result.installEventFilter(self)
        return result

    def _show_buttons(self) -> None:
        self.remove.setEnabled(self.metadata.count() + self.others.count() > 1)

    @Slot()
    def _offer(self) -> None:
        menu = QMenu(self)
        menu.addAction(self.tr("PDFs or metadata files…")).triggered.connect(self.files_requested)
        menu.addAction(self.tr("A folder…")).triggered.connect(self.folder_requested)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.source_chosen.emit(item.data(PATH))

    @Slot()
    def _remove(self) -> None:
        item = self._chosen.currentItem()
        if self._chosen.currentRow() >= 0 and self.remove.isEnabled():
            self.removed.emit(item.data(PATH))

    @Slot(int)
    def _choose_access(self, place: int) -> None:
        self.access_chosen.emit(LEVELS[place])


def _item(path: Path, about: str) -> QListWidgetItem:
    name = formats.isolate(path.name)
    item = QListWidgetItem(f"{name}\n{about}" if about else name)
    item.setData(PATH, path)
    item.setToolTip(str(path))
    item.setData(
        Qt.ItemDataRole.AccessibleTextRole, f"{path.name}. {about}" if about else path.name
    )
    return item


def _about(source: Source) -> str:
    if source.reading:
        return QCoreApplication.translate("Sources", "Being read…")
    if source.file is None:
        return QCoreApplication.translate("Sources", "Can't be read")
    return formats.joined([FORMAT_NAMES[source.file.format], _count(source.file)])


def _count(file: MetadataFile) -> str:
    count = sum(len(sheet.rows) for sheet in file.sheets)
    return formats.entries(count) if file.format in BIBLIOGRAPHIES else formats.rows(count)


def _sign(source: Source) -> tuple[str, str]:
    table = theme.colours()
    if source.reading:
        return "clock", table.soft
    return ("warning", table.bad) if source.file is None else ("page", table.soft)
