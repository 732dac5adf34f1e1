"""The pieces of a typed query: words, phrases, fields with their values, signs."""

import re
from dataclasses import dataclass

FIELD_NAME = "[^\\W\\d_][\\w\u0300-\u036f\u064b-\u065f\u0670]*"
"""A field's name, before the colon: letters with their marks, digits and underscores."""

_QUOTES = '"“”„«»‟'
_LEXEME = re.compile(
    rf"""\s*(?:
        (?P<open>\()
      | (?P<close>\))
      | (?P<minus>-(?=[^\s-]))
      | (?P<field>{FIELD_NAME}):(?=\S)
      | (?P<quote>[{_QUOTES}])
      | (?P<word>[^\s(){_QUOTES}]+)
    )""",
    re.VERBOSE,
)
_QUOTED = re.compile(f"[^{_QUOTES}]*")
_BARE = re.compile(rf"[^\s(){_QUOTES},،]+")
_NEXT = re.compile(r"[,،](?=[^\s(),،])")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query: `kind` is open, close, minus, field, phrase or word.

    A field has its values: one or several, separated by commas; none where a parenthesis follows.
    `quoted` tells whether its first one was put in quotes.
    """

    kind: str
    text: str
    values: tuple[str, ...] = ()
    quoted: bool = False


def lexemes(text: str) -> list[Lexeme]:
    """Return the pieces of a query in order; a quote that is not closed ends with the text."""
    found: list[Lexeme] = []
    position = 0
    while match := _LEXEME.match(text, position):
        kind = match.lastgroup or "word"
        position = match.end()
        if kind == "quote":
            content, position = _quoted(text, position)
            found.append(Lexeme("phrase", content))
        elif kind == "field":
            is_quoted = text[position] in _QUOTES
            values, position = _values(text, position)
            found.append(Lexeme(kind, match.group(kind), values, is_quoted))
        else:
            found.append(Lexeme(kind, match.group(kind)))
    return found


def _values(text: str, position: int) -> tuple[tuple[str, ...], int]:
    """Return the values that stand from `position` on, and where they end."""
    values = []
    while position < len(text):
        if text[position] in _QUOTES:
            value, position = _quoted(text, position + 1)
        elif bare := _BARE.match(text, position):
            value, position = bare.group(), bare.end()
        else:
            break
        values.append(value)
        separator = _NEXT.match(text, position)
        if separator is None:
            break
        position = separator.end()
    return tuple(values), position


def _quoted(text: str, position: int) -> tuple[str, int]:
    quoted = _QUOTED.match(text, position)
    content = quoted.group() if quoted else ""
    return content, min(len(text), position + len(content) + 1)
