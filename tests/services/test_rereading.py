"""Importing a file again whose pages were not all read the first time."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from desktop_app.domain.changes.change import EntityKind
from desktop_app.domain.changes.clock import HybridClock
from desktop_app.domain.changes.edits import Origin, set_value
from desktop_app.domain.imports import Outcome
from desktop_app.domain.operations import run_to_end
from desktop_app.domain.records import Document, NoText, Page, TextHealth
from desktop_app.domain.search import SearchRequest
from desktop_app.services.archive import DATABASE_NAME, Archive
from desktop_app.store.changes import ChangeLog
from desktop_app.store.database import Database
from desktop_app.store.records import Records
from tests.samples import write_pdf
from tests.services.test_importing import check, take


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.create(tmp_path / "archive")
    yield opened
    opened.close()


def store_as_once_read(archive: Archive, path: Path, pages: Sequence[Page]) -> Document:
    """Import a file and make its pages what a disturbed reading would have left."""
    report = take(archive, path)
    document = archive.reading.record(str(report.files[0].record_id)).documents[0]
    database = Database(archive.folder / DATABASE_NAME)
    log = ChangeLog(database)
    state = log.state(EntityKind.DOCUMENT, document.id)
    file = state.value("file")
    assert isinstance(file, Mapping)
    said = {
        **file,
        "hazardous": any(page.no_text is NoText.TOO_SLOW for page in pages),
        "text_health": TextHealth.PARTIAL,
    }
    origin = Origin("device", "person", HybridClock(log.last_stamp("device")))
    change = set_value(origin, state, "file", said)
    Records(database).reread(document.id, [change] if change else [], pages)
    database.close()
    run_to_end(archive.indexing.update())
    return archive.reading.document(document.id)


def too_slow(number: int) -> Page:
    return Page(number, str(number), "", NoText.TOO_SLOW, health=TextHealth.PARTIAL)


def test_pages_that_took_too_long_are_read_again(archive: Archive, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", ["Mentoring", "Counselling", "Streetwork"])
    once = store_as_once_read(archive, path, [Page(1, "1", "Mentoring"), too_slow(2), too_slow(3)])
    assert once.hazardous
    assert archive.searching.search(SearchRequest("streetwork")).total == 0
    twin = write_pdf(tmp_path / "twin.pdf", ["Mentoring", "Counselling", "Streetwork"])
    report = take(archive, path, twin)
    assert sorted(file.outcome for file in report.files) == [Outcome.DUPLICATE, Outcome.UPDATED]
    (updated,) = report.of(Outcome.UPDATED)
    assert (updated.pages, updated.pages_without_text) == (3, 0)
    assert updated.text_health is TextHealth.GOOD
    document = archive.reading.document(once.id)
    assert (document.hazardous, document.text_health) == (False, TextHealth.GOOD)
    texts = [page.text.strip() for page in archive.reading.pages(once.id)]
    assert texts == ["Mentoring", "Counselling", "Streetwork"]
    run_to_end(archive.indexing.update())
    assert archive.searching.search(SearchRequest("streetwork")).total == 1
    assert check(archive).problems == ()
    assert [file.outcome for file in take(archive, path).files] == [Outcome.DUPLICATE]


def test_pages_that_are_lost_are_read_again(archive: Archive, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", ["Mentoring", "Counselling"])
    once = store_as_once_read(archive, path, [Page(1, "1", "Mentoring")])
    assert not once.hazardous
    assert len(check(archive).problems) == 1
    assert [file.outcome for file in take(archive, path).files] == [Outcome.UPDATED]
    assert len(archive.reading.pages(once.id)) == 2
    assert check(archive).problems == ()


def test_a_file_that_can_not_be_read_better_stays_as_it_is(
    archive: Archive, tmp_path: Path
) -> None:
    path = write_pdf(tmp_path / "a.pdf", ["Mentoring", "Counselling"])
    better = [Page(1, "1", "Mentoring"), Page(2, "2", "Counselling"), too_slow(3)]
    once = store_as_once_read(archive, path, [*better, Page(4, "4", "more than the file has")])
    report = take(archive, path, path)
    assert [file.outcome for file in report.files] == [Outcome.DUPLICATE]
    assert report.files[0].record_id == once.record_id
    assert len(archive.reading.pages(once.id)) == 4
