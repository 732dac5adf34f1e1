"""Whether the characters of a page make sense at all."""

import re

_SENSELESS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufff0-\ufffd\uffff]")
_SYMBOLS = re.escape("«»≤≥∞√≠…\ufffd¹²³¼½¾±¬°©®¶¸÷×≈†‡•‰‹›“”„∂∆∑∏π∫Ωªº¡¿¢£¤¥¦§¨¯´µ")
# The symbol comes first in the pattern: few characters of most pages are one.
_SYMBOLS_IN_WORD = re.compile(rf"[{_SYMBOLS}](?<=[^\W\d_][{_SYMBOLS}])(?=[^\W\d_])")
_ARABIC = "\u0620-\u064a\u0671-\u06d3"
_OTHERS = "A-Za-z\u00c0-\u03ff"
_ARABIC_RUN = re.compile(f"[{_ARABIC}]+")
_SCRIPTS_MEET = re.compile(f"(?<=[{_ARABIC}])[{_OTHERS}]|(?<=[{_OTHERS}])[{_ARABIC}]")
_FEW = 5


def is_senseless(text: str) -> bool:
    """Return whether most characters of a page do not map to letters, or to letters at random.

    `text` is what the engine gave, before any cleaning. Two signs: most characters are control,
    private or replacement characters; or many words have symbols inside, as they do where a font
    for Arabic says that it were Latin.
    """
    words = len(text.split())
    if len(_SENSELESS.findall(text)) * 2 > len(text) - words:
        return True
    return words >= 4 * _FEW and len(_SYMBOLS_IN_WORD.findall(text)) * 7 > words


def has_mixed_scripts(text: str) -> bool:
    """Return whether most Arabic words of a text have letters of another script inside."""
    arabic = len(_ARABIC_RUN.findall(text))
    return arabic >= _FEW and len(_SCRIPTS_MEET.findall(text)) * 2 > arabic


def is_garbled_line(line: str) -> bool:
    """Return whether symbols stand inside the words of a single line."""
    return len(_SYMBOLS_IN_WORD.findall(line)) * 2 > len(line.split())
