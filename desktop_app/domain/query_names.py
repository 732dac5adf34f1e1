"""Names of fields and of their values, in the five languages, as people type them in a query.

Compared after `fold`, without the Arabic article and without what stands between words, so that
case, accents, spelling variants, hyphens and underscores do not matter.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from .concepts import LabelUse
from .exchange.headings import LANGUAGES, SheetKind, field_of, heading, sheet_name, sheet_of
from .fields import FINDING_FIELDS, RECORD_FIELDS
from .label_index import typed_key
from .query_fields import (
    APPRAISALS,
    FILE,
    FINDINGS,
    HAS,
    NOTES,
    QUERY_FIELDS,
)
from .text import forms, german_folds
from .word_tables import FIELD_WORDS, HAS_WORDS, LANGUAGE_NAMES, NOTE_WORDS, VALUE_WORDS

NEAR = 3
"""So many near values a remark names."""
_CLOSE = 0.7
_ARTICLE = "ال"
_SHEETS = (SheetKind.RECORDS, SheetKind.FINDINGS, SheetKind.APPRAISALS)
_PARTS = {SheetKind.FINDINGS: FINDINGS, SheetKind.APPRAISALS: APPRAISALS}


class ValueName(NamedTuple):
    """What the value `code` is called in a language; hidden names are understood, never said."""

    code: str
    text: str
    language: str
    use: LabelUse = LabelUse.PREFERRED


class QueryNames:
    """What fields and their values are called. Never changes; prepared field by field when asked.

    `values` gives the names of a field's codes, preferred ones before others; `narrower` the codes
    that a code stands for besides itself.
    """

    def __init__(
        self,
        values: Mapping[str, Sequence[ValueName]],
        narrower: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None,
    ) -> None:
        self._values = values
        self._narrower = narrower or {}
        self._known: dict[str, _FieldNames] = {}
        self._broader: dict[str, dict[str, list[str]]] = {}
        self._near = lru_cache(maxsize=500)(self._find_near)

    def find(self, field: str, typed: str) -> tuple[str, ...]:
        """Return the codes that `typed` stands for in a field of codes, narrower ones included.

        With "*" at its end it stands for every value that is called so or begins so. () where
        nothing is called so.
        """
        names = self._names(field)
        key = joined_key(typed)
        if not key:
            return ()
        if typed.rstrip().endswith("*"):
            found = [code for known, code in names.codes.items() if known.startswith(key)]
        else:
            found = [names.codes[key]] if key in names.codes else []
            if not found and field == "language":
                found = _language_tag(typed)
        below = self._narrower.get(field, {})
        return tuple(dict.fromkeys(one for code in found for one in (code, *below.get(code, ()))))

    def with_broader(self, field: str, codes: Iterable[str]) -> frozenset[str]:
        """Return these values of a record with the broader ones, by which it is found too."""
        above = self._above(field)
        return frozenset(found for code in codes for found in (code, *above.get(code, ())))

    def near(self, field: str, typed: str) -> tuple[str, ...]:
        """Return names of values of a field that `typed` may mean, the likeliest first."""
        return self._near(field, joined_key(typed)[:_LONGEST_NEAR])

    def label(self, field: str, code: str, language: str) -> str:
        """Return what to call a value in `language`, else in English, else the code itself."""
        labels = self._names(field).labels
        return labels.get((code, language)) or labels.get((code, "en")) or code

    def offered(self, field: str) -> Sequence[tuple[ValueName, str]]:
        """Return the names of a field's values but for hidden ones, each with its folded words."""
        return self._names(field).offered

    def _names(self, field: str) -> "_FieldNames":
        if field not in self._known:
            self._known[field] = _FieldNames(field, self._values.get(field, ()))
        return self._known[field]

    def _above(self, field: str) -> Mapping[str, Sequence[str]]:
        if field not in self._broader:
            found: dict[str, list[str]] = {}
            for code, below in self._narrower.get(field, {}).items():
                for one in below:
                    found.setdefault(one, []).append(code)
            self._broader[field] = found
        return self._broader[field]

    def _find_near(self, field: str, key: str) -> tuple[str, ...]:
        shown = self._names(field).shown
        begins = [text for known, text in shown.items() if known.startswith(key)]
        close = difflib.get_close_matches(key, shown, NEAR, _CLOSE) if len(begins) < NEAR else []
        found = dict.fromkeys((*sorted(begins, key=len), *(shown[one] for one in close)))
        return tuple(found)[:NEAR]


_LONGEST_NEAR = 40


