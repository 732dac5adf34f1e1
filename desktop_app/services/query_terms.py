"""What the values of the query language are called in this archive: vocabulary and countries."""

from functools import lru_cache

from desktop_app.domain.concepts import LabelUse
from desktop_app.domain.controlled import ControlledTerms
from desktop_app.domain.query_fields import QUERY_FIELDS, Comparison
from desktop_app.domain.query_names import QueryNames, ValueName, language_names
from desktop_app.domain.vocabulary import Vocabulary
from desktop_app.exchange.labels import COUNTRY, scheme_of


@lru_cache(maxsize=4)
def query_names(terms: ControlledTerms) -> QueryNames:
    """Return the names of all codes that a query can hold, with the narrower terms of each."""
    values: dict[str, list[ValueName]] = {"language": language_names()}
    narrower: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, field in QUERY_FIELDS.items():
        if field.comparison is not Comparison.CODE or field.definition is None:
            continue
        scheme = scheme_of(field.definition)
        if scheme == COUNTRY:
            values[name] = _countries(terms)
        elif name not in values:
            concepts = terms.vocabulary.in_scheme(scheme)
            known = frozenset(field.definition.codes or (concept.id for concept in concepts))
            values[name] = [
                ValueName(concept.id, label.text, label.language, label.use)
                for concept in concepts
                if concept.id in known
                for label in concept.names()
            ]
            below = {
                concept.id: _below(terms.vocabulary, concept.key, scheme) for concept in concepts
            }
            narrower[name] = {code: codes for code, codes in below.items() if codes}
    return QueryNames(values, narrower)


def _countries(terms: ControlledTerms) -> list[ValueName]:
    return [
        ValueName(code, text, language, LabelUse.ALTERNATIVE if place else LabelUse.PREFERRED)
        for code, country in terms.countries.by_code.items()
        for language, texts in country.names.items()
        for place, text in enumerate(texts)
    ]


def _below(vocabulary: Vocabulary, key: str, scheme: str) -> tuple[str, ...]:
    """Return the ids of all concepts of the scheme below one."""
    found: dict[str, None] = {}
    waiting = [key]
    for current in waiting:
        for concept in vocabulary.narrower(current):
            if concept.key not in found and concept.scheme == scheme:
                found[concept.key] = None
                waiting.append(concept.key)
    return tuple(key.partition(":")[2] for key in found)
