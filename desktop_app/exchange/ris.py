"""RIS, the format of library databases and reference managers.

rispy, the library for it, drops an entry without "ER", a tag that comes twice, what stands before
"TY" and all line numbers, and takes exactly two blanks after a tag; hence a reader of our own.
"""

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

TYPE, END = "TY", "ER"
KNOWN_TAGS = frozenset(
    """
    A1 A2 A3 A4 A5 A6 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CR CT CY DA DB DI DO DP
    DS ED EP ER ET FD H1 H2 ID IP IS J1 J2 JA JF JO K1 KW L1 L2 L3 L4 LA LB LK LL M1 M2 M3 N1 N2 NO
    NV OL OP PA PB PMCID PP PY RD RI RN RP RT SE SF SL SN SP SR ST SV T1 T2 T3 T4 TA TI TT TY U1 U2
    U3 U4 U5 UR VL VO WP WT WV Y1 Y2 YR
    """.split()
)

_MOST_LINES = 3_000_000

# As the format has it: any tag counts. Otherwise only the usual ones do: "US - China relations"
# within an abstract is none.
_EXACT = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|)")
_SMALL = re.compile(r"([a-z][a-z0-9])  -(?: (.*)|)")
_LOOSE = re.compile(r" {0,8}([A-Z][A-Z0-9])[ \t]{0,8}-[ \t]*(.*)")
_WEB_OF_SCIENCE = re.compile(r"(?:FN|VR|PT) \S")


def read_ris(path: Path) -> MetadataFile:
    """Return the entries of a RIS file; raises `UnreadableMetadata` if it holds none.

    An entry begins with "TY", or with any tag after "ER". A line without a tag goes on with the
    value before it: after a line break, or after a blank where it is indented by blanks.
    """
    decoded = read_lines(path, "\n", _MOST_LINES)
    rows = list(_entries(decoded.text.split("\n")))
    if not rows:
        if _WEB_OF_SCIENCE.match(decoded.text):
            raise UnreadableMetadata(
                "This is the plain text format of Web of Science. Export the references again, "
                "in the RIS format."
            )
        raise UnreadableMetadata(
            'There are no RIS entries in this file: no line begins with "TY  - ". '
            "Export the references again, in the RIS format."
        )
    return one_sheet(MetadataFormat.RIS, rows, decoded.encoding)


def tagged(line: str) -> tuple[str, str] | None:
    """Return tag and value of a line, or None if it goes on with the value before it."""
    match = _EXACT.fullmatch(line)
    if match:
        return match[1], match[2] or ""
    match = _SMALL.fullmatch(line)
    if match and match[1].upper() in KNOWN_TAGS:
        return match[1].upper(), match[2] or ""
    match = _LOOSE.fullmatch(line)
    return (match[1], match[2]) if match and match[1] in KNOWN_TAGS else None


def _entries(lines: Sequence[str]) -> Iterator[SourceRow]:
    start = 0
    cells: list[tuple[str, list[str]]] = []
    for number, line in enumerate(lines, 1):
        found = tagged(line.rstrip() if len(line) < 12 else line)
        if found is None:
            if cells:
                _go_on(cells[-1][1], line)
            continue
        tag, text = found
        if tag in {TYPE, END}:
            if cells:
                yield _row(start, cells)
            cells = []
        if tag != END:
            start = start if cells else number
            cells.append((tag, [text]))
    if cells:
        yield _row(start, cells)


def _go_on(pieces: list[str], line: str) -> None:
    text = line.lstrip(" ")
    if line.startswith("\t"):
        # So does the writer mark lines that would be taken for something else.
        pieces += "\n", line[1:]
    elif text and text != line and pieces[-1]:
        pieces[-1] = pieces[-1].rstrip(" ")
        pieces += " ", text
    else:
        pieces += "\n", text


def _row(start: int, cells: list[tuple[str, list[str]]]) -> SourceRow:
    found = filled((tag, "".join(pieces).strip()) for tag, pieces in cells)
    problem = ""
    if all(cell.column == TYPE for cell in found):
        problem = "The entry is empty: there is nothing in it besides its type."
    return SourceRow(start, found, problem)


def write_ris(rows: Iterable[Sequence[Cell]], target: Path | TextIO) -> None:
    """Write one entry a row: "TY" first ("GEN" where there is none), then the cells in order."""
    write_text((line for cells in rows for line in _lines(cells)), target, "\r\n")


def _lines(cells: Sequence[Cell]) -> Iterator[str]:
    kind = next((cell.text for cell in cells if cell.column == TYPE), "GEN")
    yield f"{TYPE}  - {' '.join(kind.split())}\n"
    for cell in cells:
        if cell.column not in {TYPE, END} and cell.text.strip():
            first, *others = cell.text.strip().replace("\r\n", "\n").replace("\r", "\n").split("\n")
            yield f"{cell.column}  - {first}\n"
            yield from (f"{_guarded(line)}\n" for line in others)
    yield f"{END}  - \n\n"


def _guarded(line: str) -> str:
    return f"\t{line}" if line[:1] in {" ", "\t"} or tagged(line.rstrip()) else line
