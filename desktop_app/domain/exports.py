"""What leaves the archive as metadata: which records may, their fields, and what was written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from .changes.change import Value
from .changes.rules import ACCESS_ORDER, MERGED_FROM, NOT_SAME_AS
from .exchange.other_fields import OTHER
from .fields import RECORD_FIELDS
from .records import Access, Record

_KEPT = frozenset({OTHER, MERGED_FROM, NOT_SAME_AS})


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote.

    `files` begins with the one that was named; the others stand beside it. `by_access` counts the
    `records` written by their access level, `withheld` is how many others were above the level
    that was asked for. `left_out` is what the format has no place for: by the name of a field, or
    of a column of other fields, in how many records; and "findings", "appraisals", "evidence" and
    "notes", how many there are. Personal notes never leave the archive and are not counted.
    """

    files: tuple[Path, ...]
    records: int
    by_access: Mapping[Access, int] = field(default_factory=dict)
    withheld: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def not_public(self) -> int:
        """Return how many of the records written are not for everybody."""
        return self.records - self.by_access.get(Access.PUBLIC, 0)


def may_leave(record: Record, highest: Access, day: str) -> bool:
    """Return whether a record's access level is not above `highest` on a day in ISO 8601.

    An embargo counts above all levels as long as it runs, its last day included. After that the
    record is internal: nobody has said yet that others may see it.
    """
    level = record.access
    if level is Access.EMBARGOED and not _is_running(record.access_until, day):
        level = Access.INTERNAL
    return ACCESS_ORDER.index(level) <= ACCESS_ORDER.index(highest)


def filled_fields(record: Record) -> dict[str, Value]:
    """Return the bare values of a record's fields by name, in the order of the fields.

    Empty ones are left out, and so is what is no field of this release.
    """
    access: Value = record.access.value
    if record.access is Access.EMBARGOED and record.access_until:
        access = {"level": record.access.value, "until": record.access_until}
    values: dict[str, Value] = {
        **record.fields,
        "title": record.title,
        "kind": record.kind,
        "year": record.year,
        "language": list(record.languages),
        "access": access,
        "author": list(record.authors),
        "tag": list(record.tags),
    }
    found = {name: values.get(name) for name in RECORD_FIELDS}
    return {name: value for name, value in found.items() if value not in (None, "", [], ())}


def unknown_fields(record: Record) -> list[str]:
    """Return the fields that this release does not know, but for what an archive keeps of itself.

    Which records were merged or taken for the same means nothing elsewhere.
    """
    return [name for name in record.fields if name not in RECORD_FIELDS and name not in _KEPT]


def _is_running(until: str | None, day: str) -> bool:
    try:
        return until is None or date.fromisoformat(day) <= date.fromisoformat(until)
    except ValueError:
        # Another device wrote something that is no day.
        return True
