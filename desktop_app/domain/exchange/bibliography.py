"""What an entry of a bibliography says of a record, in the archive's own terms."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..changes.change import Value


@dataclass(frozen=True, slots=True)
class Described:
    """One entry. `values` are checked values of fields by name.

    `other` are the texts of all tags that are no field of ours, or that no field can hold, by tag
    in the order of the file; written back, they give the same entry again. `files` are the paths
    of attached files as they stand there. `problems` are columns, each with a sentence in English
    that says why a text of it is no value: it is in `other` then.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    other: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
