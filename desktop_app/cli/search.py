"""The verb that searches: one query, or a file of them."""

import io
import sys
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from typing import IO

import click

from desktop_app.domain.errors import (
    IndexUnusable,
    NotReadable,
    PathNotFound,
)
from desktop_app.domain.search import SearchAnswer, SearchRequest, Sort
from desktop_app.services.archive import Archive

from . import render
from .group import WORDS_WITH_MINUS, Options

STANDARD_INPUT = "-"
REFUSED = 1
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@click.command(context_settings=WORDS_WITH_MINUS)
@click.argument("query", required=False)
@click.option(
    "--batch",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help='Answer every line of a file ("-": of standard input), with one JSON object a line.',
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    help="At most this many records.",
)
@click.option(
    "--offset",
    type=click.IntRange(0, 10**9),
    default=0,
    show_default=True,
    help="Pass over this many records first.",
)
@click.option("--exact", is_flag=True, help="Words as typed, without their other forms.")
@click.option(
    "--facet",
    "facets",
    multiple=True,
    metavar="FIELD",
    help="Count the values of a field over all hits: kind, year, country, design, outcome and "
    "others. Several times for several fields.",
)
@click.option(
    "--sort",
    type=click.Choice([str(sort) for sort in Sort]),
    default=str(Sort.RELEVANCE),
    show_default=True,
    help="The order of the hits.",
)
@click.pass_obj
def search(
    options: Options,
    query: str | None,
    batch: Path | None,
    limit: int,
    offset: int,
    exact: bool,
    facets: tuple[str, ...],
    sort: str,
) -> int:
    """Search the text of all pages, and titles and names.

    Words (all of them), "exact phrase", OR, -without, prefix*, (groups), and fields: title:
    author: tag: kind: language: access: year:2018..2022 country:SE,DK place: funder: publisher:
    status: evaluation_type: design: phenomenon: approach: setting: target_group: outcome:
    direction: has:findings has:notes has:funder ...

    Fields and values are understood in English, Arabic, French, German and Swedish:
    Land:Schweden, pays:"Royaume-Uni". A value with spaces stands in quotes.

    With --batch the n-th object answers the n-th line. A line that asks nothing, or is not text,
    gets {"query", "error": {"code", "message"}}, and the command ends with 1.
    """
    language = options.language or "en"
    request = SearchRequest(query or "", limit, offset, exact, Sort(sort), facets, language)
    if batch is not None:
        if query is not None:
            raise click.UsageError("Give either a QUERY or --batch FILE, not both.")
        return _answer_batch(options, batch, request)
    if query is None:
        raise click.UsageError("Missing argument 'QUERY'.")
    with closing(options.open()) as archive:
        _bring_up_to_date(archive, quiet=options.json)
        answer = _answer(archive, request, quiet=options.json)
    if options.json:
        render.print_json(render.search_json(answer))
    else:
        render.print_search(answer, offset)
    return 0


def _answer_batch(options: Options, file: Path, settings: SearchRequest) -> int:
    """Answer line by line, so that another program may ask and read in turn."""
    status = 0
    with _opened(file) as source, closing(options.open()) as archive:
        _bring_up_to_date(archive, quiet=True)
        for query in _lines(source):
            refusal = _refusal(query)
            if refusal is None:
                request = SearchRequest(
                    query,
                    settings.limit,
                    settings.offset,
                    settings.exact,
                    settings.sort,
                    settings.facets,
                    settings.language,
                )
                render.print_json(render.search_json(_answer(archive, request, quiet=True)))
            else:
                code, message = refusal
                render.print_json({"query": query, "error": {"code": code, "message": message}})
                status = REFUSED
    return status


def _bring_up_to_date(archive: Archive, *, quiet: bool) -> None:
    """Take up what waits for the index; a search can do without, and says how many wait."""
    caught_up = render.run_with_progress(archive.indexing.catch_up(), "Indexing", quiet=quiet)
    if caught_up.obstacle is not None:
        reason = render.escaped(str(caught_up.obstacle))
        click.echo(f"The newest records can't be searched yet: {reason}", err=True)


def _answer(archive: Archive, request: SearchRequest, *, quiet: bool) -> SearchAnswer:
    try:
        return archive.searching.search(request)
    except IndexUnusable:
        # It is derived: whatever happened to it, it is made anew from the archive.
        render.run_with_progress(archive.indexing.rebuild(), "Indexing", quiet=quiet)
        return archive.searching.search(request)


def _opened(file: Path) -> "nullcontext[IO[bytes]] | IO[bytes]":
    if str(file) == STANDARD_INPUT:
        return nullcontext(sys.stdin.buffer)
    try:
        return file.open("rb")
    except FileNotFoundError as error:
        raise PathNotFound(path=file) from error
    except OSError as error:
        raise NotReadable(path=file, detail=error.strerror or error) from error


def _lines(source: IO[bytes]) -> Iterator[str]:
    """Yield the lines of UTF-8 text, or of UTF-16 with its mark, as Windows programs write it."""
    start = source.peek(2)[:2] if isinstance(source, io.BufferedReader) else b""
    encoding = "utf-16" if start in _UTF16_MARKS else "utf-8-sig"
    for line in io.TextIOWrapper(source, encoding, errors="surrogateescape"):
        yield line.strip()


def _refusal(query: str) -> tuple[str, str] | None:
    """Return code and sentence where a line can't be asked."""
    if not query:
        return "empty_query", "The line is empty, so there is nothing to search for."
    if any("\ud800" <= character <= "\udfff" for character in query):
        return "not_text", "The line is not text in UTF-8. Save the file as UTF-8."
    return None
