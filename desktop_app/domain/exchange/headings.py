"""Headings of columns and names of sheets: which of our fields they mean, and how to write them."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache

from ..fields import APPRAISAL_FIELDS, FINDING_FIELDS, RECORD_FIELDS, FieldDefinition
from ..text import fold, forms, german_folds
from .heading_words import PARTS, RECORDS, SHEETS

LANGUAGES = ("en", "fr", "de", "sv", "ar")
"""The order of the languages in `heading_words`."""

CONTINUED = "continued"
"""Stands behind a heading whose texts were too long for one cell: "Overview: continued"."""

_ENTRY = re.compile(r"^(\w+) = ", re.MULTILINE)
_ASIDE = re.compile(r"\([^()]*\)|\[[^][]*\]")
_PLURAL_END = re.compile(r"\b([^\W\d_]{2,})\((?:s|es|en|e|er|n|in|innen)\)", re.IGNORECASE)
_LONGEST_HEADING = 200


class SheetKind(StrEnum):
    """What one sheet holds: entries of one kind, or where their values were read."""

    RECORDS = "records"
    FINDINGS = "findings"
    APPRAISALS = "appraisals"
    EVIDENCE = "evidence"


DEFINITIONS: Mapping[SheetKind, Mapping[str, FieldDefinition]] = {
    SheetKind.RECORDS: RECORD_FIELDS,
    SheetKind.FINDINGS: FINDING_FIELDS,
    SheetKind.APPRAISALS: APPRAISAL_FIELDS,
    SheetKind.EVIDENCE: {},
}
"""The fields of the entries of a sheet."""

COLUMNS: Mapping[SheetKind, tuple[str, ...]] = {
    SheetKind.RECORDS: ("id", "file", *RECORD_FIELDS),
    SheetKind.FINDINGS: ("id", "record", *FINDING_FIELDS),
    SheetKind.APPRAISALS: ("id", "record", *APPRAISAL_FIELDS),
    SheetKind.EVIDENCE: (
        "entry", "field", "value", "state", "page", "quote", "document", "coder", "date",
    ),
}  # fmt: skip
"""All columns of a sheet in their order: fields, and "id", "file", "record", "entry" ..."""


def field_of(heading: str, sheet: SheetKind | None = None) -> str | None:
    """Return the field or pseudo-field that a column of this heading holds; None for no known one.

    Headings are understood in all five languages. Without a sheet, those of records come first,
    then those of findings, appraisals and evidence.
    """
    sheets = list(SheetKind) if sheet is None else [sheet]
    for key in _typed_keys(heading):
        for known in sheets:
            if (field := _fields_by_key()[known].get(key)) is not None:
                return field
    return None


def heading(field: str, language: str) -> str:
    """Return what to head a column with; for what is no field of ours the name itself."""
    words = _words().get(field)
    return words[language][0] if words and language in words else field


def sheet_of(name: str) -> SheetKind | None:
    """Return what a sheet of this name holds; None for a name that says nothing."""
    return next((_kinds_by_key()[key] for key in _typed_keys(name) if key in _kinds_by_key()), None)


def sheet_name(sheet: SheetKind, language: str) -> str:
    """Return what to call a sheet."""
    return _sheet_words()[sheet][language][0]


def other_sheet_name(sheet: str, language: str) -> str:
    """Return what to call the sheet "guide" or "lists" of the template."""
    return _sheet_words()[sheet][language][0]


def guess_sheet(columns: Iterable[str]) -> SheetKind:
    """Return which sheet a table with these headings is most likely: the one that knows most."""
    headings = list(columns)
    known = {
        sheet: sum(field_of(heading, sheet) is not None for heading in headings)
        for sheet in SheetKind
    }
    return max(known, key=lambda sheet: known[sheet])


def continued(heading: str, language: str) -> str:
    """Return the heading of a column that holds the rest of another one's texts."""
    return f"{heading}: {_words()[CONTINUED][language][0]}"


def continued_column(heading: str) -> str | None:
    """Return the heading whose texts go on in this column; None for an ordinary column."""
    before, colon, after = heading.rpartition(": ")
    names = {name for names in _words()[CONTINUED].values() for name in names}
    return before if colon and after in names else None


@cache
def _words() -> dict[str, dict[str, tuple[str, ...]]]:
    return _parsed(RECORDS) | _parsed(PARTS)


@cache
def _sheet_words() -> dict[str, dict[str, tuple[str, ...]]]:
    return _parsed(SHEETS)


@cache
def _fields_by_key() -> dict[SheetKind, dict[str, str]]:
    found: dict[SheetKind, dict[str, str]] = {}
    for sheet, columns in COLUMNS.items():
        keys = found[sheet] = {}
        # Later ones win: the "record id" of a finding is the id of its record.
        for field in columns:
            for names in ((field,), *_words()[field].values()):
                for name in names:
                    keys |= dict.fromkeys(_stored_keys(name), field)
    return found


@cache
def _kinds_by_key() -> dict[str, SheetKind]:
    return {
        key: kind
        for kind in SheetKind
        for names in _sheet_words()[kind].values()
        for name in names
        for key in _stored_keys(name)
    }


def _parsed(table: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the words of each entry by language, the one to write first."""
    entries = _ENTRY.split(table)[1:]
    found = {}
    for name, text in zip(entries[::2], entries[1::2], strict=True):
        languages = zip(LANGUAGES, " ".join(text.split()).split("|"), strict=True)
        found[name] = {
            language: tuple(word.strip() for word in words.split(";"))
            for language, words in languages
        }
    return found


def _typed_keys(heading: str) -> Iterable[str]:
    """Return under which keys to look for a heading, the most exact first."""
    text = heading[:_LONGEST_HEADING]
    plural = _PLURAL_END.sub(r"\1", text)
    return tuple(dict.fromkeys(filter(None, map(_key, (text, plural, _ASIDE.sub(" ", text))))))


def _stored_keys(name: str) -> set[str]:
    """Return the key of a name, and of its German spelling without umlauts."""
    spelled = " ".join(next(iter(german_folds(form)), form) for form in forms(name))
    return {_key(name), _key(spelled)}


def _key(text: str) -> str:
    return " ".join(_without_article(fold(form)) for form in forms(text.replace("_", " ")))


def _without_article(form: str) -> str:
    return form[2:] if form.startswith("ال") and len(form) > 4 else form
