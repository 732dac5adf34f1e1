"""Taking back: what an edit changed is as it was, whatever was edited, by whom, in which order."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.changes.change import LIFE, Action, Change
from desktop_app.domain.changes.coded import Coded, State
from desktop_app.domain.changes.edits import ChangedSince, undo
from desktop_app.domain.changes.merge import EntityState
from desktop_app.domain.changes.rules import FOUNDING
from tests.properties import steps
from tests.properties.replicas import (
    EVERYWHERE,
    EVIDENCE,
    KEYS,
    Focus,
    Key,
    Replica,
    Step,
    World,
    key_of,
)
from tests.properties.steps import worlds

Seen = tuple[Mapping[str, tuple[Coded, ...]], bool]


def seen(state: EntityState) -> Seen:
    """Return what a person sees: values with what was said of them; nothing said is not there."""
    said = {
        name: field.coded
        for name, field in state.fields.items()
        if name not in {LIFE, *FOUNDING} and any(coded.stored is not None for coded in field.coded)
    }
    return said, state.deleted


def take_back(world: World, replica: Replica, change: Change) -> None:
    """Undo a change that was just made, but for what makes an entity be there at all."""
    if change.field in FOUNDING and not change.replaces:
        return
    same = [c for c in replica.known.values() if key_of(c) == key_of(change)]
    known = {c.id: c for c in same if c.field == change.field}
    back = undo(replica.origin, replica.state(key_of(change)), change, known)
    assert back is not None
    assert back.undoes == change.id
    world.take(replica, [back])


def as_it_was(world: World, replica: Replica, step: Step) -> None:
    """Let a step happen and take all of it back: everything is as it was seen before."""
    before: dict[Key, Seen] = {key: seen(replica.state(key)) for key in KEYS}
    made = world.do(step)
    for change in reversed(made):
        take_back(world, replica, change)
    assert {key: seen(replica.state(key)) for key in KEYS} == before


@settings(max_examples=100)
@given(world=worlds(longest=25), data=st.data())
def test_an_edit_that_was_taken_back_leaves_all_as_it_was(
    world: World, data: st.DataObject
) -> None:
    step = data.draw(steps.edits(world.focus))
    replica = world.at(step.device)
    if replica.state(step.key).deleted:
        return  # Who edits what lies in the trash wants it out of there.
    as_it_was(world, replica, step)


@settings(max_examples=60)
@given(world=worlds(longest=25), data=st.data())
def test_a_deletion_that_was_taken_back_leaves_all_as_it_was(
    world: World, data: st.DataObject
) -> None:
    step = data.draw(steps.turns(world.focus))
    replica = world.at(step.device)
    state = replica.state(step.key)
    held = state.fields.get(LIFE)
    if step.other and held is not None and not state.deleted:
        return  # Keeping for good what was in dispute: there was no state of rest to go back to.
    as_it_was(world, replica, step)


@settings(max_examples=60)
@given(world=worlds(longest=25), data=st.data())
def test_what_was_taken_back_can_be_brought_again(world: World, data: st.DataObject) -> None:
    """Undo of an undo: what the edit said is there again."""
    step = data.draw(steps.edits(world.focus))
    replica = world.at(step.device)
    made = world.do(step)
    if len(made) != 1:
        return
    after = seen(replica.state(step.key))
    if made[0].field in FOUNDING:
        return
    take_back(world, replica, made[0])
    (back,) = (c for c in replica.known.values() if c.undoes == made[0].id)
    take_back(world, replica, back)
    assert seen(replica.state(step.key)) == after


@settings(max_examples=60)
@given(world=worlds(longest=15), data=st.data())
def test_edits_are_taken_back_one_after_the_other(world: World, data: st.DataObject) -> None:
    """Whoever takes back the last edit, then the one before it, and so on, is where it began."""
    replica = world.at(0)
    if any(replica.state(key).deleted for key in KEYS):
        return
    before = {key: seen(replica.state(key)) for key in KEYS}
    made: list[Change] = []
    for step in data.draw(st.lists(steps.edits(world.focus), min_size=2, max_size=8)):
        made += world.do(replace(step, device=0))
    for change in reversed(made):
        take_back(world, replica, change)
    assert {key: seen(replica.state(key)) for key in KEYS} == before


@pytest.mark.parametrize("key", KEYS[2:])
def test_what_makes_an_entity_be_there_is_not_taken_back(key: Key) -> None:
    """A document without its file loses its pages, a note without its record is seen nowhere."""
    world = World([0], EVERYWHERE)
    replica = world.replicas[0]
    founding = [change for change in world.do(Step("found", 0, key)) if change.field in FOUNDING]
    assert founding
    for change in founding:
        known = {change.id: change}
        assert undo(replica.origin, replica.state(key), change, known) is None


@settings(max_examples=60)
@given(world=worlds(longest=40))
def test_a_purge_is_never_taken_back(world: World) -> None:
    for replica in world.replicas:
        for change in list(replica.known.values()):
            state = replica.state(key_of(change))
            if not state.purged:
                continue
            known = {c.id: c for c in replica.known.values() if c.field == change.field}
            assert undo(replica.origin, state, change, known) is None
            assert change.action is not Action.PURGE or state.deleted


def test_an_element_taken_out_comes_back_with_its_evidence() -> None:
    world, key = World([0, 0], Focus(KEYS[:1])), KEYS[0]
    evident = Coded("mentoring", State.REPORTED, EVIDENCE[0]).stored
    world.do(Step("add", 0, key, "approach", evident))
    (removal,) = world.do(Step("remove", 0, key, "approach", "mentoring"))
    take_back(world, world.replicas[0], removal)
    assert seen(world.replicas[0].state(key))[0]["approach"][0].stored == evident


def test_taking_back_other_evidence_leaves_the_element_and_not_the_empty_set() -> None:
    """Another device said meanwhile that there is none, and its clock is ahead."""
    world, key = World([0, 10**6], Focus(KEYS[:1])), KEYS[0]
    first = Coded("mentoring", State.REPORTED, EVIDENCE[0]).stored
    world.do(Step("add", 0, key, "approach", first))
    world.do(Step("list", 1, key, "approach", other=1))
    world.do(Step("exchange", 1, other=0))
    second = Coded("mentoring", State.REPORTED, EVIDENCE[1]).stored
    (addition,) = world.do(Step("add", 0, key, "approach", second))
    assert len(addition.replaces) == 2
    take_back(world, world.replicas[0], addition)
    assert seen(world.replicas[0].state(key))[0]["approach"][0].stored == first


def test_the_one_before_the_last_is_taken_back_after_the_last() -> None:
    world, key = World([0], Focus(KEYS[:1])), KEYS[0]
    replica = world.replicas[0]
    (first,) = world.do(Step("say", 0, key, "title", "a"))
    (second,) = world.do(Step("say", 0, key, "title", "b"))
    with pytest.raises(ChangedSince):
        take_back(world, replica, first)
    take_back(world, replica, second)
    take_back(world, replica, first)
    assert replica.state(key).value("title") is None


def test_a_tag_put_on_and_off_is_gone_after_both_were_taken_back() -> None:
    world, key = World([0], Focus(KEYS[:1])), KEYS[0]
    replica = world.replicas[0]
    (addition,) = world.do(Step("add", 0, key, "tag", "x"))
    (removal,) = world.do(Step("remove", 0, key, "tag", "x"))
    take_back(world, replica, removal)
    assert replica.state(key).value("tag") == ("x",)
    take_back(world, replica, addition)
    assert replica.state(key).value("tag") == ()
