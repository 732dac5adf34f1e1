"""What a PDF says of its own identity, and not of other works."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.document_identity import DocumentIdentity, document_identity
from desktop_app.domain.extraction import Extraction
from desktop_app.domain.records import Page
from desktop_app.pdf.pool import ExtractionPool

TITLE = "Evaluation of youth work in Ghent"
PROSE = (
    "This report shows what was done in the schools of the city and what became of it, and says\n"
    "how the people who took part in the programme saw their work and the work of the others there."
)
DOI = "10.1000/ghent.2021"
OTHER = "10.2000/other.7"
ISBN, OTHER_ISBN = "9789292570200", "9789292570217"


def identity(*texts: str, **properties: str) -> DocumentIdentity:
    pages = tuple(
        Page(number, str(number), text, language="en")
        for number, text in enumerate((f"{TITLE}\nMarch 2021", *texts), start=1)
    )
    named = {name.replace("_", ":"): value for name, value in properties.items()}
    return document_identity(Extraction(pages, named, headline=TITLE))


def test_imprint_gives_all() -> None:
    imprint = f"© 2021 City of Ghent\nISBN 978-92-9257-020-0\nhttps://doi.org/{DOI}\n{PROSE}"
    assert identity(imprint) == DocumentIdentity(TITLE, DOI, ISBN, 2021)


def test_file_that_says_nothing_has_no_identity() -> None:
    empty = Extraction((Page(1, "1", ""),))
    assert document_identity(empty) == DocumentIdentity("", "", "", None)
    assert document_identity(Extraction(())) == DocumentIdentity("", "", "", None)


@pytest.mark.parametrize(
    "page",
    [
        f"{PROSE}\nDOI: {DOI}",
        f"Suggested citation: Berg, A. (2021), Youth work.\nCity of Ghent. doi:{DOI}\n{PROSE}",
        f"{PROSE}\nBerg, A. and L. Ek (2021). {TITLE}. City of Ghent. https://doi.org/{DOI}",
        f"44 Journal of Youth\nVol. 4, 2021, pp. 44-55\nISSN 1804-171X, DOI: {DOI}\n{PROSE}",
        f"http://dx.doi.org/{DOI}\n0305-750X/© 2021 Elsevier\n{PROSE}\nReferences\ndoi:{OTHER}",
    ],
)
def test_doi_that_is_printed_as_the_document_s_own(page: str) -> None:
    assert identity(page).doi == DOI


@pytest.mark.parametrize(
    "page",
    [
        f"{PROSE}\nhttps://doi.org/{DOI}\nhttps://doi.org/{OTHER}",
        f"{PROSE}\nReferences\nBerg, A. (2020). Crime. https://doi.org/{OTHER}",
        f"{PROSE}\n1 Berg, A. and L. Ek (2019). Youth and crime. Journal 3(2). doi:{OTHER}",
        f"{PROSE}\n1 Anna Berg, Youth and crime in the\ncity, Journal 3(2), 2019,\ndoi:{OTHER}",
        f"{PROSE}\nL. Ek, Youth and crime. Oslo 2019. doi:{OTHER}",
        f"{PROSE}\nAs others have shown before us for the cities of the north (see doi:{OTHER}).",
        f"{PROSE}\nhttps://doi.org/10.1000/goes-on-\nin-the-next-line",
    ],
)
def test_doi_of_another_work_or_of_many_is_none(page: str) -> None:
    assert identity(page).doi == ""


def test_doi_and_isbn_far_behind_are_those_of_others() -> None:
    pages = [PROSE, PROSE, PROSE, f"DOI: {DOI}\nISBN 978-92-9257-020-0\n{PROSE}"]
    found = identity(*pages)
    assert (found.doi, found.isbn) == ("", "")


@pytest.mark.parametrize(
    "properties",
    [
        {"prism_doi": DOI},
        {"dc_identifier": f"doi:{DOI}"},
        {"dc_identifier": f"https://doi.org/{DOI}\nurn:uuid:12"},
        {"Subject": f"Youth Studies 3 (2021) 44-55. doi:{DOI}"},
        {"prism_doi": DOI, "dc_identifier": DOI.upper()},
    ],
)
def test_doi_of_the_properties(properties: dict[str, str]) -> None:
    assert identity(PROSE, **properties).doi == DOI


@pytest.mark.parametrize(
    "properties",
    [
        {"prism_doi": DOI, "dc_identifier": OTHER},
        {"Subject": f"{DOI}"},
        {"prism_doi": "10.1/x", "dc_identifier": "urn:uuid:10.1000"},
        {"Producer": f"doi:{DOI}"},
    ],
)
def test_properties_that_name_no_doi_or_two(properties: dict[str, str]) -> None:
    assert identity(PROSE, **properties).doi == ""


def test_properties_and_print_must_agree() -> None:
    page = f"{PROSE}\nDOI: {DOI}"
    assert identity(page, prism_doi=DOI.upper()).doi == DOI.upper()
    assert identity(page, prism_doi=OTHER).doi == ""


def test_isbns() -> None:
    both = f"ISBN 978-92-9257-021-7 (e-ISBN), ISBN 978-92-9257-020-0 (print)\n{PROSE}"
    assert identity(both).isbn == OTHER_ISBN
    assert identity(both, prism_isbn="978-92-9257-020-0").isbn == ISBN
    assert identity(PROSE, dc_identifier=f"urn:isbn:{ISBN}").isbn == ISBN
    assert identity(PROSE, dc_identifier="urn:isbn:9789292570201").isbn == ""
    books = "\n".join(
        f"ISBN {isbn}"
        for isbn in ("9789292570200", "9789292570217", "9789558708934", "9780306406157")
    )
    assert identity(f"{books}\n{PROSE}").isbn == ""


def test_year_of_the_properties_counts_where_nothing_is_printed() -> None:
    plain = Extraction((Page(1, "1", PROSE, language="en"),), {"prism:publicationDate": "2019-05"})
    assert document_identity(plain).year == 2019
    assert identity(PROSE, prism_publicationDate="2019-05").year == 2021


@given(
    st.lists(
        st.sampled_from(["doi:", "10.1000/", "ISBN ", "978", "2019", "Berg, A.", " ", "\n", "ل"])
        | st.text(max_size=8),
        max_size=60,
    ).map("".join),
    st.text(max_size=40),
)
def test_any_text_has_an_identity_or_none(text: str, named: str) -> None:
    found = identity(text, dc_title=named, dc_identifier=named, dc_date=named, Subject=text)
    assert "\n" not in found.doi
    assert found.isbn.isalnum() or not found.isbn


def test_real_files(corpus: Path) -> None:
    wanted = {
        "en/gld__wp2020-167.pdf": DocumentIdentity(
            "Evolution of wage inequality in India (1983–2017): the role of occupational task"
            " content",
            "10.35188/UNU-WIDER/2020/924-2",
            "9789292569242",
            2020,
        ),
        "en/gld__RE-DEFINING-URBAN-AREAS-INSRI-LANKA_ips_E_Book.pdf": DocumentIdentity(
            "RE-DEFINING URBAN AREAS IN SRI LANKA", "", "9789558708934", 2016
        ),
        "de/texlive__l2tabu.pdf": DocumentIdentity(
            "Das LATEX2ε-Sündenregister oder Veraltete Befehle, Pakete und andere Fehler",
            "",
            "",
            2016,
        ),
    }
    with ExtractionPool(2) as pool:
        for name in wanted:
            pool.submit(name, corpus / "pdf" / name, most_pages=3)
        found = dict(pool.results())
    for name, expected in wanted.items():
        extraction = found[name]
        assert isinstance(extraction, Extraction)
        assert document_identity(extraction) == expected
