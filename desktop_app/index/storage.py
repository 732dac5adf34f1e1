"""The index's folder as Whoosh writes to it, and the errors that arise there as ours."""

import errno
import struct
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from desktop_app.domain.errors import ArchiveError, DiskFull, IndexUnusable, NotWritable
from desktop_app.domain.failures import is_disk_full

from .files import TEMPORARY

SAFE = "the records are safe, only the search index is waiting"
_VANISHED = frozenset({errno.ENOENT, errno.ESTALE})


class IndexStorage(FileStorage):  # type: ignore[misc]
    """The folder a segment is written to.

    Nothing that lies there is opened for writing: a name could have been prepared as a link.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), supports_mmap=False)
        self._temporary: FileStorage | None = None
        self._created: list[Any] = []

    def create_file(self, name: str, **_options: Any) -> Any:
        """Make a new file and open it for writing."""
        created = super().create_file(name, mode="xb")
        self._created.append(created)
        return created

    def temp_storage(self, name: str | None = None) -> FileStorage:
        """Return the one folder for temporary files, a new one that nobody could prepare."""
        del name
        if self._temporary is None:
            folder = tempfile.mkdtemp(prefix="MAIN-", suffix=TEMPORARY, dir=self.folder)
            self._temporary = FileStorage(folder, supports_mmap=False)
        return self._temporary

    def close_files(self) -> None:
        """Close what is still open for writing: Windows can't remove it otherwise."""
        for created in self._created:
            if not created.is_closed:
                with suppress(OSError):
                    created.close()
        self._created.clear()


@contextmanager
def adapted_errors(folder: Path, *, writing: bool = False) -> Iterator[None]:
    """Turn what missing, torn or foreign index files raise into `IndexUnusable`.

    While `writing`, a disk that is full or can't be written is `DiskFull` or `NotWritable`.
    """
    try:
        yield
    except ArchiveError:
        raise
    except OSError as error:
        if is_disk_full(error):
            raise DiskFull(path=folder) from error
        detail = error.strerror or str(error)
        if writing and error.errno not in _VANISHED:
            raise NotWritable(path=folder, detail=f"{detail}; {SAFE}") from error
        raise IndexUnusable(detail=detail) from error
    except (
        struct.error,
        zlib.error,
        EOFError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        ArithmeticError,
        AssertionError,
        RecursionError,
    ) as error:
        raise IndexUnusable(detail=f"{type(error).__name__}: {error}") from error
