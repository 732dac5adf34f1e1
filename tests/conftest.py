"""What every test gets: Qt without a screen, a home of its own, and a silent log."""

import logging
import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Where the tests run in the background, Ctrl+C is ignored, and every program they start inherits
# that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

import pytest
from hypothesis import HealthCheck, settings

# Machines that run tests are busy: time says nothing about the code.
settings.register_profile(
    "project", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("project")

PROJECT = Path(__file__).resolve().parent.parent

ExpectLog = Callable[[str, str], None]


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real and hostile sample files, or skip the test where there is none."""
    named = os.environ.get("EVALUATION_ARCHIVE_CORPUS")
    folder = Path(named) if named else PROJECT.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip(
            f"no sample files in {folder} (EVALUATION_ARCHIVE_CORPUS can name another place)"
        )
    return folder


def _live_in(home: Path, patch: pytest.MonkeyPatch) -> None:
    """Make `home` the person's folder, for this process and those it starts."""
    places = {
        "HOME": home,
        "USERPROFILE": home,
        "APPDATA": home / "roaming",
        "LOCALAPPDATA": home / "local",
        # platformdirs asks Windows itself, unless these are set.
        "WIN_PD_OVERRIDE_APPDATA": home / "roaming",
        "WIN_PD_OVERRIDE_LOCAL_APPDATA": home / "local",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_DATA_HOME": home / "data",
        "XDG_STATE_HOME": home / "state",
        # Qt warns if this one is missing or readable by others.
        "XDG_RUNTIME_DIR": home / "runtime",
    }
    for variable, folder in places.items():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        patch.setenv(variable, str(folder))


@pytest.fixture(scope="session", autouse=True)
def _session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep also fixtures of a module or the session out of the real home."""
    with pytest.MonkeyPatch.context() as patch:
        _live_in(tmp_path_factory.mktemp("home"), patch)
        yield


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the empty home folder that this test has for itself."""
    folder = tmp_path_factory.mktemp("home")
    _live_in(folder, monkeypatch)
    return folder


class _Listener(logging.Handler):
    """Keeps every record at WARNING or above, from all threads."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.expected: list[tuple[str, re.Pattern[str]]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def complaint(self) -> str:
        """Return what was logged unexpectedly or expected in vain; empty if all is well."""
        unseen = list(self.expected)
        lines = []
        for record in self.records:
            matching = [
                (logger, pattern)
                for logger, pattern in self.expected
                if f"{record.name}.".startswith(f"{logger}.")
                and pattern.search(record.getMessage())
            ]
            if not matching:
                lines.append(f"unexpected: {record.levelname} {record.name}: {record.getMessage()}")
                if record.exc_info:
                    lines.append(logging.Formatter().formatException(record.exc_info))
            unseen = [expectation for expectation in unseen if expectation not in matching]
        lines += [f"expected in vain: {logger}: {pattern.pattern}" for logger, pattern in unseen]
        return "\n".join(lines)


@pytest.fixture(autouse=True)
def _listener() -> Iterator[_Listener]:
    """Fail the test if something at WARNING or above was logged that it did not expect."""
    listener = _Listener()
    root, ours = logging.getLogger(), logging.getLogger("desktop_app")
    handlers, level = list(ours.handlers), ours.level
    root.addHandler(listener)
    try:
        yield listener
    finally:
        root.removeHandler(listener)
        # A test that starts the program also starts its log file.
        for handler in set(ours.handlers) - set(handlers):
            ours.removeHandler(handler)
            handler.close()
        ours.setLevel(level)
    complaint = listener.complaint()
    if complaint:
        pytest.fail(f"The log is not as expected:\n{complaint}", pytrace=False)


@pytest.fixture
def expect_log(_listener: _Listener) -> ExpectLog:
    """Return a function that announces records at WARNING or above.

    `expect_log("desktop_app.pdf", "damaged")`: this logger, or one below it, will say something
    that the regular expression finds, at least once during the test.
    """

    def expect(logger: str, pattern: str) -> None:
        _listener.expected.append((logger, re.compile(pattern)))

    return expect
