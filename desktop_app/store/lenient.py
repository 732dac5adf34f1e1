"""Reading rows whatever stands in them: bytes that are no text never stop a check.

Text that is not UTF-8 comes with lone surrogates, which no text in the database can hold.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime

from sqlite_utils import Database as Connection

from desktop_app.domain.changes.clock import LATEST_FOREIGN

from .database import Database

Row = Mapping[str, object]


@contextmanager
def lenient(database: Database) -> Iterator[sqlite3.Connection]:
    """Give a connection of its own for reading any row; it lends no lock between statements."""
    with database.translated_errors(), closing(database._connect()) as raw:
        raw.text_factory = decode
        raw.row_factory = sqlite3.Row
        yield raw


def read_leniently(connection: Connection, table: str, entity_id: str) -> list[Row]:
    """Return the row of an id, text that is not UTF-8 with lone surrogates."""
    columns = list(COLUMNS[table])
    raw = connection.conn
    before, raw.text_factory = raw.text_factory, decode
    try:
        rows = raw.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?", [entity_id]
        ).fetchall()
    finally:
        raw.text_factory = before
    return [dict(zip(columns, row, strict=True)) for row in rows]


def decode(raw: bytes) -> str:
    """Return text, with lone surrogates in the place of what is not UTF-8."""
    return raw.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """Return the bytes that `decode` made `text` of: what to compare `CAST(x AS BLOB)` with."""
    return text.encode("utf-8", "surrogateescape")


def is_text(value: object) -> bool:
    """Return whether a value is text, and all of it."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def shown(value: object) -> str:
    """Return any value as text that can be printed, not too long."""
    text = value if isinstance(value, str) else repr(value)
    return encode(text[:80]).decode("utf-8", "backslashreplace")


def _text(value: object) -> bool:
    return is_text(value)


def _text_or_none(value: object) -> bool:
    return value is None or is_text(value)


def _number(value: object) -> bool:
    return isinstance(value, int)


def _number_or_none(value: object) -> bool:
    return value is None or isinstance(value, int)


def _count(value: object) -> bool:
    return isinstance(value, int) and 0 <= value < 1 << 53


def _stamp(value: object) -> bool:
    return isinstance(value, int) and 0 <= value <= LATEST_FOREIGN


def _moment(value: object) -> bool:
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        return False
    return is_text(value)


def parsed(value: object) -> object:
    """Return what a column of JSON holds. Raises ValueError where it holds none."""
    if not is_text(value):
        raise ValueError("it is no text")
    try:
        return json.loads(str(value))
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _json(fits: Callable[[object], bool]) -> Callable[[object], bool]:
    def check(value: object) -> bool:
        try:
            return fits(parsed(value))
        except ValueError:
            return False

    return check


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _is_texts_by_text(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _is_lists_by_text(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(said, list) for said in value.values())


_TEXTS = _json(_is_texts)
_MAPPING = _json(lambda value: isinstance(value, dict))
_LIST = _json(lambda value: isinstance(value, list))
_LABELS = _json(_is_texts_by_text)

COLUMNS: dict[str, dict[str, Callable[[object], bool]]] = {
    "records": {
        "id": _text,
        "title": _text,
        "kind": _text_or_none,
        "year": _number_or_none,
        "access": _text,
        "access_until": _text_or_none,
        "languages": _TEXTS,
        "authors": _TEXTS,
        "tags": _TEXTS,
        "added_at": _moment,
        "import_id": _text_or_none,
        "fields": _MAPPING,
        "coded": _json(_is_lists_by_text),
        "disputed": _TEXTS,
        "deleted": _number,
    },
    "documents": {
        "id": _text,
        "record_id": _text,
        "position": _number,
        "role": _text,
        "sha256": lambda value: is_text(value) and len(str(value)) == 64,
        "file_name": _text,
        "size": _count,
        "page_count": _count,
        "text_health": _text,
        "hazardous": _number,
        "properties": _LABELS,
    },
    "findings": {
        "id": _text,
        "record_id": _text,
        "outcome": _text_or_none,
        "direction": _text_or_none,
        "stage": _text_or_none,
        "fields": _MAPPING,
        "created": _stamp,
        "disputed": _TEXTS,
        "deleted": _number,
    },
    "appraisals": {
        "id": _text,
        "record_id": _text,
        "scale": _text_or_none,
        "value": _text_or_none,
        "fields": _MAPPING,
        "created": _stamp,
        "disputed": _TEXTS,
        "deleted": _number,
    },
    "notes": {
        "id": _text,
        "record_id": _text,
        "document_id": _text_or_none,
        "page": _number_or_none,
        "quote": _text,
        "text": _text,
        "shared": _number,
        "author": _text,
        "created": _stamp,
        "changed": _stamp,
        "disputed": _TEXTS,
        "deleted": _number,
    },
    "concepts": {
        "id": _text,
        "scheme": _text,
        "labels": _LABELS,
        "alternatives": _LIST,
        "broader": _TEXTS,
        "note": _text,
        "deleted": _number,
    },
}
"""What each column of the tables that sum up the changes has to hold for readers."""

JSON_COLUMNS = frozenset(
    {
        "languages", "authors", "tags", "fields", "coded", "disputed", "properties", "labels",
        "alternatives", "broader",
    }
)  # fmt: skip


def faults(table: str, row: Row) -> list[str]:
    """Return the columns of a row that readers can't use."""
    return [name for name, fits in COLUMNS[table].items() if not fits(row[name])]
