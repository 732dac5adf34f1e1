"""The index writer's own process: writing there never slows the window down.

It opens the archive by itself, takes up what is queued, commit by commit, and tells how far it is
as JSON messages: {"done": n, "total": n, "item": title}, then {"report": {...}} or {"error": ...}.
"""

import json
import signal
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from desktop_app.domain.errors import ArchiveBusy, ArchiveError, IndexUnusable
from desktop_app.domain.records import Record
from desktop_app.index.writer import IndexedPage, IndexedRecord, IndexWriter, writer_lock
from desktop_app.store.database import Database
from desktop_app.store.pages import Pages
from desktop_app.store.queue import Queue
from desktop_app.store.records import Records

COMMIT_RECORDS = 100
COMMIT_PAGES = 4000
"""A commit takes at most this many records or pages, so that memory stays bounded."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """How many records were taken up and taken out, and whether the index was built anew."""

    updated: int = 0
    removed: int = 0
    rebuilt: bool = False


class Stopped(Exception):
    """The other side asked to stop, or is gone."""


def run(channel: Connection, database: str, folder: str, rebuild: bool, wait_s: float) -> None:
    """Write the index until nothing waits; the entry point of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # The parent decides what Ctrl+C stops.
    try:
        opened = Database(Path(database))
        try:
            report = _write(channel, opened, Path(folder), rebuild, wait_s)
        finally:
            opened.close()
        _send(channel, {"report": asdict(report)})
    except Stopped:
        return
    except ArchiveError as error:
        fields = {name: str(value) for name, value in error.fields.items()}
        _send(channel, {"error": type(error).__name__, "fields": fields})


def _write(
    channel: Connection, database: Database, folder: Path, rebuild: bool, wait_s: float
) -> IndexReport:
    queue = Queue(database)
    try:
        with writer_lock(folder, wait_s):
            writer, rebuilt = _open_writer(folder, queue, rebuild)
            try:
                return _drain(channel, database, queue, writer, rebuilt)
            except IndexUnusable:
                # A file of the index is broken: it is made anew from the archive.
                writer, rebuilt = _open_writer(folder, queue, rebuild=True)
                return _drain(channel, database, queue, writer, rebuilt)
    except ArchiveBusy:
        # Whoever holds the lock works through the same queue.
        if rebuild or len(queue):
            raise
        return IndexReport()


def _open_writer(folder: Path, queue: Queue, rebuild: bool) -> tuple[IndexWriter, bool]:
    """Return the writer; an index that can't be opened is begun anew with every record queued."""
    if not rebuild:
        try:
            writer = IndexWriter(folder)
            writer.ids()  # Every segment must be there, not just the list of them.
            writer.complete_lexicons()
            if writer.is_new:
                queue.add_all()
        except IndexUnusable:
            pass
        else:
            return writer, writer.is_new
    queue.add_all()
    IndexWriter.discard(folder)
    return IndexWriter(folder), True


def _drain(
    channel: Connection, database: Database, queue: Queue, writer: IndexWriter, rebuilt: bool
) -> IndexReport:
    records, pages = Records(database), Pages(database)
    updated = removed = 0
    total = len(queue)
    while batch := _next_batch(queue, records):
        entries, found = batch
        gone = [record_id for _, record_id in entries if record_id not in found]

        def indexed(chosen: list[Record], done: int) -> Iterator[IndexedRecord]:
            for count, record in enumerate(chosen, done):
                if channel.poll():
                    raise Stopped
                yield _indexed(record, pages)
                done_now = count + 1
                progress = {"done": done_now, "total": max(total, done_now), "item": record.title}
                _send(channel, progress)

        last = len(queue) <= len(entries)
        writer.apply(indexed(list(found.values()), updated + removed), gone, merge=last)
        queue.done(entries)
        updated += len(found)
        removed += len(gone)
    return IndexReport(updated, removed, rebuilt)


def _next_batch(
    queue: Queue, records: Records
) -> tuple[list[tuple[int, str]], dict[str, Record]] | None:
    entries = queue.first(COMMIT_RECORDS)
    if not entries:
        return None
    stored = records.get_many(record_id for _, record_id in entries)
    found = {record_id: record for record_id, record in stored.items() if not record.deleted}
    chosen: list[tuple[int, str]] = []
    pages = 0
    for sequence, record_id in entries:
        record = found.get(record_id)
        pages += 0 if record is None else record.page_count
        if chosen and pages > COMMIT_PAGES:
            break
        chosen.append((sequence, record_id))
    kept = {record_id: found[record_id] for _, record_id in chosen if record_id in found}
    return chosen, kept


def _indexed(record: Record, pages: Pages) -> IndexedRecord:
    return IndexedRecord(
        id=record.id,
        title=record.title,
        names=[*record.authors, *record.tags, *(file.file_name for file in record.documents)],
        pages=(
            IndexedPage(document.id, page.number, page.text)
            for document in record.documents
            for page in pages.of_document(document.id)
        ),
    )


def _send(channel: Connection, message: dict[str, object]) -> None:
    try:
        channel.send_bytes(json.dumps(message).encode())
    except (BrokenPipeError, ConnectionError) as error:
        raise Stopped from error
