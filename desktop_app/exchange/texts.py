"""Reading a text file whose encoding nobody said.

A byte order mark decides. Without one, NUL bytes mean UTF-16; then comes UTF-8, which other texts
are never by chance; and last the two code pages that spreadsheets of our languages are saved in,
told apart by which of them makes words of one script.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from ..domain.exchange.rows import UnreadableMetadata

WESTERN, ARABIC = "windows-1252", "windows-1256"

_MARKS = (
    # The mark of UTF-32 begins with that of UTF-16.
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_OTHER_FILES = (
    (b"PK\x03\x04", "a workbook or another packed file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"%PDF-", "a PDF"),
    (b"\x1f\x8b", "a packed file"),
)
_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]")
_SURROUNDED = re.compile(rb"[A-Za-z\x80-\xff]{1,64}")
_ESCAPED = re.compile("[\udc80-\udcff]")
_COMMON = re.compile("[\t\n\r -~\u0600-\u06ff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1d\x1f\x7f-\x9f\ufffd\ufffe\uffff]")
_SAMPLE = 65_536
_WORDS = 20_000
_MOST_CONTROLS = 0.05
_LEAST_COMMON = 0.2


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a file, its line ends untouched; `encoding` is the name of what it was in."""

    text: str
    encoding: str


def read_text(path: Path, limit_bytes: int) -> DecodedText:
    """Return the text of a file without its byte order mark.

    Bytes that the encoding has no character for become U+FFFD, or in UTF-8 what they mean in
    Windows-1252. Raises `UnreadableMetadata` if the file can't be opened, is larger than
    `limit_bytes` or holds no text.
    """
    return decode(read_bytes(path, limit_bytes))


def read_bytes(path: Path, limit_bytes: int) -> bytes:
    """Return the content of a file; raises `UnreadableMetadata` as `read_text` does."""
    try:
        with path.open("rb") as file:
            data = file.read(limit_bytes + 1)
    except OSError as error:
        raise UnreadableMetadata(
            f"The file can't be opened ({error.strerror}). Close it in other programs and check "
            "that you may read it."
        ) from error
    if len(data) > limit_bytes:
        raise UnreadableMetadata(
            f"The file is larger than {limit_bytes // 1_000_000} MB. Split it into smaller files."
        )
    return data


def decode(data: bytes) -> DecodedText:
    """Return the text that bytes mean; raises `UnreadableMetadata` if they mean none."""
    for beginning, what in _OTHER_FILES:
        if data.startswith(beginning):
            raise UnreadableMetadata(f"This is {what}, not a text file. Choose another file.")
    decoded = _decode(data)
    sample = decoded.text[:_SAMPLE]
    if decoded.encoding == "utf-8":
        # Written there on purpose: other bytes have a meaning or make the text another one.
        sample = sample.replace("\ufffd", "")
    if len(_CONTROL.findall(sample)) > max(1, _MOST_CONTROLS * len(sample)):
        raise UnreadableMetadata("This is not a text file. Choose another file.")
    return decoded


def _decode(data: bytes) -> DecodedText:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _named(data[len(mark) :], encoding)
    if b"\x00" in data and (wide := _wide(data)):
        return _named(data, wide)
    try:
        return DecodedText(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        sequences = len(_SEQUENCE.findall(data))
        stray = len(_HIGH.findall(_SEQUENCE.sub(b"", data)))
        return _named(data, "utf-8" if sequences > 2 * stray else _code_page(data))


def _named(data: bytes, encoding: str) -> DecodedText:
    if encoding != "utf-8":
        return DecodedText(data.decode(encoding, "replace"), encoding)
    # A few bytes that a careless program pasted in: the rest is UTF-8 all the same.
    text = data.decode("utf-8", "surrogateescape")
    return DecodedText(_ESCAPED.sub(_western, text), encoding)


def _western(match: re.Match[str]) -> str:
    return bytes([ord(match[0]) - 0xDC00]).decode(WESTERN, "replace")


def _wide(data: bytes) -> str:
    """Return in which order the bytes of UTF-16 stand; "" if the NUL bytes mean something else."""
    sample = data[:_SAMPLE]
    sample = sample[: len(sample) // 2 * 2]
    texts = {name: sample.decode(name, "replace") for name in ("utf-16-le", "utf-16-be")}
    common = {name: len(_COMMON.findall(text)) for name, text in texts.items()}
    best = max(common, key=lambda name: common[name])
    return best if common[best] >= _LEAST_COMMON * len(texts[best]) else ""


def _code_page(data: bytes) -> str:
    """Return the code page in which more words are of one script.

    Where Windows-1252 has accented letters, Windows-1256 has Arabic ones. An Arabic word shows as
    nothing but accented letters in the one, a French one as Latin and Arabic letters mixed in the
    other. Letters that stand at the same place in both (most of the French ones) decide nothing.
    """
    western = arabic = 0
    words = (word for word in _SURROUNDED.findall(data) if not word.isascii())
    for word, _ in zip(words, range(_WORDS), strict=False):
        text = word.decode(ARABIC)
        letters = sum("\u0600" <= character <= "\u06ff" for character in text)
        if not letters:
            continue
        if any(character.isalpha() and character < "\u0250" for character in text):
            western += 1
        elif letters > 1:
            arabic += 1
    return ARABIC if arabic > western else WESTERN
