"""Checking values: what a field stores, or one clear sentence why it can't."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from ..changes.change import Value
from .definition import (
    CONTROL,
    NOT_CODE,
    NOT_COST,
    NOT_DATE,
    NOT_DECIMAL,
    NOT_EMPTY,
    NOT_NUMBER,
    NOT_PAGE,
    NOT_SEVERAL,
    NOT_SHAPE,
    NOT_TEXT,
    NOT_YEAR,
    TOO_LONG,
    TOO_MANY,
    UNKNOWN_FIELD,
    FieldDefinition,
    FieldType,
    InvalidValue,
)
from .lists import RECORD_FIELDS

MAX_LINE = 1_000
MAX_TEXT = 100_000
MAX_ITEM = 10_000
MAX_ELEMENTS = 1_000
MAX_PAGE = 1_000_000
FIRST_YEAR, LAST_YEAR = 1800, 2200
EMBARGOED = "embargoed"

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_EMBARGO = re.compile(rf"{EMBARGOED}(?:\s+until\s+|\s*[:,]\s*|\s+)(\S+)", re.IGNORECASE)
_COST = re.compile(r"(\d{1,12}(?:\.\d{1,2})?)\s+([A-Za-z]{3})(?:\s+(\d{4}))?")


def check_value(
    name: str, value: Value, fields: Mapping[str, FieldDefinition] = RECORD_FIELDS
) -> Value:
    """Return `value` as the field stores it: trimmed, numbers as numbers, sets as lists.

    None empties a field that is not required. A concept or country is checked as a line of text
    here; whether there is one of that name is for `Terms` to say. Raises `InvalidValue`, which
    says in one sentence what the field takes.
    """
    field = fields.get(name)
    if field is None:
        raise InvalidValue(UNKNOWN_FIELD, field=name)
    if field.several:
        if isinstance(value, str | Mapping) or not isinstance(value, Sequence):
            raise InvalidValue(NOT_SEVERAL, field=name)
        if len(value) > MAX_ELEMENTS:
            raise InvalidValue(TOO_MANY, field=name, limit=MAX_ELEMENTS)
        return list(dict.fromkeys(check_element(field, element) for element in value))
    if value is None or value == "":
        if field.required:
            raise InvalidValue(NOT_EMPTY, field=name)
        return None
    return _check_single(field, value)


def check_element(field: FieldDefinition, element: Value) -> str:
    """Return one element of a set as it is stored; raises `InvalidValue`."""
    limit = MAX_ITEM if field.type is FieldType.ITEMS else MAX_LINE
    text = _check_text(field, element, limit)
    if not text:
        raise InvalidValue(NOT_EMPTY, field=field.name)
    return _check_code(field, text) if field.codes else text


def check_text(field: FieldDefinition, value: Value, limit: int = MAX_LINE) -> str:
    """Return a text on one line, trimmed; raises `InvalidValue`."""
    return _check_text(field, value, limit)


def _check_single(field: FieldDefinition, value: Value) -> Value:
    match field.type:
        case FieldType.YEAR:
            return _check_year(field, value)
        case FieldType.DATE:
            return _check_date(field, value)
        case FieldType.NUMBER:
            return _check_number(field, value)
        case FieldType.DECIMAL:
            return _check_decimal(field, value)
        case FieldType.PAGE:
            return _check_page(field, value)
        case FieldType.CHOICE:
            return _check_code(field, _check_text(field, value, MAX_LINE))
        case FieldType.ACCESS:
            return _check_access(field, value)
        case FieldType.COST:
            return _check_cost(field, value)
        case FieldType.TEXT:
            return _filled(field, _check_text(field, value, MAX_TEXT))
        case _:
            return _filled(field, _check_text(field, value, MAX_LINE))


def _filled(field: FieldDefinition, text: str) -> str | None:
    if field.required and not text:
        raise InvalidValue(NOT_EMPTY, field=field.name)
    return text or None


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
    wanted = text.lower().replace("-", "_").replace(" ", "_")
    for code in field.codes:
        if code.lower() == wanted:
            return code
    raise InvalidValue(NOT_CODE, field=field.name, value=text, codes=", ".join(field.codes))


def _check_year(field: FieldDefinition, value: Value) -> int:
    text = _digits(value)
    if not re.fullmatch(r"\d{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise InvalidValue(NOT_YEAR, field=field.name, first=FIRST_YEAR, last=LAST_YEAR)
    return int(text)


def _check_date(field: FieldDefinition, value: Value) -> str:
    text = value.strip() if isinstance(value, str) else ""
    try:
        day = date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError as error:
        raise InvalidValue(NOT_DATE, field=field.name) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidValue(NOT_DATE, field=field.name)
    return day.isoformat()


def _check_number(field: FieldDefinition, value: Value) -> float | int:
    text = _digits(value)
    if not re.fullmatch(r"\d{1,12}(\.\d{1,6})?", text):
        raise InvalidValue(NOT_NUMBER, field=field.name)
    return float(text) if "." in text else int(text)


def _check_decimal(field: FieldDefinition, value: Value) -> float | int:
    # Authors write a minus as a dash or as the minus sign.
    text = _digits(value).replace("\u2212", "-").replace("\u2013", "-").removeprefix("+")
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,9})?", text):
        raise InvalidValue(NOT_DECIMAL, field=field.name)
    return float(text) if "." in text else int(text)


def _check_page(field: FieldDefinition, value: Value) -> int:
    text = _digits(value)
    if not re.fullmatch(r"[1-9]\d{0,6}", text) or int(text) > MAX_PAGE:
        raise InvalidValue(NOT_PAGE, field=field.name)
    return int(text)


def _digits(value: Value) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return ""
    text = str(value).strip()
    return text if text.isascii() or "\u2212" in text or "\u2013" in text else ""


def _check_access(field: FieldDefinition, value: Value) -> Value:
    until: Value = None
    level = value
    if isinstance(value, Mapping):
        level, until = value.get("level"), value.get("until")
    elif isinstance(value, str) and (embargo := _EMBARGO.fullmatch(value.strip())):
        level, until = EMBARGOED, embargo[1]
    code = _check_code(field, _check_text(field, level, MAX_LINE))
    if code != EMBARGOED:
        return code
    if until is None:
        return code  # Until further notice: reports often name no day.
    return {"level": code, "until": _check_date(field, until)}


def _check_cost(field: FieldDefinition, value: Value) -> Value:
    parts: tuple[Value, Value, Value] = (None, None, None)
    if isinstance(value, Mapping):
        parts = (value.get("amount"), value.get("currency"), value.get("year"))
    elif isinstance(value, str) and (said := _COST.fullmatch(value.strip())):
        parts = (said[1], said[2], said[3])
    amount, currency, year = parts
    if not isinstance(currency, str) or not re.fullmatch("[A-Za-z]{3}", currency):
        raise InvalidValue(NOT_COST, field=field.name)
    cost: dict[str, Value] = {
        "amount": _check_number(field, amount),
        "currency": currency.upper(),
    }
    return cost if year is None else cost | {"year": _check_year(field, year)}
