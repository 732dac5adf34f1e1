"""Importing metadata: rows of spreadsheets and bibliographies, with the files that belong to them.

An import is planned first (`planning`): that alone is a dry run. The real one stores the plan, some
rows a transaction, and then takes the files in. Everything carries the id of the import, so it can
be taken back whole; broken off and begun again with the same words, it goes on with that id.
"""

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.domain.changes.change import Change
from desktop_app.domain.errors import PathNotFound
from desktop_app.domain.exchange.headings import SheetKind
from desktop_app.domain.exchange.mapping import ColumnMapping, adapt_mapping, dump_mapping
from desktop_app.domain.exchange.rows import MetadataFile, UnreadableMetadata
from desktop_app.domain.extraction import Extraction, Refusal
from desktop_app.domain.imports import (
    ImportedFile,
    ImportedRow,
    ImportedSource,
    ImportReport,
    Outcome,
    PreviewedRow,
)
from desktop_app.domain.operations import Operation, Progress
from desktop_app.domain.records import Access
from desktop_app.library.blobs import hash_file
from desktop_app.store.changes import ChangeLog
from desktop_app.store.identities import Identities
from desktop_app.store.records import Records

from . import metadata_files
from .authorship import Authorship
from .file_batch import FileBatch
from .glancing import FileCheck, glance
from .import_plan import Plan, Settings
from .importing import Importing
from .known_records import KnownRecords
from .metadata_files import MetadataSource, read_metadata
from .planning import Planner
from .planning_evidence import EvidencePlanner
from .previewing import preview_rows
from .refused_rows import write_refused
from .row_files import RowFiles, by_name
from .row_matches import by_identity
from .row_values import RowReader
from .selection import Selection, select
from .storing_rows import changes_of
from .terms import TermsOfArchive
from .twins import Twins

ROWS_A_TRANSACTION = 50
_ROWS_A_STEP = 100
NO_MAPPINGS: Mapping[Path, ColumnMapping] = {}


@dataclass(frozen=True, slots=True)
class _Sources:
    """What an import is about."""

    readable: tuple[MetadataSource, ...]
    unreadable: tuple[tuple[Path, str], ...]
    selection: Selection
    folders: tuple[Path, ...]
    named: tuple[Path, ...]


