"""Which column of a metadata file holds which field: guessed, corrected by people, kept in a file.

A mapping file is JSON:
`{"evaluation_archive_mapping": 1, "sheets": [{"name": "Reports", "holds": "records",
"columns": {"Titel": "title", "Bemerkung": "other", "Intern": "ignore"}}]}`.
`holds` is a `SheetKind`, or "ignore" for a sheet that is left out.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..fields import RECORD_FIELDS
from .headings import COLUMNS, SheetKind, continued_column, field_of, guess_sheet, sheet_of
from .other_fields import OTHER
from .rows import MetadataFile, MetadataFormat, Sheet

IGNORED = "ignore"
"""Stands for a column, or a sheet, that is left out."""
REASON_COLUMNS = ("Why it was refused", "Cell that was refused")
"""Columns that the program adds to refused rows; never read."""
REASON_TAGS: Mapping[MetadataFormat, str] = {
    MetadataFormat.RIS: "ZZ",
    MetadataFormat.BIBTEX: "refused",
    MetadataFormat.CSL_JSON: "refused",
}
"""Where refused entries of bibliographies say why, behind `REASON_MARK`; never read."""
REASON_MARK = "Refused: "

_VERSION = "evaluation_archive_mapping"
_ITEMS = frozenset({MetadataFormat.RIS, MetadataFormat.BIBTEX, MetadataFormat.CSL_JSON})


class InvalidMapping(Exception):
    """A mapping file can't be used: `reason` says why, in English, and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """What the columns of one sheet hold.

    `kind` is None for a sheet that is left out. `columns` gives for each column a field, "id",
    "file", "record" ..., `OTHER` for what is kept beside the fields, or `IGNORED`. Of a
    bibliography it names only the columns that mean something else than usual.
    """

    name: str
    kind: SheetKind | None
    columns: Mapping[str, str] = field(default_factory=dict)

    def fields(self) -> dict[str, str]:
        """Return the columns that hold a field or pseudo-field, with it."""
        return {
            column: name for column, name in self.columns.items() if name not in {OTHER, IGNORED}
        }

    def with_column(self, column: str, name: str) -> "SheetMapping":
        """Return the mapping with one column changed."""
        return replace(self, columns={**self.columns, column: name})


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What the columns of a file hold, sheet by sheet in the order of the file."""

    sheets: tuple[SheetMapping, ...]

    def of(self, name: str) -> SheetMapping | None:
        """Return the mapping of a sheet, by its name in any case."""
        wanted = name.strip().casefold()
        return next((one for one in self.sheets if one.name.strip().casefold() == wanted), None)

    def with_sheet(self, changed: SheetMapping) -> "ColumnMapping":
        """Return the mapping with one sheet's changed."""
        return ColumnMapping(
            tuple(changed if one.name == changed.name else one for one in self.sheets)
        )


def choices(form: MetadataFormat, kind: SheetKind) -> tuple[str, ...]:
    """Return what a column of a sheet can be said to hold, in the order to show it."""
    names = tuple(RECORD_FIELDS) if form in _ITEMS else COLUMNS[kind]
    return (*names, OTHER, IGNORED) if kind is SheetKind.RECORDS else (*names, IGNORED)


def guess_mapping(file: MetadataFile) -> ColumnMapping:
    """Return what the columns of a file hold, by their headings in five languages."""
    if file.format in _ITEMS:
        return ColumnMapping(tuple(SheetMapping(s.name, SheetKind.RECORDS) for s in file.sheets))
    return ColumnMapping(tuple(map(_guessed, file.sheets)))


def adapt_mapping(mapping: ColumnMapping, file: MetadataFile) -> ColumnMapping:
    """Return a mapping for all sheets and columns of a file; what it does not name is guessed.

    Where mapping and file have one sheet each, the sheet may be called otherwise.
    """
    guessed = guess_mapping(file)
    alone = len(mapping.sheets) == len(guessed.sheets) == 1
    found = []
    for guess, sheet in zip(guessed.sheets, file.sheets, strict=True):
        said = mapping.sheets[0] if alone else mapping.of(guess.name)
        found.append(guess if said is None else _adapted(said, guess, sheet))
    return ColumnMapping(tuple(found))


