"""Describing records through the change log."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.changes.change import EntityKind
from desktop_app.domain.errors import (
    ChangeNotFound,
    EditedSince,
    ImportNotFound,
    InvalidField,
    NothingToUndo,
    NotWritable,
    RecordNotFound,
)
from desktop_app.domain.operations import run_to_end
from desktop_app.domain.records import Kind
from desktop_app.domain.search import SearchRequest
from desktop_app.services.archive import DATABASE_NAME, Archive
from tests.samples import write_pdf


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.create(tmp_path / "archive")
    reports = [
        write_pdf(tmp_path / f"{name}.pdf", [f"About {name}"], {"Title": f"All about {name}"})
        for name in ("mentoring", "schools")
    ]
    run_to_end(opened.importing.import_paths(reports))
    run_to_end(opened.indexing.update())
    yield opened
    opened.close()


@pytest.fixture
def record_id(archive: Archive) -> str:
    found = archive.searching.search(SearchRequest("mentoring"))
    return found.hits[0].record.id


def test_an_edit_is_seen_at_once_and_by_a_search_after_the_index(
    archive: Archive, record_id: str
) -> None:
    archive.editing.edit(record_id, {"title": "Befriending", "kind": "guide", "overview": "Short"})
    record = archive.reading.record(record_id)
    assert (record.title, record.kind) == ("Befriending", Kind.GUIDE)
    assert record.fields == {"overview": "Short"}
    assert archive.indexing.pending() == 1
    run_to_end(archive.indexing.update())
    assert archive.searching.search(SearchRequest("title:befriending")).total == 1


def test_an_edit_that_changes_nothing_makes_no_change(archive: Archive, record_id: str) -> None:
    archive.editing.edit(record_id, {"year": "2020", "phenomenon": ["hate", "polarisation"]})
    assert archive.editing.edit(record_id, {"year": 2020}) == []
    assert archive.editing.edit(record_id, {"phenomenon": ["polarisation", "hate"]}) == []
    removed = archive.editing.edit(record_id, {"phenomenon": ["hate"]})
    assert [change.value for change in removed] == ["polarisation"]


def test_one_wrong_field_leaves_all_as_it_was(archive: Archive, record_id: str) -> None:
    with pytest.raises(InvalidField, match="a year from"):
        archive.editing.edit(record_id, {"title": "Other", "year": "soon"})
    assert archive.reading.record(record_id).title == "All about mentoring"
    with pytest.raises(RecordNotFound):
        archive.editing.tag([record_id, "ffffffff"], ["june"])
    assert archive.editing.tags() == {}


def test_every_change_has_an_author_and_can_be_undone(archive: Archive, record_id: str) -> None:
    before = archive.reading.record(record_id)
    made = archive.editing.edit(record_id, {"title": "New", "year": 1999, "tag": ["a", "b"]})
    made += archive.editing.delete([record_id])
    assert all(change.author and change.device for change in made)
    for change in reversed(made):
        archive.editing.undo(change.id)
    assert archive.reading.record(record_id) == before
    with pytest.raises(NothingToUndo):
        archive.editing.undo(made[-1].id)
    with pytest.raises(ChangeNotFound):
        archive.editing.undo("unknown")


def test_undo_does_not_overwrite_what_came_after(archive: Archive, record_id: str) -> None:
    (first,) = archive.editing.edit(record_id, {"title": "First"})
    archive.editing.edit(record_id, {"title": "Second"})
    with pytest.raises(EditedSince):
        archive.editing.undo(first.id)
    assert archive.reading.record(record_id).title == "Second"


def test_history_tells_old_and_new_the_newest_first(archive: Archive, record_id: str) -> None:
    archive.editing.edit(record_id, {"year": 2001})
    archive.editing.edit(record_id, {"year": 2002})
    years = [e for e in archive.editing.history(record_id) if e.change.field == "year"]
    assert [(entry.old, entry.change.value) for entry in years] == [(2001, 2002), (None, 2001)]
    assert len(archive.editing.history(limit=3)) == 3


def test_the_trash_keeps_everything_and_hides_it(archive: Archive, record_id: str) -> None:
    archive.editing.delete([record_id])
    assert archive.reading.holdings().records == 1
    assert archive.searching.search(SearchRequest("mentoring")).hits == ()
    run_to_end(archive.indexing.update())
    assert archive.searching.search(SearchRequest("mentoring")).total == 0
    assert run_to_end(archive.upkeep.check(deep=True)).problems == ()
    archive.editing.restore([record_id])
    run_to_end(archive.indexing.update())
    assert archive.searching.search(SearchRequest("mentoring")).total == 1


def test_a_whole_import_is_taken_back(archive: Archive) -> None:
    import_id = archive.reading.records()[0].import_id
    assert import_id is not None
    assert len(archive.editing.undo_import(import_id)) == 2
    assert archive.reading.records() == []
    assert archive.editing.undo_import(import_id) == []
    with pytest.raises(ImportNotFound):
        archive.editing.undo_import("never")


def test_an_archive_that_can_only_be_read_is_searched_and_read(
    archive: Archive, record_id: str
) -> None:
    archive.close()
    before = {path: path.read_bytes() for path in archive.folder.rglob("*") if path.is_file()}
    locked = Archive(archive.folder, read_only=True)
    assert locked.read_only
    assert locked.indexing.is_current()
    found = locked.searching.search(SearchRequest("mentoring"))
    assert [hit.record.id for hit in found.hits] == [record_id]
    assert locked.reading.page(found.hits[0].record.documents[0].id, 1).text
    assert run_to_end(locked.upkeep.check(deep=True)).problems == ()
    with pytest.raises(NotWritable, match="read-only"):
        locked.editing.edit(record_id, {"title": "Other"})
    locked.close()
    after = {path: path.read_bytes() for path in archive.folder.rglob("*") if path.is_file()}
    # In a folder that can be written SQLite says so that somebody reads, beside the database.
    added = after.keys() - before.keys()
    assert {path.name.removeprefix(DATABASE_NAME) for path in added} <= {"-shm", "-wal"}
    assert {path: content for path, content in after.items() if path not in added} == before


def test_the_tables_are_the_sum_of_the_changes(archive: Archive, record_id: str) -> None:
    archive.editing.edit(record_id, {"title": "Sum", "country": ["SE", "JO"], "sample_size": 212})
    archive.editing.tag([record_id], ["june"])
    state = archive.editing.state(record_id)
    record = archive.reading.record(record_id)
    assert state.kind is EntityKind.RECORD
    assert state.value("title") == record.title
    assert state.value("tag") == record.tags
    assert record.fields == {"country": ["JO", "SE"], "sample_size": 212}
