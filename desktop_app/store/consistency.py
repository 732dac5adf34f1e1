"""Is the database whole, and is it the sum of its changes? Bad rows are found, never raised."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cache
from typing import Self

from sqlite_utils import Database as Connection

from desktop_app.domain.changes.change import Action, Change, EntityKind
from desktop_app.domain.changes.merge import EntityState, merge_entity
from desktop_app.domain.problems import Problem, ProblemCode
from desktop_app.domain.records import Page

from .database import Database
from .lenient import COLUMNS, JSON_COLUMNS, Row, encode, faults, is_text, lenient, parsed, shown
from .links import KnowsTerm, dangling_links
from .log_rows import LOG_COLUMNS, UnknownKind, UnreadableChange, read_change
from .migrations import APPLICATION_ID, SCHEMA_MAJOR, migrations
from .page_texts import page_counts, page_texts, readable_pages, suspicious_pages
from .records import StoredFile
from .sums import TABLES, wanted_row

MAX_DAMAGES = 20
CHUNK = 300
"""Entities looked at in one go."""
IDENTITY = "archive"
MIN_ROWID = -(1 << 63)
_IN_TEXT = "CAST(? AS TEXT)"
_TEXTS_OF_LOG = (
    "id", "device", "author", "entity", "field", "action", "value", "replaces", "saw",
)  # fmt: skip
_KIND_OF_TABLE = {table: kind for kind, (table, _) in TABLES.items()}


@dataclass(frozen=True, slots=True)
class LookedAt:
    """How far a check has come, and what it found there."""

    done: int
    total: int
    problems: tuple[Problem, ...] = ()


class Consistency:
    """Looks at one database; use it in a `with` block, from one thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._held = ExitStack()

    def __enter__(self) -> Self:
        self._raw = self._held.enter_context(lenient(self._database))
        return self

    def __exit__(self, *error: object) -> None:
        self._held.close()

    def damage(self) -> list[str]:
        """Return what is wrong with the file itself; empty where it can be read."""
        return damage_of(self._raw)

    def unreadable(self) -> Iterator[Problem]:
        """Yield rows that readers can't use, and rows that belong to nothing."""
        known = {"id", "name", "created_at", "device"}
        for row in self._raw.execute("SELECT rowid, key, value FROM archive"):
            if not (is_text(row["key"]) and is_text(row["value"])):
                detail = shown(row["key"]) if row["key"] not in known else row["key"]
                yield _unreadable(IDENTITY, row["rowid"], "", [detail])
        for table in COLUMNS:
            for row in self._raw.execute(f"SELECT rowid, * FROM {table}"):
                broken = faults(table, row)
                if broken:
                    yield _unreadable(table, row["rowid"], row["id"], broken)
        rows = self._raw.execute(
            'SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2'
        )
        for table, parent, count in rows.fetchall():
            yield Problem(
                ProblemCode.ROW_ORPHANED, {"table": table, "parent": parent, "count": count}
            )

    def history(self, *, deep: bool) -> Iterator[Problem]:
        """Yield entries of the log that can't be read, and kinds that are not known.

        What SQLite can tell of them; where `deep`, `sums` reads and finds the others.
        """
        suspicious = ["typeof(entity_id) <> 'text'"]
        if not deep:
            suspicious += [f"typeof({name}) <> 'text'" for name in _TEXTS_OF_LOG]
            suspicious += [f"NOT json_valid({name})" for name in ("value", "replaces", "saw")]
            actions = ", ".join(f"'{action.value}'" for action in Action)
            suspicious += ["typeof(stamp) <> 'integer'", f"action NOT IN ({actions})"]
        for row in self._raw.execute(
            f"SELECT sequence, {', '.join(LOG_COLUMNS)} FROM changes"
            f" WHERE {' OR '.join(suspicious)}"
        ):
            try:
                read_change(tuple(row)[1:])
            except UnknownKind:
                continue
            except UnreadableChange as error:
                yield _unreadable_change(row, error)
        kinds = ", ".join(f"'{kind.value}'" for kind in EntityKind)
        known = "SELECT 1 FROM changes k WHERE k.entity_id = c.entity_id AND k.entity"
        unknown = f"changes c WHERE typeof(entity) = 'text' AND entity NOT IN ({kinds})"
        for row in self._raw.execute(
            f"SELECT sequence FROM {unknown} AND EXISTS ({known} IN ({kinds}))"
        ):
            fields: dict[str, str | int] = {"sequence": row[0], "detail": "entity is not known"}
            yield Problem(ProblemCode.CHANGE_UNREADABLE, fields)
        for kind, count in self._raw.execute(
            f"SELECT entity, count(*) FROM {unknown} AND NOT EXISTS ({known} IN ({kinds}))"
            " GROUP BY entity"
        ):
            yield Problem(ProblemCode.CHANGE_UNKNOWN, {"kind": shown(kind), "count": count})

    def sums(self, *, deep: bool) -> Iterator[LookedAt]:
        """Compare what the tables show with what the log adds up to, a chunk at a time.

        All of it where `deep`; else only what stands in one of the two alone.
        """
        ids = list(self._every_id() if deep else self._lonely_ids())
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            # Both must be seen at the same moment, while others go on working.
            self._raw.execute("BEGIN")
            try:
                problems = tuple(self._compared(chunk, deep=deep))
            finally:
                self._raw.execute("ROLLBACK")
            yield LookedAt(start + len(chunk), len(ids), problems)

    def links(self, knows: KnowsTerm) -> Iterator[Problem]:
        """Yield every link that leads nowhere; `knows` tells the keys of the program's terms."""
        return dangling_links(self._raw, knows)

    def pages(self, *, deep: bool) -> Iterator[LookedAt]:
        """Find pages that are missing or can't be shown; `deep` reads the text of every page."""
        problems = list(page_counts(self._raw))
        if not deep:
            yield LookedAt(1, 1, (*problems, *suspicious_pages(self._raw)))
            return
        done, total, last = 0, self.count("pages"), MIN_ROWID
        while True:
            last, read, found = page_texts(self._raw, last)
            done += read
            yield LookedAt(done, max(total, done), (*problems, *found))
            problems = []
            if not read:
                return

    def readable_pages(self, document_id: str, last: int) -> list[Page]:
        """Return the pages of a document from 1 to `last` that can be shown."""
        return readable_pages(self._raw, document_id, last)

    def files(self) -> list[StoredFile]:
        """Return what the library must hold, as far as it can be read."""
        return [
            StoredFile(row["id"], row["record_id"], row["file_name"], row["sha256"], row["size"])
            for row in self._raw.execute("SELECT * FROM documents ORDER BY rowid")
            if not faults("documents", row)
        ]

    def count(self, table: str, condition: str = "1") -> int:
        """Return how many rows of a table fulfil a condition."""
        found = self._raw.execute(f"SELECT count(*) FROM {table} WHERE {condition}")
        return int(found.fetchone()[0])

    def ids(self, query: str) -> set[str]:
        """Return the texts that a query gives."""
        return {row[0] for row in self._raw.execute(query) if is_text(row[0])}

    def _every_id(self) -> Iterator[str]:
        tables = " UNION ".join(f"SELECT id FROM {table}" for table in COLUMNS)
        query = f"SELECT entity_id FROM changes UNION {tables}"
        return (row[0] for row in self._raw.execute(query) if isinstance(row[0], str))

    def _lonely_ids(self) -> Iterator[str]:
        for kind, (table, _) in TABLES.items():
            queries = (
                f"SELECT DISTINCT entity_id FROM changes c WHERE entity = '{kind.value}'"
                f" AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = c.entity_id)"
                " AND NOT EXISTS (SELECT 1 FROM changes p WHERE p.entity_id = c.entity_id"
                " AND p.entity = c.entity AND p.action = 'purge')",
                f"SELECT id FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM changes c"
                f" WHERE c.entity_id = t.id AND c.entity = '{kind.value}')",
            )
            for query in queries:
                yield from (row[0] for row in self._raw.execute(query) if isinstance(row[0], str))

    def _compared(self, ids: Sequence[str], *, deep: bool) -> Iterator[Problem]:
        marks, values = ", ".join([_IN_TEXT] * len(ids)), [encode(each) for each in ids]
        changes: dict[tuple[EntityKind, str], list[Change]] = {}
        for row in self._raw.execute(
            f"SELECT sequence, {', '.join(LOG_COLUMNS)} FROM changes WHERE entity_id IN ({marks})",
            values,
        ):
            try:
                change = read_change(tuple(row)[1:])
            except UnknownKind:
                continue
            except UnreadableChange as error:
                if deep:
                    yield _unreadable_change(row, error)
                continue
            changes.setdefault((change.entity, change.entity_id), []).append(change)
        for table, kind in _KIND_OF_TABLE.items():
            rows = {
                row["id"]: row
                for row in self._raw.execute(f"SELECT * FROM {table} WHERE id IN ({marks})", values)
            }
            for entity_id in {**rows, **{key[1]: None for key in changes if key[0] is kind}}:
                said = changes.get((kind, entity_id))
                problem = self._difference(kind, entity_id, said, rows.get(entity_id))
                if problem is not None:
                    yield problem

    def _difference(
        self, kind: EntityKind, entity_id: str, changes: Iterable[Change] | None, row: Row | None
    ) -> Problem | None:
        fields: dict[str, str | int] = {"entity": kind.value, "id": entity_id}
        if changes is None:
            return Problem(ProblemCode.ROW_UNLOGGED, fields)
        state = merge_entity(kind, entity_id, changes)
        try:
            wanted = wanted_row(state)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            detail = f"its history makes no sense ({error})"
            return Problem(ProblemCode.ROW_UNREADABLE, {**fields, "detail": detail})
        if wanted is not None and not self._has_record(state, wanted):
            wanted = None
        if wanted is None or row is None:
            if wanted is None and row is None:
                return None
            if wanted is not None:
                return Problem(ProblemCode.ROW_MISSING, fields)
            return Problem(ProblemCode.ROW_DIFFERS, {**fields, "detail": "it should be gone"})
        differing = [name for name, value in wanted.items() if not _same(name, row[name], value)]
        if not differing:
            return None
        detail = "; ".join(
            f"{name} is {shown(row[name])}, not {shown(wanted[name])}" for name in differing
        )
        return Problem(ProblemCode.ROW_DIFFERS, {**fields, "detail": detail})

    def _has_record(self, state: EntityState, wanted: Row) -> bool:
        if state.kind is not EntityKind.DOCUMENT:
            return True
        found = self._raw.execute("SELECT 1 FROM records WHERE id = ?", [str(wanted["record_id"])])
        return found.fetchone() is not None


