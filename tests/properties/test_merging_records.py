"""Merging records: taken back it leaves all as it was, and offices that merge come to agree."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.records import DocumentRole
from tests.properties.offices import Office, Rows, give

TEXTS = ("", "α", "Lasst sie reden")
SINGLES: dict[str, tuple[Value, ...]] = {
    "title": ("a", "b"),
    "year": (1999, 2021),
    "access": ("public", "internal", {"level": "embargoed", "until": "2030-01-01"}),
    "author": (["Ana Silva"], ["Bo Ek", "Ana Silva"]),
    "design": ("RCT", "mixed", None),
    "overview": TEXTS,
    "contains_personal_data": ("yes", "no"),
    "other": ({"ris": {"M3": ["x"]}}, {"ris": {"M3": ["y"], "ZZ": ["z"]}, "table": {"Q": ["1"]}}),
}
CODED = frozenset({"design", "overview"})
SETS = {"tag": ("x", "y", "z"), "approach": ("mentoring", "sport"), "country": ("SE", "DE")}
PARTS: dict[EntityKind, dict[str, Value]] = {
    EntityKind.FINDING: {"outcome": "attitudes", "direction": "improved"},
    EntityKind.NOTE: {"text": "A note", "quote": "one"},
    EntityKind.APPRAISAL: {"scale": "SMS", "value": "3", "reason": "Compared"},
}
"""What parts say; a quote without a page may stand in any document."""

examples = settings(max_examples=15)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Give a folder for the databases of all examples."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def evident(draw: st.DrawFn, office: Office, record_id: str, value: Value) -> Value:
    """Return a value bare or with evidence on a page of one of the record's documents."""
    documents = office.records.get(record_id).documents
    if not documents or draw(st.booleans()):
        return value
    said: dict[str, Value] = {"value": value, "state": "reported", "quote": "one", "coder": "p"}
    if value is None:
        said["state"] = "not_reported"
    if draw(st.booleans()):
        said["page"] = draw(st.integers(1, 2))
    if draw(st.booleans()):
        said["document"] = draw(st.sampled_from([each.id for each in documents]))
    return said


def describe(draw: st.DrawFn, office: Office, ids: list[str]) -> None:
    """Let people say things of a record, also without hearing of each other."""
    record_id = draw(st.sampled_from(ids))
    verb = draw(st.sampled_from(["say", "say", "unseen", "put", "put", "out", "part", "relate"]))
    if verb in {"say", "unseen"}:
        name = draw(st.sampled_from(sorted(SINGLES)))
        value = draw(st.sampled_from(SINGLES[name]))
        if name in CODED:
            value = evident(draw, office, record_id, value)
        office.say(EntityKind.RECORD, record_id, name, value, unseen=verb == "unseen")
    elif verb in {"put", "out"}:
        name = draw(st.sampled_from(sorted(SETS)))
        value = draw(st.sampled_from((*SETS[name], None) if name != "tag" else SETS[name]))
        if verb == "out":
            office.take_out(record_id, name, value)
        elif name == "tag" or value is not None:
            office.put(
                record_id, name, value if name == "tag" else evident(draw, office, record_id, value)
            )
        else:
            office.put(record_id, name, {"value": None, "state": "not_reported"})
    elif verb == "relate":
        office.put(record_id, "related", draw(st.sampled_from(ids)))
    else:
        add_part(draw, office, record_id)


def add_part(draw: st.DrawFn, office: Office, record_id: str) -> None:
    kind = draw(st.sampled_from(sorted(PARTS)))
    documents = office.records.get(record_id).documents
    values = dict(PARTS[kind])
    if kind is EntityKind.APPRAISAL:
        finding = {**PARTS[EntityKind.FINDING]}
        values["finding"] = office.part(EntityKind.FINDING, record_id, finding)
        if draw(st.booleans()):
            office.bin(EntityKind.FINDING, str(values["finding"]))
    elif documents:
        values["page"] = draw(st.sampled_from([1, 2, None]))
        values["document"] = draw(st.sampled_from([None, *(each.id for each in documents)]))
    part_id = office.part(kind, record_id, values)
    if draw(st.integers(0, 3)) == 0:
        office.bin(kind, part_id)


@st.composite
def described(draw: st.DrawFn, folder: Path) -> tuple[Office, list[str]]:
    """Return an office with four records of which people said things."""
    office = Office(folder)
    shas = st.lists(st.sampled_from("abcd"), max_size=2, unique=True)
    ids = [office.add(f"Record {number}", draw(shas)).id for number in range(4)]
    for _ in range(draw(st.integers(0, 14))):
        describe(draw, office, ids)
    if draw(st.booleans()):
        office.duplicates.dismiss(draw(st.permutations(ids))[:2])
    return office, ids


