"""Documents and notes that go from one record to another."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.changes.clock import HybridClock
from desktop_app.domain.changes.edits import Origin, delete, set_value
from desktop_app.store.changes import ChangeLog
from desktop_app.store.database import Database
from desktop_app.store.parts import PartsOfRecords
from desktop_app.store.queue import Queue
from desktop_app.store.records import Records
from tests.samples import make_record, store_record

ORIGIN = Origin("device", "somebody else", HybridClock())


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    Database.create(tmp_path / "archive.sqlite", lambda _: None)
    opened = Database(tmp_path / "archive.sqlite")
    yield opened
    opened.close()


def say(database: Database, kind: EntityKind, entity_id: str, field: str, value: Value) -> None:
    change = set_value(ORIGIN, ChangeLog(database).state(kind, entity_id), field, value)
    Records(database).apply([change] if change else [])


def test_the_index_gives_up_a_document_where_it_was(database: Database) -> None:
    records, queue = Records(database), Queue(database)
    first, pages = make_record("First")
    second, others = make_record("Second")
    store_record(records, first, pages)
    store_record(records, second, others)
    queue.done(queue.first(10))
    document = first.documents[0]
    state = ChangeLog(database).state(EntityKind.DOCUMENT, document.id)
    file = state.value("file")
    assert isinstance(file, dict)
    say(database, EntityKind.DOCUMENT, document.id, "file", {**file, "record_id": second.id})
    assert {record_id for _, record_id in queue.first(10)} == {first.id, second.id}
    assert records.get(first.id).documents == ()
    assert len(records.get(second.id).documents) == 2


def test_a_note_keeps_its_day_and_its_place_in_history(database: Database) -> None:
    records, parts, log = Records(database), PartsOfRecords(database), ChangeLog(database)
    ids = []
    for title in ("First", "Second"):
        record, pages = make_record(title)
        store_record(records, record, pages)
        ids.append(record.id)
    note = str(uuid.uuid4())
    for field, value in (("record_id", ids[0]), ("text", "A note")):
        say(database, EntityKind.NOTE, note, field, value)
    (before,) = parts.of(ids[0]).notes
    say(database, EntityKind.NOTE, note, "record_id", ids[1])
    (after,) = parts.of(ids[1]).notes
    assert after == replace(before, record_id=ids[1])
    assert parts.of(ids[0]).notes == ()
    assert (EntityKind.NOTE, note) in log.parts_of(ids[1])
    assert len([c for c in log.history(ids[1]) if c.entity is EntityKind.NOTE]) == 3


def test_a_file_in_two_records_is_that_of_the_one_outside_of_the_trash(database: Database) -> None:
    records = Records(database)
    first, pages = make_record("First", sha256="a" * 64)
    second, others = make_record("Second", sha256="b" * 64)
    store_record(records, first, pages)
    store_record(records, second, others)
    document = second.documents[0].id
    state = ChangeLog(database).state(EntityKind.DOCUMENT, document)
    file = state.value("file")
    assert isinstance(file, dict)
    say(database, EntityKind.DOCUMENT, document, "file", {**file, "sha256": "a" * 64})
    for gone, there in ((first.id, second.id), (second.id, None)):
        deletion = delete(ORIGIN, ChangeLog(database).state(EntityKind.RECORD, gone))
        assert deletion is not None
        records.apply([deletion])
        if there is not None:
            assert records.holding("a" * 64) == there
    assert records.holding("a" * 64) in {first.id, second.id}
