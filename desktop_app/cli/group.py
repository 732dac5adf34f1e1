"""What stands before every verb."""

import os
from dataclasses import dataclass
from pathlib import Path

import click

from desktop_app import __version__
from desktop_app.config.paths import default_archive
from desktop_app.services.archive import Archive

from .terminal import escaped

OPEN_WINDOW = "desktop_app.open_window"
WORDS_WITH_MINUS = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
"""For verbs whose words may begin with a minus: "-word" in a query, "-tag"; no short options."""
LANGUAGES = ("en", "ar", "fr", "de", "sv")


class ArchiveFolder(click.Path):
    """A folder that is named: an empty variable of a script must not mean the current folder."""

    name = "directory"

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Return the folder; a usage error where its name is empty."""
        if not value:
            self.fail("It is empty. Name a folder.", param, ctx)
        return super().convert(value, param, ctx)


@dataclass
class Options:
    """What stands before the verb."""

    folder: Path
    json: bool
    language: str | None
    read_only: bool = False

    def open(self) -> Archive:
        """Open the archive; people are told who else has it open."""
        archive = Archive(self.folder, read_only=self.read_only or None)
        others = archive.presence.others
        if others and not self.json:
            first = others[0]
            more = f" (and {len(others) - 1} more)" if others[1:] else ""
            click.echo(
                f"The archive is also open elsewhere: {escaped(first.person) or '?'} on the "
                f"computer {escaped(first.computer) or '?'}, since {first.since_text}{more}.",
                err=True,
            )
        return archive


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Evaluation Archive: import, search and read evaluations offline. Without a verb the "
    "window opens.",
)
@click.option(
    "--archive",
    "folder",
    type=ArchiveFolder(path_type=Path, file_okay=False),
    help="The archive's folder (default: the portable folder beside the program, else your own).",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print the result as JSON, and an error too. May also stand after the verb.",
)
@click.option("--read-only", is_flag=True, help="Open the archive without writing into it.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the window.")
@click.version_option(__version__, "--version", prog_name="Evaluation Archive")
@click.pass_context
def cli(
    context: click.Context, folder: Path | None, as_json: bool, read_only: bool, lang: str | None
) -> None:
    """Keep what stands before the verb; open the window when there is none."""
    context.obj = Options(folder or default_archive(), as_json, lang, read_only)
    if context.invoked_subcommand is None:
        if read_only:
            raise click.UsageError(
                "--read-only goes with a verb. The window itself offers to open for reading."
            )
        context.exit(context.meta[OPEN_WINDOW](context.obj.folder, lang))
