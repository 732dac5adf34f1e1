"""The vocabulary as SKOS: nothing lost, nothing said twice, links that lead somewhere."""

import json
import re
from collections import Counter, defaultdict
from typing import Any

from desktop_app.config.vocabulary_files import load_vocabulary
from desktop_app.domain.skos import to_skos
from desktop_app.domain.vocabulary import LANGUAGES, Concept, LabelUse, Vocabulary
from tests.unit.domain.terms import SCHEMES, VOCABULARY

WHOLE = load_vocabulary()


def test_skos_says_all_there_is() -> None:
    graph = to_skos(VOCABULARY)["@graph"]
    by_id = {entry["@id"]: entry for entry in graph}
    exit_work = by_id["urn:evaluation-archive:vocabulary:approach:exit_work"]
    assert exit_work == {
        "@id": "urn:evaluation-archive:vocabulary:approach:exit_work",
        "@type": "Concept",
        "notation": "exit_work",
        "inScheme": "urn:evaluation-archive:vocabulary:approach",
        "topConceptOf": "urn:evaluation-archive:vocabulary:approach",
        "broadMatch": ["urn:evaluation-archive:vocabulary:term:violence_prevention"],
        "prefLabel": [
            {"@language": "ar", "@value": "برامج الخروج"},
            {"@language": "en", "@value": "exit work"},
            {"@language": "fr", "@value": "désengagement"},
            {"@language": "de", "@value": "Ausstiegsarbeit"},
            {"@language": "sv", "@value": "avhopparverksamhet"},
        ],
        "altLabel": [{"@language": "en", "@value": "exit programme"}],
        "hiddenLabel": [{"@language": "en", "@value": "deradicalisation of extremists"}],
    }
    below = by_id["urn:evaluation-archive:vocabulary:term:violence_prevention"]
    assert below["broader"] == ["urn:evaluation-archive:vocabulary:term:prevention"]
    assert "topConceptOf" not in below
    term = by_id["urn:evaluation-archive:vocabulary:term"]
    assert term["@type"] == "ConceptScheme"
    assert term["hasTopConcept"] == [
        "urn:evaluation-archive:vocabulary:term:prevention",
        "urn:evaluation-archive:vocabulary:term:hate",
    ]


def test_skos_says_a_text_once_for_a_concept() -> None:
    twice = Concept("x", "term", {"en": "a"}, {"en": ("a", "b")}, {"en": ("b",)})
    entry = to_skos(Vocabulary(SCHEMES, [twice]))["@graph"][-1]
    assert entry["prefLabel"] == [{"@language": "en", "@value": "a"}]
    assert entry["altLabel"] == [{"@language": "en", "@value": "b"}]
    assert "hiddenLabel" not in entry


def test_skos_is_plain_json() -> None:
    document = to_skos(VOCABULARY)
    assert json.loads(json.dumps(document)) == document


def test_skos_of_the_whole_vocabulary_is_sound() -> None:
    document = json.loads(json.dumps(to_skos(WHOLE), ensure_ascii=False))
    skos = "http://www.w3.org/2004/02/skos/core#"
    assert document["@context"]["skos"] == skos
    assert document["@context"]["Concept"] == "skos:Concept"
    assert document["@context"]["broader"] == {"@id": "skos:broader", "@type": "@id"}
    graph: list[dict[str, Any]] = document["@graph"]
    by_id = {entry["@id"]: entry for entry in graph}
    assert len(by_id) == len(graph) == len(WHOLE) + len(WHOLE.schemes)
    terms = set(document["@context"]) | {"@id", "@type"}
    for entry in graph:
        assert re.fullmatch(r"urn:evaluation-archive:vocabulary:\w+(:\w+)?", entry["@id"])
        assert set(entry) <= terms
        languages = Counter(label["@language"] for label in entry["prefLabel"])
        assert languages == Counter(LANGUAGES)
        if entry["@type"] == "ConceptScheme":
            for top in entry["hasTopConcept"]:
                assert by_id[top]["topConceptOf"] == entry["@id"]
            continue
        assert by_id[entry["inScheme"]]["@type"] == "ConceptScheme"
        assert ("topConceptOf" in entry) is not ("broader" in entry)
        for above in entry.get("broader", []):
            assert by_id[above]["inScheme"] == entry["inScheme"]
        for above in entry.get("broadMatch", []):
            assert by_id[above]["inScheme"] != entry["inScheme"]
        texts = [
            (label["@language"], label["@value"])
            for use in LabelUse
            for label in entry.get(use.value, [])
        ]
        assert len(set(texts)) == len(texts)


def test_skos_can_be_read_back() -> None:
    read = {}
    for entry in to_skos(WHOLE)["@graph"]:
        if entry["@type"] == "Concept":
            listed: dict[LabelUse, dict[str, list[str]]] = {}
            for use in LabelUse:
                listed[use] = defaultdict(list)
                for label in entry.get(use.value, []):
                    listed[use][label["@language"]].append(label["@value"])
            read[entry["@id"]] = (
                {language: texts[0] for language, texts in listed[LabelUse.PREFERRED].items()},
                {
                    language: tuple(texts)
                    for language, texts in listed[LabelUse.ALTERNATIVE].items()
                },
                {language: tuple(texts) for language, texts in listed[LabelUse.HIDDEN].items()},
            )
    assert read == {
        concept.uri: (concept.labels, concept.alternatives, concept.hidden) for concept in WHOLE
    }
