"""Importing PDFs: files in, records out, and a row for every file that says what became of it."""

import time
import uuid
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.changes.edits import Origin, restore, set_value
from desktop_app.domain.changes.records import creating_changes
from desktop_app.domain.errors import DiskFull, PathNotFound
from desktop_app.domain.extraction import Extraction, Refusal, RefusalCode
from desktop_app.domain.health import document_health
from desktop_app.domain.imports import ImportedFile, ImportReport, Outcome
from desktop_app.domain.language import document_languages
from desktop_app.domain.operations import Operation, Progress
from desktop_app.domain.records import Access, Description, Document, NoText, Page, Record
from desktop_app.domain.titles import choose_authors, choose_title, choose_year, clean_line
from desktop_app.library.blobs import Blobs, StagedFile, Staging, hash_file
from desktop_app.pdf.pool import ExtractionPool
from desktop_app.store.changes import ChangeLog
from desktop_app.store.imports import Imports
from desktop_app.store.pages import Pages
from desktop_app.store.records import DuplicateFile, Records

from .authorship import Authorship
from .selection import refuse_unopened, select, unreadable
from .starter import starter_descriptions

STAGED_AHEAD = 8
"""Files staged at the same time, so that no reading process waits for the disk."""
POLL_S = 0.2
_LOST = frozenset({NoText.DAMAGED, NoText.TOO_SLOW, NoText.TOO_LARGE})


