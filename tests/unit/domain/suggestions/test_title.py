"""Titles: those that are printed, and not what stands around them."""

import pytest

from tests.unit.domain.suggestions.sources import PROSE, found, source, values


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (
            "Ministry of the Interior\nEvaluation of the mentoring programme\nin twelve cities\n"
            "Final report\nMarch 2022\nwww.example.org",
            "Evaluation of the mentoring programme in twelve cities",
        ),
        ("REPORT ON THE\nYOUTH SURVEY\n2018\nCity of Malmö", "REPORT ON THE YOUTH SURVEY 2018"),
        (
            "Nr. 12\nWirkung der Präventionsarbeit an Schulen –\neine Studie\nUniversität Kassel",
            "Wirkung der Präventionsarbeit an Schulen – eine Studie",
        ),
        (
            "Ville de Lyon\nÉvaluation du dispositif de prévention de la\nradicalisation\n"
            "Rapport final\nOctobre 2019",
            "Évaluation du dispositif de prévention de la radicalisation",
        ),
        (
            "Rapport 2021:4\nUtvärdering av kommunernas arbete mot\nvåldsbejakande extremism",
            "Utvärdering av kommunernas arbete mot våldsbejakande extremism",
        ),
        (
            "المملكة المغربية\nوزارة الداخلية\nتقييم برنامج الوقاية من التطرف في المدارس\n2021",
            "تقييم برنامج الوقاية من التطرف في المدارس",
        ),
        (
            "DRAFT\nConfidential\nAn evaluation of outreach work1 with young men∗\n1Funded so",
            "An evaluation of outreach work with young men",
        ),
        (
            "Working Paper Series No. 7\nA guide to local prevention (Version 2.1)",
            "A guide to local prevention",
        ),
    ],
)
def test_title_is_told_from_the_lines_of_a_title_page(page: str, title: str) -> None:
    suggestion = found(source(page, PROSE), "title")[0]
    assert suggestion.value == title
    assert suggestion.page == 1
    assert suggestion.quote in page
    assert suggestion.rule == "title_lines"


def test_the_largest_type_is_freed_of_what_stands_around_it() -> None:
    page = (
        "Research Paper 2020/167\nChange in youth work (1983–\n2017)\nThe role of local councils\n"
        "Anna Berg and Leo Ek\nDecember 2020"
    )
    headline = "Research Paper 2020/167 Change in youth work (1983– 2017)"
    suggestion = found(source(page, headline=headline), "title")[0]
    assert suggestion.value == "Change in youth work (1983–2017)"
    assert suggestion.quote == "Change in youth work (1983–\n2017)"
    assert suggestion.rule == "title_headline"


def test_the_largest_type_is_completed_where_a_line_was_set_smaller() -> None:
    page = "International handbook of\nlocal prevention\nin twelve cities\nCouncil of Europe"
    suggestion = found(source(page, headline="local prevention"), "title")[0]
    assert suggestion.value == "International handbook of local prevention in twelve cities"


@pytest.mark.parametrize(
    "headline",
    [
        "NATIONAL STATISTICS OFFICE OF GEORGIA",
        "Ministère de l’Intérieur",
        "وزارة الداخلية",
        "Introduction",
        "Table of contents",
        "Inhaltsverzeichnis",
        "Sammanfattning",
        "المحتويات",
        "LIST OF FIGURES",
        "1 Background and aims",
        "Page 3",
        "Appendix A",
        "12 March 2020",
        "[Type the company name]",
        "A N N U A L R E P O R T",
        "report_final_v3.docx",
    ],
)
def test_what_is_no_title_is_not_suggested(headline: str) -> None:
    page = f"{headline}\n{PROSE}"
    document = source(page, headline=headline, properties={"Title": headline})
    assert values(document, "title") == []


