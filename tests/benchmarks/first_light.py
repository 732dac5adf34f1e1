"""Import and search of real PDFs: pages a second, peak memory of all processes, time of a search.

    python tests/benchmarks/first_light.py [FOLDER]

Compared with a bare PDFium loop over the same files in this process: what the program adds to
reading (child processes, page health, hashing, copies, database, index) is the ratio.
"""

import os
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil
import pypdfium2

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop_app.domain.operations import run_to_end
from desktop_app.domain.search import SearchRequest
from desktop_app.services.archive import Archive

QUERIES = (
    "impact evaluation", '"labour force"', "قانون المسطرة المدنية", "youth unemployment",
    "prevention of fraud and corruption", "Installation von Debian", "enquête emploi",
    "nätverk installera", "evaluat*", "survey -census", "mentoring OR training",
    "what is the effect of water and sanitation on child health", "المحكمة", "poverty",
    "title:survey", '"impact evaluation"', "wage inequality india", "Paket", "sécurité",
    "constitution", "language:ar طاقة", "method", "the", "of the", "year:2000..2020 labour",
)  # fmt: skip
ROUNDS = 2


class PeakMemory:
    """Samples the resident memory of this process and all its children."""

    def __init__(self) -> None:
        self.peak = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> "PeakMemory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _sample(self) -> None:
        own = psutil.Process()
        while not self._stop.wait(0.02):
            total = 0
            for process in (own, *own.children(recursive=True)):
                try:
                    total += process.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            self.peak = max(self.peak, total)


def read_bare(folder: Path) -> tuple[int, float]:
    """Return (pages, seconds) of reading every PDF below `folder` with PDFium alone."""
    began = time.perf_counter()
    pages = 0
    for path in sorted(folder.rglob("*.pdf")):
        document = pypdfium2.PdfDocument(path)
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            text.get_text_range()
            text.close()
            page.close()
            pages += 1
        document.close()
    return pages, time.perf_counter() - began


def main() -> None:
    """Run the benchmark and print its table."""
    default = Path(os.environ.get("EVALUATION_ARCHIVE_CORPUS", "../shared/corpus")) / "pdf"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    bare_pages, bare_s = read_bare(folder)
    with tempfile.TemporaryDirectory() as scratch:
        archive = Archive.create(Path(scratch) / "archive")
        with PeakMemory() as memory:
            began = time.perf_counter()
            report = run_to_end(archive.importing.import_paths([folder]))
            imported_s = time.perf_counter() - began
            run_to_end(archive.indexing.update())
            indexed_s = time.perf_counter() - began
        times = []
        for query in QUERIES * ROUNDS:
            began = time.perf_counter()
            archive.searching.search(SearchRequest(query, limit=8))
            times.append((time.perf_counter() - began) * 1000)
        archive.close()
    times.sort()
    p95 = times[int(len(times) * 0.95)]
    print(f"files {len(report.files)}, pages {report.pages}, processors {os.cpu_count()}")
    print(f"bare PDFium, one process      {bare_pages / bare_s:7.0f} pages/s")
    print(f"imported                      {report.pages / imported_s:7.0f} pages/s")
    print(f"imported and searchable       {report.pages / indexed_s:7.0f} pages/s")
    print(f"ratio of wall time to bare    {indexed_s / bare_s:7.2f}")
    print(f"peak memory, all processes    {memory.peak / 1e6:7.0f} MB")
    print(
        f"{len(times)} searches, 8 hits each     median {statistics.median(times):.1f} ms, "
        f"95th percentile {p95:.1f} ms, longest {times[-1]:.1f} ms"
    )


if __name__ == "__main__":
    main()
