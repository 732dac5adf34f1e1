"""Changes in the making: each is made with those before it in sight."""

from collections.abc import Mapping

from desktop_app.domain.changes.change import Change, EntityKind
from desktop_app.domain.changes.edits import Origin
from desktop_app.domain.changes.merge import EntityState, merge_entity
from desktop_app.store.changes import ChangeLog

Key = tuple[EntityKind, str]


class Draft:
    """Changes of several entities that are to be made in one go."""

    def __init__(self, log: ChangeLog, origin: Origin) -> None:
        self.origin = origin
        self.changes: list[Change] = []
        self._log = log
        self._known: dict[Key, list[Change]] = {}

    def add(self, *changes: Change | None) -> None:
        """Take up changes; None where nothing had to be changed."""
        for change in changes:
            if change is not None:
                self.changes.append(change)
                self._of(change.entity, change.entity_id).append(change)

    def state(self, kind: EntityKind, entity_id: str) -> EntityState:
        """Return what an entity will be."""
        return merge_entity(kind, entity_id, self._of(kind, entity_id))

    def of_field(self, change: Change) -> Mapping[str, Change]:
        """Return all changes of the field that `change` is about, by id."""
        known = self._of(change.entity, change.entity_id)
        return {found.id: found for found in known if found.field == change.field}

    def _of(self, kind: EntityKind, entity_id: str) -> list[Change]:
        key = (kind, entity_id)
        if key not in self._known:
            self._known[key] = self._log.of_entity(kind, entity_id)
        return self._known[key]
