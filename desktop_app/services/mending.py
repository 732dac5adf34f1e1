"""Mending an archive that can be opened: what can be done about each problem of a check."""

import os
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from desktop_app.domain.changes.change import EntityKind
from desktop_app.domain.changes.edits import Origin
from desktop_app.domain.errors import BackupInvalid, NotWritable, PathNotFound
from desktop_app.domain.extraction import Extraction, Refusal
from desktop_app.domain.operations import Operation, Progress
from desktop_app.domain.problems import (
    CheckReport,
    Problem,
    ProblemCode,
    Repair,
    RepairReport,
    RepairResult,
)
from desktop_app.domain.records import Page
from desktop_app.library.blobs import Blobs, Staging, hash_file
from desktop_app.pdf.pool import ExtractionPool
from desktop_app.store.consistency import IDENTITY, Consistency
from desktop_app.store.database import Database
from desktop_app.store.mending import Rows
from desktop_app.store.records import Records, StoredFile

from .authorship import Authorship
from .indexing import Indexing
from .upkeep import Upkeep

POLL_S = 0.2
MAX_ROUNDS = 4
"""What is mended may bring to light what lay behind it: a document that is there again may lack
pages."""
_ROWS = frozenset(
    {
        ProblemCode.ROW_UNREADABLE,
        ProblemCode.ROW_UNLOGGED,
        ProblemCode.ROW_MISSING,
        ProblemCode.ROW_DIFFERS,
    }
)
_FILES = frozenset({ProblemCode.FILE_MISSING, ProblemCode.FILE_SIZE, ProblemCode.FILE_CHANGED})
_PAGES = frozenset(
    {
        ProblemCode.PAGES_MISSING,
        ProblemCode.PAGES_STRAY,
        ProblemCode.PAGE_UNEXPLAINED,
        ProblemCode.PAGE_UNREADABLE,
    }
)
_INDEX = frozenset({ProblemCode.INDEX_UNUSABLE, ProblemCode.INDEX_DAMAGED})
_QUEUED = frozenset({ProblemCode.INDEX_BEHIND, ProblemCode.INDEX_STRAY})

Repairs = Iterator[Repair]


