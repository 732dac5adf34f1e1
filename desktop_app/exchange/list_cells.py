"""Several values in one cell.

They are separated by "; ". A value that holds a separator, begins with a quotation mark or has
spaces around it stands in double quotes, with those in it doubled, as in CSV:
`Berg, Anna; "Haddad; Partners"`. Also read as separators are the Arabic semicolon and line breaks.
"""

import re
from collections.abc import Iterable

_SEPARATOR = re.compile("[;؛\r\n]")
_QUOTED = re.compile(r'\s*"((?:[^"]|"")*)"[^\S\r\n]*(?=[;؛\r\n]|$)')


def join(values: Iterable[str]) -> str:
    """Return several values as the text of one cell; `split` gives the same values back."""
    return "; ".join(map(_quoted, values))


def split(text: str) -> tuple[str, ...]:
    """Return the values of one cell, without the spaces around them; empty ones are left out."""
    values = []
    place = 0
    while place < len(text):
        if match := _QUOTED.match(text, place):
            values.append(match[1].replace('""', '"'))
            place = match.end() + 1
            continue
        separator = _SEPARATOR.search(text, place)
        end = separator.start() if separator else len(text)
        if value := text[place:end].strip():
            values.append(value)
        place = end + 1
    return tuple(values)


def _quoted(value: str) -> str:
    plain = value == value.strip() and not value.startswith('"') and not _SEPARATOR.search(value)
    if value and plain:
        return value
    return '"' + value.replace('"', '""') + '"'
