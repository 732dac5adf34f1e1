"""Verbs on records that are probably the same: list them, say they are not, merge them."""

from collections.abc import Mapping
from contextlib import closing

import click

from desktop_app.domain.changes.change import LIFE, EntityKind
from desktop_app.domain.changes.coded import Coded
from desktop_app.domain.duplicates import DuplicateGroup, Reason
from desktop_app.domain.imports import MatchedBy
from desktop_app.domain.merging import Merge
from desktop_app.domain.records import DocumentRole, Record

from . import render
from .describing import ALIASES, print_changes
from .group import Options
from .render import FIRST_ID_CHARACTERS, plain, shown

_BY = {
    MatchedBy.BYTES: "same file",
    MatchedBy.DOI: "same DOI",
    MatchedBy.ISBN: "same ISBN",
    MatchedBy.TITLE_AND_YEAR: "same title",
    MatchedBy.TEXT: "nearly the same text",
}


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID...]")
@click.option("--dismiss", is_flag=True, help="These records are not the same; remember that.")
@click.option("--reconsider", is_flag=True, help="Take that back.")
@click.pass_obj
def duplicates(options: Options, ids: tuple[str, ...], dismiss: bool, reconsider: bool) -> None:
    """List records that are probably the same, the one to keep first.

    By file, DOI, ISBN, title with year, or text. "merge" puts them together; "duplicates --dismiss
    ID ID" says that they are not the same.
    """
    if dismiss and reconsider:
        raise click.UsageError("Give either --dismiss or --reconsider.")
    if bool(ids) != (dismiss or reconsider):
        raise click.UsageError("Name records together with --dismiss or --reconsider.")
    with closing(options.open()) as archive:
        service = archive.duplicates
        if ids:
            print_changes(options, (service.dismiss if dismiss else service.reconsider)(ids))
            return
        if not archive.read_only:
            render.run_with_progress(service.catch_up(), "Comparing texts", quiet=options.json)
        groups = service.find()
        if options.json:
            render.print_json({"groups": [_group_json(group) for group in groups]})
            return
        for group in groups:
            _print_group(group, [archive.reading.record(one) for one in group.ids])
    if not groups:
        click.echo("No records look the same.", err=True)


@click.command()
@click.argument("ids", nargs=-1, metavar="[KEEP OTHER...]")
@click.option(
    "--take", multiple=True, metavar="FIELD=ID", help="The record whose value a field takes."
)
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="DOCUMENT=ROLE",
    help=f"What a file is to the merged record: {', '.join(role.value for role in DocumentRole)}.",
)
@click.option("--preview", is_flag=True, help="Only show what would become of each field.")
@click.option("--undo", metavar="BATCH", help="Take a whole merge back.")
@click.pass_obj
def merge(
    options: Options,
    ids: tuple[str, ...],
    take: tuple[str, ...],
    roles: tuple[str, ...],
    preview: bool,
    undo: str | None,
) -> None:
    """Merge records into the first: documents, findings, notes and what it does not say itself.

    Fields with several values get all of them; of the others the first record's value stays, or
    that of the record named with --take. The stricter access level is taken. The other records go
    to the trash with all they said, and --undo takes everything back.
    """
    if undo is not None:
        if ids or take or roles or preview:
            raise click.UsageError("--undo stands alone: merge --undo BATCH")
        _undo(options, undo)
        return
    if len(ids) < 2:
        raise click.UsageError("Name the record to keep and at least one other.")
    chosen = {ALIASES.get(name, name): one for name, one in _pairs(take, "FIELD=ID").items()}
    with closing(options.open()) as archive:
        plan = archive.duplicates.preview(ids[0], ids[1:])
        if preview:
            _print_plan(options, plan)
            return
        said = _roles(plan, _pairs(roles, "DOCUMENT=ROLE"))
        done = archive.duplicates.merge(ids[0], ids[1:], chosen, said)
    if options.json:
        render.print_json(
            {
                "batch": done.batch,
                "kept": done.kept,
                "removed": list(done.removed),
                "changes": [change.id for change in done.changes],
            }
        )
    else:
        count = len(done.removed)
        click.echo(f"Merged {count} record{'' if count == 1 else 's'} into {done.kept}.")
        click.echo(f'"merge --undo {done.batch}" takes it back.')


