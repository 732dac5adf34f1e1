"""The line in which a person types, or chooses, the field that a column goes to."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QStyledItemDelegate, QWidget

from desktop_app.domain.exchange.headings import SheetKind
from desktop_app.gui.models.field_choices import FieldChoice, matching

NAME = Qt.ItemDataRole.UserRole + 1
SHOWN = 14


class FieldEditor(QLineEdit):
    """Finds fields by their headings in any language; takes only what can be chosen."""

    chosen = Signal()
    """A person has decided; `name` is the field."""

    def __init__(
        self,
        choices: Sequence[FieldChoice],
        kind: SheetKind,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.name = name
        self._choices = tuple(choices)
        self._kind = kind
        self._decided = False
        self.setAccessibleName(self.tr("Field of the column"))
        self.setPlaceholderText(self.tr("Type to find a field"))
        self.setText(next((one.text for one in choices if one.name == name), ""))
        self._found = QStandardItemModel(self)
        self._fill(choices)
        completer = self._completer = QCompleter(self._found, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(SHOWN)
        popup = QListView()
        popup.setObjectName("Choices")
        popup.setSpacing(3)
        popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        completer.setPopup(popup)
        # The completer's own delegate knows nothing of the style sheet.
        popup.setItemDelegate(QStyledItemDelegate(popup))
        self.setCompleter(completer)
        self.textEdited.connect(self._narrow)
        self.returnPressed.connect(self.accept)
        # The other signal of this name gives the text alone.
        completer.activated[QModelIndex].connect(self._take)  # type: ignore[index]

    def show_choices(self) -> None:
        """Show all that can be chosen below the line, the present choice marked."""
        self._completer.setCompletionPrefix("")
        self._completer.complete()
        row = next((row for row, one in enumerate(self._choices) if one.name == self.name), 0)
        popup = self._completer.popup()
        if popup is not None:
            popup.setCurrentIndex(self._completer.completionModel().index(row, 0))
        self.selectAll()

    def found(self) -> list[str]:
        """Return the names of the fields that fit what was typed."""
        return [self._found.item(row).data(NAME) for row in range(self._found.rowCount())]

    @Slot()
    def accept(self) -> None:
        """Take the field that fits best; what fits none changes nothing."""
        same = [one.name for one in self._choices if one.text == self.text()]
        fitting = same or [one.name for one in matching(self._choices, self.text(), self._kind)]
        self._decide(fitting[0] if fitting and self.text().strip() else self.name)

    @Slot(str)
    def _narrow(self, typed: str) -> None:
        self._fill(matching(self._choices, typed, self._kind))

    @Slot(QModelIndex)
    def _take(self, index: QModelIndex) -> None:
        self._decide(index.data(NAME))

    def _decide(self, name: str) -> None:
        # Enter in the list reaches first the line and then the list.
        if not self._decided:
            self._decided = True
            self.name = name
            self.chosen.emit()

    def _fill(self, choices: Sequence[FieldChoice]) -> None:
        self._found.clear()
        for choice in choices:
            item = QStandardItem(choice.text)
            item.setData(choice.name, NAME)
            self._found.appendRow(item)
