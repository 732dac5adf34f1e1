"""What a file is, by its first bytes: where the PDF in it begins, or what it is instead."""

import re
from pathlib import Path

HEADER_WINDOW = 1 << 20
"""How many bytes at the beginning of a file are searched for the PDF header."""

_HEADER = b"%PDF-"
_USUAL_PLACE = 4096
_BINARY_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"II*\x00", "an image (TIFF)"),
    (b"MM\x00*", "an image (TIFF)"),
    (b"BM", "an image (BMP)"),
    (b"AT&TFORM", "a DjVu document"),
    (b"\xd0\xcf\x11\xe0", "an older Office document (DOC, XLS, PPT) or an e-mail (MSG)"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"%!PS", "a PostScript file"),
    (b"7z\xbc\xaf", "a compressed archive (7z)"),
    (b"Rar!", "a compressed archive (RAR)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"SQLite format 3", "a database (SQLite)"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
_ZIP_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document (DOCX)"),
    (b"xl/", "an Excel workbook (XLSX)"),
    (b"ppt/", "a PowerPoint presentation (PPTX)"),
    (b"opendocument", "an OpenDocument file (ODT, ODS, ODP)"),
    (b"epub+zip", "an e-book (EPUB)"),
    (b"[Content_Types].xml", "an Office document (DOCX, XLSX, PPTX)"),
)
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|script|meta|title)\b", re.IGNORECASE)
_NOT_IN_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_head(path: Path) -> bytes:
    """Return the first bytes of a file: up to the PDF header, and at most `HEADER_WINDOW`.

    Raises:
        OSError: the file can't be opened or read.
    """
    with path.open("rb") as file:
        head = file.read(_USUAL_PLACE)
        return head if _HEADER in head else head + file.read(HEADER_WINDOW - len(head))


def pdf_start(head: bytes) -> int:
    """Return the offset of the PDF header in the first bytes of a file, -1 if it is not there."""
    return head.find(_HEADER)


def pdf_bytes_start(path: Path) -> int:
    """Return the offset in bytes at which the PDF in a file begins, -1 if there is none.

    It is 0 for nearly all files. Programs that send files put other things before the header at
    times; PDF engines look for it in the first 1024 bytes only.

    Raises:
        OSError: the file can't be opened or read.
    """
    return pdf_start(read_head(path))


def describe(head: bytes) -> str:
    """Return what a file that is no PDF looks like, for people: "a web page (HTML)"."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if head.startswith(b"PK\x03\x04"):
        inside = head[: 1 << 16]
        kinds = (name for mark, name in _ZIP_KINDS if mark in inside)
        return next(kinds, "a compressed archive (ZIP)")
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "an image (WebP)"
    for mark, name in _BINARY_KINDS:
        if head.startswith(mark):
            return name
    if _HTML.search(start[:1024]):
        return "a web page (HTML)"
    if start.startswith(b"<?xml"):
        return "an XML file"
    if _is_utf16(head):
        return "plain text (UTF-16)"
    if head and not head.strip(b"\x00"):
        return "a file of zero bytes only, as a failed copy leaves it"
    if not _NOT_IN_TEXT.search(head[:4096]):
        return "plain text"
    return "data of an unknown kind"


def _is_utf16(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = head[:4096]
    # Text in Latin script has a zero in every second byte.
    return len(sample) >= 8 and any(
        sample[odd::2].count(0) * 10 >= 9 * len(sample[odd::2])
        and sample[1 - odd :: 2].count(0) * 10 <= len(sample)
        for odd in (0, 1)
    )
