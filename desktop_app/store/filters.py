"""Filters of the query language: the records that pass one."""

from collections.abc import Callable, Iterable

from desktop_app.domain.fields import FINDING_FIELDS
from desktop_app.domain.queries import Filter
from desktop_app.domain.query_fields import (
    APPRAISALS,
    FILE,
    FINDINGS,
    NOTES,
    QUERY_FIELDS,
    Comparison,
    Holder,
)
from desktop_app.domain.text import fold, forms

from .database import Database
from .field_values import FieldValues

_TABLES = {Holder.FINDING: "findings", Holder.APPRAISAL: "appraisals"}
_PARTS = {FINDINGS: "findings", APPRAISALS: "appraisals", NOTES: "notes"}
_COLUMNS = frozenset({"outcome", "direction", "stage"})
"""Fields of a finding that are columns; the others are in its JSON."""


class Filters:
    """Finds the records, but for those in the trash, that a filter lets through."""

    def __init__(self, database: Database, values: FieldValues) -> None:
        self._database = database
        self._values = values

    def matching(self, wanted: Filter) -> set[str]:
        """Return the ids of the records that a filter lets through."""
        field = QUERY_FIELDS[wanted.field]
        if field.comparison is Comparison.PRESENCE:
            return set().union(*map(self._having, wanted.values))
        if field.holder is not Holder.RECORD:
            return self._with_part(_TABLES[field.holder], (wanted, *wanted.also))
        return self._values.holding(wanted.field, _test(wanted))

    def values_of(self, field: str, record_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the values of a field for each of these records that has any.

        Those of findings and appraisals are given once a record.
        """
        holder = QUERY_FIELDS[field].holder
        if holder is Holder.RECORD:
            return self._values.of(field, record_ids)
        found: dict[str, tuple[str, ...]] = {}
        wanted = set(record_ids)
        with self._database.reading() as connection:
            for record_id, value in connection.execute(
                f"SELECT DISTINCT record_id, {field} FROM {_TABLES[holder]}"
                f" WHERE NOT deleted AND {field} IS NOT NULL ORDER BY record_id, {field}"
            ):
                if record_id in wanted:
                    found[record_id] = (*found.get(record_id, ()), str(value))
        return found

    def values_in_use(self, field: str) -> dict[str, int]:
        """Return the values of a field, each with the number of its records.

        Those of findings and appraisals are not counted here: while somebody types, that is slow.
        """
        is_of_record = QUERY_FIELDS[field].holder is Holder.RECORD
        return self._values.counts(field) if is_of_record else {}

    def _with_part(self, table: str, filters: tuple[Filter, ...]) -> set[str]:
        """Return the records with a finding or appraisal that passes all of these."""
        conditions = " AND ".join(
            f"{each.field} IN ({','.join('?' * len(each.values))})" for each in filters
        )
        return self._ids(
            f"SELECT DISTINCT record_id FROM {table} WHERE NOT deleted AND {conditions}",
            [value for each in filters for value in each.values],
        )

    def _having(self, what: str) -> set[str]:
        if what in _PARTS:
            return self._ids(f"SELECT DISTINCT record_id FROM {_PARTS[what]} WHERE NOT deleted")
        if what == FILE:
            return self._ids("SELECT DISTINCT record_id FROM documents")
        if what in _COLUMNS:
            return self._ids(
                f"SELECT DISTINCT record_id FROM findings WHERE NOT deleted AND {what} IS NOT NULL"
            )
        if what in FINDING_FIELDS:
            return self._ids(
                "SELECT DISTINCT record_id FROM findings"
                " WHERE NOT deleted AND json_extract(fields, ?) IS NOT NULL",
                [f"$.{what}"],
            )
        return self._values.filled(what)

    def _ids(self, query: str, values: Iterable[str] = ()) -> set[str]:
        with self._database.reading() as connection:
            found = {str(row[0]) for row in connection.execute(query, list(values))}
        # What belongs to a record stays where it is when the record goes into the trash.
        return found & self._values.records()


def _test(wanted: Filter) -> Callable[[str | int | float], bool]:
    """Return what tells whether a value of a record passes the filter."""
    match QUERY_FIELDS[wanted.field].comparison:
        case Comparison.NUMBER:
            return lambda value: isinstance(value, int) and wanted.first <= value <= wanted.last
        case Comparison.CODE if wanted.field == "language":
            # English is also British English.
            variants = tuple(f"{code}-".lower() for code in wanted.values)
            return lambda value: f"{value}-".lower().startswith(variants)
        case Comparison.CODE:
            return lambda value: value in wanted.values
        case comparison:
            typed = [(_words(text), text.endswith("*")) for text in wanted.values]
            whole = comparison is Comparison.LABEL
            return lambda value: any(
                _holds(_words(str(value)), words, prefix=prefix, whole=whole)
                for words, prefix in typed
            )


def _holds(held: list[str], words: list[str], *, prefix: bool, whole: bool) -> bool:
    """Return whether words stand next to each other among those held.

    They have to be all of them (`whole`), or with `prefix` the first ones; the last word then only
    has to begin so.
    """
    length = len(words)
    if whole and not prefix and len(held) != length:
        return False
    for start in range(1 if whole else len(held)):
        part = held[start : start + length]
        if part == words or (
            prefix
            and len(part) == length
            and part[:-1] == words[:-1]
            and part[-1].startswith(words[-1])
        ):
            return True
    return False


def _words(text: str) -> list[str]:
    return [fold(form) for form in forms(text)]
