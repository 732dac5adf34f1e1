"""Taking a merge back: all is as it was, or it is said why not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.changes.coded import Evidence
from desktop_app.domain.errors import ArchiveError
from desktop_app.domain.merge_errors import (
    MergeEditedSince,
    MergeNotFound,
    MergeUndone,
    NotMergeable,
)
from desktop_app.domain.operations import run_to_end
from desktop_app.services.archive import Archive
from tests.services.alike import document_of, holding, problems, store_alike
from tests.services.broken import execute

FINDING: dict[str, Value] = {"outcome": "attitudes", "direction": "improved", "page": 1}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Give an archive without records."""
    opened = Archive.create(tmp_path / "archive")
    yield opened
    opened.close()


@pytest.fixture
def named(archive: Archive) -> dict[str, str]:
    """Give the ids of a report, its short version, a near copy, and something else."""
    return store_alike(archive.folder)


def content(archive: Archive) -> object:
    """Return all records and parts, but for what only the log says."""
    records = [*archive.reading.records(), *archive.trash.records()]
    ids = sorted(record.id for record in records)
    return sorted(map(repr, records)), archive.coding.of_many(ids)


def test_a_merge_is_taken_back_whole(archive: Archive, named: dict[str, str]) -> None:
    report, short = named["report"], named["kurzfassung"]
    archive.editing.edit(short, {"aims": "Theirs", "tag": ["x"]}, None)
    archive.coding.add(EntityKind.FINDING, short, FINDING)
    before = content(archive)
    done = archive.duplicates.merge(report, [short, named["copy"]])
    assert content(archive) != before
    assert problems(archive) == []
    assert holding(archive, "briefly") == [report]
    archive.duplicates.undo_merge(done.batch)
    assert content(archive) == before
    assert problems(archive) == []
    assert holding(archive, "briefly") == [short]
    with pytest.raises(MergeUndone):
        archive.duplicates.undo_merge(done.batch)
    with pytest.raises(MergeNotFound):
        archive.duplicates.undo_merge("no batch")
    (edit,) = archive.duplicates.dismiss([report, short])[:1]
    with pytest.raises(MergeNotFound):
        archive.duplicates.undo_merge(str(edit.group))


def test_what_was_said_since_of_other_things_stays(archive: Archive, named: dict[str, str]) -> None:
    report, short = named["report"], named["kurzfassung"]
    archive.editing.edit(short, {"aims": "Theirs", "tag": ["x", "y"]})
    done = archive.duplicates.merge(report, [short])
    archive.editing.edit(report, {"year": 2021})
    archive.editing.tag([report], ["new"], ["x"])
    archive.coding.add(EntityKind.NOTE, report, {"text": "Since", "page": 1})
    archive.duplicates.undo_merge(done.batch)
    record = archive.reading.record(report)
    assert (record.year, record.tags, record.fields) == (2021, ("new",), {})
    assert archive.reading.record(short).tags == ("x", "y")
    assert len(archive.coding.of(report).notes) == 1
    assert problems(archive) == []


def test_a_part_that_was_deleted_since_goes_back_into_the_trash(
    archive: Archive, named: dict[str, str]
) -> None:
    report, short = named["report"], named["kurzfassung"]
    note, _ = archive.coding.add(EntityKind.NOTE, short, {"text": "A note"})
    done = archive.duplicates.merge(report, [short])
    archive.coding.delete(EntityKind.NOTE, [note])
    archive.duplicates.undo_merge(done.batch)
    assert archive.coding.of(short).notes == ()
    archive.coding.restore(EntityKind.NOTE, [note])
    assert len(archive.coding.of(short).notes) == 1


