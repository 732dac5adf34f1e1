"""All suggestions together: exact quotes, values that fit, explained rules, bounded work."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import overload

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.config.place_files import read_countries
from desktop_app.domain import suggestions
from desktop_app.domain.fields import RECORD_FIELDS, check_value
from desktop_app.domain.records import Page, TextHealth
from desktop_app.domain.suggestions import RULES, Source, Suggestion, Terms, suggest
from desktop_app.domain.suggestions.excerpt import (
    FRONT_PAGES,
    LAST_PAGES,
    MAX_CHARACTERS,
    SAMPLED_PAGES,
)
from tests.unit.domain.suggestions.sources import PROSE, source

REPORT = (
    """CONFIDENTIAL
Ministry of the Interior
Evaluation of the mentoring programme in Jordan
Final report
Anna Berg and Leo Ek
Commissioned by the City of Amman
Report No: MI/2022/7
March 2022""",
    f"""© 2022 Ministry of the Interior
ISBN 978-92-9257-020-0
https://doi.org/10.35188/UNU-WIDER/2020/924-2
Creative Commons Attribution 4.0
{PROSE}""",
    f"""Executive summary
Keywords: mentoring, young people
{PROSE}
The evaluation used a quasi-experimental design with a sample of 212 young people.
This impact evaluation rests on semi-structured interviews and focus groups.
The discussion was held under the Chatham House Rule.""",
)
XMP = (
    "dc:title", "dc:creator", "dc:description", "dc:subject", "dc:language", "dc:rights",
    "dc:publisher", "dc:identifier", "dc:date", "prism:doi", "prism:isbn", "prism:publicationDate",
    "xmpRights:WebStatement", "pdf:Keywords", "Subject", "Keywords",
)  # fmt: skip
LABELS = {"approach": Terms({"en": {"mentoring": "mentoring"}})}
FRAGMENTS = [
    "978-92-9257-020-0",
    "10.1000/",
    "n = ",
    "sample of ",
    "© ",
    "March ",
    "2022",
    "٢٠٢١",
    "ISBN ",
    "Title: ",
    "Conducted by ",
    "Jordan ",
    "City of ",
    "Confidential",
    "Embargo ",
    "et al. ",
    "(",
    ")",
    "1 ",
    "1,",
    "a b ",
    "Aa Bb ",
    "Berg, ",
    "and ",
    "–",
    "...",
    "\n",
    "\n\n",
    " ",
    "\u202e",
    "\u00ad",
    "\x00",
    "\ud800",
    "في ",
    "عينة من ",
    "٪",
    "مقابلات معمقة ",
    "randomised controlled trial ",
    "0" * 50,
]


def check(document: Source, found: list[Suggestion]) -> None:
    """Fail unless every suggestion keeps what its description promises."""
    texts = {page.number: page.text for page in document.pages}
    order = list(RECORD_FIELDS)
    places = [order.index(each.field) for each in found]
    assert places == sorted(places)
    for each in found:
        assert each.rule in RULES
        assert 0 < each.confidence <= 1
        assert each.quote
        if each.page is None:
            assert any(each.quote in value for value in document.properties.values())
        else:
            assert each.quote in texts[each.page]
        value = each.value[0] if isinstance(each.value, tuple) else each.value
        wanted = [value] if RECORD_FIELDS[each.field].several else value
        assert check_value(each.field, wanted) == wanted
    for before, after in pairwise(found):
        assert before.field != after.field or before.confidence >= after.confidence


def test_a_report_gives_all_that_it_says() -> None:
    document = source(*REPORT)
    found = suggest(document, read_countries(), LABELS)
    check(document, found)
    best: dict[str, object] = {}
    for each in found:
        best.setdefault(each.field, each.value)
    assert best == {
        "title": "Evaluation of the mentoring programme in Jordan",
        "year": 2022,
        "language": "en",
        "access": "internal",
        "author": "Anna Berg",
        "commissioner": "City of Amman",
        "doi": "10.35188/UNU-WIDER/2020/924-2",
        "isbn": "9789292570200",
        "report_number": "MI/2022/7",
        "licence": "CC BY 4.0",
        "approach": "mentoring",
        "country": "JO",
        "evaluation_type": "impact",
        "design": "quasi_experimental",
        "sample_size": 212,
        "data_methods": "interview",
        "attribution": "chatham_house",
    }


def test_every_rule_is_explained_and_used() -> None:
    folder = Path(suggestions.__file__).parent
    code = [path.read_text("utf-8") for path in folder.glob("*.py") if path.name != "rules.py"]
    written = "".join(code)
    roles = {f"{field}_labelled" for field in ("evaluator", "commissioner", "funder")}
    assert {rule for rule in RULES if f'"{rule}"' not in written} == roles
    assert all(sentence.endswith(".") for sentence in RULES.values())


@given(
    st.lists(
        st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=30), max_size=40).map("".join),
        max_size=5,
    ),
    st.sampled_from(["en", "ar", "fr", "de", "sv", "und"]),
    st.text(max_size=60),
)
def test_any_text_keeps_the_promises(texts: list[str], language: str, title: str) -> None:
    properties = {"Title": title, "Author": title[::-1], "CreationDate": title}
    properties |= dict.fromkeys(XMP, "".join(texts) or title)
    document = source(*texts, language=language, headline=title, properties=properties)
    check(document, suggest(document, read_countries(), LABELS))


class CountedPages(Sequence[Page]):
    """Pages that are made when they are asked for, and counted."""

    def __init__(self, count: int) -> None:
        self.length = count
        self.asked: set[int] = set()

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, at: int) -> Page: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Page]: ...
    def __getitem__(self, at: int | slice) -> Page | Sequence[Page]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(self.length))]
        if not 0 <= at < self.length:
            raise IndexError(at)
        self.asked.add(at)
        return Page(at + 1, str(at + 1), PROSE, language="en")


@pytest.mark.parametrize("count", [0, 1, 13, 200, 30_000])
def test_of_a_long_document_few_pages_are_asked_for(count: int) -> None:
    pages = CountedPages(count)
    document = Source("x.pdf", pages)
    found = suggest(document, read_countries(), LABELS)
    assert [each.value for each in found if each.field == "language"] == ["en"] * bool(count)
    assert len(pages.asked) <= FRONT_PAGES + LAST_PAGES + 2 * SAMPLED_PAGES
    front = set(range(min(count, FRONT_PAGES)))
    assert front <= pages.asked
    assert set(range(max(0, count - LAST_PAGES), count)) <= pages.asked


@pytest.mark.parametrize(
    "unit",
    [
        "7",
        "7 ",
        "7-",
        "1,234 ",
        "n = 1 ",
        "978-",
        "10.1000/x ",
        "A",
        "Aa ",
        "Aa Bb, ",
        "(",
        "a.b",
        "@",
        "....",
        "©",
        "published ",
        "March ",
        "from to ",
        "et al (",
        "Title: ",
        "by ",
        "سري ",
        "لل",
        "evaluation design ",
        "randomised ",
        "City of ",
        "Guinea ",
        "- ",
        "\n",
        "7\n",
        "Aa Bb\n",
    ],
)
def test_nothing_behind_the_first_characters_of_a_page_is_seen(unit: str) -> None:
    beginning = (unit * MAX_CHARACTERS)[:MAX_CHARACTERS]
    huge = source(beginning + unit * 10_000 + "\nConfidential\nISBN 978-92-9257-020-0")
    cut = source(beginning)
    found = suggest(huge, read_countries(), LABELS)
    check(huge, found)
    assert found == suggest(cut, read_countries(), LABELS)


def test_ten_megabytes_of_digits_say_nothing() -> None:
    texts = ["7" * 10_000_000, "7 " * 5_000_000, *["8" * 1_000_000] * 4]
    document = source(*texts, language="und")
    assert suggest(document, read_countries(), LABELS) == []


def test_a_document_without_text_says_nothing_but_its_properties() -> None:
    pages = tuple(Page(number, str(number), "") for number in range(1, 9))
    assert suggest(Source("scan.pdf", pages), read_countries()) == []
    document = Source("scan.pdf", pages, {"Title": "Youth work in Ghent", "Author": "Anna Berg"})
    (only,) = suggest(document, read_countries())
    assert (only.field, only.page, only.quote) == ("title", None, "Youth work in Ghent")


def test_unreadable_pages_give_no_words() -> None:
    document = source(*REPORT)
    pages = [replace(page, health=TextHealth.UNREADABLE) for page in document.pages]
    fields = {
        each.field for each in suggest(replace(document, pages=pages), read_countries(), LABELS)
    }
    assert not fields & {"title", "design", "evaluation_type", "sample_size", "approach"}


def test_countries_are_suggested_only_with_their_table() -> None:
    assert not {each.field for each in suggest(source(*REPORT))} & {"country", "place"}
