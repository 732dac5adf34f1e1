"""Made-up records that are probably the same, as the merge window is told them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.changes.clock import HybridClock
from desktop_app.domain.changes.coded import Coded, Evidence
from desktop_app.domain.changes.edits import Origin
from desktop_app.domain.changes.merge import EntityState, merge_entity
from desktop_app.domain.duplicates import Reason
from desktop_app.domain.imports import MatchedBy
from desktop_app.domain.merging import Merge, plan_merge
from desktop_app.domain.records import Kind, Record
from desktop_app.services.values import set_changes
from tests.gui import hits

LONG = (
    "Young people who met their mentor at least twice a month felt safer at school and stayed away "
    "from it less often; trust in institutions did not change. The comparison group was small. "
)
PAGE_12 = Evidence(page=12, quote="felt safer", coder="Dana", date="2026-03-04")

SAID: tuple[Mapping[str, Value], ...] = (
    {
        "title": "Mentoring young people at risk: a two-city evaluation",
        "kind": "evaluation",
        "year": 2021,
        "language": ["en"],
        "author": ["Municipal Research Unit", "Dana Whitfield"],
        "access": "public",
        "doi": "10.1000/mentoring.2021",
        "overview": LONG * 2,
        "country": ["SE", "DE"],
        "sample_size": Coded(212, evidence=PAGE_12).stored,
    },
    {
        "title": "Mentoring Young People at Risk",
        "kind": "evaluation",
        "year": 2020,
        "language": ["en", "ar"],
        "access": "partner",
        "doi": "10.1000/mentoring.2021",
        "overview": "إرشاد الشباب المعرضين للخطر يحتاج إلى علاقة مستمرة لا تقل عن سنة مع المرشد.",
        "country": ["SE"],
        "design": "before_after",
        "other": {"ris": {"M3": ["Report"]}},
    },
    {
        "title": "تقييم برنامج الإرشاد للشباب في الأحياء المهمشة",
        "kind": "evaluation",
        "access": "public",
        "language": ["ar"],
        "country": ["SE"],
    },
)
FILES = (
    "two-city-evaluation_final_v3.pdf",
    "mentoring_summary_2021.pdf",
    "تقييم برنامج الإرشاد - ملخص.pdf",
)
REASONS = (
    Reason(MatchedBy.DOI, ("record-1", "record-2"), "10.1000/mentoring.2021"),
    Reason(MatchedBy.TEXT, ("record-2", "record-3"), similarity=0.84),
)


def state_of(record_id: str, said: Mapping[str, Value]) -> EntityState:
    """Return the state of a record of which somebody said this."""
    origin = Origin("device", "person", HybridClock())
    nothing = EntityState(EntityKind.RECORD, record_id, {}, deleted=False, conflicts=())
    changes = [
        change
        for name, value in said.items()
        for change in set_changes(origin, nothing, name, value)
    ]
    return merge_entity(EntityKind.RECORD, record_id, changes)


def record(number: int, said: Mapping[str, Value]) -> Record:
    """Return the record of which this was said, with one file."""
    made = hits.record(
        number, str(said["title"]), file_name=FILES[number - 1], kind=Kind.EVALUATION,
        languages=tuple(map(str, said["language"])),  # type: ignore[arg-type]
    )  # fmt: skip
    return replace(made, added_at=made.added_at + timedelta(days=20 * number))


def plan(count: int = 2, *, same_file: bool = False) -> Merge:
    """Return what merging the first of these records would give."""
    records = [record(number, SAID[number - 1]) for number in range(1, count + 1)]
    if same_file:
        (document,) = records[1].documents
        twin = replace(document, sha256=records[0].documents[0].sha256)
        records[1] = replace(records[1], documents=(twin,))
    states = {one.id: state_of(one.id, SAID[place]) for place, one in enumerate(records)}
    parts = {
        "record-1": {EntityKind.NOTE: 1},
        "record-2": {EntityKind.FINDING: 2, EntityKind.NOTE: 3},
        "record-3": {},
    }
    return plan_merge(records[0], records[1:], states, parts)