def test_what_a_person_changed_since_is_not_lost(archive: Archive, named: dict[str, str]) -> None:
    report, short = named["report"], named["kurzfassung"]
    archive.editing.edit(short, {"aims": "Theirs"})
    done = archive.duplicates.merge(report, [short])

    def refused(detail: str) -> None:
        before = content(archive)
        with pytest.raises(MergeEditedSince, match=detail):
            archive.duplicates.undo_merge(done.batch)
        assert content(archive) == before

    (edit,) = archive.editing.edit(report, {"aims": "Better"})
    refused('"aims" was changed after it by')
    archive.editing.undo(edit.id)
    moved = archive.reading.record(report).documents[1].id
    note, _ = archive.coding.add(
        EntityKind.NOTE, report, {"text": "On theirs", "page": 1, "document": moved}
    )
    refused(r"added after it to the kept record \(note\)")
    archive.coding.delete(EntityKind.NOTE, [note])
    evident = archive.editing.edit(report, {"overview": "x"}, Evidence(page=1, document=moved))
    refused(r"a value with its page")
    archive.editing.undo(evident[0].id)
    archive.editing.delete([report])
    refused("kept lies in the trash")
    archive.editing.restore([report])
    archive.editing.restore([short])
    refused("taken out or edited there")
    archive.editing.delete([short])
    refused("taken out or edited there")


def test_it_is_taken_back_again_after_all(archive: Archive, named: dict[str, str]) -> None:
    report, short = named["report"], named["kurzfassung"]
    archive.editing.edit(short, {"aims": "Theirs"})
    before = content(archive)
    done = archive.duplicates.merge(report, [short])
    (edit,) = archive.editing.edit(report, {"aims": "Better"})
    archive.editing.undo(edit.id)
    archive.duplicates.undo_merge(done.batch)
    assert content(archive) == before


def test_a_later_merge_is_taken_back_first(archive: Archive, named: dict[str, str]) -> None:
    first = archive.duplicates.merge(named["report"], [named["kurzfassung"]])
    second = archive.duplicates.merge(named["copy"], [named["report"]])
    with pytest.raises(MergeEditedSince, match="trash"):
        archive.duplicates.undo_merge(first.batch)
    archive.duplicates.undo_merge(second.batch)
    archive.duplicates.undo_merge(first.batch)
    assert len(archive.reading.records()) == 4
    assert problems(archive) == []


def test_what_is_gone_for_good_does_not_come_back(archive: Archive, named: dict[str, str]) -> None:
    report, short = named["report"], named["kurzfassung"]
    done = archive.duplicates.merge(report, [short])
    archive.trash.purge([short])
    assert len(archive.reading.record(report).documents) == 2
    with pytest.raises(MergeEditedSince, match="gone for good"):
        archive.duplicates.undo_merge(done.batch)
    assert problems(archive) == []


def test_a_document_that_was_read_again_goes_back_too(
    archive: Archive, named: dict[str, str], tmp_path: Path
) -> None:
    report, short = named["report"], named["kurzfassung"]
    moved = document_of(archive, short)
    done = archive.duplicates.merge(report, [short])
    execute(archive.folder, "DELETE FROM pages WHERE document_id = ?", moved)
    execute(archive.folder, "UPDATE documents SET page_count = 9 WHERE id = ?", moved)
    execute(
        archive.folder,
        "UPDATE changes SET value = replace(value, '\"page_count\": 1', '\"page_count\": 9')"
        " WHERE entity_id = ?",
        moved,
    )
    run_to_end(archive.importing.import_paths([tmp_path / "reports" / "kurzfassung.pdf"]))
    assert archive.reading.record(report).documents[1].page_count == 1
    archive.duplicates.undo_merge(done.batch)
    assert archive.reading.record(short).documents[0].page_count == 1
    assert problems(archive) == []


def test_every_error_says_what_to_do() -> None:
    errors: list[ArchiveError] = [
        MergeNotFound(batch="x"), MergeUndone(), MergeEditedSince(detail="x."),
        NotMergeable(detail="x."),
    ]  # fmt: skip
    assert all(str(error) and error.code and error.exit_code for error in errors)
