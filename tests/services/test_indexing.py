"""The index as services keep it: bounded, in whole commits, and never in the way of the records."""

import json
import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.errors import ArchiveBusy, NotWritable
from desktop_app.domain.operations import run_to_end
from desktop_app.domain.search import SearchRequest
from desktop_app.index.writer import writer_lock
from desktop_app.services.archive import Archive
from desktop_app.services.index_process import IndexTask, run
from desktop_app.services.indexing import Indexing
from desktop_app.store.database import Database
from desktop_app.store.queue import Queue
from tests.samples import write_pdf


@pytest.fixture(autouse=True)
def keyboard() -> Iterator[None]:
    """Give Ctrl+C back to the tests: the writer's process ignores it, and here it is this one."""
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.create(tmp_path / "archive")
    for number in range(4):
        write_pdf(tmp_path / "reports" / f"{number}.pdf", [f"Mentoring report {number}", "More"])
    run_to_end(opened.importing.import_paths([tmp_path / "reports"], jobs=2))
    yield opened
    opened.close()


def total(archive: Archive) -> int:
    return archive.searching.search(SearchRequest("mentoring")).total


def indexed_in_process(archive: Archive, task: IndexTask) -> dict[str, object]:
    """Run the index process's work in this process; return its last message."""
    ours, theirs = multiprocessing.Pipe()
    database = str(archive.folder / "archive.sqlite")
    run(theirs, database, str(archive.folder / "index"), task)
    message: dict[str, object] = {}
    while ours.poll():
        message = json.loads(ours.recv_bytes())
    ours.close()
    theirs.close()
    return message


def test_a_search_is_held_up_for_a_bounded_time(archive: Archive) -> None:
    """Out of time, the process commits what it has, at least one record, and leaves the rest."""
    for left in (3, 2, 1, 0):
        message = indexed_in_process(archive, IndexTask(1, budget_s=0))
        assert message["report"]["updated"] == 1  # type: ignore[index]
        assert archive.indexing.pending() == left
        answer = archive.searching.search(SearchRequest("mentoring"))
        assert (answer.total, answer.pending) == (4 - left, left)
    assert archive.indexing.is_current()


def test_catching_up_takes_up_all_where_time_allows(archive: Archive) -> None:
    caught_up = run_to_end(archive.indexing.catch_up(budget_s=200))
    assert (caught_up.pending, caught_up.obstacle) == (0, None)
    assert total(archive) == 4


def test_catching_up_ends_when_time_is_over(archive: Archive) -> None:
    caught_up = run_to_end(archive.indexing.catch_up(budget_s=0))
    assert (caught_up.pending, caught_up.obstacle) == (4, None)
    assert total(archive) == 0
    run_to_end(archive.indexing.update())
    assert total(archive) == 4


def test_nobody_waits_for_another_program_that_is_indexing(archive: Archive) -> None:
    with writer_lock(archive.folder / "index", wait_s=1):
        caught_up = run_to_end(archive.indexing.catch_up(budget_s=1000))
        assert (caught_up.pending, caught_up.obstacle) == (4, None)
        with pytest.raises(ArchiveBusy):
            run_to_end(archive.indexing.update(wait_s=0.1))


def test_an_index_that_can_not_be_written_is_searched_as_it_is(
    archive: Archive, tmp_path: Path
) -> None:
    run_to_end(archive.indexing.update())
    write_pdf(tmp_path / "new.pdf", ["Mentoring anew"])
    run_to_end(archive.importing.import_paths([tmp_path / "new.pdf"]))
    lock = archive.folder / "index" / "writer.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    for operation in (archive.indexing.update, archive.indexing.rebuild, archive.indexing.optimise):
        with pytest.raises(NotWritable, match="the records are safe") as raised:
            run_to_end(operation())
        assert raised.value.exit_code == 6
    caught_up = run_to_end(archive.indexing.catch_up())
    assert caught_up.pending == 1
    assert isinstance(caught_up.obstacle, NotWritable)
    answer = archive.searching.search(SearchRequest("mentoring"))
    assert (answer.total, answer.pending) == (4, 1)
    lock.rmdir()
    run_to_end(archive.indexing.update())
    assert total(archive) == 5


