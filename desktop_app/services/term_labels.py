"""What the values of fields are called in tables, and what people may write for them."""

from functools import lru_cache

from desktop_app.domain.controlled import ControlledTerms
from desktop_app.exchange.labels import COUNTRY, Labels, Schemes


def schemes(terms: ControlledTerms, language: str) -> Schemes:
    """Return the terms of each scheme and the countries, with what they are called."""
    vocabulary = terms.vocabulary
    found: dict[str, list[tuple[str, str]]] = {
        scheme.id: [(one.id, one.label(language)) for one in vocabulary.in_scheme(scheme.id)]
        for scheme in vocabulary.schemes
    }
    found[COUNTRY] = sorted(
        (
            (code, (country.names.get(language) or country.names["en"])[0])
            for code, country in terms.countries.by_code.items()
        ),
        key=lambda named: named[1].casefold(),
    )
    return found


@lru_cache(maxsize=8)
def labels(terms: ControlledTerms, language: str) -> Labels:
    """Return the labels to write in `language`, which understand those of all languages."""
    vocabulary = terms.vocabulary
    understood = {
        scheme.id: [
            (one.id, label.text) for one in vocabulary.in_scheme(scheme.id) for label in one.names()
        ]
        for scheme in vocabulary.schemes
    }
    understood[COUNTRY] = [
        (code, name)
        for code, country in terms.countries.by_code.items()
        for names in country.names.values()
        for name in names
    ]
    return Labels(schemes(terms, language), understood)
