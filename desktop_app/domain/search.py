"""What a search asks and what it answers."""

from dataclasses import dataclass, field
from enum import StrEnum

from .records import Record


class Sort(StrEnum):
    """The order of hits."""

    RELEVANCE = "relevance"
    YEAR = "year"
    TITLE = "title"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A typed query with how much of the answer is wanted.

    `exact` matches words as typed (still ignoring case and accents' absence), without their other
    grammatical forms. `facets` names the fields to count over the whole answer, and `language` is
    that of their labels.
    """

    query: str
    limit: int = 20
    offset: int = 0
    exact: bool = False
    sort: Sort = Sort.RELEVANCE
    facets: tuple[str, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of a page as printed, on one line.

    `marks` are [start, end) offsets into `text` of the matching words, in order, not overlapping.
    `cut_before` and `cut_after` say whether the page's text goes on there.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class PageHit:
    """A page that matches. `number` counts from 1 within the document `document_id`."""

    document_id: str
    number: int
    label: str
    snippet: Snippet | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that matches, its best pages first.

    `page_total` counts all matching pages, also those not in `pages`. `matched_fields` says where
    the words were found (title, authors, text). `missing` are query words the record lacks, for
    answers that follow those holding every word. `forms` are the surface forms to highlight.
    """

    record: Record
    score: float
    matched_fields: tuple[str, ...] = ()
    pages: tuple[PageHit, ...] = ()
    page_total: int = 0
    missing: tuple[str, ...] = ()
    forms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many records of the answer hold `value`, or a narrower one."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Expansion:
    """A form the query was widened to: `via` is the typed word it stands for."""

    term: str
    via: str
    language: str


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The answer to a `SearchRequest`.

    `total` counts all records that match; `hits` is the asked-for slice. `elapsed_ms` is the time
    from parsing to the last snippet. `hints` are remarks on the query as written, in English
    source text with fields, e.g. an unknown field. `pending` counts records not yet in the index.
    """

    query: str
    total: int
    elapsed_ms: float
    hits: tuple[Hit, ...]
    expanded: tuple[Expansion, ...] = ()
    suggestion: str | None = None
    facets: dict[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    hints: tuple[str, ...] = ()
    pending: int = 0
