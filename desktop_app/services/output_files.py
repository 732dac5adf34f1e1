"""Writing files for people, outside of the archive: whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from desktop_app.domain.errors import DiskFull, NotWritable, PathNotFound
from desktop_app.domain.export_errors import TargetInArchive, TargetNotFile
from desktop_app.domain.failures import is_disk_full


def find_place(target: Path, archive: Path | None = None) -> Path:
    """Return where a file is to be written that people call `target`; a link is followed.

    Raises:
        PathNotFound: its folder does not exist.
        TargetNotFile: there is a folder, or something else that is no file.
        TargetInArchive: it lies in the folder `archive`.
        NotWritable: it is read-only, or a link that leads to itself.
    """
    with _adapted(target):
        try:
            place = target.resolve()
        except RuntimeError:
            place = target.absolute()
        if place.is_symlink():
            raise NotWritable(path=target, detail="the link leads to itself")
        if not place.parent.is_dir():
            raise PathNotFound(path=place.parent)
        if place.exists() and not place.is_file():
            raise TargetNotFile(path=target)
        if archive is not None and any(parent.samefile(archive) for parent in place.parents):
            raise TargetInArchive(path=target)
        if place.exists() and not os.access(place, os.W_OK):
            raise NotWritable(path=target, detail="it is read-only")
    return place


def write_whole(place: Path, write: Callable[[Path], Sequence[Path]]) -> tuple[Path, ...]:
    """Let `write` make the file, and others beside it, and return them in their places.

    `write` gets a path of the same name in a folder of its own and returns what it wrote there.
    When anything fails, all files that were there before are as they were. Raises `DiskFull` and
    `NotWritable`.
    """
    with (
        _adapted(place),
        tempfile.TemporaryDirectory(
            prefix=".export-", dir=place.parent, ignore_cleanup_errors=True
        ) as scratch,
    ):
        new, old = Path(scratch) / "new", Path(scratch) / "old"
        new.mkdir()
        old.mkdir()
        written = write(new / place.name)
        for path in written:
            with path.open("rb+") as stream:
                os.fsync(stream.fileno())
        return _take_places(written, place.parent, old)


def _take_places(written: Sequence[Path], folder: Path, old: Path) -> tuple[Path, ...]:
    finals = [folder / path.name for path in written]
    if len(finals) > 1:
        for final in finals:
            if final.exists():
                shutil.copy2(final, old / final.name)
    done: list[Path] = []
    try:
        for path, final in zip(written, finals, strict=True):
            # A spreadsheet program may hold one of them open: then none is replaced.
            path.replace(final)
            done.append(final)
    except BaseException:
        for final in done:
            before = old / final.name
            if before.exists():
                before.replace(final)
            else:
                final.unlink()
        raise
    return tuple(finals)


@contextmanager
def _adapted(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        # The one of several files that is to blame; what lies in between means nothing to people.
        blamed = [Path(name) for name in (error.filename2, error.filename) if name is not None]
        named = next((one for one in blamed if one.parent == path.parent), path)
        if is_disk_full(error):
            raise DiskFull(path=named) from error
        raise NotWritable(path=named, detail=error.strerror or error) from error
