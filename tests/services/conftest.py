"""An archive with two records whose pages are known, made without reading a PDF."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desktop_app.services.archive import DATABASE_NAME, Archive
from desktop_app.store.database import Database
from desktop_app.store.records import Records
from tests.samples import make_record, store_record
from tests.services.broken import Content, content_of, make_archive

PAGES = (
    "A study of mentoring in three towns. The design was a randomised controlled trial.",
    "Attitudes improved in the schools. No harm was found.",
    "Nothing changed after twelve months.",
)


@dataclass(frozen=True)
class Known:
    """An opened archive and the ids of its records."""

    archive: Archive
    mentoring: str
    schools: str

    def document(self, record_id: str) -> str:
        """Return the id of a record's first document."""
        return self.archive.reading.record(record_id).documents[0].id


@pytest.fixture
def known(tmp_path: Path) -> Iterator[Known]:
    """Give an archive with the records "Mentoring" (three pages, two documents) and "Schools"."""
    opened = Archive.create(tmp_path / "known")
    folder = opened.folder
    opened.close()
    database = Database(folder / DATABASE_NAME)
    records = Records(database)
    mentoring, texts = make_record("Mentoring", PAGES)
    annex, annex_texts = make_record("Annex", ("An annex of one page.",))
    moved = replace(annex.documents[0], record_id=mentoring.id)
    mentoring = replace(mentoring, documents=(*mentoring.documents, moved))
    store_record(records, mentoring, {**texts, **annex_texts})
    schools, school_texts = make_record("Schools", ("One page.",))
    store_record(records, schools, school_texts)
    database.close()
    archive = Archive(folder)
    yield Known(archive, mentoring.id, schools.id)
    archive.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a whole archive and of the reports it was made from."""
    room = tmp_path_factory.mktemp("made")
    make_archive(room / "archive", room / "reports")
    return room


@pytest.fixture(scope="module")
def before(made: Path) -> Content:
    """Give what that archive holds."""
    return content_of(made / "archive")


@pytest.fixture
def folder(made: Path, before: Content, tmp_path: Path) -> Path:
    """Give a copy of that archive, to be broken."""
    return Path(shutil.copytree(made / "archive", tmp_path / "archive"))


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Archive]:
    """Give an archive without records."""
    opened = Archive.create(tmp_path / "archive")
    yield opened
    opened.close()


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Give an empty folder for lists and PDFs."""
    made = tmp_path / "office"
    made.mkdir()
    return made
