"""First titles, years and authors of PDFs that came without a description."""

from pathlib import Path

import pytest

from desktop_app.domain.titles import choose_authors, choose_title, choose_year, clean_line


@pytest.mark.parametrize(
    ("properties", "headline", "file_name", "title"),
    [
        ({"Title": "Mentoring at risk youth"}, "Other", "x.pdf", "Mentoring at risk youth"),
        (
            {"Title": "Microsoft Word - final_v3.doc"},
            "Youth work report",
            "x.pdf",
            "Youth work report",
        ),
        ({"Title": "report_2019.indd"}, "", "city_report-2019.pdf", "city report 2019"),
        ({"Title": ""}, "تقييم برنامج الإرشاد", "x.pdf", "تقييم برنامج الإرشاد"),
        ({"Title": "  A\x00B\u202e title \n here "}, "", "x.pdf", "A B title here"),
        ({"Title": "WP2020-167"}, "", "wp.pdf", "wp"),
        ({"Title": "World Bank Document"}, "Gabon poverty", "x.pdf", "Gabon poverty"),
        (
            {"Title": "Draft of a paper", "dc:title": "Youth work in Ghent"},
            "Other",
            "x.pdf",
            "Youth work in Ghent",
        ),
        (
            {"Title": "Youth work in Ghent", "dc:title": "Microsoft Word - x.doc"},
            "Other",
            "x.pdf",
            "Youth work in Ghent",
        ),
        (
            {"Title": "Untitled", "dc:title": "untitled"},
            "Youth work report",
            "x.pdf",
            "Youth work report",
        ),
        ({}, "INTRODUCTION", "GEPD__Jordan_2019_2Pager.pdf", "GEPD Jordan 2019 2Pager"),
        ({}, "المقدّمة", "تقييم_2020.pdf", "تقييم 2020"),
        ({}, "", ".pdf", ".pdf"),
        ({}, "", "Bericht.PDF", "Bericht"),
    ],
)
def test_titles(properties: dict[str, str], headline: str, file_name: str, title: str) -> None:
    assert choose_title(properties, headline, file_name) == title


def test_a_title_is_never_longer_than_people_can_read() -> None:
    assert len(choose_title({"Title": "word " * 100_000}, "", "x.pdf")) <= 300
    assert clean_line("x" * 1_000_000).endswith("…")


@pytest.mark.parametrize(
    ("title", "year"),
    [("Labour force survey 2008", 2008), ("2001 to 2003", None), ("Order 66", None),
     ("Constitution 2011 (2011)", 2011), ("No. 120201", None)],
)  # fmt: skip
def test_years(title: str, year: int | None) -> None:
    assert choose_year(title) == year


@pytest.mark.parametrize(
    ("author", "names"),
    [("Ana Silva; Bo Ek", ("Ana Silva", "Bo Ek")), ("World Bank", ("World Bank",)),
     ("wb123456", ()), ("Ana Silva, Bo Ek, Cy Roe", ("Ana Silva", "Bo Ek", "Cy Roe")),
     ("Ana Silva, Bo Ek and Cy Roe", ("Ana Silva", "Bo Ek", "Cy Roe")),
     ("Ana Silva, Bo Ek und Cy Roe", ("Ana Silva", "Bo Ek", "Cy Roe")),
     ("Silva, Ana Rosa, Ek, Bo", ("Silva, Ana Rosa, Ek, Bo",)),
     ("van Dam, Zoë Ann; de Boer, Jan P", ("van Dam, Zoë Ann", "de Boer, Jan P")),
     ("Microsoft Office User", ()), ("admin", ()), ("", ())],
)  # fmt: skip
def test_authors(author: str, names: tuple[str, ...]) -> None:
    assert choose_authors({"Author": author}) == names


@pytest.mark.parametrize(
    ("listed", "author", "names"),
    [("Ana Silva\nBo Ek", "Ana Silva", ("Ana Silva", "Bo Ek")), ("Ana Silva", "", ("Ana Silva",)),
     ("Dee Zigner", "World Bank Group", ("World Bank Group",)),
     ("admin\nuser", "Bo Ek", ("Bo Ek",)),
     ("Ana Silva\nAna Silva", "", ("Ana Silva",)),
     ("Silva, Ana\nEk, Bo", "", ("Silva, Ana", "Ek, Bo"))],
)  # fmt: skip
def test_authors_of_xmp(listed: str, author: str, names: tuple[str, ...]) -> None:
    assert choose_authors({"dc:creator": listed, "Author": author}) == names


def test_a_file_name_is_only_a_name(tmp_path: Path) -> None:
    assert choose_title({}, "", "../../etc/passwd.pdf") == "../../etc/passwd"
