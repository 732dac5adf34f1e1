"""An archive of release 1 in today's program: brought up to date, and nothing of it lost."""

import os
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database as Connection

from desktop_app.domain.errors import ArchiveNewer, BackupInvalid, DiskFull
from desktop_app.domain.opening_errors import BackupNewer, UpgradeFailed
from desktop_app.domain.operations import run_to_end
from desktop_app.domain.search import SearchRequest
from desktop_app.services.archive import Archive
from desktop_app.services.backup import restore_backup
from desktop_app.store.migrations import SCHEMA_MAJOR, migrations
from tests.upgrades import release_1

COPY = "before-update-m0001.sqlite"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return release_1.build(tmp_path / "archive")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def holds(new: dict[str, list[dict[str, Any]]], old: dict[str, list[dict[str, Any]]]) -> bool:
    """Return whether every old row is there, in its place, with every value it had."""
    return all(
        len(new[table]) == len(rows)
        and all(row.items() <= now.items() for row, now in zip(rows, new[table], strict=True))
        for table, rows in old.items()
    )


def test_it_is_brought_up_to_date_with_all_its_contents(folder: Path) -> None:
    before = release_1.rows(folder / "archive.sqlite")
    archive = Archive(folder)
    assert holds(release_1.rows(folder / "archive.sqlite"), before)
    titles = {record.title for record in archive.reading.records()}
    assert titles == {release_1.TITLES[0], release_1.TITLES[2]}
    first = archive.reading.record(release_1.record_id(0))
    assert (first.year, first.authors) == (2020, ("Ana Silva", "Bo Ek"))
    assert set(first.tags) == {"june", "schools"}
    assert archive.editing.state(first.id).value("doi") == "10.1000/xyz123"
    pages = archive.reading.pages(first.documents[0].id)
    assert [page.text for page in pages] == list(release_1.PAGES[0])
    changes = [entry.change for entry in archive.editing.history(first.id)]
    years = [change.value for change in changes if change.field == "year"]
    assert years == [2020, 2021]
    archive.close()


def test_it_goes_on_working(folder: Path) -> None:
    archive = Archive(folder)
    first = release_1.record_id(0)
    archive.editing.edit(first, {"year": 2019})
    changes = [entry.change for entry in archive.editing.history(first)]
    archive.editing.undo(next(change.id for change in changes if change.field == "year"))
    assert archive.reading.record(first).year == 2020
    archive.editing.restore([release_1.record_id(1)])
    assert len(archive.reading.records()) == 3
    run_to_end(archive.indexing.rebuild())
    assert archive.searching.search(SearchRequest("schools")).total >= 1
    assert archive.searching.search(SearchRequest("المدارس")).total == 1
    assert run_to_end(archive.upkeep.check(deep=True)).problems == ()
    archive.close()


def test_a_copy_as_it_was_stays_beside_it(folder: Path, tmp_path: Path) -> None:
    before = release_1.rows(folder / "archive.sqlite")
    Archive(folder).close()
    assert COPY in names(folder)
    copy = sqlite3.connect(folder / COPY)
    applied = copy.execute("SELECT name FROM _sqlite_migrations").fetchall()
    assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()
    assert applied == [("m0001_first_light",)]
    assert release_1.rows(folder / COPY) == before
    # With the copy in its place, the archive is the one of release 1 again.
    old = release_1.build(tmp_path / "old")
    shutil.copyfile(folder / COPY, old / "archive.sqlite")
    archive = Archive(old)
    assert archive.name == "Malmö"
    archive.close()
    assert not [name for name in names(folder) if name.endswith(".part")]


def test_opened_again_nothing_is_copied_again(folder: Path) -> None:
    Archive(folder).close()
    (folder / COPY).unlink()
    Archive(folder).close()
    assert COPY not in names(folder)


def test_the_two_newest_copies_are_kept(folder: Path) -> None:
    for age, version in enumerate(("m0003", "m0000", "m0002")):
        path = folder / f"before-update-{version}.sqlite"
        path.write_bytes(b"earlier")
        os.utime(path, (1000 + age, 1000 + age))
    Archive(folder).close()
    copies = {name for name in names(folder) if name.startswith("before-update")}
    assert copies == {COPY, "before-update-m0002.sqlite"}


@pytest.fixture
def one_more() -> Iterator[list[str]]:
    """Return the statements of a migration that follows all others."""
    statements: list[str] = []
    count = len(migrations._migrations)

    @migrations(name="m9999_test")
    def add(connection: Connection) -> None:
        for statement in statements:
            connection.execute(statement)

    yield statements
    del migrations._migrations[count:]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM pages WHERE number = 1",
        "UPDATE pages SET text = '' WHERE number = 3",
        "UPDATE changes SET value = 'null' WHERE sequence = 1",
        "DELETE FROM changes WHERE sequence = 1",
        "DROP TABLE documents",
        "UPDATE documents SET record_id = 'nobody'",
        "INSERT INTO no_such_table VALUES (1)",
        "INSERT INTO archive VALUES ('id', 'twice')",
    ],
)
def test_a_migration_that_fails_or_loses_something_leaves_the_archive_as_it_was(
    folder: Path, one_more: list[str], statement: str
) -> None:
    one_more.extend(["CREATE TABLE added (a)", statement])
    before = release_1.rows(folder / "archive.sqlite")
    with pytest.raises(UpgradeFailed):
        Archive(folder)
    assert release_1.rows(folder / "archive.sqlite") == before
    raw = sqlite3.connect(folder / "archive.sqlite")
    assert raw.execute("SELECT name FROM _sqlite_migrations").fetchall() == [("m0001_first_light",)]
    tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_master")}
    raw.close()
    assert not tables & {"added", "findings"}


