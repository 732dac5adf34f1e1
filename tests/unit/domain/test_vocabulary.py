"""The vocabulary as a value: looking up, refusing what makes no sense, concepts of users."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.skos import to_skos
from desktop_app.domain.vocabulary import Concept, Scheme, Vocabulary
from tests.unit.domain.terms import CONCEPTS, SCHEMES, VOCABULARY, concept, keys


@pytest.mark.parametrize(
    "name",
    [
        "term:violence_prevention",
        "term:Violence_Prevention",
        "urn:evaluation-archive:vocabulary:term:violence_prevention",
    ],
)
def test_a_concept_is_found_by_key_and_uri(name: str) -> None:
    found = VOCABULARY.get(name)
    assert found is CONCEPTS[1]
    assert keys(VOCABULARY.ancestors(name)) == ["term:prevention"]
    assert keys(VOCABULARY.narrower(name)) == ["approach:exit_work"]


def test_the_exact_key_wins_over_another_case() -> None:
    both = Vocabulary(SCHEMES, [concept("term:a", en="first"), concept("term:A", en="second")])
    assert both.label("term:a", "en") == "first"
    assert both.label("term:A", "en") == "second"


def test_what_is_unknown_is_empty_not_an_error() -> None:
    assert VOCABULARY.get("term:nothing") is None
    assert VOCABULARY.scheme("nothing") is None
    assert VOCABULARY.in_scheme("nothing") == ()
    assert VOCABULARY.narrower("term:nothing") == ()
    assert VOCABULARY.ancestors("term:nothing") == ()
    assert VOCABULARY.label("term:nothing", "en") == "nothing"
    assert VOCABULARY.mentions("prevention", "nothing") == ()


def test_order_and_number_are_as_given() -> None:
    assert tuple(VOCABULARY) == CONCEPTS
    assert len(VOCABULARY) == len(CONCEPTS)
    assert VOCABULARY.schemes == SCHEMES
    assert VOCABULARY.in_scheme("approach") == CONCEPTS[3:5]


def test_top_concepts_have_nothing_above_in_their_scheme() -> None:
    assert keys(VOCABULARY.top("term")) == ["term:prevention", "term:hate"]
    assert keys(VOCABULARY.top("approach")) == ["approach:exit_work", "approach:network"]


def test_ancestors_come_nearest_first() -> None:
    assert keys(VOCABULARY.ancestors("approach:exit_work")) == [
        "term:violence_prevention",
        "term:prevention",
    ]


def test_a_label_falls_back_to_english_then_to_any_then_to_the_id() -> None:
    assert VOCABULARY.label("term:prevention", "de") == "Prävention"
    assert VOCABULARY.label("term:prevention", "tr") == "prevention"
    assert concept("term:x", sv="något").label("de") == "något"
    assert concept("term:x").label("de") == "x"
    assert SCHEMES[0].label("sv") == "allmän term"
    assert SCHEMES[1].label("sv") == "approach"
    assert Scheme("own").label("sv") == "own"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("prevention", ["term:prevention"]),
        ("PRÉVENTION", ["term:prevention"]),
        ("praevention", ["term:prevention"]),
        ("Förebyggande  arbete", ["term:prevention"]),
        ("وقاية", ["term:prevention"]),
        ("الوقايه من العنف", ["term:violence_prevention"]),
        ("violence_prevention", ["term:violence_prevention"]),
        ("deradicalisation of extremists", ["approach:exit_work"]),
        ("exit-work", ["approach:exit_work"]),
        ("exit", []),
        ("exit work today", []),
        ("", []),
        ("?!", []),
    ],
)
def test_find(text: str, found: list[str]) -> None:
    assert keys(VOCABULARY.find(text)) == found


def test_find_puts_preferred_labels_first_and_ids_last() -> None:
    listed = [
        concept("term:word", en="something"),
        concept("term:a", en="other", hidden={"en": ("word",)}),
        concept("term:b", en="different|word"),
        concept("approach:c", fr="word"),
    ]
    vocabulary = Vocabulary(SCHEMES, listed)
    assert keys(vocabulary.find("Word")) == ["approach:c", "term:b", "term:a", "term:word"]
    assert keys(vocabulary.find("Word", "term")) == ["term:b", "term:a", "term:word"]


# Refusing what makes no sense


@pytest.mark.parametrize(
    ("schemes", "concepts", "said"),
    [
        ([Scheme("a"), Scheme("a")], [], 'scheme "a" stands twice'),
        ([Scheme("a")], [concept("a:x"), concept("a:x")], '"a:x" stands twice'),
        ([Scheme("a")], [concept("b:x")], '"b:x" belongs to no scheme'),
        ([Scheme("a")], [concept("a:x", "a:y")], 'unknown broader concept, "a:y"'),
        ([Scheme("a")], [concept("a:x", "a:x")], "in a circle"),
        ([Scheme("a")], [concept("a:x", "a:y"), concept("a:y", "a:x")], "in a circle"),
    ],
)
def test_a_broken_vocabulary_is_refused(
    schemes: list[Scheme], concepts: list[Concept], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        Vocabulary(schemes, concepts)


# The concepts of users


def test_local_concepts_come_after_those_of_the_program() -> None:
    own = concept("approach:garden", "approach:exit_work", sv="stadsodling")
    merged = VOCABULARY.merged([own])
    assert tuple(merged) == (*CONCEPTS, own)
    assert keys(merged.find("stadsodling")) == ["approach:garden"]
    assert merged.label("approach:garden", "ar") == "stadsodling"
    assert keys(merged.narrower("approach:exit_work")) == ["approach:garden"]
    assert len(VOCABULARY) == len(CONCEPTS)


def test_a_known_concept_only_gains_labels() -> None:
    own = concept("term:hate", en="hatred|hate", sv="hat", nl="haat", hidden={"en": ("haters",)})
    hate = VOCABULARY.merged([own, own]).get("term:hate")
    assert hate is not None
    assert hate.label("en") == "hate"
    assert hate.label("nl") == "haat"
    assert hate.alternatives == {"en": ("hatred",)}
    assert hate.hidden == {"en": ("haters",)}


def test_the_order_in_which_local_concepts_arrive_does_not_matter() -> None:
    local = [
        concept("own:a", "own:b", en="a"),
        concept("own:b", "own:c", en="b"),
        concept("own:c", "own:a", en="c"),
    ]
    assert tuple(VOCABULARY.merged(local)) == tuple(VOCABULARY.merged(local[::-1]))


def test_links_of_users_that_lead_nowhere_or_round_are_left_out() -> None:
    merged = VOCABULARY.merged(
        [
            concept("own:a", "own:b", "own:missing", "own:a", en="a"),
            concept("own:b", "own:c", en="b"),
            concept("own:c", "own:a", en="c"),
            concept("term:prevention", "approach:exit_work", en="prevention"),
        ]
    )
    assert keys(merged.ancestors("own:a")) == ["own:b", "own:c"]
    assert merged.ancestors("term:prevention") == ()
    assert merged.scheme("own") == Scheme("own")


_words = st.sampled_from(["a", "b", "hate", "Prävention", "شبكة", "", " "])
_local = st.builds(
    Concept,
    id=st.sampled_from(["a", "b", "c", "prevention", "exit_work", ""]),
    scheme=st.sampled_from(["term", "approach", "own", ""]),
    labels=st.dictionaries(st.sampled_from(["en", "ar", "nl"]), _words, max_size=2),
    alternatives=st.dictionaries(st.sampled_from(["en", "ar"]), st.tuples(_words, _words)),
    hidden=st.dictionaries(st.sampled_from(["en", "sv"]), st.tuples(_words)),
    broader=st.lists(
        st.sampled_from(["own:a", "own:b", "term:a", "term:prevention", "approach:exit_work", "x"]),
        max_size=3,
    ).map(tuple),
)


@given(st.lists(_local, max_size=6))
def test_nothing_local_breaks_the_vocabulary(local: list[Concept]) -> None:
    merged = VOCABULARY.merged(local)
    for known in CONCEPTS:
        found = merged.get(known.key)
        assert found is not None
        assert found.labels.items() >= known.labels.items()
        assert set(found.names()) >= set(known.names())
    for own in local:
        found = merged.get(own.key)
        assert found is not None
        said = {(label.language, label.text) for label in found.names()}
        assert said >= {(label.language, label.text) for label in own.names()}
        assert own.key not in keys(merged.ancestors(own.key))
    assert set(keys(tuple(merged.merged(local)))) == set(keys(tuple(merged)))
    graph = to_skos(merged)["@graph"]
    assert len(graph) == len(merged.schemes) + len(merged)
