"""CSL-JSON is read item by item, and nothing in it is too deep, too long or too odd."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.exchange.rows import Cell, MetadataFormat, UnreadableMetadata
from desktop_app.exchange.csljson import write_csljson
from tests.unit.exchange.bibliographies import check_any, corpus_files, mutations, read, rows

CSL = MetadataFormat.CSL_JSON


def texts(column: str, value: object, folder: Path) -> tuple[str, ...]:
    """Return the texts of a variable with this value."""
    (row,) = rows(CSL, json.dumps([{"type": "report", column: value}]), folder)
    return row.all(column)


def test_items(tmp_path: Path) -> None:
    text = '[\n  {"type": "report", "title": "A"},\n\n  {"id": 7, "title": "B", "volume": null}\n]'
    found = rows(CSL, text, tmp_path)
    assert [(row.number, row.first("title")) for row in found] == [(2, "A"), (4, "B")]
    assert found[1].cells == (Cell("id", "7"), Cell("title", "B"))


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "report", "title": "A"}',
        '\ufeff{"items": [{"type": "report", "title": "A"}]}',
        '{"version": 1,\n "items": [\n{"title": "A"}]}',
        '[{"title": "A"},]',
        '[{"title": "A"}',
    ],
)
def test_other_wrappings(text: str, tmp_path: Path) -> None:
    (row,) = rows(CSL, text, tmp_path)
    assert row.first("title") == "A"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ({"family": "Berg", "given": "Anna"}, "Berg, Anna"),
        ({"family": "Berg", "given": "J", "non-dropping-particle": "van der"}, "van der Berg, J"),
        ({"family": "Fontaine", "non-dropping-particle": "La", "dropping-particle": "de"},
         "de La Fontaine"),
        ({"family": "Arc", "given": "J", "dropping-particle": "d'"}, "d'Arc, J"),
        ({"family": "King", "given": "M. L.", "suffix": "Jr."}, "King, M. L., Jr."),
        ({"literal": "World Bank"}, "World Bank"),
        ({"name": "World  Bank"}, "World Bank"),
        ({"family": "Plato"}, "Plato"),
        ("Berg, Anna", "Berg, Anna"),
    ],
)  # fmt: skip
def test_names(name: object, text: str, tmp_path: Path) -> None:
    assert texts("author", [name], tmp_path) == (text,)


@pytest.mark.parametrize(
    ("date", "text"),
    [
        ({"date-parts": [[2024]]}, "2024"),
        ({"date-parts": [["2024", "3", 1]]}, "2024-03-01"),
        ({"date-parts": [[2020], [2021, 5]]}, "2020/2021-05"),
        ({"date-parts": [[2020]], "season": 1}, "2020-21"),
        ({"date-parts": [[2020]], "circa": True}, "2020~"),
        ({"raw": "3 May 2020"}, "3 May 2020"),
        ({"literal": "in press"}, "in press"),
        ("2020-05", "2020-05"),
        ({"date-parts": [[2024, 11, 19]], "date-time": "x", "timestamp": 1}, "2024-11-19"),
        ({"date-parts": [[None]]}, '{"date-parts": [[null]]}'),
        ({"date-parts": [[2020, 1, 1, 1]]}, '{"date-parts": [["2020", "1", "1", "1"]]}'),
        ({"date-parts": [[2020]], "season": "1", "literal": "x"},
         '{"date-parts": [["2020"]], "season": "1", "literal": "x"}'),
        ({"date-parts": [[2020]], "season": [], "circa": {}}, "2020"),
        ({}, "{}"),
    ],
)  # fmt: skip
def test_dates(date: object, text: str, tmp_path: Path) -> None:
    assert texts("issued", date, tmp_path) == (text,)


def test_other_values(tmp_path: Path) -> None:
    assert texts("volume", 12, tmp_path) == ("12",)
    assert texts("title", ["A", "B"], tmp_path) == ("A", "B")
    assert texts("custom", {"S2ID": "1"}, tmp_path) == ('{"S2ID": "1"}',)
    assert texts("note", True, tmp_path) == ("true",)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("9" * 10_000, "9" * 10_000),
        ("NaN", "NaN"),
        ('"\\ud800x"', "\ufffdx"),
        ('"\\ud83d\\ude42"', "🙂"),
        ('"a\nb"', "a\nb"),
    ],
)
def test_odd_values(value: str, text: str, tmp_path: Path) -> None:
    (row,) = rows(CSL, f'[{{"type": "report", "x": {value}}}]', tmp_path)
    assert row.first("x") == text


def test_a_broken_item_between_others(tmp_path: Path) -> None:
    text = (
        '[\n{"title": "A"},\n{"title": "B" "author": [{"family": "X"}, {"family": "Y"}]},\n'
        '{"title": "C"},\n7,\n{"title": "D"},\n{},\n{"title": "E'
    )
    found = rows(CSL, text, tmp_path)
    assert [(row.number, row.first("title"), bool(row.problem)) for row in found] == [
        (2, "A", False), (3, "", True), (4, "C", False), (5, "", True), (6, "D", False),
        (7, "", True), (8, "", True),
    ]  # fmt: skip


@pytest.mark.parametrize("part", ["[", '{"a":', '[{"title":', '{"items":[', "[{}, ", '[{"a":1}{'])
def test_nesting(part: str, tmp_path: Path) -> None:
    check_any(CSL, (part * 50_000).encode(), tmp_path)
    check_any(CSL, f'[{{"type": "report", "custom": {part * 5_000}'.encode(), tmp_path)
    (row,) = rows(CSL, f'[{{"type": "x", "custom": {"[" * 500}{"]" * 500}}}]', tmp_path)
    assert not row.problem
    assert len(row.first("custom")) < 200


@pytest.mark.parametrize(
    "text", ['[{"a": "1"}]', "{}", "hello", "7", '{"a": [{"title": "x"}]}', "[1]"]
)
def test_what_is_no_csl(text: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableMetadata, match="no references"):
        read(CSL, text, tmp_path)


def test_too_many_parts(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMetadata, match="too many entries"):
        read(CSL, b"[" * 3_000_001, tmp_path)
    assert not rows(CSL, " [ ]\n", tmp_path)


def test_what_is_written() -> None:
    target = io.StringIO()
    first = [
        Cell("id", "a"),
        Cell("type", "report"),
        Cell("author", "Berg, Anna"),
        Cell("author", "WHO"),
    ]
    write_csljson([first, [Cell("id", "a"), Cell("issued", "2024-03-01")]], target)
    assert json.loads(target.getvalue()) == [
        {
            "id": "a",
            "type": "report",
            "author": [{"family": "Berg", "given": "Anna"}, {"literal": "WHO"}],
        },
        {"id": "a-2", "type": "document", "issued": {"date-parts": [[2024, 3, 1]]}},
    ]
    empty = io.StringIO()
    write_csljson([], empty)
    assert json.loads(empty.getvalue()) == []


@pytest.mark.parametrize(
    "cell",
    [
        Cell("issued", "2020/2021-05"), Cell("issued", "2020-21"), Cell("issued", "2020~"),
        Cell("issued", "0099"), Cell("issued", "99"), Cell("issued", "2020-13-45"),
        Cell("issued", "in press"), Cell("issued", "2020/2021/2022"), Cell("issued", "~"),
        Cell("accessed", '{"date-parts": [["2020", "1", "1", "1"]]}'),
        Cell("title", "[1]"), Cell("title", "{x}"), Cell("custom", '{"S2ID": "1"}'),
        Cell("categories", "one"),
    ],
)  # fmt: skip
def test_values_there_and_back(cell: Cell, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    write_csljson([[Cell("id", "a"), Cell("type", "report"), cell]], path)
    (row,) = rows(CSL, path.read_bytes(), tmp_path)
    assert row.cells[2:] == (cell,)


def test_the_corpus(corpus: Path, tmp_path: Path) -> None:
    counts = {}
    for path in corpus_files(corpus, ".json"):
        check_any(CSL, path.read_bytes(), tmp_path)
        try:
            counts[path.name] = len(rows(CSL, path.read_bytes(), tmp_path))
        except UnreadableMetadata:
            counts[path.name] = 0
    assert counts["biblatex-csl.json"] == 28
    assert len(counts) == 18


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
_columns = st.sampled_from(["title", "author", "issued", "type", "custom", "keyword", "id"])


@given(items=st.lists(st.dictionaries(_columns, _json), max_size=4))
def test_any_json(items: list[dict[str, object]], tmp_path_factory: pytest.TempPathFactory) -> None:
    check_any(CSL, json.dumps(items).encode(), tmp_path_factory.mktemp("any"))


@given(data=st.binary(max_size=600), beginning=st.sampled_from([b"", b"[", b'[{"title": "A"},']))
def test_any_bytes(data: bytes, beginning: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    check_any(CSL, beginning + data, tmp_path_factory.mktemp("any"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_mutated_files(data: st.DataObject, corpus: Path, tmp_path: Path) -> None:
    samples = [path.read_bytes() for path in corpus_files(corpus, ".json")]
    check_any(CSL, data.draw(mutations(samples)), tmp_path)
