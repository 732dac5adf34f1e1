"""Labels of concepts by the words in them: which label stands in a query, and what is being typed.

Words are compared by *keys*: the spellings under which a form is known in a language. A label word
and a typed word are the same where they share a key.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from .concepts import Concept, Label, LabelUse
from .language import FUNCTION_WORDS
from .text import fold, forms, german_folds, tokens

Keys = Callable[[str, str], frozenset[str]]
"""Gives the keys of a form in a language: `keys("évaluations", "fr")`."""

STRENGTH = {use: place for place, use in enumerate(LabelUse)}
"""The rank of a label by its use: 0 is the strongest."""

# "and", "so", "with" and "as" may stand before the article; they stay.
_ARABIC_ARTICLE = re.compile("([وفبك]?)ال(?=..)")
_FUNCTION_WORDS = frozenset().union(*FUNCTION_WORDS.values())
_SHORTEST_INSIDE = 3
"""Characters that have to be typed before they are looked for inside of words."""
_NO_FIT = 4


@dataclass(frozen=True, slots=True)
class LabelExpansion:
    """The words `start` to `end` (exclusive) of a query are a label of `concept`.

    `languages` are those in which they are one, `labels` what else may be searched for: the labels
    of the other languages, preferred ones first. Where the words are a label in several languages
    ("prevention"), nobody knows which was meant, so their other labels belong to it as well.
    """

    start: int
    end: int
    concept: Concept
    languages: frozenset[str]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class LabelMention:
    """The characters `start` to `end` (exclusive) of a text are a label of `concept`."""

    concept: Concept
    label: Label
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A concept that fits what is being typed, and the label by which it does."""

    concept: Concept
    label: Label


def plain_keys(form: str, language: str) -> frozenset[str]:
    """Return how a form may be typed: its fold, German ä also as ae, Arabic without article."""
    if language == "ar":
        return frozenset((_without_article(fold(form)),))
    if language == "de":
        return frozenset((fold(form), *german_folds(form)))
    return frozenset((fold(form),))


def typed_key(text: str) -> str:
    """Return what labels have in common that differ only in how they are typed."""
    return " ".join(_typed(text))


class LabelIndex:
    """The labels of concepts, prepared for one way of comparing words."""

    def __init__(self, concepts: Iterable[Concept], keys: Keys) -> None:
        self._keys = keys
        self._by_first: defaultdict[tuple[str, str], list[_Entry]] = defaultdict(list)
        for concept in concepts:
            for label in concept.names():
                words = tuple(keys(form, label.language) for form in forms(label.text))
                entry = _Entry(concept, label, words)
                for first in words[0] if words else ():
                    self._by_first[label.language, first].append(entry)
        self._languages = sorted({language for language, _ in self._by_first})

    def whole(self, words: Sequence[str]) -> Iterator[tuple[Concept, Label]]:
        """Yield each label that consists of exactly these forms, with its concept."""
        for entry in self._beginning(self._typed(words, self._languages), 0):
            if len(entry.words) == len(words):
                yield entry.concept, entry.label

    def expansions(self, words: Sequence[str]) -> Iterator[LabelExpansion]:
        """Yield what the longest labels among these forms are called elsewhere, in order."""
        for start, end, entries in self._runs(words, self._languages):
            languages: dict[Concept, set[str]] = {}
            for entry in entries:
                languages.setdefault(entry.concept, set()).add(entry.label.language)
            for concept, spoken in languages.items():
                labels = _offered(concept, spoken, words[start:end])
                yield LabelExpansion(start, end, concept, frozenset(spoken), labels)

    def mentions(self, text: str, languages: Collection[str]) -> Iterator[LabelMention]:
        """Yield where a text holds a label, in order; the longest one counts at each place."""
        words = list(tokens(text))

        def is_meant(entry: _Entry, place: int) -> bool:
            # "RAN" is the name of a network, "ran" is a verb.
            surface = text[words[place].start : words[place].end]
            return surface.isupper() or not entry.label.text.isupper()

        forms_of = [word.form for word in words]
        for start, end, entries in self._runs(forms_of, languages, is_meant):
            for concept, label in {entry.concept: entry.label for entry in entries}.items():
                yield LabelMention(concept, label, words[start].start, words[end - 1].end)

    def _runs(
        self,
        words: Sequence[str],
        languages: Collection[str],
        is_meant: "Callable[[_Entry, int], bool]" = lambda _entry, _place: True,
    ) -> "Iterator[tuple[int, int, list[_Entry]]]":
        """Yield the places [start, end) of the longest labels, which do not overlap."""
        typed = self._typed(words, languages)
        start = 0
        while start < len(words):
            found = [entry for entry in self._beginning(typed, start) if is_meant(entry, start)]
            if len(words) > 1 and words[start] in _FUNCTION_WORDS:
                # In "was hat gewirkt" nobody means the Swedish "hat", hate.
                found = [entry for entry in found if len(entry.words) > 1]
            length = max((len(entry.words) for entry in found), default=1)
            if found:
                longest = [entry for entry in found if len(entry.words) == length]
                yield start, start + length, longest
            start += length

    def _typed(
        self, words: Sequence[str], languages: Collection[str]
    ) -> dict[str, list[frozenset[str]]]:
        return {language: [self._keys(form, language) for form in words] for language in languages}

    def _beginning(self, typed: dict[str, list[frozenset[str]]], start: int) -> "Iterator[_Entry]":
        """Yield each label that stands in the typed words from `start` on."""
        for language, words in typed.items():
            # By identity: a label may be known by several keys of its first word.
            found = {
                id(entry): entry
                for first in (sorted(words[start]) if start < len(words) else ())
                for entry in self._by_first.get((language, first), ())
                if entry.fits(words, start)
            }
            yield from found.values()


