"""Databases with records that are to be merged: described, coded, in dispute, with shared files."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.domain.changes.change import Change, EntityKind, Value
from desktop_app.domain.changes.clock import HybridClock
from desktop_app.domain.changes.edits import (
    Origin,
    add_element,
    delete,
    remove_element,
    set_value,
)
from desktop_app.domain.changes.merge import merge_entity
from desktop_app.domain.problems import Problem
from desktop_app.domain.records import Record
from desktop_app.services.authorship import Authorship
from desktop_app.services.duplicates import Duplicates
from desktop_app.store.changes import ChangeLog
from desktop_app.store.consistency import Consistency
from desktop_app.store.database import Database
from desktop_app.store.imports import Identity
from desktop_app.store.pages import Pages
from desktop_app.store.prints import Prints
from desktop_app.store.records import Records
from desktop_app.store.sums import OWNER, TABLES
from tests.samples import make_record, store_record

Rows = dict[str, list[tuple[object, ...]]]


class Office:
    """One database with the services that merging needs."""

    def __init__(self, folder: Path, name: str = "archive") -> None:
        path = folder / f"{name}-{uuid.uuid4().hex}.sqlite"
        Database.create(path, lambda _: None)
        self.database = Database(path)
        # What a power cut would lose is no matter here.
        self.database.connection.execute("PRAGMA synchronous = OFF")
        self.records = Records(self.database)
        self.log = ChangeLog(self.database)
        self.authorship = Authorship(Identity(self.database), self.log)
        self.prints = Prints(self.database)
        self.pages = Pages(self.database)
        self.duplicates = Duplicates(
            self.records, self.pages, self.prints, self.log, self.authorship
        )

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def add(self, title: str, shas: Sequence[str], **fields: object) -> Record:
        """Store a record with a document of two pages for each letter; return it.

        Records may have a file in common: one of them is from another office.
        """
        record, _ = make_record(title, **fields)  # type: ignore[arg-type]
        store_record(self.records, replace(record, documents=()), {})
        for position, letter in enumerate(shas):
            self._attach(record.id, position, letter * 64)
        return self.records.get(record.id)

    def _attach(self, record_id: str, position: int, sha256: str) -> None:
        other, pages = make_record("Other", ("one", "two"), sha256=sha256)
        (document,) = other.documents
        file: Value = {
            "record_id": record_id,
            "position": position,
            "sha256": sha256,
            "file_name": f"{position}.pdf",
            "size": 1,
            "page_count": 2,
            "text_health": "good",
            "hazardous": False,
            "properties": {},
        }
        self.say(EntityKind.DOCUMENT, document.id, "file", file)
        with self.database.transaction() as connection:
            connection.table("pages").insert_all(
                {
                    "document_id": document.id, "number": page.number, "label": page.label,
                    "text": page.text, "no_text": None, "language": "und", "health": "good",
                    "engine": "",
                }
                for page in pages[document.id]
            )  # fmt: skip

    def say(
        self, kind: EntityKind, entity_id: str, field: str, value: Value, *, unseen: bool = False
    ) -> None:
        """Set a field; `unseen` as somebody does who has not heard of its latest edit."""
        origin = self._origin(unseen=unseen)
        known = self.log.of_entity(kind, entity_id)
        seen = [each for each in known if each.field != field] if unseen else known
        self._apply(set_value(origin, merge_entity(kind, entity_id, seen), field, value))

    def put(self, record_id: str, field: str, element: Value) -> None:
        """Put an element into a set."""
        state = self.log.state(EntityKind.RECORD, record_id)
        self._apply(add_element(self._origin(), state, field, element))

    def take_out(self, record_id: str, field: str, element: Value) -> None:
        """Take an element out of a set."""
        state = self.log.state(EntityKind.RECORD, record_id)
        self._apply(remove_element(self._origin(), state, field, element))

    def part(self, kind: EntityKind, record_id: str, values: Mapping[str, Value]) -> str:
        """Add a finding, an appraisal or a note; return its id."""
        part_id = str(uuid.uuid4())
        for name, value in {OWNER: record_id, **values}.items():
            self.say(kind, part_id, name, value)
        return part_id

    def bin(self, kind: EntityKind, entity_id: str) -> None:
        """Put an entity into the trash."""
        self._apply(delete(self._origin(), self.log.state(kind, entity_id)))

    def changes(self) -> list[Change]:
        """Return the whole log, in order."""
        return list(reversed(self.log.history(limit=1_000_000)))

    def rows(self) -> Rows:
        """Return what stands in the tables that sum up the log."""
        with self.database.reading() as connection:
            return {
                table: list(connection.execute(f"SELECT * FROM {table} ORDER BY id"))
                for table, _ in TABLES.values()
            }

    def problems(self) -> list[Problem]:
        """Return what a deep check of the database finds."""
        with Consistency(self.database) as consistency:
            found = [
                problem for looked in consistency.pages(deep=True) for problem in looked.problems
            ]
            return [*self.differences(), *found, *consistency.links(lambda _: True)]

    def differences(self) -> list[Problem]:
        """Return what of it can't be read, or is not what the log adds up to."""
        with Consistency(self.database) as consistency:
            assert consistency.damage() == []
            found = [*consistency.unreadable(), *consistency.history(deep=True)]
            for looked in consistency.sums(deep=True):
                found += looked.problems
            return found

    def _origin(self, *, unseen: bool = False) -> Origin:
        if not unseen:
            return self.authorship.origin()
        return Origin("elsewhere", "somebody", HybridClock(self.log.last_stamp("elsewhere")))

    def _apply(self, change: Change | None) -> None:
        if change is not None:
            self.records.apply([change])


def give(changes: Sequence[Change], taker: Office) -> None:
    """Let an office hear of changes, in this order."""
    taker.records.apply(changes)
