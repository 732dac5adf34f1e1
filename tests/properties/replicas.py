"""Devices that edit copies of one archive, each with a wrong clock: what the properties play with.

A `Step` is something that one person does on one device, or a delivery between two; the same steps
give the same changes again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop_app.domain.changes.change import Change, EntityKind, Value
from desktop_app.domain.changes.clock import HybridClock
from desktop_app.domain.changes.coded import Coded, Evidence, State, read_coded
from desktop_app.domain.changes.edits import (
    ChangedSince,
    Origin,
    add_element,
    delete,
    purge,
    remove_element,
    restore,
    set_value,
    undo,
)
from desktop_app.domain.changes.merge import EntityState, element_key, merge_entity
from desktop_app.services.values import set_changes
from desktop_app.store.sums import OWNER

Key = tuple[EntityKind, str]
Choice = tuple[Value, ...]

RECORDS = ("r1", "r2")
OWNERS: dict[Key, str] = {
    (EntityKind.DOCUMENT, "d1"): "r1",
    (EntityKind.DOCUMENT, "d2"): "r2",
    (EntityKind.FINDING, "f1"): "r1",
    (EntityKind.FINDING, "f2"): "r2",
    (EntityKind.APPRAISAL, "a1"): "r1",
    (EntityKind.NOTE, "n1"): "r1",
    (EntityKind.NOTE, "n2"): "r2",
}
"""Which record a document, a finding, an appraisal or a note is of."""
KEYS: tuple[Key, ...] = (
    *((EntityKind.RECORD, name) for name in RECORDS),
    *OWNERS,
    (EntityKind.CONCEPT, "approach:street_chess"),
)

TEXTS = ("", "α", "Lasst sie reden")
EVIDENCE = (
    Evidence(page=1, quote="said so", coder="p0", date="2026-01-31"),
    Evidence(page=2),
    Evidence(quote="and so", document="d1"),
)


def _coded(*values: Value) -> Choice:
    """Return values bare and with evidence, and the two reasons for having none."""
    found: list[Value] = [*values, None]
    found += [Coded(value, State.REPORTED, said).stored for value in values for said in EVIDENCE]
    found += [Coded(None, state).stored for state in (State.NOT_REPORTED, State.NOT_APPLICABLE)]
    found.append(Coded(None, State.NOT_REPORTED, EVIDENCE[0]).stored)
    return tuple(found)


SINGLES: dict[EntityKind, dict[str, Choice]] = {
    EntityKind.RECORD: {
        "title": ("a", "b", "c"),
        "year": (1999, 2021),
        "access": ("public", "partner", {"level": "embargoed", "until": "2030-01-01"}, "secret"),
        "language": (["en"], ["en", "ar"]),
        "design": _coded("RCT", "mixed"),
        "overview": TEXTS,
        "lessons": _coded(*TEXTS[1:]),
    },
    EntityKind.DOCUMENT: {"role": ("report", "annex")},
    EntityKind.FINDING: {
        "outcome": ("attitudes", "crime"),
        "direction": ("improved", "worsened"),
        "stage": ("final", None),
        "effect_size": (0.5, 1.0, 1),
        "quote": TEXTS,
        "page": (1, 2),
    },
    EntityKind.APPRAISAL: {"scale": ("SMS", "EIF"), "value": ("3", "NL2"), "reason": TEXTS},
    EntityKind.NOTE: {"text": TEXTS, "page": (1, None), "quote": TEXTS, "shared": ("yes", "no")},
    EntityKind.CONCEPT: {
        "scheme": ("approach",),
        "label_en": ("Street chess", "Chess"),
        "label_ar": ("شطرنج",),
        "note": TEXTS,
    },
}
"""What people say in the fields that hold one value, by kind."""

_LABELS: Choice = ({"language": "en", "text": "chess"}, {"text": "chess", "language": "de"})
SETS: dict[EntityKind, dict[str, Choice]] = {
    EntityKind.RECORD: {
        "tag": ("x", "y", "z"),
        "approach": _coded("mentoring", "sport"),
        "country": _coded("SE"),
    },
    EntityKind.CONCEPT: {"alternative": _LABELS, "broader": ("approach:sport",)},
}
"""What people put into the fields that hold a set, by kind."""


@dataclass(frozen=True)
class Focus:
    """Where people work at the moment: few places, so that they get in each other's way."""

    keys: tuple[Key, ...]
    fields: tuple[str, ...] = ()

    def places(self, fields: Mapping[EntityKind, Mapping[str, Choice]]) -> list[tuple[Key, str]]:
        """Return the fields among `fields` that people work at."""
        return [
            (key, name)
            for key in self.keys
            for name in fields.get(key[0], {})
            if not self.fields or name in self.fields
        ]


