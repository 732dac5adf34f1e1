"""What a check of the archive can find, each with its remedy."""

from dataclasses import dataclass, field
from enum import StrEnum

from ..translation import QT_TRANSLATE_NOOP


class ProblemCode(StrEnum):
    """What is wrong."""

    DATABASE_DAMAGED = "database_damaged"
    REPAIR_UNFINISHED = "repair_unfinished"
    HISTORY_LOST = "history_lost"
    VERSIONS_KEPT = "versions_kept"
    RECORD_INCOMPLETE = "record_incomplete"
    FILES_UNCLAIMED = "files_unclaimed"
    CHANGE_UNREADABLE = "change_unreadable"
    CHANGE_UNKNOWN = "change_unknown"
    ROW_UNREADABLE = "row_unreadable"
    ROW_UNLOGGED = "row_unlogged"
    ROW_MISSING = "row_missing"
    ROW_DIFFERS = "row_differs"
    ROW_ORPHANED = "row_orphaned"
    FILE_MISSING = "file_missing"
    FILE_SIZE = "file_size"
    FILE_CHANGED = "file_changed"
    PAGES_MISSING = "pages_missing"
    PAGES_STRAY = "pages_stray"
    PAGE_UNEXPLAINED = "page_unexplained"
    PAGE_UNREADABLE = "page_unreadable"
    RECORD_MISSING = "record_missing"
    DOCUMENT_FOREIGN = "document_foreign"
    PAGE_BEYOND = "page_beyond"
    FINDING_MISSING = "finding_missing"
    RELATED_MISSING = "related_missing"
    TERM_UNKNOWN = "term_unknown"
    BROADER_UNKNOWN = "broader_unknown"
    INDEX_UNUSABLE = "index_unusable"
    INDEX_DAMAGED = "index_damaged"
    INDEX_BEHIND = "index_behind"
    INDEX_STRAY = "index_stray"


_SALVAGE = QT_TRANSLATE_NOOP(
    "Problems",
    'Run "repair": what can be read is saved into a new database, and the damaged one is kept '
    "beside it. Or restore the last backup into a new folder.",
)
_PUT_BACK = QT_TRANSLATE_NOOP(
    "Problems",
    'Run "repair --from" with a folder or a backup that holds the PDF, or import it again; it is '
    "put back.",
)
_READ_AGAIN = QT_TRANSLATE_NOOP(
    "Problems", 'Run "repair": the pages are read again from the stored PDF.'
)
_MAKE_AGAIN = QT_TRANSLATE_NOOP("Problems", 'Run "repair": it is made again from the history.')
_SAY_AGAIN = QT_TRANSLATE_NOOP("Problems", "Correct the {entity}, or delete it.")
_UPDATE_INDEX = QT_TRANSLATE_NOOP(
    "Problems", "The index is brought up to date by the next search or import."
)

