"""The fields of a record, a finding, an appraisal, a note and a concept, in the field's own order.

Names and values: Magenta Book and UK Evaluation Registry (status, evaluation type), Maryland
Scientific Methods Scale, EMMIE (College of Policing), YEF Toolkit, EIF evidence standards,
CrimeSolutions (rating per outcome since 2025), OECD-DAC criteria (2019), Campbell maps on
countering violent extremism (phenomenon, approach), IATI and ALNAP (kinds).
"""

from dataclasses import replace

from ..records import Access, Kind
from .definition import FieldDefinition, FieldType, Group

_T = FieldType
_YES_NO = ("yes", "no", "unknown")
_LANGUAGES = ("ar", "en", "fr", "de", "sv")


def _define(group: Group, **fields: object) -> list[FieldDefinition]:
    """Return definitions: by type, one of a tuple of codes, several of a list of codes."""
    found = []
    for name, said in fields.items():
        match said:
            case FieldDefinition():
                found.append(replace(said, name=name, group=group))
            case FieldType():
                scheme = name if said in {_T.CONCEPT, _T.CONCEPTS} else ""
                found.append(FieldDefinition(name, group, said, scheme=scheme))
            case list():
                found.append(FieldDefinition(name, group, _T.CODES, tuple(said)))
            case tuple():
                found.append(FieldDefinition(name, group, _T.CHOICE, said))
    return found


def _shaped(pattern: str, field_type: FieldType = _T.LINE) -> FieldDefinition:
    return FieldDefinition("", Group.IDENTITY, field_type, pattern=pattern)


def _needed(
    field_type: FieldType, codes: tuple[str, ...] = (), *, coded: bool = True, scheme: str = ""
) -> FieldDefinition:
    return FieldDefinition(
        "", Group.IDENTITY, field_type, codes, required=True, coded=coded, scheme=scheme
    )


def _plain(field_type: FieldType, codes: tuple[str, ...] = ()) -> FieldDefinition:
    return FieldDefinition("", Group.IDENTITY, field_type, codes, coded=False)


def _by_name(*definitions: FieldDefinition) -> dict[str, FieldDefinition]:
    return {definition.name: definition for definition in definitions}


RECORD_FIELDS: dict[str, FieldDefinition] = _by_name(
    *_define(
        Group.IDENTITY,
        title=_needed(_T.LINE),
        **{f"title_{code}": _T.LINE for code in _LANGUAGES},
        kind=tuple(Kind),
        year=_T.YEAR,
        language=_shaped(r"[A-Za-z]{2,8}(-[A-Za-z0-9]+)*", _T.LINES),
        access=_needed(_T.ACCESS, tuple(Access), coded=False),
        author=_T.LINES,
        evaluator=_T.LINES,
        commissioner=_T.LINES,
        funder=_T.LINES,
        doi=_shaped(r"10\.\d{4,9}/\S+"),
        isbn=_shaped(r"[\d\- ]{9,16}[\dXx]"),
        url=_shaped(r"https?://\S+"),
        report_number=_T.LINE,
        publisher=_T.LINE,
        place_of_publication=_T.LINE,
        licence=_T.LINE,
        redistribution_ok=_YES_NO,
        machine_translated=_YES_NO,
        overview=_T.TEXT,
        key_takeaways=_T.ITEMS,
        next_steps=_T.ITEMS,
        related=_plain(_T.LINES),
        topic=[
            "general", "national_local_cooperation", "tools_templates_guides",
            "specific_initiative", "monitoring_and_evaluation", "private_sector", "grassroots",
        ],
        tag=_plain(_T.LINES),
    ),
    *_define(
        Group.PROGRAMME,
        programme_name=_T.LINE,
        aims=_T.TEXT,
        theory_of_change=("explicit", "implicit", "absent"),
        dosage=_T.LINE,
        delivering_body=_T.CONCEPTS,
        prevention_level=["primary", "secondary", "tertiary"],
        phenomenon=_T.CONCEPTS,
        approach=_T.CONCEPTS,
        setting=_T.CONCEPTS,
        target_group=_T.CONCEPTS,
        age_band=_T.CONCEPTS,
        risk_level=["universal", "at_risk", "involved"],
    ),
    *_define(
        Group.CONTEXT,
        country=_T.COUNTRIES,
        place=_T.LINES,
        area_type=_T.CONCEPTS,
        population_band=_T.CONCEPT,
    ),
    *_define(
        Group.DESIGN,
        status=("planned", "live", "complete"),
        evaluation_type=[
            "process", "impact", "value_for_money", "outcome_monitoring", "formative",
        ],
        independence=("external", "internal", "self", "mixed"),
        design=_T.CONCEPT,
        comparison_group=_T.LINE,
        sample_size=_T.NUMBER,
        attrition=_T.LINE,
        follow_up_months=_T.NUMBER,
        data_methods=_T.CONCEPTS,
    ),
    *_define(
        Group.USE,
        transferability=_T.TEXT,
        lessons=_T.TEXT,
        recommendations=_T.TEXT,
        emmie_mechanism=_T.TEXT,
        emmie_moderators=_T.TEXT,
        emmie_implementation=_T.TEXT,
        emmie_cost=_T.COST,
        dac_criteria=[
            "relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability",
        ],
    ),
    *_define(
        Group.TRUST,
        contains_personal_data=_plain(_T.CHOICE, ("yes", "no", "unchecked")),
        attribution=_plain(_T.CHOICE, ("named", "chatham_house")),
    ),
)  # fmt: skip
"""The fields of a record by name, in the order in which they are shown."""

