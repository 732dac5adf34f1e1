"""Controlled values: from what a person writes to the concept or country that is meant."""

import difflib
from functools import cached_property, lru_cache

from .changes.change import Value
from .fields.definition import (
    UNKNOWN_COUNTRY,
    UNKNOWN_TERM,
    FieldDefinition,
    FieldType,
    InvalidValue,
)
from .suggestions import Countries
from .text import fold, forms
from .vocabulary import Vocabulary

NEAR = 4
"""How many terms an error names."""


class ControlledTerms:
    """Knows the vocabulary, with the terms of the archive's users, and the countries."""

    def __init__(self, vocabulary: Vocabulary, countries: Countries) -> None:
        self.vocabulary = vocabulary
        self.countries = countries
        # A table says the same unknown word in many rows.
        self._near = lru_cache(maxsize=1_000)(self._find_near)

    def resolve(self, field: FieldDefinition, value: Value) -> Value:
        """Return a checked value with concepts as their ids and countries as ISO 3166-1 codes.

        A concept is found by its id, its key, or any label in any language; a country by its code
        or any name. Other fields' values come back as they are. Raises `InvalidValue`, which names
        terms near to an unknown one.
        """
        match field.type:
            case FieldType.CONCEPT if isinstance(value, str):
                return self.concept(field, value)
            case FieldType.CONCEPTS if isinstance(value, list):
                return list(dict.fromkeys(self.concept(field, str(text)) for text in value))
            case FieldType.COUNTRIES if isinstance(value, list):
                return list(dict.fromkeys(self.country(field, str(text)) for text in value))
            case _:
                return value

    def concept(self, field: FieldDefinition, text: str) -> str:
        """Return the id of the concept that `text` names in the field's scheme."""
        text = text.strip().removeprefix(f"{field.scheme}:")
        exact = self.vocabulary.get(f"{field.scheme}:{text}")
        found = (exact,) if exact else self.vocabulary.find(text, field.scheme)
        if not found:
            near = ", ".join(self._near(field.scheme, text))
            raise InvalidValue(
                UNKNOWN_TERM, field=field.name, value=text, near=near, scheme=field.scheme
            )
        return found[0].id

    def country(self, field: FieldDefinition, text: str) -> str:
        """Return the code of the country that `text` names."""
        code = text.strip().upper()
        if code in self.countries.by_code:
            return code
        found = self._country_names.get(_key(text))
        if found is None:
            raise InvalidValue(UNKNOWN_COUNTRY, field=field.name, value=text)
        return found

    def _find_near(self, scheme: str, text: str) -> tuple[str, ...]:
        """Return ids of terms that `text` may mean, else of the first ones of the scheme."""
        concepts = self.vocabulary.in_scheme(scheme)
        typed = [match.concept.id for match in self.vocabulary.search(text, "en", 200)]
        ids = {concept.id for concept in concepts}
        near = [found for found in dict.fromkeys(typed) if found in ids]
        names = {
            label.text.casefold(): concept.id for concept in concepts for label in concept.names()
        }
        names |= {concept.id.casefold(): concept.id for concept in concepts}
        near += [names[n] for n in difflib.get_close_matches(text.casefold(), names, NEAR, 0.75)]
        near += [concept.id for concept in self.vocabulary.top(scheme)]
        return tuple(dict.fromkeys(near))[:NEAR]

    @cached_property
    def _country_names(self) -> dict[str, str]:
        return {
            _key(name): country.code
            for country in self.countries.by_code.values()
            for names in country.names.values()
            for name in names
        }


def _key(text: str) -> str:
    return " ".join(fold(form) for form in forms(text))
