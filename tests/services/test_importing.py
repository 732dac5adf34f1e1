"""Importing into a real archive, with real reading processes."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.errors import (
    ArchiveExists,
    ArchiveNotFound,
    FolderNotEmpty,
    PathNotFound,
)
from desktop_app.domain.extraction import Refusal, RefusalCode
from desktop_app.domain.imports import ImportReport, Outcome
from desktop_app.domain.operations import run_to_end
from desktop_app.domain.problems import CheckReport
from desktop_app.domain.records import (
    Access,
    Description,
    Kind,
    NoText,
    TextHealth,
)
from desktop_app.domain.search import SearchRequest
from desktop_app.services.archive import Archive
from desktop_app.services.selection import select
from tests.samples import pdf_bytes, write_pdf


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.create(tmp_path / "archive")
    yield opened
    opened.close()


def take(archive: Archive, *paths: Path, **options: object) -> ImportReport:
    return run_to_end(archive.importing.import_paths(paths, jobs=2, **options))  # type: ignore[arg-type]


def check(archive: Archive) -> CheckReport:
    return run_to_end(archive.upkeep.check(deep=True))


def test_a_folder_is_imported_with_all_below_it(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    write_pdf(folder / "a.pdf", ["Mentoring in two cities", "Second page"])
    write_pdf(folder / "deep" / "er" / "B.PDF", ["Counselling"])
    (folder / "notes.txt").write_text("not a PDF")
    write_pdf(folder / ".hidden.pdf", ["hidden"])
    report = take(archive, folder)
    assert [file.path.name for file in report.of(Outcome.ADDED)] == ["a.pdf", "B.PDF"] or [
        file.path.name for file in report.of(Outcome.ADDED)
    ] == ["B.PDF", "a.pdf"]
    assert report.pages == 3
    assert report.ignored == 2
    records = archive.reading.records()
    assert len(records) == 2
    assert {record.access for record in records} == {Access.INTERNAL}
    assert {record.import_id for record in records} == {report.import_id}
    assert check(archive).problems == ()


def test_every_page_has_its_text_or_a_reason(archive: Archive, tmp_path: Path) -> None:
    report = take(archive, write_pdf(tmp_path / "a.pdf", ["First words", "", "Third"]))
    record = archive.reading.record(str(report.files[0].record_id))
    pages = archive.reading.pages(record.documents[0].id)
    assert [page.text.strip() for page in pages] == ["First words", "", "Third"]
    assert [page.no_text for page in pages] == [None, NoText.BLANK, None]
    assert report.files[0].pages_without_text == 1
    assert record.text_health is TextHealth.GOOD


def test_the_same_file_is_recognised_under_another_name(archive: Archive, tmp_path: Path) -> None:
    first = write_pdf(tmp_path / "one.pdf", ["Same bytes"])
    twin = write_pdf(tmp_path / "two.pdf", ["Same bytes"])
    together = take(archive, first, twin)
    assert sorted(file.outcome for file in together.files) == [Outcome.ADDED, Outcome.DUPLICATE]
    again = take(archive, twin)
    assert [file.outcome for file in again.files] == [Outcome.DUPLICATE]
    assert again.files[0].record_id == archive.reading.records()[0].id
    assert archive.reading.holdings().records == 1


def test_a_lost_or_changed_pdf_is_put_back_by_importing_it_again(
    archive: Archive, tmp_path: Path
) -> None:
    source = write_pdf(tmp_path / "a.pdf", ["Words"])
    take(archive, source)
    stored = archive.reading.file(archive.reading.records()[0].documents[0]).path
    for damage in (stored.unlink, lambda: stored.write_bytes(b"%PDF-1.4 changed")):
        damage()
        assert len(check(archive).problems) == 1
        assert [file.outcome for file in take(archive, source).files] == [Outcome.UPDATED]
        assert check(archive).problems == ()


def test_refused_files_are_rows_with_a_reason_and_stop_nobody(
    archive: Archive, tmp_path: Path
) -> None:
    good = write_pdf(tmp_path / "good.pdf", ["Good"])
    bad = {
        "empty.pdf": (b"", RefusalCode.EMPTY),
        "page.pdf": (b"<html><body>hello</body></html>", RefusalCode.NOT_A_PDF),
        "cut.pdf": (pdf_bytes(["Cut"])[:60], RefusalCode.DAMAGED),
        "none.pdf": (pdf_bytes([]), RefusalCode.NO_PAGES),
    }
    for name, (content, _) in bad.items():
        (tmp_path / name).write_bytes(content)
    report = take(archive, *(tmp_path / name for name in bad), good, tmp_path / "gone.pdf")
    codes = {file.path.name: file.refusal.code for file in report.files if file.refusal}
    expected = {name: code for name, (_, code) in bad.items()}
    assert codes == expected | {"gone.pdf": RefusalCode.NOT_FOUND}
    assert all(len(file.refusal.reason) > 15 for file in report.files if file.refusal)
    assert [file.path for file in report.of(Outcome.ADDED)] == [good]
    assert check(archive).problems == ()
    assert check(archive).leftovers == 0


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_row(archive: Archive, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "secret.pdf", ["secret"])
    path.chmod(0)
    report = take(archive, path)
    assert [file.refusal.code for file in report.files if file.refusal] == [
        RefusalCode.NOT_READABLE
    ]


@pytest.mark.skipif(os.name != "posix", reason="makes pipes and odd names")
def test_pipes_and_odd_names_stop_nobody(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    os.mkfifo(folder / "pipe.pdf")
    (folder / "folder.pdf").mkdir()
    (folder / "gone.pdf").symlink_to(tmp_path / "nowhere")
    content = pdf_bytes(["Odd names"])
    for name in (b"line\nbreak.pdf", b"\xff\xfe.pdf", b"-dash.pdf", b"\xe2\x80\xaefdp.pdf"):
        (folder / os.fsdecode(name)).write_bytes(content + name)
    report = take(archive, folder, folder / "pipe.pdf")
    assert len(report.of(Outcome.ADDED)) == 4
    codes = {file.path.name: file.refusal.code for file in report.files if file.refusal}
    assert codes == {
        "pipe.pdf": RefusalCode.NOT_READABLE,
        "gone.pdf": RefusalCode.NOT_FOUND,
    }
    assert len(report.of(Outcome.REFUSED)) == 2
    assert report.ignored == 0
    for record in archive.reading.records():
        assert record.documents[0].file_name.isprintable()
    assert check(archive).problems == ()


def test_a_file_that_is_far_too_big_is_not_even_copied(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "big.pdf"
    with path.open("wb") as stream:
        stream.write(b"%PDF-1.7\n")
        stream.truncate(3_000_000_000)
    report = take(archive, path)
    assert [f.refusal.code for f in report.files if f.refusal] == [RefusalCode.FILE_TOO_BIG]
    assert "3000 MB" in (report.files[0].refusal or pytest.fail("not refused")).reason


def test_naming_nothing_that_exists_is_an_error(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(PathNotFound):
        take(archive, tmp_path / "gone")


def test_what_is_known_goes_before_what_the_file_says(archive: Archive, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", ["Words"], {"Title": "Of the file", "Author": "A File"})
    said = Description("Told", Kind.GUIDE, 2026, ("sv",), ("Someone",), Access.PUBLIC)
    report = take(archive, path, descriptions={path: said})
    record = archive.reading.record(str(report.files[0].record_id))
    assert (record.title, record.kind, record.year) == ("Told", Kind.GUIDE, 2026)
    assert (record.languages, record.authors) == (("sv",), ("Someone",))
    assert record.access is Access.PUBLIC


def test_an_import_stopped_anywhere_leaves_a_whole_archive_and_is_finished_later(
    archive: Archive, tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    for number in range(6):
        write_pdf(folder / f"{number}.pdf", [f"Report {number}", "Page two"])
    (folder / "bad.pdf").write_bytes(b"nothing")
    for stop_after in range(1, 8):
        operation = archive.importing.import_paths([folder], jobs=2)
        for _ in range(stop_after):
            next(operation)
        operation.close()
        found = check(archive)
        assert found.problems == ()
        assert found.leftovers == 0
        staging = tmp_path / "archive" / "pdfs" / "staging"
        assert [path for path in staging.rglob("*") if path.suffix == ".pdf"] == []
    report = take(archive, folder)
    assert len(report.of(Outcome.REFUSED)) == 1
    assert archive.reading.holdings().records == 6


def test_records_become_searchable_and_a_stopped_index_goes_on(
    archive: Archive, tmp_path: Path
) -> None:
    for number in range(5):
        write_pdf(tmp_path / "reports" / f"{number}.pdf", [f"Mentoring report {number}"])
    take(archive, tmp_path / "reports")
    assert archive.indexing.pending() == 5
    assert not archive.indexing.is_current()
    operation = archive.indexing.update()
    next(operation)
    operation.close()
    assert check(archive).problems == ()
    run_to_end(archive.indexing.update())
    assert archive.indexing.is_current()
    answer = archive.searching.search(SearchRequest("mentoring", facets=("language", "access")))
    assert answer.total == 5
    assert answer.hits[0].pages[0].snippet is not None
    assert [(item.value, item.count) for item in answer.facets["access"]] == [("internal", 5)]
    assert check(archive).problems == ()


def test_a_lost_index_is_built_again(archive: Archive, tmp_path: Path) -> None:
    take(archive, write_pdf(tmp_path / "a.pdf", ["Mentoring"]))
    run_to_end(archive.indexing.update())
    for path in (tmp_path / "archive" / "index").rglob("*.toc"):
        path.write_bytes(b"torn")
    assert not archive.indexing.is_current()
    report = run_to_end(archive.indexing.update())
    assert report.rebuilt
    assert archive.searching.search(SearchRequest("mentoring")).total == 1
    assert run_to_end(archive.indexing.rebuild()).updated == 1
    assert check(archive).problems == ()


def test_an_index_that_lacks_a_file_is_built_again(archive: Archive, tmp_path: Path) -> None:
    take(archive, write_pdf(tmp_path / "a.pdf", ["Mentoring"]))
    run_to_end(archive.indexing.update())
    for kind in ("*.toc", "*.postings"):
        for lost in (archive.folder / "index").rglob(kind):
            lost.unlink()
        again = Archive(archive.folder)
        assert not again.indexing.is_current()
        run_to_end(again.indexing.update())
        assert again.searching.search(SearchRequest("mentoring")).total == 1
        again.close()


def test_new_never_touches_what_is_there(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(ArchiveExists):
        Archive.create(tmp_path / "archive")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    with pytest.raises(FolderNotEmpty):
        Archive.create(tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]
    with pytest.raises(ArchiveNotFound):
        Archive(tmp_path / "mine")


def test_files_are_named_once_and_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "folder" / "a.pdf", ["a"])
    if os.name == "posix":
        (tmp_path / "folder" / "loop").symlink_to(tmp_path / "folder")
    selection = select([tmp_path / "folder", path, tmp_path / "gone"])
    assert selection.files == (path,)
    assert selection.refused == (Refusal(tmp_path / "gone", RefusalCode.NOT_FOUND),)


@pytest.mark.skipif(os.name != "posix", reason="Windows lets few people make links")
def test_a_link_to_another_folder_is_told_and_can_be_named(
    archive: Archive, tmp_path: Path
) -> None:
    write_pdf(tmp_path / "folder" / "a.pdf", ["a"])
    write_pdf(tmp_path / "elsewhere" / "b.pdf", ["b"])
    link = tmp_path / "folder" / "more"
    link.symlink_to(tmp_path / "elsewhere")
    report = take(archive, tmp_path / "folder")
    (refused,) = report.of(Outcome.REFUSED)
    assert refused.path == link
    assert refused.refusal is not None
    assert refused.refusal.code is RefusalCode.LINKED_FOLDER
    assert str(tmp_path / "elsewhere") in refused.refusal.reason
    assert len(report.of(Outcome.ADDED)) == 1
    assert len(take(archive, link).of(Outcome.ADDED)) == 1
