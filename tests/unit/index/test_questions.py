"""Typed questions: their language, their function words, their compounds."""

import pytest

from desktop_app.domain.queries import And, Node, Phrase, Word, parse
from desktop_app.domain.text import forms
from desktop_app.index.questions import (
    function_words,
    has_quotes,
    languages_of,
    without_compounds,
    without_elisions,
)


def root_of(text: str) -> Node:
    found = parse(text).root
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("what is the effect of mentoring on young people", "en"),
        ("welche Wirkung hat das Mentoring auf die Jugendlichen", "de"),
        ("quels sont les effets du mentorat sur les jeunes", "fr"),
        ("vilken effekt har mentorskap på unga och deras familjer", "sv"),
        ("ما هو أثر الإرشاد على الشباب في المدارس", "ar"),
    ],
)
def test_function_words_tell_the_language(text: str, language: str) -> None:
    assert languages_of(forms(text)) == {language}


def test_without_function_words_it_may_be_any() -> None:
    assert languages_of(forms("mentoring Malmö 2019")) == frozenset()
    # A word of several languages tells none.
    assert languages_of(["war"]) == frozenset()


def test_function_words_count_only_in_the_language_of_the_query() -> None:
    typed = forms("the men who came back from the war")
    found = function_words(typed, languages_of(typed))
    assert {"the", "who", "from"} <= found
    # "men" is "but" in Swedish and "war" is "was" in German.
    assert found.isdisjoint({"men", "war"})


def test_an_elided_article_is_a_word_of_its_own() -> None:
    split = without_elisions(root_of("l'évaluation"))
    assert split == And((Word("l"), Word("évaluation")))
    plain = root_of("at-risk")
    assert without_elisions(plain) == plain


def test_compounds_are_taken_apart() -> None:
    node = without_compounds(And((Phrase(("at", "risk")), Word("youth"))))
    assert node == And((Word("at"), Word("risk"), Word("youth")))


@pytest.mark.parametrize("text", ['"at risk"', "„at risk“", "«at risk»"])
def test_quotation_marks_mean_the_words_as_they_stand(text: str) -> None:
    assert has_quotes(text)
    assert not has_quotes("at-risk l'évaluation")
