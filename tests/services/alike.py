"""Records that are like each other, stored with their PDFs as no import would leave them."""

import hashlib
import random
from dataclasses import replace
from pathlib import Path

from desktop_app.domain.operations import run_to_end
from desktop_app.domain.search import SearchRequest
from desktop_app.services.archive import DATABASE_NAME, Archive
from desktop_app.store.database import Database
from desktop_app.store.records import Records
from tests.samples import make_record, pdf_bytes, store_record

TITLE = "Mentoring young people at risk in two cities"


def words(seed: int, count: int = 400) -> str:
    """Return a made-up text."""
    chance = random.Random(seed)
    return " ".join(f"word{chance.randrange(900)}" for _ in range(count))


def store(folder: Path, name: str, title: str, pages: list[str]) -> str:
    """Store a record with its PDF, whoever it is like; return its id."""
    content = pdf_bytes(pages)
    sha256 = hashlib.sha256(content).hexdigest()
    for path in (
        folder / "pdfs" / sha256[:2] / f"{sha256}.pdf",
        folder.parent / "reports" / f"{name}.pdf",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    record, texts = make_record(title, pages, sha256=sha256)
    (document,) = record.documents
    document = replace(document, file_name=f"{name}.pdf", size=len(content))
    database = Database(folder / DATABASE_NAME)
    store_record(Records(database), replace(record, documents=(document,)), texts)
    database.close()
    return record.id


def store_alike(folder: Path) -> dict[str, str]:
    """Store a report, its short version, a near copy, and something else; return their ids."""
    report = [words(1), words(2)]
    return {
        name: store(folder, name, title, pages)
        for name, title, pages in (
            ("report", TITLE, report),
            ("kurzfassung", TITLE, [f"{words(3)} briefly"]),
            ("copy", "Another name", [report[0], f"{report[1]} end"]),
            ("schools", "Schools and trust", [words(4)]),
        )
    }


def document_of(archive: Archive, record_id: str) -> str:
    """Return the id of a record's first document."""
    return archive.reading.record(record_id).documents[0].id


def problems(archive: Archive) -> list[object]:
    """Return what a deep check finds, with the index up to date."""
    run_to_end(archive.indexing.update())
    return list(run_to_end(archive.upkeep.check(deep=True)).problems)


def holding(archive: Archive, word: str) -> list[str]:
    """Return the ids of the records in which a search finds a word."""
    return [hit.record.id for hit in archive.searching.search(SearchRequest(word)).hits]