class Mending:
    """Mends what a check finds."""

    def __init__(
        self,
        database: Database,
        records: Records,
        blobs: Blobs,
        authorship: Authorship,
        indexing: Indexing,
        upkeep: Upkeep,
    ) -> None:
        self._database = database
        self._records = records
        self._rows = Rows(database, blobs.has)
        self._blobs = blobs
        self._authorship = authorship
        self._indexing = indexing
        self._upkeep = upkeep

    def mend(self, source: Path | None = None) -> Operation[RepairReport]:
        """Mend what can be mended; counts what is looked at, then what is read.

        `source` is a folder, a PDF or a backup that may hold PDFs that are missing or damaged here.
        Checks everything before and after: what is called repaired is gone. A database that is
        damaged itself is left alone (see `repairing`). Raises `NotWritable`, `PathNotFound`,
        `BackupInvalid`, `DiskFull`.
        """
        if self._database.read_only:
            raise NotWritable(path=self._database.path.parent, detail="it is read-only")
        if source is not None and not source.exists():
            raise PathNotFound(path=source)
        tried: dict[str, Repair] = {}
        checked = yield from self._upkeep.check(deep=True)
        for _ in range(MAX_ROUNDS):
            fresh = [problem for problem in checked.problems if _key(problem) not in tried]
            mended = [repair for repair in (yield from self._mend_all(fresh, source))]
            tried |= {_key(repair.problem): repair for repair in mended}
            if not any(repair.done for repair in mended):
                break
            checked = yield from self._upkeep.check(deep=True)
        return self._report(tried, checked)

    def _report(self, tried: Mapping[str, Repair], checked: CheckReport) -> RepairReport:
        left = {_key(problem): problem for problem in checked.problems}
        repairs = [
            Repair(repair.problem, RepairResult.STILL_THERE)
            if repair.done and key in left
            else repair
            for key, repair in tried.items()
            # What another repair has mended along needs no word.
            if repair.done or key in left
        ]
        repairs += [
            Repair(problem, RepairResult.STILL_THERE)
            for key, problem in left.items()
            if key not in tried
        ]
        return RepairReport(tuple(repairs), checked.records, checked.pages, checked.leftovers)

    def _mend_all(
        self, problems: Iterable[Problem], source: Path | None
    ) -> Operation[list[Repair]]:
        todo = list(problems)
        broken_rows = [each for each in todo if each.code in _ROWS | {ProblemCode.ROW_ORPHANED}]
        repairs: list[Repair] = []
        if broken_rows:
            repairs += self._mend_rows([each for each in broken_rows if each.code in _ROWS])
        repairs += self._remove_orphans(
            [each for each in todo if each.code is ProblemCode.ROW_ORPHANED]
        )
        yield Progress(len(repairs), len(todo))
        with Consistency(self._database) as consistency:
            files = {stored.document_id: stored for stored in consistency.files()}
        repairs += yield from self._put_back(
            [each for each in todo if each.code in _FILES], files, source
        )
        repairs += yield from self._read_again(
            [each for each in todo if each.code in _PAGES], files
        )
        broken = [each for each in todo if each.code in _INDEX]
        if broken:
            rebuilding = self._indexing.rebuild()
            yield from rebuilding
            repairs += [Repair(problem, RepairResult.INDEX_REBUILT) for problem in broken]
        # The check has queued these itself.
        repairs += [
            Repair(problem, RepairResult.QUEUED) for problem in todo if problem.code in _QUEUED
        ]
        done = {_key(repair.problem) for repair in repairs}
        repairs += [
            Repair(problem, RepairResult.FOR_A_PERSON)
            for problem in todo
            if _key(problem) not in done
        ]
        return repairs

    def _mend_rows(self, problems: Iterable[Problem]) -> Repairs:
        # The archive's own properties first: the others need to know which device this is.
        for problem in sorted(problems, key=lambda each: each.fields["entity"] != IDENTITY):
            entity = str(problem.fields["entity"])
            said = problem.fields.get("rowid")
            rowid = said if isinstance(said, int) else None
            if entity == IDENTITY:
                self._rows.replace_property(rowid)
                yield Repair(problem, RepairResult.MADE_AGAIN)
                continue
            known = self._rows.make_again(
                self._origin(), EntityKind(entity), str(problem.fields["id"]), rowid
            )
            yield Repair(problem, RepairResult.MADE_AGAIN if known else RepairResult.WRITTEN_DOWN)
        self._rows.complete(self._origin())

    def _remove_orphans(self, problems: Iterable[Problem]) -> Repairs:
        for problem in problems:
            self._rows.remove_orphans()
            yield Repair(problem, RepairResult.REMOVED)

    def _origin(self) -> Origin:
        return self._authorship.origin()

    def _put_back(
        self, problems: Iterable[Problem], files: Mapping[str, StoredFile], source: Path | None
    ) -> Operation[list[Repair]]:
        wanted = {
            files[document_id].sha256: problem
            for problem in problems
            if (document_id := str(problem.fields["document_id"])) in files
        }
        if source is None or not wanted:
            return [Repair(problem, RepairResult.NO_COPY_NAMED) for problem in wanted.values()]
        sizes = {stored.size for stored in files.values() if stored.sha256 in wanted}
        found: dict[str, str] = {}
        with self._blobs.staging() as staging:
            for done, candidate in enumerate(_candidates(source, wanted, sizes)):
                yield Progress(done, 0, candidate.name)
                sha256 = self._take(staging, candidate, wanted.keys() - found.keys())
                if sha256 is not None:
                    found[sha256] = str(candidate)
                if len(found) == len(wanted):
                    break
        return [
            Repair(problem, RepairResult.PUT_BACK, {"path": found[sha256]})
            if sha256 in found
            else Repair(problem, RepairResult.NO_COPY_FOUND, {"path": str(source)})
            for sha256, problem in wanted.items()
        ]

    def _take(
        self, staging: Staging, candidate: Path | zipfile.Path, wanted: Collection[str]
    ) -> str | None:
        """Put a file into the library if it has the bytes of one that is wanted."""
        try:
            if isinstance(candidate, Path) and hash_file(candidate)[0] not in wanted:
                return None
            staged = staging.take(candidate)
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError):
            # It can't be read, or not unpacked: another place may have the file.
            return None
        if staged.sha256 not in wanted:
            staging.drop(staged)
            return None
        if self._blobs.has(staged.sha256):
            self._blobs.set_aside(staged.sha256)
        staging.keep(staged)
        return staged.sha256

    def _read_again(
        self, problems: Iterable[Problem], files: Mapping[str, StoredFile]
    ) -> Operation[list[Repair]]:
        by_document: dict[str, list[Problem]] = {}
        for problem in problems:
            by_document.setdefault(str(problem.fields["document_id"]), []).append(problem)
        repairs: list[Repair] = []
        with ExtractionPool() as pool:
            for document_id, found in by_document.items():
                stored = files.get(document_id)
                if stored is None:
                    continue
                if all(problem.code is ProblemCode.PAGES_STRAY for problem in found):
                    self._store_pages(document_id, ())
                    repairs += [Repair(problem, RepairResult.REMOVED) for problem in found]
                elif self._blobs.has(stored.sha256) and self._blobs.is_sound(stored.sha256):
                    pool.submit(document_id, self._blobs.path(stored.sha256))
                else:
                    repairs += [Repair(problem, RepairResult.NO_PDF) for problem in found]
                yield Progress(len(repairs), 0, stored.file_name)
            while pool.outstanding:
                finished = pool.next_result(POLL_S)
                if finished is not None:
                    document_id, result = finished
                    repairs += self._take_up(document_id, by_document[document_id], result)
                yield Progress(len(repairs), 0)
        return repairs

    def _take_up(
        self, document_id: str, problems: Iterable[Problem], result: Extraction | Refusal
    ) -> Repairs:
        if isinstance(result, Refusal):
            for problem in problems:
                yield Repair(problem, RepairResult.PDF_REFUSED, {"reason": result.reason})
            return
        self._store_pages(document_id, result.pages)
        for problem in problems:
            yield Repair(problem, RepairResult.READ_AGAIN)

    def _store_pages(self, document_id: str, read: Iterable[Page]) -> None:
        """Store the pages of a document: those that it has, and of those read what it lacks."""
        last = self._records.document(document_id).page_count
        with Consistency(self._database) as consistency:
            held = {page.number: page for page in consistency.readable_pages(document_id, last)}
        pages = {page.number: page for page in read if page.number <= last} | held
        self._records.reread(document_id, (), [pages[number] for number in sorted(pages)])


def _candidates(
    source: Path, wanted: Iterable[str], sizes: Iterable[int]
) -> Iterator[Path | zipfile.Path]:
    """Yield the files that may be among those wanted, by their name in a backup or their size."""
    if source.is_file() and zipfile.is_zipfile(source):
        try:
            with zipfile.ZipFile(source) as archive:
                held = set(archive.namelist())
                for sha256 in wanted:
                    name = f"pdfs/{sha256[:2]}/{sha256}.pdf"
                    if name in held:
                        yield zipfile.Path(archive, name)
        except zipfile.BadZipFile as error:
            raise BackupInvalid(path=source, detail=str(error)) from error
        return
    if source.is_file():
        yield source
        return
    fitting = set(sizes)
    for root, folders, names in os.walk(source):
        folders.sort()
        for name in sorted(names):
            path = Path(root) / name
            if path.is_file() and path.stat().st_size in fitting:
                yield path


def _key(problem: Problem) -> str:
    fields = {name: said for name, said in problem.fields.items() if name != "rowid"}
    return repr((problem.code, sorted(fields.items())))
