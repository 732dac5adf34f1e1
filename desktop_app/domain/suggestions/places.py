"""Countries and places that a document is about, told by their names in five languages."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..text import fold, forms
from . import furniture
from .excerpt import Excerpt, Leaf, Line, before_references, is_contents_line
from .months import YEAR
from .phrases import Phrases
from .values import Mention, Suggestion

_DOUBTFUL, _NEVER = "?", "~"
_LANGUAGES = ("ar", "en", "fr", "de", "sv")
_FEWEST, _OFTEN = 5, 10
_LEAST_SHARE = 0.4
_LONGEST_ACRONYM = 4
_POSTCODE = re.compile(r"\b[A-Z]{1,2}-\d{4,6}\b|\b\d{5}\b")
_STATE = re.compile(
    r"\b(?:republic|government|ministry|kingdom|national|république|gouvernement|ministère|royaume"
    r"|republik|regierung|ministerium|bundes\w{3,20}|regering|departement|statens)\b"
    r"|جمهورية|الجمهورية|حكومة|وزارة|المملكة|دولة",
    re.IGNORECASE,
)
_COUNTRY_LABEL = re.compile(
    r"(?:(?:countr(?:y|ies)|location|geographic(?:al)? (?:coverage|scope|area))(?: covered)?"
    r"|pays(?: couverts?| concernés?)?|land|länder|einsatzland|länder und regionen"
    r"|البلد|الدولة|البلدان|الدول)(?: \w{3,15})?\s?[:：]",
    re.IGNORECASE,
)
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]{1,24}"
_NAME = (
    rf"{_CAPITAL}(?:[ -](?:(?:de|la|le|les|of|upon|sur|am|an der|im|och|al)[ -])?{_CAPITAL}){{0,2}}"
)
_PLACE = re.compile(
    rf"\b(?:[Cc]ity of|[Tt]own of|[Mm]unicipality of|[Bb]orough of|[Dd]istrict of|[Cc]ounty of"
    rf"|[Pp]rovince of|[Vv]ille de|[Cc]ommune de|[Mm]unicipalité de|[Mm]étropole de|[Mm]airie de"
    rf"|[Dd]épartement de|[Ll]andeshauptstadt|[Hh]ansestadt|[Ss]tadt|[Ll]andkreis|[Gg]emeinde"
    rf"|[Kk]ommunen|[Ss]taden) (?P<name>{_NAME})"
    rf"|\b(?P<before>{_CAPITAL}(?: {_CAPITAL})?) (?:[Mm]unicipality|[Kk]ommun|[Ss]tad)\b"
    r"|(?:مدينة|بلدية|محافظة|ولاية|جهة)\s(?P<arabic>[\u0621-\u064a]{3,20})"
)
_NOT_PLACES = frozenset(
    "the this each every one our new local partner project council district city die der das eine"
    " jeder jede einer unserer le la les une chaque cette en ett den varje vår alla samma denna"
    " jugendamt allemand suède sweden".split()
)
_PLACE_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO 3166-1 alpha-2 code, with the names of each language ("ar" to "sv").

    The first name of a language is the one to show.
    """

    code: str
    names: Mapping[str, tuple[str, ...]]


class Countries:
    """All countries, recognised by their names."""

    def __init__(
        self,
        countries: Mapping[str, Country],
        phrases: Mapping[str, Phrases],
        doubtful: frozenset[str],
        acronyms: frozenset[str],
    ) -> None:
        self.by_code = countries
        self._phrases = phrases
        self._doubtful = doubtful
        self._acronyms = acronyms

    def find_all(self, text: str, languages: tuple[str, ...]) -> list[Mention]:
        """Return the countries named in `text` in one of the languages, in its order."""
        found = {
            mention
            for language in languages
            if language in self._phrases
            for mention in self._phrases[language].find_all(text)
            if self._is_meant(text, mention)
        }
        kept: list[Mention] = []
        # "Guinea" and "Papua New Guinea" of two languages: the longer one is meant.
        for mention in sorted(found, key=lambda one: (one.start, -one.end)):
            if not kept or mention.start >= kept[-1].end:
                kept.append(mention)
        return kept

    def _is_meant(self, text: str, mention: Mention) -> bool:
        surface = text[mention.start : mention.end]
        key = _key(surface)
        if surface.islower():
            return False
        if key in self._acronyms and not surface.isupper():
            return False
        return key not in self._doubtful or not _has_capital_beside(text, mention)


def _has_capital_beside(text: str, mention: Mention) -> bool:
    """Return whether a capitalised word of the same phrase stands before or behind."""
    before = re.search(r"(\w+)[ -]$", text[max(0, mention.start - 30) : mention.start])
    after = re.match(r"[ -](\w+)", text[mention.end : mention.end + 30])
    return any(word is not None and word[1][0].isupper() for word in (before, after))


