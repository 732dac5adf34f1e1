"""What the command line prints for people: reports, hits, records, pages.

All text of other people goes through `plain` (within a line) or `escaped` (page texts). Verbs take
the JSON forms and the progress line from here too.
"""

import json
from collections.abc import Iterable, Mapping, Sequence

import click

from desktop_app.domain.changes.change import Value
from desktop_app.domain.fields import RECORD_FIELDS
from desktop_app.domain.problems import CheckReport
from desktop_app.domain.records import Access, Page, Record, TextHealth
from desktop_app.domain.search import FacetCount, Hit, PageHit, SearchAnswer, Snippet

from .objects import (
    check_json,
    history_json,
    iso_time,
    page_json,
    record_json,
    search_json,
    suggestion_json,
)
from .terminal import (
    escaped,
    is_terminal,
    isolated,
    json_text,
    plain,
    print_json,
    run_with_progress,
)

__all__ = [
    "check_json",
    "escaped",
    "history_json",
    "json_text",
    "page_json",
    "plain",
    "print_check",
    "print_json",
    "print_pages",
    "print_record",
    "print_records",
    "print_search",
    "print_section",
    "record_json",
    "run_with_progress",
    "search_json",
    "shown",
    "suggestion_json",
]

ELLIPSIS = "…"
MARK = ("\x1b[1m", "\x1b[22m")
FIRST_ID_CHARACTERS = 8
SHOWN = 160
FACET_ROWS = 20
"""Values of a facet that are printed for people; with --json there are all of them."""
WORTH_SAYING = {
    TextHealth.PARTIAL: "some pages can't be searched",
    TextHealth.SCANNED: "scanned, can't be searched",
    TextHealth.UNREADABLE: "can't be searched",
}
OFTEN_MISSING = ("kind", "year", "language", "author")

Row = tuple[str, str]
"""A name and what is printed beside it; further lines of it stand under the first."""


def shown(value: Value) -> str:
    """Return a field's value for people, on one line and not too long."""
    line = " ".join(_words(value).split())
    return plain(line if len(line) <= SHOWN else line[: SHOWN - 1] + ELLIPSIS)


def print_search(answer: SearchAnswer, offset: int) -> None:
    """Print the hits of a search for people, with page numbers and snippets; then the facets.

    Hints on the query go to standard error.
    """
    for hint in answer.hints:
        click.echo(escaped(hint), err=True)
    for rank, hit in enumerate(answer.hits, offset + 1):
        _print_hit(rank, hit)
    waiting = f" {_count(answer.pending, 'record')} not yet indexed." if answer.pending else ""
    click.echo(f"{_count(answer.total, 'record')} in {answer.elapsed_ms:.0f} ms.{waiting}")
    if answer.suggestion:
        click.echo(f"Did you mean: {plain(answer.suggestion)}")
    for field, counts in answer.facets.items():
        _print_facet(field, counts)


def print_record(record: Record) -> None:
    """Print one record for people: every filled field, in the groups and order of the fields."""
    click.echo(plain(record.title) + ("  [in the trash]" if record.deleted else ""))
    filled = _filled(record)
    rows: dict[str, list[Row]] = {"": [("id", record.id), ("added", iso_time(record.added_at))]}
    if record.disputed:
        rows[""].append(("disputed", ", ".join(_label(name) for name in record.disputed)))
    for name, definition in RECORD_FIELDS.items():
        if name in filled and name != "title":
            rows.setdefault(definition.group, []).append((_label(name), filled[name]))
    # A newer version of the program may know more fields.
    rows["other"] = [
        (_label(name), text) for name, text in filled.items() if name not in RECORD_FIELDS
    ]
    missing = [_label(name) for name in OFTEN_MISSING if name not in filled]
    rows["files"] = [
        (
            document.role,
            f"{plain(document.file_name)}  ({_count(document.page_count, 'page')}, "
            f"{document.size:,} bytes, text {document.text_health})",
        )
        for document in record.documents
    ]
    for heading, section in rows.items():
        print_section(heading, section)
    if missing:
        click.echo(f"Not yet described: {', '.join(missing)}.")


def print_section(heading: str, rows: Iterable[Row]) -> None:
    """Print rows below a heading, their names in one column; nothing where there are no rows.

    The rows' texts must be fit for the terminal: see `plain` and `escaped`.
    """
    listed = list(rows)
    if listed and heading:
        click.echo(f"{heading.capitalize()}")
    width = max((len(name) for name, _ in listed), default=0)
    for name, text in listed:
        first, *others = text.split("\n")
        click.echo(f"  {name:<{width}}  {first}")
        for line in others:
            click.echo(f"  {'':<{width}}  {line}".rstrip())


