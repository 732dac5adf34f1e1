"""Labels in queries, in running text and while somebody types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.label_index import plain_keys, typed_key
from desktop_app.domain.text import forms
from desktop_app.domain.vocabulary import LANGUAGES, Concept, LabelUse, Vocabulary
from tests.unit.domain.terms import CONCEPTS, SCHEMES, VOCABULARY, concept

# While somebody types


def search(text: str, language: str) -> list[tuple[str, str]]:
    return [(match.concept.id, match.label.text) for match in VOCABULARY.search(text, language)]


def test_search_ranks_whole_labels_then_beginnings_then_words_then_parts() -> None:
    listed = [
        concept("term:part", de="Gewaltprävention"),
        concept("term:word", de="gute Prävention"),
        concept("term:beginning", de="Prävention im Alltag"),
        concept("term:whole", de="Prävention"),
    ]
    found = Vocabulary(SCHEMES, listed).search("Prävention", "de")
    assert [match.concept.id for match in found] == ["whole", "beginning", "word", "part"]


def test_search_prefers_the_language_of_the_person() -> None:
    assert search("prev", "sv")[0] == ("prevention", "prevention")
    assert VOCABULARY.search("prev", "sv")[0].label.language == "sv"
    assert VOCABULARY.search("prev", "en")[0].label.language == "en"
    assert search("praev", "de")[0] == ("prevention", "Prävention")


def test_search_knows_hidden_labels_and_says_so() -> None:
    (match,) = VOCABULARY.search("deradical", "en")
    assert match.concept.id == "exit_work"
    assert match.label.use is LabelUse.HIDDEN


def test_search_wants_every_word() -> None:
    assert search("prevention violence", "en") == [("violence_prevention", "violence prevention")]
    assert search("prevention nothing", "en") == []
    assert search(" ", "en") == []
    assert len(search("prev", "en")) == 2
    assert len(VOCABULARY.search("prev", "en", limit=1)) == 1


@pytest.mark.parametrize("typed", ["ال", "الو", "وقاي", "الوقاية من ال", "وقاية من عن"])
def test_the_article_does_not_disturb_while_it_is_being_typed(typed: str) -> None:
    assert "violence_prevention" in [found for found, _ in search(typed, "ar")]


@given(st.sampled_from(CONCEPTS), st.sampled_from(LANGUAGES), st.data())
def test_what_begins_a_label_finds_its_concept(
    wanted: Concept, language: str, data: st.DataObject
) -> None:
    label = wanted.label(language)
    typed = label[: data.draw(st.integers(1, len(label)))]
    found = [match.concept for match in VOCABULARY.search(typed, language)]
    assert wanted in found or not forms(typed)


# Widening a query


def widened(query: str) -> list[tuple[str, str]]:
    words = forms(query)
    return [
        (" ".join(words[expansion.start : expansion.end]), expansion.concept.id)
        for expansion in VOCABULARY.expansions(words)
    ]


def test_the_longest_label_counts_and_a_word_counts_once() -> None:
    assert widened("Violence prevention and exit work") == [
        ("violence prevention", "violence_prevention"),
        ("exit work", "exit_work"),
    ]
    assert widened("prevention, violence") == [("prevention", "prevention")]
    assert widened("nothing here") == []
    assert widened("") == []


def test_other_languages_are_offered_preferred_labels_first() -> None:
    (expansion,) = VOCABULARY.expansions(["avhopparverksamhet"])
    assert expansion.languages == {"sv"}
    assert [(label.language, label.text) for label in expansion.labels] == [
        ("ar", "برامج الخروج"),
        ("en", "exit work"),
        ("fr", "désengagement"),
        ("de", "Ausstiegsarbeit"),
        ("en", "exit programme"),
    ]


def test_a_word_of_several_languages_is_widened_in_all_of_them() -> None:
    (expansion,) = VOCABULARY.expansions(["prevention"])
    assert expansion.languages == {"en", "fr", "sv"}
    offered = [label.text for label in expansion.labels]
    assert "förebyggande arbete" in offered
    assert "Vorbeugung" in offered
    # The same word again would widen nothing.
    assert not {"prevention", "prévention"} & set(offered)


def test_hidden_labels_are_understood_but_never_offered() -> None:
    (expansion,) = VOCABULARY.expansions(forms("deradicalisation of extremists"))
    assert expansion.concept.id == "exit_work"
    (other,) = VOCABULARY.expansions(["ausstiegsarbeit"])
    assert all(label.use is not LabelUse.HIDDEN for label in other.labels)


def test_function_words_and_plain_answers_widen_nothing() -> None:
    assert widened("was hat geholfen") == []
    assert widened("hat") == [("hat", "hate")]
    assert widened("nej") == []


def test_widening_by_stems_finds_other_endings() -> None:
    def stems(form: str, language: str) -> frozenset[str]:
        return frozenset(key.removesuffix("s") for key in plain_keys(form, language))

    assert VOCABULARY.expansions(["exit", "programmes"]) == ()
    (expansion,) = VOCABULARY.expansions(["exit", "programmes"], stems)
    assert expansion.concept.id == "exit_work"


# In running text


def test_mentions_say_where_a_label_stands() -> None:
    text = "Le désengagement, la Violence-Prevention; برامج الخروج."
    found = VOCABULARY.mentions(text, "approach")
    assert [text[mention.start : mention.end] for mention in found] == [
        "désengagement",
        "برامج الخروج",
    ]
    (only,) = VOCABULARY.mentions(text, "approach", ("ar",))
    assert only.label.language == "ar"
    (longest,) = VOCABULARY.mentions(text, "term")
    assert text[longest.start : longest.end] == "Violence-Prevention"


def test_an_abbreviation_is_meant_in_capitals_only() -> None:
    assert VOCABULARY.mentions("She ran. Ran it well?", "approach") == ()
    (mention,) = VOCABULARY.mentions("The RAN met.", "approach")
    assert (mention.start, mention.end) == (4, 7)


@given(
    st.lists(
        st.sampled_from(["prevention", "violence", "hat", "RAN", "ran", "exit", "work", "ا", "é"])
        | st.sampled_from(["الوقاية", "من", "العنف", "exit work", ", ", "-"])
    ).map(" ".join)
)
def test_mentions_are_labels_in_order(text: str) -> None:
    end = 0
    for scheme in ("term", "approach"):
        end = 0
        for mention in VOCABULARY.mentions(text, scheme):
            assert end <= mention.start < mention.end <= len(text)
            end = mention.end
            said = typed_key(text[mention.start : mention.end])
            assert said == typed_key(mention.label.text)


# Typing


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Évaluation", "evaluation"),
        ("الرصد والتقييم", "رصد وتقييم"),
        ("التقييم بالمشاركة", "تقييم بمشاركة"),
        ("إدارة الحالات", "ادارة حالات"),
        ("ألعاب", "العاب"),
        ("multi-agency", "Multi agency"),
    ],
)
def test_labels_that_are_typed_differently_are_the_same(one: str, other: str) -> None:
    assert typed_key(one) == typed_key(other)


def test_short_words_keep_what_looks_like_an_article() -> None:
    assert typed_key("الف") == "الف"
    assert typed_key("ال") == "ال"
    assert typed_key("ولاء") == "ولاء"
