"""10,000 records with findings and tags: opening, editing, undoing, history, care, backup.

    python tests/benchmarks/large_archive.py [RECORDS]

Each row has the goal where there is one, and how often the bare thing would fit into the same time:
of a write one indexed row committed to SQLite, of a reading one row by its key, of a backup copying
the same files; in the same folder, in the same minute.
"""

import hashlib
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import psutil

from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.operations import run_to_end
from desktop_app.domain.problems import CheckReport
from desktop_app.domain.search import SearchRequest, Sort
from desktop_app.services.archive import DATABASE_NAME, INDEX_FOLDER, PDF_FOLDER, Archive
from desktop_app.services.backup import restore_backup
from tests.benchmarks.made_archive import fill

MEMORY = "--memory"
FINDING: dict[str, Value] = {
    "outcome": "attitudes", "direction": "improved", "page": 1, "quote": "better than before",
}  # fmt: skip


class Table:
    """Measures and prints rows."""

    def __init__(self) -> None:
        self._missed: list[str] = []
        print(f"{'':34}{'median':>10}{'95th':>10}{'goal':>10}  bare ones")

    def row(
        self,
        name: str,
        repeat: int,
        work: Callable[[], object],
        *,
        goal_ms: float | None = None,
        bare_ms: float | None = None,
    ) -> float:
        """Print how long `work` takes; return the median in milliseconds."""
        times = []
        for _ in range(repeat):
            began = time.perf_counter()
            work()
            times.append((time.perf_counter() - began) * 1000)
        times.sort()
        median = statistics.median(times)
        goal = "" if goal_ms is None else f"{goal_ms:.0f} ms"
        ratio = "" if bare_ms is None else f"{median / bare_ms:9.1f}"
        late = times[min(int(repeat * 0.95), repeat - 1)]
        print(f"{name:34}{median:7.1f} ms{late:7.1f} ms{goal:>10}  {ratio}", flush=True)
        if goal_ms is not None and median > goal_ms:
            self._missed.append(name)
        return median

    def end(self) -> None:
        """Print which goals were missed."""
        print("missed: " + ", ".join(self._missed) if self._missed else "all goals were met")


def bare_database(path: Path) -> sqlite3.Connection:
    """Return a database with one indexed table, as safe as the archive's."""
    bare = sqlite3.connect(path)
    bare.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "CREATE TABLE t (id TEXT PRIMARY KEY, x TEXT); CREATE INDEX i ON t (x)"
    )
    return bare


def first_list(folder: Path) -> None:
    """Open an archive and read what its window shows first."""
    opened = Archive(folder)
    opened.reading.holdings()
    opened.searching.search(SearchRequest(""))
    opened.reading.records(limit=50)
    opened.close()


def tell_memory(folder: Path) -> None:
    """Print the memory of a fresh program before and after its first list and a few edits."""
    process = psutil.Process()
    before = process.memory_info().rss
    archive = Archive(folder)
    archive.reading.holdings()
    archive.searching.search(SearchRequest(""))
    ids = [record.id for record in archive.reading.records(limit=50)]
    for record_id in ids:
        archive.editing.edit(record_id, {"attrition": "none"})
        archive.coding.of(record_id)
    after = process.memory_info().rss
    archive.close()
    print(f"memory: {before / 1e6:.0f} MB before opening, {after / 1e6:.0f} MB at work")


def size_of(path: Path) -> float:
    """Return how much lies in a file or folder, in MB."""
    files = path.rglob("*") if path.is_dir() else path.parent.glob(path.name + "*")
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def require_whole(report: CheckReport) -> None:
    """Fail where a check found something."""
    if report.problems:
        raise AssertionError(report.problems[:5])


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of all files below a folder, by path."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*.pdf")
    }


def contents(path: Path) -> dict[str, tuple[int, str]]:
    """Return how many rows each table of a database has, and a hash of them all in order."""
    connection = sqlite3.connect(path)
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    found = {}
    for (table,) in tables:
        digest, count = hashlib.sha256(), 0
        for row in connection.execute(f"SELECT * FROM {table}"):
            digest.update(repr(row).encode())
            count += 1
        found[str(table)] = (count, digest.hexdigest())
    connection.close()
    return found


def measure_backup(table: Table, archive: Archive, scratch: Path) -> None:
    """Back up, restore, and compare what came back with what there was."""
    copied = table.row(
        "copying the same files",
        1,
        lambda: shutil.copytree(archive.folder / PDF_FOLDER, scratch / "copied"),
    )
    saved, target = scratch / "saved.zip", scratch / "restored"
    table.row("backup", 1, lambda: run_to_end(archive.backups.backup(saved)), bare_ms=copied)
    table.row("restore", 1, lambda: run_to_end(restore_backup(saved, target)), bare_ms=copied)
    wanted = hashes(archive.folder / PDF_FOLDER)
    assert hashes(target / PDF_FOLDER) == wanted
    rows = contents(archive.folder / DATABASE_NAME)
    assert contents(target / DATABASE_NAME) == rows
    print(
        f"restored: {len(wanted)} PDFs byte for byte, {len(rows)} tables with"
        f" {sum(count for count, _ in rows.values())} rows the same; {size_of(saved):.1f} MB"
    )


