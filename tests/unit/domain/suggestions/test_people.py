"""Authors below the title or behind a label; evaluator, commissioner and funder behind theirs."""

import pytest

from tests.unit.domain.suggestions.sources import PROSE, found, source, values

TITLE = "Evaluation of youth work in Ghent"


@pytest.mark.parametrize(
    ("below", "authors"),
    [
        ("Anna Berg, Leo Ek and Zoë van Dam\nMay 2020", ["Anna Berg", "Leo Ek", "Zoë van Dam"]),
        (
            "Joseph J. Capuno1\nCarlos Antonio Tan, Jr.\nXylee Javier",
            ["Joseph J. Capuno", "Carlos Antonio Tan, Jr.", "Xylee Javier"],
        ),
        ("Saloni Khurana1 and Kanika Mahajan2", ["Saloni Khurana", "Kanika Mahajan"]),
        ("Anna Berg† Leo Ek‡", ["Anna Berg", "Leo Ek"]),
        ("Anna Berg\nUniversity of Ghent", ["Anna Berg"]),
        ("BILESHA WEERARATNE\nINSTITUTE OF POLICY STUDIES", ["BILESHA WEERARATNE"]),
        ("Technical Overview\nJune 2020", []),
        ("User Manual", []),
        ("City Council\nMay 2020", []),
        ("Translated by\nAnna Berg and Leo Ek", []),
    ],
)
def test_names_below_the_title(below: str, authors: list[str]) -> None:
    text = "It gives a technical overview and a manual for the user in every city and council."
    document = source(f"{TITLE}\n{below}", f"{PROSE}\n{text}", headline=TITLE)
    suggestions = found(document, "author")
    assert [each.value for each in suggestions] == authors
    assert all(each.quote in below for each in suggestions)


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        ("Authors: Anna Berg, Leo Ek", ["Anna Berg", "Leo Ek"]),
        ("by Anna Berg", ["Anna Berg"]),
        ("Auteurs :\nAnne Le Gall\nLuc Petit", ["Anne Le Gall", "Luc Petit"]),
        ("Autorinnen und Autoren: Änne Groß und Ute Maß", ["Änne Groß", "Ute Maß"]),
        ("Författare: Åsa Öberg", ["Åsa Öberg"]),
        ("إعداد: محمد الأمين بن علي", ["محمد الأمين بن علي"]),
        ("By the end of the year it was done", []),
        ("von Anfang an", []),
        ("PAR LES GRANDES ECOLES ET", []),
        ("إعداد التقرير وفق المنهجية المعتمدة في 2020", []),
    ],
)
def test_names_behind_a_label(lines: str, authors: list[str]) -> None:
    document = source(f"{PROSE}\n{lines}\n{PROSE}")
    assert values(document, "author") == authors


def test_an_author_of_the_file_counts_only_where_it_is_printed() -> None:
    properties = {"Author": "Asian Development Bank"}
    page = f"{TITLE}\nASIAN\nAsian Development Bank"
    (author,) = found(source(page, headline=TITLE, properties=properties), "author")
    assert (author.value, author.page, author.rule) == (
        "Asian Development Bank",
        1,
        "author_printed",
    )
    assert values(source(TITLE, properties={"Author": "Tina Typist"}), "author") == []
    listed = {"dc:creator": "Tina Typist\nAsian Development Bank"}
    assert values(source(page, headline=TITLE, properties=listed), "author") == [
        "Asian Development Bank"
    ]
    thanks = (
        f"{TITLE}\nWe thank all who helped us to make this report, above all Tina Typist of Ghent"
    )
    assert values(source(thanks, properties={"Author": "Tina Typist"}), "author") == []


@pytest.mark.parametrize(
    ("field", "line", "names"),
    [
        ("evaluator", "Conducted by: Leo Ek, Anna Berg", ["Leo Ek", "Anna Berg"]),
        ("evaluator", "Durchgeführt von der Universität Kassel", ["Universität Kassel"]),
        ("evaluator", "Utvärderare: Ramboll Management", ["Ramboll Management"]),
        ("commissioner", "Commissioned by UNHCR Evaluation Service", ["UNHCR Evaluation Service"]),
        (
            "commissioner",
            "im Auftrag des Bundesministeriums für Familie",
            ["Bundesministeriums für Familie"],
        ),
        ("commissioner", "På uppdrag av Malmö stad", ["Malmö stad"]),
        ("commissioner", "بتكليف من وزارة الداخلية", ["وزارة الداخلية"]),
        ("funder", "Funded by\nThe European Union", ["The European Union"]),
        ("funder", "Financé par le Fonds social européen", ["Fonds social européen"]),
        ("funder", "funded by those who had always paid", []),
        ("commissioner", "Commissioned by www.example.org", []),
    ],
)
def test_roles(field: str, line: str, names: list[str]) -> None:
    page = f"{TITLE}\n{line}"
    suggestions = found(source(page), field)
    assert [each.value for each in suggestions] == names
    assert all(each.quote in page for each in suggestions)
