"""Check and compact: every kind of damage is found and named, whatever stands in the rows."""

import random
import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.domain.care_errors import RoomNeeded
from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.errors import NotWritable
from desktop_app.domain.opening_errors import ArchiveInUse
from desktop_app.domain.operations import run_to_end
from desktop_app.domain.problems import ProblemCode
from desktop_app.domain.search import SearchRequest
from desktop_app.services.archive import DATABASE_NAME, PDF_FOLDER, Archive
from desktop_app.services.repairing import repair_archive
from desktop_app.store.lenient import COLUMNS
from tests.services.broken import a_pdf, check, content_of, execute, make_archive
from tests.services.conftest import Known

C = ProblemCode
BAD_VALUES = {
    "null": "NULL",
    "bytes": "x'00ff'",
    "no text": "CAST(x'41ff42' AS TEXT)",
    "no json": "'{[broken'",
    "other json": "'[[1]]'",
    "deep json": f"'{'[' * 5000}'",
    "huge": "9223372036854775807",
    "fraction": "0.5",
    "word": "'a word'",
}
FIRST_PAGE = "rowid = (SELECT min(rowid) FROM pages)"
CHOSEN = 4
"""So many pairs of a column and a value are tried for each table; all of them take minutes."""
PAGES_COLUMNS = ("number", "label", "text", "no_text", "language", "health", "engine")
OTHERS = {
    "archive": ("key", "value"),
    "pages": PAGES_COLUMNS,
    "queue": ("record_id",),
    "changes": (
        "id", "stamp", "device", "author", "entity", "entity_id", "field", "action", "value",
        "replaces", "saw", "batch", "undoes", "record_id",
    ),
}  # fmt: skip
EVERY_TABLE = {table: tuple(columns) for table, columns in COLUMNS.items()} | OTHERS


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    room = tmp_path_factory.mktemp("made")
    make_archive(room / "archive", room / "reports")
    return room


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "archive", tmp_path / "archive"))


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    opened = Archive(folder)
    yield opened
    opened.close()


def spoil(folder: Path, table: str, column: str, value: str) -> bool:
    """Put a value into the first row, past every constraint; return whether it was possible."""
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as raw:
        # The definition is relaxed for a moment: what damages a file asks nobody.
        sql = raw.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table]).fetchone()[0]
        raw.execute("PRAGMA writable_schema = ON")
        relaxed = sql.replace("NOT NULL", "")
        update = "UPDATE sqlite_master SET sql = ? WHERE name = ?"
        raw.execute(update, [relaxed, table])
        raw.commit()
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as raw:
        raw.execute(
            f"UPDATE {table} SET {column} = {value} WHERE rowid = (SELECT max(rowid) FROM {table})"
        )
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute(update, [sql, table])
        raw.commit()
    return True


@pytest.mark.parametrize("table", EVERY_TABLE)
def test_no_value_of_any_column_makes_a_check_or_a_repair_fail(
    table: str, folder: Path, made: Path
) -> None:
    everything = [(column, bad) for column in EVERY_TABLE[table] for bad in BAD_VALUES]
    for column, bad in random.Random(table).sample(everything, k=CHOSEN):
        spoil(folder, table, column, BAD_VALUES[bad])
        for deep in (False, True):
            for problem in check(folder, deep=deep).problems:
                assert problem.text
                assert problem.remedy
        run_to_end(repair_archive(folder))
        content_of(folder)
        shutil.rmtree(folder)
        shutil.copytree(made / "archive", folder)


@pytest.mark.parametrize("table", COLUMNS)
@pytest.mark.parametrize("bad", ["no text", "bytes"])
def test_a_row_that_can_not_be_read_is_named_and_made_again(
    table: str, bad: str, folder: Path
) -> None:
    column = {"records": "fields", "documents": "file_name", "notes": "text"}.get(table)
    column = column or ("note" if table == "concepts" else "fields")
    before = content_of(folder)
    spoil(folder, table, column, BAD_VALUES[bad])
    (problem,) = (p for p in check(folder, deep=False).problems if p.code is C.ROW_UNREADABLE)
    assert (problem.fields["entity"], problem.fields["detail"]) == (table[:-1], column)
    report = run_to_end(repair_archive(folder))
    assert report.problems == ()
    assert check(folder).problems == ()
    assert content_of(folder).records == before.records


