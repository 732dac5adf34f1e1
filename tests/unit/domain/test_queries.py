"""The query language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.queries import (
    And,
    Filter,
    Not,
    Or,
    Phrase,
    Query,
    Word,
    parse,
)


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("mentoring", Word("mentoring")),
        ("Impact  Evaluation", And((Word("impact"), Word("evaluation")))),
        ('"labour force"', Phrase(("labour", "force"))),
        ("“labour force”", Phrase(("labour", "force"))),
        ("«force de travail»", Phrase(("force", "de", "travail"))),
        ('"labour force', Phrase(("labour", "force"))),
        ("youth OR school", Or((Word("youth"), Word("school")))),
        ("a b OR c", Or((And((Word("a"), Word("b"))), Word("c")))),
        ("youth -police", And((Word("youth"), Not(Word("police"))))),
        ('youth -"police station"', And((Word("youth"), Not(Phrase(("police", "station")))))),
        ("evaluat*", Word("evaluat", prefix=True)),
        ("at-risk", Phrase(("at", "risk"))),
        ("(youth OR school) police", And((Or((Word("youth"), Word("school"))), Word("police")))),
        ("((youth", Word("youth")),
        ("youth) school", And((Word("youth"), Word("school")))),
        ("title:mentoring", Word("mentoring", field="title")),
        ('titre:"le mentorat"', Phrase(("le", "mentorat"), field="title")),
        ("المؤلف:سارة", Word("سارة", field="author")),
        ("year:2018..2022", Filter("year", first=2018, last=2022)),
        ("year:2022-2018", Filter("year", first=2018, last=2022)),
        ("year:2020..", Filter("year", first=2020, last=9999)),
        ("Jahr:2020", Filter("year", first=2020, last=2020)),
        ("سنة:٢٠٢٠", Filter("year", first=2020, last=2020)),
        ("kind:Utvärdering", Filter("kind", ("evaluation",))),
        ("kind:lessons-learned", Filter("kind", ("lessons_learned",))),
        ("language:arabe,svenska", Filter("language", ("ar", "sv"))),
        ("youth AND school", And((Word("youth"), Word("school")))),
        ("--youth", Word("youth")),
        ("-youth", None),
        ("", None),
        ("  ?! ... ", None),
        ('""', None),
    ],
)
def test_trees(text: str, root: object) -> None:
    assert parse(text).root == root


def hints_of(text: str) -> list[str]:
    return [hint.text for hint in parse(text).hints]


def test_an_unknown_field_is_searched_as_words_with_a_remark() -> None:
    assert parse("colour:red").root == And((Word("colour"), Word("red")))
    assert hints_of("colour:red") == ['There is no field "colour:"; it was searched as a word.']


def test_an_unknown_value_is_searched_as_a_word_with_a_remark() -> None:
    assert parse("kind:novel").root == Word("novel")
    assert hints_of("kind:novel") == [
        '"novel" is not a value of "kind:"; it was searched as a word.'
    ]


def test_a_query_of_exclusions_only_says_what_is_missing() -> None:
    assert "what to leave out" in hints_of("-police -school")[0]


def test_a_pasted_page_is_cut_with_a_remark() -> None:
    assert "very long" in hints_of("word " * 5000)[0]
    assert "very long" in hints_of(" ".join(f"w{number}" for number in range(200)))[0]


def test_braces_by_the_thousand_do_not_exhaust_the_stack() -> None:
    assert isinstance(parse("(" * 3000 + "x"), Query)
    assert isinstance(parse("-" * 3999), Query)
    assert isinstance(parse("(-" * 1500 + "a"), Query)
    assert isinstance(parse("title:" * 600 + "a"), Query)
    assert isinstance(parse("colour:" * 600 + "a"), Query)


@given(
    st.text(
        alphabet=st.sampled_from(list('abOR -()"*:“»year20.,title~/\\\0\u202eمدرسةß')), max_size=60
    )
)
def test_whatever_is_typed_is_parsed(text: str) -> None:
    parse(text)


@given(st.text(max_size=200))
def test_any_text_is_parsed(text: str) -> None:
    parse(text)
