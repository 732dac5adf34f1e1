"""Reading metadata files: one of any format, with what lies beside it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.domain.exchange.headings import SheetKind
from desktop_app.domain.exchange.rows import MetadataFile, MetadataFormat, Sheet, UnreadableMetadata
from desktop_app.exchange.csv_files import companions, read_csv
from desktop_app.exchange.recognition import recognise
from desktop_app.exchange.ris import read_ris

SUFFIXES = frozenset({".xlsx", ".xlsm", ".csv", ".tsv", ".tab", ".ris", ".bib", ".json"})
"""How the names of metadata files usually end."""


@dataclass(frozen=True, slots=True)
class MetadataSource:
    """A metadata file as it was read, and in which file each of its sheets stands.

    The findings, appraisals and evidence that belong to "list.csv" stand in files beside it.
    """

    path: Path
    file: MetadataFile
    places: Mapping[str, Path]

    @property
    def row_count(self) -> int:
        """Return the number of rows of all sheets."""
        return sum(len(sheet.rows) for sheet in self.file.sheets)


def read_metadata(path: Path) -> MetadataSource:
    """Return what a metadata file holds, in whichever format it is.

    Raises:
        UnreadableMetadata: it is in none of the formats, or can't be read.
    """
    form = recognise(path) if path.is_file() else None
    if form is None:
        if not path.exists():
            raise UnreadableMetadata(
                "The file does not exist. Check its name and that the drive is connected."
            )
        raise UnreadableMetadata(
            "This is no metadata file that can be read. Take an Excel workbook (.xlsx), CSV, RIS, "
            "BibTeX or CSL-JSON."
        )
    file = _reader(form)(path)
    places = {sheet.name: path for sheet in file.sheets}
    if form is MetadataFormat.CSV:
        for kind, beside in companions(path).items():
            found = _renamed(read_csv(beside).sheets, kind)
            file = replace(file, sheets=(*file.sheets, *found))
            places |= {sheet.name: beside for sheet in found}
    return MetadataSource(path, file, places)


def recognised(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Return the metadata files among paths, and all the others (PDFs, folders).

    A file counts by its name and, where that says nothing, by what stands in it. Files that belong
    to another one of the list ("list-findings.csv" to "list.csv") are left out: they come with it.
    """
    metadata: list[Path] = []
    others: list[Path] = []
    for path in paths:
        (metadata if _is_metadata(path) else others).append(path)
    beside = {
        found.absolute()
        for path in metadata
        if path.suffix.lower() == ".csv"
        for found in companions(path).values()
    }
    return [path for path in metadata if path.absolute() not in beside], others


def _reader(form: MetadataFormat) -> Callable[[Path], MetadataFile]:
    # Only here: the libraries behind them take a tenth of the time that the program takes to start.
    from desktop_app.exchange.bibtex import read_bibtex
    from desktop_app.exchange.csljson import read_csljson
    from desktop_app.exchange.workbooks import read_xlsx

    return {
        MetadataFormat.XLSX: read_xlsx,
        MetadataFormat.CSV: read_csv,
        MetadataFormat.RIS: read_ris,
        MetadataFormat.BIBTEX: read_bibtex,
        MetadataFormat.CSL_JSON: read_csljson,
    }[form]


def _is_metadata(path: Path) -> bool:
    if not path.is_file() or path.suffix.lower() == ".pdf":
        return False
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        found = recognise(path)
    except UnreadableMetadata:
        return False
    return found in {MetadataFormat.RIS, MetadataFormat.BIBTEX, MetadataFormat.CSL_JSON}


def _renamed(sheets: Iterable[Sheet], kind: SheetKind) -> tuple[Sheet, ...]:
    return tuple(replace(sheet, name=kind.value) for sheet in sheets)
