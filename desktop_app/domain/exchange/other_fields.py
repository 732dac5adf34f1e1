"""What metadata files say of a record that no field of ours holds.

It is kept with the record under the name "other" as a mapping: by family ("ris", "bib", "json", and
"table" for CSV and XLSX), by tag or column, the texts in their order. Writing the same family gives
the texts back; tables write those of every family, in columns such as "ris:M3".
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from ..changes.change import Value
from .headings import SheetKind, continued_column, field_of
from .rows import MetadataFormat

OTHER = "other"
"""The name under which a record's changes and values hold all this."""
TABLE = "table"
"""The family of CSV files and workbooks."""

_PLACE = re.compile("(ris|bib|json|table):(.+)", re.DOTALL)


def family_of(form: MetadataFormat) -> str:
    """Return the family of a format."""
    return TABLE if form in {MetadataFormat.CSV, MetadataFormat.XLSX} else form.value


def of_family(other: Value, family: str) -> dict[str, tuple[str, ...]]:
    """Return the texts of one family by tag or column; {} where there are none."""
    held = other.get(family) if isinstance(other, Mapping) else None
    if not isinstance(held, Mapping):
        return {}
    return {str(name): tuple(_texts(texts)) for name, texts in held.items() if any(_texts(texts))}


def column_of(family: str, name: str) -> str:
    """Return the heading under which a table writes a tag or column; `place` is its reverse."""
    known = any(field_of(name, kind) is not None for kind in SheetKind)
    plain = family == TABLE and not known and not _PLACE.fullmatch(name)
    return name if plain and continued_column(name) is None else f"{family}:{name}"


def place(column: str) -> tuple[str, str]:
    """Return the family and the tag or column that a heading of a table stands for."""
    found = _PLACE.fullmatch(column.strip())
    return (found[1], found[2]) if found else (TABLE, column)


def merged(held: Value, more: Mapping[str, Mapping[str, Sequence[str]]]) -> Value:
    """Return what is held with what is new of it: texts that are there stay, each stands once."""
    found: dict[str, dict[str, list[str]]] = {}
    for family in (*_names(held), *more):
        said = {**of_family(held, family)}
        for name, texts in more.get(family, {}).items():
            said[name] = tuple(dict.fromkeys((*said.get(name, ()), *texts)))
        found[family] = {name: list(texts) for name, texts in said.items() if texts}
    return {family: said for family, said in found.items() if said} or None


def _names(held: Value) -> Iterator[str]:
    if isinstance(held, Mapping):
        yield from map(str, held)


def _texts(texts: object) -> Iterator[str]:
    if isinstance(texts, Sequence) and not isinstance(texts, str):
        yield from (text for text in texts if isinstance(text, str) and text)
