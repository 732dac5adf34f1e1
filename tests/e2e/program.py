"""The program as its users and their scripts start it: `python main.py ...`."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

MAIN = Path(__file__).resolve().parents[2] / "main.py"


class Program:
    """Runs verbs on one archive."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def command(self, *words: str | Path) -> list[str]:
        """Return the words of a command."""
        return [sys.executable, str(MAIN), "--archive", str(self.folder), *map(str, words)]

    def run(
        self, *words: str | Path, given: str = "", encoding: str = "utf-8", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a verb to its end, with `given` on standard input and environment `variables`.

        Bytes that are no text in `encoding` are lone surrogates, in `given` and in the output.
        """
        return subprocess.run(
            self.command(*words),
            check=False,
            capture_output=True,
            text=True,
            input=given,
            encoding=encoding,
            errors="surrogateescape",
            env=os.environ | variables,
            timeout=120,
        )

    def ask(self, *words: str | Path, status: int = 0) -> Any:
        """Run a verb with --json and return its object."""
        ended = self.run("--json", *words)
        assert ended.returncode == status, ended.stderr
        return json.loads(ended.stdout)