class Cataloguing:
    """Takes metadata files into the archive, with the PDFs that belong to them."""

    def __init__(
        self,
        records: Records,
        identities: Identities,
        log: ChangeLog,
        authorship: Authorship,
        terms: TermsOfArchive,
        importing: Importing,
        twins: Twins,
    ) -> None:
        self._records = records
        self._identities = identities
        self._log = log
        self._authorship = authorship
        self._terms = terms
        self._importing = importing
        self._twins = twins

    def recognised(self, paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
        """Return the metadata files among paths, and all the others (PDFs, folders)."""
        return metadata_files.recognised(paths)

    def read(self, path: Path) -> MetadataFile:
        """Return what a metadata file holds; raises `UnreadableMetadata`."""
        return read_metadata(path).file

    def preview(
        self,
        file: MetadataFile,
        mapping: ColumnMapping,
        sheet: str,
        limit: int = 20,
        language: str = "en",
    ) -> tuple[PreviewedRow, ...]:
        """Return what the first rows of a sheet would give, values as they are called."""
        return preview_rows(self._terms.controlled(), file, mapping, (sheet, limit, language))

    def save_refused(self, report: ImportReport, source: Path, target: Path) -> int:
        """Write the refused rows of one metadata file, in its format; return how many.

        In tables a column says why. Corrected, the file can be imported as it is.
        """
        return write_refused(report, source, target)

    def import_sources(
        self,
        paths: Sequence[Path],
        *,
        metadata: Sequence[Path] = (),
        mapping: ColumnMapping | None = None,
        mappings: Mapping[Path, ColumnMapping] = NO_MAPPINGS,
        access: Access = Access.INTERNAL,
        jobs: int | None = None,
        replaces: bool = False,
        dry_run: bool = False,
    ) -> Operation[ImportReport]:
        """Import metadata files, PDFs and folders as one.

        Metadata files may stand among `paths`. `mapping` is for all of them, `mappings` for single
        ones. With `replaces`, what a row says goes before what the archive holds; else only empty
        fields are filled (but for rows that name a record by its id). Raises `PathNotFound` where
        nothing of what was named exists, and whatever keeps the archive from being written.
        """
        sources = self._read_all(paths, metadata)
        if dry_run:
            settings = Settings(access, replaces)
            return (yield from self._run(sources, (mapping, mappings), settings, jobs))
        words = _words(sources, mapping, mappings, (access, str(replaces)))
        import_id, resumed = self._importing.begin(words)
        try:
            touched = {change.entity_id for change in self._log.of_batch(import_id)}
            settings = Settings(access, replaces, import_id, frozenset(touched), resumed=resumed)
            return (yield from self._run(sources, (mapping, mappings), settings, jobs))
        finally:
            self._importing.leave(import_id)

    def _run(
        self,
        sources: _Sources,
        mappings: tuple[ColumnMapping | None, Mapping[Path, ColumnMapping]],
        settings: Settings,
        jobs: int | None,
    ) -> Operation[ImportReport]:
        """Import, or without the id of an import only say what that would do."""
        began, import_id = time.monotonic(), settings.import_id
        plan, read = yield from self._plan(sources, mappings, settings, jobs)
        extra = (path for path in plan.homes if path not in set(sources.selection.files))
        selection = replace(
            sources.selection, files=(*sources.selection.files, *dict.fromkeys(extra))
        )
        if import_id:
            yield from self._store(plan, import_id, len(selection.files))
            batch = FileBatch(
                import_id,
                selection,
                settings.access,
                homes=plan.homes,
                untitled=plan.untitled,
                resumed=settings.resumed,
            )
            files = yield from self._importing.take(batch, jobs, len(plan.rows))
            self._importing.finish(import_id)
        else:
            files = yield from self._check(plan, selection, read, jobs)
        return ImportReport(
            import_id=import_id,
            files=files,
            elapsed_s=time.monotonic() - began,
            ignored=selection.ignored,
            rows=_with_refusals(plan, files),
            sources=tuple(plan.sources),
            dry_run=not import_id,
            resumed=settings.resumed,
        )

    def _read_all(self, paths: Sequence[Path], metadata: Sequence[Path]) -> _Sources:
        found, others = metadata_files.recognised(paths)
        wanted = list(dict.fromkeys(path.absolute() for path in (*metadata, *found)))
        selection = select(others)
        if not selection.files and not any(path.exists() for path in (*wanted, *others)):
            raise PathNotFound(path=next(iter((*wanted, *others)), Path()))
        readable: list[MetadataSource] = []
        unreadable: list[tuple[Path, str]] = []
        for path in wanted:
            try:
                readable.append(read_metadata(path))
            except UnreadableMetadata as error:
                unreadable.append((path, error.reason))
        folders = [path for path in others if path.is_dir()] + [path.parent for path in wanted]
        named = tuple(path.absolute() for path in (*wanted, *others))
        return _Sources(tuple(readable), tuple(unreadable), selection, tuple(folders), named)

    def _plan(
        self,
        sources: _Sources,
        mappings: tuple[ColumnMapping | None, Mapping[Path, ColumnMapping]],
        settings: Settings,
        jobs: int | None,
    ) -> Operation[tuple[Plan, dict[Path, Extraction | Refusal]]]:
        """Plan all rows, and find the files of rows that name none."""
        terms = self._terms.controlled()
        files = RowFiles(sources.selection.files, sources.folders)
        known = KnownRecords(self._identities.all())
        held = _Holders(self._records)
        planner = Planner(self._log, known, files, settings, held, _PageCounts(self._records))
        evidence = EvidencePlanner(planner, self._log, terms)
        total = sum(source.row_count for source in sources.readable)
        for path, reason in sources.unreadable:
            planner.refuse_file(path, reason)
        for done, _ in enumerate(
            step
            for source in sources.readable
            for step in self._rows(source, mappings, planner, evidence)
        ):
            if done % _ROWS_A_STEP == 0:
                yield Progress(done, total + len(sources.selection.files))
        plan = planner.plan
        alone = [path for path in sources.selection.files if path not in plan.homes]
        for path, place in by_name(alone, plan.words).items():
            plan.take_file(path, place)
        read: dict[Path, Extraction | Refusal] = {}
        alone = [path for path in alone if path not in plan.homes]
        if alone and any(not plan.rows[place].files for place in plan.words):
            for found in glance(alone, jobs):
                if found is not None:
                    read[found[0]] = found[1]
                yield Progress(total + len(read), total + len(sources.selection.files))
            for path, place in by_identity(plan, read).items():
                plan.take_file(path, place)
        return plan, read

    def _rows(
        self,
        source: MetadataSource,
        mappings: tuple[ColumnMapping | None, Mapping[Path, ColumnMapping]],
        planner: Planner,
        evidence: EvidencePlanner,
    ) -> Iterator[None]:
        """Plan the rows of a metadata file: records first, for others refer to them."""
        said = mappings[1].get(source.path) or mappings[0] or ColumnMapping(())
        mapping = adapt_mapping(said, source.file)
        reader = RowReader(source.file.format, self._terms.controlled())
        begun = len(planner.plan.rows)
        planner.begin_source()
        pairs = list(zip(source.file.sheets, mapping.sheets, strict=True))
        for kind in SheetKind:
            for sheet, columns in pairs:
                if columns.kind is not kind:
                    continue
                if kind is SheetKind.EVIDENCE:
                    yield from evidence.rows(source, sheet)
                elif kind is SheetKind.RECORDS:
                    yield from planner.records(source, sheet, columns, reader)
                else:
                    yield from planner.parts(source, sheet, columns, reader)
        planner.plan.sources.append(
            ImportedSource(
                path=source.path,
                format=source.file.format,
                rows=len(planner.plan.rows) - begun,
                encoding=source.file.encoding,
                delimiter=source.file.delimiter,
            )
        )

    def _store(self, plan: Plan, import_id: str, files: int) -> Operation[None]:
        """Store what rows say, some of them in each transaction."""
        origin = self._authorship.origin(batch=import_id)
        waiting = [target for target in plan.targets.values() if target.changed]
        total = len(plan.rows) + files
        for start in range(0, len(waiting), ROWS_A_TRANSACTION):
            changes: list[Change] = []
            for target in waiting[start : start + ROWS_A_TRANSACTION]:
                state = self._log.state(target.kind, target.id)
                changes += changes_of(target, origin, state, import_id)
            if changes:
                self._records.apply(changes)
            done = min(start + ROWS_A_TRANSACTION, len(waiting))
            yield Progress(done * len(plan.rows) // len(waiting), total)

    def _check(
        self,
        plan: Plan,
        selection: Selection,
        read: Mapping[Path, Extraction | Refusal],
        jobs: int | None,
    ) -> Operation[tuple[ImportedFile, ...]]:
        """Return what would become of the files."""
        rows = [
            ImportedFile(refusal.path, Outcome.REFUSED, refusal=refusal)
            for refusal in selection.refused
        ]
        titles = {row.record_id: row.title for row in plan.rows if row.record_id}
        done, total = len(plan.rows), len(plan.rows) + len(selection.files) + len(rows)
        for row in FileCheck(self._records, self._twins, plan.homes, titles, read).all(
            selection.files, jobs
        ):
            rows += [] if row is None else [row]
            yield Progress(done + len(rows), total, "" if row is None else row.path.name)
        return tuple(rows)


class _PageCounts(dict[str, int | None]):
    """How many pages the longest document of a record has; None for one without documents."""

    def __init__(self, records: Records) -> None:
        super().__init__()
        self._records = records

    def __missing__(self, record_id: str) -> int | None:
        record = self._records.get_many([record_id]).get(record_id)
        documents = record.documents if record else ()
        found = max((document.page_count for document in documents), default=None)
        self[record_id] = found
        return found


class _Holders(dict[Path, str | None]):
    """The record that holds the bytes of a file, found when it is asked for."""

    def __init__(self, records: Records) -> None:
        super().__init__()
        self._records = records
        self._sizes = {stored.size for stored in records.files()}

    def __missing__(self, path: Path) -> str | None:
        found: str | None = None
        try:
            # Hashing is for files that can be there at all.
            if path.is_file() and path.stat().st_size in self._sizes:
                found = self._records.holding(hash_file(path)[0])
        except OSError:
            found = None
        self[path] = found
        return found


def _words(
    sources: _Sources,
    mapping: ColumnMapping | None,
    mappings: Mapping[Path, ColumnMapping],
    options: tuple[str, ...],
) -> list[str]:
    """Return what tells an import from all others: paths, contents of tables, and choices."""
    said = [dump_mapping(one) for one in (mapping, *mappings.values()) if one is not None]
    hashes = [hash_file(source.path)[0] for source in sources.readable]
    whole = hashlib.sha256("\n".join([*said, *hashes, *options]).encode()).hexdigest()
    return [*map(str, sources.named), f"sha256:{whole}"]


def _with_refusals(plan: Plan, files: Sequence[ImportedFile]) -> tuple[ImportedRow, ...]:
    """Return the rows, with a remark where a file that belongs to one can't be read."""
    rows = list(plan.rows)
    for file in files:
        place = plan.home_rows.get(file.path)
        if place is not None and file.refusal is not None:
            remark = f"{file.path.name}: {file.refusal.reason}"
            rows[place] = replace(rows[place], remarks=(*rows[place].remarks, remark))
    return tuple(rows)
