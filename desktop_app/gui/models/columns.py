"""The columns of one sheet of a metadata file, and which field each goes to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop_app.domain.exchange.headings import DEFINITIONS, SheetKind, continued_column
from desktop_app.domain.exchange.mapping import IGNORED, SheetMapping
from desktop_app.domain.exchange.other_fields import OTHER
from desktop_app.domain.exchange.rows import MetadataFormat, Sheet
from desktop_app.gui import formats

from .field_choices import AS_USUAL, BIBLIOGRAPHIES, FieldChoice, field_choices, field_text
from .report_texts import plain

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

EXAMPLES = 3
SAMPLED_ROWS = 50
LONGEST_EXAMPLE = 60
NEEDED = {
    SheetKind.RECORDS: "title",
    SheetKind.FINDINGS: "record",
    SheetKind.APPRAISALS: "record",
    SheetKind.EVIDENCE: "entry",
}
"""The field without which the rows of a sheet say nothing."""


class Part(IntEnum):
    """The columns of the table."""

    COLUMN = 0
    EXAMPLES = 1
    FIELD = 2
    REMARK = 3


class ColumnRole(IntEnum):
    """What a line can be asked for beside its texts."""

    NAME = Qt.ItemDataRole.UserRole + 1
    """The name of the field, `OTHER`, `IGNORED` or `AS_USUAL`."""
    TROUBLE = Qt.ItemDataRole.UserRole + 2
    """Whether the remark is a warning."""


class ColumnsModel(QAbstractTableModel):
    """Told a sheet and its mapping; says what a person changed."""

    mapping_changed = Signal(object)
    """The `SheetMapping` after a person changed where a column goes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._form = MetadataFormat.CSV
        self._mapping = SheetMapping("", None)
        self._columns: tuple[str, ...] = ()
        self._examples: dict[str, str] = {}
        self._choices: tuple[FieldChoice, ...] = ()
        self._uses: defaultdict[str, list[str]] = defaultdict(list)

    @property
    def kind(self) -> SheetKind:
        """Return what the sheet holds; records where it is left out."""
        return self._mapping.kind or SheetKind.RECORDS

    @property
    def choices(self) -> tuple[FieldChoice, ...]:
        """Return what a column can hold."""
        return self._choices

    def set_sheet(self, form: MetadataFormat, sheet: Sheet, mapping: SheetMapping) -> None:
        """Show the columns of a sheet."""
        self.beginResetModel()
        self._form = form
        # What continues another column goes where that one goes.
        self._columns = tuple(name for name in sheet.columns if continued_column(name) is None)
        self._examples = examples(sheet)
        self._take(mapping)
        self.endResetModel()

    def set_mapping(self, mapping: SheetMapping) -> None:
        """Show the same columns with another mapping."""
        self._take(mapping)
        self._tell()

    def problems(self) -> tuple[str, ...]:
        """Return what is wrong with the mapping as a whole, in sentences."""
        return mapping_problems(self._form, self._mapping)

    def recognised(self) -> int:
        """Return how many columns go to a field."""
        return sum(self._name(column) not in {OTHER, IGNORED} for column in self._columns)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns of the sheet."""
        return 0 if parent.isValid() else len(self._columns)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns of the table."""
        return 0 if parent.isValid() else len(Part)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that the field of a column can be changed."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == Part.FIELD else flags

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the names of the columns of the table."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            tags = self._form in BIBLIOGRAPHIES
            return _headings(tags)[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text, or the name of the field for `ColumnRole.NAME`."""
        if not index.isValid():
            return None
        column = self._columns[index.row()]
        part = Part(index.column())
        remark, trouble = self._remark(column)
        if role in {ColumnRole.NAME, Qt.ItemDataRole.EditRole}:
            return self._name(column)
        if role == ColumnRole.TROUBLE:
            return trouble
        text = {
            Part.COLUMN: formats.isolate(column),
            Part.EXAMPLES: self._examples.get(column, ""),
            Part.FIELD: field_text(self._name(column)),
            Part.REMARK: remark,
        }[part]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(text) if part is not Part.FIELD else remark
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return plain(text)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Change where a column goes."""
        if role != Qt.ItemDataRole.EditRole or index.column() != Part.FIELD:
            return False
        column = self._columns[index.row()]
        if value == self._name(column):
            return True
        changed = self._mapping.with_column(column, str(value))
        if value == AS_USUAL:
            rest = {name: field for name, field in changed.columns.items() if name != column}
            changed = SheetMapping(changed.name, changed.kind, rest)
        self._take(changed)
        self._tell()
        self.mapping_changed.emit(changed)
        return True

    def _take(self, mapping: SheetMapping) -> None:
        self._mapping = mapping
        self._choices = field_choices(self._form, self.kind)
        self._uses = defaultdict(list)
        for column, name in mapping.fields().items():
            self._uses[name].append(column)

    def _tell(self) -> None:
        if self._columns:
            last = self.index(len(self._columns) - 1, len(Part) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _name(self, column: str) -> str:
        if self._form in BIBLIOGRAPHIES:
            return self._mapping.columns.get(column, AS_USUAL)
        return self._mapping.columns.get(column, IGNORED)

    def _remark(self, column: str) -> tuple[str, bool]:
        """Return what to say about a column, and whether that is a warning."""
        translate = QCoreApplication.translate
        name = self._name(column)
        if name == OTHER:
            return translate("Mapping", "Kept with the record"), False
        if name == IGNORED:
            return translate("Mapping", "Not imported"), False
        if len(self._uses[name]) > 1:
            others = [other for other in self._uses[name] if other != column]
            text = translate("Mapping", "Also from {columns}")
            return text.format(columns=formats.joined(others, ", ")), _single(self.kind, name)
        return "", False


def examples(sheet: Sheet) -> dict[str, str]:
    """Return the first texts of each column, each once, cut where they are long."""
    found: dict[str, dict[str, None]] = {}
    for row in sheet.rows[:SAMPLED_ROWS]:
        for cell in row.cells:
            texts = found.setdefault(cell.column, {})
            if len(texts) < EXAMPLES:
                texts.setdefault(_short(cell.text))
    return {column: formats.joined(list(texts)) for column, texts in found.items()}


def mapping_problems(form: MetadataFormat, mapping: SheetMapping) -> tuple[str, ...]:
    """Return what is wrong with the mapping of a sheet, in sentences."""
    if mapping.kind is None:
        return ()
    found = []
    needed = NEEDED[mapping.kind]
    fields = mapping.fields()
    if form not in BIBLIOGRAPHIES and needed not in fields.values():
        found.append(_lacking(mapping.kind, needed))
    for name, columns in _shared(mapping.kind, fields).items():
        template = QCoreApplication.translate(
            "Mapping",
            "{columns} go to {field}, which takes one value: the first that is filled counts.",
        )
        shown = formats.joined(columns, ", ")
        found.append(template.format(columns=shown, field=formats.isolate(field_text(name))))
    return tuple(found)


def _lacking(kind: SheetKind, needed: str) -> str:
    if kind is SheetKind.RECORDS:
        return QCoreApplication.translate(
            "Mapping",
            "No column goes to {field}. Rows without a PDF that has a title can't be imported.",
        ).format(field=formats.isolate(field_text(needed)))
    return QCoreApplication.translate(
        "Mapping", "No column goes to {field}, which says what a row belongs to."
    ).format(field=formats.isolate(field_text(needed)))


def _shared(kind: SheetKind, fields: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the fields that take one value and get those of several columns."""
    by_field: dict[str, list[str]] = {}
    for column, name in fields.items():
        by_field.setdefault(name, []).append(column)
    return {
        name: columns
        for name, columns in by_field.items()
        if len(columns) > 1 and _single(kind, name)
    }


def _single(kind: SheetKind, name: str) -> bool:
    definition = DEFINITIONS[kind].get(name)
    return name != AS_USUAL and (definition is None or not definition.several)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_EXAMPLE else line[: LONGEST_EXAMPLE - 1] + "…"


def _headings(tags: bool) -> Sequence[str]:
    translate = QCoreApplication.translate
    return (
        translate("Mapping", "Tag") if tags else translate("Mapping", "Column"),
        translate("Mapping", "First values"),
        translate("Mapping", "Goes to"),
        translate("Mapping", "Remark"),
    )
