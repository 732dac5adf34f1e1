"""The merge table, row by row."""

import pytest

from desktop_app.domain.changes.change import Action, Change, EntityKind, Value
from desktop_app.domain.changes.clock import (
    COUNTER_BITS,
    LATEST_FOREIGN,
    HybridClock,
    stamp_ms,
)
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
from desktop_app.domain.changes.merge import ConflictKind, EntityState, merge_entity

RECORD = "r1"


class Office:
    """A device with the changes it knows."""

    def __init__(self, name: str, now_ms: int = 1_000_000) -> None:
        self.now_ms = now_ms
        self.origin = Origin(name, f"person of {name}", HybridClock(now_ms=lambda: self.now_ms))
        self.changes: dict[str, Change] = {}

    @property
    def state(self) -> EntityState:
        return merge_entity(EntityKind.RECORD, RECORD, self.changes.values())

    def keep(self, change: Change | None) -> Change:
        assert change is not None
        self.changes[change.id] = change
        return change

    def set(self, field: str, value: Value) -> Change:
        return self.keep(set_value(self.origin, self.state, field, value))

    def meet(self, other: "Office") -> None:
        self.changes = self.changes | other.changes
        other.changes = dict(self.changes)


def is_deleted(office: Office) -> bool:
    return office.state.deleted


@pytest.fixture
def offices() -> tuple[Office, Office]:
    return Office("malmo"), Office("amman")


def test_an_edit_replaces_what_its_author_saw(offices: tuple[Office, Office]) -> None:
    here, there = offices
    here.set("title", "Draft")
    here.meet(there)
    there.now_ms = 5  # a clock years behind
    there.set("title", "Final")
    here.meet(there)
    assert here.state.value("title") == "Final"
    assert here.state.conflicts == ()


def test_two_offices_at_once_make_two_versions_of_a_plain_field(
    offices: tuple[Office, Office],
) -> None:
    here, there = offices
    here.set("year", 2020)
    there.now_ms += 1
    there.set("year", 2021)
    here.meet(there)
    assert here.state.value("year") == 2021
    conflict = here.state.conflicts[0]
    assert (conflict.kind, conflict.field) == (ConflictKind.VERSIONS, "year")
    assert [change.value for change in conflict.versions] == [2021, 2020]
    here.set("year", 2020)
    assert here.state.value("year") == 2020
    assert here.state.conflicts == ()


def test_the_same_value_twice_is_no_dispute(offices: tuple[Office, Office]) -> None:
    here, there = offices
    here.set("year", 2020)
    there.set("year", 2020)
    here.meet(there)
    assert here.state.conflicts == ()
    assert set_value(here.origin, here.state, "year", 2020) is None


def test_curated_text_is_kept_in_both_versions(offices: tuple[Office, Office]) -> None:
    here, there = offices
    here.set("overview", "It worked.")
    there.set("overview", "It did not.")
    here.meet(there)
    conflict = here.state.conflicts[0]
    assert conflict.kind is ConflictKind.CURATED_TEXT
    assert {change.value for change in conflict.versions} == {"It worked.", "It did not."}


def test_an_addition_wins_over_a_removal_that_did_not_see_it(
    offices: tuple[Office, Office],
) -> None:
    here, there = offices
    here.keep(add_element(here.origin, here.state, "tag", "june"))
    here.meet(there)
    here.keep(remove_element(here.origin, here.state, "tag", "june"))
    there.keep(add_element(there.origin, there.state, "tag", "school"))
    there.keep(
        Change("again", 9 << 40, "amman", "x", EntityKind.RECORD, RECORD, "tag", Action.ADD, "june")
    )
    here.meet(there)
    assert here.state.value("tag") == ("june", "school")
    here.keep(remove_element(here.origin, here.state, "tag", "june"))
    assert here.state.value("tag") == ("school",)


def test_the_most_restrictive_access_level_wins(offices: tuple[Office, Office]) -> None:
    here, there = offices
    here.set("access", "partner")
    here.meet(there)
    here.set("access", "internal")
    there.now_ms += 10_000
    there.set("access", "public")
    here.meet(there)
    assert here.state.value("access") == "internal"
    assert here.state.conflicts[0].field == "access"
    here.set("access", {"level": "embargoed", "until": "2030-01-01"})
    there.set("access", "level of a later release")
    here.meet(there)
    assert here.state.value("access") == "level of a later release"


