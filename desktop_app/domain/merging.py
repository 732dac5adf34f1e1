"""What merging records would give: field by field, document by document, before it is done."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .changes.change import LIFE, EntityKind, Value
from .changes.coded import Coded, bare, is_coded
from .changes.merge import EntityState, canonical, strictness
from .changes.rules import MERGED_FROM, NOT_SAME_AS, MergeRule, rule_of
from .document_roles import guess_role
from .exchange.other_fields import OTHER, merged, of_family
from .fields import RECORD_FIELDS
from .records import Document, DocumentRole, Record

_SYSTEM = frozenset({LIFE, "added_at", "import_id", NOT_SAME_AS, MERGED_FROM})
"""What a record does not say of the report: it is no matter for a choice."""
_CAREFUL: Mapping[str, tuple[str, ...]] = {
    "contains_personal_data": ("yes", "unchecked", "no"),
    "attribution": ("chatham_house", "named"),
    "redistribution_ok": ("no", "unknown", "yes"),
}
"""Fields of which the first of these is proposed, whichever record says it: it harms nobody."""
_NO_END = "9999-12-31"


@dataclass(frozen=True, slots=True)
class MergedField:
    """A field of which some of the records say something.

    `said` is what each of them says, by its id: one for a single value, one an element of a set.
    `proposed` names the record whose value is proposed; None for a set, which gets all elements.
    `result` is what the field then holds.
    """

    name: str
    said: Mapping[str, tuple[Coded, ...]]
    proposed: str | None
    result: tuple[Coded, ...]

    @property
    def united(self) -> bool:
        """Return whether the values are put together; else one is chosen."""
        return self.proposed is None

    def differs(self, ids: Iterable[str]) -> bool:
        """Return whether these records do not all say the same."""
        return len({canonical(sorted(_meaning(self.said.get(one, ())))) for one in ids}) > 1


@dataclass(frozen=True, slots=True)
class MergedDocument:
    """A file of one of the records; `role` is what it probably is to the merged one.

    `twin` names the document with the same bytes that takes its place: this one stays in the trash
    with its record.
    """

    document: Document
    role: DocumentRole
    twin: str | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """What merging `others` into `keep` gives, before it is done.

    `parts` counts the findings, appraisals and notes of each record, by its id.
    """

    keep: Record
    others: tuple[Record, ...]
    fields: tuple[MergedField, ...]
    documents: tuple[MergedDocument, ...]
    parts: Mapping[str, Mapping[EntityKind, int]]

    @property
    def records(self) -> tuple[Record, ...]:
        """Return all the records, the one to keep first."""
        return (self.keep, *self.others)

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of all the records, that of the one to keep first."""
        return tuple(record.id for record in self.records)

    def rearranged(self, keep: str, left_out: Collection[str] = ()) -> "Merge":
        """Return what it gives to keep another record, or to leave some of the others out."""
        records = {record.id: record for record in self.records if record.id not in left_out}
        kept = records.pop(keep)
        said = {field.name: field.said for field in self.fields}
        return _planned(kept, tuple(records.values()), said, self.parts)


@dataclass(frozen=True, slots=True)
class MergeChoice:
    """What a person wants merged; `chosen` and `roles` as `Duplicates.merge` takes them."""

    keep: str
    others: tuple[str, ...]
    chosen: Mapping[str, str]
    roles: Mapping[str, DocumentRole]


def plan_merge(
    keep: Record,
    others: Sequence[Record],
    states: Mapping[str, EntityState],
    parts: Mapping[str, Mapping[EntityKind, int]],
) -> Merge:
    """Return what a merge would give; `states` are those of all the records, by id."""
    names = {name: None for name in RECORD_FIELDS} | {
        name: None for state in states.values() for name in state.fields if name not in _SYSTEM
    }
    said: dict[str, dict[str, tuple[Coded, ...]]] = {}
    for name in names:
        for record in (keep, *others):
            field = states[record.id].fields.get(name)
            coded = () if field is None else field.coded
            if any(is_said(each.stored) for each in coded):
                said.setdefault(name, {})[record.id] = coded
    return _planned(keep, tuple(others), said, parts)


