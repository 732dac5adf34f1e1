"""The labels of resources/vocabulary: complete, well written, and stigmatising nobody."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable

import pytest

from desktop_app.config.vocabulary_files import load_vocabulary
from desktop_app.domain.fields import RECORD_FIELDS
from desktop_app.domain.language import FUNCTION_WORDS
from desktop_app.domain.records import Access, DocumentRole, Kind, TextHealth
from desktop_app.domain.text import fold, form
from desktop_app.domain.vocabulary import LANGUAGES, Concept, Label, LabelUse, typed_key

VOCABULARY = load_vocabulary()
LABELS = [(concept, label) for concept in VOCABULARY for label in concept.names()]

FEWEST = 500
FEWEST_OF = {
    "term": 150,
    "target_group": 40,
    "approach": 40,
    "outcome": 35,
    "setting": 25,
    "phenomenon": 25,
    "design": 15,
    "data_methods": 15,
    "area_type": 10,
    "delivering_body": 10,
    "age_band": 6,
    "population_band": 5,
}

# The values that the record model lists as codes, and nothing else.
CODES: dict[str, list[str]] = {
    "kind": [code.value for code in Kind],
    "access": [code.value for code in Access],
    "text_health": [code.value for code in TextHealth],
    "document_role": [code.value for code in DocumentRole],
    "topic": "general national_local_cooperation tools_templates_guides specific_initiative "
    "monitoring_and_evaluation private_sector grassroots".split(),
    "prevention_level": ["primary", "secondary", "tertiary"],
    "risk_level": ["universal", "at_risk", "involved"],
    "status": ["planned", "live", "complete"],
    "evaluation_type": "process impact value_for_money outcome_monitoring formative".split(),
    "independence": ["external", "internal", "self", "mixed"],
    "design": "RCT quasi_experimental before_after cross_section theory_based qualitative "
    "mixed".split(),
    "theory_of_change": ["explicit", "implicit", "absent"],
    "direction": ["improved", "no_change", "worsened", "mixed", "not_measured"],
    "dac_criteria": "relevance coherence effectiveness efficiency impact sustainability".split(),
    "attribution": ["named", "chatham_house"],
    "state": ["reported", "not_reported", "not_applicable", "not_extracted"],
    "stage": ["intermediate", "final"],
    "answer": ["yes", "no", "unknown", "unchecked"],
    "scale": ["SMS", "EIF", "EMMIE", "YEF", "CrimeSolutions", "local"],
}
# First lists of the record model, which may grow.
FIRST_LISTS = {
    "delivering_body": "municipality civil_society school police health private_sector "
    "mixed".split(),
    "phenomenon": "right_wing left_wing islamist single_issue hate_crime_and_speech polarisation "
    "conspiracy_and_disinformation hybrid unspecified".split(),
    "approach": "education youth_work mentoring counselling_and_case_management "
    "multi_agency_working dialogue online family_work policing prison_and_probation "
    "staff_training community_grants media_and_communication reporting_tools".split(),
    "outcome": "attitudes behaviour knowledge_and_skills protective_factors "
    "trust_in_institutions practitioner_practice system_and_coordination "
    "violence_and_hate_incidents".split(),
}

# Words that call people by a danger, a deed or a lack. They may be hidden labels, nothing else.
STIGMATISING = {
    "ar": "متطرفون متطرفين إرهابي إرهابيون إرهابيين جهادي جهاديون جهاديين مجرمون مجرمين سجناء "
    "جانحون جانحين مدمنون مدمنين تائبون تائبين مقاتلون مقاتلين معاقون معاقين منحرفون منحرفين "
    "غجر داعش عشوائيات",
    "en": "radicalised radicalized radicals terrorist terrorists extremist extremists jihadi "
    "jihadis jihadist jihadists fundamentalist fundamentalists fanatic fanatics offender "
    "offenders delinquent delinquents criminal criminals inmate inmates prisoner prisoners "
    "addict addicts deviant deviants fighter fighters militants suspects foreigners illegal "
    "ghetto incels neo nazis islamic",
    "fr": "radicalisé radicalisés radicalisée radicalisées terroriste terroristes extrémistes "
    "djihadiste djihadistes jihadiste jihadistes intégristes fanatiques délinquant délinquants "
    "criminel criminels détenus prisonnier prisonniers toxicomanes repentis revenants fichés "
    "combattants clandestins immigrés étrangers ghetto cité incels islamique",
    "de": "radikalisierte radikalisierter radikalisierten radikale terroristen extremisten "
    "islamisten salafisten dschihadisten fundamentalisten gefährder straftäter täter "
    "intensivtäter kriminelle häftlinge insassen gefangene süchtige kämpfer ausländer "
    "asylanten problemjugendliche problemviertel brennpunkt ghetto reichsbürger incels "
    "islamisch islamischer",
    "sv": "radikaliserade radikaler terrorister terrorist extremister jihadister islamister "
    "fundamentalister fanatiker kriminella brottslingar gärningspersoner fångar interner "
    "intagna missbrukare invandrare utlänningar stridande terrorresenärer problemungdomar "
    "problemområde problemområden getto incels nynazister islamisk",
}


def ids(concepts: tuple[Concept, ...]) -> list[str]:
    return [concept.id for concept in concepts]


def show(found: list[tuple[Concept, Label]]) -> str:
    return "\n".join(f"{concept.key} {label.language} {label.text!r}" for concept, label in found)


# What has to be there


def test_there_are_enough_concepts() -> None:
    counts = Counter(concept.scheme for concept in VOCABULARY)
    assert counts.total() >= FEWEST
    assert {
        scheme: counts[scheme] for scheme in FEWEST_OF if counts[scheme] < FEWEST_OF[scheme]
    } == {}
    assert set(counts) == set(CODES) | set(FEWEST_OF) | set(FIRST_LISTS)
    assert set(counts) == {scheme.id for scheme in VOCABULARY.schemes}


@pytest.mark.parametrize("scheme", CODES)
def test_codes_are_the_top_concepts_of_their_scheme(scheme: str) -> None:
    assert ids(VOCABULARY.top(scheme)) == CODES[scheme]


@pytest.mark.parametrize("scheme", FIRST_LISTS)
def test_first_lists_are_complete(scheme: str) -> None:
    assert set(FIRST_LISTS[scheme]) <= set(ids(VOCABULARY.top(scheme)))


def test_every_code_of_a_field_has_a_label() -> None:
    plain = {"redistribution_ok", "machine_translated", "contains_personal_data"}
    named = 0
    for field in RECORD_FIELDS.values():
        scheme = "answer" if field.name in plain else field.name
        for code in field.codes:
            assert VOCABULARY.get(f"{scheme}:{code}"), f"{field.name} {code}"
            named += 1
    assert named > 50


def test_only_code_lists_are_closed() -> None:
    closed = {scheme.id for scheme in VOCABULARY.schemes if scheme.closed}
    # These two have codes, but people may need others or more exact ones.
    assert closed == set(CODES) - {"design", "scale"}
    for scheme in closed:
        assert VOCABULARY.top(scheme) == VOCABULARY.in_scheme(scheme)


def test_every_concept_and_scheme_has_its_label_in_all_languages() -> None:
    for one in (*VOCABULARY, *VOCABULARY.schemes):
        assert tuple(one.labels) == LANGUAGES, one.id


def test_most_concepts_have_other_words_in_every_language() -> None:
    for language in LANGUAGES:
        without = [concept.key for concept in VOCABULARY if language not in concept.alternatives]
        assert len(without) < len(VOCABULARY) / 10, (language, without)


@pytest.mark.parametrize("scheme", ["term", "target_group", "approach", "phenomenon", "design"])
def test_there_is_an_order_of_broader_and_narrower(scheme: str) -> None:
    assert sum(bool(concept.broader) for concept in VOCABULARY.in_scheme(scheme)) >= 7


# How labels are written


def test_ids_are_plain() -> None:
    for concept in VOCABULARY:
        assert re.fullmatch(r"[A-Za-z0-9]+(_[A-Za-z0-9]+)*", concept.id), concept.key
        # Names of methods and scales keep the capitals that the field gives them.
        assert concept.id.islower() or concept.id in CODES.get(concept.scheme, ()), concept.key


def test_broader_concepts_stand_in_the_same_scheme_or_among_the_terms() -> None:
    for concept in VOCABULARY:
        for above in VOCABULARY.ancestors(concept.key):
            assert above.scheme in {concept.scheme, "term"}
            assert above.key != concept.key
        assert len(set(concept.broader)) == len(concept.broader)


def test_no_label_names_two_concepts_of_a_scheme() -> None:
    owners: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for concept, label in LABELS:
        owners[concept.scheme, label.language, typed_key(label.text)].append(
            f"{concept.id} {label.use}"
        )
    # That includes alternatives which equal the preferred label but for accents or the article.
    assert {place: names for place, names in owners.items() if len(names) > 1} == {}


def test_labels_are_in_the_script_of_their_language() -> None:
    wanted = {language: "ARABIC" if language == "ar" else "LATIN" for language in LANGUAGES}
    wrong = [
        (concept, label)
        for concept, label in LABELS
        if not any(letter.isalpha() for letter in label.text)
        or any(
            letter.isalpha() and not unicodedata.name(letter).startswith(wanted[label.language])
            for letter in label.text
        )
    ]
    assert not wrong, show(wrong)


@pytest.mark.parametrize(
    ("what", "wrong"),
    [
        ("blanks", lambda text: text != " ".join(text.split())),
        ("spaces of other kinds", lambda text: re.search(r"[^\S ]", text)),
        ("not NFC", lambda text: unicodedata.normalize("NFC", text) != text),
        ("typewriter quotes", lambda text: re.search("[\"'`´]", text)),
        ("signs that are no words", lambda text: re.search(r"[^\w ,’&/.:\-\u0651]", text)),
        ("ends in punctuation", lambda text: not (text[0].isalnum() and text[-1].isalnum())),
        ("a bar or a slip of the pen", lambda text: re.search(r"[|_;]|\b(\w{2,}) \1\b", text)),
        ("too long for a list", lambda text: len(text) > 75),
        ("tatweel or vowel signs", lambda text: re.search("[\u0640\u064b-\u0650\u0652]", text)),
        ("Persian letters", lambda text: re.search("[یکھۀے]", text)),
        ("Arabic digits", lambda text: re.search("[٠-٩]", text)),
    ],
)
def test_labels_are_written_cleanly(what: str, wrong: Callable[[str], object]) -> None:
    found = [(concept, label) for concept, label in LABELS if wrong(label.text)]
    assert not found, f"{what}:\n{show(found)}"
    names = [name for scheme in VOCABULARY.schemes for name in scheme.labels.values()]
    assert not [name for name in names if wrong(name)]


def test_german_nouns_are_capitals_and_other_words_are_not() -> None:
    # Interfaces can raise a first letter, but not lower it: names and abbreviations keep theirs.
    names = re.compile(
        "LGBTIQ|Islamist|Chatham|Maryland|Youth Endowment|Kriminalvården|OECD|EIF|EMMIE|"
        "CrimeSolutions|État|Outcome"
    )
    for _, label in LABELS:
        if label.use is LabelUse.PREFERRED and label.language in {"en", "fr", "sv"}:
            first = label.text[0]
            assert first.islower() or first.isdigit() or names.match(label.text), label
    german = [concept.label("de") for concept in VOCABULARY]
    assert sum(label != label.lower() for label in german) > 0.9 * len(german)


def test_spelling_is_british() -> None:
    american = re.compile(
        r"\b\w*(?:(?:ization|izations|ized|izing)|(?:avior|color|labeling|counseling))\b|\bprogram\b"
    )
    found = [
        (concept, label)
        for concept, label in LABELS
        if label.language == "en"
        and label.use is LabelUse.PREFERRED
        and american.search(label.text)
    ]
    assert not found, show(found)


def test_swiss_spelling_is_no_label_of_its_own() -> None:
    german = [label.text for _, label in LABELS if label.language == "de"]
    assert not [text for text in german if re.search("(?i)strasse|massnahme|grösse", text)]


def stigmatising(text: str, language: str) -> set[str]:
    avoided = {typed_key(word) for word in STIGMATISING[language].split()}
    return avoided & set(typed_key(text).split())


def test_no_label_that_is_shown_stigmatises() -> None:
    found = [
        (concept, label)
        for concept, label in LABELS
        if label.use is not LabelUse.HIDDEN and stigmatising(label.text, label.language)
    ]
    # A content or a deed, the name of a service in law, or another sense of the word.
    allowed = {
        "extremist propaganda",
        "extremist content",
        "extremist violence",
        "terrorist content online",
        "terrorist attack",
        "victim-offender dialogue",
        "Täter-Opfer-Ausgleich",
        "anciens combattants",
        "contenus extrémistes",
        "العمل الإرهابي",
        "contenus à caractère terroriste",
        "propagande extrémiste",
    }
    found = [(concept, label) for concept, label in found if label.text not in allowed]
    assert not found, show(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_avoided_words_works(language: str) -> None:
    hidden = [label.text for _, label in LABELS if label.use is LabelUse.HIDDEN]
    assert any(stigmatising(text, language) for text in hidden)
    assert stigmatising("radicalised youth", "en")
    assert stigmatising("Gefährder", "de")
    assert not stigmatising("young people at risk", "en")


def test_no_preferred_label_is_a_function_word() -> None:
    for language, words in FUNCTION_WORDS.items():
        common = {fold(form(word)) for word in words}
        for concept, label in LABELS:
            if label.language == language and label.use is LabelUse.PREFERRED:
                assert typed_key(label.text) not in common or concept.scheme == "answer", label
