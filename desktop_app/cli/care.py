"""Verbs that care for the archive."""

from contextlib import closing
from pathlib import Path

import click

from desktop_app.services.backup import restore_backup

from . import render
from .describing import print_changes
from .group import Options

DAMAGED = 5


@click.command()
@click.option("--deep", is_flag=True, help="Also read every PDF and compare it with its hash.")
@click.pass_obj
def check(options: Options, deep: bool) -> int:
    """Check that database, files, pages and index are whole and fit together.

    Ends with 5 when there are problems; each is listed with its remedy.
    """
    archive = options.open()
    try:
        report = render.run_with_progress(
            archive.upkeep.check(deep=deep), "Checking", quiet=options.json
        )
    finally:
        archive.close()
    if options.json:
        render.print_json(render.check_json(report))
    else:
        render.print_check(report)
    return DAMAGED if report.problems else 0


@click.command("rebuild-index")
@click.pass_obj
def rebuild_index(options: Options) -> None:
    """Build the search index anew from the archive."""
    with closing(options.open()) as archive:
        report = render.run_with_progress(
            archive.indexing.rebuild(), "Indexing", quiet=options.json
        )
    if options.json:
        render.print_json({"records": report.updated})
    else:
        click.echo(f"Built the index anew: {report.updated} records.")


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
        click.echo(f"Saved {report.files} files ({report.size:,} bytes) in {report.path}.")
        for name in report.missing:
            click.echo(f"Missing in the archive, so also in the backup: {name}")
    return 1 if report.missing else 0


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="ID... | FILE")
@click.pass_obj
def restore(options: Options, what: tuple[str, ...]) -> None:
    """Take records out of the trash; or restore a backup FILE into a new archive folder.

    A backup is restored into the folder that --archive names, which must be new or empty.
    """
    if len(what) == 1 and Path(what[0]).is_file():
        report = render.run_with_progress(
            restore_backup(Path(what[0]), options.folder), "Restoring", quiet=options.json
        )
        if options.json:
            render.print_json({"archive": str(report.folder), "files": report.files})
        else:
            click.echo(f"Restored {report.files} files into {report.folder}.")
        return
    with closing(options.open()) as archive:
        changes = archive.editing.restore(what)
    print_changes(options, changes)


VERBS = (check, rebuild_index, backup, restore)
