"""Kill a working program at random moments, and look whether the archive is whole each time.

    python tests/benchmarks/kill_soak.py [ARCHIVE] [COUNT] [SEED]

ARCHIVE is a folder that is made (default: a temporary one), COUNT how often to kill (200). After
each kill the archive is opened, checked deeply, and compared with what the program had said: every
command that it called done is in the log whole, the one under way is there whole or not at all, and
the tables are the sum of the log.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import psutil
from sqlite_utils import Database as Connection

from desktop_app.domain.changes.change import Action, Change, EntityKind
from desktop_app.domain.operations import run_to_end
from desktop_app.services.archive import DATABASE_NAME, Archive
from desktop_app.services.backup import restore_backup
from desktop_app.store.changes import ChangeLog, apply
from desktop_app.store.database import Database
from desktop_app.store.migrations import migrations
from desktop_app.store.sums import TABLES
from tests.benchmarks.kill_worker import write_report

WORKER = Path(__file__).with_name("kill_worker.py")
ONLY: tuple[tuple[str, ...], ...] = (
    *((), ("short",), ("short",), ("short",)),
    *(("import",), ("index",), ("backup",)),
)
"""What the program does until it is killed: everything, or only some of it."""
LONGEST_S = 3.0
"""The latest moment of a kill, counted from when the program begins to open the archive."""
FIRST_RECORDS = 8
ENDED_S = 20.0
"""How long the processes of a killed program may take to be gone."""


@dataclass
class Soak:
    """What is known of the archive from what was said before the kills."""

    folder: Path
    scratch: Path
    seed: int
    said: set[str] = field(default_factory=set)
    purged: set[str] = field(default_factory=set)
    imported: set[str] = field(default_factory=set)
    backups: list[Path] = field(default_factory=list)
    commands: Counter[str] = field(default_factory=Counter)
    killed: Counter[str] = field(default_factory=Counter)
    finished: Counter[str] = field(default_factory=Counter)
    """Commands that were under way when killed, and whose changes are there all the same."""
    opening_s: list[float] = field(default_factory=list)

    @classmethod
    def begin(cls, folder: Path, scratch: Path, seed: int) -> "Soak":
        """Make an archive with a few records in `folder`."""
        chance = random.Random(seed)
        archive = Archive.create(folder)
        files = [write_report(scratch / "incoming", chance) for _ in range(FIRST_RECORDS)]
        run_to_end(archive.importing.import_paths(files, jobs=1))
        said = {entry.change.id for entry in archive.editing.history(limit=10_000)}
        archive.close()
        return cls(folder, scratch, seed, said)

    def kill_once(self, number: int, longest_s: float = LONGEST_S) -> None:
        """Let the program work, kill it with all its processes, and check what it left."""
        chance = random.Random(f"{self.seed}-{number}")
        lines = self._run_and_kill(chance, longest_s)
        under_way: Mapping[str, Any] | None = None
        for line in lines:
            if "begin" in line:
                under_way = line
            elif "done" in line:
                under_way = None
                self.commands[line["done"]] += 1
                self.said.update(line["changes"])
                self.purged.update(line.get("purged", ()))
                self.imported.update(line.get("records", ()))
                if "backup" in line:
                    self.backups.append(Path(line["backup"]))
        opened = any("opened" in line for line in lines)
        self.killed[under_way["begin"] if under_way else "between" if opened else "opening"] += 1
        self._check(under_way)

    def _run_and_kill(self, chance: random.Random, longest_s: float) -> list[dict[str, Any]]:
        command = [sys.executable, str(WORKER), str(self.folder), str(self.scratch)]
        command += [str(chance.randrange(2**32)), *chance.choice(ONLY)]
        moment = chance.uniform(0, longest_s)
        log = self.scratch / "worker.log"
        with log.open("wb") as errors:
            process = subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=WORKER.parents[2],
                start_new_session=True,
            )
        assert process.stdout is not None
        first = process.stdout.readline()
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            kill_group(process)
        else:
            raise AssertionError(f"ended by itself: {log.read_text('utf-8')}")
        rest = process.stdout.read()
        process.stdout.close()
        whole = (first + rest).rpartition(b"\n")[0]
        return [json.loads(line) for line in whole.splitlines()]

    def _check(self, under_way: Mapping[str, Any] | None) -> None:
        began = time.perf_counter()
        archive = Archive(self.folder)
        self.opening_s.append(time.perf_counter() - began)
        try:
            report = run_to_end(archive.upkeep.check(deep=True))
            assert report.problems == (), report.problems[:5]
            held = {record.id for record in archive.reading.records()}
            held |= {record.id for record in archive.trash.records()}
        finally:
            archive.close()
        known = self._tables_are_the_sum_of_the_log()
        assert self.said <= known.keys(), "a command that was called done is not there"
        gone = {
            c.entity_id
            for c in known.values()
            if c.action is Action.PURGE and c.entity is EntityKind.RECORD
        }
        assert self.purged <= gone
        assert self.imported - gone <= held
        assert not gone & held
        new = [change for found, change in known.items() if found not in self.said]
        self._require_whole(under_way, new)
        self.said |= known.keys()

    def _require_whole(self, under_way: Mapping[str, Any] | None, new: list[Change]) -> None:
        """The command under way is there whole, or not at all."""
        if under_way is None:
            assert not new, "changes that nobody said anything about"
            return
        verb = under_way["begin"]
        self.finished[verb] += bool(new)
        if verb != "import":
            assert len(new) in {0, under_way["count"]}, (under_way, len(new))
            return
        by_record: dict[str, set[str]] = {}
        for change in new:
            file = change.value if change.field == "file" else None
            owner = file["record_id"] if isinstance(file, Mapping) else None
            record = change.entity_id if change.entity is EntityKind.RECORD else owner
            if isinstance(record, str):
                by_record.setdefault(record, set()).add(change.field)
        for fields in by_record.values():
            assert {"title", "access", "added_at", "import_id", "file"} <= fields

    def _tables_are_the_sum_of_the_log(self) -> dict[str, Change]:
        database = Database(self.folder / DATABASE_NAME)
        try:
            log = ChangeLog(database).history(limit=10_000_000)
            connection = Connection(memory=True)
            migrations.apply(connection)
            apply(connection, log)
            for table, _ in TABLES.values():
                query = f"SELECT * FROM {table} ORDER BY id"
                with database.reading() as held:
                    assert list(held.query(query)) == list(connection.query(query)), table
            connection.close()
        finally:
            database.close()
        return {change.id: change for change in log}

    def check_backups(self) -> None:
        """Every backup that was called done is whole; the last one can be restored."""
        for path in self.backups:
            with zipfile.ZipFile(path) as saved:
                assert saved.testzip() is None
        for path in (self.scratch / "backups").glob("*.zip"):
            with zipfile.ZipFile(path) as saved:
                assert saved.testzip() is None
        if self.backups:
            target = self.scratch / "restored"
            run_to_end(restore_backup(self.backups[-1], target))
            archive = Archive(target)
            problems = [
                problem
                for problem in run_to_end(archive.upkeep.check(deep=True)).problems
                if not problem.code.startswith("index")
            ]
            archive.close()
            assert not problems, problems


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all that it started, at once, and wait until they are gone."""
    family = [process.pid, *(p.pid for p in psutil.Process(process.pid).children(recursive=True))]
    if sys.platform == "win32":
        for pid in family:
            os.kill(pid, signal.SIGTERM)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(ENDED_S)
    until = time.monotonic() + ENDED_S
    while any(alive(pid) for pid in family):
        assert time.monotonic() < until, "a process outlived the program"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Return whether a process runs, and is no mere entry that waits for its parent."""
    try:
        status: str = psutil.Process(pid).status()
    except psutil.NoSuchProcess:
        return False
    return status != str(psutil.STATUS_ZOMBIE)


def main() -> None:
    """Kill so often as was asked for, and print what happened."""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(10**6)
    with tempfile.TemporaryDirectory() as made:
        scratch = Path(made)
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else scratch / "archive"
        soak = Soak.begin(folder, scratch, seed)
        began = time.monotonic()
        print(f"seed {seed}, {count} kills", flush=True)
        for number in range(count):
            soak.kill_once(number)
            if (number + 1) % 10 == 0:
                taken = time.monotonic() - began
                print(f"{number + 1:5} kills, {taken:6.0f} s, {len(soak.said)} changes", flush=True)
        soak.check_backups()
        parts = [path.name for path in scratch.rglob("*.part")]
        print("commands done ", sum(soak.commands.values()), dict(soak.commands.most_common()))
        print("killed during ", dict(soak.killed.most_common()))
        print("of these there", dict(soak.finished.most_common()))
        print(f"opening after a kill: at most {max(soak.opening_s) * 1000:.0f} ms")
        print(f"backups {len(soak.backups)}, left over parts of backups {len(parts)}")


if __name__ == "__main__":
    main()
