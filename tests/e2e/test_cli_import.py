"""Importing metadata from the command line: dry run, mapping, refused rows, undo, kill."""

import json
import random
from pathlib import Path

import pytest

from tests.benchmarks.metadata_import import kill_in_the_middle, make_sources, outcome_of
from tests.e2e.program import Program
from tests.samples import write_pdf


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    folder.mkdir()
    lines = (
        "Titel;Jahr;Land;Datei;Vermerk",
        "Mentoring in zwei Städten;2021;Schweden;a.pdf;intern",
        "Beratung für Familien;bald;Deutschland;;",
        ";2020;;;",
    )
    (folder / "liste.csv").write_text("\n".join(lines), encoding="cp1252")
    write_pdf(folder / "a.pdf", ["Mentoring", "Second page"])
    return folder


def test_a_list_is_checked_imported_mended_and_taken_back(program: Program, office: Path) -> None:
    liste, rejected = office / "liste.csv", office / "refused.csv"
    dry = program.ask("import", liste, office, "--dry-run", status=1)
    assert dry["dry_run"]
    assert (dry["added"], dry["updated"], dry["duplicates"]) == (1, 0, 0)
    assert program.ask("search", "mentoring")["total"] == 0
    report = program.ask("import", "--metadata", liste, office, "--rejected", rejected, status=1)
    for key in ("added", "updated", "duplicates", "refused"):
        assert report[key] == dry[key]
    assert report["pages"] == 2
    assert [(row["row"], row["column"], row["code"]) for row in report["refused"]] == [
        (3, "Jahr", "invalid_value"),
        (4, "", "no_title"),
    ]
    assert all(Path(row["path"]) == liste and row["reason"] for row in report["refused"])
    assert report["sources"][0]["rows"] == 3
    assert report["sources"][0]["encoding"].lower().replace("windows-", "cp") == "cp1252"
    assert program.ask("search", "mentoring")["total"] == 1
    mended = rejected.read_text(encoding="utf-8-sig").replace("bald", "2020")
    rejected.write_text(mended.replace(";2020;;;", "Ein Leitfaden;2020;;;"), encoding="utf-8-sig")
    assert program.ask("import", rejected)["added"] == 2
    undone = program.ask("import", "--undo", report["import_id"])
    assert undone["removed"] == 1
    assert program.ask("search", "mentoring")["total"] == 0
    text = program.run("import", liste)
    assert text.returncode == 1
    assert 'liste.csv:3, column "Jahr"' in text.stdout


def test_a_mapping_is_saved_corrected_and_used(program: Program, office: Path) -> None:
    liste, mapping = office / "liste.csv", office / "mapping.json"
    program.ask("import", liste, "--dry-run", "--save-mapping", mapping, status=1)
    said = json.loads(mapping.read_text(encoding="utf-8"))
    columns = said["sheets"][0]["columns"]
    assert columns == {
        "Titel": "title",
        "Jahr": "year",
        "Land": "country",
        "Datei": "file",
        "Vermerk": "other",
    }
    columns |= {"Jahr": "other", "Vermerk": "tag"}
    mapping.write_text(json.dumps(said), encoding="utf-8")
    report = program.ask("import", liste, "--mapping", mapping, status=1)
    assert report["added"] == 2
    shown = program.ask("show", report["rows"][0]["id"])
    assert shown["tags"] == ["intern"]
    assert shown["year"] is None
    mapping.write_text('{"evaluation_archive_mapping": 1, "sheets": [{"columns": {"a": "b"}}]}')
    refused = program.run("--json", "import", liste, "--mapping", mapping)
    assert refused.returncode == 4
    assert json.loads(refused.stdout)["error"]["code"] == "mapping_unusable"
    assert program.run("import", office, "--mapping", mapping).returncode in {2, 4}


def test_what_is_not_there_or_no_metadata(program: Program, office: Path) -> None:
    assert program.run("import", "--metadata", office / "none.xlsx").returncode == 3
    (office / "odd.xlsx").write_bytes(b"PK\x03\x04 nothing")
    report = program.ask("import", office / "odd.xlsx", status=1)
    assert report["refused"][0]["code"] == "unreadable_file"
    assert report["refused"][0]["row"] is None


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_in_the_middle_and_run_again_it_is_the_same(tmp_path: Path, seed: int) -> None:
    path = make_sources(tmp_path / "office", rows=80, pdfs=12, pages=2)
    sources = [path, path.parent]
    undisturbed = Program(tmp_path / "undisturbed")
    assert undisturbed.run("new").returncode == 0
    expected = undisturbed.ask("import", *sources, status=1)
    chance = random.Random(seed)
    kill_in_the_middle(tmp_path / "killed", sources, after_s=chance.uniform(0.8, 3.0))
    again = Program(tmp_path / "killed").ask("import", *sources, status=1)
    first = outcome_of(tmp_path / "undisturbed", tmp_path / "first.csv")
    assert outcome_of(tmp_path / "killed", tmp_path / "second.csv") == first
    if again["resumed"]:
        assert again["added"] == expected["added"]
