"""The first rows of a sheet as they would be imported, as a table or as text."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QPushButton,
    QScrollBar,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.exchange.mapping import SheetMapping
from desktop_app.domain.exchange.rows import Sheet
from desktop_app.domain.imports import PreviewedRow
from desktop_app.gui import formats, theme
from desktop_app.gui.models.preview import PreviewModel, PreviewRole
from desktop_app.gui.theme import GRID

from .choice_box import draw_sign, draw_text
from .labels import label
from .plain_lines import PlainLines

Index = QModelIndex | QPersistentModelIndex
Rows = tuple[PreviewedRow, ...]

ROW_HEIGHT = 32
CELL = 2 * GRID
WIDTHS = {"": 64, "title": 300, "overview": 240, "file": 180, "author": 180}
WIDTH = 130


class PreviewPane(QWidget):
    """Told the previewed rows; keeps focus and place when they change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = PreviewModel(self)
        self._widths: dict[str, int] = {}
        self._sizing = False
        self.table = self._make_table()
        self.text = PlainLines(self.tr("Preview of the first rows as text"))
        self._message = label(kind="soft", wrap=True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = label(kind="section")
        self._count = label(kind="caption")
        self.as_text = QPushButton(self.tr("As text"))
        self.as_text.setProperty("kind", "filter")
        self.as_text.setCheckable(True)
        self.as_text.setAutoDefault(False)
        self.as_text.setToolTip(self.tr("Show the rows as lines of text, for reading aloud"))
        self.problem = label(kind="bad", wrap=True)
        self.problem.setMinimumHeight(5 * GRID)
        self._stack = QStackedWidget()
        for page in (self.table, self.text, self._message):
            self._stack.addWidget(page)
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.as_text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self.problem)
        self.setTabOrder(self.as_text, self.table)
        self.setTabOrder(self.table, self.text)
        # Its letters are bold while it is pressed.
        self.as_text.setMinimumWidth(self.as_text.sizeHint().width() + 2 * GRID)
        self.as_text.toggled.connect(self._turn)
        self.show_message("")

    def show_rows(
        self, sheet: Sheet, mapping: SheetMapping, rows: Rows, *, lines: bool = False
    ) -> None:
        """Show the first rows of a sheet, or entries of a bibliography with their `lines`."""
        chosen = self.table.currentIndex()
        row, field = chosen.row(), self.model.field(chosen.column())
        places = [bar.value() for bar in self._bars()]
        self.model.set_rows(sheet, mapping, rows, lines=lines)
        self._size()
        if row >= 0:
            kept = self.model.index(min(row, len(rows) - 1), self.model.column_of(field))
            self.table.setCurrentIndex(kept)
        for bar, place in zip(self._bars(), places, strict=True):
            bar.setValue(place)
        self.text.setPlainText(self.model.as_text())
        total = len(sheet.rows)
        self._show_state(len(rows), total, formats.entries(total) if lines else formats.rows(total))

    def show_message(self, text: str) -> None:
        """Show a sentence in place of rows."""
        self.model.clear()
        self._message.setText(text)
        self._title.setText(self.tr("Preview"))
        self._count.clear()
        self.problem.clear()
        self.as_text.hide()
        self._stack.setCurrentWidget(self._message)

    def _show_state(self, shown: int, total: int, rows: str) -> None:
        template = self.tr("Preview: the first {shown} of {rows}")
        if shown >= total:
            template = self.tr("Preview: {rows}")
        self._title.setText(template.format(shown=formats.number(shown), rows=rows))
        problems = self.model.problems()
        text = self.tr("Cells or rows with a problem: {number}")
        self._count.setText(
            text.format(number=formats.number(len(problems)))
            if problems
            else self.tr("Every cell can be imported")
        )
        self.as_text.show()
        self._stack.setCurrentWidget(self.text if self.as_text.isChecked() else self.table)
        self._show_problem()

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setAccessibleName(self.tr("Preview of the first rows"))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setItemDelegate(_Cell(table))
        rows = table.verticalHeader()
        rows.setSectionResizeMode(rows.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.hide()
        table.setModel(self.model)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.sectionResized.connect(self._remember)
        table.selectionModel().currentChanged.connect(self._show_problem)
        table.setMinimumHeight(3 * ROW_HEIGHT)
        return table

    def _bars(self) -> tuple[QScrollBar, QScrollBar]:
        return self.table.horizontalScrollBar(), self.table.verticalScrollBar()

    def _size(self) -> None:
        self._sizing = True
        header = self.table.horizontalHeader()
        for column in range(self.model.columnCount()):
            field = self.model.field(column)
            header.resizeSection(column, self._widths.get(field, WIDTHS.get(field, WIDTH)))
        self._sizing = False

    @Slot(int, int, int)
    def _remember(self, column: int, before: int, width: int) -> None:
        if not self._sizing:
            self._widths[self.model.field(column)] = width

    @Slot()
    def _show_problem(self) -> None:
        """Say what is wrong with the chosen cell or its row, else the first thing that is."""
        index = self.table.currentIndex()
        problems = self.model.problems()
        said = self.model.problem_at(index) if index.isValid() else ""
        self.problem.setText(said or (problems[0] if problems else ""))

    @Slot(bool)
    def _turn(self, on: bool) -> None:
        self._stack.setCurrentWidget(self.text if on else self.table)


class _Cell(QStyledItemDelegate):
    """Marks a cell with a problem by sign, colour and ground."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(WIDTH, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table, rect = theme.colours(), option.rect
        wrong = bool(index.data(PreviewRole.PROBLEM))
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, QColor(table.bad_pale if wrong else table.panel))
        painter.setPen(QColor(table.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if selected:
            painter.setPen(QPen(QColor(table.accent), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        room = rect.adjusted(CELL, 0, -CELL, 0)
        colour = table.bad if wrong else table.soft if index.column() == 0 else table.ink
        if wrong:
            side = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
            room = draw_sign(painter, room, side, option.direction, ("warning", colour))
        painter.setClipRect(rect)
        draw_text(painter, room, str(index.data()), colour, option.direction)
        painter.restore()
