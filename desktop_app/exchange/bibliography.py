"""What the readers and writers of bibliographies share."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from ..domain.exchange.rows import Cell, MetadataFile, MetadataFormat, Sheet, SourceRow
from ..domain.exchange.rows import UnreadableMetadata as Unreadable
from .texts import DecodedText, read_text

LIMIT_BYTES = 50_000_000
"""20,000 entries with their abstracts; read, they take some ten times as much memory."""

_LINE_END = re.compile("\r\n?")


def read_lines(path: Path, parts: str, most: int) -> DecodedText:
    r"""Return the text of a file with "\n" as line ends.

    `parts` are characters that each entry or field needs at least one of. A file made of little
    else would fill the memory: more than `most` of them are refused. Raises `UnreadableMetadata`.
    """
    decoded = read_text(path, LIMIT_BYTES)
    if sum(decoded.text.count(part) for part in parts) > most:
        raise Unreadable("The file holds too many entries. Split it into smaller files.")
    # Some programs write the byte order mark again in front of every part of a file.
    text = _LINE_END.sub("\n", decoded.text).replace("\ufeff", "")
    return DecodedText(text, decoded.encoding)


def one_sheet(form: MetadataFormat, rows: Sequence[SourceRow], encoding: str) -> MetadataFile:
    """Return a bibliography as a file of one table."""
    columns = dict.fromkeys(cell.column for row in rows for cell in row.cells)
    return MetadataFile(form, (Sheet("", tuple(columns), tuple(rows)),), encoding)


def filled(cells: Iterable[tuple[str, str]]) -> tuple[Cell, ...]:
    """Return cells without those that hold nothing."""
    return tuple(Cell(column, text) for column, text in cells if text)


def write_text(chunks: Iterable[str], target: Path | TextIO, line_end: str = "\n") -> None:
    """Write a text in UTF-8 without a byte order mark; a stream gets it with its own line ends."""
    if isinstance(target, Path):
        with target.open("w", encoding="utf-8", newline=line_end) as file:
            file.writelines(chunks)
    else:
        target.writelines(chunks)
