"""Reading one PDF: every page as text in reading order, or the reason why it has none.

`open_document` is what a caller starts with. All this runs in the child process of `worker`.
"""

import stat
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop_app.domain.extraction import Refusal, RefusalCode
from desktop_app.domain.language import detect_language
from desktop_app.domain.records import NoText, Page, TextHealth

from . import arabic
from .cleaning import HyphenJoiner, clean_line, clean_text, keep_hyphen_marks
from .engine import Line, PasswordNeeded, PdfiumDocument, PdfiumPage, Unopenable
from .headline import LINES, PAGES, find_headline
from .limits import (
    FEW_PAGES,
    FEWEST_PAGE_BYTES,
    LEAST_SHARE_THERE,
    MAX_PAGE_CHARACTERS,
    MAX_PAGES,
    USUAL_PAGE_BYTES,
)
from .pages import ENGINE, without_text
from .readability import has_mixed_scripts, is_garbled_line, is_senseless
from .second_engine import ENGINE as PYPDF
from .second_engine import PypdfText, count_listed_pages
from .signature import describe, pdf_start, read_head
from .xmp import read_xmp

_HEADER_SEEN_BY_PDFIUM = 1_000
_MAX_LABEL = 40
_CLEARLY_BETTER = 0.1
_ENOUGH_WORDS = 20


