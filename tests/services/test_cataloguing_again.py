"""Lists that are imported again, with others, by others, or are taken back."""

import shutil
from pathlib import Path

import pytest

from desktop_app.domain.imports import MatchedBy, Outcome, RowCode
from desktop_app.domain.operations import run_to_end
from desktop_app.services.archive import Archive
from tests.samples import write_pdf
from tests.services.lists import ROWS, by_title, counts, is_sound, only, table, take


def test_a_second_list_fills_what_is_empty_and_says_what_differs(
    empty: Archive, office: Path
) -> None:
    take(empty, table(office / "list.csv"))
    rows = (("Counselling for families", "2020", "Berg, Anna", "Österreich", "", ""),)
    headings = ("Title", "Year", "Author", "Country", "File", "Note")
    report = take(empty, table(office / "more.csv", rows, headings))
    row = only(report.rows)
    assert (row.outcome, row.matched_by) == (Outcome.UPDATED, MatchedBy.TITLE_AND_YEAR)
    assert set(row.filled) == {"author", "country"}
    record = by_title(empty)["Counselling for families"]
    assert record.fields["country"] == ["AT", "DE"]
    rows = (("Counselling for Families", "2020", "Haddad, Leila; Berg, Anna", "", "", ""),)
    path = table(office / "again.csv", rows, headings)
    kept = only(take(empty, path).rows)
    assert kept.outcome is Outcome.DUPLICATE
    assert [one.field for one in kept.differing] == ["author"]
    changed = only(take(empty, path, replaces=True).rows)
    assert changed.outcome is Outcome.UPDATED
    authors = empty.reading.record(record.id).authors
    assert authors == ("Haddad, Leila", "Berg, Anna")


def test_general_titles_are_the_same_only_with_an_author(empty: Archive, office: Path) -> None:
    headings = ("Title", "Year", "Author")
    rows = (
        ("Annual report", "2020", "City of Malmö"),
        ("Annual Report", "2020", "City of Aarhus"),
        ("Annual report", "2020", ""),
        ("Annual report", "2020", "Malmö, City of; City of Malmö"),
        ("Mentoring", "2020", ""),
        ("MENTORING", "2020", "Berg, Anna"),
        ("Mentoring", "2021", ""),
    )
    report = take(empty, table(office / "list.csv", rows, headings))
    outcomes = [row.outcome.value for row in report.rows]
    assert outcomes == [
        "added", "added", "added", "duplicate", "added", "updated", "added"
    ]  # fmt: skip


def test_an_import_is_taken_back_whole(empty: Archive, office: Path) -> None:
    take(empty, table(office / "list.csv", ROWS[1:2]))
    record = empty.reading.records()[0]
    before = empty.editing.state(record.id)
    write_pdf(office / "a.pdf", ["Mentoring in two cities"])
    write_pdf(office / "b.pdf", ["Families"])
    rows = (
        ROWS[0],
        ("Counselling for families", "2020", "Berg, Anna", "Österreich", "b.pdf", "new"),
    )
    report = take(empty, table(office / "more.csv", rows))
    assert counts(report) == (1, 1, 0, 0)
    assert len(empty.reading.record(record.id).documents) == 1
    undone = empty.importing.undo(report.import_id)
    assert undone.removed == 1
    assert undone.kept == 0
    after = empty.editing.state(record.id)
    assert {name: after.value(name) for name in before.fields} == {
        name: before.value(name) for name in before.fields
    }
    assert after.value("author") is None
    assert not empty.reading.record(record.id).documents
    assert is_sound(empty)
    # What it gave to another record is in the trash, not lost.
    trashed = [one for one in empty.trash.records() if one.documents]
    assert {one.documents[0].file_name for one in trashed} == {"a.pdf", "b.pdf"}


def test_what_somebody_changed_since_stays(empty: Archive, office: Path) -> None:
    take(empty, table(office / "list.csv", ROWS[1:2]))
    record = empty.reading.records()[0]
    rows = (("Counselling for families", "2020", "Berg, Anna", "", "", ""),)
    report = take(empty, table(office / "more.csv", rows))
    empty.editing.edit(record.id, {"author": ["Lund, Eva"]})
    undone = empty.importing.undo(report.import_id)
    assert (undone.removed, undone.kept) == (0, 1)
    assert empty.reading.record(record.id).authors == ("Lund, Eva",)


