"""Importing PDFs: files in, records out, and a row for every file that says what became of it."""

import time
import uuid
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from filelock import FileLock

from desktop_app.domain.changes.edits import Origin
from desktop_app.domain.errors import DiskFull
from desktop_app.domain.extraction import Extraction, Refusal
from desktop_app.domain.imports import ImportedFile, ImportReport, Outcome
from desktop_app.domain.operations import Operation, Progress
from desktop_app.domain.records import Access, Description, NoText
from desktop_app.library.blobs import Blobs, StagedFile, Staging, hash_file
from desktop_app.pdf.pool import ExtractionPool
from desktop_app.store.changes import ChangeLog
from desktop_app.store.imports import Imports
from desktop_app.store.pages import Pages
from desktop_app.store.records import Records

from .authorship import Authorship
from .file_batch import (
    FileBatch,
    require_some,
)
from .import_undo import UndoneImport, undo_import
from .selection import refuse_unopened, select, unreadable
from .starter import starter_descriptions
from .storing_files import Arrival, FileStore, Stored
from .twins import Twins

STAGED_AHEAD = 8
"""Files staged at the same time, so that no reading process waits for the disk."""
POLL_S = 0.2
_LOST = frozenset({NoText.DAMAGED, NoText.TOO_SLOW, NoText.TOO_LARGE})


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file that is being read."""

    path: Path
    source: StagedFile | Stored


@dataclass
class _Run:
    """What is under way in one import."""

    batch: FileBatch
    staging: Staging
    pool: ExtractionPool
    ahead: int
    origin: Origin
    waiting: Iterator[Path]
    again: deque[Path] = field(default_factory=deque)
    rows: list[ImportedFile] = field(default_factory=list)
    reading: dict[str, _Reading] = field(default_factory=dict)
    twins: dict[str, list[Path]] = field(default_factory=dict)
    reread: set[str] = field(default_factory=set)
    incomplete: frozenset[str] | None = None

    def next_path(self) -> Path | None:
        """Return the next file to begin with, None when there is no more."""
        return self.again.popleft() if self.again else next(self.waiting, None)


class Importing:
    """Takes PDFs into the archive."""

    def __init__(
        self,
        records: Records,
        pages: Pages,
        imports: Imports,
        blobs: Blobs,
        log: ChangeLog,
        authorship: Authorship,
        twins: Twins,
    ) -> None:
        self._authorship = authorship
        self._log = log
        self._records = records
        self._pages = pages
        self._imports = imports
        self._blobs = blobs
        self._twins = twins
        self._claims: dict[str, FileLock] = {}
        self._files = FileStore(records, pages, blobs, log, twins)

    def import_paths(
        self,
        paths: Sequence[Path],
        *,
        access: Access = Access.INTERNAL,
        jobs: int | None = None,
        descriptions: Mapping[Path, Description] | None = None,
    ) -> Operation[ImportReport]:
        """Import files and folders (with everything below them).

        `descriptions` say what is known of some files, by absolute path; it goes before what the
        files say of themselves.

        Counts files. A file that can't be read is a row of the report and never stops the others;
        a full disk raises. Each record is stored in one transaction and queued for the index.
        Raises `PathNotFound` when none of `paths` exists. Stopping it and importing the same paths
        again finishes the job: what is there already is recognised by its bytes.
        """
        began = time.monotonic()
        selection = select(paths)
        require_some(selection, paths)
        import_id, resumed = self.begin([str(path) for path in paths])
        batch = FileBatch(import_id, selection, access, descriptions or {}, resumed=resumed)
        try:
            files = yield from self.take(batch, jobs)
            self.finish(import_id)
        finally:
            self.leave(import_id)
        elapsed = time.monotonic() - began
        return ImportReport(import_id, files, elapsed, selection.ignored, resumed=resumed)

    def begin(self, sources: Sequence[str]) -> tuple[str, bool]:
        """Return the id of an import, and whether the same one was broken off before.

        `sources` are its paths and what else tells it from others.
        """
        known = self._imports.broken_off(sources)
        # What another program is importing at this moment was not broken off.
        if known is not None and self._claim(known):
            return known, True
        import_id = str(uuid.uuid4())
        self._claim(import_id)
        self._imports.begin(import_id, sources)
        return import_id, False

    def finish(self, import_id: str) -> None:
        """Note that an import came to its end."""
        self._imports.finish(import_id)

    def leave(self, import_id: str) -> None:
        """Note that nothing more is done for an import, at its end or before."""
        lock = self._claims.pop(import_id, None)
        if lock is not None:
            self._blobs.unclaim(lock)

    def _claim(self, import_id: str) -> bool:
        lock = self._blobs.claim(f"import-{import_id}")
        if lock is not None:
            self._claims[import_id] = lock
        return lock is not None

    def broken_off(self) -> ImportReport | None:
        """Return what the latest import stored before it was stopped; None if it came to its end.

        Its records by their first files; rows that it changed in others are not among them.
        """
        import_id = self._imports.last_broken_off()
        if import_id is None:
            return None
        records = self._records.get_many(self._records.of_import(import_id))
        files = tuple(
            ImportedFile(
                path=Path(next((one.file_name for one in record.documents), record.title)),
                outcome=Outcome.ADDED,
                record_id=record.id,
                title=record.title,
                pages=record.page_count,
                text_health=record.text_health,
            )
            for record in records.values()
        )
        return ImportReport(import_id, files, 0.0, complete=False)

    def undo(self, import_id: str) -> UndoneImport:
        """Take a whole import back, as one batch.

        The records that it added go to the trash, and what it changed in others is as before; what
        somebody changed since stays. Raises `ImportNotFound`.
        """
        return undo_import(self._records, self._log, self._authorship.origin, import_id)

    def take(
        self, batch: FileBatch, jobs: int | None = None, done: int = 0
    ) -> Operation[tuple[ImportedFile, ...]]:
        """Take the files of a batch; `done` things of the same import are finished already."""
        origin = self._authorship.origin(batch=batch.import_id)
        ahead = max(STAGED_AHEAD, 2 * (jobs or 0))
        selection = batch.selection
        total = done + len(selection.files) + len(selection.refused)
        with (
            self._twins.importing(),
            self._blobs.staging() as staging,
            ExtractionPool(jobs) as pool,
        ):
            run = _Run(batch, staging, pool, ahead, origin, iter(selection.files))
            run.rows += map(_refused, selection.refused)
            yield Progress(done + len(run.rows), total)
            name = ""
            for row in self._finished(run):
                if row is not None:
                    run.rows.append(replace(row, of_row=row.path in batch.homes))
                    name = row.path.name
                # Also while a long file is being read: a place to stop at.
                yield Progress(done + len(run.rows), total, name)
        return tuple(run.rows)

    def import_starter(self) -> Operation[ImportReport]:
        """Import the starter guides that come with the program, as they are described there."""
        descriptions = starter_descriptions()
        return self.import_paths(list(descriptions), descriptions=descriptions)

    def _finished(self, run: _Run) -> Iterator[ImportedFile | None]:
        """Yield a row for every file as it is finished, and None while there is none.

        Keeps the reading processes busy meanwhile. On a disk that has no room for many files at
        once it goes on with one at a time.
        """
        while True:
            while len(run.reading) < run.ahead and (path := run.next_path()) is not None:
                try:
                    yield from self._begin(run, path)
                except DiskFull:
                    if not run.reading:
                        raise
                    run.ahead = 1
                    run.again.append(path)
            if not run.reading:
                return
            finished = run.pool.next_result(POLL_S)
            if finished is None:
                yield None
            else:
                yield from self._complete(run, *finished)

    def _begin(self, run: _Run, path: Path) -> Iterator[ImportedFile]:
        """Stage a file and hand it on to be read; or yield its row where that is not needed."""
        try:
            refusal = refuse_unopened(path)
            if refusal is not None:
                yield _refused(refusal)
                return
            sha256, _ = hash_file(path)
            if sha256 in run.reading:
                run.twins.setdefault(sha256, []).append(path)
                return
            holder = self._records.holding(sha256)
            if holder is not None:
                held = (path, sha256, holder)
                row = self._files.known(run.batch, run.staging, run.origin, held)
                if not self._read_again(run, row, sha256):
                    yield row
                return
            staged = run.staging.take(path)
        except OSError as error:
            yield _refused(unreadable(path, error))
            return
        if staged.sha256 in run.reading:
            run.staging.drop(staged)
            run.twins.setdefault(staged.sha256, []).append(path)
            return
        run.reading[staged.sha256] = _Reading(path, staged)
        run.pool.submit(staged.sha256, staged.path)

    def _read_again(self, run: _Run, row: ImportedFile, sha256: str) -> bool:
        """Hand a stored file on to be read once more where it was not read whole; say whether."""
        if run.incomplete is None:
            run.incomplete = frozenset(found[0] for found in self._pages.incomplete())
        documents = self._records.get(str(row.record_id)).documents
        document = next(found for found in documents if found.sha256 == sha256)
        whole = not document.hazardous and document.id not in run.incomplete
        if whole or sha256 in run.reread or not self._blobs.has(sha256):
            return False
        run.reread.add(sha256)
        run.reading[sha256] = _Reading(row.path, Stored(row, document))
        run.pool.submit(sha256, self._blobs.path(sha256))
        return True

    def _complete(
        self, run: _Run, key: str, result: Extraction | Refusal
    ) -> Iterator[ImportedFile]:
        """Store what was read of a file, and yield its row and those of its twins."""
        reading = run.reading.pop(key)
        twins = run.twins.pop(key, [])
        if isinstance(result, Extraction):
            try:
                row = self._store(run, reading, result)
            except DiskFull:
                if not run.reading:
                    raise
                self._make_room(run)
                row = self._store(run, reading, result)
        elif isinstance(reading.source, Stored):
            row = reading.source.row
        else:
            run.staging.drop(reading.source)
            for refused in (reading.path, *twins):
                yield _refused(Refusal(refused, result.code, result.fields))
            return
        yield row
        for twin in twins:
            yield ImportedFile(twin, Outcome.DUPLICATE, row.record_id, row.title)

    def _make_room(self, run: _Run) -> None:
        """Remove the copies of all files under way; they are begun again, one at a time."""
        run.ahead = 1
        run.pool.cancel()
        for key, reading in list(run.reading.items()):
            if isinstance(reading.source, Stored):
                run.pool.submit(key, self._blobs.path(key))
            else:
                run.staging.drop(reading.source)
                del run.reading[key]
                run.again += (reading.path, *run.twins.pop(key, []))

    def _store(self, run: _Run, reading: _Reading, extraction: Extraction) -> ImportedFile:
        if isinstance(reading.source, Stored):
            return self._files.replace_pages(run.origin, reading.source, extraction)
        arrival = Arrival(reading.path, reading.source, extraction)
        return self._files.take(run.batch, run.staging, run.origin, arrival)


def _refused(refusal: Refusal) -> ImportedFile:
    return ImportedFile(refusal.path, Outcome.REFUSED, refusal=refusal)
