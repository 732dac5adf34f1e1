"""One committed state of the index, as one thread sees it."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from . import commits
from .schema import INDEX_VERSION, POSITION_TYPE, TEXT_FIELDS, PageTable
from .segments import LeafReader, SegmentTables

OPEN_TRIES = 10
Tables = dict[tuple[str, str], SegmentTables]
"""Tables of segments by id and checksum: they never change, so snapshots share them."""


class Snapshot:
    """Everything a search reads: segments, lexicons, lengths and ids.

    Documents are numbered through all segments. All files are opened at once: what a later commit
    removes can still be read. A snapshot is of no use to other threads.
    """

    def __init__(self, folder: Path, tables: Tables) -> None:
        self._folder = folder / f"v{INDEX_VERSION}"
        self.leaves: list[LeafReader] = []
        for tries_left in reversed(range(OPEN_TRIES)):
            self._commit = commits.newest(self._folder)
            try:
                self._open(tables)
                break
            except FileNotFoundError:
                # A writer has just replaced what was about to be opened.
                self.close()
                if not tries_left or self._commit == commits.newest(self._folder):
                    raise
            except BaseException:
                self.close()
                raise

    def _open(self, tables: Tables) -> None:
        commit = commits.read(self._folder)
        self.generation = -1 if commit is None else commit.generation
        offset = 0
        wanted = set()
        for entry in () if commit is None else commit.segments:
            key = entry.id, entry.files[".terms"][1]
            wanted.add(key)
            if key not in tables:
                tables[key] = SegmentTables(self._folder, entry)
            self.leaves.append(LeafReader(self._folder, entry, tables[key], offset))
            offset += entry.documents
        for key in set(tables) - wanted:
            tables.pop(key, None)

    def is_current(self) -> bool:
        """Return whether no other commit lies in the folder."""
        return self._commit == commits.newest(self._folder)

    def close(self) -> None:
        """Give the index's files back."""
        for leaf in self.leaves:
            leaf.close()
        self.leaves = []

    @cached_property
    def live(self) -> list[int]:
        """Return the numbers of all documents."""
        return [leaf.offset + number for leaf in self.leaves for number in leaf.live]

    @cached_property
    def ids(self) -> dict[int, str]:
        """Return the record id of each document."""
        return {
            leaf.offset + number: leaf.tables.ids[number]
            for leaf in self.leaves
            for number in leaf.live
        }

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Return the document number of each record id."""
        return {record_id: number for number, record_id in self.ids.items()}

    @cached_property
    def lengths(self) -> dict[str, dict[int, int]]:
        """Return the number of words of each document, by field."""
        return {
            field: {
                leaf.offset + number: leaf.tables.lengths[field][number]
                for leaf in self.leaves
                for number in leaf.live
            }
            for field in TEXT_FIELDS
        }

    @cached_property
    def average_lengths(self) -> dict[str, float]:
        """Return the mean number of words of a document, by field; at least 1."""
        return {
            field: max(1.0, sum(lengths.values()) / max(1, len(lengths)))
            for field, lengths in self.lengths.items()
        }

    def postings(self, field: str, form: str) -> Iterable[tuple[int, bytes]]:
        """Return (document number, packed positions) of a form."""
        return [item for leaf in self.leaves for item in leaf.postings(field, form)]

    def lookup(self, key: str) -> dict[str, int]:
        """Return the forms that share `key`, with their masks."""
        found: dict[str, int] = {}
        for leaf in self.leaves:
            for form, mask in leaf.tables.lexicon.lookup(key):
                found[form] = found.get(form, 0) | mask
        return found

    def scan(self, prefix: str, bit: int, limit: int) -> list[str]:
        """Return up to `limit` forms whose key under `bit` begins with `prefix`."""
        found: dict[str, None] = {}
        for leaf in self.leaves:
            for _, pairs in leaf.tables.lexicon.scan(prefix):
                found.update((form, None) for form, mask in pairs if mask & bit)
                if len(found) >= limit:
                    break
        return list(found)[:limit]

    def page_table(self, number: int) -> PageTable:
        """Return (first position of each page, (document id, page number) of each page)."""
        for leaf in reversed(self.leaves):
            if number >= leaf.offset:
                return leaf.tables.page_table(number - leaf.offset)
        raise LookupError(number)


def unpack(packed: bytes) -> "array[int]":
    """Return the positions packed in a posting."""
    positions: array[int] = array(POSITION_TYPE)
    positions.frombytes(packed)
    return positions


def page_index(starts: "array[int]", position: int) -> int:
    """Return which page (from 0) holds a position."""
    return max(0, bisect_right(starts, position) - 1)
