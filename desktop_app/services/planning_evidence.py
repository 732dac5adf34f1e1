"""Evidence in metadata files: pages, quotes and states of the values that other rows give."""

from collections.abc import Iterator
from dataclasses import replace

from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.changes.coded import EMPTY_STATES, Coded
from desktop_app.domain.changes.merge import canonical, element_key
from desktop_app.domain.changes.rules import MergeRule, rule_of
from desktop_app.domain.controlled import ControlledTerms
from desktop_app.domain.errors import InvalidField
from desktop_app.domain.exchange.rows import Sheet
from desktop_app.domain.fields import RECORD_FIELDS
from desktop_app.domain.imports import ImportedRow, Outcome, RowCode
from desktop_app.exchange.evidence_tables import EvidenceRow, evidence_of
from desktop_app.exchange.list_cells import split
from desktop_app.store.changes import ChangeLog

from .import_plan import Target
from .metadata_files import MetadataSource
from .planning import Planner
from .row_values import Fault
from .term_labels import labels
from .values import check_field


class EvidencePlanner:
    """Plans the rows of sheets of evidence, after those of all other sheets."""

    def __init__(self, planner: Planner, log: ChangeLog, terms: ControlledTerms) -> None:
        self._planner = planner
        self._log = log
        self._terms = terms

    def rows(self, source: MetadataSource, sheet: Sheet) -> Iterator[None]:
        """Plan the rows of a sheet; yields after each."""
        place = source.places[sheet.name]
        found = evidence_of(sheet, self._planner.entry_kinds(), labels(self._terms, "en"))
        for row, said in zip(sheet.rows, found, strict=True):
            base = ImportedRow(place, sheet.name, row.number, Outcome.REFUSED, source=row)
            self._planner.plan.rows.append(self._planned(base, said))
            yield

    def _planned(self, base: ImportedRow, said: EvidenceRow) -> ImportedRow:
        target = self._planner.entry(said.entry)
        if said.problem or target is None:
            unknown = target is None
            code = RowCode.UNKNOWN_ENTRY if unknown else RowCode.INVALID_VALUE
            return replace(base, code=code, reason=said.problem)
        base = replace(base, record_id=target.owner, title=str(target.held.get("title") or ""))
        fault, coded = self._checked(target, said)
        if fault is not None or coded is None:
            reason = fault.reason if fault else ""
            return replace(base, record_id=None, code=RowCode.INVALID_VALUE, reason=reason)
        state = self._log.state(target.kind, target.id)
        there = state.fields.get(said.field)
        if there is not None and any(known.stored == coded.stored for known in there.coded):
            return replace(base, outcome=Outcome.DUPLICATE)
        outcome = Outcome.ADDED if there is None or not there.coded else Outcome.UPDATED
        target.coded.setdefault(said.field, []).append(coded)
        return replace(base, outcome=outcome, filled=(said.field,))

    def _checked(self, target: Target, said: EvidenceRow) -> tuple[Fault | None, Coded | None]:
        definition = RECORD_FIELDS.get(said.field)
        if target.kind is not EntityKind.RECORD or definition is None or not definition.coded:
            return _fault(f'Evidence can\'t be kept for "{said.field}".'), None
        coded, held = said.coded, target.held.get(said.field)
        empty = held in (None, [], (), "")
        if coded.value in (None, ""):
            if coded.state not in EMPTY_STATES:
                return _fault("The row names no value. Fill it in, or the state."), None
            if not empty:
                return _fault(f'"{said.field}" holds a value, so it can\'t be {coded.state}.'), None
            return None, replace(coded, value=None)
        in_set = rule_of(target.kind, said.field) is MergeRule.SET
        value: Value = coded.value
        if definition.several:
            value = [value] if in_set else list(split(str(value)))
        try:
            checked = check_field(self._terms, said.field, value, RECORD_FIELDS)
        except InvalidField as error:
            return _fault(str(error.fields["detail"])), None
        if in_set and isinstance(checked, list):
            checked = checked[0]
            elements = held if isinstance(held, list) else []
            fits = element_key(checked) in {element_key(one) for one in elements}
        else:
            fits = canonical(checked) == canonical(held)
        if not fits:
            return _fault(f'The record does not hold this value in "{said.field}".'), None
        return None, replace(coded, value=checked)


def _fault(reason: str) -> Fault:
    return Fault(RowCode.INVALID_VALUE, reason)
