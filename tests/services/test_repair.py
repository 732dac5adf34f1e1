"""Repair: what is broken is mended or named, and nothing that could be read is lost."""

import os
import shutil
from pathlib import Path

import pytest

from desktop_app.domain.errors import (
    ArchiveDamaged,
    ArchiveNewer,
    ArchiveNotFound,
)
from desktop_app.domain.opening_errors import ArchiveInUse
from desktop_app.domain.operations import run_to_end
from desktop_app.domain.problems import ProblemCode, RepairResult
from desktop_app.domain.records import Access
from desktop_app.services.archive import DATABASE_NAME, PDF_FOLDER, Archive
from desktop_app.services.repairing import repair_archive
from desktop_app.services.upkeep import UNFINISHED
from tests.services.broken import (
    Breaking,
    Content,
    check,
    content_of,
    cut,
    execute,
    flip,
    overwrite,
    repair,
    results,
    zero,
)

C, R = ProblemCode, RepairResult
ANY_TABLE = ("records", "documents", "findings", "appraisals", "notes", "concepts")


def test_a_sound_archive_needs_nothing(folder: Path, before: Content) -> None:
    assert check(folder).problems == ()
    report = repair(folder)
    assert (report.repairs, report.kept, report.records) == ((), None, 4)
    assert content_of(folder) == before


@pytest.mark.parametrize(
    "breaking",
    [overwrite(b"\xff" * 100), zero(1), zero(2, 3), overwrite(bytes(16))],
    ids=["header", "first page", "roots of tables", "magic"],
)
def test_where_only_the_structure_is_destroyed_everything_comes_back(
    breaking: Breaking, folder: Path, before: Content
) -> None:
    breaking(folder)
    damaged = (folder / DATABASE_NAME).read_bytes()
    report = repair(folder)
    assert results(report) == {C.DATABASE_DAMAGED: {R.SALVAGED}}
    assert content_of(folder) == before
    assert check(folder).problems == ()
    assert report.kept is not None
    assert report.kept.read_bytes() == damaged
    assert report.salvaged is not None
    assert report.salvaged.changes == len(before.history)
    assert report.salvaged.records == len(before.records)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_database_cut_off_gives_what_is_left_and_says_what_is_lost(
    share: float, folder: Path, before: Content
) -> None:
    cut(share)(folder)
    report = repair(folder)
    said = results(report)
    assert said[C.DATABASE_DAMAGED] == {R.SALVAGED}
    assert said[C.HISTORY_LOST] == {R.FOR_A_PERSON}
    left = {each.problem.code for each in report.problems}
    assert {problem.code for problem in check(folder).problems} <= left
    after = content_of(folder)
    saved = report.salvaged
    assert saved is not None
    assert len(before.history - after.history) <= saved.lost_changes
    for record_id, record in after.records.items():
        # Nobody sees more than before, whatever was lost.
        assert record.access in {before.records[record_id].access, Access.EMBARGOED}
    for page, text in after.pages.items():
        assert text == before.pages[page]
    missing = {d.sha256 for r in before.records.values() for d in r.documents}
    missing -= {d.sha256 for r in after.records.values() for d in r.documents}
    assert report.unclaimed == len(missing)


@pytest.mark.parametrize("seed", range(8))
def test_after_flipped_bits_every_record_is_there(seed: int, folder: Path, before: Content) -> None:
    flip(seed, bits=6)(folder)
    report = repair(folder)
    left = {each.problem.code for each in report.problems}
    assert {problem.code for problem in check(folder).problems} <= left
    after = content_of(folder)
    lost = 0 if report.salvaged is None else report.salvaged.lost_changes
    changed = len(before.history - after.history)
    assert changed <= lost + 1  # An entry whose own id was hit has another one.
    assert before.records.keys() <= after.records.keys()
    assert before.pages.keys() <= after.pages.keys()


