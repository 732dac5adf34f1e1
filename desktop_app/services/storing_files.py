"""Storing what was read of a file: as a new record, or as a document of one that is there."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.changes.edits import Origin, restore, set_value
from desktop_app.domain.changes.records import creating_changes, document_changes
from desktop_app.domain.extraction import Extraction
from desktop_app.domain.health import document_health
from desktop_app.domain.imports import ImportedFile, MatchedBy, Outcome
from desktop_app.domain.records import Document, NoText, Page
from desktop_app.library.blobs import Blobs, StagedFile, Staging
from desktop_app.store.changes import ChangeLog
from desktop_app.store.pages import Pages
from desktop_app.store.records import DuplicateFile, Records

from .file_batch import (
    FileBatch,
    describe,
    describe_document,
    document_id_of,
    missing_values,
)
from .twins import Twins, print_of

_LOST = frozenset({NoText.DAMAGED, NoText.TOO_SLOW, NoText.TOO_LARGE})


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of the archive that is read once more; `row` is its row where that gives no more."""

    row: ImportedFile
    document: Document


@dataclass(frozen=True, slots=True)
class Arrival:
    """A new file that was read."""

    path: Path
    staged: StagedFile
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class FileStore:
    """Stores files; each in one transaction, with the changes that it makes."""

    records: Records
    pages: Pages
    blobs: Blobs
    log: ChangeLog
    twins: Twins

    def take(
        self, batch: FileBatch, staging: Staging, origin: Origin, arrival: Arrival
    ) -> ImportedFile:
        """Store a new file where it belongs, and return its row."""
        home = batch.homes.get(arrival.path)
        if home is not None:
            return self._join(batch, staging, origin, (arrival, home))
        record = describe(arrival.path, arrival.staged, arrival.extraction, batch)
        text = print_of(arrival.extraction)
        names = (record.title, arrival.path.name)
        twin = None
        if arrival.path not in batch.descriptions:
            twin = self.twins.find(arrival.extraction, names, text)
        if twin is not None:
            row = self._join(batch, staging, origin, (arrival, twin.record_id))
            found = None if row.outcome is Outcome.DUPLICATE else twin.way
            return replace(row, matched_by=found or row.matched_by)
        staging.keep(arrival.staged)
        document = record.documents[0]
        try:
            changes = creating_changes(origin, record)
            self.records.add(record, changes, {document.id: arrival.extraction.pages})
        except DuplicateFile as there:
            # Another program imported the same file in this moment.
            return _duplicate(arrival.path, there.record_id, record.title)
        self.twins.keep(document.id, text, record)
        return _row(arrival, Outcome.ADDED, record.id, record.title)

    def _join(
        self,
        batch: FileBatch,
        staging: Staging,
        origin: Origin,
        joining: tuple[Arrival, str],
    ) -> ImportedFile:
        """Store a file as a further document of a record; return its row."""
        arrival, record_id = joining
        staged, extraction = arrival.staged, arrival.extraction
        record = self.records.get(record_id)
        document_id = document_id_of(record.id, staged.sha256)
        if self.log.state(EntityKind.DOCUMENT, document_id).fields:
            # It was there, and went another way since.
            document_id = str(uuid.uuid4())
        ids = (document_id, record.id)
        document = describe_document(arrival.path, staged, extraction, ids)
        changes = document_changes(origin, document, len(record.documents))
        state = self.log.state(EntityKind.RECORD, record.id)
        for name, value in missing_values(record, arrival.path, extraction, batch).items():
            change = set_value(origin, state, name, value)
            changes += [] if change is None else [change]
        staging.keep(staged)
        try:
            self.records.attach(document, changes, extraction.pages)
        except DuplicateFile as there:
            return _duplicate(arrival.path, there.record_id, record.title)
        self.twins.keep(document.id, print_of(extraction))
        return _row(arrival, Outcome.UPDATED, record.id, self.records.get(record.id).title)

    def known(
        self, batch: FileBatch, staging: Staging, origin: Origin, held: tuple[Path, str, str]
    ) -> ImportedFile:
        """Return the row of a file that is in the archive: `held` is it, its hash, its record.

        A record in the trash is taken out again, and a lost or damaged PDF is put back. What this
        very import stored, before it was broken off, counts as added.
        """
        path, sha256, holder = held
        record = self.records.get(holder)
        state = self.log.state(EntityKind.RECORD, holder)
        restoring = restore(origin, state) if record.deleted else None
        if restoring is not None:
            self.records.apply([restoring])
        outcome = Outcome.DUPLICATE if restoring is None else Outcome.UPDATED
        if not (self.blobs.has(sha256) and self.blobs.is_sound(sha256)):
            staged = staging.take(path)
            if staged.sha256 == sha256:
                self.blobs.path(sha256).unlink(missing_ok=True)
                staging.keep(staged)
                outcome = Outcome.UPDATED
            else:
                staging.drop(staged)
        if batch.resumed and record.import_id == batch.import_id and not record.deleted:
            outcome = Outcome.UPDATED if path in batch.homes else Outcome.ADDED
            document = next(found for found in record.documents if found.sha256 == sha256)
            return ImportedFile(path, outcome, holder, record.title, pages=document.page_count)
        way = MatchedBy.BYTES if outcome is Outcome.DUPLICATE else None
        return ImportedFile(path, outcome, holder, record.title, matched_by=way)

    def replace_pages(self, origin: Origin, stored: Stored, extraction: Extraction) -> ImportedFile:
        """Store what reading a file again gave, if that is more; return its row."""
        document, pages = stored.document, extraction.pages
        if _gain(pages) <= _gain(self.pages.of_document(document.id)):
            return stored.row
        state = self.log.state(EntityKind.DOCUMENT, document.id)
        before = state.value("file")
        if not isinstance(before, Mapping):
            raise TypeError(before)
        health = document_health(pages)
        file: Mapping[str, Value] = {
            **before,
            "page_count": len(pages),
            "text_health": health,
            "hazardous": extraction.hazardous,
        }
        change = set_value(origin, state, "file", file)
        self.records.reread(document.id, [] if change is None else [change], pages)
        self.twins.keep(document.id, print_of(extraction))
        return replace(
            stored.row,
            outcome=Outcome.UPDATED,
            pages=len(pages),
            pages_without_text=_count_silent(pages),
            text_health=health,
            matched_by=None,
        )


def _row(arrival: Arrival, outcome: Outcome, record_id: str, title: str) -> ImportedFile:
    pages = arrival.extraction.pages
    return ImportedFile(
        path=arrival.path,
        outcome=outcome,
        record_id=record_id,
        title=title,
        pages=len(pages),
        pages_without_text=_count_silent(pages),
        text_health=document_health(pages),
    )


def _duplicate(path: Path, record_id: str, title: str) -> ImportedFile:
    return ImportedFile(path, Outcome.DUPLICATE, record_id, title, matched_by=MatchedBy.BYTES)


def _count_silent(pages: Sequence[Page]) -> int:
    return sum(page.no_text is not None for page in pages)


def _gain(pages: Sequence[Page]) -> tuple[int, int, int]:
    """Return how much of a document was read: pages with text, pages not lost, all pages."""
    reasons = [page.no_text for page in pages]
    return reasons.count(None), sum(reason not in _LOST for reason in reasons), len(pages)