def test_a_table_that_is_made_anew_takes_nothing_along(folder: Path, one_more: list[str]) -> None:
    one_more.extend(
        [
            "CREATE TABLE new_records AS SELECT * FROM records",
            "DROP TABLE records",
            "CREATE TABLE records (id TEXT PRIMARY KEY, title TEXT NOT NULL)",
            "INSERT INTO records SELECT id, title FROM new_records",
            "DROP TABLE new_records",
        ]
    )
    Archive(folder).close()
    assert len(release_1.rows(folder / "archive.sqlite")["pages"]) == 5


def test_a_crash_inside_a_migration_leaves_the_archive_as_it_was(folder: Path) -> None:
    before = release_1.rows(folder / "archive.sqlite")
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from desktop_app.store.database import Database\n"
        "from desktop_app.store.migrations import migrations\n"
        "@migrations(name='m9999_test')\n"
        "def last(connection):\n"
        "    os._exit(9)\n"
        "Database(Path(sys.argv[1]))\n"
    )
    command = [sys.executable, "-c", script, str(folder / "archive.sqlite")]
    assert subprocess.run(command, check=False, timeout=60).returncode == 9
    assert release_1.rows(folder / "archive.sqlite") == before
    Archive(folder).close()
    assert holds(release_1.rows(folder / "archive.sqlite"), before)


def test_without_room_for_the_copy_nothing_is_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = release_1.rows(folder / "archive.sqlite")
    usage = shutil.disk_usage(folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(DiskFull):
        Archive(folder)
    assert release_1.rows(folder / "archive.sqlite") == before
    assert COPY not in names(folder)


def test_of_two_that_begin_at_once_one_does_it(folder: Path) -> None:
    before = release_1.rows(folder / "archive.sqlite")
    ready = threading.Barrier(4)
    ended: list[str] = []

    def open_it() -> None:
        ready.wait()
        archive = Archive(folder)
        ended.append(archive.name)
        archive.close()

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ended == ["Malmö"] * 4
    assert holds(release_1.rows(folder / "archive.sqlite"), before)
    assert release_1.rows(folder / COPY) == before


def test_for_reading_it_is_brought_up_to_date_in_a_copy(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    content = (folder / "archive.sqlite").read_bytes()
    archive = Archive(folder, read_only=True)
    assert {record.year for record in archive.reading.records()} == {2020, 2021}
    assert names(scratch)
    saved = run_to_end(archive.backups.backup(tmp_path / "saved.zip"))
    assert saved.files == 4
    archive.close()
    assert (folder / "archive.sqlite").read_bytes() == content
    assert not {COPY, "in-use"} & names(folder)
    assert names(scratch) == set()


def test_its_backup_is_restored(folder: Path, tmp_path: Path) -> None:
    saved = release_1.back_up(folder, tmp_path / "saved.zip")
    before = release_1.rows(folder / "archive.sqlite")
    report = run_to_end(restore_backup(saved, tmp_path / "new"))
    assert report.files == 4
    archive = Archive(report.folder)
    assert archive.reading.record(release_1.record_id(0)).year == 2020
    run_to_end(archive.indexing.rebuild())
    assert run_to_end(archive.upkeep.check(deep=True)).problems == ()
    archive.close()
    assert holds(release_1.rows(report.folder / "archive.sqlite"), before)


def marked(folder: Path, version: int, application_id: int = 0x45564152) -> None:
    """Make the database one of another major version or program."""
    raw = sqlite3.connect(folder / "archive.sqlite")
    raw.execute(f"PRAGMA user_version = {version}")
    raw.execute(f"PRAGMA application_id = {application_id}")
    raw.execute("PRAGMA journal_mode = DELETE")
    raw.close()


def test_what_a_newer_release_wrote_is_refused_in_words(folder: Path, tmp_path: Path) -> None:
    marked(folder, SCHEMA_MAJOR + 1)
    content = (folder / "archive.sqlite").read_bytes()
    saved = release_1.back_up(folder, tmp_path / "saved.zip")
    with pytest.raises(BackupNewer, match="newer version of this program"):
        run_to_end(restore_backup(saved, tmp_path / "there" / "new"))
    assert not (tmp_path / "there").exists()
    for read_only in (False, True):
        with pytest.raises(ArchiveNewer, match="newer version"):
            Archive(folder, read_only=read_only)
    assert (folder / "archive.sqlite").read_bytes() == content


def test_a_backup_of_another_program_is_refused(folder: Path, tmp_path: Path) -> None:
    marked(folder, 1, application_id=1)
    saved = release_1.back_up(folder, tmp_path / "foreign.zip")
    with pytest.raises(BackupInvalid):
        run_to_end(restore_backup(saved, tmp_path / "new"))
    (folder / "archive.sqlite").write_bytes(struct.pack("200x"))
    saved = release_1.back_up(folder, tmp_path / "zeros.zip")
    with pytest.raises(BackupInvalid):
        run_to_end(restore_backup(saved, tmp_path / "new"))
    assert not (tmp_path / "new").exists()