FINDING_FIELDS: dict[str, FieldDefinition] = _by_name(
    *_define(
        Group.FINDING,
        outcome=_needed(_T.CONCEPT, scheme="outcome"),
        stage=("intermediate", "final"),
        direction=_needed(
            _T.CHOICE, ("improved", "no_change", "worsened", "mixed", "not_measured")
        ),
        effect_size=_T.DECIMAL,
        unit=_T.LINE,
        interval=_T.LINE,
        negative_effects_assessed=_YES_NO,
        document=_T.REFERENCE,
        page=_T.PAGE,
        quote=_T.TEXT,
    )
)
"""What a report found for one outcome."""

DOES_NOT_FIT = "does_not_fit"
"""The value of an appraisal whose scale was not made for designs like this one."""

_VALUES = {
    "SMS": ("1", "2", "3", "4", "5"),
    "EIF": ("4", "3", "2", "NL2", "NE"),
    "EMMIE": ("0", "1", "2", "3", "4"),
    "YEF": ("1", "2", "3", "4", "5"),
    "CrimeSolutions": (
        "effective", "promising", "no_effects", "ineffective", "negative_effects", "inconclusive",
    ),
}  # fmt: skip

SCALE_VALUES: dict[str, tuple[str, ...]] = {
    scale: (*values, DOES_NOT_FIT) for scale, values in _VALUES.items()
}
"""What can be said on each scale; a scale of one's own takes any value. Never averaged."""

APPRAISAL_FIELDS: dict[str, FieldDefinition] = _by_name(
    *_define(
        Group.APPRAISAL,
        scale=_needed(_T.CONCEPT, scheme="scale"),
        value=_needed(_T.LINE),
        reason=_needed(_T.TEXT),
        rater=_T.LINE,
        date=_T.DATE,
        scale_version=_T.LINE,
        finding=_T.REFERENCE,
    )
)
"""What one rater said on one scale: of a record, or of one finding of it."""

NOTE_FIELDS: dict[str, FieldDefinition] = _by_name(
    *_define(
        Group.NOTE,
        text=_needed(_T.TEXT),
        document=_T.REFERENCE,
        page=_T.PAGE,
        quote=_T.TEXT,
        shared=("yes", "no"),
    )
)
"""A reader's note; one that is not shared never leaves the archive."""
