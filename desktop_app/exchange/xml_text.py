"""Characters that a workbook can't hold as they are: "_x000D_" stands for a carriage return.

Escaped are those that XML forbids or changes, and an underscore that would else begin such an
escape (ECMA-376, part 1, 22.9.2.19).
"""

import re

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""Matches each character that `escape` replaces by seven."""

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def escape(text: str) -> str:
    """Return a text as a workbook holds it."""
    return UNSAFE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unescape(text: str) -> str:
    """Return what a text of a workbook means."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
