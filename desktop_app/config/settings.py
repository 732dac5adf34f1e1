"""What a person chose in this program on this computer: a JSON file, read tolerantly."""

import contextlib
import json
import os
import tempfile
from pathlib import Path

from .paths import settings_file

Setting = str | int | bool | None | list["Setting"] | dict[str, "Setting"]


class Settings:
    """Named settings. What can't be read counts as not set; what can't be written is an OSError."""

    def __init__(self, path: Path | None = None) -> None:
        """Take the file; by default that of this person on this computer."""
        self._path = path or settings_file()

    def get(self, name: str) -> Setting:
        """Return a setting; None where nobody chose."""
        return self._read().get(name)

    def set(self, name: str, value: Setting) -> None:
        """Keep a setting; None forgets it. Other programs' settings stay as they are."""
        held = self._read()
        if value is None:
            held.pop(name, None)
        else:
            held[name] = value
        self._write(held)

    def _read(self) -> dict[str, Setting]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, held: dict[str, Setting]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(held, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        handle, name = tempfile.mkstemp(dir=self._path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(name).replace(self._path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
