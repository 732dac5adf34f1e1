"""Are all pages there, and is what they hold text?"""

import sqlite3
from collections.abc import Iterator

from desktop_app.domain.problems import Problem, ProblemCode
from desktop_app.domain.records import Page

from .lenient import is_text, shown
from .pages import PAGE_COLUMNS, page_of

CHUNK = 400
_TEXTS = ("label", "text", "language", "health", "engine")
_SUSPICIOUS = " OR ".join(
    [
        *(f"typeof(p.{name}) <> 'text'" for name in _TEXTS),
        "typeof(p.number) <> 'integer'",
        "(p.no_text IS NOT NULL AND typeof(p.no_text) <> 'text')",
        "(p.no_text IS NULL AND p.text = '')",
    ]
)
_COLUMNS = (
    "p.rowid, p.document_id, p.number, p.no_text, p.label, p.text, p.language, p.health, p.engine"
)


def page_counts(raw: sqlite3.Connection) -> Iterator[Problem]:
    """Yield documents of which pages are missing, or that have more than their file."""
    for row in raw.execute(
        "SELECT d.id, d.file_name, d.page_count AS expected, count(p.rowid) AS stored,"
        " coalesce(sum(typeof(p.number) = 'integer' AND p.number BETWEEN 1 AND d.page_count), 0)"
        " AS found FROM documents d LEFT JOIN pages p ON p.document_id = d.id GROUP BY d.id"
    ):
        if not isinstance(row["expected"], int):
            continue
        fields: dict[str, str | int] = {
            "document_id": shown(row["id"]),
            "file_name": shown(row["file_name"]),
            "expected": row["expected"],
        }
        if row["found"] != row["expected"]:
            yield Problem(ProblemCode.PAGES_MISSING, {**fields, "found": row["found"]})
        elif row["stored"] != row["found"]:
            count = row["stored"] - row["found"]
            yield Problem(ProblemCode.PAGES_STRAY, {**fields, "count": count})


def suspicious_pages(raw: sqlite3.Connection) -> Iterator[Problem]:
    """Yield pages that can't be shown, as far as SQLite can tell without reading their texts."""
    for row in raw.execute(f"SELECT {_COLUMNS} FROM pages p WHERE {_SUSPICIOUS}"):
        yield from _faulty(raw, row)


def page_texts(raw: sqlite3.Connection, after: int) -> tuple[int, int, list[Problem]]:
    """Read some pages behind a row; return the last row, how many there were, what is wrong."""
    rows = raw.execute(
        f"SELECT {_COLUMNS} FROM pages p WHERE p.rowid > ? ORDER BY p.rowid LIMIT ?",
        [after, CHUNK],
    ).fetchall()
    found = [problem for row in rows for problem in _faulty(raw, row)]
    return (rows[-1]["rowid"] if rows else after), len(rows), found


def readable_pages(raw: sqlite3.Connection, document_id: str, last: int) -> list[Page]:
    """Return the pages of a document from 1 to `last` that can be shown."""
    rows = raw.execute(
        f"SELECT {_COLUMNS} FROM pages p WHERE p.document_id = ? AND p.number BETWEEN 1 AND ?"
        " ORDER BY p.number",
        [document_id, last],
    )
    return [
        page_of(tuple(row[name] for name in PAGE_COLUMNS))
        for row in rows
        if not any(_faulty(raw, row))
    ]


def _faulty(raw: sqlite3.Connection, row: sqlite3.Row) -> Iterator[Problem]:
    detail = ""
    for name in (*_TEXTS, *(() if row["no_text"] is None else ("no_text",))):
        if not isinstance(row[name], str):
            detail = f"{name} is no text"
        elif not is_text(row[name]):
            detail = f"{name} is not UTF-8"
    if not isinstance(row["number"], int):
        detail = "its number is none"
    unexplained = not row["text"] and row["no_text"] is None
    if not detail and not unexplained:
        return
    named = raw.execute(
        "SELECT file_name FROM documents WHERE id = ?", [_bound(row["document_id"])]
    ).fetchone()
    fields: dict[str, str | int] = {
        "document_id": shown(row["document_id"]),
        "file_name": shown(named[0]) if named else "?",
        "number": row["number"] if isinstance(row["number"], int) else shown(row["number"]),
    }
    if detail:
        yield Problem(ProblemCode.PAGE_UNREADABLE, {**fields, "detail": detail})
    else:
        yield Problem(ProblemCode.PAGE_UNEXPLAINED, fields)


def _bound(value: object) -> object:
    return value if is_text(value) else None