TEMPLATES: dict[ProblemCode, tuple[str, str]] = {
    ProblemCode.DATABASE_DAMAGED: (
        QT_TRANSLATE_NOOP("Problems", "The database is damaged: {detail}"),
        _SALVAGE,
    ),
    ProblemCode.REPAIR_UNFINISHED: (
        QT_TRANSLATE_NOOP("Problems", "A repair of the database was broken off."),
        QT_TRANSLATE_NOOP("Problems", 'Run "repair" again before anything else; it is finished.'),
    ),
    ProblemCode.HISTORY_LOST: (
        QT_TRANSLATE_NOOP(
            "Problems",
            "Up to {count} entries of the history could not be read; {adopted} were written anew "
            "from what the archive still showed.",
        ),
        QT_TRANSLATE_NOOP(
            "Problems",
            "Compare the archive with the last backup: restore it into a new folder and look at "
            "both.",
        ),
    ),
    ProblemCode.VERSIONS_KEPT: (
        QT_TRANSLATE_NOOP(
            "Problems",
            "In {count} places the history and what was made of it said different things.",
        ),
        QT_TRANSLATE_NOOP(
            "Problems",
            "Both are kept as versions. Look at the fields in dispute and choose the right one.",
        ),
    ),
    ProblemCode.RECORD_INCOMPLETE: (
        QT_TRANSLATE_NOOP("Problems", "Something essential of the record {id} could not be read."),
        QT_TRANSLATE_NOOP(
            "Problems", "Look at its title and at who may see it, and say both again where needed."
        ),
    ),
    ProblemCode.FILES_UNCLAIMED: (
        QT_TRANSLATE_NOOP("Problems", "{count} stored PDFs belong to no record any more."),
        QT_TRANSLATE_NOOP(
            "Problems", 'Import the folder "{folder}" as it is; each of them gets a new record.'
        ),
    ),
    ProblemCode.CHANGE_UNREADABLE: (
        QT_TRANSLATE_NOOP("Problems", "Entry {sequence} of the history can't be read: {detail}"),
        _SALVAGE,
    ),
    ProblemCode.CHANGE_UNKNOWN: (
        QT_TRANSLATE_NOOP(
            "Problems",
            "The history has {count} entries on a kind of thing that this version does not know: "
            '"{kind}".',
        ),
        QT_TRANSLATE_NOOP(
            "Problems",
            "They are kept. A newer version of the program may show them; install it if there is "
            "one.",
        ),
    ),
    ProblemCode.ROW_UNREADABLE: (
        QT_TRANSLATE_NOOP("Problems", "The {entity} {id} can't be read: {detail}"),
        _MAKE_AGAIN,
    ),
    ProblemCode.ROW_UNLOGGED: (
        QT_TRANSLATE_NOOP("Problems", "The history says nothing of the {entity} {id}."),
        QT_TRANSLATE_NOOP("Problems", 'Run "repair": what it says is written into the history.'),
    ),
    ProblemCode.ROW_MISSING: (
        QT_TRANSLATE_NOOP("Problems", "The {entity} {id} is in the history but is not shown."),
        _MAKE_AGAIN,
    ),
    ProblemCode.ROW_DIFFERS: (
        QT_TRANSLATE_NOOP(
            "Problems", "The {entity} {id} is not what its history adds up to: {detail}"
        ),
        _MAKE_AGAIN,
    ),
    ProblemCode.ROW_ORPHANED: (
        QT_TRANSLATE_NOOP(
            "Problems", "{count} rows of the table {table} belong to a missing row of {parent}."
        ),
        QT_TRANSLATE_NOOP(
            "Problems",
            'Run "repair": what they belong to is made again from the history; what belongs to '
            "nothing is removed.",
        ),
    ),
    ProblemCode.FILE_MISSING: (
        QT_TRANSLATE_NOOP("Problems", 'The PDF of "{file_name}" is missing.'),
        _PUT_BACK,
    ),
    ProblemCode.FILE_SIZE: (
        QT_TRANSLATE_NOOP(
            "Problems", 'The PDF of "{file_name}" has {found} bytes instead of {expected}.'
        ),
        _PUT_BACK,
    ),
    ProblemCode.FILE_CHANGED: (
        QT_TRANSLATE_NOOP(
            "Problems", 'The PDF of "{file_name}" no longer has the bytes that were imported.'
        ),
        _PUT_BACK,
    ),
    ProblemCode.PAGES_MISSING: (
        QT_TRANSLATE_NOOP(
            "Problems", '"{file_name}" has {expected} pages, but {found} of them are stored.'
        ),
        _READ_AGAIN,
    ),
    ProblemCode.PAGES_STRAY: (
        QT_TRANSLATE_NOOP(
            "Problems", '"{file_name}" has {expected} pages, but {count} others are stored too.'
        ),
        _READ_AGAIN,
    ),
    ProblemCode.PAGE_UNEXPLAINED: (
        QT_TRANSLATE_NOOP(
            "Problems", 'Page {number} of "{file_name}" has neither text nor a reason for it.'
        ),
        _READ_AGAIN,
    ),
    ProblemCode.PAGE_UNREADABLE: (
        QT_TRANSLATE_NOOP(
            "Problems", 'Page {number} of "{file_name}" is damaged in the database: {detail}'
        ),
        _READ_AGAIN,
    ),
    ProblemCode.RECORD_MISSING: (
        QT_TRANSLATE_NOOP(
            "Problems", "The {entity} {id} is about the record {record_id}, which does not exist."
        ),
        _SAY_AGAIN,
    ),
    ProblemCode.DOCUMENT_FOREIGN: (
        QT_TRANSLATE_NOOP(
            "Problems", 'The {entity} {id} names the document "{document}", not one of its record.'
        ),
        _SAY_AGAIN,
    ),
    ProblemCode.PAGE_BEYOND: (
        QT_TRANSLATE_NOOP(
            "Problems", "The {entity} {id} names page {page} of a document with {last} pages."
        ),
        _SAY_AGAIN,
    ),
    ProblemCode.FINDING_MISSING: (
        QT_TRANSLATE_NOOP(
            "Problems", 'The {entity} {id} is about the finding "{finding}", not one of its record.'
        ),
        _SAY_AGAIN,
    ),
    ProblemCode.RELATED_MISSING: (
        QT_TRANSLATE_NOOP(
            "Problems", 'The record {id} is related to "{related}", which does not exist.'
        ),
        QT_TRANSLATE_NOOP("Problems", 'Take it out of the field "related", or import that record.'),
    ),
    ProblemCode.TERM_UNKNOWN: (
        QT_TRANSLATE_NOOP(
            "Problems", 'The {entity} {id} has the term "{term}" in "{field}", which is no term.'
        ),
        QT_TRANSLATE_NOOP(
            "Problems", 'Choose another term, or add it with "vocabulary add {scheme} ...".'
        ),
    ),
    ProblemCode.BROADER_UNKNOWN: (
        QT_TRANSLATE_NOOP(
            "Problems", 'The term "{id}" stands below the term "{term}", which does not exist.'
        ),
        QT_TRANSLATE_NOOP("Problems", "Add that term, or remove this one and add it again."),
    ),
    ProblemCode.INDEX_UNUSABLE: (
        QT_TRANSLATE_NOOP("Problems", "The search index can't be read: {detail}"),
        _UPDATE_INDEX,
    ),
    ProblemCode.INDEX_DAMAGED: (
        QT_TRANSLATE_NOOP("Problems", "The search index is damaged: {detail}"),
        QT_TRANSLATE_NOOP("Problems", 'Run "repair" or "rebuild-index"; it is built anew.'),
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
