"""The database's schema as a sequence of named, recorded migrations (see SCHEMA.md).

A migration that has been released is never edited: the next change is a new one.
"""

from sqlite_utils import Database as Connection
from sqlite_utils import Migrations

APPLICATION_ID = 0x45564152
"""Written into the file header ("EVAR"), so that no other SQLite file is taken for an archive."""

SCHEMA_MAJOR = 2
"""`PRAGMA user_version`: raised only by a migration that older releases must not work with."""

migrations = Migrations("evaluation_archive")


@migrations()
def m0001_first_light(connection: Connection) -> None:
    """Create the change log, its readable sum, pages, imports and the index queue."""
    for statement in (
        "CREATE TABLE archive (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
        """CREATE TABLE imports (
            id TEXT PRIMARY KEY,
            started_at TEXT NOT NULL,
            finished_at TEXT,
            sources TEXT NOT NULL
        )""",
        """CREATE TABLE records (
            id TEXT PRIMARY KEY,
            title TEXT NOT NULL,
            kind TEXT,
            year INTEGER,
            access TEXT NOT NULL,
            languages TEXT NOT NULL,
            authors TEXT NOT NULL,
            tags TEXT NOT NULL,
            added_at TEXT NOT NULL,
            import_id TEXT,
            fields TEXT NOT NULL,
            disputed TEXT NOT NULL,
            deleted INTEGER NOT NULL
        )""",
        "CREATE INDEX records_added_at ON records(added_at)",
        "CREATE INDEX records_import_id ON records(import_id)",
        """CREATE TABLE documents (
            id TEXT PRIMARY KEY,
            record_id TEXT NOT NULL REFERENCES records(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            role TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            file_name TEXT NOT NULL,
            size INTEGER NOT NULL,
            page_count INTEGER NOT NULL,
            text_health TEXT NOT NULL,
            hazardous INTEGER NOT NULL,
            properties TEXT NOT NULL
        )""",
        "CREATE INDEX documents_record_id ON documents(record_id)",
        "CREATE INDEX documents_sha256 ON documents(sha256)",
        """CREATE TABLE changes (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            stamp INTEGER NOT NULL,
            device TEXT NOT NULL,
            author TEXT NOT NULL,
            entity TEXT NOT NULL,
            entity_id TEXT NOT NULL,
            field TEXT NOT NULL,
            action TEXT NOT NULL,
            value TEXT NOT NULL,
            replaces TEXT NOT NULL,
            saw TEXT NOT NULL,
            batch TEXT,
            undoes TEXT
        )""",
        "CREATE INDEX changes_entity ON changes(entity_id, entity)",
        "CREATE INDEX changes_device ON changes(device, stamp)",
        "CREATE INDEX changes_stamp ON changes(stamp)",
        "CREATE INDEX changes_batch ON changes(batch) WHERE batch IS NOT NULL",
        """CREATE TABLE pages (
            document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            label TEXT NOT NULL,
            text TEXT NOT NULL,
            no_text TEXT,
            language TEXT NOT NULL,
            health TEXT NOT NULL,
            engine TEXT NOT NULL,
            PRIMARY KEY (document_id, number)
        )""",
        """CREATE TABLE queue (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            record_id TEXT NOT NULL UNIQUE
        )""",
        f"PRAGMA application_id = {APPLICATION_ID}",
        "PRAGMA user_version = 1",
    ):
        connection.execute(statement)


@migrations()
def m0002_parts_of_records(connection: Connection) -> None:
    """Create findings, appraisals, notes and local concepts; say which record a change is of."""
    for statement in (
        "ALTER TABLE records ADD COLUMN access_until TEXT",
        "ALTER TABLE records ADD COLUMN coded TEXT NOT NULL DEFAULT '{}'",
        "ALTER TABLE changes ADD COLUMN record_id TEXT",
        "UPDATE changes SET record_id = entity_id WHERE entity = 'record'",
        """UPDATE changes SET record_id =
            (SELECT d.record_id FROM documents d WHERE d.id = changes.entity_id)
            WHERE entity = 'document'""",
        "CREATE INDEX changes_record_id ON changes(record_id, stamp)",
        """CREATE TABLE findings (
            id TEXT PRIMARY KEY,
            record_id TEXT NOT NULL,
            outcome TEXT,
            direction TEXT,
            stage TEXT,
            fields TEXT NOT NULL,
            created INTEGER NOT NULL,
            disputed TEXT NOT NULL,
            deleted INTEGER NOT NULL
        )""",
        "CREATE INDEX findings_record_id ON findings(record_id)",
        """CREATE TABLE appraisals (
            id TEXT PRIMARY KEY,
            record_id TEXT NOT NULL,
            scale TEXT,
            value TEXT,
            fields TEXT NOT NULL,
            created INTEGER NOT NULL,
            disputed TEXT NOT NULL,
            deleted INTEGER NOT NULL
        )""",
        "CREATE INDEX appraisals_record_id ON appraisals(record_id)",
        """CREATE TABLE notes (
            id TEXT PRIMARY KEY,
            record_id TEXT NOT NULL,
            document_id TEXT,
            page INTEGER,
            quote TEXT NOT NULL,
            text TEXT NOT NULL,
            shared INTEGER NOT NULL,
            author TEXT NOT NULL,
            created INTEGER NOT NULL,
            changed INTEGER NOT NULL,
            disputed TEXT NOT NULL,
            deleted INTEGER NOT NULL
        )""",
        "CREATE INDEX notes_record_id ON notes(record_id)",
        """CREATE TABLE concepts (
            id TEXT PRIMARY KEY,
            scheme TEXT NOT NULL,
            labels TEXT NOT NULL,
            alternatives TEXT NOT NULL,
            broader TEXT NOT NULL,
            note TEXT NOT NULL,
            deleted INTEGER NOT NULL
        )""",
        # Release 1 does not know these kinds of changes.
        "PRAGMA user_version = 2",
    ):
        connection.execute(statement)


@migrations()
def m0003_prints(connection: Connection) -> None:
    """Create the prints of texts. They are derived: earlier releases need not know them."""
    connection.execute(
        """CREATE TABLE prints (
            document_id TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
            print BLOB NOT NULL
        )"""
    )
