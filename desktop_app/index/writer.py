"""Writing the index: one writer at a time, in whole commits."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from desktop_app.domain.errors import ArchiveBusy, IndexUnusable
from desktop_app.domain.text import forms

from . import commits, files
from .commits import Commit, SegmentEntry
from .merging import merge_nothing
from .schema import INDEX_VERSION, POSITION_TYPE, pack_pages
from .segments import LeafReader, SegmentTables
from .snapshot import Tables
from .storage import adapted_errors
from .transactions import Transaction

PAGE_GAP = 1
"""Positions left free between pages: a phrase may run on to the next page, nearly."""
DOCUMENT_GAP = 1000
"""Positions left free between documents, so that no phrase runs from one into the next."""
MAX_PAGE_CHARACTERS = 100_000
"""A printed page holds a tenth of this; more is made to exhaust the memory."""
MAX_FORMS = 300_000
"""More different words of one record are made to exhaust the memory: they stay out."""


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """A page's text as the index takes it."""

    document_id: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class IndexedRecord:
    """A record as the index takes it: `names` are people, bodies and file names."""

    id: str
    title: str
    names: Sequence[str]
    pages: Iterable[IndexedPage]


@contextmanager
def writer_lock(folder: Path, wait_s: float) -> Iterator[None]:
    """Hold the right to write the index; `ArchiveBusy` when another holds it for `wait_s`.

    Raises `NotWritable` or `DiskFull` where no index can be written.
    """
    with adapted_errors(folder, writing=True):
        folder.mkdir(exist_ok=True)
        lock = FileLock(folder / "writer.lock")
        try:
            lock.acquire(timeout=wait_s)
        except Timeout as error:
            raise ArchiveBusy(folder=folder.parent) from error
    try:
        yield
    finally:
        lock.release()


def is_being_written(folder: Path) -> bool:
    """Return whether somebody is writing the index just now."""
    try:
        with writer_lock(folder, wait_s=0):
            return False
    except ArchiveBusy:
        return True


