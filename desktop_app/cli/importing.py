"""The verb "import": PDFs, folders and metadata files in, or an import taken back."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click

from desktop_app.domain.errors import ArchiveBusy, ArchiveError, NotWritable
from desktop_app.domain.exchange.mapping import (
    ColumnMapping,
    InvalidMapping,
    adapt_mapping,
    dump_mapping,
    parse_mapping,
)
from desktop_app.domain.exchange.rows import UnreadableMetadata
from desktop_app.domain.import_errors import MappingUnusable
from desktop_app.domain.imports import ImportReport, Outcome
from desktop_app.domain.operations import Operation
from desktop_app.domain.records import Access
from desktop_app.services.archive import Archive
from desktop_app.services.metadata_files import SUFFIXES
from desktop_app.services.refused_rows import require_other

from . import failures, import_reports, render
from .group import Options

REFUSED = 1
WILDCARDS = "*?"
_FILE = click.Path(path_type=Path, dir_okay=False)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be imported, and how."""

    paths: list[Path]
    metadata: list[Path]
    mapping: ColumnMapping | None
    access: Access
    jobs: int | None
    replaces: bool
    dry_run: bool


@click.command("import")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--metadata",
    multiple=True,
    type=_FILE,
    help="A metadata file (.xlsx, .csv, .ris, .bib, CSL .json) that describes the PDFs; it may "
    "stand among PATH... as well, and several times.",
)
@click.option(
    "--mapping",
    "mapping_file",
    type=_FILE,
    help="A file that says which column holds which field (see --save-mapping).",
)
@click.option(
    "--save-mapping",
    type=_FILE,
    help="Write which column holds which field into this file, to correct it and use it again.",
)
@click.option(
    "--access",
    type=click.Choice([str(level) for level in Access if level is not Access.EMBARGOED]),
    default=str(Access.INTERNAL),
    show_default=True,
    help="Access level of the new records.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be done; store nothing.")
@click.option(
    "--prefer",
    type=click.Choice(["archive", "file"]),
    default="archive",
    show_default=True,
    help="Whose value stays where the archive and a metadata file say different things. A row "
    "that names a record by its id changes it either way, but for values that the archive held "
    "before (an old export). Empty cells never empty a field.",
)
@click.option(
    "--rejected",
    type=_FILE,
    help="Write the refused rows of the metadata file into this file, with the reasons, to "
    "correct and import them.",
)
@click.option(
    "--undo",
    metavar="IMPORT_ID",
    help="Take a whole import back: its records go to the trash, what it changed is as before.",
)
@click.option(
    "--jobs", type=click.IntRange(1, 32), help="Files read at the same time (default: by cores)."
)
@click.pass_obj
def import_sources(
    options: Options,
    paths: tuple[Path, ...],
    metadata: tuple[Path, ...],
    mapping_file: Path | None,
    save_mapping: Path | None,
    access: str,
    dry_run: bool,
    prefer: str,
    rejected: Path | None,
    undo: str | None,
    jobs: int | None,
) -> int:
    """Import PDFs, folders with everything below them, and metadata files.

    Ends with 1 when some files or rows were refused; the report says which and why. A name that
    begins with a minus stands after "--".
    """
    if undo is not None:
        if paths or metadata or dry_run:
            raise click.UsageError("Give --undo IMPORT_ID alone: no paths, no --dry-run.")
        return _undo_import(options, undo)
    if not paths and not metadata:
        raise click.UsageError("Name at least one file or folder.")
    with closing(options.open()) as archive:
        found, others = archive.cataloguing.recognised(_expanded(paths))
        wanted = _Wanted(
            paths=others,
            metadata=list(dict.fromkeys((*metadata, *found))),
            mapping=_mapping(mapping_file),
            access=Access(access),
            jobs=jobs,
            replaces=prefer == "file",
            dry_run=dry_run,
        )
        if not wanted.metadata and (mapping_file or save_mapping or rejected):
            raise click.UsageError("There is no metadata file to use a mapping for.")
        for target in (save_mapping, rejected):
            if target is not None:
                require_other(target, [*wanted.metadata, *wanted.paths])
        _require_kind(rejected, wanted.metadata)
        if save_mapping is not None:
            _save_mapping(archive, wanted, save_mapping)
        _hint(wanted)
        report = render.run_with_progress(
            _begin(archive, wanted), "Checking" if dry_run else "Importing", quiet=options.json
        )
        if rejected is not None:
            _save_rejected(archive, report, wanted.metadata, rejected)
        failure = None if dry_run else _index(options, archive)
    if options.json:
        error = {} if failure is None else {"error": failures.error_json(failure)}
        render.print_json(import_reports.import_json(report) | error)
    else:
        import_reports.print_import(report)
    if failure is not None:
        # The report is there all the same: what was imported is safe.
        return failures.tell(failure, as_json=False)
    return REFUSED if report.count(Outcome.REFUSED) else 0


