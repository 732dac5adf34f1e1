"""The database file: opening for reading only, changes of others, odd places."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.errors import ArchiveDamaged, DiskFull, NotWritable
from desktop_app.store.database import Database, is_writable, version_in
from desktop_app.store.migrations import SCHEMA_MAJOR
from desktop_app.store.queue import Queue
from desktop_app.store.records import Records
from tests.samples import make_record, store_record


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    Database.create(folder / "archive.sqlite", lambda _: None)
    return folder / "archive.sqlite"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = Database(path)
    yield opened
    opened.close()


def add_record(database: Database, title: str = "A record") -> None:
    record, pages = make_record(title)
    store_record(Records(database), record, pages)


# Changes of others


def test_own_changes_are_none_of_others(database: Database) -> None:
    assert not database.changed_elsewhere()
    add_record(database)
    thread = threading.Thread(target=add_record, args=(database,))
    thread.start()
    thread.join()
    assert not database.changed_elsewhere()


def test_changes_of_others_are_told_once(database: Database, path: Path) -> None:
    other = Database(path)
    add_record(other)
    assert database.changed_elsewhere()
    assert not database.changed_elsewhere()
    assert not other.changed_elsewhere()
    add_record(database)
    assert other.changed_elsewhere()
    assert not database.changed_elsewhere()
    other.close()


def test_changes_of_others_are_not_lost_between_own_ones(database: Database, path: Path) -> None:
    other = Database(path)
    add_record(database)
    add_record(other)
    add_record(database)
    add_record(database)
    assert database.changed_elsewhere()
    assert not database.changed_elsewhere()
    other.close()


def test_nothing_is_missed_or_made_up_while_all_write(database: Database, path: Path) -> None:
    other = Database(path)

    def add_records() -> None:
        for _ in range(20):
            add_record(database)

    threads = [threading.Thread(target=add_records) for _ in range(2)]
    for thread in threads:
        thread.start()
    told = [database.changed_elsewhere() for _ in range(200)]
    for thread in threads:
        thread.join()
    assert not any(told)
    assert other.changed_elsewhere()
    other.close()


def test_a_transaction_that_is_taken_back_is_no_change(database: Database, path: Path) -> None:
    other = Database(path)
    with pytest.raises(ZeroDivisionError), other.transaction() as connection:
        connection.execute("INSERT INTO queue (record_id) VALUES ('a')")
        _ = 1 / 0
    assert not database.changed_elsewhere()
    assert not other.changed_elsewhere()
    other.close()


def test_a_reader_follows_the_writer_beside_it(database: Database, path: Path) -> None:
    reader = Database(path, read_only=True)
    assert Records(reader).count() == 0
    assert not reader.changed_elsewhere()
    add_record(database)
    assert reader.changed_elsewhere()
    assert not reader.changed_elsewhere()
    assert Records(reader).count() == 1
    # The index takes it up: there is something new to find.
    Queue(database).done(Queue(database).first(5))
    assert reader.changed_elsewhere()
    reader.close()


def test_a_reader_that_came_first_is_not_left_behind(path: Path) -> None:
    reader = Database(path, read_only=True)
    assert Records(reader).count() == 0
    writer = Database(path)
    for number in range(30):
        add_record(writer, f"Record {number} " * 200)
    writer.close()
    assert Records(reader).count() == 30
    assert reader.problems() == []
    reader.close()


# Reading only


def test_a_reader_writes_nothing(path: Path) -> None:
    content = path.read_bytes()
    reader = Database(path, read_only=True)
    with pytest.raises(NotWritable), reader.transaction():
        pass
    with pytest.raises(sqlite3.OperationalError):
        reader.connection.execute("DELETE FROM records")
    reader.close()
    assert path.read_bytes() == content


def test_without_locks_nothing_is_put_beside_the_database(path: Path) -> None:
    reader = Database(path, read_only=True, without_locks=True)
    assert Records(reader).count() == 0
    assert not reader.changed_elsewhere()
    reader.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.fixture
def torn_away(path: Path, tmp_path: Path) -> Path:
    """Return the copy of a database whose last changes are still in its log."""
    writer = Database(path)
    add_record(writer)
    shutil.copytree(path.parent, tmp_path / "stick", ignore=shutil.ignore_patterns("*-shm"))
    writer.close()
    stick = tmp_path / "stick" / path.name
    assert stick.with_name(f"{path.name}-wal").stat().st_size > 0
    return stick


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_a_log_is_replayed_in_a_copy_that_is_removed_at_the_end(
    torn_away: Path, scratch: Path
) -> None:
    before = {file.name: file.read_bytes() for file in torn_away.parent.iterdir()}
    reader = Database(torn_away, read_only=True, without_locks=True)
    assert Records(reader).count() == 1
    assert len(list(scratch.iterdir())) == 1
    thread = threading.Thread(target=lambda: Records(reader).count())
    thread.start()
    thread.join()
    reader.close()
    assert list(scratch.iterdir()) == []
    assert {file.name: file.read_bytes() for file in torn_away.parent.iterdir()} == before


def test_a_copy_needs_room(torn_away: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(scratch)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(DiskFull):
        Database(torn_away, read_only=True, without_locks=True)
    assert list(scratch.iterdir()) == []


READ_AS_NOBODY = """
import os, sys
from pathlib import Path
from desktop_app.store.database import Database, is_writable
from desktop_app.store.records import Records
os.setgid(65534); os.setuid(65534)
path = Path(sys.argv[1])
assert not is_writable(path)
opened = Database(path)
print(opened.read_only, Records(opened).count(), len(opened.problems()))
opened.close()
"""


@pytest.mark.skipif(os.name != "posix", reason="rights of folders")
@pytest.mark.parametrize("with_log", [False, True])
def test_where_nothing_can_be_written_it_is_read(
    path: Path, torn_away: Path, with_log: bool
) -> None:
    database = torn_away if with_log else path
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody who may not write")
    place = Path(tempfile.mkdtemp())  # Unlike `tmp_path`, others may get to it.
    try:
        place.chmod(0o755)
        shutil.copytree(database.parent, place / "archive")
        (place / "archive").chmod(0o555)
        before = sorted(file.name for file in (place / "archive").iterdir())
        ended = subprocess.run(
            [sys.executable, "-c", READ_AS_NOBODY, str(place / "archive" / path.name)],
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert ended.stdout.split() == ["True", "1", "0"], ended.stderr
        assert sorted(file.name for file in (place / "archive").iterdir()) == before
    finally:
        shutil.rmtree(place)


def test_the_database_of_ones_own_can_be_written(path: Path) -> None:
    assert is_writable(path)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


# What a file is


def test_the_version_stands_in_the_first_bytes(path: Path) -> None:
    content = path.read_bytes()
    assert version_in(content[:100]) == SCHEMA_MAJOR
    assert version_in(content[:99]) is None
    assert version_in(b"x" * 100) is None
    assert version_in(content[:68] + b"EVAX" + content[72:100]) is None


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_half_a_database_is_said_to_be_damaged(path: Path, kept: float) -> None:
    writer = Database(path)
    for number in range(20):
        add_record(writer, f"Record {number} " * 300)
    writer.close()
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    for read_only in (False, True):
        try:
            opened = Database(path, read_only=read_only)
        except ArchiveDamaged:
            continue
        assert opened.problems()
        opened.close()
