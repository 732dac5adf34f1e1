"""packaging/environment.py: .venv is made, filled, kept and made anew; without a network."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from environment import LOCK, STAMP, Environment, SetupProblem, advice_on, read_requirements

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"

on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has other locks")

PYPROJECT = """
[project]
dependencies = ["alpha>=1", "beta"]
[project.optional-dependencies]
test = ["gamma"]
dev = ["delta"]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project without libraries, so that pip has nothing to download."""
    (tmp_path / "packaging").mkdir()
    (tmp_path / "packaging" / "constraints.txt").write_text("alpha==1\n", "utf-8")
    (tmp_path / "pyproject.toml").write_text(PYPROJECT, "utf-8")
    return tmp_path


def test_read_requirements(project: Path) -> None:
    pyproject = project / "pyproject.toml"
    assert read_requirements(pyproject, ()) == ["alpha>=1", "beta"]
    assert read_requirements(pyproject, ("test",)) == ["alpha>=1", "beta", "gamma"]


def pretend_installed(project: Path, extras: tuple[str, ...]) -> Environment:
    """Return the environment of `project` with the stamp that an installation leaves."""
    environment = Environment(project)
    environment.python.parent.mkdir(parents=True)
    environment.python.touch()
    environment.write_stamp({}, extras)
    return environment


def test_nothing_is_ready_without_a_stamp(project: Path) -> None:
    assert not Environment(project).is_ready(())


def test_tests_need_more_than_the_program(project: Path) -> None:
    environment = pretend_installed(project, ())
    assert environment.is_ready(())
    assert not environment.is_ready(("test",))


def test_program_is_ready_where_its_tests_are(project: Path) -> None:
    environment = pretend_installed(project, ("test",))
    assert environment.is_ready(("test",))
    assert environment.is_ready(())


def _add_requirement(project: Path) -> None:
    text = PYPROJECT.replace('"beta"', '"beta", "epsilon"')
    (project / "pyproject.toml").write_text(text, "utf-8")


def _change_pin(project: Path) -> None:
    (project / "packaging" / "constraints.txt").write_text("alpha==2\n", "utf-8")


def _lose_stamp(project: Path) -> None:
    (project / ".venv" / STAMP).unlink()


def _break_stamp(project: Path) -> None:
    (project / ".venv" / STAMP).write_text('{"folder": ', "utf-8")


def _come_from_another_python(project: Path) -> None:
    stamp = project / ".venv" / STAMP
    stamp.write_text(json.dumps(json.loads(stamp.read_text("utf-8")) | {"python": "3.9"}), "utf-8")


def _lose_python(project: Path) -> None:
    Environment(project).python.unlink()


@pytest.mark.parametrize(
    "change",
    [
        _add_requirement,
        _change_pin,
        _lose_stamp,
        _break_stamp,
        _come_from_another_python,
        _lose_python,
    ],
)
def test_is_not_ready_after(project: Path, change: Callable[[Path], None]) -> None:
    environment = pretend_installed(project, ("test",))
    change(project)
    assert not environment.is_ready(("test",))


def test_other_settings_in_pyproject_change_nothing(project: Path) -> None:
    environment = pretend_installed(project, ("test",))
    (project / "pyproject.toml").write_text(PYPROJECT + "[tool.ruff]\nline-length = 90\n", "utf-8")
    assert environment.is_ready(("test",))


def test_is_not_ready_in_another_place(project: Path) -> None:
    pretend_installed(project, ())
    moved = project.rename(project.with_name("moved"))
    assert not Environment(moved).is_ready(())


def without_libraries(project: Path) -> Environment:
    text = '[project]\ndependencies = ["pip"]\n[project.optional-dependencies]\ntest = []\n'
    (project / "pyproject.toml").write_text(text, "utf-8")
    return Environment(project)


def test_environment_is_made_once_and_anew_after_an_interruption(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    environment = without_libraries(project)
    environment.prepare(())
    assert environment.is_ready(())
    done = subprocess.run(
        [str(environment.python), "-c", "import sys; print(sys.prefix)"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert Path(done.stdout.strip()) == environment.folder
    said = capfd.readouterr()
    assert "Setting up" in said.err
    assert said.out == ""

    leftover = environment.folder / "half-installed"
    leftover.touch()
    environment.prepare(())
    assert leftover.exists(), "was made again although nothing had changed"

    _change_pin(project)
    environment.prepare(())
    assert leftover.exists(), "was made again although only a pin had changed"
    assert "up to date" in capfd.readouterr().err

    _lose_stamp(project)
    environment.prepare(())
    assert environment.is_ready(())
    assert not leftover.exists(), "was not made again after an interruption"


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"PIP_NO_INDEX": "1"}, r"alpha[\s\S]*not made for this computer"),
        (
            {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1"},
            r"alpha[\s\S]*HTTPS_PROXY",
        ),
    ],
    ids=["no such file", "no network"],
)
def test_pip_that_fails_is_quoted_with_advice(
    project: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], words: str
) -> None:
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    environment = Environment(project)
    with pytest.raises(SetupProblem, match=words):
        environment.prepare(())
    assert not environment.is_ready(())


def test_a_folder_that_is_no_environment_is_left_alone(project: Path) -> None:
    environment = Environment(project)
    environment.folder.mkdir()
    (environment.folder / "letter.txt").touch()
    with pytest.raises(SetupProblem, match="Move it away"):
        environment.prepare(())
    assert [path.name for path in environment.folder.iterdir()] == ["letter.txt"]


@on_posix
def test_two_installations_wait_for_each_other(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    environment = without_libraries(project)
    environment.folder.mkdir()
    hold = """
import fcntl, sys
file = open(sys.argv[1], "ab")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(environment.folder / LOCK)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdin
        assert other.stdout
        other.stdout.readline()
        program = (
            f"import sys; sys.path.insert(0, {str(PACKAGING)!r}); import pathlib, "
            f"environment; environment.Environment(pathlib.Path({str(project)!r})).prepare(())"
        )
        with subprocess.Popen(
            [sys.executable, "-c", program], stderr=subprocess.PIPE, encoding="utf-8"
        ) as second:
            assert second.stderr
            assert "waiting" in second.stderr.readline()
            assert not environment.python.exists()
            other.stdin.close()
            assert second.wait() == 0
    assert environment.is_ready(())


@pytest.mark.parametrize(
    ("output", "advice"),
    [
        ("NewConnectionError: Temporary failure in name resolution", "HTTPS_PROXY"),
        ("SSLError(SSLCertVerificationError)", "HTTPS_PROXY"),
        ("ERROR: No matching distribution found for PySide6", "glibc 2.34"),
        ("ERROR: No space left on device", "the lines above say why"),
    ],
)
def test_advice_on_pip(output: str, advice: str) -> None:
    assert advice in advice_on(output)


def test_variables_of_another_python_are_left_out(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PYTHONHOME", "elsewhere")
    monkeypatch.setenv("LANG", "sv_SE.UTF-8")
    variables = Environment(project).variables()
    assert variables["LANG"] == "sv_SE.UTF-8"
    assert not variables.keys() & {"PYTHONPATH", "PYTHONHOME"}