class _FieldNames:
    """The names of one field's values by their keys.

    `offered` holds all names but hidden ones, each with its folded words, `codes` the code of each
    key, `shown` the name to offer for a key, `labels` the preferred name by code and language.
    """

    def __init__(self, field: str, names: Sequence[ValueName]) -> None:
        self.offered: list[tuple[ValueName, str]] = []
        self.codes: dict[str, str] = {}
        self.shown: dict[str, str] = {}
        self.labels: dict[tuple[str, str], str] = {}
        known = QUERY_FIELDS.get(field)
        own = known.definition.codes if known and known.definition else ()
        for code in dict.fromkeys((*own, *(name.code for name in names))):
            self._understand(code, code)
        for use in LabelUse:
            for name in names:
                if name.use is use:
                    self._take(name)
        for code, words in VALUE_WORDS.get(field, {}).items():
            for word in words.split():
                self._understand(word, code)

    def _take(self, name: ValueName) -> None:
        key = self._understand(name.text, name.code)
        if name.use is LabelUse.HIDDEN:
            return
        self.shown.setdefault(key, name.text)
        self.offered.append((name, typed_key(name.text)))
        if name.use is LabelUse.PREFERRED:
            self.labels.setdefault((name.code, name.language), name.text)

    def _understand(self, text: str, code: str) -> str:
        key = joined_key(text)
        for known in (key, _spelled_key(text)):
            if known:
                self.codes.setdefault(known, code)
        return key


def joined_key(text: str) -> str:
    """Return what ways of typing a name have in common; "" for no words."""
    return typed_key(text.replace("_", " ")).replace(" ", "")


def begun_keys(text: str) -> tuple[str, ...]:
    """Return the keys of names that may begin so, words apart.

    Of an Arabic article that was only begun nobody knows yet that it is one.
    """
    key = typed_key(text)
    return (key, key.removeprefix(_ARTICLE)) if key.startswith(_ARTICLE) else (key,)


def find_field(name: str) -> str | None:
    """Return the field of the query language that a person means by `name`, or None."""
    return _field_of(joined_key(name[:_LONGEST_NAME]), name[:_LONGEST_NAME])


_LONGEST_NAME = 60


@lru_cache(maxsize=2_000)
def _field_of(key: str, name: str) -> str | None:
    if not key:
        return None
    known = _short_names().get(key)
    if known is not None:
        return known
    for sheet in _SHEETS:
        found = field_of(name, sheet)
        if found in QUERY_FIELDS:
            return found
    return None


def find_presence(name: str) -> str | None:
    """Return what `has:` asks for by `name`: a part of a record, or a field of it or a finding."""
    key = joined_key(name)
    if not key:
        return None
    if key in _keyed(NOTE_WORDS.split()):
        return NOTES
    part = sheet_of(name)
    if part in _PARTS:
        return _PARTS[part]
    if _short_names().get(key, HAS) != HAS:
        return _short_names()[key]
    found = field_of(name, SheetKind.RECORDS)
    if found == FILE or found in RECORD_FIELDS:
        return found
    found = field_of(name, SheetKind.FINDINGS)
    return found if found in FINDING_FIELDS and found != "document" else None


def field_name(field: str, language: str) -> str:
    """Return how to write a field in a query: one word in `language`."""
    if field == HAS:
        return HAS_WORDS[language].split()[0]
    if language == "en":
        return field
    before_aside = heading(field, language).partition("(")[0]
    return "_".join(forms(before_aside)) or field


def presence_name(what: str, language: str) -> str:
    """Return how to write what `has:` asks for, as `field_name` does."""
    if what == NOTES:
        return NOTE_WORDS.split()[LANGUAGES.index(language)]
    for sheet, part in _PARTS.items():
        if what == part:
            return sheet_name(sheet, language).lower()
    return field_name(what, language)


def languages_of(name: str) -> tuple[str, ...]:
    """Return the languages in which a field is written as `name`."""
    field = find_field(name)
    key = joined_key(name)
    return tuple(
        language
        for language in LANGUAGES
        if field is not None and joined_key(field_name(field, language)) == key
    )


def language_names() -> list[ValueName]:
    """Return the names of the five languages."""
    return [
        ValueName(code, name, language)
        for code, names in LANGUAGE_NAMES.items()
        for language, name in zip(LANGUAGES, names.split(), strict=True)
    ]


def _language_tag(typed: str) -> list[str]:
    """Return what looks like the code of a language, of which there are many more than five."""
    main = typed.strip().partition("-")[0]
    return [typed.strip().lower()] if main.isascii() and main.isalpha() and len(main) == 2 else []


def _spelled_key(text: str) -> str:
    """Return the key of a name as it is typed without umlauts: "oesterreich"."""
    words = text.replace("_", " ")
    return "".join(next(iter(german_folds(form)), typed_key(form)) for form in forms(words))


def _keyed(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(joined_key, words))


@cache
def _short_names() -> dict[str, str]:
    found = {joined_key(HAS): HAS}
    for field, words in FIELD_WORDS.items():
        found |= dict.fromkeys(_keyed(words.split()), field)
    for words in HAS_WORDS.values():
        found |= dict.fromkeys(_keyed(words.split()), HAS)
    return found


PLAIN_NAMES = QueryNames({"language": language_names()})
"""Knows fields, codes and what is built in; `services` adds the vocabulary and the countries."""