def damage_of(raw: sqlite3.Connection) -> list[str]:
    """Return what SQLite finds wrong with a database, or what is not defined as it should be."""
    try:
        found = raw.execute(f"PRAGMA integrity_check({MAX_DAMAGES})").fetchall()
        said = [shown(row[0]) for row in found]
        if said != ["ok"]:
            return said
        if raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            return ["it does not say that it is one of this program"]
        applied = {
            str(row[0])
            for row in raw.execute("SELECT name FROM _sqlite_migrations")
            if is_text(row[0])
        }
        expected, names = _definitions()
        if applied != names:
            return []  # Of another version: whoever opens it says what there is to say.
        if raw.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_MAJOR:
            return ["its version is not that of its contents"]
        there = {tuple(row) for row in raw.execute("SELECT name, sql FROM sqlite_master")}
    except (sqlite3.Error, UnicodeDecodeError) as error:
        # Python can't read some of the sentences in which SQLite says what is wrong.
        return [str(error)]
    return [
        f"{name} is not defined as it should be"
        for name, sql in expected
        if (name, sql) not in there
    ]


def expected_migrations() -> set[str]:
    """Return the names of the schema changes of this release."""
    return _definitions()[1]


def expected_tables() -> set[str]:
    """Return the names of what a database of this release has, and of what SQLite may add."""
    return {name for name, _ in _definitions()[0]} | {"sqlite_stat1", "sqlite_stat4"}


