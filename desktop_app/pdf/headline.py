"""The largest type near the top of the first pages: what the document calls itself, mostly."""

import re
from collections.abc import Sequence

from .cleaning import HYPHEN, HYPHEN_MARK, clean_line
from .engine import Line

MAX_HEADLINE = 300
PAGES = 2
"""How many pages are looked at."""
LINES = 80
"""How many lines of each page are looked at."""

_UPPER_PART = 0.3
_SAME_SIZE = 0.06
_FEWEST_LETTERS = 4
_MOST_LINES = 5
_DIVIDED = re.compile(rf"{HYPHEN_MARK}\s*|(?<=[^\W\d_])[{HYPHEN}\xad]\s+(?=[^\W\d_])")


def find_headline(text: str, lines: Sequence[Line]) -> tuple[str, float]:
    """Return the headline of a page and the size of its type in points; "" and 0 without one.

    `lines` are the page's lines with their offsets into `text`. Lines of the same size that follow
    each other belong together.
    """
    titles = [
        at
        for at, line in enumerate(lines)
        if line.height > _UPPER_PART and _letters(text[line.start : line.end]) >= _FEWEST_LETTERS
    ]
    if not titles:
        return "", 0.0
    largest = max(lines[at].size for at in titles)
    first = next(at for at in titles if _same(lines[at].size, largest))
    last = first
    if any(line.size < largest * (1 - _SAME_SIZE) for line in lines):
        while first > 0 and _same(lines[first - 1].size, largest):
            first -= 1
        while last + 1 < len(lines) and _same(lines[last + 1].size, largest):
            last += 1
    if last - first >= _MOST_LINES:
        # So many lines of the largest size are a paragraph, and its first line is above it.
        last = first
    joined = " ".join(text[line.start : line.end] for line in lines[first : last + 1])
    joined = _DIVIDED.sub("", joined)
    return clean_line(joined, MAX_HEADLINE), largest


def _same(size: float, other: float) -> bool:
    return abs(size - other) <= other * _SAME_SIZE


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
