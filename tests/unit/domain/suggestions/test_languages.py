"""Languages of a document, from those of its pages."""

from dataclasses import replace

from tests.unit.domain.suggestions.sources import PROSE, found, source

SWEDISH = "Det här är en rapport om vad som gjordes i skolorna och vad det blev av arbetet."


def test_main_languages_come_with_a_page_that_shows_them() -> None:
    document = source("2020", PROSE, PROSE, f"{SWEDISH}\n{SWEDISH}")
    pages = [
        replace(page, language=language)
        for page, language in zip(document.pages, ["und", "en", "en", "sv"], strict=True)
    ]
    first, second = found(replace(document, pages=pages), "language")
    assert (first.value, first.page) == ("en", 2)
    assert (second.value, second.page) == ("sv", 4)
    assert first.quote in PROSE and second.quote in SWEDISH
    assert first.confidence > second.confidence


def test_pages_with_few_words_are_read_together() -> None:
    slides = [
        "What we did and why",
        "The aims of the work",
        "It was for the young people",
        "How they saw it",
        "This is what was said by them and what is to be done",
    ]
    document = source(*slides, language="und")
    assert [each.value for each in found(document, "language")] == ["en"]


def test_no_words_no_language() -> None:
    assert found(source("12 13 14", "", language="und"), "language") == []
