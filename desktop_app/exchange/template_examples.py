"""The example rows of the template, and how a reader tells them from rows that people wrote."""

from collections.abc import Mapping

from ..domain.exchange.headings import SheetKind

MARKS: Mapping[str, str] = {
    "en": "Example: this row is not imported",
    "fr": "Exemple : cette ligne n’est pas importée",
    "de": "Beispiel: Diese Zeile wird nicht importiert",
    "sv": "Exempel: den här raden importeras inte",
    "ar": "مثال: لا يُستورد هذا السطر",
}
"""Stands in the column "id" of an example row."""

_CODES: Mapping[SheetKind, Mapping[str, str]] = {
    SheetKind.RECORDS: {
        "kind": "evaluation",
        "access": "public",
        "topic": "specific_initiative; grassroots",
        "country": "SE",
        "design": "before_after",
    },
    SheetKind.FINDINGS: {
        "outcome": "trust_in_institutions", "stage": "final", "direction": "improved",
    },
    SheetKind.APPRAISALS: {"scale": "SMS"},
    SheetKind.EVIDENCE: {},
}  # fmt: skip
"""What an example chooses from lists; everybody may choose otherwise without making it a row."""

_NUMBERS: Mapping[SheetKind, Mapping[str, str]] = {
    SheetKind.RECORDS: {"year": "2024", "sample_size": "120"},
    SheetKind.FINDINGS: {"page": "12"},
    SheetKind.APPRAISALS: {"value": "2", "date": "2026-03-01"},
    SheetKind.EVIDENCE: {},
}

_TITLES = {
    "en": "Evaluation of the mentoring project Open Doors",
    "fr": "Évaluation du projet de mentorat Portes ouvertes",
    "de": "Evaluation des Mentoringprojekts Offene Türen",
    "sv": "Utvärdering av mentorsprojektet Öppna dörrar",
    "ar": "تقييم مشروع الإرشاد «أبواب مفتوحة»",
}

_TEXTS: Mapping[str, Mapping[SheetKind, Mapping[str, str]]] = {
    "en": {
        SheetKind.RECORDS: {
            "language": "en",
            "author": "Anna Berg; Yusuf Haddad",
            "tag": "mentoring; young people",
        },
        SheetKind.FINDINGS: {"quote": "Trust in the municipality rose."},
        SheetKind.APPRAISALS: {"reason": "Measured before and after, without a comparison group"},
    },
    "fr": {
        SheetKind.RECORDS: {
            "language": "fr",
            "author": "Anna Berg; Yusuf Haddad",
            "tag": "mentorat; jeunes",
        },
        SheetKind.FINDINGS: {"quote": "La confiance envers la commune a augmenté."},
        SheetKind.APPRAISALS: {"reason": "Mesures avant et après, sans groupe de comparaison"},
    },
    "de": {
        SheetKind.RECORDS: {
            "language": "de",
            "author": "Anna Berg; Yusuf Haddad",
            "tag": "Mentoring; junge Menschen",
        },
        SheetKind.FINDINGS: {"quote": "Das Vertrauen in die Kommune stieg."},
        SheetKind.APPRAISALS: {"reason": "Vorher und nachher gemessen, ohne Vergleichsgruppe"},
    },
    "sv": {
        SheetKind.RECORDS: {
            "language": "sv",
            "author": "Anna Berg; Yusuf Haddad",
            "tag": "mentorskap; unga",
        },
        SheetKind.FINDINGS: {"quote": "Förtroendet för kommunen ökade."},
        SheetKind.APPRAISALS: {"reason": "Mätt före och efter, utan jämförelsegrupp"},
    },
    "ar": {
        SheetKind.RECORDS: {
            "language": "ar",
            "author": "آنا بيرغ; يوسف حداد",
            "tag": "الإرشاد; الشباب",
        },
        SheetKind.FINDINGS: {"quote": "ازدادت الثقة بالبلدية."},
        SheetKind.APPRAISALS: {"reason": "قياس قبلي وبعدي من دون مجموعة مقارنة"},
    },
}


def example(kind: SheetKind, language: str) -> Mapping[str, str]:
    """Return the example row of a sheet by field, codes as codes; {} for one without example."""
    texts = _own(kind, language)
    return {**texts, **_CODES[kind]} if texts else {}


def is_example(kind: SheetKind, texts: Mapping[str, str]) -> bool:
    """Return whether a row, by field, is the example of the template as the program wrote it."""
    for language, mark in MARKS.items():
        if texts.get("id") == mark:
            said = {field: text for field, text in texts.items() if field not in _CODES[kind]}
            return said == _own(kind, language)
    return False


def example_problem(texts: Mapping[str, str]) -> str:
    """Return what is wrong with a row that was written over an example; "" if nothing is."""
    if texts.get("id") not in MARKS.values():
        return ""
    return "The row is still marked as an example. Empty its cell in the first column."


def _own(kind: SheetKind, language: str) -> dict[str, str]:
    texts = _TEXTS[language].get(kind)
    if texts is None:
        return {}
    title = "title" if kind is SheetKind.RECORDS else "record"
    return {"id": MARKS[language], title: _TITLES[language], **texts, **_NUMBERS[kind]}
