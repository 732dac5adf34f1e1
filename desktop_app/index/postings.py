"""A word's postings as bytes: the documents that hold it and its positions in each.

A list is one or more blocks: `_HEADER` and then, compressed where that makes it smaller, the
document numbers, the lengths of the values, and the values. The program's own layout instead of
Whoosh's, which is made of pickles: reading those from a planted file would run code.
"""

import struct
import zlib
from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from desktop_app.domain.errors import IndexUnusable

NUMBER_TYPE = "I"
BLOCK_DOCUMENTS = 256
COMPRESSION = 1
SMALLEST_COMPRESSED = 100
MAX_RATIO, MAX_OVERHEAD = 16, 4096
"""How much larger than its file a block may become: what is made to exhaust the memory is more."""
_HEADER = struct.Struct("<III")  # documents, bytes, bytes as stored


def pack(numbers: Sequence[int], values: Sequence[bytes]) -> bytes:
    """Return the bytes of a list: ascending document numbers and the value of each."""
    parts: list[bytes] = []
    for start in range(0, len(numbers), BLOCK_DOCUMENTS):
        chosen = values[start : start + BLOCK_DOCUMENTS]
        found = array(NUMBER_TYPE, numbers[start : start + BLOCK_DOCUMENTS])
        content = b"".join(
            (found.tobytes(), array(NUMBER_TYPE, map(len, chosen)).tobytes(), *chosen)
        )
        stored = content
        if len(content) >= SMALLEST_COMPRESSED:
            stored = zlib.compress(content, COMPRESSION)
            if len(stored) >= len(content) or _is_too_large(len(content), len(stored)):
                stored = content
        parts += (_HEADER.pack(len(chosen), len(content), len(stored)), stored)
    return b"".join(parts)


def unpack(packed: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (document number, value). Raises `IndexUnusable` or `ValueError` for other bytes."""
    at = 0
    while at < len(packed):
        count, size, stored = _HEADER.unpack_from(packed, at)
        at += _HEADER.size
        content = packed[at : at + stored]
        if len(content) < stored:
            raise IndexUnusable(detail="a posting list is cut off")
        at += stored
        if stored < size:
            if _is_too_large(size, stored):
                raise IndexUnusable(detail="a posting list is too large")
            content = zlib.decompressobj().decompress(content, size)
        numbers: array[int] = array(NUMBER_TYPE)
        values_at = 2 * count * numbers.itemsize
        if len(content) != size or values_at > size:
            raise IndexUnusable(detail="a posting list is cut off")
        numbers.frombytes(content[: values_at // 2])
        lengths: array[int] = array(NUMBER_TYPE)
        lengths.frombytes(content[values_at // 2 : values_at])
        ends = list(accumulate(lengths, initial=values_at))
        if ends[-1] != size:
            raise IndexUnusable(detail="a posting list is cut off")
        yield from zip(
            numbers,
            [content[start:end] for start, end in pairwise(ends)],
            strict=True,
        )


def _is_too_large(size: int, stored: int) -> bool:
    return size > MAX_RATIO * stored + MAX_OVERHEAD
