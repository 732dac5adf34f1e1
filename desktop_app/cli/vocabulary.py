"""Verbs on the controlled vocabulary: the program's terms, and those that people added."""

from contextlib import closing

import click

from desktop_app.config.vocabulary_files import load_vocabulary
from desktop_app.domain.concepts import Concept
from desktop_app.domain.skos import to_skos
from desktop_app.domain.vocabulary import Vocabulary
from desktop_app.services.archive import is_archive

from . import render
from .describing import print_changes
from .group import LANGUAGES, Options


@click.group()
def vocabulary() -> None:
    """Look up the controlled terms, add some of your own, and export all as SKOS.

    Where there is an archive, its own terms stand among those of the program.
    """


@vocabulary.command("list")
@click.option("--scheme", help="Only this concept scheme.")
@click.pass_obj
def list_concepts(options: Options, scheme: str | None) -> None:
    """List the concepts; with --json one object a line."""
    known = _known(options)
    if scheme is not None and known.scheme(scheme) is None:
        names = ", ".join(each.id for each in known.schemes)
        raise click.UsageError(f'There is no scheme "{scheme}". There are: {names}.')
    for concept in known:
        if scheme in {None, concept.scheme}:
            _print_concept(options, concept)


@vocabulary.command("search")
@click.argument("text")
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="At most this many concepts.",
)
@click.pass_obj
def search_concepts(options: Options, text: str, limit: int) -> None:
    """Find concepts by a label or a part of one, in any of the five languages."""
    found = _known(options).search(text, options.language or LANGUAGES[0], limit)
    for match in found:
        _print_concept(options, match.concept)
    if not found and not options.json:
        click.echo("No concept has such a label.", err=True)


@vocabulary.command("export")
@click.pass_obj
def export_concepts(options: Options) -> None:
    """Print the whole vocabulary as SKOS in JSON-LD."""
    click.echo(render.json_text(to_skos(_known(options)), indent=1))


@vocabulary.command("add")
@click.argument("scheme")
@click.argument("label")
@click.option(
    "--label", "labels", multiple=True, metavar="LANGUAGE=TEXT", help="What it is called there."
)
@click.option(
    "--also", multiple=True, metavar="LANGUAGE=TEXT", help="Another word for it, in that language."
)
@click.option("--broader", multiple=True, metavar="TERM", help="A term above it in the scheme.")
@click.option("--note", default="", help="How the term is used.")
@click.pass_obj
def add_concept(
    options: Options,
    scheme: str,
    label: str,
    labels: tuple[str, ...],
    also: tuple[str, ...],
    broader: tuple[str, ...],
    note: str,
) -> None:
    """Add a term of your own to a list: vocabulary add setting "Allotment garden".

    LABEL is in the language that --lang names, else in English.
    """
    preferred = {options.language or LANGUAGES[0]: label} | dict(map(_labelled, labels))
    with closing(options.open()) as archive:
        concept, changes = archive.terms.add(
            scheme, preferred, alternatives=map(_labelled, also), broader=broader, note=note
        )
    if options.json:
        made = [change.id for change in changes]
        render.print_json(_concept_json(concept) | {"changes": made})
    else:
        _print_concept(options, concept)


@vocabulary.command("remove")
@click.argument("key", metavar="SCHEME:ID")
@click.pass_obj
def remove_concept(options: Options, key: str) -> None:
    """Take a term of your own away; "undo" brings it back. Records that use it keep it."""
    with closing(options.open()) as archive:
        changes = archive.terms.remove(key)
    print_changes(options, changes)


def _known(options: Options) -> Vocabulary:
    if not is_archive(options.folder):
        return load_vocabulary()
    with closing(options.open()) as archive:
        return archive.terms.vocabulary()


def _labelled(text: str) -> tuple[str, str]:
    language, sign, label = text.partition("=")
    if not sign:
        raise click.UsageError(f'"{text[:100]}" is not of the form LANGUAGE=TEXT.')
    return language.strip(), label


def _concept_json(concept: Concept) -> dict[str, object]:
    return {
        "key": concept.key,
        "id": concept.id,
        "scheme": concept.scheme,
        "uri": concept.uri,
        "labels": dict(concept.labels),
        "alternatives": {code: list(names) for code, names in concept.alternatives.items()},
        "broader": list(concept.broader),
    }


def _print_concept(options: Options, concept: Concept) -> None:
    if options.json:
        render.print_json(_concept_json(concept))
    else:
        names = [concept.labels[code] for code in LANGUAGES if code in concept.labels]
        click.echo(f"{concept.key}  {' · '.join(map(render.plain, names))}")


VERBS = (vocabulary,)
