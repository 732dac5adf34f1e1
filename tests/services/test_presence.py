"""Who has an archive open is known, also of programs that were killed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.domain.errors import ArchiveBusy, NotWritable
from desktop_app.domain.opening_errors import ArchiveInUse
from desktop_app.services import presence
from desktop_app.services.archive import Archive
from desktop_app.services.presence import Presence, Program

OPEN_AND_WAIT = (
    "import sys\n"
    "from pathlib import Path\n"
    "from desktop_app.services.archive import Archive\n"
    "from desktop_app.services.presence import Program\n"
    "archive = Archive(Path(sys.argv[1]), program=Program(sys.argv[2]))\n"
    "print('open', flush=True)\n"
    "sys.stdin.read()\n"
    "archive.close()\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Archive.create(tmp_path / "archive").close()
    return tmp_path / "archive"


class Elsewhere:
    """Another program that has the archive open."""

    def __init__(self, folder: Path, program: Program) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", OPEN_AND_WAIT, str(folder), program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline().strip() == b"open"

    def end(self) -> None:
        self.process.communicate(timeout=60)


@pytest.fixture
def window(folder: Path) -> Iterator[Elsewhere]:
    started = Elsewhere(folder, Program.WINDOW)
    yield started
    if started.process.poll() is None:
        started.end()


def come(folder: Path, program: Program = Program.COMMAND) -> Presence:
    """Come and go, and return who was there."""
    visitor = Presence(folder, program)
    visitor.enter()
    visitor.leave()
    return visitor


def left(folder: Path) -> set[str]:
    return {path.name for path in (folder / presence.FOLDER).iterdir()}


def test_nobody_is_there_and_nothing_is_left(folder: Path) -> None:
    assert come(folder).others == ()
    assert left(folder) == {presence.GATE}


def test_a_command_works_beside_a_window_and_knows_of_it(folder: Path, window: Elsewhere) -> None:
    archive = Archive(folder)
    (other,) = archive.presence.others
    archive.close()
    assert (other.program, other.process) == ("window", window.process.pid)
    assert other.person
    assert other.since is not None
    assert abs((datetime.now(UTC) - other.since).total_seconds()) < 3600
    window.end()
    assert come(folder).others == ()
    assert left(folder) == {presence.GATE}


def test_a_second_window_is_told_who_has_it_open_and_may_read(
    folder: Path, window: Elsewhere
) -> None:
    with pytest.raises(ArchiveInUse) as caught:
        Archive(folder, program=Program.WINDOW)
    assert f"process {window.process.pid}" in str(caught.value)
    assert caught.value.exit_code == 5
    reader = Archive(folder, program=Program.WINDOW, read_only=True)
    assert reader.reading.records() == []
    reader.close()
    window.end()
    Archive(folder, program=Program.WINDOW).close()


def test_a_window_opens_beside_commands(folder: Path) -> None:
    command = Archive(folder)
    window = Archive(folder, program=Program.WINDOW)
    assert [other.program for other in window.presence.others] == ["command"]
    window.close()
    command.close()


def test_what_a_killed_program_left_is_cleared_away(folder: Path, window: Elsewhere) -> None:
    window.process.kill()
    window.end()
    assert len(left(folder)) == 3
    assert come(folder, Program.WINDOW).others == ()
    assert left(folder) == {presence.GATE}


def test_alone_is_only_who_is_alone(folder: Path, window: Elsewhere) -> None:
    archive = Archive(folder)
    with pytest.raises(ArchiveInUse), archive.presence.alone():
        pass
    window.end()
    with archive.presence.alone():
        pass
    archive.close()


def test_nobody_comes_while_somebody_is_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "WAIT_S", 0.05)
    archive = Archive(folder)
    with archive.presence.alone():
        with pytest.raises(ArchiveBusy):
            Archive(folder)
        reader = Archive(folder, read_only=True)
        reader.close()
    Archive(folder).close()
    with pytest.raises(ZeroDivisionError), archive.presence.alone():
        _ = 1 / 0
    with pytest.raises(OSError, match="of one's own"), archive.presence.alone():
        raise OSError("of one's own")
    with archive.presence.alone():
        pass
    archive.close()


def test_reading_announces_nothing(folder: Path) -> None:
    before = left(folder)
    reader = Archive(folder, read_only=True)
    assert left(folder) == before
    assert come(folder, Program.WINDOW).others == ()
    reader.close()


def test_an_archive_that_does_not_open_is_left_again(folder: Path) -> None:
    (folder / "archive.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(Exception, match="damaged"):
        Archive(folder)
    assert left(folder) == {presence.GATE}


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{",
        b"[" * 9000,
        b'{"program": 1, "process": "x", "computer": [], "person": null, "since": 5}',
        b'{"process": true, "since": "2026-11-24T10:00:00"}',
        b'{"process": -1, "since": "0001-01-01T00:00:00+14:00"}',
        b'{"process": 1e400, "since": "9999-12-31T23:59:59-14:00"}',
        b'{"person": "' + b"x" * 20_000 + b'"}',
        None,
    ],
)
def test_a_note_is_not_trusted(folder: Path, note: bytes | None) -> None:
    there = Archive(folder)
    (path,) = (folder / presence.FOLDER).glob("*.json")
    path.unlink()
    if note is not None:
        path.write_bytes(note)
    (other,) = come(folder).others
    assert (other.program, other.person, other.computer) == ("", "", "")
    assert other.since_text == "?"
    with pytest.raises(ArchiveInUse), Presence(folder, Program.COMMAND).alone():
        pass
    there.close()


def test_names_in_a_note_can_not_garble_a_line(folder: Path) -> None:
    there = Archive(folder)
    (path,) = (folder / presence.FOLDER).glob("*.json")
    said = json.loads(path.read_text("utf-8"))
    said |= {"person": "A\nn\u202ea\x1b[2J" + "x" * 500, "computer": "\u200f \t"}
    path.write_text(json.dumps(said), encoding="utf-8")
    (other,) = come(folder).others
    assert other.person.startswith("Ana[2Jx")
    assert len(other.person) == presence.MAX_NAME
    assert other.computer == ""
    assert other.process == os.getpid()
    there.close()


@pytest.mark.skipif(os.name != "posix", reason="links and pipes")
def test_what_somebody_planted_is_left_alone(folder: Path, tmp_path: Path) -> None:
    room = folder / presence.FOLDER
    target = tmp_path / "mine.txt"
    target.write_text("mine")
    (room / f"{'a' * 32}.lock").symlink_to(target)
    (room / f"{'b' * 32}.lock").mkdir()
    (room / "notes.lock").write_text("")
    archive = Archive(folder)
    (note,) = room.glob("*.json")
    note.unlink()
    os.mkfifo(note)
    (other,) = come(folder).others
    assert other.person == ""
    archive.close()
    assert target.read_text() == "mine"
    assert {"notes.lock", f"{'a' * 32}.lock", f"{'b' * 32}.lock"} < left(folder)


def test_where_nothing_can_be_noted_the_archive_opens_all_the_same(folder: Path) -> None:
    room = folder / presence.FOLDER
    (room / presence.GATE).unlink()
    room.rmdir()
    room.write_text("in the way")
    archive = Archive(folder, program=Program.WINDOW)
    assert archive.reading.records() == []
    with pytest.raises(NotWritable), archive.presence.alone():
        pass
    archive.close()
    assert room.read_text() == "in the way"
