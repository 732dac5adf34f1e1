"""What the command line prints: JSON objects, tables, progress."""

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import click

from desktop_app.domain.changes.change import Action, Value
from desktop_app.domain.changes.clock import stamp_ms
from desktop_app.domain.imports import ImportReport, Outcome
from desktop_app.domain.operations import Operation, Progress, Report, run_to_end
from desktop_app.domain.problems import CheckReport
from desktop_app.domain.records import Document, Page, Record
from desktop_app.domain.search import Hit, SearchAnswer, Snippet
from desktop_app.domain.suggestions import Suggestion
from desktop_app.services.editing import HistoryEntry

ELLIPSIS = "…"
MARK = ("\x1b[1m", "\x1b[22m")
FIRST_ID_CHARACTERS = 8
SHOWN = 160


def print_json(value: object) -> None:
    """Print one JSON object on one line of standard output."""
    click.echo(json.dumps(value, ensure_ascii=False))


def run_with_progress(operation: Operation[Report], label: str, *, quiet: bool) -> Report:
    """Drive an operation; show a progress line on standard error when that is a terminal.

    Ctrl+C closes the operation at its last safe place before it goes on to the caller.
    """
    shown = not quiet and sys.stderr.isatty()

    def show(progress: Progress) -> None:
        if shown:
            count = f"{progress.done}/{progress.total}" if progress.total else str(progress.done)
            line = f"{label} {count} {progress.item}"
            click.echo(f"\r\x1b[K{line[: _columns() - 1]}", nl=False, err=True)

    try:
        return run_to_end(operation, show)
    finally:
        operation.close()
        if shown:
            click.echo("\r\x1b[K", nl=False, err=True)


def _columns() -> int:
    import shutil

    return shutil.get_terminal_size().columns


def record_json(record: Record) -> dict[str, object]:
    """Return a record's fields as JSON values, ids as strings, times in ISO 8601 UTC."""
    return {
        "id": record.id,
        "title": record.title,
        "kind": record.kind,
        "year": record.year,
        "language": list(record.languages),
        "access": record.access,
        "authors": list(record.authors),
        "tags": list(record.tags),
        **record.fields,
        "disputed": list(record.disputed),
        "deleted": record.deleted,
        "pages": record.page_count,
        "text_health": record.text_health,
        "added_at": _iso(record.added_at),
        "import_id": record.import_id,
        "documents": [document_json(document) for document in record.documents],
    }


def history_json(entry: HistoryEntry) -> dict[str, object]:
    """Return a change as JSON values; `at` is its time in ISO 8601 UTC."""
    change = entry.change
    at = datetime.fromtimestamp(stamp_ms(change.stamp) / 1000, UTC)
    return {
        "id": change.id,
        "at": _iso(at),
        "author": change.author,
        "device": change.device,
        "entity": change.entity,
        "entity_id": change.entity_id,
        "field": change.field,
        "action": change.action,
        "old": entry.old,
        "new": None if change.action is Action.REMOVE else change.value,
        "batch": change.group,
        "undoes": change.undoes,
    }


def suggestion_json(suggestion: Suggestion) -> dict[str, object]:
    """Return a suggestion as JSON values."""
    return {
        "field": suggestion.field,
        "value": suggestion.value,
        "page": suggestion.page,
        "quote": suggestion.quote,
        "confidence": round(suggestion.confidence, 2),
        "rule": suggestion.rule,
    }


def shown(value: Value) -> str:
    """Return a field's value for people, on one line and not too long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=list)
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + ELLIPSIS


def document_json(document: Document) -> dict[str, object]:
    """Return a document's fields as JSON values."""
    return {
        "id": document.id,
        "role": document.role,
        "file_name": document.file_name,
        "sha256": document.sha256,
        "size": document.size,
        "pages": document.page_count,
        "text_health": document.text_health,
        "hazardous": document.hazardous,
        "properties": document.properties,
    }


