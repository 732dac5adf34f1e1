"""BibTeX and BibLaTeX files. bibtexparser splits them; what the values mean is read here."""

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from ..domain.exchange.rows import (
    Cell,
    MetadataFile,
    MetadataFormat,
    SourceRow,
    UnreadableMetadata,
)
from .bibliography import filled, one_sheet, read_lines, write_text
from .bibtex_values import MONTHS, Expansion, cell_texts, encode_value, pieces

ENTRY_TYPE, KEY = "entry type", "citation key"
"""The columns of what is no field; no field has a name with a blank in it."""

_MOST_FIELDS = 1_000_000

# What it warns of is in the rows.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

# BibTeX takes blanks and line ends before the name and the brace; bibtexparser does not.
_START = re.compile(r"^([ \t]*@)[ \t]*(\w+)(\s*)([{(])", re.MULTILINE)
_FIELD = re.compile(r"^[ \t]*([A-Za-z][\w:+-]*)[ \t]*=(.*)$", re.MULTILINE)
_HEAD = re.compile(r"@\s*(\w*)\s*[{(]\s*([^\s,={}\"]*)")
_NOT_IN_KEY = re.compile(r"[\s\"#%'(),={}@~\\]+")
_NOT_IN_NAME = re.compile(r"[^\w:+.-]+")
_SALVAGED = 100_000
_INHERITED = frozenset(
    """
    booktitle year date month publisher address location institution organization school series
    volume editor journal journaltitle isbn issn
    """.split()
)


def read_bibtex(path: Path) -> MetadataFile:
    """Return the entries of a BibTeX file; raises `UnreadableMetadata` if it is none.

    Columns are "entry type", "citation key" and the names of fields in small letters. Names and
    keywords are a cell each. An entry that can't be read to its end is a row with a problem.
    """
    decoded = read_lines(path, "@=", _MOST_FIELDS)
    blocks = Splitter(_START.sub(r"\1\2\4\3", decoded.text)).split().blocks
    if decoded.text.strip() and all(isinstance(block, ImplicitComment) for block in blocks):
        raise UnreadableMetadata(
            'There are no BibTeX entries in this file: nothing begins with "@". '
            "Export the references again, in the BibTeX format."
        )
    return one_sheet(MetadataFormat.BIBTEX, list(_rows(blocks)), decoded.encoding)


def _rows(blocks: Sequence[Block]) -> Iterator[SourceRow]:
    opened = [_opened(block) for block in blocks]
    expansion = Expansion()
    parents: dict[str, Entry] = {}
    for block in opened:
        if isinstance(block, String):
            expansion.define(block.key, block.value)
        elif isinstance(block, Entry):
            parents.setdefault(block.key.lower(), block)
    for block in opened:
        if isinstance(block, Entry):
            yield _row(block, parents, expansion)
        elif isinstance(block, ParsingFailedBlock):
            yield from _broken(block)


def _opened(block: Block) -> Block:
    """Return the block within one that bibtexparser refuses for a name that comes twice."""
    while isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        inner = block.ignore_error_block
        if inner is None:
            break
        block = inner
    return block


def _row(entry: Entry, parents: dict[str, Entry], expansion: Expansion) -> SourceRow:
    fields = [
        (name.lower(), value)
        for field in entry.fields
        for name, value in pieces(field.key, field.value)
    ]
    own = {name for name, _ in fields}
    reference = next((expansion.value(parts) for name, parts in fields if name == "crossref"), "")
    parent = parents.get(reference.strip().lower()) if reference else None
    if parent is not None and parent is not entry:
        for field in parent.fields:
            for found, value in pieces(field.key, field.value):
                name = "booktitle" if found.lower() == "title" else found.lower()
                if name in _INHERITED - own and expansion.spend(len(field.value)):
                    fields.append((name, value))
    texts = [
        (name, text) for name, parts in fields for text in cell_texts(name, expansion.value(parts))
    ]
    cells = filled([(ENTRY_TYPE, entry.entry_type.lower()), (KEY, entry.key), *texts])
    problem = "" if filled(texts) else "The entry is empty: there is no field in it."
    return SourceRow((entry.start_line or 0) + 1, cells, problem)


def _broken(block: ParsingFailedBlock) -> Iterator[SourceRow]:
    """Yield a row with what stands in complete lines of an entry that is not closed."""
    raw = (block.raw or "")[:_SALVAGED]
    head = _HEAD.match(raw)
    kind = head[1].lower() if head else ""
    if kind in {"comment", "preamble"}:
        return
    found = [(ENTRY_TYPE, kind), (KEY, head[2] if head else "")]
    for name, source in _FIELD.findall(raw):
        value = source.strip(" \t,").strip('{}"')
        found += [(name.lower(), text) for text in cell_texts(name.lower(), value)]
    problem = (
        "The entry can't be read to its end: a brace, a quotation mark or a comma is missing. "
        "Compare it with the entry before it."
    )
    yield SourceRow((block.start_line or 0) + 1, filled(found), problem)


def write_bibtex(rows: Iterable[Sequence[Cell]], target: Path | TextIO) -> None:
    """Write one entry a row. A citation key that another row has already gets a number."""
    write_text(_written(rows), target)


def _written(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    taken: set[str] = set()
    for cells in rows:
        columns: dict[str, list[str]] = {}
        for cell in cells:
            columns.setdefault(cell.column, []).append(cell.text)
        kind = re.sub(r"\W+", "", "".join(columns.pop(ENTRY_TYPE, ["misc"])[:1])) or "misc"
        key = _unique("".join(columns.pop(KEY, [""])[:1]), taken)
        yield f"@{kind}{{{key},\n"
        for column, texts in columns.items():
            name = _NOT_IN_NAME.sub("-", column)
            value = encode_value(name, texts)
            yield f"  {name} = {value if value in MONTHS else f'{{{value}}}'},\n"
        yield "}\n\n"


def _unique(wanted: str, taken: set[str]) -> str:
    base = _NOT_IN_KEY.sub("-", wanted).strip("-") or "record"
    key, number = base, 1
    # BibTeX takes keys for the same that differ in capitals only.
    while key.lower() in taken:
        number += 1
        key = f"{base}-{number}"
    taken.add(key.lower())
    return key
