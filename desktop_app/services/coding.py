"""Findings, appraisals and notes: what people say about a record besides its own fields."""

import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress

from desktop_app.domain.changes import edits
from desktop_app.domain.changes.change import Change, EntityKind, Value
from desktop_app.domain.changes.edits import Origin
from desktop_app.domain.changes.merge import EntityState
from desktop_app.domain.errors import InvalidField, PartNotFound, RecordNotFound
from desktop_app.domain.fields import (
    APPRAISAL_FIELDS,
    FINDING_FIELDS,
    NOTE_FIELDS,
    SCALE_VALUES,
    FieldDefinition,
)
from desktop_app.domain.fields.definition import NEEDED, NOT_CODE
from desktop_app.domain.findings import Parts
from desktop_app.domain.records import Record
from desktop_app.domain.text import forms
from desktop_app.store.changes import ChangeLog
from desktop_app.store.pages import Pages
from desktop_app.store.parts import PartsOfRecords
from desktop_app.store.records import Records
from desktop_app.store.sums import OWNER

from .authorship import Authorship, person
from .terms import TermsOfArchive
from .values import check_fields, check_place, made, set_changes, today

FIELDS: dict[EntityKind, dict[str, FieldDefinition]] = {
    EntityKind.FINDING: FINDING_FIELDS,
    EntityKind.APPRAISAL: APPRAISAL_FIELDS,
    EntityKind.NOTE: NOTE_FIELDS,
}


