"""Texts that PDFium writes into a buffer."""

import ctypes
from collections.abc import Callable
from typing import Any

_MAX_BYTES = 1 << 18


def read_utf16(call: Callable[[Any, int], int]) -> str:
    """Return the text that a PDFium call gives, which takes a buffer and its size in bytes.

    Return "" where there is none, or it is longer than any that people write.
    """
    size = int(call(None, 0))
    if not 2 < size <= _MAX_BYTES:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