def parse_countries(text: str) -> Countries:
    """Return the countries of a table in the format of resources/places/countries.tsv.

    Raises:
        ValueError: the table has other columns, or a code twice.
    """
    lines = [line.split("\t") for line in text.splitlines() if line]
    header, rows = next(iter(lines), []), lines[1:]
    if header != ["code", *_LANGUAGES]:
        raise ValueError(f"unexpected columns: {header}")
    countries: dict[str, Country] = {}
    terms: dict[str, dict[str, str]] = {language: {} for language in _LANGUAGES}
    doubtful, acronyms = set(), set()
    for row in rows:
        code, *cells = row
        if len(cells) != len(_LANGUAGES) or code in countries:
            raise ValueError(f"unexpected row: {row}")
        shown: dict[str, tuple[str, ...]] = {}
        for language, cell in zip(_LANGUAGES, cells, strict=True):
            names = cell.split("; ")
            shown[language] = tuple(name.lstrip(_DOUBTFUL + _NEVER) for name in names)
            for name in names:
                bare = name.lstrip(_DOUBTFUL)
                if bare.startswith(_NEVER):
                    continue
                terms[language][bare] = code
                if bare != name:
                    doubtful.add(_key(bare))
                if bare.isupper() and len(_key(bare)) <= _LONGEST_ACRONYM:
                    acronyms.add(_key(bare))
        countries[code] = Country(code, shown)
    phrases = {language: Phrases(codes, endings=False) for language, codes in terms.items()}
    return Countries(countries, phrases, frozenset(doubtful), frozenset(acronyms))


def _key(text: str) -> str:
    return "".join(map(fold, forms(text)))


def suggest_places(
    excerpt: Excerpt, countries: Countries, title: Suggestion | None
) -> list[Suggestion]:
    """Return the countries and places that the document is about, the surest first."""
    named = [*_in_title(excerpt, countries, title), *_on_pages(excerpt, countries)]
    best: dict[object, Suggestion] = {}
    for each in named:
        if each.value not in best or best[each.value].confidence < each.confidence:
            best[each.value] = each
    found = sorted(best.values(), key=lambda one: one.confidence, reverse=True)
    return [*found, *_places(excerpt, countries, title)]


def _in_title(
    excerpt: Excerpt, countries: Countries, title: Suggestion | None
) -> Iterator[Suggestion]:
    leaf = next((each for each in excerpt.front if title and each.number == title.page), None)
    if title is None or leaf is None:
        return
    languages = tuple(dict.fromkeys((*excerpt.languages, "en")))
    place = leaf.text.find(title.quote)
    for mention in countries.find_all(title.quote, languages):
        quote = title.quote[mention.start : mention.end]
        if place >= 0:
            yield Suggestion("country", mention.code, leaf.number, quote, 0.9, "country_in_title")


def _on_pages(excerpt: Excerpt, countries: Countries) -> Iterator[Suggestion]:
    counts: Counter[str] = Counter()
    first: dict[str, tuple[Leaf, Mention]] = {}
    for leaf in excerpt.front:
        if not leaf.readable:
            continue
        spoken = excerpt.spoken(leaf)
        for line in before_references(leaf):
            if is_contents_line(line.text) or _is_address(line):
                continue
            mentions = countries.find_all(line.text, spoken)
            counts.update(mention.code for mention in mentions)
            labelled = bool(mentions) and _COUNTRY_LABEL.match(line.text) is not None
            for mention in mentions:
                first.setdefault(mention.code, (leaf, _moved(mention, line.start)))
                if labelled:
                    yield _named(leaf, _moved(mention, line.start), 0.9, "country_labelled")
                elif leaf is excerpt.front[0] and leaf.sparse and _is_of_state(line.text):
                    yield _named(leaf, _moved(mention, line.start), 0.65, "country_on_title_page")
    total = counts.total()
    for code, count in counts.most_common(3):
        if count >= _FEWEST and count >= _LEAST_SHARE * total:
            leaf, mention = first[code]
            confidence = 0.7 if count >= _OFTEN else 0.6
            yield _named(leaf, mention, confidence, "country_often")


def _is_of_state(line: str) -> bool:
    """Return whether a country in this line of a title page is not that of an affiliation."""
    if re.search(rf",.*{YEAR}", line):
        # Where it was printed.
        return False
    return not furniture.is_body(line) or _STATE.search(line) is not None


def _is_address(line: Line) -> bool:
    return furniture.is_address(line.text) or _POSTCODE.search(line.text) is not None


def _moved(mention: Mention, by: int) -> Mention:
    return Mention(mention.code, mention.start + by, mention.end + by)


def _named(leaf: Leaf, mention: Mention, confidence: float, rule: str) -> Suggestion:
    quote = leaf.context(mention.start, mention.end)
    return Suggestion("country", mention.code, leaf.number, quote, confidence, rule)


def _places(
    excerpt: Excerpt, countries: Countries, title: Suggestion | None
) -> Iterator[Suggestion]:
    counts: Counter[str] = Counter()
    first: dict[str, tuple[Leaf, int, int]] = {}
    for leaf in excerpt.front:
        for line in before_references(leaf):
            if _is_address(line):
                continue
            for match in _PLACE.finditer(line.text):
                group = next(name for name in ("name", "before", "arabic") if match[name])
                name = match[group]
                if name.split()[0].lower() in _NOT_PLACES or furniture.is_body(name):
                    continue
                counts[name] += 1
                span = (line.start + match.start(), line.start + match.end())
                first.setdefault(name, (leaf, *span))
    for name, count in counts.most_common(3):
        leaf, start, end = first[name]
        titled = title is not None and title.page == leaf.number and name in title.quote
        if countries.find_all(name, _LANGUAGES) or not (titled or count >= _PLACE_FEWEST):
            continue
        quote = leaf.quote(start, end)
        confidence = 0.8 if titled else 0.55
        yield Suggestion("place", name, leaf.number, quote, confidence, "place_named")
