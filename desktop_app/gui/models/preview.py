"""The first rows of a sheet as the records, findings ... that would be made of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop_app.domain.exchange.headings import COLUMNS, SheetKind
from desktop_app.domain.exchange.mapping import SheetMapping
from desktop_app.domain.exchange.rows import Sheet, SourceRow
from desktop_app.domain.imports import PreviewedRow
from desktop_app.gui import formats

from .field_choices import field_text
from .report_texts import plain

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class PreviewRole(IntEnum):
    """What a cell can be asked for beside its text."""

    PROBLEM = Qt.ItemDataRole.UserRole + 1
    """What is wrong with it, as a sentence; "" where nothing is."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row ready to be shown: the texts and problems by field; "" is the row as a whole."""

    number: int
    texts: dict[str, str]
    problems: dict[str, str]


class PreviewModel(QAbstractTableModel):
    """Told the previewed rows; the first column is the number of the row in the file."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fields: tuple[str, ...] = ()
        self._lines: tuple[_Line, ...] = ()
        self._of_lines = False

    def set_rows(
        self,
        sheet: Sheet,
        mapping: SheetMapping,
        rows: Sequence[PreviewedRow],
        *,
        lines: bool = False,
    ) -> None:
        """Show what became of the first rows of a sheet; `lines` says that numbers are of lines."""
        self._of_lines = lines
        kind = mapping.kind or SheetKind.RECORDS
        by_number = {row.number: row for row in sheet.rows[: 4 * len(rows)]}
        shown = tuple(_line(row, mapping, by_number.get(row.number)) for row in rows)
        used = dict.fromkeys(mapping.fields().values())
        used |= dict.fromkeys(name for line in shown for name in (*line.texts, *line.problems))
        known = [name for name in COLUMNS[kind] if name in used]
        fields = (*known, *(name for name in used if name and name not in known))
        if fields == self._fields and len(shown) == len(self._lines):
            # Nothing moves: focus and places of scrolling stay.
            self._lines = shown
            if shown:
                last = self.index(len(shown) - 1, len(fields))
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._fields, self._lines = fields, shown
        self.endResetModel()

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._fields, self._lines = (), ()
        self.endResetModel()

    def field(self, column: int) -> str:
        """Return the field of a column of the table; "" for the number of the row."""
        return self._fields[column - 1] if 0 < column <= len(self._fields) else ""

    def column_of(self, field: str) -> int:
        """Return the column of a field, 0 where it has none."""
        return self._fields.index(field) + 1 if field in self._fields else 0

    def problems(self) -> tuple[str, ...]:
        """Return all that is wrong with the shown rows, each with its row and field."""
        return tuple(_problem(line, field) for line in self._lines for field in line.problems)

    def problem_at(self, index: Index) -> str:
        """Return what is wrong with a cell, else with its row, with row and field; or ""."""
        line, field = self._lines[index.row()], self.field(index.column())
        wrong = field if field in line.problems else next(iter(line.problems), None)
        return "" if wrong is None else _problem(line, wrong)

    def as_text(self) -> str:
        """Return the rows as lines of text, for reading aloud: field by field."""
        return "\n\n".join(map(self._text_of, self._lines))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns: the row's number, and the fields."""
        return 0 if parent.isValid() or not self._lines else len(self._fields) + 1

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the names of the fields."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == 0:
            if self._of_lines:
                return QCoreApplication.translate("Preview", "Line")
            return QCoreApplication.translate("Preview", "Row")
        return field_text(self.field(section))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text or problem."""
        if not index.isValid():
            return None
        line, field = self._lines[index.row()], self.field(index.column())
        problem = line.problems.get(field, "")
        if role == PreviewRole.PROBLEM:
            return problem
        text = line.texts.get(field, "") if field else formats.number(line.number)
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(text.split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return _problem(line, field) if problem else text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return plain(formats.joined([text, problem], ". "))
        return None

    def _text_of(self, line: _Line) -> str:
        first = QCoreApplication.translate("Preview", "Row {number}")
        lines = [first.format(number=formats.number(line.number))]
        lines += [
            f"{field_text(field)}: {formats.isolate(line.texts[field])}"
            for field in self._fields
            if line.texts.get(field)
        ]
        wrong = QCoreApplication.translate("Preview", "Problem: {sentence}")
        lines += [wrong.format(sentence=_sentence(line, field)) for field in line.problems]
        return "\n".join(lines)


def _line(row: PreviewedRow, mapping: SheetMapping, source: SourceRow | None) -> _Line:
    """Return a row ready to be shown: what a field can't hold stands there as the file has it."""
    texts = dict(row.values)
    problems: dict[str, str] = {}
    for column, sentence in row.problems.items():
        field = mapping.fields().get(column, "")
        said = [problems[field]] if field in problems else []
        problems[field] = " ".join([*said, sentence])
        if field and not texts.get(field) and source is not None:
            texts[field] = "; ".join(source.all(column))
    return _Line(row.number, texts, problems)


def _problem(line: _Line, field: str) -> str:
    template = QCoreApplication.translate("Preview", "Row {number}: {sentence}")
    return template.format(number=formats.number(line.number), sentence=_sentence(line, field))


def _sentence(line: _Line, field: str) -> str:
    if not field:
        return line.problems[field]
    template = QCoreApplication.translate("Preview", "{field}: {sentence}")
    return template.format(field=formats.isolate(field_text(field)), sentence=line.problems[field])
