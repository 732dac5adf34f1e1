"""The tables are the sum of the log: in whatever order and however often its changes arrive."""

import random
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database as Connection

from desktop_app.domain.changes.change import Action, Change, EntityKind
from desktop_app.domain.changes.merge import merge_entity
from desktop_app.store.changes import ChangeLog, apply, state_of
from desktop_app.store.database import Database
from desktop_app.store.migrations import migrations
from desktop_app.store.records import Records
from desktop_app.store.sums import TABLES
from tests.properties.replicas import (
    EVERYWHERE,
    KEYS,
    SETS,
    SINGLES,
    Step,
    World,
    key_of,
)
from tests.properties.steps import worlds

Rows = dict[str, list[tuple[object, ...]]]


def empty_tables() -> Connection:
    """Return a database in memory as an archive's is."""
    connection = Connection(memory=True)
    connection.execute("PRAGMA foreign_keys = ON")
    migrations.apply(connection)
    return connection


def rows(connection: Connection) -> Rows:
    """Return what stands in all tables that are sums, in the log, and in the index queue."""
    found: Rows = {
        table: list(connection.execute(f"SELECT * FROM {table} ORDER BY id"))
        for table, _ in TABLES.values()
    }
    columns = [
        column.name for column in connection.table("changes").columns if column.name != "sequence"
    ]
    # Which record a change was of that came after a purge can't be told from what was wiped.
    columns[columns.index("record_id")] = (
        "CASE WHEN entity_id IN (SELECT entity_id FROM changes WHERE action = 'purge')"
        " THEN NULL ELSE record_id END"
    )
    found["changes"] = list(
        connection.execute(f"SELECT {', '.join(columns)} FROM changes ORDER BY id")
    )
    return found


def delivered(batches: Sequence[Sequence[Change]]) -> Rows:
    """Return the tables after these deliveries."""
    connection = empty_tables()
    for batch in batches:
        apply(connection, batch)
        connection.conn.commit()
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    found = rows(connection)
    connection.close()
    return found


def shuffled(world: World, chance: random.Random) -> list[list[Change]]:
    """Return all changes of a world twice, out of order, in batches of any size."""
    everything = [*world.everything.values()] * 2
    chance.shuffle(everything)
    batches = []
    while everything:
        size = chance.randint(1, 12)
        batches.append(everything[:size])
        everything = everything[size:]
    return batches


@settings(max_examples=40)
@given(world=worlds(), chance=st.randoms(use_true_random=False))
def test_any_order_of_arrival_makes_the_same_tables(world: World, chance: random.Random) -> None:
    ordered = delivered([[change] for change in world.everything.values()])
    assert delivered([list(world.everything.values())]) == ordered
    assert delivered(shuffled(world, chance)) == ordered
    assert delivered(shuffled(world, chance)) == ordered


@settings(max_examples=40)
@given(world=worlds(), chance=st.randoms(use_true_random=False))
def test_parts_may_come_before_what_they_are_of(world: World, chance: random.Random) -> None:
    """Documents, findings and notes first, records last; the tables are the same."""
    for key in KEYS[2:]:
        world.do(Step("found", 0, key))
    everything = list(world.everything.values())
    chance.shuffle(everything)
    late = sorted(everything, key=lambda change: change.entity is EntityKind.RECORD)
    assert delivered([[change] for change in late]) == delivered([everything])


@settings(max_examples=40)
@given(world=worlds(), chance=st.randoms(use_true_random=False))
def test_the_log_adds_up_to_what_was_put_in(world: World, chance: random.Random) -> None:
    """What is read from the log is what went in, but for what a purge wiped."""
    connection = empty_tables()
    for batch in shuffled(world, chance):
        apply(connection, batch)
    for key in KEYS:
        mine = [change for change in world.everything.values() if key_of(change) == key]
        wanted = merge_entity(*key, mine)
        found = state_of(connection, *key)
        assert found.purged == wanted.purged
        assert found.deleted == wanted.deleted
        if not wanted.purged:
            assert found == wanted
    connection.close()


