"""The project's own Python environment in .venv: made, filled with the pins, kept up to date."""

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import IO

STAMP = "evaluation-archive.json"
LOCK = "evaluation-archive.lock"

# How much of pip's output is shown when it fails.
SHOWN_LINES = 30
COMPLAINT = re.compile(r"^.*(?:ERROR|WARNING|Error).*$", re.MULTILINE)
NO_NETWORK = re.compile(
    r"connection|timed? ?out|name resolution|getaddrinfo|max retries|proxy|certificate|ssl",
    re.IGNORECASE,
)
NO_FILE = re.compile(r"No matching distribution|ResolutionImpossible")


class SetupProblem(Exception):
    """The program or the tests can't be started; the text says why and what to do."""


def say(text: str) -> None:
    """Tell the person at the terminal; stdout is kept for what the program says."""
    print(text, file=sys.stderr, flush=True)


def read_requirements(pyproject: Path, extras: tuple[str, ...]) -> list[str]:
    """Return the requirements of the project in `pyproject`, with those of its `extras`."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    requirements: list[str] = list(project["dependencies"])
    for extra in extras:
        requirements += project["optional-dependencies"][extra]
    return requirements


class Environment:
    """The folder .venv of a project that has pyproject.toml and packaging/constraints.txt."""

    def __init__(self, project: Path) -> None:
        self.folder = project / ".venv"
        self.pyproject = project / "pyproject.toml"
        self.constraints = project / "packaging" / "constraints.txt"
        programs = self.folder / ("Scripts" if os.name == "nt" else "bin")
        self.python = programs / ("python.exe" if os.name == "nt" else "python")
        self._stamp = self.folder / STAMP

    def variables(self) -> dict[str, str]:
        """Return this process's environment variables without those that would mix in others."""
        foreign = {"PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__"}
        return {name: value for name, value in os.environ.items() if name not in foreign}

    def is_ready(self, extras: tuple[str, ...]) -> bool:
        """Return whether everything that `extras` need was installed, and to the end."""
        stamp = self._read_stamp()
        return self._is_usable(stamp) and self._wanted(extras).items() <= stamp.items()

    def prepare(self, extras: tuple[str, ...]) -> None:
        """Make the environment hold what `extras` need; do nothing if it does.

        Raises:
            SetupProblem: it can't be made or filled.
        """
        if self.is_ready(extras):
            return
        try:
            with self._lock() as lock:
                if not self.is_ready(extras):
                    self._install(extras, lock)
        except OSError as error:
            raise SetupProblem(
                f'"{self.folder}" can\'t be made or used: {error}.\nMake room on the disk, or copy '
                "the project to a folder where you may write, and start again."
            ) from error

    def write_stamp(self, earlier: dict[str, str], extras: tuple[str, ...]) -> None:
        """Note that what `extras` need is installed, besides what the `earlier` stamp noted."""
        unfinished = self._stamp.with_suffix(".new")
        stamp = earlier | self._place() | self._wanted(extras)
        unfinished.write_text(json.dumps(stamp), encoding="utf-8")
        unfinished.replace(self._stamp)

    def _place(self) -> dict[str, str]:
        """Return what an environment is bound to: its folder and the kind of its Python."""
        kind = f"{sys.implementation.cache_tag} {sysconfig.get_platform()}"
        return {"folder": str(self.folder), "python": kind}

    def _wanted(self, extras: tuple[str, ...]) -> dict[str, str]:
        """Return for each part ("" is the program itself) a digest of its requirements and pins."""
        pins = self.constraints.read_bytes()
        wanted = {}
        for part in ("", *extras):
            lines = read_requirements(self.pyproject, (part,) if part else ())
            wanted[f"[{part}]"] = hashlib.sha256("\n".join(lines).encode() + pins).hexdigest()
        return wanted

    def _read_stamp(self) -> dict[str, str]:
        try:
            stamp = json.loads(self._stamp.read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) else {}

    def _is_usable(self, stamp: dict[str, str]) -> bool:
        return self._place().items() <= stamp.items() and self.python.exists()

    @contextlib.contextmanager
    def _lock(self) -> Iterator[IO[bytes]]:
        """Wait until no other process installs here.

        A pip that outlives the process which started it holds the lock too, where it inherits it.
        """
        if (
            self.folder.exists()
            and not any((self.folder / name).exists() for name in (LOCK, "pyvenv.cfg"))
            and any(self.folder.iterdir())
        ):
            raise SetupProblem(
                f'"{self.folder}" is not an environment of Python. Move it away, and start again.'
            )
        self.folder.mkdir(exist_ok=True)
        with (self.folder / LOCK).open("ab") as file:
            if not _try_lock(file, wait=False):
                say("Another start of the program is installing; waiting for it to finish.")
                while not _try_lock(file, wait=True):
                    pass
            yield file

    def _install(self, extras: tuple[str, ...], lock: IO[bytes]) -> None:
        stamp = self._read_stamp()
        if self._is_usable(stamp):
            say(f"Bringing {self.folder} up to date.")
            earlier = stamp
        else:
            self._make()
            earlier = {}
        # Without a stamp, whatever is left of an installation that stops here is made anew.
        self._stamp.unlink(missing_ok=True)
        self._call_pip(read_requirements(self.pyproject, extras), lock)
        self.write_stamp(earlier, extras)

    def _make(self) -> None:
        if importlib.util.find_spec("ensurepip") is None:
            package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
            raise SetupProblem(
                "This Python can't make an environment, because its module ensurepip is missing.\n"
                f"On Debian and Ubuntu: sudo apt-get install {package}"
            )
        say(
            f"Setting up {self.folder} for Python {sys.version.split()[0]}. This happens once; "
            "some 300 MB are downloaded, which takes a few minutes."
        )
        for leftover in self.folder.iterdir():
            if leftover.is_dir() and not leftover.is_symlink():
                shutil.rmtree(leftover)
            elif leftover.name != LOCK:
                leftover.unlink()
        try:
            venv.create(self.folder, with_pip=True, symlinks=os.name != "nt")
        except subprocess.CalledProcessError as error:
            output = (error.output or b"").decode(errors="replace")
            raise SetupProblem(
                f"{output}\nThis Python can't make an environment; the lines above say why."
            ) from error

    def _call_pip(self, requirements: list[str], lock: IO[bytes]) -> None:
        words = ["-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
        words += ["--only-binary=:all:", "-c", str(self.constraints), *requirements]
        pip = subprocess.run(
            [str(self.python), *words],
            check=False,
            env=self.variables(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            pass_fds=() if os.name == "nt" else (lock.fileno(),),
        )
        if pip.returncode != 0:
            last = "\n".join(pip.stdout.splitlines()[-SHOWN_LINES:])
            raise SetupProblem(f"{last}\n\n{advice_on(pip.stdout)}")


def advice_on(pip_output: str) -> str:
    """Return what a person can do about a pip that failed with this output."""
    complaints = "\n".join(COMPLAINT.findall(pip_output))
    if NO_NETWORK.search(complaints):
        return (
            "The libraries could not be downloaded. Check that this computer reaches "
            "https://pypi.org, and start again.\nBehind a proxy, set HTTPS_PROXY first. Without a "
            "network, fetch them on another computer of the same kind:\n"
            "    python3 -m pip download -d FOLDER -r packaging/constraints.txt\n"
            "then copy the folder here, and set PIP_NO_INDEX=1 and PIP_FIND_LINKS=FOLDER."
        )
    if NO_FILE.search(complaints):
        return (
            "One of the libraries is not made for this computer. Needed are 64-bit Windows 10 or "
            "newer, macOS 13 or newer,\nor Linux with glibc 2.34 or newer (Debian 12, Ubuntu "
            "22.04, Fedora 35)."
        )
    return "The libraries could not be installed; the lines above say why."


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[bytes], *, wait: bool) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(file: IO[bytes], *, wait: bool) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
