"""Verbs that say something about a record besides its fields: notes, findings, appraisals."""

from contextlib import closing

import click

from desktop_app.domain.changes.change import Change, EntityKind, Value
from desktop_app.services.coding import FIELDS

from . import render
from .describing import assigned, warn_of_quote
from .group import Options


@click.command()
@click.argument("record_id", metavar="ID")
@click.argument("text", nargs=-1, required=True, metavar="TEXT")
@click.option("--page", type=click.IntRange(1), help="The page that it is about, from 1.")
@click.option("--quote", default="", help="The words there that it is about.")
@click.option("--document", help="Another document than the first: its id or file name.")
@click.option("--shared", is_flag=True, help="May be shared; else it stays in this archive.")
@click.pass_obj
def note(
    options: Options,
    record_id: str,
    text: tuple[str, ...],
    page: int | None,
    quote: str,
    document: str | None,
    shared: bool,
) -> None:
    """Write a note on a record, a page of it, or a quote there.

    "show" lists the notes with their ids, by which "edit" and "delete" take them.
    """
    values: dict[str, Value] = {"text": " ".join(text), "shared": "yes" if shared else "no"}
    said: dict[str, Value] = {"page": page, "quote": quote, "document": document}
    values |= {name: value for name, value in said.items() if value}
    _add(options, EntityKind.NOTE, record_id, values)


@click.command()
@click.argument("record_id", metavar="ID")
@click.argument("assignments", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.pass_obj
def finding(options: Options, record_id: str, assignments: tuple[str, ...]) -> None:
    """Add what a report found for one outcome: outcome=attitudes direction=improved page=12.

    Fields: outcome, stage, direction, effect_size, unit, interval, negative_effects_assessed, page,
    quote, document. "edit" and "delete" take the id that this prints.
    """
    _add(options, EntityKind.FINDING, record_id, _values(EntityKind.FINDING, assignments))


@click.command()
@click.argument("record_id", metavar="ID")
@click.argument("assignments", nargs=-1, required=True, metavar="FIELD=VALUE...")
@click.pass_obj
def appraisal(options: Options, record_id: str, assignments: tuple[str, ...]) -> None:
    """Add what you say of a record on one scale: scale=SMS value=3 "reason=Matched groups".

    Scales: SMS, EIF, EMMIE, YEF, CrimeSolutions, local; value=does_not_fit where a scale was not
    made for the design. Other fields: rater, date, scale_version, finding (its id).
    """
    _add(options, EntityKind.APPRAISAL, record_id, _values(EntityKind.APPRAISAL, assignments))


def _values(kind: EntityKind, assignments: tuple[str, ...]) -> dict[str, Value]:
    return dict(assigned(text, FIELDS[kind])[::2] for text in assignments)


def _add(options: Options, kind: EntityKind, record_id: str, values: dict[str, Value]) -> None:
    quote, page, document = values.get("quote"), values.get("page"), values.get("document")
    with closing(options.open()) as archive:
        part_id, changes = archive.coding.add(kind, record_id, values)
        if isinstance(quote, str) and quote:
            where = int(str(page)) if page else None
            name = str(document) if document else None
            warn_of_quote(archive.coding.holds_quote(record_id, quote, where, name), where)
    _print(options, kind, part_id, changes)


def _print(options: Options, kind: EntityKind, part_id: str, changes: list[Change]) -> None:
    if options.json:
        render.print_json({"id": part_id, "changes": [change.id for change in changes]})
    else:
        click.echo(f"Added the {kind} {part_id}.")


VERBS = (note, finding, appraisal)
