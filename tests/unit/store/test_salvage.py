"""Reading database files page by page, and making a new database of what was read."""

import json
import random
import shutil
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database as Connection

from desktop_app.domain.changes.change import Action, Change, EntityKind
from desktop_app.domain.errors import ArchiveDamaged
from desktop_app.domain.operations import run_to_end
from desktop_app.domain.problems import Salvaged
from desktop_app.domain.records import Access
from desktop_app.store.database import Database
from desktop_app.store.file_format import DatabasePages, FoundRow
from desktop_app.store.log_rows import LOG_COLUMNS, UnknownKind, UnreadableChange, read_change
from desktop_app.store.migrations import migrations
from desktop_app.store.records import Records
from desktop_app.store.replacing import put_in_place
from desktop_app.store.salvage import Salvage, damage
from desktop_app.store.shapes import COLUMNS_OF_PAGES, ORDER
from tests.samples import make_record, store_record

VALUES = (
    (None, 1, "text"),
    (-1, 127, "Ünïcödé العربية"),
    (1 << 40, -(1 << 62), ""),
    (0.5, b"\x00\xff", "x" * 20_000),
    (128, 1 << 15, "y" * 3_000),
)


def found_rows(path: Path) -> list[FoundRow]:
    with closing(DatabasePages(path)) as pages:
        return list(pages.rows())


def values_of(path: Path, table: str) -> list[object]:
    return [row.values for row in found_rows(path) if row.table == table]


