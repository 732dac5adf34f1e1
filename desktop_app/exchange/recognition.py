"""Telling the format of a metadata file by what stands in it."""

import re
import zipfile
from pathlib import Path

from ..domain.exchange.rows import MetadataFormat, UnreadableMetadata
from .header_rows import recognised
from .ris import END, TYPE, tagged
from .texts import decode

_SAMPLE = 262_144
_ENTRY = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+\s{0,80}[{(]", re.MULTILINE)
_ITEM = re.compile(r'"(?:type|title|DOI|issued|author|items)"\s*:')
_LINE_END = re.compile("\r\n?")
_MOST_PARTS = 10_000
_MOST_CELLS = 200
_DELIMITERS = "\t;,|"
_TABLES = frozenset({".csv", ".tsv", ".tab"})


def recognise(path: Path) -> MetadataFormat | None:
    """Return which format a file is in, whatever it is called; None if it is none of ours.

    Only its beginning is read. A text that is no bibliography is CSV if its name says so or its
    first two lines have the same delimiter. Raises `UnreadableMetadata` if it can't be opened.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_SAMPLE)
    except OSError as error:
        raise UnreadableMetadata(
            f"The file can't be opened ({error.strerror}). Close it in other programs and check "
            "that you may read it."
        ) from error
    if data.startswith(b"PK"):
        return MetadataFormat.XLSX if _is_workbook(path) else None
    try:
        text = _LINE_END.sub("\n", decode(data).text).lstrip("\ufeff \t\n")
    except UnreadableMetadata:
        return None
    if path.suffix.lower() in _TABLES and _has_headings(text):
        # Texts of its cells may look like entries of a bibliography.
        return MetadataFormat.CSV
    return _bibliography(text) or (MetadataFormat.CSV if _is_table(text, path) else None)


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as file:
            names = file.namelist()
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        # A damaged workbook: its reader says so.
        return path.suffix.lower() in {".xlsx", ".xlsm"}
    return any(name.startswith("xl/") for name in names[:_MOST_PARTS])


def _bibliography(text: str) -> MetadataFormat | None:
    if text.startswith(("[", "{")) and _ITEM.search(text):
        return MetadataFormat.CSL_JSON
    entry = _ENTRY.search(text)
    # What comes first decides: an abstract may quote the other format.
    before = text[: entry.start()] if entry else text
    found = [tag for line in before.split("\n") if (tag := tagged(line.strip()))]
    marks = {tag for tag, _ in found} & {TYPE, END}
    if len(found) > (1 if TYPE in marks else 2) and marks:
        return MetadataFormat.RIS
    return MetadataFormat.BIBTEX if entry else None


def _has_headings(text: str) -> bool:
    if text.startswith(("@", "[", "{")):
        return False
    first = text.partition("\n")[0]
    return any(recognised(_cells(first, mark)) > 1 for mark in _DELIMITERS)


def _cells(line: str, delimiter: str) -> list[str]:
    return [cell.strip(' "') for cell in line.split(delimiter)[:_MOST_CELLS]]


def _is_table(text: str, path: Path) -> bool:
    if text.startswith(("[", "{", "<")):
        return False
    if path.suffix.lower() in _TABLES:
        return True
    lines = [line for line in text[:20_000].split("\n") if line.strip()][:2]
    return len(lines) == 2 and any(
        lines[0].count(mark) == lines[1].count(mark) > 0 for mark in _DELIMITERS
    )
