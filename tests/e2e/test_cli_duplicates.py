"""Possible duplicates from the command line: list, dismiss, merge, take back."""

import pytest

from tests.e2e.program import Program
from tests.services.alike import store_alike


@pytest.fixture
def named(program: Program) -> dict[str, str]:
    return store_alike(program.folder)


def test_they_are_listed_and_dismissed(program: Program, named: dict[str, str]) -> None:
    (group,) = program.ask("duplicates")["groups"]
    assert set(group["ids"]) == {named["report"], named["copy"]}
    assert group["keep"] == group["ids"][0]
    (reason,) = group["reasons"]
    assert (reason["by"], reason["value"]) == ("text", "")
    assert 0.9 < reason["similarity"] <= 1
    shown = program.run("duplicates").stdout
    assert "nearly the same text (" in shown
    assert named["copy"][:8] in shown
    assert len(program.ask("duplicates", "--dismiss", *group["ids"])["changes"]) == 2
    assert program.ask("duplicates") == {"groups": []}
    assert "No records look the same" in program.run("duplicates").stderr
    program.ask("duplicates", "--reconsider", *group["ids"])
    assert len(program.ask("duplicates")["groups"]) == 1
    for words in (["x"], ["--dismiss"], ["--dismiss", "--reconsider", "a", "b"]):
        assert program.run("duplicates", *words).returncode == 2


def test_they_are_merged_and_taken_apart(program: Program, named: dict[str, str]) -> None:
    report, copy = named["report"], named["copy"]
    program.ask("edit", report, "year=2021", "tag=ours")
    program.ask("edit", copy, "year=2020", "tag=theirs", "author=Ana Silva")
    plan = program.ask("merge", report, copy, "--preview")
    fields = {field["field"]: field for field in plan["fields"]}
    assert fields["year"]["values"] == {report: [2021], copy: [2020]}
    assert (fields["year"]["take"], fields["year"]["result"]) == (report, [2021])
    assert fields["tag"]["result"] == ["ours", "theirs"]
    assert [each["suggested_role"] for each in plan["documents"]] == ["report", "report"]
    assert "year: 2021" in program.run("merge", report, copy, "--preview").stdout
    done = program.ask(
        "merge", report, copy, "--take", f"year={copy[:8]}", "--role", "copy.pdf=translation"
    )
    assert (done["kept"], done["removed"]) == (report, [copy])
    assert done["changes"]
    shown = program.ask("show", report)
    assert (shown["year"], shown["authors"], shown["tags"]) == (
        2020,
        ["Ana Silva"],
        ["ours", "theirs"],
    )
    assert [each["role"] for each in shown["documents"]] == ["report", "translation"]
    assert program.ask("check", "--deep")["problems"] == []
    assert program.ask("history", copy)["changes"][0]["batch"] == done["batch"]
    back = program.ask("merge", "--undo", done["batch"])
    assert back["restored"] == [copy]
    shown = program.ask("show", report)
    assert (shown["year"], shown["authors"], shown["tags"]) == (2021, [], ["ours"])
    assert len(program.ask("show", copy)["documents"]) == 1
    assert (
        program.ask("merge", "--undo", done["batch"], status=8)["error"]["code"] == "merge_undone"
    )


def test_wrong_words_change_nothing(program: Program, named: dict[str, str]) -> None:
    report, copy = named["report"], named["copy"]
    for words in (
        [report],
        [report, copy, "--undo", "x"],
        [report, copy, "--take", "year"],
        [report, copy, "--role", "copy.pdf=novel"],
        [report, copy, "--role", "nothing.pdf=annex"],
    ):
        assert program.run("merge", *words).returncode == 2, words
    refused = program.ask("merge", report, copy, "--take", f"design={copy}", status=2)
    assert refused["error"]["code"] == "not_mergeable"
    assert program.ask("merge", report, report, status=2)["error"]["code"] == "not_mergeable"
    assert program.ask("merge", "--undo", "x", status=3)["error"]["code"] == "merge_not_found"
    assert len(program.run("list").stdout.splitlines()) == 4
