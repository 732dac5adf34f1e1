"""The rules of the house, each tool and each rule in a test of its own."""

import ast
import importlib.metadata
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parent.parent
CODE = ("desktop_app", "main.py", "packaging", "tests")
LONGEST_MODULE = 400
LONGEST_MAIN = 15


def run_tool(*command: str) -> None:
    """Fail with what the tool says if it is not satisfied."""
    done = subprocess.run(
        command, cwd=PROJECT, capture_output=True, encoding="utf-8", check=False, timeout=280
    )
    if done.returncode != 0:
        pytest.fail(f"{' '.join(command)}\n{done.stdout}{done.stderr}", pytrace=False)


def modules() -> Iterator[Path]:
    """Yield every Python file of the project."""
    for part in CODE:
        path = PROJECT / part
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def project_table() -> dict[str, Any]:
    """Return the table [project] of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))[
        "project"
    ]
    return table


def pins() -> dict[str, Requirement]:
    """Return the lines of constraints.txt by the name of the library."""
    lines = (PROJECT / "packaging" / "constraints.txt").read_text("utf-8").splitlines()
    requirements = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def test_ruff_finds_nothing() -> None:
    run_tool(sys.executable, "-m", "ruff", "check", "--no-cache", ".")


def test_ruff_would_format_nothing() -> None:
    run_tool(sys.executable, "-m", "ruff", "format", "--check", "--diff", "--no-cache", ".")


def test_types(tmp_path: Path) -> None:
    run_tool(sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), *CODE)


def test_layers() -> None:
    program = shutil.which("lint-imports", path=sysconfig.get_path("scripts"))
    assert program, "lint-imports is not installed beside this Python"
    run_tool(program, "--no-cache")


def test_no_dead_code() -> None:
    run_tool(sys.executable, "-m", "vulture")


def test_no_module_is_too_long() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in modules()}
    long = [f"{path}: {length}" for path, length in lengths.items() if length > LONGEST_MODULE]
    assert not long, f"over {LONGEST_MODULE} lines, split them: {long}"


def test_main_is_tiny() -> None:
    assert len((PROJECT / "main.py").read_text("utf-8").splitlines()) <= LONGEST_MAIN


def test_packaging_is_no_package() -> None:
    # It would hide the library `packaging`, which pytest imports.
    assert not list((PROJECT / "packaging").rglob("__init__.py"))


def test_bootstrap_needs_only_the_standard_library() -> None:
    folder = PROJECT / "packaging"
    start = ("bootstrap", "start", "environment", "qt_libraries")
    imported: set[str] = set()
    for name in start:
        for node in ast.walk(ast.parse((folder / f"{name}.py").read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").partition(".")[0])
    assert imported <= sys.stdlib_module_names | set(start)


def test_bootstrap_can_be_read_by_any_python_3() -> None:
    source = (PROJECT / "packaging" / "bootstrap.py").read_text("utf-8")
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.AsyncFunctionDef)
    found = [type(node).__name__ for node in ast.walk(ast.parse(source)) if isinstance(node, newer)]
    assert not found
    ast.parse(source, feature_version=(3, 4))


def test_every_requirement_is_pinned_to_a_version_that_fits() -> None:
    table = project_table()
    wanted = list(table["dependencies"])
    for extra in table["optional-dependencies"].values():
        wanted += [line for line in extra if not line.startswith(f"{table['name']}[")]
    known = pins()
    for requirement in map(Requirement, wanted):
        pin = known.get(canonicalize_name(requirement.name))
        assert pin, f"{requirement.name} is not in constraints.txt"
        (exact,) = pin.specifier
        assert exact.operator == "=="
        assert requirement.specifier.contains(exact.version), f"{pin} is not {requirement}"


def test_what_libraries_bring_along_is_pinned_too() -> None:
    table = project_table()
    open_ends = [*table["dependencies"], *table["optional-dependencies"]["test"]]
    needed: set[str] = set()
    while open_ends:
        requirement = Requirement(open_ends.pop())
        name = canonicalize_name(requirement.name)
        if name in needed or (requirement.marker and not requirement.marker.evaluate()):
            continue
        needed.add(name)
        open_ends += importlib.metadata.requires(name) or []
    # The environment comes with pip.
    assert needed - {"pip"} <= pins().keys()


@pytest.mark.parametrize("requirement", project_table()["dependencies"])
def test_every_library_is_explained(requirement: str) -> None:
    name = re.escape(canonicalize_name(Requirement(requirement).name)).replace(r"\-", "[-_.]")
    text = (PROJECT / "desktop_app" / "ARCHITECTURE.md").read_text("utf-8")
    assert re.search(rf"(?<![\w-]){name}(?![\w-])", text, re.IGNORECASE), "not in ARCHITECTURE.md"


def code_in_readme() -> str:
    """Return what stands in code spans and code blocks of README.md."""
    text = (PROJECT / "README.md").read_text("utf-8")
    return "\n".join(re.findall(r"(?ms)```.*?```|`[^`\n]+`|^    [^\n]+", text))


@pytest.mark.parametrize("command", ["run", "test"])
def test_readme_shows_how_to_start(command: str) -> None:
    assert f"python3 packaging/bootstrap.py {command}" in code_in_readme()


def test_readme_shows_every_verb() -> None:
    from desktop_app.cli.main import cli

    code = code_in_readme()
    assert isinstance(cli, click.Group)
    assert cli.commands
    missing = [
        verb
        for verb in cli.commands
        if not re.search(rf"(?<![\w-]){re.escape(verb)}(?![\w-])", code)
    ]
    assert not missing, f"verbs that README.md does not show: {missing}"


BINARY = {".ttf", ".pdf", ".png"}


def test_no_path_of_one_computer() -> None:
    # The folder that holds the project, the homes of people, and named folders for temporary files.
    here = [rf"(?<!\w){re.escape(str(PROJECT.parent))}/"] if len(PROJECT.parts) > 2 else []
    machine = re.compile(
        "|".join([*here, r"/(?:home|Users)/\w", r"/(?:root|tmp)/\w", r"[A-Z]:\\+Users"])
    )
    found = []
    for part in (*CODE, "resources", "*.md", "*.toml", ".ci"):
        for path in PROJECT.glob(part):
            for file in path.rglob("*") if path.is_dir() else [path]:
                if not file.is_file() or "__pycache__" in file.parts or file.suffix in BINARY:
                    continue
                for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
                    if machine.search(line):
                        found.append(f"{file.relative_to(PROJECT)}:{number}: {line.strip()}")
    assert not found, "\n".join(found)
