"""The query language: typed text becomes a tree; nothing that is typed is an error.

Words (all of them, by default), "exact phrase", OR, -without, prefix*, parentheses, and fields:
title: author: tag: kind: country: design: outcome: year:2018..2022 has:findings and the others of
`query_fields`, with one value, several (country:SE,DK) or a group (country:(SE OR DK)). Names of
fields and values are understood in five languages. An unknown field is searched as words, with a
remark; an unclosed quote or parenthesis is closed at the end.
"""

import re
from dataclasses import dataclass, replace

from .query_fields import QUERY_FIELDS, Comparison
from .query_lexemes import Lexeme, lexemes
from .query_names import PLAIN_NAMES, QueryNames, find_field, find_presence
from .query_nodes import (
    FIRST_YEAR,
    LAST_YEAR,
    And,
    Filter,
    Node,
    Not,
    Or,
    Phrase,
    Word,
    excludes_words,
    only_excludes,
    simplify,
    words_of,
)
from .text import forms
from .translation import QT_TRANSLATE_NOOP

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "And",
    "Filter",
    "Hint",
    "Node",
    "Not",
    "Or",
    "Phrase",
    "Query",
    "Word",
    "parse",
    "words_of",
]

MAX_TERMS = 64
"""Words of a query that are looked at; a pasted page of text must not stall the search."""
MAX_DEPTH = 20
MAX_LENGTH = 4000
LARGEST = 10**9
"""Stands for the open end of a range of numbers that are no years."""
MAX_NEAR = 3
"""Remarks of one query that name near values: to find them takes time."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A remark on a query: a sentence to translate, and the fields that fill it."""

    template: str
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """Return the sentence in English."""
        return self.template.format(**dict(self.fields))


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: `root` is None when there is nothing to look for."""

    text: str
    root: Node | None
    hints: tuple[Hint, ...] = ()


UNKNOWN_FIELD = QT_TRANSLATE_NOOP(
    "Hints", 'There is no field "{field}:"; it was searched as a word.'
)
UNKNOWN_VALUE = QT_TRANSLATE_NOOP(
    "Hints", '"{value}" is not a value of "{field}:"; it was searched as a word.'
)
UNKNOWN_VALUE_NEAR = QT_TRANSLATE_NOOP(
    "Hints",
    '"{value}" is not a value of "{field}:"; it was searched as a word. Near to it: {near}.',
)
LEFT_OUT = QT_TRANSLATE_NOOP("Hints", '"{value}" is not a value of "{field}:" and was left out.')
LEFT_OUT_NEAR = QT_TRANSLATE_NOOP(
    "Hints", '"{value}" is not a value of "{field}:" and was left out. Near to it: {near}.'
)
ONLY_EXCLUDED = QT_TRANSLATE_NOOP(
    "Hints", "The query only says what to leave out. Add a word to look for."
)
TOO_LONG = QT_TRANSLATE_NOOP("Hints", "The query is very long; only its beginning was searched.")

_RANGE = re.compile(r"(\d{1,9})?(\.\.|-|–)?(\d{1,9})?$")


def parse(text: str, names: QueryNames = PLAIN_NAMES) -> Query:
    """Return the tree of a typed query; never raises. `names` knows what values are called."""
    hints: list[Hint] = []
    if len(text) > MAX_LENGTH:
        hints.append(Hint(TOO_LONG))
    parser = _Parser(lexemes(text[:MAX_LENGTH]), names, hints)
    root = simplify(parser.alternatives(depth=0))
    while not parser.at_end():
        # A closing parenthesis without an opening one: skip it and read on.
        parser.skip()
        rest = simplify(parser.alternatives(depth=0))
        root = simplify(And(tuple(node for node in (root, rest) if node is not None)))
    if parser.terms > MAX_TERMS:
        hints.append(Hint(TOO_LONG))
    if root is not None and only_excludes(root) and excludes_words(root):
        hints.append(Hint(ONLY_EXCLUDED))
        root = None
    return Query(text, root, tuple(dict.fromkeys(hints)))


class _Parser:
    """Recursive descent over the lexemes: alternatives (OR) of sequences (all) of items."""

    def __init__(self, pieces: list[Lexeme], names: QueryNames, hints: list[Hint]) -> None:
        self._lexemes = pieces
        self._names = names
        self._position = 0
        self._hints = hints
        self._near_named = 0
        self.terms = 0

    def at_end(self) -> bool:
        return self._position >= len(self._lexemes)

    def skip(self) -> None:
        self._position += 1

    def alternatives(self, depth: int, field: Lexeme | None = None) -> Node:
        """Read alternatives; words in a group of a field (`country:(...)`) are values of it."""
        parts = [self._sequence(depth, field)]
        while not self.at_end() and self._is_or():
            self.skip()
            parts.append(self._sequence(depth, field))
        return Or(tuple(parts))

    def _is_or(self) -> bool:
        lexeme = self._lexemes[self._position]
        return lexeme.kind == "word" and lexeme.text in {"OR", "|", "||"}

    def _sequence(self, depth: int, field: Lexeme | None) -> Node:
        parts: list[Node] = []
        while not self.at_end() and not self._is_or():
            if self._lexemes[self._position].kind == "close":
                if depth > 0:
                    break
                self.skip()
                continue
            parts.append(self._item(depth, field))
        return And(tuple(parts))

    def _item(self, depth: int, field: Lexeme | None) -> Node:
        lexeme = self._lexemes[self._position]
        self.skip()
        match lexeme.kind:
            case "open":
                return self._group(depth, field)
            case "minus":
                return And(()) if self.at_end() else Not(self._item(depth, field))
            case "field" if lexeme.values:
                return self._fielded(lexeme)
            case "field" if not self.at_end() and self._lexemes[self._position].kind == "open":
                self.skip()
                return self._group(depth, lexeme)
            case "word" if lexeme.text == "AND":
                return And(())
            case "word" | "phrase" if field is not None:
                quoted = lexeme.kind == "phrase"
                return self._fielded(replace(field, values=(lexeme.text,), quoted=quoted))
            case "phrase":
                return self._phrase(lexeme.text, None)
            case _:
                return self._words(lexeme.text, None)

    def _group(self, depth: int, field: Lexeme | None) -> Node:
        if depth >= MAX_DEPTH:
            return And(())
        inside = self.alternatives(depth + 1, field)
        if not self.at_end():
            self.skip()
        return inside

    def _fielded(self, lexeme: Lexeme) -> Node:
        name, values = lexeme.text, lexeme.values
        known = QUERY_FIELDS.get(find_field(name) or "")
        typed = ",".join(values)
        if known is None:
            self._remark(UNKNOWN_FIELD, field=name)
            return And((self._words(name, None), self._words(typed, None)))
        if known.comparison is Comparison.TEXT:
            make = self._phrase if lexeme.quoted and len(values) == 1 else self._words
            return make(typed, known.name)
        if known.comparison is Comparison.NUMBER:
            found = [_range(known.name, value) for value in values]
            ranges = tuple(one for one in found if one is not None)
            unknown = [value for value, one in zip(values, found, strict=True) if one is None]
            filters: tuple[Filter, ...] = ranges
        else:
            codes = [self._codes(known.name, known.comparison, value) for value in values]
            unknown = [value for value, one in zip(values, codes, strict=True) if not one]
            wanted = tuple(dict.fromkeys(code for one in codes for code in one))
            filters = (Filter(known.name, wanted),) if wanted else ()
        for value in unknown:
            self._unknown_value(name, known.name, value, searched=not filters)
        return Or(filters) if filters else self._words(typed, None)

    def _codes(self, field: str, comparison: Comparison, value: str) -> tuple[str, ...]:
        match comparison:
            case Comparison.CODE:
                return self._names.find(field, value)
            case Comparison.PRESENCE:
                found = find_presence(value)
                return () if found is None else (found,)
            case _:
                text = " ".join(value.split())
                return (text,) if forms(text) else ()

    def _unknown_value(self, name: str, field: str, value: str, *, searched: bool) -> None:
        near: tuple[str, ...] = ()
        if QUERY_FIELDS[field].comparison is Comparison.CODE and self._near_named < MAX_NEAR:
            self._near_named += 1
            near = self._names.near(field, value)
        if near:
            template = UNKNOWN_VALUE_NEAR if searched else LEFT_OUT_NEAR
            self._remark(template, value=value, field=name, near=", ".join(near))
        else:
            self._remark(UNKNOWN_VALUE if searched else LEFT_OUT, value=value, field=name)

    def _remark(self, template: str, **fields: str) -> None:
        self._hints.append(Hint(template, tuple(fields.items())))

    def _words(self, text: str, field: str | None) -> Node:
        prefix = text.endswith("*")
        found = forms(text)
        self.terms += len(found)
        if not found or self.terms > MAX_TERMS:
            return And(())
        if len(found) == 1:
            return Word(found[0], prefix, field)
        # "at-risk" or "l'évaluation": one typed word, several in the text, next to each other.
        if prefix:
            return And(
                (*(Word(form, False, field) for form in found[:-1]), Word(found[-1], True, field))
            )
        return Phrase(tuple(found), field)

    def _phrase(self, text: str, field: str | None) -> Node:
        found = forms(text)
        self.terms += len(found)
        if not found or self.terms > MAX_TERMS:
            return And(())
        return Phrase(tuple(found), field)


def _range(field: str, text: str) -> Filter | None:
    found = _RANGE.match(text.strip())
    if found is None or not (found.group(1) or found.group(3)):
        return None
    largest = LAST_YEAR if field == "year" else LARGEST
    first, last = int(found.group(1) or 0), int(found.group(3) or largest)
    if max(first, last) > largest:
        return None
    if not found.group(2):
        # Without a sign of a range there is only one number.
        last = first
    return Filter(field, first=min(first, last), last=max(first, last))