def merge(data: st.DataObject, office: Office, ids: list[str]) -> str:
    """Merge some of the records, with any choices; return the batch."""
    draw = data.draw
    keep, *others = draw(st.permutations(ids))[: draw(st.integers(2, len(ids)))]
    plan = office.duplicates.preview(keep, others)
    chosen = {
        field.name: draw(st.sampled_from([keep, *field.said]))
        for field in plan.fields
        if not field.united and draw(st.booleans())
    }
    roles = {
        each.document.id: draw(st.sampled_from(list(DocumentRole)))
        for each in plan.documents
        if each.twin is None and draw(st.booleans())
    }
    done = office.duplicates.merge(keep, others, chosen, roles)
    kept = office.records.get(keep)
    hashes = {each.document.sha256 for each in plan.documents}
    assert {each.sha256 for each in kept.documents} == hashes
    assert len(kept.documents) == len(hashes)
    for name, source in chosen.items():
        held = office.log.state(EntityKind.RECORD, keep).fields.get(name)
        said = next(field.said for field in plan.fields if field.name == name).get(source, ())
        assert (
            [each.value for each in held.coded if each.value is not None]
            == [each.value for each in said if each.value is not None]
            if held is not None
            else not said
        )
    return done.batch


@examples
@given(data=st.data())
def test_a_merge_that_was_taken_back_leaves_all_as_it_was(
    folder: Path, data: st.DataObject
) -> None:
    office, ids = data.draw(described(folder))
    with closing(office):
        before = office.rows()
        assert office.problems() == []
        batch = merge(data, office, ids)
        merged = office.rows()
        assert merged != before
        assert office.problems() == []
        office.duplicates.undo_merge(batch)
        assert office.rows() == before
        assert office.problems() == []
        # And once more: what was brought back is in force again.
        again = merge(data, office, ids)
        office.duplicates.undo_merge(again)
        assert office.rows() == before


@examples
@given(data=st.data())
def test_merges_are_taken_back_one_after_the_other(folder: Path, data: st.DataObject) -> None:
    office, ids = data.draw(described(folder))
    with closing(office):
        states: list[Rows] = [office.rows()]
        batches: list[str] = []
        while len(ids) > 1 and len(batches) < 3:
            batches.append(merge(data, office, ids))
            ids = [one for one in ids if not office.records.get(one).deleted]
            states.append(office.rows())
        for batch in reversed(batches):
            states.pop()
            office.duplicates.undo_merge(batch)
            assert office.rows() == states[-1]
        assert office.problems() == []


@examples
@given(data=st.data(), chance=st.randoms(use_true_random=False))
def test_offices_that_merge_without_hearing_of_each_other_come_to_agree(
    folder: Path, data: st.DataObject, chance: random.Random
) -> None:
    first, ids = data.draw(described(folder))
    with closing(first), closing(Office(folder, "second")) as second:
        give(first.changes(), second)
        assert second.rows() == first.rows()
        for office in (first, second):
            batch = merge(data, office, ids)
            if data.draw(st.booleans()):
                office.duplicates.undo_merge(batch)
        news = [first.changes(), second.changes()]
        for taker, heard in ((first, news[1]), (second, news[0])):
            chance.shuffle(heard)
            for start in range(0, len(heard), 7):
                give(heard[start : start + 7], taker)
        assert first.rows() == second.rows()
        for office in (first, second):
            # Pages come to another office by another way, and what was moved to two places is told.
            assert office.differences() == []
            # Nothing is gone: every file is with a record that is not in the trash or is.
            assert {each.sha256 for each in office.records.files()} == {
                str(row[4]) for row in first.rows()["documents"]
            }
        # Whoever keeps a record says so: nobody's deletion takes both.
        assert any(not first.records.get(one).deleted for one in ids)


@settings(max_examples=15)
@given(data=st.data(), chance=st.randoms(use_true_random=False))
def test_a_merge_adds_up_in_whatever_order_its_changes_arrive(
    folder: Path, data: st.DataObject, chance: random.Random
) -> None:
    office, ids = data.draw(described(folder))
    with closing(office), closing(Office(folder, "late")) as late:
        merge(data, office, ids)
        heard = office.changes()
        chance.shuffle(heard)
        for change in heard:
            give([change], late)
        assert late.rows() == office.rows()
