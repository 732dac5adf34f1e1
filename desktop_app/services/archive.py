"""The opened archive: its parts, built once, and the services that use them."""

import uuid
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.config.storage_places import refusal, require_safe, unsafe_place
from desktop_app.domain.errors import (
    ArchiveExists,
    ArchiveNotFound,
    FolderNotEmpty,
    NotWritable,
)
from desktop_app.index.engine import Engine
from desktop_app.library.blobs import Blobs
from desktop_app.store.changes import ChangeLog
from desktop_app.store.database import Database, is_writable
from desktop_app.store.identities import Identities
from desktop_app.store.imports import Identity, Imports
from desktop_app.store.pages import Pages
from desktop_app.store.parts import PartsOfRecords
from desktop_app.store.prints import Prints
from desktop_app.store.queue import Queue
from desktop_app.store.records import Records

from .authorship import Authorship
from .backup import Backups
from .cataloguing import Cataloguing
from .coding import Coding
from .duplicates import Duplicates
from .editing import Editing
from .exporting import Exporting
from .importing import Importing
from .indexing import Indexing
from .mending import Mending
from .presence import Presence, Program
from .reading import Reading
from .searching import Searching
from .suggesting import Suggesting
from .terms import TermsOfArchive
from .trash import Trash
from .twins import Twins
from .upkeep import Upkeep
from .watching import Watching

DATABASE_NAME = "archive.sqlite"
PDF_FOLDER = "pdfs"
INDEX_FOLDER = "index"
IGNORED_NAMES = frozenset({".ds_store", "desktop.ini", "thumbs.db", "lost+found"})


class Archive:
    """One archive folder: `archive.sqlite`, `pdfs/` and the derived `index/`.

    The services may be called from any thread. `close` when done. An archive that can't be written
    (`read_only` is found out where it is not said) can be searched and read.

    Raises `UnsafePlace` where writing would damage it, and `ArchiveInUse` where `program` is a
    window and another window has it open; both can be opened with `read_only`.
    """

    def __init__(
        self,
        folder: Path,
        *,
        read_only: bool | None = None,
        program: Program = Program.COMMAND,
    ) -> None:
        folder = folder.absolute()
        if not is_archive(folder):
            raise ArchiveNotFound(folder=folder)
        self.folder = folder
        if read_only is None:
            read_only = not is_writable(folder / DATABASE_NAME)
        unsafe = unsafe_place(folder)
        self.presence = Presence(folder, program)
        if not read_only:
            if unsafe is not None:
                raise refusal(folder, unsafe)
            self.presence.enter()
        try:
            self._database = Database(
                folder / DATABASE_NAME, read_only=read_only, without_locks=unsafe is not None
            )
        except BaseException:
            self.presence.leave()
            raise
        records, pages = Records(self._database), Pages(self._database)
        queue = Queue(self._database)
        self._identity = Identity(self._database)
        blobs = Blobs(folder / PDF_FOLDER)
        self._engine = Engine(folder / INDEX_FOLDER)
        self.indexing = Indexing(
            folder / DATABASE_NAME,
            folder / INDEX_FOLDER,
            queue,
            self._engine,
            read_only=self._database.read_only,
        )
        log = ChangeLog(self._database)
        authorship = Authorship(self._identity, log)
        imports = Imports(self._database)
        prints, identities = Prints(self._database), Identities(self._database)
        twins = Twins(records, identities, prints)
        self.importing = Importing(records, pages, imports, blobs, log, authorship, twins)
        self.backups = Backups(self._database, records, blobs)
        parts = PartsOfRecords(self._database)
        self.terms = TermsOfArchive(parts, records, log, authorship)
        self.cataloguing = Cataloguing(
            records, identities, log, authorship, self.terms, self.importing, twins
        )
        self.editing = Editing(records, log, authorship, self.terms)
        self.coding = Coding(records, parts, pages, log, authorship, self.terms)
        self.exporting = Exporting(records, parts, self.terms, folder)
        self.watching = Watching(records, self._identity)
        self.trash = Trash(records, log, blobs, authorship)
        self.duplicates = Duplicates(records, pages, prints, log, authorship)
        self.suggesting = Suggesting(records, pages, self.editing, self.terms)
        self.reading = Reading(records, pages, blobs)
        self.searching = Searching(records, pages, queue, self._engine, self.terms)
        self.upkeep = Upkeep(
            self._database, queue, blobs, self._engine, self.indexing, self.presence
        )
        self.mending = Mending(
            self._database, records, blobs, authorship, self.indexing, self.upkeep
        )

    @classmethod
    def create(
        cls, folder: Path, name: str = "", *, program: Program = Program.COMMAND
    ) -> "Archive":
        """Make a new, empty archive in `folder` and open it.

        The folder is made where it does not exist. Raises `ArchiveExists` or `FolderNotEmpty`
        rather than touch anything that is there, `UnsafePlace` where it would be damaged.
        """
        folder = folder.absolute()
        if is_archive(folder):
            raise ArchiveExists(folder=folder)
        require_safe(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            there = [
                path.name
                for path in folder.iterdir()
                if path.name.lower() not in IGNORED_NAMES | {f"{DATABASE_NAME}.part"}
            ]
        except OSError as error:
            raise NotWritable(path=folder, detail=error.strerror or error) from error
        if there:
            raise FolderNotEmpty(folder=folder)
        identity = {
            "id": str(uuid.uuid4()),
            "name": name or folder.name,
            "created_at": datetime.now(UTC).isoformat(),
        }
        Database.create(folder / DATABASE_NAME, lambda database: Identity(database).set(identity))
        return cls(folder, program=program)

    @property
    def read_only(self) -> bool:
        """Return whether the archive can only be read: it lies on a locked stick, for instance."""
        return self._database.read_only

    @property
    def name(self) -> str:
        """Return the archive's name."""
        return self._identity.get("name") or self.folder.name

    def changed_elsewhere(self) -> bool:
        """Return whether another program changed records since this was last asked."""
        return self._database.changed_elsewhere()

    def close(self) -> None:
        """Close the database and the index."""
        self._engine.close()
        self._database.close()
        self.presence.leave()


def is_archive(folder: Path) -> bool:
    """Return whether `folder` holds an archive."""
    return (folder / DATABASE_NAME).is_file()
