"""Records that are probably the same, side by side: merge them, or say that they are not."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.duplicates import Reason
from desktop_app.domain.merging import Merge, MergedDocument
from desktop_app.domain.records import DocumentRole
from desktop_app.gui import formats
from desktop_app.gui.models.merge import MergeModel
from desktop_app.gui.models.merge_texts import ValueText, merge_text, plain_value, reasons_text
from desktop_app.gui.theme import GRID
from desktop_app.gui.views.choice_box import ChoiceBox
from desktop_app.gui.views.labels import breakable, label
from desktop_app.gui.views.merge_table import MergeTable

FILES_HEIGHT = 152


class MergeDialog(QDialog):
    """Told groups of records one after the other; says what a person decided."""

    merge_requested = Signal(object)
    """A `MergeChoice`."""
    dismissed = Signal(object)
    """The ids of records that are not the same."""
    skipped = Signal()
    undo_requested = Signal()
    """What the last note speaks of is to be taken back."""

    def __init__(self, value_text: ValueText = plain_value, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Possible duplicates"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(960, 640)
        self.model = MergeModel(value_text, self)
        self.table = MergeTable(self.model)
        self._reasons = label(kind="heading", wrap=True)
        self._position = label(kind="caption")
        self._note = label(wrap=True)
        self.undo = self._button(self.tr("Undo"), "link")
        self._banner = self._make_banner()
        self.everything = self._button(self.tr("Show all fields"), "filter")
        self.everything.setCheckable(True)
        self._folded = label(kind="caption")
        self._files = QScrollArea()
        self._files.setWidgetResizable(True)
        self._effect = label(wrap=True)
        self.different = self._button(self.tr("Not the same"))
        self.skip = self._button(self.tr("Skip"))
        self.cancel = self._button(self.tr("Cancel"))
        self.merge = self._button(self.tr("Merge"), "primary")
        self._body: list[QWidget] = [
            self.table, self.everything, self._folded, self._files, self._effect,
            self.different, self.skip, self.merge,
        ]  # fmt: skip
        self._lay_out()
        self._wire()
        self.show_nothing("")

    @classmethod
    def ask(cls, parent: QWidget | None, value_text: ValueText = plain_value) -> "MergeDialog":
        """Show an empty window beside `parent`, to be told of groups, and return it."""
        dialog = cls(value_text, parent)
        dialog.show()
        return dialog

    def show_group(
        self, plan: Merge, reasons: Sequence[Reason], number: int = 1, total: int = 1
    ) -> None:
        """Show the records of one group, the one to keep first; `number` counts from 1."""
        for part in self._body:
            part.show()
        self._reasons.setText(reasons_text(reasons))
        position = self.tr("{number} of {total}").format(
            number=formats.number(number), total=formats.number(total)
        )
        self._position.setText(position if total > 1 else "")
        self.skip.setVisible(number < total)
        self.cancel.setText(self.tr("Cancel"))
        with QSignalBlocker(self.everything):
            self.everything.setChecked(False)
        self.model.show_everything(False)
        self.model.set_merge(plan)
        self.set_busy(False)
        self.table.setFocus()

    def show_nothing(self, text: str) -> None:
        """Show a sentence in place of records."""
        for part in self._body:
            part.hide()
        self._reasons.setText(text)
        self._position.clear()
        self.cancel.setText(self.tr("Close"))
        self.cancel.setFocus()
        self.set_busy(False)

    def show_note(self, text: str, *, can_undo: bool = False) -> None:
        """Say above the records what was done, or why it was not."""
        self._note.setText(text)
        self.undo.setVisible(can_undo)
        self._banner.setVisible(bool(text))

    def set_busy(self, busy: bool) -> None:
        """Take no decision while one is being carried out."""
        for button in (self.merge, self.different, self.skip, self.undo):
            button.setEnabled(not busy)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(3 * GRID)
        head.addWidget(self._reasons, 1)
        head.addWidget(self._position, 0, Qt.AlignmentFlag.AlignTop)
        more = QHBoxLayout()
        more.setSpacing(2 * GRID)
        more.addWidget(self.everything)
        more.addWidget(self._folded, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * GRID)
        for button in (self.different, self.skip):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self.cancel, self.merge):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(self._banner)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addLayout(more)
        column.addWidget(self._files)
        column.addWidget(self._effect)
        column.addLayout(buttons)

    def _wire(self) -> None:
        self.model.changed.connect(self._show_effect)
        self.model.modelReset.connect(self._show_files)
        self.everything.toggled.connect(self.model.show_everything)
        self.different.clicked.connect(self._dismiss)
        self.skip.clicked.connect(self.skipped)
        self.cancel.clicked.connect(self.close)
        self.merge.clicked.connect(self._ask_for_merge)
        self.undo.clicked.connect(self.undo_requested)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.merge.click)

    def _make_banner(self) -> QFrame:
        banner = QFrame()
        banner.setProperty("card", "true")
        row = QHBoxLayout(banner)
        row.setContentsMargins(3 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        row.addWidget(self._note, 1)
        row.addWidget(self.undo)
        banner.hide()
        return banner

    def _button(self, text: str, kind: str = "") -> QPushButton:
        button = QPushButton(text)
        # Enter chooses a value in the table; a default button would merge with it.
        button.setAutoDefault(False)
        if kind:
            button.setProperty("kind", kind)
        return button

    @Slot()
    def _ask_for_merge(self) -> None:
        if self.merge.isVisible():
            self.merge_requested.emit(self.model.choice)

    @Slot()
    def _dismiss(self) -> None:
        self.dismissed.emit(self.model.plan.ids)

    @Slot()
    def _show_effect(self) -> None:
        self._effect.setText(merge_text(self.model.plan))
        folded = self.model.folded
        alike = self.tr("Fields in which the records agree: {n}")
        self._folded.setText(alike.format(n=formats.number(folded)) if folded else "")
        self.everything.setVisible(bool(folded) and self.table.isVisibleTo(self))

    @Slot()
    def _show_files(self) -> None:
        """List the files of the merged record, each with what it is to it."""
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(1, 1)
        documents = self.model.plan.documents
        for row, each in enumerate(documents):
            name = label(breakable(formats.isolate(each.document.file_name)), wrap=True)
            pages = label(formats.pages(each.document.page_count), "caption")
            grid.addWidget(name, row, 1)
            grid.addWidget(pages, row, 2)
            grid.addWidget(self._role(each), row, 0)
        self._files.setWidget(inside)
        self._files.setFixedHeight(min(inside.sizeHint().height(), FILES_HEIGHT))
        self._files.setVisible(bool(documents) and self.table.isVisibleTo(self))

    def _role(self, each: MergedDocument) -> QWidget:
        if each.twin is not None:
            return label(self.tr("Same file, stays in the trash"), "soft")
        box = ChoiceBox()
        box.setAccessibleName(
            self.tr("What {file} is").format(file=formats.isolate(each.document.file_name))
        )
        for role in DocumentRole:
            box.addItem(formats.role_name(role), role.value)
        box.setCurrentIndex(list(DocumentRole).index(self.model.role_of(each)))
        document_id = each.document.id
        box.currentIndexChanged.connect(
            lambda place: self.model.set_role(document_id, list(DocumentRole)[place])
        )
        return box
