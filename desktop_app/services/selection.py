"""Which files an import is about: what was named, and every PDF below the folders among it."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.extraction import Refusal, RefusalCode
from desktop_app.pdf.signature import describe, pdf_start, read_head

MAX_MEGABYTES = 2_000
"""Hashing and copying a larger file alone would take longer than a file may take."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The files that an import is about, what can't be taken, and how many others were passed over.

    `refused` are names that do not exist, folders that can't be opened or were not followed.
    """

    files: tuple[Path, ...]
    refused: tuple[Refusal, ...]
    ignored: int


def select(paths: Sequence[Path]) -> Selection:
    """Return the files that these paths name: a file as it is, of a folder every PDF below it.

    Hidden files are passed over, links to folders are not followed, and no file is named twice.
    """
    files: dict[Path, None] = {}
    refused: dict[Path, Refusal] = {}
    failures: list[OSError] = []
    ignored = 0
    roots = [path.resolve() for path in paths if path.is_dir()]
    for path in paths:
        if path.is_dir():
            for folder, folders, names in os.walk(path, onerror=failures.append):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for linked in filter(_is_link, (Path(folder, name).absolute() for name in folders)):
                    if not _is_below(linked.resolve(), roots):
                        refused.setdefault(linked, _not_followed(linked))
                for name in sorted(names, key=str.casefold):
                    if name.lower().endswith(".pdf") and name[0] != ".":
                        files.setdefault(Path(folder, name).absolute())
                    else:
                        ignored += 1
        elif path.exists():
            files.setdefault(path.absolute())
        else:
            missing = path.absolute()
            refused.setdefault(missing, Refusal(missing, RefusalCode.NOT_FOUND))
    for error in failures:
        unreadable_folder = Path(error.filename).absolute()
        refused.setdefault(unreadable_folder, unreadable(unreadable_folder, error))
    return Selection(tuple(files), tuple(refused.values()), ignored)


def refuse_unopened(path: Path) -> Refusal | None:
    """Return why a file is not worth copying, from its first bytes; None for a PDF.

    Raises:
        OSError: the file can't be read.
    """
    if not path.exists():
        return Refusal(path, RefusalCode.NOT_FOUND)
    # Opening a pipe or a device would wait for ever.
    if not path.is_file():
        return Refusal(path, RefusalCode.NOT_READABLE, {"detail": "it is a pipe or a device"})
    head = read_head(path)
    if not head:
        return Refusal(path, RefusalCode.EMPTY)
    megabytes = path.stat().st_size // 1_000_000
    if megabytes > MAX_MEGABYTES:
        fields: dict[str, str | int] = {"megabytes": megabytes, "limit": MAX_MEGABYTES}
        return Refusal(path, RefusalCode.FILE_TOO_BIG, fields)
    if pdf_start(head) < 0:
        return Refusal(path, RefusalCode.NOT_A_PDF, {"found": describe(head)})
    return None


def unreadable(path: Path, error: OSError) -> Refusal:
    """Return the refusal of a file or folder that the system does not let us read."""
    return Refusal(path, RefusalCode.NOT_READABLE, {"detail": error.strerror or str(error)})


def _is_link(folder: Path) -> bool:
    if sys.version_info >= (3, 12) and folder.is_junction():
        return True
    return folder.is_symlink()


def _is_below(folder: Path, roots: Sequence[Path]) -> bool:
    """Return whether a folder is walked through anyway."""
    return any(folder == root or root in folder.parents for root in roots)


def _not_followed(folder: Path) -> Refusal:
    return Refusal(folder, RefusalCode.LINKED_FOLDER, {"target": str(folder.resolve())})
