"""Prints in the database: near ones are found, and they follow their documents."""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from desktop_app.domain.operations import run_to_end
from desktop_app.domain.records import Page
from desktop_app.domain.text_print import TextPrint, text_print
from desktop_app.store.compacting import vacuum
from desktop_app.store.database import Database
from desktop_app.store.mending import Rows
from desktop_app.store.migrations import SCHEMA_MAJOR, migrations
from desktop_app.store.prints import Prints
from desktop_app.store.records import Records
from desktop_app.store.salvage import Salvage
from tests.samples import make_record, store_record

WORDS = [f"word{number}" for number in range(3000)]


def words(seed: int, changed: int = 0) -> str:
    chance = random.Random(seed)
    found = chance.choices(WORDS, k=2000)
    for place in chance.sample(range(len(found)), changed):
        found[place] = f"changed{place}"
    return " ".join(found)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    Database.create(tmp_path / "archive.sqlite", lambda _: None)
    opened = Database(tmp_path / "archive.sqlite")
    yield opened
    opened.close()


def add(database: Database, *texts: str) -> list[str]:
    """Store a record with a document for each text; return the ids of the documents."""
    found = []
    for text in texts:
        record, pages = make_record("A record", (text,))
        store_record(Records(database), record, pages)
        found.append(record.documents[0].id)
    return found


def put(prints: Prints, ids: Sequence[str], *texts: str) -> None:
    prints.put_many({one: text_print([text]) for one, text in zip(ids, texts, strict=True)})


def test_near_texts_are_found_the_best_first(database: Database) -> None:
    texts = (words(1), words(1, 20), words(1, 60), words(2))
    ids = add(database, *texts)
    prints = Prints(database)
    assert prints.near(text_print([texts[0]]), 0.5) == []
    put(prints, ids, *texts)
    found = prints.near(text_print([texts[0]]), 0.5)
    assert [one for one, _ in found] == ids[:3]
    assert found[0][1] == 1.0 > found[1][1] > found[2][1] >= 0.5
    assert [one for one, _ in prints.near(text_print([texts[0]]), 0.95)] == ids[:1]
    assert {frozenset(pair[:2]) for pair in prints.pairs(0.5)} == {
        frozenset((ids[0], ids[1])), frozenset((ids[0], ids[2])), frozenset((ids[1], ids[2])),
    }  # fmt: skip
    assert prints.near(TextPrint(), 0.5) == []


def test_a_run_that_thousands_have_in_common_hides_nothing(database: Database) -> None:
    """The smallest hashes of all are those of the imprint that all reports share."""
    imprint = tuple(range(1, 4))
    chance = random.Random(5)
    made = [
        TextPrint((*imprint, *sorted(chance.randrange(10, 2**60) for _ in range(125))))
        for _ in range(40)
    ]
    ids = add(database, *["text"] * 41)
    prints = Prints(database)
    prints.put_many(dict(zip(ids, [*made, made[7]], strict=True)))
    assert {one for one, _ in prints.near(made[7], 0.7)} == {ids[7], ids[40]}


def test_what_others_write_is_seen(database: Database, tmp_path: Path) -> None:
    ids = add(database, "a", "b", "c")
    ours, other = Prints(database), Prints(other_database := Database(tmp_path / "archive.sqlite"))
    put(ours, ids[:1], words(1))
    wanted = text_print([words(1)])
    assert [one for one, _ in ours.near(wanted, 0.7)] == ids[:1]
    put(other, ids[1:], words(1), words(3))
    assert {one for one, _ in ours.near(wanted, 0.7)} == {*ids[:2]}
    # A document that was read again has another print, under its old name.
    put(other, ids[1:2], words(4))
    assert [one for one, _ in ours.near(wanted, 0.7)] == ids[:1]
    assert [one for one, _ in ours.near(text_print([words(4)]), 0.7)] == ids[1:2]
    # Compacting may number the rows anew.
    vacuum(other_database)
    put(other, ids[2:], words(1))
    assert {one for one, _ in ours.near(wanted, 0.7)} == {ids[0], ids[2]}
    other_database.close()


