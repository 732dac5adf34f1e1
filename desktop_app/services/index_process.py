"""The index writer's own process: writing there never slows the window down.

It opens the archive by itself, takes up what is queued, commit by commit, and tells how far it is
as JSON messages: {"done": n, "total": n, "item": title}, then {"report": {...}} or {"error": ...}.
"""

import json
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from desktop_app.domain.errors import ArchiveBusy, ArchiveDamaged, ArchiveError, IndexUnusable
from desktop_app.domain.records import Document, Record
from desktop_app.index.merging import merge_everything, merge_nothing, merge_small
from desktop_app.index.writer import IndexedPage, IndexedRecord, IndexWriter, writer_lock
from desktop_app.store.database import Database
from desktop_app.store.pages import Pages
from desktop_app.store.queue import Queue
from desktop_app.store.records import Records

COMMIT_RECORDS = 100
COMMIT_PAGES = 4000
"""A commit takes at most this many records or pages, so that memory stays bounded."""


@dataclass(frozen=True, slots=True)
class IndexTask:
    """What the process shall do: take up what waits, after that perhaps more.

    `rebuild` begins with an empty index, `optimise` ends with one segment. Another writer is waited
    for `wait_s`. With `budget_s` no record is begun after that time; what was done is committed.
    """

    wait_s: float
    rebuild: bool = False
    optimise: bool = False
    budget_s: float | None = None


@dataclass(frozen=True, slots=True)
class IndexReport:
    """How many records were taken up and taken out, and whether the index was built anew.

    `skipped` are (record id, reason) of those that could not be read, or only in part: what the
    index held of an unreadable record stays, and it is not tried again until it changes.
    """

    updated: int = 0
    removed: int = 0
    rebuilt: bool = False
    skipped: tuple[tuple[str, str], ...] = ()


class Stopped(Exception):
    """The other side asked to stop, or is gone."""


