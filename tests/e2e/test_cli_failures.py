"""How commands fail: a sentence, an object with --json, an exit status, and never a traceback."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.e2e.program import MAIN, Program

FULL = Path("/dev/full")


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (["unknown"], 2, "usage"),
        (["search"], 2, "usage"),
        (["search", "x", "--limit", "many"], 2, "usage"),
        (["list", "--nothing"], 2, "usage"),
        (["import"], 2, "usage"),
        (["import", "x", "--undo", "y"], 2, "usage"),
        (["vocabulary"], 2, "usage"),
        (["vocabulary", "list", "--scheme", "colours"], 2, "usage"),
        (["search", "x", "--facet", "colour"], 2, "invalid_search"),
        (["show", "abcdef"], 3, "record_not_found"),
        (["search", "--batch", "nowhere"], 3, "path_not_found"),
        (["import", "nowhere"], 3, "path_not_found"),
        (["import", "x" * 300], 3, "path_not_found"),
        (["new"], 8, "archive_exists"),
    ],
)
def test_every_failure_is_an_object_too(
    program: Program, words: Sequence[str], status: int, code: str
) -> None:
    ended = program.run("--json", *words)
    assert ended.returncode == status, ended.stderr
    (line,) = ended.stdout.splitlines()
    error = json.loads(line)["error"]
    assert error["code"] == code
    assert error["message"]
    assert "Error: " in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_fields_of_a_failure_are_told(program: Program) -> None:
    error = program.ask("search", "x", "--facet", "colour", status=2)["error"]
    assert "kind, year, language, access," in error["message"]
    missing = Program(program.folder / "pdfs").ask("list", status=3)["error"]
    assert missing["folder"] == str(program.folder / "pdfs")


def test_json_counts_wherever_it_stands(program: Program) -> None:
    assert json.loads(program.run("search", "x", "--json").stdout)["total"] == 0
    assert json.loads(program.run("show", "abcdef", "--json").stdout)["error"]["code"]
    asked = program.run("--json", "search", "--", "--json")
    assert json.loads(asked.stdout)["query"] == "--json"
    assert program.run("search", "--", "--json").stdout.startswith("0 records")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["list", "--lang", "ar"], "before the verb"),
        (["list", "--archive", "x"], "before the verb"),
        (["vocabulary"], "Missing command"),
        (["vocabulary", "list", "--scheme", "x"], "age_band"),
    ],
)
def test_wrong_usage_says_what_would_be_right(
    program: Program, words: Sequence[str], said: str
) -> None:
    ended = program.run(*words)
    assert ended.returncode == 2
    assert said in ended.stderr


def test_an_archive_must_be_named_by_a_folder(program: Program, tmp_path: Path) -> None:
    unnamed = subprocess.run(
        [sys.executable, str(MAIN), "--archive", "", "new"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (unnamed.returncode, unnamed.stdout) == (2, "")
    assert not (tmp_path / "archive.sqlite").exists()
    file = Program(program.folder / "archive.sqlite").run("list")
    assert file.returncode == 2
    assert "is a file" in file.stderr


def test_an_endless_name_is_not_repeated_in_full(program: Program) -> None:
    ended = program.run("show", "x" * 100_000)
    assert ended.returncode == 3
    assert len(ended.stderr) < 5_000
    assert '"list" shows the records' in ended.stderr
    assert program.run("search", "word " * 20_000).returncode == 0


def test_names_in_error_messages_can_do_nothing(program: Program) -> None:
    ended = program.run("show", "a\x1b]0;owned\x07\u202eb\nc")
    assert r'"a\x1b]0;owned\x07\u202eb\nc"' in ended.stderr
    ended = program.run("\x1b[31m\u202e")
    assert not {"\x1b", "\u202e"} & set(ended.stderr)


def test_the_unexpected_is_told_without_details(tmp_path: Path) -> None:
    script = (
        "import sys; from desktop_app import launch\n"
        "def broken(*_): raise RuntimeError('a bug')\n"
        "launch.open_window = broken\n"
        "sys.exit(launch.main(sys.argv[1:]))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, "--json", "--archive", str(tmp_path)],
        cwd=MAIN.parent,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 70
    assert json.loads(ended.stdout)["error"]["code"] == "unexpected"
    assert ended.stderr.startswith("Something unexpected happened.")
    assert "a bug" not in ended.stderr
    (log,) = (
        Path(folder, name)
        for folder, _, names in os.walk(os.environ["HOME"])
        for name in names
        if name == "evaluation-archive.log"
    )
    assert str(log.parent) in ended.stderr
    assert "a bug" in log.read_text("utf-8")


def test_the_report_of_an_import_is_there_although_the_index_failed(
    program: Program, reports: Path
) -> None:
    (program.folder / "index").write_text("in the way")
    ended = program.run("--json", "import", reports)
    report = json.loads(ended.stdout)
    assert report["added"] == 2
    assert report["error"]["message"] in ended.stderr
    assert ended.returncode in {5, 6}
    found = program.run("search", "mentoring")
    assert found.returncode in {0, 5, 6}
    assert len(program.run("--json", "list").stdout.splitlines()) == 2


@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_full_disk_for_the_output_is_told(
    program: Program, reports: Path, options: Sequence[str]
) -> None:
    program.run("import", reports)
    with FULL.open("w") as full:
        ended = subprocess.run(
            program.command(*options, "list"),
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert ended.returncode == 6
    assert ended.stderr.count("Error: ") == 1
    assert "output can't be written" in ended.stderr


@pytest.mark.skipif(os.name != "posix", reason="Windows ends pipes in another way")
def test_a_reader_that_has_gone_is_no_failure(program: Program, reports: Path) -> None:
    program.run("import", reports)
    for words in (("list",), ("--json", "list"), ("vocabulary", "export")):
        reading, writing = os.pipe()
        os.close(reading)
        ended = subprocess.run(
            program.command(*words),
            stdout=writing,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
        os.close(writing)
        assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_ctrl_c_ends_in_words(program: Program, options: Sequence[str]) -> None:
    started = subprocess.Popen(
        program.command(*options, "search", "--batch", "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert started.stdin
    assert started.stdout
    started.stdin.write("first\n")
    started.stdin.flush()
    # Its answer is there before a second line is: another program can ask and read in turn.
    assert json.loads(started.stdout.readline())["query"] == "first"
    started.send_signal(signal.SIGINT)
    said, complaint = started.communicate(timeout=60)
    assert started.returncode == 130
    assert complaint == "Stopped. What was finished is safe.\n"
    assert (json.loads(said)["error"]["code"] == "interrupted") if options else said == ""