def test_what_is_no_archive_is_left_as_it_is(folder: Path) -> None:
    (folder / DATABASE_NAME).write_bytes(os.urandom(50_000))
    noise = (folder / DATABASE_NAME).read_bytes()
    report = repair(folder)
    (left,) = report.problems
    assert left.result is R.NOTHING_SAVED
    assert str(folder / PDF_FOLDER) in left.text
    assert (folder / DATABASE_NAME).read_bytes() == noise
    with pytest.raises(ArchiveDamaged):
        Archive(folder)


def test_nothing_is_repaired_where_there_is_nothing(tmp_path: Path) -> None:
    with pytest.raises(ArchiveNotFound):
        repair(tmp_path)


def test_reports_whose_records_are_lost_can_be_imported_from_the_library(folder: Path) -> None:
    execute(folder, "DELETE FROM changes WHERE entity = 'document'")
    execute(folder, "DELETE FROM documents")
    zero(1)(folder)
    report = repair(folder)
    assert report.unclaimed == 5
    assert results(report)[C.FILES_UNCLAIMED] == {R.FOR_A_PERSON}
    archive = Archive(folder)
    run_to_end(archive.importing.import_paths([folder / PDF_FOLDER]))
    archive.close()
    assert check(folder).leftovers == 0


def test_what_was_purged_does_not_come_back(folder: Path, before: Content) -> None:
    execute(folder, "DELETE FROM changes WHERE action = 'purge'")
    zero(1)(folder)
    repair(folder)
    assert content_of(folder).records.keys() == before.records.keys()


def test_entries_of_the_history_that_make_no_sense_are_replaced_by_what_was_made_of_them(
    folder: Path, before: Content
) -> None:
    execute(folder, "UPDATE changes SET value = '\"20' WHERE field = 'year'")
    execute(folder, "UPDATE changes SET replaces = 7 WHERE field = 'overview'")
    execute(folder, "UPDATE changes SET entity = 'racord' WHERE field = 'tag'")
    codes = [problem.code for problem in check(folder, deep=False).problems]
    assert codes.count(C.CHANGE_UNREADABLE) == 12
    assert {p.code for p in check(folder).problems} >= {C.CHANGE_UNREADABLE}
    report = repair(folder)
    assert report.kept is not None
    after = content_of(folder)
    assert after.records == before.records
    assert check(folder).problems == ()


def test_an_entry_on_an_unknown_kind_of_thing_is_kept(folder: Path) -> None:
    execute(
        folder,
        "INSERT INTO changes (id, stamp, device, author, entity, entity_id, field, action, value,"
        " replaces, saw) VALUES ('c', 1, 'd', 'a', 'costing', 'x', 'f', 'set', '1', '[]', '[]')",
    )
    (problem,) = check(folder).problems
    assert (problem.code, problem.fields["kind"]) == (C.CHANGE_UNKNOWN, "costing")
    assert results(repair(folder)) == {C.CHANGE_UNKNOWN: {R.FOR_A_PERSON}}
    zero(1)(folder)
    repair(folder)
    assert check(folder).problems == (problem,)


@pytest.mark.parametrize("table", ANY_TABLE)
def test_rows_that_are_lost_or_altered_are_made_again(
    table: str, folder: Path, before: Content
) -> None:
    column = {"documents": "role", "findings": "stage", "appraisals": "scale",
              "notes": "quote", "concepts": "note"}.get(table, "kind")  # fmt: skip
    first = f"(SELECT min(rowid) FROM {table})"
    execute(folder, f"UPDATE {table} SET {column} = 'altered' WHERE rowid = {first}")
    codes = {problem.code for problem in check(folder).problems}
    assert C.ROW_DIFFERS in codes
    report = repair(folder)
    assert results(report)[C.ROW_DIFFERS] == {R.MADE_AGAIN}
    assert check(folder).problems == ()
    execute(folder, f"DELETE FROM {table}")
    assert {problem.code for problem in check(folder, deep=False).problems} >= {C.ROW_MISSING}
    report = repair(folder)
    assert report.problems == ()
    assert check(folder).problems == ()
    after = content_of(folder)
    assert after.records.keys() == before.records.keys()
    assert after.pages == before.pages


