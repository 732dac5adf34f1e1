"""What was read out of one PDF, or why it was refused."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from .records import Page
from .translation import QT_TRANSLATE_NOOP


class RefusalCode(StrEnum):
    """Why a file was not imported."""

    NOT_FOUND = "not_found"
    NOT_READABLE = "not_readable"
    LINKED_FOLDER = "linked_folder"
    EMPTY = "empty"
    NOT_A_PDF = "not_a_pdf"
    FILE_TOO_BIG = "file_too_big"
    LOCKED = "locked"
    DAMAGED = "damaged"
    NO_PAGES = "no_pages"
    FALSE_PAGE_COUNT = "false_page_count"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    CRASHED = "crashed"


REFUSAL_TEMPLATES: dict[RefusalCode, str] = {
    RefusalCode.NOT_FOUND: QT_TRANSLATE_NOOP(
        "Refusals", "The file does not exist. Check its name and that the drive is connected."
    ),
    RefusalCode.NOT_READABLE: QT_TRANSLATE_NOOP(
        "Refusals",
        "The file can't be opened ({detail}). Check that you may read it and that no other "
        "program holds it.",
    ),
    RefusalCode.LINKED_FOLDER: QT_TRANSLATE_NOOP(
        "Refusals",
        "This is a link to the folder {target}; links to folders are not followed. To import what "
        "is in it, choose that folder itself.",
    ),
    RefusalCode.EMPTY: QT_TRANSLATE_NOOP(
        "Refusals", "The file is empty (0 bytes). Copy or download it again."
    ),
    RefusalCode.NOT_A_PDF: QT_TRANSLATE_NOOP(
        "Refusals",
        "This is not a PDF, although it may be named so: it looks like {found}. Open it in the "
        "program that made it and save it as PDF.",
    ),
    RefusalCode.FILE_TOO_BIG: QT_TRANSLATE_NOOP(
        "Refusals",
        "The file has {megabytes} MB; at most {limit} MB can be read. Split it into parts, or make "
        "its pictures smaller, and import that.",
    ),
    RefusalCode.LOCKED: QT_TRANSLATE_NOOP(
        "Refusals",
        "The PDF is locked with a password. Open it with the password, save a copy without one, "
        "and import the copy.",
    ),
    RefusalCode.DAMAGED: QT_TRANSLATE_NOOP(
        "Refusals",
        "The PDF is damaged or incomplete and can't be opened. Copy or download it again.",
    ),
    RefusalCode.NO_PAGES: QT_TRANSLATE_NOOP("Refusals", "The PDF has no pages."),
    RefusalCode.FALSE_PAGE_COUNT: QT_TRANSLATE_NOOP(
        "Refusals",
        "The PDF claims {claimed} pages, but the file of {size} bytes does not hold them. It is "
        "damaged or made to do harm.",
    ),
    RefusalCode.TOO_MANY_PAGES: QT_TRANSLATE_NOOP(
        "Refusals",
        "The PDF has {claimed} pages; at most {limit} can be read. Split it into parts and "
        "import those.",
    ),
    RefusalCode.TOO_SLOW: QT_TRANSLATE_NOOP(
        "Refusals",
        "Reading the PDF took longer than {seconds} seconds and was stopped. It is damaged or "
        "made to do harm. Print it to a new PDF and import that.",
    ),
    RefusalCode.TOO_LARGE: QT_TRANSLATE_NOOP(
        "Refusals",
        "Reading the PDF needed more than {megabytes} MB of memory and was stopped. It is "
        "damaged or made to do harm. Print it to a new PDF and import that.",
    ),
    RefusalCode.CRASHED: QT_TRANSLATE_NOOP(
        "Refusals",
        "Reading the PDF stopped the reading process. It is damaged or made to do harm. Print it "
        "to a new PDF and import that.",
    ),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not imported, and why. `fields` fill the template of `code`."""

    path: Path
    code: RefusalCode
    fields: dict[str, str | int] = field(default_factory=dict)

    @property
    def template(self) -> str:
        """Return the sentence to translate and fill with `fields`."""
        return REFUSAL_TEMPLATES[self.code]

    @property
    def reason(self) -> str:
        """Return the sentence in English."""
        return self.template.format(**self.fields)


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read out of one PDF: a `Page` for every page that was read, from the first on.

    `properties` are the document information entries as text (Title, Author, CreationDate ...) and
    those of its XMP by their usual names (dc:title, prism:doi ...): a line each, and several lines
    where a property has several values (dc:creator).
    `headline` is the largest text near the top of the first pages, a candidate for a title.
    `hazardous` says that at least one of `pages` stopped or starved the reading process.
    `page_count` is the number of all pages of the file; it is that of `pages` unless given.
    """

    pages: tuple[Page, ...]
    properties: dict[str, str] = field(default_factory=dict)
    headline: str = ""
    hazardous: bool = False
    page_count: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "page_count", max(self.page_count, len(self.pages)))

    @property
    def is_whole(self) -> bool:
        """Return whether all pages were read, and not the first ones only."""
        return len(self.pages) == self.page_count
