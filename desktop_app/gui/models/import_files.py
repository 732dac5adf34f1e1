"""The files of an import report, one row each, and the same as text and as CSV."""

import csv
import io
from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop_app.domain.imports import ImportedFile, ImportReport, Outcome
from desktop_app.domain.records import TextHealth
from desktop_app.gui import formats

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Column(IntEnum):
    """The columns of the table."""

    OUTCOME = 0
    FILE = 1
    PAGES = 2
    REMARK = 3


class FileRole(IntEnum):
    """What a row can be asked for beside its texts."""

    FILE = Qt.ItemDataRole.UserRole + 1
    OUTCOME = Qt.ItemDataRole.UserRole + 2
    SORT = Qt.ItemDataRole.UserRole + 3


ROLES = frozenset(
    {
        *FileRole,
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    }
)


def headings() -> tuple[str, ...]:
    """Return the names of the columns."""
    return (
        QCoreApplication.translate("ImportReport", "Result"),
        QCoreApplication.translate("ImportReport", "File"),
        QCoreApplication.translate("ImportReport", "Pages"),
        QCoreApplication.translate("ImportReport", "Remark"),
    )


def remark(file: ImportedFile) -> str:
    """Return what a person should know about a file: its title, or why it was refused."""
    if file.refusal is not None:
        return formats.refusal_reason(file.refusal)
    title = formats.isolate(file.title)
    if file.outcome is Outcome.DUPLICATE:
        template = QCoreApplication.translate("ImportReport", "Same file as {title}")
        return template.format(title=title)
    parts = [title]
    if file.pages_without_text:
        template = QCoreApplication.translate("ImportReport", "Can't be searched: {pages}")
        parts.append(template.format(pages=formats.pages(file.pages_without_text)))
    if file.text_health not in {None, TextHealth.GOOD}:
        parts.append(formats.text_health_name(file.text_health))
    return formats.joined(parts)


def summary(report: ImportReport) -> str:
    """Return the whole import in one line."""
    parts = [
        f"{formats.outcome_name(outcome)}: {formats.number(len(report.of(outcome)))}"
        for outcome in Outcome
        if outcome is Outcome.ADDED or report.of(outcome)
    ]
    parts.append(formats.pages(report.pages))
    if report.ignored:
        template = QCoreApplication.translate("ImportReport", "Not PDFs, left out: {files}")
        parts.append(template.format(files=formats.files(report.ignored)))
    parts.append(formats.seconds(report.elapsed_s))
    return formats.joined(parts)


def as_text(files: Sequence[ImportedFile]) -> str:
    """Return the files as lines for a message to somebody: result, path, remark."""
    lines = [
        f"{formats.outcome_name(file.outcome)}: {file.path}\n    {remark(file)}" for file in files
    ]
    return "\n".join(lines) + "\n"


def as_csv(files: Sequence[ImportedFile]) -> str:
    """Return the files as CSV with a heading; cells that look like formulas are made harmless."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([*headings(), QCoreApplication.translate("ImportReport", "Record")])
    for file in files:
        cells = [
            formats.outcome_name(file.outcome),
            str(file.path),
            str(file.pages),
            _plain(remark(file)),
            file.record_id or "",
        ]
        writer.writerow(["'" + cell if cell.startswith(_FORMULA) else cell for cell in cells])
    return target.getvalue()


class ImportFilesModel(QAbstractTableModel):
    """Told which files to show."""

    def __init__(self, files: Sequence[ImportedFile], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files = tuple(files)

    def file(self, row: int) -> ImportedFile:
        """Return the file in `row`; raises IndexError outside the table."""
        return self._files[row]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of files."""
        return 0 if parent.isValid() else len(self._files)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return headings()[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text or sort value, or the file or outcome of its row."""
        # Asked for a dozen roles of every cell, most of which no cell has.
        if role not in ROLES or not index.isValid():
            return None
        file = self._files[index.row()]
        column = Column(index.column())
        return _value(file, column, role)


def _value(file: ImportedFile, column: Column, role: int) -> object:
    text = _text(file, column)
    path = str(file.path) if column is Column.FILE else None
    values: dict[int, object] = {
        FileRole.FILE: file,
        FileRole.OUTCOME: file.outcome.value,
        FileRole.SORT: file.pages if column is Column.PAGES else text.casefold(),
        Qt.ItemDataRole.DisplayRole: text,
        Qt.ItemDataRole.ToolTipRole: path,
        Qt.ItemDataRole.AccessibleTextRole: _plain(text),
    }
    return values.get(role)


def _text(file: ImportedFile, column: Column) -> str:
    if column is Column.OUTCOME:
        return formats.outcome_name(file.outcome)
    if column is Column.FILE:
        return formats.isolate(file.path.name)
    if column is Column.PAGES:
        return formats.number(file.pages) if file.pages else ""
    return remark(file)


def _plain(text: str) -> str:
    """Return `text` without the invisible marks of isolation, for other programs."""
    return text.replace("\u2068", "").replace("\u2069", "")
