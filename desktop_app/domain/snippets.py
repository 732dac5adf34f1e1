"""The passage of a page that shows best why it matches."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import NamedTuple, TypeVar

from .search import Snippet
from .text import Token, occurrences

SHORTEST_WIDTH = 80
"""A narrower passage would show too little: `width` is raised to it. In characters."""

SIDE_BY_SIDE = 2
"""Words of a query at most this many words apart stand side by side ("evaluation of impact")."""

Phrase = Sequence[str | AbstractSet[str]]
"""Words that follow each other: at each place a form, or the set of forms that may stand there."""


_T = TypeVar("_T")


class _Mark(NamedTuple):
    start: int
    end: int
    place: int
    words: tuple[int, ...]
    phrases: tuple[int, ...]


def make_snippet(
    text: str,
    wanted: Mapping[str, int] | Collection[str],
    phrases: Sequence[Phrase] = (),
    width: int = 240,
) -> Snippet | None:
    """Return the best passage of a page's text, at most `width` characters, with its marks.

    `wanted` are the forms to mark; a mapping says for which word of the query each stands, so that
    "impact" and "impacts" count as one. Where one of `phrases` occurs, its words get one mark, also
    words that are not wanted alone. The passage is the first of those with most phrases, then most
    distinct words, then most of them side by side, then most marks. It begins with a sentence where
    it can, and else between words. Returns None where nothing matches.

    The passage is on one line, without control and bidirectional characters.
    """
    width = max(width, SHORTEST_WIDTH)
    line = _one_line(text)
    if not isinstance(wanted, Mapping):
        wanted = {form: number for number, form in enumerate(wanted)}
    marks = _find_marks(line, wanted, phrases)
    if not marks:
        return None
    first, last = _best_run(marks, width)
    core_start = marks[first].start
    core_end = marks[last].end
    if core_end - core_start > width:
        core_end = _between_letters(line, core_start, core_start + width)
    start, end = _with_context(line, core_start, core_end, width)
    shown = [mark for mark in marks if mark.start >= start and mark.end <= end]
    return Snippet(
        text=line[start:end],
        marks=tuple((mark.start - start, mark.end - start) for mark in shown)
        # A single mark longer than the passage is shown as far as it goes.
        or ((core_start - start, core_end - start),),
        cut_before=start > 0,
        cut_after=end < len(line),
    )


def lead(text: str, width: int = 240) -> Snippet:
    """Return the beginning of a page's text, at most `width` characters, without marks."""
    line = _one_line(text)
    limit = max(width, SHORTEST_WIDTH)
    end = _last_space(line, 0, limit) or _between_letters(line, 0, limit)
    return Snippet(text=line[:end], cut_after=end < len(line))


def _one_line(text: str) -> str:
    if _UNSHOWN.search(text):
        text = _SEPARATING.sub(" ", _JOINING.sub("", text))
    return " ".join(text.split())


def _find_marks(line: str, wanted: Mapping[str, int], phrases: Sequence[Phrase]) -> list[_Mark]:
    choices = [
        [frozenset((word,)) if isinstance(word, str) else frozenset(word) for word in phrase]
        for phrase in phrases
        if phrase
    ]
    starting = frozenset[str]().union(*(words[0] for words in choices))
    sought = frozenset(wanted).union(*(word for words in choices for word in words))
    found = dict(occurrences(line, sought))
    marks = []
    taken = -1
    for place, token in found.items():
        if place <= taken:
            continue
        if token.form in starting:
            length, phrase = _phrase_at(place, found, choices)
            if length:
                taken = place + length - 1
                words = [found[number] for number in range(place, taken + 1)]
                numbers = tuple(wanted[word.form] for word in words if word.form in wanted)
                marks.append(_Mark(token.start, words[-1].end, place, numbers, (phrase,)))
                continue
        if token.form in wanted:
            marks.append(_Mark(token.start, token.end, place, (wanted[token.form],), ()))
    return marks


