"""Who wrote a document, and who evaluated, commissioned and paid: as its first pages say it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ..document_properties import property_lines
from ..language import FUNCTION_WORDS
from ..text import fold
from ..titles import choose_authors, clean_line
from . import furniture
from .excerpt import Excerpt, Leaf, Line, is_contents_line, key_of
from .values import Source, Suggestion

_LABEL_PAGES = 4
_MOST_NAMES = 12
_BELOW_TITLE = 8
_AUTHOR_LABEL = re.compile(
    r"(?:(?:report |main |lead )?authors?|written by|by|report by|evaluation team|research team"
    r"|auteurs?|autrices?|auteur·e·s|rédigé par|écrit par|par|autorinnen und autoren"
    r"|autor(?:en|in|innen|:innen|\*innen)?|verfasst von|verfasser(?:in|innen)?|von|författare|av"
    r"|skriven av"
    r"|إعداد|تأليف|بقلم|المؤلف(?:ون)?|الباحث(?:ون|ة)?)(?:\s?[:：]\s?|\s+|$)",
    re.IGNORECASE,
)
_ROLES = (
    ("evaluator", re.compile(
        r"(?:(?:evaluation )?(?:conducted|carried out|undertaken) by|evaluators?"
        r"|évaluation (?:réalisée|conduite|menée) par|évaluateurs?|réalisée? par"
        r"|(?:evaluation )?durchgeführt (?:von|durch)|evaluiert durch|evaluator(?:in|en)?"
        r"|(?:utvärderingen )?(?:genomförd|utförd) av|utvärderare"
        r"|(?:أجرى|أجرت) التقييم|الجهة المقيّ?مة)",
        re.IGNORECASE,
    )),
    ("commissioner", re.compile(
        r"(?:(?:evaluation )?commissioned by|prepared for|report (?:prepared )?for|commissioner"
        r"|commanditée? par|commanditaire|à la demande (?:de|du)|réalisée? pour"
        r"|im auftrag (?:von|des|der)|beauftragt (?:von|durch)|auftraggeber(?:in)?"
        r"|på uppdrag av|uppdragsgivare|beställare|بتكليف من|بطلب من)",
        re.IGNORECASE,
    )),
    ("funder", re.compile(
        r"(?:(?:co-?)?(?:funded|financed|supported) by|funder|with (?:the )?(?:financial )?support"
        r" (?:of|from)|financée? par|avec le soutien (?:financier )?(?:de|du)|cofinancée? par"
        r"|(?:gefördert|finanziert) (?:von|vom|durch)"
        r"|mit (?:finanzieller )?unterstützung (?:von|des|der)"
        r"|fördermittelgeber|finansierad av|finansierat av|med stöd av|finansiär"
        r"|بتمويل من|بدعم من)",
        re.IGNORECASE,
    )),
)  # fmt: skip
_AFTER_LABEL = re.compile(r"\s?[:：]?\s?(?:the |l[ea] |les |dem |der |die |das )?")
_LINK_WORDS = re.compile(r"(?:and|et|und|och|with|in|of)\b", re.IGNORECASE)
_SPLIT = re.compile(
    r"\s*(?:,\s*(?:and|et|und|och)\s|;|,(?!\s*(?:Jr|Sr|PhD|MD|MSc|MA)\b)|&"
    r"|\s(?:and|et|und|och)\s)\s*"
)
_AND = re.compile(r"(?:and|et|und|och)\s", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"\S{0,80}[@/]\S{0,80}|\w{1,40}(?:\.\w{1,40}){1,8}")
_SMALL = frozenset().union(*FUNCTION_WORDS.values())
_PARTICLES = frozenset("van von de der den da di du la le el al bin ibn af och dos del".split())
_SURE, _PRINTED, _LIKELY = 0.9, 0.75, 0.55


def suggest_people(source: Source, excerpt: Excerpt, title: Suggestion | None) -> list[Suggestion]:
    """Return authors, evaluator, commissioner and funder, in the order in which they are named."""
    return [*_authors(source, excerpt, title), *_roles(excerpt)]


def _authors(source: Source, excerpt: Excerpt, title: Suggestion | None) -> Iterator[Suggestion]:
    authors = property_lines(source.properties, "dc:creator", "Author")[:_MOST_NAMES]
    said = list(dict.fromkeys(name for line in authors for name in _split_names(line)))
    known = {key_of(name) for name in said}
    found = [*_labelled(excerpt), *_below_title(excerpt, title, known)]
    seen: set[str] = set()
    for each in found:
        key = key_of(str(each.value))
        if key not in seen and len(seen) < _MOST_NAMES:
            seen.add(key)
            yield each
    printed = [(name, place) for name in said if (place := _printed(excerpt, name))]
    for name, (leaf, start, end) in printed:
        if key_of(name) not in seen and not seen:
            quote = leaf.quote(start, end)
            yield Suggestion("author", name, leaf.number, quote, 0.7, "author_printed")


def _split_names(text: str) -> list[str]:
    names = [clean_line(part) for part in _SPLIT.split(text[:500])]
    return [name for name in names if choose_authors({"Author": name})]


def _printed(excerpt: Excerpt, name: str) -> tuple[Leaf, int, int] | None:
    for leaf in excerpt.title_leaves:
        place = leaf.text[:4_000].find(name)
        # In a sentence of thanks a name is not that of an author.
        if place >= 0 and not furniture.is_prose(leaf.line_at(place).text):
            return leaf, place, place + len(name)
    return None


def _labelled(excerpt: Excerpt) -> Iterator[Suggestion]:
    words = _small_words(excerpt)
    for each in _after_labels(excerpt):
        if not _is_of_words(str(each.value), words):
            yield each


def _after_labels(excerpt: Excerpt) -> Iterator[Suggestion]:
    for leaf in excerpt.front:
        if leaf.number > _LABEL_PAGES:
            return
        for at, line in enumerate(leaf.lines[:80]):
            label = _AUTHOR_LABEL.match(line.text)
            if label is None or is_contents_line(line.text):
                continue
            rest = line.text[label.end() :]
            arabic = "\u0600" <= line.text[0] <= "\u06ff"
            if rest:
                place = Line(rest, line.start + label.end(), line.end)
                yield from _names(leaf, place, _SURE, "author_labelled", arabic=arabic)
            else:
                for below in leaf.lines[at + 1 : at + 6]:
                    names = list(_names(leaf, below, _SURE, "author_labelled", arabic=arabic))
                    if not names:
                        break
                    yield from names
                    if arabic:
                        break


def _names(
    leaf: Leaf, line: Line, confidence: float, rule: str, *, arabic: bool = False
) -> Iterator[Suggestion]:
    """Yield the names of a line that holds nothing else."""
    lead = _AND.match(line.text)
    if lead:
        line = Line(line.text[lead.end() :], line.start + lead.end(), line.end)
    text = line.text
    if arabic:
        words = text.strip(" .:").split()
        if 2 <= len(words) <= 5 and not furniture.is_body(text) and not re.search(r"\d", text):
            quote = leaf.quote(line.start, line.end)
            yield Suggestion("author", " ".join(words), leaf.number, quote, confidence, rule)
        return
    if text.isupper() and furniture.without_footnotes(text) != text:
        return
    for part in re.finditer(r"[^*∗†‡§¶⁎✻]{1,200}", text):
        shown = part.group()
        if not furniture.is_names(shown.strip(" ,")) or furniture.has_genre(shown):
            continue
        if furniture.is_body(shown):
            continue
        for match in re.finditer(furniture.NAME, shown):
            name = furniture.without_footnotes(match.group()).rstrip(" ,")
            start = line.start + part.start() + match.start()
            quote = leaf.quote(start, start + len(match.group()))
            yield Suggestion("author", name, leaf.number, quote, confidence, rule)


def _below_title(
    excerpt: Excerpt, title: Suggestion | None, known: set[str]
) -> Iterator[Suggestion]:
    """Yield the names in the lines below the title, on the page where it stands."""
    leaf = next((each for each in excerpt.front if title and each.number == title.page), None)
    if title is None or leaf is None:
        return
    words = _small_words(excerpt)
    end = leaf.text.find(title.quote) + len(title.quote)
    below = [line for line in leaf.lines if line.start >= end][:_BELOW_TITLE]
    taken = [_person_names(leaf, line, words) for line in below]
    titled = key_of(str(title.value))
    for at, line in enumerate(below):
        names = [each for each in taken[at] if key_of(str(each.value)) not in titled]
        if furniture.is_section(line.text) or furniture.is_credit(line.text):
            # Names below "translated by" are those of translators.
            return
        if not names and furniture.is_prose(line.text):
            return
        if not names:
            continue
        marked = furniture.without_footnotes(line.text) != line.text
        beside = any(taken[max(0, at - 1) : at]) or any(taken[at + 1 : at + 2])
        printed = any(key_of(str(one.value)) in known for one in names)
        if len(names) > 1 or marked or beside or printed:
            yield from names
        elif support := _support(below[at + 1 : at + 3]):
            # A place and a date below a title look the same as a name and a date.
            yield from (replace(one, confidence=min(one.confidence, support)) for one in names)


def _person_names(leaf: Leaf, line: Line, words: frozenset[str]) -> list[Suggestion]:
    names = list(_names(leaf, line, _PRINTED, "author_below_title"))
    return [each for each in names if not _is_of_words(str(each.value), words)]


def _support(below: list[Line]) -> float:
    """Return how much the lines below a name say that it is one of a person."""
    for line in below:
        if furniture.is_body(line.text) or "@" in line.text:
            return _PRINTED
        if furniture.is_date(line.text):
            return _LIKELY
    return 0.0


def _small_words(excerpt: Excerpt) -> frozenset[str]:
    """Return the words that the document also writes small: they are not names of people."""
    return frozenset(
        fold(word)
        for leaf in excerpt.front
        for word in re.findall(r"[^\W\d_]{3,30}", _IN_ADDRESS.sub(" ", leaf.text))
        if word.islower()
    )


def _is_of_words(name: str, words: frozenset[str]) -> bool:
    parts = [part.lower() for part in re.findall(r"[^\W\d_]{2,30}", name)]
    # "Will" may be a name, "will" and "THE" are none.
    small = [part for part in re.findall(r"[^\W\d_]{2,30}", name) if not part.istitle()]
    if any(part.lower() in _SMALL and part.lower() not in _PARTICLES for part in small):
        return True
    common = [fold(part) in words for part in parts]
    return not parts or common[-1] or all(common)


def _roles(excerpt: Excerpt) -> Iterator[Suggestion]:
    seen: set[tuple[str, str]] = set()
    for leaf in excerpt.front:
        if leaf.number > _LABEL_PAGES:
            return
        for at, line in enumerate(leaf.lines[:80]):
            for field, pattern in _ROLES:
                label = pattern.match(line.text)
                place = label and _body_after(leaf, at, label.end())
                for start, end in _each_name(leaf, *place) if place else ():
                    quote = leaf.quote(start, end)
                    name = clean_line(quote).rstrip(" .,;:")
                    if name and (field, key_of(name)) not in seen:
                        seen.add((field, key_of(name)))
                        rule = f"{field}_labelled"
                        yield Suggestion(field, name, leaf.number, quote, 0.8, rule)


def _each_name(leaf: Leaf, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the places of several people; a body is one."""
    text = leaf.text[start:end]
    if not furniture.is_names(text) or furniture.is_body(text) or not _SPLIT.search(text):
        yield start, end
        return
    for match in re.finditer(furniture.NAME, text):
        yield start + match.start(), start + match.end()


def _body_after(leaf: Leaf, at: int, behind: int) -> tuple[int, int] | None:
    """Return where the body stands that a label names: behind it, or in the line below."""
    line = leaf.lines[at]
    skipped = _AFTER_LABEL.match(line.text, behind)
    first = skipped.end() if skipped else behind
    rest = line.text[first:]
    if not rest.strip():
        following = leaf.lines[at + 1 : at + 2]
        if not following or not _is_body_name(following[0].text):
            return None
        return following[0].start, following[0].end
    cut = re.search(r"[.;(](?:\s|$)| (?:and|to|in|under|et|pour|und|och) (?=[a-zäöüåé])", rest)
    end = cut.start() if cut else len(rest)
    if not _is_body_name(rest[:end]):
        return None
    return line.start + first, line.start + first + len(rest[:end].rstrip())


def _is_body_name(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= 12 or not any(map(str.isalpha, text)):
        return False
    first = text[0]
    latin_small = first.islower()
    return not (latin_small or _LINK_WORDS.match(text) or furniture.is_address(text))
