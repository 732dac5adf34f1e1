"""Records that are probably the same: finding them, merging them, and taking a merge back."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from desktop_app.domain.changes import edits
from desktop_app.domain.changes.change import Change, EntityKind
from desktop_app.domain.changes.rules import MERGED_FROM, NOT_SAME_AS
from desktop_app.domain.duplicates import NEAR, DuplicateGroup, Pair, find_duplicates
from desktop_app.domain.errors import ArchiveDamaged
from desktop_app.domain.merge_errors import MergeNotFound, NotMergeable
from desktop_app.domain.merging import Merge, plan_merge
from desktop_app.domain.operations import Operation, Progress
from desktop_app.domain.records import DocumentRole, Record
from desktop_app.domain.text_print import TextPrint, similarity, text_print
from desktop_app.store.changes import ChangeLog
from desktop_app.store.pages import Pages
from desktop_app.store.prints import Prints
from desktop_app.store.records import Records

from .authorship import Authorship
from .drafts import Draft
from .merging import Merging
from .unmerging import unmerge

_AT_ONCE = 25
"""Prints that are stored in one transaction."""
NOTHING_CHOSEN: Mapping[str, str] = {}
NO_ROLES: Mapping[str, DocumentRole] = {}


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: `batch` takes it back, `removed` lie in the trash."""

    batch: str
    kept: str
    removed: tuple[str, ...]
    changes: tuple[Change, ...]


