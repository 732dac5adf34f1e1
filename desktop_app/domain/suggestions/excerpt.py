"""The few pages of a document that are looked at, cut into lines.

However long a document is, and however long its pages: no rule sees more than this.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..language import UNDETERMINED, detect_language, document_languages
from ..records import Page, TextHealth
from ..text import fold, forms
from .values import Source

FRONT_PAGES = 12
LAST_PAGES = 3
SAMPLED_PAGES = 40
"""How many pages tell the language of a document."""
MAX_CHARACTERS = 20_000
"""No more of a page is looked at."""
MAX_LINES = 1_500
MAX_LINE = 1_000
_TITLE_PAGE = 2
_CONTEXT = 100
_SPARSE_WORDS = 120
_RUNNING = 3

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_LEADERS = re.compile(r"(?:\. ?){4}|…{2}|(?:… ?){3}")
_CONTENTS_LINE = re.compile(r"(?:[ivx]{1,4}\.|\d{1,2}(?:\.\d{1,2}){0,3}\.?)\s\D.*\s\d{1,3}")
_REFERENCES = re.compile(
    r"[\d.\s]{0,8}(?:references|bibliography|works cited|literature"
    r"|références(?: bibliographiques)?"
    r"|bibliographie|literatur(?:verzeichnis)?|referenser|källor|litteratur(?:lista|förteckning)?"
    r"|المراجع|قائمة المراجع|المصادر(?: والمراجع)?)\s?:?",
    re.IGNORECASE,
)


class Line(NamedTuple):
    """A line of a page that is not blank: its text without outer blanks, and its place."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page as far as it is looked at. `text` is the beginning of the page's text.

    `lines` are its lines with Latin digits, so their text may differ from that of the page; their
    places do not. `sparse` pages hold so little that they are title pages or imprints. `readable`
    is False where the page's letters are not those that are printed.
    """

    number: int
    text: str
    language: str
    lines: tuple[Line, ...]
    sparse: bool
    readable: bool

    def quote(self, start: int, end: int) -> str:
        """Return the characters [start, end) of the page, as they stand there."""
        return self.text[start:end]

    def context(self, start: int, end: int) -> str:
        """Return the line around [start, end) as it stands on the page, or the part near it."""
        line = self.line_at(start)
        first = max(line.start, start - _CONTEXT)
        last = max(end, min(line.end, end + _CONTEXT))
        return self.text[first:last]

    def line_at(self, place: int) -> Line:
        """Return the line in which the character at `place` stands."""
        at = bisect_right(self.lines, place, key=lambda line: line.end)
        return self.lines[at] if at < len(self.lines) else Line("", place, place)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The pages that are looked at: `front` is the beginning, `back` the end of the document.

    `languages` are the main languages of the whole document, () where none is known. `running`
    holds the keys (`masked`) of the lines that stand on several pages.
    """

    front: tuple[Leaf, ...]
    back: tuple[Leaf, ...]
    languages: tuple[str, ...]
    running: frozenset[str]

    @property
    def title_leaves(self) -> tuple[Leaf, ...]:
        """Return the pages where a title can stand."""
        return tuple(
            leaf
            for leaf in self.front
            if leaf.number <= _TITLE_PAGE or (leaf.number <= _TITLE_PAGE + 2 and leaf.sparse)
        )

    def spoken(self, leaf: Leaf) -> tuple[str, ...]:
        """Return the languages of a page; where they can't be told, those of the document."""
        if leaf.language != UNDETERMINED:
            return (leaf.language,)
        return tuple(dict.fromkeys((*self.languages, "en")))


def take_excerpt(source: Source) -> Excerpt:
    """Return the pages of a document that the rules look at."""
    count = len(source.pages)
    front = _leaves(source.pages[:FRONT_PAGES])
    back = _leaves(source.pages[max(FRONT_PAGES, count - LAST_PAGES) :])
    seen: Counter[str] = Counter()
    for leaf in front:
        seen.update({masked(line.text) for line in leaf.lines})
    running = frozenset(key for key, times in seen.items() if key and times >= _RUNNING)
    return Excerpt(front, back, _languages(source.pages, front), running)


def plain_digits(text: str) -> str:
    """Return `text` with Latin digits, as long as before."""
    return text.translate(_DIGITS)


def key_of(text: str) -> str:
    """Return the letters and digits of `text`, folded: equal for titles that differ in looks."""
    return "".join(map(fold, forms(text[:MAX_LINE])))


def masked(text: str) -> str:
    """Return the letters of a line, folded: equal for running heads with other page numbers."""
    return re.sub(r"\d{1,9}", "", key_of(text))


def is_contents_line(line: str) -> bool:
    """Return whether a line is an entry of a table of contents."""
    if _LEADERS.search(line):
        return True
    return len(line) < 200 and _CONTENTS_LINE.fullmatch(line) is not None


def before_references(leaf: Leaf) -> Iterator[Line]:
    """Yield the lines of a page down to the heading of a list of references."""
    for line in leaf.lines:
        if len(line.text) < 40 and _REFERENCES.fullmatch(line.text):
            return
        yield line


def _leaves(pages: Sequence[Page]) -> tuple[Leaf, ...]:
    return tuple(_leaf(page) for page in pages if page.text)


def _leaf(page: Page) -> Leaf:
    text = page.text[:MAX_CHARACTERS]
    plain = plain_digits(text)
    lines = []
    start = 0
    for part in plain.split("\n"):
        bare = part.strip()
        if bare:
            first = start + part.index(bare[0])
            shown = bare[:MAX_LINE]
            lines.append(Line(shown, first, first + len(shown)))
        start += len(part) + 1
        if len(lines) >= MAX_LINES:
            break
    words = sum(len(line.text.split()) for line in lines)
    readable = page.health is not TextHealth.UNREADABLE
    return Leaf(page.number, text, page.language, tuple(lines), words <= _SPARSE_WORDS, readable)


def _languages(pages: Sequence[Page], front: tuple[Leaf, ...]) -> tuple[str, ...]:
    step = max(1, len(pages) // SAMPLED_PAGES)
    sample = [pages[at] for at in range(0, len(pages), step)][: 2 * SAMPLED_PAGES]
    found = document_languages((page.language, len(page.text)) for page in sample)
    if found:
        return found
    # Slides and tables: no page has enough words for itself.
    language = detect_language("\n".join(leaf.text for leaf in front if leaf.readable))
    return () if language == UNDETERMINED else (language,)