def test_pages_that_are_no_text_are_found_where_every_page_is_read(folder: Path) -> None:
    execute(folder, "UPDATE pages SET text = CAST(x'41ff42' AS TEXT) WHERE " + FIRST_PAGE)
    assert check(folder, deep=False).problems == ()
    (problem,) = check(folder).problems
    assert problem.code is C.PAGE_UNREADABLE
    assert "text is not UTF-8" in problem.text
    execute(folder, "UPDATE pages SET text = x'41' WHERE " + FIRST_PAGE)
    (problem,) = check(folder, deep=False).problems
    assert problem.code is C.PAGE_UNREADABLE


def test_files_that_are_missing_short_or_changed(folder: Path) -> None:
    path = a_pdf(folder)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"?")
    assert check(folder, deep=False).problems == ()
    assert [problem.code for problem in check(folder).problems] == [C.FILE_CHANGED]
    path.write_bytes(whole[:-1])
    assert [problem.code for problem in check(folder, deep=False).problems] == [C.FILE_SIZE]
    path.unlink()
    (problem,) = check(folder, deep=False).problems
    assert problem.code is C.FILE_MISSING
    assert "repair --from" in problem.remedy


def codes_of(archive: Archive) -> set[ProblemCode]:
    return {problem.code for problem in run_to_end(archive.upkeep.check()).problems}


def test_links_that_lead_nowhere(known: Known, tmp_path: Path) -> None:
    archive, folder = known.archive, known.archive.folder
    finding: dict[str, Value] = {"outcome": "attitudes", "direction": "improved", "page": 3}
    finding_id, _ = archive.coding.add(EntityKind.FINDING, known.mentoring, finding)
    appraisal: dict[str, Value] = {
        "scale": "SMS", "value": "3", "reason": "r", "finding": finding_id
    }  # fmt: skip
    archive.coding.add(EntityKind.APPRAISAL, known.mentoring, appraisal)
    foreign = known.document(known.schools)
    note: dict[str, Value] = {"text": "Here", "document": known.document(known.mentoring)}
    archive.coding.add(EntityKind.NOTE, known.mentoring, note)
    archive.editing.edit(known.mentoring, {"related": [known.schools, "Some book"]})
    there = codes_of(archive)
    assert there <= {C.FILE_MISSING, C.INDEX_BEHIND}  # These records have no PDFs.
    archive.close()

    def after(statement: str, *values: object) -> set[ProblemCode]:
        copy = Path(shutil.copytree(folder, tmp_path / "copy"))
        execute(copy, statement, *values)
        found = {problem.code for problem in check(copy, deep=False).problems} - there
        shutil.rmtree(copy)
        return found

    part = "UPDATE findings SET fields = json_set(fields, '$.{}', ?)"
    assert after(part.format("page"), 4) == {C.PAGE_BEYOND}
    assert after(part.format("document"), "other") == {C.DOCUMENT_FOREIGN}
    assert after(part.format("document"), foreign) == {C.DOCUMENT_FOREIGN}
    assert after("UPDATE findings SET outcome = 'weather'") == {C.TERM_UNKNOWN}
    assert after("UPDATE findings SET record_id = 'gone'") == {C.RECORD_MISSING, C.FINDING_MISSING}
    other = "UPDATE appraisals SET fields = json_set(fields, '$.finding', 'gone')"
    assert after(other) == {C.FINDING_MISSING}
    assert after("UPDATE notes SET document_id = ?", foreign) == {C.DOCUMENT_FOREIGN}
    assert after("UPDATE notes SET page = 0") == {C.PAGE_BEYOND}
    gone = "11111111-2222-3333-4444-555555555555"
    related = "UPDATE records SET fields = json_set(fields, '$.related', json_array(?))"
    assert after(related, gone) == {C.RELATED_MISSING}
    assert after(related, "A title, no id") == set()
    term = "UPDATE records SET fields = json_set(fields, '$.setting', json_array('moon'))"
    assert after(term) == {C.TERM_UNKNOWN}
    coded = """{"aims": [{"value": "x", "state": "reported", "page": 77}]}"""
    assert after("UPDATE records SET coded = ?", coded) == {C.PAGE_BEYOND}
    assert after("UPDATE records SET title = title") == set()


