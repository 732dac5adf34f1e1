"""Devices with skewed clocks edit, sync in any order, and end the same, with nothing lost."""

import random
from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from desktop_app.domain.changes.change import LIFE, Action, Change
from desktop_app.domain.changes.coded import read_coded
from desktop_app.domain.changes.merge import merge_entity
from desktop_app.domain.changes.rules import MergeRule, rule_of
from tests.properties import steps
from tests.properties.replicas import KEYS, SINGLES, Focus, Key, Step, World, key_of
from tests.properties.steps import worlds


def by_key(changes: Iterable[Change]) -> dict[Key, list[Change]]:
    """Return changes by what they are about."""
    found: dict[Key, list[Change]] = {}
    for change in changes:
        found.setdefault(key_of(change), []).append(change)
    return found


def is_curated(change: Change) -> bool:
    """Return whether a change brings words that a person wrote, or evidence that one found."""
    rule = rule_of(change.entity, change.field)
    evident = read_coded(change.value).evidence is not None
    return (
        change.field != LIFE
        and change.action is not Action.REMOVE
        and (rule is MergeRule.CURATED or evident)
    )


class Archive(RuleBasedStateMachine):
    """Three to five replicas of one archive; each step asserts that its author sees it."""

    @initialize(skews=steps.skews, focus=steps.focuses)
    def begin(self, skews: list[int], focus: Focus) -> None:
        self.world = World(skews, focus)

    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        self.world.do(data.draw(steps.edits(self.world.focus)))

    @rule(data=st.data())
    def edit_again(self, data: st.DataObject) -> None:
        self.world.do(data.draw(steps.edits(self.world.focus)))

    @rule(data=st.data())
    def delete_or_restore(self, data: st.DataObject) -> None:
        self.world.do(data.draw(steps.turns(self.world.focus)))

    @rule(step=steps.purges)
    def purge(self, step: Step) -> None:
        self.world.do(step)

    @rule(step=steps.undos)
    def undo(self, step: Step) -> None:
        self.world.do(step)

    @rule(step=steps.deliveries)
    def deliver(self, step: Step) -> None:
        self.world.do(step)

    @rule(step=steps.exchanges)
    def exchange(self, step: Step) -> None:
        self.world.do(step)

    @rule(step=steps.jumps)
    def set_the_clock(self, step: Step) -> None:
        self.world.do(step)

    @invariant()
    def nothing_is_replaced_unseen(self) -> None:
        for change in self.world.everything.values():
            assert change.replaces <= self.world.knew[change.id]
            assert change.saw <= self.world.knew[change.id]
            causes = [self.world.everything[found].stamp for found in change.replaces]
            assert change.stamp > max(causes, default=-1)

    @invariant()
    def stamps_of_a_device_grow(self) -> None:
        for replica in self.world.replicas:
            mine = [c for c in replica.known.values() if c.device == replica.origin.device]
            assert len({change.stamp for change in mine}) == len(mine)

    @invariant()
    def no_text_is_lost(self) -> None:
        """What a person wrote is current, superseded by one who saw it, or one of versions.

        Only a purge takes it away. And nobody deletes what somebody edits at the same time without
        a person being asked.
        """
        everything = list(self.world.everything.values())
        replaced = frozenset[str]().union(*(change.replaces for change in everything))
        for key, mine in by_key(everything).items():
            state = merge_entity(*key, mine)
            assert state.purged == any(change.action is Action.PURGE for change in mine)
            if state.purged:
                continue
            for change in filter(is_curated, mine):
                field = state.fields[change.field]
                assert change in field.current or change.id in replaced
                if change in field.current and field.disputed:
                    assert any(change in conflict.versions for conflict in state.conflicts)
            if state.deleted:
                seen = frozenset[str]().union(*(c.saw for c in state.fields[LIFE].current))
                assert state.heads <= seen

    def teardown(self) -> None:
        """Everybody gets everything, each in another order: all end the same."""
        for number, replica in enumerate(self.world.replicas):
            order = list(self.world.everything.values())
            random.Random(number).shuffle(order)
            replica.known = {change.id: change for change in order}
        for key in KEYS:
            states = [replica.state(key) for replica in self.world.replicas]
            assert all(state == states[0] for state in states)


Archive.TestCase.settings = settings(max_examples=50, stateful_step_count=40, deadline=None)
TestConvergence = Archive.TestCase


@settings(max_examples=40)
@given(world=worlds(), data=st.data())
def test_merging_is_idempotent_commutative_and_associative(
    world: World, data: st.DataObject
) -> None:
    """The union of known changes is all that counts, however it came about."""
    everything = list(world.everything.values())
    parts = [
        data.draw(st.lists(st.sampled_from(everything), max_size=20)) if everything else []
        for _ in range(3)
    ]
    for key in KEYS:
        first, second, third = ([c for c in part if key_of(c) == key] for part in parts)
        merged = merge_entity(*key, [*first, *second, *third])
        assert merge_entity(*key, [*third, *first, *second]) == merged
        assert merge_entity(*key, reversed([*first, *second, *third])) == merged
        known: dict[str, Change] = {}
        for arriving in (second, third, first, second):
            known |= {change.id: change for change in arriving}
        assert merge_entity(*key, known.values()) == merged


@settings(max_examples=40)
@given(world=worlds())
def test_a_change_that_all_have_seen_settles_every_dispute(world: World) -> None:
    """One who knows everything says it once more: nothing is in dispute any longer."""
    replica = world.replicas[0]
    replica.known |= world.everything
    for key in KEYS:
        if not replica.there(key):
            continue
        for name in SINGLES[key[0]]:
            world.do(Step("say", 0, key, name, SINGLES[key[0]][name][0]))
        world.do(Step("turn", 0, key, other=1))
        assert not replica.state(key).conflicts
