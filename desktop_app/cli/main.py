"""The command line: a verb is one service call; no verb opens the window.

Standard output carries the result, standard error progress and messages.
"""

import os
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import click

from desktop_app.config.log import start_log
from desktop_app.domain.errors import ArchiveBusy, ArchiveError, IndexUnusable, PageNotFound
from desktop_app.domain.imports import Outcome
from desktop_app.domain.records import Access
from desktop_app.domain.search import SearchRequest, Sort
from desktop_app.services.archive import Archive

from . import care, describing, render, vocabulary
from .group import OPEN_WINDOW, WORDS_WITH_MINUS, Options, cli

__all__ = ["cli", "run"]

PROGRAM = "evaluation-archive"
INTERRUPTED = 130
NOT_WRITABLE = 6
REFUSED = 1
SHORT_WAIT_S = 1.0
"""A search does not wait longer than this for another program that is writing the index."""


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
        click.echo(f"Made a new archive in {options.folder.absolute()}.")


@cli.command("import")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--access",
    type=click.Choice([str(level) for level in Access if level is not Access.EMBARGOED]),
    default=str(Access.INTERNAL),
    show_default=True,
    help="Access level of the new records.",
)
@click.option(
    "--undo", metavar="IMPORT_ID", help="Take a whole import back: its records go to the trash."
)
@click.option(
    "--jobs", type=click.IntRange(1, 32), help="Files read at the same time (default: by cores)."
)
@click.pass_obj
def import_files(
    options: Options, paths: tuple[Path, ...], access: str, undo: str | None, jobs: int | None
) -> int:
    """Import PDFs: files, and folders with everything below them.

    Ends with 1 when some files were refused; the report says which and why.
    """
    if undo is not None:
        return _undo_import(options, undo)
    if not paths:
        raise click.UsageError("Name at least one file or folder.")
    archive = options.open()
    try:
        report = render.run_with_progress(
            archive.importing.import_paths(paths, access=Access(access), jobs=jobs),
            "Importing",
            quiet=options.json,
        )
        with suppress(ArchiveBusy):
            # Another program is writing the index: it takes up what this import has queued.
            render.run_with_progress(archive.indexing.update(), "Indexing", quiet=options.json)
    finally:
        archive.close()
    if options.json:
        render.print_json(render.import_json(report))
    else:
        render.print_import(report)
    return REFUSED if report.of(Outcome.REFUSED) else 0


def _undo_import(options: Options, import_id: str) -> int:
    with closing(options.open()) as archive:
        removed = len(archive.editing.undo_import(import_id))
    if options.json:
        render.print_json({"removed": removed})
    else:
        click.echo(f"{removed} records put into the trash.")
    return 0


@cli.command(context_settings=WORDS_WITH_MINUS)
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--offset", type=click.IntRange(0, 10**9), default=0, show_default=True)
@click.option("--exact", is_flag=True, help="Words as typed, without their other forms.")
@click.option("--facet", "facets", multiple=True, metavar="FIELD", help="Count values of a field.")
@click.option(
    "--sort", type=click.Choice([str(sort) for sort in Sort]), default=str(Sort.RELEVANCE)
)
@click.pass_obj
def search(
    options: Options,
    query: str,
    limit: int,
    offset: int,
    exact: bool,
    facets: tuple[str, ...],
    sort: str,
) -> None:
    """Search the text of all pages, and titles and names.

    Words (all of them), "exact phrase", OR, -without, prefix*, title: author: kind: language:
    access: year:2018..2022
    """
    archive = options.open()
    try:
        if not archive.indexing.is_current():
            with suppress(ArchiveBusy):
                render.run_with_progress(
                    archive.indexing.update(wait_s=SHORT_WAIT_S), "Indexing", quiet=options.json
                )
        request = SearchRequest(query, limit, offset, exact, Sort(sort), facets)
        try:
            answer = archive.searching.search(request)
        except IndexUnusable:
            # It is derived: whatever happened to it, it is made anew from the archive.
            render.run_with_progress(archive.indexing.rebuild(), "Indexing", quiet=options.json)
            answer = archive.searching.search(request)
    finally:
        archive.close()
    if options.json:
        render.print_json(render.search_json(answer))
    else:
        render.print_search(answer, offset)


@cli.command("list")
@click.option("--limit", type=click.IntRange(1, 10**9), help="At most this many records.")
@click.option("--offset", type=click.IntRange(0, 10**9), default=0)
@click.option(
    "--sort",
    type=click.Choice([str(sort) for sort in Sort if sort is not Sort.RELEVANCE]),
    default=str(Sort.ADDED),
    show_default=True,
)
@click.pass_obj
def list_records(options: Options, limit: int | None, offset: int, sort: str) -> None:
    """List the records; with --json one object a line."""
    archive = options.open()
    records = archive.reading.records(Sort(sort), limit, offset)
    archive.close()
    if options.json:
        for record in records:
            render.print_json(render.record_json(record))
    else:
        render.print_records(records)


@cli.command()
@click.argument("record_id", metavar="ID")
@click.pass_obj
def show(options: Options, record_id: str) -> None:
    """Show one record; the beginning of its id is enough."""
    archive = options.open()
    record = archive.reading.record(record_id)
    archive.close()
    if options.json:
        render.print_json(render.record_json(record))
    else:
        render.print_record(record)


@cli.command()
@click.argument("record_id", metavar="ID")
@click.option("--page", "number", type=click.IntRange(1), help="Only this page.")
@click.pass_obj
def text(options: Options, record_id: str, number: int | None) -> None:
    """Print the text of a record's pages, or why a page has none."""
    archive = options.open()
    record = archive.reading.record(record_id)
    pages = [page for document in record.documents for page in archive.reading.pages(document.id)]
    archive.close()
    if number is not None:
        if number > len(pages):
            raise PageNotFound(number=number, last=len(pages))
        pages = pages[number - 1 : number]
    if options.json:
        render.print_json({"id": record.id, "pages": [render.page_json(page) for page in pages]})
    else:
        render.print_pages(pages)


for verb in (*describing.VERBS, *care.VERBS, *vocabulary.VERBS):
    cli.add_command(verb)


def run(arguments: list[str], open_window: Callable[[Path, str | None], int]) -> int:
    """Run the command line and return its exit status; errors go to standard error in words.

    `open_window` is called with the archive's folder and the language when there is no verb.
    """
    _use_utf8()
    start_log()
    as_json = "--json" in arguments
    try:
        with cli.make_context(PROGRAM, arguments) as context:
            context.meta[OPEN_WINDOW] = open_window
            status = cli.invoke(context)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except ArchiveError as error:
        if as_json:
            render.print_json({"error": error.code, "message": str(error)})
        click.echo(f"Error: {error}", err=True)
        return error.exit_code
    except BrokenPipeError:
        # Whoever read the output has seen enough ("| head"); Python must not try to write the rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        click.echo(f"Error: {error.filename or ''}: {error.strerror or error}", err=True)
        return NOT_WRITABLE
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. What was finished is safe.", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return status if isinstance(status, int) else 0


def _use_utf8() -> None:
    """Print UTF-8 whatever the console's old code page is; a lone surrogate must not stop it."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
