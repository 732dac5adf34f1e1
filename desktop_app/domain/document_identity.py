"""What a PDF says of its identity: its own title, DOI, ISBN and year, never those of other works.

Reports name many other works. A DOI or ISBN counts only where the file's properties name it, or
where it is printed on one of the first pages like the document's own: not in running text, not in a
list of references, and not beside others.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .extraction import Extraction
from .suggestions.dates import CITE_AS, suggest_year
from .suggestions.excerpt import Excerpt, Leaf, Line, before_references, key_of, take_excerpt
from .suggestions.file_properties import property_dois, property_isbns, property_years
from .suggestions.furniture import is_prose
from .suggestions.identifiers import find_dois, suggest_identifiers
from .suggestions.title import suggest_title
from .suggestions.values import Source, Suggestion
from .titles import choose_title, named_title

IMPRINT_PAGES = 4
"""A DOI or an ISBN behind them is not looked for."""

_SURE_YEAR = 0.6
_SURE_TITLE = 0.6
_MOST_ISBNS = 3
_ABOVE = 3
_HEAD_LINES = 4
_TITLE_PART = 20
_ENTRY = re.compile(
    r"""(?:^|\s)\W?\d{1,3}[\])]?\.?\s[^\W\d_].*(?:19|20)\d\d  # a numbered note with a year
      | \b[^\W\d_]{2,},?\s(?:[A-Z]\.[\s-]?|[A-Z]{1,3}[\s,(]).*(?:19|20)\d\d  # Berg, A. ... 2019
      | \b(?:[A-Z]\.[\s-]?){1,3}[A-Z][^\W\d_]+\W.*(?:19|20)\d\d  # A. Berg ... 2019
      | \bet\sal\b""",
    re.VERBOSE,
)


class DocumentIdentity(NamedTuple):
    """Title, DOI and ISBN as far as the file says them of itself ("" where not), and the year."""

    title: str
    doi: str = ""
    isbn: str = ""
    year: int | None = None


def document_identity(extraction: Extraction) -> DocumentIdentity:
    """Return what a file says of its identity; its first pages are enough.

    An ISBN is its digits only. Where properties and print name different DOIs there is none.
    """
    source = Source("", extraction.pages, extraction.properties, extraction.headline)
    excerpt = take_excerpt(source)
    titles = suggest_title(source, excerpt)
    title = str(titles[0].value) if titles else ""
    return DocumentIdentity(
        title=title,
        doi=_doi(source, excerpt, title),
        isbn=_isbn(source, excerpt),
        year=_year(source, excerpt, titles),
    )


def initial_title(extraction: Extraction, file_name: str) -> str:
    """Return the title to give a file that came without a description; never "".

    It is what its properties name, else what its first pages print as their title where that is
    sure, else what `choose_title` makes of the largest type and the name. Of the 58 files of
    the corpus 47 get the title that people would give them, and 36 without the print.
    """
    named = named_title(extraction.properties)
    if named:
        return named
    source = Source(file_name, extraction.pages, extraction.properties, extraction.headline)
    for found in suggest_title(source, take_excerpt(source))[:1]:
        if found.confidence >= _SURE_TITLE:
            return str(found.value)
    return choose_title(extraction.properties, extraction.headline, file_name)


def _doi(source: Source, excerpt: Excerpt, title: str) -> str:
    named = [doi for doi, _ in property_dois(source.properties)]
    printed = _printed_doi(excerpt, title)
    if named and printed and named[0].lower() != printed.lower():
        return ""
    return named[0] if named else printed


def _printed_doi(excerpt: Excerpt, title: str) -> str:
    for leaf in excerpt.front:
        if leaf.number > IMPRINT_PAGES:
            break
        found = list(_dois(leaf))
        if len({doi.lower() for doi, _ in found}) > 1:
            return ""
        if found:
            doi, at = found[0]
            return doi if _is_own(leaf.lines, at, doi, title) else ""
    return ""


def _dois(leaf: Leaf) -> Iterator[tuple[str, int]]:
    """Yield the DOIs of a page, and the number of the line of each."""
    for at, line in enumerate(before_references(leaf)):
        for doi in find_dois(line.text):
            # What goes on in the next line ends nobody knows where.
            if not line.text.endswith((f"{doi}-", f"{doi}/", f"{doi}_")):
                yield doi, at


def _is_own(lines: Sequence[Line], at: int, doi: str, title: str) -> bool:
    """Return whether a DOI stands on its line as that of the document."""
    before = lines[at].text.partition(doi)[0]
    above = [line.text for line in lines[max(0, at - _ABOVE) : at]]
    context = " ".join((*above, before))
    part = key_of(title)[:_TITLE_PART]
    if CITE_AS.search(context) or (len(part) == _TITLE_PART and part in key_of(context)):
        return True
    if is_prose(before):
        return False
    # At the head of a page stands the journal with its year, which looks like a reference.
    head = at < _HEAD_LINES and not any(map(is_prose, above))
    return head or not _ENTRY.search(context)


def _isbn(source: Source, excerpt: Excerpt) -> str:
    named = [isbn for isbn, _ in property_isbns(source.properties)]
    printed = [
        str(each.value)
        for each in suggest_identifiers(excerpt)
        if each.field == "isbn" and each.page is not None and each.page <= IMPRINT_PAGES
    ]
    # More than those of print and file are a list of books.
    if len(printed) > _MOST_ISBNS:
        printed = []
    both = [isbn for isbn in printed if isbn in named]
    return next(iter((*both, *named, *printed)), "")


def _year(source: Source, excerpt: Excerpt, titles: list[Suggestion]) -> int | None:
    printed = suggest_year(source, excerpt, titles[0] if titles else None)
    if printed and printed[0].confidence >= _SURE_YEAR:
        return int(str(printed[0].value))
    return next((year for year, _ in property_years(source.properties)), None)
