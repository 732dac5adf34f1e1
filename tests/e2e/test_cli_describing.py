"""Describing records from the command line: evidence, findings, appraisals, notes, own terms."""

from pathlib import Path

import pytest

from desktop_app.cli.main import run
from tests.e2e.program import Program


@pytest.fixture
def record_id(program: Program, reports: Path) -> str:
    program.ask("import", reports, status=1)
    return str(program.ask("search", "mentoring")["hits"][0]["id"])


def test_values_carry_page_quote_and_state(program: Program, record_id: str) -> None:
    said = program.ask(
        "edit", record_id, "design=essai contrôlé randomisé", "--page", "2", "--quote", "labour"
    )
    assert said["design"] == "RCT"
    (evidence,) = said["evidence"]["design"]
    assert (evidence["page"], evidence["quote"], evidence["state"]) == (2, "labour", "reported")
    program.ask("edit", record_id, "sample_size", "attrition=", "--state", "not_reported")
    program.ask("edit", record_id, "country+=Suède;Jordan", "approach=mentoring;dialogue")
    program.ask("edit", record_id, "approach-=Mentorat", "title=Befriending", "country+=de")
    shown = program.ask("show", record_id)
    assert (shown["country"], shown["approach"]) == (["DE", "JO", "SE"], ["dialogue"])
    assert shown["title"] == "Befriending"
    assert shown["evidence"]["attrition"][0]["state"] == "not_reported"
    text = program.run("show", record_id).stdout
    assert "sample size  not reported" in text
    assert "p. 2 “labour”" in text
    wrong = program.run("edit", record_id, "aims=x", "--quote", "never said", "--page", "1")
    assert wrong.returncode == 0
    assert "not found on page 1" in wrong.stderr


def test_a_record_has_findings_appraisals_and_notes(program: Program, record_id: str) -> None:
    finding = program.ask(
        "finding", record_id, "outcome=Wissen", "direction=no_change", "effect_size=-0.1", "page=1"
    )["id"]
    appraisal = program.ask(
        "appraisal",
        record_id,
        "scale=EIF",
        "value=nl2",
        "reason=No comparison",
        f"finding={finding}",
    )["id"]
    note = program.ask("note", record_id, "--page", "2", "--quote", "labour force", "Ask", "them")
    shown = program.ask("show", record_id)
    assert shown["findings"][0]["direction"] == "no_change"
    assert (shown["appraisals"][0]["value"], shown["appraisals"][0]["finding"]) == ("NL2", finding)
    assert (shown["notes"][0]["text"], shown["notes"][0]["shared"]) == ("Ask them", False)
    changed = program.ask("edit", note["id"], "text=Ask again", "shared=yes")["changes"]
    assert len(changed) == 2
    program.ask("delete", finding[:8], appraisal[:8])
    later = program.ask("show", record_id)
    assert (later["findings"], later["appraisals"]) == ([], [])
    assert later["notes"][0]["text"] == "Ask again"
    program.ask("restore", finding)
    assert program.ask("show", record_id)["findings"] == shown["findings"]
    fields = {change["field"] for change in program.ask("history", record_id)["changes"]}
    assert {"outcome", "text", "life"} <= fields
    assert program.ask("check", "--deep")["problems"] == []


REFUSED = (
    (("edit", "ID", "design=magic"), 4, "Near to it"),
    (("edit", "ID", "country=Narnia"), 4, "no country"),
    (("edit", "ID", "year=2020-13-45"), 4, "a year from"),
    (("edit", "ID", "year=soon", "country=Narnia"), 4, '2200. "country" has no country'),
    (("edit", "ID", "title=a\u202eb"), 4, "can't be seen"),
    (("edit", "ID", "title=" + "x" * 100_000), 4, "at most 1000"),
    (("edit", "ID", "colour=red"), 2, "There is no field"),
    (("edit", "ID", "year"), 2, "FIELD=VALUE"),
    (("edit", "ID", "year+=2020"), 4, "set as a whole"),
    (("edit", "ID", "aims=x", "--page", "900"), 4, "the document has 2 pages"),
    (("finding", "ID", "outcome=attitudes"), 4, '"direction"'),
    (("finding", "ID", "outcome=attitudes", "direction=up"), 4, "It takes: improved"),
    (("appraisal", "ID", "scale=SMS", "value=9", "reason=x"), 4, "It takes: 1"),
    (("note", "ID", "--page", "3", "x"), 4, "There is no page 3"),
    (("note", "ffffffff", "x"), 3, "no record"),
    (("purge", "ID"), 8, "does not lie in the trash"),
    (("purge",), 2, "--all"),
)


def test_what_is_refused_in_words(
    program: Program, record_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = program.run("show", record_id).stdout
    for words, status, said in REFUSED:
        given = [record_id if word == "ID" else word for word in words]
        # In this process: sixteen programs would take a minute to start.
        ended = run(["--archive", str(program.folder), *given], lambda folder, language: 0)
        told = capsys.readouterr().err
        assert (ended, said in told) == (status, True), (words, told)
        assert len(told) < 2_000
    assert program.run("show", record_id).stdout == before


def test_a_purged_record_is_gone(program: Program, record_id: str) -> None:
    program.ask("note", record_id, "Quicksilver")
    program.ask("delete", record_id)
    assert program.ask("purge", record_id)["purged"] == 1
    assert program.run("show", record_id).returncode == 3
    assert program.ask("search", "labour")["total"] == 0
    assert "Quicksilver" not in program.run("--json", "history").stdout
    assert program.ask("purge", "--all")["purged"] == 0
    assert program.ask("check", "--deep")["problems"] == []


def test_terms_of_ones_own(program: Program, record_id: str) -> None:
    assert program.run("edit", record_id, "setting=Allotment").returncode == 4
    added = program.ask(
        "vocabulary", "add", "setting", "Allotment", "--label", "de=Schrebergarten",
        "--broader", "neighbourhood",
    )  # fmt: skip
    assert added["key"] == "setting:allotment"
    assert program.ask("edit", record_id, "setting=Schrebergarten")["setting"] == ["allotment"]
    listed = program.run("vocabulary", "list", "--scheme", "setting").stdout
    assert "Schrebergarten" in listed
    assert (
        "urn:evaluation-archive:vocabulary:setting:allotment"
        in program.run("vocabulary", "export").stdout
    )
    program.ask("vocabulary", "remove", "setting:allotment")
    assert program.run("vocabulary", "remove", "setting:school").returncode == 2
    assert program.run("vocabulary", "add", "status", "Dropped").returncode == 2
    assert program.run("vocabulary", "remove", "setting:nothing").returncode == 3
