"""Where the words of a search stand on a page of a PDF."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from PySide6.QtGui import QPolygonF
from PySide6.QtPdf import QPdfDocument

from desktop_app.domain.text import Token, fold, forms, tokens, unswapped

MOST_MATCHES = 300
MOST_WORDS = 60
DRIFT_STEPS = 4
"""Limits for one page, so that a word on every line can't make reading slow."""

Phrases = Mapping[str, Sequence[tuple[str, ...]]]
"""Phrases as the broad spellings of their words, by the first one, the longest first."""


def phrases_of(words: Iterable[str]) -> Phrases:
    """Return what to look for: a word is a phrase of one. Empty where no letters are left."""
    result: dict[str, list[tuple[str, ...]]] = {}
    chosen = dict.fromkeys(tuple(fold(form) for form in forms(word)) for word in words)
    for phrase in list(chosen)[:MOST_WORDS]:
        if phrase:
            result.setdefault(phrase[0], []).append(phrase)
    for found in result.values():
        found.sort(key=len, reverse=True)
    return result


def find_words(text: str, phrases: Phrases) -> list[tuple[int, int]]:
    """Return [start, end) of the matches in `text`, in order, not overlapping.

    At most `MOST_MATCHES`; a phrase may cross lines. Case, accents, vowel marks and the spelling
    of hamza do not matter, nor do Arabic letters that a PDF stores in exchanged order.
    """
    words = list(tokens(text))
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(words) and len(found) < MOST_MATCHES:
        length = _match(words, at, phrases)
        if length:
            found.append((words[at].start, words[at + length - 1].end))
        at += max(1, length)
    return found


def word_shapes(
    document: QPdfDocument, page: int, phrases: Phrases
) -> Iterator[tuple[QPolygonF, ...]]:
    """Yield the shapes of each match on `page` (from 0), in points from its upper left corner.

    Each step asks the document once or twice, which takes up to 10 ms on a full page.
    """
    text = document.getAllText(page).text()
    drift = 0
    for start, end in find_words(text, phrases):
        selection = document.getSelectionAtIndex(page, start + drift, end - start)
        if selection.text() != text[start:end]:
            # Some characters count as a place on the page but give no text.
            drift = _drift(document, page, start)
            selection = document.getSelectionAtIndex(page, start + drift, end - start)
        if selection.text() == text[start:end]:
            yield tuple(selection.bounds())


def _drift(document: QPdfDocument, page: int, start: int) -> int:
    """Return how many places on the page before offset `start` of its text give no text."""
    drift = 0
    for _ in range(DRIFT_STEPS):
        missing = start - len(document.getSelectionAtIndex(page, 0, start + drift).text())
        if missing <= 0:
            break
        drift += missing
    return drift


def _match(words: Sequence[Token], at: int, phrases: Phrases) -> int:
    """Return how many words from `at` on are a phrase; 0 for none."""
    for first in _spellings(words[at]):
        for phrase in phrases.get(first, ()):
            rest = words[at + 1 : at + len(phrase)]
            if len(rest) == len(phrase) - 1 and all(
                wanted in _spellings(word) for word, wanted in zip(rest, phrase[1:], strict=True)
            ):
                return len(phrase)
    return 0


def _spellings(word: Token) -> tuple[str, ...]:
    broad = fold(word.form)
    return (broad,) if broad.isascii() else (broad, unswapped(broad))
