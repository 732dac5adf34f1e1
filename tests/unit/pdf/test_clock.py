"""The clock of the deadlines, and a real pause."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from desktop_app.pdf.clock import LONGEST_LOOK_S, WatchedTime
from tests.unit.pdf.documents import text_pdf

PROJECT = Path(__file__).resolve().parents[3]
DEADLINE_S = 5.0


def test_time_under_watch_counts_and_a_pause_does_not() -> None:
    times = iter([100.0, 100.25, 100.5, 5000.5, 5000.75])
    clock = WatchedTime(lambda: next(times))
    assert [clock.now(), clock.now()] == [0.25, 0.5]
    assert clock.now() == 0.5 + LONGEST_LOOK_S
    assert clock.now() == 0.75 + LONGEST_LOOK_S


def test_time_never_runs_backwards() -> None:
    times = iter([10.0, 5.0, 5.5])
    clock = WatchedTime(lambda: next(times))
    assert [clock.now(), clock.now()] == [0.0, 0.5]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")
def test_pause_of_the_whole_program_is_nobody_s_fault(tmp_path: Path) -> None:
    good, long = tmp_path / "good.pdf", tmp_path / "long.pdf"
    good.write_bytes(text_pdf("one"))
    long.write_bytes(text_pdf(*[f"page {number}" for number in range(3_000)]))
    script = f"""
        from pathlib import Path
        from desktop_app.pdf.limits import Limits
        from desktop_app.pdf.pool import ExtractionPool
        if __name__ == "__main__":
            limits = Limits(*[{DEADLINE_S}] * 4)
            with ExtractionPool(1, limits) as pool:
                pool.submit("good", Path({str(good)!r}))
                pool.next_result()
                pool.submit("long", Path({str(long)!r}))
                print("at work", flush=True)
                _, found = pool.next_result()
                print([page.no_text for page in found.pages].count(None), found.hazardous)
        """
    program = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with program:
        assert program.stdout is not None
        assert program.stdout.readline() == "at work\n"
        os.killpg(program.pid, signal.SIGSTOP)
        try:
            # A stopped program ends at no time: this waits for longer than any deadline.
            with pytest.raises(subprocess.TimeoutExpired):
                program.wait(DEADLINE_S + 2)
        finally:
            os.killpg(program.pid, signal.SIGCONT)
        assert program.stdout.read() == "3000 False\n"
    assert program.returncode == 0
