"""Records, documents, pages and the queue in SQLite."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.errors import (
    ArchiveDamaged,
    ArchiveNewer,
    ArchiveNotFound,
    RecordAmbiguous,
    RecordNotFound,
)
from desktop_app.domain.queries import Filter
from desktop_app.domain.records import Kind, NoText
from desktop_app.domain.search import Sort
from desktop_app.store.database import Database
from desktop_app.store.pages import Pages
from desktop_app.store.queue import Queue
from desktop_app.store.records import DuplicateFile, Records
from tests.samples import make_record, store_record


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    Database.create(tmp_path / "archive.sqlite", lambda _: None)
    opened = Database(tmp_path / "archive.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def records(database: Database) -> Records:
    return Records(database)


def test_a_record_comes_back_as_it_was_stored(records: Records, database: Database) -> None:
    record, pages = make_record(
        "Projet d'évaluation", ["un", "", "trois"], kind=Kind.GUIDE, year=2020,
        languages=("fr", "ar"), authors=("Équipe Mentorat",),
    )  # fmt: skip
    store_record(records, record, pages)
    assert records.get(record.id) == record
    assert [page.text for page in Pages(database).of_document(record.documents[0].id)] == [
        "un",
        "",
        "trois",
    ]
    assert [record_id for _, record_id in Queue(database).first(5)] == [record.id]


def test_the_same_bytes_are_held_once_and_nothing_of_the_second_is_left(
    records: Records, database: Database
) -> None:
    first, first_pages = make_record("First", sha256="a" * 64)
    second, second_pages = make_record("Second", sha256="a" * 64)
    store_record(records, first, first_pages)
    with pytest.raises(DuplicateFile) as caught:
        store_record(records, second, second_pages)
    assert caught.value.record_id == first.id
    assert records.count() == 1
    assert Pages(database).count() == 1
    assert len(Queue(database)) == 1


def test_an_id_may_be_shortened_while_it_fits_one_record(records: Records) -> None:
    record, pages = make_record()
    store_record(records, record, pages)
    assert records.resolve(record.id[:6].upper()) == record.id
    with pytest.raises(RecordNotFound):
        records.resolve(record.id[:3])
    with pytest.raises(RecordNotFound):
        records.resolve("%")
    with pytest.raises(RecordNotFound):
        records.resolve("____")


def test_a_shortened_id_that_fits_several_records_is_refused(records: Records) -> None:
    first, first_pages = make_record()
    twin, twin_pages = make_record()
    object.__setattr__(twin, "id", first.id[:-1] + ("0" if first.id[-1] != "0" else "1"))
    object.__setattr__(twin.documents[0], "record_id", twin.id)
    store_record(records, first, first_pages)
    store_record(records, twin, twin_pages)
    with pytest.raises(RecordAmbiguous) as caught:
        records.resolve(first.id[:8])
    assert caught.value.fields["count"] == 2


def test_records_are_listed_in_every_order(records: Records) -> None:
    for title, year in (("beta", 2020), ("Alpha", None), ("gamma", 2022)):
        store_record(records, *make_record(title, year=year))
    titles = {
        sort: [record.title for record in map(records.get, records.ids(sort))] for sort in Sort
    }
    assert titles[Sort.TITLE] == ["Alpha", "beta", "gamma"]
    assert titles[Sort.YEAR] == ["gamma", "beta", "Alpha"]
    assert titles[Sort.ADDED] == ["gamma", "Alpha", "beta"]


def test_filters_of_the_query_language(records: Records) -> None:
    ids = {}
    for record, pages in (
        make_record("old", year=1999, languages=("de",)),
        make_record("new", year=2021, languages=("en", "ar"), kind=Kind.GUIDE),
        make_record("bare"),
    ):
        store_record(records, record, pages)
        ids[record.title] = record.id
    assert records.matching(Filter("year", first=2000, last=2030)) == {ids["new"]}
    assert records.matching(Filter("language", ("ar", "sv"))) == {ids["new"]}
    assert records.matching(Filter("kind", ("guide",))) == {ids["new"]}
    assert records.matching(Filter("access", ("internal",))) == set(ids.values())
    assert records.values_of("language", ids.values()) == {
        ids["old"]: ("de",), ids["new"]: ("en", "ar"),
    }  # fmt: skip


def test_a_record_that_changes_while_it_is_indexed_stays_queued(database: Database) -> None:
    records, queue = Records(database), Queue(database)
    record, pages = make_record()
    store_record(records, record, pages)
    taken = queue.first(1)
    queue.add([record.id])
    queue.done(taken)
    assert [record_id for _, record_id in queue.first(1)] == [record.id]


def test_pages_without_text_are_counted_by_reason(database: Database) -> None:
    record, pages = make_record("r", ["text", "", ""])
    document = record.documents[0].id
    reasons = (None, NoText.BLANK, NoText.IMAGE_ONLY)
    for page, reason in zip(pages[document], reasons, strict=True):
        object.__setattr__(page, "no_text", reason)
    store_record(Records(database), record, pages)
    assert Pages(database).without_text(document) == {NoText.BLANK: 1, NoText.IMAGE_ONLY: 1}
    first = Pages(database).first_with_text(document)
    assert first is not None
    assert first.number == 1


def test_there_is_no_archive_where_there_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ArchiveNotFound):
        Database(tmp_path / "archive.sqlite")


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100])
def test_a_file_that_is_no_database_is_told_apart(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "archive.sqlite"
    path.write_bytes(content)
    with pytest.raises(ArchiveDamaged):
        Database(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE recipes (name TEXT)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(ArchiveDamaged):
        Database(path)
    assert path.read_bytes() == before


def test_a_database_of_a_newer_release_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    Database.create(path, lambda _: None)
    database = Database(path)
    database.connection.conn.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(ArchiveNewer, match="newer version"):
        Database(path)
