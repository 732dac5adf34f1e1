"""The languages in which a document is written."""

from .excerpt import Excerpt, Leaf
from .values import Suggestion

_LONGEST_QUOTE = 160
_FEWEST_WORDS = 4


def suggest_languages(excerpt: Excerpt) -> list[Suggestion]:
    """Return the main languages of the document, that of most of its text first."""
    found = []
    for at, language in enumerate(excerpt.languages):
        leaf = _leaf_in(excerpt, language)
        if leaf is not None:
            page, quote = leaf.number, _sample(leaf)
            confidence = 0.95 if at == 0 else 0.75
            found.append(
                Suggestion("language", language, page, quote, confidence, "language_of_words")
            )
    return found


def _leaf_in(excerpt: Excerpt, language: str) -> Leaf | None:
    leaves = [leaf for leaf in (*excerpt.front, *excerpt.back) if leaf.lines]
    written = [leaf for leaf in leaves if leaf.language == language]
    return next(iter(written or leaves), None)


def _sample(leaf: Leaf) -> str:
    """Return the first line that has words enough to show the language."""
    line = next(
        (line for line in leaf.lines if len(line.text.split()) >= _FEWEST_WORDS), leaf.lines[0]
    )
    return leaf.quote(line.start, min(line.end, line.start + _LONGEST_QUOTE))
