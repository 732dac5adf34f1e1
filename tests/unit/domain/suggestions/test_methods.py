"""Terms of the field: counted where the document speaks of itself."""

import pytest

from desktop_app.domain.fields import RECORD_FIELDS
from desktop_app.domain.suggestions import Source, Suggestion, Terms, suggest
from desktop_app.domain.suggestions.method_words import (
    DATA_METHODS,
    DESIGNS,
    EVALUATION_TYPES,
    NOTHING,
    term_codes,
)
from desktop_app.domain.suggestions.phrases import JoinedLabels, Phrases
from tests.unit.domain.suggestions.sources import PROSE, found, source, values

LABELS = {
    "phenomenon": Terms(
        {
            "en": {"hate speech": "hate_speech", "polarisation": "polarisation"},
            "sv": {"hat": "hate"},
        }
    ),
    "target_group": Terms({"en": {"young people": "young_people", "teachers": "teachers"}}),
}


def labelled(document: Source, field: str) -> list[Suggestion]:
    return [each for each in suggest(document, labels=LABELS) if each.field == field]


@pytest.mark.parametrize(
    ("sentence", "field", "code"),
    [
        ("The evaluation was a randomised controlled trial.", "design", "RCT"),
        ("We used a difference-in-differences approach.", "design", "quasi_experimental"),
        ("Our design compares pre- and post-test answers.", "design", "before_after"),
        ("This study is a cross-sectional survey.", "design", "cross_section"),
        ("The methodology followed contribution analysis.", "design", "theory_based"),
        ("The study took a qualitative approach.", "design", "qualitative"),
        ("Methodology: mixed methods", "design", "mixed"),
        ("Cette étude est un essai contrôlé randomisé.", "design", "RCT"),
        ("Notre démarche repose sur des méthodes mixtes.", "design", "mixed"),
        ("Die Evaluation nutzt ein quasi-experimentelles Design.", "design", "quasi_experimental"),
        ("Wir führten einen Vorher-Nachher-Vergleich durch.", "design", "before_after"),
        ("Studien är en randomiserad kontrollerad studie.", "design", "RCT"),
        ("Vår metod var en tvärsnittsstudie.", "design", "cross_section"),
        ("اعتمد التقييم على المنهج المختلط", "design", "mixed"),
        ("استخدمت هذه الدراسة تصميما شبه تجريبي", "design", "quasi_experimental"),
        ("This impact evaluation began late.", "evaluation_type", "impact"),
        ("Cette évaluation de processus a commencé tard.", "evaluation_type", "process"),
        ("Die Studie enthält eine Kosten-Nutzen-Analyse.", "evaluation_type", "value_for_money"),
        ("Utvärderingen är en effektutvärdering.", "evaluation_type", "impact"),
        ("هذا التقييم هو تقييم الأثر", "evaluation_type", "impact"),
        ("We held semi-structured interviews.", "data_methods", "interview"),
        ("Nous avons mené des groupes de discussion.", "data_methods", "focus_group"),
        ("Wir führten Fokusgruppen durch.", "data_methods", "focus_group"),
        ("Vi gjorde en enkätundersökning.", "data_methods", "survey"),
        ("اعتمد التقييم على مقابلات معمقة", "data_methods", "interview"),
    ],
)
def test_own_methods(sentence: str, field: str, code: str) -> None:
    page = f"{PROSE}\n{sentence}\n{PROSE}"
    suggestion = found(source("Title page", page), field)[0]
    assert suggestion.value == code
    assert (suggestion.page, suggestion.quote) == (2, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The evaluation was not a randomised controlled trial.",
        "In our study a randomised controlled trial was not feasible.",
        "We recommend that a future randomised controlled trial is made.",
        "Berg et al. used a randomised controlled trial in our city.",
        "Our design follows a randomised controlled trial (Berg, 2011).",
        "There was a randomised controlled trial in Norway.",
        "Une évaluation sans essai contrôlé randomisé, dans notre cas.",
        "Wir konnten keine randomisierte kontrollierte Studie machen.",
        "Vi kunde inte göra en randomiserad kontrollerad studie.",
        "لم تعتمد هذه الدراسة تجربة عشوائية محكمة",
        "1.2 Our randomised controlled trial ........ 12",
        "Our environmental impact assessment was late.",
    ],
)
def test_denied_recommended_and_foreign_methods_do_not_count(sentence: str) -> None:
    document = source("Title page", f"{PROSE}\n{sentence}\n{PROSE}")
    assert values(document, "design") == []
    assert values(document, "evaluation_type") == []