@pytest.mark.parametrize("steps", [1, 2, 3, 5, 8])
def test_broken_off_and_begun_again_it_is_one_import(
    empty: Archive, office: Path, steps: int
) -> None:
    rows = [(f"Report {place} on the work of the schools", "2020", "", "", "", "")
            for place in range(120)]  # fmt: skip
    for place in range(4):
        write_pdf(office / f"{place}.pdf", [f"Page of the file {place} and no other"])
        rows[place] = (*rows[place][:4], f"{place}.pdf", "")
    path = table(office / "list.csv", rows)
    operation = empty.cataloguing.import_sources([path], jobs=1)
    for _ in range(steps):
        next(operation)
    operation.close()
    report = take(empty, path)
    assert report.resumed
    assert counts(report) == (120, 0, 0, 0)
    assert empty.reading.holdings().records == 120
    assert len([one for one in empty.reading.records() if one.documents]) == 4
    assert is_sound(empty)
    assert empty.importing.undo(report.import_id).removed == 120
    assert empty.reading.holdings().records == 0


def test_same_bytes_belong_to_the_record_that_has_them(empty: Archive, office: Path) -> None:
    write_pdf(office / "a.pdf", ["Mentoring in two cities"])
    run_to_end(empty.importing.import_paths([office / "a.pdf"]))
    report = take(empty, table(office / "list.csv", ROWS[:1]))
    row = only(report.rows)
    assert (row.outcome, row.matched_by) == (Outcome.UPDATED, MatchedBy.BYTES)
    assert empty.reading.holdings().records == 1
    assert empty.reading.records()[0].year == 2021


def test_ids_tell_records_and_findings_apart(empty: Archive, office: Path) -> None:
    path = table(office / "list.csv", ROWS[:2])
    take(empty, path)
    record = by_title(empty)["Mentoring in two cities"]
    table(office / "edit.csv", ((record.id, "Mentoring in three cities"),), ("Id", "Title"))
    table(
        office / "edit-findings.csv",
        ((record.id, "attitudes", "improved", "3"), ("nobody", "attitudes", "improved", "3")),
        ("Record", "Outcome", "Direction", "Page"),
    )
    report = take(empty, office / "edit.csv")
    assert counts(report) == (1, 1, 0, 1)
    assert empty.reading.record(record.id).title == "Mentoring in three cities"
    (finding,) = empty.coding.of(record.id).findings
    assert (finding.outcome, finding.direction, finding.fields["page"]) == (
        "attitudes",
        "improved",
        3,
    )
    refused = only(report.rows_of(Outcome.REFUSED))
    assert refused.code is RowCode.UNKNOWN_ENTRY
    assert refused.path.name == "edit-findings.csv"
    assert counts(take(empty, office / "edit.csv")) == (0, 0, 2, 1)
    assert empty.importing.undo(report.import_id).reverted
    assert not empty.coding.of(record.id).findings or empty.coding.of(record.id).findings[0].deleted


def test_what_others_were_merged_into_stays(empty: Archive, office: Path) -> None:
    first = take(empty, table(office / "list.csv", ROWS[:1]))
    take(empty, table(office / "more.csv", ROWS[1:2]))
    records = by_title(empty)
    kept, gone = records[ROWS[0][0]], records[ROWS[1][0]]
    empty.duplicates.merge(kept.id, [gone.id])
    undone = empty.importing.undo(first.import_id)
    assert (undone.removed, undone.kept) == (0, 1)
    assert list(by_title(empty)) == [ROWS[0][0]]


def test_what_was_purged_comes_back_as_something_new(empty: Archive, office: Path) -> None:
    path = table(office / "list.csv", ROWS[:1])
    take(empty, path)
    first = empty.reading.records()[0].id
    empty.editing.delete([first])
    empty.trash.purge([first])
    assert counts(take(empty, path)) == (1, 0, 0, 0)
    again = empty.reading.records()[0]
    assert again.id != first
    assert again.title == ROWS[0][0]


def test_what_lies_in_the_trash_is_taken_out(empty: Archive, office: Path) -> None:
    path = table(office / "list.csv", ROWS[:1])
    take(empty, path)
    record = empty.reading.records()[0]
    empty.editing.delete([record.id])
    report = take(empty, path)
    assert counts(report) == (0, 1, 0, 0)
    assert empty.reading.records()[0].id == record.id
    empty.importing.undo(report.import_id)
    assert not empty.reading.records()


def test_two_offices_that_import_the_same_list_have_the_same_records(
    empty: Archive, office: Path, tmp_path: Path
) -> None:
    path = table(office / "list.csv")
    take(empty, path)
    other = Archive.create(tmp_path / "other")
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(office, elsewhere)
    take(other, elsewhere / "list.csv")
    assert {one.id for one in other.reading.records()} == {
        one.id for one in empty.reading.records()
    }
    other.close()
