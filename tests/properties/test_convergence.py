"""Devices with skewed clocks edit, sync in any order, and end the same, with nothing lost."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop_app.domain.changes.change import Change, EntityKind
from desktop_app.domain.changes.clock import HybridClock
from desktop_app.domain.changes.edits import (
    ChangedSince,
    Origin,
    add_element,
    delete,
    remove_element,
    restore,
    set_value,
    undo,
)
from desktop_app.domain.changes.merge import EntityState, merge_entity

ENTITIES = ("r1", "r2")
PLAIN = ("title", "year", "access")
TEXTS = ("overview", "lessons")
LEVELS = ("public", "partner", "internal", "embargoed")

devices = st.integers(0, 4)
entities = st.sampled_from(ENTITIES)


class Replica:
    """A device: what it knows, and its own wrong clock."""

    def __init__(self, number: int, skew_ms: int) -> None:
        self.now_ms = 1_700_000_000_000 + skew_ms
        clock = HybridClock(now_ms=lambda: self.now_ms)
        ids = (f"{number}-{count}" for count in range(1_000_000))
        self.origin = Origin(f"d{number}", f"p{number}", clock, new_id=lambda: next(ids))
        self.known: dict[str, Change] = {}

    def state(self, entity: str) -> EntityState:
        mine = [change for change in self.known.values() if change.entity_id == entity]
        return merge_entity(EntityKind.RECORD, entity, mine)


class Archive(RuleBasedStateMachine):
    """Three to five replicas of one archive."""

    @initialize(skews=st.lists(st.integers(-(10**10), 10**10), min_size=3, max_size=5))
    def begin(self, skews: list[int]) -> None:
        self.replicas = [Replica(number, skew) for number, skew in enumerate(skews)]
        self.texts: list[Change] = []

    def _at(self, device: int) -> Replica:
        replica = self.replicas[device % len(self.replicas)]
        replica.now_ms += 1
        return replica

    @rule(device=devices, entity=entities, field=st.sampled_from(PLAIN), value=st.data())
    def edit(self, device: int, entity: str, field: str, value: st.DataObject) -> None:
        replica = self._at(device)
        chosen = value.draw(st.sampled_from(LEVELS if field == "access" else ("a", "b", "c")))
        change = set_value(replica.origin, replica.state(entity), field, chosen)
        if change is not None:
            replica.known[change.id] = change
        # One's own edit is always what one sees.
        assert replica.state(entity).value(field) == chosen

    @rule(device=devices, entity=entities, field=st.sampled_from(TEXTS), text=st.text(max_size=3))
    def write(self, device: int, entity: str, field: str, text: str) -> None:
        replica = self._at(device)
        change = set_value(replica.origin, replica.state(entity), field, text)
        if change is not None:
            replica.known[change.id] = change
            self.texts.append(change)
        assert replica.state(entity).value(field) == text

    @rule(device=devices, entity=entities, tag=st.sampled_from("abc"), there=st.booleans())
    def tag(self, device: int, entity: str, tag: str, there: bool) -> None:
        replica = self._at(device)
        make = add_element if there else remove_element
        change = make(replica.origin, replica.state(entity), "tag", tag)
        if change is not None:
            replica.known[change.id] = change
        assert (tag in replica.state(entity).fields["tag"].elements) == there if change else True

    @rule(device=devices, entity=entities, gone=st.booleans())
    def bin(self, device: int, entity: str, gone: bool) -> None:
        replica = self._at(device)
        change = (delete if gone else restore)(replica.origin, replica.state(entity))
        if change is not None:
            replica.known[change.id] = change
            assert replica.state(entity).deleted == gone

    @precondition(lambda self: any(replica.known for replica in self.replicas))
    @rule(device=devices, data=st.data())
    def take_back(self, device: int, data: st.DataObject) -> None:
        replica = self._at(device)
        if not replica.known:
            return
        chosen = replica.known[data.draw(st.sampled_from(sorted(replica.known)))]
        try:
            state = replica.state(chosen.entity_id)
            change = undo(replica.origin, state, chosen, replica.known)
        except ChangedSince:
            return
        if change is not None:
            replica.known[change.id] = change

    @rule(giver=devices, taker=devices, data=st.data())
    def deliver(self, giver: int, taker: int, data: st.DataObject) -> None:
        """Some changes arrive, in any order, some of them again, some before their causes."""
        source = list(self._at(giver).known.values())
        if not source:
            return
        for change in data.draw(st.lists(st.sampled_from(source), max_size=12)):
            self._at(taker).known[change.id] = change

    @invariant()
    def no_text_is_lost(self) -> None:
        """A text is current, superseded by a named later change, or one of several versions."""
        everything: dict[str, Change] = {}
        for replica in self.replicas:
            everything |= replica.known
        for text in self.texts:
            state = merge_entity(
                EntityKind.RECORD,
                text.entity_id,
                [c for c in everything.values() if c.entity_id == text.entity_id],
            )
            field = state.fields[text.field]
            superseded = any(text.id in c.replaces and c.author for c in everything.values())
            assert text in field.current or superseded
            if text in field.current and field.disputed:
                assert any(text in conflict.versions for conflict in state.conflicts)

    def teardown(self) -> None:
        """Everybody gets everything, each in another order: all end the same."""
        everything = [c for replica in self.replicas for c in replica.known.values()]
        for number, replica in enumerate(self.replicas):
            order = everything[number:] + everything[:number]
            replica.known.update({change.id: change for change in reversed(order)})
        for entity in ENTITIES:
            states = [replica.state(entity) for replica in self.replicas]
            assert all(state == states[0] for state in states)


Archive.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestConvergence = Archive.TestCase
