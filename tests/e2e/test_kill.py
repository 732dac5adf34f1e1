"""The power goes out: what was called done is there, and the archive is whole.

A short and repeatable run of tests/benchmarks/kill_soak.py, which kills as often as one likes.
"""

from pathlib import Path

from tests.benchmarks.kill_soak import Soak

KILLS = 8
LONGEST_S = 1.2


def test_a_killed_program_leaves_a_whole_archive(tmp_path: Path) -> None:
    soak = Soak.begin(tmp_path / "archive", tmp_path, seed=7)
    first = len(soak.said)
    for number in range(KILLS):
        soak.kill_once(number, longest_s=LONGEST_S)
    soak.check_backups()
    assert sum(soak.killed.values()) == KILLS
    # It was killed at work, not before it began.
    assert len(soak.said) > first
    assert sum(soak.commands.values()) > KILLS