def test_terms_of_ones_own_that_stand_below_none(archive: Archive) -> None:
    archive.terms.add("outcome", {"en": "Upper"})
    archive.terms.add("outcome", {"en": "Lower"}, broader=["outcome:upper"])
    assert codes_of(archive) == set()
    archive.terms.remove("outcome:upper")
    assert codes_of(archive) == {C.BROADER_UNKNOWN}


def test_rows_in_the_trash_refer_to_what_they_like(archive: Archive) -> None:
    record_id = archive.reading.records()[0].id
    gone = "11111111-2222-3333-4444-555555555555"
    archive.editing.edit(record_id, {"related": [gone]})
    assert codes_of(archive) == {C.RELATED_MISSING}
    archive.editing.delete([record_id])
    assert codes_of(archive) == set()


def test_a_check_changes_nothing(folder: Path) -> None:
    before = content_of(folder)
    database = (folder / DATABASE_NAME).read_bytes()
    assert check(folder).problems == ()
    assert (folder / DATABASE_NAME).read_bytes() == database
    assert content_of(folder) == before


def test_a_check_can_be_stopped_anywhere(archive: Archive) -> None:
    steps = sum(1 for _ in archive.upkeep.check(deep=True))
    assert steps > 3
    for stop in range(steps):
        operation = archive.upkeep.check(deep=True)
        for _, _ in zip(range(stop + 1), operation, strict=False):
            pass
        operation.close()
    assert run_to_end(archive.upkeep.check(deep=True)).problems == ()


def test_compacting_gives_back_what_is_no_longer_used(archive: Archive) -> None:
    before = content_of(archive.folder)
    stray = archive.folder / PDF_FOLDER / "ab" / f"ab{'0' * 62}.pdf"
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"%PDF- left by a broken-off import" * 1000)
    (archive.folder / PDF_FOLDER / "staging" / "left").mkdir(parents=True)
    execute(archive.folder, "CREATE TABLE junk (x)")
    execute(archive.folder, "INSERT INTO junk SELECT zeroblob(300000)")
    execute(archive.folder, "DROP TABLE junk")
    report = run_to_end(archive.upkeep.compact())
    assert report.removed == 1
    assert report.bytes_before - report.bytes_after > 300_000
    assert not stray.exists()
    assert not list((archive.folder / PDF_FOLDER / "staging").iterdir())
    log = archive.folder / f"{DATABASE_NAME}-wal"
    assert not log.exists() or log.stat().st_size == 0
    assert content_of(archive.folder) == before
    assert run_to_end(archive.upkeep.check(deep=True)).problems == ()
    assert archive.searching.search(SearchRequest("mentoring")).total


def test_a_file_is_no_leftover_while_its_document_can_not_be_read(folder: Path) -> None:
    spoil(folder, "documents", "properties", "'{'")
    archive = Archive(folder)
    assert run_to_end(archive.upkeep.compact()).removed == 0
    archive.close()
    assert len(list((folder / PDF_FOLDER).glob("??/*.pdf"))) == 5


def test_compacting_needs_the_archive_for_itself(archive: Archive) -> None:
    other = Archive(archive.folder)
    with pytest.raises(ArchiveInUse):
        run_to_end(archive.upkeep.compact())
    other.close()
    assert run_to_end(archive.upkeep.compact()).removed == 0


def test_compacting_asks_for_room_first(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    stray = archive.folder / PDF_FOLDER / "ab" / f"ab{'0' * 62}.pdf"
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"left")
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9 - 10**7, 10**7))
    with pytest.raises(RoomNeeded, match="there are 10 MB"):
        run_to_end(archive.upkeep.compact())
    assert stray.exists()


def test_what_can_only_be_read_is_checked_but_not_compacted(folder: Path) -> None:
    locked = Archive(folder, read_only=True)
    assert run_to_end(locked.upkeep.check(deep=True)).problems == ()
    with pytest.raises(NotWritable):
        run_to_end(locked.upkeep.compact())
    with pytest.raises(NotWritable):
        run_to_end(locked.mending.mend())
    locked.close()
