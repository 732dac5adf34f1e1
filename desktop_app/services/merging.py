"""The changes that merge records: what they hold goes to one, the others go to the trash."""

from collections.abc import Mapping, Sequence

from desktop_app.domain.changes import edits
from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.changes.coded import is_coded
from desktop_app.domain.changes.merge import element_key
from desktop_app.domain.changes.rules import MERGED_FROM, NOT_SAME_AS
from desktop_app.domain.exchange.other_fields import OTHER
from desktop_app.domain.merging import Merge, MergedField, united_other
from desktop_app.domain.records import DocumentRole, Record
from desktop_app.store.sums import OWNER

from .drafts import Draft, Key

DOCUMENT = "document"
"""The field of a part, and the entry of an evidence, that names a document."""
FILE = "file"
RELATED = "related"
_SYSTEM_SETS = (NOT_SAME_AS, MERGED_FROM)


class Merging:
    """Drafts one merge."""

    def __init__(self, draft: Draft, plan: Merge) -> None:
        self._draft = draft
        self._plan = plan
        self._keep = plan.keep.id
        self._gone = [other.id for other in plan.others]
        self._twins = {
            each.document.id: each.twin for each in plan.documents if each.twin is not None
        }

    def take_values(self, chosen: Mapping[str, str]) -> None:
        """Give the kept record the values that are proposed, or `chosen` by record id."""
        for field in self._plan.fields:
            if field.name == OTHER:
                self._set(OTHER, united_other(said[0].value for said in field.said.values()))
            elif field.united:
                self._unite(field)
            else:
                source = chosen.get(field.name, field.proposed)
                if source is not None and source != self._keep:
                    held = self._draft.state(EntityKind.RECORD, source).fields[field.name]
                    self._set(field.name, self._relocated(held.stored, source))
        for name in _SYSTEM_SETS:
            for other in self._plan.others:
                for element in self._elements(other.id, name):
                    if element not in self._plan.ids:
                        self._add(name, element)

    def move_documents(self, roles: Mapping[str, DocumentRole]) -> None:
        """Move the documents behind those of the kept record, but for those it has already."""
        draft = self._draft
        position = max((self._position(one.id) for one in self._plan.keep.documents), default=-1)
        for each in self._plan.documents:
            document_id = each.document.id
            if each.twin is None and each.document.record_id != self._keep:
                position += 1
                state = draft.state(EntityKind.DOCUMENT, document_id)
                file = state.value(FILE)
                if not isinstance(file, Mapping):
                    raise TypeError(file)
                moved = {**file, OWNER: self._keep, "position": position}
                draft.add(edits.set_value(draft.origin, state, FILE, moved))
            if document_id in roles:
                state = draft.state(EntityKind.DOCUMENT, document_id)
                draft.add(edits.set_value(draft.origin, state, "role", roles[document_id].value))

    def move_part(self, key: Key, source: Record) -> None:
        """Move a finding, an appraisal or a note; what lies in the trash stays in the trash."""
        draft = self._draft
        before = draft.state(*key)
        if before.purged:
            return
        draft.add(edits.set_value(draft.origin, before, OWNER, self._keep))
        document = before.value(DOCUMENT)
        placed = before.value("page") is not None or bool(before.value("quote"))
        meant = self._document(document, source.id) if document is not None or placed else None
        if meant != document:
            draft.add(edits.set_value(draft.origin, draft.state(*key), DOCUMENT, meant))
        if before.deleted:
            # Or else moving would bring it back, as an edit that its deletion did not see.
            draft.add(edits.delete(draft.origin, draft.state(*key)))

    def relink(self, record_ids: Sequence[str]) -> None:
        """Let records that are related to one that goes be related to the kept one."""
        draft = self._draft
        for record_id in record_ids:
            related = self._elements(record_id, RELATED)
            for gone in (one for one in self._gone if one in related):
                state = draft.state(EntityKind.RECORD, record_id)
                draft.add(edits.remove_element(draft.origin, state, RELATED, gone))
                if record_id != self._keep:
                    state = draft.state(EntityKind.RECORD, record_id)
                    draft.add(edits.add_element(draft.origin, state, RELATED, self._keep))

    def close(self) -> None:
        """Note on the kept record what was merged into it, and put the others into the trash."""
        draft = self._draft
        for other in self._plan.others:
            # Also says to a device that deletes the kept record meanwhile that somebody needs it.
            self._add(MERGED_FROM, other.id)
            draft.add(edits.delete(draft.origin, draft.state(EntityKind.RECORD, other.id)))

    def _unite(self, field: MergedField) -> None:
        for other in self._plan.others:
            held = self._draft.state(EntityKind.RECORD, other.id).fields.get(field.name)
            if held is None:
                continue
            for change in held.additions or held.current[:1]:
                if field.name == RELATED and change.value in self._plan.ids:
                    continue
                self._add(field.name, self._relocated(change.value, other.id))

    def _add(self, name: str, element: Value) -> None:
        """Add an element; one that is there only gets the evidence that it had none of."""
        state = self._draft.state(EntityKind.RECORD, self._keep)
        field = state.fields.get(name)
        held = {} if field is None else {element_key(one.value): one.value for one in field.current}
        key = element_key(element)
        said_more = key in held and (is_coded(held[key]) or not is_coded(element))
        silent = element_key(element) == element_key(None) and bool(held)
        if not said_more and not silent:
            self._draft.add(edits.add_element(self._draft.origin, state, name, element))

    def _set(self, name: str, value: Value) -> None:
        state = self._draft.state(EntityKind.RECORD, self._keep)
        self._draft.add(edits.set_value(self._draft.origin, state, name, value))

    def _elements(self, record_id: str, name: str) -> list[Value]:
        field = self._draft.state(EntityKind.RECORD, record_id).fields.get(name)
        return [] if field is None else list(field.elements)

    def _position(self, document_id: str) -> int:
        file = self._draft.state(EntityKind.DOCUMENT, document_id).value(FILE)
        position = file.get("position") if isinstance(file, Mapping) else None
        return position if isinstance(position, int) else 0

    def _relocated(self, stored: Value, source: str) -> Value:
        """Return a value with evidence that names its document: the first one is another now."""
        if not isinstance(stored, Mapping) or not is_coded(stored):
            return stored
        document = stored.get(DOCUMENT)
        if document is None and stored.get("page") is None and not stored.get("quote"):
            return stored
        meant = self._document(document, source)
        return stored if meant is None else {**stored, DOCUMENT: meant}

    def _document(self, named: Value, source: str) -> Value:
        """Return the document of the merged record that is meant by what a source named."""
        if named is None:
            documents = next(one.documents for one in self._plan.records if one.id == source)
            named = documents[0].id if documents else None
        return self._twins.get(named, named) if isinstance(named, str) else named
