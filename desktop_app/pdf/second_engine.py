"""pypdf, slow and pure Python, for the few pages that PDFium reads badly."""

import logging
import struct
import time
import zlib
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject

from .cleaning import mark_line_end_hyphens
from .limits import MAX_PAGES

ENGINE = "pypdf"
MAX_FILE_BYTES = 64 << 20
"""Larger files are left to PDFium: pypdf holds a file and its objects in memory."""
SECONDS_A_FILE = 8.0
"""How long pypdf may work on one file in all; then PDFium's reading stays."""
SECONDS_A_LIST = 3.0
"""How long pypdf may look for a file's pages."""
MAX_MISSES = 2
"""After so many pages on which it was no better, pypdf is not asked again for the same file."""
MAX_CONTENT_BYTES = 1 << 20
"""How long, in bytes, a page's drawing instructions may be for pypdf to try them."""

# What pypdf thinks of a broken file is for nobody to read.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)

# Broken input shows up in pypdf as nearly any of Python's errors.
_FAILURES = (
    PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, OSError,
    RuntimeError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip


def count_listed_pages(path: Path) -> int | None:
    """Return how many pages the file lists; None where its list is damaged or has no end."""
    if path.stat().st_size > MAX_FILE_BYTES:
        return None
    over = time.process_time() + SECONDS_A_LIST
    listed = 0
    try:
        waiting = [PdfReader(path, strict=False).root_object["/Pages"]]
        # A list that goes in a circle has no end.
        for _ in range(2 * MAX_PAGES):
            if not waiting:
                return listed
            if len(waiting) > MAX_PAGES or time.process_time() > over:
                return None
            node = waiting.pop().get_object()
            if not isinstance(node, DictionaryObject):
                return None
            kids = node.get("/Kids")
            if isinstance(kids, ArrayObject):
                waiting += kids
            elif kids is None and node.get("/Type", "/Page") == "/Page":
                listed += 1
            else:
                return None
    except _FAILURES:
        return None
    return None


class PypdfText:
    """The texts of one file's pages as pypdf reads them. Pages count from 0 here."""

    def __init__(self, path: Path, page_count: int) -> None:
        """Take the file, and how many pages PDFium sees in it: pypdf must see as many."""
        self._path = path
        self._page_count = page_count
        self._reader: PdfReader | None = None
        self._left = SECONDS_A_FILE if path.stat().st_size <= MAX_FILE_BYTES else 0.0
        self._misses = 0

    def text(self, index: int) -> str:
        """Return the text of a page, "" where pypdf can't read it or is not worth asking."""
        if self._left <= 0 or self._misses >= MAX_MISSES:
            return ""
        # Time of the processor: a pause of the program is not pypdf's fault.
        started = time.process_time()
        try:
            return mark_line_end_hyphens(self._read(index))
        except _FAILURES:
            return ""
        finally:
            self._left -= time.process_time() - started

    def tell(self, *, useful: bool) -> None:
        """Note whether the last text was better than PDFium's: files are bad in one way only."""
        self._misses = 0 if useful else self._misses + 1

    def _read(self, index: int) -> str:
        if self._reader is None:
            self._reader = PdfReader(self._path, strict=False)
        # Where it leaves out what is no page, its numbers mean other pages.
        if len(self._reader.pages) != self._page_count:
            return ""
        page = self._reader.pages[index]
        contents = page.get_contents()
        if contents is None or len(contents.get_data()) > MAX_CONTENT_BYTES:
            return ""
        return page.extract_text()
