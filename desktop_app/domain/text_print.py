"""A small sketch of a whole text, by which nearly identical texts are found without reading them.

A bottom-k MinHash sketch (Broder 1997): of the hashes of all runs of four words the `SIZE` smallest
are kept. The share of these that two texts have in common estimates the share of all runs that they
have in common (their Jaccard similarity), with a standard error of at most 0.045. Words are folded,
so that another extraction of the same pages gives the same runs; numbers are words, so that two
reports on the same form with other figures differ.
"""

import hashlib
import heapq
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from .text import fold, forms

SIZE = 128
"""So many hashes are kept of a text."""
FEWEST_WORDS = 50
"""Shorter texts (a title page, a scan's stamp) say too little to be compared."""
_RUN = 4
_HASH_BYTES = 8
_VERSION = 1
"""Another one makes prints of another kind: they can't be compared, and are made anew."""


@dataclass(frozen=True, slots=True)
class TextPrint:
    """The sketch of a text: the smallest hashes of its runs of words, ascending.

    Empty for a text that is too short to be compared.
    """

    hashes: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.hashes)

    def to_bytes(self) -> bytes:
        """Return the print as it is stored."""
        return bytes([_VERSION]) + struct.pack(f">{len(self.hashes)}Q", *self.hashes)

    @classmethod
    def from_bytes(cls, stored: bytes) -> "TextPrint":
        """Return a stored print; ValueError where it is none, or one of another kind."""
        count, rest = divmod(len(stored) - 1, _HASH_BYTES)
        if not stored or stored[0] != _VERSION or rest or count > SIZE:
            raise ValueError("not a print of this kind")
        hashes = struct.unpack(f">{count}Q", stored[1:])
        if any(first >= second for first, second in pairwise(hashes)):
            raise ValueError("not a print: its hashes are out of order")
        return cls(hashes)


def text_print(pages: Iterable[str]) -> TextPrint:
    """Return the print of the text of a document's pages, in their order."""
    hashes: set[int] = set()
    count = 0
    recent: list[str] = []
    for page in pages:
        words = _folded(page)
        count += len(words)
        recent += words
        hashes.update(_hashes(recent))
        # Runs go on over the end of a page.
        recent = recent[-(_RUN - 1) :]
        if len(hashes) > SIZE:
            hashes = set(heapq.nsmallest(SIZE, hashes))
    return TextPrint(tuple(sorted(hashes)[:SIZE])) if count >= FEWEST_WORDS else TextPrint()


def similarity(first: TextPrint, second: TextPrint) -> float:
    """Return how similar two texts are, from 0 to 1 (the same runs of words); 0 for empty ones."""
    if not first or not second:
        return 0.0
    ours, theirs = set(first.hashes), set(second.hashes)
    smallest = sorted(ours | theirs)[:SIZE]
    return len(ours & theirs & set(smallest)) / len(smallest)


def _folded(text: str) -> list[str]:
    words = forms(text)
    folds = {word: fold(word) for word in set(words)}
    return [folds[word] for word in words]


def _hashes(words: list[str]) -> Iterator[int]:
    runs = set(zip(*(words[start:] for start in range(_RUN)), strict=False))
    for run in runs:
        digest = hashlib.blake2b(" ".join(run).encode(), digest_size=_HASH_BYTES).digest()
        yield int.from_bytes(digest, "big")
