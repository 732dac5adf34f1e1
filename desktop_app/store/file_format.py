"""Rows out of a SQLite file that SQLite itself refuses, read page by page.

Follows https://www.sqlite.org/fileformat2.html. Nothing in the file is trusted: pages that can't be
what they should be are passed over, and whoever reads the rows has to judge what they hold.
"""

import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MAGIC = b"SQLite format 3\0"
HEADER = 100
"""Bytes at the beginning of the first page."""
SCHEMA_TABLE = "sqlite_schema"
USUAL_PAGE_SIZE = 4096
MAX_COLUMNS = 64
_PAGE_SIZES = frozenset(512 << shift for shift in range(8))
_INTERIOR, _LEAF = 0x05, 0x0D
_WAL_HEADER, _FRAME_HEADER = 32, 24
_WAL_MAGIC = frozenset({0x377F0682, 0x377F0683})
_FREE_LIST_AT = 32
_MAX_DEPTH = 30

Value = None | int | float | str | bytes


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of some table. `table` is its name where that is certain, else None.

    `values` is None where the row is there but can't be read. Text that is not UTF-8 is bytes.
    """

    table: str | None
    rowid: int
    values: tuple[Value, ...] | None


class DatabasePages:
    """The pages of a database file and of the log beside it, whatever state they are in."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        size = path.stat().st_size
        self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
        log = path.with_name(path.name + "-wal")
        self._log = log.read_bytes() if log.is_file() else b""
        self.page_size = self._find_page_size()
        self._newer = self._committed_frames()
        self._walked: set[str] = set()
        self._broken: set[str] = set()
        count = -(-size // self.page_size)
        self.count = max([count, *self._newer])
        self._reserved = self._header()[20]

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._map, mmap.mmap):
            self._map.close()
        self._file.close()

    def rows(self) -> Iterator[FoundRow]:
        """Yield every row: first those of tables that can be walked, then those of stray pages.

        Pages on the list of free ones are left out: they hold what was deleted.
        """
        seen: set[int] = set()
        roots = {SCHEMA_TABLE: 1}
        for row in self._walk(SCHEMA_TABLE, 1, seen):
            yield row
            values = row.values or ()
            if len(values) == 5 and values[0] == "table" and isinstance(values[1], str):
                root = values[3]
                if isinstance(root, int) and 1 < root <= self.count:
                    roots[values[1]] = root
        for name, root in roots.items():
            if root != 1:
                yield from self._walk(name, root, seen)
        seen |= self._free_pages()
        for number in range(1, self.count + 1):
            if number not in seen and self._kind(number) == _LEAF:
                yield from self._cells(number, None)

    def is_whole(self, table: str) -> bool:
        """Return whether every page of a table could be walked, once `rows` has come to its end."""
        return table in self._walked and table not in self._broken

    def _walk(self, table: str, root: int, seen: set[int]) -> Iterator[FoundRow]:
        self._walked.add(table)
        waiting = [(root, 0)]
        while waiting:
            number, depth = waiting.pop()
            kind = self._kind(number)
            if number in seen or depth > _MAX_DEPTH or kind not in {_INTERIOR, _LEAF}:
                self._broken.add(table)
                continue
            seen.add(number)
            if kind == _LEAF:
                yield from self._cells(number, table)
            else:
                children = self._children(number)
                waiting += [(child, depth + 1) for child in reversed(children)]

    def _children(self, number: int) -> list[int]:
        page, start = self._body(number)
        found = []
        for offset in _offsets(page, start, 12):
            if offset + 4 <= len(page):
                found.append(_number(page, offset))
        found.append(_number(page, start + 8))
        return found

    def _cells(self, number: int, table: str | None) -> Iterator[FoundRow]:
        page, start = self._body(number)
        for offset in _offsets(page, start, 8):
            try:
                size, at = _varint(page, offset)
                rowid, at = _varint(page, at)
                rowid -= (rowid >> 63) << 64
                payload = self._payload(page, at, size)
                values = None if payload is None else _record(payload)
            except (IndexError, struct.error):
                values, rowid = None, 0
            yield FoundRow(table, rowid, values)

    def _payload(self, page: bytes, at: int, size: int) -> bytes | None:
        """Return the content of a cell with all that lies in further pages; None if broken."""
        usable = self.page_size - self._reserved
        most = usable - 35
        if size > self.count * self.page_size:
            return None
        local = size
        if size > most:
            least = (usable - 12) * 32 // 255 - 23
            local = least + (size - least) % (usable - 4)
            local = local if local <= most else least
        if at + local > usable:
            return None
        parts, left = [page[at : at + local]], size - local
        following = _number(page, at + local) if left else 0
        while left:
            further = self._page(following)
            if further is None:
                return None
            part = further[4 : 4 + min(left, usable - 4)]
            if not part:
                return None
            parts.append(part)
            left -= len(part)
            following = _number(further, 0)
        return b"".join(parts)

    def _kind(self, number: int) -> int:
        page, start = self._body(number)
        return page[start] if len(page) > start + 8 else 0

    def _body(self, number: int) -> tuple[bytes, int]:
        """Return a page, and where the tree's part of it begins."""
        return self._page(number) or b"", HEADER if number == 1 else 0

    def _page(self, number: int) -> bytes | None:
        newer = self._newer.get(number)
        if newer is not None:
            return self._log[newer : newer + self.page_size]
        if number < 1:
            return None
        start = (number - 1) * self.page_size
        page = bytes(self._map[start : start + self.page_size])
        return page.ljust(self.page_size, b"\0") if page else None

    def _header(self) -> bytes:
        first = self._page(1) or b""
        return first[:HEADER] if first.startswith(MAGIC) else bytes(HEADER)

    def _find_page_size(self) -> int:
        start = bytes(self._map[:HEADER])
        said = [int.from_bytes(start[16:18], "big")] if start.startswith(MAGIC) else []
        if len(self._log) >= _WAL_HEADER and _number(self._log, 0) in _WAL_MAGIC:
            said.append(_number(self._log, 8))
        said = [1 << 16 if size == 1 else size for size in said]
        return next((size for size in said if size in _PAGE_SIZES), USUAL_PAGE_SIZE)

    def _committed_frames(self) -> dict[int, int]:
        """Return where in the log the latest content of a page stands, as far as it is whole."""
        log = self._log
        if len(log) < _WAL_HEADER or _number(log, 0) not in _WAL_MAGIC:
            return {}
        order = ">" if _number(log, 0) & 1 else "<"
        salts, sums = log[16:24], struct.unpack_from(">II", log, 24)
        committed: dict[int, int] = {}
        waiting: dict[int, int] = {}
        step = _FRAME_HEADER + self.page_size
        for at in range(_WAL_HEADER, len(log) - step + 1, step):
            if log[at + 8 : at + 16] != salts:
                break
            number, size_after = struct.unpack_from(">II", log, at)
            expected = struct.unpack_from(">II", log, at + 16)
            found = _checksum(order, sums, log[at : at + 8], log[at + _FRAME_HEADER : at + step])
            # A damaged frame is passed over alone: the next one goes on from what this one said.
            sums = expected
            if found == expected:
                waiting[number] = at + _FRAME_HEADER
            if size_after:
                committed |= waiting
                waiting = {}
        return committed

    def _free_pages(self) -> set[int]:
        found: set[int] = set()
        trunk = _number(self._header(), _FREE_LIST_AT)
        while 1 < trunk <= self.count and trunk not in found:
            found.add(trunk)
            page = self._page(trunk) or bytes(8)
            count = min(_number(page, 4), self.page_size // 4 - 2)
            found |= {_number(page, 8 + 4 * index) for index in range(count)}
            trunk = _number(page, 0)
        return found


def _offsets(page: bytes, start: int, header: int) -> list[int]:
    """Return where the cells of a page of a tree begin."""
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    first = start + header
    count = min(count, (len(page) - first) // 2)
    return [
        int.from_bytes(page[first + 2 * index : first + 2 * index + 2], "big")
        for index in range(count)
    ]


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, and where it ends. Raises IndexError."""
    value = 0
    for index in range(8):
        byte = data[at + index]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + index + 1
    return value << 8 | data[at + 8], at + 9


_INTEGER_SIZES = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 8: 0, 9: 0}


def _record(payload: bytes) -> tuple[Value, ...] | None:
    """Return the values of a row; None where they don't fit. Raises IndexError, struct.error."""
    end, at = _varint(payload, 0)
    kinds: list[int] = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
        if len(kinds) > MAX_COLUMNS:
            return None
    if at != end:
        return None
    values: list[Value] = []
    for kind in kinds:
        if kind in _INTEGER_SIZES:
            size = _INTEGER_SIZES[kind]
        elif kind == 7:
            size = 8
        elif kind >= 12:
            size = (kind - 12) // 2
        else:
            return None
        raw = payload[at : at + size]
        if len(raw) < size:
            return None
        at += size
        values.append(_value(kind, raw))
    return tuple(values) if at == len(payload) else None


def _value(kind: int, raw: bytes) -> Value:
    match kind:
        case 0:
            return None
        case 7:
            return float(struct.unpack(">d", raw)[0])
        case 8 | 9:
            return kind - 8
    if kind < 12:
        return int.from_bytes(raw, "big", signed=True)
    if kind % 2:
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return raw
    return raw


def _checksum(order: str, sums: tuple[int, ...], head: bytes, page: bytes) -> tuple[int, int]:
    first, second = sums
    data = head + page
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for index in range(0, len(words), 2):
        first = (first + words[index] + second) & 0xFFFFFFFF
        second = (second + words[index + 1] + first) & 0xFFFFFFFF
    return first, second
