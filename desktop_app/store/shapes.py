"""Which table a row of a damaged file belongs to, told by what it holds.

Whoever adds a table or a column to the schema adds it here: a test compares the two.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress

from desktop_app.domain.text_print import TextPrint

from .file_format import FoundRow, Value
from .lenient import COLUMNS, is_text, parsed
from .migrations import migrations

IDENTITY_KEYS = frozenset({"id", "name", "created_at", "device"})
COLUMNS_OF_PAGES = (
    "document_id", "number", "label", "text", "no_text", "language", "health", "engine",
)  # fmt: skip
LATER_COLUMNS: dict[str, dict[str, Value]] = {
    "records": {"access_until": None, "coded": "{}"},
}
"""What rows lack that were written before a column was added, at the end of the row."""
_RECORDS_FIRST = (
    "id", "title", "kind", "year", "access", "languages", "authors", "tags", "added_at",
    "import_id", "fields", "disputed", "deleted",
)  # fmt: skip
ORDER: dict[str, tuple[str, ...]] = {
    **{table: tuple(columns) for table, columns in COLUMNS.items()},
    "records": (*_RECORDS_FIRST, *LATER_COLUMNS["records"]),
}


def table_of(row: FoundRow) -> str | None:
    """Return which table a row belongs to by what it holds; None where it fits none.

    A row that was found in a table has to fit that one.
    """
    values = row.values or ()
    for table, fits in _SHAPES.items():
        if row.table in {None, table} and fits(values):
            return table
    return None


def _texts(values: Iterable[Value]) -> bool:
    return all(is_text(value) and value for value in values)


def _is_row(table: str, lengths: tuple[int, ...]) -> Callable[[tuple[Value, ...]], bool]:
    columns, order = COLUMNS[table], ORDER[table]

    def fits(values: tuple[Value, ...]) -> bool:
        if len(values) not in lengths or not values[0]:
            return False
        return all(columns[name](value) for name, value in zip(order, values, strict=False))

    return fits


def _is_page(values: tuple[Value, ...]) -> bool:
    return (
        len(values) == 8
        and _texts(values[:1])
        and isinstance(values[1], int)
        and all(is_text(values[index]) for index in (2, 3, 5, 6, 7))
        and (values[4] is None or is_text(values[4]))
        and bool(values[3] or values[4])
    )


def _is_change(values: tuple[Value, ...]) -> bool:
    return len(values) in {14, 15} and values[0] is None and _texts(values[1:2] + values[3:9])


def _is_import(values: tuple[Value, ...]) -> bool:
    if len(values) != 4 or not _texts((*values[:2], values[3])):
        return False
    with suppress(ValueError):
        return isinstance(parsed(values[3]), list) and (values[2] is None or is_text(values[2]))
    return False


def _is_print(values: tuple[Value, ...]) -> bool:
    if len(values) != 2 or not _texts(values[:1]) or not isinstance(values[1], bytes):
        return False
    with suppress(ValueError):
        TextPrint.from_bytes(values[1])
        return True
    return False


_SHAPES: dict[str, Callable[[tuple[Value, ...]], bool]] = {
    "changes": _is_change,
    "pages": _is_page,
    **{
        table: _is_row(table, (13, 15) if table == "records" else (len(columns),))
        for table, columns in COLUMNS.items()
    },
    "imports": _is_import,
    "archive": lambda values: len(values) == 2 and _texts(values) and values[0] in IDENTITY_KEYS,
    "queue": lambda values: len(values) == 2 and values[0] is None and _texts(values[1:]),
    "prints": _is_print,
    "sqlite_sequence": lambda values: (
        len(values) == 2 and values[0] in {"changes", "queue"} and isinstance(values[1], int)
    ),
    "_sqlite_migrations": lambda values: (
        len(values) == 4 and values[1] == migrations.name and _texts(values[2:3])
    ),
}