def _begin(archive: Archive, wanted: _Wanted) -> Operation[ImportReport]:
    if wanted.metadata or wanted.dry_run:
        return archive.cataloguing.import_sources(
            wanted.paths,
            metadata=wanted.metadata,
            mapping=wanted.mapping,
            access=wanted.access,
            jobs=wanted.jobs,
            replaces=wanted.replaces,
            dry_run=wanted.dry_run,
        )
    return archive.importing.import_paths(wanted.paths, access=wanted.access, jobs=wanted.jobs)


def _mapping(path: Path | None) -> ColumnMapping | None:
    if path is None:
        return None
    try:
        return parse_mapping(path.read_text(encoding="utf-8-sig"))
    except InvalidMapping as error:
        raise MappingUnusable(path=path, detail=error.reason) from error
    except UnicodeDecodeError as error:
        raise MappingUnusable(path=path, detail="The mapping is no text in UTF-8.") from error
    except OSError as error:
        detail = f"The mapping can't be read ({error.strerror})."
        raise MappingUnusable(path=path, detail=detail) from error


def _save_mapping(archive: Archive, wanted: _Wanted, target: Path) -> None:
    """Write the mapping that is used for the first metadata file."""
    try:
        file = archive.cataloguing.read(wanted.metadata[0])
    except UnreadableMetadata:
        # The report says why.
        return
    mapping = adapt_mapping(wanted.mapping or ColumnMapping(()), file)
    try:
        target.write_text(dump_mapping(mapping), encoding="utf-8")
    except OSError as error:
        raise NotWritable(path=target, detail=error.strerror or error) from error


def _save_rejected(
    archive: Archive, report: ImportReport, metadata: list[Path], target: Path
) -> None:
    """Write refused rows; with several metadata files those of each into a file of its own."""
    for number, source in enumerate(metadata, start=1):
        path = target if number == 1 else _numbered(target, source, number)
        try:
            count = archive.cataloguing.save_refused(report, source.absolute(), path)
        except UnreadableMetadata:
            continue
        except OSError as error:
            raise NotWritable(path=path, detail=error.strerror or error) from error
        if count:
            rows = f"{count} refused row{'' if count == 1 else 's'}"
            click.echo(f"{rows} written to {render.plain(str(path))}.", err=True)


def _numbered(target: Path, source: Path, number: int) -> Path:
    return target.with_name(f"{target.stem}-{number}{source.suffix}")


def _require_kind(target: Path | None, metadata: list[Path]) -> None:
    """Refuse a name that says another format than that of the rows to be written."""
    if target is None or not metadata:
        return
    wanted = metadata[0].suffix.lower()
    if target.suffix.lower() != wanted:
        raise click.UsageError(
            f"Refused rows are written in the format of their file: end the name with {wanted}."
        )


def _hint(wanted: _Wanted) -> None:
    """Say which metadata files lie in the folders that are imported without them."""
    if wanted.metadata:
        return
    found = sorted(
        path.name
        for folder in wanted.paths
        if folder.is_dir()
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES - {".json"} and not path.name.startswith(".")
    )
    if found:
        names = ", ".join(render.plain(name) for name in found[:3])
        click.echo(
            f"Not read: {names}{' ...' if len(found) > 3 else ''}. Name metadata files too, to "
            "import what they say.",
            err=True,
        )


def _expanded(paths: tuple[Path, ...]) -> list[Path]:
    """Return the paths, with those that "*.pdf" stands for: the Windows shell leaves that to us."""
    expanded: list[Path] = []
    for path in paths:
        found: list[Path] = []
        if any(sign in str(path) for sign in WILDCARDS) and not path.exists():
            start = Path(path.anchor)
            found = sorted(start.glob(str(path.relative_to(start) if path.anchor else path)))
        expanded += found or [path]
    return expanded


def _index(options: Options, archive: Archive) -> ArchiveError | None:
    """Take up what an import has queued; return why that was not possible."""
    try:
        render.run_with_progress(archive.indexing.update(), "Indexing", quiet=options.json)
    except ArchiveBusy:
        # Another program is writing the index: it takes up what this import has queued.
        return None
    except ArchiveError as error:
        return error
    return None


def _undo_import(options: Options, import_id: str) -> int:
    with closing(options.open()) as archive:
        undone = archive.importing.undo(import_id)
    if options.json:
        said = {"removed": undone.removed, "reverted": undone.reverted, "kept": undone.kept}
        render.print_json(said)
        return 0
    click.echo(f"{undone.removed} record{'' if undone.removed == 1 else 's'} put into the trash.")
    if undone.reverted:
        click.echo(f"{undone.reverted} other records, findings or files are as they were before.")
    if undone.kept:
        click.echo(f"{undone.kept} changes stay, because somebody changed the same since.")
    return 0


VERBS = (import_sources,)
