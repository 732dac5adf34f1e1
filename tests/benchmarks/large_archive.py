"""10,000 records with tags: opening, editing, undoing, history, listing, searching.

    python tests/benchmarks/large_archive.py [RECORDS]

The baseline is a bare SQLite transaction of one row in the same folder, in the same minute.
"""

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop_app.domain.operations import run_to_end
from desktop_app.domain.records import Kind
from desktop_app.domain.search import SearchRequest, Sort
from desktop_app.services.archive import DATABASE_NAME, Archive
from desktop_app.store.database import Database
from desktop_app.store.records import Records
from tests.samples import make_record, store_record

WORDS = "mentoring youth prevention school dialogue trust police family prison online".split()


def timed(repeat: int, work: Callable[[], object]) -> str:
    """Return median and 95th percentile in milliseconds of `repeat` runs."""
    times = []
    for _ in range(repeat):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    return f"median {statistics.median(times):8.1f} ms   95th {times[int(repeat * 0.95)]:8.1f} ms"


def main() -> None:
    """Run the benchmark and print its table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    chance = random.Random(5)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "archive"
        archive = Archive.create(folder)
        database = Database(folder / DATABASE_NAME)
        records = Records(database)
        began = time.perf_counter()
        for number in range(count):
            words = chance.choices(WORDS, k=3)
            title = f"{' '.join(words).title()} {number}"
            record, pages = make_record(
                title,
                [" ".join(chance.choices(WORDS, k=60))],
                kind=chance.choice(list(Kind)),
                year=chance.randint(1995, 2026),
                languages=(chance.choice(("ar", "en", "fr", "de", "sv")),),
                tags=tuple(sorted(set(words))),
            )
            store_record(records, record, pages)
        print(f"{count} records stored       {count / (time.perf_counter() - began):8.0f} a second")
        ids = records.ids()
        database.close()
        began = time.perf_counter()
        run_to_end(archive.indexing.update())
        print(f"indexed                    {count / (time.perf_counter() - began):8.0f} a second")
        archive.close()

        bare = sqlite3.connect(Path(scratch) / "bare.sqlite")
        bare.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (x TEXT)"
        )

        def bare_commit() -> None:
            with bare:
                bare.execute("INSERT INTO t VALUES ('x')")

        def open_and_list() -> None:
            opened = Archive(folder)
            opened.reading.holdings()
            opened.searching.search(SearchRequest(""))
            opened.close()

        print("bare SQLite commit        ", timed(100, bare_commit))
        print("open, count, first 20     ", timed(10, open_and_list))
        archive = Archive(folder)
        edit, read = archive.editing, archive.reading

        def edit_and_undo() -> None:
            (made, *_) = edit.edit(chance.choice(ids), {"title": f"Title {chance.random()}"})
            edit.undo(made.id)

        print("edit and undo             ", timed(100, edit_and_undo))
        print("history of a record       ", timed(100, lambda: edit.history(chance.choice(ids))))
        print("100 by title from 5,000   ", timed(20, lambda: read.records(Sort.TITLE, 100, 5000)))
        ask = archive.searching.search
        print(
            "search, two words         ", timed(30, lambda: ask(SearchRequest("mentoring youth")))
        )
        print("search with facets        ", timed(
            10, lambda: ask(SearchRequest("trust", facets=("kind", "year", "language", "tag")))
        ))  # fmt: skip
        began = time.perf_counter()
        report = run_to_end(archive.backups.backup(Path(scratch) / "saved.zip"))
        taken = time.perf_counter() - began
        print(f"backup of the database     {taken * 1000:8.0f} ms, {report.size / 1e6:.1f} MB")
        archive.close()
        bare.close()


if __name__ == "__main__":
    main()
