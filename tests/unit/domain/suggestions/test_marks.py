"""Marks of access: short lines that say so, and no sentence about confidentiality."""

import pytest

from tests.unit.domain.suggestions.sources import PROSE, found, source, values

TITLE = "Evaluation of youth work in Ghent"


@pytest.mark.parametrize(
    "mark",
    [
        "CONFIDENTIAL", "Strictly confidential", "For internal use only", "[Internal document]",
        "NOT FOR DISTRIBUTION", "Do not cite or quote", "OFFICIAL-SENSITIVE", "TLP:AMBER",
        "Restricted", "Confidentiel", "Diffusion restreinte", "Ne pas diffuser", "À usage interne",
        "Vertraulich", "VS – Nur für den Dienstgebrauch", "Nicht zur Veröffentlichung bestimmt",
        "Konfidentiellt", "Endast för internt bruk", "Ej för spridning",
        "سري", "سري للغاية", "للاستخدام الداخلي فقط", "غير مخصص للنشر",
        "Confidential – do not share outside the city", "DRAFT: not for circulation".split(": ")[1],
    ],
)  # fmt: skip
def test_marks_make_a_document_internal(mark: str) -> None:
    page = f"{mark}\n{TITLE}\nMay 2020"
    (suggestion,) = found(source(page), "access")
    assert (suggestion.value, suggestion.page, suggestion.rule) == ("internal", 1, "access_mark")
    assert suggestion.quote in mark
    assert suggestion.confidence > 0.8


@pytest.mark.parametrize(
    "sentence",
    [
        "Confidential interviews were held with twelve people in the schools of the city.",
        "All answers were treated as confidential.",
        "Confidentiality of the answers was kept.",
        "Les entretiens confidentiels ont duré une heure.",
        "Die Angaben wurden vertraulich behandelt.",
        "Uppgifterna omfattas av regler om tystnadsplikt.",
        "سرية البيانات مضمونة",
        "Restricted mobility was a problem for many.",
        "Internal communication improved.",
    ],
)
def test_sentences_are_no_marks(sentence: str) -> None:
    assert values(source(f"{TITLE}\n{PROSE}\n{sentence}\n{PROSE}"), "access") == []


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        ("Embargoed until 1 March 2026", ("embargoed", "2026-03-01")),
        ("UNDER EMBARGO UNTIL\n12 May 2027", ("embargoed", "2027-05-12")),
        ("Sous embargo jusqu’au 1er mars 2026", ("embargoed", "2026-03-01")),
        ("Sperrfrist: 01.03.2026, 12 Uhr", ("embargoed", "2026-03-01")),
        ("Embargo till den 1 mars 2026", ("embargoed", "2026-03-01")),
        ("محظور النشر حتى 1 مارس 2026", ("embargoed", "2026-03-01")),
        ("Embargoed until March 2026", "embargoed"),
    ],
)
def test_embargoes(lines: str, value: object) -> None:
    (suggestion,) = found(source(f"{lines}\n{TITLE}"), "access")
    assert (suggestion.value, suggestion.rule) == (value, "access_embargo")
    assert suggestion.quote == lines


def test_a_mark_on_every_page_counts_wherever_it_begins() -> None:
    pages = [TITLE, *[PROSE] * 5, *[f"Confidential\n{PROSE}"] * 4]
    assert values(source(*pages), "access") == ["internal"]
    assert values(source(*pages[:7]), "access") == []


def test_open_marks_give_way_to_marks_that_limit() -> None:
    opened = "Public Disclosure Authorized Public Disclosure Authorized"
    (suggestion,) = found(source(f"{TITLE}\n{opened}"), "access")
    assert (suggestion.value, suggestion.quote) == ("public", "Public Disclosure Authorized")
    assert values(source(f"{TITLE}\n{opened}\nConfidential"), "access") == ["internal"]


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("The meeting was held under the Chatham House Rule.", ["chatham_house"]),
        ("Die Sitzung folgte der Chatham-House-Regel.", ["chatham_house"]),
        ("La réunion suivait la règle de Chatham House.", ["chatham_house"]),
        ("اجتماع وفق قاعدة تشاتام هاوس", ["chatham_house"]),
        ("It was not under the Chatham House Rule.", []),
        ("He spoke at Chatham House.", []),
    ],
)
def test_chatham_house_rule(sentence: str, codes: list[str]) -> None:
    suggestions = found(source(f"{TITLE}\n{PROSE}\n{sentence}"), "attribution")
    assert [each.value for each in suggestions] == codes
    assert all(each.quote == sentence for each in suggestions)


@pytest.mark.parametrize(
    ("line", "licence"),
    [
        ("Creative Commons Attribution 3.0 IGO license (CC BY 3.0 IGO)", "CC BY 3.0 IGO"),
        ("Licensed under CC BY-NC-SA 4.0", "CC BY-NC-SA 4.0"),
        ("Creative Commons Attribution-NonCommercial 4.0 International", "CC BY-NC 4.0"),
        ("CC0 1.0", "CC0 1.0"),
        ("CC the mayor", None),
    ],
)
def test_licences(line: str, licence: str | None) -> None:
    found_licences = values(source(TITLE, f"{PROSE}\n{line}"), "licence")
    assert found_licences == ([licence] if licence else [])
