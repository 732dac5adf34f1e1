"""Import reports for people and for programs."""

import click

from desktop_app.domain.imports import (
    ImportedFile,
    ImportedRow,
    ImportReport,
    MatchedBy,
    Outcome,
)

from .terminal import plain

_WAYS = {
    MatchedBy.ID: "by its id",
    MatchedBy.ROW: "the same row was imported before",
    MatchedBy.DOI: "the same DOI",
    MatchedBy.ISBN: "the same ISBN",
    MatchedBy.TITLE_AND_YEAR: "the same title and year",
    MatchedBy.BYTES: "the same file",
    MatchedBy.TEXT: "nearly the same text",
}


def import_json(report: ImportReport) -> dict[str, object]:
    """Return an import report: counts, what was refused and why, every file and every row.

    Files that belong to a row count with it; of the refused, a row has its number, a file
    that of its row or null. `sources` are the metadata files with the number of their rows.
    """
    refused = [
        {
            "path": str(row.path),
            "row": row.number or None,
            "sheet": row.sheet,
            "column": row.column,
            "reason": row.reason,
            "code": row.code,
        }
        for row in report.rows_of(Outcome.REFUSED)
    ]
    rows = {path: row.number for row in report.rows for path in row.files}
    refused += [
        {
            "path": str(file.path),
            "row": rows.get(file.path),
            "reason": file.refusal.reason,
            "code": file.refusal.code,
        }
        for file in report.of(Outcome.REFUSED)
        if file.refusal is not None
    ]
    return {
        "import_id": report.import_id,
        "dry_run": report.dry_run,
        "resumed": report.resumed,
        "added": report.count(Outcome.ADDED),
        "updated": report.count(Outcome.UPDATED),
        "duplicates": report.count(Outcome.DUPLICATE),
        "refused": refused,
        "pages": report.pages,
        "elapsed_s": round(report.elapsed_s, 3),
        "ignored": report.ignored,
        "sources": [
            {
                "path": str(source.path),
                "format": source.format,
                "rows": source.rows,
                "encoding": source.encoding,
                "delimiter": source.delimiter,
            }
            for source in report.sources
        ],
        "rows": [_row_json(row) for row in report.rows],
        "files": [
            {
                "path": str(file.path),
                "outcome": file.outcome,
                "id": file.record_id,
                "title": file.title,
                "pages": file.pages,
                "pages_without_text": file.pages_without_text,
                "text_health": file.text_health,
                "matched_by": file.matched_by,
                "of_row": file.of_row,
            }
            for file in report.files
        ],
    }


def print_import(report: ImportReport) -> None:
    """Print an import report for people; what was refused, with the reasons, last."""
    for outcome in (Outcome.ADDED, Outcome.UPDATED, Outcome.DUPLICATE):
        for row in report.rows_of(outcome):
            _print_row(row, dry_run=report.dry_run)
        for file in report.of(outcome):
            if not file.of_row:
                click.echo(_file_line(file, dry_run=report.dry_run))
    for row in report.rows_of(Outcome.REFUSED):
        _print_refused_row(row)
    for file in report.of(Outcome.REFUSED):
        if file.refusal is not None:
            click.echo(f"refused    {plain(str(file.path))}: {plain(file.refusal.reason)}")
    click.echo(_summary(report))
    if report.ignored:
        click.echo(f"{_count(report.ignored, 'file')} not named .pdf passed over.")
    if report.dry_run:
        click.echo("Nothing was stored. The same command without --dry-run does it.")
        return
    if report.resumed:
        click.echo("An import that was broken off was taken up.")
    if report.count(Outcome.ADDED) or report.count(Outcome.UPDATED):
        click.echo(f"To take this import back: import --undo {report.import_id}")


def _row_json(row: ImportedRow) -> dict[str, object]:
    return {
        "path": str(row.path),
        "sheet": row.sheet,
        "row": row.number or None,
        "outcome": row.outcome,
        "id": row.record_id,
        "title": row.title,
        "code": row.code,
        "reason": row.reason,
        "column": row.column,
        "matched_by": row.matched_by,
        "files": [str(path) for path in row.files],
        "filled": list(row.filled),
        "differing": [
            {"field": one.field, "archive": one.ours, "file": one.theirs} for one in row.differing
        ],
        "remarks": list(row.remarks),
    }


def _print_row(row: ImportedRow, *, dry_run: bool) -> None:
    word = {Outcome.ADDED: "added", Outcome.UPDATED: "updated"}.get(row.outcome, "duplicate")
    if dry_run and word != "duplicate":
        word = f"to be {word}"
    notes = [_WAYS[row.matched_by]] if row.matched_by else []
    notes += [", ".join(row.filled)] if row.filled else []
    notes += [_count(len(row.files), "file")] if row.files else []
    note = f"  ({plain('; '.join(notes))})" if notes else ""
    click.echo(f"{word:<10} {_place(row)}  {plain(row.title)}{note}")
    for one in row.differing:
        ours, theirs = plain(_short(one.ours)), plain(_short(one.theirs))
        click.echo(f"           {one.field}: the archive keeps {ours}; the file says {theirs}")
    for remark in row.remarks:
        click.echo(f"           {plain(remark)}")


def _print_refused_row(row: ImportedRow) -> None:
    cell = f', column "{plain(row.column)}"' if row.column else ""
    click.echo(f"refused    {_place(row)}{cell}: {plain(row.reason)}")


def _place(row: ImportedRow) -> str:
    sheet = f" {plain(row.sheet)}" if row.sheet else ""
    number = f":{row.number}" if row.number else ""
    return f"{plain(row.path.name)}{sheet}{number}"


def _file_line(file: ImportedFile, *, dry_run: bool) -> str:
    title = plain(file.title)
    match file.outcome:
        case Outcome.ADDED:
            silent = file.pages_without_text
            note = f", {silent} without text" if silent else ""
            word = "to be added" if dry_run else "added     "
            return f"{word} {title}  ({_count(file.pages, 'page')}{note})"
        case Outcome.UPDATED if file.matched_by not in {None, MatchedBy.BYTES}:
            way = _WAYS[file.matched_by] if file.matched_by else ""
            return f"updated    {title}  (a further file of it: {plain(file.path.name)}, {way})"
        case Outcome.UPDATED:
            said = "its stored PDF was missing or damaged, or it lay in the trash"
            if file.pages:
                said = "read again, with more text than before"
            return f"put back   {title}  ({said})"
        case _:
            return f"duplicate  {plain(file.path.name)}  (already in the archive: {title})"


def _summary(report: ImportReport) -> str:
    counts = [f"{report.count(Outcome.ADDED)} added"]
    updated = report.count(Outcome.UPDATED)
    word = "updated" if report.rows else "put back"
    counts += [f"{updated} {word}"] if updated else []
    counts.append(_count(report.count(Outcome.DUPLICATE), "duplicate"))
    counts.append(f"{report.count(Outcome.REFUSED)} refused")
    pages = f"{_count(report.pages, 'page')} in {report.elapsed_s:.1f} s."
    return f"{', '.join(counts)}; {pages}"


def _short(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f'"{text}"' if len(text) <= 80 else f'"{text[:79]}…"'


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
