"""How much time and memory reading a PDF may take."""

from dataclasses import dataclass

MAX_PAGES = 30_000
FEWEST_PAGE_BYTES = 8
"""No file holds a page in less: a claim of more pages than that is false."""
FEW_PAGES = 100
USUAL_PAGE_BYTES = 1_000
LEAST_SHARE_THERE = 0.1
"""Where fewer of many pages can be loaded, and the file is small for them, they never were."""
MAX_PAGE_CHARACTERS = 1_000_000
"""A page that holds more is no page for people."""
MAX_FILE_CHARACTERS = 20_000_000
"""Text of one file that the program keeps; a thousand dense pages have four million."""
MAX_MESSAGE_BYTES = 16 << 20
"""The longest message that is taken from a reading process, several times the longest page."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a pool of reading processes; times are wall-clock seconds.

    `start_s` is how long a process may take to begin, `open_s` to open a file, `page_s` to read one
    page, `file_s` to read a whole file with all new starts. `pool_mb` is the memory of all
    processes together in megabytes, `process_mb` the most that one of them gets. After `max_stops`
    stopped processes a file is given up; after `files_a_process` files a process is replaced.
    """

    start_s: float = 30.0
    open_s: float = 20.0
    page_s: float = 15.0
    file_s: float = 50.0
    pool_mb: int = 1000
    process_mb: int = 400
    max_stops: int = 3
    files_a_process: int = 200

    def megabytes_each(self, jobs: int) -> int:
        """Return the memory of each of `jobs` processes in megabytes."""
        return min(self.process_mb, self.pool_mb // jobs)
