"""The program as its users and their scripts start it: `python main.py ...`."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
import pytest

from tests.e2e.program import Program
from tests.samples import write_pdf


def test_a_folder_is_imported_searched_and_read(program: Program, reports: Path) -> None:
    report = program.ask("import", reports, status=1)
    assert (report["added"], report["duplicates"], report["pages"]) == (2, 0, 3)
    assert [(Path(row["path"]).name, row["code"]) for row in report["refused"]] == [
        ("broken.pdf", "damaged")
    ]
    answer = program.ask("search", "impact evaluations", "--facet", "year")
    assert answer["total"] == 1
    hit = answer["hits"][0]
    assert (hit["title"], hit["year"]) == ("Mentoring young people in 2021", 2021)
    page = hit["pages"][0]
    assert page["page"] == 2
    marked = [page["snippet"][start:end] for start, end in page["marks"]]
    assert marked == ["impact", "evaluation"]
    assert answer["facets"] == {"year": [{"value": "2021", "label": "2021", "count": 1}]}
    assert program.ask("search", '"labour force"')["hits"][0]["pages"][0]["page"] == 2
    assert program.ask("search", "utvardering", "--limit", "1")["total"] == 1
    assert program.ask("search", "mentoring -impact")["total"] == 0
    assert program.ask("search", "-impact")["hints"]
    texts = program.ask("text", hit["id"], "--page", "2")
    assert texts["pages"][0]["text"].startswith("The labour force")
    assert program.ask("show", hit["id"][:8])["documents"][0]["pages"] == 2
    assert program.ask("check", "--deep")["problems"] == []


def test_a_record_is_described_and_everything_can_be_taken_back(
    program: Program, reports: Path
) -> None:
    imported = program.ask("import", reports, status=1)
    record_id = program.ask("search", "mentoring")["hits"][0]["id"]
    edited = program.ask(
        "edit", record_id[:8], "year=2020", "author=Ana Silva; Bo Ek", "kind=guide"
    )
    assert (edited["year"], edited["kind"]) == (2020, "guide")
    assert edited["authors"] == ["Ana Silva", "Bo Ek"]
    assert program.run("edit", record_id, "year=soon").returncode == 4
    assert program.run("edit", record_id, "colour=red").returncode == 2
    program.ask("tag", record_id, "+june", "+schools")
    program.ask("tag", record_id, "-schools")
    assert program.ask("tags") == {"tags": [{"name": "june", "count": 1}]}
    assert program.ask("search", "tag:June")["total"] == 1
    changes = program.ask("history", record_id)["changes"]
    year = next(change for change in changes if change["field"] == "year")
    assert (year["old"], year["new"]) == (2021, 2020)
    assert year["author"]
    program.ask("undo", year["id"])
    assert program.ask("show", record_id)["year"] == 2021
    assert program.run("undo", year["id"]).returncode == 8
    assert program.run("undo", "nothing").returncode == 3
    program.ask("delete", record_id)
    assert program.ask("search", "mentoring")["total"] == 0
    assert program.ask("show", record_id)["deleted"]
    program.ask("restore", record_id)
    assert program.ask("search", "mentoring")["total"] == 1
    undone = program.ask("import", "--undo", imported["import_id"])
    assert undone == {"removed": 2, "reverted": 0, "kept": 0}
    assert program.run("--json", "list").stdout == ""
    assert program.ask("search", "mentoring")["total"] == 0
    again = program.ask("import", reports, status=1)
    assert (again["added"], again["updated"]) == (0, 2)
    assert program.ask("search", "mentoring")["total"] == 1
    assert program.ask("check", "--deep")["problems"] == []


def test_listing_is_one_object_a_line(program: Program, reports: Path) -> None:
    program.run("import", reports)
    lines = program.run("--json", "list", "--sort", "title").stdout.splitlines()
    assert [json.loads(line)["title"] for line in lines] == [
        "Mentoring young people in 2021",
        "Utvärdering av ett projekt för ungdomar i Malmö",
    ]


def test_people_get_words_and_nothing_on_the_wrong_stream(program: Program, reports: Path) -> None:
    imported = program.run("import", reports)
    assert imported.returncode == 1
    assert "2 added" in imported.stdout
    assert "damaged or incomplete" in imported.stdout
    assert imported.stderr == ""
    found = program.run("search", "mentoring")
    assert "p. 2" in found.stdout
    assert found.stderr == ""
    assert "no problems" in program.run("check").stdout
    assert "ungdomar" in program.run("list").stdout


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["show", "abcdef"], 3, "no record"),
        (["import", "nowhere"], 3, "no file or folder"),
        (["new"], 8, "already an archive"),
        (["unknown"], 2, "No such command"),
        (["search", "x", "--facet", "colour"], 2, "not a facet"),
        (["search"], 2, "Missing argument"),
    ],
)
def test_errors_are_words_and_statuses(
    program: Program, words: Sequence[str], status: int, said: str
) -> None:
    ended = program.run(*words)
    assert ended.returncode == status
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_what_the_text_says_of_itself_is_suggested_and_taken(
    program: Program, tmp_path: Path
) -> None:
    text = (
        "Evaluation of the mentoring programme\nFinal report\nMarch 2019\n"
        "Authors: Ana Silva and Bo Ek\nThe sample was 212 participants in Sweden.\n"
        "doi: 10.1000/xyz123"
    )
    program.run("import", write_pdf(tmp_path / "mentoring.pdf", [text, "More text in English."]))
    record_id = json.loads(program.run("--json", "list").stdout)["id"]
    found = program.ask("suggest", record_id)["suggestions"]
    values = {said["field"]: said["value"] for said in reversed(found)}
    assert values["year"] == 2019
    assert values["doi"] == "10.1000/xyz123"
    assert all(said["quote"] for said in found)
    assert program.ask("show", record_id)["year"] is None
    assert program.ask("suggest", record_id, "--accept")["changes"]
    described = program.ask("show", record_id)
    assert (described["year"], described["doi"]) == (2019, "10.1000/xyz123")
    assert described["access"] == "internal"
    assert program.ask("suggest", record_id, "--accept")["changes"] == []


def test_a_garbled_index_is_made_anew_by_the_next_search(program: Program, reports: Path) -> None:
    program.run("import", reports)
    for pattern in ("*.lexicon", "*.terms", "*.toc"):
        for path in (program.folder / "index").rglob(pattern):
            size = path.stat().st_size
            path.write_bytes(b"\xff\x00" * (size // 2))
        assert program.ask("search", "mentoring")["total"] == 1
        assert program.ask("check")["problems"] == []


def test_without_an_archive_there_is_advice(tmp_path: Path) -> None:
    ended = Program(tmp_path / "nowhere").run("list")
    assert ended.returncode == 3
    assert '"new"' in ended.stderr


def test_an_error_is_also_an_object(program: Program) -> None:
    assert program.ask("show", "abcdef", status=3) == {
        "error": {
            "code": "record_not_found",
            "message": 'The archive has no record "abcdef". "list" shows the records with their '
            "ids.",
            "record_id": "abcdef",
        }
    }


def test_a_starter_archive_has_guides_in_two_languages(tmp_path: Path) -> None:
    program = Program(tmp_path / "starter")
    made = program.ask("new", "--starter", "--name", "First")
    assert made["records"] >= 2
    lines = program.run("--json", "list").stdout.splitlines()
    languages = {language for line in lines for language in json.loads(line)["language"]}
    assert languages == {"ar", "en"}
    assert program.ask("search", "logic model")["total"] >= 1
    assert program.ask("search", "النموذج المنطقي")["total"] >= 1
    assert program.ask("check")["problems"] == []


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_import_is_finished_by_importing_again(
    program: Program, tmp_path: Path, stop: signal.Signals
) -> None:
    folder = tmp_path / "many"
    for number in range(40):
        write_pdf(folder / f"{number}.pdf", [f"Report {number} about mentoring"] * 5)
    for wait_for in (1, 8, 20):
        started = subprocess.Popen(
            program.command("import", folder, "--jobs", "2"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        known = set(psutil.Process(started.pid).children(recursive=True))
        while started.poll() is None and _records(program) < wait_for:
            known |= set(psutil.Process(started.pid).children(recursive=True))
            time.sleep(0.02)
        os.killpg(started.pid, stop) if stop is signal.SIGINT else started.kill()
        started.communicate(timeout=60)
        _, alive = psutil.wait_procs(known, timeout=20)
        assert alive == []
        assert program.ask("check", "--deep")["problems"] == []
    finished = program.ask("import", folder)
    assert finished["refused"] == []
    assert finished["added"] + finished["duplicates"] == 40
    answer = program.ask("search", "mentoring")
    assert (answer["total"], answer["pending"]) == (40, 0)
    checked = program.ask("check", "--deep")
    assert (checked["problems"], checked["records"], checked["leftovers"]) == ([], 40, 0)


def _records(program: Program) -> int:
    from desktop_app.services.archive import Archive

    archive = Archive(program.folder)
    try:
        return archive.reading.holdings().records
    finally:
        archive.close()
