"""What an import of rows will do, worked out before anything is stored.

Rows are taken in the order of the files. A row is about a record that is there (in the archive, or
from a row before) or about a new one. A new record's id comes from the row, or from what stands in
it: so an import that was broken off finds what it has stored, and two offices that import the same
table have the same records.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.domain.changes.change import Action, Change, EntityKind, Value
from desktop_app.domain.changes.coded import bare
from desktop_app.domain.changes.merge import canonical, element_key
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
from desktop_app.domain.titles import choose_title
from desktop_app.store.changes import ChangeLog

from .import_plan import PARTS, Key, Plan, Settings, Target
from .known_records import KnownRecords, identity_of
from .metadata_files import MetadataSource
from .part_checks import check_part
from .row_files import NamedFiles, RowFiles
from .row_identity import (
    another_id,
    element_keys,
    held_values,
    id_of,
    is_uuid,
    meaning,
    owner_id,
    shows,
    united,
)
from .row_values import Fault, RowReader, RowValues


class Planner:
    """Works out what rows will do."""

    def __init__(
        self,
        log: ChangeLog,
        known: KnownRecords,
        files: RowFiles,
        settings: Settings,
        holders: Mapping[Path, str | None],
        pages: Mapping[str, int | None],
    ) -> None:
        """Take what rows are compared with.

        `holders` gives the record that has a file's bytes, `pages` how many the longest document of
        a record has.
        """
        self.plan = Plan(known=known)
        self._log = log
        self._known = known
        self._files = files
        self._settings = settings
        self._entries: dict[str, Key] = {}
        self._holders = holders
        self._claimed: set[str] = set()
        self._pasts: dict[Key, list[Change]] = {}
        self._pages = pages

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
                why = "The row has no title. Fill it in, or say which column holds it."
                fault = Fault(RowCode.NO_TITLE, " ".join((why, *said.remarks[:3])))
            base = _row(place, sheet, row, title)
            fault = fault or self._twice(said, mapping)
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
            if fault is None and owner is not None:
                fault = check_part(kind, said, mapping, self._pages[owner])
            if fault is not None or owner is None:
                self.plan.rows.append(_refused(base, fault or Fault(RowCode.UNKNOWN_ENTRY, "")))
            else:
                self._part(base, kind, owner, said)
            yield

    def entry(self, text: str) -> Target | None:
        """Return what a row of this import gave this id."""
        key = self._entries.get(text)
        return self.plan.targets.get(key) if key else None

    def begin_source(self) -> None:
        """Forget the ids of the file before: each numbers its own rows."""
        self._entries.clear()

    def entry_kinds(self) -> dict[str, SheetKind]:
        """Return of which kind each entry with an id is."""
        kinds = {kind: sheet for sheet, kind in PARTS.items()}
        return {text: kinds[key[0]] for text, key in self._entries.items()}

    def _twice(self, said: RowValues, mapping: SheetMapping) -> Fault | None:
        """Return why a row is refused that has the id of a row before and says something else."""
        target = self.plan.targets.get(self._entries[said.id]) if said.id in self._entries else None
        if target is None or all(
            canonical(target.held.get(name)) == canonical(value)
            for name, value in said.values.items()
        ):
            return None
        column = next((c for c, name in mapping.columns.items() if name == "id"), "")
        return Fault(
            RowCode.INVALID_VALUE,
            f'A row before has the id "{said.id[:100]}" as well. Give each row an id of its own.',
            column,
        )

    def _title(self, said: RowValues, named: NamedFiles) -> str:
        title = said.values.get("title")
        if isinstance(title, str) and not shows(title):
            return ""
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
        if "title" not in said.values and target.held.get("title") in {None, title}:
            self.plan.untitled.add(target.id)
        filled, differing = self._merge(target, values, said, way)
        if said.id:
            self._entries[said.id] = (target.kind, target.id)
        outcome = self._outcome(target, way, filled)
        self._entries.setdefault(target.id, (target.kind, target.id))
        is_first = target.id not in self._claimed
        self._claimed.add(target.id)
        before = self._known.get(target.id)
        import_id = before.import_id if before else self._settings.import_id
        self._known.add(identity_of(target.id, target.held, import_id))
        remarks = (
            *said.remarks,
            *(f'There is no file "{text}" here.' for text in named.missing[:5]),
            *(
                f'"{text}" is a web address, not a file: a column "url" would hold it.'
                for text in named.addresses[:5]
            ),
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
            if holder is not None and holder != target.id:
                self.plan.remark(place, f'"{path.name}" is in the archive, with another record.')
                self.plan.homes.setdefault(path, holder)
                self.plan.home_rows.setdefault(path, place)
            elif holder is not None:
                self.plan.note_file(path, place, holder)
            elif path not in self.plan.homes:
                self.plan.take_file(path, place)
            elif self.plan.homes[path] != target.id:
                self.plan.remark(place, f'"{path.name}" belongs to a row before.')
        if not named.found and is_first:
            words = (said.id, title, values.get("doi"), values.get("report_number"))
            self.plan.words[place] = tuple(str(word) for word in words if word)

    def _match(
        self, values: Mapping[str, Value], said: RowValues, named: NamedFiles, base: ImportedRow
    ) -> tuple[Target | None, MatchedBy | None]:
        """Return what a row is about, and by what that was found; None for something new."""
        if (target := self._by_id(said.id)) is not None:
            return target, MatchedBy.ID
        if not is_uuid(said.id):
            target = self._there(EntityKind.RECORD, id_of(base.source))
            if target is not None:
                return target, MatchedBy.ROW
        for path in named.found:
            holder = self._holders[path]
            if holder is not None and holder not in self._claimed:
                return self._there(EntityKind.RECORD, holder), MatchedBy.BYTES
        # A table that gives ids tells its own records apart.
        others = self._claimed if is_uuid(said.id) else frozenset[str]()
        found = self._known.match(identity_of("", values, None), without=others)
        if found is None:
            return None, None
        return self._there(EntityKind.RECORD, found[0].id), found[1]

    def _by_id(self, text: str) -> Target | None:
        if text in self._entries:
            return self.plan.targets[self._entries[text]]
        return self._there(EntityKind.RECORD, text.lower()) if is_uuid(text) else None

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
        target = Target(kind, entity_id, owner_id(state), new=False, held=held_values(state))
        target.restores = restores and state.deleted
        self.plan.targets[kind, entity_id] = target
        return target

    def _new_record(self, base: ImportedRow, said: RowValues) -> Target:
        wanted = said.id.lower() if is_uuid(said.id) else id_of(base.source)
        while self._log.state(EntityKind.RECORD, wanted).purged:
            # What was taken away for good comes back as something new.
            wanted = another_id(wanted)
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
        named = said.id.lower() if is_uuid(said.id) else id_of(base.source, owner)
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
                both = united(held, value)
                wanted = value if whole and not self._is_old(target, name, value) else both
                if element_keys(wanted) != element_keys(held):
                    target.held[name] = target.sets[name] = wanted
                    if whole:
                        target.whole.add(name)
                    filled.append(name)
            elif canonical(held) == canonical(value):
                continue
            elif whole and not self._is_old(target, name, value):
                target.held[name] = target.sets[name] = value
                filled.append(name)
            elif meaning(held) != meaning(value):
                differing.append(Difference(name, held, value))
        if said.other and target.kind is EntityKind.RECORD:
            kept = merged(target.held.get(OTHER), said.other)
            if canonical(kept) != canonical(target.held.get(OTHER)):
                target.held[OTHER] = target.sets[OTHER] = kept
                filled.append(OTHER)
        return tuple(filled), tuple(differing)

    def _is_old(self, target: Target, name: str, value: Value) -> bool:
        """Return whether a row says what the archive held before somebody changed it.

        Then the row is older than the archive, for instance from an export of some time ago.
        """
        if target.new or self._settings.replaces:
            return False
        key = (target.kind, target.id)
        if key not in self._pasts:
            self._pasts[key] = self._log.of_entity(*key)
        changes = [change for change in self._pasts[key] if change.field == name]
        if rule_of(target.kind, name) is not MergeRule.SET:
            return any(canonical(bare(change.value)) == canonical(value) for change in changes)
        wanted, held = element_keys(value), set[str]()
        for change in changes:
            turn = held.add if change.action is Action.ADD else held.discard
            turn(element_key(change.value))
            if held == wanted:
                return True
        return False

    def _outcome(self, target: Target, way: MatchedBy | None, filled: Sequence[str]) -> Outcome:
        identity = self._known.get(target.id)
        ours = target.id in self._settings.touched and target.id not in self._claimed
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
