"""How a command that failed ends: a sentence for people, an object for scripts, an exit status.

The sentence goes to standard error. With --json one object goes to standard output besides, the
only one or (after a listing that was begun) the last:

    {"error": {"code": "record_not_found", "message": "The archive has no ...", "record_id": "ab"}}

`code` and `message` are always there. `code` is the `code` of an `ArchiveError`, whose fields
follow as strings and numbers, or one of: usage (exit status 2), interrupted (130), unexpected (70:
`desktop_app.launch` prints that one). Output that can't be written (6) is only told on standard
error, and a reader that has gone ("| head") is no failure (0).
"""

import errno
import os
import sys
import traceback
from contextlib import suppress

import click

from desktop_app.domain.errors import (
    ArchiveError,
    DiskFull,
    NotReadable,
    NotWritable,
    PathNotFound,
)

from .terminal import escaped, print_json

NOT_WRITABLE = 6
INTERRUPTED = 130
LONGEST_MESSAGE = 2_000
BEFORE_THE_VERB = ("--archive", "--lang")
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_NOT_THERE = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG}
_LOCKED = {errno.EROFS, errno.EACCES, errno.EPERM}


def error_json(error: ArchiveError) -> dict[str, object]:
    """Return a condition as an object: code, message and its fields."""
    return _object(error.code, str(error), error.fields)


def tell(error: BaseException, *, as_json: bool) -> int:
    """Say why a command failed and return its exit status."""
    match error:
        case ArchiveError():
            _say(f"Error: {_shortened(str(error))}")
            _print(error_json(error), as_json)
            return error.exit_code
        case click.ClickException():
            return _tell_wrong_usage(error, as_json)
        case OSError():
            return _tell_system_error(error, as_json)
        case _:
            sentence = "Stopped. What was finished is safe."
            _say(sentence)
            _print(_object("interrupted", sentence), as_json)
            return INTERRUPTED


def _tell_wrong_usage(error: click.ClickException, as_json: bool) -> int:
    sentence = error.format_message()
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        # Its message is the help.
        _say(sentence, lines=True)
        sentence = "Missing command."
    elif isinstance(error, click.UsageError) and error.ctx is not None:
        if isinstance(error, click.NoSuchOption) and error.option_name in BEFORE_THE_VERB:
            sentence += " It stands before the verb."
        _say(error.ctx.get_usage())
        _say(f"Try '{error.ctx.command_path} --help' for help.\n", lines=True)
    _say(f"Error: {_shortened(sentence)}")
    _print(_object("usage", sentence), as_json)
    return error.exit_code


def _tell_system_error(error: OSError, as_json: bool) -> int:
    """Tell an error that no adapter has turned into one of ours."""
    if isinstance(error, BrokenPipeError) or _says_closed_pipe(error):
        # Whoever read the output has seen enough ("| head").
        _silence_output()
        return 0
    if _arose_in_printing(error):
        _silence_output()
        _say(
            f"Error: The output can't be written ({error.strerror or error}). What the command did "
            "in the archive is done. Make room, or send the output elsewhere."
        )
        return NOT_WRITABLE
    return tell(_known(error), as_json=as_json)


def _known(error: OSError) -> ArchiveError:
    path, detail = error.filename or "", error.strerror or str(error)
    if error.errno in _NO_ROOM:
        return DiskFull(path=path)
    if error.errno in _NOT_THERE:
        return PathNotFound(path=path)
    known = NotWritable if error.errno in _LOCKED else NotReadable
    return known(path=path, detail=detail)


def _arose_in_printing(error: OSError) -> bool:
    return any(
        frame.f_code is click.echo.__code__ for frame, _ in traceback.walk_tb(error.__traceback__)
    )


def _says_closed_pipe(error: OSError) -> bool:
    return os.name == "nt" and error.errno == errno.EINVAL and _arose_in_printing(error)


def _silence_output() -> None:
    """Throw away what is still to be printed: at its end Python would try again and complain."""
    with suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _object(code: str, message: str, fields: dict[str, object] | None = None) -> dict[str, object]:
    said: dict[str, object] = {"code": code, "message": message}
    for name, value in (fields or {}).items():
        said[name] = value if isinstance(value, int | float | None) else str(value)
    return said


def _print(said: dict[str, object], as_json: bool) -> None:
    if as_json:
        try:
            print_json({"error": said})
        except OSError:
            _silence_output()


def _say(text: str, *, lines: bool = False) -> None:
    # Nobody may be there to read it.
    with suppress(OSError):
        click.echo(escaped(text, lines=lines), err=True)


def _shortened(text: str) -> str:
    """Return a sentence with its middle left out where a name in it is endless."""
    half = LONGEST_MESSAGE // 2
    return text if len(text) <= LONGEST_MESSAGE else f"{text[:half]} … {text[-half:]}"
