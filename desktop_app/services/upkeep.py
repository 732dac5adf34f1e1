"""Care for the archive: is everything there, whole and findable?"""

from collections.abc import Iterator

from desktop_app.domain.errors import IndexUnusable
from desktop_app.domain.operations import Operation, Progress
from desktop_app.domain.problems import CheckReport, Problem, ProblemCode
from desktop_app.index.engine import Engine
from desktop_app.library.blobs import Blobs
from desktop_app.store.database import Database
from desktop_app.store.pages import Pages
from desktop_app.store.queue import Queue
from desktop_app.store.records import Records, StoredFile

MAX_DATABASE_PROBLEMS = 20


class Upkeep:
    """Checks the archive; changes nothing but what the index still has to take up."""

    def __init__(
        self,
        database: Database,
        records: Records,
        pages: Pages,
        queue: Queue,
        blobs: Blobs,
        engine: Engine,
    ) -> None:
        self._database = database
        self._records = records
        self._pages = pages
        self._queue = queue
        self._blobs = blobs
        self._engine = engine

    def check(self, *, deep: bool = False) -> Operation[CheckReport]:
        """Compare database, files, pages and index with each other; counts files.

        `deep` also reads every PDF and compares it with its hash. A record that the index lacks is
        queued, so that the next update takes it up.
        """
        problems = [
            Problem(ProblemCode.DATABASE_DAMAGED, {"detail": detail})
            for detail in self._database.problems()[:MAX_DATABASE_PROBLEMS]
        ]
        if problems:
            # Nothing read from a damaged database can be trusted, not even what is missing.
            return CheckReport(tuple(problems), 0, 0, 0, 0, 0, deep)
        files = self._records.files()
        for done, stored in enumerate(files):
            yield Progress(done, len(files), stored.file_name)
            problems += self._file_problems(stored, deep=deep)
        problems += self._page_problems()
        problems += self._index_problems()
        known = {stored.sha256 for stored in files}
        return CheckReport(
            problems=tuple(problems),
            records=self._records.count(),
            pages=self._pages.count(),
            files=len(files),
            queued=len(self._queue),
            leftovers=sum(sha256 not in known for sha256 in self._blobs.hashes()),
            deep=deep,
        )

    def _file_problems(self, stored: StoredFile, *, deep: bool) -> Iterator[Problem]:
        path = self._blobs.path(stored.sha256)
        if not path.is_file():
            yield Problem(ProblemCode.FILE_MISSING, {"file_name": stored.file_name})
            return
        found = path.stat().st_size
        if found != stored.size:
            fields: dict[str, str | int] = {
                "file_name": stored.file_name,
                "found": found,
                "expected": stored.size,
            }
            yield Problem(ProblemCode.FILE_SIZE, fields)
        elif deep and not self._blobs.is_sound(stored.sha256):
            yield Problem(ProblemCode.FILE_CHANGED, {"file_name": stored.file_name})

    def _page_problems(self) -> Iterator[Problem]:
        for _, file_name, expected, found in self._pages.incomplete():
            yield Problem(
                ProblemCode.PAGES_MISSING,
                {"file_name": file_name, "expected": expected, "found": found},
            )
        for file_name, number in self._pages.unexplained():
            yield Problem(ProblemCode.PAGE_UNEXPLAINED, {"file_name": file_name, "number": number})

    def _index_problems(self) -> Iterator[Problem]:
        waiting = {record_id for _, record_id in self._queue.first(len(self._queue))}
        known = set(self._records.ids())
        try:
            indexed = self._engine.ids()
        except IndexUnusable as error:
            yield Problem(ProblemCode.INDEX_UNUSABLE, {"detail": str(error.fields["detail"])})
            self._queue_for_index(known - waiting)
            return
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