def test_an_index_folder_replaced_by_a_file_is_left_alone(archive: Archive) -> None:
    folder = archive.folder / "index"
    for path in folder.rglob("*"):
        path.unlink()
    if folder.exists():
        folder.rmdir()
    folder.write_text("mine")
    with pytest.raises(NotWritable):
        run_to_end(archive.indexing.update())
    answer = archive.searching.search(SearchRequest("mentoring"))
    assert (answer.total, answer.pending) == (0, 4)
    assert folder.read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_read_only_index_folder_is_told_in_words(archive: Archive, tmp_path: Path) -> None:
    run_to_end(archive.indexing.update())
    write_pdf(tmp_path / "new.pdf", ["Mentoring anew"])
    run_to_end(archive.importing.import_paths([tmp_path / "new.pdf"]))
    folders = [path for path in (archive.folder / "index").iterdir() if path.is_dir()]
    for folder in (*folders, archive.folder / "index"):
        folder.chmod(0o500)
    try:
        with pytest.raises(NotWritable, match="the records are safe"):
            run_to_end(archive.indexing.update())
        assert total(archive) == 4
    finally:
        for folder in (archive.folder / "index", *folders):
            folder.chmod(0o700)


def spoil_text(archive: Archive, record_id: str) -> None:
    """Put a byte that is no UTF-8 into the first page of a record."""
    document_id = archive.reading.record(record_id).documents[0].id
    connection = sqlite3.connect(archive.folder / "archive.sqlite")
    connection.execute(
        "UPDATE pages SET text = CAST(x'4d656e746f72696e67ff' AS TEXT)"
        " WHERE document_id = ? AND number = 1",
        [document_id],
    )
    connection.commit()
    connection.close()


def test_a_damaged_page_stops_neither_indexing_nor_searching(archive: Archive) -> None:
    spoiled = archive.reading.records()[0].id
    run_to_end(archive.indexing.update())
    spoil_text(archive, spoiled)
    report = run_to_end(archive.indexing.rebuild())
    assert report.updated == 4
    assert [record_id for record_id, _ in report.skipped] in ([], [spoiled])
    assert archive.indexing.pending() == 0
    assert total(archive) >= 3
    title = archive.reading.record(spoiled).title
    hits = archive.searching.search(SearchRequest(f'title:"{title}"')).hits
    assert [hit.record.id for hit in hits] == [spoiled]


def test_a_search_goes_on_where_a_page_can_not_be_read(archive: Archive) -> None:
    run_to_end(archive.indexing.update())
    spoiled = archive.reading.records()[0].id
    spoil_text(archive, spoiled)
    answer = archive.searching.search(SearchRequest("mentoring"))
    assert answer.total == 4
    assert {hit.record.id for hit in answer.hits} == {
        record.id for record in archive.reading.records()
    }
    assert archive.searching.search(SearchRequest("")).total == 4


def test_an_optimised_index_is_one_segment(archive: Archive) -> None:
    for _ in range(3):
        run_to_end(archive.indexing.update())
        database = Database(archive.folder / "archive.sqlite")
        Queue(database).add([archive.reading.records()[0].id])
        database.close()
    segments = list((archive.folder / "index").rglob("*.postings"))
    assert len(segments) > 1
    before = archive.searching.search(SearchRequest("mentoring report"))
    run_to_end(archive.indexing.optimise())
    assert len(list((archive.folder / "index").rglob("*.postings"))) == 1
    after = archive.searching.search(SearchRequest("mentoring report"))
    assert [hit.record.id for hit in after.hits] == [hit.record.id for hit in before.hits]
    assert (after.total, after.pending) == (4, 0)
    names = {path.name: path.stat().st_mtime_ns for path in (archive.folder / "index").rglob("*")}
    run_to_end(archive.indexing.optimise())
    again = {path.name: path.stat().st_mtime_ns for path in (archive.folder / "index").rglob("*")}
    assert again == names  # There was nothing to do.


def test_an_index_stopped_at_any_moment_is_whole(archive: Archive) -> None:
    done = 0
    for steps in range(1, 40):
        operation = archive.indexing.rebuild() if steps == 1 else archive.indexing.update()
        for _ in range(steps):
            if next(operation, None) is None:
                done = steps
                break
        operation.close()
        assert run_to_end(archive.upkeep.check(deep=True)).problems == ()
        if done:
            break
    assert done
    assert total(archive) == 4


def test_an_empty_archive_has_an_index_that_is_current(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "empty")
    assert not archive.indexing.is_current()
    run_to_end(archive.indexing.catch_up(budget_s=200))
    assert archive.indexing.is_current()
    archive.close()


def test_a_locked_archive_has_nothing_to_catch_up_with(archive: Archive) -> None:
    run_to_end(archive.indexing.update())
    folder = archive.folder
    reader: Indexing = archive.indexing
    assert run_to_end(reader.catch_up()).pending == 0
    assert run_to_end(Archive(folder, read_only=True).indexing.catch_up()).pending == 0
