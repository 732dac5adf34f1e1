"""What a column can be said to hold, found by typing any of its headings in any language."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.exchange.headings import LANGUAGES, SheetKind, field_of, heading, sheet_name
from desktop_app.domain.exchange.mapping import IGNORED, choices
from desktop_app.domain.exchange.other_fields import OTHER
from desktop_app.domain.exchange.rows import MetadataFormat
from desktop_app.domain.text import fold, forms
from desktop_app.gui import formats

AS_USUAL = ""
"""Stands for a tag of a bibliography that means what it means in every file of its format."""
BIBLIOGRAPHIES = frozenset({MetadataFormat.RIS, MetadataFormat.BIBTEX, MetadataFormat.CSL_JSON})
FORMAT_NAMES = {
    MetadataFormat.XLSX: "Excel",
    MetadataFormat.CSV: "CSV",
    MetadataFormat.RIS: "RIS",
    MetadataFormat.BIBTEX: "BibTeX",
    MetadataFormat.CSL_JSON: "CSL-JSON",
}


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One thing that a column can hold: `name` as mappings have it, `text` for people."""

    name: str
    text: str


def field_text(name: str) -> str:
    """Return what a column holds, for people; for what is no field of ours its own name."""
    if name == OTHER:
        return QCoreApplication.translate("Mapping", "Other fields")
    if name == IGNORED:
        return QCoreApplication.translate("Mapping", "Leave out")
    if name == AS_USUAL:
        return QCoreApplication.translate("Mapping", "As usual")
    if name.startswith(f"{OTHER}: "):
        kept = QCoreApplication.translate("Mapping", "Other: {column}")
        return kept.format(column=formats.isolate(name.removeprefix(f"{OTHER}: ")))
    return heading(name, formats.language())


def kind_text(kind: SheetKind | None) -> str:
    """Return what a sheet holds, for people; None for one that is left out."""
    if kind is None:
        return field_text(IGNORED)
    return sheet_name(kind, formats.language())


def field_choices(form: MetadataFormat, kind: SheetKind) -> tuple[FieldChoice, ...]:
    """Return what a column of a sheet can hold, in the order to show it."""
    names = choices(form, kind)
    first = (AS_USUAL,) if form in BIBLIOGRAPHIES else ()
    return tuple(FieldChoice(name, field_text(name)) for name in (*first, *names))


def matching(offered: Sequence[FieldChoice], typed: str, kind: SheetKind) -> list[FieldChoice]:
    """Return the choices that fit what was typed, the best first; all of them for nothing typed.

    A heading in another language than the window's, and a synonym, find their field as well.
    """
    wanted = _key(typed)
    if not wanted:
        return list(offered)
    meant = field_of(typed, kind)
    ranked = []
    for place, choice in enumerate(offered):
        rank = 0 if choice.name == meant else _rank(choice, wanted)
        if rank is not None:
            ranked.append((rank, place, choice))
    return [choice for _, _, choice in sorted(ranked, key=lambda one: one[:2])]


def _rank(choice: FieldChoice, wanted: str) -> int | None:
    keys = {_key(choice.text), *_keys(choice.name)}
    for rank, fits in enumerate(
        (
            lambda key: key.startswith(wanted),
            lambda key: f" {wanted}" in key,
            lambda key: wanted in key,
        ),
        start=1,
    ):
        if any(map(fits, keys)):
            return rank
    return None


@lru_cache(maxsize=256)
def _keys(name: str) -> frozenset[str]:
    return frozenset(_key(heading(name, language)) for language in LANGUAGES)


def _key(text: str) -> str:
    return " ".join(fold(form) for form in forms(text.replace("_", " ")))
