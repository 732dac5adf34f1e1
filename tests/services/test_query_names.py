"""Fields of the query language: their names and values in five languages."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.config.place_files import read_countries
from desktop_app.config.vocabulary_files import load_vocabulary
from desktop_app.domain.completion import Completion, CompletionKind, complete
from desktop_app.domain.controlled import ControlledTerms
from desktop_app.domain.queries import And, Filter, Not, Or, Phrase, Word, parse
from desktop_app.domain.query_names import QueryNames
from desktop_app.services.query_terms import query_names

IN_USE = {
    "country": {"SE": 4, "CH": 1},
    "tag": {"At risk": 3, "skola": 2},
    "funder": {"Nordic Council of Ministers": 2, "Home Office": 1},
    "year": {"2020": 3, "2019": 1},
}


@cache
def known_names() -> QueryNames:
    return query_names(ControlledTerms(load_vocabulary(), read_countries()))


@pytest.fixture
def names() -> QueryNames:
    return known_names()


@pytest.mark.parametrize(
    "typed",
    ["country:SE", "country:sweden", "Land:Schweden", "land:Sverige", "pays:Suède", "PAYS:suede",
     "البلد:السويد", "بلد:سويد", "الدُّوَل:السُّويد", 'country:"Sweden"', "country:(Sweden)"],
)  # fmt: skip
def test_a_country_in_five_languages(typed: str, names: QueryNames) -> None:
    assert parse(typed, names).root == Filter("country", ("SE",))
    assert parse(typed, names).hints == ()


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ('country:"United Kingdom"', Filter("country", ("GB",))),
        ("land:Oesterreich", Filter("country", ("AT",))),
        ("country:SE,DK", Filter("country", ("SE", "DK"))),
        ('pays:"Royaume-Uni",Suède', Filter("country", ("GB", "SE"))),
        ("البلد:السويد،الدنمارك", Filter("country", ("SE", "DK"))),
        ("country:(SE OR -DK)",
         Or((Filter("country", ("SE",)), Not(Filter("country", ("DK",)))))),
        ("youth -country:SE", And((Word("youth"), Not(Filter("country", ("SE",)))))),
        ("-country:SE", Not(Filter("country", ("SE",)))),
        ("country:SE OR year:2020",
         Or((Filter("country", ("SE",)), Filter("year", first=2020, last=2020)))),
        ("year:2018..2019,2022",
         Or((Filter("year", first=2018, last=2019), Filter("year", first=2022, last=2022)))),
        ("sample_size:100..", Filter("sample_size", first=100, last=10**9)),
        ("status:abgeschlossen", Filter("status", ("complete",))),
        ("evaluation:impact", Filter("evaluation_type", ("impact",))),
        ("funder:nordic", Filter("funder", ("nordic",))),
        ('Geldgeber:"Nordic Council"', Filter("funder", ("Nordic Council",))),
        ("tag:at-risk", Filter("tag", ("at-risk",))),
        ("has:findings", Filter("has", ("findings",))),
        ("hat:Befunde", Filter("has", ("findings",))),
        ("avec:constats", Filter("has", ("findings",))),
        ("har:bedömningar", Filter("has", ("appraisals",))),
        ("لديه:ملاحظات", Filter("has", ("notes",))),
        ("has:file,funder", Filter("has", ("file", "funder"))),
        ("hat:Geldgeber", Filter("has", ("funder",))),
        ("has:effect_size", Filter("has", ("effect_size",))),
        ('title:(mentoring OR "labour force")',
         Or((Word("mentoring", field="title"), Phrase(("labour", "force"), field="title")))),
        ("outcome:empathy -direction:worsened direction:improved",
         And((Filter("outcome", ("empathy",),
                     also=(Filter("direction", ("improved",)),)),
              Not(Filter("direction", ("worsened",)))))),
    ],
)  # fmt: skip
def test_filters(typed: str, wanted: object, names: QueryNames) -> None:
    assert parse(typed, names).root == wanted


@pytest.mark.parametrize(
    "typed",
    ["outcome:attitudes", "Wirkung:Einstellungen", "effet:attitudes", "utfall:attityder",
     "النتيجة:المواقف"],
)  # fmt: skip
def test_a_concept_includes_narrower_ones(typed: str, names: QueryNames) -> None:
    root = parse(typed, names).root
    assert isinstance(root, Filter)
    assert root.field == "outcome"
    assert {"attitudes", "support_for_violence"} <= set(root.values)
    assert "attitudes" in names.with_broader("outcome", ["support_for_violence"])


def hints_of(text: str, names: QueryNames) -> list[str]:
    return [hint.text for hint in parse(text, names).hints]


def test_an_unknown_value_is_a_word_and_near_ones_are_named(names: QueryNames) -> None:
    assert parse("country:Swedn", names).root == Word("swedn")
    (hint,) = hints_of("country:Swedn", names)
    assert "searched as a word" in hint
    assert "Near to it: Sweden" in hint


def test_of_several_values_the_unknown_ones_are_left_out(names: QueryNames) -> None:
    assert parse("country:SE,Xyzzy", names).root == Filter("country", ("SE",))
    assert hints_of("country:SE,Xyzzy", names) == [
        '"Xyzzy" is not a value of "country:" and was left out.'
    ]


def test_a_beginning_stands_for_all_values(names: QueryNames) -> None:
    root = parse("country:sw*", names).root
    assert isinstance(root, Filter)
    assert {"SE", "CH"} <= set(root.values)


def test_a_list_of_exclusions_with_a_word_says_what_is_missing(names: QueryNames) -> None:
    assert parse("-country:SE -youth", names).root is None
    assert "what to leave out" in hints_of("-country:SE -youth", names)[0]


def labels(text: str, names: QueryNames, language: str = "en") -> list[str]:
    found = complete(text, len(text), names, lambda field: IN_USE.get(field, {}), language)
    return [completion.text for completion in found]


@pytest.mark.parametrize(
    ("typed", "language", "first"),
    [
        ("Land:Sch", "de", "Schweden"),
        ("land:Sve", "sv", "Sverige"),
        ("pays:su", "en", "Suède"),
        ("البلد:الس", "ar", "السويد"),
        ("youth country:NO,swe", "en", "Sweden"),
        ('country:"united k', "en", '"United Kingdom"'),
        ("Wirkung:Einst", "de", "Einstellungen"),
        ("cou", "en", "country:"),
        ("Zielg", "de", "zielgruppe:"),
        ("الفئ", "ar", "الفئة_المستهدفة:"),
        ("hat:Bef", "de", "befunde"),
        ("funder:coun", "en", '"Nordic Council of Ministers"'),
        ("tag:at", "en", '"At risk"'),
        ("at r", "en", None),
        ("sko", "en", "tag:skola"),
        ("Jahr:20", "de", "2020"),
        ("nosuch:x", "en", None),
        ("", "en", None),
    ],
)
def test_completion(typed: str, language: str, first: str | None, names: QueryNames) -> None:
    assert next(iter(labels(typed, names, language)), None) == first


def test_a_completion_says_what_it_replaces(names: QueryNames) -> None:
    text = "youth country:swe -police"
    found = complete(text, 17, names, lambda field: IN_USE.get(field, {}))
    assert found[0] == Completion(14, 17, "Sweden", "Sweden", CompletionKind.VALUE, 4)


TYPED = st.lists(
    st.sampled_from(
        ["country:", "Land:", "البلد:", "has:", "year:", "outcome:", "tag:", "SE", ",", "،", '"',
         "(", ")", "-", "OR", " ", "*", "~", "design:", "xx:", "2018..", "«", "\0", "\u202e",
         "e\u0301", "مدرسة", "ß", ":", "|", "sw*", "\u0651", "\U0001f600"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@given(TYPED | st.text(max_size=200), st.integers(-1, 250))
def test_whatever_is_typed_is_parsed_and_completed(text: str, cursor: int) -> None:
    parse(text, known_names())
    complete(text, cursor, known_names(), lambda field: IN_USE.get(field, {}))