class IndexWriter:
    """Takes records up into the index. Only inside `writer_lock`.

    `folder` is the archive's index folder; each `INDEX_VERSION` has its own folder in it. Raises
    `IndexUnusable` for an index that can't be read, `NotWritable` and `DiskFull` for a folder that
    can't be written; what was committed stays as it is.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / f"v{INDEX_VERSION}"
        self._tables: Tables = {}
        with adapted_errors(folder, writing=True):
            folder.mkdir(exist_ok=True)
            with suppress(FileExistsError):
                self._folder.mkdir()
            if self._folder.is_symlink() or not self._folder.is_dir():
                raise IndexUnusable(detail=f"{self._folder.name} is no folder")
            commit = commits.read(self._folder)
            self.is_new = commit is None
            commit = commit or Commit(0)
            for problem in commits.problems(self._folder, commit, deep=False):
                raise IndexUnusable(detail=problem)
            files.sweep(self._folder, set(commit.file_names()))
            self._commit = commit
            for older in folder.glob("v*"):
                if older != self._folder and older.name[1:].isdecimal():
                    files.remove(older)

    @staticmethod
    def discard(folder: Path) -> None:
        """Remove whatever index there is; only the lock stays."""
        with adapted_errors(folder, writing=True):
            for version in folder.glob("v*"):
                if version.name[1:].isdecimal():
                    files.remove(version)
            current = folder / f"v{INDEX_VERSION}"
            while (commit := commits.newest_path(current)) is not None:
                commit.unlink()  # Says why it can't be removed.

    def begin(self) -> None:
        """Commit a new index without any record, for all to see that there is one."""
        with adapted_errors(self._folder, writing=True):
            commits.write(self._folder, self._commit)

    def apply(
        self,
        updated: Iterable[IndexedRecord],
        removed: Iterable[str],
        *,
        merge: Callable[[Sequence[SegmentEntry]], Collection[str]] = merge_nothing,
        on_step: Callable[[], None] = lambda: None,
    ) -> None:
        """Commit these records: all of them become searchable at once, or none.

        A record that the index already holds is replaced. `merge` chooses segments that are joined
        with the new one, by their ids. `on_step` is called now and then while files are written;
        what it raises ends the commit, and the index stays as it was.
        """
        with adapted_errors(self._folder, writing=True), ExitStack() as opened:
            leaves = {entry.id: self._leaf(entry, opened) for entry in self._commit.segments}
            transaction = Transaction(self._folder, self._commit, on_step)
            try:
                segments = {segment.segid: segment for segment in transaction.segments}
                places = {
                    leaf.tables.ids[number]: (segments[segment_id], number)
                    for segment_id, leaf in leaves.items()
                    for number in leaf.live
                }
                for record_id in removed:
                    _delete(places, record_id)
                for record in updated:
                    _delete(places, record.id)
                    transaction.add_document(**_fields(record))
                entries = [
                    replace(leaf.entry, deleted=frozenset(segments[segment_id].deleted_docs()))
                    for segment_id, leaf in leaves.items()
                ]
                chosen = merge(entries)
                for segment_id in chosen:
                    transaction.take_over(leaves[segment_id])
                self._commit = transaction.finish()
            except BaseException:
                transaction.abandon()
                raise

    @property
    def is_compact(self) -> bool:
        """Return whether the index is one segment without deleted documents, or empty."""
        segments = self._commit.segments
        return len(segments) <= 1 and not any(segment.deleted for segment in segments)

    def ids(self) -> set[str]:
        """Return the ids of all records in the index."""
        with adapted_errors(self._folder), ExitStack() as opened:
            leaves = [self._leaf(entry, opened) for entry in self._commit.segments]
            return {leaf.tables.ids[number] for leaf in leaves for number in leaf.live}

    def _leaf(self, entry: SegmentEntry, opened: ExitStack) -> LeafReader:
        key = entry.id, entry.files[".terms"][1]
        if key not in self._tables:
            self._tables[key] = SegmentTables(self._folder, entry)
        leaf = LeafReader(self._folder, entry, self._tables[key])
        opened.callback(leaf.close)
        return leaf


def _delete(places: dict[str, tuple[Any, int]], record_id: str) -> None:
    place = places.pop(record_id, None)
    if place is not None:
        segment, number = place
        segment.delete_document(number)


def _fields(record: IndexedRecord) -> dict[str, object]:
    body, length, pages = _positions_by_page(record.pages)
    title, title_length = _positions([record.title])
    names, names_length = _positions(record.names)
    return {
        "id": record.id.encode(),
        "body": body,
        "title": title,
        "names": names,
        "body_length": length,
        "title_length": title_length,
        "names_length": names_length,
        "pages": pages,
    }


def _positions(texts: Iterable[str]) -> tuple[dict[str, "array[int]"], int]:
    found: defaultdict[str, array[int]] = defaultdict(lambda: array(POSITION_TYPE))
    position = count = 0
    for text in texts:
        for form in forms(text):
            found[form].append(position)
            position += 1
            count += 1
        position += DOCUMENT_GAP
    return dict(found), count


def _positions_by_page(
    pages: Iterable[IndexedPage],
) -> tuple[dict[str, "array[int]"], int, bytes]:
    found: defaultdict[str, array[int]] = defaultdict(lambda: array(POSITION_TYPE))
    starts = array(POSITION_TYPE)
    labels: list[tuple[str, int]] = []
    position = count = 0
    previous: str | None = None
    for page in pages:
        if previous is not None:
            position += PAGE_GAP if page.document_id == previous else DOCUMENT_GAP
        previous = page.document_id
        starts.append(position)
        labels.append((page.document_id, page.number))
        words = forms(page.text[:MAX_PAGE_CHARACTERS])
        full = len(found) >= MAX_FORMS
        for offset, form in enumerate(words, position):
            if not full or form in found:
                found[form].append(offset)
        position += len(words)
        count += len(words)
    return dict(found), count, pack_pages(starts, labels)