def _phrase_at(
    place: int, found: dict[int, Token], choices: list[list[frozenset[str]]]
) -> tuple[int, int]:
    """Return the length in words and the number of the longest phrase at a place; 0 for none."""
    best = (0, 0)
    for number, words in enumerate(choices):
        if len(words) > best[0] and all(
            (token := found.get(place + offset)) and token.form in word
            for offset, word in enumerate(words)
        ):
            best = (len(words), number)
    return best


def _best_run(marks: list[_Mark], width: int) -> tuple[int, int]:
    """Return the first and last index of the best marks that fit into `width` together."""
    beside = [0]
    for mark, following in pairwise(marks):
        neighbours = following.place - mark.place <= SIDE_BY_SIDE and mark.words != following.words
        beside.append(beside[-1] + neighbours)
    words: dict[int, int] = {}
    phrases: dict[int, int] = {}
    best, best_score = (0, 0), (-1, -1, -1, -1)
    after = 0
    for first, mark in enumerate(marks):
        while after < len(marks) and (after == first or marks[after].end - mark.start <= width):
            _count(words, marks[after].words)
            _count(phrases, marks[after].phrases)
            after += 1
        score = (len(phrases), len(words), beside[after - 1] - beside[first], after - first)
        if score > best_score:
            best, best_score = (first, after - 1), score
        _discount(words, mark.words)
        _discount(phrases, mark.phrases)
    return best


def _count(counts: dict[_T, int], items: tuple[_T, ...]) -> None:
    for item in items:
        counts[item] = counts.get(item, 0) + 1


def _discount(counts: dict[_T, int], items: tuple[_T, ...]) -> None:
    for item in items:
        if counts[item] == 1:
            del counts[item]
        else:
            counts[item] -= 1


def _with_context(line: str, core_start: int, core_end: int, width: int) -> tuple[int, int]:
    """Return the bounds of a passage around what it must show, at most `width` characters apart."""
    if len(line) <= width:
        return 0, len(line)
    earliest = max(0, core_end - width)
    last_full = len(line) - width
    start = 0 if earliest == 0 else -1
    for sentence in _SENTENCE_START.finditer(line, earliest, core_start + 1):
        if start >= 0 and sentence.end() > last_full:
            break
        start = sentence.end()
    if start < 0:
        room = width - (core_end - core_start)
        wish = max(earliest, min(core_start - room // 2, last_full))
        space = line.find(" ", max(wish - 1, 0), core_start)
        start = core_start if space < 0 else space + 1
        debris = _DEBRIS.match(line, start, core_start)
        start = debris.end() if debris else start
    if len(line) - start <= width:
        return start, len(line)
    return start, _last_space(line, core_end, start + width) or core_end


def _last_space(line: str, start: int, limit: int) -> int:
    """Return where the last word that ends in [start, limit] ends; 0 where none does."""
    if len(line) <= limit:
        return len(line)
    return max(line.rfind(" ", start, limit + 1), 0)


def _between_letters(line: str, start: int, limit: int) -> int:
    """Return the last place up to `limit` that parts no letter from its combining marks."""
    end = min(limit, len(line))
    while start < end < len(line) and unicodedata.category(line[end])[0] in "MC":
        end -= 1
    return end if end > start else limit


# What joins a word to nothing else is left out; what `text.tokens` takes for an end is a space.
_JOINING = re.compile("[\u00ad\u061c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
_SEPARATING = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x9f\u200b\ud800-\uf8ff\ufff0-\ufffc\ufffe\uffff\U000e0000-\U0010ffff]+"
)
_UNSHOWN = re.compile(f"[{_JOINING.pattern[1:-2]}{_SEPARATING.pattern[1:-2]}]")
# An abbreviation has one letter before its stop, or a figure or small letter after it ("No. 5").
_SENTENCE_START = re.compile(r"(?<=\w\w[.!?؟۔…])[\"'»”’)\]]* (?![a-zà-öø-ÿ\d])")
_DEBRIS = re.compile(r"[\s,.;:!?)\]}»”…،؛؟•·|–—-]*")
