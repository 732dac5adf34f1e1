"""The same report in another file becomes a document of its record; a similar one does not."""

import random
from collections.abc import Sequence
from pathlib import Path

from desktop_app.domain.imports import ImportReport, MatchedBy, Outcome
from desktop_app.domain.operations import run_to_end
from desktop_app.domain.records import DocumentRole
from desktop_app.services.archive import Archive
from tests.samples import write_pdf

WORDS = (
    "youth mentoring school prevention city council families hate speech resilience trust police "
    "dialogue training evaluation attitudes community violence counselling interviews survey"
).split()


def texts(seed: int, pages: int = 5) -> list[str]:
    chance = random.Random(seed)
    return [" ".join(chance.choices(WORDS, k=300)) for _ in range(pages)]


def take(empty: Archive, *paths: Path, dry_run: bool = False) -> ImportReport:
    return run_to_end(empty.cataloguing.import_sources(paths, jobs=2, dry_run=dry_run))


def outcomes(report: ImportReport) -> list[str]:
    return sorted(file.outcome.value for file in report.files)


def write(path: Path, pages: Sequence[str], title: str = "", **properties: str) -> Path:
    return write_pdf(path, pages, {"Title": title, **properties} if title else properties)


def test_the_same_text_in_other_bytes_is_one_record(empty: Archive, tmp_path: Path) -> None:
    first = write(tmp_path / "report.pdf", texts(1), "Youth work in Lund")
    take(empty, first)
    record = empty.reading.records()[0]
    again = write(tmp_path / "report (1).pdf", texts(1), "Untitled", Producer="Another program")
    dry = take(empty, again, dry_run=True)
    report = take(empty, again)
    for said in (dry, report):
        (file,) = said.files
        assert (file.outcome, file.matched_by) == (Outcome.UPDATED, MatchedBy.TEXT)
        assert file.record_id == record.id
    assert report.pages == 5
    (held,) = empty.reading.records()
    assert [document.file_name for document in held.documents] == ["report.pdf", "report (1).pdf"]
    assert not run_to_end(empty.upkeep.check(deep=True)).problems
    # The same again is a plain duplicate, and the import can be taken back alone.
    assert outcomes(take(empty, again)) == ["duplicate"]
    undone = empty.importing.undo(report.import_id)
    assert (undone.removed, undone.kept) == (0, 0)
    assert len(empty.reading.record(record.id).documents) == 1


def test_reports_on_one_form_stay_apart(empty: Archive, tmp_path: Path) -> None:
    chance = random.Random(5)
    pages = texts(2)
    figures = [
        " ".join(
            str(chance.randrange(100)) if place % 12 == 0 else word
            for place, word in enumerate(page.split())
        )
        for page in pages
    ]
    write(tmp_path / "in" / "2019.pdf", pages, "Annual report 2019")
    write(tmp_path / "in" / "2020.pdf", figures, "Annual report 2020")
    assert outcomes(take(empty, tmp_path / "in")) == ["added", "added"]


def test_the_same_text_of_another_year_stays_apart(empty: Archive, tmp_path: Path) -> None:
    write(tmp_path / "in" / "2019.pdf", texts(3), "Annual report 2019")
    write(tmp_path / "later" / "2020.pdf", texts(3), "Annual report 2020")
    take(empty, tmp_path / "in")
    assert outcomes(take(empty, tmp_path / "later")) == ["added"]


def test_twins_in_one_folder_are_found_as_well(empty: Archive, tmp_path: Path) -> None:
    for number in range(3):
        write(tmp_path / "in" / f"{number}.pdf", texts(4), "Youth work", Producer=str(number))
    dry = take(empty, tmp_path / "in", dry_run=True)
    assert outcomes(dry) == outcomes(take(empty, tmp_path / "in")) == [
        "added", "updated", "updated"
    ]  # fmt: skip
    assert empty.reading.holdings().records == 1


def test_a_summary_with_the_doi_of_its_report_joins_it(empty: Archive, tmp_path: Path) -> None:
    take(empty, write(tmp_path / "report.pdf", texts(6), "Youth work in Lund"))
    record = empty.reading.records()[0]
    empty.editing.edit(record.id, {"doi": "10.1000/lund"})
    summary = write(
        tmp_path / "Kurzfassung.pdf", texts(7, 1), "In short", Subject="doi:10.1000/lund"
    )
    report = take(empty, summary)
    assert (report.files[0].outcome, report.files[0].matched_by) == (
        Outcome.UPDATED,
        MatchedBy.DOI,
    )
    documents = empty.reading.record(record.id).documents
    assert [document.role for document in documents] == [
        DocumentRole.REPORT,
        DocumentRole.SUMMARY,
    ]


def test_files_of_one_import_with_one_doi_are_one_record(empty: Archive, tmp_path: Path) -> None:
    doi = {"Subject": "https://doi.org/10.1000/lund"}
    write(tmp_path / "in" / "report.pdf", texts(8), "Youth work in Lund", **doi)
    write(tmp_path / "in" / "report-annex.pdf", texts(9), "Tables", **doi)
    dry = take(empty, tmp_path / "in", dry_run=True)
    assert outcomes(dry) == outcomes(take(empty, tmp_path / "in")) == ["added", "updated"]
    (record,) = empty.reading.records()
    assert record.fields["doi"] == "10.1000/lund"
    assert len(record.documents) == 2


def test_short_texts_and_scans_are_never_the_same(empty: Archive, tmp_path: Path) -> None:
    for number in range(3):
        write(tmp_path / "in" / f"{number}.pdf", ["Cover page", ""], Producer=str(number))
    assert outcomes(take(empty, tmp_path / "in")) == ["added"] * 3