class OpenDocument:
    """One PDF that could be opened. Pages count from 1. Use it in a `with` block.

    `headline` is the largest type in the upper part of the first pages, as far as they were read.
    `properties` are the document information entries ("Title") and those of its XMP ("dc:title").
    """

    def __init__(
        self, path: Path, document: PdfiumDocument, page_count: int, resources: ExitStack
    ) -> None:
        self._document = document
        self._resources = resources
        self._second = PypdfText(path, page_count)
        self._hyphens = HyphenJoiner()
        self.headline = ""
        self._headline_size = 0.0
        self.page_count = page_count
        self.properties = {
            name: line
            for name, value in document.properties().items()
            if (line := clean_line(value))
        } | read_xmp(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._resources.close()

    def read(self, number: int) -> Page:
        """Return page `number` with its text, or with the reason why it has none."""
        label = clean_line(self._document.label(number - 1), _MAX_LABEL) or str(number)
        with self._document.page(number - 1) as page:
            if page is None:
                return self._without_page(number, label)
            if page.character_count > MAX_PAGE_CHARACTERS:
                return without_text(number, NoText.TOO_LARGE, label)
            printed = page.text()
            raw, swaps = page.unswap_ligatures(printed)
            entered = page.entered()
            if not (raw.strip() or entered):
                return self._without_characters(number, label, page)
            result = self._with_characters(number, label, page, _Raw(raw, entered, swaps))
            if number <= PAGES and result.text and result.engine == ENGINE:
                self._look_for_headline(raw, page.lines(printed, LINES))
            return result

    def _look_for_headline(self, text: str, lines: list[Line]) -> None:
        found, size = find_headline(text, lines)
        # A second page is a title page only where it is clearly the louder one.
        if size <= self._headline_size * 1.5 or is_garbled_line(found):
            return
        if arabic.has_arabic(found):
            found, _, reading = arabic.repair(found)
            if reading.stray or reading.impossible or reading.foreign:
                return
        self.headline, self._headline_size = found, size

    def _without_page(self, number: int, label: str) -> Page:
        found = self._clean(self._second.text(number - 1), PYPDF, 1)
        usable = bool(found.text) and not found.senseless
        self._second.tell(useful=usable)
        if not usable:
            return without_text(number, NoText.DAMAGED, label)
        return _with_text(number, label, found, detect_language(found.text))

    def _without_characters(self, number: int, label: str, page: PdfiumPage) -> Page:
        reason = NoText.IMAGE_ONLY if page.has_contents() else NoText.BLANK
        return without_text(number, reason, label)

    def _with_characters(self, number: int, label: str, page: PdfiumPage, raw: "_Raw") -> Page:
        found = self._clean(raw.with_entered(raw.text), ENGINE, raw.swaps)
        if found.senseless or (found.reading is not None and found.reading.poor):
            second = self._second.text(number - 1)
            other = self._clean(second and raw.with_entered(second), PYPDF, 0)
            better = _is_better(other, found)
            self._second.tell(useful=better)
            found = other if better else found
        if found.senseless:
            return without_text(number, NoText.UNREADABLE, label)
        if not found.text:
            return self._without_characters(number, label, page)
        language = detect_language(found.text)
        result = _with_text(number, label, found, language)
        strange = language == "und" and sum(map(str.isalpha, found.text.split())) >= _ENOUGH_WORDS
        if strange and page.is_unmapped():
            # It may still be words of a language that the program does not know.
            return replace(result, health=TextHealth.UNREADABLE)
        return result

    def _clean(self, raw: str, engine: str, swaps: int) -> "_Found":
        text = clean_text(self._hyphens.join(keep_hyphen_marks(raw.replace("\r\n", "\n"))))
        if not arabic.has_arabic(text):
            return _Found(text, engine, swaps, is_senseless(raw))
        text, repairs, reading = arabic.repair(text)
        senseless = is_senseless(raw) or has_mixed_scripts(text)
        return _Found(text, engine, swaps + repairs, senseless, reading)


@dataclass(frozen=True, slots=True)
class _Raw:
    """What PDFium found on a page: printed text, what was typed into fields, swaps put right."""

    text: str
    entered: str
    swaps: int

    def with_entered(self, text: str) -> str:
        return f"{text}\n{self.entered}" if self.entered else text


@dataclass(frozen=True, slots=True)
class _Found:
    """What one engine found on a page; `reading` only where there is Arabic."""

    text: str
    engine: str
    repairs: int
    senseless: bool
    reading: arabic.Reading | None = None

    @property
    def health(self) -> TextHealth:
        if self.reading is not None and self.reading.scattered:
            return TextHealth.UNREADABLE
        return TextHealth.REPAIRED if self.repairs else TextHealth.GOOD


def open_document(path: Path) -> OpenDocument | Refusal:
    """Open a PDF for reading, or return why it is refused."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            return Refusal(path, RefusalCode.NOT_READABLE, {"detail": "it is no file"})
        head = read_head(path)
    except FileNotFoundError:
        return Refusal(path, RefusalCode.NOT_FOUND)
    except OSError as error:
        return Refusal(path, RefusalCode.NOT_READABLE, {"detail": error.strerror or str(error)})
    if not head:
        return Refusal(path, RefusalCode.EMPTY)
    start = pdf_start(head)
    if start < 0:
        return Refusal(path, RefusalCode.NOT_A_PDF, {"found": describe(head)})
    try:
        resources = ExitStack()
        source = path if start < _HEADER_SEEN_BY_PDFIUM else _read_from(path, start)
        document = resources.enter_context(PdfiumDocument(source))
    except PasswordNeeded:
        return Refusal(path, RefusalCode.LOCKED)
    except Unopenable:
        return Refusal(path, RefusalCode.DAMAGED)
    except OSError as error:
        return Refusal(path, RefusalCode.NOT_READABLE, {"detail": error.strerror or str(error)})
    page_count = _count_pages(path, document, about.st_size)
    if isinstance(page_count, Refusal):
        resources.close()
        return page_count
    return OpenDocument(path, document, page_count, resources)


def _read_from(path: Path, start: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read()


def _count_pages(path: Path, document: PdfiumDocument, size: int) -> int | Refusal:
    """Return how many pages there are, whatever the file claims, or why it is refused.

    What is claimed and can't be loaded is damaged, unless the list of pages is sound and shorter.
    """
    claimed = document.page_count
    if claimed < 1:
        return Refusal(path, RefusalCode.NO_PAGES)
    if claimed > MAX_PAGES and claimed * FEWEST_PAGE_BYTES <= size:
        return Refusal(path, RefusalCode.TOO_MANY_PAGES, {"claimed": claimed, "limit": MAX_PAGES})
    false_count = Refusal(path, RefusalCode.FALSE_PAGE_COUNT, {"claimed": claimed, "size": size})
    if claimed * FEWEST_PAGE_BYTES > size:
        return false_count
    unbroken = next((at for at in range(claimed) if not document.has_page(at)), claimed)
    if unbroken == claimed:
        return claimed
    listed = count_listed_pages(path)
    if listed is not None and listed == unbroken > 0:
        return listed
    there = [number for number in range(1, claimed + 1) if document.has_page(number - 1)]
    count = claimed if listed is None else min(claimed, max([listed, *there[-1:]]))
    if count < 1:
        return Refusal(path, RefusalCode.NO_PAGES)
    small = count > FEW_PAGES and count * USUAL_PAGE_BYTES > size
    return false_count if small and len(there) < count * LEAST_SHARE_THERE else count


def _with_text(number: int, label: str, found: _Found, language: str) -> Page:
    return Page(
        number, label, found.text, language=language, health=found.health, engine=found.engine
    )


def _is_better(other: _Found, found: _Found) -> bool:
    if not other.text or other.senseless:
        return False
    if found.senseless or found.reading is None or other.reading is None:
        return found.senseless
    enough = 2 * other.reading.words >= found.reading.words
    return enough and other.reading.score > found.reading.score + _CLEARLY_BETTER
