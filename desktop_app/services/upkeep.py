"""Care for the archive: is everything there, whole and findable, and as small as it can be?"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from desktop_app.config.vocabulary_files import load_vocabulary
from desktop_app.domain.errors import ArchiveDamaged, IndexUnusable, NotWritable
from desktop_app.domain.operations import Operation, Progress
from desktop_app.domain.problems import CheckReport, CompactReport, Problem, ProblemCode
from desktop_app.index.engine import Engine
from desktop_app.library.blobs import Blobs
from desktop_app.store.compacting import require_room_to_compact, vacuum
from desktop_app.store.consistency import Consistency
from desktop_app.store.database import Database
from desktop_app.store.queue import Queue
from desktop_app.store.records import StoredFile

from .indexing import Indexing
from .presence import Presence

UNFINISHED = "archive.sqlite.repaired"
"""A new database that a repair was about to put in the place of the damaged one."""


class Upkeep:
    """Checks the archive, and compacts it."""

    def __init__(
        self,
        database: Database,
        queue: Queue,
        blobs: Blobs,
        engine: Engine,
        indexing: Indexing,
        presence: Presence,
    ) -> None:
        self._database = database
        self._queue = queue
        self._blobs = blobs
        self._engine = engine
        self._indexing = indexing
        self._presence = presence

    def check(self, *, deep: bool = False) -> Operation[CheckReport]:
        """Compare database, history, files, pages, links and index with each other.

        `deep` also adds up the history of every record, reads the text of every page, and compares
        every PDF with its hash. A record that the index lacks is queued, so that the next update
        takes it up; nothing else is changed. Counts what is looked at: records and their parts,
        pages, then files. No content of the archive makes it fail.
        """
        problems: list[Problem] = []
        try:
            with Consistency(self._database) as consistency:
                return (yield from self._check(consistency, problems, deep=deep))
        except ArchiveDamaged as error:
            problems.append(_damage(str(error.fields["detail"])))
            return CheckReport(tuple(problems), 0, 0, 0, 0, 0, deep)

    def check_history(self) -> Operation[list[Problem]]:
        """Return the entries of the history that can't be read, and nothing else; counts records.

        Raises `ArchiveDamaged` where not even that can be found out.
        """
        problems: list[Problem] = []
        with Consistency(self._database) as consistency:
            problems += consistency.history(deep=True)
            for step in consistency.sums(deep=True):
                problems += step.problems
                yield Progress(step.done, step.total)
        return [each for each in problems if each.code is ProblemCode.CHANGE_UNREADABLE]

    def compact(self) -> Operation[CompactReport]:
        """Remove what nothing refers to, and make database and index as small as they can be.

        Counts steps. Nobody else may have the archive open: raises `ArchiveInUse`; `RoomNeeded`
        before anything is done where the disk has too little room; `NotWritable`.
        """
        folder = self._database.path.parent
        if self._database.read_only:
            raise NotWritable(path=folder, detail="it is read-only")
        with self._presence.alone():
            before = _size(folder)
            require_room_to_compact(self._database.path)
            yield Progress(0, 3)
            with Consistency(self._database) as consistency:
                known = {stored.sha256 for stored in consistency.files()}
                # A document that can't be read may be the one that a file belongs to.
                readable = len(known) == consistency.count("documents")
            removed = self._blobs.remove_leftovers(known) if readable else 0
            yield Progress(1, 3)
            vacuum(self._database)
            yield Progress(2, 3)
            optimising = self._indexing.optimise()
            try:
                for _ in optimising:
                    yield Progress(2, 3)
            finally:
                optimising.close()
            return CompactReport(before, _size(folder), removed)

    def _check(
        self, consistency: Consistency, problems: list[Problem], *, deep: bool
    ) -> Operation[CheckReport]:
        if (self._database.path.parent / UNFINISHED).exists():
            problems.append(Problem(ProblemCode.REPAIR_UNFINISHED))
        damage = consistency.damage()
        if damage:
            # Nothing read from a damaged database can be trusted, not even what is missing.
            problems += map(_damage, damage)
            return CheckReport(tuple(problems), 0, 0, 0, 0, 0, deep)
        problems += consistency.history(deep=deep)
        unreadable = list(consistency.unreadable())
        told = {problem.fields["id"] for problem in unreadable if "id" in problem.fields}
        problems += unreadable
        for step in consistency.sums(deep=deep):
            problems += (found for found in step.problems if found.fields.get("id", "") not in told)
            yield Progress(step.done, step.total)
        vocabulary = load_vocabulary()
        problems += consistency.links(lambda key: vocabulary.get(key) is not None)
        for step in consistency.pages(deep=deep):
            problems += step.problems
            yield Progress(step.done, step.total)
        files = consistency.files()
        for done, stored in enumerate(files):
            yield Progress(done, len(files), stored.file_name)
            problems += self._file_problems(stored, deep=deep)
        problems += self._index_problems(consistency, deep=deep)
        known = {stored.sha256 for stored in files}
        return CheckReport(
            problems=tuple(problems),
            records=consistency.count("records", "NOT deleted"),
            pages=consistency.count("pages"),
            files=len(files),
            queued=consistency.count("queue"),
            leftovers=sum(sha256 not in known for sha256 in self._blobs.hashes()),
            deep=deep,
        )

    def _file_problems(self, stored: StoredFile, *, deep: bool) -> Iterator[Problem]:
        path = self._blobs.path(stored.sha256)
        fields: dict[str, str | int] = {
            "file_name": stored.file_name,
            "document_id": stored.document_id,
        }
        if not path.is_file():
            yield Problem(ProblemCode.FILE_MISSING, fields)
            return
        found = path.stat().st_size
        if found != stored.size:
            sizes: dict[str, str | int] = {"found": found, "expected": stored.size}
            yield Problem(ProblemCode.FILE_SIZE, {**fields, **sizes})
        elif deep and not self._blobs.is_sound(stored.sha256):
            yield Problem(ProblemCode.FILE_CHANGED, fields)

    def _index_problems(self, consistency: Consistency, *, deep: bool) -> Iterator[Problem]:
        waiting = consistency.ids("SELECT record_id FROM queue")
        known = consistency.ids("SELECT id FROM records WHERE NOT deleted")
        try:
            indexed = self._engine.ids()
        except IndexUnusable as error:
            yield Problem(ProblemCode.INDEX_UNUSABLE, {"detail": str(error.fields["detail"])})
            self._queue_for_index(known - waiting)
            return
        for detail in self._engine.verify(deep=deep):
            yield Problem(ProblemCode.INDEX_DAMAGED, {"detail": detail})
        missing = known - indexed - waiting
        if missing:
            self._queue_for_index(missing)
            yield Problem(ProblemCode.INDEX_BEHIND, {"count": len(missing)})
        stray = indexed - known - waiting
        if stray:
            self._queue_for_index(stray)
            yield Problem(ProblemCode.INDEX_STRAY, {"count": len(stray)})

    def _queue_for_index(self, record_ids: set[str]) -> None:
        if not self._database.read_only:
            self._queue.add(record_ids)


def report_of_damage(details: Iterable[str], *, deep: bool) -> CheckReport:
    """Return the report on a database that can't be read: nothing else can be said."""
    return CheckReport(tuple(map(_damage, details)), 0, 0, 0, 0, 0, deep)


def _damage(detail: str) -> Problem:
    return Problem(ProblemCode.DATABASE_DAMAGED, {"detail": detail})


def _size(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(root) / name).lstat().st_size
            except OSError:
                continue  # Gone meanwhile.
    return total
