"""The values of records' fields, held in memory for filters, facets and completion.

To read one field out of the rows of ten thousand records takes 60 ms, as their texts lie in
between; so a field is read once, when it is first asked for, and then only that of records that
were changed.
"""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

from sqlite_utils import Database as Connection

from desktop_app.domain.fields import RECORD_FIELDS, FieldType

from .database import Database

_CHUNK = 500
_COLUMNS = {
    "title": "title",
    "kind": "kind",
    "year": "year",
    "access": "access",
    "language": "languages",
    "author": "authors",
    "tag": "tags",
}
"""Fields that have a column of their own; the others are in the JSON of `fields`."""
_LISTS = frozenset({"language", "author", "tag"})
_LONG = frozenset({FieldType.TEXT, FieldType.ITEMS, FieldType.COST})
"""Of these only matters whether there is anything."""
_RECORD = ""
"""Stands for a field that every record fills."""

Values = tuple[str | int | float, ...]


@dataclass(slots=True)
class _Column:
    """The values of one field by record, as of the change `seen`; no record without any."""

    seen: int
    values: dict[str, Values] = field(default_factory=dict)


class FieldValues:
    """What the fields of all records hold, but for those in the trash. Safe in any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._columns: dict[str, _Column] = {}

    def records(self) -> set[str]:
        """Return the ids of all records."""
        return self.filled(_RECORD)

    def filled(self, name: str) -> set[str]:
        """Return the ids of the records of which a field holds anything."""
        with self._current(name) as held:
            return set(held)

    def holding(self, name: str, fits: Callable[[str | int | float], bool]) -> set[str]:
        """Return the ids of the records of which a value of the field fits."""
        judged: dict[Values, bool] = {}
        found = set()
        with self._current(name) as held:
            for record_id, values in held.items():
                if values not in judged:
                    judged[values] = any(map(fits, values))
                if judged[values]:
                    found.add(record_id)
        return found

    def of(self, name: str, record_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the values of a field as texts, for each of these records that has any."""
        with self._current(name) as held:
            return {
                record_id: tuple(map(str, held[record_id]))
                for record_id in record_ids
                if record_id in held
            }

    def counts(self, name: str) -> Counter[str]:
        """Return the values of a field in use as texts, each with the number of its records."""
        counts: Counter[str] = Counter()
        with self._current(name) as held:
            for values, count in Counter(held.values()).items():
                for value in set(map(str, values)):
                    counts[value] += count
        return counts

    @contextmanager
    def _current(self, name: str) -> Iterator[Mapping[str, Values]]:
        """Give the values of a field as they are now, to be read before others may go on."""
        with self._lock, self._database.reading() as connection:
            newest = _newest(connection)
            column = self._columns.get(name)
            if column is None or column.seen > newest:
                # A log that has become shorter is another one.
                column = _Column(newest, dict(_read(connection, name)))
                self._columns[name] = column
            elif column.seen < newest:
                changed = _changed_since(connection, column.seen)
                now = dict(_read(connection, name, changed))
                for record_id in changed:
                    column.values.pop(record_id, None)
                column.values.update(now)
                column.seen = newest
            yield column.values


def _newest(connection: Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(sequence), 0) FROM changes").fetchone()[0])


def _changed_since(connection: Connection, sequence: int) -> list[str]:
    rows = connection.execute(
        "SELECT DISTINCT record_id FROM changes WHERE sequence > ? AND record_id IS NOT NULL",
        [sequence],
    )
    return [str(row[0]) for row in rows]


def _read(
    connection: Connection, name: str, record_ids: Sequence[str] | None = None
) -> Iterator[tuple[str, Values]]:
    """Yield id and values of the records that have any: of all, or of these."""
    is_list = name in _LISTS
    if name == _RECORD:
        column = "1"
    elif name in _COLUMNS:
        column = _COLUMNS[name]
    else:
        column = f"iif(json_valid(fields), json_extract(fields, '$.{name}'), NULL)"
        is_list = RECORD_FIELDS[name].several
        if RECORD_FIELDS[name].type in _LONG:
            column, is_list = f"nullif({column}, '[]') IS NOT NULL", False
    query = f"SELECT id, {column} AS held FROM records WHERE NOT deleted"
    rows: Iterable[Sequence[object]]
    if record_ids is None:
        rows = connection.execute(query)
    else:
        rows = (
            row
            for start in range(0, len(record_ids), _CHUNK)
            for chunk in [record_ids[start : start + _CHUNK]]
            for row in connection.execute(
                f"{query} AND id IN ({','.join('?' * len(chunk))})", chunk
            )
        )
    for record_id, held in rows:
        if not held:
            continue
        if is_list:
            values = _elements(str(held))
        else:
            values = (held,) if isinstance(held, str | int | float) else ()
        if values:
            yield str(record_id), values


@lru_cache(maxsize=50_000)
def _elements(text: str) -> Values:
    """Return the elements of a JSON list; of what a later release stored, what can be compared."""
    try:
        found = json.loads(text)
    except ValueError:
        # A bare text is one element.
        found = [text]
    several = found if isinstance(found, list) else [found]
    return tuple(one for one in several if isinstance(one, str | int | float) and one != "")
