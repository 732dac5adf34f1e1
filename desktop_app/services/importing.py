"""Importing PDFs: files in, records out, and a row for every file that says what became of it."""

import os
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.domain.changes.change import EntityKind
from desktop_app.domain.changes.edits import Origin, restore
from desktop_app.domain.changes.records import creating_changes
from desktop_app.domain.errors import PathNotFound
from desktop_app.domain.extraction import Extraction, Refusal, RefusalCode
from desktop_app.domain.health import document_health
from desktop_app.domain.imports import ImportedFile, ImportReport, Outcome
from desktop_app.domain.language import document_languages
from desktop_app.domain.operations import Operation, Progress
from desktop_app.domain.records import Access, Description, Document, Record
from desktop_app.domain.titles import choose_authors, choose_title, choose_year, clean_line
from desktop_app.library.blobs import Blobs, StagedFile, Staging, hash_file
from desktop_app.pdf.pool import ExtractionPool
from desktop_app.pdf.signature import describe, pdf_start, read_head
from desktop_app.store.changes import ChangeLog
from desktop_app.store.imports import Imports
from desktop_app.store.records import DuplicateFile, Records

from .authorship import Authorship
from .starter import starter_descriptions

STAGED_AHEAD = 8
"""Files staged at the same time, so that no reading process waits for the disk."""
MAX_MEGABYTES = 2_000
"""Hashing and copying a larger file alone would take longer than a file may take."""
POLL_S = 0.2


@dataclass(frozen=True, slots=True)
class Selection:
    """The files that an import is about, and how many others were passed over in folders."""

    files: tuple[Path, ...]
    missing: tuple[Path, ...]
    unreadable: tuple[tuple[Path, OSError], ...]
    ignored: int


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
    rows: list[ImportedFile] = field(default_factory=list)
    staged: dict[str, tuple[Path, StagedFile]] = field(default_factory=dict)
    twins: dict[str, list[Path]] = field(default_factory=dict)


class Importing:
    """Takes PDFs into the archive."""

    def __init__(
        self,
        records: Records,
        imports: Imports,
        blobs: Blobs,
        log: ChangeLog,
        authorship: Authorship,
    ) -> None:
        self._authorship = authorship
        self._log = log
        self._records = records
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
        if selection.missing and not selection.files and len(selection.missing) == len(paths):
            raise PathNotFound(path=selection.missing[0])
        import_id = str(uuid.uuid4())
        self._imports.begin(import_id, paths)
        origin = self._authorship.origin(batch=import_id)
        ahead = max(STAGED_AHEAD, 2 * (jobs or 0))
        total = len(selection.files) + len(selection.missing) + len(selection.unreadable)
        with self._blobs.staging() as staging, ExtractionPool(jobs) as pool:
            run = _Run(import_id, access, staging, pool, descriptions or {}, ahead, origin)
            run.rows += [
                _refused(Refusal(path, RefusalCode.NOT_FOUND)) for path in selection.missing
            ]
            run.rows += [_refused(_unreadable(path, error)) for path, error in selection.unreadable]
            yield Progress(len(run.rows), total)
            waiting = iter(selection.files)
            name = ""
            for row in self._finished(run, waiting):
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

    def _finished(self, run: _Run, waiting: Iterator[Path]) -> Iterator[ImportedFile | None]:
        """Yield a row for every file as it is finished, and None while there is none.

        Keeps the reading processes busy meanwhile.
        """
        exhausted = False
        while True:
            while not exhausted and len(run.staged) < run.ahead:
                path = next(waiting, None)
                if path is None:
                    exhausted = True
                else:
                    yield from self._begin(run, path)
            if not run.staged:
                if exhausted:
                    return
                continue
            finished = run.pool.next_result(POLL_S)
            if finished is None:
                yield None
            else:
                yield from self._complete(run, *finished)

    def _begin(self, run: _Run, path: Path) -> Iterator[ImportedFile]:
        """Stage a file and hand it on to be read; or yield its row where that is not needed."""
        try:
            refusal = _refuse_unopened(path)
            if refusal is not None:
                yield _refused(refusal)
                return
            sha256, _ = hash_file(path)
            holder = self._records.holding(sha256)
            if holder is not None:
                yield self._known(run, path, sha256, holder)
                return
            if sha256 in run.staged:
                run.twins.setdefault(sha256, []).append(path)
                return
            staged = run.staging.take(path)
        except OSError as error:
            yield _refused(_unreadable(path, error))
            return
        if staged.sha256 in run.staged:
            run.staging.drop(staged)
            run.twins.setdefault(staged.sha256, []).append(path)
            return
        run.staged[staged.sha256] = (path, staged)
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

    def _complete(
        self, run: _Run, key: str, result: Extraction | Refusal
    ) -> Iterator[ImportedFile]:
        """Store what was read of a file, and yield its row and those of its twins."""
        path, staged = run.staged.pop(key)
        twins = run.twins.pop(key, [])
        if isinstance(result, Refusal):
            run.staging.drop(staged)
            for refused in (path, *twins):
                yield _refused(Refusal(refused, result.code, result.fields))
            return
        row = self._store(run, path, staged, result)
        yield row
        for twin in twins:
            yield ImportedFile(twin, Outcome.DUPLICATE, row.record_id, row.title)

    def _store(
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
            pages_without_text=sum(page.no_text is not None for page in extraction.pages),
            text_health=record.text_health,
        )


def select(paths: Sequence[Path]) -> Selection:
    """Return the files that these paths name: a file as it is, of a folder every PDF below it.

    Hidden files are passed over, links to folders are not followed, and no file is named twice.
    """
    files: dict[Path, None] = {}
    missing: list[Path] = []
    failures: list[OSError] = []
    ignored = 0
    for path in paths:
        if path.is_dir():
            for folder, folders, names in os.walk(path, onerror=failures.append):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for name in sorted(names, key=str.casefold):
                    found = Path(folder, name).absolute()
                    # Opening a pipe or a device would wait for ever.
                    if name.lower().endswith(".pdf") and name[0] != "." and found.is_file():
                        files.setdefault(found)
                    else:
                        ignored += 1
        elif path.exists():
            files.setdefault(path.absolute())
        else:
            missing.append(path.absolute())
    unreadable = tuple((Path(error.filename).absolute(), error) for error in failures)
    return Selection(tuple(files), tuple(missing), unreadable, ignored)


def _refuse_unopened(path: Path) -> Refusal | None:
    """Return why a file is not worth copying, from its first bytes; None for a PDF."""
    if not path.is_file():
        detail = "it is a pipe or a device, or it has just gone"
        return Refusal(path, RefusalCode.NOT_READABLE, {"detail": detail})
    head = read_head(path)
    if not head:
        return Refusal(path, RefusalCode.EMPTY)
    megabytes = path.stat().st_size // 1_000_000
    if megabytes > MAX_MEGABYTES:
        fields: dict[str, str | int] = {"megabytes": megabytes, "limit": MAX_MEGABYTES}
        return Refusal(path, RefusalCode.FILE_TOO_BIG, fields)
    if pdf_start(head) < 0:
        return Refusal(path, RefusalCode.NOT_A_PDF, {"found": describe(head)})
    return None


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


def _unreadable(path: Path, error: OSError) -> Refusal:
    return Refusal(path, RefusalCode.NOT_READABLE, {"detail": error.strerror or str(error)})
