"""Where the program finds its own files, and where it keeps what belongs to the person.

What a person names explicitly wins over a portable folder, and that over the folders of the user's
account. Nothing is kept in a roaming folder: on many office networks that is a network drive, where
SQLite databases break. The functions only name places; they make no folders.
"""

import sys
from pathlib import Path

from platformdirs import PlatformDirs

from desktop_app.domain.errors import ArchiveError

PORTABLE_MARKER = "evaluation-archive-portable"
# Windows hides the ending that its editor adds to a new file.
_MARKER_NAMES = (PORTABLE_MARKER, f"{PORTABLE_MARKER}.txt")

_PACKAGE = Path(__file__).resolve().parent.parent


def resources() -> Path:
    """Return the folder of icons, fonts, translations and the like.

    It lies inside the frozen program, inside the installed package, or beside the source.

    Raises:
        ArchiveError: it is in none of these places, so the program is not complete.
    """
    if _is_frozen():
        places = [Path(sys._MEIPASS) / "resources"]  # type: ignore[attr-defined]
    else:
        places = [_PACKAGE / "resources"]
        if _is_source():
            places.append(_PACKAGE.parent / "resources")
    for place in places:
        if place.is_dir():
            return place
    searched = ", ".join(f'"{place}"' for place in places)
    # Not translated: the translations are among the files that are missing.
    raise ArchiveError(
        detail=f"The program is not complete: its folder of resources is missing ({searched}). "
        "Install or unpack the program again."
    )


def portable_folder() -> Path | None:
    """Return the folder that holds the program together with all its data, or None.

    It is the one where the executable or main.py lies, if a file "evaluation-archive-portable"
    (".txt" may follow) was put beside it.
    """
    if _is_frozen():
        folder = Path(sys.executable).resolve().parent
        if folder.parts[-2:] == ("Contents", "MacOS"):
            folder = folder.parents[2]
    elif _is_source():
        folder = _PACKAGE.parent
    else:
        return None
    return folder if any((folder / name).is_file() for name in _MARKER_NAMES) else None


def default_archive() -> Path:
    """Return the folder of the archive that is used when none was named."""
    return (portable_folder() or _user_folders().user_data_path) / "archive"


def log_folder() -> Path:
    """Return the folder of the log files."""
    portable = portable_folder()
    return portable / "log" if portable else _user_folders().user_log_path


def settings_file() -> Path:
    """Return the file that holds what a person chose in this program on this computer."""
    return (portable_folder() or _user_folders().user_config_path) / "settings.json"


def _user_folders() -> PlatformDirs:
    return PlatformDirs("evaluation-archive", appauthor=False, roaming=False)


def _is_frozen() -> bool:
    return bool(getattr(sys, "frozen", False))


def _is_source() -> bool:
    return (_PACKAGE.parent / "main.py").is_file()
