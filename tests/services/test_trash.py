"""What is purged is gone: from the tables, from the history, and from the file itself."""

import sqlite3

import pytest

from desktop_app.domain.changes.change import EntityKind
from desktop_app.domain.errors import NothingToUndo, NotInTrash, RecordNotFound
from desktop_app.services.archive import DATABASE_NAME
from tests.services.conftest import Known

SECRET = "Quicksilver"


def test_a_purged_record_leaves_no_word_behind(known: Known) -> None:
    archive = known.archive
    archive.editing.edit(known.mentoring, {"title": f"{SECRET} title", "overview": SECRET})
    archive.editing.edit(known.mentoring, {"title": "Other", "place": [SECRET]})
    archive.coding.add(EntityKind.NOTE, known.mentoring, {"text": SECRET, "quote": SECRET})
    archive.coding.add(
        EntityKind.FINDING,
        known.mentoring,
        {"outcome": "attitudes", "direction": "mixed", "quote": SECRET},
    )
    blobs = archive.folder / "pdfs"
    (deletion,) = archive.editing.delete([known.mentoring])
    assert [record.id for record in archive.trash.records()] == [known.mentoring]
    made = archive.trash.purge([known.mentoring])
    assert {change.entity for change in made} == {
        EntityKind.RECORD, EntityKind.DOCUMENT, EntityKind.NOTE, EntityKind.FINDING,
    }  # fmt: skip
    with pytest.raises(RecordNotFound):
        archive.reading.record(known.mentoring)
    assert archive.trash.records() == []
    assert archive.reading.holdings().pages == 1
    assert archive.coding.of_many([known.mentoring]) == {}
    for entry in archive.editing.history():
        assert SECRET not in str(entry.change.value)
        assert entry.change.author
    with pytest.raises(NothingToUndo):
        archive.editing.undo(deletion.id)
    with pytest.raises(NothingToUndo):
        archive.editing.undo(made[-1].id)
    archive.close()
    raw = sqlite3.connect(archive.folder / DATABASE_NAME)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    for path in archive.folder.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path
    assert not list(blobs.rglob("*.pdf"))


def test_only_what_lies_in_the_trash_is_purged(known: Known) -> None:
    known.archive.editing.delete([known.mentoring])
    with pytest.raises(NotInTrash, match="Schools"):
        known.archive.trash.purge([known.mentoring, known.schools])
    assert known.archive.reading.record(known.mentoring).deleted
    assert known.archive.reading.record(known.schools).title == "Schools"
