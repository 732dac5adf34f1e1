"""One commit of the index under way: Whoosh's segment writer with files of our own.

Whoosh takes the documents, sorts their postings (on disk, where they are many) and writes the
columns. Terms and postings are written by `SegmentFiles`, and what is in older segments is merged
in without being sorted again.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3PerDocWriter, W3Segment
from whoosh.writing import SegmentWriter

from . import commits, files, lexicon
from .commits import Commit, SegmentEntry
from .postings import pack
from .schema import COLUMNS, FIELD_CODES, SEGMENT_FILES, make_schema
from .segments import LeafReader, term_line
from .storage import IndexStorage

MEMORY_MB = 96
"""What Whoosh may hold before it writes sorted runs to disk."""
STEP_TERMS = 2000
"""After so many terms it is asked whether to go on."""

OWN = 0
"""The number of the source that are the documents added now."""
Lists = Iterator[tuple[bytes, int, Iterable[tuple[int, bytes]]]]
"""(term, number of the source, postings by number in the new segment), in the order of terms."""


class _Columns(W3PerDocWriter):  # type: ignore[misc]
    """Whoosh's columns, without the one of stored fields: that one is made of pickles."""

    def _create_column(self, fieldname: str, column: Any) -> None:
        if fieldname != "_stored":
            super()._create_column(fieldname, column)


class SegmentFiles:
    """Writes terms, postings and lexicon of a new segment."""

    def __init__(self, storage: IndexStorage, segment: Any) -> None:
        self._terms = segment.create_file(storage, ".terms")
        self._postings = segment.create_file(storage, ".postings")
        self._lexicon = segment.create_file(storage, ".lexicon")
        self.is_closed = False

    def write(
        self, sources: Sequence[Lists], lexicons: Sequence[bytes], on_step: Callable[[], None]
    ) -> None:
        """Write all lists; `lexicons` are those of the segments that are taken over."""
        at = 0
        forms: set[str] = set()
        fresh: set[str] = set()
        merged = heapq.merge(*sources, key=itemgetter(0, 1))
        for count, (term, group) in enumerate(groupby(merged, key=itemgetter(0))):
            if count % STEP_TERMS == 0:
                on_step()
            lists = list(group)
            found = [item for _, _, postings in lists for item in postings]
            if found:
                packed = pack([number for number, _ in found], [value for _, value in found])
                self._terms.write(term_line(term, at, packed))
                self._postings.write(packed)
                at += len(packed)
                form = term[1:].decode()
                forms.add(form)
                if lists[0][1] == OWN:
                    fresh.add(form)
        made = lexicon.build(fresh)
        on_step()
        self._lexicon.write(lexicon.merge([made, *lexicons], forms) if lexicons else made)

    def close(self) -> None:
        """Close the files."""
        for opened in (self._terms, self._postings, self._lexicon):
            opened.close()
        self.is_closed = True


class _Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's way to name the parts that write a segment."""

    length_stats = False

    def per_document_writer(self, storage: IndexStorage, segment: Any) -> _Columns:
        return _Columns(self, storage, segment)

    def field_writer(self, storage: IndexStorage, segment: Any) -> SegmentFiles:
        return SegmentFiles(storage, segment)


class _Opened:
    """What Whoosh's writer asks of an index; it reads no file by itself."""

    indexname = "MAIN"

    def __init__(self, storage: IndexStorage, commit: Commit) -> None:
        self.storage = storage
        self.schema = make_schema()
        self.generation = commit.generation
        self.segments = [
            W3Segment(None, self.indexname, entry.documents, entry.id, set(entry.deleted))
            for entry in commit.segments
        ]

    def _read_toc(self) -> "_Opened":
        return self


class Transaction(SegmentWriter):  # type: ignore[misc]
    """A commit under way on top of `commit`; ends with `finish` or `abandon`."""

    def __init__(self, folder: Path, commit: Commit, on_step: Callable[[], None]) -> None:
        self._folder = folder
        self._entries = {entry.id: entry for entry in commit.segments}
        self._on_step = on_step
        self._taken: list[tuple[LeafReader, list[int]]] = []
        self._written = commit
        storage = IndexStorage(folder)
        try:
            super().__init__(
                _Opened(storage, commit),
                _lk=False,
                limitmb=MEMORY_MB,
                codec=_Codec(),
                compound=False,
            )
        except BaseException:
            storage.close_files()
            files.sweep(folder, set(commit.file_names()))
            raise
        self._before = commit

    def take_over(self, leaf: LeafReader) -> None:
        """Put what is not deleted of an older segment into the new one."""
        gone = next(s for s in self.segments if s.segid == leaf.entry.id)
        moved = [-1] * leaf.entry.documents
        for number in range(leaf.entry.documents):
            if gone.is_deleted(number):
                continue
            moved[number] = self.docnum
            self.perdocwriter.start_doc(self.docnum)
            for name in COLUMNS:
                value = leaf.tables.raw(name, number)
                self.perdocwriter.add_column_value(name, self.schema[name].column_type, value)
            self.perdocwriter.finish_doc()
            self.docnum += 1
            self._added = True
        self._taken.append((leaf, moved))
        self.segments.remove(gone)

    def finish(self) -> Commit:
        """Write everything and commit it; return the new commit."""
        self.commit(merge=False)
        return self._written

    def abandon(self) -> None:
        """Leave the index as it was, and nothing of this behind."""
        for writer in (self.fieldwriter, self.perdocwriter):
            if not writer.is_closed:
                with suppress(OSError):
                    writer.close()
        self.storage.close_files()
        self.is_closed = True
        files.sweep(self._folder, set(self._before.file_names()))

    def _merge_segments(self, *_options: Any) -> list[Any]:
        return [segment for segment in self.segments if segment.doc_count()]

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        sources = [self._own_lists()]
        sources += [
            _moved_lists(number, *taken) for number, taken in enumerate(self._taken, OWN + 1)
        ]
        lexicons = [leaf.tables.lexicon.content for leaf, _ in self._taken]
        self.fieldwriter.write(sources, lexicons, self._on_step)
        self.fieldwriter.close()

    def _own_lists(self) -> Lists:
        sorted_postings = self.pool.iter_postings()
        for (name, text), group in groupby(sorted_postings, key=itemgetter(0, 1)):
            yield (
                FIELD_CODES[name] + text,
                OWN,
                [(number, value) for _, _, number, _, value in group],
            )

    def _commit_toc(self, segments: list[Any]) -> None:
        entries = []
        for segment in segments:
            known = self._entries.get(segment.segid)
            described = known.files if known else self._settle(segment.segid)
            deleted = frozenset(segment.deleted_docs())
            entries.append(SegmentEntry(segment.segid, segment.doc_count_all(), deleted, described))
        self._written = Commit(self.generation, tuple(entries))
        commits.write(self._folder, self._written)
        files.sweep(self._folder, set(self._written.file_names()))

    def _settle(self, segment_id: str) -> dict[str, tuple[int, str]]:
        entry = SegmentEntry(segment_id, 0)
        return {ending: files.settle(entry.path(self._folder, ending)) for ending in SEGMENT_FILES}


def _moved_lists(source: int, leaf: LeafReader, moved: list[int]) -> Lists:
    for term, postings in leaf.lists():
        yield (
            term,
            source,
            [(moved[number], value) for number, value in postings if moved[number] >= 0],
        )
