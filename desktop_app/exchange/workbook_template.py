"""Writing XLSX workbooks: what is exported, and the template that people fill in.

Texts stay texts: nothing is computed, and what looks like a formula is marked as text. Numbers and
days are written as such where a field takes them and reading gives back the same characters.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as WorkbookCell
from openpyxl.comments import Comment
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ..domain.exchange.headings import (
    COLUMNS,
    DEFINITIONS,
    SheetKind,
    field_of,
    guess_sheet,
    heading,
    other_sheet_name,
    sheet_name,
    sheet_of,
)
from ..domain.exchange.rows import Sheet
from ..domain.fields import FieldDefinition, FieldType
from .labels import Labels, Schemes, scheme_of
from .number_formats import GENERAL, shown
from .tables import arranged, column_layout, fitted, text_of, value_of
from .template_examples import example
from .template_texts import CHOICE, GUIDE, REQUIRED, SEVERAL, SHAPES
from .xml_text import escape

_CREATOR = "Evaluation Archive"
_NUMBERS = frozenset({FieldType.YEAR, FieldType.NUMBER, FieldType.DECIMAL, FieldType.PAGE})
_WIDE = frozenset({FieldType.TEXT, FieldType.ITEMS})
_NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?")
_DAY = re.compile(r"(?:19|2\d)\d\d-\d\d-\d\d")
_COMPUTED = re.compile(r"[=+@-]")
_INVALID = re.compile(r"[][:*?/\\]")
_LONGEST_NAME = 31
_PREPARED_ROWS = 5_000
"""Rows of the template whose cells offer lists."""

_HEAD_FONT, _HEAD_FILL = Font(bold=True), PatternFill("solid", fgColor="DDE7EE")
_EXAMPLE_FONT = Font(italic=True, color="7F7F7F")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def write_xlsx(sheets: Sequence[Sheet], path: Path, language: str = "en") -> None:
    """Write sheets as a workbook; those of Arabic run from right to left.

    Longer texts than a cell can hold go on in further columns. Raises OSError; then the file at
    `path` is what it was.
    """
    book = _new_book()
    names: list[str] = []
    for whole in sheets:
        sheet = fitted(whole, language)
        names.append(_free_name(sheet.name, names))
        _write_sheet(_add_sheet(book, names[-1], language), sheet)
    if not names:
        _add_sheet(book, sheet_name(SheetKind.RECORDS, language), language).append([])
    _save(book, path)


def write_template(path: Path, language: str, schemes: Schemes) -> None:
    """Write the workbook that people fill in: a guide, a sheet an entity, and hidden lists.

    `schemes` are the terms in `language` that cells offer, by scheme ("kind", "answer",
    "phenomenon", "country" ...); a field without one gets no list. Each sheet has an example, which
    reading leaves out. Raises OSError; then the file at `path` is what it was.
    """
    book = _new_book()
    _write_guide(_add_sheet(book, other_sheet_name("guide", language), language), language)
    labels = Labels(schemes)
    lists = _Lists(other_sheet_name("lists", language), schemes, labels)
    for kind in (SheetKind.RECORDS, SheetKind.FINDINGS, SheetKind.APPRAISALS):
        page = _add_sheet(book, sheet_name(kind, language), language)
        _write_form(page, kind, language, lists)
    hidden = _add_sheet(book, lists.name, language)
    hidden.sheet_state = "hidden"
    for row in lists.rows():
        hidden.append([_cell(hidden, text) for text in row])
    _save(book, path)


class _Lists:
    """The lists that cells offer, each a column of a hidden sheet under the name of its scheme."""

    def __init__(self, name: str, schemes: Schemes, labels: Labels) -> None:
        self.name = name
        self.labels = labels
        self._schemes = schemes
        self._columns: dict[tuple[str, ...], str] = {}

    def reference(self, definition: FieldDefinition) -> str:
        """Return the formula of the cells with what a field can hold; "" for a field without."""
        scheme = scheme_of(definition)
        known = [code for code, _ in self._schemes.get(scheme, ())]
        codes = tuple(code for code in definition.codes or known if code in known)
        if not codes:
            return ""
        self._columns.setdefault(codes, scheme)
        column = get_column_letter(list(self._columns).index(codes) + 1)
        return f"{quote_sheetname(self.name)}!${column}$2:${column}${len(codes) + 1}"

    def rows(self) -> list[list[str]]:
        """Return the cells of the sheet."""
        columns = [
            [scheme, *(self.labels.label(scheme, code) for code in codes)]
            for codes, scheme in self._columns.items()
        ]
        height = max(map(len, columns), default=0)
        return [
            [column[place] if place < len(column) else "" for column in columns]
            for place in range(height)
        ]


def _new_book() -> Workbook:
    book = Workbook(write_only=True)
    book.properties = DocumentProperties(creator=_CREATOR)
    return book


def _add_sheet(book: Workbook, name: str, language: str) -> Worksheet:
    page: Worksheet = book.create_sheet(name)
    page.sheet_view.rightToLeft = language == "ar"
    return page


def _save(book: Workbook, path: Path) -> None:
    partial = path.with_name(f"{path.name}.part")
    # openpyxl leaves its file open where the disk is full, and closing it then fails out of reach.
    packed = BytesIO()
    book.save(packed)
    try:
        partial.write_bytes(packed.getbuffer())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _write_sheet(page: Worksheet, sheet: Sheet) -> None:
    kind = sheet_of(sheet.name) or guess_sheet(sheet.columns)
    layout = column_layout(sheet)
    definitions = [DEFINITIONS[kind].get(field_of(column, kind) or "") for column in layout]
    _prepare(page, definitions)
    page.append([_head(page, column) for column in layout])
    for row in sheet.rows:
        texts = zip(arranged(row, layout), definitions, strict=True)
        page.append([_cell(page, text, definition) for text, definition in texts])


def _write_form(page: Worksheet, kind: SheetKind, language: str, lists: _Lists) -> None:
    columns = COLUMNS[kind]
    definitions = [DEFINITIONS[kind].get(name) for name in columns]
    _prepare(page, definitions)
    heads = []
    for place, (name, definition) in enumerate(zip(columns, definitions, strict=True), start=1):
        offered = lists.reference(definition) if definition else ""
        if definition and offered:
            page.data_validations.append(_validation(definition, offered, place))
        heads.append(_head(page, heading(name, language), _hint(definition, offered, language)))
    page.append(heads)
    shown_texts = example(kind, language)
    cells = []
    for name, definition in zip(columns, definitions, strict=True):
        text = shown_texts.get(name, "")
        if definition:
            text = text_of(definition, value_of(definition, text, lists.labels), lists.labels)
        cell = _cell(page, text, definition)
        if cell:
            cell.font = _EXAMPLE_FONT
        cells.append(cell)
    page.append(cells)


def _write_guide(page: Worksheet, language: str) -> None:
    page.column_dimensions["A"].width = 100
    for place, line in enumerate(GUIDE[language]):
        cell = WriteOnlyCell(page, escape(line))
        cell.alignment = _WRAPPED
        if place == 0:
            cell.font = _HEAD_FONT
        page.append([cell])


def _prepare(page: Worksheet, definitions: Iterable[FieldDefinition | None]) -> None:
    """Freeze the headings and give the columns their widths; has to come before the cells."""
    page.freeze_panes = "A2"
    for place, definition in enumerate(definitions, start=1):
        width = 24
        if definition is not None:
            width = 48 if definition.type in _WIDE or definition.required else 24
            width = 12 if definition.type in _NUMBERS else width
        page.column_dimensions[get_column_letter(place)].width = width


def _head(page: Worksheet, text: str, hint: str = "") -> WorkbookCell:
    cell = _text_cell(page, text)
    cell.font, cell.fill, cell.alignment = _HEAD_FONT, _HEAD_FILL, _WRAPPED
    if hint:
        cell.comment = Comment(hint, _CREATOR, height=90, width=260)
    return cell


def _hint(definition: FieldDefinition | None, offered: str, language: str) -> str:
    if definition is None:
        return ""
    said = [
        REQUIRED[language] if definition.required else "",
        CHOICE[language] if offered else "",
        SEVERAL[language] if definition.several else "",
        SHAPES.get(definition.type.value, {}).get(language, ""),
    ]
    return "\n".join(filter(None, said))


def _validation(definition: FieldDefinition, offered: str, column: int) -> DataValidation:
    letter = get_column_letter(column)
    # Terms of one's own, labels of other languages and several values are welcome: so the list is
    # an offer, and only one of codes alone warns of anything else.
    warns = definition.type is FieldType.CHOICE
    return DataValidation(
        type="list",
        formula1=offered,
        allow_blank=True,
        showErrorMessage=warns,
        errorStyle="warning" if warns else None,
        sqref=f"{letter}2:{letter}{_PREPARED_ROWS}",
    )


def _cell(
    page: Worksheet, text: str, definition: FieldDefinition | None = None
) -> WorkbookCell | None:
    """Return a cell for a text, or None for an empty one."""
    if not text:
        return None
    value = _typed(definition, text)
    if isinstance(value, str):
        return _text_cell(page, value)
    cell = WriteOnlyCell(page, value)
    if isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd"
    return cell


def _text_cell(page: Worksheet, text: str) -> WorkbookCell:
    cell = WriteOnlyCell(page, escape(text))
    # Neither a formula nor an error, whatever it looks like; nor when somebody edits it.
    cell.data_type = "s"
    if _COMPUTED.match(text):
        cell.quotePrefix = True
    return cell


def _typed(definition: FieldDefinition | None, text: str) -> str | int | float | datetime:
    """Return a text as a number or day if its field takes one and reading gives the same text."""
    if definition is None:
        return text
    if definition.type is FieldType.DATE and _DAY.fullmatch(text):
        return _read_as(text, datetime.fromisoformat)
    if definition.type in _NUMBERS and _NUMBER.fullmatch(text):
        number = _read_as(text, float if "." in text else int)
        return number if shown(str(number), GENERAL) == text else text
    return text


def _read_as(
    text: str, read: Callable[[str], int | float | datetime]
) -> str | int | float | datetime:
    try:
        return read(text)
    except ValueError:
        return text


def _free_name(name: str, taken: Sequence[str]) -> str:
    """Return a name that a sheet may have: not too long, not empty, not taken."""
    plain = _cut(_INVALID.sub(" ", escape(name)), _LONGEST_NAME) or "Sheet"
    # Excel keeps one name for itself.
    others = {other.lower() for other in taken} | {"history"}
    free, number = plain, 1
    while free.lower() in others:
        number += 1
        free = f"{_cut(plain, _LONGEST_NAME - 5)} {number}"
    return free


def _cut(name: str, most: int) -> str:
    """Return the beginning of a name, `most` characters as spreadsheet programs count them."""
    cut = name.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
    return cut.strip().strip("'")
