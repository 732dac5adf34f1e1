"""The query language: typed text becomes a tree; nothing that is typed is an error.

Words (all of them, by default), "exact phrase", OR, -without, prefix*, parentheses, and fields:
title: author: kind: language: access: year:2018..2022. An unknown field is searched as words, with
a remark; an unclosed quote or parenthesis is closed at the end.
"""

import re
from dataclasses import dataclass

from .query_names import find_field, find_value
from .text import forms
from .translation import QT_TRANSLATE_NOOP

TEXT_FIELDS = frozenset({"title", "author"})
MAX_TERMS = 64
"""Words of a query that are looked at; a pasted page of text must not stall the search."""
MAX_DEPTH = 20
MAX_LENGTH = 4000
FIRST_YEAR, LAST_YEAR = 0, 9999


@dataclass(frozen=True, slots=True)
class Word:
    """One word, in any field or in the named one; `prefix` also finds words beginning with it."""

    form: str
    prefix: bool = False
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to each other in this order."""

    forms: tuple[str, ...]
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Records whose field holds one of `values`, or lies from `first` to `last` (years)."""

    field: str
    values: tuple[str, ...] = ()
    first: int = FIRST_YEAR
    last: int = LAST_YEAR


@dataclass(frozen=True, slots=True)
class And:
    """All parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not this part."""

    part: "Node"


Node = Word | Phrase | Filter | And | Or | Not


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
ONLY_EXCLUDED = QT_TRANSLATE_NOOP(
    "Hints", "The query only says what to leave out. Add a word to look for."
)
TOO_LONG = QT_TRANSLATE_NOOP("Hints", "The query is very long; only its beginning was searched.")

_LEXEME = re.compile(
    r"""\s*(?:
        (?P<open>\()
      | (?P<close>\))
      | (?P<minus>-(?=[^\s-]))
      | (?P<field>[^\W\d_]\w*):(?=\S)
      | (?P<quote>["“”„«»‟])
      | (?P<word>[^\s()"“”„«»‟]+)
    )""",
    re.VERBOSE,
)
_QUOTED = re.compile(r'[^"“”„«»‟]*')
_YEARS = re.compile(r"(\d{1,4})?(\.\.|-|–)?(\d{1,4})?$")


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: str
    text: str


def parse(text: str) -> Query:
    """Return the tree of a typed query; never raises."""
    hints: list[Hint] = []
    if len(text) > MAX_LENGTH:
        hints.append(Hint(TOO_LONG))
    parser = _Parser(_lexemes(text[:MAX_LENGTH]), hints)
    root = _simplify(parser.alternatives(depth=0))
    while not parser.at_end():
        # A closing parenthesis without an opening one: skip it and read on.
        parser.skip()
        rest = _simplify(parser.alternatives(depth=0))
        root = _simplify(And(tuple(node for node in (root, rest) if node is not None)))
    if parser.terms > MAX_TERMS:
        hints.append(Hint(TOO_LONG))
    if root is not None and _only_excludes(root):
        hints.append(Hint(ONLY_EXCLUDED))
        root = None
    return Query(text, root, tuple(dict.fromkeys(hints)))


def words_of(node: Node | None) -> list[Word | Phrase]:
    """Return the words and phrases that a match must or may hold, excluded ones left out."""
    match node:
        case None | Filter() | Not():
            return []
        case Word() | Phrase():
            return [node]
        case And(parts) | Or(parts):
            return [word for part in parts for word in words_of(part)]


def _lexemes(text: str) -> list[_Lexeme]:
    lexemes: list[_Lexeme] = []
    position = 0
    while found := _LEXEME.match(text, position):
        kind = found.lastgroup or "word"
        position = found.end()
        if kind == "quote":
            quoted = _QUOTED.match(text, position)
            content = quoted.group() if quoted else ""
            position = min(len(text), position + len(content) + 1)
            lexemes.append(_Lexeme("phrase", content))
        else:
            lexemes.append(_Lexeme(kind, found.group(kind)))
    return lexemes