class Duplicates:
    """Finds records that are probably the same, and merges them. Ids may be shortened."""

    def __init__(
        self,
        records: Records,
        pages: Pages,
        prints: Prints,
        log: ChangeLog,
        authorship: Authorship,
    ) -> None:
        self._records = records
        self._pages = pages
        self._prints = prints
        self._log = log
        self._authorship = authorship

    def catch_up(self) -> Operation[int]:
        """Make the prints of documents that have none, and return how many; counts documents.

        What is made is kept when it is stopped. A document whose pages can't be read is passed
        over. Raises `NotWritable`.
        """
        missing = self._prints.missing()
        made: dict[str, TextPrint] = {}
        count = 0
        for done, document_id in enumerate(missing, 1):
            try:
                pages = self._pages.of_document(document_id)
            except ArchiveDamaged:
                continue
            made[document_id] = text_print(page.text for page in pages)
            if len(made) == _AT_ONCE or done == len(missing):
                self._prints.put_many(made)
                count += len(made)
                made.clear()
            yield Progress(done, len(missing))
        if made:
            self._prints.put_many(made)
        return count + len(made)

    def find(self) -> list[DuplicateGroup]:
        """Return groups of records that are probably the same, the surest first.

        Those in the trash are left out. Texts are compared as far as `catch_up` has come.
        """
        records = self._records.get_many(self._records.ids())
        record_of = {one.id: record.id for record in records.values() for one in record.documents}
        near: dict[Pair, float] = {}
        for first, second, share in self._prints.pairs(NEAR):
            pair = frozenset((record_of.get(first, ""), record_of.get(second, "")))
            if len(pair) == 2 and "" not in pair:
                near[pair] = max(share, near.get(pair, 0.0))
        return find_duplicates(records.values(), near, self._similarity)

    def dismiss(self, record_ids: Iterable[str]) -> list[Change]:
        """Remember that no two of these records are the same; each of them says so of the others.

        Returns the changes; `reconsider` takes it back.
        """
        return self._mark(record_ids, dismissed=True)

    def reconsider(self, record_ids: Iterable[str]) -> list[Change]:
        """Forget that these records are not the same. Returns the changes."""
        return self._mark(record_ids, dismissed=False)

    def preview(self, keep: str, others: Sequence[str]) -> Merge:
        """Return what merging `others` into `keep` would give. Raises `NotMergeable`."""
        wanted = [self._records.get(self._records.resolve(one)) for one in (keep, *others)]
        _require_mergeable(wanted)
        states = {one.id: self._log.state(EntityKind.RECORD, one.id) for one in wanted}
        parts = {one.id: self._count_parts(one.id) for one in wanted}
        return plan_merge(wanted[0], wanted[1:], states, parts)

    def merge(
        self,
        keep: str,
        others: Sequence[str],
        chosen: Mapping[str, str] = NOTHING_CHOSEN,
        roles: Mapping[str, DocumentRole] = NO_ROLES,
    ) -> Merged:
        """Merge `others` into `keep`: all of it, or nothing.

        `chosen` names the record whose value a field takes, where it is not the proposed one;
        `roles` what documents are to the merged record, by their ids. Documents, findings,
        appraisals and notes go to `keep`, sets are united, the others go to the trash. A document
        whose bytes `keep` has already stays with its record there. Raises `NotMergeable` before
        anything is changed.
        """
        plan = self.preview(keep, others)
        whole = {name: self._records.resolve(one) for name, one in chosen.items()}
        _require_choices(plan, whole, roles)
        draft = Draft(self._log, self._authorship.origin(batch=str(uuid.uuid4())))
        merging = Merging(draft, plan)
        merging.take_values(whole)
        merging.move_documents(roles)
        for other in plan.others:
            for key in self._log.parts_of(other.id):
                if key[0] is not EntityKind.DOCUMENT:
                    merging.move_part(key, other)
        merging.relink(self._records.related_to(plan.ids[1:]))
        merging.close()
        self._records.apply(draft.changes)
        return Merged(str(draft.origin.group), plan.ids[0], plan.ids[1:], tuple(draft.changes))

    def undo_merge(self, batch: str) -> list[Change]:
        """Take a whole merge back: every record is as it was. Returns the changes.

        What was added to the kept record since stays there. Raises `MergeNotFound`, `MergeUndone`,
        and `MergeEditedSince` where a person changed since what the merge did.
        """
        changes = self._log.of_batch(batch)
        if not any(each.field == MERGED_FROM and each.undoes is None for each in changes):
            raise MergeNotFound(batch=batch)
        draft = Draft(self._log, self._authorship.origin(batch=str(uuid.uuid4())))
        unmerge(draft, self._log, changes)
        self._records.apply(draft.changes)
        return draft.changes

    def _count_parts(self, record_id: str) -> Counter[EntityKind]:
        keys = [key for key in self._log.parts_of(record_id) if key[0] is not EntityKind.DOCUMENT]
        return Counter(key[0] for key in keys if not self._log.state(*key).deleted)

    def _mark(self, record_ids: Iterable[str], *, dismissed: bool) -> list[Change]:
        wanted = list(dict.fromkeys(self._records.resolve(one) for one in record_ids))
        if len(wanted) < 2:
            raise NotMergeable(detail="Name at least two records.")
        turn = edits.add_element if dismissed else edits.remove_element
        draft = Draft(self._log, self._authorship.origin(batch=str(uuid.uuid4())))
        for first, second in combinations(wanted, 2):
            for one, other in ((first, second), (second, first)):
                state = draft.state(EntityKind.RECORD, one)
                draft.add(turn(draft.origin, state, NOT_SAME_AS, other))
        if draft.changes:
            self._records.apply(draft.changes)
        return draft.changes

    def _similarity(self, first: Record, second: Record) -> float | None:
        """Return how similar the texts of two records are, the nearest of their documents."""
        ours, theirs = (self._prints_of(record) for record in (first, second))
        return max((similarity(*pair) for pair in product(ours, theirs)), default=None)

    def _prints_of(self, record: Record) -> list[TextPrint]:
        found = (self._prints.get(document.id) for document in record.documents)
        return [print_ for print_ in found if print_]


def _require_mergeable(records: Sequence[Record]) -> None:
    if len({record.id for record in records}) < max(2, len(records)):
        raise NotMergeable(detail="Name one record to keep and others to merge into it, each once.")
    for record in records:
        if record.deleted:
            detail = f'"{record.title}" lies in the trash. Restore it first, or leave it out.'
            raise NotMergeable(detail=detail)


def _require_choices(
    plan: Merge, chosen: Mapping[str, str], roles: Mapping[str, DocumentRole]
) -> None:
    fields = {field.name: field for field in plan.fields}
    for name, source in chosen.items():
        field = fields.get(name)
        if field is None:
            raise NotMergeable(detail=f'None of the records says anything of "{name}".')
        if field.united:
            raise NotMergeable(detail=f'"{name}" gets the values of all the records.')
        if source != plan.keep.id and source not in field.said:
            raise NotMergeable(detail=f'"{name}" is empty in the record {source[:8]}.')
    moving = {each.document.id for each in plan.documents if each.twin is None}
    for document_id in roles:
        if document_id not in moving:
            raise NotMergeable(detail=f'The merged record has no document "{document_id}".')
