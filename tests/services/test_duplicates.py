"""Finding records that are probably the same, merging them, and taking a merge back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.changes.coded import Evidence, State
from desktop_app.domain.errors import NotWritable, RecordNotFound
from desktop_app.domain.imports import MatchedBy, Outcome
from desktop_app.domain.merge_errors import (
    NotMergeable,
)
from desktop_app.domain.operations import run_to_end
from desktop_app.domain.records import DocumentRole
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


# Finding


def test_groups_are_found_and_remembered_not_to_be_the_same(
    archive: Archive, named: dict[str, str]
) -> None:
    for record_id in (named["report"], named["kurzfassung"]):
        archive.editing.edit(record_id, {"year": 2021})
    assert run_to_end(archive.duplicates.catch_up()) == 4
    assert run_to_end(archive.duplicates.catch_up()) == 0
    (group,) = archive.duplicates.find()
    assert group.keep == named["report"]
    assert set(group.ids) == {named["report"], named["kurzfassung"], named["copy"]}
    assert [reason.by for reason in group.reasons] == [MatchedBy.TEXT, MatchedBy.TITLE_AND_YEAR]
    assert group.reasons[0].similarity is not None
    assert group.reasons[0].similarity > 0.9
    archive.duplicates.dismiss([named["report"], named["copy"]])
    (group,) = archive.duplicates.find()
    assert set(group.ids) == {named["report"], named["kurzfassung"]}
    archive.duplicates.dismiss([named["report"][:8], named["kurzfassung"]])
    assert archive.duplicates.find() == []
    archive.duplicates.reconsider([named["report"], named["copy"]])
    assert [set(one.ids) for one in archive.duplicates.find()] == [{named["report"], named["copy"]}]
    archive.editing.delete([named["copy"]])
    assert archive.duplicates.find() == []
    assert problems(archive) == []


def test_a_dismissal_is_a_change_that_can_be_undone(
    archive: Archive, named: dict[str, str]
) -> None:
    pair = [named["report"], named["copy"]]
    changes = archive.duplicates.dismiss(pair)
    assert len(changes) == 2
    assert archive.duplicates.dismiss(pair) == []
    for change in changes:
        archive.editing.undo(change.id)
    run_to_end(archive.duplicates.catch_up())
    assert len(archive.duplicates.find()) == 1
    with pytest.raises(NotMergeable):
        archive.duplicates.dismiss([named["report"], named["report"]])


def test_catching_up_can_be_stopped_and_goes_on(archive: Archive, named: dict[str, str]) -> None:
    operation = archive.duplicates.catch_up()
    next(operation)
    operation.close()
    assert run_to_end(archive.duplicates.catch_up()) == 4


def test_a_document_that_cant_be_read_stops_nothing(
    archive: Archive, named: dict[str, str]
) -> None:
    document_id = document_of(archive, named["schools"])
    broken = "UPDATE pages SET text = CAST(x'ff' AS TEXT) WHERE document_id = ?"
    execute(archive.folder, broken, document_id)
    assert run_to_end(archive.duplicates.catch_up()) == 3
    assert len(archive.duplicates.find()) == 1


def test_an_archive_that_can_only_be_read_is_searched(
    archive: Archive, named: dict[str, str]
) -> None:
    run_to_end(archive.duplicates.catch_up())
    reader = Archive(archive.folder, read_only=True)
    assert len(reader.duplicates.find()) == 1
    ids = reader.duplicates.find()[0].ids
    with pytest.raises(NotWritable):
        reader.duplicates.merge(ids[0], ids[1:])
    reader.close()


# Merging


def test_a_preview_says_field_by_field_what_would_be(
    archive: Archive, named: dict[str, str]
) -> None:
    report, short = named["report"], named["kurzfassung"]
    archive.editing.edit(report, {"year": 2021, "tag": ["june"], "access": "public"})
    archive.editing.edit(short, {"year": 2020, "tag": ["june", "short"], "design": "RCT"})
    archive.editing.edit(short, {"access": "partner", "language": ["de"]})
    archive.editing.edit(report, {"language": ["en"]})
    archive.coding.add(EntityKind.NOTE, short, {"text": "A note"})
    plan = archive.duplicates.preview(report, [short])
    fields = {field.name: field for field in plan.fields}
    assert list(fields) == ["title", "year", "language", "access", "tag", "design"]
    assert (fields["year"].proposed, fields["year"].result[0].value) == (report, 2021)
    assert fields["design"].proposed == short
    assert fields["access"].result[0].value == "partner"  # The stricter one.
    assert fields["tag"].united
    assert [each.value for each in fields["tag"].result] == ["june", "short"]
    differing = [field.name for field in plan.fields if field.differs(plan.ids)]
    assert differing == ["year", "language", "access", "tag", "design"]
    assert [each.role for each in plan.documents] == [DocumentRole.REPORT, DocumentRole.SUMMARY]
    assert plan.parts[short] == {EntityKind.NOTE: 1}
    turned = plan.rearranged(short)
    assert {field.name: field for field in turned.fields}["year"].result[0].value == 2020
    with_copy = archive.duplicates.preview(report, [short, named["copy"]])
    assert with_copy.rearranged(report, {named["copy"]}) == replace(plan, parts=with_copy.parts)


def test_everything_goes_to_the_kept_record(archive: Archive, named: dict[str, str]) -> None:
    report, short, schools = named["report"], named["kurzfassung"], named["schools"]
    moved = document_of(archive, short)
    said = Evidence(page=1, quote="word")
    archive.editing.edit(report, {"year": 2021, "aims": "Ours"})
    archive.editing.edit(short, {"aims": "Theirs", "year": 2020}, said)
    archive.editing.edit(short, {"sample_size": None}, state=State.NOT_REPORTED)
    archive.editing.edit(short, {"country": ["SE"]}, said)
    archive.editing.edit(schools, {"related": [short, "https://example.org"]})
    finding, _ = archive.coding.add(EntityKind.FINDING, short, {**FINDING, "quote": "word"})
    appraisal: dict[str, Value] = {"scale": "SMS", "value": "3", "reason": "x", "finding": finding}
    archive.coding.add(EntityKind.APPRAISAL, short, appraisal)
    archive.coding.add(EntityKind.NOTE, short, {"text": "On the record"})
    gone, _ = archive.coding.add(EntityKind.NOTE, short, {"text": "Gone"})
    archive.coding.delete(EntityKind.NOTE, [gone])
    before = archive.coding.of(short).notes[0]
    done = archive.duplicates.merge(
        report, [short], {"aims": short[:8]}, {moved: DocumentRole.SUMMARY}
    )
    assert (done.kept, done.removed) == (report, (short,))
    assert {change.group for change in done.changes} == {done.batch}
    record = archive.reading.record(report)
    assert [one.file_name for one in record.documents] == ["report.pdf", "kurzfassung.pdf"]
    assert record.documents[1].role is DocumentRole.SUMMARY
    assert (record.year, record.fields["aims"]) == (2021, "Theirs")
    # A page means a page of the document in which it was read.
    (aims,), (country,) = record.coded["aims"], record.coded["country"]
    assert (aims.evidence.page, aims.evidence.document) == (1, moved)  # type: ignore[union-attr]
    assert country.evidence.document == moved  # type: ignore[union-attr]
    assert record.state("sample_size") is State.NOT_REPORTED
    parts = archive.coding.of(report)
    assert parts.findings[0].fields["document"] == moved
    assert parts.appraisals[0].fields["finding"] == finding
    (note,) = parts.notes
    assert replace(note, record_id=short) == before  # Also who wrote it, and when.
    other = archive.reading.record(schools)
    assert set(other.fields["related"]) == {report, "https://example.org"}  # type: ignore[arg-type]
    assert [one.id for one in archive.trash.records()] == [short]
    assert archive.reading.record(short).fields["aims"] == "Theirs"
    assert problems(archive) == []
    assert holding(archive, "briefly") == [report]
    archive.coding.restore(EntityKind.NOTE, [gone])
    assert len(archive.coding.of(report).notes) == 2


def test_nobody_sees_more_than_before(archive: Archive, named: dict[str, str]) -> None:
    report, short = named["report"], named["kurzfassung"]
    archive.editing.edit(report, {"access": "public", "attribution": "named"})
    archive.editing.edit(
        short, {"access": "embargoed until 2030-01-01", "attribution": "chatham_house"}
    )
    archive.duplicates.merge(report, [short])
    record = archive.reading.record(report)
    assert (record.access, record.access_until) == ("embargoed", "2030-01-01")
    assert record.fields["attribution"] == "chatham_house"


def test_one_file_in_two_records_stays_one(archive: Archive, named: dict[str, str]) -> None:
    """From another office; the second document stays in the trash with its record."""
    report = archive.reading.record(named["report"])
    twin = archive.reading.record(named["schools"])
    said = "UPDATE changes SET value = replace(value, ?, ?) WHERE entity_id = ?"
    ours, theirs = report.documents[0], twin.documents[0]
    for before, now in (
        (theirs.sha256, ours.sha256),
        (f'"size": {theirs.size}', f'"size": {ours.size}'),
    ):
        execute(archive.folder, said, before, now, theirs.id)
    execute(archive.folder, said, '"page_count": 1', '"page_count": 2', theirs.id)
    execute(
        archive.folder,
        "UPDATE documents SET sha256 = ?, size = ?, page_count = 2 WHERE id = ?",
        ours.sha256, ours.size, theirs.id,
    )  # fmt: skip
    (group,) = [each for each in archive.duplicates.find() if twin.id in each.ids]
    assert group.reasons[0].by is MatchedBy.BYTES
    archive.coding.add(EntityKind.NOTE, twin.id, {"text": "On page two", "page": 2})
    (kept,) = (each for each in archive.duplicates.preview(report.id, [twin.id]).documents[1:])
    assert kept.twin == report.documents[0].id
    archive.duplicates.merge(report.id, [twin.id])
    assert archive.reading.record(report.id).documents == report.documents
    assert archive.coding.of(report.id).notes[0].document_id == report.documents[0].id
    assert archive.reading.record(twin.id).documents[0].sha256 == report.documents[0].sha256
    # The same PDF again is that of the record outside of the trash.
    again = run_to_end(
        archive.importing.import_paths([archive.folder.parent / "reports" / "report.pdf"])
    )
    assert (again.files[0].outcome, again.files[0].record_id) == (Outcome.DUPLICATE, report.id)
    archive.trash.purge([twin.id])
    assert (archive.folder / "pdfs" / ours.sha256[:2] / f"{ours.sha256}.pdf").is_file()


@pytest.mark.parametrize(
    ("chosen", "detail"),
    [
        ({"design": "report"}, "says anything"),
        ({"tag": "report"}, "values of all"),
        ({"overview": "schools"}, "is empty"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(
    archive: Archive, named: dict[str, str], chosen: dict[str, str], detail: str
) -> None:
    archive.editing.edit(named["report"], {"tag": ["x"], "overview": "Ours"})
    history = len(archive.editing.history())
    with pytest.raises(NotMergeable, match=detail):
        archive.duplicates.merge(
            named["report"], [named["schools"]], {n: named[one] for n, one in chosen.items()}
        )
    assert len(archive.editing.history()) == history


def test_what_cant_be_merged(archive: Archive, named: dict[str, str]) -> None:
    report, short = named["report"], named["kurzfassung"]
    for ids in ([report, report], [report], [report, short, short]):
        with pytest.raises(NotMergeable):
            archive.duplicates.merge(ids[0], ids[1:])
    with pytest.raises(RecordNotFound):
        archive.duplicates.merge(report, ["nobody"])
    with pytest.raises(NotMergeable, match="no document"):
        archive.duplicates.merge(report, [short], roles={"x": DocumentRole.ANNEX})
    archive.editing.delete([short])
    with pytest.raises(NotMergeable, match="lies in the trash"):
        archive.duplicates.merge(report, [short])
