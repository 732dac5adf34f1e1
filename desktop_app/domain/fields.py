"""The fields of a record, in the field's own order: what each can hold, and one clear error each.

Names and values: Magenta Book and UK Evaluation Registry (status, evaluation type), EMMIE (College
of Policing), OECD-DAC criteria (2019), Campbell maps on countering violent extremism (phenomenon,
approach), IATI and ALNAP (kinds).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .changes.change import Value
from .records import Access, Kind
from .translation import QT_TRANSLATE_NOOP

MAX_LINE = 1_000
MAX_TEXT = 100_000
FIRST_YEAR, LAST_YEAR = 1800, 2200


class FieldType(StrEnum):
    """What a field holds."""

    LINE = "line"
    TEXT = "text"
    YEAR = "year"
    NUMBER = "number"
    CHOICE = "choice"
    CODES = "codes"
    """Several codes of a fixed list."""
    LINES = "lines"
    """Several short texts: names, tags, places, concepts."""
    ACCESS = "access"


class Group(StrEnum):
    """The groups of the details, in their order."""

    IDENTITY = "identity"
    PROGRAMME = "programme"
    CONTEXT = "context"
    DESIGN = "design"
    USE = "use"
    TRUST = "trust"


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    """One field: `codes` are its allowed values where it has a fixed list; `pattern` its shape."""

    name: str
    group: Group
    type: FieldType
    codes: tuple[str, ...] = ()
    pattern: str = ""
    required: bool = False

    @property
    def several(self) -> bool:
        """Return whether the field is a set."""
        return self.type in {FieldType.CODES, FieldType.LINES}


class InvalidValue(ValueError):
    """A field can't hold a value: `template` is the sentence, `fields` fill it."""

    def __init__(self, template: str, **fields: object) -> None:
        super().__init__(template.format(**fields))
        self.template = template
        self.fields = fields


UNKNOWN_FIELD = QT_TRANSLATE_NOOP("Fields", 'There is no field "{field}".')
NOT_TEXT = QT_TRANSLATE_NOOP("Fields", '"{field}" takes text.')
TOO_LONG = QT_TRANSLATE_NOOP("Fields", '"{field}" takes at most {limit} characters.')
NOT_EMPTY = QT_TRANSLATE_NOOP("Fields", '"{field}" can\'t be empty.')
NOT_YEAR = QT_TRANSLATE_NOOP("Fields", '"{field}" takes a year from {first} to {last}.')
NOT_NUMBER = QT_TRANSLATE_NOOP("Fields", '"{field}" takes a number that is not negative.')
NOT_CODE = QT_TRANSLATE_NOOP("Fields", '"{field}" can\'t be "{value}". It takes: {codes}.')
NOT_SHAPE = QT_TRANSLATE_NOOP("Fields", '"{value}" does not look like a value of "{field}".')
CONTROL = QT_TRANSLATE_NOOP(
    "Fields", '"{field}" holds characters that can\'t be seen (control or direction marks).'
)
NOT_SEVERAL = QT_TRANSLATE_NOOP("Fields", '"{field}" takes a list.')

_YES_NO = ("yes", "no", "unknown")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def _define(group: Group, **fields: object) -> list[FieldDefinition]:
    found = []
    for name, said in fields.items():
        if isinstance(said, FieldDefinition):
            found.append(said)
        elif isinstance(said, FieldType):
            found.append(FieldDefinition(name, group, said))
        elif isinstance(said, list):
            found.append(FieldDefinition(name, group, FieldType.CODES, tuple(said)))
        elif isinstance(said, tuple):
            found.append(FieldDefinition(name, group, FieldType.CHOICE, said))
    return found


def _shaped(name: str, group: Group, pattern: str) -> FieldDefinition:
    return FieldDefinition(name, group, FieldType.LINE, pattern=pattern)


