"""config/paths.py: resources beside the source, in an installed wheel and in the frozen program."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from desktop_app import __version__
from desktop_app.config import paths
from desktop_app.domain.errors import ArchiveError

PROJECT = Path(__file__).resolve().parents[2]

SHOW = """
from desktop_app.config import paths
print(paths.resources(), paths.portable_folder(), paths.default_archive(), sep="\\n")
"""
FREEZE = "import sys; sys.frozen = True; sys._MEIPASS = {inside!r}; sys.executable = {program!r}\n"


def call_python(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `program` where `desktop_app` is the one in `folder`, and not that of the project."""
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(folder)!r})\n{program}"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def show_paths(program: str, folder: Path) -> tuple[str, str, str]:
    """Return the resources, portable folder and default archive that `program` prints."""
    done = call_python(program, folder)
    assert done.returncode == 0, done.stderr
    resources, portable, archive = done.stdout.splitlines()
    return resources, portable, archive


def call_pip(*words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--no-input", "--disable-pip-version-check", *words],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of the project, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    call_pip(
        *["wheel", str(PROJECT), "--wheel-dir", str(folder)],
        *["--no-deps", "--no-index", "--no-build-isolation"],
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder where the wheel is installed."""
    folder = tmp_path_factory.mktemp("installed")
    call_pip("install", "--no-deps", "--no-index", "--target", str(folder), str(wheel))
    return folder


def source_resources() -> set[str]:
    """Return the relative names of all files in resources/."""
    folder = PROJECT / "resources"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_source_has_its_resources_beside_it() -> None:
    assert paths.resources() == PROJECT / "resources"


def test_wheel_holds_the_program_and_every_resource(wheel: Path) -> None:
    assert wheel.name.startswith(f"evaluation_archive-{__version__}-py3-none-any")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {f"desktop_app/resources/{name}" for name in source_resources()} <= names
    assert "desktop_app/config/paths.py" in names
    tops = {name.partition("/")[0] for name in names}
    assert tops == {"desktop_app", f"evaluation_archive-{__version__}.dist-info"}


def test_installed_wheel_finds_its_resources(installed: Path) -> None:
    resources, portable, archive = show_paths(SHOW, installed)
    assert Path(resources) == installed / "desktop_app" / "resources"
    assert (Path(resources) / "README.md").is_file()
    assert portable == "None"
    assert not Path(archive).is_relative_to(installed)


def test_installed_wheel_ignores_a_marker_in_site_packages(installed: Path) -> None:
    marker = installed / paths.PORTABLE_MARKER
    marker.touch()
    try:
        assert show_paths(SHOW, installed)[1] == "None"
    finally:
        marker.unlink()


def frozen_program(folder: Path, program: Path) -> str:
    """Return SHOW as PyInstaller's start code would run it, with its files in `folder`."""
    inside = folder / "_internal"
    (inside / "resources").mkdir(parents=True)
    program.parent.mkdir(parents=True, exist_ok=True)
    program.touch()
    return FREEZE.format(inside=str(inside), program=str(program)) + SHOW


def test_frozen_program_finds_its_resources(tmp_path: Path) -> None:
    program = frozen_program(tmp_path, tmp_path / "Evaluation Archive.exe")
    resources, portable, archive = show_paths(program, PROJECT)
    assert Path(resources) == tmp_path / "_internal" / "resources"
    assert portable == "None"
    assert not Path(archive).is_relative_to(tmp_path / "_internal")


@pytest.mark.parametrize("ending", ["", ".txt"])
def test_frozen_program_with_marker_is_portable(tmp_path: Path, ending: str) -> None:
    program = frozen_program(tmp_path, tmp_path / "Evaluation Archive.exe")
    (tmp_path / f"{paths.PORTABLE_MARKER}{ending}").touch()
    _, portable, archive = show_paths(program, PROJECT)
    assert Path(portable) == tmp_path
    assert Path(archive) == tmp_path / "archive"


def test_macos_bundle_is_portable_by_a_marker_beside_it(tmp_path: Path) -> None:
    inside = tmp_path / "Evaluation Archive.app" / "Contents" / "MacOS" / "evaluation-archive"
    program = frozen_program(tmp_path, inside)
    (tmp_path / paths.PORTABLE_MARKER).touch()
    assert Path(show_paths(program, PROJECT)[1]) == tmp_path


def test_missing_resources_are_a_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    with pytest.raises(ArchiveError, match="not complete") as caught:
        paths.resources()
    assert str(tmp_path / "resources") in str(caught.value)


def test_without_a_marker_everything_lies_in_local_folders_of_the_account(home: Path) -> None:
    assert paths.portable_folder() is None
    places = [paths.default_archive(), paths.log_folder(), paths.settings_file()]
    assert all(place.is_relative_to(home) for place in places)
    assert not any(place.is_relative_to(home / "roaming") for place in places)
    assert len(set(places)) == len(places)


def test_with_a_marker_everything_lies_in_the_portable_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "evaluation-archive"))
    (tmp_path / paths.PORTABLE_MARKER).touch()
    assert paths.default_archive() == tmp_path / "archive"
    assert paths.log_folder() == tmp_path / "log"
    assert paths.settings_file() == tmp_path / "settings.json"


def test_asking_for_a_place_makes_no_folder(home: Path) -> None:
    before = sorted(home.rglob("*"))
    paths.default_archive()
    paths.log_folder()
    paths.settings_file()
    assert sorted(home.rglob("*")) == before
