"""Export and template from the command line, as people and scripts meet them."""

import json
import os
import sys
from pathlib import Path

import pytest

from desktop_app.domain.exchange.headings import SheetKind, heading
from desktop_app.exchange.csv_files import read_csv
from desktop_app.exchange.ris import read_ris
from desktop_app.exchange.workbooks import read_xlsx
from tests.e2e.program import Program

USAGE, NOT_FOUND, NOT_WRITABLE, NEEDS_A_PERSON = 2, 3, 6, 8


@pytest.fixture
def filled(program: Program, reports: Path) -> Program:
    """Give an archive with two records; one is public and has a finding."""
    program.run("import", reports / "mentoring.pdf", "--access", "public")
    record_id = program.ask("list")["id"]
    program.run("finding", record_id, "outcome=attitudes", "direction=improved", "page=2")
    program.run("note", record_id, "Mine alone")
    program.run("import", reports / "ungdom.pdf")
    return program


def ids(program: Program) -> dict[str, str]:
    lines = program.run("--json", "list").stdout.splitlines()
    return {record["access"]: record["id"] for record in map(json.loads, lines)}


def test_people_are_told_what_is_not_public_and_what_stayed_behind(
    filled: Program, tmp_path: Path
) -> None:
    ended = filled.run("export", "-o", tmp_path / "out.ris")
    assert ended.returncode == 0
    assert ended.stdout == f"Wrote 2 records to {(tmp_path / 'out.ris').resolve()}.\n"
    assert "1 of 2 records is not public; --access public leaves them out." in ended.stderr
    assert "findings (1)" in ended.stderr
    assert "A file .xlsx or .csv has it." in ended.stderr
    assert len(read_ris(tmp_path / "out.ris").sheets[0].rows) == 2
    ended = filled.run("export", "--access", "public", "-o", tmp_path / "out.xlsx")
    assert "Wrote 1 record to" in ended.stdout
    assert ended.stderr == "1 record left out, above the access level that you named.\n"


def test_scripts_get_one_object(filled: Program, tmp_path: Path) -> None:
    target = tmp_path / "Ä b.csv"
    said = filled.ask("export", "-o", target)
    assert said == {
        "files": [str(tmp_path / "Ä b.csv"), str(tmp_path / "Ä b-findings.csv")],
        "records": 2,
        "not_public": 1,
        "withheld": 0,
        "access": {"public": 1, "internal": 1},
        "left_out": {},
    }
    (sheet,) = read_csv(target).sheets
    assert {row.first("Id") for row in sheet.rows} == set(ids(filled).values())
    assert "Mine alone" not in target.read_text("utf-8")
    ended = filled.run("--json", "export", "-o", target)
    assert ended.stderr == ""


def test_records_are_named_by_the_beginning_of_their_ids(filled: Program, tmp_path: Path) -> None:
    record_id = ids(filled)["public"]
    said = filled.ask("export", record_id[:8], "-o", tmp_path / "one.json")
    assert (said["records"], said["not_public"]) == (1, 0)
    (item,) = json.loads((tmp_path / "one.json").read_text("utf-8"))
    assert item["title"] == "Mentoring young people in 2021"
    ended = filled.run("export", "ffffffff", "-o", tmp_path / "none.json")
    assert ended.returncode == NOT_FOUND
    filled.run("delete", record_id)
    ended = filled.run("export", record_id, "-o", tmp_path / "none.json")
    assert ended.returncode == NEEDS_A_PERSON
    assert 'Take it out with "restore"' in ended.stderr
    assert not (tmp_path / "none.json").exists()


def test_tables_are_in_the_language_that_is_named(filled: Program, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    ended = filled.run("--lang", "ar", "export", "-o", target)
    assert ended.returncode == 0
    records = read_xlsx(target).sheets[0]
    assert heading("title", "ar") in records.columns
    assert {row.first(heading("access", "ar")) for row in records.rows}.isdisjoint(
        {"public", "internal"}
    )


def test_what_can_not_be_done_is_said(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    for words, status, said in (
        ("export", USAGE, "Missing option"),
        ("export -o out.doc", USAGE, "End its name with one of: .xlsx, .csv"),
        ("export -o archive", USAGE, "is a directory"),
        ("export -o archive/out.csv", USAGE, "lies in the folder of the archive"),
        ("export -o nowhere/out.csv", NOT_FOUND, "no file or folder"),
        ("export --access embargoed -o out.csv", USAGE, "--access"),
        ("template -o out.csv", USAGE, "End its name with one of: .xlsx."),
        ("template -o archive/out.xlsx", USAGE, "lies in the folder of the archive"),
    ):
        ended = program.run(*words.split())
        assert ended.returncode == status, words
        assert said in ended.stderr
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.skipif(sys.platform == "win32", reason="the mode of a folder means little there")
def test_a_folder_that_can_not_be_written(filled: Program, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    failed = filled.ask("export", "-o", folder / "out.csv", status=NOT_WRITABLE)
    assert failed["error"]["code"] == "not_writable"
    assert str(folder) in failed["error"]["message"]


def test_an_archive_that_is_only_read_can_be_exported(filled: Program, tmp_path: Path) -> None:
    ended = filled.run("--read-only", "export", "-o", tmp_path / "out.bib")
    assert ended.returncode == 0


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_workbook_to_fill_in(program: Program, tmp_path: Path, language: str) -> None:
    program.run("vocabulary", "add", "setting", "Allotment garden")
    target = tmp_path / "fill in.xlsx"
    ended = program.run("--json", "--lang", language, "template", "-o", target)
    assert json.loads(ended.stdout) == {"file": str(target)}
    sheets = read_xlsx(target).sheets
    assert [len(sheet.rows) for sheet in sheets] == [0, 0, 0]
    assert heading("record", language) in sheets[list(SheetKind).index(SheetKind.FINDINGS)].columns
    # It takes no archive to get one.
    nowhere = Program(tmp_path / "nowhere")
    ended = nowhere.run("template", "-o", tmp_path / "other.xlsx")
    assert "Fill it in and import it." in ended.stdout
    assert not nowhere.folder.exists()