@cache
def _definitions() -> tuple[list[tuple[str, str | None]], set[str]]:
    """Return (name, SQL) of what a database of this release has, and the names of its upgrades."""
    fresh = Connection(memory=True)
    try:
        migrations.apply(fresh)
        rows = fresh.execute("SELECT name, sql FROM sqlite_master").fetchall()
        return [(str(name), sql) for name, sql in rows], {
            each.name for each in migrations.applied(fresh)
        }
    finally:
        fresh.conn.close()


def _same(name: str, stored: object, wanted: object) -> bool:
    if stored == wanted:
        return True
    if name not in JSON_COLUMNS:
        return False
    with suppress(ValueError):
        return parsed(stored) == parsed(wanted)
    return False


def _unreadable(table: str, rowid: int, entity_id: object, broken: Sequence[str]) -> Problem:
    kind = _KIND_OF_TABLE.get(table)
    fields: dict[str, str | int] = {
        "entity": IDENTITY if kind is None else kind.value,
        "id": entity_id if isinstance(entity_id, str) else shown(entity_id),
        "rowid": rowid,
        "detail": ", ".join(broken),
    }
    return Problem(ProblemCode.ROW_UNREADABLE, fields)


def _unreadable_change(row: sqlite3.Row, error: UnreadableChange) -> Problem:
    return Problem(
        ProblemCode.CHANGE_UNREADABLE, {"sequence": row["sequence"], "detail": str(error)}
    )
