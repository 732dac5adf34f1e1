"""Writing the index: one writer at a time, in whole commits."""

import shutil
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from whoosh import index as whoosh_index

from desktop_app.domain.errors import ArchiveBusy
from desktop_app.domain.text import forms

from . import lexicon
from .schema import INDEX_VERSION, POSITION_TYPE, TEXT_FIELDS, make_schema
from .storage import IndexStorage, adapted_errors, leaf_readers, lexicon_path

PAGE_GAP = 1
"""Positions left free between pages: a phrase may run on to the next page, nearly."""
DOCUMENT_GAP = 1000
"""Positions left free between documents, so that no phrase runs from one into the next."""
MAX_PAGE_CHARACTERS = 100_000
"""A printed page holds a tenth of this; more is made to exhaust the memory."""
MEMORY_MB = 96
"""What Whoosh may hold before it writes sorted runs to disk."""


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
    """Hold the right to write the index; `ArchiveBusy` when another holds it for `wait_s`."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "writer.lock")
    try:
        lock.acquire(timeout=wait_s)
    except Timeout as error:
        raise ArchiveBusy(folder=folder.parent) from error
    try:
        yield
    finally:
        lock.release()


class IndexWriter:
    """Takes records up into the index. Only inside `writer_lock`.

    `folder` is the archive's index folder; each `INDEX_VERSION` has its own folder in it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / f"v{INDEX_VERSION}"
        with adapted_errors(folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._storage = IndexStorage(self._folder)
            with self._storage.opening():
                self.is_new = not whoosh_index.exists(self._storage)
                if self.is_new:
                    self._index = self._storage.create_index(make_schema())
                else:
                    self._index = self._storage.open_index()
            for older in folder.glob("v*"):
                if older != self._folder:
                    shutil.rmtree(older, ignore_errors=True)

    @staticmethod
    def discard(folder: Path) -> None:
        """Remove whatever index there is; only the lock stays."""
        for version in folder.glob("v*"):
            shutil.rmtree(version, ignore_errors=True)

    def apply(
        self, updated: Iterable[IndexedRecord], removed: Iterable[str], *, merge: bool = False
    ) -> None:
        """Commit these records: all of them become searchable at once, or none.

        A record that the index already holds is replaced. `merge` lets Whoosh join small segments.
        """
        with adapted_errors(self._folder):
            writer = self._index.writer(limitmb=MEMORY_MB)
            try:
                for record_id in removed:
                    writer.delete_by_term("id", record_id)
                for record in updated:
                    writer.delete_by_term("id", record.id)
                    writer.add_document(**_fields(record))
            except BaseException:
                writer.cancel()
                raise
            writer.commit(merge=merge)
            self.complete_lexicons()

    def ids(self) -> set[str]:
        """Return the ids of all records in the index."""
        with adapted_errors(self._folder), self._index.reader() as reader:
            return {term.decode() for term in reader.lexicon("id")} if reader.doc_count() else set()

    def complete_lexicons(self) -> None:
        """Write the lexicon of every segment that has none, and drop those of gone segments."""
        wanted: set[Path] = set()
        with self._index.reader() as reader:
            for leaf in leaf_readers(reader):
                path = lexicon_path(self._folder, leaf.segment_id)
                wanted.add(path)
                if not path.exists():
                    found = {term.decode() for field in TEXT_FIELDS for term in leaf.terms(field)}
                    lexicon.write(path, lexicon.build(found))
        for path in self._folder.glob("*.lexicon"):
            if path not in wanted:
                path.unlink(missing_ok=True)


def _fields(record: IndexedRecord) -> dict[str, object]:
    body, length, pages = _positions_by_page(record.pages)
    title, title_length = _positions([record.title])
    names, names_length = _positions(record.names)
    return {
        "id": record.id,
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
) -> tuple[dict[str, "array[int]"], int, tuple[bytes, list[tuple[str, int]]]]:
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
        for offset, form in enumerate(words, position):
            found[form].append(offset)
        position += len(words)
        count += len(words)
    return dict(found), count, (starts.tobytes(), labels)
