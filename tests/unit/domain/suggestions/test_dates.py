"""The year of publication: from dates that stand for themselves, never from data or references."""

import pytest

from desktop_app.domain.suggestions.months import find_dates
from tests.unit.domain.suggestions.sources import PROSE, found, source, values

TITLE = "Evaluation of youth work in Ghent"


@pytest.mark.parametrize(
    ("line", "dates"),
    [
        ("March 2022", ["2022-03"]),
        ("31. Mai 2022", ["2022-05-31"]),
        ("1er mars 2021", ["2021-03-01"]),
        ("9 juli 2023", ["2023-07-09"]),
        ("May 15, 2024", ["2024-05-15"]),
        ("3rd Sept. 2019", ["2019-09-03"]),
        ("2020-10-12", ["2020-10-12"]),
        ("21.05.2018", ["2018-05-21"]),
        ("05/23/2018", ["2018-05-23"]),
        ("22 يوليو 2021", ["2021-07-22"]),
        ("16 كانون الأول 2006", ["2006-12-16"]),
        ("13 فيفري 2018", ["2018-02-13"]),
        ("28 شتنبر 1974", ["1974-09-28"]),
        ("den 3 maj 2020", ["2020-05-03"]),
        ("März 2020 bis Mai 2021", ["2020-03", "2021-05"]),
        ("Marching 2022", []),
        ("2022", []),
        ("99.99.2020", []),
        ("may 12020", []),
        ("1.2.3 2020", []),
    ],
)
def test_dates_of_five_languages(line: str, dates: list[str]) -> None:
    assert [date.iso for date in find_dates(line)] == dates


@pytest.mark.parametrize(
    ("line", "year", "rule"),
    [
        ("March 2022", 2022, "year_of_date"),
        ("Mars 2021", 2021, "year_of_date"),
        ("Version 2.4 vom 3. Februar 2016", 2016, "year_of_date"),
        ("صيغة محينة بتاريخ 22 يوليو 2021", 2021, "year_of_date"),
        ("١٦ كانون الأول ٢٠٠٦", 2006, "year_of_date"),
        ("2 2016", 2016, "year_of_date"),
        ("2021", 2021, "year_on_title_page"),
        ("2021 م", 2021, "year_on_title_page"),
        ("١٤٤٣هـ / ٢٠٢١", 2021, "year_on_title_page"),
        ("Våren 2019", 2019, "year_on_title_page"),
        ("Belgrade, 2012", 2012, "year_with_place"),
        ("© 2019 City of Ghent", 2019, "year_of_copyright"),
        ("Copyright © 2004 – 2023 The team", 2023, "year_of_copyright"),
        ("First published 2003", 2003, "year_of_publication"),
        ("Publié en mars 2018", 2018, "year_of_date"),
        ("Erschienen 2017", 2017, "year_of_publication"),
        ("Utgiven 2016", 2016, "year_of_publication"),
        ("تاريخ النشر: 2015", 2015, "year_of_publication"),
    ],
)
def test_year_of_the_title_page(line: str, year: int, rule: str) -> None:
    suggestion = found(source(f"{TITLE}\nCity of Ghent\n{line}", PROSE), "year")[0]
    assert (suggestion.value, suggestion.rule, suggestion.page) == (year, rule, 1)
    assert suggestion.quote in line


@pytest.mark.parametrize(
    "line",
    [
        "In 2017 the unemployment rate decreased by two points",
        "Timeframe covered: 2017 – March 2019",
        "Data collected in May 2018",
        "January 2018 – March 2020",
        "PDF generated: 23 May 2016, 16:13",
        "Accessed 3 March 2020",
        "Valid until March 2031",
        "Act of 3 March 1998",
        "Smith, J. (2016). On youth work. London: Press.",
        "released in 2016 revealed new data",
        "1443 هـ",
        "ISSN 1999-2000",
        "0032 2011",
    ],
)
def test_other_years_are_not_suggested(line: str) -> None:
    assert values(source(f"{TITLE}\nCity of Ghent\n{PROSE}\n{line}\n{PROSE}"), "year") == []


def test_years_of_the_text_do_not_count() -> None:
    body = "\n".join([PROSE] * 10)
    pages = [
        TITLE,
        *[f"{body}\nIn June 2009 it began, and by 2014 it had ended there.\n{body}"] * 14,
    ]
    references = "References\nBerg, A. (2011). Work.\nEk, L., March 2012. More work."
    assert values(source(*pages, references), "year") == []


def test_the_date_of_the_title_page_beats_the_copyright_notice_and_the_title() -> None:
    document = source(
        f"{TITLE} 2013\nCity of Ghent", "Ghent\nApril 2014", f"© 2012 City\n{PROSE}", headline=TITLE
    )
    years = found(document, "year")
    assert [each.value for each in years][:2] == [2014, 2012]
    assert years[-1].rule == "year_in_title"
    assert years[-1].confidence < 0.5


def test_how_to_cite_names_the_year() -> None:
    page = f"{TITLE}\n{PROSE}\nSuggested citation:\nBerg, A. (2018). Youth work. Ghent."
    suggestion = found(source(page), "year")[0]
    assert (suggestion.value, suggestion.quote, suggestion.rule) == (
        2018,
        "2018",
        "year_of_citation",
    )


def test_a_running_head_names_the_year_unless_it_changes() -> None:
    head = "{} Journal of Youth Work, Vol. 4, No. 2, December 2016"
    pages = [f"{TITLE}\n{PROSE}", *[f"{head.format(number)}\n{PROSE}" for number in range(2, 6)]]
    assert found(source(*pages), "year")[0].rule == "year_in_running_head"
    rows = [f"{PROSE}\nWave of February {2000 + number}\n{PROSE}" for number in range(5)]
    assert values(source(TITLE, *rows), "year") == []


def test_many_dates_on_a_page_are_a_history() -> None:
    dates = "\n".join(f"{day} March {1990 + day}" for day in range(1, 9))
    assert values(source(TITLE, f"Laws\n{dates}"), "year") == []


def test_no_year_is_later_than_the_file() -> None:
    properties = {"CreationDate": "D:20190520101112Z"}
    page = "Strategy for prevention\nMay 2019\nGoals of\nJune 2030"
    assert values(source(page, properties=properties), "year") == [2019]


def test_the_same_year_in_several_places_is_surer() -> None:
    once = found(source(f"{TITLE}\nMarch 2022", PROSE), "year")[0]
    twice = found(source(f"{TITLE}\nMarch 2022", f"© 2022 City\n{PROSE}"), "year")
    assert len(twice) == 1
    assert twice[0].confidence > once.confidence


def test_dates_beside_words_count_on_the_first_pages_only() -> None:
    line = "Approved on March 2011"
    pages = [TITLE, *[f"Part {number}\n{PROSE}" for number in range(2, 7)]]
    assert values(source(TITLE, f"Note\n{line}"), "year") == [2011]
    assert values(source(*pages, f"Note\n{line}"), "year") == []
