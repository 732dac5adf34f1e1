"""PDFium: the pages of one PDF as characters with their places, through pypdfium2's raw calls.

PDFium is not thread-safe, and input made to do harm can stop it or make it take all memory: only
the child process that `worker` runs may use this module.
"""

import ctypes
import math
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pypdfium2.raw as pdfium

from .form import Form
from .strings import read_utf16

PROPERTY_NAMES = (
    "Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate",
)  # fmt: skip
# Only lam-alef and Allah: as one glyph they give their letters in the order of the page.
_PERHAPS_SWAPPED = re.compile("[اأإآٱ]ل|هللا?")
# PDFium cuts characters beyond U+FFFF to 16 bits, so that they look like one of these.
_PERHAPS_CUT = re.compile("[\ud000-\uf8ff]")


class PasswordNeeded(Exception):
    """The PDF opens with a password only."""


class Unopenable(Exception):
    """PDFium finds no document in the file."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: where it stands in the page's characters, its size and its place.

    `start` and `end` are offsets into the text; `size` is the height of its type in points;
    `height` is where it stands on the page, from 0 at the foot to 1 at the head.
    """

    start: int
    end: int
    size: float
    height: float


class PdfiumDocument:
    """One open PDF. Pages count from 0 here. Use it in a `with` block."""

    def __init__(self, source: Path | bytes) -> None:
        """Open `source`, a file or the bytes of one.

        Raises:
            PasswordNeeded: the PDF is encrypted and does not open with an empty password.
            Unopenable: PDFium finds no document in it, not even after its own repairs.
        """
        self._source = source  # PDFium reads from these bytes as long as the document is open.
        if isinstance(source, bytes):
            handle = pdfium.FPDF_LoadMemDocument64(source, len(source), None)
        else:
            # On Windows too PDFium wants UTF-8; elsewhere a name may be any bytes.
            errors = "strict" if sys.platform == "win32" else "surrogateescape"
            handle = pdfium.FPDF_LoadDocument(str(source).encode("utf-8", errors) + b"\x00", None)
        if not handle:
            locked = pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD
            raise PasswordNeeded if locked else Unopenable
        self._handle = handle
        self._form = Form(handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._form.close()
        pdfium.FPDF_CloseDocument(self._handle)

    @property
    def page_count(self) -> int:
        """Return the number of pages that the file claims."""
        return int(pdfium.FPDF_GetPageCount(self._handle))

    def has_page(self, index: int) -> bool:
        """Return whether there is such a page in the file; what is on it is not looked at."""
        return bool(pdfium.FPDF_GetPageSizeByIndexF(self._handle, index, pdfium.FS_SIZEF()))

    def properties(self) -> dict[str, str]:
        """Return the document information entries that are there, as they are in the file."""
        found = {}
        for name in PROPERTY_NAMES:
            key = name.encode("ascii") + b"\x00"
            found[name] = read_utf16(partial(pdfium.FPDF_GetMetaText, self._handle, key))
        return {name: value for name, value in found.items() if value}

    def label(self, index: int) -> str:
        """Return what is printed as the number of a page, "" where the file does not say."""
        return read_utf16(partial(pdfium.FPDF_GetPageLabel, self._handle, index))

    @contextmanager
    def page(self, index: int) -> Iterator["PdfiumPage | None"]:
        """Open a page for a `with` block; None where it can't be loaded."""
        handle = pdfium.FPDF_LoadPage(self._handle, index)
        if not handle:
            yield None
            return
        text_handle = pdfium.FPDFText_LoadPage(handle)
        try:
            yield PdfiumPage(handle, text_handle, self._form) if text_handle else None
        finally:
            if text_handle:
                pdfium.FPDFText_ClosePage(text_handle)
            pdfium.FPDF_ClosePage(handle)


class PdfiumPage:
    """One loaded page. Valid inside the `with` block of `PdfiumDocument.page` only."""

    def __init__(self, handle: Any, text_handle: Any, form: Form) -> None:
        self._page = handle
        self._text = text_handle
        self._form = form

    @property
    def character_count(self) -> int:
        """Return the number of characters on the page, those that PDFium makes up included."""
        return max(0, int(pdfium.FPDFText_CountChars(self._text)))

    def text(self) -> str:
        """Return the characters of the page, in the order in which PDFium thinks they are read."""
        count = self.character_count
        if not count:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self._text, 0, count, buffer)
        text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "surrogatepass")
        if _PERHAPS_CUT.search(text):
            text = _PERHAPS_CUT.sub(self._whole_character, text)
        return text

    def entered(self) -> str:
        """Return what people typed into the form fields of the page, a field a line."""
        return self._form.entered(self._page)

    def unswap_ligatures(self, text: str) -> tuple[str, int]:
        """Return `text`, as `text()` gave it, with swapped lam-alef put right, and how many were.

        The letters of a ligature stand at the same place, because they are one glyph: that is how
        they are told from an article, whose letters follow each other.
        """
        letters: list[str] = []
        done = swaps = 0
        for found in _PERHAPS_SWAPPED.finditer(text):
            if self._is_one_glyph(found.start(), found.group()):
                letters += (text[done : found.start()], found.group()[::-1])
                done = found.end()
                swaps += 1
        return "".join((*letters, text[done:])), swaps

    def has_contents(self) -> bool:
        """Return whether something else than text is drawn: pictures, lines, areas, notes."""
        drawn = (
            pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(self._page, index))
            for index in range(pdfium.FPDFPage_CountObjects(self._page))
        )
        if any(kind != pdfium.FPDF_PAGEOBJ_TEXT for kind in drawn):
            return True
        return any(map(self._is_visible_note, range(pdfium.FPDFPage_GetAnnotCount(self._page))))

    def is_unmapped(self) -> bool:
        """Return whether the fonts do not say which letters most characters of the page are."""
        count = self.character_count
        sample = range(0, count, max(1, count // 50))
        errors = sum(pdfium.FPDFText_HasUnicodeMapError(self._text, at) == 1 for at in sample)
        return bool(errors * 5 > len(sample) * 4)

    def lines(self, text: str, limit: int) -> list[Line]:
        """Return the first `limit` level lines of `text`, which is as `text()` gave it."""
        lines: list[Line] = []
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(self._page, ctypes.byref(box))
        bottom, height = box.bottom, max(1.0, box.top - box.bottom)
        for found in re.finditer(r"[^\r\n]+", text):
            letters = [at for at in range(*found.span()) if text[at].isalnum()]
            if not letters:
                continue
            places = [self._size_and_base(at) for at in letters[:: max(1, len(letters) // 3)]]
            known = sorted(place for place in places if place is not None)
            if known:
                size, base = known[len(known) // 2]
                lines.append(Line(*found.span(), size, (base - bottom) / height))
            if len(lines) == limit:
                break
        return lines

    def _index(self, at: int) -> int:
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._text, at))

    def _origin(self, index: int) -> tuple[float, float] | None:
        x, y = ctypes.c_double(), ctypes.c_double()
        ok = index >= 0 and pdfium.FPDFText_GetCharOrigin(self._text, index, x, y)
        return (x.value, y.value) if ok else None

    def _is_one_glyph(self, at: int, letters: str) -> bool:
        first = self._index(at)
        place = self._origin(first)
        if place is None or pdfium.FPDFText_GetUnicode(self._text, first) != ord(letters[0]):
            return False
        others = range(first + 1, first + len(letters))
        if any(self._origin(index) != place for index in others):
            return False
        # A font without widths has everything at one place.
        return place not in (self._origin(first - 1), self._origin(others.stop))

    def _is_visible_note(self, index: int) -> bool:
        note = pdfium.FPDFPage_GetAnnot(self._page, index)
        if not note:
            return False
        kind = int(pdfium.FPDFAnnot_GetSubtype(note))
        pdfium.FPDFPage_CloseAnnot(note)
        return kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP)

    def _size_and_base(self, at: int) -> tuple[float, float] | None:
        index = self._index(at)
        matrix = pdfium.FS_MATRIX()
        place = self._origin(index)
        if place is None or not pdfium.FPDFText_GetMatrix(self._text, index, matrix):
            return None
        if abs(matrix.b) > abs(matrix.a) * 0.1:
            return None
        scale = math.hypot(matrix.c, matrix.d)
        return float(pdfium.FPDFText_GetFontSize(self._text, index)) * scale, place[1]

    def _whole_character(self, cut: re.Match[str]) -> str:
        code = int(pdfium.FPDFText_GetUnicode(self._text, self._index(cut.start())))
        # On Windows PDFium keeps both halves, as UTF-16 does.
        if code & 0xFFFF == ord(cut.group()) and 0xFFFF < code <= 0x10FFFF:
            return chr(code)
        return cut.group()
