"""Finding terms of several words in running text, in any of the five languages.

Words are compared by their broad spelling, and a word may be longer than that of the term by an
ending of two letters ("interview" finds "interviews", "utvärdering" finds "utvärderingen"). Arabic
words are also tried without the particles that are written together with them ("بالمقابلات").
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from ..text import fold, forms, is_arabic, tokens
from .values import Labels, Mention

_ENDING = 2
_SHORTEST_STEM = 5
_MOST_TOKENS = 30_000
_AND = re.compile("^[وف](?=...)")
_WITH = re.compile("^[بكل](?=...)")
_ARTICLE = re.compile("^ال(?=...)")


class Phrases:
    """Terms that are looked for together, whatever their language.

    `codes` gives the code for each term. With `endings` off, words must be the same.
    """

    def __init__(self, codes: Mapping[str, str], *, endings: bool = True) -> None:
        self._reach = _ENDING if endings else 0
        self._terms: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for term, code in codes.items():
            words = tuple(_plain(form) for form in forms(term))
            if words:
                self._terms.setdefault(_first(words[0]), []).append((words, code))
        for terms in self._terms.values():
            # A longer term says more: "cluster randomised trial" before "randomised trial".
            terms.sort(key=lambda one: (-len(one[0]), -sum(map(len, one[0]))))

    def find_all(self, text: str) -> Iterator[Mention]:
        """Yield the terms in `text`, in the order of the text; they do not overlap."""
        words = []
        for token in tokens(text):
            words.append((_spellings(fold(token.form)), token.start, token.end))
            if len(words) >= _MOST_TOKENS:
                break
        at = 0
        while at < len(words):
            length, code = self._longest(words, at)
            if length:
                yield Mention(code, words[at][1], words[at + length - 1][2])
            at += length or 1

    def _longest(self, words: list[tuple[tuple[str, ...], int, int]], at: int) -> tuple[int, str]:
        for spelling in words[at][0]:
            for term, code in self._terms.get(_first(spelling), ()):
                if len(term) <= len(words) - at and all(
                    any(self._is_same(part, other) for other in words[at + place][0])
                    for place, part in enumerate(term)
                ):
                    return len(term), code
        return 0, ""

    def _is_same(self, wanted: str, found: str) -> bool:
        if wanted == found:
            return True
        if len(wanted) < _SHORTEST_STEM or not self._reach:
            return False
        return found.startswith(wanted) and len(found) - len(wanted) <= self._reach


class Terms:
    """Terms by language. It is a `Labels`.

    `codes` gives for each language ("ar" ... "sv", or "" for all of them) the code for each term.
    """

    def __init__(self, codes: Mapping[str, Mapping[str, str]]) -> None:
        self._phrases = {language: Phrases(terms) for language, terms in codes.items()}

    def find_all(self, text: str, languages: tuple[str, ...]) -> list[Mention]:
        """Return the terms of these languages in `text`, in its order."""
        wanted = [self._phrases[one] for one in ("", *languages) if one in self._phrases]
        found = {mention for phrases in wanted for mention in phrases.find_all(text)}
        return sorted(found, key=lambda mention: mention[1:])


class JoinedLabels:
    """Several labels that are used together. It is a `Labels`."""

    def __init__(self, parts: Iterable[Labels]) -> None:
        self._parts = tuple(parts)

    def find_all(self, text: str, languages: tuple[str, ...]) -> list[Mention]:
        """Return what any of the parts finds in `text`, in its order."""
        found = {mention for part in self._parts for mention in part.find_all(text, languages)}
        return sorted(found, key=lambda mention: mention[1:])


def _plain(form: str) -> str:
    word = fold(form)
    return _ARTICLE.sub("", word) if is_arabic(word) else word


def _spellings(word: str) -> tuple[str, ...]:
    if not is_arabic(word):
        return (word,)
    spelled = []
    for start in (word, _AND.sub("", word)):
        # "للقياس" is "ل" and "القياس", but loses its alef.
        bare = start[2:] if start.startswith("لل") else _WITH.sub("", start)
        spelled += [start, _ARTICLE.sub("", start), bare, _ARTICLE.sub("", bare)]
    return tuple(dict.fromkeys(spelled))


def _first(word: str) -> str:
    return word[:_SHORTEST_STEM]
