"""How fast PDFs are read, and how much memory that takes.

python -m tests.benchmarks.extraction FOLDER [--jobs N]

reads every PDF below FOLDER in N processes and prints pages a second, characters, the most memory
of one process and of all together, and the slowest files.
"""

import argparse
import threading
import time
from pathlib import Path

import psutil

from desktop_app.domain.extraction import Extraction
from desktop_app.pdf.pool import ExtractionPool


class MemoryWatch:
    """Notes the most memory in bytes of this process and those it starts. Use in a `with` block."""

    def __init__(self) -> None:
        self.process = 0
        self.all = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> "MemoryWatch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        here = psutil.Process()
        while not self._done.wait(0.05):
            sizes = [here.memory_info().rss]
            for process in here.children(recursive=True):
                try:
                    sizes.append(process.memory_info().rss)
                except psutil.Error:
                    continue
            self.process = max(self.process, *sizes)
            self.all = max(self.all, sum(sizes))


def measure(folder: Path, jobs: int | None) -> None:
    """Read every PDF below `folder` once and print what it took."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() == ".pdf")
    pages = characters = refused = 0
    finished: list[tuple[float, Path]] = []
    with MemoryWatch() as memory, ExtractionPool(jobs) as pool:
        started = last = time.perf_counter()
        for path in paths:
            pool.submit(str(path), path)
        for key, found in pool.results():
            now = time.perf_counter()
            finished.append((now - last, Path(key)))
            last = now
            if isinstance(found, Extraction):
                pages += len(found.pages)
                characters += sum(len(page.text) for page in found.pages)
            else:
                refused += 1
        seconds = time.perf_counter() - started
    print(f"{len(paths)} files, {refused} refused, {pages} pages, {characters} characters")
    print(f"{seconds:.1f} s, {pages / seconds:.0f} pages a second")
    print(f"most memory: {memory.process / 1e6:.0f} MB a process, {memory.all / 1e6:.0f} MB in all")
    print("longest waits for a result:")
    for wait, path in sorted(finished, reverse=True)[:5]:
        print(f"  {wait:6.2f} s  {path.name}")


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=None)
    chosen = parser.parse_args()
    measure(chosen.folder, chosen.jobs)


if __name__ == "__main__":
    main()
