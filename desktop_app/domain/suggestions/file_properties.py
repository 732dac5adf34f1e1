"""What the file says of its document in its XMP and its document information.

Nobody sees these properties, so that nobody puts them right: what is printed goes before them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from ..document_properties import property_lines
from ..language import UNDETERMINED, detect_language
from ..titles import clean_line
from .excerpt import key_of
from .identifiers import find_dois, find_isbns
from .marks import find_licence
from .months import YEAR
from .values import Source, Suggestion

_DOI_CUE = re.compile(r"doi[\s:.]|doi\.org", re.IGNORECASE)
_ISBN_CUE = re.compile(r"isbn", re.IGNORECASE)
_MOST_ISBNS = 3
_PUBLISHED = re.compile(rf"\s?(?P<year>{YEAR})")
_DATE_OF_FILE = re.compile(r"\d{4}-\d\d-\d\dT|D:\d{14}")
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8}){0,4}")
_LONG_CODES = {
    "ara": "ar", "eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "swe": "sv",
}  # fmt: skip
_NO_CODES = frozenset({"und", "zxx", "mul", "mis"})
_NO_NAME = re.compile(
    r"\b(?:unknown|anonymous|user|admin\w*|untitled|default|microsoft|adobe|acrobat|office|scan\w*"
    r"|latex|ghostscript|publisher|author)\b|[@\\]|://|\.(?:docx?|pdf|indd)\b",
    re.IGNORECASE,
)
_NO_TAG = re.compile(r"[@\\]|://")
_SENTENCE = re.compile(r"[^\W\d_]{2,}[»”\")]?[.!?؟](?:\s|$)")
_LEAST_WORDS, _LEAST_LENGTH = 15, 80
_MOST_TAGS, _LONGEST_TAG, _MOST_TAG_WORDS = 12, 60, 6
_NAMED, _DATED, _CODED, _WEAK = 0.55, 0.5, 0.45, 0.4

_Named = tuple[str, str]


def suggest_from_properties(source: Source, found: Iterable[Suggestion]) -> list[Suggestion]:
    """Return what only the file's properties say, all of it less sure than what is printed.

    `found` are the suggestions of the text; what is among them is not suggested again.
    """
    said = source.properties
    known = {(each.field, key_of(str(each.value))) for each in found}
    titles = {value for field, value in known if field == "title"}
    titles |= {key_of(said.get(name, "")) for name in ("Title", "dc:title")}
    suggested = [
        *_suggest("doi", property_dois(said), _NAMED, "doi_property"),
        *_suggest("isbn", property_isbns(said), _NAMED, "isbn_property"),
        *_suggest("year", property_years(said), _DATED, "year_property"),
        *_suggest("licence", _licences(said), _DATED, "licence_property"),
        *_suggest("publisher", _publishers(said), _DATED, "publisher_property"),
        *_suggest("language", _languages(said), _CODED, "language_property"),
        *_suggest("overview", _overviews(said, titles), _DATED, "overview_property"),
        *_suggest("tag", _tags(said, titles), _WEAK, "tag_property"),
    ]
    return [each for each in suggested if (each.field, key_of(str(each.value))) not in known]


def property_dois(properties: Mapping[str, str]) -> list[_Named]:
    """Return the DOI that the properties name, and where, as a list of one; [] for several."""
    named = [
        (doi, line)
        for line in property_lines(properties, "prism:doi", "dc:identifier")
        for doi in find_dois(line)
    ]
    if not named:
        named = [
            (doi, line)
            for line in property_lines(properties, "Subject", "dc:description", "Title", "dc:title")
            if _DOI_CUE.search(line)
            for doi in find_dois(line)
        ]
    # Two are those of a series, or of works that the document speaks of.
    return named[:1] if len({doi.lower() for doi, _ in named}) == 1 else []


def property_isbns(properties: Mapping[str, str]) -> list[_Named]:
    """Return the ISBNs that the properties name, and where, each as digits only."""
    cued = [line for line in property_lines(properties, "dc:identifier") if _ISBN_CUE.search(line)]
    lines = [*property_lines(properties, "prism:isbn"), *cued]
    return [(isbn, line) for line in lines for isbn in find_isbns(line)][:_MOST_ISBNS]


def property_years(properties: Mapping[str, str]) -> list[tuple[int, str]]:
    """Return the year of the publication date, and where it stands; [] without one."""
    dates = property_lines(properties, "prism:publicationDate", "dc:date")
    # A time of day is that of the file.
    days = [line for line in dates if not _DATE_OF_FILE.match(line)]
    found = ((match, line) for line in days if (match := _PUBLISHED.match(line)))
    return [(int(match["year"]), line) for match, line in found][:1]


def _suggest(
    field: str, values: Iterable[tuple[str | int, str]], confidence: float, rule: str
) -> Iterator[Suggestion]:
    seen: set[str] = set()
    for value, quote in values:
        key = key_of(str(value))
        if key not in seen:
            seen.add(key)
            yield Suggestion(field, value, None, quote, confidence, rule)


def _licences(properties: Mapping[str, str]) -> list[_Named]:
    lines = property_lines(properties, "xmpRights:WebStatement", "dc:rights")
    return [(licence, line) for line in lines if (licence := find_licence(line))][:1]


def _publishers(properties: Mapping[str, str]) -> list[_Named]:
    return [
        (clean_line(line), line)
        for line in property_lines(properties, "dc:publisher")
        if sum(map(str.isalpha, line)) > len(line) // 2 and not _NO_NAME.search(line)
    ][:1]


def _languages(properties: Mapping[str, str]) -> Iterator[_Named]:
    for line in property_lines(properties, "dc:language"):
        match = _CODE.fullmatch(line)
        if match and match[1].lower() not in _NO_CODES:
            code = match[1].lower()
            yield _LONG_CODES.get(code, code), line


def _overviews(properties: Mapping[str, str], titles: set[str]) -> list[_Named]:
    """Return the description where it is one: sentences, and not the title again."""
    return [
        (" ".join(line.split()), line)
        for line in property_lines(properties, "dc:description", "Subject")
        if len(line) >= _LEAST_LENGTH
        and len(line.split()) >= _LEAST_WORDS
        and _SENTENCE.search(line)
        and detect_language(line) != UNDETERMINED
        and key_of(line) not in titles
    ][:1]


def _tags(properties: Mapping[str, str], titles: set[str]) -> list[_Named]:
    found: list[_Named] = []
    for line in property_lines(properties, "dc:subject", "pdf:Keywords", "Keywords"):
        separator = next((mark for mark in ";؛,،" if mark in line), None)
        parts = line.split(separator) if separator else [line]
        found += [
            (tag, line) for part in parts if (tag := _tag(part)) and key_of(tag) not in titles
        ]
    # Words without anything between them may be one keyword or several.
    return [
        (tag, line) for tag, line in found if tag != line or len(tag.split()) <= 2 or len(found) > 1
    ][:_MOST_TAGS]


def _tag(part: str) -> str:
    tag = clean_line(part).strip(" .\"'")
    short = 2 <= len(tag) <= _LONGEST_TAG and len(tag.split()) <= _MOST_TAG_WORDS
    return tag if short and any(map(str.isalpha, tag)) and not _NO_TAG.search(tag) else ""