_T = FieldType
_DEFINITIONS = [
    FieldDefinition("title", Group.IDENTITY, _T.LINE, required=True),
    FieldDefinition("kind", Group.IDENTITY, _T.CHOICE, tuple(Kind)),
    FieldDefinition("year", Group.IDENTITY, _T.YEAR),
    FieldDefinition("language", Group.IDENTITY, _T.LINES, pattern=r"[A-Za-z]{2,8}(-[A-Za-z0-9]+)*"),
    FieldDefinition("access", Group.IDENTITY, _T.ACCESS, tuple(Access), required=True),
    *_define(
        Group.IDENTITY,
        author=_T.LINES,
        evaluator=_T.LINES,
        commissioner=_T.LINES,
        funder=_T.LINES,
        doi=_shaped("doi", Group.IDENTITY, r"10\.\d{4,9}/\S+"),
        isbn=_shaped("isbn", Group.IDENTITY, r"[\d\- ]{9,16}[\dXx]"),
        url=_shaped("url", Group.IDENTITY, r"https?://\S+"),
        report_number=_T.LINE,
        licence=_T.LINE,
        redistribution_ok=_YES_NO,
        machine_translated=_YES_NO,
        overview=_T.TEXT,
        key_takeaways=_T.TEXT,
        next_steps=_T.TEXT,
        related=_T.LINES,
        topic=[
            "general", "national_local_cooperation", "tools_templates_guides",
            "specific_initiative", "monitoring_and_evaluation", "private_sector", "grassroots",
        ],
        tag=_T.LINES,
    ),
    *_define(
        Group.PROGRAMME,
        programme_name=_T.LINE,
        aims=_T.TEXT,
        theory_of_change=("explicit", "implicit", "absent"),
        dosage=_T.LINE,
        delivering_body=[
            "municipality", "civil_society", "school", "police", "health", "private_sector",
            "mixed",
        ],
        prevention_level=["primary", "secondary", "tertiary"],
        phenomenon=_T.LINES,
        approach=_T.LINES,
        setting=_T.LINES,
        target_group=_T.LINES,
        age_band=_T.LINES,
        risk_level=["universal", "at_risk", "involved"],
    ),
    *_define(
        Group.CONTEXT, country=_T.LINES, place=_T.LINES, area_type=_T.LINES,
        population_band=_T.LINE,
    ),
    *_define(
        Group.DESIGN,
        status=("planned", "live", "complete"),
        evaluation_type=[
            "process", "impact", "value_for_money", "outcome_monitoring", "formative",
        ],
        independence=("external", "internal", "self", "mixed"),
        design=(
            "rct", "quasi_experimental", "before_after", "cross_section", "theory_based",
            "qualitative", "mixed",
        ),
        comparison_group=_T.LINE,
        sample_size=_T.NUMBER,
        attrition=_T.LINE,
        follow_up_months=_T.NUMBER,
        data_methods=_T.LINES,
    ),
    *_define(
        Group.USE,
        transferability=_T.TEXT,
        lessons=_T.TEXT,
        recommendations=_T.TEXT,
        emmie_mechanism=_T.TEXT,
        emmie_moderators=_T.TEXT,
        emmie_implementation=_T.TEXT,
        emmie_cost=_T.LINE,
        dac_criteria=[
            "relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability",
        ],
    ),
    *_define(
        Group.TRUST,
        contains_personal_data=("yes", "no", "unchecked"),
        attribution=("named", "chatham_house"),
    ),
]  # fmt: skip

RECORD_FIELDS: dict[str, FieldDefinition] = {field.name: field for field in _DEFINITIONS}
"""The fields of a record by name, in the order in which they are shown."""


def check_value(name: str, value: Value) -> Value:
    """Return `value` as the field stores it: trimmed, numbers as numbers, sets as lists.

    None empties a field that is not required. Raises `InvalidValue`, which says in one sentence
    what the field takes.
    """
    field = RECORD_FIELDS.get(name)
    if field is None:
        raise InvalidValue(UNKNOWN_FIELD, field=name)
    if field.several:
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise InvalidValue(NOT_SEVERAL, field=name)
        return [check_element(field, element) for element in value]
    if value is None or value == "":
        if field.required:
            raise InvalidValue(NOT_EMPTY, field=name)
        return None
    return _check_single(field, value)


def check_element(field: FieldDefinition, element: Value) -> str:
    """Return one element of a set as it is stored; raises `InvalidValue`."""
    text = _check_text(field, element, MAX_LINE)
    if not text:
        raise InvalidValue(NOT_EMPTY, field=field.name)
    return _check_code(field, text) if field.codes else text


def _check_single(field: FieldDefinition, value: Value) -> Value:
    match field.type:
        case FieldType.YEAR:
            return _check_year(field, value)
        case FieldType.NUMBER:
            return _check_number(field, value)
        case FieldType.CHOICE:
            return _check_code(field, _check_text(field, value, MAX_LINE))
        case FieldType.ACCESS:
            level = value.get("level") if isinstance(value, Mapping) else value
            return _check_code(field, _check_text(field, level, MAX_LINE))
        case FieldType.TEXT:
            return _check_text(field, value, MAX_TEXT)
        case _:
            text = _check_text(field, value, MAX_LINE)
            if field.required and not text:
                raise InvalidValue(NOT_EMPTY, field=field.name)
            return text


def _check_text(field: FieldDefinition, value: Value, limit: int) -> str:
    if not isinstance(value, str):
        raise InvalidValue(NOT_TEXT, field=field.name)
    if len(value) > limit:
        raise InvalidValue(TOO_LONG, field=field.name, limit=limit)
    if _UNSEEN.search(value):
        raise InvalidValue(CONTROL, field=field.name)
    text = value.strip() if field.type is FieldType.TEXT else " ".join(value.split())
    if field.pattern and text and not re.fullmatch(field.pattern, text):
        raise InvalidValue(NOT_SHAPE, field=field.name, value=text)
    return text


def _check_code(field: FieldDefinition, text: str) -> str:
    code = text.lower().replace("-", "_").replace(" ", "_")
    if code not in field.codes:
        raise InvalidValue(NOT_CODE, field=field.name, value=text, codes=", ".join(field.codes))
    return code


def _check_year(field: FieldDefinition, value: Value) -> int:
    text = str(value).strip() if isinstance(value, int | str) else ""
    if not re.fullmatch(r"\d{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise InvalidValue(NOT_YEAR, field=field.name, first=FIRST_YEAR, last=LAST_YEAR)
    return int(text)


def _check_number(field: FieldDefinition, value: Value) -> float | int:
    text = str(value).strip() if isinstance(value, int | float | str) else ""
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,12}(\.\d{1,6})?", text):
        raise InvalidValue(NOT_NUMBER, field=field.name)
    return float(text) if "." in text else int(text)
