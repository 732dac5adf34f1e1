"""Everything that a document suggests for the fields of its record."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ..fields import RECORD_FIELDS, InvalidValue, check_value
from .dates import suggest_year
from .excerpt import take_excerpt
from .file_properties import suggest_from_properties
from .identifiers import suggest_identifiers
from .languages import suggest_languages
from .marks import suggest_marks
from .methods import suggest_methods
from .people import suggest_people
from .places import Countries, suggest_places
from .samples import suggest_sample_size
from .title import suggest_title
from .values import Labels, Source, Suggestion

_NOTHING: Mapping[str, Labels] = {}


def suggest(
    source: Source, countries: Countries | None = None, labels: Mapping[str, Labels] = _NOTHING
) -> list[Suggestion]:
    """Return suggestions in the order of the record's fields, the best first in each field.

    `labels` recognise the terms of fields such as "phenomenon" or "approach", by the names of the
    fields; their codes become the values. Without `countries` none are suggested. Every value is
    one that its field takes.
    """
    excerpt = take_excerpt(source)
    titles = suggest_title(source, excerpt)
    title = titles[0] if titles else None
    found = [
        *titles,
        *suggest_year(source, excerpt, title),
        *suggest_languages(excerpt),
        *suggest_identifiers(excerpt),
        *suggest_people(source, excerpt, title),
        *suggest_methods(excerpt, title, labels),
        *suggest_sample_size(excerpt),
        *suggest_marks(excerpt),
    ]
    if countries is not None:
        found += suggest_places(excerpt, countries, title)
    found += suggest_from_properties(source, found)
    order = {name: at for at, name in enumerate(RECORD_FIELDS)}
    # Sorting is stable: equally sure values keep the order of the document.
    return sorted(_fitting(found), key=lambda one: (order[one.field], -one.confidence))


def _fitting(found: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """Yield what the record's fields take: text from a document may hold anything."""
    for each in found:
        several = RECORD_FIELDS[each.field].several if each.field in RECORD_FIELDS else False
        try:
            check_value(each.field, [each.stored] if several else each.stored)
        except InvalidValue:
            continue
        yield replace(each, confidence=round(each.confidence, 2))