def test_a_title_of_the_file_counts_most_where_it_is_printed() -> None:
    properties = {"Title": "Innovative Strategies in Youth Work"}
    page = "INNOVATIVE STRATEGIES\nIN YOUTH WORK\nCouncil of Europe\n2015"
    printed = found(source(page, properties=properties), "title")[0]
    assert (printed.value, printed.page) == ("Innovative Strategies in Youth Work", 1)
    assert printed.quote == "INNOVATIVE STRATEGIES\nIN YOUTH WORK"
    (unprinted,) = found(source(PROSE, properties=properties), "title")
    assert (unprinted.page, unprinted.quote) == (None, "Innovative Strategies in Youth Work")
    assert unprinted.confidence < 0.5 < printed.confidence


def test_a_stale_title_of_the_file_comes_after_what_is_printed() -> None:
    page = "Mentoring in the second year\nAn evaluation for the city of Ghent\nMay 2020"
    document = source(
        page, headline="Mentoring in the second year", properties={"Title": "Template of a letter"}
    )
    assert values(document, "title")[0] == "Mentoring in the second year"


@pytest.mark.parametrize(
    "said",
    [
        "Microsoft Word - report_final.doc", "scan0012.pdf", "Slide 1", "untitled", "A:\\4res.wpd",
        "8f14e45fceea167a5a36dedd4bea2543", "<title>", "15",
    ],
)  # fmt: skip
def test_templates_and_file_names_are_no_titles(said: str) -> None:
    assert values(source(PROSE, properties={"Title": said}), "title") == []


def test_series_and_site_are_cut_off() -> None:
    properties = {"Title": "WIDER Working Paper 2020/167-Wages in India: the role of tasks"}
    assert values(source(PROSE, properties=properties), "title") == [
        "Wages in India: the role of tasks"
    ]
    properties = {"Title": "طاقة متجددة - ويكيبيديا"}
    assert values(source(PROSE, properties=properties), "title") == ["طاقة متجددة"]


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (
            "FACT SHEET\nTitle of the evaluation: Safer Streets, phase two",
            "Safer Streets, phase two",
        ),
        ("PROJECT OVERVIEW\nTitle\nCash for households.\nAuthor\nA. Berg", "Cash for households"),
        ("Fiche\nTitre du projet : Jeunes et République", "Jeunes et République"),
        ("Steckbrief\nTitel: Gemeinsam stark", "Gemeinsam stark"),
        ("بطاقة\nعنوان المشروع: شباب ضد العنف", "شباب ضد العنف"),
    ],
)
def test_what_the_document_calls_its_title_comes_first(page: str, title: str) -> None:
    headline = page.split("\n", maxsplit=1)[0]
    suggestion = found(source(page, headline=headline), "title")[0]
    assert (suggestion.value, suggestion.rule) == (title, "title_labelled")


def test_a_labelled_title_that_goes_on_in_the_next_line_is_not_cut() -> None:
    page = "Title: An evaluation of the\nlong programme\n" + PROSE
    assert "An evaluation of the" not in values(source(page), "title")


def test_signs_that_agree_make_a_title_surer() -> None:
    page = "Evaluation of youth work in Ghent\n2020"
    alone = found(source(page), "title")[0]
    agreed = found(source(page, headline="Evaluation of youth work in Ghent"), "title")
    assert len(agreed) == 1
    assert agreed[0].confidence > alone.confidence


def test_the_part_of_a_work_is_not_its_title() -> None:
    page = (
        "RÉPUBLIQUE DU CAMEROUN\nDEUXIEME ENQUETE SUR L’EMPLOI ET LE\nSECTEUR INFORMEL\n"
        "Phase 1 : Enquête sur l’emploi\nRapport principal\nOctobre 2011"
    )
    document = source(page, language="fr", headline="Phase 1 : Enquête sur l’emploi")
    assert values(document, "title")[0] == "DEUXIEME ENQUETE SUR L’EMPLOI ET LE SECTEUR INFORMEL"


def test_pages_with_wrong_letters_give_no_title() -> None:
    from dataclasses import replace

    from desktop_app.domain.records import TextHealth

    document = source("Evaluation of youth work in Ghent\n2020")
    page = replace(document.pages[0], health=TextHealth.UNREADABLE)
    assert values(replace(document, pages=(page,)), "title") == []
