"""The changes that take a merge back exactly, or why that can't be."""

from collections.abc import Iterable
from dataclasses import replace

from desktop_app.domain.changes import edits
from desktop_app.domain.changes.change import LIFE, Action, Change, EntityKind, Value
from desktop_app.domain.changes.coded import Coded
from desktop_app.domain.changes.edits import in_force
from desktop_app.domain.changes.merge import EntityState, element_key
from desktop_app.domain.changes.rules import MERGED_FROM, MergeRule
from desktop_app.domain.merge_errors import MergeEditedSince, MergeUndone
from desktop_app.store.changes import ChangeLog
from desktop_app.store.sums import OWNER, owner_of

from .drafts import Draft, Key
from .merging import DOCUMENT, FILE

_CHANGED = 'the field "{field}" was changed after it by {author}. Undo that change first.'
_KEPT_GONE = "the record that was kept lies in the trash. Restore it first."
_RETURNED = 'a record that it put into the trash was taken out or edited there: "{title}".'
_PURGED = 'a record that it put into the trash is gone for good: "{title}".'
_MOVED = "a document or part of it was moved on by a later merge. Undo that one first."
_NEEDED = (
    "something that was added after it to the kept record ({what}) refers to what would go back. "
    "Delete that, or let it refer to something else, first."
)
FINDING = "finding"


def unmerge(draft: Draft, log: ChangeLog, changes: Iterable[Change]) -> None:
    """Draft what takes back the changes of one merge.

    Raises `MergeEditedSince` where a person changed since what it did, `MergeUndone` where nothing
    is left of it.
    """
    made = list(changes)
    mark = next(each for each in made if each.field == MERGED_FROM)
    keep = draft.state(EntityKind.RECORD, mark.entity_id)
    gone = [c.entity_id for c in made if c.field == LIFE and c.entity is EntityKind.RECORD]
    held = keep.fields[MERGED_FROM].elements
    if not any(one in held for one in gone):
        raise MergeUndone
    if keep.deleted:
        raise MergeEditedSince(detail=_KEPT_GONE)
    for one in gone:
        _require_in_trash(draft, one, made)
    touched = list(dict.fromkeys((each.entity, each.entity_id) for each in made))
    in_trash = {key for key in touched if draft.state(*key).deleted and key[1] not in gone}
    for change in reversed(made):
        if change.field != LIFE or change.entity_id in gone:
            _take_back(draft, change, keep.id)
    for key in in_trash:
        # Moving back is an edit that the deletion did not see.
        draft.add(edits.delete(draft.origin, draft.state(*key)))
    _require_no_stranger(draft, log, [keep.id, *gone])


def _require_in_trash(draft: Draft, record_id: str, made: Iterable[Change]) -> None:
    state = draft.state(EntityKind.RECORD, record_id)
    title = str(state.value("title") or record_id)
    if state.purged:
        raise MergeEditedSince(detail=_PURGED.format(title=title))
    deletion = next(c for c in made if c.field == LIFE and c.entity_id == record_id)
    known = draft.of_field(deletion)
    heads = state.fields[LIFE].current
    if not state.deleted or not all(deletion.id in in_force(head, known) for head in heads):
        raise MergeEditedSince(detail=_RETURNED.format(title=title))


def _take_back(draft: Draft, change: Change, keep: str) -> None:
    """Draft what makes a field be as it was before a change, with all its versions."""
    state = draft.state(change.entity, change.entity_id)
    if state.purged:
        return
    known = draft.of_field(change)
    field = state.fields[change.field]
    before = sorted((known[i] for i in change.replaces if i in known), key=lambda one: one.order)
    heads = [head for head in field.current if change.id in in_force(head, known)]
    if field.rule is MergeRule.SET:
        _take_back_element(draft, change, field.current, heads, before)
    elif len(heads) == len(field.current):
        _bring_back(draft, change, heads, before)
    elif change.field == FILE:
        _move_back(draft, change, state, before, keep)
    else:
        raise MergeEditedSince(detail=_by_whom(change, field.current[0]))