@pytest.fixture(params=[512, 1024, 4096, 65536])
def plain(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "plain.sqlite"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA page_size = {request.param}")
        raw.execute("CREATE TABLE things (a, b, c)")
        raw.execute("CREATE TABLE others (a INTEGER PRIMARY KEY, b UNIQUE)")
        for _ in range(30):
            raw.executemany("INSERT INTO things VALUES (?, ?, ?)", VALUES)
        raw.executemany("INSERT INTO others (b) VALUES (?)", [[str(n)] for n in range(500)])
        raw.commit()
    return path


def test_every_row_is_read_as_sqlite_reads_it(plain: Path) -> None:
    assert values_of(plain, "things") == list(VALUES) * 30
    assert values_of(plain, "others") == [(None, str(n)) for n in range(500)]
    with closing(DatabasePages(plain)) as pages:
        assert not pages.is_whole("things")  # Nobody has looked yet.
        assert [row.rowid for row in pages.rows() if row.table == "others"] == list(range(1, 501))
        assert pages.is_whole("things")


def test_what_was_deleted_does_not_come_back(plain: Path) -> None:
    with closing(sqlite3.connect(plain)) as raw:
        raw.execute("PRAGMA secure_delete = OFF")
        raw.execute("DELETE FROM things WHERE rowid > 5")
        raw.commit()
    assert values_of(plain, "things") == list(VALUES)
    assert all(row.table is not None for row in found_rows(plain))


def test_rows_are_found_without_any_structure(plain: Path) -> None:
    damaged = bytearray(plain.read_bytes())
    size = struct.unpack_from(">H", damaged, 16)[0]
    size = 65536 if size == 1 else size
    damaged[100:size] = bytes(size - 100)
    plain.write_bytes(damaged)
    rows = [row.values for row in found_rows(plain)]
    assert sorted(map(repr, rows)) == sorted(
        map(repr, [*VALUES * 30, *((None, str(n)) for n in range(500))])
    )
    assert {row.table for row in found_rows(plain)} == {None}


def test_committed_changes_in_the_log_count_and_others_do_not(plain: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    with closing(sqlite3.connect(plain)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA cache_size = 2")
        raw.execute("UPDATE things SET c = 'new' WHERE rowid = 1")
        raw.commit()
        raw.execute("UPDATE things SET c = zeroblob(9000)")  # Never committed.
        for ending in ("", "-wal"):
            shutil.copyfile(f"{plain}{ending}", f"{copy}{ending}")
        raw.rollback()
    assert values_of(copy, "things") == [(*VALUES[0][:2], "new"), *(list(VALUES) * 30)[1:]]


@pytest.mark.parametrize("seed", range(15))
def test_a_damaged_file_never_makes_reading_fail(seed: int, plain: Path) -> None:
    chosen = random.Random(seed)
    damaged = bytearray(plain.read_bytes())
    for _ in range(200):
        damaged[chosen.randrange(len(damaged))] = chosen.randrange(256)
    plain.write_bytes(damaged[: chosen.randrange(len(damaged))])
    assert len(found_rows(plain)) < 100_000


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    Database.create(tmp_path / "archive.sqlite", lambda _: None)
    with closing(Database(tmp_path / "archive.sqlite")) as database:
        for number in range(3):
            pages = [f"page {number}", "x" * 10_000]
            record, texts = make_record(f"Record {number}", pages)
            store_record(Records(database), replace(record, access=Access.PUBLIC), texts)
    yield tmp_path / "archive.sqlite"


def salvage(*sources: Path, target: Path | None = None) -> Salvaged:
    work = Salvage(sources, lambda _: True)
    assert run_to_end(work.read())
    return run_to_end(work.write(target or sources[0].with_name("new.sqlite"), "Name"))


def titles(path: Path) -> dict[str, str]:
    with closing(Database(path)) as database:
        records = Records(database)
        return {i: r.title for i, r in records.get_many(records.ids()).items()}


def test_a_sound_database_gives_itself(path: Path) -> None:
    before = titles(path)
    saved = salvage(path)
    assert damage(path) == damage(path.with_name("new.sqlite")) == []
    assert titles(path.with_name("new.sqlite")) == before
    assert saved == Salvaged(records=3, documents=3, changes=15, pages=6, new_identity=True)


def test_several_sources_add_up(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    shutil.copyfile(path, other)
    with closing(Database(other)) as database:
        store_record(Records(database), *make_record("Only there"))
    with closing(Database(path)) as database:
        store_record(Records(database), *make_record("Only here"))
    assert salvage(path, other).records == 5
    assert set(titles(path.with_name("new.sqlite")).values()) >= {"Only there", "Only here"}


def test_rows_of_the_first_release_are_understood(tmp_path: Path) -> None:
    old = tmp_path / "archive.sqlite"
    connection = Connection(old)
    migrations.apply(connection, stop_before="m0002_parts_of_records")
    said = {"title": "Old", "access": "public", "added_at": "2026-01-01T00:00:00+00:00"}
    for number, (field, value) in enumerate(said.items()):
        connection.execute(
            "INSERT INTO changes (id, stamp, device, author, entity, entity_id, field, action,"
            " value, replaces, saw)"
            " VALUES (?, 1, 'd', 'a', 'record', 'r', ?, 'set', ?, '[]', '[]')",
            [f"c{number}", field, json.dumps(value)],
        )
    connection.conn.commit()
    connection.close()
    assert salvage(old).records == 1
    assert titles(tmp_path / "new.sqlite") == {"r": "Old"}


def test_who_may_see_a_record_is_never_widened(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DELETE FROM changes WHERE field = 'access'")
        raw.execute("DELETE FROM records")
        raw.commit()
    saved = salvage(path)
    assert len(saved.incomplete) == 3
    with closing(Database(path.with_name("new.sqlite"))) as database:
        records = Records(database)
        assert {r.access for r in records.get_many(records.ids()).values()} == {Access.EMBARGOED}


def test_nothing_appears_where_writing_is_broken_off(path: Path) -> None:
    work = Salvage([path], lambda _: True)
    run_to_end(work.read())
    writing = work.write(path.with_name("new.sqlite"), "Name")
    next(writing)
    writing.close()
    assert [each.name for each in path.parent.iterdir()] == ["archive.sqlite"]


def test_the_new_database_takes_the_place_and_the_old_one_is_kept(path: Path) -> None:
    old = path.read_bytes()
    log = path.with_name("archive.sqlite-wal")
    log.write_bytes(b"the log of the old one")
    new = path.with_name("new.sqlite")
    new.write_bytes(b"the new one")
    kept = put_in_place(new, path)
    assert path.read_bytes() == b"the new one"
    assert kept.read_bytes() == old
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"the log of the old one"
    assert not log.exists()
    assert not new.exists()
    new.write_bytes(b"another one")
    again = put_in_place(new, path)
    assert again != kept
    assert again.read_bytes() == b"the new one"


def test_what_is_wrong_with_a_file_is_said(path: Path, tmp_path: Path) -> None:
    assert damage(path) == []
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 1")
    assert damage(path) == ["its version is not that of its contents"]
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP INDEX changes_stamp")
    assert damage(path) == ["its version is not that of its contents"]
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 2")
    assert damage(path) == ["changes_stamp is not defined as it should be"]
    (tmp_path / "text.sqlite").write_text("no database " * 100)
    assert damage(tmp_path / "text.sqlite") == ["file is not a database"]
    with pytest.raises(ArchiveDamaged):
        Database(tmp_path / "text.sqlite")


ROW: dict[str, object] = {
    "id": "c", "stamp": 1, "device": "d", "author": "a", "entity": "record", "entity_id": "r",
    "field": "title", "action": "set", "value": '"A"', "replaces": "[]", "saw": '["x"]',
    "batch": None, "undoes": None,
}  # fmt: skip


def test_a_row_of_the_log_is_a_change() -> None:
    assert read_change([ROW[name] for name in LOG_COLUMNS]) == Change(
        "c", 1, "d", "a", EntityKind.RECORD, "r", "title", Action.SET, "A", saw=frozenset("x")
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", None), ("id", ""), ("stamp", "1"), ("stamp", -1), ("stamp", (1 << 63) - 1),
        ("device", 7), ("author", b"a"), ("entity_id", "\udcff"), ("action", "sat"),
        ("value", "{"), ("value", None), ("value", "[" * 100_000), ("replaces", "{}"),
        ("replaces", "[1]"), ("saw", '"x"'), ("batch", 3), ("undoes", b""),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_no_change(column: str, value: object) -> None:
    with pytest.raises(UnreadableChange, match=column):
        read_change([(ROW | {column: value})[name] for name in LOG_COLUMNS])


def test_a_kind_that_is_not_known_is_told_apart_from_damage() -> None:
    with pytest.raises(UnknownKind):
        read_change([(ROW | {"entity": "costing"})[name] for name in LOG_COLUMNS])


def test_the_shapes_of_rows_are_those_of_the_schema(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        for table, columns in {**ORDER, "pages": COLUMNS_OF_PAGES}.items():
            defined = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
            assert tuple(defined) == columns
        defined = [row[1] for row in raw.execute("PRAGMA table_info(changes)")]
        assert tuple(defined) == ("sequence", *LOG_COLUMNS, "record_id")
        rows = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = {row[0] for row in rows if not row[0].startswith(("_", "sqlite_"))}
    # A table that is missing here would be lost where a database is salvaged.
    assert tables == {*ORDER, "pages", "changes", "archive", "imports", "queue", "prints"}
