"""Names of fields and of their values, in the five languages, as people type them in a query.

Compared after `fold`, so that case, accents and Arabic spelling variants do not matter.
"""

from .records import Access, Kind
from .text import fold, form

_FIELDS: dict[str, str] = {
    "title": "title titel titre rubrik العنوان عنوان",
    "author": "author authors autor autorin auteur auteure författare المؤلف مؤلف",
    "kind": "kind type art typ genre النوع نوع",
    "language": "language lang sprache langue språk اللغة لغة",
    "access": "access zugang accès åtkomst الوصول وصول",
    "tag": "tag tags schlagwort étiquette etikett الوسم وسم",
    "year": "year jahr année annee år السنة سنة عام",
}

_KINDS: dict[Kind, str] = {
    Kind.EVALUATION: "evaluation évaluation utvärdering evaluierung تقييم",
    Kind.EVIDENCE_REVIEW: "evidence_review review übersichtsarbeit revue kunskapsöversikt مراجعة",
    Kind.GAP_MAP: "gap_map lückenkarte carte gapmap خريطة",
    Kind.GUIDE: "guide leitfaden handbuch handbok vägledning دليل",
    Kind.TEMPLATE: "template vorlage modèle mall نموذج",
    Kind.TRAINING: "training schulung formation utbildning تدريب",
    Kind.POLICY_FRAMEWORK: "policy_framework policy rahmen cadre ramverk سياسة إطار",
    Kind.INITIATIVE: "initiative projekt initiativ مبادرة",
    Kind.LESSONS_LEARNED: "lessons_learned lessons erfahrungen enseignements lärdomar دروس",
}

_ACCESS: dict[Access, str] = {
    Access.PUBLIC: "public öffentlich offentlig عام",
    Access.PARTNER: "partner partners partenaires شركاء",
    Access.INTERNAL: "internal intern interne داخلي",
    Access.EMBARGOED: "embargoed gesperrt embargo محظور",
}

_LANGUAGES: dict[str, str] = {
    "ar": "ar arabic arabisch arabe arabiska العربية عربي عربية",
    "en": "en english englisch anglais engelska الإنجليزية إنجليزي انجليزية",
    "fr": "fr french französisch français franska الفرنسية فرنسي فرنسية",
    "de": "de german deutsch allemand tyska الألمانية ألماني المانية",
    "sv": "sv swedish schwedisch suédois svenska السويدية سويدي سويدية",
}


def _inverted(names: dict[str, str]) -> dict[str, str]:
    return {
        fold(form(name.replace("_", ""))): str(value)
        for value, listed in names.items()
        for name in listed.split()
    }


_FIELD_OF = _inverted(_FIELDS)
_VALUE_OF: dict[str, dict[str, str]] = {
    "kind": _inverted({str(kind): names for kind, names in _KINDS.items()}),
    "access": _inverted({str(access): names for access, names in _ACCESS.items()}),
    "language": _inverted(_LANGUAGES),
}


def find_field(name: str) -> str | None:
    """Return the field that a person means by `name`, or None."""
    return _FIELD_OF.get(fold(form(name.strip())))


def find_value(field: str, name: str) -> str | None:
    """Return the stored value of `field` that a person means by `name`, or None."""
    if field == "tag":
        return " ".join(name.split()) or None
    plain = fold(form(name.replace("_", "").replace(" ", "").replace("-", "")))
    return _VALUE_OF.get(field, {}).get(plain)
