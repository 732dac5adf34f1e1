"""An archive with something of everything, and ways to break a copy of it."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.findings import Parts
from desktop_app.domain.operations import run_to_end
from desktop_app.domain.problems import CheckReport, ProblemCode, RepairReport, RepairResult
from desktop_app.domain.records import Record
from desktop_app.services.archive import DATABASE_NAME, PDF_FOLDER, Archive
from desktop_app.services.repairing import repair_archive
from tests.samples import write_pdf

PAGE = 4096
REPORTS = 6
Breaking = Callable[[Path], None]


@dataclass(frozen=True)
class Content:
    """All that can be read of an archive."""

    records: dict[str, Record]
    parts: dict[str, Parts]
    pages: dict[tuple[str, int], str]
    history: frozenset[str]


def make_archive(folder: Path, reports: Path) -> None:
    """Make an archive of reports with edits, tags, findings, notes, a term, trash and a purge."""
    words = random.Random(7)
    for number in range(REPORTS):
        texts = [
            " ".join(words.choices("mentoring school youth dialogue harm trust".split(), k=size))
            for size in (30, 500, 1200)[: 1 + number % 3]
        ]
        write_pdf(reports / f"report {number}.pdf", texts, {"Title": f"Report {number}"})
    archive = Archive.create(folder, "Care")
    try:
        run_to_end(archive.importing.import_paths([reports]))
        ids = sorted(record.id for record in archive.reading.records())
        archive.terms.add("outcome", {"en": "Local outcome"})
        for number, record_id in enumerate(ids):
            archive.editing.tag([record_id], [f"tag {number}"])
            archive.editing.edit(record_id, {"overview": f"Overview {number}", "year": 2000})
            archive.coding.add(EntityKind.NOTE, record_id, {"text": f"Note {number}", "page": 1})
            finding: dict[str, Value] = {"outcome": "attitudes", "direction": "improved", "page": 1}
            archive.coding.add(EntityKind.FINDING, record_id, finding)
        appraisal: dict[str, Value] = {"scale": "SMS", "value": "3", "reason": "Compared."}
        archive.coding.add(EntityKind.APPRAISAL, ids[0], appraisal)
        archive.editing.delete(ids[-2:])
        archive.trash.purge(ids[-1:])
        run_to_end(archive.indexing.update())
    finally:
        archive.close()


def content_of(folder: Path) -> Content:
    """Return what an archive holds."""
    archive = Archive(folder)
    try:
        ids = [record.id for record in (*archive.reading.records(), *archive.trash.records())]
        records = {record_id: archive.reading.record(record_id) for record_id in ids}
        pages = {
            (document.id, page.number): page.text
            for record in records.values()
            for document in record.documents
            for page in archive.reading.pages(document.id)
        }
        log = frozenset(entry.change.id for entry in archive.editing.history(limit=10_000))
        return Content(records, archive.coding.of_many(ids), pages, log)
    finally:
        archive.close()


def check(folder: Path, *, deep: bool = True) -> CheckReport:
    """Open an archive and check it."""
    archive = Archive(folder)
    try:
        return run_to_end(archive.upkeep.check(deep=deep))
    finally:
        archive.close()


def execute(folder: Path, statement: str, *values: object) -> None:
    """Change the database behind the program's back."""
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as raw:
        raw.execute(statement, values)
        raw.commit()


def cut(share: float) -> Breaking:
    """Return what leaves this share of the database."""

    def breaking(folder: Path) -> None:
        path = folder / DATABASE_NAME
        whole = path.read_bytes()
        path.write_bytes(whole[: int(len(whole) * share)])

    return breaking


def flip(seed: int, path: str = DATABASE_NAME, bits: int = 30) -> Breaking:
    """Return what flips bits of a file."""

    def breaking(folder: Path) -> None:
        chosen = random.Random(seed)
        damaged = bytearray((folder / path).read_bytes())
        for _ in range(bits):
            damaged[chosen.randrange(len(damaged))] ^= 1 << chosen.randrange(8)
        (folder / path).write_bytes(damaged)

    return breaking


def zero(*pages: int) -> Breaking:
    """Return what overwrites pages of the database, counted from 1."""

    def breaking(folder: Path) -> None:
        path = folder / DATABASE_NAME
        damaged = bytearray(path.read_bytes())
        for number in pages:
            damaged[(number - 1) * PAGE : number * PAGE] = bytes(PAGE)
        path.write_bytes(damaged)

    return breaking


def overwrite(content: bytes) -> Breaking:
    """Return what overwrites the beginning of the database."""

    def breaking(folder: Path) -> None:
        path = folder / DATABASE_NAME
        path.write_bytes(content + path.read_bytes()[len(content) :])

    return breaking


def remove_index(folder: Path) -> None:
    """Delete the search index."""
    shutil.rmtree(folder / "index")


def a_pdf(folder: Path) -> Path:
    """Return the first stored PDF."""
    return sorted((folder / PDF_FOLDER).glob("??/*.pdf"))[0]


def repair(folder: Path, source: Path | None = None) -> RepairReport:
    return run_to_end(repair_archive(folder, source))


def results(report: RepairReport) -> dict[ProblemCode, set[RepairResult]]:
    found: dict[ProblemCode, set[RepairResult]] = {}
    for each in report.repairs:
        found.setdefault(each.problem.code, set()).add(each.result)
        assert each.problem.text
        assert each.text
    return found
