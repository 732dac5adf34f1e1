"""The index's folder on disk. What lies in it may have been planted: archives are carried about.

So only regular files are opened (a pipe would hang), nothing is written through a name that could
have been prepared as a link, and only files named as this program names them are removed.
"""

import hashlib
import os
import secrets
import shutil
import stat
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from desktop_app.domain.errors import IndexUnusable

OUR_NAMES = ("MAIN", "_MAIN")
"""What the names of all files in the index's folder begin with."""
TEMPORARY = ".tmp"
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_CHUNK = 1 << 20


def open_regular(path: Path) -> BinaryIO:
    """Return an open file; `IndexUnusable` for a pipe, a device or a folder."""
    opened = os.open(path, _READ)
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise IndexUnusable(detail=f"{path.name} is no file")
    return os.fdopen(opened, "rb")


def read_small(path: Path, limit: int) -> bytes:
    """Return a file's bytes; `IndexUnusable` when there are more than `limit`."""
    with open_regular(path) as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise IndexUnusable(detail=f"{path.name} is too large")
    return content


def digest(content: bytes) -> str:
    """Return the checksum of some bytes as it is written in commits."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def digest_of(path: Path) -> str:
    """Return the checksum of a file."""
    found = hashlib.blake2b(digest_size=16)
    with open_regular(path) as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def settle(path: Path) -> tuple[int, str]:
    """Bring a finished file to the disk for good; return its size and checksum."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
    return path.stat().st_size, digest_of(path)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all, under a name nobody can foresee until then."""
    part = path.with_name(f"MAIN-{secrets.token_hex(8)}{TEMPORARY}")
    try:
        with part.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def sweep(folder: Path, keep: Collection[str] = ()) -> None:
    """Remove the index's files from `folder`, except those named in `keep`.

    What is open elsewhere may stay until the next time: Windows can't remove it.
    """
    for entry in _ours(folder):
        if entry.name in keep:
            continue
        with suppress(OSError):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            else:
                Path(entry.path).unlink()


def remove(folder: Path) -> None:
    """Remove the index's files and then `folder`, where nothing else lies in it."""
    with suppress(OSError):
        if folder.is_symlink() or not folder.is_dir():
            folder.unlink()
            return
        sweep(folder)
        folder.rmdir()


def _ours(folder: Path) -> Iterator[os.DirEntry[str]]:
    with suppress(OSError), os.scandir(folder) as entries:
        yield from [entry for entry in entries if entry.name.startswith(OUR_NAMES)]