def dump_mapping(mapping: ColumnMapping) -> str:
    """Return a mapping as the text of a mapping file."""
    sheets = [
        {
            "name": sheet.name,
            "holds": IGNORED if sheet.kind is None else sheet.kind.value,
            "columns": dict(sheet.columns),
        }
        for sheet in mapping.sheets
    ]
    return json.dumps({_VERSION: 1, "sheets": sheets}, ensure_ascii=False, indent=2) + "\n"


def parse_mapping(text: str) -> ColumnMapping:
    """Return the mapping that a mapping file holds; raises `InvalidMapping`.

    Fields may be named by their headings in any of the five languages.
    """
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidMapping(f"The mapping is no JSON ({error}).") from error
    if not isinstance(said, Mapping) or _VERSION not in said:
        raise InvalidMapping(
            f'The mapping has to be a JSON object with the key "{_VERSION}". Save one in the '
            "import window, or with --save-mapping."
        )
    if said[_VERSION] != 1:
        raise InvalidMapping(
            "The mapping was made by a later release of the program. Update the program, or make "
            "the mapping again."
        )
    sheets = said.get("sheets")
    if not isinstance(sheets, list) or not sheets:
        raise InvalidMapping('The mapping names no "sheets".')
    return ColumnMapping(tuple(_parsed(sheet) for sheet in sheets))


def _guessed(sheet: Sheet) -> SheetMapping:
    kind = sheet_of(sheet.name) or guess_sheet(sheet.columns)
    return SheetMapping(sheet.name, kind, _columns(sheet.columns, kind, {}))


def _columns(columns: Iterable[str], kind: SheetKind, said: Mapping[str, str]) -> dict[str, str]:
    """Return what each column holds: what was said, else the guess; a field is guessed once."""
    rest = OTHER if kind is SheetKind.RECORDS else IGNORED
    taken = set(said.values())
    found: dict[str, str] = {}
    for column in columns:
        if continued_column(column) is not None:
            continue
        name = said.get(column) or field_of(column, kind)
        if column in REASON_COLUMNS:
            name = IGNORED
        elif column not in said and name in taken:
            name = None
        found[column] = name or rest
        taken.add(found[column])
    return found


def _adapted(said: SheetMapping, guess: SheetMapping, sheet: Sheet) -> SheetMapping:
    if said.kind is None:
        return replace(guess, kind=None)
    known = {column.strip().casefold(): name for column, name in said.columns.items()}
    named = {
        column: known[column.strip().casefold()]
        for column in sheet.columns
        if column.strip().casefold() in known
    }
    if not guess.columns and sheet.columns:
        return SheetMapping(guess.name, said.kind, named)
    return SheetMapping(guess.name, said.kind, _columns(sheet.columns, said.kind, named))


def _parsed(sheet: object) -> SheetMapping:
    if not isinstance(sheet, Mapping):
        raise InvalidMapping('Each of "sheets" has to be a JSON object.')
    name, holds, columns = (
        sheet.get("name", ""),
        sheet.get("holds", "records"),
        sheet.get("columns"),
    )
    if not isinstance(name, str) or not isinstance(holds, str):
        raise InvalidMapping('"name" and "holds" of a sheet have to be texts.')
    if holds == IGNORED:
        return SheetMapping(name, None)
    if holds not in list(SheetKind):
        kinds = ", ".join((*SheetKind, IGNORED))
        raise InvalidMapping(f'A sheet can\'t hold "{holds}". It takes: {kinds}.')
    kind = SheetKind(holds)
    if not isinstance(columns, Mapping) or not all(isinstance(v, str) for v in columns.values()):
        raise InvalidMapping(
            f'"columns" of the sheet "{name}" has to give a field for each column.'
        )
    return SheetMapping(name, kind, {c: _field(kind, c, said) for c, said in columns.items()})


def _field(kind: SheetKind, column: str, said: str) -> str:
    allowed: Sequence[str] = (*COLUMNS[kind], OTHER, IGNORED)
    found = said if said in allowed else field_of(said, kind)
    if found is None:
        raise InvalidMapping(
            f'The mapping gives the column "{column}" to the field "{said}", which does not exist. '
            f'It takes the name of a field, "{OTHER}" or "{IGNORED}".'
        )
    return found
