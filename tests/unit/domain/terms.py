"""A small vocabulary for tests."""

from collections.abc import Mapping

from desktop_app.domain.concepts import Concept, Scheme
from desktop_app.domain.vocabulary import Vocabulary


def concept(
    key: str, *broader: str, hidden: Mapping[str, tuple[str, ...]] | None = None, **labels: str
) -> Concept:
    """Return a concept; a label may be followed by alternatives, with bars between them."""
    scheme, id_ = key.split(":")
    listed = {language: text.split("|") for language, text in labels.items()}
    return Concept(
        id_,
        scheme,
        {language: texts[0] for language, texts in listed.items()},
        {language: tuple(texts[1:]) for language, texts in listed.items() if texts[1:]},
        hidden or {},
        broader,
    )


SCHEMES = (
    Scheme("term", {"en": "general term", "sv": "allmän term"}),
    Scheme("approach", {"en": "approach"}),
    Scheme("answer", {"en": "yes or no"}, closed=True, in_texts=False),
)
CONCEPTS = (
    concept(
        "term:prevention",
        ar="الوقاية",
        en="prevention",
        fr="prévention",
        de="Prävention|Vorbeugung",
        sv="prevention|förebyggande arbete",
    ),
    concept(
        "term:violence_prevention",
        "term:prevention",
        ar="الوقاية من العنف",
        en="violence prevention",
        fr="prévention de la violence",
        de="Gewaltprävention",
        sv="våldsprevention",
    ),
    concept(
        "term:hate",
        ar="الكراهية",
        en="hate",
        fr="haine",
        de="Hass",
        sv="hat",
    ),
    concept(
        "approach:exit_work",
        "term:violence_prevention",
        ar="برامج الخروج",
        en="exit work|exit programme",
        fr="désengagement",
        de="Ausstiegsarbeit",
        sv="avhopparverksamhet",
        hidden={"en": ("deradicalisation of extremists",)},
    ),
    concept(
        "approach:network",
        ar="شبكة",
        en="practitioner network|RAN",
        fr="réseau",
        de="Fachnetzwerk",
        sv="nätverk",
    ),
    concept("answer:no", ar="لا", en="no", fr="non", de="nein", sv="nej"),
)
VOCABULARY = Vocabulary(SCHEMES, CONCEPTS)


def keys(found: tuple[Concept, ...]) -> list[str]:
    return [concept.key for concept in found]