def _take_back_element(
    draft: Draft, change: Change, current: Iterable[Change], heads: list[Change],
    before: list[Change],
) -> None:  # fmt: skip
    same = [each for each in current if element_key(each.value) == element_key(change.value)]
    if change.action is Action.REMOVE:
        if not same:
            _bring_back(draft, change, [], before)
    elif heads:
        _bring_back(draft, change, heads, before)
    elif same or before:
        later = same or [change]
        raise MergeEditedSince(detail=_by_whom(change, later[0]))


def _bring_back(draft: Draft, change: Change, heads: list[Change], before: list[Change]) -> None:
    """Draft changes that say again what the replaced ones said, in the place of `heads`."""
    nothing = Action.REMOVE if change.action is Action.ADD else Action.SET
    nothing = Action.RESTORE if change.action is Action.DELETE else nothing
    removed = change.value if nothing is Action.REMOVE else None
    wanted: list[tuple[Action, Value, frozenset[str]]] = [
        (each.action, each.value, each.saw) for each in before
    ] or [(nothing, removed, frozenset())]
    replaced = frozenset(head.id for head in heads)
    above = max((head.stamp for head in heads), default=0)
    for action, value, saw in wanted:
        origin = draft.origin
        draft.add(
            replace(
                change,
                id=origin.new_id(),
                stamp=origin.clock.tick(above),
                device=origin.device,
                author=origin.author,
                action=action,
                value=value,
                replaces=replaced,
                saw=saw,
                group=origin.group,
                undoes=change.id,
            )
        )


def _move_back(
    draft: Draft, change: Change, state: EntityState, before: list[Change], keep: str
) -> None:
    """Draft what moves a document back that was read again since: that stays."""
    now, then = state.value(FILE), before[-1].value if before else None
    if not isinstance(now, dict) or not isinstance(then, dict) or now.get(OWNER) != keep:
        raise MergeEditedSince(detail=_MOVED)
    place = {name: then[name] for name in (OWNER, "position")}
    moved = edits.set_value(draft.origin, state, FILE, {**now, **place})
    draft.add(None if moved is None else replace(moved, undoes=change.id))


def _require_no_stranger(draft: Draft, log: ChangeLog, record_ids: list[str]) -> None:
    """Refuse where one of the records would refer to what is another's again."""
    keys: dict[Key, None] = {}
    for record_id in record_ids:
        keys |= dict.fromkeys([(EntityKind.RECORD, record_id), *log.parts_of(record_id)])
    states = [draft.state(*key) for key in keys]
    owners = {state.id: owner_of(state) for state in states}
    with_files = {owners[state.id] for state in states if state.kind is EntityKind.DOCUMENT}
    for state in states:
        owner = owners[state.id]
        if state.kind is EntityKind.DOCUMENT or state.deleted:
            continue
        for target, page in _references(state):
            lost = page and target is None and owner == record_ids[0] and owner not in with_files
            if lost or (target is not None and owners.get(target, owner) != owner):
                raise MergeEditedSince(detail=_NEEDED.format(what=_name(state)))


def _references(state: EntityState) -> Iterable[tuple[str | None, bool]]:
    """Yield the documents and findings that an entity refers to; None for the first document.

    And whether it refers to a page.
    """
    if state.kind is EntityKind.RECORD:
        coded: Iterable[Coded] = (each for f in state.fields.values() for each in f.coded)
        for evidence in (each.evidence for each in coded if each.evidence is not None):
            yield evidence.document, evidence.page is not None
        return
    for name in (DOCUMENT, FINDING):
        target = state.value(name)
        page = name == DOCUMENT and state.value("page") is not None
        yield (target if isinstance(target, str) else None), page


def _name(state: EntityState) -> str:
    if state.kind is not EntityKind.RECORD:
        return state.kind.value
    return "a value with its page"


def _by_whom(change: Change, later: Change) -> str:
    return _CHANGED.format(field=change.field, author=later.author)
