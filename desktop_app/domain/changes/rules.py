"""Which rule merges which field: the merge table of the sharing design, row by row."""

from enum import Enum, auto

from .change import LIFE, EntityKind


class MergeRule(Enum):
    """How concurrent changes of one field come together."""

    SINGLE = auto()
    """The latest is shown; the others are kept as versions, one click to choose."""
    CURATED = auto()
    """The latest is shown; any difference is a conflict for a person, and no text is dropped."""
    SET = auto()
    """Union: an addition wins over a removal that did not see it."""
    ACCESS = auto()
    """The most restrictive level wins."""
    LIFE = auto()
    """Deleted or not; an edit that the deletion did not see is a conflict."""


ACCESS_ORDER = ("public", "partner", "internal", "embargoed")
"""From everybody to nobody yet; an unknown level of a later release counts as the strictest."""

NOT_SAME_AS = "not_same_as"
"""The field of a record that names others that somebody took for the same, and they are not."""
MERGED_FROM = "merged_from"
"""The field of a record that names those that were merged into it, which lie in the trash."""

# People and languages are lists in an order that means something, so they are single values.
_SETS = {
    EntityKind.RECORD: frozenset(
        {
            "tag", "topic", "phenomenon", "approach", "setting", "target_group", "country", "place",
            "related", "data_methods", "dac_criteria", "age_band", "area_type", "delivering_body",
            "prevention_level", "risk_level", "evaluation_type", NOT_SAME_AS, MERGED_FROM,
        }
    ),
    EntityKind.BUNDLE: frozenset({"item", "language"}),
    EntityKind.CONCEPT: frozenset({"alternative", "broader"}),
}  # fmt: skip

_CURATED = {
    EntityKind.RECORD: frozenset(
        {
            "overview", "key_takeaways", "next_steps", "aims", "transferability", "lessons",
            "recommendations", "emmie_mechanism", "emmie_moderators", "emmie_implementation",
        }
    ),
    EntityKind.FINDING: frozenset({"outcome", "direction", "effect_size", "quote"}),
    EntityKind.APPRAISAL: frozenset({"value", "reason"}),
    EntityKind.NOTE: frozenset({"text"}),
    EntityKind.BUNDLE: frozenset({"introduction", "learning_aims"}),
    EntityKind.BUNDLE_ITEM: frozenset({"note"}),
}  # fmt: skip


FOUNDING = frozenset({"added_at", "file", "record_id", "scheme"})
"""Fields without which there is no entity: what first says them is taken back by deleting it."""


def rule_of(entity: EntityKind, field: str) -> MergeRule:
    """Return the rule of a field; a field that this release does not know is a single value."""
    if field == LIFE:
        return MergeRule.LIFE
    if field == "access":
        return MergeRule.ACCESS
    if field in _SETS.get(entity, frozenset()):
        return MergeRule.SET
    if field in _CURATED.get(entity, frozenset()):
        return MergeRule.CURATED
    return MergeRule.SINGLE