def test_a_print_goes_with_its_document(database: Database) -> None:
    ids = add(database, "a", "b")
    prints = Prints(database)
    put(prints, ids, words(1), words(1))
    with database.transaction() as connection:
        connection.execute("DELETE FROM documents WHERE id = ?", [ids[0]])
    assert [one for one, _ in prints.near(text_print([words(1)]), 0.7)] == ids[1:]
    prints.put(ids[0], text_print([words(1)]))  # Purged meanwhile: there is nothing to keep.
    assert [one for one, _ in prints.near(text_print([words(1)]), 0.7)] == ids[1:]


def test_missing_are_documents_without_a_print_of_this_kind(database: Database) -> None:
    ids = add(database, "a", "b", "c")
    prints = Prints(database)
    assert prints.missing() == ids
    put(prints, ids[:2], words(1), "too short")
    assert prints.missing() == ids[2:]
    assert prints.get(ids[0]) == text_print([words(1)])
    assert not prints.get(ids[1])
    assert not prints.get(ids[2])
    with database.transaction() as connection:
        connection.execute(
            "UPDATE prints SET print = ? WHERE document_id = ?", [b"\x02later", ids[0]]
        )
    assert prints.missing() == [ids[0], ids[2]]


def test_a_document_that_is_read_again_needs_a_new_print(database: Database) -> None:
    (document_id,) = add(database, words(1))
    prints = Prints(database)
    put(prints, [document_id], words(1))
    Records(database).reread(document_id, [], [Page(1, "1", "other words")])
    assert prints.missing() == [document_id]
    assert prints.near(text_print([words(1)]), 0.7) == []


def test_a_broken_print_is_passed_over(database: Database) -> None:
    ids = add(database, "a", "b")
    prints = Prints(database)
    put(prints, ids, words(1), words(1))
    with database.transaction() as connection:
        connection.execute("UPDATE prints SET print = x'01ff' WHERE document_id = ?", [ids[0]])
    again = Prints(database)
    assert [one for one, _ in again.near(text_print([words(1)]), 0.7)] == ids[1:]
    assert again.pairs(0.7) == []


def test_a_repair_leaves_prints_to_be_made_again(database: Database, tmp_path: Path) -> None:
    ids = add(database, "a", "b")
    put(Prints(database), ids, words(1), words(2))
    with database.transaction() as connection:
        connection.execute("INSERT INTO archive VALUES ('id', 'x')")
    database.close()
    salvage = Salvage([tmp_path / "archive.sqlite"], lambda _: True)
    run_to_end(salvage.read())
    saved = run_to_end(salvage.write(tmp_path / "new.sqlite", "Name"))
    assert (saved.documents, saved.unreadable_rows, saved.left_out) == (2, 0, 0)
    again = Database(tmp_path / "new.sqlite")
    assert set(Prints(again).missing()) == set(ids)
    again.close()


def test_prints_of_nothing_are_removed_by_a_repair(database: Database) -> None:
    ids = add(database, "a")
    prints = Prints(database)
    put(prints, ids, words(1))
    raw = sqlite3.connect(database.path)
    raw.execute("INSERT INTO prints VALUES ('nobody', x'01')")
    raw.commit()
    raw.close()
    assert database.problems()
    Rows(database, lambda _: True).remove_orphans()
    assert database.problems() == []
    assert prints.missing() == []


def test_earlier_releases_can_live_with_the_table(database: Database) -> None:
    """The major version says whether they can; they see a change of the schema they don't know."""
    assert SCHEMA_MAJOR == 2
    assert database.connection.execute("PRAGMA user_version").fetchone()[0] == 2
    assert migrations.applied(database.connection)[-1].name == "m0003_prints"
