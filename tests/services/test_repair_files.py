"""Repair of pages, PDFs and the index."""

from pathlib import Path

import pytest

from desktop_app.domain.errors import ArchiveDamaged, PathNotFound
from desktop_app.domain.operations import run_to_end
from desktop_app.domain.problems import ProblemCode, RepairResult
from desktop_app.services.archive import PDF_FOLDER, Archive
from tests.samples import write_pdf
from tests.services.broken import (
    Content,
    a_pdf,
    check,
    content_of,
    execute,
    flip,
    remove_index,
    repair,
    results,
)

C, R = ProblemCode, RepairResult


def test_pages_are_read_again_from_the_stored_pdf(folder: Path, before: Content) -> None:
    longest = "(SELECT document_id FROM pages GROUP BY 1 ORDER BY count(*) DESC LIMIT 1)"
    execute(folder, f"DELETE FROM pages WHERE document_id = {longest} AND number = 2")
    execute(folder, f"UPDATE pages SET text = CAST(x'41ff42' AS TEXT) WHERE document_id = {longest}"
            " AND number = 1")  # fmt: skip
    execute(folder, f"UPDATE pages SET text = '' WHERE document_id <> {longest}")
    found = {problem.code for problem in check(folder).problems}
    assert found == {C.PAGES_MISSING, C.PAGE_UNREADABLE, C.PAGE_UNEXPLAINED}
    assert results(repair(folder)) == {code: {R.READ_AGAIN} for code in found}
    assert content_of(folder).pages == before.pages


def test_a_page_that_is_no_text_is_named_when_it_is_read(folder: Path, before: Content) -> None:
    document_id = next(iter(before.pages))[0]
    execute(
        folder,
        "UPDATE pages SET text = CAST(x'41ff42' AS TEXT) WHERE document_id = ? AND number = 1",
        document_id,
    )
    archive = Archive(folder)
    with pytest.raises(ArchiveDamaged, match="page 1 of a document is no text"):
        archive.reading.pages(document_id)
    with pytest.raises(ArchiveDamaged, match='"repair" reads it again'):
        archive.reading.page(document_id, 1)
    archive.close()


def test_pages_beyond_the_file_are_removed_and_those_without_a_document(
    folder: Path, before: Content
) -> None:
    document_id = next(iter(before.pages))[0]
    insert = "INSERT INTO pages VALUES (?, 99, '99', 'stray', NULL, 'en', 'good', 'x')"
    execute(folder, insert, document_id)
    execute(folder, insert, "nobody")
    found = {problem.code for problem in check(folder, deep=False).problems}
    assert found == {C.PAGES_STRAY, C.ROW_ORPHANED}
    assert results(repair(folder)) == {code: {R.REMOVED} for code in found}
    assert content_of(folder).pages == before.pages


def test_pages_wait_for_their_pdf(folder: Path, made: Path, before: Content) -> None:
    for path in (folder / PDF_FOLDER).glob("??/*.pdf"):
        path.unlink()
    execute(folder, "DELETE FROM pages")
    said = results(repair(folder))
    assert said == {C.FILE_MISSING: {R.NO_COPY_NAMED}, C.PAGES_MISSING: {R.NO_PDF}}
    said = results(repair(folder, made / "reports"))
    assert said == {C.FILE_MISSING: {R.PUT_BACK}, C.PAGES_MISSING: {R.READ_AGAIN}}
    assert content_of(folder) == before


def test_damaged_pdfs_are_put_back_from_a_backup_and_set_aside(
    folder: Path, tmp_path: Path
) -> None:
    archive = Archive(folder)
    run_to_end(archive.backups.backup(tmp_path / "saved.zip"))
    archive.close()
    path = a_pdf(folder)
    whole = path.read_bytes()
    flip(1, str(path.relative_to(folder)), bits=1)(folder)
    damaged = path.read_bytes()
    assert [p.code for p in check(folder, deep=False).problems] == []
    assert [p.code for p in check(folder).problems] == [C.FILE_CHANGED]
    elsewhere = write_pdf(tmp_path / "other" / "unrelated.pdf", ["Another report."]).parent
    assert results(repair(folder, elsewhere)) == {C.FILE_CHANGED: {R.NO_COPY_FOUND}}
    assert path.read_bytes() == damaged
    assert results(repair(folder, tmp_path / "saved.zip")) == {C.FILE_CHANGED: {R.PUT_BACK}}
    assert path.read_bytes() == whole
    (aside,) = (folder / PDF_FOLDER / "damaged").iterdir()
    assert aside.read_bytes() == damaged
    assert check(folder).leftovers == 0


def test_a_damaged_backup_gives_what_is_whole_in_it(folder: Path, tmp_path: Path) -> None:
    archive = Archive(folder)
    run_to_end(archive.backups.backup(tmp_path / "saved.zip"))
    archive.close()
    packed = bytearray((tmp_path / "saved.zip").read_bytes())
    first = packed.index(b"%PDF-")
    packed[first + 20] ^= 1
    (tmp_path / "saved.zip").write_bytes(packed)
    for path in (folder / PDF_FOLDER).glob("??/*.pdf"):
        path.unlink()
    report = repair(folder, tmp_path / "saved.zip")
    assert [each.result for each in report.problems] == [R.NO_COPY_FOUND]
    assert len(report.repaired) == 4
    with pytest.raises(PathNotFound):
        repair(folder, tmp_path / "nowhere")


@pytest.mark.parametrize("how", ["removed", "garbled", "other version"])
def test_the_index_is_built_anew(how: str, folder: Path) -> None:
    if how == "removed":
        remove_index(folder)
    elif how == "garbled":
        for path in (folder / "index").rglob("*.*"):
            if path.is_file() and path.stat().st_size > 100:
                content = bytearray(path.read_bytes())
                content[40:90] = bytes(50)
                path.write_bytes(content)
    else:
        (version,) = (folder / "index").glob("v*")
        version.rename(version.with_name("v1"))
    assert {p.code for p in check(folder).problems} & {
        C.INDEX_BEHIND, C.INDEX_UNUSABLE, C.INDEX_DAMAGED
    }  # fmt: skip
    assert repair(folder).problems == ()
    archive = Archive(folder)
    run_to_end(archive.indexing.update())
    archive.close()
    checked = check(folder)
    assert (checked.problems, checked.queued) == ((), 0)
