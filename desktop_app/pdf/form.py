"""What people typed into the fields of a form: PDFium keeps it apart from the text of the page."""

import ctypes
from collections.abc import Iterator
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium

from .strings import read_utf16

MAX_ENTERED = 100_000
"""How many characters of all fields of one page are taken."""
MAX_FIELDS = 2_000
"""How many fields and notes of one page are looked at: with many more PDFium takes its time."""

_WRITTEN = frozenset(
    {
        pdfium.FPDF_FORMFIELD_TEXTFIELD,
        pdfium.FPDF_FORMFIELD_COMBOBOX,
        pdfium.FPDF_FORMFIELD_LISTBOX,
    }
)
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW


class Form:
    """The form of one open document, if it has one: close it before the document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._exists = pdfium.FPDF_GetFormType(document) != pdfium.FORMTYPE_NONE
        self._environment: Any = None
        # PDFium reads from it as long as the form is open.
        self._settings = pdfium.FPDF_FORMFILLINFO(version=2)

    def close(self) -> None:
        """Let go of the form."""
        if self._environment:
            pdfium.FPDFDOC_ExitFormFillEnvironment(self._environment)
            self._environment = None

    def entered(self, page: Any) -> str:
        """Return what stands in the visible fields of a page, a field a line."""
        if not self._exists:
            return ""
        found: list[str] = []
        length = 0
        for value in self._values(page):
            length += len(value) + 1
            if length > MAX_ENTERED:
                break
            found.append(value)
        return "\n".join(found)

    def _values(self, page: Any) -> Iterator[str]:
        for index in range(min(MAX_FIELDS, pdfium.FPDFPage_GetAnnotCount(page))):
            note = pdfium.FPDFPage_GetAnnot(page, index)
            if not note:
                continue
            try:
                if pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_WIDGET:
                    value = self._value(note)
                    if value.strip():
                        yield value
            finally:
                pdfium.FPDFPage_CloseAnnot(note)

    def _value(self, note: Any) -> str:
        form = self._opened()
        if not form or pdfium.FPDFAnnot_GetFlags(note) & _UNSEEN:
            return ""
        if pdfium.FPDFAnnot_GetFormFieldType(form, note) not in _WRITTEN:
            return ""
        if pdfium.FPDFAnnot_GetFormFieldFlags(form, note) & pdfium.FPDF_FORMFLAG_TEXT_PASSWORD:
            return ""
        return read_utf16(partial(_field_value, form, note))

    def _opened(self) -> Any:
        if self._environment is None:
            self._environment = (
                pdfium.FPDFDOC_InitFormFillEnvironment(self._document, self._settings) or False
            )
        return self._environment


def _field_value(form: Any, note: Any, buffer: Any, size: int) -> int:
    target = buffer and ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    return int(pdfium.FPDFAnnot_GetFormFieldValue(form, note, target, size))
