"""Short and everyday words of the query language, beyond headings and vocabulary."""

FIELD_WORDS: dict[str, str] = {
    "title": "title titel titre rubrik العنوان عنوان",
    "author": "author authors autor autorin auteur auteure författare المؤلف مؤلف",
    "kind": "kind type art typ genre النوع نوع",
    "language": "language lang sprache langue språk اللغة لغة",
    "access": "access zugang accès åtkomst الوصول وصول",
    "tag": "tag tags schlagwort étiquette etikett الوسم وسم",
    "year": "year jahr année annee år السنة سنة عام",
    "evaluation_type": "evaluation évaluation utvärdering evaluierung تقييم",
    "target_group": "target public_cible zielgruppe målgrupp الفئة",
}
"""Names of fields in any language."""

HAS_WORDS: dict[str, str] = {
    "en": "has with",
    "fr": "avec contient",
    "de": "hat mit",
    "sv": "har med",
    "ar": "لديه فيه به يحتوي",
}
"""What "has:" is called, the name to offer first."""

NOTE_WORDS = (
    "notes annotations notizen anteckningar ملاحظات note notiz anteckning ملاحظة"
    " comments commentaires remarques kommentare anmerkungen noteringar kommentarer تعليقات"
)
"""The notes of a record in English, French, German, Swedish and Arabic; then further words."""

LANGUAGE_NAMES: dict[str, str] = {
    "ar": "Arabic arabe Arabisch arabiska العربية",
    "en": "English anglais Englisch engelska الإنجليزية",
    "fr": "French français Französisch franska الفرنسية",
    "de": "German allemand Deutsch tyska الألمانية",
    "sv": "Swedish suédois Schwedisch svenska السويدية",
}
"""The languages in English, French, German, Swedish and Arabic."""

VALUE_WORDS: dict[str, dict[str, str]] = {
    "kind": {
        "evaluation": "evaluation évaluation utvärdering evaluierung تقييم",
        "evidence_review": "review übersichtsarbeit revue kunskapsöversikt مراجعة",
        "gap_map": "lückenkarte carte gapmap خريطة",
        "guide": "guide leitfaden handbuch handbok vägledning دليل",
        "template": "template vorlage modèle mall نموذج",
        "training": "training schulung formation utbildning تدريب",
        "policy_framework": "policy rahmen cadre ramverk سياسة إطار",
        "initiative": "initiative projekt initiativ مبادرة",
        "lessons_learned": "lessons erfahrungen enseignements lärdomar دروس",
    },
    "access": {
        "public": "public öffentlich offentlig عام",
        "partner": "partner partners partenaires شركاء",
        "internal": "internal intern interne داخلي",
        "embargoed": "embargoed gesperrt embargo محظور",
    },
    "language": {
        "ar": "عربي",
        "en": "إنجليزي",
        "fr": "فرنسي",
        "de": "ألماني",
        "sv": "سويدي",
    },
}
"""Values by field and code."""