class _Parser:
    """Recursive descent over the lexemes: alternatives (OR) of sequences (all) of items."""

    def __init__(self, lexemes: list[_Lexeme], hints: list[Hint]) -> None:
        self._lexemes = lexemes
        self._position = 0
        self._hints = hints
        self.terms = 0

    def at_end(self) -> bool:
        return self._position >= len(self._lexemes)

    def skip(self) -> None:
        self._position += 1

    def alternatives(self, depth: int) -> Node:
        parts = [self._sequence(depth)]
        while not self.at_end() and self._is_or():
            self.skip()
            parts.append(self._sequence(depth))
        return Or(tuple(parts))

    def _is_or(self) -> bool:
        lexeme = self._lexemes[self._position]
        return lexeme.kind == "word" and lexeme.text in {"OR", "|", "||"}

    def _sequence(self, depth: int) -> Node:
        parts: list[Node] = []
        while not self.at_end() and not self._is_or():
            if self._lexemes[self._position].kind == "close":
                if depth > 0:
                    break
                self.skip()
                continue
            parts.append(self._item(depth))
        return And(tuple(parts))

    def _item(self, depth: int) -> Node:
        lexeme = self._lexemes[self._position]
        self.skip()
        match lexeme.kind:
            case "open":
                if depth >= MAX_DEPTH:
                    return And(())
                inside = self.alternatives(depth + 1)
                if not self.at_end():
                    self.skip()
                return inside
            case "minus":
                return And(()) if self.at_end() else Not(self._item(depth))
            case "field":
                return self._fielded(lexeme.text)
            case "phrase":
                return self._phrase(lexeme.text, None)
            case _:
                return And(()) if lexeme.text == "AND" else self._words(lexeme.text, None)

    def _fielded(self, name: str) -> Node:
        field = find_field(name)
        value = None if self.at_end() else self._lexemes[self._position]
        if value is None or value.kind not in {"word", "phrase"}:
            return self._words(name, None)
        self.skip()
        if field is None:
            self._hints.append(Hint(UNKNOWN_FIELD, (("field", name),)))
            return And((self._words(name, None), self._words(value.text, None)))
        if field in TEXT_FIELDS:
            make = self._phrase if value.kind == "phrase" else self._words
            return make(value.text, field)
        wanted = _year_filter(value.text) if field == "year" else _value_filter(field, value.text)
        if wanted is None:
            self._hints.append(Hint(UNKNOWN_VALUE, (("value", value.text), ("field", name))))
            return self._words(value.text, None)
        return wanted

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


def _year_filter(text: str) -> Filter | None:
    found = _YEARS.match("".join(forms(text)) if text.isdigit() else text)
    if found is None or not (found.group(1) or found.group(3)):
        return None
    first = int(found.group(1) or FIRST_YEAR)
    if not found.group(2):
        return Filter("year", first=first, last=first)
    last = int(found.group(3) or LAST_YEAR)
    return Filter("year", first=min(first, last), last=max(first, last))


def _value_filter(field: str, text: str) -> Filter | None:
    values = [find_value(field, name) for name in text.split(",")]
    found = tuple(value for value in values if value is not None)
    return Filter(field, found) if found else None


def _simplify(node: Node) -> Node | None:
    """Return the tree without empty and single-part branches; None when nothing is left."""
    match node:
        case And(parts) | Or(parts):
            kept = tuple(part for part in map(_simplify, parts) if part is not None)
            flat: list[Node] = []
            for part in kept:
                flat.extend(part.parts if isinstance(part, type(node)) else (part,))
            if len(flat) < 2:
                return flat[0] if flat else None
            return type(node)(tuple(flat))
        case Not(part):
            inside = _simplify(part)
            if isinstance(inside, Not):
                return inside.part
            return None if inside is None else Not(inside)
        case _:
            return node


def _only_excludes(node: Node) -> bool:
    match node:
        case Not():
            return True
        case And(parts) | Or(parts):
            return all(map(_only_excludes, parts))
        case _:
            return False
