"""Backup into one file, while the program runs, and back out of it.

A backup is a ZIP: `manifest.json` (what is in it, with the SHA-256 of each), `archive.sqlite` (one
consistent state), and `pdfs/ab/<sha256>.pdf`. The index is derived and stays out.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from desktop_app.config.storage_places import require_safe
from desktop_app.domain.errors import (
    ArchiveExists,
    BackupExists,
    BackupInvalid,
    DiskFull,
    FolderNotEmpty,
    NotWritable,
    PathNotFound,
)
from desktop_app.domain.failures import is_disk_full
from desktop_app.domain.opening_errors import BackupNewer
from desktop_app.domain.operations import Operation, Progress
from desktop_app.library.blobs import CHUNK, Blobs
from desktop_app.store.database import HEADER_SIZE, Database, version_in
from desktop_app.store.migrations import SCHEMA_MAJOR
from desktop_app.store.records import Records

FORMAT = "evaluation-archive-backup"
VERSION = 1
MANIFEST = "manifest.json"
DATABASE = "archive.sqlite"
MAX_MANIFEST = 200_000_000
_NAME = re.compile(r"archive\.sqlite|pdfs/[0-9a-f]{2}/[0-9a-f]{64}\.pdf")


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds; `missing` names files that the archive itself had lost."""

    path: Path
    files: int
    size: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """Where a backup was restored to, and how many files it had."""

    folder: Path
    files: int


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    size: int
    sha256: str


class Backups:
    """Writes backups of an archive."""

    def __init__(self, database: Database, records: Records, blobs: Blobs) -> None:
        self._database = database
        self._records = records
        self._blobs = blobs

    def backup(self, path: Path) -> Operation[BackupReport]:
        """Write a backup to `path`; it appears there whole or not at all. Counts files.

        Raises `BackupExists` rather than write over a file, `DiskFull`, `NotWritable`.
        """
        path = path.absolute()
        if path.exists():
            raise BackupExists(path=path)
        part = path.with_name(path.name + ".part")
        try:
            with _adapted(path), tempfile.TemporaryDirectory(dir=path.parent) as scratch:
                snapshot = Path(scratch) / DATABASE
                self._database.copy_to(snapshot)
                report = yield from self._write(part, snapshot)
                part.replace(path)
                return BackupReport(path, report.files, path.stat().st_size, report.missing)
        finally:
            part.unlink(missing_ok=True)

    def _write(self, part: Path, snapshot: Path) -> Operation[BackupReport]:
        held = self._records.files()
        entries: list[_Entry] = []
        missing: list[str] = []
        with part.open("wb") as raw:
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
                entries.append(_add(archive, snapshot, DATABASE, zipfile.ZIP_DEFLATED))
                for done, stored in enumerate(held, 1):
                    path = self._blobs.path(stored.sha256)
                    name = f"pdfs/{stored.sha256[:2]}/{path.name}"
                    if path.is_file():
                        entries.append(_add(archive, path, name, zipfile.ZIP_STORED))
                    else:
                        missing.append(stored.file_name)
                    yield Progress(done, len(held), stored.file_name)
                manifest = {
                    "format": FORMAT,
                    "version": VERSION,
                    "files": [
                        {"name": e.name, "size": e.size, "sha256": e.sha256} for e in entries
                    ],
                }
                archive.writestr(MANIFEST, json.dumps(manifest, indent=1), zipfile.ZIP_DEFLATED)
            raw.flush()
            os.fsync(raw.fileno())
        return BackupReport(part, len(entries), part.stat().st_size, tuple(missing))


