"""Records, their documents and pages, and the vocabularies of their plain fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from .changes.change import Value
from .changes.coded import Coded, State


class Kind(StrEnum):
    """What a record is."""

    EVALUATION = "evaluation"
    EVIDENCE_REVIEW = "evidence_review"
    GAP_MAP = "gap_map"
    GUIDE = "guide"
    TEMPLATE = "template"
    TRAINING = "training"
    POLICY_FRAMEWORK = "policy_framework"
    INITIATIVE = "initiative"
    LESSONS_LEARNED = "lessons_learned"


class Access(StrEnum):
    """Who may see a record, from everybody to this archive alone."""

    PUBLIC = "public"
    PARTNER = "partner"
    INTERNAL = "internal"
    EMBARGOED = "embargoed"


class TextHealth(StrEnum):
    """How well a text could be read out of a PDF.

    `good`: as printed. `repaired`: read with repairs that are certain. `partial`: some pages have
    no readable text although they show something. `scanned`: pictures of pages without text.
    `unreadable`: there is text, but its characters make no sense.
    """

    GOOD = "good"
    REPAIRED = "repaired"
    PARTIAL = "partial"
    SCANNED = "scanned"
    UNREADABLE = "unreadable"


class NoText(StrEnum):
    """Why a page has no text to search."""

    BLANK = "blank"
    """Nothing is printed on the page."""
    IMAGE_ONLY = "image_only"
    """The page shows pictures or drawings but holds no characters: usually a scan."""
    UNREADABLE = "unreadable"
    """The page's characters do not map to letters (a broken character map)."""
    DAMAGED = "damaged"
    """The page can't be loaded."""
    TOO_SLOW = "too_slow"
    """Reading the page took longer than allowed."""
    TOO_LARGE = "too_large"
    """Reading the page needed more memory than allowed, or it stopped the reading process."""


class DocumentRole(StrEnum):
    """What a file is to its record."""

    REPORT = "report"
    SUMMARY = "summary"
    TRANSLATION = "translation"
    ANNEX = "annex"
    INSTRUMENT = "instrument"
    TERMS_OF_REFERENCE = "terms_of_reference"
    MANAGEMENT_RESPONSE = "management_response"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document. `number` counts from 1; `label` is what is printed as its number.

    Either `text` holds characters, or `no_text` says why it does not. `language` is a BCP 47 code,
    or "und" where it can't be told. `engine` names what read the page.
    """

    number: int
    label: str
    text: str
    no_text: NoText | None = None
    language: str = "und"
    health: TextHealth = TextHealth.GOOD
    engine: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a record: its PDF lies in the library under its SHA-256.

    `size` is in bytes. `hazardous` files once stopped the reading process: their pages are never
    drawn inside the program.
    """

    id: str
    record_id: str
    sha256: str
    file_name: str
    size: int
    page_count: int
    role: DocumentRole = DocumentRole.REPORT
    text_health: TextHealth = TextHealth.GOOD
    hazardous: bool = False
    properties: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One evaluation, guide or training. `id` is a UUID and stays the same on every device.

    `kind` and `year` are None until somebody says them: the program does not guess them silently.
    """

    id: str
    title: str
    access: Access
    added_at: datetime
    kind: Kind | None = None
    year: int | None = None
    languages: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    import_id: str | None = None
    tags: tuple[str, ...] = ()
    fields: Mapping[str, Value] = field(default_factory=dict)
    """All other fields that somebody filled, by name, without evidence."""
    coded: Mapping[str, tuple[Coded, ...]] = field(default_factory=dict)
    """Of which fields somebody said more than the value: where it stands, or why there is none."""
    access_until: str | None = None
    """The day on which an embargo ends, in ISO 8601; None where nobody said."""
    disputed: tuple[str, ...] = ()
    """Fields of which two people gave different versions."""
    deleted: bool = False
    documents: tuple[Document, ...] = ()

    @property
    def page_count(self) -> int:
        """Return the number of pages of all documents together."""
        return sum(document.page_count for document in self.documents)

    def state(self, name: str) -> State:
        """Return whether the report says what a field of `fields` asks for."""
        if self.coded.get(name):
            return self.coded[name][0].state
        return State.REPORTED if name in self.fields else State.NOT_EXTRACTED

    @property
    def text_health(self) -> TextHealth | None:
        """Return the worst text health of the documents; None for a record without files."""
        order = list(TextHealth)
        return max(
            (document.text_health for document in self.documents), key=order.index, default=None
        )


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a record besides its files; None or empty where nothing is known."""

    title: str = ""
    kind: Kind | None = None
    year: int | None = None
    languages: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    access: Access | None = None
