"""Where a PDF keeps its XMP: the metadata streams in its bytes, and which one is the document's.

Neither engine is asked: PDFium does not give XMP, and pypdf reads a whole file's table of objects,
without an end where that was made to do harm. A metadata stream is never packed into another
stream, so that a search of the bytes finds each one with the number of its object. Images, pages
and fonts may have their own; the document's is the one that its catalogue names, and of several
objects of that number (a file that was changed keeps them all) the last one.
"""

import re
import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MAX_PACKET_BYTES = 4 << 20
"""Packets are a few kilobytes; the history of a much edited file can make them a megabyte."""
MAX_SEARCHED_BYTES = 64 << 20
"""Of a larger file the beginning and the end are searched, half of this each."""
MAX_FOUND = 100_000
"""A file with more streams than this of the kinds that are looked for is not searched further."""
MAX_UNPACKED_BYTES = 16 << 20
"""How much is unpacked in search of a catalogue."""
MAX_CANDIDATES = 32
"""How many of a file's metadata streams are offered where no catalogue says which it is."""

_BLOCK = 1 << 20
_OVERLAP = 64
_REACH = 1 << 16
_PACKED_REACH = 1 << 20
_MAX_STEPS = 8
_KIND = re.compile(rb"/Type\s{0,3}/(Catalog|ObjStm|Metadata)\b")
_HEADER = re.compile(rb"(\d{1,10})\s{1,4}\d{1,5}\s{0,4}$")
_BODY_END = re.compile(rb"\bendobj\b|\bstream\r?\n")
_NAMED = re.compile(rb"/Metadata\s{1,4}(\d{1,10})\s{1,4}\d{1,5}\s{1,4}R\b")
_FIRST = re.compile(rb"/First\s{1,4}(\d{1,7})\b")
_FILTER = re.compile(rb"/Filter\s{0,4}\[?\s{0,4}(/\w{1,20})\s{0,4}(\])?")
_FLATE = (b"/FlateDecode", b"/Fl")


@dataclass(frozen=True, slots=True)
class Packets:
    """Metadata streams, the newest first. `named`: the catalogue says that they are the file's."""

    named: bool
    streams: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class _Object:
    """An object: number, dictionary, and where in the file its stream begins, -1 without one."""

    number: int
    dictionary: bytes
    stream: int


def find_packets(file: BinaryIO, size: int) -> Packets:
    """Return the metadata streams of a PDF of `size` bytes that may be the document's own.

    They are read one by one, each as the XML that it should be, of at most `MAX_PACKET_BYTES`; what
    is behind the XML may follow. Where the catalogue is found there is one at most; where it is not
    (it can be encrypted or damaged) any may be the one, or none.

    Raises:
        OSError: the file can't be read.
    """
    found = _find(file, size)
    catalogue = _catalogue(file, found)
    streams = (_object(file, place) for place in reversed(found["Metadata"]))
    if catalogue is None:
        last = (each for each, _ in zip(streams, range(MAX_CANDIDATES), strict=False))
        return Packets(False, (_content(file, each) for each in last if each is not None))
    named = _NAMED.search(catalogue)
    number = int(named[1]) if named else -1
    own = (each for each in streams if each is not None and each.number == number)
    return Packets(True, (_content(file, each) for each, _ in zip(own, range(1), strict=False)))


def _find(file: BinaryIO, size: int) -> dict[str, deque[int]]:
    """Return the places of catalogues, packed objects and metadata streams, from first to last."""
    found: dict[str, deque[int]] = {
        kind: deque(maxlen=1_000) for kind in ("Catalog", "ObjStm", "Metadata")
    }
    count = 0
    for start, block in _blocks(file, size):
        for match in _KIND.finditer(block):
            places = found[match[1].decode("ascii")]
            place = start + match.start()
            if not places or places[-1] != place:
                places.append(place)
            count += 1
            if count > MAX_FOUND:
                return found
    return found


def _blocks(file: BinaryIO, size: int) -> Iterator[tuple[int, bytes]]:
    half = MAX_SEARCHED_BYTES // 2
    parts = [(0, size)] if size <= 2 * half else [(0, half), (size - half, size)]
    for start, end in parts:
        for place in range(start, end, _BLOCK):
            file.seek(place)
            yield place, file.read(min(_BLOCK + _OVERLAP, end - place))


def _object(file: BinaryIO, place: int) -> _Object | None:
    """Return the object in whose dictionary `place` is."""
    start = max(0, place - _REACH)
    file.seek(start)
    window = file.read(place - start + _REACH)
    begin = place - start
    header = None
    for _ in range(_MAX_STEPS):
        begin = window.rfind(b"obj", 0, begin)
        if begin < 0 or window[max(0, begin - 3) : begin] == b"end":
            return None
        header = _HEADER.search(window, max(0, begin - 24), begin)
        if header is not None:
            break
    end = _BODY_END.search(window, place - start)
    if header is None or end is None:
        return None
    stream = -1 if end.group() == b"endobj" else start + end.end()
    return _Object(int(header[1]), window[begin + 3 : end.start()], stream)


def _catalogue(file: BinaryIO, found: dict[str, deque[int]]) -> bytes | None:
    """Return the dictionary of the newest catalogue, None where there is none to be seen."""
    for place in reversed(found["Catalog"]):
        catalogue = _object(file, place)
        if catalogue is not None:
            return catalogue.dictionary
    left = MAX_UNPACKED_BYTES
    for place in reversed(found["ObjStm"]):
        packed = _object(file, place)
        if packed is None or packed.stream < 0:
            continue
        content = _unpacked(file, packed, left)
        left -= len(content)
        catalogue_there = _packed_catalogue(packed, content)
        if catalogue_there is not None or left <= 0:
            return catalogue_there
    return None


def _packed_catalogue(packed: _Object, content: bytes) -> bytes | None:
    """Return the dictionary of a catalogue among packed objects."""
    first = _FIRST.search(packed.dictionary)
    kind = next((each for each in _KIND.finditer(content) if each[1] == b"Catalog"), None)
    if first is None or kind is None:
        return None
    begin = int(first[1])
    starts = [begin + int(each) for each in content[:begin].split()[1::2] if each.isdigit()]
    before = [place for place in starts if place <= kind.start()]
    behind = [place for place in starts if place > kind.start()]
    return content[max(before, default=0) : min(behind, default=len(content))]


def _content(file: BinaryIO, stream: _Object) -> bytes:
    """Return what is in a stream, b"" where it is packed in a way that is not for text."""
    if stream.stream < 0:
        return b""
    packing = _FILTER.search(stream.dictionary)
    if packing is None:
        file.seek(stream.stream)
        return file.read(MAX_PACKET_BYTES)
    return _unpacked(file, stream, MAX_PACKET_BYTES)


def _unpacked(file: BinaryIO, stream: _Object, limit: int) -> bytes:
    packing = _FILTER.search(stream.dictionary)
    if packing is None or packing[1] not in _FLATE:
        return b""
    file.seek(stream.stream)
    try:
        return zlib.decompressobj().decompress(file.read(_PACKED_REACH), limit)
    except zlib.error:
        return b""
