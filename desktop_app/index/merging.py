"""Which segments are joined: few enough to search fast, and never much at once."""

import math
from collections import defaultdict
from collections.abc import Collection, Sequence

from .commits import SegmentEntry

MANY_SEGMENTS = 6
"""So many segments of about the same size are joined."""
SAME_SIZE = 8
SMALLEST = 100_000
"""Sizes within this factor are about the same, and all below these bytes."""
MERGED_BYTES = 100_000_000
"""Segments joined in one commit have at most these bytes: it takes seconds and bounded memory."""


def merge_nothing(segments: Sequence[SegmentEntry]) -> Collection[str]:
    """Choose no segment."""
    del segments
    return ()


def merge_everything(segments: Sequence[SegmentEntry]) -> Collection[str]:
    """Choose all segments, however large."""
    return [segment.id for segment in segments]


def merge_small(segments: Sequence[SegmentEntry]) -> Collection[str]:
    """Choose many segments of about the same size, and those that are mostly deleted.

    So a document is written anew only a few times, however many commits follow.
    """
    ranks: defaultdict[int, list[SegmentEntry]] = defaultdict(list)
    for segment in sorted(segments, key=lambda segment: segment.size):
        if segment.size < MERGED_BYTES / 2:
            ranks[int(math.log(max(segment.size, SMALLEST) / SMALLEST, SAME_SIZE))].append(segment)
    wanted = next((found for found in ranks.values() if len(found) >= MANY_SEGMENTS), [])
    wasted = [segment for segment in segments if _live(segment) < 0.5]
    chosen: dict[str, int] = {}
    for segment in (*wanted, *wasted):
        if sum(chosen.values()) + segment.size <= MERGED_BYTES:
            chosen[segment.id] = segment.size
    return list(chosen)


def _live(segment: SegmentEntry) -> float:
    return 1 - len(segment.deleted) / segment.documents
