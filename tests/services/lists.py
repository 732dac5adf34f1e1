"""Lists as offices keep them, and what importing them gives."""

from collections.abc import Sequence
from pathlib import Path

from desktop_app.domain.imports import ImportedRow, ImportReport, Outcome
from desktop_app.domain.operations import run_to_end
from desktop_app.domain.records import Record
from desktop_app.services.archive import Archive

HEADINGS = ("Titel", "Jahr", "Autor", "Land", "Datei", "Bemerkung")
ROWS = (
    ("Mentoring in two cities", "2021", "Berg, Anna; Haddad, Leila", "Schweden", "a.pdf", "ok"),
    ("Counselling for families", "2020", "", "Deutschland", "", "ask; again"),
    ("تقييم برنامج الإرشاد في المدارس", "2019", "", "مصر", "", ""),
)


def table(
    path: Path, rows: Sequence[Sequence[str]] = ROWS, headings: Sequence[str] = HEADINGS
) -> Path:
    """Write rows as a CSV file of a German spreadsheet program."""
    lines = [";".join(f'"{text}"' for text in row) for row in (headings, *rows)]
    path.write_text("\r\n".join(lines), encoding="utf-8-sig")
    return path


def take(archive: Archive, *paths: Path, **options: object) -> ImportReport:
    """Import to the end, with two reading processes."""
    operation = archive.cataloguing.import_sources(paths, jobs=2, **options)  # type: ignore[arg-type]
    return run_to_end(operation)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    """Return how many were added, updated, duplicates, refused."""
    added, updated, duplicate, refused = (report.count(outcome) for outcome in Outcome)
    return added, updated, duplicate, refused


def by_title(archive: Archive) -> dict[str, Record]:
    """Return the records by title."""
    return {record.title: record for record in archive.reading.records()}


def only(rows: Sequence[ImportedRow]) -> ImportedRow:
    """Return the only row."""
    (row,) = rows
    return row


def is_sound(archive: Archive) -> bool:
    """Return whether a deep check finds nothing."""
    return not run_to_end(archive.upkeep.check(deep=True)).problems
