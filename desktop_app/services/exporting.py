"""Metadata out: records as a workbook, CSV files or a bibliography; and the workbook to fill in."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from desktop_app.config.place_files import read_countries
from desktop_app.config.vocabulary_files import load_vocabulary
from desktop_app.domain.controlled import ControlledTerms
from desktop_app.domain.exchange.headings import sheet_of
from desktop_app.domain.exchange.rows import Cell, MetadataFormat, Sheet
from desktop_app.domain.export_errors import RecordInTrash, UnknownExportFormat
from desktop_app.domain.exports import ExportReport, may_leave
from desktop_app.domain.records import Access, Record
from desktop_app.domain.search import Sort
from desktop_app.exchange.bibtex import write_bibtex
from desktop_app.exchange.csljson import write_csljson
from desktop_app.exchange.csv_files import companions, write_csv_files
from desktop_app.exchange.ris import write_ris
from desktop_app.store.parts import PartsOfRecords
from desktop_app.store.records import Records

from .exported_references import references
from .exported_tables import empty_table, tables
from .output_files import find_place, write_whole
from .term_labels import labels, schemes
from .terms import TermsOfArchive
from .values import today

_FORMATS = {
    ".xlsx": MetadataFormat.XLSX,
    ".csv": MetadataFormat.CSV,
    ".ris": MetadataFormat.RIS,
    ".bib": MetadataFormat.BIBTEX,
    ".json": MetadataFormat.CSL_JSON,
}
_BIBLIOGRAPHIES: dict[MetadataFormat, Callable[[Iterable[Sequence[Cell]], Path], None]] = {
    MetadataFormat.RIS: write_ris,
    MetadataFormat.BIBTEX: write_bibtex,
    MetadataFormat.CSL_JSON: write_csljson,
}


class Exporting:
    """Writes what is known of records into files that other programs, and this one, read."""

    def __init__(
        self, records: Records, parts: PartsOfRecords, terms: TermsOfArchive, folder: Path
    ) -> None:
        """Take the parts of an archive; `folder` is where it lies."""
        self._records = records
        self._parts = parts
        self._terms = terms
        self._folder = folder

    def export(
        self,
        target: Path,
        record_ids: Sequence[str] | None = None,
        *,
        language: str = "en",
        access: Access | None = None,
    ) -> ExportReport:
        """Write records to `target`, in the format that its name ends with; return what was done.

        A file that is there is replaced, and CSV files beside it that belong to it (see
        `csv_files`). Without `record_ids`, whole or shortened, all records outside the trash are
        written, the newest last. Headings and terms of tables are in `language`. `access` is the
        highest level that may leave; without it, all may. Personal notes never do.

        Raises `UnknownExportFormat`, `RecordNotFound`, `RecordAmbiguous`, `RecordInTrash`, and what
        `find_place` and `write_whole` raise; then all files are as they were.
        """
        form = _format_of(target, tuple(_FORMATS))
        place = find_place(target, self._folder)
        held = self._chosen(record_ids)
        day = today()
        records = [one for one in held if access is None or may_leave(one, access, day)]
        parts = self._parts.of_many(record.id for record in records)
        if form in _BIBLIOGRAPHIES:
            rows, left_out = references(form, records, parts)
            files = write_whole(place, lambda path: _write_rows(form, rows, path))
        else:
            known = labels(self._terms.controlled(), language)
            sheets, left_out = tables(records, parts, language, known)
            if form is MetadataFormat.CSV:
                # What an earlier export left beside it would be taken for a part of this one.
                kinds = {sheet_of(sheet.name) for sheet in sheets}
                stale = [kind for kind in companions(place) if kind not in kinds]
                sheets += [empty_table(kind, language) for kind in stale]
            files = write_whole(place, lambda path: _write_sheets(form, sheets, path, language))
        return ExportReport(
            files=files,
            records=len(records),
            by_access=dict(Counter(record.access for record in records)),
            withheld=len(held) - len(records),
            left_out=dict(sorted(left_out.items())),
        )

    def template(self, target: Path, language: str = "en") -> Path:
        """Write the workbook to fill in, with the archive's own terms among those it offers."""
        return write_blank(target, language, self._terms.controlled(), self._folder)

    def _chosen(self, record_ids: Sequence[str] | None) -> list[Record]:
        if record_ids is None:
            ids = self._records.ids(Sort.ADDED)[::-1]
        else:
            ids = list(dict.fromkeys(map(self._records.resolve, record_ids)))
        found = self._records.get_many(ids)
        records = [found[record_id] for record_id in ids if record_id in found]
        for record in records:
            if record.deleted:
                raise RecordInTrash(title=record.title, record_id=record.id)
        return records


def write_blank(
    target: Path,
    language: str = "en",
    terms: ControlledTerms | None = None,
    archive: Path | None = None,
) -> Path:
    """Write the workbook that people fill in, in one language, and return its path.

    Without `terms` it offers those of the program. Raises `UnknownExportFormat` for a name that is
    not of a workbook, and what `find_place` (which gets the folder `archive`) and `write_whole`
    raise.
    """
    _format_of(target, (".xlsx",))
    place = find_place(target, archive)
    offered = schemes(terms or ControlledTerms(load_vocabulary(), read_countries()), language)

    def write(path: Path) -> list[Path]:
        from desktop_app.exchange.workbook_template import write_template

        write_template(path, language, offered)
        return [path]

    return write_whole(place, write)[0]


def _format_of(target: Path, suffixes: Sequence[str]) -> MetadataFormat:
    suffix = target.suffix.lower()
    if suffix not in suffixes:
        raise UnknownExportFormat(path=target, suffixes=", ".join(suffixes))
    return _FORMATS[suffix]


def _write_rows(form: MetadataFormat, rows: Sequence[Sequence[Cell]], path: Path) -> list[Path]:
    _BIBLIOGRAPHIES[form](rows, path)
    return [path]


def _write_sheets(
    form: MetadataFormat, sheets: Sequence[Sheet], path: Path, language: str
) -> Sequence[Path]:
    if form is MetadataFormat.CSV:
        return write_csv_files(sheets, path)
    from desktop_app.exchange.workbook_template import write_xlsx

    write_xlsx(sheets, path, language)
    return [path]
