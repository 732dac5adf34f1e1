"""What an import of rows will do, worked out before anything is stored.

Rows are taken in the order of the files. A row is about a record that is there (in the archive, or
from a row before) or about a new one. A new record's id comes from the row, or from what stands in
it: so an import that was broken off finds what it has stored, and two offices that import the same
table have the same records.
"""

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.changes.merge import EntityState, canonical, element_key
from desktop_app.domain.changes.rules import MergeRule, rule_of
from desktop_app.domain.exchange.headings import SheetKind
from desktop_app.domain.exchange.mapping import SheetMapping
from desktop_app.domain.exchange.other_fields import OTHER, merged
from desktop_app.domain.exchange.rows import Sheet, SourceRow
from desktop_app.domain.imports import (
    Difference,
    ImportedRow,
    ImportedSource,
    MatchedBy,
    Outcome,
    RowCode,
)
from desktop_app.domain.text import fold, forms
from desktop_app.domain.titles import choose_title
from desktop_app.store.changes import ChangeLog

from .import_plan import PARTS, Key, Plan, Settings, Target
from .known_records import KnownRecords, identity_of
from .metadata_files import MetadataSource
from .row_files import NamedFiles, RowFiles
from .row_values import Fault, RowReader, RowValues

_NAMESPACE = uuid.UUID("5c0b7a5e-7a0f-4b5e-9d53-0e6a3a0c7d11")


