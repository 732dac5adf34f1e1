"""An archive and some reports for the command line."""

from pathlib import Path

import pytest

from tests.e2e.program import Program
from tests.samples import write_pdf


@pytest.fixture
def program(tmp_path: Path) -> Program:
    started = Program(tmp_path / "archive")
    assert started.run("new").returncode == 0
    return started


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    write_pdf(
        folder / "mentoring.pdf",
        ["Contents", "The labour force of mentors. An impact evaluation of mentoring."],
        {"Title": "Mentoring young people in 2021"},
    )
    write_pdf(folder / "ungdom.pdf", ["Utvärdering av ett projekt för ungdomar i Malmö"])
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing more")
    return folder
