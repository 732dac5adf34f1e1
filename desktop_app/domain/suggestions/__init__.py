"""Suggestions for the fields of a record, read from the text of its document by rules.

Every suggestion says where it stands: page and exact quote. The rules would rather stay silent than
be wrong, because a person accepts a suggestion with one key.
"""

from .collection import suggest
from .phrases import Terms
from .places import Countries, Country, parse_countries
from .rules import RULES
from .values import Labels, Mention, Source, Suggestion

__all__ = [
    "RULES",
    "Countries",
    "Country",
    "Labels",
    "Mention",
    "Source",
    "Suggestion",
    "Terms",
    "parse_countries",
    "suggest",
]
