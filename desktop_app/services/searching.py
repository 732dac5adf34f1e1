"""Searching: a typed query in, records with their best pages and snippets out."""

import time
from collections import Counter
from collections.abc import Sequence

from desktop_app.domain.completion import Completion, complete
from desktop_app.domain.errors import ArchiveDamaged, InvalidSearch
from desktop_app.domain.queries import Query, parse
from desktop_app.domain.query_fields import FACET_FIELDS
from desktop_app.domain.query_names import QueryNames
from desktop_app.domain.records import Page, Record
from desktop_app.domain.search import (
    Expansion,
    FacetCount,
    Hit,
    PageHit,
    SearchAnswer,
    SearchRequest,
    Snippet,
    Sort,
)
from desktop_app.domain.snippets import lead, make_snippet
from desktop_app.index.engine import Engine, RankedRecord, Ranking
from desktop_app.index.questions import has_quotes
from desktop_app.index.ranking import RankedPage
from desktop_app.store.pages import Pages
from desktop_app.store.queue import Queue
from desktop_app.store.records import Records

from .query_terms import query_names
from .terms import TermsOfArchive

PAGES_SHOWN = 3
"""Page hits given for one record; `page_total` says how many there are."""
EXPANSIONS_SHOWN = 60


class Searching:
    """Answers queries from the committed index."""

    def __init__(
        self, records: Records, pages: Pages, queue: Queue, engine: Engine, terms: TermsOfArchive
    ) -> None:
        self._records = records
        self._pages = pages
        self._queue = queue
        self._engine = engine
        self._terms = terms

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Return the answer; an empty query lists all records, the newest first."""
        began = time.perf_counter()
        for facet in request.facets:
            if facet not in FACET_FIELDS:
                raise InvalidSearch(
                    detail=f'"{facet}" is not a facet. Choose from: {", ".join(FACET_FIELDS)}.'
                )
        query = parse(request.query, self._names())
        if query.root is None:
            return self._browse(request, query, began)
        ranking = self._engine.search(
            query.root,
            self._records.matching,
            exact=request.exact,
            quoted=has_quotes(request.query),
        )
        ordered = self._ordered(ranking, request.sort)
        chosen = ordered[request.offset : request.offset + request.limit]
        records = self._records.get_many(ranked.id for ranked in chosen)
        hits = tuple(
            self._hit(records[ranked.id], ranked, ranking)
            for ranked in chosen
            # What was deleted a moment ago may still be in the index.
            if ranked.id in records and not records[ranked.id].deleted
        )
        return SearchAnswer(
            query=request.query,
            total=len(ordered),
            elapsed_ms=_milliseconds(began),
            hits=hits,
            expanded=_expansions(ranking),
            facets=self._facets(request, [ranked.id for ranked in ordered]),
            hints=tuple(hint.text for hint in query.hints),
            pending=len(self._queue),
        )

    def complete(self, text: str, cursor: int, language: str = "en") -> list[Completion]:
        """Return how a query may go on at the cursor: fields, their values, tags."""
        return complete(text, cursor, self._names(), self._records.values_in_use, language)

    def _browse(self, request: SearchRequest, query: Query, began: float) -> SearchAnswer:
        """Answer a query that looks for nothing: all records, or none with the reason."""
        ids = [] if query.hints else self._records.ids(request.sort)
        chosen = ids[request.offset : request.offset + request.limit]
        records = self._records.get_many(chosen)
        return SearchAnswer(
            query=request.query,
            total=len(ids),
            elapsed_ms=_milliseconds(began),
            hits=tuple(self._card(records[i]) for i in chosen if i in records),
            facets=self._facets(request, ids),
            hints=tuple(hint.text for hint in query.hints),
            pending=len(self._queue),
        )

    def _card(self, record: Record) -> Hit:
        """Return a record with the beginning of its text, for a list without a query."""
        for document in record.documents:
            page = self._first_page(document.id)
            if page is not None:
                shown = PageHit(document.id, page.number, page.label, lead(page.text))
                return Hit(record, score=0.0, pages=(shown,))
        return Hit(record, score=0.0)

    def _first_page(self, document_id: str) -> Page | None:
        try:
            return self._pages.first_with_text(document_id)
        except ArchiveDamaged:
            # A check tells of it; the list goes on.
            return None

    def _ordered(self, ranking: Ranking, sort: Sort) -> Sequence[RankedRecord]:
        if sort is Sort.RELEVANCE:
            return ranking.records
        by_id = {ranked.id: ranked for ranked in ranking.records}
        return [by_id[record_id] for record_id in self._records.in_order(by_id, sort)]

    def _hit(self, record: Record, ranked: RankedRecord, ranking: Ranking) -> Hit:
        pages = ranking.pages_of(ranked.id)
        complete = [page for page in pages if page.complete]
        matching = complete or pages
        return Hit(
            record=record,
            score=ranked.score,
            matched_fields=ranking.fields_of(ranked.id),
            pages=self._page_hits(matching[:PAGES_SHOWN], ranking),
            page_total=len(matching),
            missing=ranked.missing,
            forms=ranking.forms,
        )

    def _page_hits(self, pages: Sequence[RankedPage], ranking: Ranking) -> tuple[PageHit, ...]:
        hits = (self._page_hit(page, ranking) for page in pages)
        return tuple(hit for hit in hits if hit is not None)

    def _page_hit(self, ranked: RankedPage, ranking: Ranking) -> PageHit | None:
        """Return a page with its passage, if it can be read; None when it is gone."""
        key = ranked.document_id, ranked.number
        try:
            page = self._pages.get([key]).get(key)
        except ArchiveDamaged:
            return PageHit(*key, label=str(ranked.number))
        if page is None:
            return None
        return PageHit(*key, page.label, _snippet(page.text, ranking))

    def _facets(
        self, request: SearchRequest, record_ids: Sequence[str]
    ) -> dict[str, tuple[FacetCount, ...]]:
        """Return the values of each facet; a value counts what a filter by it would let through."""
        names = self._names()
        facets: dict[str, tuple[FacetCount, ...]] = {}
        for field in request.facets:
            counts = Counter(
                value
                for values in self._records.values_of(field, record_ids).values()
                for value in names.with_broader(field, values)
            )
            facets[field] = tuple(
                FacetCount(value, names.label(field, value, request.language), count)
                for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            )
        return facets

    def _names(self) -> QueryNames:
        return query_names(self._terms.controlled())


def _snippet(text: str, ranking: Ranking) -> Snippet | None:
    found = make_snippet(text, ranking.words, ranking.phrases)
    # A phrase that runs over the end of a page is nowhere on it as a whole.
    return found or make_snippet(text, ranking.forms)


def _expansions(ranking: Ranking) -> tuple[Expansion, ...]:
    widened = (
        Expansion(form.text, typed, form.language)
        for typed, form in ranking.widened
        if form.text != typed and form.text not in typed.split(" ")
    )
    return tuple(expansion for expansion, _ in zip(widened, range(EXPANSIONS_SHOWN), strict=False))


def _milliseconds(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)