def _planned(
    keep: Record,
    others: tuple[Record, ...],
    said: Mapping[str, Mapping[str, tuple[Coded, ...]]],
    parts: Mapping[str, Mapping[EntityKind, int]],
) -> Merge:
    ids = [keep.id, *(other.id for other in others)]
    by_field = {
        name: {one: values[one] for one in ids if one in values} for name, values in said.items()
    }
    return Merge(
        keep,
        others,
        tuple(_merged_field(name, values) for name, values in by_field.items() if values),
        tuple(_merged_documents(keep, others)),
        parts,
    )


def united_other(values: Iterable[Value]) -> Value:
    """Return what metadata files said of records and no field holds, all together."""
    whole: Value = None
    for value in values:
        if isinstance(value, Mapping):
            whole = merged(whole, {str(family): of_family(value, str(family)) for family in value})
    return whole


def is_filled(stored: Value) -> bool:
    """Return whether a field with this value was filled, not only looked at."""
    return bare(stored) not in (None, "", [], ())


def is_said(stored: Value) -> bool:
    """Return whether somebody filled a field, or said why it is empty."""
    return is_filled(stored) or (is_coded(stored) and stored is not None)


def _merged_field(name: str, said: Mapping[str, tuple[Coded, ...]]) -> MergedField:
    if name == OTHER:
        whole = united_other(coded[0].value for coded in said.values())
        return MergedField(name, said, None, (Coded(whole),))
    if rule_of(EntityKind.RECORD, name) is MergeRule.SET:
        return MergedField(name, said, None, _united(said))
    proposed = _proposed(name, said)
    return MergedField(name, said, proposed, said[proposed])


def _united(said: Mapping[str, tuple[Coded, ...]]) -> tuple[Coded, ...]:
    """Return every element once, with its evidence where a record has some."""
    found: dict[str, Coded] = {}
    for coded in said.values():
        for each in coded:
            key = canonical(each.value)
            if key not in found or (each.evidence and not found[key].evidence):
                found[key] = each
    filled = tuple(each for each in found.values() if each.value is not None)
    return filled or tuple(found.values())


def _proposed(name: str, said: Mapping[str, tuple[Coded, ...]]) -> str:
    """Return the record whose value is proposed: the first that has one, or the most careful."""
    filled = [one for one, coded in said.items() if is_filled(coded[0].value)] or list(said)
    if name == "access":
        return max(filled, key=lambda one: _guarded(said[one][0].value))
    if name in _CAREFUL:
        order = _CAREFUL[name]
        values = {one: str(said[one][0].value) for one in filled}
        known = [one for one in filled if values[one] in order]
        return min(known, key=lambda one: order.index(values[one]), default=filled[0])
    return filled[0]


def _guarded(access: Value) -> tuple[int, str]:
    """Return how closed an access level is; an embargo without an end is the most."""
    until = access.get("until") if isinstance(access, Mapping) else None
    return strictness(access), str(until or _NO_END)


def _merged_documents(keep: Record, others: Sequence[Record]) -> Iterable[MergedDocument]:
    several = sum(len(record.documents) for record in (keep, *others)) > 1
    kept: dict[str, str] = {}
    for record in (keep, *others):
        for document in record.documents:
            twin = document.id
            if record is keep:
                kept.setdefault(document.sha256, document.id)
            else:
                twin = kept.setdefault(document.sha256, document.id)
            role = document.role
            if role is DocumentRole.REPORT and several:
                role = _guessed(keep, record, document)
            yield MergedDocument(document, role, None if twin == document.id else twin)


def _guessed(keep: Record, record: Record, document: Document) -> DocumentRole:
    role = guess_role(document.file_name, record.title if len(record.documents) == 1 else "")
    foreign = keep.languages and record.languages and not {*keep.languages} & {*record.languages}
    return DocumentRole.TRANSLATION if foreign and role is DocumentRole.REPORT else role


def _meaning(said: tuple[Coded, ...]) -> list[str]:
    return [canonical([each.value, each.state]) for each in said if is_said(each.stored)]