def test_a_deletion_that_saw_everything_deletes_and_is_restored(
    offices: tuple[Office, Office],
) -> None:
    here, there = offices
    here.set("title", "A")
    here.meet(there)
    there.keep(delete(there.origin, there.state))
    here.meet(there)
    assert is_deleted(here)
    assert delete(here.origin, here.state) is None
    here.keep(restore(here.origin, here.state))
    assert not is_deleted(here)
    assert here.state.value("title") == "A"


def test_an_edit_that_the_deletion_did_not_see_is_a_conflict(
    offices: tuple[Office, Office],
) -> None:
    here, there = offices
    here.set("title", "A")
    here.meet(there)
    here.set("title", "B")
    there.keep(delete(there.origin, there.state))
    here.meet(there)
    assert not is_deleted(here)
    assert [conflict.kind for conflict in here.state.conflicts] == [
        ConflictKind.EDITED_AFTER_DELETE
    ]
    here.keep(delete(here.origin, here.state))
    assert is_deleted(here)
    assert here.state.conflicts == ()


def test_undo_restores_what_was_replaced_and_refers_to_it(offices: tuple[Office, Office]) -> None:
    here, _ = offices
    here.set("title", "First")
    second = here.set("title", "Second")
    undone = here.keep(undo(here.origin, here.state, second, here.changes))
    assert here.state.value("title") == "First"
    assert undone.undoes == second.id
    here.keep(undo(here.origin, here.state, undone, here.changes))
    assert here.state.value("title") == "Second"


def test_undo_of_a_first_value_leaves_none(offices: tuple[Office, Office]) -> None:
    here, _ = offices
    first = here.set("year", 2020)
    here.keep(undo(here.origin, here.state, first, here.changes))
    assert here.state.value("year") is None


def test_undo_never_overwrites_a_later_edit(offices: tuple[Office, Office]) -> None:
    here, _ = offices
    first = here.set("title", "First")
    later = here.set("title", "Later")
    with pytest.raises(ChangedSince) as caught:
        undo(here.origin, here.state, first, here.changes)
    assert caught.value.later == (later,)


def test_undo_of_sets_and_deletions(offices: tuple[Office, Office]) -> None:
    here, _ = offices
    added = here.keep(add_element(here.origin, here.state, "tag", "june"))
    here.keep(undo(here.origin, here.state, added, here.changes))
    assert here.state.value("tag") == ()
    again = here.keep(add_element(here.origin, here.state, "tag", "june"))
    removed = here.keep(remove_element(here.origin, here.state, "tag", "june"))
    assert undo(here.origin, here.state, again, here.changes) is None
    here.keep(undo(here.origin, here.state, removed, here.changes))
    assert here.state.value("tag") == ("june",)
    gone = here.keep(delete(here.origin, here.state))
    back = here.keep(undo(here.origin, here.state, gone, here.changes))
    assert back.undoes == gone.id
    assert not is_deleted(here)


def test_a_circle_of_forged_changes_does_not_empty_a_field() -> None:
    def forged(own: str, other: str, value: str) -> Change:
        return Change(
            own, 1, "x", "x", EntityKind.RECORD, RECORD, "title", Action.SET, value,
            frozenset({other}),
        )  # fmt: skip

    changes = [forged("a", "b", "A"), forged("b", "a", "B")]
    assert merge_entity(EntityKind.RECORD, RECORD, changes).value("title") == "B"


def test_the_clock_runs_forwards_whatever_the_computer_says() -> None:
    now = [2_000]
    clock = HybridClock(now_ms=lambda: now[0])
    first = clock.tick()
    assert stamp_ms(first) == 2_000
    now[0] = 1
    assert clock.tick() == first + 1
    foreign = 9_999_999 << COUNTER_BITS
    assert clock.tick(above=foreign) == foreign + 1
    assert clock.tick() < foreign
    with pytest.raises(ValueError, match=str(LATEST_FOREIGN + 1)):
        clock.tick(above=LATEST_FOREIGN + 1)
    assert HybridClock(last=clock.last, now_ms=lambda: 1).tick() == clock.last + 1
