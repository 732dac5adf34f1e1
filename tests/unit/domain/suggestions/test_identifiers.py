"""DOI, ISBN and report number: with the right shape, and those of the document itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.suggestions.identifiers import is_isbn
from tests.unit.domain.suggestions.sources import PROSE, found, source, values


def check_digit(digits: str) -> str:
    total = sum((3 if at % 2 else 1) * int(digit) for at, digit in enumerate(digits))
    return str(-total % 10)


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_no_isbn(nine: str, place: int, shift: int) -> None:
    twelve = "978" + nine
    isbn = twelve + check_digit(twelve)
    assert is_isbn(isbn)
    assert is_isbn(f"{isbn[:3]}-{isbn[3:9]}-{isbn[9:12]}-{isbn[12]}")
    wrong = isbn[:place] + str((int(isbn[place]) + shift) % 10) + isbn[place + 1 :]
    assert not is_isbn(wrong)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("92-2-115385-1", True),
        ("0-8044-2957-X", True),
        ("0-8044-2957-1", False),
        ("12345", False),
        ("978-0-306-40615-7", True),
        ("979-10-90636-07-1", True),
        ("977-0-306-40615-8", False),
    ],
)
def test_isbns_of_ten_and_thirteen_digits(text: str, right: bool) -> None:
    assert is_isbn(text) is right


@pytest.mark.parametrize(
    ("page", "isbns"),
    [
        (
            "ISBN 978-92-9257-020-0 (Print), 978-92-9257-021-7 (e-ISBN)",
            ["9789292570200", "9789292570217"],
        ),
        ("ISBN: 0-8044-2957-X", ["080442957X"]),
        ("ISBN\n978-955-8708-93-4", ["9789558708934"]),
        ("ردمك 978-92-9257-020-0", ["9789292570200"]),
        ("ISBN 978-92-9257-020-1", []),
        ("Tel. 978-92-9257-020-0", []),
        ("ISBN 978-92-9257-020-01", []),
    ],
)
def test_isbns_need_their_name_and_check_digit(page: str, isbns: list[str]) -> None:
    suggestions = found(source("Title page", page), "isbn")
    assert [each.value for each in suggestions] == isbns
    assert all(each.page == 2 and each.quote in page for each in suggestions)


@pytest.mark.parametrize(
    ("page", "dois"),
    [
        ("https://doi.org/10.35188/UNU-WIDER/2020/924-2", ["10.35188/UNU-WIDER/2020/924-2"]),
        ("(doi:10.1016/S0140-6736(20)30183-5).", ["10.1016/S0140-6736(20)30183-5"]),
        ("DOI 10.1186/s12889-019-1234-5; open access", ["10.1186/s12889-019-1234-5"]),
        ("https://doi.org/10.1186/", []),
        ("See section 10.1000/2 below", []),
        ("https://doi.org/10.35188/UNU-\nWIDER/2020", []),
        ("\n".join(f"Berg, A. Work. doi:10.1000/work.{number}" for number in range(6)), []),
    ],
)
def test_dois(page: str, dois: list[str]) -> None:
    suggestions = found(source(page), "doi")
    assert [each.value for each in suggestions] == dois
    assert [each.quote for each in suggestions] == dois


def test_a_doi_in_the_references_is_not_that_of_the_document() -> None:
    assert values(source(*[PROSE] * 6, "References\ndoi:10.1000/work.1"), "doi") == []


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("Report No: AUS0001412", ["AUS0001412"]),
        ("Economic Growth Center Discussion Paper No. 1071", ["1071"]),
        ("WIDER Working Paper 2020/167", ["2020/167"]),
        ("Rapport 2021:4", ["2021:4"]),
        ("Working Paper Series No.23", ["23"]),
        ("Dnr 2019/00412", ["2019/00412"]),
        ("رقم التقرير: 14/2020", ["14/2020"]),
        ("Annual report 2020", []),
        (
            "This policy paper 12 times said so, and it is told in report no. 7 as well, they say",
            [],
        ),
    ],
)
def test_report_numbers(line: str, numbers: list[str]) -> None:
    suggestions = found(source(f"Youth work in Ghent\n{line}"), "report_number")
    assert [each.value for each in suggestions] == numbers
    assert [each.quote for each in suggestions] == numbers
