"""Verbs that describe records, and take descriptions back."""

from contextlib import closing

import click

from desktop_app.domain.changes.change import Change, Value
from desktop_app.domain.errors import InvalidField
from desktop_app.domain.fields import RECORD_FIELDS
from desktop_app.services.editing import HistoryEntry

from . import render
from .group import WORDS_WITH_MINUS, Options

SEPARATOR = ";"


@click.command()
@click.argument("record_id", metavar="ID")
@click.argument("assignments", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.pass_obj
def edit(options: Options, record_id: str, assignments: tuple[str, ...]) -> None:
    """Set fields of a record: year=2021, "title=A better title".

    Several values of one field stand between semicolons: "author=Ana Silva; Bo Ek". An empty value
    empties the field.
    """
    values = dict(_assignment(text) for text in assignments)
    with closing(options.open()) as archive:
        changes = archive.editing.edit(record_id, values)
        record = archive.reading.record(record_id)
    if options.json:
        render.print_json(render.record_json(record) | {"changes": [c.id for c in changes]})
    else:
        _tell(changes)
        render.print_record(record)


@click.command(context_settings=WORDS_WITH_MINUS)
@click.argument("words", nargs=-1, required=True, metavar="ID... +NAME... -NAME...")
@click.pass_obj
def tag(options: Options, words: tuple[str, ...]) -> None:
    """Put tags on records and take tags off them: tag 1a2b3c4d +june -draft."""
    ids = [word for word in words if word[0] not in "+-"]
    added = [word[1:] for word in words if word.startswith("+")]
    removed = [word[1:] for word in words if word.startswith("-")]
    if not ids or not (added or removed):
        raise click.UsageError("Name at least one record and one tag: tag ID +NAME")
    with closing(options.open()) as archive:
        changes = archive.editing.tag(ids, added, removed)
    if options.json:
        render.print_json({"changes": [change.id for change in changes]})
    else:
        _tell(changes)


@click.command()
@click.pass_obj
def tags(options: Options) -> None:
    """List the tags in use with the number of their records."""
    with closing(options.open()) as archive:
        found = archive.editing.tags()
    if options.json:
        render.print_json({"tags": [{"name": name, "count": n} for name, n in found.items()]})
    else:
        for name, count in found.items():
            click.echo(f"{count:>5}  {name}")


@click.command()
@click.argument("record_ids", nargs=-1, required=True, metavar="ID...")
@click.pass_obj
def delete(options: Options, record_ids: tuple[str, ...]) -> None:
    """Put records into the trash; "restore" takes them out again."""
    with closing(options.open()) as archive:
        changes = archive.editing.delete(record_ids)
    print_changes(options, changes)


@click.command()
@click.argument("change_id", metavar="CHANGE_ID")
@click.pass_obj
def undo(options: Options, change_id: str) -> None:
    """Take one change back; "history" shows the changes with their ids."""
    with closing(options.open()) as archive:
        changes = archive.editing.undo(change_id)
    print_changes(options, changes)


@click.command()
@click.argument("record_id", metavar="[ID]", required=False)
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True)
@click.option("--offset", type=click.IntRange(0), default=0)
@click.pass_obj
def history(options: Options, record_id: str | None, limit: int, offset: int) -> None:
    """Show who changed what, the newest first: of one record, or of the whole archive."""
    with closing(options.open()) as archive:
        wanted = None if record_id is None else archive.reading.record(record_id).id
        entries = archive.editing.history(wanted, limit, offset)
    if options.json:
        render.print_json({"changes": [render.history_json(entry) for entry in entries]})
    else:
        for entry in entries:
            _print_entry(entry)


def _assignment(text: str) -> tuple[str, Value]:
    field, sign, value = text.partition("=")
    if not sign:
        raise click.UsageError(f'"{text}" is not of the form FIELD=VALUE.')
    definition = RECORD_FIELDS.get(field.strip())
    if definition is None:
        known = ", ".join(RECORD_FIELDS)
        raise InvalidField(detail=f'There is no field "{field.strip()}". There are: {known}.')
    if definition.several:
        return definition.name, [part.strip() for part in value.split(SEPARATOR) if part.strip()]
    return definition.name, value.strip()


def print_changes(options: Options, changes: list[Change]) -> None:
    """Print what a command changed."""
    if options.json:
        render.print_json({"changes": [change.id for change in changes]})
    else:
        _tell(changes)


def _tell(changes: list[Change]) -> None:
    if not changes:
        click.echo("All was so already; nothing was changed.")
    for change in changes:
        click.echo(f"{change.id}  {change.action} {change.field}")


def _print_entry(entry: HistoryEntry) -> None:
    change = entry.change
    said = render.history_json(entry)
    click.echo(f"{said['at']}  {change.author}  {change.action} {change.field}  {change.id}")
    if entry.old is not None:
        click.echo(f"    was: {render.shown(entry.old)}")
    if change.value is not None:
        click.echo(f"    now: {render.shown(change.value)}")


@click.command()
@click.argument("record_id", metavar="ID")
@click.option("--accept", is_flag=True, help="Take the sure ones for fields that are empty.")
@click.pass_obj
def suggest(options: Options, record_id: str, accept: bool) -> None:
    """Suggest what the text says of itself: value, page and quote.

    With --accept the sure suggestions fill empty fields; an access level is never taken so.
    """
    with closing(options.open()) as archive:
        if accept:
            found, changes = archive.suggesting.accept(record_id)
        else:
            found, changes = archive.suggesting.suggest(record_id), []
    if options.json:
        said = [render.suggestion_json(suggestion) for suggestion in found]
        render.print_json({"suggestions": said, "changes": [change.id for change in changes]})
        return
    for suggestion in found:
        where = "file" if suggestion.page is None else f"p. {suggestion.page}"
        value = render.shown(suggestion.value)
        click.echo(f"{suggestion.field}: {value}  ({where}, {suggestion.confidence:.0%})")
        click.echo(f"    {render.shown(suggestion.quote)}")
    if accept:
        _tell(changes)


VERBS = (suggest, edit, tag, tags, delete, undo, history)
