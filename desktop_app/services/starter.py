"""The starter guides that come with the program: which files, and what they are."""

import json
from pathlib import Path

from desktop_app.config.paths import resources
from desktop_app.domain.records import Access, Description, Kind


def starter_descriptions() -> dict[Path, Description]:
    """Return the starter guides, by path, as `resources/starter/starter.json` describes them."""
    folder = resources() / "starter"
    listed = json.loads((folder / "starter.json").read_text(encoding="utf-8"))
    return {
        folder / entry["file"]: Description(
            title=entry["title"],
            kind=Kind(entry["kind"]),
            year=entry["year"],
            languages=(entry["language"],),
            authors=tuple(entry["authors"]),
            access=Access(entry["access"]),
        )
        for entry in listed
    }
