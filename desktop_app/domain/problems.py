"""What a check of the archive can find, each with its remedy."""

from dataclasses import dataclass, field
from enum import StrEnum

from .translation import QT_TRANSLATE_NOOP


class ProblemCode(StrEnum):
    """What is wrong."""

    DATABASE_DAMAGED = "database_damaged"
    FILE_MISSING = "file_missing"
    FILE_SIZE = "file_size"
    FILE_CHANGED = "file_changed"
    PAGES_MISSING = "pages_missing"
    PAGE_UNEXPLAINED = "page_unexplained"
    INDEX_UNUSABLE = "index_unusable"
    INDEX_BEHIND = "index_behind"
    INDEX_STRAY = "index_stray"


_RESTORE = QT_TRANSLATE_NOOP(
    "Problems", "Copy the whole archive folder first, then restore the last backup."
)
_IMPORT_AGAIN = QT_TRANSLATE_NOOP("Problems", "Import the same PDF again; it is put back.")
_UPDATE_INDEX = QT_TRANSLATE_NOOP(
    "Problems", "The index is brought up to date by the next search or import."
)

TEMPLATES: dict[ProblemCode, tuple[str, str]] = {
    ProblemCode.DATABASE_DAMAGED: (
        QT_TRANSLATE_NOOP("Problems", "The database is damaged: {detail}"),
        _RESTORE,
    ),
    ProblemCode.FILE_MISSING: (
        QT_TRANSLATE_NOOP("Problems", 'The PDF of "{file_name}" is missing.'),
        _IMPORT_AGAIN,
    ),
    ProblemCode.FILE_SIZE: (
        QT_TRANSLATE_NOOP(
            "Problems", 'The PDF of "{file_name}" has {found} bytes instead of {expected}.'
        ),
        _IMPORT_AGAIN,
    ),
    ProblemCode.FILE_CHANGED: (
        QT_TRANSLATE_NOOP(
            "Problems", 'The PDF of "{file_name}" no longer has the bytes that were imported.'
        ),
        _IMPORT_AGAIN,
    ),
    ProblemCode.PAGES_MISSING: (
        QT_TRANSLATE_NOOP(
            "Problems", '"{file_name}" has {expected} pages, but {found} of them are stored.'
        ),
        _RESTORE,
    ),
    ProblemCode.PAGE_UNEXPLAINED: (
        QT_TRANSLATE_NOOP(
            "Problems", 'Page {number} of "{file_name}" has neither text nor a reason for it.'
        ),
        _RESTORE,
    ),
    ProblemCode.INDEX_UNUSABLE: (
        QT_TRANSLATE_NOOP("Problems", "The search index can't be read: {detail}"),
        _UPDATE_INDEX,
    ),
    ProblemCode.INDEX_BEHIND: (
        QT_TRANSLATE_NOOP(
            "Problems", "{count} records are missing from the search index and not queued for it."
        ),
        _UPDATE_INDEX,
    ),
    ProblemCode.INDEX_STRAY: (
        QT_TRANSLATE_NOOP(
            "Problems", "The search index holds {count} records that the archive does not have."
        ),
        _UPDATE_INDEX,
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong; `fields` fill the sentence of `code`."""

    code: ProblemCode
    fields: dict[str, str | int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Return what is wrong, in English."""
        return TEMPLATES[self.code][0].format(**self.fields)

    @property
    def remedy(self) -> str:
        """Return what to do about it, in English."""
        return TEMPLATES[self.code][1].format(**self.fields)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found. `queued` records wait for the index, which is no problem.

    `leftovers` are files of broken-off imports: harmless, and used again by the next import.
    """

    problems: tuple[Problem, ...]
    records: int
    pages: int
    files: int
    queued: int
    leftovers: int
    deep: bool
