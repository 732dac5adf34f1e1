"""One who works in an archive without end, and says aloud what is done: made to be killed.

    python tests/benchmarks/kill_worker.py ARCHIVE SCRATCH SEED [VERB]

Prints JSON lines: {"begin": verb, ...} before a command, with how many changes it will make where
that is known, and {"done": verb, "changes": [...], ...} after it. `kill_soak` reads them. VERB is
"import", "index" or "backup" to do nothing but that, "short" for everything else.
"""

import json
import random
import sys
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop_app.domain.changes.change import Action, Change, EntityKind, Value
from desktop_app.domain.changes.coded import Evidence
from desktop_app.domain.changes.rules import MergeRule, rule_of
from desktop_app.domain.imports import Outcome
from desktop_app.domain.operations import run_to_end
from desktop_app.services.archive import Archive
from desktop_app.services.suggesting import ASK_FIRST, SURE
from tests.samples import write_pdf

WORDS = "mentoring youth prevention school dialogue trust police family prison online".split()
PLACES = "Malmö Marseille Mosul Munich Manchester".split()
FEWEST_RECORDS = 5
MOST_RECORDS = 40
"""From so many records on, others are purged before more come in."""


class Worker:
    """Does one command after the other."""

    def __init__(self, folder: Path, scratch: Path, seed: int) -> None:
        self._folder = folder
        self._scratch = scratch
        self._chance = random.Random(seed)

    def run(self, verb: str | None = None) -> None:
        """Work until somebody ends it."""
        say({"ready": True})
        self.archive = Archive(self._folder)
        say({"opened": self.archive.reading.holdings().records})
        long: dict[str, tuple[int, Callable[[], None]]] = {
            "import": (2, self.take_in),
            "index": (2, self.index),
            "backup": (2, self.backup),
        }
        short: list[tuple[int, Callable[[], None]]] = [
            (30, self.edit),
            (10, self.extend),
            (15, self.tag),
            (10, self.finding),
            (15, self.note),
            (10, self.accept),
            (6, self.delete),
            (4, self.restore),
            (4, self.purge),
            (10, self.undo),
        ]
        if verb is None:
            chosen = [*long.values(), *short]
        else:
            chosen = [long[verb]] if verb in long else short
        weights = [weight for weight, _ in chosen]
        while True:
            (now,) = self._chance.choices([work for _, work in chosen], weights)
            if now in {self.delete, self.purge} and len(self._ids()) < FEWEST_RECORDS:
                continue
            now()

    def take_in(self) -> None:
        if len(self._ids()) > MOST_RECORDS:
            self.purge()
            return
        files = [
            write_report(self._scratch / "incoming", self._chance)
            for _ in range(self._chance.randint(1, 3))
        ]
        say({"begin": "import"})
        report = run_to_end(self.archive.importing.import_paths(files, jobs=1))
        made = [row.record_id for row in report.of(Outcome.ADDED)]
        for file in files:
            file.unlink()
        log = self.archive.editing.history(limit=len(files) * 40)
        changes = [e.change for e in log if e.change.group == report.import_id]
        say_done("import", changes, records=made)

    def edit(self) -> None:
        token = uuid.uuid4().hex
        names = ("title", "overview", "lessons", "dosage", "comparison_group", "programme_name")
        values: dict[str, Value] = {name: f"{name} {token}" for name in names}
        say({"begin": "edit", "count": len(values)})
        where = Evidence(1, token) if self._chance.random() < 0.5 else None
        say_done("edit", self.archive.editing.edit(self._one(), values, where))

    def extend(self) -> None:
        said: dict[str, list[Value]] = {
            "approach": ["mentoring", "sport"],
            "country": ["Sweden", "FR"],
        }
        say({"begin": "extend", "count": 4})
        where = Evidence(1, uuid.uuid4().hex)
        say_done("extend", self.archive.editing.edit(self._one(), {}, where, add=said))

    def tag(self) -> None:
        ids = self._some()
        tags = [f"{self._chance.choice(WORDS)} {uuid.uuid4().hex[:8]}" for _ in range(2)]
        say({"begin": "tag", "count": len(ids) * len(tags)})
        say_done("tag", self.archive.editing.tag(ids, tags))

    def finding(self) -> None:
        values: dict[str, Value] = {
            "outcome": "attitudes",
            "direction": "improved",
            "effect_size": self._chance.randint(1, 9) / 10,
            "page": 1,
            "quote": uuid.uuid4().hex,
        }
        say({"begin": "finding", "count": len(values) + 1})
        _, changes = self.archive.coding.add(EntityKind.FINDING, self._one(), values)
        say_done("finding", changes)

    def note(self) -> None:
        record_id = self._one()
        held = self.archive.coding.of(record_id).notes
        if held and self._chance.random() < 0.5:
            values: dict[str, Value] = {"text": uuid.uuid4().hex, "quote": uuid.uuid4().hex}
            say({"begin": "note", "count": len(values)})
            say_done("note", self.archive.coding.edit(EntityKind.NOTE, held[0].id, values))
        else:
            values = {"text": uuid.uuid4().hex, "page": 1, "shared": "yes"}
            say({"begin": "note", "count": len(values) + 1})
            say_done("note", self.archive.coding.add(EntityKind.NOTE, record_id, values)[1])

    def accept(self) -> None:
        record_id = self._one()
        state = self.archive.editing.state(record_id)
        wanted = [
            said.field
            for said in self.archive.suggesting.suggest(record_id)
            if said.confidence >= SURE
            and said.field not in ASK_FIRST
            and state.value(said.field) in (None, (), [], "")
        ]
        several = [f for f in wanted if rule_of(EntityKind.RECORD, f) is MergeRule.SET]
        say({"begin": "accept", "count": len(several) + len({*wanted} - {*several})})
        say_done("accept", self.archive.suggesting.accept(record_id)[1])

    def delete(self) -> None:
        ids = self._some()
        say({"begin": "delete", "count": len(ids)})
        say_done("delete", self.archive.editing.delete(ids))

    def restore(self) -> None:
        ids = [record.id for record in self.archive.trash.records()]
        ids = self._chance.sample(ids, len(ids) // 2)
        say({"begin": "restore", "count": len(ids)})
        say_done("restore", self.archive.editing.restore(ids))

    def purge(self) -> None:
        ids = [record.id for record in self.archive.trash.records()][:2]
        if not ids:
            ids = self._some()[:1]
            say({"begin": "delete", "count": len(ids)})
            say_done("delete", self.archive.editing.delete(ids))
        parts = {
            (entry.change.entity, entry.change.entity_id)
            for record_id in ids
            for entry in self.archive.editing.history(record_id, limit=100_000)
        }
        say({"begin": "purge", "count": len(parts)})
        say_done("purge", self.archive.trash.purge(ids), purged=ids)

    def undo(self) -> None:
        """Take the last edit of a tag or an overview back."""
        for entry in self.archive.editing.history(self._one(), limit=30):
            change = entry.change
            newest = change.undoes is None and change.action is Action.ADD
            if newest and change.field == "tag":
                state = self.archive.editing.state(change.entity_id)
                if change.id in state.fields["tag"].heads:
                    say({"begin": "undo", "count": 1})
                    say_done("undo", self.archive.editing.undo(change.id))
                    return

    def index(self) -> None:
        say({"begin": "index", "count": 0})
        run_to_end(self.archive.indexing.update())
        say_done("index", ())

    def backup(self) -> None:
        path = self._scratch / "backups" / f"{uuid.uuid4().hex}.zip"
        path.parent.mkdir(exist_ok=True)
        say({"begin": "backup", "count": 0})
        run_to_end(self.archive.backups.backup(path))
        say_done("backup", (), backup=str(path))

    def _ids(self) -> list[str]:
        return [record.id for record in self.archive.reading.records()]

    def _one(self) -> str:
        return self._chance.choice(self._ids())

    def _some(self) -> list[str]:
        ids = self._ids()
        return self._chance.sample(ids, min(3, len(ids)))


def write_report(folder: Path, chance: random.Random) -> Path:
    """Write a PDF like no other and return its path."""
    name = uuid.uuid4().hex
    words = " ".join(chance.choices(WORDS, k=60))
    place, year = chance.choice(PLACES), chance.randint(2000, 2025)
    pages = [
        f"An evaluation of {chance.choice(WORDS)} in {place}, {year} ({name})",
        f"The design was a randomised controlled trial with 412 pupils.\n{words}",
    ]
    return write_pdf(folder / f"{name}.pdf", pages, {"Title": f"Evaluation in {place}"})


def say(line: dict[str, object]) -> None:
    """Print an object as one line, at once."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def say_done(verb: str, changes: Sequence[Change], **more: object) -> None:
    """Say that a command has ended, and which changes it made."""
    say({"done": verb, "changes": [change.id for change in changes], **more})


if __name__ == "__main__":
    Worker(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])).run(*sys.argv[4:5])
