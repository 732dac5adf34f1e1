"""What the file's properties suggest: less sure than what is printed, and no junk."""

import pytest

from desktop_app.domain.suggestions.marks import find_licence
from tests.unit.domain.suggestions.sources import PROSE, found, source, values

ABSTRACT = (
    "This report shows what was done in the schools of the city and what became of it. It is meant "
    "for all who work with young people."
)
CITATION = (
    "Series No. 147, Local Government, edited by Fumio Nagai, Nakharin Mektrairat and Tsuruyo "
    "Funatsu, Joint Research, Tokyo. 2008. 12 p."
)
PROPERTIES = {
    "prism:doi": "10.1000/x1",
    "prism:isbn": "978-92-9257-020-0",
    "prism:publicationDate": "2021-03-01",
    "xmpRights:WebStatement": "https://creativecommons.org/licenses/by-nc/4.0/",
    "dc:publisher": "City of Ghent",
    "dc:language": "fr-BE",
    "dc:description": ABSTRACT,
    "dc:subject": "youth work\nmentoring",
}


def test_all_that_properties_say_is_suggested_without_a_page() -> None:
    document = source(PROSE, properties=PROPERTIES)
    wanted: dict[str, list[object]] = {
        "doi": ["10.1000/x1"],
        "isbn": ["9789292570200"],
        "year": [2021],
        "licence": ["CC BY-NC 4.0"],
        "publisher": ["City of Ghent"],
        "overview": [ABSTRACT],
        "tag": ["youth work", "mentoring"],
    }
    for field, expected in wanted.items():
        suggestions = found(document, field)
        assert [each.value for each in suggestions] == expected
        for each in suggestions:
            assert each.page is None
            assert each.rule == f"{field}_property"
            # Nothing of it is taken without a person.
            assert each.confidence < 0.6
    assert values(document, "language") == ["en", "fr"]


def test_what_is_printed_goes_first_and_is_not_repeated() -> None:
    page = (
        f"© 2021 City of Ghent\nISBN 978-92-9257-021-7\ndoi:10.1000/X1\n"
        f"CC BY-NC 4.0\nPublished 2019\n{PROSE}"
    )
    document = source(page, properties=PROPERTIES | {"dc:language": "en"})
    assert values(document, "isbn") == ["9789292570217", "9789292570200"]
    for field in ("doi", "licence", "language", "year"):
        suggestions = found(document, field)
        assert suggestions[0].page == 1
        assert f"{field}_property" not in {each.rule for each in suggestions}, field


@pytest.mark.parametrize(
    ("properties", "field"),
    [
        ({"prism:doi": "10.1000/x1", "dc:identifier": "doi:10.1000/y1"}, "doi"),
        ({"dc:identifier": "urn:uuid:10.1000"}, "doi"),
        ({"Subject": "10.1000/x1"}, "doi"),
        ({"prism:isbn": "978-92-9257-020-1"}, "isbn"),
        ({"dc:identifier": "9789292570200"}, "isbn"),
        ({"dc:date": "2021-03-01T10:11:12Z"}, "year"),
        ({"dc:date": "March 2021"}, "year"),
        ({"CreationDate": "D:20210301101112Z"}, "year"),
        ({"dc:rights": "© 2021 City of Ghent"}, "licence"),
        ({"dc:publisher": "Unknown"}, "publisher"),
        ({"dc:publisher": "publisher@example.org"}, "publisher"),
        ({"dc:publisher": "2021"}, "publisher"),
        ({"dc:language": "x-default"}, "language"),
        ({"dc:language": "und"}, "language"),
        ({"dc:language": "English language"}, "language"),
        ({"dc:description": "Youth work in Ghent"}, "overview"),
        ({"dc:description": "word " * 99}, "overview"),
        ({"Subject": CITATION}, "overview"),
        ({"dc:description": ABSTRACT, "dc:title": ABSTRACT}, "overview"),
        ({"Keywords": "latex schulmathematik schulma"}, "tag"),
        ({"Keywords": "https://example.org; a@b.org; 2021; -; x"}, "tag"),
        ({"Keywords": "word " * 99}, "tag"),
        ({"Keywords": "Youth work in Ghent", "Title": "Youth work in Ghent"}, "tag"),
    ],
)  # fmt: skip
def test_junk_is_not_suggested(properties: dict[str, str], field: str) -> None:
    assert found(source("", properties=properties), field) == []


@pytest.mark.parametrize(
    ("properties", "field", "expected"),
    [
        ({"dc:identifier": "https://doi.org/10.1000/x1."}, "doi", ["10.1000/x1"]),
        ({"dc:description": "Youth Studies 3, doi: 10.1000/x1"}, "doi", ["10.1000/x1"]),
        ({"dc:identifier": "urn:isbn:0-8044-2957-X"}, "isbn", ["080442957X"]),
        ({"dc:date": "2021"}, "year", [2021]),
        ({"dc:rights": "Licensed under CC BY 4.0"}, "licence", ["CC BY 4.0"]),
        ({"dc:language": "ger\nAR"}, "language", ["de", "ar"]),
        ({"Subject": ABSTRACT}, "overview", [ABSTRACT]),
        ({"Keywords": "youth, mentoring;work"}, "tag", ["youth, mentoring", "work"]),
        ({"Keywords": "youth, Mentoring, youth "}, "tag", ["youth", "Mentoring"]),
        ({"dc:subject": "a b\nc d e", "pdf:Keywords": "a b, c d e"}, "tag", ["a b", "c d e"]),
        ({"Keywords": "شباب، وقاية"}, "tag", ["شباب", "وقاية"]),
        ({"Keywords": "youth work"}, "tag", ["youth work"]),
        ({"dc:subject": "\n".join(f"word {at}" for at in range(99))}, "tag",
         [f"word {at}" for at in range(12)]),
    ],
)  # fmt: skip
def test_values_as_programs_write_them(
    properties: dict[str, str], field: str, expected: list[object]
) -> None:
    assert values(source("", properties=properties), field) == expected


def test_title_of_xmp_is_suggested_beside_that_of_the_document_information() -> None:
    properties = {"dc:title": "Youth work in Ghent", "Title": "Mentoring in Lund"}
    titles = found(source("", properties=properties), "title")
    assert [each.value for each in titles] == ["Youth work in Ghent", "Mentoring in Lund"]
    same = dict.fromkeys(properties, "Youth work in Ghent")
    (title,) = found(source("", properties=same), "title")
    # Programs write both at once: that both say it makes it no surer.
    assert title.confidence == titles[0].confidence


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("http://creativecommons.org/licenses/by/3.0/igo/", "CC BY 3.0 IGO"),
        ("https://creativecommons.org/licenses/by-nc-nd/4.0/legalcode", "CC BY-NC-ND 4.0"),
        ("https://creativecommons.org/licenses/by-sa/2.0/de", "CC BY-SA 2.0 DE"),
        ("creativecommons.org/licenses/by", "CC BY"),
        ("creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("This work is licensed under CC BY-NC 4.0.", "CC BY-NC 4.0"),
        ("Creative Commons Attribution Non-Commercial 4.0", "CC BY-NC 4.0"),
        ("https://creativecommons.org/about", None),
        ("All rights reserved", None),
    ],
)
def test_licences_by_name_and_address(text: str, licence: str | None) -> None:
    assert find_licence(text) == licence
