"""The parts of a workbook besides its sheets: what it is made of, its texts and its formats."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from ..domain.exchange.rows import UnreadableMetadata
from .header_rows import LONGEST_CELL
from .number_formats import BUILT_IN, GENERAL, NumberFormat, parse_format
from .workbook_package import DAMAGE, Package, PartHandler, target_name
from .xml_text import unescape

MOST_TEXTS = 5_000_000
MOST_FORMATS = 200_000
MOST_SHEETS = 1_000

_SMALL_PART = 30_000_000
_RELATIONS = "_rels/.rels"
_USUAL_WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of a workbook, and the part that holds it."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class Workbook:
    """What the sheets of a workbook refer to."""

    sheets: list[SheetPart] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    formats: list[NumberFormat] = field(default_factory=list)
    from_1904: bool = False
    cells: int = 0
    """How many were read so far."""


def read_workbook(package: Package) -> Workbook:
    """Return everything but the cells; raises one of `DAMAGE` or `UnreadableMetadata`.

    A part with texts that is damaged gives those before the damage: cells say which they miss.
    """
    main = _main_part(package)
    book = _Book(main)
    package.parse(main, book, _SMALL_PART)
    targets = _Targets(main)
    relations = _relations_of(main)
    if relations in package:
        package.parse(relations, targets, _SMALL_PART)
    found = Workbook(from_1904=book.from_1904)
    for name, relation, hidden in book.sheets:
        kind, part = targets.found.get(relation, ("", ""))
        if kind == "worksheet" and part in package:
            found.sheets.append(SheetPart(name, part, hidden))
    parts = dict(targets.found.values())
    texts = parts.get("sharedStrings", target_name(main, "sharedStrings.xml"))
    if texts in package:
        with suppress(*DAMAGE):
            package.parse(texts, _Texts(found.texts))
    styles = parts.get("styles", target_name(main, "styles.xml"))
    if styles in package:
        package.parse(styles, _Styles(found.formats), _SMALL_PART)
    return found


def _main_part(package: Package) -> str:
    if _RELATIONS in package:
        targets = _Targets("")
        package.parse(_RELATIONS, targets, _SMALL_PART)
        for kind, part in targets.found.values():
            if kind == "officeDocument" and part in package:
                return part
    if _USUAL_WORKBOOK not in package:
        raise UnreadableMetadata(
            "The file holds no workbook. Open it in a spreadsheet program and save it as .xlsx."
        )
    return _USUAL_WORKBOOK


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


class _Targets(PartHandler):
    """Hears which parts another part refers to: id -> kind and name."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base
        self.found: dict[str, tuple[str, str]] = {}

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            part = target_name(self._base, attributes.get("Target", ""))
            self.found[attributes.get("Id", "")] = (kind, part)


class _Book(PartHandler):
    """Hears the sheets of a workbook in their order: name, relation, whether it is hidden."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self._part = part
        self.sheets: list[tuple[str, str, bool]] = []
        self.from_1904 = False

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            # "r:id", whatever prefix stands for the relations; "sheetId" is something else.
            relation = next((said for key, said in attributes.items() if key[-3:] == ":id"), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((unescape(attributes.get("name", "")), relation, hidden))
            if len(self.sheets) > MOST_SHEETS:
                raise UnreadableMetadata(f"The workbook has more than {MOST_SHEETS:,} sheets.")
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0").lower() in {"1", "true", "on"}


class _Texts(PartHandler):
    """Hears the shared texts; pieces of rich text are one text, readings above it none."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__()
        self._texts = texts
        self._pieces: list[str] = []
        self._inside = False
        self._reading = False

    def started(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._reading = True
        self._inside = name == "t" and not self._reading

    def ended(self, name: str) -> None:
        self._inside = False
        if name == "rPh":
            self._reading = False
        elif name == "si":
            # One more than allowed, so that the cell says it is too long.
            self._texts.append(unescape("".join(self._pieces))[: LONGEST_CELL + 1])
            if len(self._texts) > MOST_TEXTS:
                raise UnreadableMetadata(
                    f"The workbook has more than {MOST_TEXTS:,} texts. Split it into several files."
                )

    def text(self, characters: str) -> None:
        if self._inside:
            self._pieces.append(characters)


class _Styles(PartHandler):
    """Hears which number format each style of a cell has."""

    def __init__(self, formats: list[NumberFormat]) -> None:
        super().__init__()
        self._formats = formats
        self._own: dict[str, NumberFormat] = {}
        self._of_cells = False

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "cellXfs":
            self._of_cells = True
        elif name == "numFmt":
            code = unescape(attributes.get("formatCode", ""))
            self._own[attributes.get("numFmtId", "")] = parse_format(code)
        elif name == "xf" and self._of_cells:
            number = attributes.get("numFmtId", "0")
            form = self._own.get(number)
            if form is None:
                known = BUILT_IN.get(int(number)) if number.isdecimal() else None
                form = parse_format(known) if known else GENERAL
            self._formats.append(form)
            if len(self._formats) > MOST_FORMATS:
                raise UnreadableMetadata(
                    "The workbook has too many formats. Copy its cells into a new workbook."
                )

    def ended(self, name: str) -> None:
        if name == "cellXfs":
            self._of_cells = False