@dataclass(frozen=True, slots=True)
class _Stored:
    """A file of the archive that is read once more; `row` is its row where that gives no more."""

    row: ImportedFile
    document: Document


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file that is being read."""

    path: Path
    source: StagedFile | _Stored


@dataclass
class _Run:
    """What is under way in one import."""

    import_id: str
    access: Access
    staging: Staging
    pool: ExtractionPool
    descriptions: Mapping[Path, Description]
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
    ) -> None:
        self._authorship = authorship
        self._log = log
        self._records = records
        self._pages = pages
        self._imports = imports
        self._blobs = blobs

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
        missing = [one.path for one in selection.refused if one.code is RefusalCode.NOT_FOUND]
        if missing and not selection.files and len(missing) == len(paths):
            raise PathNotFound(path=missing[0])
        import_id = str(uuid.uuid4())
        self._imports.begin(import_id, paths)
        origin = self._authorship.origin(batch=import_id)
        ahead = max(STAGED_AHEAD, 2 * (jobs or 0))
        total = len(selection.files) + len(selection.refused)
        with self._blobs.staging() as staging, ExtractionPool(jobs) as pool:
            run = _Run(
                import_id,
                access,
                staging,
                pool,
                descriptions or {},
                ahead,
                origin,
                iter(selection.files),
            )
            run.rows += map(_refused, selection.refused)
            yield Progress(len(run.rows), total)
            name = ""
            for row in self._finished(run):
                if row is not None:
                    run.rows.append(row)
                    name = row.path.name
                # Also while a long file is being read: a place to stop at.
                yield Progress(len(run.rows), total, name)
        self._imports.finish(import_id)
        return ImportReport(import_id, tuple(run.rows), time.monotonic() - began, selection.ignored)

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
                row = self._known(run, path, sha256, holder)
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

    def _known(self, run: _Run, path: Path, sha256: str, holder: str) -> ImportedFile:
        """Return the row of a file that is in the archive.

        A record in the trash is taken out again, and a lost or damaged PDF is put back.
        """
        record = self._records.get(holder)
        state = self._log.state(EntityKind.RECORD, holder)
        restoring = restore(run.origin, state) if record.deleted else None
        if restoring is not None:
            self._records.apply([restoring])
        outcome = Outcome.DUPLICATE if restoring is None else Outcome.UPDATED
        if not (self._blobs.has(sha256) and self._blobs.is_sound(sha256)):
            staged = run.staging.take(path)
            if staged.sha256 == sha256:
                self._blobs.path(sha256).unlink(missing_ok=True)
                run.staging.keep(staged)
                outcome = Outcome.UPDATED
            else:
                run.staging.drop(staged)
        return ImportedFile(path, outcome, holder, record.title)

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
        run.reading[sha256] = _Reading(row.path, _Stored(row, document))
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
        elif isinstance(reading.source, _Stored):
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
            if isinstance(reading.source, _Stored):
                run.pool.submit(key, self._blobs.path(key))
            else:
                run.staging.drop(reading.source)
                del run.reading[key]
                run.again += (reading.path, *run.twins.pop(key, []))

    def _store(self, run: _Run, reading: _Reading, extraction: Extraction) -> ImportedFile:
        if isinstance(reading.source, _Stored):
            return self._replace_pages(run, reading.source, extraction)
        return self._add(run, reading.path, reading.source, extraction)

    def _replace_pages(self, run: _Run, stored: _Stored, extraction: Extraction) -> ImportedFile:
        """Store what reading a file again gave, if that is more; return its row."""
        document, pages = stored.document, extraction.pages
        if _gain(pages) <= _gain(self._pages.of_document(document.id)):
            return stored.row
        state = self._log.state(EntityKind.DOCUMENT, document.id)
        before = state.value("file")
        if not isinstance(before, Mapping):
            raise TypeError(before)
        health = document_health(pages)
        file: Mapping[str, Value] = {
            **before,
            "page_count": len(pages),
            "text_health": health,
            "hazardous": extraction.hazardous,
        }
        change = set_value(run.origin, state, "file", file)
        self._records.reread(document.id, [] if change is None else [change], pages)
        return replace(
            stored.row,
            outcome=Outcome.UPDATED,
            pages=len(pages),
            pages_without_text=_count_silent(pages),
            text_health=health,
        )

    def _add(
        self, run: _Run, path: Path, staged: StagedFile, extraction: Extraction
    ) -> ImportedFile:
        record = _describe(path, staged, extraction, run)
        run.staging.keep(staged)
        try:
            changes = creating_changes(run.origin, record)
            self._records.add(record, changes, {record.documents[0].id: extraction.pages})
        except DuplicateFile as twin:
            # Another program imported the same file in this moment.
            return ImportedFile(path, Outcome.DUPLICATE, twin.record_id, record.title)
        return ImportedFile(
            path=path,
            outcome=Outcome.ADDED,
            record_id=record.id,
            title=record.title,
            pages=len(extraction.pages),
            pages_without_text=_count_silent(extraction.pages),
            text_health=record.text_health,
        )


def _count_silent(pages: Sequence[Page]) -> int:
    return sum(page.no_text is not None for page in pages)


def _gain(pages: Sequence[Page]) -> tuple[int, int, int]:
    """Return how much of a document was read: pages with text, pages not lost, all pages."""
    reasons = [page.no_text for page in pages]
    return reasons.count(None), sum(reason not in _LOST for reason in reasons), len(pages)


def _describe(path: Path, staged: StagedFile, extraction: Extraction, run: _Run) -> Record:
    record_id = str(uuid.uuid4())
    document = Document(
        id=str(uuid.uuid4()),
        record_id=record_id,
        sha256=staged.sha256,
        file_name=clean_line(path.name),
        size=staged.size,
        page_count=len(extraction.pages),
        text_health=document_health(extraction.pages),
        hazardous=extraction.hazardous,
        properties=extraction.properties,
    )
    said = run.descriptions.get(path, Description())
    title = said.title or choose_title(extraction.properties, extraction.headline, path.name)
    found = document_languages((page.language, len(page.text)) for page in extraction.pages)
    return Record(
        id=record_id,
        title=title,
        access=said.access or run.access,
        added_at=datetime.now(UTC),
        kind=said.kind,
        year=said.year or choose_year(title),
        languages=said.languages or found,
        authors=said.authors or choose_authors(extraction.properties),
        import_id=run.import_id,
        documents=(document,),
    )


def _refused(refusal: Refusal) -> ImportedFile:
    return ImportedFile(refusal.path, Outcome.REFUSED, refusal=refusal)
