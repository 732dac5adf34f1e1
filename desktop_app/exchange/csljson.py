"""CSL-JSON, the format of citation processors, as Zotero and many web services write it.

The file is read item by item, so that a broken item costs no more than itself.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from ..domain.exchange.rows import (
    Cell,
    MetadataFile,
    MetadataFormat,
    SourceRow,
    UnreadableMetadata,
)
from .bibliography import filled, one_sheet, read_lines, write_text
from .csl_values import Json, cell_texts, encode_texts

_DECODER = json.JSONDecoder(
    # Numbers stay as they are written: Python refuses those of more than 4,300 digits.
    parse_int=str,
    parse_float=str,
    parse_constant=str,
    strict=False,
)
_MOST_PARTS = 3_000_000
_BLANK = re.compile(r"[\s,]*")
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_NEXT = re.compile(r"[}\]]\s*,?\s*(?=\{)")
_MOST_ATTEMPTS = 1_000
_OF_AN_ITEM = frozenset({"type", "title", "DOI", "issued", "author"})
_NO_ITEM = (
    "This item can't be read: it is not valid JSON from here on. Compare it with the item before "
    "it; often a comma, a quotation mark or a bracket is missing."
)
_OTHER = (
    "This JSON file holds no references: CSL-JSON is a list of items with a type and a title. "
    "Export the references again, in the CSL-JSON format."
)


def read_csljson(path: Path) -> MetadataFile:
    """Return the items of a CSL-JSON file; raises `UnreadableMetadata` if it holds none.

    Columns are the names of the variables. A name is a cell, in the form "Family, Given"; a date
    is a text in the Extended Date/Time Format (2024-03, 2020/2021, 2020-21 for spring, 2020~).
    What is more than text, and neither a name nor a date, is a cell of JSON.
    """
    decoded = read_lines(path, "{[:,", _MOST_PARTS)
    text = decoded.text
    rows = list(_rows(text, _first(text)))
    is_empty = re.fullmatch(r"\s*(\[\s*\]\s*)?", text) is not None
    is_broken = text.lstrip().startswith(("[", "{")) and any(
        row.problem == _NO_ITEM for row in rows
    )
    if not (is_empty or is_broken or any(_is_reference(row) for row in rows)):
        raise UnreadableMetadata(_OTHER)
    return one_sheet(MetadataFormat.CSL_JSON, rows, decoded.encoding)


def _first(text: str) -> int:
    """Return where the first item begins: in the list, in a list "items", or all of the file."""
    start = len(text) - len(text.lstrip())
    if text.startswith("[", start):
        return start + 1
    items = _ITEMS.search(text)
    if text.startswith("{", start) and items and not _item_at(text, start).keys() & _OF_AN_ITEM:
        return items.end()
    return start


def _item_at(text: str, position: int) -> dict[str, Json]:
    try:
        found, _ = _DECODER.raw_decode(text, position)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _rows(text: str, position: int) -> Iterator[SourceRow]:
    line, counted, attempts = 1, 0, 0
    while True:
        position = _after_blank(text, position)
        if position >= len(text) or text[position] in "]}":
            return
        line += text.count("\n", counted, position)
        counted = position
        try:
            found, position = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            yield SourceRow(line, (), _NO_ITEM)
            broken = error.pos if isinstance(error, json.JSONDecodeError) else position + 1
            # An error within the item's first character would be met again.
            following, attempts = _next_item(text, max(broken, position + 1), attempts)
            if following is None:
                return
            position = following
            continue
        if isinstance(found, dict):
            yield _row(line, found)
        else:
            yield SourceRow(line, (), "This is no reference: an item stands in braces, { and }.")


def _after_blank(text: str, position: int) -> int:
    match = _BLANK.match(text, position)
    return match.end() if match else position


def _next_item(text: str, position: int, attempts: int) -> tuple[int | None, int]:
    """Return where the next whole item begins after a broken one, and how often that was tried."""
    for match in _NEXT.finditer(text, position):
        attempts += 1
        if attempts > _MOST_ATTEMPTS:
            break
        # Authors are objects too, but have neither type nor title.
        if _item_at(text, match.end()).keys() & {"type", "title"}:
            return match.end(), attempts
    return None, attempts


def _row(line: int, item: dict[str, Json]) -> SourceRow:
    cells = filled(
        (column, text)
        for column, value in item.items()
        for text in cell_texts(_plain(column), value)
    )
    return SourceRow(line, cells, "" if cells else "The item is empty: there is nothing in it.")


def _plain(column: str) -> str:
    return column.encode("utf-8", "replace").decode("utf-8")


def _is_reference(row: SourceRow) -> bool:
    return any(cell.column in _OF_AN_ITEM for cell in row.cells)


def write_csljson(rows: Iterable[Sequence[Cell]], target: Path | TextIO) -> None:
    """Write one item a row. An "id" that another row has already gets a number."""
    write_text(_written(rows), target)


def _written(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    taken: set[str] = set()
    before = "[\n"
    for cells in rows:
        columns: dict[str, list[str]] = {}
        for cell in cells:
            columns.setdefault(cell.column, []).append(cell.text)
        wanted = "".join(columns.pop("id", [])[:1]) or "record"
        name, number = wanted, 1
        while name in taken:
            number += 1
            name = f"{wanted}-{number}"
        taken.add(name)
        kind = "".join(columns.pop("type", ["document"])[:1])
        item: dict[str, Json] = {"id": name, "type": kind}
        item |= {column: encode_texts(column, texts) for column, texts in columns.items()}
        yield before + json.dumps(item, ensure_ascii=False, indent=2)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
