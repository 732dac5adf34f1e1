"""The fields of what the archive describes: what each can hold, and one clear error each."""

from .checks import MAX_LINE, MAX_TEXT, check_element, check_text, check_value
from .definition import FieldDefinition, FieldType, Group, InvalidValue
from .lists import (
    APPRAISAL_FIELDS,
    DOES_NOT_FIT,
    FINDING_FIELDS,
    NOTE_FIELDS,
    RECORD_FIELDS,
    SCALE_VALUES,
)

__all__ = [
    "APPRAISAL_FIELDS",
    "DOES_NOT_FIT",
    "FINDING_FIELDS",
    "MAX_LINE",
    "MAX_TEXT",
    "NOTE_FIELDS",
    "RECORD_FIELDS",
    "SCALE_VALUES",
    "FieldDefinition",
    "FieldType",
    "Group",
    "InvalidValue",
    "check_element",
    "check_text",
    "check_value",
]
