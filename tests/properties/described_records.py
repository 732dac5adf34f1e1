"""Strategies of records with everything that can be said of them, in five languages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from desktop_app.config.place_files import read_countries
from desktop_app.config.vocabulary_files import load_vocabulary
from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.changes.coded import Coded, Evidence, State
from desktop_app.domain.changes.rules import MergeRule, rule_of
from desktop_app.domain.exchange.other_fields import TABLE
from desktop_app.domain.fields import (
    APPRAISAL_FIELDS,
    FINDING_FIELDS,
    RECORD_FIELDS,
    SCALE_VALUES,
    FieldDefinition,
    FieldType,
    InvalidValue,
    check_value,
)
from tests.unit.exchange.bibliographies import lines, names, texts

_VOCABULARY = load_vocabulary()
_COUNTRIES = sorted(read_countries().by_code)


def _isbn(number: int) -> str:
    digits = f"978{number:09}"
    total = sum(int(digit) * (1 + 2 * (place % 2)) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


_SHAPED: Mapping[str, Callable[[int], str]] = {
    "doi": lambda number: f"10.1000/a(b)c_{number}<e>",
    "isbn": _isbn,
    "url": lambda number: f"https://example.org/{number}?c={{d}}&e=%20تقرير#~f",
}
_LANGUAGES = ("ar", "en", "fr", "de", "sv", "en-GB", "zh-Hant")
_LISTED = {"language": st.sampled_from(_LANGUAGES), "author": names}
_AWKWARD = (
    "=1+1",
    "-0.25",
    "+49",
    "@x",
    "'=x",
    "'",
    '"',
    "TRUE",
    "2024-03-01",
    "1e5",
    "007",
    "#N/A",
)
_STARTS = st.sampled_from(("", "", "", *_AWKWARD))
_LINES = st.one_of(
    lines, st.sampled_from(_AWKWARD), st.builds(lambda a, b: f"{a} {b}", _STARTS, lines)
)
_TEXTS = st.one_of(texts, _LINES)
_DAYS = st.dates().map(lambda day: day.replace(year=1900 + day.year % 200).isoformat())
_NUMBERS = st.one_of(
    st.integers(0, 10**11), st.integers(0, 10**6).map(lambda n: n / 64), st.just(0.000001)
)


@dataclass(frozen=True)
class Saying:
    """What is said of a record: `fields` and the parts as their changes hold them."""

    fields: Mapping[str, Value]
    findings: Sequence[Mapping[str, Value]] = ()
    appraisals: Sequence[Mapping[str, Value]] = ()
    other: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)


def _value(name: str, definition: FieldDefinition, number: int) -> st.SearchStrategy[Value]:
    """Return what a field of the record of this number can hold."""
    if name in _SHAPED:
        return st.just(_SHAPED[name](number))
    elements: Mapping[FieldType, st.SearchStrategy[str]] = {
        FieldType.CODES: st.sampled_from(definition.codes or ("",)),
        FieldType.CONCEPTS: st.sampled_from(_terms(definition) or ("",)),
        FieldType.COUNTRIES: st.sampled_from(_COUNTRIES),
        FieldType.LINES: _LISTED.get(name, names | _LINES),
        FieldType.ITEMS: _TEXTS,
    }
    if definition.type in elements:
        several = st.lists(elements[definition.type], min_size=1, max_size=3, unique=True)
        return several.map(lambda chosen: _checked(name, list(chosen)))
    single: Mapping[FieldType, st.SearchStrategy[Value]] = {
        FieldType.CHOICE: st.sampled_from(definition.codes or ("",)),
        FieldType.CONCEPT: st.sampled_from(_terms(definition) or ("",)),
        FieldType.YEAR: st.integers(1800, 2200),
        FieldType.NUMBER: _NUMBERS,
        FieldType.DECIMAL: _NUMBERS.map(lambda number: -number),
        FieldType.DATE: _DAYS,
        FieldType.PAGE: st.integers(1, 9999),
        FieldType.TEXT: _TEXTS,
        FieldType.ACCESS: st.one_of(
            st.sampled_from(["public", "partner", "internal", "embargoed"]),
            _DAYS.map(lambda day: {"level": "embargoed", "until": day}),
        ),
        FieldType.COST: st.fixed_dictionaries(
            {"amount": st.sampled_from([0, 12000, 99.5]), "currency": st.just("SEK")},
            optional={"year": st.integers(1990, 2030)},
        ),
    }
    return single.get(definition.type, _LINES)


def _terms(definition: FieldDefinition) -> tuple[str, ...]:
    return tuple(concept.id for concept in _VOCABULARY.in_scheme(definition.scheme))


def _checked(
    name: str, value: Value, fields: Mapping[str, FieldDefinition] = RECORD_FIELDS
) -> Value:
    """Return a value as the archive stores it; None where it takes no such."""
    try:
        return check_value(name, value, fields)
    except InvalidValue:
        return None


_EVIDENCE = st.builds(
    Evidence,
    page=st.none() | st.integers(1, 99),
    quote=st.just("") | _LINES,
    coder=st.just("") | lines,
    date=_DAYS,
)


@st.composite
def _coded(draw: st.DrawFn, name: str, value: Value) -> Value:
    """Return a value as a change holds it, with evidence for it or for some of its elements."""
    if rule_of(EntityKind.RECORD, name) is MergeRule.SET and isinstance(value, list):
        chosen = [draw(st.none() | _EVIDENCE) for _ in value]
        return [
            Coded(one, State.REPORTED, evidence).stored
            for one, evidence in zip(value, chosen, strict=True)
        ]
    return Coded(value, State.REPORTED, draw(_EVIDENCE)).stored


@st.composite
def sayings(draw: st.DrawFn, number: int) -> Saying:
    """Return what is said of a record; titles and numbers tell it from others without its id."""
    names_of_fields = draw(
        st.lists(st.sampled_from(sorted(RECORD_FIELDS)), min_size=3, max_size=25, unique=True)
    )
    fields: dict[str, Value] = {"title": f"{draw(_LINES)} №{number}".strip(), "access": "internal"}
    for name in names_of_fields:
        definition = RECORD_FIELDS[name]
        said = _checked(name, draw(_value(name, definition, number)))
        if name == "title" or said in (None, "", []):
            continue
        if name.startswith("title_"):
            said = f"{said} №{number}"
        if definition.coded and draw(st.integers(0, 3)) == 0:
            said = draw(_coded(name, said))
        fields[name] = said
    for name in ("attrition", "setting"):
        state = draw(st.sampled_from([None, State.NOT_REPORTED, State.NOT_APPLICABLE]))
        if name not in fields and state:
            nothing = Coded(None, state, Evidence(coder="x", date="2026-01-01")).stored
            fields[name] = [nothing] if name == "setting" else nothing
    return Saying(
        fields,
        draw(st.lists(_part(FINDING_FIELDS), max_size=2)),
        draw(st.lists(_appraisals, max_size=2)),
        draw(_others),
    )


@st.composite
def _part(draw: st.DrawFn, definitions: Mapping[str, FieldDefinition]) -> dict[str, Value]:
    said: dict[str, Value] = {}
    for name, definition in definitions.items():
        if name in {"document", "finding"}:
            continue
        if definition.required or draw(st.booleans()):
            value = _checked(name, draw(_value(name, definition, 0)), definitions)
            said[name] = value
    return {name: value for name, value in said.items() if value is not None}


_appraisals = st.builds(
    lambda said, scale: {**said, "scale": scale, "value": SCALE_VALUES[scale][0]},
    _part(APPRAISAL_FIELDS),
    st.sampled_from(sorted(SCALE_VALUES)),
)
# As an import keeps them: without blanks around them, and nothing that holds nothing.
_KEPT = (_LINES | texts).map(str.strip).filter(bool)
_others = st.fixed_dictionaries(
    {},
    optional={
        "ris": st.dictionaries(
            st.sampled_from(["N1", "C1", "U2"]),
            st.lists(_KEPT, min_size=1, max_size=2, unique=True),
            min_size=1,
        ),
        "bib": st.dictionaries(
            st.sampled_from(["note", "series"]),
            _LINES.map(str.strip).filter(bool).map(lambda text: [text]),
            min_size=1,
        ),
        "json": st.dictionaries(
            st.sampled_from(["note", "event-title"]), _KEPT.map(lambda text: [text]), min_size=1
        ),
        TABLE: st.dictionaries(
            st.sampled_from(["Bemerkung", "ملاحظة", "Author", "ris:N1"]),
            st.lists(_KEPT, min_size=1, max_size=2, unique=True),
            min_size=1,
        ),
    },
)
