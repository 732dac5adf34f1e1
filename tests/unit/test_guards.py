"""The guards of tests/conftest.py: they must fail what they are there to fail."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFTEST = Path(__file__).resolve().parents[1] / "conftest.py"


def run_tests(pytester: pytest.Pytester, body: str) -> pytest.RunResult:
    """Run the test file `body` under the project's conftest.py."""
    pytester.makeconftest(CONFTEST.read_text("utf-8"))
    pytester.makepyfile(f"import logging, os, threading\nfrom pathlib import Path\n{body}")
    return pytester.runpytest_subprocess("-p", "no:cacheprovider")


def test_unexpected_warning_fails(pytester: pytest.Pytester) -> None:
    result = run_tests(
        pytester,
        "def test_it(): logging.getLogger('desktop_app.pdf').warning('page %d is odd', 3)",
    )
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*unexpected: WARNING desktop_app.pdf: page 3 is odd*"])


def test_warning_from_another_thread_fails(pytester: pytest.Pytester) -> None:
    result = run_tests(
        pytester,
        "def test_it():\n"
        "    thread = threading.Thread(target=lambda: logging.getLogger('x').error('lost'))\n"
        "    thread.start(); thread.join()",
    )
    result.assert_outcomes(passed=1, errors=1)


def test_quiet_records_pass(pytester: pytest.Pytester) -> None:
    result = run_tests(pytester, "def test_it(): logging.getLogger('desktop_app').info('fine')")
    result.assert_outcomes(passed=1)


def test_expected_warning_passes_and_no_other(pytester: pytest.Pytester) -> None:
    result = run_tests(
        pytester,
        "def test_same(expect_log):\n"
        "    expect_log('desktop_app', 'odd')\n"
        "    logging.getLogger('desktop_app.pdf').warning('odd page')\n"
        "def test_other_text(expect_log):\n"
        "    expect_log('desktop_app', 'odd')\n"
        "    logging.getLogger('desktop_app').warning('odd page')\n"
        "    logging.getLogger('desktop_app').warning('even page')\n"
        "def test_other_logger(expect_log):\n"
        "    expect_log('desktop', 'odd')\n"
        "    logging.getLogger('desktop_app').warning('odd page')\n",
    )
    result.assert_outcomes(passed=3, errors=2)
    result.stdout.fnmatch_lines(["*unexpected: WARNING desktop_app: even page*"])


def test_warning_expected_in_vain_fails(pytester: pytest.Pytester) -> None:
    result = run_tests(pytester, "def test_it(expect_log): expect_log('desktop_app', 'odd')")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*expected in vain: desktop_app: odd*"])


def test_each_test_has_an_empty_home(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = tmp_path / "real"
    real.mkdir()
    for variable in ("HOME", "USERPROFILE", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(real))
    result = run_tests(
        pytester,
        "import pytest\n"
        "from platformdirs import user_data_path\n"
        "@pytest.fixture(scope='session')\n"
        "def early(): return Path.home()\n"
        "@pytest.mark.parametrize('turn', [1, 2])\n"
        "def test_it(turn, home, early):\n"
        f"    assert Path({str(real)!r}) not in (Path.home(), early)\n"
        "    assert Path.home() == home\n"
        "    assert user_data_path().is_relative_to(home)\n"
        "    assert not any(path.is_file() for path in home.rglob('*'))\n"
        "    (home / 'left').touch()\n",
    )
    result.assert_outcomes(passed=2)
    assert not list(real.iterdir())


def test_missing_corpus_is_a_skip_with_a_reason(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVALUATION_ARCHIVE_CORPUS", "nowhere")
    result = run_tests(pytester, "def test_it(corpus): pass")
    result.assert_outcomes(skipped=1)


def test_named_corpus_is_used(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EVALUATION_ARCHIVE_CORPUS", str(tmp_path))
    result = run_tests(pytester, f"def test_it(corpus): assert corpus == Path({str(tmp_path)!r})")
    result.assert_outcomes(passed=1)
