"""The values of CSL variables: names, dates and texts, to the texts of cells and back."""

import json
import re
from collections.abc import Mapping, Sequence

from .names import join_name, split_name

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]

NAMES = frozenset(
    """
    author chair collection-editor compiler composer container-author contributor curator director
    editor editor-translator editorial-director executive-producer guest host illustrator
    interviewer narrator organizer original-author performer producer recipient reviewed-author
    script-writer series-creator translator
    """.split()
)
DATES = frozenset("accessed available-date event-date issued original-date submitted".split())
_LISTS = frozenset({"categories"})

_DATE = re.compile(r"(-?\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DIGITS = re.compile(r"-?\d{1,4}")
_SEASONS = 20
"""EDTF counts the seasons from 21 (spring) to 24 (winter), CSL from 1."""
_MOST_DEPTH = 20
_TOO_DEEP = "…"


def cell_texts(column: str, value: Json) -> list[str]:
    """Return what a variable holds: one text a name, otherwise one."""
    if isinstance(value, str):
        return [_clean(value)]
    if isinstance(value, Mapping):
        if column in DATES:
            return [_date(value)]
        return [_name(value)] if column in NAMES else [_dumped(value)]
    if isinstance(value, Sequence):
        return [text for element in value for text in _element(column, element)]
    return [] if value is None else [_dumped(value)]


def _element(column: str, element: Json) -> list[str]:
    if isinstance(element, str):
        return [_clean(element)]
    if isinstance(element, Mapping) and (column in NAMES or not _NAME_PARTS.isdisjoint(element)):
        return [_name(element)]
    return [_dumped(element)]


_NAME_PARTS = frozenset({"family", "given", "literal"})


def encode_texts(column: str, texts: list[str]) -> Json:
    """Return a variable that `cell_texts` reads as these texts."""
    if column in NAMES:
        return [_encode_name(text) for text in texts]
    if column in _LISTS:
        return list(texts)
    if len(texts) > 1:
        return [_encode_text(text) for text in texts]
    return _encode_date(texts[0]) if column in DATES else _encode_text(texts[0])


def _name(parts: Mapping[str, Json]) -> str:
    """Return a name as the archive holds it, particles before the family name."""
    literal = _text(parts, "literal") or _text(parts, "name")
    if literal:
        return literal
    family = _text(parts, "family")
    for particle in ("non-dropping-particle", "dropping-particle"):
        before = _text(parts, particle)
        if before:
            family = before + ("" if before.endswith(("'", "’", "-")) else " ") + family
    return join_name(family.strip(), _text(parts, "given"), _text(parts, "suffix"))


def _text(parts: Mapping[str, Json], key: str) -> str:
    value = parts.get(key)
    return " ".join(_clean(value).split()) if isinstance(value, str) else ""


def _encode_name(name: str) -> Json:
    parts = split_name(name)
    if parts is None:
        return {"literal": name}
    family, given, suffix = parts
    return {"family": family, "given": given} | ({"suffix": suffix} if suffix else {})


def _date(parts: Mapping[str, Json]) -> str:
    """Return a date in EDTF; texts as they are, and JSON for what has no other form."""
    unknown = parts.keys() - {"date-parts", "raw", "literal", "season", "circa"}
    written = _text(parts, "literal") or _text(parts, "raw")
    ends = parts.get("date-parts")
    if not isinstance(ends, Sequence) or isinstance(ends, str) or not ends:
        return written or _dumped(parts)
    found = [_day(end) for end in ends[:2]]
    season = parts.get("season")
    if (
        isinstance(season, str)
        and season in {"", "1", "2", "3", "4"}
        and len(found) == 1
        and len(found[0]) == 4
    ):
        found = [f"{found[0]}-{_SEASONS + int(season)}"] if season else found
        season = None
    circa = parts.get("circa")
    is_circa = circa is True or (isinstance(circa, str) and circa not in {"", "0", "false"})
    if not all(found) or season or written or (unknown and not _is_from_crossref(unknown)):
        return _dumped(parts)
    return "/".join(found) + ("~" if is_circa else "")


def _is_from_crossref(keys: set[str]) -> bool:
    """Return whether the rest of a date only says the same day again."""
    return keys <= {"date-time", "timestamp"}


def _day(parts: Json) -> str:
    if not isinstance(parts, Sequence) or isinstance(parts, str) or not 1 <= len(parts) <= 3:
        return ""
    texts = [str(part).strip() if isinstance(part, str | int) else "" for part in parts]
    if not all(_DIGITS.fullmatch(text) for text in texts):
        return ""
    numbers = [int(text) for text in texts]
    if not 0 < numbers[0] <= 9999 or any(not 0 < number < 32 for number in numbers[1:]):
        return ""
    return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:])])


def _encode_date(text: str) -> Json:
    circa = text.endswith("~")
    ends = text.removesuffix("~").split("/")
    matches = [_DATE.fullmatch(end) for end in ends]
    if len(ends) > 2 or not all(matches):
        embedded = _encode_text(text)
        return {"literal": text} if isinstance(embedded, str) else embedded
    parts = [[int(part) for part in match.groups() if part] for match in matches if match]
    if len(parts) == 1 and len(parts[0]) == 2 and _SEASONS < parts[0][1] <= _SEASONS + 4:
        date: dict[str, Json] = {"date-parts": [parts[0][:1]], "season": parts[0][1] - _SEASONS}
    else:
        date = {"date-parts": parts}
    # Any other form, such as "99" for a year, has to stay a text.
    if _date(_as_read(date)) != text.removesuffix("~"):
        return {"literal": text}
    return date | ({"circa": True} if circa else {})


def _as_read(date: dict[str, Json]) -> dict[str, Json]:
    season = date.get("season")
    return date if season is None else date | {"season": str(season)}


def _encode_text(text: str) -> Json:
    """Return a text, or what the text of a whole object or list stands for."""
    if text.startswith(("{", "[")) and text.endswith(("}", "]")):
        try:
            found: Json = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
        except (ValueError, RecursionError):
            return text
        # A title such as "[1]" is a text; only what has the form of our own cells is not.
        if isinstance(found, Mapping) and _dumped(found) == text:
            return found
    return text


def _dumped(value: Json) -> str:
    return _clean(json.dumps(_cut(value, _MOST_DEPTH), ensure_ascii=False))


def _cut(value: Json, depth: int) -> Json:
    """Return a value without what is nested too deep to be written again."""
    if isinstance(value, str) or not isinstance(value, Mapping | Sequence):
        return value
    if depth == 0:
        return _TOO_DEEP
    if isinstance(value, Mapping):
        return {key: _cut(element, depth - 1) for key, element in value.items()}
    return [_cut(element, depth - 1) for element in value]


def _clean(text: str) -> str:
    r"""Return a text without halves of characters, which JSON can hold ("\ud800")."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