EVERYWHERE = Focus(KEYS)


@dataclass(frozen=True)
class Step:
    """One thing that happens: `verb` on `device`, about `key`."""

    verb: str
    device: int
    key: Key = KEYS[0]
    field: str = ""
    value: Value = None
    values: Choice = ()
    other: int = 0
    chosen: tuple[int, ...] = ()


@dataclass
class Replica:
    """A device: what it knows, and its own wrong clock."""

    number: int
    now_ms: int
    known: dict[str, Change] = field(default_factory=dict)
    made: int = 0

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Begin again as the program does: all that the clock remembers is in the log."""
        mine = [c.stamp for c in self.known.values() if c.device == f"d{self.number}"]
        clock = HybridClock(last=max(mine, default=0), now_ms=lambda: self.now_ms)
        self.origin = Origin(f"d{self.number}", f"p{self.number}", clock, new_id=self._new_id)

    def _new_id(self) -> str:
        self.made += 1
        return f"{self.number}-{self.made}"

    def state(self, key: Key) -> EntityState:
        """Return what an entity is on this device."""
        return merge_entity(*key, [c for c in self.known.values() if key_of(c) == key])

    def there(self, key: Key) -> bool:
        """Return whether a person can edit an entity here: nobody purged it, or what it is of."""
        owner = OWNERS.get(key)
        if owner is not None and self.state((EntityKind.RECORD, owner)).purged:
            return False
        return not self.state(key).purged


class World:
    """Replicas of one archive, all changes ever made, and what each author knew then."""

    def __init__(self, skews_ms: Sequence[int], focus: Focus) -> None:
        self.focus = focus
        start = 1_700_000_000_000
        self.replicas = [Replica(n, max(0, start + skew)) for n, skew in enumerate(skews_ms)]
        self.everything: dict[str, Change] = {}
        self.knew: dict[str, frozenset[str]] = {}

    def at(self, device: int) -> Replica:
        """Return a replica; a moment has passed there."""
        replica = self.replicas[device % len(self.replicas)]
        replica.now_ms += 1
        return replica

    def take(self, replica: Replica, changes: Sequence[Change | None]) -> list[Change]:
        """Take up what was made on a replica."""
        found = [change for change in changes if change is not None]
        for change in found:
            self.knew[change.id] = frozenset(replica.known)
        replica.known |= {change.id: change for change in found}
        self.everything |= replica.known
        return found

    def do(self, step: Step) -> list[Change]:
        """Let a step happen; return the changes it made. Asserts that its author sees them."""
        return _VERBS[step.verb](self, step)

    def deliver(self, step: Step) -> list[Change]:
        """Let some changes arrive, in any order, some of them again, some before their causes."""
        source = list(self.at(step.device).known.values())
        taker = self.at(step.other)
        for chosen in step.chosen if source else ():
            change = source[chosen % len(source)]
            taker.known[change.id] = change
        return []

    def exchange(self, step: Step) -> list[Change]:
        """Bring one replica what another knows, all of it."""
        taker = self.at(step.other)
        taker.known |= self.at(step.device).known
        return []

    def jump(self, step: Step) -> list[Change]:
        """Set a device's clock to another time, and start the program again."""
        replica = self.at(step.device)
        replica.now_ms = max(0, replica.now_ms + step.other)
        replica.restart()
        return []

    def say(self, step: Step) -> list[Change]:
        """Set a field that holds one value."""
        replica = self.at(step.device)
        if not replica.there(step.key):
            return []
        before = replica.state(step.key).fields.get(step.field)
        made = [*self._owner(replica, step.key)]
        made += self.take(
            replica, [set_value(replica.origin, replica.state(step.key), step.field, step.value)]
        )
        seen = replica.state(step.key).fields.get(step.field)
        # One's own edit is always what one sees, with what was said of it.
        assert (None if seen is None else seen.value) == read_coded(step.value).value
        if seen is not None and (seen != before or before is None):
            assert seen.coded == (read_coded(step.value),)
            assert not seen.disputed
        return made

    def add(self, step: Step) -> list[Change]:
        """Put an element into a set, with its evidence or without."""
        replica = self.at(step.device)
        coded = read_coded(step.value)
        if not replica.there(step.key) or coded.value is None:
            return []
        change = add_element(replica.origin, replica.state(step.key), step.field, step.value)
        made = self.take(replica, [change])
        found = _element(replica.state(step.key), step.field, step.value)
        assert found is not None
        assert not made or found == coded
        return made

    def remove(self, step: Step) -> list[Change]:
        """Take an element out of a set."""
        replica = self.at(step.device)
        if not replica.there(step.key):
            return []
        change = remove_element(replica.origin, replica.state(step.key), step.field, step.value)
        made = self.take(replica, [change])
        assert _element(replica.state(step.key), step.field, step.value) is None or (
            read_coded(step.value).value is None
        )
        return made

    def list_whole(self, step: Step) -> list[Change]:
        """Say the whole of a set, or why it is empty."""
        replica = self.at(step.device)
        if not replica.there(step.key):
            return []
        bare = [value for value in step.values if read_coded(value).value is not None]
        silent = [Coded(None, State.NOT_REPORTED, EVIDENCE[0]).stored] if step.other else []
        values: Value = bare or silent
        assert isinstance(values, list)
        state = replica.state(step.key)
        made = self.take(replica, [*set_changes(replica.origin, state, step.field, values)])
        seen = replica.state(step.key).fields.get(step.field)
        wanted = {element_key(value) for value in bare}
        shown = () if seen is None else seen.elements
        assert {element_key(value) for value in shown} == wanted
        if seen is not None and not wanted:
            assert seen.state is (State.NOT_REPORTED if silent else State.NOT_EXTRACTED)
        return made

    def turn(self, step: Step) -> list[Change]:
        """Delete or restore an entity."""
        replica = self.at(step.device)
        state = replica.state(step.key)
        if state.purged:
            assert delete(replica.origin, state) is None
            assert restore(replica.origin, state) is None
            return []
        make = restore if step.other else delete
        made = self.take(replica, [make(replica.origin, state)])
        if made or not step.other:
            assert replica.state(step.key).deleted is not bool(step.other)
        return made

    def purge(self, step: Step) -> list[Change]:
        """Take a record away for good with all its parts that the device knows of."""
        replica = self.at(step.device)
        record = next((r for r in RECORDS if step.key == (EntityKind.RECORD, r)), None)
        if record is None:
            return []
        if not replica.state(step.key).deleted:
            return []
        parts = [key for key, owner in OWNERS.items() if owner == record]
        wanted = [key for key in parts if replica.state(key).fields] + [step.key]
        made = self.take(replica, [purge(replica.origin, replica.state(key)) for key in wanted])
        for key in wanted:
            assert replica.state(key).purged
            assert replica.state(key).deleted
        return made

    def take_back(self, step: Step) -> list[Change]:
        """Undo any change that the device knows of, whoever made it."""
        replica = self.at(step.device)
        if not replica.known:
            return []
        ids = sorted(replica.known)
        change = replica.known[ids[step.other % len(ids)]]
        state = replica.state(key_of(change))
        known = {c.id: c for c in replica.known.values() if key_of(c) == key_of(change)}
        known = {found: c for found, c in known.items() if c.field == change.field}
        try:
            back = undo(replica.origin, state, change, known)
        except ChangedSince as error:
            assert error.later
            return []
        made = self.take(replica, [back])
        assert all(found.undoes == change.id for found in made)
        return made

    def found(self, step: Step) -> list[Change]:
        """Say what a document, a part or a record is, as far as nobody did."""
        replica = self.at(step.device)
        if not replica.there(step.key):
            return []
        made = self._owner(replica, step.key)
        for name, choice in SINGLES[step.key[0]].items():
            state = replica.state(step.key)
            if name not in state.fields:
                made += self.take(replica, [set_value(replica.origin, state, name, choice[0])])
        return made

    def _owner(self, replica: Replica, key: Key) -> list[Change]:
        owner = OWNERS.get(key)
        if owner is None:
            return []
        file: Value = {
            "record_id": owner,
            "position": 0,
            "sha256": key[1] * 32,
            "file_name": f"{key[1]}.pdf",
            "size": 1,
            "page_count": 2,
            "text_health": "good",
            "hazardous": False,
            "properties": {},
        }
        of_file = key[0] is EntityKind.DOCUMENT
        name, value = ("file", file) if of_file else (OWNER, owner)
        return self.take(replica, [set_value(replica.origin, replica.state(key), name, value)])


_VERBS: dict[str, Callable[[World, Step], list[Change]]] = {
    "found": World.found,
    "say": World.say,
    "add": World.add,
    "remove": World.remove,
    "list": World.list_whole,
    "turn": World.turn,
    "purge": World.purge,
    "undo": World.take_back,
    "deliver": World.deliver,
    "exchange": World.exchange,
    "jump": World.jump,
}


def key_of(change: Change) -> Key:
    """Return which entity a change is about."""
    return change.entity, change.entity_id


def _element(state: EntityState, name: str, element: Value) -> Coded | None:
    """Return what a set says of an element; None where it does not hold it."""
    held = state.fields.get(name)
    found = [] if held is None else [c.value for c in held.additions]
    return next((read_coded(v) for v in found if element_key(v) == element_key(element)), None)
