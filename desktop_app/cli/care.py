"""Verbs that care for the archive."""

from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from desktop_app.domain.errors import ArchiveDamaged
from desktop_app.domain.opening_errors import UpgradeFailed
from desktop_app.domain.problems import Repair, RepairReport
from desktop_app.services.backup import restore_backup
from desktop_app.services.repairing import check_unopened, repair_archive

from . import render
from .describing import print_changes
from .group import Options
from .terminal import escaped, plain

NOT_REPAIRED = 1
DAMAGED = 5


@click.command()
@click.option("--deep", is_flag=True, help="Also read every PDF, every page and the whole history.")
@click.pass_obj
def check(options: Options, deep: bool) -> int:
    """Check that database, history, files, pages, links and index are whole and fit together.

    Ends with 5 when there are problems; each is listed with its remedy.
    """
    try:
        with closing(options.open()) as archive:
            report = render.run_with_progress(
                archive.upkeep.check(deep=deep), "Checking", quiet=options.json
            )
    except (ArchiveDamaged, UpgradeFailed) as error:
        report = check_unopened(options.folder, error)
    if options.json:
        render.print_json(render.check_json(report))
    else:
        render.print_check(report)
    return DAMAGED if report.problems else 0


@click.command()
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="A folder, a PDF or a backup to take missing PDFs from.",
)
@click.pass_obj
def repair(options: Options, source: Path | None) -> int:
    """Repair what "check --deep" finds, as far as that is possible.

    A damaged database is replaced by a new one with all that can be read, and kept beside it. Ends
    with 1 when something could not be repaired; it says what and why.
    """
    if options.read_only:
        raise click.UsageError("--read-only does not go with repair.")
    report = render.run_with_progress(
        repair_archive(options.folder, source), "Repairing", quiet=options.json
    )
    if options.json:
        render.print_json(_repair_json(report))
    else:
        _print_repair(report)
    return NOT_REPAIRED if report.problems else 0


@click.command()
@click.pass_obj
def compact(options: Options) -> None:
    """Make the archive as small as it can be; nobody else may have it open meanwhile.

    What was taken away for good leaves its last traces in the database and the index here.
    """
    with closing(options.open()) as archive:
        report = render.run_with_progress(
            archive.upkeep.compact(), "Compacting", quiet=options.json
        )
    if options.json:
        render.print_json(asdict(report))
    else:
        click.echo(
            f"From {report.bytes_before:,} to {report.bytes_after:,} bytes. Left-over files "
            f"removed: {report.removed}."
        )


def _print_repair(report: RepairReport) -> None:
    for each in (*report.repaired, *report.problems):
        heading = "repaired" if each.done else "NOT REPAIRED"
        click.echo(f"{heading}: {escaped(each.problem.text)}\n    {escaped(each.text)}")
    saved = report.salvaged
    if saved is not None:
        click.echo(
            f"Saved from the damaged database: {saved.records} records, {saved.documents} "
            f"documents, {saved.changes} entries of the history, {saved.pages} pages."
        )
        click.echo(
            f"Not saved: up to {saved.lost_changes} entries of the history ({saved.adopted} "
            f"written anew), {saved.missing_pages} pages (read again where their PDFs are there), "
            f"{saved.left_out} pages of no document. Rows that could not be read: "
            f"{saved.unreadable_rows}."
        )
        if saved.new_identity:
            click.echo("The archive has a new id; its own could not be read.")
    if report.kept is not None:
        click.echo(f"The damaged database is kept as {plain(str(report.kept))}.")
    click.echo(
        f"The archive has {report.records} records with {report.pages} pages: "
        f"{len(report.repaired)} problems repaired, {len(report.problems)} left."
    )


def _repair_json(report: RepairReport) -> dict[str, object]:
    return {
        "repaired": [_one_json(each) for each in report.repaired],
        "problems": [_one_json(each) for each in report.problems],
        "salvaged": None if report.salvaged is None else asdict(report.salvaged),
        "kept": None if report.kept is None else str(report.kept),
        "records": report.records,
        "pages": report.pages,
        "unclaimed": report.unclaimed,
    }


def _one_json(each: Repair) -> dict[str, object]:
    return {
        "code": each.problem.code,
        "detail": each.problem.text,
        "result": each.result,
        "said": each.text,
        "remedy": None if each.done else each.problem.remedy,
    }


@click.command("rebuild-index")
@click.pass_obj
def rebuild_index(options: Options) -> None:
    """Build the search index anew from the archive."""
    with closing(options.open()) as archive:
        report = render.run_with_progress(
            archive.indexing.rebuild(), "Indexing", quiet=options.json
        )
    if options.json:
        skipped = [{"id": record_id, "reason": why} for record_id, why in report.skipped]
        render.print_json({"records": report.updated, "skipped": skipped})
    else:
        click.echo(f"Built the index anew: {report.updated} records.")
        for record_id, why in report.skipped:
            click.echo(f"Not all of {record_id[:8]}: {escaped(why)}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup(options: Options, file: Path) -> int:
    """Write a backup of the whole archive into one file, while others may go on working.

    Ends with 1 when PDFs that the archive should hold were missing; it names them.
    """
    with closing(options.open()) as archive:
        report = render.run_with_progress(
            archive.backups.backup(file), "Saving", quiet=options.json
        )
    if options.json:
        render.print_json(
            {"path": str(report.path), "files": report.files, "size": report.size,
             "missing": list(report.missing)}
        )  # fmt: skip
    else:
        click.echo(
            f"Saved {report.files} files ({report.size:,} bytes) in {plain(str(report.path))}."
        )
        for name in report.missing:
            click.echo(f"Missing in the archive, so also in the backup: {plain(name)}")
    return 1 if report.missing else 0


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="ID... | FILE")
@click.pass_obj
def restore(options: Options, what: tuple[str, ...]) -> None:
    """Take records, findings, appraisals or notes out of the trash; or restore a backup FILE.

    A backup is restored into the folder that --archive names, which must be new or empty.
    """
    if len(what) == 1 and Path(what[0]).is_file():
        report = render.run_with_progress(
            restore_backup(Path(what[0]), options.folder), "Restoring", quiet=options.json
        )
        if options.json:
            render.print_json({"archive": str(report.folder), "files": report.files})
        else:
            click.echo(f"Restored {report.files} files into {plain(str(report.folder))}.")
        return
    with closing(options.open()) as archive:
        changes = archive.coding.restore_any(what)
    print_changes(options, changes)


VERBS = (check, repair, rebuild_index, backup, restore, compact)