def page_json(page: Page) -> dict[str, object]:
    """Return a page as JSON values; `reason` says why it has no text."""
    return {
        "page": page.number,
        "label": page.label,
        "text": page.text,
        "reason": page.no_text,
        "language": page.language,
        "health": page.health,
        "engine": page.engine,
    }


def import_json(report: ImportReport) -> dict[str, object]:
    """Return an import report: counts, refused files with reasons, and every file."""
    return {
        "import_id": report.import_id,
        "added": len(report.of(Outcome.ADDED)),
        "updated": len(report.of(Outcome.UPDATED)),
        "duplicates": len(report.of(Outcome.DUPLICATE)),
        "refused": [
            {
                "path": str(file.path),
                "row": None,
                "reason": file.refusal.reason,
                "code": file.refusal.code,
            }
            for file in report.of(Outcome.REFUSED)
            if file.refusal is not None
        ],
        "pages": report.pages,
        "elapsed_s": round(report.elapsed_s, 3),
        "ignored": report.ignored,
        "files": [
            {
                "path": str(file.path),
                "outcome": file.outcome,
                "id": file.record_id,
                "title": file.title,
                "pages": file.pages,
                "pages_without_text": file.pages_without_text,
                "text_health": file.text_health,
            }
            for file in report.files
        ],
    }


def search_json(answer: SearchAnswer) -> dict[str, object]:
    """Return a search answer as the contract of the command line has it."""
    return {
        "query": answer.query,
        "total": answer.total,
        "elapsed_ms": answer.elapsed_ms,
        "expanded": [
            {"term": item.term, "via": item.via, "language": item.language}
            for item in answer.expanded
        ],
        "suggestion": answer.suggestion,
        "hints": list(answer.hints),
        "pending": answer.pending,
        "hits": [_hit_json(hit) for hit in answer.hits],
        "facets": {
            field: [
                {"value": item.value, "label": item.label, "count": item.count} for item in counts
            ]
            for field, counts in answer.facets.items()
        },
    }


def _hit_json(hit: Hit) -> dict[str, object]:
    record = hit.record
    return {
        "id": record.id,
        "title": record.title,
        "year": record.year,
        "language": list(record.languages),
        "score": round(hit.score, 4),
        "matched_fields": list(hit.matched_fields),
        "missing": list(hit.missing),
        "page_total": hit.page_total,
        "pages": [
            {
                "page": page.number,
                "label": page.label,
                "document": page.document_id,
                "snippet": page.snippet.text if page.snippet else "",
                "marks": [list(mark) for mark in page.snippet.marks] if page.snippet else [],
            }
            for page in hit.pages
        ],
    }


def check_json(report: CheckReport) -> dict[str, object]:
    """Return a check report as JSON values."""
    return {
        "problems": [
            {"code": problem.code, "detail": problem.text, "remedy": problem.remedy}
            for problem in report.problems
        ],
        "records": report.records,
        "pages": report.pages,
        "files": report.files,
        "queued": report.queued,
        "leftovers": report.leftovers,
        "deep": report.deep,
    }


def print_import(report: ImportReport) -> None:
    """Print an import report for people; refused files with their reasons last."""
    added, updated = report.of(Outcome.ADDED), report.of(Outcome.UPDATED)
    duplicates, refused = report.of(Outcome.DUPLICATE), report.of(Outcome.REFUSED)
    for file in added:
        silent = file.pages_without_text
        note = f", {silent} without text" if silent else ""
        click.echo(f"added      {file.title}  ({_count(file.pages, 'page')}{note})")
    for file in updated:
        click.echo(f"put back   {file.title}  (its stored PDF was missing or damaged)")
    for file in duplicates:
        click.echo(f"duplicate  {file.path.name}  (already in the archive: {file.title})")
    for file in refused:
        reason = file.refusal.reason if file.refusal else ""
        click.echo(f"refused    {file.path}\n           {reason}")
    counts = [f"{len(added)} added"]
    counts += [f"{len(updated)} put back"] if updated else []
    counts += [f"{_count(len(duplicates), 'duplicate')}", f"{len(refused)} refused"]
    click.echo(f"{', '.join(counts)}; {_count(report.pages, 'page')} in {report.elapsed_s:.1f} s.")
    if report.ignored:
        click.echo(f"{_count(report.ignored, 'file')} not named .pdf passed over.")