class Planner:
    """Works out what rows will do."""

    def __init__(
        self,
        log: ChangeLog,
        known: KnownRecords,
        files: RowFiles,
        settings: Settings,
        holders: Mapping[Path, str | None],
    ) -> None:
        """Take what rows are compared with; `holders` gives the record that has a file's bytes."""
        self.plan = Plan(known=known)
        self._log = log
        self._known = known
        self._files = files
        self._settings = settings
        self._entries: dict[str, Key] = {}
        self._holders = holders
        self._claimed: set[str] = set()

    def refuse_file(self, path: Path, reason: str) -> None:
        """Note that a metadata file can't be read."""
        self.plan.sources.append(ImportedSource(path, None, 0))
        self.plan.rows.append(
            ImportedRow(path, "", 0, Outcome.REFUSED, code=RowCode.UNREADABLE_FILE, reason=reason)
        )

    def records(
        self, source: MetadataSource, sheet: Sheet, mapping: SheetMapping, reader: RowReader
    ) -> Iterator[None]:
        """Plan the rows of a sheet of records; yields after each."""
        for row in sheet.rows:
            said = reader.read(row, mapping)
            place = source.places[sheet.name]
            column = next((c for c, name in mapping.columns.items() if name == "file"), "")
            named = self._files.named(said.paths, place.parent, strict=reader.reads_table)
            fault = said.fault or named.fault(column)
            title = self._title(said, named)
            if fault is None and not title:
                fault = Fault(
                    RowCode.NO_TITLE,
                    "The row has no title. Fill it in, or say which column holds it.",
                )
            base = _row(place, sheet, row, title)
            if fault is not None:
                self.plan.rows.append(_refused(base, fault))
            else:
                self._record(base, said, named, title)
            yield

    def parts(
        self, source: MetadataSource, sheet: Sheet, mapping: SheetMapping, reader: RowReader
    ) -> Iterator[None]:
        """Plan the rows of a sheet of findings or appraisals; yields after each."""
        kind = PARTS[mapping.kind or SheetKind.RECORDS]
        for row in sheet.rows:
            said = reader.read(row, mapping)
            base = _row(source.places[sheet.name], sheet, row, "")
            owner = self._owner(said.record)
            fault = said.fault
            if fault is None and owner is None:
                column = next((c for c, name in mapping.columns.items() if name == "record"), "")
                fault = Fault(
                    RowCode.UNKNOWN_ENTRY,
                    f'There is no record "{said.record[:100]}". Name it by its id or its title.',
                    column,
                )
            if fault is not None or owner is None:
                self.plan.rows.append(_refused(base, fault or Fault(RowCode.UNKNOWN_ENTRY, "")))
            else:
                self._part(base, kind, owner, said)
            yield

    def entry(self, text: str) -> Target | None:
        """Return what a row of this import gave this id."""
        key = self._entries.get(text)
        return self.plan.targets.get(key) if key else None

    def entry_kinds(self) -> dict[str, SheetKind]:
        """Return of which kind each entry with an id is."""
        kinds = {kind: sheet for sheet, kind in PARTS.items()}
        return {text: kinds[key[0]] for text, key in self._entries.items()}

    def _title(self, said: RowValues, named: NamedFiles) -> str:
        title = said.values.get("title")
        if not title and named.found:
            return choose_title({}, "", named.found[0].name)
        if not title and (there := self._by_id(said.id)) is not None:
            title = there.held.get("title")
        return str(title or "")

    def _record(self, base: ImportedRow, said: RowValues, named: NamedFiles, title: str) -> None:
        values = dict(said.values)
        if "title" not in values and self._by_id(said.id) is None:
            values["title"] = title
        target, way = self._match(values, said, named, base)
        if target is None:
            target = self._new_record(base, said)
            values.setdefault("access", self._settings.access.value)
            if "title" not in said.values:
                self.plan.untitled.add(target.id)
        filled, differing = self._merge(target, values, said, way)
        if said.id:
            self._entries[said.id] = (target.kind, target.id)
        self._entries.setdefault(target.id, (target.kind, target.id))
        is_first = target.id not in self._claimed
        self._claimed.add(target.id)
        self._known.add(identity_of(target.id, target.held, self._settings.import_id))
        outcome = self._outcome(target, way, filled)
        remarks = (
            *said.remarks,
            *(f"There is no file {text!r} here." for text in named.missing[:5]),
        )
        place = len(self.plan.rows)
        self.plan.rows.append(
            replace(
                base,
                outcome=outcome,
                record_id=target.id,
                title=str(target.held.get("title") or title),
                matched_by=way,
                filled=() if way is None else filled,
                differing=differing,
                remarks=remarks,
            )
        )
        for path in named.found:
            holder = self._holders[path]
            if holder is not None:
                self.plan.note_file(path, place, holder)
            elif path not in self.plan.homes:
                self.plan.take_file(path, place)
        if not named.found and is_first:
            words = (said.id, title, values.get("doi"), values.get("report_number"))
            self.plan.words[place] = tuple(str(word) for word in words if word)

    def _match(
        self, values: Mapping[str, Value], said: RowValues, named: NamedFiles, base: ImportedRow
    ) -> tuple[Target | None, MatchedBy | None]:
        """Return what a row is about, and by what that was found; None for something new."""
        if (target := self._by_id(said.id)) is not None:
            return target, MatchedBy.ID
        if not _is_uuid(said.id):
            target = self._there(EntityKind.RECORD, _id_of(base.source))
            if target is not None:
                return target, MatchedBy.ROW
        for path in named.found:
            holder = self._holders[path]
            if holder is not None and holder not in self._claimed:
                return self._there(EntityKind.RECORD, holder), MatchedBy.BYTES
        # A table that gives ids tells its own records apart.
        others = self._claimed if _is_uuid(said.id) else frozenset[str]()
        found = self._known.match(identity_of("", values, None), without=others)
        if found is None:
            return None, None
        return self._there(EntityKind.RECORD, found[0].id), found[1]

    def _by_id(self, text: str) -> Target | None:
        if text in self._entries:
            return self.plan.targets[self._entries[text]]
        return self._there(EntityKind.RECORD, text.lower()) if _is_uuid(text) else None

    def _there(self, kind: EntityKind, entity_id: str, *, restores: bool = True) -> Target | None:
        """Return what is there of this id: planned before, or in the archive."""
        known = self.plan.targets.get((kind, entity_id))
        if known is not None:
            return known
        if kind is EntityKind.RECORD and self._known.get(entity_id) is None:
            return None
        state = self._log.state(kind, entity_id)
        if state.purged or not state.fields:
            return None
        target = Target(kind, entity_id, _owner_of(state), new=False, held=_held(state))
        target.restores = restores and state.deleted
        self.plan.targets[kind, entity_id] = target
        return target

    def _new_record(self, base: ImportedRow, said: RowValues) -> Target:
        wanted = said.id.lower() if _is_uuid(said.id) else _id_of(base.source)
        while self._log.state(EntityKind.RECORD, wanted).purged:
            # What was taken away for good comes back as something new.
            wanted = str(uuid.uuid5(_NAMESPACE, wanted))
        target = Target(EntityKind.RECORD, wanted, wanted, new=True, held={})
        self.plan.targets[EntityKind.RECORD, wanted] = target
        return target

    def _owner(self, text: str) -> str | None:
        """Return the id of the record that a finding names: by id, or by a title of one record."""
        target = self._by_id(text)
        if target is not None and target.kind is EntityKind.RECORD:
            return target.id
        fitting = [found for found in self._known.titled(text) if not found.deleted]
        return fitting[0].id if text and len(fitting) == 1 else None

    def _part(self, base: ImportedRow, kind: EntityKind, owner: str, said: RowValues) -> None:
        named = said.id.lower() if _is_uuid(said.id) else _id_of(base.source, owner)
        target = self._there(kind, named)
        way = None if target is None else MatchedBy.ID
        if target is not None and target.owner != owner:
            fault = Fault(RowCode.UNKNOWN_ENTRY, f'"{said.id}" belongs to another record.')
            self.plan.rows.append(_refused(base, fault))
            return
        if target is None:
            target = Target(kind, named, owner, new=True, held={})
            self.plan.targets[kind, named] = target
        values = dict(said.values)
        finding = values.get("finding")
        if isinstance(finding, str) and finding in self._entries:
            values["finding"] = self._entries[finding][1]
        filled, _ = self._merge(target, values, said, way)
        if said.id:
            self._entries[said.id] = (kind, target.id)
        self._entries.setdefault(target.id, (kind, target.id))
        outcome = self._outcome(target, way, filled)
        record = self.plan.targets.get((EntityKind.RECORD, owner))
        identity = self._known.get(owner)
        title = record.held.get("title") if record else identity.titles[0] if identity else ""
        self.plan.rows.append(
            replace(
                base,
                outcome=outcome,
                record_id=owner,
                title=str(title or ""),
                matched_by=way,
                filled=() if way is None else filled,
            )
        )

    def _merge(
        self, target: Target, values: Mapping[str, Value], said: RowValues, way: MatchedBy | None
    ) -> tuple[tuple[str, ...], tuple[Difference, ...]]:
        """Note what a row gives; return the fields that it fills or changes, and the others."""
        whole = self._settings.replaces or way in {None, MatchedBy.ID}
        filled: list[str] = []
        differing: list[Difference] = []
        for name, value in values.items():
            held = target.held.get(name)
            in_set = rule_of(target.kind, name) is MergeRule.SET
            if held in (None, [], (), ""):
                target.held[name] = target.sets[name] = value
                filled.append(name)
            elif in_set:
                united = _united(held, value)
                wanted = value if whole else united
                if _keys(wanted) != _keys(held):
                    target.held[name] = target.sets[name] = wanted
                    if whole:
                        target.whole.add(name)
                    filled.append(name)
            elif canonical(held) == canonical(value):
                continue
            elif whole:
                target.held[name] = target.sets[name] = value
                filled.append(name)
            elif _meaning(held) != _meaning(value):
                differing.append(Difference(name, held, value))
        if said.other and target.kind is EntityKind.RECORD:
            kept = merged(target.held.get(OTHER), said.other)
            if canonical(kept) != canonical(target.held.get(OTHER)):
                target.held[OTHER] = target.sets[OTHER] = kept
                filled.append(OTHER)
        return tuple(filled), tuple(differing)

    def _outcome(self, target: Target, way: MatchedBy | None, filled: Sequence[str]) -> Outcome:
        identity = self._known.get(target.id)
        ours = target.id in self._settings.touched
        if way is None:
            return Outcome.ADDED
        if ours and identity is not None and identity.import_id == self._settings.import_id:
            # This very import added it, before it was broken off.
            return Outcome.ADDED if way in {MatchedBy.ID, MatchedBy.ROW} else Outcome.UPDATED
        changed = bool(filled) or target.restores or ours
        return Outcome.UPDATED if changed else Outcome.DUPLICATE