def _undo(options: Options, batch: str) -> None:
    with closing(options.open()) as archive:
        changes = archive.duplicates.undo_merge(batch)
    back = [c.entity_id for c in changes if c.entity is EntityKind.RECORD and c.field == LIFE]
    if options.json:
        render.print_json({"restored": back, "changes": [change.id for change in changes]})
    else:
        records = f"{len(back)} record{'' if len(back) == 1 else 's'}"
        click.echo(f"Took the merge back: {records} out of the trash, and everything as before.")


def _pairs(texts: tuple[str, ...], form: str) -> dict[str, str]:
    found = {}
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not (name and equals and value):
            raise click.UsageError(f'"{text[:100]}" is not of the form {form}.')
        found[name] = value
    return found


def _roles(plan: Merge, said: Mapping[str, str]) -> dict[str, DocumentRole]:
    """Return the roles by the whole ids of the documents, which are named as for "edit"."""
    found = {}
    for name, role in said.items():
        fitting = [
            each.document.id
            for each in plan.documents
            if each.document.id.startswith(name.lower()) or each.document.file_name == name
        ]
        if len(fitting) != 1:
            raise click.UsageError(f'The records have no one document "{name[:100]}".')
        if role not in list(DocumentRole):
            known = ", ".join(each.value for each in DocumentRole)
            raise click.UsageError(f'There is no role "{role[:100]}". There are: {known}.')
        found[fitting[0]] = DocumentRole(role)
    return found


def _group_json(group: DuplicateGroup) -> dict[str, object]:
    return {
        "ids": list(group.ids),
        "reasons": [
            {
                "by": reason.by,
                "ids": list(reason.ids),
                "value": reason.value,
                "similarity": None if reason.similarity is None else round(reason.similarity, 2),
            }
            for reason in group.reasons
        ],
        "keep": group.keep,
    }


def _print_group(group: DuplicateGroup, records: list[Record]) -> None:
    click.echo("; ".join(dict.fromkeys(map(_reason, group.reasons))))
    for record in records:
        files = len(record.documents)
        year = "    " if record.year is None else f"{record.year:4}"
        click.echo(
            f"  {record.id[:FIRST_ID_CHARACTERS]}  {year}  {plain(record.title)}  "
            f"({files} file{'' if files == 1 else 's'})"
        )


def _reason(reason: Reason) -> str:
    if reason.similarity is not None:
        return f"{_BY[reason.by]} ({reason.similarity:.0%})"
    is_code = reason.by in {MatchedBy.DOI, MatchedBy.ISBN}
    return f"{_BY[reason.by]} {plain(reason.value)}" if is_code else _BY[reason.by]


def _print_plan(options: Options, plan: Merge) -> None:
    if options.json:
        render.print_json(
            {
                "kept": plan.keep.id,
                "removed": list(plan.ids[1:]),
                "fields": [
                    {
                        "field": field.name,
                        "values": {one: _plain(said) for one, said in field.said.items()},
                        "take": field.proposed,
                        "result": _plain(field.result),
                        "differs": field.differs(plan.ids),
                    }
                    for field in plan.fields
                ],
                "documents": [
                    {"id": each.document.id, "file_name": each.document.file_name,
                     "role": each.document.role, "suggested_role": each.role, "same_as": each.twin}
                    for each in plan.documents
                ],
            }
        )  # fmt: skip
        return
    for field in plan.fields:
        if field.differs(plan.ids):
            click.echo(f"{field.name}: {shown(_line(field.result))}")
            for one, said in field.said.items():
                mark = "*" if field.united or one == field.proposed else " "
                click.echo(f"  {mark} {one[:FIRST_ID_CHARACTERS]}  {shown(_line(said))}")


def _plain(said: tuple[Coded, ...]) -> list[object]:
    return [each.value for each in said]


def _line(said: tuple[Coded, ...]) -> str:
    return "; ".join(
        shown(each.value) if each.value is not None else each.state.replace("_", " ")
        for each in said
    )


VERBS = (duplicates, merge)
