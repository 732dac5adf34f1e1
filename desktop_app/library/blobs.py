"""PDFs by the SHA-256 of their bytes: `pdfs/ab/<sha256>.pdf`.

A file is staged first (copied while it is hashed), read there, and only then moved to its final
name; so what is stored is exactly what was read, and a final name never has torn bytes.
"""

import hashlib
import os
import shutil
import uuid
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from desktop_app.domain.errors import DiskFull, NotWritable
from desktop_app.domain.failures import is_disk_full

CHUNK = 1 << 20
SUFFIX = ".pdf"
DAMAGED = "damaged"
"""The folder for files whose bytes are no longer those of their name."""


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A copy in the staging folder with the hash and size (bytes) of what was copied."""

    path: Path
    sha256: str
    size: int


class Blobs:
    """The PDFs of an archive, in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._staging = folder / "staging"

    @property
    def archive_folder(self) -> Path:
        """Return the folder of the archive, which is what people know."""
        return self._folder.parent

    def path(self, sha256: str) -> Path:
        """Return where the file with these bytes lies, whether or not it is there."""
        return self._folder / sha256[:2] / f"{sha256}{SUFFIX}"

    def has(self, sha256: str) -> bool:
        """Return whether the file is there."""
        return self.path(sha256).is_file()

    def is_sound(self, sha256: str) -> bool:
        """Return whether the stored file still has the bytes of its name; reads all of it.

        A file that can't be read (a bad sector) is not sound either.
        """
        try:
            return hash_file(self.path(sha256))[0] == sha256
        except OSError:
            return False

    @contextmanager
    def staging(self) -> Iterator["Staging"]:
        """Give a staging folder of one's own, and remove it with what is left in it.

        Folders that a killed program left behind are removed first.
        """
        self._sweep()
        name = uuid.uuid4().hex
        with adapted_errors(self._folder):
            self._staging.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._staging / f"{name}.lock")
            lock.acquire()
            folder = self._staging / name
            folder.mkdir()
        try:
            yield Staging(self, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            lock.release()
            Path(lock.lock_file).unlink(missing_ok=True)

    def claim(self, name: str) -> FileLock | None:
        """Return a lock of this name, or None where another program holds it.

        The system releases it when the program is killed. Whoever releases it calls `unclaim`.
        """
        with adapted_errors(self._folder):
            self._staging.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._staging / f"{name}.lock")
            try:
                lock.acquire(timeout=0)
            except Timeout:
                return None
        return lock

    def unclaim(self, lock: FileLock) -> None:
        """Release a lock of `claim`, and take its file away."""
        lock.release()
        with suppress(OSError):
            Path(lock.lock_file).unlink(missing_ok=True)

    def hashes(self) -> Iterator[str]:
        """Yield the name (SHA-256) of every stored file."""
        for path in self._folder.glob(f"??/*{SUFFIX}"):
            yield path.stem

    def set_aside(self, sha256: str) -> None:
        """Move a damaged file to `pdfs/damaged/`, where nothing is ever deleted."""
        moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        with adapted_errors(self._folder):
            (self._folder / DAMAGED).mkdir(exist_ok=True)
            target = self._folder / DAMAGED / f"{sha256}-{moment}{SUFFIX}"
            self.path(sha256).replace(target)

    def remove_leftovers(self, known: Collection[str]) -> int:
        """Remove files that are not `known`, and staging folders of killed programs; count files.

        A file that an import under way may just have put there stays.
        """
        self._sweep()
        begun = [folder.stat().st_mtime for folder in self._staging.glob("*/")]
        removed = 0
        for sha256 in list(self.hashes()):
            path = self.path(sha256)
            with adapted_errors(self._folder):
                if sha256 not in known and all(path.stat().st_mtime < moment for moment in begun):
                    path.unlink()
                    removed += 1
        return removed

    def _sweep(self) -> None:
        for folder in self._staging.glob("*/") if self._staging.is_dir() else ():
            lock = FileLock(self._staging / f"{folder.name}.lock")
            try:
                lock.acquire(timeout=0)
            except Timeout:
                continue
            shutil.rmtree(folder, ignore_errors=True)
            lock.release()
            Path(lock.lock_file).unlink(missing_ok=True)


class Staging:
    """A folder for files on their way into the library."""

    def __init__(self, blobs: Blobs, folder: Path) -> None:
        self._blobs = blobs
        self._folder = folder

    def take(self, source: Path | zipfile.Path) -> StagedFile:
        """Copy `source` here; raises OSError when it can't be read, ours when we can't write.

        Of a file that can't be copied whole nothing is left.
        """
        target = self._folder / f"{uuid.uuid4().hex}{SUFFIX}"
        try:
            return self._copy(source, target)
        except BaseException:
            target.unlink(missing_ok=True)
            raise

    def keep(self, staged: StagedFile) -> Path:
        """Move a staged file to its final name and return that; done already is done."""
        final = self._blobs.path(staged.sha256)
        with adapted_errors(self._blobs.archive_folder):
            final.parent.mkdir(parents=True, exist_ok=True)
            if final.is_file() and self._blobs.is_sound(staged.sha256):
                staged.path.unlink(missing_ok=True)
            else:
                staged.path.replace(final)
                _sync_folder(final.parent)
        return final

    def drop(self, staged: StagedFile) -> None:
        """Remove a staged file."""
        staged.path.unlink(missing_ok=True)

    def _copy(self, source: Path | zipfile.Path, target: Path) -> StagedFile:
        digest = hashlib.sha256()
        size = 0
        with source.open("rb") as reading:
            with adapted_errors(self._blobs.archive_folder):
                # A buffer would be written once more on closing, and fail there.
                writing = target.open("wb", buffering=0)
            with writing:
                while chunk := reading.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    left = memoryview(chunk)
                    with adapted_errors(self._blobs.archive_folder):
                        while left:
                            left = left[writing.write(left) :]
                with adapted_errors(self._blobs.archive_folder):
                    os.fsync(writing.fileno())
        return StagedFile(target, digest.hexdigest(), size)


def hash_file(path: Path) -> tuple[str, int]:
    """Return (SHA-256, size in bytes) of a file; raises OSError when it can't be read."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


@contextmanager
def adapted_errors(folder: Path) -> Iterator[None]:
    """Turn failures to write into the archive into `DiskFull` or `NotWritable`."""
    try:
        yield
    except OSError as error:
        if is_disk_full(error):
            raise DiskFull(path=folder) from error
        raise NotWritable(path=folder, detail=error.strerror or error) from error


def _sync_folder(folder: Path) -> None:
    """Make a new name durable where the system can (Windows can't open folders)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
