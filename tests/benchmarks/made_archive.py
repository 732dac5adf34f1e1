"""A large archive out of nothing: records as people leave them after years of work.

Each record has a document of one page, five tags, coded fields with evidence, three findings and an
appraisal; each tenth a note.
"""

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.domain.changes.change import Change, EntityKind, Value
from desktop_app.domain.changes.clock import HybridClock
from desktop_app.domain.changes.coded import Coded, Evidence, State
from desktop_app.domain.changes.edits import Origin, add_element, random_id, set_value
from desktop_app.domain.changes.merge import EntityState
from desktop_app.domain.changes.records import creating_changes
from desktop_app.domain.records import Kind, Page, Record
from desktop_app.services.archive import DATABASE_NAME, PDF_FOLDER, Archive
from desktop_app.store.database import Database
from desktop_app.store.records import Records
from desktop_app.store.sums import OWNER
from tests.samples import make_record, pdf_bytes

WORDS = "mentoring youth prevention school dialogue trust police family prison online".split()
TAGS = [f"{word} {number}" for word in WORDS for number in range(20)]
APPROACHES = ("mentoring", "sport", "youth_work", "family_work")
DESIGNS = ("RCT", "quasi_experimental", "mixed", "qualitative")
OUTCOMES = ("attitudes", "behaviour", "knowledge_and_skills", "well_being", "resilience")
DIRECTIONS = ("improved", "no_change", "worsened", "mixed")
AT_ONCE = 200
"""Records stored in one transaction."""


def fill(folder: Path, count: int, seed: int = 5) -> list[str]:
    """Make an archive of `count` records in `folder`; return their ids."""
    Archive.create(folder).close()
    chance = random.Random(seed)
    origin = Origin("device", "person", HybridClock())
    database = Database(folder / DATABASE_NAME)
    records = Records(database)
    ids: list[str] = []
    for start in range(0, count, AT_ONCE):
        changes: list[Change] = []
        pages: dict[str, Sequence[Page]] = {}
        record = None
        for number in range(start, min(start + AT_ONCE, count)):
            record, texts = _record(folder, chance, number)
            changes += creating_changes(origin, record)
            changes += _said(origin, chance, record, with_note=number % 10 == 0)
            pages |= texts
            ids.append(record.id)
        if record is not None:
            records.add(record, changes, pages)
    database.close()
    return ids


def _record(
    folder: Path, chance: random.Random, number: int
) -> tuple[Record, Mapping[str, Sequence[Page]]]:
    words = chance.choices(WORDS, k=3)
    text = f"{' '.join(chance.choices(WORDS, k=60))} {number}"
    content = pdf_bytes([text])
    sha256 = hashlib.sha256(content).hexdigest()
    path = folder / PDF_FOLDER / sha256[:2] / f"{sha256}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    record, pages = make_record(
        f"{' '.join(words).title()} {number}",
        [text],
        sha256=sha256,
        kind=chance.choice(list(Kind)),
        year=chance.randint(1995, 2026),
        languages=(chance.choice(("ar", "en", "fr", "de", "sv")),),
        authors=("Ana Silva", "Bo Ek"),
        tags=tuple(chance.sample(TAGS, 5)),
    )
    document = replace(record.documents[0], size=len(content))
    return replace(record, documents=(document,)), pages


def _said(
    origin: Origin, chance: random.Random, record: Record, *, with_note: bool
) -> Iterator[Change]:
    where = Evidence(
        page=1,
        quote=f"as was said of {record.title}",
        document=record.documents[0].id,
        coder="person",
        date="2026-01-31",
    )

    def coded(value: Value) -> Value:
        return Coded(value, State.REPORTED, where).stored

    singles: dict[str, Value] = {
        "design": coded(chance.choice(DESIGNS)),
        "sample_size": coded(chance.randint(10, 5000)),
        "attrition": Coded(None, State.NOT_REPORTED, where).stored,
    }
    yield from _part(origin, EntityKind.RECORD, record.id, singles)
    nothing = EntityState(EntityKind.RECORD, record.id, {}, deleted=False, conflicts=())
    for field, element in (
        *(("approach", approach) for approach in chance.sample(APPROACHES, 2)),
        ("country", chance.choice(("SE", "FR", "DE", "IQ"))),
    ):
        change = add_element(origin, nothing, field, coded(element))
        if change is not None:
            yield change
    owner: dict[str, Value] = {OWNER: record.id}
    for outcome in chance.sample(OUTCOMES, 3):
        finding: dict[str, Value] = {
            "outcome": outcome,
            "direction": chance.choice(DIRECTIONS),
            "effect_size": chance.randint(-9, 9) / 10,
            "page": 1,
            "quote": f"{outcome} were measured after a year",
        }
        yield from _part(origin, EntityKind.FINDING, random_id(), owner | finding)
    appraisal: dict[str, Value] = {
        "scale": "SMS",
        "value": str(chance.randint(1, 5)),
        "reason": "Compared with a similar town",
        "rater": "person",
        "date": "2026-01-31",
    }
    yield from _part(origin, EntityKind.APPRAISAL, random_id(), owner | appraisal)
    if with_note:
        note: dict[str, Value] = {"text": f"Ask about {record.title}", "page": 1}
        yield from _part(origin, EntityKind.NOTE, random_id(), owner | note)


def _part(
    origin: Origin, kind: EntityKind, entity_id: str, values: Mapping[str, Value]
) -> Iterator[Change]:
    nothing = EntityState(kind, entity_id, {}, deleted=False, conflicts=())
    for field, value in values.items():
        change = set_value(origin, nothing, field, value)
        if change is not None:
            yield change
