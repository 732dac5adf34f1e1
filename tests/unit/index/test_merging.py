"""Which segments are joined."""

import pytest

from desktop_app.index.commits import SegmentEntry
from desktop_app.index.merging import MERGED_BYTES, merge_everything, merge_nothing, merge_small


def segment(number: int, size: int, deleted: int = 0) -> SegmentEntry:
    return SegmentEntry(str(number), 10, frozenset(range(deleted)), {".postings": (size, "")})


def test_few_segments_stay_as_they_are() -> None:
    assert merge_small([segment(number, 1000) for number in range(5)]) == []


def test_many_small_ones_are_joined() -> None:
    few = [segment(number, 1000 + number) for number in range(9)]
    assert sorted(merge_small(few)) == sorted(item.id for item in few)


def test_a_large_one_is_left_alone_by_small_ones() -> None:
    segments = [segment(number, 1000) for number in range(9)] + [segment(9, 30_000_000)]
    assert "9" not in merge_small(segments)


def test_what_is_mostly_deleted_is_written_anew() -> None:
    assert merge_small([segment(0, 1000, deleted=6), segment(1, 1000, deleted=4)]) == ["0"]


@pytest.mark.parametrize("size", [1000, MERGED_BYTES // 20, MERGED_BYTES // 3, MERGED_BYTES])
@pytest.mark.parametrize("deleted", [0, 8])
def test_never_much_at_once(size: int, deleted: int) -> None:
    segments = [segment(number, size, deleted) for number in range(60)]
    chosen = merge_small(segments)
    assert sum(item.size for item in segments if item.id in chosen) <= MERGED_BYTES


def test_an_archive_that_grows_has_few_segments_and_writes_little_anew() -> None:
    sizes: dict[str, int] = {}
    written = most = 0
    for number in range(2000):
        sizes[str(number)] = 50_000
        chosen = merge_small([segment(int(name), size) for name, size in sizes.items()])
        if chosen:
            joined = sum(sizes.pop(name) for name in chosen)
            written += joined
            sizes[str(number + 10_000)] = joined
        most = max(most, len(sizes))
    assert sum(sizes.values()) == 2000 * 50_000
    assert most <= 20
    assert written <= 6 * 2000 * 50_000


def test_nothing_and_everything() -> None:
    segments = [segment(0, 10**12), segment(1, 1)]
    assert list(merge_nothing(segments)) == []
    assert list(merge_everything(segments)) == ["0", "1"]
