"""Care from the command line: check, repair and compact, as scripts see them."""

import shutil
from pathlib import Path

import pytest

from desktop_app.services.archive import DATABASE_NAME, PDF_FOLDER
from tests.e2e.program import Program
from tests.services.broken import a_pdf, execute, overwrite

DAMAGED, NOT_REPAIRED, USAGE = 5, 1, 2


@pytest.fixture
def filled(program: Program, reports: Path) -> Program:
    program.run("import", reports / "mentoring.pdf", reports / "ungdom.pdf")
    return program


def test_a_damaged_database_is_told_and_repaired(filled: Program) -> None:
    records = filled.run("list").stdout
    overwrite(b"\xff" * 100)(filled.folder)
    found = filled.ask("check", status=DAMAGED)
    assert [problem["code"] for problem in found["problems"]] == ["database_damaged"]
    assert '"repair"' in found["problems"][0]["remedy"]
    assert "damaged" in filled.run("check").stdout
    repaired = filled.ask("repair")
    assert repaired["problems"] == []
    assert [each["code"] for each in repaired["repaired"]] == ["database_damaged"]
    assert repaired["salvaged"]["records"] == repaired["records"] == 2
    assert Path(repaired["kept"]).exists()
    assert filled.run("list").stdout == records
    assert filled.ask("check", "--deep")["problems"] == []
    assert "0 problems repaired, 0 left" in filled.run("repair").stdout


def test_what_can_not_be_repaired_is_said(filled: Program, reports: Path) -> None:
    a_pdf(filled.folder).unlink()
    (problem,) = filled.ask("check", status=DAMAGED)["problems"]
    assert "repair --from" in problem["remedy"]
    left = filled.ask("repair", status=NOT_REPAIRED)
    assert left["repaired"] == []
    (problem,) = left["problems"]
    assert (problem["code"], problem["result"]) == ("file_missing", "no_copy_named")
    ended = filled.run("repair")
    assert ended.returncode == NOT_REPAIRED
    assert "NOT REPAIRED: The PDF of" in ended.stdout
    assert filled.run("repair", "--from", reports).returncode == 0
    assert filled.ask("check", "--deep")["problems"] == []


def test_noise_is_left_alone(filled: Program) -> None:
    (filled.folder / DATABASE_NAME).write_bytes(b"noise" * 10_000)
    (problem,) = filled.ask("repair", status=NOT_REPAIRED)["problems"]
    assert problem["result"] == "nothing_saved"
    assert str(filled.folder / PDF_FOLDER) in problem["said"]


def test_repair_writes_so_it_is_no_reading(filled: Program) -> None:
    ended = filled.run("--read-only", "repair")
    assert ended.returncode == USAGE
    assert filled.run("repair", "--from", "nowhere").returncode == 3
    shutil.rmtree(filled.folder)
    assert filled.run("repair").returncode == 3


def test_a_page_that_is_no_text_is_an_error_in_words(filled: Program) -> None:
    execute(filled.folder, "UPDATE pages SET text = CAST(x'41ff42' AS TEXT)")
    record_id = filled.run("list").stdout.split()[0]
    ended = filled.run("text", record_id)
    assert ended.returncode == DAMAGED
    assert "page 1 of a document is no text" in ended.stderr
    assert {p["code"] for p in filled.ask("check", "--deep", status=DAMAGED)["problems"]} == {
        "page_unreadable"
    }
    assert filled.run("repair").returncode == 0
    assert filled.run("text", record_id).returncode == 0


def test_compacting_says_what_it_gave_back(filled: Program) -> None:
    stray = filled.folder / PDF_FOLDER / "ab" / f"ab{'0' * 62}.pdf"
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(bytes(100_000))
    said = filled.ask("compact")
    assert said["removed"] == 1
    assert said["bytes_before"] - said["bytes_after"] > 50_000
    assert "bytes" in filled.run("compact").stdout
    assert filled.ask("search", "mentoring")["total"] == 1
