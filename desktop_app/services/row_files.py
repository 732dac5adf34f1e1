"""Which files belong to which row: those that its cells name, and those whose names say so.

A path of a table has to stay within the folders that were chosen: that of the table, and those that
were named for the import. The paths of bibliographies were written by programs, often on other
computers; there only the name counts where the path leads nowhere.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from urllib.parse import unquote, urlsplit

from desktop_app.domain.imports import RowCode
from desktop_app.domain.text import fold, forms

from .row_values import Fault

_ADDRESS = re.compile(r"https?://|ftp://|mailto:", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]|\\\\")


@dataclass(frozen=True, slots=True)
class NamedFiles:
    """The files that a row names.

    `missing` are texts that name none, `addresses` those of the web; `outside` leads too far.
    """

    found: tuple[Path, ...] = ()
    missing: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    outside: str = ""

    def fault(self, column: str) -> Fault | None:
        """Return why the row is refused for its paths; None where it is not."""
        if not self.outside:
            return None
        return Fault(
            RowCode.OUTSIDE_FOLDER,
            f'The path "{self.outside[:200]}" leads out of the folder of the table. Put the file '
            "into that folder, or name the file's own folder for the import too.",
            column,
        )


class RowFiles:
    """The files of an import, found by path or by name."""

    def __init__(self, files: Iterable[Path], folders: Iterable[Path]) -> None:
        """Take the files that were chosen, and the folders below which files may be taken."""
        self._roots = tuple(dict.fromkeys(folder.resolve() for folder in folders))
        self._chosen = {path.resolve(): path for path in files}
        self._by_name: dict[str, list[Path]] = {}
        for path in self._chosen.values():
            self._by_name.setdefault(_name_key(path.name), []).append(path)
        self._beside: dict[Path, dict[str, Path]] = {}

    def named(self, texts: Sequence[str], base: Path, *, strict: bool) -> NamedFiles:
        """Return the files that paths name, which are relative to the folder `base`.

        `strict` finds fault with a path that leads out of the folders.
        """
        found: dict[Path, None] = {}
        missing: list[str] = []
        addresses: list[str] = []
        for text in texts:
            path, outside = self._find(text.strip(), base)
            if outside and strict:
                return NamedFiles(outside=text)
            if path is not None:
                found[path] = None
            else:
                (addresses if _ADDRESS.match(text) else missing).append(text)
        return NamedFiles(tuple(found), tuple(missing), tuple(addresses))

    def _find(self, text: str, base: Path) -> tuple[Path | None, bool]:
        """Return the file that a text names, and whether it leads out of the folders."""
        if not text or _ADDRESS.match(text) or "\0" in text:
            return None, False
        if text.lower().startswith("file:"):
            text = unquote(urlsplit(text).path)
        foreign = bool(_DRIVE.match(text)) and os.name != "nt"
        written = PureWindowsPath(text) if foreign or "\\" in text else Path(text)
        path = base.joinpath(*written.parts) if not foreign else None
        if path is not None:
            try:
                path = self._on_disk(path)
                whole = path.resolve()
                if whole in self._chosen:
                    return self._chosen[whole], False
                inside = any(whole.is_relative_to(root) for root in self._roots)
                if inside and whole.is_file():
                    return path.absolute(), False
                # A path of another computer leads nowhere here; ".." always leads somewhere.
                if not inside and (".." in written.parts or whole.exists()):
                    return None, True
            except (OSError, ValueError, RuntimeError):
                # Too long, or a circle of links.
                return None, False
        alike = self._by_name.get(_name_key(written.name), [])
        if len(alike) == 1:
            return alike[0], False
        if "%" in text and unquote(text) != text:
            return self._find(unquote(text), base)
        return None, False

    def _on_disk(self, path: Path) -> Path:
        """Return a path as the disk spells it: some write an umlaut as two characters."""
        if path.name.isascii() or path.exists():
            return path
        if path.parent not in self._beside:
            there = list(path.parent.iterdir()) if path.parent.is_dir() else []
            self._beside[path.parent] = {_name_key(one.name): one for one in there}
        return self._beside[path.parent].get(_name_key(path.name), path)


def by_name(files: Iterable[Path], rows: Mapping[int, Sequence[str]]) -> dict[Path, int]:
    """Return which row a file belongs to whose name is one of the row's own words.

    `rows` gives for each row what may be its file's name: its id, title, DOI, report number. A file
    or word that fits several rows, or a row that fits several files, is left alone.
    """
    words: dict[str, set[int]] = {}
    for number, texts in rows.items():
        for text in texts:
            if key := _key(text):
                words.setdefault(key, set()).add(number)
    found: dict[Path, int] = {}
    for path in files:
        fitting = words.get(_key(path.stem), set())
        if len(fitting) == 1:
            found[path] = next(iter(fitting))
    taken = list(found.values())
    return {path: number for path, number in found.items() if taken.count(number) == 1}


def _name_key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _key(text: str) -> str:
    """Return a name without what file names can't hold or replace: "10.1000/182" as "10 1000 182".

    Names of one short word say too little.
    """
    words = [fold(form) for form in forms(text.replace("_", " "))]
    key = " ".join(words)
    return key if len(key) >= 3 else ""
