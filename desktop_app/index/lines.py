"""A sorted table in memory: lines of `key TAB value NEWLINE`, found by bisection."""

from collections.abc import Iterator


class SortedLines:
    """Looks up keys in the bytes of a table file; may be used by any thread."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def find(self, key: bytes) -> bytes | None:
        """Return the value of `key`, or None."""
        wanted = key + b"\t"
        start = self._lower_bound(wanted)
        if not self._content.startswith(wanted, start):
            return None
        return self._content[start + len(wanted) : self._line_end(start)]

    def scan(self, prefix: bytes = b"") -> Iterator[tuple[bytes, bytes]]:
        """Yield (key, value) of every key that begins with `prefix`, in order."""
        position = self._lower_bound(prefix)
        while self._content.startswith(prefix, position) and position < len(self._content):
            end = self._line_end(position)
            key, _, value = self._content[position:end].partition(b"\t")
            yield key, value
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
