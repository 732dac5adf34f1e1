"""Reading PDFs in child processes: hostile files, dead and hanging processes, the end of all."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from desktop_app.domain.errors import WorkerLost
from desktop_app.domain.extraction import Extraction, Refusal, RefusalCode
from desktop_app.domain.records import NoText
from desktop_app.pdf.child import Child, ChildEnded
from desktop_app.pdf.limits import Limits
from desktop_app.pdf.messages import Done, Opened, Ready
from desktop_app.pdf.pool import ExtractionPool
from tests.unit.pdf.documents import PdfBuilder, text_pdf

PROJECT = Path(__file__).resolve().parents[3]
LONG_S = 60.0
ENGINES = {"PySide6", "defusedxml", "pypdf", "pypdfium2"}
signals_only = pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")


def readers(of: psutil.Process | None = None) -> list[psutil.Process]:
    """Return the reading processes that a process, by default this one, has started."""
    found = []
    for child in (of or psutil.Process()).children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if any("spawn_main" in word for word in child.cmdline()):
                found.append(child)
    return found


@pytest.fixture(autouse=True)
def no_process_is_left() -> Iterator[None]:
    yield
    assert not readers()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.pdf"
    path.write_bytes(text_pdf("one", "two", "three"))
    return path


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """A file whose second and fourth page of five take all memory they can get."""
    builder = PdfBuilder()
    for number in range(1, 6):
        if number in {2, 4}:
            builder.add_endless_page()
        else:
            builder.add_text_page(f"page {number}")
    path = tmp_path / "endless.pdf"
    path.write_bytes(builder.build())
    return path


def result(pool: ExtractionPool, path: Path) -> Extraction | Refusal:
    pool.submit("key", path)
    found = pool.next_result(LONG_S)
    assert found is not None
    assert found[0] == "key"
    return found[1]


def texts(found: Extraction | Refusal) -> list[str]:
    assert isinstance(found, Extraction)
    return [page.text for page in found.pages]


def refusal(found: Extraction | Refusal) -> Refusal:
    assert isinstance(found, Refusal)
    return found


def test_every_file_gets_its_result(tmp_path: Path) -> None:
    wanted = {}
    for number in range(12):
        path = tmp_path / f"{number} öäü.pdf"
        path.write_bytes(text_pdf(f"file {number}") if number % 4 else b"<html>")
        wanted[str(number)] = path
    with ExtractionPool(2) as pool:
        for key, path in wanted.items():
            pool.submit(key, path)
        assert pool.outstanding == 12
        found = dict(pool.results())
        assert pool.outstanding == 0
        assert pool.next_result() is None
        assert len(readers()) == 2
    assert set(found) == set(wanted)
    for key, one in found.items():
        if int(key) % 4:
            assert texts(one) == [f"file {key}"]
        else:
            assert refusal(one) == Refusal(
                wanted[key], RefusalCode.NOT_A_PDF, {"found": "a web page (HTML)"}
            )


def test_one_file_starts_one_process(good: Path) -> None:
    with ExtractionPool(4) as pool:
        assert texts(result(pool, good)) == ["one", "two", "three"]
        assert len(readers()) == 1


def test_pages_that_take_all_memory_are_marked_and_the_others_read(endless: Path) -> None:
    with ExtractionPool(1, Limits(process_mb=200)) as pool:
        found = result(pool, endless)
        assert texts(found) == ["page 1", "", "page 3", "", "page 5"]
        assert isinstance(found, Extraction)
        assert [page.no_text for page in found.pages if page.no_text] == [NoText.TOO_LARGE] * 2
        assert found.hazardous


def test_after_too_many_stops_the_rest_is_marked(endless: Path) -> None:
    with ExtractionPool(1, Limits(process_mb=200, max_stops=1)) as pool:
        found = result(pool, endless)
    assert texts(found) == ["page 1", "", "", "", ""]


def test_file_of_one_endless_page_is_refused_and_others_go_on(good: Path, tmp_path: Path) -> None:
    builder = PdfBuilder()
    builder.add_endless_page()
    endless = tmp_path / "endless.pdf"
    endless.write_bytes(builder.build())
    with ExtractionPool(2, Limits(process_mb=200)) as pool:
        pool.submit("endless", endless)
        pool.submit("good", good)
        found = dict(pool.results())
    assert texts(found["good"]) == ["one", "two", "three"]
    assert refusal(found["endless"]).code is RefusalCode.TOO_LARGE
    assert refusal(found["endless"]).fields == {"megabytes": 200}


def test_packed_gigabyte_takes_no_gigabyte(tmp_path: Path, good: Path) -> None:
    builder = PdfBuilder()
    builder.add_page(b"q Q " * (64 << 20), packed=True)
    path = tmp_path / "bomb.pdf"
    path.write_bytes(builder.build())
    with ExtractionPool(1, Limits(process_mb=200)) as pool:
        assert refusal(result(pool, path)).code is RefusalCode.TOO_LARGE
        assert texts(result(pool, good)) == ["one", "two", "three"]


@signals_only
def test_hanging_process_is_stopped_and_replaced(good: Path) -> None:
    with ExtractionPool(1, Limits(open_s=0.3)) as pool:
        assert texts(result(pool, good))
        (reader,) = readers()
        reader.suspend()
        found = refusal(result(pool, good))
        assert found.code is RefusalCode.TOO_SLOW
        assert re.search(r"longer than \d+ seconds", found.reason)
        assert not reader.is_running()
        assert texts(result(pool, good)) == ["one", "two", "three"]


def test_file_over_its_time_keeps_what_was_read(tmp_path: Path) -> None:
    builder = PdfBuilder()
    builder.pages = [builder.add_text_page(*["some text"] * 40)] * 25_000
    path = tmp_path / "long.pdf"
    path.write_bytes(builder.build() + b"%" * 200_000)
    with ExtractionPool(1, Limits(file_s=1.0)) as pool:
        found = result(pool, path)
    if isinstance(found, Refusal):
        # A machine with no time left may not even open it in time.
        assert found.code is RefusalCode.TOO_SLOW
    else:
        assert len(found.pages) == 25_000
        assert found.hazardous
        assert found.pages[0].text
        assert found.pages[-1].no_text is NoText.TOO_SLOW


def test_process_that_dies_idle_costs_no_file(good: Path) -> None:
    with ExtractionPool(1) as pool:
        assert texts(result(pool, good))
        (reader,) = readers()
        reader.kill()
        psutil.wait_procs([reader], timeout=LONG_S)
        assert texts(result(pool, good)) == ["one", "two", "three"]


def test_process_that_is_killed_at_work_costs_a_page_at_most(tmp_path: Path, good: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(text_pdf(*[f"page {number}" for number in range(3_000)]))
    with ExtractionPool(1) as pool:
        assert texts(result(pool, good))
        (reader,) = readers()
        pool.submit("long", path)
        pool.submit("good", good)
        reader.kill()
        found = dict(pool.results())
    assert texts(found["good"]) == ["one", "two", "three"]
    long = found["long"]
    if isinstance(long, Refusal):
        assert long.code is RefusalCode.CRASHED
    else:
        lost = [page for page in long.pages if page.no_text]
        assert len(long.pages) == 3_000
        assert len(lost) <= 1


@signals_only
def test_keyboard_interrupt_in_the_terminal_does_not_reach_processes(good: Path) -> None:
    with ExtractionPool(1) as pool:
        assert texts(result(pool, good))
        (reader,) = readers()
        os.kill(reader.pid, signal.SIGINT)
        assert texts(result(pool, good))
        assert readers() == [reader]


def test_worn_process_is_replaced(good: Path) -> None:
    with ExtractionPool(1, Limits(files_a_process=1)) as pool:
        assert texts(result(pool, good)) == texts(result(pool, good))


def test_process_that_does_not_start_is_an_error(good: Path) -> None:
    with ExtractionPool(1, Limits(start_s=0.0)) as pool:
        pool.submit("good", good)
        with pytest.raises(WorkerLost):
            pool.next_result(LONG_S)


def test_timeout_returns_without_a_result(good: Path) -> None:
    with ExtractionPool(1) as pool:
        pool.submit("good", good)
        assert pool.next_result(0.0) is None
        assert pool.outstanding == 1
        assert pool.next_result(LONG_S) is not None


def test_cancel_forgets_everything_and_the_pool_goes_on(good: Path, tmp_path: Path) -> None:
    long = tmp_path / "long.pdf"
    long.write_bytes(text_pdf(*["page"] * 3_000))
    with ExtractionPool(2) as pool:
        for number in range(50):
            pool.submit(f"old {number}", good if number % 2 else long)
        assert pool.next_result(LONG_S) is not None
        pool.cancel()
        assert pool.outstanding == 0
        assert pool.next_result() is None
        for number in range(5):
            pool.submit(f"new {number}", good)
        assert sorted(key for key, _ in pool.results()) == [f"new {number}" for number in range(5)]


def test_caller_that_does_not_fetch_is_waited_for(good: Path) -> None:
    with ExtractionPool(1) as pool:
        for number in range(30):
            pool.submit(str(number), good)
        assert pool.next_result(LONG_S) is not None
        assert len(list(pool.results())) == 29


def test_closing_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(text_pdf(*["page"] * 3_000))
    pool = ExtractionPool(2)
    pool.submit("long", path)
    pool.close()
    pool.close()
    assert pool.next_result() is None


def test_parent_needs_no_engine(tmp_path: Path) -> None:
    script = "import sys, desktop_app.pdf.pool; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    loaded = done.stdout.split()
    assert not [name for name in loaded if name.split(".")[0] in ENGINES]


SCRIPT = """
    import sys
    from pathlib import Path
    from desktop_app.pdf.pool import ExtractionPool

    def main() -> None:
        with ExtractionPool(int(sys.argv[1])) as pool:
            for name in sys.argv[2:]:
                pool.submit(name, Path(name))
            for key, found in pool.results():
                print(Path(key).name, flush=True)

    if __name__ == "__main__":
        main()
