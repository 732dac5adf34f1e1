"""A new database out of what can be read of a damaged one.

The log comes first: it is the truth, and what it says is brought into the tables by `apply` like
any other change. What entries of it were lost is taken, as far as it goes, from the rows that had
been made of them.
"""

import re
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from sqlite_utils import Database as Connection

from desktop_app.domain.changes.change import Change, EntityKind
from desktop_app.domain.changes.clock import HybridClock
from desktop_app.domain.changes.edits import Origin
from desktop_app.domain.errors import ArchiveDamaged
from desktop_app.domain.operations import Operation, Progress
from desktop_app.domain.problems import Salvaged

from .adoption import AUTHOR, adopt, complete
from .changes import apply, state_of
from .consistency import damage_of, expected_migrations, expected_tables
from .database import Database
from .file_format import SCHEMA_TABLE, DatabasePages, FoundRow, Value
from .lenient import COLUMNS, decode, is_text
from .log_rows import LOG_COLUMNS, UnknownKind, UnreadableChange, read_change
from .replacing import BESIDE, named_like, sync_file
from .shapes import COLUMNS_OF_PAGES, LATER_COLUMNS, ORDER, table_of
from .sums import TABLES

BATCH = 2000
_MIGRATION = re.compile(r"m\d{4}_")
Row = dict[str, Value]


def damage(path: Path) -> list[str]:
    """Return what is wrong with a database file that may be anything; empty where it is sound."""
    try:
        with closing(sqlite3.connect(path)) as raw:
            raw.text_factory = decode
            return damage_of(raw)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        # Python can't read some of the sentences in which SQLite says what is wrong.
        return [str(error)]


@dataclass
class _Found:
    """What was read of the damaged files, but for the texts of pages."""

    identity: dict[str, str] = field(default_factory=dict)
    imports: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    changes: dict[str, Change] = field(default_factory=dict)
    unknown: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    rows: dict[tuple[EntityKind, str], tuple[Row, bool]] = field(default_factory=dict)
    migrations: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    sequences: set[int] = field(default_factory=set)
    last_sequence: int = 0
    unreadable: int = 0
    log_is_whole: bool = True


