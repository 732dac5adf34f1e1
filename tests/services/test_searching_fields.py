"""Searching by fields: filters, facets and completion over an archive."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.operations import run_to_end
from desktop_app.domain.search import SearchRequest
from desktop_app.services.archive import Archive
from tests.samples import write_pdf

FIELDS: dict[str, dict[str, Value]] = {
    "Malmö": {
        "country": ["SE"], "funder": ["Nordic Council of Ministers"], "year": 2020,
        "design": "cluster_rct", "place": ["Malmö"], "tag": ["Évaluation"], "sample_size": 120,
        "language": ["en-GB"], "overview": "About it",
    },
    "Aarhus": {"country": ["DK", "SE"], "year": 2018, "design": "RCT", "tag": ["at risk"]},
    "Lyon": {"country": ["FR"], "status": "complete"},
}  # fmt: skip


def make_archive(folder: Path) -> Archive:
    made = Archive.create(folder / "archive")
    files = [
        write_pdf(folder / f"{number}.pdf", [f"A report of number {number}"])
        for number, _ in enumerate(FIELDS)
    ]
    run_to_end(made.importing.import_paths(files))
    ids = {}
    for hit in made.searching.search(SearchRequest("")).hits:
        title = list(FIELDS)[int(hit.record.documents[0].file_name[0])]
        ids[title] = hit.record.id
        made.editing.edit(hit.record.id, {"title": title, **FIELDS[title]})
    for title, outcome, direction in (
        ("Malmö", "empathy", "improved"),
        ("Malmö", "reoffending", "worsened"),
        ("Aarhus", "attitudes", "worsened"),
    ):
        made.coding.add(
            EntityKind.FINDING, ids[title], {"outcome": outcome, "direction": direction}
        )
    made.coding.add(EntityKind.NOTE, ids["Lyon"], {"text": "Read it again"})
    run_to_end(made.indexing.update())
    return made


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(make_archive(tmp_path)) as made:
        yield made


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with closing(make_archive(tmp_path_factory.mktemp("fields"))) as made:
        yield made


def titles(archive: Archive) -> dict[str, str]:
    answer = archive.searching.search(SearchRequest(""))
    return {hit.record.id: hit.record.title for hit in answer.hits}


def found(archive: Archive, query: str) -> set[str]:
    answer = archive.searching.search(SearchRequest(query))
    return {hit.record.title for hit in answer.hits}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country:SE", "Malmö Aarhus"),
        ("report Land:Schweden -pays:Danemark", "Malmö"),
        ("البلد:السويد السنة:2020", "Malmö"),
        ("country:FR OR country:DK", "Aarhus Lyon"),
        ("-country:SE", "Lyon"),
        ("design:RCT", "Malmö Aarhus"),
        ('design:"cluster RCT"', "Malmö"),
        ("funder:nordic", "Malmö"),
        ("funder:minist*", "Malmö"),
        ("funder:nordic,home", "Malmö"),
        ("Ort:malmo", "Malmö"),
        ("tag:ÉVALUATION", "Malmö"),
        ("tag:evaluation", "Malmö"),
        ("tag:at-risk", "Aarhus"),
        ("tag:risk", ""),
        ("sample_size:100..200", "Malmö"),
        ("year:..2019", "Aarhus"),
        ("language:en-GB", "Malmö"),
        ("Sprache:Englisch", "Malmö"),
        ("status:terminé", "Lyon"),
        ("outcome:attitudes", "Malmö Aarhus"),
        ("outcome:attitudes direction:worsened", "Aarhus"),
        ("Wirkung:Einstellungen Richtung:verbessert", "Malmö"),
        ("has:findings", "Malmö Aarhus"),
        ("has:notes", "Lyon"),
        ("has:file", "Malmö Aarhus Lyon"),
        ("has:appraisals", ""),
        ("has:overview", "Malmö"),
        ("-has:year", "Lyon"),
        ("has:effect_size", ""),
    ],
)
def test_filters(unchanged: Archive, query: str, expected: str) -> None:
    assert found(unchanged, query) == set(expected.split())


def test_a_filter_sees_edits_the_trash_and_other_programs(archive: Archive) -> None:
    ids = {title: record_id for record_id, title in titles(archive).items()}
    assert found(archive, "country:FR") == {"Lyon"}
    archive.editing.edit(ids["Lyon"], {"country": ["NO"]})
    assert found(archive, "country:FR") == set()
    other = Archive(archive.folder)
    other.editing.edit(ids["Malmö"], {"country": ["FR"]})
    assert found(archive, "country:FR") == {"Malmö"}
    other.coding.delete_any([ids["Malmö"]])
    assert found(archive, "country:FR") == set()
    assert found(archive, "has:findings") == {"Aarhus"}
    other.coding.restore_any([ids["Malmö"]])
    other.close()
    assert found(archive, "country:FR") == {"Malmö"}


def facet(archive: Archive, query: str, field: str, language: str) -> list[tuple[str, int]]:
    request = SearchRequest(query, facets=(field,), language=language)
    return [(one.label, one.count) for one in archive.searching.search(request).facets[field]]


def test_facets_are_named_in_the_language_and_follow_the_query(unchanged: Archive) -> None:
    assert facet(unchanged, "report", "country", "de") == [
        ("Schweden", 2), ("Dänemark", 1), ("Frankreich", 1),
    ]  # fmt: skip
    assert facet(unchanged, "report year:2020", "country", "ar") == [("السويد", 1)]
    assert facet(unchanged, "report", "status", "fr") == [("terminé", 1)]
    assert facet(unchanged, "report", "funder", "sv") == [("Nordic Council of Ministers", 1)]


def test_a_facet_counts_what_a_filter_by_its_value_finds(unchanged: Archive) -> None:
    for field in ("design", "outcome", "country", "direction", "tag", "year"):
        request = SearchRequest("report", facets=(field,))
        counts = unchanged.searching.search(request).facets[field]
        assert counts
        for one in counts:
            assert len(found(unchanged, f'report {field}:"{one.value}"')) == one.count


def test_completion_knows_what_the_archive_holds(unchanged: Archive) -> None:
    offered = unchanged.searching.complete("report Land:Schw", 16, "de")
    assert [(one.text, one.count) for one in offered] == [("Schweden", 2), ("Schweiz", 0)]
    assert [one.text for one in unchanged.searching.complete("funder:nor", 10)] == [
        '"Nordic Council of Ministers"'
    ]
