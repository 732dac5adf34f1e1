"""A spreadsheet with its PDFs: dry run, import, kill -9 in the middle, and again.

    python tests/benchmarks/metadata_import.py [ROWS] [PDFS] [KILLS]

Prints how long each takes, the memory of all processes, and whether an import that was killed ends
with exactly the archive of an undisturbed one: the same records, values and files.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop_app.domain.exchange.rows import Cell, Sheet, SourceRow
from desktop_app.domain.imports import ImportReport, Outcome
from desktop_app.domain.operations import run_to_end
from desktop_app.exchange.workbook_template import write_xlsx
from desktop_app.services.archive import Archive
from tests.benchmarks.first_light import PeakMemory
from tests.samples import write_pdf

MAIN = Path(__file__).resolve().parents[2] / "main.py"
HEADINGS = ("Title", "Year", "Author", "Country", "Kind", "DOI", "Phenomenon", "File", "Remarks")
_WORDS = (
    "youth mentoring school prevention city council families hate speech resilience trust police "
    "dialogue training evaluation attitudes community violence online counselling radicalisation "
    "münchen malmö lyon cairo report findings method interviews survey comparison follow months"
).split()
_COUNTRIES = ("Sweden", "Deutschland", "France", "مصر", "SE", "Norge")


def make_sources(folder: Path, rows: int, pdfs: int, pages: int = 8, seed: int = 2026) -> Path:
    """Write a workbook and the PDFs that some of its rows name; return the workbook.

    A third of the PDFs is named in the table, a third has the DOI of its row as a name, a third
    says its title in its properties. One row in 50 is wrong, one in 40 says the same as another.
    """
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    table: list[SourceRow] = []
    for number in range(rows):
        title = f"{' '.join(chance.sample(_WORDS, 6))} {number}"
        cells = {
            "Title": "" if number % 100 == 49 else title,
            "Year": "soon" if number % 100 == 99 else str(chance.randint(1995, 2025)),
            "Author": "; ".join(f"Family{chance.randint(1, 400)}, Given" for _ in range(2)),
            "Country": chance.choice(_COUNTRIES),
            "Kind": chance.choice(("evaluation", "Leitfaden", "rapport d'évaluation")),
            "DOI": f"10.5555/made.{number}",
            "Phenomenon": chance.choice(("polarisation", "right-wing", "")),
            "Remarks": " ".join(chance.choices(_WORDS, k=30)),
        }
        if number % 40 == 39:
            cells = {cell.column: cell.text for cell in table[number - 1].cells}
        elif number % 2 == 0 and number // 2 < pdfs:
            _write_report(folder, number, title, pages, chance, cells)
        found = tuple(Cell(name, cells[name]) for name in HEADINGS if cells.get(name))
        table.append(SourceRow(number + 2, found))
    path = folder / "list.xlsx"
    write_xlsx([Sheet("Reports", HEADINGS, table)], path)
    return path


def outcome_of(archive: Path, target: Path) -> bytes:
    """Return what an archive holds as CSV: the same bytes for the same archive."""
    opened = Archive(archive)
    opened.exporting.export(target)
    problems = run_to_end(opened.upkeep.check(deep=True)).problems
    opened.close()
    if problems:
        raise AssertionError(problems)
    return target.read_bytes()


def kill_in_the_middle(archive: Path, sources: Sequence[Path], after_s: float) -> bool:
    """Begin an import in a program of its own and kill it; return whether it was still at work."""
    Archive.create(archive).close()
    command = [sys.executable, str(MAIN), "--archive", str(archive), "import", *map(str, sources)]
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        program.wait(timeout=after_s)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
        return True
    return False


def main() -> None:
    """Run and print."""
    rows, pdfs, kills = (int(word) for word in [*sys.argv[1:], "2000", "500", "3"][:3])
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        path = make_sources(room / "office", rows, pdfs)
        sources = [path, path.parent]
        archive = Archive.create(room / "undisturbed")
        with PeakMemory() as memory:
            _report(
                "dry run", run_to_end(archive.cataloguing.import_sources(sources, dry_run=True))
            )
            done = run_to_end(archive.cataloguing.import_sources(sources))
        _report("import", done)
        print(f"peak memory {memory.peak / 1e6:.0f} MB")
        began = time.perf_counter()
        undone = archive.importing.undo(done.import_id)
        print(f"undo {time.perf_counter() - began:.1f} s: {undone}")
        archive.close()
        undisturbed = Archive.create(room / "again")
        run_to_end(undisturbed.cataloguing.import_sources(sources))
        undisturbed.close()
        expected = outcome_of(room / "again", room / "again.csv")
        chance = random.Random(7)
        for number in range(kills):
            after = chance.uniform(0.1, 1.1) * done.elapsed_s
            killed = kill_in_the_middle(room / f"killed{number}", sources, after)
            opened = Archive(room / f"killed{number}")
            there = opened.reading.holdings()
            report = run_to_end(opened.cataloguing.import_sources(sources))
            opened.close()
            found = outcome_of(room / f"killed{number}", room / "killed.csv")
            print(
                f"killed after {after:.1f} s ({'at work' if killed else 'it had ended'}) with "
                f"{there.records} records; taken up: {report.resumed}; "
                f"the same archive: {found == expected}"
            )


def _report(what: str, report: ImportReport) -> None:
    counts = {outcome.value: report.count(outcome) for outcome in Outcome}
    print(f"{what} {report.elapsed_s:.1f} s: {counts}")


def _write_report(
    folder: Path,
    number: int,
    title: str,
    pages: int,
    chance: random.Random,
    cells: dict[str, str],
) -> None:
    texts = [" ".join(chance.choices(_WORDS, k=350)) for _ in range(pages)]
    way = number // 2 % 3
    names = (f"report-{number}.pdf", f"10.5555_made.{number}.pdf", f"scan-{number}.pdf")
    if way == 0:
        cells["File"] = names[way]
    write_pdf(folder / names[way], texts, {"Title": title} if way == 2 else None)


if __name__ == "__main__":
    main()
