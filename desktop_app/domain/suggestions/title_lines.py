"""Lines of a page that may be a title: which belong together, and what around them does not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..language import FUNCTION_WORDS
from ..text import is_arabic
from ..titles import MAX_TITLE, clean_line
from . import furniture
from .excerpt import Leaf, Line, is_contents_line
from .values import Suggestion

_MAX_LINES = 6
_TOP_LINES = 14
_LONG_LINE, _LONG_WORDS = 75, 11
_WORDS_THAT_LEAD_ON = frozenset().union(*FUNCTION_WORDS.values())
_BULLETS = "•▪◦●►‣■□○–—-*✓➢·("
_JOINED_BY = ("–", "-", "/")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of a page that follow each other and may be a title."""

    leaf: Leaf
    lines: tuple[Line, ...]

    @property
    def value(self) -> str:
        """Return the title in one line, without version numbers and footnote signs."""
        value = ""
        for line in self.lines:
            printed = self.leaf.quote(line.start, line.end)
            part = furniture.without_footnotes(furniture.without_version(printed))
            tight = value.endswith(_JOINED_BY) and value[-2:-1].isalnum()
            value = f"{value}{part}" if tight else f"{value} {part}"
        return clean_line(value.strip()).rstrip(" :–-")

    @property
    def quote(self) -> str:
        """Return the lines as they stand on the page."""
        return self.leaf.quote(self.lines[0].start, self.lines[-1].end)

    def suggest(self, confidence: float, rule: str) -> Suggestion:
        """Return the suggestion that this is the title."""
        return Suggestion("title", self.value, self.leaf.number, self.quote, confidence, rule)


def complete(leaf: Leaf, lines: list[Line]) -> list[Line]:
    """Return the lines with those that belong to them but were set in another size."""
    first = leaf.lines.index(lines[0])
    last = leaf.lines.index(lines[-1])
    for _ in range(2):
        if first > 0 and _ends_open(leaf.lines[first - 1].text):
            first -= 1
            if first > 0 and _begins_small(leaf.lines[first].text):
                first -= 1
        if last + 1 < len(leaf.lines) and (
            _ends_open(leaf.lines[last].text) or _begins_small(leaf.lines[last + 1].text)
        ):
            last += 1
    return list(leaf.lines[first : last + 1])


def trim(leaf: Leaf, lines: list[Line]) -> Block | None:
    """Return the lines without furniture at both ends."""
    while lines and _is_around(lines[0].text, first=True):
        lines = lines[1:]
    while lines and (
        _is_around(lines[-1].text, first=False)
        or (len(lines) > 1 and furniture.is_part(lines[-1].text))
    ):
        lines = lines[:-1]
    block = Block(leaf, tuple(lines[:_MAX_LINES]))
    return block if lines and len(block.value) <= MAX_TITLE else None


def _is_around(text: str, *, first: bool) -> bool:
    if re.fullmatch(r"\W{0,3}(?:19|20)\d\d\W{0,3}", text):
        return first
    if first and furniture.is_part(text) and len(text.split()) <= 2:
        return True
    if not re.search(r"[^\W\d]{2}", text) or text[0] in _BULLETS:
        return True
    return furniture.is_furniture(text) or not furniture.without_version(text)


def blocks_of(leaf: Leaf) -> Iterator[Block]:
    """Yield the groups of lines on a title page, or above the text of a first page."""
    lines: list[Line] = []
    kept = leaf.lines if leaf.sparse else leaf.lines[:_TOP_LINES]
    for line in kept[:60]:
        if is_contents_line(line.text):
            yield from _closed(leaf, lines)
            return
        if lines and _continues(lines, line.text):
            lines.append(line)
            continue
        yield from _closed(leaf, lines)
        lines = [] if _is_around(line.text, first=True) else [line]
    yield from _closed(leaf, lines)


def _is_long(line: Line) -> bool:
    return len(line.text) > _LONG_LINE and len(line.text.split()) > _LONG_WORDS


def _is_text(leaf: Leaf, lines: list[Line]) -> bool:
    """Return whether lines stand in the middle of running text, or are its beginning."""
    if not lines:
        return True
    before = leaf.line_at(lines[0].start - 2) if lines[0].start > 1 else lines[0]
    after = leaf.line_at(lines[-1].end)
    return _is_long(after) and (_is_long(before) or _is_long(lines[-1]))


def _closed(leaf: Leaf, lines: list[Line]) -> Iterator[Block]:
    block = trim(leaf, lines) if len(lines) <= _MAX_LINES and not _is_text(leaf, lines) else None
    if block is not None and is_sound(block.value):
        yield block


def _continues(lines: list[Line], following: str) -> bool:
    before = lines[-1].text
    if furniture.is_names(before) and not furniture.has_genre(before) and not _ends_open(before):
        return False
    if _is_around(following, first=True):
        if before.endswith(_JOINED_BY) and len(following) < 12:
            return True
        # The year of a survey belongs to its name, where nothing else is in its line.
        named = furniture.is_yearly(before) or _ends_open(before)
        return named and re.fullmatch(r"(?:19|20)\d\d", following) is not None
    so_far = " ".join(line.text for line in lines)
    if furniture.is_body(so_far) and furniture.has_genre(following):
        return False
    if furniture.is_body(following) and not _ends_open(before):
        return False
    if leads_on(before, following):
        return True
    if len(lines) == 1 and len(before.split()) == 1 and before[:1].isupper():
        return len(following.split()) <= 6 and furniture.has_genre(following)
    names = furniture.is_names(following) and not furniture.has_genre(following)
    return before.isupper() and following.isupper() and not names


def leads_on(before: str, following: str) -> bool:
    """Return whether a line goes on in the one that follows it."""
    return _ends_open(before) or _begins_small(following)


def _ends_open(text: str) -> bool:
    if text.endswith((",", ":", "&", "–", "،")) or text.endswith("-"):
        return len(text) > 4
    words = text.split()
    if len(words) < 2 or words[-1].lower() not in _WORDS_THAT_LEAD_ON:
        return False
    # Not "Annex A" and "Class T".
    return words[-1].islower() or (text.isupper() and len(words[-1]) > 1) or is_arabic(words[-1])


def _begins_small(text: str) -> bool:
    words = text.split()
    if not words:
        return False
    first = words[0].lower().split("’")[0].split("'")[0]
    return words[0][:1].islower() or (
        len(words) > 1 and first in _WORDS_THAT_LEAD_ON and words[0].isupper() and text.isupper()
    )


def is_sound(value: object) -> bool:
    """Return whether a value can be a title."""
    return isinstance(value, str) and furniture.is_presentable(value)