"""


def start_program(tmp_path: Path, *files: Path, jobs: int = 2) -> subprocess.Popen[str]:
    """Start a program of its own that reads files and prints their names."""
    script = tmp_path / "program.py"
    script.write_text(textwrap.dedent(SCRIPT), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, script, str(jobs), *files],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_processes_print_and_leave_nothing(tmp_path: Path, endless: Path) -> None:
    builder = PdfBuilder()
    font = builder.add_font({65: "ي", 66: "ب", 67: "Β", 68: "ϲ"})
    builder.add_text_page("ABCD DCBA", font=font)
    noisy = tmp_path / "noisy.pdf"
    noisy.write_bytes(builder.build().replace(b"/Root 1", b"/Root 1 /Broken"))
    before = set(tmp_path.rglob("*"))
    program = start_program(tmp_path, noisy, endless)
    out, errors = program.communicate(timeout=LONG_S)
    assert (sorted(out.split()), errors) == (["endless.pdf", "noisy.pdf"], "")
    assert program.returncode == 0
    assert set(tmp_path.rglob("*")) == before | {tmp_path / "program.py"}


@signals_only
def test_keyboard_interrupt_of_the_whole_program_is_told_by_the_parent_alone(
    tmp_path: Path, good: Path
) -> None:
    program = start_program(tmp_path, *[good] * 200)
    assert program.stdout is not None
    assert program.stdout.readline()
    started = readers(psutil.Process(program.pid))
    os.killpg(program.pid, signal.SIGINT)
    _, errors = program.communicate(timeout=LONG_S)
    assert errors.count("Traceback") == 1
    assert errors.rstrip().endswith("KeyboardInterrupt")
    assert not psutil.wait_procs(started, timeout=LONG_S)[1]


@pytest.mark.parametrize("frozen", [False, True])
def test_processes_end_with_a_parent_that_is_killed(
    tmp_path: Path, good: Path, frozen: bool
) -> None:
    builder = PdfBuilder()
    builder.pages = [builder.add_page()] * 20_000
    long = tmp_path / "long.pdf"
    long.write_bytes(builder.build() + b"%" * 200_000)
    # A process that is still beginning can be frozen before it is tied to its parent.
    program = start_program(tmp_path, good, *[long] * 50, jobs=1 if frozen else 2)
    assert program.stdout is not None
    assert program.stdout.readline().strip() == "good.pdf"
    started = readers(psutil.Process(program.pid))
    assert started
    if frozen and sys.platform == "linux":
        # Nobody can be told anything: only the system can end a process that stands still.
        for reader in started:
            reader.suspend()
    program.kill()
    program.communicate(timeout=LONG_S)
    gone, alive = psutil.wait_procs(started, timeout=LONG_S)
    assert not alive
    assert len(gone) == len(started)


def test_page_by_page_and_from_any_page(good: Path) -> None:
    child = Child(300, time.monotonic)
    try:
        assert isinstance(child.receive(), Ready)
        child.request(good, 2)
        assert child.receive() == Opened(3, {})
        numbers = [getattr(child.receive(), "number", None) for _ in range(2)]
        assert numbers == [2, 3]
        received = child.receive()
        while not isinstance(received, Done):
            received = child.receive()
        assert child.memory() > 0
        for reader in readers():
            reader.kill()
        with pytest.raises(ChildEnded):
            child.receive()
        assert not child.ran_out_of_memory()
    finally:
        child.stop()
