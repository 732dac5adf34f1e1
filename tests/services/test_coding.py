"""Findings, appraisals, notes, and values with the page and the words where they stand."""

import pytest

from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.changes.coded import Evidence, State
from desktop_app.domain.errors import InvalidField, PartNotFound
from tests.services.conftest import Known

FINDING: dict[str, Value] = {"outcome": "attitudes", "direction": "improved"}


def test_a_finding_is_said_changed_deleted_and_taken_back(known: Known) -> None:
    coding = known.archive.coding
    said: dict[str, Value] = FINDING | {
        "effect_size": "−0.25", "unit": "Cohen's d", "page": "2", "stage": "Final",
        "quote": "Attitudes improved", "negative_effects_assessed": "yes",
    }  # fmt: skip
    finding_id, _ = coding.add(EntityKind.FINDING, known.mentoring, said)
    (finding,) = coding.of(known.mentoring).findings
    assert (finding.outcome, finding.direction, finding.stage) == ("attitudes", "improved", "final")
    assert finding.fields["effect_size"] == -0.25
    assert finding.fields["page"] == 2
    (change,) = coding.edit(EntityKind.FINDING, finding_id[:8], {"direction": "mixed"})
    assert coding.of(known.mentoring).findings[0].direction == "mixed"
    known.archive.editing.undo(change.id)
    assert coding.of(known.mentoring).findings == (finding,)
    coding.delete(EntityKind.FINDING, [finding_id])
    assert coding.of(known.mentoring).findings == ()
    coding.restore(EntityKind.FINDING, [finding_id])
    assert coding.of(known.mentoring).findings == (finding,)
    assert coding.of(known.schools).findings == ()


def test_the_history_of_a_record_tells_of_its_parts(known: Known) -> None:
    known.archive.coding.add(EntityKind.NOTE, known.mentoring, {"text": "Read this first"})
    latest = known.archive.editing.history(known.mentoring)[0].change
    assert (latest.entity, latest.field) == (EntityKind.NOTE, "text")
    kinds = {entry.change.entity for entry in known.archive.editing.history(known.schools)}
    assert kinds == {EntityKind.RECORD, EntityKind.DOCUMENT}


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        (EntityKind.FINDING, {"outcome": "attitudes"}, '"direction"'),
        (EntityKind.FINDING, FINDING | {"outcome": "weather"}, "Near to it: "),
        (EntityKind.FINDING, FINDING | {"direction": "better"}, "It takes: improved"),
        (EntityKind.FINDING, FINDING | {"page": "4"}, "the document has 3 pages"),
        (EntityKind.FINDING, FINDING | {"page": 0}, "number of a page"),
        (EntityKind.FINDING, FINDING | {"effect_size": "large"}, "a number such as"),
        (EntityKind.FINDING, FINDING | {"document": "other.pdf"}, "no document"),
        (EntityKind.FINDING, FINDING | {"colour": "red"}, "no field"),
        (EntityKind.APPRAISAL, {"scale": "SMS", "value": "3"}, '"reason"'),
        (EntityKind.APPRAISAL, {"scale": "SMS", "value": "6", "reason": "r"}, "It takes: 1, 2"),
        (
            EntityKind.APPRAISAL,
            {"scale": "SMS", "value": "3", "reason": "r", "date": "2026-02-30"},
            "a day such as",
        ),
        (EntityKind.NOTE, {"text": ""}, '"text"'),
        (EntityKind.NOTE, {"text": "x" * 200_000}, "at most"),
        (EntityKind.NOTE, {"text": "a\u202eb"}, "can't be seen"),
    ],
)
def test_what_a_part_refuses_in_one_sentence(
    known: Known, kind: EntityKind, values: dict[str, Value], said: str
) -> None:
    before = len(known.archive.editing.history())
    with pytest.raises(InvalidField, match=said):
        known.archive.coding.add(kind, known.mentoring, values)
    assert len(known.archive.editing.history()) == before


def test_an_appraisal_keeps_rater_reason_day_and_scale_by_scale(known: Known) -> None:
    coding = known.archive.coding
    finding_id, _ = coding.add(EntityKind.FINDING, known.mentoring, FINDING)
    values: dict[str, Value] = {"scale": "sms", "value": "3", "reason": "Matched groups"}
    coding.add(EntityKind.APPRAISAL, known.mentoring, values | {"finding": finding_id[:6]})
    coding.add(
        EntityKind.APPRAISAL,
        known.mentoring,
        {"scale": "EIF", "value": "does not fit", "reason": "Qualitative", "rater": "Ana"},
    )
    first, second = coding.of(known.mentoring).appraisals
    assert (first.scale, first.value, first.fields["finding"]) == ("SMS", "3", finding_id)
    assert first.fields["rater"]
    assert first.fields["date"]
    assert (second.scale, second.value, second.fields["rater"]) == ("EIF", "does_not_fit", "Ana")
    with pytest.raises(InvalidField, match="no finding"):
        coding.add(EntityKind.APPRAISAL, known.schools, values | {"finding": finding_id})
    with pytest.raises(InvalidField, match="It takes: 4, 3, 2"):
        coding.edit(EntityKind.APPRAISAL, first.id, {"scale": "EIF", "value": "5"})


