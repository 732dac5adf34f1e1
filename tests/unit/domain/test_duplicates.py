"""Which records are probably the same, and what speaks against it."""

from datetime import UTC, datetime, timedelta

import pytest

from desktop_app.domain.duplicates import (
    DuplicateGroup,
    doi_key,
    find_duplicates,
    isbn_key,
    title_key,
)
from desktop_app.domain.imports import MatchedBy
from desktop_app.domain.records import Access, Document, Record

START = datetime(2026, 1, 1, tzinfo=UTC)
TITLE = "Mentoring young people in Malmö"


def record(
    name: str,
    title: str = "",
    year: int | None = None,
    authors: tuple[str, ...] = (),
    files: tuple[str, ...] = (),
    **fields: object,
) -> Record:
    """Return a record; its id is `name`, and names that come later were added later."""
    documents = tuple(
        Document(f"{name}-{each}", name, each * 64, f"{each}.pdf", 1, 1) for each in files
    )
    return Record(
        id=name,
        title=title or f"Something else about {name}",
        access=Access.PUBLIC,
        added_at=START + timedelta(days=ord(name[0])),
        year=year,
        authors=authors,
        documents=documents,
        fields=fields,  # type: ignore[arg-type]
    )


def groups(
    *records: Record, near: dict[str, float] | None = None, unlike: float | None = None
) -> list[DuplicateGroup]:
    """Return the groups; `near` are similarities by the ids of pairs ("ab"), else `unlike`."""
    known = {frozenset(pair): share for pair, share in (near or {}).items()}
    return find_duplicates(
        records, known, lambda first, second: known.get(frozenset((first.id, second.id)), unlike)
    )


def ids(*records: Record, **settings: object) -> list[set[str]]:
    """Return the ids of the groups."""
    return [set(group.ids) for group in groups(*records, **settings)]  # type: ignore[arg-type]


def test_the_same_file_doi_isbn_or_text() -> None:
    assert ids(record("a", files=("1",)), record("b", files=("2", "1"))) == [{"a", "b"}]
    one, two = record("a", doi="10.1000/ABC"), record("b", doi="https://doi.org/10.1000/abc")
    (group,) = groups(one, two, record("c", doi="10.1000/abd"))
    assert [(each.by, each.value, set(each.ids)) for each in group.reasons] == [
        (MatchedBy.DOI, "10.1000/ABC", {"a", "b"})
    ]
    assert ids(record("a", isbn="0-306-40615-2"), record("b", isbn="978-0-306-40615-7"))
    assert ids(record("a"), record("b"), record("c"), near={"ab": 0.9, "bc": 0.69}) == [{"a", "b"}]


def test_chapters_have_the_isbn_of_their_book() -> None:
    chapters = [record(name, doi=f"10.1000/{name}", isbn="978-0-306-40615-7") for name in "abc"]
    assert ids(*chapters) == []