class Salvage:
    """Reads damaged database files and writes what they hold into a new one."""

    def __init__(self, sources: Sequence[Path], is_stored: Callable[[str], bool]) -> None:
        """Name the files to read, the most trusted first; what later ones add is taken too.

        `is_stored` tells whether the library has a file with a hash.
        """
        self._sources = sources
        self._is_stored = is_stored
        self._found = _Found()

    def read(self) -> Operation[bool]:
        """Read all but the pages; return whether there is anything of an archive. Counts rows."""
        for source in self._sources:
            done = 0
            for done, row in enumerate(self._rows(source), 1):
                self._take(row)
                if done % BATCH == 0:
                    yield Progress(done, 0)
        self._recognise_kinds()
        return bool(self._found.changes or self._found.rows)

    @property
    def is_newer(self) -> bool:
        """Return whether a later release has changed the schema: it may know more tables."""
        last, found = max(expected_migrations()), self._found
        later = any(_MIGRATION.match(name) and name > last for name in found.migrations)
        return later or bool(found.tables - expected_tables())

    def write(self, target: Path, name: str) -> Operation[Salvaged]:
        """Write a new database; it appears at `target` whole and checked, or not at all.

        `name` is the archive's where its own was lost. Counts changes, then pages.
        """
        part = target.with_name(target.name + ".part")
        part.unlink(missing_ok=True)
        part.touch()
        try:
            with closing(Database(part, fresh=True)) as database:
                saved = yield from self._fill(database, name)
                database.connection.execute("PRAGMA journal_mode = DELETE")
            wrong = damage(part)
            if wrong:
                raise ArchiveDamaged(folder=target.parent, detail=wrong[0])
            sync_file(part)
            part.replace(target)
        finally:
            for ending in ("", *BESIDE):
                named_like(part, ending).unlink(missing_ok=True)
        return saved

    def _fill(self, database: Database, name: str) -> Operation[Salvaged]:
        found = self._found
        lost_identity = "id" not in found.identity
        with database.transaction() as connection:
            self._write_identity(connection, name)
        changes = iter(list(found.changes.values()))
        done, total = 0, len(found.changes)
        while batch := list(islice(changes, BATCH)):
            self._apply(database, batch)
            done += len(batch)
            yield Progress(done, total)
        with database.transaction() as connection:
            for row in found.unknown.values():
                connection.execute(
                    f"INSERT OR IGNORE INTO changes ({', '.join(LOG_COLUMNS)})"
                    f" VALUES ({','.join('?' * len(LOG_COLUMNS))})",
                    list(row),
                )
            adopted, incomplete = self._adopt(connection)
        yield Progress(done, total)
        pages, left_out = yield from self._write_pages(database)
        with database.reading() as connection:
            counted = connection.execute(
                "SELECT (SELECT count(*) FROM records), (SELECT count(*) FROM documents),"
                " (SELECT coalesce(sum(page_count), 0) FROM documents)"
            ).fetchone()
        return Salvaged(
            records=int(counted[0]),
            documents=int(counted[1]),
            changes=len(found.changes) + len(found.unknown),
            pages=pages,
            lost_changes=self._lost_changes(),
            adopted=adopted,
            unreadable_rows=found.unreadable,
            left_out=left_out,
            missing_pages=max(0, int(counted[2]) - pages),
            new_identity=lost_identity,
            incomplete=tuple(incomplete),
        )

    def _apply(self, database: Database, changes: Sequence[Change]) -> None:
        """Apply changes; where some of them make no sense, all others."""
        try:
            with database.transaction() as connection:
                apply(connection, changes)
        except (sqlite3.Error, ArchiveDamaged, OverflowError, TypeError, ValueError, LookupError):
            if len(changes) > 1:
                half = len(changes) // 2
                self._apply(database, changes[:half])
                self._apply(database, changes[half:])
                return
            del self._found.changes[changes[0].id]
            self._found.unreadable += 1
            self._found.log_is_whole = False

    def _write_identity(self, connection: Connection, name: str) -> None:
        now = datetime.now(UTC).isoformat()
        identity = {"id": str(uuid.uuid4()), "name": name, "created_at": now}
        for key, value in (identity | self._found.identity).items():
            connection.execute("INSERT OR REPLACE INTO archive VALUES (?, ?)", [key, value])
        for row in self._found.imports.values():
            connection.execute("INSERT OR IGNORE INTO imports VALUES (?, ?, ?, ?)", list(row))

    def _adopt(self, connection: Connection) -> tuple[int, list[str]]:
        """Write down what only rows still say; return how many changes, and the incomplete records.

        Where the log is whole, what rows say otherwise is kept beside what it says.
        """
        found = self._found
        device = found.identity.get("device") or uuid.uuid4().hex
        last = max((each.stamp for each in found.changes.values() if each.device == device),
                   default=0)  # fmt: skip
        origin = Origin(device, AUTHOR, HybridClock(last=last))
        before = len(found.changes)
        newer = self._lost_changes() > 0
        for (kind, entity_id), (row, certain) in found.rows.items():
            state = state_of(connection, kind, entity_id)
            if state.fields and not certain:
                continue  # An old page that was given back may hold what the row once said.
            if not state.fields and self._is_twin(connection, kind, row):
                continue
            adopt(connection, origin, state, row, newer=newer, is_stored=self._is_stored)
        incomplete = complete(connection, origin, for_parts=True)
        count = connection.execute("SELECT count(*) FROM changes").fetchone()[0]
        return int(count) - before - len(found.unknown), incomplete

    def _is_twin(self, connection: Connection, kind: EntityKind, row: Row) -> bool:
        """Return whether a document that the log does not know is a known one with a broken id."""
        if kind is not EntityKind.DOCUMENT:
            return False
        found = connection.execute(
            "SELECT 1 FROM documents WHERE sha256 = ? AND record_id = ?",
            [row["sha256"], row["record_id"]],
        )
        return found.fetchone() is not None

    def _write_pages(self, database: Database) -> Operation[tuple[int, int]]:
        with database.reading() as connection:
            documents = {
                str(row[0]): int(row[1])
                for row in connection.execute("SELECT id, page_count FROM documents")
            }
        total, done, left_out = sum(documents.values()), 0, 0
        found = (row for source in self._sources for row in self._rows(source))
        pages = (row.values for row in found if row.values and table_of(row) == "pages")
        while batch := list(islice(pages, BATCH)):
            fitting = [
                row for row in batch if row[1] in range(1, documents.get(str(row[0]), 0) + 1)
            ]
            left_out += len(batch) - len(fitting)
            with database.transaction() as connection:
                for row in fitting:
                    added = connection.execute(
                        f"INSERT OR IGNORE INTO pages ({', '.join(COLUMNS_OF_PAGES)})"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        list(row),
                    )
                    done += added.rowcount
            yield Progress(done, total)
        return done, left_out

    def _lost_changes(self) -> int:
        """Return how many entries of the log may be missing: at most so many.

        Numbers are also left out where a change arrived twice, so gaps alone say nothing.
        """
        found = self._found
        if found.log_is_whole:
            return 0
        last = max([found.last_sequence, *found.sequences])
        return last - len(found.sequences) + (found.last_sequence == 0)

    def _recognise_kinds(self) -> None:
        """Give entries whose kind makes no sense the one that others have of the same thing."""
        found = self._found
        kinds = {entity_id: kind for kind, entity_id in found.rows}
        kinds |= {change.entity_id: change.entity for change in found.changes.values()}
        for change_id, row in list(found.unknown.items()):
            kind = kinds.get(str(row[5]))
            if kind is not None:
                del found.unknown[change_id]
                found.changes[change_id] = read_change((*row[:4], kind.value, *row[5:]))

    def _rows(self, source: Path) -> Iterator[FoundRow]:
        pages = DatabasePages(source)
        try:
            yield from pages.rows()
            # A later source only adds to the log; it is whole if the first one is.
            if source == self._sources[0] and not pages.is_whole("changes"):
                self._found.log_is_whole = False
        finally:
            pages.close()

    def _take(self, row: FoundRow) -> None:
        table = None if row.values is None else table_of(row)
        values = row.values or ()
        found = self._found
        if row.table == SCHEMA_TABLE:
            if values[:1] == ("table",) and is_text(values[1]):
                found.tables.add(str(values[1]))
            return
        if table is None:
            if row.table in COLUMNS and len(values) == len(COLUMNS[row.table]) and values[0]:
                # The columns that can be read are better than nothing.
                self._take_row(row.table, row)
            found.unreadable += row.table not in {None, "sqlite_stat1"}
            found.log_is_whole &= row.table != "changes"
            return
        match table:
            case "archive":
                found.identity.setdefault(str(values[0]), str(values[1]))
            case "imports":
                found.imports.setdefault(str(values[0]), values)
            case "_sqlite_migrations":
                found.migrations.add(str(values[2]))
            case "sqlite_sequence":
                if values[0] == "changes":
                    found.last_sequence = max(found.last_sequence, int(str(values[1])))
            case "changes":
                self._take_change(row.rowid, values[1:14])
            case "pages" | "queue" | "prints":
                return
            case _:
                self._take_row(table, row)

    def _take_change(self, sequence: int, values: tuple[Value, ...]) -> None:
        found = self._found
        try:
            change = read_change(values)
        except UnknownKind:
            found.unknown.setdefault(str(values[0]), values)
        except UnreadableChange:
            found.unreadable += 1
            found.log_is_whole = False
            return
        else:
            known = found.changes.get(change.id)
            # What was wiped stays wiped, if an older copy of the page turns up.
            if known is None:
                found.changes[change.id] = change
            elif change.value is None:
                found.changes[change.id] = replace(known, value=None)
        found.sequences.add(sequence)

    def _take_row(self, table: str, row: FoundRow) -> None:
        values = dict(zip(ORDER[table], row.values or (), strict=False))
        values = LATER_COLUMNS.get(table, {}) | values
        kind = next(kind for kind, (name, _) in TABLES.items() if name == table)
        self._found.rows.setdefault((kind, str(values["id"])), (values, row.table is not None))
