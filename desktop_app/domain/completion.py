"""What a person may be about to type in a query: fields, and values of the field at hand."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from .concepts import LabelUse
from .exchange.headings import LANGUAGES
from .label_index import typed_key
from .query_fields import (
    APPRAISALS,
    FILE,
    FINDINGS,
    HAS,
    NOTES,
    QUERY_FIELDS,
    Comparison,
)
from .query_lexemes import FIELD_NAME
from .query_names import (
    QueryNames,
    begun_keys,
    field_name,
    find_field,
    joined_key,
    languages_of,
    presence_name,
)

MOST = 12
"""So many completions are offered at a time."""
_SHORTEST_FREE = 2
"""Letters of a word without a field from which on fields and tags are offered for it."""
_LONGEST_TYPED = 80

_BEGUN = re.compile(
    rf"""(?P<before>^|[\s(-])
    (?:(?P<field>{FIELD_NAME}):(?P<others>(?:"[^"]*"[,،]|[^\s(),،"]+[,،])*))?
    (?P<value>"[^"]*|[^\s(),،"]*)$""",
    re.VERBOSE,
)
_BARE = re.compile(r"[\w./'’-]+$")

ValuesInUse = Callable[[str], Mapping[str, int]]
"""Gives the values of a field that records hold, each with the number of records."""


class CompletionKind(StrEnum):
    """What a completion is."""

    FIELD = "field"
    VALUE = "value"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Completion:
    """A way to go on: `text` takes the place of the characters `start` to `end` of the query.

    `label` is what to show, `count` the number of records that hold the value, where known.
    """

    start: int
    end: int
    text: str
    label: str
    kind: CompletionKind
    count: int | None = None


def complete(
    text: str, cursor: int, names: QueryNames, in_use: ValuesInUse, language: str = "en"
) -> list[Completion]:
    """Return how the query may go on at the cursor, the likeliest first; never raises.

    After a field's colon: its values, in the language in which the field is written (`language`
    where that does not tell), or in which the value begins so. Else fields and tags.
    """
    cursor = max(0, min(cursor, len(text)))
    begun = _BEGUN.search(text, max(0, cursor - _LONGEST_TYPED), cursor)
    if begun is None:
        return []
    typed = begun["value"].removeprefix('"')
    start = begun.start("value")
    if begun["field"] is None:
        if len(joined_key(typed)) < _SHORTEST_FREE or begun["value"].startswith('"'):
            return []
        found = [
            Completion(start, cursor, f"{name}:", f"{name}:", CompletionKind.FIELD)
            for name in _field_names(typed, language)
        ]
        prefix = f"{field_name('tag', language)}:"
        found += [
            Completion(start, cursor, prefix + _written(tag), tag, CompletionKind.TAG, count)
            for tag, count in _texts(typed, in_use("tag"))
        ]
        return found[:MOST]
    field = find_field(begun["field"])
    if field is None:
        return []
    languages = languages_of(begun["field"]) or (language,)
    if language in languages:
        languages = (language,)
    match QUERY_FIELDS[field].comparison:
        case Comparison.CODE:
            offered = _codes(names, field, typed, languages, in_use(field))
        case Comparison.PRESENCE:
            offered = [(name, None) for name in _presences(typed, languages[0])]
        case Comparison.LABEL | Comparison.WORDS:
            offered = list(_texts(typed, in_use(field)))
        case Comparison.TEXT if field == "author":
            offered = list(_texts(typed, in_use(field)))
        case Comparison.NUMBER if field == "year":
            years = sorted(in_use(field).items(), reverse=True)
            offered = [(year, count) for year, count in years if year.startswith(typed)]
        case _:
            offered = []
    kind = CompletionKind.TAG if field == "tag" else CompletionKind.VALUE
    return [
        Completion(start, cursor, _written(label), label, kind, count)
        for label, count in offered[:MOST]
    ]


def _field_names(typed: str, language: str) -> list[str]:
    """Return names of fields that begin so, in one language: the person's, else the first."""
    keys = tuple(key.replace(" ", "") for key in begun_keys(typed.replace("_", " ")))
    for each in dict.fromkeys((language, *LANGUAGES)):
        known = [field_name(field, each) for field in QUERY_FIELDS]
        found = [name for name in known if joined_key(name).startswith(keys)]
        if found:
            return list(dict.fromkeys(found))
    return []


def _codes(
    names: QueryNames,
    field: str,
    typed: str,
    languages: tuple[str, ...],
    counts: Mapping[str, int],
) -> list[tuple[str, int | None]]:
    """Return labels of values that fit, one a value: begun so before containing such a word."""
    keys = begun_keys(typed)
    fitting = [
        (name, fit)
        for name, known in names.offered(field)
        if (fit := _fit(known, keys)) is not None
    ]
    spoken = [item for item in fitting if item[0].language in languages]
    best: dict[str, tuple[tuple[int, ...], str]] = {}
    for name, fit in spoken or fitting:
        rank = fit, name.use is not LabelUse.PREFERRED, -counts.get(name.code, 0)
        if name.code not in best or rank < best[name.code][0]:
            best[name.code] = rank, name.text
    ordered = sorted(best.items(), key=lambda item: (item[1][0], item[1][1].casefold()))
    return [(label, counts.get(code, 0) if counts else None) for code, (_, label) in ordered]


def _presences(typed: str, language: str) -> list[str]:
    keys = begun_keys(typed)
    wanted = (FINDINGS, FILE, NOTES, APPRAISALS, *(name for name in QUERY_FIELDS if name != HAS))
    offered = dict.fromkeys(presence_name(what, language) for what in wanted)
    return [name for name in offered if typed_key(name.replace("_", " ")).startswith(keys)]


def _texts(typed: str, counts: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    """Return texts in use of which a word begins so, the most used first."""
    keys = begun_keys(typed)
    found = [
        (fit, -count, text)
        for text, count in counts.items()
        if (fit := _fit(_key(text), keys)) is not None
    ]
    return [(text, -count) for _, count, text in sorted(found)]


def _fit(known: str, keys: tuple[str, ...]) -> int | None:
    """Return 0 for a name that begins so, 1 for one of which a word does; else None."""
    if known.startswith(keys):
        return 0
    return 1 if any(f" {key}" in known for key in keys) else None


def _written(value: str) -> str:
    """Return a value as it stands in a query: in quotes where it is more than a word."""
    return value if _BARE.match(value) else '"' + value.replace('"', "") + '"'


@lru_cache(maxsize=20_000)
def _key(text: str) -> str:
    """Return the key of a text in use: the same ones are compared at every letter typed."""
    return typed_key(text)