def _row(path: Path, sheet: Sheet, row: SourceRow, title: str) -> ImportedRow:
    return ImportedRow(path, sheet.name, row.number, Outcome.REFUSED, title=title, source=row)


def _refused(base: ImportedRow, fault: Fault) -> ImportedRow:
    return replace(base, code=fault.code, reason=fault.reason, column=fault.column)


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False


def _id_of(row: SourceRow | None, owner: str = "") -> str:
    """Return an id that comes from what stands in a row."""
    cells = [] if row is None else [[cell.column, cell.text] for cell in row.cells]
    return str(uuid.uuid5(_NAMESPACE, json.dumps([owner, cells], ensure_ascii=True)))


def _held(state: EntityState) -> dict[str, Value]:
    return {
        name: list(value) if isinstance(value := state.value(name), tuple) else value
        for name in state.fields
    }


def _owner_of(state: EntityState) -> str:
    return state.id if state.kind is EntityKind.RECORD else str(state.value("record_id"))


def _keys(value: Value) -> set[str]:
    return {element_key(one) for one in value} if isinstance(value, list | tuple) else set()


def _united(held: Value, more: Value) -> Value:
    there = list(held) if isinstance(held, list | tuple) else []
    new = more if isinstance(more, list | tuple) else []
    known = _keys(there)
    return [*there, *(one for one in new if element_key(one) not in known)]


def _meaning(value: Value) -> str:
    """Return what a value says but for case, accents and spaces."""
    return " ".join(fold(form) for form in forms(canonical(value)))