class Coding:
    """Adds and changes findings, appraisals and notes; each command returns the changes it made."""

    def __init__(
        self,
        records: Records,
        parts: PartsOfRecords,
        pages: Pages,
        log: ChangeLog,
        authorship: Authorship,
        terms: TermsOfArchive,
    ) -> None:
        self._records = records
        self._parts = parts
        self._pages = pages
        self._log = log
        self._authorship = authorship
        self._terms = terms

    def of(self, record_id: str) -> Parts:
        """Return what was said about a record."""
        return self._parts.of(self._records.resolve(record_id))

    def of_many(self, record_ids: Iterable[str]) -> dict[str, Parts]:
        """Return what was said about these records, by their whole ids."""
        return self._parts.of_many(record_ids)

    def add(
        self, kind: EntityKind, record_id: str, values: Mapping[str, Value]
    ) -> tuple[str, list[Change]]:
        """Add a finding, an appraisal or a note to a record; return its id and the changes.

        Raises `InvalidField` with one sentence for each field that can't hold its value, and
        for a required one that is missing. An appraisal is by the person at the computer, today,
        where nothing else is said.
        """
        record = self._records.get(self._records.resolve(record_id))
        said = dict(values)
        if kind is EntityKind.APPRAISAL:
            said = {"rater": person(), "date": today()} | said
        for field in FIELDS[kind].values():
            if field.required and said.get(field.name) in (None, ""):
                raise InvalidField(detail=NEEDED.format(field=field.name))
        checked = self._checked(kind, record, said, {})
        part_id = str(uuid.uuid4())
        state = self._log.state(kind, part_id)
        return part_id, self._apply(state, {OWNER: record.id, **checked})

    def edit(self, kind: EntityKind, part_id: str, values: Mapping[str, Value]) -> list[Change]:
        """Set fields of a finding, an appraisal or a note. All of them, or none."""
        whole_id, record_id = self._parts.resolve(kind, part_id)
        state = self._log.state(kind, whole_id)
        record = self._records.get(record_id)
        held = {name: state.value(name) for name in FIELDS[kind]}
        return self._apply(state, self._checked(kind, record, values, held))

    def delete(self, kind: EntityKind, part_ids: Iterable[str]) -> list[Change]:
        """Put findings, appraisals or notes into the trash; `restore` takes them out."""
        wanted = [(kind, self._parts.resolve(kind, part_id)[0]) for part_id in part_ids]
        return self._turn(wanted, back=False)

    def restore(self, kind: EntityKind, part_ids: Iterable[str]) -> list[Change]:
        """Take findings, appraisals or notes out of the trash."""
        wanted = [(kind, self._parts.resolve(kind, part_id)[0]) for part_id in part_ids]
        return self._turn(wanted, back=True)

    def delete_any(self, ids: Iterable[str]) -> list[Change]:
        """Put records, findings, appraisals and notes into the trash: all of them, or none."""
        return self._turn([self.identify(one) for one in ids], back=False)

    def restore_any(self, ids: Iterable[str]) -> list[Change]:
        """Take records, findings, appraisals and notes out of the trash: all of them, or none."""
        return self._turn([self.identify(one) for one in ids], back=True)

    def identify(self, prefix: str) -> tuple[EntityKind, str]:
        """Return what an id, or the beginning of one (at least 4 characters), belongs to.

        A record, finding, appraisal or note, with its whole id. Raises `RecordNotFound` where there
        is none, and an error that asks for more characters where there are several.
        """
        try:
            return EntityKind.RECORD, self._records.resolve(prefix)
        except RecordNotFound:
            for kind in FIELDS:
                with suppress(PartNotFound):
                    return kind, self._parts.resolve(kind, prefix)[0]
            raise

    def holds_quote(
        self, record_id: str, quote: str, page: int | None, document: str | None = None
    ) -> bool:
        """Return whether a quote stands on the page, but for case, accents and line breaks.

        Without a page, whether it stands on any page of the document.
        """
        record = self._records.get(self._records.resolve(record_id))
        if not record.documents:
            return False
        document_id = check_place(record, document, page) or record.documents[0].id
        if page is not None:
            texts = [found.text for found in self._pages.get([(document_id, page)]).values()]
        else:
            texts = [found.text for found in self._pages.of_document(document_id)]
        # Hyphens at line ends are joined in the stored text, and people copy them or not.
        wanted = "".join(forms(quote))
        return bool(wanted) and any(wanted in "".join(forms(text)) for text in texts)

    def _turn(self, wanted: Iterable[tuple[EntityKind, str]], *, back: bool) -> list[Change]:
        turn = edits.restore if back else edits.delete
        origin = self._authorship.origin()
        changes = made([turn(origin, self._log.state(*key)) for key in wanted])
        if changes:
            self._records.apply(changes)
        return changes

    def _checked(
        self,
        kind: EntityKind,
        record: Record,
        values: Mapping[str, Value],
        held: Mapping[str, Value],
    ) -> dict[str, Value]:
        terms = self._terms.controlled()
        checked = check_fields(terms, values, FIELDS[kind])
        whole = {**held, **checked}
        if "document" in FIELDS[kind] and (checked.keys() & {"document", "page"}):
            document, page = whole.get("document"), whole.get("page")
            found = check_place(
                record,
                document if isinstance(document, str) else None,
                page if isinstance(page, int) else None,
            )
            if checked.get("document") is not None:
                checked["document"] = found
        if kind is EntityKind.APPRAISAL:
            checked |= self._checked_appraisal(record, checked, whole)
        return checked

    def _checked_appraisal(
        self, record: Record, checked: Mapping[str, Value], whole: Mapping[str, Value]
    ) -> dict[str, Value]:
        found: dict[str, Value] = {}
        if checked.keys() & {"scale", "value"} and str(whole.get("scale")) in SCALE_VALUES:
            found["value"] = scale_value(whole.get("scale"), whole.get("value"))
        if checked.get("finding") is not None:
            finding, owner = self._parts.resolve(EntityKind.FINDING, str(checked["finding"]))
            if owner != record.id:
                raise InvalidField(detail=f'The record has no finding "{checked["finding"]}".')
            found["finding"] = finding
        return found

    def _apply(self, state: EntityState, values: Mapping[str, Value]) -> list[Change]:
        origin: Origin = self._authorship.origin()
        changes = [
            change
            for name, value in values.items()
            if value is not None or name in state.fields
            for change in set_changes(origin, state, name, value)
        ]
        if changes:
            self._records.apply(changes)
        return changes


def scale_value(scale: Value, value: Value) -> str:
    """Return what a scale calls a value; `InvalidField` where it has no such.

    A scale of one's own takes any.
    """
    codes = SCALE_VALUES.get(str(scale))
    said = str(value or "")
    if codes is None:
        return said
    wanted = said.casefold().replace(" ", "_").replace("-", "_")
    fitting = next((code for code in codes if code.casefold() == wanted), None)
    if fitting is None:
        raise InvalidField(
            detail=NOT_CODE.format(field="value", value=said, codes=", ".join(codes))
        )
    return fitting
