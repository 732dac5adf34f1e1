"""A commit: which segments the index consists of, with the size and checksum of each file.

It takes the place of Whoosh's table of contents, which is a pickle: reading that from a planted
file would run code. One file a commit: the checksum of the rest, NEWLINE, JSON. It is written last;
so the index always is the newest commit that is whole.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop_app.domain.errors import IndexUnusable

from . import files
from .schema import INDEX_VERSION, SEGMENT_FILES

MAX_COMMIT_BYTES = 8_000_000
MAX_TABLE_BYTES = 1 << 30
"""The tables of an index are read into memory: all together may not be larger than this."""
POSTINGS = ".postings"
NOTHING = (-1, 0)
_NAME = re.compile(r"_MAIN_([0-9]{1,15})\.toc")
_SEGMENT_ID = re.compile(r"[0-9a-z]{16}")


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment: how many documents it has, which of them are deleted, and its files.

    `files` maps the ending of a file's name to (size in bytes, checksum).
    """

    id: str
    documents: int
    deleted: frozenset[int] = frozenset()
    files: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    def path(self, folder: Path, ending: str) -> Path:
        """Return where one of the segment's files lies."""
        return folder / f"MAIN_{self.id}{ending}"

    @property
    def size(self) -> int:
        """Return the bytes of all its files."""
        return sum(size for size, _ in self.files.values())


@dataclass(frozen=True, slots=True)
class Commit:
    """One committed state of the index."""

    generation: int
    segments: tuple[SegmentEntry, ...] = ()

    @property
    def name(self) -> str:
        """Return the name of the commit's file."""
        return f"_MAIN_{self.generation}.toc"

    def file_names(self) -> Iterator[str]:
        """Yield the names of all files that belong to the commit."""
        yield self.name
        for segment in self.segments:
            for ending in segment.files:
                yield f"MAIN_{segment.id}{ending}"


def newest(folder: Path) -> tuple[int, int]:
    """Return (generation, time of its file in ns) of the newest commit; `NOTHING` without one."""
    generation = _generation(folder)
    if generation < 0:
        return NOTHING
    try:
        return generation, (folder / Commit(generation).name).lstat().st_mtime_ns
    except OSError:
        return NOTHING


def newest_path(folder: Path) -> Path | None:
    """Return where the newest commit lies, or None without one."""
    generation = _generation(folder)
    return None if generation < 0 else folder / Commit(generation).name


def _generation(folder: Path) -> int:
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return -1
    return max((int(found[1]) for name in names if (found := _NAME.fullmatch(name))), default=-1)


def read(folder: Path) -> Commit | None:
    """Return the newest commit, or None without one. Raises `IndexUnusable`."""
    generation = _generation(folder)
    if generation < 0:
        return None
    content = files.read_small(folder / Commit(generation).name, MAX_COMMIT_BYTES)
    checksum, _, told = content.partition(b"\n")
    if checksum.decode("ascii", "replace") != files.digest(told):
        raise IndexUnusable(detail="its table of contents is damaged")
    found = json.loads(told)
    if found["version"] != INDEX_VERSION or found["byteorder"] != sys.byteorder:
        raise IndexUnusable(detail="it was written by another version or kind of machine")
    if found["generation"] != generation:
        raise IndexUnusable(detail="its table of contents was renamed")
    segments = tuple(_segment(told) for told in found["segments"])
    tables = sum(
        size
        for segment in segments
        for ending, (size, _) in segment.files.items()
        if ending != POSTINGS
    )
    if tables > MAX_TABLE_BYTES:
        raise IndexUnusable(detail="its tables are too large")
    return Commit(generation, segments)


def _segment(told: dict[str, Any]) -> SegmentEntry:
    segment_id, documents = str(told["id"]), int(told["documents"])
    described = {
        str(name): (int(size), str(found)) for name, (size, found) in told["files"].items()
    }
    deleted = frozenset(int(number) for number in told["deleted"])
    if (
        not _SEGMENT_ID.fullmatch(segment_id)
        or described.keys() != set(SEGMENT_FILES)
        # Each document has a byte there at least: what is read bounds what is counted up to.
        or not 0 < documents <= described[".id.col"][0]
        or any(size < 0 for size, _ in described.values())
    ):
        raise IndexUnusable(detail="its table of contents makes no sense")
    return SegmentEntry(segment_id, documents, deleted, described)


def write(folder: Path, commit: Commit) -> None:
    """Write a commit; the files that it names are on the disk already."""
    told = {
        "version": INDEX_VERSION,
        "byteorder": sys.byteorder,
        "generation": commit.generation,
        "segments": [
            {
                "id": segment.id,
                "documents": segment.documents,
                "deleted": sorted(segment.deleted),
                "files": segment.files,
            }
            for segment in commit.segments
        ],
    }
    content = json.dumps(told, separators=(",", ":")).encode()
    files.write_whole(folder / commit.name, files.digest(content).encode() + b"\n" + content)


def problems(folder: Path, commit: Commit, *, deep: bool) -> Iterator[str]:
    """Yield what is wrong with the files of a commit; `deep` reads and compares them all."""
    for segment in commit.segments:
        for ending, (size, checksum) in segment.files.items():
            path = segment.path(folder, ending)
            try:
                found = path.stat().st_size
                if found != size:
                    yield f"{path.name} has {found} bytes instead of {size}"
                elif deep and files.digest_of(path) != checksum:
                    yield f"{path.name} was changed"
            except OSError as error:
                yield f"{path.name}: {error.strerror or error}"
            except IndexUnusable as error:
                yield str(error.fields["detail"])
