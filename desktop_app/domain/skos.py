"""The vocabulary as SKOS in JSON-LD, for other programs (https://www.w3.org/TR/skos-reference/)."""

from typing import Any

from .concepts import Concept, Label, Scheme
from .vocabulary import Vocabulary

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TEXTS = ("prefLabel", "altLabel", "hiddenLabel", "notation", "scopeNote")
_LINKS = ("inScheme", "topConceptOf", "hasTopConcept", "broader", "broadMatch")
_CONTEXT: dict[str, Any] = {
    "skos": _SKOS,
    "Concept": "skos:Concept",
    "ConceptScheme": "skos:ConceptScheme",
    **{name: f"skos:{name}" for name in _TEXTS},
    **{name: {"@id": f"skos:{name}", "@type": "@id"} for name in _LINKS},
}
_NOTE_LANGUAGE = "en"


def to_skos(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return a JSON-LD document: a ConceptScheme for each scheme, a Concept for each concept.

    Ids are `urn:evaluation-archive:vocabulary:<scheme>:<id>`. A broader concept of another scheme
    is a `broadMatch`, as SKOS wants it. A label that a concept has twice is said once, for SKOS
    allows a text to be only one kind of label of a concept.
    """
    graph = [_scheme(scheme, vocabulary) for scheme in vocabulary.schemes]
    graph += [_concept(concept, vocabulary) for concept in vocabulary]
    return {"@context": _CONTEXT, "@graph": graph}


def _scheme(scheme: Scheme, vocabulary: Vocabulary) -> dict[str, Any]:
    return _without_empty(
        {
            "@id": scheme.uri,
            "@type": "ConceptScheme",
            "notation": scheme.id,
            "prefLabel": [_text(text, language) for language, text in scheme.labels.items()],
            "scopeNote": _notes(scheme.note),
            "hasTopConcept": [concept.uri for concept in vocabulary.top(scheme.id)],
        }
    )


def _concept(concept: Concept, vocabulary: Vocabulary) -> dict[str, Any]:
    scheme = vocabulary.scheme(concept.scheme)
    scheme_uri = scheme.uri if scheme else ""
    within: list[str] = []
    beyond: list[str] = []
    for key in concept.broader:
        if above := vocabulary.get(key):
            (within if above.scheme == concept.scheme else beyond).append(above.uri)
    entry: dict[str, Any] = {
        "@id": concept.uri,
        "@type": "Concept",
        "notation": concept.id,
        "inScheme": scheme_uri,
        "topConceptOf": "" if within else scheme_uri,
        "broader": within,
        "broadMatch": beyond,
        "scopeNote": _notes(concept.note),
    }
    said: dict[tuple[str, str], Label] = {}
    for label in concept.names():
        said.setdefault((label.language, label.text), label)
    for text, language, use in said.values():
        entry.setdefault(use.value, []).append(_text(text, language))
    return _without_empty(entry)


def _text(text: str, language: str) -> dict[str, str]:
    return {"@language": language, "@value": text}


def _notes(note: str) -> list[dict[str, str]]:
    return [_text(note, _NOTE_LANGUAGE)] if note else []


def _without_empty(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if value}
