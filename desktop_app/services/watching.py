"""A folder that is watched: new PDFs in it are offered for import.

The folder is looked through when the program starts and while it is idle; there is no watcher of
file events, which networks and sticks don't send. Which folder, and what was declined, is kept with
the person's settings, by the archive's id: another archive watches another folder.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop_app.config.settings import Settings
from desktop_app.library.blobs import hash_file
from desktop_app.store.imports import Identity
from desktop_app.store.records import Records

SETTLED_S = 10.0
"""A file that was written more recently may still be growing: it is offered the next time."""
MOST_FILES = 20_000
"""A folder with more files is not one for new reports; only so many are looked at."""
_MOST_DECLINED = 10_000


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """What was found in the watched folder: PDFs that the archive does not have."""

    folder: Path
    new: tuple[Path, ...]


class Watching:
    """Finds new PDFs in a folder that a person chose."""

    def __init__(
        self,
        records: Records,
        identity: Identity,
        settings: Settings | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._records = records
        self._identity = identity
        self._settings = settings or Settings()
        self._now = now
        self._known: dict[str, tuple[int, int]] = {}

    @property
    def folder(self) -> Path | None:
        """Return the watched folder, None where there is none."""
        found = self._said().get("folder")
        return Path(found) if isinstance(found, str) and found else None

    def watch(self, folder: Path | None) -> None:
        """Watch this folder from now on, or none. Raises OSError where that can't be kept."""
        held = self._said()
        if folder is None:
            held.pop("folder", None)
        else:
            held["folder"] = str(folder.absolute())
        self._known.clear()
        self._keep(held)

    def look(self) -> WatchedFolder | None:
        """Return the new PDFs of the folder; None where none is watched or it can't be read.

        Files are compared by their bytes with all records, those in the trash too: what somebody
        took away is not offered again.
        """
        folder = self.folder
        if folder is None or not folder.is_dir():
            return None
        declined = set(self._declined())
        sizes = {stored.size for stored in self._records.files()}
        new: list[Path] = []
        for path, size, changed in _pdfs(folder):
            if self._now() - changed / 1e9 < SETTLED_S:
                continue
            if self._known.get(str(path)) == (size, changed):
                continue
            if f"{path}|{size}|{changed}" in declined:
                continue
            if size in sizes and self._is_held(path):
                # The next look need not read it again.
                self._known[str(path)] = (size, changed)
                continue
            new.append(path)
        return WatchedFolder(folder, tuple(new))

    def decline(self, paths: Iterable[Path]) -> None:
        """Don't offer these files again unless they change."""
        said = list(self._declined())
        for path in paths:
            try:
                found = path.stat()
            except OSError:
                continue
            said.append(f"{path}|{found.st_size}|{found.st_mtime_ns}")
        held = self._said()
        held["declined"] = list(dict.fromkeys(said))[-_MOST_DECLINED:]
        self._keep(held)

    def _is_held(self, path: Path) -> bool:
        try:
            return self._records.holding(hash_file(path)[0]) is not None
        except OSError:
            return False

    def _declined(self) -> list[str]:
        found = self._said().get("declined")
        return [str(one) for one in found] if isinstance(found, list) else []

    def _said(self) -> dict[str, object]:
        watched = self._settings.get("watched")
        found = watched.get(self._identity.get("id")) if isinstance(watched, dict) else None
        return dict(found) if isinstance(found, dict) else {}

    def _keep(self, said: dict[str, object]) -> None:
        watched = self._settings.get("watched")
        held = dict(watched) if isinstance(watched, dict) else {}
        held[self._identity.get("id")] = said  # type: ignore[assignment]
        self._settings.set("watched", held)


def _pdfs(folder: Path) -> Iterator[tuple[Path, int, int]]:
    """Yield the PDFs below a folder with size and time of change in ns; links are not followed."""
    count = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            count += 1
            if count > MOST_FILES:
                return
            if name.startswith(".") or not name.lower().endswith(".pdf"):
                continue
            path = Path(place, name)
            try:
                found = path.lstat()
            except OSError:
                continue
            if found.st_size and path.is_file() and not path.is_symlink():
                yield path, found.st_size, found.st_mtime_ns
