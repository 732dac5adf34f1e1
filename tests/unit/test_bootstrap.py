"""packaging/bootstrap.py and start.py: words, Python versions, and handing over."""

import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

import bootstrap
import start

PROJECT = Path(__file__).resolve().parents[2]
BOOTSTRAP = PROJECT / "packaging" / "bootstrap.py"

on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")


@pytest.mark.parametrize(
    ("words", "command", "passed_on"),
    [
        (["run"], "run", []),
        (["run", "--", "search", "a b"], "run", ["search", "a b"]),
        (["run", "search", "a b"], "run", ["search", "a b"]),
        (["run", "--", "search", "--", "-x"], "run", ["search", "--", "-x"]),
        (["run", "search", "--", "-x"], "run", ["search", "--", "-x"]),
        (["test", "--", "--", "-q"], "test", ["--", "-q"]),
        (["test", "-q"], "test", ["-q"]),
        (["--help"], "--help", []),
        ([], "", []),
    ],
)
def test_split_words(words: list[str], command: str, passed_on: list[str]) -> None:
    assert start.split_words(words) == (command, passed_on)


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ([], True),
        (["--archive", "reports"], True),
        (["--archive=reports", "--lang", "ar"], True),
        (["--archive", "reports", "search", "mentoring"], False),
        (["--json", "list"], False),
        (["--help"], False),
        (["-h"], False),
        (["--lang", "ar", "--version"], False),
    ],
)
def test_opens_window(words: list[str], window: bool) -> None:
    assert start.opens_window(words) is window


def test_opens_window_knows_the_programs_options() -> None:
    from desktop_app.cli.main import cli

    options = [option for option in cli.params if isinstance(option, click.Option)]
    with_value = {name for option in options if not option.is_flag for name in option.opts}
    assert {name for name in with_value if name.startswith("--")} == start.OPTIONS_WITH_VALUE


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 9), (3, 13, 1)])
def test_version_that_will_do(version: tuple[int, ...]) -> None:
    assert bootstrap.version_problem(version) is None


@pytest.mark.parametrize("version", [(3, 4, 10), (3, 10, 13), (3, 14, 0), (4, 0, 0)])
def test_version_that_will_not_do(version: tuple[int, ...]) -> None:
    problem = bootstrap.version_problem(version)
    assert problem is not None
    shown = ".".join(map(str, version))
    assert f"needs Python 3.11, 3.12 or 3.13; you have {shown}" in problem


def test_versions_are_those_of_the_project() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    (major, oldest), (_, newest) = bootstrap.OLDEST, bootstrap.NEWEST
    assert project["requires-python"] == f">={major}.{oldest},<{major}.{newest + 1}"


def call_bootstrap(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(BOOTSTRAP), *words],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(("words", "status"), [((), 2), (("walk",), 2), (("--help",), 0)])
def test_usage_is_shown_on_stderr(words: tuple[str, ...], status: int) -> None:
    done = call_bootstrap(*words)
    assert done.returncode == status
    assert "packaging/bootstrap.py run" in done.stderr
    assert done.stdout == ""


HAND_OVER = """
import os, sys
sys.path.insert(0, {folder!r})
import start
sys.exit(start.{function}([sys.executable, "-c", {program!r}, "a b"], dict(os.environ)))
"""


def handing_over(function: str, program: str) -> list[str]:
    """Return the command of a Python that starts `program` by the function of start.py."""
    folder = str(PROJECT / "packaging")
    text = HAND_OVER.format(folder=folder, function=function, program=program)
    return [sys.executable, "-c", text]


@pytest.mark.parametrize("function", ["hand_over", "wait_for"])
def test_program_has_its_own_input_output_and_status(function: str) -> None:
    program = "import sys; print(sys.argv[1], sys.stdin.read()); sys.exit(7)"
    done = subprocess.run(
        handing_over(function, program),
        input="from stdin",
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (7, "a b from stdin\n", "")


@on_posix
@pytest.mark.parametrize("function", ["hand_over", "wait_for"])
def test_ctrl_c_is_the_programs_own(function: str) -> None:
    program = """
import sys
try:
    print("ready", flush=True)
    sys.stdin.read()
except KeyboardInterrupt:
    print("stopped cleanly", flush=True)
    sys.exit(3)
"""
    with subprocess.Popen(
        handing_over(function, program),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == "ready\n"
        # A terminal sends Ctrl+C to all processes of the foreground group.
        os.killpg(process.pid, signal.SIGINT)
        assert process.stdout.read() == "stopped cleanly\n"
        assert process.stderr.read() == ""
        assert process.wait() == 3


@on_posix
def test_status_of_a_killed_program_is_that_of_a_shell() -> None:
    program = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    done = subprocess.run(handing_over("wait_for", program), check=False, timeout=60)
    assert done.returncode == 128 + signal.SIGKILL
