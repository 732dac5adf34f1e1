"""Understand the words after `bootstrap.py`, prepare what they need, and hand over."""

import os
import signal
import subprocess
from pathlib import Path

import qt_libraries
from environment import Environment, SetupProblem, say

PROJECT = Path(__file__).resolve().parent.parent
WRONG_USAGE = 2
NOT_STARTED = 69
INTERRUPTED = 130
MOST_WORKERS = 4

# What may stand before the verb on the program's command line (see desktop_app/cli/main.py).
OPTIONS_WITH_VALUE = frozenset({"--archive", "--lang"})
OPTIONS_THAT_ANSWER = frozenset({"-h", "--help", "--version"})


def split_words(words: list[str]) -> tuple[str, list[str]]:
    """Return the command and the words to pass on, without a `--` between the two."""
    command, *rest = words or [""]
    return command, rest[1:] if rest[:1] == ["--"] else rest


def opens_window(words: list[str]) -> bool:
    """Return whether the program opens its window when it is started with these words."""
    rest = iter(words)
    for word in rest:
        if word in OPTIONS_THAT_ANSWER:
            return False
        if word in OPTIONS_WITH_VALUE:
            next(rest, None)
        elif not word.startswith("-"):
            return False
    return True


def wait_for(command: list[str], variables: dict[str, str]) -> int:
    """Run `command` as a child, leave Ctrl+C to it, and return its exit status."""
    signal.signal(signal.SIGINT, lambda *_: None)
    status = subprocess.run(command, env=variables, check=False).returncode
    return status if status >= 0 else 128 - status


def hand_over(command: list[str], variables: dict[str, str]) -> int:
    """Let `command` take the place of this process; on Windows, wait for it."""
    if os.name != "nt":
        # Not on Windows, where the shell would go on at once while the program still runs.
        os.execve(command[0], command, variables)  # noqa: S606  (no shell is wanted)
    return wait_for(command, variables)


def run(words: list[str]) -> int:
    """Start the program with `words`."""
    environment = Environment(PROJECT)
    environment.prepare(extras=())
    variables = environment.variables()
    if opens_window(words):
        qt_libraries.check(environment.python, variables, window=True)
    return hand_over([str(environment.python), str(PROJECT / "main.py"), *words], variables)


def test(words: list[str]) -> int:
    """Run the tests, in the project's folder, with `words` for pytest."""
    environment = Environment(PROJECT)
    environment.prepare(extras=("test",))
    variables = {"QT_QPA_PLATFORM": "offscreen", **environment.variables()}
    qt_libraries.check(environment.python, variables, window=False)
    os.chdir(PROJECT)
    return hand_over([str(environment.python), "-m", "pytest", *_workers(words), *words], variables)


def _workers(words: list[str]) -> list[str]:
    """Return how many processes share the tests: one a processor, unless somebody says so.

    Files stay whole, for what their tests share; a few named tests are quicker in one process.
    """
    named = any(not word.startswith("-") for word in words)
    said = any(word.startswith(("-n", "--numprocesses", "--dist")) for word in words)
    count = min(os.cpu_count() or 1, MOST_WORKERS)
    return [] if named or said or count < 2 else ["-n", str(count), "--dist", "loadfile"]


def main(words: list[str], usage: str) -> int:
    """Do what `words` ask for and return the exit status; show `usage` if they make no sense."""
    commands = {"run": run, "test": test}
    command, rest = split_words(words)
    if command not in commands:
        if command not in {"-h", "--help"}:
            say(f'There is no command "{command}".' if command else "Which command?")
        say(usage.strip())
        return 0 if command in {"-h", "--help"} else WRONG_USAGE
    try:
        return commands[command](rest)
    except SetupProblem as problem:
        say(str(problem))
        return NOT_STARTED
    except KeyboardInterrupt:
        say("\nStopped. What was not finished is done again at the next start.")
        return INTERRUPTED
