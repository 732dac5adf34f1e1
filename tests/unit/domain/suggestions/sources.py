"""Documents for the tests of suggestions, made of a few pages of text."""

from desktop_app.domain.records import Page
from desktop_app.domain.suggestions import Source, Suggestion, suggest
from desktop_app.domain.suggestions.excerpt import Excerpt, take_excerpt

PROSE = (
    "This report shows what was done in the schools of the city and what became of it, and says\n"
    "how the people who took part in the programme saw their work and the work of the others there."
)


def source(
    *texts: str,
    language: str = "en",
    headline: str = "",
    properties: dict[str, str] | None = None,
    file_name: str = "scan_0012.pdf",
) -> Source:
    """Return a document with these pages, all in one language."""
    pages = tuple(
        Page(number, str(number), text, language=language)
        for number, text in enumerate(texts, start=1)
    )
    return Source(file_name, pages, properties or {}, headline)


def excerpt(*texts: str, language: str = "en") -> Excerpt:
    """Return what is looked at of a document with these pages."""
    return take_excerpt(source(*texts, language=language))


def found(document: Source, field: str) -> list[Suggestion]:
    """Return what is suggested for one field, the best first."""
    return [each for each in suggest(document) if each.field == field]


def values(document: Source, field: str) -> list[object]:
    """Return the values that are suggested for one field, the best first."""
    return [each.value for each in found(document, field)]
