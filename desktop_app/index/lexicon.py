"""From a key (a fold or a stem) to the forms that share it: widening a typed word.

The index holds words nearly as printed. What a query word may also stand for is decided when it is
asked, as Recoll does with its stem database: exact forms can then rank first, and another
language's grammar never merges words for good. A lexicon is one file a segment, sorted lines of

    key TAB form SPACE mask [SPACE form SPACE mask ...] NEWLINE

in UTF-8; `mask` is a hexadecimal set of the bits of `analysis`.
"""

import heapq
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from .analysis import keys
from .lines import SortedLines


def build(forms: Iterable[str]) -> bytes:
    """Return the lexicon of these forms."""
    entries: dict[str, list[str]] = {}
    for form in forms:
        for key, mask in keys(form):
            entries.setdefault(key, []).append(f"{form} {mask:x}")
    lines = [f"{key}\t{' '.join(found)}\n".encode() for key, found in entries.items()]
    lines.sort()
    return b"".join(lines)


def merge(contents: Iterable[bytes], forms: Collection[str]) -> bytes:
    """Return the lexicon of `forms`, all of which are in these: no word is stemmed again."""
    lines: list[bytes] = []
    sources = [Lexicon(content).scan("") for content in contents]
    merged = heapq.merge(*sources, key=itemgetter(0))
    for key, group in groupby(merged, key=itemgetter(0)):
        found = {form: mask for _, pairs in group for form, mask in pairs if form in forms}
        if found:
            listed = " ".join(f"{form} {mask:x}" for form, mask in found.items())
            lines.append(f"{key}\t{listed}\n".encode())
    return b"".join(lines)


class Lexicon:
    """One segment's lexicon, in memory as the bytes of its file."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._lines = SortedLines(content)

    def lookup(self, key: str) -> list[tuple[str, int]]:
        """Return the (form, mask) pairs that share `key`; empty when there are none."""
        found = self._lines.find(key.encode())
        return [] if found is None else _pairs(found)

    def scan(self, prefix: str) -> Iterator[tuple[str, list[tuple[str, int]]]]:
        """Yield (key, pairs) of every key that begins with `prefix`, in order."""
        for key, found in self._lines.scan(prefix.encode()):
            yield key.decode(), _pairs(found)


def _pairs(content: bytes) -> list[tuple[str, int]]:
    parts = content.decode().split(" ")
    return [(form, int(mask, 16)) for form, mask in zip(parts[::2], parts[1::2], strict=True)]
