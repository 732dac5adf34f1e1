"""What a typed query is about: its languages, its function words, and its compounds taken apart.

A function word of one language means something in another ("war", "men", "son", "comment"). So
function words count as such only in the languages that the query is written in, as far as those of
its function words tell that mean nothing elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterable

from desktop_app.domain.language import FUNCTION_WORDS
from desktop_app.domain.queries import And, Node, Not, Or, Phrase, Word
from desktop_app.domain.text import fold

_QUESTION_WORDS = {
    "ar": "ماهو ماهي مالذي لم",
    "en": "many much",
    "fr": "quoi lequel laquelle lesquels lesquelles",
    "de": "viele wieviele womit wofür wozu wem wessen",
    "sv": "många vart",
}
"""Beside those that tell the language of a page."""
_TELLS_NO_LANGUAGE = frozenset(
    "war die den hat man mit des dem son sur plus comment pour tout sans fait men till sin mot han "
    "din under bara us may will".split()
)
_ELIDED = frozenset(("l", "d", "qu", "n", "s", "c", "j", "m", "t", "jusqu", "lorsqu", "puisqu"))
"""What stands before the apostrophe in French."""
_QUOTES = frozenset('"“”„«»‟')


def _spellings(language: str) -> frozenset[str]:
    words = FUNCTION_WORDS[language].union(_QUESTION_WORDS[language].split())
    return words.union(map(fold, words))


_WORDS = {language: _spellings(language) for language in FUNCTION_WORDS}


def languages_of(forms: Iterable[str]) -> frozenset[str]:
    """Return the languages that most function words of a query belong to; empty without any."""
    scores: defaultdict[str, float] = defaultdict(float)
    for form in set(forms) - _TELLS_NO_LANGUAGE:
        found = [
            language
            for language, words in _WORDS.items()
            if not words.isdisjoint((form, fold(form)))
        ]
        for language in found:
            scores[language] += 1 / len(found)
    best = max(scores.values(), default=0.0)
    return frozenset(language for language, score in scores.items() if score == best)


def function_words(forms: Iterable[str], languages: Iterable[str]) -> frozenset[str]:
    """Return which forms of a query are function words of these languages, its own."""
    words = frozenset[str]().union(*(_WORDS[language] for language in languages))
    return frozenset(form for form in forms if form in words or fold(form) in words)


def has_quotes(text: str) -> bool:
    """Return whether somebody typed quotation marks, and so means the words as they stand."""
    return not _QUOTES.isdisjoint(text)


def without_elisions(node: Node) -> Node:
    """Return the tree with elided French articles as words of their own ("l'évaluation")."""
    match node:
        case Phrase((first, *rest), field) if first in _ELIDED and rest:
            noun = Word(rest[0], field=field) if len(rest) == 1 else Phrase(tuple(rest), field)
            return And((Word(first, field=field), noun))
        case And(parts):
            return And(_flat(map(without_elisions, parts)))
        case Or(parts):
            return Or(tuple(map(without_elisions, parts)))
        case Not(part):
            return Not(without_elisions(part))
        case _:
            return node


def without_compounds(node: Node) -> Node:
    """Return the tree with every phrase that must be found as single words ("at-risk")."""
    match node:
        case Phrase(forms, field) if len(forms) > 1:
            return And(tuple(Word(form, field=field) for form in forms))
        case And(parts):
            return And(_flat(map(without_compounds, parts)))
        case _:
            return node


def _flat(nodes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(
        inner for node in nodes for inner in (node.parts if isinstance(node, And) else (node,))
    )
