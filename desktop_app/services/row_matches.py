"""Files that belong to a row by what stands in them: DOI, ISBN, title."""

from collections.abc import Mapping
from pathlib import Path

from desktop_app.domain.document_identity import document_identity
from desktop_app.domain.duplicates import doi_key, isbn_key, title_key
from desktop_app.domain.extraction import Extraction, Refusal
from desktop_app.domain.titles import choose_title

from .import_plan import Plan

_DISTINCT_WORDS = 3


def by_identity(plan: Plan, read: Mapping[Path, Extraction | Refusal]) -> dict[Path, int]:
    """Return the row of each file that says of itself what one row without a file says.

    A file that fits several rows, or of which several fit one row, is left alone.
    """
    rows = _rows_by_key(plan)
    found: dict[Path, int] = {}
    for path, extraction in read.items():
        if isinstance(extraction, Refusal):
            continue
        said = document_identity(extraction)
        keys = [("doi", doi_key(said.doi)), ("isbn", isbn_key(said.isbn))]
        titles = (said.title, choose_title(extraction.properties, extraction.headline, ""))
        keys += [
            ("title", key)
            for key in dict.fromkeys(map(title_key, titles))
            if len(key.split()) >= _DISTINCT_WORDS
        ]
        for key in keys:
            fitting = rows.get(key, set()) if key[1] else set()
            if len(fitting) == 1:
                found[path] = next(iter(fitting))
                break
    taken = list(found.values())
    return {path: place for path, place in found.items() if taken.count(place) == 1}


def _rows_by_key(plan: Plan) -> dict[tuple[str, str], set[int]]:
    rows: dict[tuple[str, str], set[int]] = {}
    for place in plan.words:
        row = plan.rows[place]
        identity = plan.known.get(row.record_id or "")
        if identity is None or row.files:
            continue
        keys = [("doi", doi_key(identity.doi)), ("isbn", isbn_key(identity.isbn))]
        keys += [("title", title_key(title)) for title in identity.titles]
        for key in keys:
            if key[1]:
                rows.setdefault(key, set()).add(place)
    return rows