@dataclass(frozen=True, slots=True)
class _Entry:
    concept: Concept
    label: Label
    words: tuple[frozenset[str], ...]

    def fits(self, typed: Sequence[frozenset[str]], start: int) -> bool:
        part = typed[start : start + len(self.words)]
        return len(part) == len(self.words) and not any(
            word.isdisjoint(other) for word, other in zip(self.words, part, strict=True)
        )


class LabelSearch:
    """The labels of concepts, prepared for looking them up while somebody types."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._labels: list[tuple[Concept, Label, list[str], str]] = []
        for concept in concepts:
            for label in concept.names():
                for words in _spellings(label):
                    self._labels.append((concept, label, words, " ".join(words)))

    def search(self, text: str, language: str, limit: int) -> tuple[LabelMatch, ...]:
        """Return the best concepts for what was typed so far, each with its best label."""
        # What was typed of an Arabic article is not one yet, so it is also taken as it stands.
        typed = [_typed(text), [fold(form) for form in forms(text)]]
        if typed[0] == typed[1]:
            del typed[1]
        if not typed[0]:
            return ()
        best: dict[Concept, tuple[tuple[int, bool, int, int], Label]] = {}
        for concept, label, words, joined in self._labels:
            # Most labels are ruled out by the first test, which is quick.
            fits = [_fit(parts, words) for parts in typed if all(part in joined for part in parts)]
            fit = min(fits, default=_NO_FIT)
            if fit == _NO_FIT:
                continue
            rank = (fit, label.language != language, STRENGTH[label.use], len(label.text))
            if concept not in best or rank < best[concept][0]:
                best[concept] = rank, label
        ranked = sorted(best.items(), key=lambda item: item[1][0])
        return tuple(LabelMatch(concept, label) for concept, (_, label) in ranked[:limit])


def _spellings(label: Label) -> Iterable[list[str]]:
    words = forms(label.text)
    found = [_typed(label.text)]
    if label.language == "de":
        found.append([(*german_folds(word), fold(word))[0] for word in words])
    if label.language == "ar":
        found.append([fold(word) for word in words])
    return found if found[0] != found[-1] else found[:1]


def _fit(typed: list[str], words: list[str]) -> int:
    """Return how well a label fits, 0 being best."""
    if typed == words:
        return 0
    *whole, last = typed
    if words[: len(whole)] == whole and any(
        word.startswith(last) for word in words[len(whole) : len(typed)]
    ):
        return 1
    if all(any(word.startswith(part) for word in words) for part in typed):
        return 2
    if all(len(part) >= _SHORTEST_INSIDE and any(part in word for word in words) for part in typed):
        return 3
    return _NO_FIT


def _offered(concept: Concept, spoken: set[str], words: Sequence[str]) -> tuple[Label, ...]:
    typed = typed_key(" ".join(words))
    return tuple(
        label
        for label in concept.names()
        if label.use is not LabelUse.HIDDEN
        and spoken != {label.language}
        and typed_key(label.text) != typed
    )


def _typed(text: str) -> list[str]:
    return [_without_article(fold(form)) for form in forms(text)]


def _without_article(folded: str) -> str:
    article = _ARABIC_ARTICLE.match(folded)
    return article[1] + folded[article.end() :] if article else folded
