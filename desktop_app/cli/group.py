"""What stands before every verb."""

from dataclasses import dataclass
from pathlib import Path

import click

from desktop_app import __version__
from desktop_app.config.paths import default_archive
from desktop_app.services.archive import Archive

OPEN_WINDOW = "desktop_app.open_window"
WORDS_WITH_MINUS = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
"""For verbs whose words may begin with a minus: "-word" in a query, "-tag"; no short options."""
LANGUAGES = ("en", "ar", "fr", "de", "sv")


@dataclass
class Options:
    """What stands before the verb."""

    folder: Path
    json: bool
    language: str | None

    def open(self) -> Archive:
        """Open the archive."""
        return Archive(self.folder)


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Evaluation Archive: import, search and read evaluations offline. Without a verb the "
    "window opens.",
)
@click.option(
    "--archive",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="The archive's folder (default: the portable folder beside the program, else your own).",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the window.")
@click.version_option(__version__, "--version", prog_name="Evaluation Archive")
@click.pass_context
def cli(context: click.Context, folder: Path | None, as_json: bool, lang: str | None) -> None:
    """Keep what stands before the verb; open the window when there is none."""
    context.obj = Options(folder or default_archive(), as_json, lang)
    if context.invoked_subcommand is None:
        context.exit(context.meta[OPEN_WINDOW](context.obj.folder, lang))
