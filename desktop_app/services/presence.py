"""Who has an archive open: each program that may write in it says so beside the database.

`in-use/<id>.lock` is held as long as the program has the archive open, and the system releases it
when the program is killed; `in-use/<id>.json` says who that is. `in-use/gate.lock` is held while
somebody comes, and for as long as somebody needs the archive alone. Reading needs nothing of this.
"""

import json
import logging
import os
import platform
import re
import stat
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path

from filelock import FileLock, Timeout

from desktop_app.domain.errors import ArchiveBusy, NotWritable
from desktop_app.domain.opening_errors import ArchiveInUse

from .authorship import person

FOLDER = "in-use"
GATE = "gate.lock"
WAIT_S = 5.0
"""How long to wait for somebody who needs the archive alone."""
MAX_NOTE = 10_000
MAX_NAME = 60
MAX_VISITORS = 1000
_LOCK = re.compile(r"([0-9a-f]{32})\.lock")
_FIRST_YEAR = 2000

_log = logging.getLogger(__name__)


class Program(StrEnum):
    """What has an archive open."""

    WINDOW = "window"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Visitor:
    """A program that has the archive open for writing, as its own note says: not to be trusted.

    Names are printable and short, empty where unknown; `process` is 0 and `since` None then.
    """

    program: str = ""
    process: int = 0
    computer: str = ""
    person: str = ""
    since: datetime | None = None

    @property
    def since_text(self) -> str:
        """Return since when, in this computer's time; "?" where that is not known."""
        return "?" if self.since is None else self.since.astimezone().strftime("%Y-%m-%d %H:%M")


class Presence:
    """This program's place among those that have the archive in `folder` open."""

    def __init__(self, folder: Path, program: Program) -> None:
        self._folder = folder
        self._program = program
        self._room = folder / FOLDER
        self._name = uuid.uuid4().hex
        self._lock: FileLock | None = None
        self.others: tuple[Visitor, ...] = ()
        """Who was there when this program came."""

    def enter(self) -> None:
        """Announce this program. Where nothing can be noted, the archive is opened all the same.

        Raises `ArchiveInUse` where two windows would be open, `ArchiveBusy` while somebody needs
        the archive alone.
        """
        try:
            with self._gate():
                self.others = self._present()
                if self._program is Program.WINDOW:
                    self._refuse([v for v in self.others if v.program == Program.WINDOW])
                self._announce()
        except OSError as error:
            _log.info("nobody is told that the archive is open: %s", error)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other program out meanwhile.

        Raises `ArchiveInUse` (an `ArchiveBusy`) with the name of who has it open, `NotWritable`
        where that can't be known.
        """
        with ExitStack() as held:
            try:
                held.enter_context(self._gate())
                self._refuse(self._present())
            except OSError as error:
                raise NotWritable(path=self._room, detail=error.strerror or error) from error
            yield

    def leave(self) -> None:
        """Take the announcement back; doing so twice does no harm."""
        lock, self._lock = self._lock, None
        if lock is None:
            return
        note = self._room / f"{self._name}.json"
        with suppress(OSError):
            note.unlink(missing_ok=True)
        lock.release()
        with suppress(OSError):
            Path(lock.lock_file).unlink(missing_ok=True)

    @contextmanager
    def _gate(self) -> Iterator[None]:
        self._room.mkdir(exist_ok=True)
        gate = FileLock(self._room / GATE, thread_local=False)
        try:
            gate.acquire(timeout=WAIT_S)
        except Timeout as error:
            raise ArchiveBusy(folder=self._folder) from error
        try:
            yield
        finally:
            gate.release()

    def _announce(self) -> None:
        # Any thread may close the archive.
        lock = FileLock(self._room / f"{self._name}.lock", thread_local=False)
        lock.acquire(timeout=0)
        self._lock = lock
        note = {
            "program": self._program,
            "process": os.getpid(),
            "computer": platform.node(),
            "person": person(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        (self._room / f"{self._name}.json").write_text(json.dumps(note), encoding="utf-8")

    def _present(self) -> tuple[Visitor, ...]:
        """Return the others, and clear away what killed programs left. Only inside the gate."""
        with os.scandir(self._room) as entries:
            names = [entry.name for entry in islice(entries, 2 * MAX_VISITORS)]
        locks = [found[1] for found in map(_LOCK.fullmatch, names) if found]
        return tuple(
            _read_note(self._room / f"{name}.json")
            for name in sorted(locks)
            if name != self._name and not self._clear_if_left(name)
        )

    def _clear_if_left(self, name: str) -> bool:
        path = self._room / f"{name}.lock"
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError:
            return True  # A link, a folder, another person's file: nothing that we made.
        lock.release()
        with suppress(OSError):
            (self._room / f"{name}.json").unlink(missing_ok=True)
            path.unlink(missing_ok=True)
        return True

    def _refuse(self, visitors: Sequence[Visitor]) -> None:
        if visitors:
            first = visitors[0]
            raise ArchiveInUse(
                folder=self._folder,
                person=first.person or "?",
                computer=first.computer or "?",
                since=first.since_text,
                process=first.process or "?",
            )


def _read_note(path: Path) -> Visitor:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return Visitor()
        with path.open("rb") as stream:
            said = json.loads(stream.read(MAX_NOTE))
    except (OSError, ValueError, RecursionError):
        return Visitor()
    if not isinstance(said, dict):
        return Visitor()
    process = said.get("process")
    return Visitor(
        program=_name(said.get("program")),
        process=process if isinstance(process, int) and 0 < process < 2**32 else 0,
        computer=_name(said.get("computer")),
        person=_name(said.get("person")),
        since=_moment(said.get("since")),
    )


def _name(value: object) -> str:
    """Return a name without controls and direction marks."""
    if not isinstance(value, str):
        return ""
    return "".join(c for c in value[: 4 * MAX_NAME] if c.isprintable()).strip()[:MAX_NAME]


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    if moment is None or moment.tzinfo is None or moment.year < _FIRST_YEAR:
        return None
    return moment if moment.year < datetime.max.year else None