def run(channel: Connection, database: str, folder: str, task: IndexTask) -> None:
    """Write the index until nothing waits; the entry point of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # The parent decides what Ctrl+C stops.
    try:
        opened = Database(Path(database))
        try:
            report = _Run(channel, opened, Path(folder), task).write()
        finally:
            opened.close()
        _send(channel, {"report": asdict(report)})
    except Stopped:
        return
    except ArchiveError as error:
        fields = {name: str(value) for name, value in error.fields.items()}
        _send(channel, {"error": type(error).__name__, "fields": fields})


@dataclass(frozen=True, slots=True)
class _Batch:
    """What one commit takes up: queue entries, records to index, ids to take out."""

    entries: Sequence[tuple[int, str]]
    found: dict[str, Record]
    gone: Sequence[str]


class _Run:
    """One run of the process."""

    def __init__(
        self, channel: Connection, database: Database, folder: Path, task: IndexTask
    ) -> None:
        self._channel = channel
        self._folder = folder
        self._task = task
        self._queue = Queue(database)
        self._records, self._pages = Records(database), Pages(database)
        self._ends = None if task.budget_s is None else time.monotonic() + task.budget_s
        self._skipped: dict[str, str] = {}
        self._updated = self._removed = 0

    def write(self) -> IndexReport:
        """Do the task under the writer's lock; return what was done."""
        try:
            with writer_lock(self._folder, self._task.wait_s):
                writer, rebuilt = self._open_writer(rebuild=self._task.rebuild)
                try:
                    self._drain(writer)
                except IndexUnusable:
                    # A file of the index is broken: it is made anew from the archive.
                    writer, rebuilt = self._open_writer(rebuild=True)
                    self._drain(writer)
        except ArchiveBusy:
            # Whoever holds the lock works through the same queue.
            if self._task.rebuild or self._task.optimise or len(self._queue):
                raise
        else:
            return IndexReport(self._updated, self._removed, rebuilt, tuple(self._skipped.items()))
        return IndexReport()

    def _open_writer(self, *, rebuild: bool) -> tuple[IndexWriter, bool]:
        """Return the writer; an index that can't be opened is begun anew with all queued."""
        if not rebuild:
            try:
                writer = IndexWriter(self._folder)
                writer.ids()  # Every segment must be there, not just the list of them.
            except IndexUnusable:
                rebuild = True
        if rebuild:
            self._updated = self._removed = 0
            IndexWriter.discard(self._folder)
            writer = IndexWriter(self._folder)
        if writer.is_new:
            # The queue first: an index that is there must not lack records without anybody knowing.
            self._queue.add_all()
            writer.begin()
        return writer, writer.is_new

    def _drain(self, writer: IndexWriter) -> None:
        total = len(self._queue)
        while batch := self._next_batch():
            taken: set[str] = set()
            bounded = self._ends is not None
            writer.apply(
                self._indexed(batch, taken, total),
                batch.gone,
                merge=merge_nothing if bounded else merge_small,
                on_step=self._go_on,
            )
            done = [
                entry for entry in batch.entries if entry[1] in taken or entry[1] not in batch.found
            ]
            self._queue.done(done)
            self._updated += len(taken)
            self._removed += len(batch.gone)
            if len(done) < len(batch.entries):
                return
        if self._task.optimise and not writer.is_compact:
            writer.apply((), (), merge=merge_everything, on_step=self._go_on)

    def _go_on(self) -> None:
        if self._channel.poll():
            raise Stopped

    def _indexed(self, batch: _Batch, taken: set[str], total: int) -> Iterator[IndexedRecord]:
        for record in batch.found.values():
            self._go_on()
            late = self._ends is not None and time.monotonic() > self._ends
            if late and self._updated + len(taken):
                return
            yield IndexedRecord(
                id=record.id,
                title=record.title,
                names=[
                    *record.authors, *record.tags, *(file.file_name for file in record.documents)
                ],
                pages=(
                    page for document in record.documents for page in self._read(record, document)
                ),
            )  # fmt: skip
            taken.add(record.id)
            done = self._updated + self._removed + len(taken)
            progress = {"done": done, "total": max(total, done), "item": record.title}
            _send(self._channel, progress)

    def _read(self, record: Record, document: Document) -> Iterator[IndexedPage]:
        try:
            pages = self._pages.of_document(document.id)
        except ArchiveDamaged as error:
            self._skipped[record.id] = f"{document.file_name}: {error.fields['detail']}"
            return
        for page in pages:
            self._go_on()
            yield IndexedPage(document.id, page.number, page.text)

    def _next_batch(self) -> _Batch | None:
        entries = self._queue.first(COMMIT_RECORDS)
        if not entries:
            return None
        found = self._readable([record_id for _, record_id in entries])
        chosen: list[tuple[int, str]] = []
        pages = 0
        for sequence, record_id in entries:
            record = found.get(record_id)
            pages += 0 if record is None else record.page_count
            if chosen and pages > COMMIT_PAGES:
                break
            chosen.append((sequence, record_id))
        kept = {
            record_id: found[record_id]
            for _, record_id in chosen
            if record_id in found and not found[record_id].deleted
        }
        gone = [
            record_id
            for _, record_id in chosen
            if record_id not in kept and record_id not in self._skipped
        ]
        return _Batch(chosen, kept, gone)

    def _readable(self, record_ids: list[str]) -> dict[str, Record]:
        """Return the records that can be read; the others are skipped."""
        try:
            return self._records.get_many(record_ids)
        except ArchiveDamaged as error:
            if len(record_ids) == 1:
                self._skipped[record_ids[0]] = str(error.fields["detail"])
                return {}
        return {
            found: record
            for record_id in record_ids
            for found, record in self._readable([record_id]).items()
        }


def _send(channel: Connection, message: dict[str, object]) -> None:
    try:
        channel.send_bytes(json.dumps(message).encode())
    except (BrokenPipeError, ConnectionError) as error:
        raise Stopped from error
