"""The command line: a verb is one service call; no verb opens the window.

Standard output carries the result, standard error progress and messages.
"""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import click

from desktop_app.domain.errors import ArchiveError, PageNotFound
from desktop_app.domain.search import Sort
from desktop_app.services.archive import Archive

from . import (
    care,
    coding,
    describing,
    duplicates,
    exchanging,
    failures,
    importing,
    parts,
    render,
    vocabulary,
)
from .group import OPEN_WINDOW, Options, cli
from .search import search
from .terminal import use_utf8

__all__ = ["cli", "run"]

PROGRAM = "evaluation-archive"
AS_JSON = "--json"
END_OF_OPTIONS = "--"


@cli.command()
@click.option("--starter", is_flag=True, help="With the starter guides, in English and Arabic.")
@click.option("--name", default="", help="The archive's name (default: the folder's).")
@click.pass_obj
def new(options: Options, starter: bool, name: str) -> None:
    """Make a new archive, empty or with the starter guides."""
    archive = Archive.create(options.folder, name)
    try:
        if starter:
            render.run_with_progress(
                archive.importing.import_starter(), "Importing", quiet=options.json
            )
            render.run_with_progress(archive.indexing.update(), "Indexing", quiet=options.json)
        records = archive.reading.holdings().records
    finally:
        archive.close()
    if options.json:
        render.print_json({"archive": str(options.folder.absolute()), "records": records})
    else:
        click.echo(f"Made a new archive in {render.plain(str(options.folder.absolute()))}.")


@cli.command("list")
@click.option("--limit", type=click.IntRange(1, 10**9), help="At most this many records.")
@click.option(
    "--offset",
    type=click.IntRange(0, 10**9),
    default=0,
    show_default=True,
    help="Pass over this many records first.",
)
@click.option(
    "--sort",
    type=click.Choice([str(sort) for sort in Sort if sort is not Sort.RELEVANCE]),
    default=str(Sort.ADDED),
    show_default=True,
    help="The order of the records; years and days of adding with the newest first.",
)
@click.option("--trash", is_flag=True, help="Those in the trash, in the order of adding.")
@click.pass_obj
def list_records(options: Options, limit: int | None, offset: int, sort: str, trash: bool) -> None:
    """List the records; with --json one object a line."""
    if trash and sort != Sort.ADDED:
        raise click.UsageError("--trash lists in the order of adding; leave --sort out.")
    with closing(options.open()) as archive:
        if trash:
            deleted = archive.trash.records()
            total = len(deleted)
            records = deleted[offset:][:limit]
        else:
            records = archive.reading.records(Sort(sort), limit, offset)
            total = archive.reading.holdings().records
    if options.json:
        for record in records:
            render.print_json(render.record_json(record))
        return
    render.print_records(records)
    if not total:
        empty = 'The archive has no records yet. "import" takes PDFs in.'
        click.echo("The trash is empty." if trash else empty, err=True)
    elif len(records) < total:
        click.echo(f"{len(records):,} of {total:,} records.", err=True)


@cli.command()
@click.argument("record_id", metavar="ID")
@click.pass_obj
def show(options: Options, record_id: str) -> None:
    """Show one record; the beginning of its id is enough."""
    with closing(options.open()) as archive:
        record = archive.reading.record(record_id)
        said = archive.coding.of(record.id)
    if options.json:
        more = {"evidence": parts.coded_json(record), **parts.parts_json(said)}
        render.print_json(render.record_json(record) | more)
    else:
        render.print_record(record)
        parts.print_parts(record, said)


@cli.command()
@click.argument("record_id", metavar="ID")
@click.option("--page", "number", type=click.IntRange(1), help="Only this page.")
@click.pass_obj
def text(options: Options, record_id: str, number: int | None) -> None:
    """Print the text of a record's pages, or why a page has none."""
    with closing(options.open()) as archive:
        record = archive.reading.record(record_id)
        pages = [
            page for document in record.documents for page in archive.reading.pages(document.id)
        ]
    if number is not None:
        if number > len(pages):
            raise PageNotFound(number=number, last=len(pages))
        pages = pages[number - 1 : number]
    if options.json:
        render.print_json({"id": record.id, "pages": [render.page_json(page) for page in pages]})
    else:
        render.print_pages(pages)


MODULES = (importing, describing, coding, care, vocabulary, exchanging, duplicates)

for verb in (search, *(verb for module in MODULES for verb in module.VERBS)):
    cli.add_command(verb)


def run(arguments: list[str], open_window: Callable[[Path, str | None], int]) -> int:
    """Run the command line and return its exit status; `failures` says how it ends with an error.

    `open_window` is called with the archive's folder and the language when there is no verb.
    """
    use_utf8()
    arguments, as_json = _json_first(arguments)
    try:
        with cli.make_context(PROGRAM, arguments) as context:
            context.meta[OPEN_WINDOW] = open_window
            status = cli.invoke(context)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except (ArchiveError, click.ClickException, OSError, click.Abort, KeyboardInterrupt) as error:
        return failures.tell(error, as_json=as_json)
    return status if isinstance(status, int) else 0


def _json_first(arguments: list[str]) -> tuple[list[str], bool]:
    """Return the arguments with "--json" before the verb, and whether it was there.

    It counts wherever it stands, so that nobody gets sentences for having put it last.
    """
    end = arguments.index(END_OF_OPTIONS) if END_OF_OPTIONS in arguments else len(arguments)
    before, after = arguments[:end], arguments[end:]
    if AS_JSON not in before:
        return arguments, False
    return [AS_JSON, *(word for word in before if word != AS_JSON), *after], True