def test_the_same_title_and_year() -> None:
    assert ids(record("a", TITLE, 2020), record("b", "mentoring — young people in MALMO", 2020))
    assert ids(record("a", TITLE, 2020), record("b", title_en=TITLE, year=2020))
    assert ids(record("a", "تقييم برنامج الإرشاد", 2020), record("b", "تقييم برنامج الارشاد", 2020))
    assert ids(record("a", TITLE + " I", 2020), record("b", TITLE + " II", 2020)) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"doi": "10.1000/a"}, {"doi": "10.1000/b"}),
        ({"report_number": "2020:14"}, {"report_number": "2020:15"}),
        ({"authors": ("Ana Silva",)}, {"authors": ("Bo Ek", "Eva Lund")}),
        ({"authors": ("Malmö stad",)}, {"authors": ("Stockholms stad",)}),
        ({"year": 2019}, {}),
    ],
)
def test_what_speaks_against_the_same_title(
    first: dict[str, object], second: dict[str, object]
) -> None:
    one = record("a", TITLE, **{"year": 2020, **first})  # type: ignore[arg-type]
    two = record("b", TITLE, **{"year": 2020, **second})  # type: ignore[arg-type]
    assert ids(one, two) == []
    # But not against the same text.
    assert ids(one, two, near={"ab": 0.95}) == [{"a", "b"}]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (("Ana Silva",), ("Silva, Ana",)),
        (("Silva, A.",), ("Ana Maria Silva", "Bo Ek")),
        (("Brottsförebyggande rådet",), ("Brottsforebyggande Radet",)),
        ((), ("Ana Silva",)),
    ],
)
def test_authors_are_compared_however_they_are_written(
    ours: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    assert ids(record("a", TITLE, 2020, ours), record("b", TITLE, 2020, theirs)) == [{"a", "b"}]


def test_a_title_that_says_nothing_needs_an_author() -> None:
    assert ids(record("a", "Annual report", 2020), record("b", "Annual report", 2020)) == []
    with_author = [record(name, "Annual report", 2020, ("Ana Silva",)) for name in "ab"]
    assert ids(*with_author) == [{"a", "b"}]


def test_annual_reports_of_which_nobody_said_the_year_are_told_apart_by_their_texts() -> None:
    title = "Annual report of the local crime prevention council"
    one, two = record("a", title, files=("1",)), record("b", title, files=("2",))
    assert ids(one, two, unlike=0.5) == []
    assert ids(one, two, unlike=0.6) == [{"a", "b"}]
    assert ids(one, two) == [{"a", "b"}]  # Scans: nobody knows.
    assert ids(record("a", TITLE, 2020, files=("1",)), record("b", TITLE, 2020), unlike=0.0)


def test_who_differs_never_comes_together_through_a_third() -> None:
    reports = [record("a", TITLE, 2019), record("b", TITLE, 2020), record("c", TITLE)]
    assert ids(*reports) == [{"a", "c"}, {"b", "c"}]
    same_doi = [record(name, TITLE, 2019 + n, doi="10.1/x") for n, name in enumerate("abc")]
    assert ids(*(record(r.id, TITLE, r.year, doi="10.1000/x") for r in same_doi)) == [
        {"a", "b", "c"}
    ]


def test_what_was_dismissed_stays_away() -> None:
    one = record("a", TITLE, 2020, not_same_as=["b"])
    two, three = record("b", TITLE, 2020), record("c", TITLE, 2020)
    assert ids(one, two) == []
    assert ids(two, one) == []
    assert ids(one, two, near={"ab": 1.0}) == []
    assert ids(one, two, three) == [{"a", "c"}, {"b", "c"}]


def test_the_record_that_says_most_is_kept() -> None:
    thin, full = record("a", TITLE, 2020), record("b", TITLE, 2020, country=["SE"], design="RCT")
    assert groups(thin, full)[0].keep == "b"
    linked = record("c", TITLE, 2020, merged_from=["x"], not_same_as=["y", "z"])
    assert groups(linked, thin)[0].keep == "a"
    summary = record("a", TITLE, 2020, files=("1",))
    renamed = Document("s", "a", "5" * 64, "kurzfassung.pdf", 1, 1)
    summary = Record(**{**_fields(summary), "documents": (renamed,)})  # type: ignore[arg-type]
    assert groups(summary, record("d", TITLE, 2020, files=("2",)))[0].keep == "d"


def _fields(of: Record) -> dict[str, object]:
    return {name: getattr(of, name) for name in Record.__dataclass_fields__}


def test_the_surest_groups_come_first() -> None:
    found = groups(
        record("a", TITLE, 2020), record("b", TITLE, 2020),
        record("c", files=("1",)), record("d", files=("1",)),
        record("e"), record("f"), near={"ef": 0.8},
    )  # fmt: skip
    assert [group.reasons[0].by for group in found] == [
        MatchedBy.BYTES, MatchedBy.TEXT, MatchedBy.TITLE_AND_YEAR,
    ]  # fmt: skip
    assert found[1].reasons[0].similarity == 0.8


def test_a_title_that_all_have_is_compared_in_reasonable_time() -> None:
    many = [record("a", TITLE, 2020, number=n) for n in range(2000)]
    many = [Record(**{**_fields(each), "id": f"r{n}"}) for n, each in enumerate(many)]  # type: ignore[arg-type]
    assert [len(group.ids) for group in groups(*many)] == [2000]


def test_keys() -> None:
    assert title_key("L'évaluation: Über  alles") == "l evaluation uber alles"
    assert doi_key("doi:10.1000/AB%2F1.") == "10.1000/ab/1"
    assert doi_key("no doi") == ""
    assert isbn_key("979-10-90636-07-1") == "979109063607"
    assert isbn_key("123") == ""
