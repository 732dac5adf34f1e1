"""What reaches standard output and the terminal: one encoding, no raw controls, JSON, progress.

File names, titles, quotes and page texts come from other people's files: raw, they could move the
cursor, fill the clipboard or turn a line around. `plain` is for a text on one line, `escaped` for
all else. JSON keeps every text exactly; what is dangerous stands there as a JSON escape.
"""

import json
import os
import re
import shutil
import sys
from contextlib import suppress

import click

from desktop_app.domain.operations import Operation, Progress, Report, run_to_end

_CONTROLS = "\x00-\x1f\x7f-\x9f"
# Line and paragraph separators, embeddings, overrides and isolates, annotations, lone surrogates.
_DISGUISES = "\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ud800-\udfff"
_UNSAFE = re.compile(f"[{_CONTROLS}{_DISGUISES}]")
_UNSAFE_IN_LINES = re.compile(f"(?![\n\t])[{_CONTROLS}{_DISGUISES}]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
_NAMED = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_FIRST_STRONG_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
_CLEAR_LINE = "\r\x1b[K"
_UNDECODABLE = range(0xDC80, 0xDD00)
"""How Python writes the bytes 80 to ff of a file name that is not UTF-8."""


def use_utf8() -> None:
    """Print UTF-8 whatever the system's old code page is; what can't be encoded is escaped.

    Only somebody who names an encoding in PYTHONIOENCODING gets that one.
    """
    wanted = os.environ.get("PYTHONIOENCODING", "").partition(":")[0] or "utf-8"
    for stream in (sys.stdout, sys.stderr):
        for encoding in ("utf-8", wanted):
            with suppress(AttributeError, ValueError, LookupError):
                stream.reconfigure(encoding=encoding, errors="backslashreplace")  # type: ignore[union-attr]


def escaped(text: str, *, lines: bool = False) -> str:
    r"""Return `text` with visible escapes in the place of controls and direction overrides.

    They look like \n, \x1b or \u202e; a byte of a file name that is no text looks like \xff. With
    `lines` line ends and tabs stay, for the text of a page.
    """
    if lines:
        return _UNSAFE_IN_LINES.sub(_visible, _LINE_ENDS.sub("\n", text))
    return _UNSAFE.sub(_visible, text)


def plain(text: str) -> str:
    """Return `text` so that it can stand within a line on standard output.

    It is `escaped` and `isolated`.
    """
    return isolated(escaped(text))


def isolated(text: str) -> str:
    """Return `text`, isolated (FSI, PDI) where it holds Arabic or Hebrew and goes to a terminal.

    So it does not change the order of what stands around it. In files and pipes the two characters
    would only be in the way, and the Windows console does not order text by direction at all.
    """
    if os.name != "nt" and is_terminal() and _RIGHT_TO_LEFT.search(text):
        return f"{_FIRST_STRONG_ISOLATE}{text}{_END_OF_ISOLATE}"
    return text


def is_terminal() -> bool:
    """Return whether a person reads standard output."""
    return sys.stdout is not None and sys.stdout.isatty()


def print_json(value: object) -> None:
    """Print one JSON object on one line of standard output."""
    click.echo(json_text(value))


def json_text(value: object, *, indent: int | None = None) -> str:
    """Return `value` as JSON that any program can read and any terminal can show.

    Letters stand as they are, where the output can have them; controls, direction overrides, line
    separators and lone surrogates as escapes.
    """
    utf8 = sys.stdout is None or (sys.stdout.encoding or "").lower() in {"utf-8", "utf8"}
    text = json.dumps(value, ensure_ascii=not utf8, indent=indent)
    return re.sub(f"(?!\n)[{_CONTROLS}{_DISGUISES}]", lambda found: f"\\u{ord(found[0]):04x}", text)


def run_with_progress(operation: Operation[Report], label: str, *, quiet: bool) -> Report:
    """Drive an operation; show a progress line on standard error when that is a terminal.

    Ctrl+C closes the operation at its last safe place before it goes on to the caller.
    """
    shown = not quiet and sys.stderr is not None and sys.stderr.isatty()

    def show(progress: Progress) -> None:
        if shown:
            count = f"{progress.done}/{progress.total}" if progress.total else str(progress.done)
            line = f"{label} {count} {escaped(progress.item)}"
            width = shutil.get_terminal_size().columns - 1
            click.echo(f"{_CLEAR_LINE}{line[:width]}", nl=False, err=True)

    try:
        return run_to_end(operation, show)
    finally:
        operation.close()
        if shown:
            click.echo(_CLEAR_LINE, nl=False, err=True)


def _visible(found: re.Match[str]) -> str:
    character = found.group()
    code = ord(character)
    if code in _UNDECODABLE:
        code -= 0xDC00
    return _NAMED.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")
