-- The database of release 1, statement by statement as that release made it. Never edited again.
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE TABLE archive (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE imports (
            id TEXT PRIMARY KEY,
            started_at TEXT NOT NULL,
            finished_at TEXT,
            sources TEXT NOT NULL
        );
CREATE TABLE records (
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
        );
CREATE INDEX records_added_at ON records(added_at);
CREATE INDEX records_import_id ON records(import_id);
CREATE TABLE documents (
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
        );
CREATE INDEX documents_record_id ON documents(record_id);
CREATE INDEX documents_sha256 ON documents(sha256);
CREATE TABLE changes (
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
        );
CREATE INDEX changes_entity ON changes(entity_id, entity);
CREATE INDEX changes_device ON changes(device, stamp);
CREATE INDEX changes_stamp ON changes(stamp);
CREATE INDEX changes_batch ON changes(batch) WHERE batch IS NOT NULL;
CREATE TABLE pages (
            document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            label TEXT NOT NULL,
            text TEXT NOT NULL,
            no_text TEXT,
            language TEXT NOT NULL,
            health TEXT NOT NULL,
            engine TEXT NOT NULL,
            PRIMARY KEY (document_id, number)
        );
CREATE TABLE queue (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            record_id TEXT NOT NULL UNIQUE
        );
PRAGMA application_id = 1163280722;
PRAGMA user_version = 1;