def test_a_note_is_anchored_to_a_page_of_a_document_and_a_quote(known: Known) -> None:
    coding = known.archive.coding
    values: dict[str, Value] = {"text": "Ask them", "page": 1, "document": "Annex.pdf"}
    note_id, _ = coding.add(EntityKind.NOTE, known.mentoring, values | {"quote": "one page"})
    (note,) = coding.of(known.mentoring).notes
    annex = known.archive.reading.record(known.mentoring).documents[1].id
    assert (note.document_id, note.page, note.quote) == (annex, 1, "one page")
    assert (note.shared, note.text, note.author != "") == (False, "Ask them", True)
    coding.edit(EntityKind.NOTE, note_id, {"text": "Ask again", "shared": "yes"})
    (later,) = coding.of(known.mentoring).notes
    assert (later.text, later.shared, later.created_at) == ("Ask again", True, note.created_at)
    assert later.changed_at >= note.changed_at
    with pytest.raises(InvalidField, match="the document has 1 page"):
        coding.edit(EntityKind.NOTE, note_id, {"page": 2})
    with pytest.raises(PartNotFound):
        coding.edit(EntityKind.NOTE, "ffffffff", {"text": "x"})


def test_a_quote_is_looked_up_where_it_is_said_to_stand(known: Known) -> None:
    holds = known.archive.coding.holds_quote
    assert holds(known.mentoring, "attitudes  IMPROVED\nin the", 2)
    assert not holds(known.mentoring, "attitudes improved", 1)
    assert holds(known.mentoring, "attitudes improved", None)
    assert not holds(known.mentoring, " ", 2)


def test_a_value_carries_where_it_stands_and_keeps_it(known: Known) -> None:
    editing, reading = known.archive.editing, known.archive.reading
    where = Evidence(1, "a randomised controlled trial")
    editing.edit(known.mentoring, {"design": "randomised controlled trial"}, where)
    record = reading.record(known.mentoring)
    assert record.fields["design"] == "RCT"
    (said,) = record.coded["design"]
    assert said.evidence is not None
    assert (said.evidence.page, said.evidence.quote) == (1, "a randomised controlled trial")
    assert said.evidence.coder
    assert said.evidence.date
    assert editing.edit(known.mentoring, {"design": "RCT"}) == []
    (change,) = editing.edit(known.mentoring, {"design": "mixed"})
    assert "design" not in reading.record(known.mentoring).coded
    editing.undo(change.id)
    assert reading.record(known.mentoring).coded == record.coded


def test_each_value_of_a_set_carries_its_own_evidence(known: Known) -> None:
    editing, reading = known.archive.editing, known.archive.reading
    editing.edit(known.mentoring, {"approach": ["mentoring"]})
    editing.edit(
        known.mentoring, evidence=Evidence(2, "schools"), add={"approach": ["Jugendarbeit"]}
    )
    record = reading.record(known.mentoring)
    assert record.fields["approach"] == ["mentoring", "youth_work"]
    assert [said.value for said in record.coded["approach"] if said.evidence] == ["youth_work"]
    (change,) = editing.edit(known.mentoring, evidence=Evidence(1), add={"approach": ["mentoring"]})
    after = reading.record(known.mentoring)
    assert after.fields["approach"] == ["mentoring", "youth_work"]
    assert all(said.evidence for said in after.coded["approach"])
    editing.undo(change.id)
    assert reading.record(known.mentoring) == record
    editing.edit(known.mentoring, remove={"approach": ["youth work"]})
    assert reading.record(known.mentoring).fields["approach"] == ["mentoring"]


@pytest.mark.parametrize("field", ["sample_size", "approach", "dosage", "country"])
def test_not_reported_is_another_thing_than_not_looked_for(known: Known, field: str) -> None:
    editing, reading = known.archive.editing, known.archive.reading
    assert reading.record(known.mentoring).state(field) is State.NOT_EXTRACTED
    nothing: Value = [] if field in {"approach", "country"} else None
    (change,) = editing.edit(known.mentoring, {field: nothing}, state=State.NOT_REPORTED)
    record = reading.record(known.mentoring)
    assert record.state(field) is State.NOT_REPORTED
    assert field not in record.fields
    values: dict[str, Value] = {
        "sample_size": 5, "approach": ["sport"], "dosage": "weekly", "country": ["Schweden"],
    }  # fmt: skip
    editing.edit(known.mentoring, {field: values[field]})
    assert reading.record(known.mentoring).state(field) is State.REPORTED
    editing.edit(known.mentoring, {field: nothing}, state=State.NOT_EXTRACTED)
    assert reading.record(known.mentoring).state(field) is State.NOT_EXTRACTED
    with pytest.raises(InvalidField, match="hold a value at the same time"):
        editing.edit(known.mentoring, {field: values[field]}, state=State.NOT_APPLICABLE)
    assert isinstance(change.value, dict)
    assert {"coder", "date"} <= change.value.keys()


def test_what_no_page_says_carries_no_evidence(known: Known) -> None:
    for field, value in (("access", "public"), ("tag", ["june"])):
        with pytest.raises(InvalidField, match="no page says it"):
            known.archive.editing.edit(known.mentoring, {field: value}, Evidence(1))
    with pytest.raises(InvalidField, match="no page says it"):
        known.archive.editing.edit(known.mentoring, {"title": "x"}, state=State.NOT_REPORTED)


def test_sure_suggestions_bring_page_and_quote_along(known: Known) -> None:
    taken, changes = known.archive.suggesting.accept(known.mentoring)
    assert changes
    record = known.archive.reading.record(known.mentoring)
    assert record.fields["design"] == "RCT"
    (said,) = record.coded["design"]
    assert said.evidence is not None
    assert said.evidence.page == 1
    assert "trial" in said.evidence.quote
    assert known.archive.suggesting.accept(known.mentoring) == ([], [])
    assert {suggestion.field for suggestion in taken} >= {"design"}
