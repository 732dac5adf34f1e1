"""Terms that people add to the vocabulary of their archive."""

import pytest

from desktop_app.domain.errors import ConceptFixed, ConceptNotFound, InvalidField
from tests.services.conftest import Known


def test_a_local_term_is_found_and_used_like_the_others(known: Known) -> None:
    terms, editing = known.archive.terms, known.archive.editing
    with pytest.raises(InvalidField, match="vocabulary add approach"):
        editing.edit(known.mentoring, {"approach": ["Boxing club"]})
    concept, changes = terms.add(
        "approach",
        {"en": "Boxing club", "sv": "boxningsklubb"},
        alternatives=[("de", "Boxverein")],
        broader=["sport"],
        note="Open training with a coach.",
    )
    assert concept.key == "approach:boxing_club"
    assert concept.broader == ("approach:sport",)
    assert changes
    editing.edit(known.mentoring, {"approach": ["BOXNINGSKLUBB"]})
    editing.edit(known.schools, add={"approach": ["Boxverein"]})
    for record_id in (known.mentoring, known.schools):
        assert known.archive.reading.record(record_id).fields["approach"] == ["boxing_club"]
    assert [found.key for found in terms.local()] == ["approach:boxing_club"]
    assert terms.vocabulary().search("boxni", "sv")[0].concept.key == concept.key


def test_a_local_term_gains_labels_and_is_taken_away_and_back(known: Known) -> None:
    terms = known.archive.terms
    terms.add("setting", {"en": "Allotment garden"})
    concept, _ = terms.add("setting", {"en": "Allotment garden", "de": "Schrebergarten"})
    assert concept.labels == {"en": "Allotment garden", "de": "Schrebergarten"}
    (change,) = terms.remove("setting:allotment_garden")
    assert terms.vocabulary().get("setting:allotment_garden") is None
    known.archive.editing.undo(change.id)
    assert terms.vocabulary().get("setting:allotment_garden") == concept
    terms.remove(concept.key)
    again, _ = terms.add("setting", {"en": "Allotment garden"})
    assert again.labels["de"] == "Schrebergarten"


def test_an_arabic_term_has_an_id_too(known: Known) -> None:
    concept, _ = known.archive.terms.add("setting", {"ar": "مقهى ثقافي"})
    assert concept.id
    known.archive.editing.edit(known.mentoring, {"setting": ["مقهى ثقافي"]})
    assert known.archive.reading.record(known.mentoring).fields["setting"] == [concept.id]


def test_what_the_program_brings_is_not_changed(known: Known) -> None:
    terms = known.archive.terms
    with pytest.raises(ConceptFixed, match="can't be added"):
        terms.add("status", {"en": "Abandoned"})
    with pytest.raises(ConceptFixed, match="can't be added"):
        terms.add("weather", {"en": "Rain"})
    with pytest.raises(ConceptFixed, match="a label of"):
        terms.add("approach", {"en": "Mentoring"})
    with pytest.raises(ConceptFixed, match="comes with the program"):
        terms.remove("approach:mentoring")
    with pytest.raises(ConceptNotFound):
        terms.remove("approach:nothing")
    with pytest.raises(ConceptNotFound):
        terms.add("approach", {"en": "New one"}, broader=["nowhere"])
    for labels in ({}, {"en": " "}, {"xx": "New"}, {"en": "x" * 201}, {"en": "a\u202eb"}):
        with pytest.raises(InvalidField):
            terms.add("approach", labels)
    assert terms.local() == []
