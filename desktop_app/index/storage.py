"""The index's files as this program reads them, and Whoosh's errors as ours."""

import pickle
import struct
import zlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage
from whoosh.matching import ListMatcher
from whoosh.reading import TermNotFound

from desktop_app.domain.errors import ArchiveError, DiskFull, IndexUnusable
from desktop_app.domain.failures import is_disk_full

from .schema import POSITION_TYPE


def lexicon_path(folder: Path, segment_id: str) -> Path:
    """Return where the lexicon of a segment lies."""
    return folder / f"{segment_id}.lexicon"


class IndexStorage(FileStorage):  # type: ignore[misc]
    """The index's folder; remembers what was opened, so that a failure leaves no file open.

    Whoosh forgets files when it meets torn ones, and Windows can't delete an open file.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), supports_mmap=False)
        self._opened: list[Any] = []

    def open_file(self, name: str, **options: Any) -> Any:
        """Open a file for reading."""
        opened = super().open_file(name, **options)
        self._opened.append(opened)
        return opened

    @contextmanager
    def opening(self) -> Iterator[None]:
        """Close everything that was opened inside when it fails."""
        self._opened.clear()
        try:
            yield
        except BaseException:
            for opened in self._opened:
                if not opened.is_closed:
                    opened.close()
            raise
        finally:
            self._opened.clear()


@contextmanager
def adapted_errors(folder: Path) -> Iterator[None]:
    """Turn what Whoosh raises on missing, torn or foreign files into `IndexUnusable`."""
    try:
        yield
    except ArchiveError:
        raise
    except OSError as error:
        if is_disk_full(error):
            raise DiskFull(path=folder) from error
        raise IndexUnusable(detail=error.strerror or str(error)) from error
    except (
        whoosh_index.IndexError,
        pickle.UnpicklingError,
        struct.error,
        zlib.error,
        EOFError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        ImportError,
        AssertionError,
    ) as error:
        raise IndexUnusable(detail=f"{type(error).__name__}: {error}") from error


class LeafReader:
    """One segment: postings as whole lists, which is many times faster than one by one.

    It reads Whoosh's posting blocks directly (`W3LeafMatcher`'s own block reading), so Whoosh is
    pinned exactly. Belongs to the thread that opened it: the files' positions are shared state.
    """

    def __init__(self, reader: Any, offset: int) -> None:
        self._reader = reader
        self.offset = offset
        self.segment_id: str = reader.segment().segment_id()
        self._deleted = frozenset(reader.segment().deleted_docs())
        self._columns: dict[str, Any] = {}

    def terms(self, field: str) -> Iterator[bytes]:
        """Yield the terms of a field, in order."""
        for _, term in self._reader.terms_from(field, b""):
            if _ != field:
                return
            yield term

    def postings(self, field: str, form: str) -> list[tuple[int, bytes]]:
        """Return (document number in the whole index, packed positions) of a form."""
        try:
            matcher = self._reader._terms.matcher(
                field, form.encode(), self._reader.schema[field].format
            )
        except TermNotFound:
            return []
        found: list[tuple[int, bytes]] = []
        offset = self.offset
        if isinstance(matcher, ListMatcher):
            found = [
                (offset + number, value)
                for number, value in zip(matcher._ids, matcher._values, strict=True)
            ]
        else:
            while True:
                matcher._read_ids()
                matcher._read_values()
                found.extend(
                    (offset + number, value)
                    for number, value in zip(matcher._ids, matcher._values, strict=True)
                )
                if matcher._lastblock:
                    break
                matcher._next_block()
        if self._deleted:
            found = [item for item in found if item[0] - offset not in self._deleted]
        return found

    def live(self) -> list[int]:
        """Return the numbers of all documents that are not deleted."""
        total = self._reader.doc_count_all()
        return [self.offset + n for n in range(total) if n not in self._deleted]

    def column(self, name: str) -> Any:
        """Return the column's reader: `reader[document number in this segment]`."""
        if name not in self._columns:
            self._columns[name] = self._reader.column_reader(name)
        return self._columns[name]

    def page_table(self, number: int) -> tuple["array[int]", list[tuple[str, int]]]:
        """Return (first position of each page, (document id, page number) of each page)."""
        packed, labels = self._reader.stored_fields(number - self.offset)["pages"]
        starts: array[int] = array(POSITION_TYPE)
        starts.frombytes(packed)
        return starts, labels


def leaf_readers(reader: Any) -> list[LeafReader]:
    """Return the segments of an opened index, empty ones left out."""
    return [
        LeafReader(leaf, offset)
        for leaf, offset in reader.leaf_readers()
        if hasattr(leaf, "segment") and leaf.doc_count_all()
    ]