@pytest.mark.parametrize("table", ANY_TABLE)
def test_rows_that_the_history_does_not_know_are_written_into_it(
    table: str, folder: Path, before: Content
) -> None:
    kind = table.removesuffix("s")
    execute(folder, "DELETE FROM changes WHERE entity = ? AND field <> 'nothing'", kind)
    codes = {problem.code for problem in check(folder, deep=False).problems}
    assert codes == {C.ROW_UNLOGGED}
    report = repair(folder)
    assert results(report) == {C.ROW_UNLOGGED: {R.WRITTEN_DOWN}}
    assert check(folder).problems == ()
    after = content_of(folder)
    assert after.records == before.records
    assert after.pages == before.pages
    for record_id, parts in before.parts.items():
        assert [f.outcome for f in after.parts[record_id].findings] == [
            f.outcome for f in parts.findings
        ]
        assert [n.text for n in after.parts[record_id].notes] == [n.text for n in parts.notes]


def test_links_that_lead_nowhere_need_a_person(folder: Path, before: Content) -> None:
    archive = Archive(folder)
    first, second = (record.id for record in archive.reading.records()[:2])
    nobody = "11111111-2222-3333-4444-555555555555"
    archive.editing.edit(first, {"related": [nobody, "a book"], "overview": "kept"})
    archive.terms.remove("outcome:local_outcome")
    archive.close()
    (problem,) = check(folder).problems
    assert (problem.code, problem.fields["related"]) == (C.RELATED_MISSING, nobody)
    report = repair(folder)
    assert [each.result for each in report.problems] == [R.FOR_A_PERSON]
    assert problem.remedy in report.problems[0].text
    assert second in content_of(folder).records


@pytest.mark.parametrize("stop", [0, 1, 2, 3, 5, 8, 13])
def test_a_repair_that_is_broken_off_leaves_either_database(
    stop: int, folder: Path, before: Content
) -> None:
    zero(1)(folder)
    damaged = (folder / DATABASE_NAME).read_bytes()
    operation = repair_archive(folder)
    for _, _ in zip(range(stop), operation, strict=False):
        pass
    operation.close()
    if (folder / DATABASE_NAME).read_bytes() == damaged:
        assert not list(folder.glob("*.damaged-*"))
    else:
        assert content_of(folder).records == before.records
    assert repair(folder).problems == ()
    assert content_of(folder) == before
    assert not list(folder.glob("*.part*"))


def test_a_repair_killed_between_two_moves_is_finished(
    folder: Path, made: Path, before: Content
) -> None:
    cut(0.5)(folder)
    shutil.copyfile(made / "archive" / DATABASE_NAME, folder / UNFINISHED)
    report = repair(folder)
    assert results(report)[C.REPAIR_UNFINISHED] == {R.SALVAGED}
    assert not (folder / UNFINISHED).exists()
    assert content_of(folder) == before
    shutil.copyfile(made / "archive" / DATABASE_NAME, folder / UNFINISHED)
    assert [p.code for p in check(folder).problems] == [C.REPAIR_UNFINISHED]


def test_a_damaged_archive_that_is_open_elsewhere_is_left_alone(folder: Path) -> None:
    other = Archive(folder)
    execute(folder, "UPDATE changes SET value = '{' WHERE field = 'year'")
    with pytest.raises(ArchiveInUse):
        repair(folder)
    other.close()
    assert {each.problem.code for each in repair(folder).problems} == {C.HISTORY_LOST}


def test_a_newer_archive_is_not_salvaged(folder: Path) -> None:
    execute(
        folder,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('evaluation_archive', 'm9001_later', 'now')",
    )
    overwrite(b"\xff" * 16)(folder)
    with pytest.raises(ArchiveNewer):
        repair(folder)
