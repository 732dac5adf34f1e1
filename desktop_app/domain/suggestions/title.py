"""The title of a document: what is printed as such, in the spelling of its title page."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ..text import tokens
from ..titles import clean_line
from . import furniture
from .excerpt import Excerpt, Leaf, Line, is_contents_line, key_of, masked
from .title_lines import Block, blocks_of, complete, is_sound, leads_on, trim
from .values import Source, Suggestion

_SEARCHED = 6_000
_MAX_WORDS = 45
_SENTENCE = 15
_LEAST_SCORE = 2.6
_LABEL = re.compile(
    r"(?:(?:full |project |course |report )?title(?: of (?:the )?[\w ]{3,30})?|course name"
    r"|titre(?: d[ue] [\w ]{3,30})?|titel(?: de[rs] [\w ]{3,30})?|العنوان|عنوان [\w ]{3,30})",
    re.IGNORECASE,
)
_LABELLED = re.compile(rf"{_LABEL.pattern}\s?[:：]\s{{0,3}}(?P<title>\S.*)", re.IGNORECASE)
_SITE = re.compile(r"\s[-|–—]\s(?:ويكيبيديا|wikip[eé]dia|google docs|linkedin).*$", re.IGNORECASE)


def suggest_title(source: Source, excerpt: Excerpt) -> list[Suggestion]:
    """Return titles that the document may have, the best first."""
    found = [
        *_labelled(excerpt),
        *_from_property(source, excerpt),
        *_from_headline(source, excerpt),
        *_from_lines(excerpt),
    ]
    return _ranked([each for each in found if is_sound(each.value)])


def _ranked(found: list[Suggestion]) -> list[Suggestion]:
    """Return one suggestion for each title; rules that agree make it more certain."""
    best: dict[str, Suggestion] = {}
    for each in found:
        key = key_of(str(each.value))
        other = best.get(key)
        if other is None:
            best[key] = each
            continue
        strong, weak = sorted((other, each), key=lambda one: one.confidence, reverse=True)
        value = weak.value if str(strong.value).isupper() else strong.value
        sure = min(0.98, strong.confidence + 0.1)
        if strong.page is None and weak.page is not None:
            strong = replace(strong, page=weak.page, quote=weak.quote)
        best[key] = replace(strong, value=value, confidence=sure)
    return sorted(best.values(), key=lambda one: one.confidence, reverse=True)


def _labelled(excerpt: Excerpt) -> Iterator[Suggestion]:
    """Yield what the document itself calls its title: "Title: ..." or "Title" above it."""
    for leaf in excerpt.front[:4]:
        for at, line in enumerate(leaf.lines[:60]):
            said = _LABELLED.fullmatch(line.text)
            if said and not _is_cut_off(said["title"], leaf.lines[at + 1 : at + 2]):
                start = line.start + said.start("title")
                value = clean_line(said["title"]).rstrip(".")
                quote = leaf.quote(start, line.end)
                yield Suggestion("title", value, leaf.number, quote, 0.92, "title_labelled")
            elif _LABEL.fullmatch(line.text) and leaf.number == 1:
                below = leaf.lines[at + 1 : at + 2]
                if below and not is_contents_line(below[0].text):
                    block = Block(leaf, below)
                    value = block.value.rstrip(".")
                    yield replace(block.suggest(0.92, "title_labelled"), value=value)


def _is_cut_off(title: str, below: tuple[Line, ...]) -> bool:
    # Then its end is in the next line, and nothing says where that ends.
    return bool(below) and leads_on(title, below[0].text)


def _from_property(source: Source, excerpt: Excerpt) -> Iterator[Suggestion]:
    seen: set[str] = set()
    for name in ("dc:title", "Title"):
        named = source.properties.get(name, "")
        value = _SITE.sub("", furniture.without_series(clean_line(named)))
        if key_of(value) not in seen:
            seen.add(key_of(value))
            yield from _named(source, excerpt, value, named)


def _named(source: Source, excerpt: Excerpt, value: str, quote: str) -> Iterator[Suggestion]:
    if furniture.is_body(value) or furniture.is_numbered(value) or not is_sound(value):
        return
    if _is_file_name(value, source.file_name):
        return
    for leaf in excerpt.front[:4]:
        place = _printed(leaf, value)
        if place is not None:
            start, end, whole = place
            printed = leaf.quote(start, end)
            confidence = 0.9 if whole else 0.55
            yield Suggestion("title", value, leaf.number, printed, confidence, "title_printed")
            return
    yield Suggestion("title", value, None, quote, 0.45, "title_property")


def _is_file_name(value: str, file_name: str) -> bool:
    return key_of(value) == key_of(file_name.rpartition(".")[0]) and " " not in value.strip()


def _printed(leaf: Leaf, wanted: str) -> tuple[int, int, bool] | None:
    """Return where a title stands on a page, and whether it has its lines for itself."""
    key = key_of(wanted)
    pieces: list[tuple[int, int]] = []
    joined = ""
    starts: dict[int, int] = {}
    for token in tokens(leaf.text[:_SEARCHED]):
        starts[len(joined)] = len(pieces)
        joined += key_of(token.form)
        pieces.append((token.start, token.end))
    starts[len(joined)] = len(pieces)
    at = joined.find(key)
    while key and at >= 0:
        first, last = starts.get(at), starts.get(at + len(key))
        if first is not None and last is not None:
            start, end = pieces[first][0], pieces[last - 1][1]
            return start, end, _is_whole(leaf, start, end)
        at = joined.find(key, at + 1)
    return None


def _is_whole(leaf: Leaf, start: int, end: int) -> bool:
    first, last = leaf.line_at(start), leaf.line_at(end - 1)
    before, after = leaf.text[first.start : start], leaf.text[end : last.end]
    return key_of(before) == "" and len(key_of(after)) <= 2


def _from_headline(source: Source, excerpt: Excerpt) -> Iterator[Suggestion]:
    """Yield the largest type of the first pages, without what stands around a title."""
    headline = clean_line(source.headline)
    if len(headline) < 3:
        return
    for leaf in excerpt.front[:3]:
        place = _printed(leaf, headline)
        if place is None or not place[2]:
            continue
        lines = [line for line in leaf.lines if place[0] < line.end and line.start < place[1]]
        block = trim(leaf, complete(leaf, lines))
        confidence = 0.0 if block is None else _headline_confidence(block)
        if block is not None and confidence:
            yield block.suggest(confidence, "title_headline")
        return


def _headline_confidence(block: Block) -> float:
    """Return how likely it is a title; 0 for the name of a body and the heading of a section."""
    value = block.value
    sentence = value.endswith(".") and len(value.split()) > _SENTENCE
    if sentence or furniture.is_body(value) or furniture.is_numbered(value):
        return 0.0
    if furniture.is_part(value):
        return 0.5
    return 0.8 if len(value.split()) > 1 else 0.55


def _from_lines(excerpt: Excerpt) -> Iterator[Suggestion]:
    """Yield what looks like a title from the words of the title page alone."""
    repeated: dict[str, int] = {}
    blocks = [block for leaf in excerpt.title_leaves if leaf.readable for block in blocks_of(leaf)]
    for block in blocks:
        key = key_of(block.value)
        repeated[key] = repeated.get(key, 0) + 1
    scored = []
    for at, block in enumerate(blocks):
        score = _score(block, excerpt) + (1.0 if repeated[key_of(block.value)] > 1 else 0)
        score += max(0.0, 1.0 - 0.25 * at)
        scored.append((score, block))
    for score, block in sorted(scored, key=lambda one: one[0], reverse=True)[:3]:
        if score >= _LEAST_SCORE:
            yield block.suggest(min(0.75, 0.2 + 0.1 * score), "title_lines")


def _score(block: Block, excerpt: Excerpt) -> float:
    value = block.value
    words = len(value.split())
    score = 1.5 if furniture.has_genre(value) else 0.0
    score += 1.0 if 3 <= words <= 20 else -0.5
    score += 0.75 if block.leaf.sparse else 0.25
    score += {1: 0.5, 2: 0.0}.get(block.leaf.number, -0.75)
    if furniture.is_body(value):
        score -= 4.0
    elif furniture.is_names(value) and not furniture.has_genre(value):
        score -= 1.0
    if furniture.is_part(value) or furniture.is_numbered(value):
        score -= 2.0
    if value.endswith((".", "،", ";", "%")) or value[0].islower() or words > _MAX_WORDS:
        score -= 2.0
    if value.isupper() and words >= 4:
        score += 0.75
    if masked(block.lines[0].text) in excerpt.running and not block.leaf.sparse:
        score -= 0.5
    return score
