"""Verbs on the controlled vocabulary."""

import json

import click

from desktop_app.config.vocabulary_files import load_vocabulary
from desktop_app.domain.concepts import Concept
from desktop_app.domain.skos import to_skos

from . import render
from .group import LANGUAGES, Options


@click.group()
def vocabulary() -> None:
    """Look up the controlled terms, and export them as SKOS."""


@vocabulary.command("list")
@click.option("--scheme", help="Only this concept scheme.")
@click.pass_obj
def list_concepts(options: Options, scheme: str | None) -> None:
    """List the concepts; with --json one object a line."""
    for concept in load_vocabulary():
        if scheme in {None, concept.scheme}:
            _print_concept(options, concept)


@vocabulary.command("search")
@click.argument("text")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@click.pass_obj
def search_concepts(options: Options, text: str, limit: int) -> None:
    """Find concepts by a label or a part of one, in any of the five languages."""
    found = load_vocabulary().search(text, options.language or LANGUAGES[0], limit)
    for match in found:
        _print_concept(options, match.concept)


@vocabulary.command("export")
def export_concepts() -> None:
    """Print the whole vocabulary as SKOS in JSON-LD."""
    click.echo(json.dumps(to_skos(load_vocabulary()), ensure_ascii=False, indent=1))


def _print_concept(options: Options, concept: Concept) -> None:
    if options.json:
        render.print_json(
            {
                "id": concept.id,
                "scheme": concept.scheme,
                "uri": concept.uri,
                "labels": dict(concept.labels),
                "alternatives": {code: list(names) for code, names in concept.alternatives.items()},
                "broader": list(concept.broader),
            }
        )
    else:
        labels = " · ".join(concept.labels[code] for code in LANGUAGES)
        click.echo(f"{concept.key}  {labels}")


VERBS = (vocabulary,)
