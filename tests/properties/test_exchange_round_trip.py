"""What is exported and imported into a new archive is the same, as far as the format goes."""

import shutil
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.changes import edits
from desktop_app.domain.changes.change import Change, EntityKind, Value
from desktop_app.domain.changes.clock import HybridClock
from desktop_app.domain.changes.coded import Coded
from desktop_app.domain.changes.edits import Origin
from desktop_app.domain.changes.merge import EntityState
from desktop_app.domain.changes.rules import MergeRule, rule_of
from desktop_app.domain.exchange.headings import LANGUAGES
from desktop_app.domain.exchange.other_fields import OTHER, of_family
from desktop_app.domain.exchange.rows import MetadataFormat
from desktop_app.domain.exports import filled_fields
from desktop_app.domain.imports import ImportReport, Outcome
from desktop_app.domain.operations import run_to_end
from desktop_app.domain.records import Record
from desktop_app.exchange.crosswalk import HELD_FIELDS
from desktop_app.services.archive import DATABASE_NAME, Archive
from desktop_app.store.database import Database
from desktop_app.store.records import Records
from desktop_app.store.sums import OWNER
from tests.properties.described_records import Saying, sayings
from tests.unit.exchange.bibliographies import ENDINGS

TABLES = (".xlsx", ".csv")
FAMILIES = ("ris", "bib", "json", "table")
SAYINGS = st.integers(1, 3).flatmap(
    lambda count: st.tuples(*(sayings(number) for number in range(1, count + 1)))
)


@dataclass(frozen=True)
class Room:
    """A folder with an empty archive, of which tests make copies."""

    folder: Path

    def copy(self) -> Path:
        """Return the folder of a new, empty archive."""
        return Path(shutil.copytree(self.folder / "empty", self.folder / uuid.uuid4().hex))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("trips")
    Archive.create(folder / "empty").close()
    yield Room(folder)


def filled(room: Room, said: tuple[Saying, ...]) -> Archive:
    """Return an archive with these records."""
    folder = room.copy()
    origin = Origin("device", "person", HybridClock())
    changes = [change for saying in said for change in _changes(origin, saying)]
    database = Database(folder / DATABASE_NAME)
    Records(database).apply(changes)
    database.close()
    return Archive(folder)


def _changes(origin: Origin, said: Saying) -> Iterator[Change]:
    record_id = str(uuid.uuid4())
    added = datetime.now(UTC).isoformat()
    fields: dict[str, Value] = {**said.fields, "added_at": added, OTHER: said.other or None}
    yield from _filled(origin, EntityKind.RECORD, record_id, fields)
    for kind, parts in (
        (EntityKind.FINDING, said.findings),
        (EntityKind.APPRAISAL, said.appraisals),
    ):
        for part in parts:
            yield from _filled(origin, kind, str(uuid.uuid4()), {OWNER: record_id, **part})


def _filled(
    origin: Origin, kind: EntityKind, entity_id: str, values: Mapping[str, Value]
) -> Iterator[Change]:
    nothing = EntityState(kind, entity_id, {}, deleted=False, conflicts=())
    for name, value in values.items():
        several = rule_of(kind, name) is MergeRule.SET and isinstance(value, list)
        elements = value if several and isinstance(value, list) else [value]
        for element in elements:
            make = edits.add_element if several else edits.set_value
            change = None if value is None else make(origin, nothing, name, element)
            if change is not None:
                yield change


def take(archive: Archive, path: Path) -> ImportReport:
    """Import a metadata file; nothing of it may be refused."""
    report = run_to_end(archive.cataloguing.import_sources([path]))
    refused = report.rows_of(Outcome.REFUSED)
    assert not refused, [(row.sheet, row.column, row.reason) for row in refused]
    return report


def unlike(report: ImportReport, outcome: Outcome) -> list[tuple[object, ...]]:
    """Return what tells of the rows of an import that had another outcome."""
    return [
        (row.outcome, row.matched_by, row.filled, row.reason, row.source)
        for row in report.rows
        if row.outcome is not outcome
    ]


def content(archive: Archive) -> dict[tuple[str, str], object]:
    """Return all that is known of the records of an archive, but for when they came: by id."""
    found: dict[tuple[str, str], object] = {}
    for record in archive.reading.records():
        parts = archive.coding.of(record.id)
        found |= {(record.id, name): value for name, value in filled_fields(record).items()}
        found |= {(record.id, f"{name}, evidence"): said for name, said in _evident(record)}
        found |= {(one.id, "finding"): one for one in parts.findings}
        found |= {(one.id, "appraisal"): one for one in parts.appraisals}
        for family in FAMILIES:
            for name, texts in of_family(record.fields.get(OTHER), family).items():
                found[record.id, f"{family}:{name}"] = texts
    return found


def _evident(record: Record) -> Iterator[tuple[str, tuple[Coded, ...]]]:
    """Yield what was said besides values: of a set, only the elements of which it was."""
    for name, said in record.coded.items():
        yield name, tuple(one for one in said if one.evidence or one.value is None)


def differences(
    first: Mapping[tuple[str, str], object], second: Mapping[tuple[str, str], object]
) -> dict[tuple[str, str], tuple[object, object]]:
    """Return what differs between the contents of two archives."""
    keys = [*first, *(key for key in second if key not in first)]
    return {
        key: (first.get(key), second.get(key)) for key in keys if first.get(key) != second.get(key)
    }


@pytest.mark.parametrize("suffix", TABLES)
@settings(max_examples=12)
@given(said=SAYINGS, language=st.sampled_from(LANGUAGES))
def test_a_table_carries_everything(
    room: Room, suffix: str, said: tuple[Saying, ...], language: str
) -> None:
    ours, theirs = filled(room, said), Archive(room.copy())
    target = ours.folder.parent / f"{ours.folder.name}{suffix}"
    report = ours.exporting.export(target, language=language)
    assert report.left_out == {}
    imported = take(theirs, target)
    assert unlike(imported, Outcome.ADDED) == []
    assert differences(content(ours), content(theirs)) == {}
    # And what is there already is not changed by it.
    before = ours.editing.history(limit=10_000)
    again = take(ours, target)
    assert ours.editing.history(limit=10_000) == before
    assert unlike(again, Outcome.DUPLICATE) == []
    ours.close()
    theirs.close()


@pytest.mark.parametrize("form", ENDINGS)
@settings(max_examples=12)
@given(said=SAYINGS)
def test_a_bibliography_carries_what_it_can(
    room: Room, form: MetadataFormat, said: tuple[Saying, ...]
) -> None:
    ours, theirs = filled(room, said), Archive(room.copy())
    target = ours.folder.parent / f"{ours.folder.name}{ENDINGS[form]}"
    report = ours.exporting.export(target)
    assert not HELD_FIELDS[form] & report.left_out.keys()
    take(theirs, target)
    assert _held(theirs, form).keys() == _held(ours, form).keys()
    for title, (values, other) in _held(ours, form).items():
        found, kept = _held(theirs, form)[title]
        assert found == values
        assert {name: kept.get(name) for name in other} == other
    ours.close()
    theirs.close()


def _held(
    archive: Archive, form: MetadataFormat
) -> dict[str, tuple[dict[str, Value], dict[str, tuple[str, ...]]]]:
    return {
        record.title: (
            {
                name: value
                for name, value in filled_fields(record).items()
                if name in HELD_FIELDS[form]
            },
            of_family(record.fields.get(OTHER), form.value),
        )
        for record in archive.reading.records()
    }
