"""Reading the first pages only, with the verdict of a whole reading."""

from pathlib import Path

import pytest

from desktop_app.domain.extraction import Extraction, Refusal, RefusalCode
from desktop_app.domain.records import NoText
from desktop_app.pdf.limits import Limits
from desktop_app.pdf.pool import ExtractionPool
from tests.unit.pdf.documents import PdfBuilder, text_pdf


def read(path: Path, most_pages: int | None) -> Extraction | Refusal:
    with ExtractionPool(1, Limits(process_mb=200)) as pool:
        pool.submit("key", path, most_pages=most_pages)
        ((_, found),) = pool.results()
    return found


def extraction(path: Path, most_pages: int) -> Extraction:
    found = read(path, most_pages)
    assert isinstance(found, Extraction)
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.pdf"


@pytest.mark.parametrize(
    ("most_pages", "read_pages"),
    [(1, ["one"]), (2, ["one", "two"]), (3, ["one", "two", "three"]), (9, ["one", "two", "three"])],
)
def test_so_many_pages_are_read_and_all_are_counted(
    path: Path, most_pages: int, read_pages: list[str]
) -> None:
    path.write_bytes(text_pdf("one", "two", "three"))
    found = extraction(path, most_pages)
    assert [page.text for page in found.pages] == read_pages
    assert (found.page_count, found.is_whole) == (3, len(read_pages) == 3)


def test_later_pages_stop_no_process(path: Path) -> None:
    builder = PdfBuilder()
    builder.add_text_page("page 1")
    builder.add_endless_page()
    path.write_bytes(builder.build())
    found = extraction(path, 1)
    assert [page.text for page in found.pages] == ["page 1"]
    assert not found.hazardous


def test_first_page_that_stops_its_process_is_marked(path: Path) -> None:
    builder = PdfBuilder()
    builder.add_endless_page()
    builder.add_text_page("page 2")
    builder.add_text_page("page 3")
    path.write_bytes(builder.build())
    found = extraction(path, 2)
    assert [page.no_text for page in found.pages] == [NoText.TOO_LARGE, None]
    assert (found.hazardous, found.page_count) == (True, 3)


def test_where_the_first_pages_hold_nothing_the_others_are_read(path: Path) -> None:
    builder = PdfBuilder()
    for _ in range(3):
        builder.add_page()
    builder.add_text_page("page 4")
    builder.add_text_page("page 5")
    path.write_bytes(builder.build())
    found = extraction(path, 2)
    assert [page.text for page in found.pages] == ["", "", "", "page 4", "page 5"]
    assert found.is_whole


def test_file_without_a_good_page_is_refused_as_in_a_whole_reading(path: Path) -> None:
    builder = PdfBuilder()
    for _ in range(3):
        builder.add_page()
    builder.add_endless_page()
    path.write_bytes(builder.build())
    found = read(path, 2)
    assert found == read(path, None) == Refusal(path, RefusalCode.TOO_LARGE, {"megabytes": 200})


def test_many_files_in_both_ways_at_once(tmp_path: Path) -> None:
    with ExtractionPool(2) as pool:
        for number in range(12):
            path = tmp_path / f"{number}.pdf"
            path.write_bytes(text_pdf("one", "two", "three"))
            pool.submit(str(number), path, most_pages=None if number % 2 else 1)
        found = dict(pool.results())
    counts = {int(key): len(one.pages) for key, one in found.items() if isinstance(one, Extraction)}
    assert counts == {number: 3 if number % 2 else 1 for number in range(12)}
