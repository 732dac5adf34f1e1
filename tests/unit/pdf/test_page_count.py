"""How many pages there are, whatever a file claims."""

from pathlib import Path

import pytest

from desktop_app.domain.extraction import RefusalCode
from desktop_app.domain.records import NoText
from desktop_app.pdf.engine import PdfiumDocument
from desktop_app.pdf.second_engine import count_listed_pages
from tests.unit.pdf.documents import PdfBuilder
from tests.unit.pdf.test_extract import pages_of, refused


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pages.pdf"


@pytest.mark.parametrize("claimed", [2, 50, 29_999])
def test_pages_that_are_only_claimed_are_none(path: Path, claimed: int) -> None:
    builder = PdfBuilder()
    builder.add_text_page("one")
    content = builder.build(count=claimed) + b"%" * 250_000
    assert [page.text for page in pages_of(path, content)] == ["one"]


@pytest.mark.parametrize("lost", [b"null", b"<< /Type /Pages /Count 3 /Kibs [9 0 R] >>", None])
def test_pages_that_are_listed_and_lost_are_damaged(path: Path, lost: bytes | None) -> None:
    builder = PdfBuilder()
    builder.pages = [builder.add_text_page("one")]
    builder.pages.append(999 if lost is None else builder.add(lost))
    reasons = [page.no_text for page in pages_of(path, builder.build(count=4))]
    assert reasons == [None, *[NoText.DAMAGED] * 3]


def test_file_of_which_hardly_a_page_is_there_is_refused(path: Path) -> None:
    builder = PdfBuilder()
    builder.add_text_page("one")
    builder.add_text_page("last")
    builder.pages[1:1] = [999] * 5_000
    refusal = refused(path, builder.build())
    assert refusal.code is RefusalCode.FALSE_PAGE_COUNT
    assert refusal.fields["claimed"] == 5_002


@pytest.mark.parametrize("kids", [b"2 0 R", b"2 0 R 2 0 R"])
def test_page_tree_that_goes_in_a_circle_is_left(path: Path, kids: bytes) -> None:
    builder = PdfBuilder()
    builder.add_text_page("one")
    builder.pages.append(builder.add(b"<< /Type /Pages /Count 3 /Kids [%s] >>" % kids))
    path.write_bytes(builder.build(count=9))
    with PdfiumDocument(path) as document:
        assert document.page_count == 9
    assert count_listed_pages(path) is None