def test_methods_after_the_heading_of_the_references_do_not_count() -> None:
    work = "Our randomised controlled trial of work."
    assert values(source("Title page", f"{PROSE}\nReferences\n{work}"), "design") == []


def test_a_design_in_the_title_comes_first() -> None:
    title = "Mentoring: a randomised controlled trial"
    page = f"{PROSE}\nOur study used mixed methods.\n{PROSE}"
    suggestions = found(source(f"{title}\nMay 2020", page, headline=title), "design")
    assert [each.value for each in suggestions] == ["RCT", "mixed"]
    assert suggestions[0].rule == "term_in_title"


@pytest.mark.parametrize(
    ("table", "field"),
    [(DESIGNS, "design"), (EVALUATION_TYPES, "evaluation_type"), (DATA_METHODS, "data_methods")],
)
def test_every_term_finds_its_code(table: dict[str, str], field: str) -> None:
    allowed = RECORD_FIELDS[field].codes
    phrases = Phrases(term_codes(table))
    for term, code in term_codes(table).items():
        assert code == NOTHING or not allowed or code in allowed
        assert [mention.code for mention in phrases.find_all(f"x {term} x")] == [code], term


def test_words_with_endings_and_particles_are_the_same() -> None:
    phrases = Phrases({"focus group": "f", "utvärdering": "u", "مقابلة": "m", "RCT": "r"})
    assert [one.code for one in phrases.find_all("Focus Groups")] == ["f"]
    assert [one.code for one in phrases.find_all("Utvärderingen, utvärderingarna")] == ["u"]
    assert [one.code for one in phrases.find_all("وبالمقابلة وللمقابلة")] == ["m", "m"]
    assert [one.code for one in phrases.find_all("RCTs rct")] == ["r"]
    exact = Phrases({"India": "i"}, endings=False)
    assert [(one.start, one.end) for one in exact.find_all("Indian India")] == [(7, 12)]


def test_the_longest_term_counts() -> None:
    phrases = Phrases({"trial": "t", "randomised trial": "r", "randomised trial of schools": "s"})
    text = "a randomised trial, a trial, a randomised\ntrial of schools"
    assert [one.code for one in phrases.find_all(text)] == ["r", "t", "s"]


def test_terms_count_in_the_language_of_the_page() -> None:
    page = f"{PROSE}\nKeywords: hat, hate speech"
    assert [each.value for each in labelled(source("T", page), "phenomenon")] == ["hate_speech"]
    swedish = source("T", page, language="sv")
    assert [each.value for each in labelled(swedish, "phenomenon")] == ["hate"]


def test_a_subject_has_to_stand_out() -> None:
    line = "Polarisation and teachers came up.\n"
    few = source("T", f"{PROSE}\n{line * 3}", PROSE)
    assert labelled(few, "phenomenon") == []
    many = source("T", f"{PROSE}\n{line * 6}", f"{line * 6}{PROSE}")
    (suggestion,) = labelled(many, "phenomenon")
    assert (suggestion.value, suggestion.rule, suggestion.page) == ("polarisation", "term_often", 2)
    assert suggestion.quote == line.strip()


def test_what_stands_below_its_label_counts_once() -> None:
    page = f"Target group\n• young people\n• teachers\n{PROSE}"
    suggestions = labelled(source(page), "target_group")
    assert [each.value for each in suggestions] == ["teachers", "young_people"] or [
        each.value for each in suggestions
    ] == ["young_people", "teachers"]
    assert {each.rule for each in suggestions} == {"term_labelled"}


def test_labels_of_others_join_the_own_terms() -> None:
    labels = {"design": Terms({"": {"lottery design": "RCT"}})}
    document = source("T", f"{PROSE}\nOur lottery design and our mixed methods")
    found_codes = {
        each.value for each in suggest(document, labels=labels) if each.field == "design"
    }
    assert found_codes == {"RCT", "mixed"}
    joined = JoinedLabels([Terms({"": {"one": "1"}}), Terms({"en": {"two": "2"}})])
    assert [one.code for one in joined.find_all("two one", ("en",))] == ["2", "1"]
    assert [one.code for one in joined.find_all("two one", ("fr",))] == ["1"]
