"""What a field is, and the sentences that say why it can't hold a value."""

from dataclasses import dataclass
from enum import StrEnum

from ..translation import QT_TRANSLATE_NOOP


class FieldType(StrEnum):
    """What a field holds."""

    LINE = "line"
    TEXT = "text"
    YEAR = "year"
    DATE = "date"
    """A day, as ISO 8601 has it: 2026-03-01."""
    NUMBER = "number"
    """A number that is not negative."""
    DECIMAL = "decimal"
    """Any number, such as an effect size."""
    PAGE = "page"
    CHOICE = "choice"
    """One code of a fixed list."""
    CODES = "codes"
    """Several codes of a fixed list."""
    CONCEPT = "concept"
    """One concept of the scheme `scheme`, by its id."""
    CONCEPTS = "concepts"
    """Several concepts of the scheme `scheme`, by their ids."""
    COUNTRIES = "countries"
    """Several countries by their ISO 3166-1 codes."""
    LINES = "lines"
    """Several short texts: names, tags, places."""
    ITEMS = "items"
    """Several texts in an order that means something."""
    ACCESS = "access"
    """A level; `embargoed` with the day until which it holds."""
    COST = "cost"
    """An amount of money, with currency and year."""
    REFERENCE = "reference"
    """The id of a record, document or finding of the archive."""


SEVERAL = frozenset(
    {
        FieldType.CODES,
        FieldType.CONCEPTS,
        FieldType.COUNTRIES,
        FieldType.LINES,
        FieldType.ITEMS,
    }
)


class Group(StrEnum):
    """The groups of the details, in their order."""

    IDENTITY = "identity"
    PROGRAMME = "programme"
    CONTEXT = "context"
    DESIGN = "design"
    USE = "use"
    TRUST = "trust"
    FINDING = "finding"
    APPRAISAL = "appraisal"
    NOTE = "note"
    CONCEPT = "concept"


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    """One field: `codes` are its allowed values where it has a fixed list; `pattern` its shape.

    `scheme` is the concept scheme that its values come from. A field that is not `coded` never
    carries evidence: it says how the archive treats the record, not what a page says.
    """

    name: str
    group: Group
    type: FieldType
    codes: tuple[str, ...] = ()
    pattern: str = ""
    required: bool = False
    scheme: str = ""
    coded: bool = True

    @property
    def several(self) -> bool:
        """Return whether the field takes a list."""
        return self.type in SEVERAL


class InvalidValue(ValueError):
    """A field can't hold a value: `template` is the sentence, `fields` fill it."""

    def __init__(self, template: str, **fields: object) -> None:
        super().__init__(template.format(**fields))
        self.template = template
        self.fields = fields


UNKNOWN_FIELD = QT_TRANSLATE_NOOP("Fields", 'There is no field "{field}".')
NOT_TEXT = QT_TRANSLATE_NOOP("Fields", '"{field}" takes text.')
TOO_LONG = QT_TRANSLATE_NOOP("Fields", '"{field}" takes at most {limit} characters.')
TOO_MANY = QT_TRANSLATE_NOOP("Fields", '"{field}" takes at most {limit} values.')
NOT_EMPTY = QT_TRANSLATE_NOOP("Fields", '"{field}" can\'t be empty.')
NOT_YEAR = QT_TRANSLATE_NOOP("Fields", '"{field}" takes a year from {first} to {last}.')
NOT_DATE = QT_TRANSLATE_NOOP("Fields", '"{field}" takes a day such as 2026-03-01.')
NOT_NUMBER = QT_TRANSLATE_NOOP("Fields", '"{field}" takes a number that is not negative.')
NOT_DECIMAL = QT_TRANSLATE_NOOP("Fields", '"{field}" takes a number such as -0.25.')
NOT_PAGE = QT_TRANSLATE_NOOP("Fields", '"{field}" takes the number of a page, from 1.')
NOT_CODE = QT_TRANSLATE_NOOP("Fields", '"{field}" can\'t be "{value}". It takes: {codes}.')
NOT_SHAPE = QT_TRANSLATE_NOOP("Fields", '"{value}" does not look like a value of "{field}".')
CONTROL = QT_TRANSLATE_NOOP(
    "Fields", '"{field}" holds characters that can\'t be seen (control or direction marks).'
)
NOT_SEVERAL = QT_TRANSLATE_NOOP("Fields", '"{field}" takes a list.')
NOT_COST = QT_TRANSLATE_NOOP(
    "Fields", '"{field}" takes an amount, a currency and a year, for instance "12000 EUR 2024".'
)
UNKNOWN_TERM = QT_TRANSLATE_NOOP(
    "Fields",
    '"{field}" has no term "{value}". Near to it: {near}. Take one of them, or add a term of your '
    'own with "vocabulary add {scheme} ...".',
)
UNKNOWN_COUNTRY = QT_TRANSLATE_NOOP(
    "Fields", '"{field}" has no country "{value}". It takes names and two-letter codes (ISO 3166).'
)
NOT_CODED = QT_TRANSLATE_NOOP(
    "Fields", '"{field}" can\'t carry a state, a page or a quote: no page says it.'
)
NOT_REPORTED_FILLED = QT_TRANSLATE_NOOP(
    "Fields", '"{field}" can\'t be "{state}" and hold a value at the same time.'
)
NEEDED = QT_TRANSLATE_NOOP("Fields", 'Say "{field}" too; it is needed here.')