def print_search(answer: SearchAnswer, offset: int) -> None:
    """Print the hits of a search for people, with page numbers and snippets."""
    for hint in answer.hints:
        click.echo(hint, err=True)
    for rank, hit in enumerate(answer.hits, offset + 1):
        record = hit.record
        facts = [str(record.year)] if record.year else []
        facts += [", ".join(record.languages)] if record.languages else []
        facts.append(record.id[:FIRST_ID_CHARACTERS])
        click.echo(f"{rank}. {record.title}  [{' · '.join(facts)}]")
        if hit.missing:
            click.echo(f"   without: {', '.join(hit.missing)}")
        for page in hit.pages:
            if page.snippet:
                label = "" if page.label == str(page.number) else f" ({page.label})"
                click.echo(f"   p. {page.number}{label}  {_marked(page.snippet)}")
        more = hit.page_total - len(hit.pages)
        if more > 0:
            click.echo(f"   + {_count(more, 'page')}")
    waiting = f" {_count(answer.pending, 'record')} not yet indexed." if answer.pending else ""
    click.echo(f"{_count(answer.total, 'record')} in {answer.elapsed_ms:.0f} ms.{waiting}")


def print_record(record: Record) -> None:
    """Print one record for people."""
    facts: list[tuple[str, object]] = [
        ("id", record.id),
        ("kind", record.kind or "not yet described"),
        ("year", record.year or "not yet described"),
        ("language", ", ".join(record.languages) or "not recognised"),
        ("access", record.access),
        ("authors", "; ".join(record.authors) or "not yet described"),
        ("added", _iso(record.added_at)),
    ]
    facts += [(name, shown(value)) for name, value in record.fields.items()]
    facts += [("tags", "; ".join(record.tags))] if record.tags else []
    facts += [("disputed", ", ".join(record.disputed))] if record.disputed else []
    click.echo(record.title + ("  [in the trash]" if record.deleted else ""))
    for name, value in facts:
        click.echo(f"  {name:<9} {value}")
    for document in record.documents:
        pages = _count(document.page_count, "page")
        click.echo(
            f"  {document.role:<9} {document.file_name}  ({pages}, {document.size:,} bytes, "
            f"text {document.text_health})"
        )


def print_records(records: Iterable[Record]) -> None:
    """Print records for people, a line each."""
    for record in records:
        year = str(record.year) if record.year else "----"
        languages = ",".join(record.languages) or "--"
        click.echo(
            f"{record.id[:FIRST_ID_CHARACTERS]}  {year}  {languages:<5}  "
            f"{record.page_count:>5} p.  {record.title}"
        )


def print_pages(pages: Sequence[Page]) -> None:
    """Print page texts for people, each under its number."""
    for page in pages:
        label = "" if page.label == str(page.number) else f" ({page.label})"
        click.echo(f"--- page {page.number}{label} ---")
        click.echo(page.text if page.no_text is None else f"[no text: {page.no_text}]")


def print_check(report: CheckReport) -> None:
    """Print a check report for people."""
    for problem in report.problems:
        click.echo(f"{problem.text}\n    {problem.remedy}")
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


def _marked(snippet: Snippet) -> str:
    start, end = MARK if sys.stdout.isatty() else ("", "")
    parts, at = [ELLIPSIS if snippet.cut_before else ""], 0
    for first, last in snippet.marks:
        parts += [snippet.text[at:first], start, snippet.text[first:last], end]
        at = last
    parts += [snippet.text[at:], ELLIPSIS if snippet.cut_after else ""]
    return "".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
