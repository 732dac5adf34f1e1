"""What a metadata file holds: its sheets, what each holds, and where their columns go."""

from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.exchange.headings import SheetKind
from desktop_app.domain.exchange.mapping import ColumnMapping, SheetMapping
from desktop_app.domain.exchange.rows import MetadataFile, Sheet
from desktop_app.gui import formats
from desktop_app.gui.models.columns import ColumnsModel
from desktop_app.gui.models.field_choices import BIBLIOGRAPHIES, FORMAT_NAMES, kind_text
from desktop_app.gui.theme import GRID

from .choice_box import ChoiceBox
from .column_table import ColumnTable
from .labels import label, without_mnemonics

KINDS: tuple[SheetKind | None, ...] = (*SheetKind, None)


class MappingPane(QWidget):
    """Told a file and its mapping; says which sheet is looked at and what a person changed."""

    sheet_chosen = Signal(str)
    """The name of the sheet that a person wants to see."""
    kind_chosen = Signal(object)
    """What the shown sheet holds, a `SheetKind`, or None where it is left out."""
    mapping_changed = Signal(object)
    """The `SheetMapping` of the shown sheet after a person changed it."""
    folded = Signal(bool)
    """Whether the table of columns is hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._tags = False
        self._unfolded = False
        self.model = ColumnsModel(self)
        self.table = ColumnTable(self.model)
        self.tabs = QTabBar(documentMode=True, drawBase=False, usesScrollButtons=True)
        self.tabs.setAccessibleName(self.tr("Sheets of the file"))
        self.tabs.setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.holds = ChoiceBox()
        self.holds.setAccessibleName(self.tr("What the sheet holds"))
        for kind in KINDS:
            self.holds.addItem(kind_text(kind), kind)
        self._holds_label = label(self.tr("This sheet holds"))
        self._holds_label.setBuddy(self.holds)
        self._count = label(kind="caption")
        self._fold_text = label(kind="soft")
        self.fold = QPushButton()
        self.fold.setProperty("kind", "link")
        self.fold.setAutoDefault(False)
        self._warning = label(kind="warning", wrap=True)
        self._left_out = label(
            self.tr("This sheet is left out: nothing of it is imported."), "soft", wrap=True
        )
        self._lay_out()
        for part, after in pairwise((self.tabs, self.holds, self.fold, self.table)):
            self.setTabOrder(part, after)
        self.tabs.currentChanged.connect(self._choose_sheet)
        self.holds.activated.connect(self._choose_kind)
        self.model.mapping_changed.connect(self._take)
        self.fold.clicked.connect(self._turn)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        for part in (self._holds_label, self.holds, self._count, self._fold_text):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.tabs)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        for part in (self._warning, self._left_out):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            column.addWidget(part)
        self.table.setMinimumHeight(5 * 4 * GRID)

    def show_sheet(self, file: MetadataFile, mapping: ColumnMapping, name: str) -> None:
        """Show the columns of one sheet of a file, and tabs for all of them."""
        sheets = {sheet.name: sheet for sheet in file.sheets}
        self._show_tabs(file, name)
        tags = file.format in BIBLIOGRAPHIES
        self.fold.setVisible(tags)
        self._fold_text.setVisible(tags)
        self._fold_text.setText(
            self.tr("{format}: fields are recognised by their tags.").format(
                format=FORMAT_NAMES[file.format]
            )
        )
        for part in (self._holds_label, self.holds):
            part.setVisible(not tags)
        found = mapping.of(name) or mapping.sheets[0]
        self.model.set_sheet(file.format, sheets[name], found)
        self._tags = tags
        self._show(found)

    def _show_tabs(self, file: MetadataFile, name: str) -> None:
        names = tuple(sheet.name for sheet in file.sheets)
        with QSignalBlocker(self.tabs):
            if names != self._names:
                while self.tabs.count():
                    self.tabs.removeTab(0)
                for sheet in file.sheets:
                    self.tabs.addTab(_tab_text(sheet))
                self._names = names
            self.tabs.setCurrentIndex(names.index(name))
        self.tabs.setVisible(len(names) > 1)

    def _show(self, sheet: SheetMapping) -> None:
        tags = self._tags
        self.holds.setCurrentIndex(KINDS.index(sheet.kind))
        shown = sheet.kind is not None and (self._unfolded or not tags)
        self.table.setVisible(shown)
        self._left_out.setVisible(sheet.kind is None)
        self._count.setVisible(not tags and sheet.kind is not None)
        template = self.tr("{known} of {all} columns go to a field")
        self._count.setText(
            template.format(
                known=formats.number(self.model.recognised()),
                all=formats.number(self.model.rowCount()),
            )
        )
        problems = self.model.problems()
        self._warning.setText("\n".join(problems))
        self._warning.setVisible(bool(problems))
        self.fold.setText(self.tr("Hide the tags") if shown else self.tr("Change a tag…"))
        self.folded.emit(not shown)

    @Slot()
    def _turn(self) -> None:
        self._unfolded = not self._unfolded
        self.table.setVisible(self._unfolded)
        self.fold.setText(self.tr("Hide the tags") if self._unfolded else self.tr("Change a tag…"))
        self.folded.emit(not self._unfolded)

    @Slot(int)
    def _choose_sheet(self, place: int) -> None:
        if 0 <= place < len(self._names):
            self.sheet_chosen.emit(self._names[place])

    @Slot(int)
    def _choose_kind(self, place: int) -> None:
        self.kind_chosen.emit(KINDS[place])

    @Slot(object)
    def _take(self, sheet: SheetMapping) -> None:
        self._show(sheet)
        self.mapping_changed.emit(sheet)


def _tab_text(sheet: Sheet) -> str:
    name = formats.isolate(sheet.name)
    return without_mnemonics(formats.joined([name, formats.rows(len(sheet.rows))]))
