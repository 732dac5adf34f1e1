"""Verbs that describe records, and take descriptions back."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass

import click

from desktop_app.domain.changes.change import Change, EntityKind, Value
from desktop_app.domain.changes.coded import Evidence, State, bare
from desktop_app.domain.fields import RECORD_FIELDS, FieldDefinition
from desktop_app.services.coding import FIELDS
from desktop_app.services.editing import HistoryEntry

from . import render
from .group import WORDS_WITH_MINUS, Options
from .parts import coded_json

SEPARATOR = ";"
ALIASES = {"authors": "author", "tags": "tag", "languages": "language", "countries": "country"}
"""Names by which "show" calls some fields, and people do."""


@click.command()
@click.argument("entity_id", metavar="ID")
@click.argument("assignments", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.option("--page", type=click.IntRange(1), help="The page where the values stand, from 1.")
@click.option("--quote", default="", help="The words there.")
@click.option("--document", help="Another document than the first: its id or file name.")
@click.option(
    "--state",
    type=click.Choice([state.value for state in State if state is not State.REPORTED]),
    help="Why fields have no value: edit ID sample_size --state not_reported.",
)
@click.pass_obj
def edit(
    options: Options,
    entity_id: str,
    assignments: tuple[str, ...],
    page: int | None,
    quote: str,
    document: str | None,
    state: str | None,
) -> None:
    """Set fields of a record: year=2021, "title=A better title".

    Several values of one field stand between semicolons: "author=Ana Silva; Bo Ek". An empty value
    empties the field; country+=SE adds to a field with several values, country-=SE takes out. With
    --page and --quote the record remembers where the values stand. ID may also be a finding, an
    appraisal or a note.
    """
    with closing(options.open()) as archive:
        kind, whole_id = archive.coding.identify(entity_id)
        if kind is not EntityKind.RECORD:
            if page or quote or document or state:
                raise click.UsageError("Give page, quote and document as fields: page=4")
            fields = FIELDS[kind]
            changes = archive.coding.edit(
                kind, whole_id, dict(assigned(text, fields)[::2] for text in assignments)
            )
            print_changes(options, changes)
            return
        said = _Assignments.read(assignments, bare=state is not None)
        evidence = Evidence(page, quote, document) if page or quote else None
        changes = archive.editing.edit(
            whole_id,
            said.values,
            evidence,
            None if state is None else State(state),
            add=said.added,
            remove=said.removed,
        )
        record = archive.reading.record(whole_id)
        if quote:
            warn_of_quote(archive.coding.holds_quote(whole_id, quote, page, document), page)
    if options.json:
        render.print_json(
            render.record_json(record)
            | {"evidence": coded_json(record), "changes": [c.id for c in changes]}
        )
    else:
        _tell(changes)
        render.print_record(record)


@click.command(context_settings=WORDS_WITH_MINUS)
@click.argument("words", nargs=-1, required=True, metavar="ID... +NAME... -NAME...")
@click.pass_obj
def tag(options: Options, words: tuple[str, ...]) -> None:
    """Put tags on records and take tags off them: tag 1a2b3c4d +june -draft."""
    ids = [word for word in words if not word.startswith(("+", "-"))]
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
            click.echo(f"{count:>5}  {render.plain(name)}")


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.pass_obj
def delete(options: Options, ids: tuple[str, ...]) -> None:
    """Put records, findings, appraisals or notes into the trash; "restore" takes them out."""
    with closing(options.open()) as archive:
        changes = archive.coding.delete_any(ids)
    print_changes(options, changes)


@click.command()
@click.argument("ids", nargs=-1, metavar="ID...")
@click.option("--all", "everything", is_flag=True, help="Every record in the trash.")
@click.pass_obj
def purge(options: Options, ids: tuple[str, ...], everything: bool) -> None:
    """Take records out of the trash for good: text, PDFs and history. There is no way back.

    Only who did it and when stays known. "compact" then removes the last traces from the disk.
    """
    if everything == bool(ids):
        raise click.UsageError("Name records that lie in the trash, or give --all.")
    with closing(options.open()) as archive:
        wanted = ids or [record.id for record in archive.trash.records()]
        changes = archive.trash.purge(wanted)
    purged = len({change.entity_id for change in changes if change.entity is EntityKind.RECORD})
    if options.json:
        render.print_json({"purged": purged, "changes": [change.id for change in changes]})
    else:
        click.echo(f"Purged {purged} record{'' if purged == 1 else 's'}.")


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


@dataclass(frozen=True, slots=True)
class _Assignments:
    """What "edit" is told: whole values, elements to add, elements to take out."""

    values: dict[str, Value]
    added: dict[str, list[Value]]
    removed: dict[str, list[Value]]

    @classmethod
    def read(cls, texts: Iterable[str], *, bare: bool) -> "_Assignments":
        """Return what the words say; `bare` field names are allowed where a state is given."""
        said = cls({}, {}, {})
        for text in texts:
            whole = f"{text}=" if bare and "=" not in text else text
            name, sign, value = assigned(whole, RECORD_FIELDS)
            if sign == "=":
                said.values[name] = value
                continue
            elements = value if isinstance(value, list) else [value]
            (said.added if sign == "+=" else said.removed).setdefault(name, []).extend(elements)
        return said


def assigned(text: str, fields: Mapping[str, FieldDefinition]) -> tuple[str, str, Value]:
    """Return name, sign ("=", "+=" or "-=") and value of FIELD=VALUE; lists at semicolons.

    Raises click's usage error for another form, and for a field that there is not.
    """
    field, equals, value = text.partition("=")
    if not equals:
        raise click.UsageError(f'"{text[:100]}" is not of the form FIELD=VALUE.')
    sign = field[-1:] + equals if field[-1:] in {"+", "-"} else equals
    name = field.removesuffix("+").removesuffix("-").strip()
    name = ALIASES.get(name, name)
    definition = fields.get(name)
    if definition is None:
        known = ", ".join(fields)
        raise click.UsageError(f'There is no field "{name[:100]}". There are: {known}.')
    if definition.several:
        return name, sign, [part.strip() for part in value.split(SEPARATOR) if part.strip()]
    return name, sign, value.strip()


def warn_of_quote(found: bool, page: int | None) -> None:
    """Say on standard error when a quote does not stand where it is said to."""
    if not found:
        where = "in the document" if page is None else f"on page {page}"
        click.echo(f"The quote was not found {where}; it was kept as you gave it.", err=True)


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
        click.echo(f"{change.id}  {change.action} {render.escaped(change.field)}")


def _print_entry(entry: HistoryEntry) -> None:
    change = entry.change
    said = render.history_json(entry)
    part = "" if change.entity is EntityKind.RECORD else f"{change.entity}."
    what = render.escaped(f"{change.action} {part}{change.field}")
    click.echo(f"{said['at']}  {render.plain(change.author)}  {what}  {change.id}")
    for word, value in (("was", bare(entry.old)), ("now", bare(change.value))):
        if value is not None:
            click.echo(f"    {word}: {render.shown(value)}")


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


VERBS = (suggest, edit, tag, tags, delete, purge, undo, history)
