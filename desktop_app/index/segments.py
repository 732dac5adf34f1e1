"""One segment for reading: tables in memory, posting lists whole.

Whole lists are many times faster than one posting after the other.
"""

import zlib
from array import array
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from whoosh.filedb.structfile import BufferFile

from desktop_app.domain.errors import IndexUnusable

from . import files
from .commits import POSTINGS, SegmentEntry
from .lexicon import Lexicon
from .lines import SortedLines
from .postings import unpack
from .schema import (
    COLUMNS,
    FIELD_CODES,
    POSITION_TYPE,
    TEXT_FIELDS,
    PageTable,
    make_schema,
    unpack_pages,
)

_SCHEMA = make_schema()


class SegmentTables:
    """What of a segment is kept in memory; never changes, and any thread may read it.

    Every table is compared with its checksum before anything is read from it.
    """

    def __init__(self, folder: Path, entry: SegmentEntry) -> None:
        self._entry = entry
        self.terms = SortedLines(_content(folder, entry, ".terms"))
        self.lexicon = Lexicon(_content(folder, entry, ".lexicon"))
        self._columns = {name: self._column(folder, name) for name in COLUMNS}
        self.ids: list[str] = [bytes(found).decode() for found in self._columns["id"]]
        self.lengths: dict[str, array[int]] = {
            name: array(POSITION_TYPE, self._columns[f"{name}_length"]) for name in TEXT_FIELDS
        }

    def _column(self, folder: Path, name: str) -> Any:
        content = _content(folder, self._entry, f".{name}.col")
        column = _SCHEMA[name].column_type
        return column.reader(BufferFile(content), 0, len(content), self._entry.documents)

    def raw(self, name: str, number: int) -> Any:
        """Return a document's value in a column, as it is stored."""
        return self._columns[name][number]

    def page_table(self, number: int) -> PageTable:
        """Return a document's page table."""
        return unpack_pages(bytes(self._columns["pages"][number]))


def _content(folder: Path, entry: SegmentEntry, ending: str) -> bytes:
    path = entry.path(folder, ending)
    size, checksum = entry.files[ending]
    content = files.read_small(path, size)
    if files.digest(content) != checksum:
        raise IndexUnusable(detail=f"{path.name} was changed")
    return content


class LeafReader:
    """One segment as part of a snapshot: `offset` is the number of its first document.

    Belongs to the thread that opened it: the position in the file of postings is shared state.
    """

    def __init__(
        self, folder: Path, entry: SegmentEntry, tables: SegmentTables, offset: int = 0
    ) -> None:
        self.entry = entry
        self.tables = tables
        self.offset = offset
        self._postings = files.open_regular(entry.path(folder, POSTINGS))

    def close(self) -> None:
        """Give the file of postings back."""
        self._postings.close()

    @cached_property
    def live(self) -> list[int]:
        """Return the numbers in this segment of all documents that are not deleted."""
        deleted = self.entry.deleted
        return [number for number in range(self.entry.documents) if number not in deleted]

    def postings(self, field: str, form: str) -> list[tuple[int, bytes]]:
        """Return (document number in the whole index, packed positions) of a form."""
        found = self.tables.terms.find(FIELD_CODES[field] + form.encode())
        if found is None:
            return []
        offset, deleted = self.offset, self.entry.deleted
        return [
            (offset + number, value)
            for number, value in unpack(self._list(found))
            if number not in deleted
        ]

    def lists(self) -> Iterator[tuple[bytes, Iterator[tuple[int, bytes]]]]:
        """Yield (term, its postings by number in this segment) for all terms, in order.

        A term is the code of its field and a form.
        """
        for term, found in self.tables.terms.scan():
            yield term, unpack(self._list(found))

    def _list(self, extent: bytes) -> bytes:
        at, size, checksum = (int(part, 16) for part in extent.split(b" "))
        if at + size > self.entry.files[POSTINGS][0]:
            raise IndexUnusable(detail="a posting list is cut off")
        self._postings.seek(at)
        packed = self._postings.read(size)
        if zlib.crc32(packed) != checksum:
            raise IndexUnusable(detail="a posting list was changed")
        return packed


def term_line(term: bytes, at: int, packed: bytes) -> bytes:
    """Return the line of a term in the table of terms; its postings lie at `at`."""
    return b"%b\t%x %x %x\n" % (term, at, len(packed), zlib.crc32(packed))