def restore_backup(path: Path, folder: Path) -> Operation[RestoreReport]:
    """Restore a backup into `folder`, which must not exist or be empty; counts files.

    Everything is checked against the manifest before the folder appears. The backup of an earlier
    release is brought up to date when it is first opened. Raises `BackupInvalid`, `BackupNewer`,
    `UnsafePlace`, `ArchiveExists`, `FolderNotEmpty`, `DiskFull`, `NotWritable`.
    """
    path, folder = path.absolute(), folder.absolute()
    if not path.is_file():
        raise PathNotFound(path=path)
    if (folder / DATABASE).exists():
        raise ArchiveExists(folder=folder)
    if folder.is_dir() and any(folder.iterdir()):
        raise FolderNotEmpty(folder=folder)
    require_safe(folder)
    with _adapted(folder), _readable(path), zipfile.ZipFile(path) as archive:
        entries = _manifest(path, archive)
        _require_known(path, archive)
    with _adapted(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        with _adapted(folder), _readable(path), zipfile.ZipFile(path) as archive:
            for done, entry in enumerate(entries, 1):
                _extract(path, archive, entry, scratch / entry.name)
                yield Progress(done, len(entries), entry.name)
        with _adapted(folder):
            if folder.is_dir():
                folder.rmdir()
            scratch.replace(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return RestoreReport(folder, len(entries))


def _add(archive: zipfile.ZipFile, path: Path, name: str, compression: int) -> _Entry:
    digest = hashlib.sha256()
    size = 0
    info = zipfile.ZipInfo.from_file(path, name)
    info.compress_type = compression
    with path.open("rb") as reading, archive.open(info, "w") as writing:
        while chunk := reading.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            writing.write(chunk)
    return _Entry(name, size, digest.hexdigest())


def _manifest(path: Path, archive: zipfile.ZipFile) -> list[_Entry]:
    try:
        if archive.getinfo(MANIFEST).file_size > MAX_MANIFEST:
            raise BackupInvalid(path=path, detail="its list of files is too long")
        manifest = json.loads(archive.read(MANIFEST))
        if manifest["format"] != FORMAT or manifest["version"] != VERSION:
            raise BackupInvalid(path=path, detail="it is of another kind or a newer version")
        entries = [
            _Entry(str(file["name"]), int(file["size"]), str(file["sha256"]))
            for file in manifest["files"]
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise BackupInvalid(path=path, detail="it has no readable list of its files") from error
    names = [entry.name for entry in entries]
    if DATABASE not in names or len(set(names)) != len(names):
        raise BackupInvalid(path=path, detail="its list of files is not whole")
    if not all(_NAME.fullmatch(name) for name in names):
        raise BackupInvalid(path=path, detail="it lists files that no archive has")
    return entries


def _require_known(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse what this release can't read, before anything is written."""
    try:
        with archive.open(DATABASE) as reading:
            version = version_in(reading.read(HEADER_SIZE))
    except KeyError as error:
        raise BackupInvalid(path=path, detail=f"{DATABASE} is missing") from error
    if version is None:
        raise BackupInvalid(path=path, detail=f"its {DATABASE} is none of this program")
    if version > SCHEMA_MAJOR:
        raise BackupNewer(path=path, found=version, known=SCHEMA_MAJOR)


def _extract(path: Path, archive: zipfile.ZipFile, entry: _Entry, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    size = 0
    try:
        reading: IO[bytes] = archive.open(entry.name)
    except KeyError as error:
        raise BackupInvalid(path=path, detail=f"{entry.name} is missing") from error
    with reading, target.open("xb") as writing:
        while chunk := reading.read(CHUNK):
            size += len(chunk)
            if size > entry.size:
                break
            digest.update(chunk)
            writing.write(chunk)
        writing.flush()
        os.fsync(writing.fileno())
    if size != entry.size or digest.hexdigest() != entry.sha256:
        raise BackupInvalid(path=path, detail=f"{entry.name} is damaged")


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        # RuntimeError: locked with a password, or packed in a way that Python can't unpack.
        raise BackupInvalid(path=path, detail=str(error)) from error


@contextmanager
def _adapted(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if is_disk_full(error):
            raise DiskFull(path=path) from error
        raise NotWritable(path=path, detail=error.strerror or error) from error
