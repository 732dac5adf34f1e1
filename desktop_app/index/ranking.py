"""Ranking: BM25F for records, and word-and-nearness evidence for pages.

BM25F as in Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond"
(2009), section 3.6: term frequencies are normalised by field length and weighted by field before
saturation.
"""

import math
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from desktop_app.domain.queries import Word

from .matches import Matches
from .snapshot import Snapshot, page_index

FIELD_WEIGHTS = {"body": 1.0, "title": 6.0, "names": 3.0}
LENGTH_INFLUENCE = {"body": 0.75, "title": 0.3, "names": 0.3}
SATURATION = 1.2
FUNCTION_WORD_WEIGHT = 0.2
NEAR_WORDS = 8
"""Words of a query this close together on a page count as near."""
NEAR_BONUS = 2.5
MAX_PAGE_POSITIONS = 20_000
"""Positions of one term in one record that are looked at for words near each other."""


@dataclass(frozen=True, slots=True)
class RankedPage:
    """A page of a record and how well it answers: `complete` when it holds every word.

    `nearness` is what the score owes to words that stand near each other.
    """

    document_id: str
    number: int
    score: float
    complete: bool
    nearness: float = 0.0


def rarity(snapshot: Snapshot, matches: Matches, function_words: frozenset[str]) -> float:
    """Return the weight of a term: rarer ones say more, function words hardly anything."""
    total = max(1, len(snapshot.live))
    found = len(matches.documents)
    weight = math.log(1 + (total - found + 0.5) / (found + 0.5))
    term = matches.term
    if isinstance(term, Word) and term.form in function_words:
        weight *= FUNCTION_WORD_WEIGHT
    return max(weight, 0.01)


def record_scores(
    snapshot: Snapshot, matches: Sequence[tuple[Matches, float]], documents: AbstractSet[int]
) -> dict[int, float]:
    """Return the BM25F score of each document for (term, rarity) pairs."""
    scores = dict.fromkeys(documents, 0.0)
    for term, weight in matches:
        frequencies: dict[int, float] = {}
        for name, field_weight in FIELD_WEIGHTS.items():
            influence = LENGTH_INFLUENCE[name]
            lengths, average = snapshot.lengths[name], snapshot.average_lengths[name]
            for number, found in term.postings.get(name, {}).items():
                if number in documents:
                    norm = 1 - influence + influence * lengths[number] / average
                    frequency = field_weight * term.frequency(found) / norm
                    frequencies[number] = frequencies.get(number, 0.0) + frequency
        for number, frequency in frequencies.items():
            scores[number] += weight * frequency / (SATURATION + frequency)
    return scores


def rank_pages(
    snapshot: Snapshot, matches: Sequence[tuple[Matches, float]], number: int
) -> list[RankedPage]:
    """Return the pages of a document that hold words of the query, the best first.

    A page scores by the words it holds (rarity, repetition counting less and less), and more when
    different words stand near each other. Pages with every word come before all others.
    """
    starts, labels = snapshot.page_table(number)
    in_body = [(term, weight) for term, weight in matches if term.is_in_body(number)]
    frequencies: dict[int, list[float]] = {}
    found_positions = [term.positions(number) for term, _ in in_body]
    for index, found_by_form in enumerate(found_positions):
        for positions, form_weight in found_by_form:
            for page, count in _by_page(starts, positions):
                found = frequencies.setdefault(page, [0.0] * len(in_body))
                found[index] += count * form_weight
    merged = [_merged(positions) for positions in found_positions]
    scored: list[tuple[bool, float, int, float]] = []
    for page, found in frequencies.items():
        score = sum(
            weight * frequency / (SATURATION + frequency)
            for (_, weight), frequency in zip(in_body, found, strict=True)
        )
        near = 0.0
        if len(in_body) > 1:
            end = starts[page + 1] if page + 1 < len(starts) else None
            near = _nearness(in_body, merged, starts[page], end)
        scored.append((all(found), score + near, page, near))
    scored.sort(key=lambda item: (not item[0], -item[1], item[2]))
    every = len(in_body) == len(matches)
    return [
        RankedPage(*labels[page], score=score, complete=complete and every, nearness=near)
        for complete, score, page, near in scored
    ]


def _by_page(starts: "array[int]", positions: "array[int]") -> Iterator[tuple[int, int]]:
    """Yield (page from 0, how many of `positions` lie on it)."""
    at = 0
    limit = len(positions)
    while at < limit:
        page = page_index(starts, positions[at])
        last = page + 1 >= len(starts)
        end = limit if last else bisect_left(positions, starts[page + 1], at, limit)
        yield page, end - at
        at = end


def _merged(found: Sequence[tuple["array[int]", float]]) -> "array[int]":
    arrays = [positions[:MAX_PAGE_POSITIONS] for positions, _ in found]
    if len(arrays) == 1:
        return arrays[0]
    return array("I", sorted(position for positions in arrays for position in positions))


def _nearness(
    matches: Sequence[tuple[Matches, float]],
    merged: Sequence["array[int]"],
    start: int,
    end: int | None,
) -> float:
    """Return the bonus for neighbouring query words that stand near each other on a page."""
    bonus = 0.0
    for index in range(len(matches) - 1):
        (left, left_weight), (_, right_weight) = matches[index], matches[index + 1]
        best = _least_distance(merged[index], merged[index + 1], left.span, start, end)
        if best <= NEAR_WORDS:
            bonus += NEAR_BONUS * min(left_weight, right_weight) / best**2
    return bonus


def _least_distance(
    left: "array[int]", right: "array[int]", span: int, start: int, end: int | None
) -> int:
    low = bisect_left(left, start)
    high = len(left) if end is None else bisect_left(left, end)
    best = NEAR_WORDS + 1
    for position in left[low:high]:
        at = bisect_right(right, position)
        if at < len(right) and (end is None or right[at] < end):
            best = min(best, max(1, right[at] - position - span + 1))
        if at and right[at - 1] >= start:
            # The other order counts too, a little less.
            best = min(best, position - right[at - 1] + 1)
        if best == 1:
            break
    return best
