"""One change: who set which field of what to which value, and which changes it replaces."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Value = None | bool | int | float | str | Sequence["Value"] | Mapping[str, "Value"]
"""What a field can hold: the values of JSON."""


class EntityKind(StrEnum):
    """What a change is about."""

    RECORD = "record"
    DOCUMENT = "document"
    FINDING = "finding"
    APPRAISAL = "appraisal"
    NOTE = "note"
    CONCEPT = "concept"
    BUNDLE = "bundle"
    BUNDLE_ITEM = "bundle_item"


class Action(StrEnum):
    """What a change does."""

    SET = "set"
    """The field holds `value` afterwards."""
    ADD = "add"
    """The set holds the element `value` afterwards."""
    REMOVE = "remove"
    """The additions of the element `value` that `replaces` names are taken back."""
    DELETE = "delete"
    """The entity lies in the trash afterwards."""
    RESTORE = "restore"
    """The entity is out of the trash afterwards."""
    PURGE = "purge"
    """The entity is gone for good, and what its changes said with it."""


LIFE = "life"
"""The field that deleting and restoring an entity write to."""


@dataclass(frozen=True, slots=True)
class Change:
    """One edit. Changes are never altered and never taken away; a later one replaces them.

    `id` is random and unique over all devices (a cloned profile makes no twins). `stamp` is of the
    hybrid clock. `replaces` names the changes whose value the author saw and replaced. `saw` is for
    a deletion: the current changes of all other fields of the entity at that moment. `group` ties
    together what was done in one go (an import). `undoes` refers to the change that this one takes
    back.
    """

    id: str
    stamp: int
    device: str
    author: str
    entity: EntityKind
    entity_id: str
    field: str
    action: Action
    value: Value = None
    replaces: frozenset[str] = frozenset()
    saw: frozenset[str] = frozenset()
    group: str | None = None
    undoes: str | None = None

    @property
    def order(self) -> tuple[int, str, str]:
        """Return what breaks ties between concurrent changes, the same on every device."""
        return (self.stamp, self.device, self.id)
