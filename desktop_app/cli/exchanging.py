"""Verbs that write metadata for other programs: records, and the workbook to fill in."""

from contextlib import closing
from pathlib import Path

import click

from desktop_app.domain.exports import ExportReport
from desktop_app.domain.records import Access
from desktop_app.services.archive import is_archive
from desktop_app.services.exporting import write_blank

from . import render
from .group import LANGUAGES, Options
from .terminal import escaped, plain

WHOLE = (".xlsx", ".csv")
"""Formats that hold everything."""

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("record_ids", nargs=-1, metavar="[ID]...")
@click.option(
    "-o",
    "--output",
    "target",
    type=_FILE,
    required=True,
    help="The file to write: .xlsx and .csv hold everything, .ris, .bib and .json (CSL) go to "
    "reference managers.",
)
@click.option(
    "--access",
    type=click.Choice([str(level) for level in Access if level is not Access.EMBARGOED]),
    help="The highest access level that is let out (default: all).",
)
@click.pass_obj
def export(options: Options, record_ids: tuple[str, ...], target: Path, access: str | None) -> None:
    """Write what is known of records into a file: all of them, or those named.

    Headings and terms of .xlsx and .csv are in the language that --lang names, else in English;
    findings, appraisals and evidence of .csv stand in files beside it. "import" reads all formats.
    """
    with closing(options.open()) as archive:
        report = archive.exporting.export(
            target,
            record_ids or None,
            language=options.language or LANGUAGES[0],
            access=None if access is None else Access(access),
        )
    if options.json:
        render.print_json(_report_json(report))
    else:
        _print_report(report)


@click.command()
@click.option(
    "-o", "--output", "target", type=_FILE, required=True, help="The workbook to write: .xlsx."
)
@click.pass_obj
def template(options: Options, target: Path) -> None:
    """Write the workbook to fill in and import, in the language that --lang names.

    Where there is an archive, the workbook offers its own terms too.
    """
    language = options.language or LANGUAGES[0]
    if is_archive(options.folder):
        with closing(options.open()) as archive:
            file = archive.exporting.template(target, language)
    else:
        file = write_blank(target, language)
    if options.json:
        render.print_json({"file": str(file)})
    else:
        click.echo(f"Wrote {plain(str(file))}. Fill it in and import it.")


def _report_json(report: ExportReport) -> dict[str, object]:
    return {
        "files": [str(file) for file in report.files],
        "records": report.records,
        "not_public": report.not_public,
        "withheld": report.withheld,
        "access": dict(report.by_access),
        "left_out": dict(report.left_out),
    }


def _print_report(report: ExportReport) -> None:
    names = ", ".join(plain(str(file)) for file in report.files)
    click.echo(f"Wrote {_records(report.records)} to {names}.")
    if report.withheld:
        click.echo(
            f"{_records(report.withheld)} left out, above the access level that you named.",
            err=True,
        )
    if report.not_public:
        are = "is" if report.not_public == 1 else "are"
        click.echo(
            f"{report.not_public:,} of {_records(report.records)} {are} not public; --access "
            "public leaves them out.",
            err=True,
        )
    if report.left_out:
        said = ", ".join(f"{escaped(name)} ({n:,})" for name, n in report.left_out.items())
        whole = report.files[0].suffix.lower() in WHOLE
        advice = "" if whole else " A file .xlsx or .csv has it."
        click.echo(
            f"What the format has no place for is not in the file: {said}.{advice}", err=True
        )


def _records(count: int) -> str:
    return f"{count:,} record{'' if count == 1 else 's'}"


VERBS = (export, template)