@settings(max_examples=40)
@given(world=worlds(), chance=st.randoms(use_true_random=False))
def test_a_purge_leaves_no_value_in_whatever_order_it_arrives(
    world: World, chance: random.Random
) -> None:
    for record in KEYS[:2]:
        replica = world.at(0)
        replica.known |= world.everything
        world.do(Step("turn", 0, record))
        world.do(Step("purge", 0, record))
    purged = {
        key_of(change) for change in world.everything.values() if change.action is Action.PURGE
    }
    found = delivered(shuffled(world, chance))
    for kind, entity_id in purged:
        table = TABLES[kind][0]
        assert all(row[0] != entity_id for row in found[table])
    connection = empty_tables()
    for batch in shuffled(world, chance):
        apply(connection, batch)
    for kind, entity_id in purged:
        said = connection.execute(
            "SELECT DISTINCT value FROM changes WHERE entity = ? AND entity_id = ?",
            [kind, entity_id],
        ).fetchall()
        assert said == [("null",)]
    connection.close()


@pytest.fixture(scope="module")
def log() -> Iterator[tuple[Records, ChangeLog]]:
    """Give the log of a database on the disk, for all examples together."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.sqlite"
        Database.create(path, lambda database: None)
        database = Database(path)
        yield Records(database), ChangeLog(database)
        database.close()


_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), inner)
    ),
    max_leaves=8,
)
_ids = st.uuids().map(lambda found: found.hex)


@settings(max_examples=40)
@given(
    change=st.builds(
        Change,
        id=st.just(""),
        stamp=st.integers(0, 2**63 - 1),
        device=st.text("abc0", min_size=1),
        author=st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
        entity=st.sampled_from([EntityKind.BUNDLE, EntityKind.RECORD, EntityKind.NOTE]),
        entity_id=_ids,
        field=st.sampled_from(["title", "tag", "overview", "of_a_later_release", "text"]),
        action=st.sampled_from([Action.SET, Action.ADD, Action.REMOVE]),
        value=_values,
        replaces=st.frozensets(_ids, max_size=4),
        saw=st.frozensets(_ids, max_size=4),
        group=st.none() | _ids,
        undoes=st.none() | _ids,
    )
)
def test_a_change_comes_back_from_the_log_as_it_went_in(
    log: tuple[Records, ChangeLog], change: Change
) -> None:
    records, changes = log
    change = replace(change, id=uuid.uuid4().hex)  # Hypothesis tries its ids more than once.
    records.apply([change])
    assert changes.get(change.id) == change
    records.apply([change])
    assert changes.get(change.id) == change


def _some_step(chance: random.Random) -> Step:
    """Return any step but a purge."""
    device, other = chance.randrange(3), chance.randrange(3)
    verb = chance.choice(("say", "say", "say", "add", "add", "remove", "turn", "undo", "exchange"))
    if verb in {"say", "add", "remove"}:
        fields = SINGLES if verb == "say" else SETS
        key, name = chance.choice(EVERYWHERE.places(fields))
        return Step(verb, device, key, name, chance.choice(fields[key[0]][name]))
    return Step(verb, device, chance.choice(KEYS), other=other)


def test_two_archives_that_hear_of_all_in_another_order_hold_the_same(tmp_path: Path) -> None:
    """On the disk, through the door that edits go through, with hundreds of changes."""
    world = World([0, -86_400_000, 86_400_000], EVERYWHERE)
    chance = random.Random(2)
    for key in KEYS:
        world.do(Step("found", 0, key))
    for _ in range(500):
        world.do(_some_step(chance))
    databases = []
    for number in range(2):
        path = tmp_path / f"{number}.sqlite"
        Database.create(path, lambda database: None)
        databases.append(Database(path))
        for batch in shuffled(world, chance):
            Records(databases[-1]).apply(batch)
    first, second = (rows(database.connection) for database in databases)
    assert first == second
    assert len(first["changes"]) == len(world.everything)
    assert all(first[table] for table, _ in TABLES.values())
    for database in databases:
        assert database.problems() == []
        database.close()