def measure_work(table: Table, archive: Archive, ids: list[str], scratch: Path) -> None:
    """Edit, undo, and look at records."""
    chance = random.Random(5)
    edit, read, coding = archive.editing, archive.reading, archive.coding
    bare = bare_database(scratch / "bare.sqlite")
    keys = iter(range(10**9))

    def commit() -> None:
        with bare:
            bare.execute("INSERT INTO t VALUES (?, ?)", (f"{next(keys)}", f"{chance.random()}"))

    def select() -> None:
        bare.execute("SELECT * FROM t WHERE id = ?", (f"{chance.randrange(200)}",)).fetchall()

    one = table.row("bare: a row committed", 200, commit)
    row = table.row("bare: a row by its key", 200, select)
    edit.edit(ids[0], {"title": "Warm"})
    made: list[str] = []

    def set_title() -> None:
        made.extend(c.id for c in edit.edit(chance.choice(ids), {"title": f"T {chance.random()}"}))

    table.row("edit of a title", 200, set_title, goal_ms=30, bare_ms=one)
    table.row("undo", 200, lambda: edit.undo(made.pop()), goal_ms=30, bare_ms=one)
    table.row(
        "tag",
        100,
        lambda: edit.tag([chance.choice(ids)], [f"new {chance.random()}"]),
        goal_ms=30,
        bare_ms=one,
    )
    hundred = chance.sample(ids, 100)
    table.row("tag on 100 records", 5, lambda: edit.tag(hundred, [f"{chance.random()}"]))
    table.row(
        "a finding added",
        100,
        lambda: coding.add(EntityKind.FINDING, chance.choice(ids), FINDING),
        goal_ms=30,
        bare_ms=one,
    )
    table.row(
        "history of a record",
        100,
        lambda: edit.history(chance.choice(ids)),
        goal_ms=50,
        bare_ms=row,
    )
    table.row("history of all, 200 changes", 20, edit.history, bare_ms=row)

    def show() -> None:
        record_id = chance.choice(ids)
        read.record(record_id)
        coding.of(record_id)

    table.row("a record with its parts", 100, show, bare_ms=row)
    table.row("all tags", 10, edit.tags)
    table.row("100 by title from 5,000", 20, lambda: read.records(Sort.TITLE, 100, 5000))
    run_to_end(archive.indexing.update())
    ask = archive.searching.search
    table.row("search, two words", 30, lambda: ask(SearchRequest("mentoring youth")))
    facets = SearchRequest("trust", facets=("kind", "year", "language", "tag"))
    table.row("search with facets", 10, lambda: ask(facets))
    bare.close()


def main() -> None:
    """Run the benchmark and print its table."""
    if MEMORY in sys.argv:
        tell_memory(Path(sys.argv[2]))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as made:
        scratch = Path(made)
        folder = scratch / "archive"
        began = time.perf_counter()
        ids = fill(folder, count)
        stored = time.perf_counter()
        archive = Archive(folder)
        run_to_end(archive.indexing.update())
        indexed = time.perf_counter()
        archive.close()
        print(f"{count} records stored in {stored - began:.0f} s, indexed in", end=" ")
        print(f"{indexed - stored:.0f} s, {contents(folder / DATABASE_NAME)['changes'][0]} changes")
        sizes = {name: size_of(folder / name) for name in (DATABASE_NAME, PDF_FOLDER, INDEX_FOLDER)}
        print(", ".join(f"{name} {size:.1f} MB" for name, size in sizes.items()))
        table = Table()
        table.row("open and list", 10, lambda: first_list(folder), goal_ms=1500)
        here = Path(__file__)
        listing = [sys.executable, str(here.parents[2] / "main.py"), "--archive", str(folder)]
        table.row(
            "the same in a fresh program",
            5,
            lambda: subprocess.run([*listing, "list", "--limit", "20"], check=True,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL),
            goal_ms=1500,
        )  # fmt: skip
        archive = Archive(folder)
        measure_work(table, archive, ids, scratch)
        check = archive.upkeep.check
        table.row("check", 1, lambda: require_whole(run_to_end(check())))
        table.row("check --deep", 1, lambda: require_whole(run_to_end(check(deep=True))))
        measure_backup(table, archive, scratch)
        archive.close()
        subprocess.run([sys.executable, str(here), MEMORY, str(folder)], check=True)
        table.end()


if __name__ == "__main__":
    main()
