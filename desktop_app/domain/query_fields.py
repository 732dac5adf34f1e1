"""The fields that a query can name: what each is compared by, and what of a record holds it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from .fields import APPRAISAL_FIELDS, FINDING_FIELDS, RECORD_FIELDS, FieldDefinition, FieldType

HAS = "has"
"""The field whose values are other fields: "has:funder"."""
FILE, NOTES, FINDINGS, APPRAISALS = "file", "notes", "findings", "appraisals"
"""What a record can have besides fields."""


class Comparison(Enum):
    """How what is typed for a field is compared with what a record holds."""

    TEXT = auto()
    """As words of the text index."""
    CODE = auto()
    """As one of a list of codes, each with names in five languages."""
    LABEL = auto()
    """As the whole of a free text, however it is typed."""
    WORDS = auto()
    """As words next to each other in a free text."""
    NUMBER = auto()
    """As a number or a range of numbers."""
    PRESENCE = auto()
    """As the name of what is filled."""


class Holder(Enum):
    """What holds the values of a field."""

    RECORD = auto()
    FINDING = auto()
    APPRAISAL = auto()


@dataclass(frozen=True, slots=True)
class QueryField:
    """A field of the query language. `definition` is None for `has`."""

    name: str
    comparison: Comparison
    holder: Holder = Holder.RECORD
    definition: FieldDefinition | None = None


_BY_TYPE = {
    FieldType.CHOICE: Comparison.CODE,
    FieldType.CODES: Comparison.CODE,
    FieldType.CONCEPT: Comparison.CODE,
    FieldType.CONCEPTS: Comparison.CODE,
    FieldType.COUNTRIES: Comparison.CODE,
    FieldType.ACCESS: Comparison.CODE,
    FieldType.LINE: Comparison.WORDS,
    FieldType.LINES: Comparison.WORDS,
    FieldType.YEAR: Comparison.NUMBER,
    FieldType.NUMBER: Comparison.NUMBER,
}
_BY_NAME = {
    "title": Comparison.TEXT,
    "author": Comparison.TEXT,
    "language": Comparison.CODE,
    "tag": Comparison.LABEL,
}
_LEFT_OUT = frozenset({"related", *(name for name in RECORD_FIELDS if name.startswith("title_"))})
_OF_PARTS = {
    Holder.FINDING: (FINDING_FIELDS, ("outcome", "stage", "direction")),
    Holder.APPRAISAL: (APPRAISAL_FIELDS, ("scale",)),
}


def _fields() -> dict[str, QueryField]:
    found = {
        name: QueryField(
            name, _BY_NAME.get(name) or _BY_TYPE[definition.type], definition=definition
        )
        for name, definition in RECORD_FIELDS.items()
        if name not in _LEFT_OUT and (name in _BY_NAME or definition.type in _BY_TYPE)
    }
    for holder, (definitions, names) in _OF_PARTS.items():
        for name in names:
            found[name] = QueryField(name, Comparison.CODE, holder, definitions[name])
    found[HAS] = QueryField(HAS, Comparison.PRESENCE)
    return found


QUERY_FIELDS: Mapping[str, QueryField] = _fields()
"""All fields of the query language by name; those of records come in their order."""

FACET_FIELDS: tuple[str, ...] = tuple(
    name
    for name, field in QUERY_FIELDS.items()
    if field.comparison in {Comparison.CODE, Comparison.LABEL, Comparison.WORDS}
    or name in {"year", "author"}
)
"""The fields whose values can be counted over an answer."""
