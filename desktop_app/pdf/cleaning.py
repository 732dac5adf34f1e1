"""Text as a PDF engine gives it, made into text as a person would type it."""

import re
import unicodedata

MAX_PROPERTY = 2_000
"""How many characters of a document property are kept."""

HYPHEN_MARK = "\ufffe"
"""What PDFium puts in the place of a hyphen at a line end, where the word goes on."""

HYPHEN = "\u2010"
"""The character for a hyphen and nothing else: browsers print it where they divide a word."""

_DIVIDED = re.compile(rf"(?<=[^\W\d_])[{HYPHEN}\xad]\s*\n\s*(?=[^\W\d_])")
_MARK_AS_CONTROL = re.compile(r"(?<=[^\W\d_])\x02(?=[^\W\d_])")
_SOFT_HYPHEN = re.compile("\xad\\s*\n\\s*|\xad")
_BULLET = re.compile(r"^[\ue000-\uf8ff](?=\s)|\uf0b7", re.MULTILINE)
_PRESENTATION_FORMS = re.compile("[\ufb00-\ufb4f\ufb50-\ufd3d\ufd40-\ufdfc\ufe70-\ufefc]+")
_OTHER_BLANKS = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff]"
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# Any character that one of the patterns above may touch: most pages have none.
_SPECIAL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200b\u200e\u200f\u2028-\u202f"
    "\u205f-\u206f\u3000\ud800-\uffff]"
)
_LAST_LETTERS = re.compile(r"[^\W\d_]*$")
_FIRST_LETTERS = re.compile(r"[^\W\d_]*")
_MAX_KNOWN_WORDS = 100_000
_LONGEST_WORD = 80


class HyphenJoiner:
    """Joins words that a line end divides, by the words met so far in the same document."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def join(self, text: str) -> str:
        """Return `text` without the marks of `HYPHEN_MARK`: joined words and real compounds."""
        if len(self._known) < _MAX_KNOWN_WORDS:
            self._known.update(text.lower().replace(HYPHEN, "-").split())
        if HYPHEN_MARK not in text:
            return text
        first, *others = text.split(HYPHEN_MARK)
        pieces = [first]
        before = first[-_LONGEST_WORD:]
        for piece in others:
            separator = self._separator(_last_token(before), piece)
            pieces += (separator, piece)
            before = (before + separator + piece)[-_LONGEST_WORD:]
        return "".join(pieces)

    def _separator(self, left: str, following: str) -> str:
        first_line = following[:_LONGEST_WORD].split("\n", 1)[0]
        if first_line[:1].isdigit():
            # The last line of a page is followed by its page number: no part of the word.
            return "-\n" if first_line.strip().isdigit() else "-"
        head = _letters(_LAST_LETTERS, left)
        tail = _letters(_FIRST_LETTERS, first_line)
        if not head or not tail:
            return "-"
        capitals = head.isupper() and tail.isupper() and min(len(head), len(tail)) > 1
        if tail[0].isupper() and not capitals:
            return "-"
        if (head + tail).lower() in self._known:
            return ""
        if f"{head}-{tail}".lower() in self._known:
            return "-"
        return "-" if any(mark in left for mark in f"-{HYPHEN}/@_\\") else ""


def clean_text(text: str) -> str:
    r"""Return `text` with "\n" for every line end and without invisible or senseless characters.

    Kept are lines and paragraphs, and every printed character. Removed are control characters,
    direction marks, zero-width blanks and non-characters. Ligatures and presentation forms become
    the letters that they stand for; letters with separate accents are composed; runs of blanks
    become one.
    """
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if _SPECIAL.search(text):
        text = _clean_special(text)
    while "  " in text:
        text = text.replace("  ", " ")
    text = text.replace(" \n", "\n").replace("\n ", "\n")
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()


def clean_line(text: str, limit: int = MAX_PROPERTY) -> str:
    """Return `text` cleaned, on one line and cut to `limit` characters at a word where possible."""
    line = " ".join(clean_text(text[: limit * 4].replace(HYPHEN_MARK, "")).split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > limit // 2 else cut).rstrip() + "…"


def mark_line_end_hyphens(text: str) -> str:
    """Return `text` with `HYPHEN_MARK` where a hyphen and a line end divide a word."""
    return re.sub(rf"(?<=[^\W\d_])[-{HYPHEN}]\s*\n\s*(?=[^\W\d_])", HYPHEN_MARK, text)


def _clean_special(text: str) -> str:
    text = _LINE_ENDS.sub("\n", text)
    text = _OTHER_BLANKS.sub(" ", text)
    text = _SOFT_HYPHEN.sub("", text)
    text = _BULLET.sub("•", text)
    text = _PRESENTATION_FORMS.sub(_to_letters, text)
    text = _LONE_SURROGATE.sub("\ufffd", text)
    return _INVISIBLE.sub("", text)


def keep_hyphen_marks(text: str) -> str:
    """Return `text`, as PDFium gave it, with the one mark that `HyphenJoiner` knows.

    PDFium sees that a word goes on after "-" at a line end, not after U+2010 or a soft hyphen.
    """
    if "\x02" in text:
        text = _MARK_AS_CONTROL.sub(HYPHEN_MARK, text)
    return _DIVIDED.sub(HYPHEN_MARK, text) if HYPHEN in text or "\xad" in text else text


def _to_letters(forms: re.Match[str]) -> str:
    # The form of a vowel sign that stands alone is a blank with the sign.
    return unicodedata.normalize("NFKC", forms.group()).replace(" ", "")


def _last_token(text: str) -> str:
    return text.rsplit(maxsplit=1)[-1] if text and not text[-1].isspace() else ""


def _letters(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group() if found else ""
