"""The table in which a person says where each column of a file goes."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app.domain.exchange.mapping import IGNORED
from desktop_app.domain.exchange.other_fields import OTHER
from desktop_app.gui import theme
from desktop_app.gui.models.columns import ColumnRole, ColumnsModel, Part
from desktop_app.gui.models.field_choices import AS_USUAL
from desktop_app.gui.theme import GRID

from .choice_box import draw_box, draw_sign, draw_text
from .field_editor import FieldEditor

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 36
CELL = 2 * GRID
BAR = 3
OPENING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space})

TAKING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


class ColumnTable(QTableView):
    """Shows a `ColumnsModel`; Enter, typing or a click on the field changes it."""

    def __init__(self, model: ColumnsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = model
        self.setAccessibleName(self.tr("Columns of the file and the fields they go to"))
        self.setAccessibleDescription(
            self.tr("Enter opens the list of fields, or begin to type the name of one.")
        )
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setItemDelegate(_Cell(model, self))
        rows = self.verticalHeader()
        rows.setSectionResizeMode(rows.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.hide()
        self.setModel(model)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(Part.EXAMPLES, header.ResizeMode.Stretch)
        for part, width in ((Part.COLUMN, 184), (Part.FIELD, 212), (Part.REMARK, 236)):
            header.resizeSection(part, width)
        model.modelReset.connect(self._choose_first)
        self.clicked.connect(self._open_field)
        self.doubleClicked.connect(self._open_row)

    def open_editor(self, row: int) -> FieldEditor | None:
        """Let a person change where the column in `row` goes; return the line to type in."""
        index = self._columns.index(row, Part.FIELD)
        if not index.isValid():
            return None
        self.setCurrentIndex(index)
        self.edit(index)
        editors = [each for each in self.viewport().findChildren(FieldEditor) if each.isVisible()]
        return editors[-1] if editors else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the field of the chosen row with Enter, or with the first letter of its name."""
        row = self.currentIndex().row()
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if row >= 0 and event.key() in OPENING and plain:
            self._open(row)
            event.accept()
        elif row >= 0 and plain and event.text() and event.text().isprintable():
            editor = self.open_editor(row)
            if editor is not None:
                editor.clear()
                QApplication.sendEvent(editor, event)
            event.accept()
        else:
            super().keyPressEvent(event)

    def _open(self, row: int) -> None:
        editor = self.open_editor(row)
        if editor is not None:
            editor.show_choices()

    @Slot(QModelIndex)
    def _open_field(self, index: QModelIndex) -> None:
        if index.column() == Part.FIELD:
            self._open(index.row())

    @Slot(QModelIndex)
    def _open_row(self, index: QModelIndex) -> None:
        if index.column() != Part.FIELD:
            self._open(index.row())

    @Slot()
    def _choose_first(self) -> None:
        if self._columns.rowCount():
            self.setCurrentIndex(self._columns.index(0, Part.FIELD))


class _Cell(QStyledItemDelegate):
    """Draws the field as something that can be opened, and opens it."""

    def __init__(self, columns: ColumnsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = columns

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        columns = self._columns
        editor = FieldEditor(columns.choices, columns.kind, index.data(ColumnRole.NAME), parent)
        editor.chosen.connect(self._finish)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Leave the editor as it was made: what is typed must not be lost to an update."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, FieldEditor):
            model.setData(index, editor.name)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        editor.setGeometry(_field_box(option.rect))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        taking = isinstance(event, QKeyEvent) and event.key() in TAKING
        pressed = event.type() is QEvent.Type.KeyPress
        if taking and pressed and isinstance(editor, FieldEditor):
            # Kept from the table, which would open the field again.
            editor.accept()
            return True
        return super().eventFilter(editor, event)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(option.rect.width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table, part = theme.colours(), Part(index.column())
        painter.save()
        _draw_ground(painter, option, part)
        painter.setClipRect(option.rect)
        room = option.rect.adjusted(CELL, 0, -CELL, 0)
        text, colour = str(index.data()), table.ink if part is Part.COLUMN else table.soft
        leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        if part is Part.FIELD:
            over = bool(option.state & QStyle.StateFlag.State_MouseOver)
            line = table.accent if over else table.faint
            room = draw_box(painter, _field_box(option.rect), option.direction, line)
            given_up = index.data(ColumnRole.NAME) in {OTHER, IGNORED, AS_USUAL}
            colour = table.soft if given_up else table.ink
        if part is Part.REMARK and index.data(ColumnRole.TROUBLE):
            colour = table.warning
            sign = ("warning", colour)
            room = draw_sign(painter, room, leading, option.direction, sign)
        draw_text(painter, room, text, colour, option.direction)
        painter.restore()

    @Slot()
    def _finish(self) -> None:
        editor = self.sender()
        if isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)


def _draw_ground(painter: QPainter, option: QStyleOptionViewItem, part: Part) -> None:
    table, rect = theme.colours(), option.rect
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, QColor(table.accent_pale))
        focused = option.widget.hasFocus()
        if part is Part.COLUMN and focused:
            rtl = option.direction is Qt.LayoutDirection.RightToLeft
            x = rect.right() - BAR + 1 if rtl else rect.left()
            painter.fillRect(QRect(x, rect.top(), BAR, rect.height()), QColor(table.accent))
    painter.setPen(QColor(table.line))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def _field_box(rect: QRect) -> QRect:
    return rect.adjusted(GRID, GRID, -GRID, -GRID)
