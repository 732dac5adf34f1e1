"""Countries by their names in five languages, and places that are called a city or the like."""

import pytest

from desktop_app.config.place_files import read_countries
from desktop_app.domain.suggestions import Countries, Suggestion, parse_countries, suggest
from tests.unit.domain.suggestions.sources import PROSE, source

HEADER = "code\tar\ten\tfr\tde\tsv"
LANGUAGES = ("ar", "en", "fr", "de", "sv")


@pytest.fixture(scope="module")
def countries() -> Countries:
    return read_countries()


def codes(countries: Countries, text: str, *languages: str) -> list[str]:
    return [mention.code for mention in countries.find_all(text, languages)]


def suggested(countries: Countries, *texts: str, language: str = "en") -> list[Suggestion]:
    document = source(*texts, language=language)
    return [each for each in suggest(document, countries) if each.field == "country"]


def test_table_has_every_country_with_a_name_in_each_language(countries: Countries) -> None:
    assert len(countries.by_code) == 250
    for code, country in countries.by_code.items():
        assert len(code) == 2 and code.isascii() and code.isupper()
        assert tuple(country.names) == LANGUAGES
        for language, names in country.names.items():
            assert names and all(name == name.strip() and name for name in names), (code, language)
            assert not any(mark in name for name in names for mark in "?~;(")
            arabic = ["\u0600" <= name[0] <= "\u06ff" for name in names]
            assert all(arabic) if language == "ar" else not any(arabic), (code, names)


def test_hardly_a_name_belongs_to_two_countries(countries: Countries) -> None:
    seen: dict[tuple[str, str], str] = {}
    twice = set()
    for code, country in countries.by_code.items():
        for language, names in country.names.items():
            for name in names:
                if seen.setdefault((language, name), code) != code:
                    twice.add(name)
    assert twice == set()


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("in Sweden, Germany and the United Kingdom", "en", ["SE", "DE", "GB"]),
        ("THE UNITED STATES OF AMERICA", "en", ["US"]),
        ("Papua New Guinea and Guinea-Bissau", "en", ["PG", "GW"]),
        ("the Democratic Republic of the Congo", "en", ["CD"]),
        ("Northern Ireland and Ireland", "en", ["GB", "IE"]),
        ("en Côte d’Ivoire, au Pérou et aux États-Unis", "fr", ["CI", "PE", "US"]),
        ("REPUBLIQUE DU CAMEROUN", "fr", ["CM"]),
        ("in Österreich, der Schweiz und Großbritannien", "de", ["AT", "CH", "GB"]),
        ("i Sverige, Norge och Förenta staterna", "sv", ["SE", "NO", "US"]),
        ("بالمغرب وفي الأردن ولبنان", "ar", ["MA", "JO", "LB"]),
        ("المملكة العربية السعودية", "ar", ["SA"]),
        ("سلطنة عمان ودولة قطر وجمهورية مالي", "ar", ["OM", "QA", "ML"]),
    ],
)
def test_names_are_found(
    countries: Countries, text: str, language: str, expected: list[str]
) -> None:
    assert codes(countries, text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Jordan Smith and Michael Jordan", "en"),
        ("New Jersey and New Mexico", "en"),
        ("Contact us. CONTACT US", "en"),
        ("turkey, china and a small island", "en"),
        ("La réunion de Maurice et Dominique", "fr"),
        ("Ein Island-Pullover", "fr"),
        ("التمويل مالي والأولاد بنين في كل قطر", "ar"),
        ("Indian and Germanic words", "en"),
    ],
)
def test_other_words_are_not(countries: Countries, text: str, language: str) -> None:
    assert codes(countries, text, language) == []


def test_a_name_counts_in_its_language_only(countries: Countries) -> None:
    assert codes(countries, "ett besök på Island", "sv") == ["IS"]
    assert codes(countries, "a visit to Island", "en") == []


def test_the_country_of_the_title_comes_first(countries: Countries) -> None:
    texts = ("Evaluation of youth work in Jordan\nMay 2020", f"Sweden. {PROSE}\n" * 8)
    first, second = suggested(countries, *texts)
    assert (first.value, first.page, first.quote) == ("JO", 1, "Jordan")
    assert (second.value, second.rule) == ("SE", "country_often")
    assert second.quote in texts[1]


def test_listed_countries_are_all_suggested(countries: Countries) -> None:
    line = "Countries covered: Jordan and Lebanon, Pakistan, Zambia"
    page = f"Evaluation of aid\n{PROSE}\n{line}\n{PROSE}"
    found = suggested(countries, page)
    assert [each.value for each in found] == ["JO", "LB", "PK", "ZM"]
    assert {each.quote for each in found} == {line}


@pytest.mark.parametrize(
    "lines",
    [
        "International Office, CH-1211 Geneva 22, Switzerland",
        "Printed in Malta",
        "Tel. +41 22, Switzerland, www.example.org",
        "University of Zambia",
        "Minneapolis, USA, 2004",
        "One school in Norway took part",
        "References\n" + "Berg, A. Youth in Norway.\n" * 9,
    ],
)
def test_countries_of_addresses_and_references_do_not_count(
    countries: Countries, lines: str
) -> None:
    title = "Evaluation of youth work"
    assert suggested(countries, title, f"{PROSE}\n{PROSE}\n{PROSE}\n{PROSE}\n{lines}") == []
    if "\n" not in lines and "Norway" not in lines:
        assert suggested(countries, f"{title}\n{lines}", PROSE) == []


@pytest.mark.parametrize(
    ("texts", "language", "place"),
    [
        (("Youth work in the City of Ghent\nMay 2020", PROSE), "en", "Ghent"),
        (("Utvärdering av arbetet i Malmö stad", PROSE), "sv", "Malmö"),
        (("Rapport", f"Ville de Saint-Denis. {PROSE}\n" * 3), "fr", "Saint-Denis"),
        (("Bericht", f"in der Stadt Kassel. {PROSE}\n" * 3), "de", "Kassel"),
        (("تقييم العمل في مدينة طنجة", PROSE), "ar", "طنجة"),
        (("Report", f"City of Ghent. {PROSE}"), "en", None),
        (("Report", f"The City of London Council. Each City of ours. {PROSE}"), "en", None),
        (("Report on the City of Singapore", PROSE), "en", None),
    ],
)
def test_places(
    countries: Countries, texts: tuple[str, ...], language: str, place: str | None
) -> None:
    document = source(*texts, language=language)
    found = [each.value for each in suggest(document, countries) if each.field == "place"]
    assert found == ([place] if place else [])


@pytest.mark.parametrize(
    "table",
    [
        "",
        "code\ten\nSE\tSweden",
        f"{HEADER}\nSE\ta\tb",
        f"{HEADER}\nSE\ta\tb\tc\td\te\nSE\ta\tb\tc\td\te",
    ],
)
def test_a_broken_table_is_refused(table: str) -> None:
    with pytest.raises(ValueError, match="unexpected"):
        parse_countries(table)
