"""`search --batch`: one query a line, one object a line."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.program import Program


def answers(text: str) -> list[Any]:
    """Return the objects of JSON lines."""
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def filled(program: Program, reports: Path) -> Program:
    """Return an archive with two reports."""
    assert program.run("import", reports).returncode == 1
    return program


def test_every_line_has_its_answer(filled: Program, tmp_path: Path) -> None:
    file = tmp_path / "queries.txt"
    file.write_text('mentoring\r\n"labour force"\nutvardering -mentor\nnowhere', "utf-8")
    ended = filled.run("search", "--batch", file, "--limit", "1", "--facet", "year")
    assert (ended.returncode, ended.stderr) == (0, "")
    found = answers(ended.stdout)
    assert [answer["query"] for answer in found] == [
        "mentoring",
        '"labour force"',
        "utvardering -mentor",
        "nowhere",
    ]
    assert [answer["total"] for answer in found] == [1, 1, 1, 0]
    assert found[0]["facets"] == {"year": [{"value": "2021", "label": "2021", "count": 1}]}
    alone = filled.ask("search", "mentoring", "--limit", "1", "--facet", "year")
    del alone["elapsed_ms"], found[0]["elapsed_ms"]
    assert found[0] == alone


def test_lines_that_ask_nothing_keep_the_count(filled: Program) -> None:
    ended = filled.run("search", "--batch", "-", given="mentoring\n\n \t\n\udcff\udcfe\nungdomar\n")
    assert ended.returncode == 1
    found = answers(ended.stdout)
    assert [answer["query"] for answer in found] == [
        "mentoring",
        "",
        "",
        "\udcff\udcfe",
        "ungdomar",
    ]
    codes = [answer["error"]["code"] if "error" in answer else answer["total"] for answer in found]
    assert codes == [1, "empty_query", "empty_query", "not_text", 1]
    nothing = filled.run("search", "--batch", "-")
    assert (nothing.returncode, nothing.stdout) == (0, "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_of_text_editors_are_read(
    filled: Program, tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "queries.txt"
    file.write_text("utvärdering\nmentoring\n", encoding)
    found = answers(filled.run("search", "--batch", file).stdout)
    assert [(answer["query"], answer["total"]) for answer in found] == [
        ("utvärdering", 1),
        ("mentoring", 1),
    ]


def test_one_query_or_a_file_of_them(filled: Program, tmp_path: Path) -> None:
    file = tmp_path / "queries.txt"
    file.write_text("mentoring\n", "utf-8")
    assert filled.run("search", "mentoring", "--batch", file).returncode == 2
    assert filled.run("search", "--batch", tmp_path).returncode == 2
    assert filled.run("search", "--batch", tmp_path / "none").returncode == 3
    unknown = filled.run("search", "--batch", file, "--facet", "colour")
    assert (unknown.returncode, unknown.stdout) == (2, "")
