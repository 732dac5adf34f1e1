"""One committed state of the index, as one thread sees it."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index

from .lexicon import Lexicon
from .schema import INDEX_VERSION, POSITION_TYPE, TEXT_FIELDS
from .storage import IndexStorage, LeafReader, leaf_readers, lexicon_path

PageTable = tuple["array[int]", list[tuple[str, int]]]


class Snapshot:
    """Everything a search reads: segments, lexicons, lengths and ids.

    Documents are numbered through all segments. A snapshot is of no use to other threads.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / f"v{INDEX_VERSION}"
        self._reader: Any = None
        self.generation = -1
        self.leaves: list[LeafReader] = []
        storage = IndexStorage(self._folder)
        self._commit = self._newest_commit()
        if not self._folder.is_dir():
            return
        with storage.opening():
            if whoosh_index.exists(storage):
                opened = storage.open_index()
                self.generation = opened.latest_generation()
                self._reader = opened.reader()
                self.leaves = leaf_readers(self._reader)

    def is_current(self) -> bool:
        """Return whether no other commit lies in the folder."""
        return self._commit == self._newest_commit() and None not in self.lexicons

    def _newest_commit(self) -> tuple[int, int]:
        """Return (generation, time of its table of contents); an index built anew counts again."""
        toc = whoosh_index.TOC
        name = whoosh_index._DEF_INDEX_NAME
        try:
            generation = toc._latest_generation(IndexStorage(self._folder), name)
            written = (self._folder / toc._filename(name, generation)).stat().st_mtime_ns
        except OSError:
            return -1, 0
        return generation, written

    def close(self) -> None:
        """Give the index's files back."""
        if self._reader is not None:
            self._reader.close()

    @cached_property
    def lexicons(self) -> list[Lexicon | None]:
        """Return each segment's lexicon; None in the moment before the writer has written it."""
        found: list[Lexicon | None] = []
        for leaf in self.leaves:
            path = lexicon_path(self._folder, leaf.segment_id)
            found.append(Lexicon(path.read_bytes()) if path.exists() else None)
        return found

    @cached_property
    def live(self) -> list[int]:
        """Return the numbers of all documents."""
        return [number for leaf in self.leaves for number in leaf.live()]

    @cached_property
    def ids(self) -> dict[int, str]:
        """Return the record id of each document."""
        found: dict[int, str] = {}
        for leaf in self.leaves:
            column = leaf.column("id")
            found.update((number, _text(column[number - leaf.offset])) for number in leaf.live())
        return found

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Return the document number of each record id."""
        return {record_id: number for number, record_id in self.ids.items()}

    @cached_property
    def lengths(self) -> dict[str, dict[int, int]]:
        """Return the number of words of each document, by field."""
        found: dict[str, dict[int, int]] = {}
        for field in TEXT_FIELDS:
            lengths: dict[int, int] = {}
            for leaf in self.leaves:
                column = leaf.column(f"{field}_length")
                lengths.update((number, column[number - leaf.offset]) for number in leaf.live())
            found[field] = lengths
        return found

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
        for lexicon in self.lexicons:
            if lexicon is not None:
                for form, mask in lexicon.lookup(key):
                    found[form] = found.get(form, 0) | mask
        return found

    def scan(self, prefix: str, bit: int, limit: int) -> list[str]:
        """Return up to `limit` forms whose key under `bit` begins with `prefix`."""
        found: dict[str, None] = {}
        for lexicon in self.lexicons:
            if lexicon is None:
                continue
            for _, pairs in lexicon.scan(prefix):
                found.update((form, None) for form, mask in pairs if mask & bit)
                if len(found) >= limit:
                    break
        return list(found)[:limit]

    def page_table(self, number: int) -> PageTable:
        """Return (first position of each page, (document id, page number) of each page)."""
        for leaf in reversed(self.leaves):
            if number >= leaf.offset:
                return leaf.page_table(number)
        raise LookupError(number)


def unpack(packed: bytes) -> "array[int]":
    """Return the positions packed in a posting."""
    positions: array[int] = array(POSITION_TYPE)
    positions.frombytes(packed)
    return positions


def page_index(starts: "array[int]", position: int) -> int:
    """Return which page (from 0) holds a position."""
    return max(0, bisect_right(starts, position) - 1)


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