def print_records(records: Iterable[Record]) -> None:
    """Print records for people, a line each, with what is out of the ordinary in brackets."""
    for record in records:
        year = str(record.year) if record.year else "----"
        languages = escaped(",".join(record.languages)) or "--"
        remarks = "".join(f"  [{remark}]" for remark in _remarks(record))
        click.echo(
            f"{record.id[:FIRST_ID_CHARACTERS]}  {year}  {languages:<5}  "
            f"{record.page_count:>5} p.  {plain(record.title)}{remarks}"
        )


def print_pages(pages: Sequence[Page]) -> None:
    """Print page texts for people, each under its number."""
    for page in pages:
        click.echo(f"--- page {_numbered(page)} ---")
        text = escaped(page.text, lines=True)
        click.echo(text if page.no_text is None else f"[no text: {page.no_text}]")


def print_check(report: CheckReport) -> None:
    """Print a check report for people."""
    for problem in report.problems:
        click.echo(f"{escaped(problem.text)}\n    {escaped(problem.remedy)}")
    held = f"{_count(report.records, 'record')}, {_count(report.files, 'file')}, "
    held += _count(report.pages, "page")
    found = _count(len(report.problems), "problem") if report.problems else "no problems"
    click.echo(f"Checked {held}: {found}.")
    if report.queued:
        click.echo(f"{_count(report.queued, 'record')} wait for the search index.")
    if report.leftovers:
        click.echo(
            f"{_count(report.leftovers, 'file')} of broken-off imports left over; harmless, the "
            "next import of the same files uses them."
        )


def _print_hit(rank: int, hit: Hit) -> None:
    record = hit.record
    facts = [str(record.year)] if record.year else []
    facts += [escaped(", ".join(record.languages))] if record.languages else []
    facts.append(record.id[:FIRST_ID_CHARACTERS])
    click.echo(f"{rank}. {plain(record.title)}  [{' · '.join(facts)}]")
    if hit.missing:
        click.echo(f"   without: {', '.join(plain(word) for word in hit.missing)}")
    for page in hit.pages:
        if page.snippet:
            click.echo(f"   p. {_numbered(page)}  {_marked(page.snippet)}")
    more = hit.page_total - len(hit.pages)
    if more > 0:
        click.echo(f"   + {_count(more, 'page')}")


def _print_facet(field: str, counts: Sequence[FacetCount]) -> None:
    click.echo(f"\n{field}" if counts else f"\n{field}: no values")
    width = max((len(f"{item.count:,}") for item in counts), default=0)
    for item in counts[:FACET_ROWS]:
        click.echo(f"  {item.count:>{width},}  {plain(item.label)}")
    if len(counts) > FACET_ROWS:
        click.echo(f"  + {_count(len(counts) - FACET_ROWS, 'value')}")


def _filled(record: Record) -> Mapping[str, str]:
    """Return the filled fields by name, each as it is printed."""
    plain_fields: dict[str, Value] = {
        "kind": record.kind,
        "year": record.year,
        "language": list(record.languages),
        "access": record.access,
        "author": list(record.authors),
        "tag": list(record.tags),
    }
    values = {**record.fields, **plain_fields}
    return {
        name: "\n".join(plain(line) for line in _words(value).splitlines())
        for name, value in values.items()
        if value not in (None, "", [])
    }


def _words(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(element, str) for element in value):
        return "; ".join(map(str, value))
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_words(part)}" for name, part in value.items())
    return json.dumps(value, ensure_ascii=False, default=list)


def _label(name: str) -> str:
    return escaped(name.replace("_", " "))


def _numbered(page: Page | PageHit) -> str:
    """Return the number of a page, and what is printed on it where that is something else."""
    other = "" if page.label == str(page.number) else f" ({plain(page.label)})"
    return f"{page.number}{other}"


def _remarks(record: Record) -> list[str]:
    remarks = [str(record.access)] if record.access != Access.INTERNAL else []
    remarks += ["no file"] if not record.documents else []
    health = record.text_health
    remarks += [WORTH_SAYING[health]] if health in WORTH_SAYING else []
    return remarks + (["disputed"] if record.disputed else [])


def _marked(snippet: Snippet) -> str:
    start, end = MARK if is_terminal() else ("", "")
    parts, at = [ELLIPSIS if snippet.cut_before else ""], 0
    for first, last in snippet.marks:
        parts += [escaped(snippet.text[at:first]), start, escaped(snippet.text[first:last]), end]
        at = last
    parts += [escaped(snippet.text[at:]), ELLIPSIS if snippet.cut_after else ""]
    return isolated("".join(parts))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
