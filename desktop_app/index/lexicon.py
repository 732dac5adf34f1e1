"""From a key (a fold or a stem) to the forms that share it: widening a typed word.

The index holds words nearly as printed. What a query word may also stand for is decided when it is
asked, as Recoll does with its stem database: exact forms can then rank first, and another
language's grammar never merges words for good. A lexicon is one file a segment, sorted lines of

    key TAB form SPACE mask [SPACE form SPACE mask ...] NEWLINE

in UTF-8, found by bisection; `mask` is a hexadecimal set of the bits of `analysis`.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from .analysis import keys


def build(forms: Iterable[str]) -> bytes:
    """Return the lexicon of these forms."""
    entries: dict[str, list[str]] = {}
    for form in forms:
        for key, mask in keys(form):
            entries.setdefault(key, []).append(f"{form} {mask:x}")
    lines = [f"{key}\t{' '.join(found)}\n".encode() for key, found in entries.items()]
    lines.sort()
    return b"".join(lines)


def write(path: Path, content: bytes) -> None:
    """Write a lexicon file; it appears whole or not at all."""
    part = path.with_suffix(".part")
    with part.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)


class Lexicon:
    """One segment's lexicon, in memory as the bytes of its file."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def lookup(self, key: str) -> list[tuple[str, int]]:
        """Return the (form, mask) pairs that share `key`; empty when there are none."""
        wanted = key.encode() + b"\t"
        start = self._lower_bound(wanted)
        if not self._content.startswith(wanted, start):
            return []
        return _pairs(self._content[start + len(wanted) : self._line_end(start)])

    def scan(self, prefix: str) -> Iterator[tuple[str, list[tuple[str, int]]]]:
        """Yield (key, pairs) of every key that begins with `prefix`, in order."""
        wanted = prefix.encode()
        position = self._lower_bound(wanted)
        while self._content.startswith(wanted, position) and position < len(self._content):
            end = self._line_end(position)
            key, _, rest = self._content[position:end].partition(b"\t")
            yield key.decode(), _pairs(rest)
            position = end + 1

    def _line_end(self, start: int) -> int:
        return self._content.index(b"\n", start)

    def _lower_bound(self, wanted: bytes) -> int:
        """Return the offset of the first line that is not below `wanted`."""
        low, high = 0, len(self._content)
        while low < high:
            middle = (low + high) // 2
            start = self._content.rfind(b"\n", 0, middle) + 1
            end = self._line_end(start)
            if self._content[start : min(end, start + len(wanted))] < wanted:
                low = end + 1
            else:
                high = start
        return low


def _pairs(content: bytes) -> list[tuple[str, int]]:
    parts = content.decode().split(" ")
    return [(form, int(mask, 16)) for form, mask in zip(parts[::2], parts[1::2], strict=True)]
