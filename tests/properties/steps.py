"""Strategies of what can happen between replicas: edits that meet, deliveries, wrong clocks."""

from collections.abc import Mapping

from hypothesis import strategies as st

from desktop_app.domain.changes.change import EntityKind
from tests.properties.replicas import (
    EVERYWHERE,
    KEYS,
    OWNERS,
    RECORDS,
    SETS,
    SINGLES,
    Choice,
    Focus,
    Key,
    Step,
    World,
)

devices = st.integers(0, 4)
skews = st.lists(st.integers(-(10**10), 10**10), min_size=3, max_size=5)


_FIRST = tuple(key for key in KEYS if OWNERS.get(key) == "r1" or key == KEYS[0])
focuses = st.sampled_from(
    (
        EVERYWHERE,
        Focus(_FIRST),
        Focus(KEYS[-1:]),
        Focus(KEYS[:1], ("approach", "country")),
        Focus(KEYS[:1], ("approach", "design", "lessons")),
        Focus(KEYS[:1], ("access", "overview", "tag")),
    )
)


def sayings(focus: Focus) -> st.SearchStrategy[Step]:
    """Return a strategy of edits of fields that hold one value."""
    return _about(focus, SINGLES, "say")


def set_edits(focus: Focus) -> st.SearchStrategy[Step]:
    """Return a strategy of edits of sets; of nothing where nobody works at one."""
    return st.one_of(_about(focus, SETS, "add"), _about(focus, SETS, "remove"), _lists(focus))


def edits(focus: Focus) -> st.SearchStrategy[Step]:
    """Return a strategy of all edits."""
    founds = st.builds(Step, st.just("found"), devices, st.sampled_from(focus.keys))
    return st.one_of(founds, sayings(focus), set_edits(focus))


def turns(focus: Focus) -> st.SearchStrategy[Step]:
    """Return a strategy of deletions and restorations."""
    keys = st.sampled_from(focus.keys)
    return st.builds(Step, st.just("turn"), devices, keys, other=st.integers(0, 1))


purges = st.builds(Step, st.just("purge"), devices, st.sampled_from(KEYS[: len(RECORDS)]))
undos = st.builds(Step, st.just("undo"), devices, other=st.integers(0, 500))
deliveries = st.builds(
    Step,
    st.just("deliver"),
    devices,
    other=devices,
    chosen=st.lists(st.integers(0, 500), max_size=12).map(tuple),
)
exchanges = st.builds(Step, st.just("exchange"), devices, other=devices)
jumps = st.builds(Step, st.just("jump"), devices, other=st.integers(-(10**9), 10**9))


def _about(
    focus: Focus, fields: Mapping[EntityKind, Mapping[str, Choice]], verb: str
) -> st.SearchStrategy[Step]:
    places = focus.places(fields)
    said = [(key, name, value) for key, name in places for value in fields[key[0]][name]]
    if not said:
        return st.nothing()
    return st.builds(lambda device, what: Step(verb, device, *what), devices, st.sampled_from(said))


def _lists(focus: Focus) -> st.SearchStrategy[Step]:
    places = focus.places(SETS)
    if not places:
        return st.nothing()

    def of(place: tuple[Key, str]) -> st.SearchStrategy[Step]:
        (kind, _), name = place
        # Only what a report can say has a reason for being empty.
        reasons = int(kind is EntityKind.RECORD and name != "tag")
        values = st.lists(st.sampled_from(SETS[kind][name]), max_size=3).map(tuple)
        return st.builds(
            Step,
            st.just("list"),
            devices,
            st.just(place[0]),
            st.just(name),
            values=values,
            other=st.integers(0, reasons),
        )

    return st.sampled_from(places).flatmap(of)


@st.composite
def worlds(draw: st.DrawFn, longest: int = 40) -> World:
    """Return a world in which some things have happened."""
    world = World(draw(skews), draw(focuses))
    focus = world.focus
    steps = st.one_of(
        edits(focus), edits(focus), turns(focus), purges, undos, deliveries, exchanges, jumps
    )
    for step in draw(st.lists(steps, max_size=longest)):
        world.do(step)
    return world
