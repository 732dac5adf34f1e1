"""What belongs to a record besides its documents: findings, appraisals and notes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from .changes.change import Value


@dataclass(frozen=True, slots=True)
class Finding:
    """What a report found for one outcome, and where it says so.

    `outcome` is a concept of the scheme "outcome". `page` counts from 1 in the document, by default
    the first of the record. `fields` are all the others of `FINDING_FIELDS` that somebody filled.
    """

    id: str
    record_id: str
    outcome: str
    direction: str
    stage: str | None = None
    fields: Mapping[str, Value] = field(default_factory=dict)
    disputed: tuple[str, ...] = ()
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What one rater said of a record on one scale, and why.

    Scales are never averaged and never converted into each other.
    """

    id: str
    record_id: str
    scale: str
    value: str
    fields: Mapping[str, Value] = field(default_factory=dict)
    disputed: tuple[str, ...] = ()
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A reader's words on a record, a page of it, or a quote there.

    A note that is not `shared` is personal and never leaves the archive. `author` wrote the text
    that is shown.
    """

    id: str
    record_id: str
    text: str
    author: str
    created_at: datetime
    changed_at: datetime
    document_id: str | None = None
    page: int | None = None
    quote: str = ""
    shared: bool = False
    disputed: tuple[str, ...] = ()
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """What somebody said about a record, in the order in which it was said."""

    findings: tuple[Finding, ...] = ()
    appraisals: tuple[Appraisal, ...] = ()
    notes: tuple[Note, ...] = ()
