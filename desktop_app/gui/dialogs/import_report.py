"""What an import did, file by file, in a window beside the main one."""

from pathlib import Path

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetricsF, QGuiApplication, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.imports import ImportedFile, ImportReport, Outcome
from desktop_app.gui import formats, icons, theme
from desktop_app.gui.models.import_files import (
    Column,
    FileRole,
    ImportFilesModel,
    as_csv,
    as_text,
    summary,
)
from desktop_app.gui.theme import GRID
from desktop_app.gui.views.labels import label
from desktop_app.gui.views.text_block import SLACK, TextBlock, line_height

Index = QModelIndex | QPersistentModelIndex

ALL = "all"
REMARK_LINES = 5
CELL = 2 * GRID
SIGNS = {
    Outcome.ADDED: ("check", "good"),
    Outcome.UPDATED: ("check", "good"),
    Outcome.DUPLICATE: ("copy", "soft"),
    Outcome.REFUSED: ("warning", "bad"),
}


class ImportReportDialog(QDialog):
    """Shows an `ImportReport`; refused files come with what to do about them."""

    record_opened = Signal(str)
    """The id of the record of a row that was double-clicked or entered."""

    def __init__(self, report: ImportReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self.setWindowTitle(self.tr("Import report"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(880, 560)
        self._model = ImportFilesModel(report.files, self)
        self._shown = _Filter(self)
        self._shown.setSourceModel(self._model)
        self._filters = QButtonGroup(self)
        self._note = label(kind="caption")
        self._table = self._make_table()

        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(label(self._headline(), "heading", wrap=True))
        column.addWidget(label(summary(report), "soft", wrap=True))
        column.addLayout(self._make_filters())
        column.addWidget(self._table, 1)
        column.addLayout(self._make_buttons())
        refused = report.of(Outcome.REFUSED)
        self.filter_by(Outcome.REFUSED if refused and len(refused) < len(report.files) else None)

    @classmethod
    def ask(cls, parent: QWidget | None, report: ImportReport) -> "ImportReportDialog":
        """Show `report` without blocking `parent`, and return the window."""
        dialog = cls(report, parent)
        dialog.show()
        return dialog

    @property
    def table(self) -> QTreeView:
        """Return the table of files."""
        return self._table

    def shown_files(self) -> tuple[ImportedFile, ...]:
        """Return the files that pass the filter, in the order shown."""
        return tuple(
            self._shown.index(row, 0).data(FileRole.FILE) for row in range(self._shown.rowCount())
        )

    def filter_by(self, outcome: Outcome | None) -> None:
        """Show the files with one outcome, or all files."""
        self._shown.choose(outcome)
        for button in self._filters.buttons():
            button.setChecked(button.objectName() == (ALL if outcome is None else outcome.value))
        self._table.scrollToTop()

    @Slot()
    def copy(self) -> None:
        """Put the shown files on the clipboard as text."""
        QGuiApplication.clipboard().setText(as_text(self.shown_files()))
        copied = self.tr("Copied: {files}")
        self._note.setText(copied.format(files=formats.files(len(self.shown_files()))))

    def save(self, path: Path) -> bool:
        """Write the shown files as CSV and return whether that worked; if not, say why."""
        try:
            # The mark at the beginning tells spreadsheets that the text is UTF-8.
            path.write_text(as_csv(self.shown_files()), encoding="utf-8-sig", newline="")
        except OSError as error:
            failed = self.tr("Not saved: {reason}. Choose another folder.")
            self._note.setText(failed.format(reason=error.strerror or str(error)))
            return False
        saved = self.tr("Saved as {file}")
        self._note.setText(saved.format(file=formats.isolate(path.name)))
        return True

    def _headline(self) -> str:
        if not self._report.complete:
            return self.tr(
                "The import was cancelled. What was finished is in the archive; import the "
                "same files again to go on."
            )
        refused = len(self._report.of(Outcome.REFUSED))
        if not self._report.files:
            return self.tr("There was no PDF to import")
        if refused == len(self._report.files):
            return self.tr("No file could be imported")
        if refused:
            return self.tr("Imported, except for {files}").format(files=formats.files(refused))
        if not self._report.of(Outcome.ADDED) and not self._report.of(Outcome.UPDATED):
            return self.tr("All files were in the archive already")
        return self.tr("All files were imported")

    def _make_filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID + 2)
        choices = [(ALL, self.tr("All"), len(self._report.files))]
        choices += [
            (outcome.value, formats.outcome_name(outcome), len(self._report.of(outcome)))
            for outcome in Outcome
        ]
        for name, text, count in choices:
            button = QPushButton(f"{text} {formats.isolate(formats.number(count))}")
            button.setObjectName(name)
            button.setProperty("kind", "filter")
            button.setCheckable(True)
            button.setEnabled(count > 0)
            button.setAutoDefault(False)
            self._filters.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self._filters.buttonClicked.connect(self._choose)
        return row

    def _make_table(self) -> QTreeView:
        table = QTreeView()
        table.setAccessibleName(self.tr("Files of the import"))
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(False)
        table.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setItemDelegate(_Cell(table))
        # Only now: each setting of a filled table lays out all its rows again.
        table.setModel(self._shown)
        header = table.header()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in ((Column.OUTCOME, 124), (Column.FILE, 240), (Column.PAGES, 72)):
            header.resizeSection(column, width)
        header.sectionResized.connect(self._lay_out_rows)
        table.activated.connect(self._open)
        return table

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        copy = QPushButton(self.tr("Copy as text"))
        save = QPushButton(self.tr("Save as CSV…"))
        close = QPushButton(self.tr("Close"))
        close.setProperty("kind", "primary")
        copy.clicked.connect(self.copy)
        save.clicked.connect(self._ask_where)
        close.clicked.connect(self.close)
        for part in (copy, save, self._note, close):
            row.addWidget(part, 1 if part is self._note else 0)
        for button in (copy, save, close):
            # Enter opens the record of a row; a default button would close the window with it.
            button.setAutoDefault(False)
        return row

    @Slot(QAbstractButton)
    def _choose(self, button: QAbstractButton) -> None:
        name = button.objectName()
        self.filter_by(None if name == ALL else Outcome(name))

    @Slot()
    def _ask_where(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as CSV"), "import-report.csv", self.tr("Tables (*.csv)")
        )
        if name:
            self.save(Path(name))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        file: ImportedFile = index.data(FileRole.FILE)
        if file.record_id is not None:
            self.record_opened.emit(file.record_id)

    @Slot()
    def _lay_out_rows(self) -> None:
        self._table.scheduleDelayedItemsLayout()


class _Filter(QSortFilterProxyModel):
    """Lets through the files with one outcome."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._outcome: Outcome | None = None
        self.setSortRole(FileRole.SORT)

    def choose(self, outcome: Outcome | None) -> None:
        self.beginFilterChange()
        self._outcome = outcome
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        if self._outcome is None:
            return True
        index = self.sourceModel().index(row, 0, parent)
        return bool(index.data(FileRole.OUTCOME) == self._outcome.value)


class _Cell(QStyledItemDelegate):
    """Wraps texts and draws a sign before the result."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._metrics = QFontMetricsF(theme.font())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._width(option, index)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        # Most texts fit on one line, and finding that out is ten times faster than breaking them.
        if self._metrics.horizontalAdvance(text) <= _room(index, width) - SLACK:
            height = line_height(text, theme.BODY)
        else:
            height = self._block(index, width, option.direction).height
        return QSize(width, height + 2 * CELL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table = theme.colours()
        rect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(table.accent_pale))
        painter.setPen(QColor(table.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setClipRect(rect)
        room = rect.adjusted(CELL, CELL, -CELL, -CELL)
        colour = table.ink
        if index.column() == Column.OUTCOME:
            sign, name = SIGNS[Outcome(index.data(FileRole.OUTCOME))]
            colour = getattr(table, name)
            picture = icons.pixmap(sign, colour, 16, ratio=painter.device().devicePixelRatioF())
            place = QStyle.alignedRect(
                option.direction,
                Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop,
                QSize(16, 20),
                room,
            )
            painter.drawPixmap(place.x(), place.y() + 2, picture)
            inset = 16 + GRID + 2
            left, right = (inset, 0) if place.x() == room.x() else (0, -inset)
            room = room.adjusted(left, 0, right, 0)
        block = self._block(index, rect.width(), option.direction)
        block.draw(painter, room.x(), room.y(), colour)
        painter.restore()

    def _width(self, option: QStyleOptionViewItem, index: Index) -> int:
        view = option.widget
        if isinstance(view, QTreeView):
            return max(8 * GRID, view.columnWidth(index.column()))
        return max(8 * GRID, option.rect.width())

    def _block(self, index: Index, width: int, direction: Qt.LayoutDirection) -> TextBlock:
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        lines = {Column.REMARK: REMARK_LINES, Column.FILE: 3}.get(Column(index.column()), 1)
        return TextBlock(text, theme.font(), _room(index, width), lines=lines, direction=direction)


def _room(index: Index, width: int) -> int:
    sign = 16 + GRID + 2 if index.column() == Column.OUTCOME else 0
    return width - 2 * CELL - sign
