"""What the Whoosh index holds: one document a record.

The class names and this module's name are pickled into every index; renaming them needs a new
`INDEX_VERSION`. An index is derived, stays on its machine, and is never opened from elsewhere.
"""

from array import array
from collections.abc import Iterator, Mapping
from typing import Any

from whoosh import columns, fields, formats

INDEX_VERSION = 1
"""Raised whenever forms, fields or formats change: the index is then built anew."""

TEXT_FIELDS = ("body", "title", "names")
POSITION_TYPE = "I"


class PositionFormat(formats.Format):  # type: ignore[misc]
    """A posting's value: the word's positions as unsigned 32-bit integers, in order."""


class FormsField(fields.FieldType):  # type: ignore[misc]
    """A text field told as forms with their positions; the analysis is done before."""

    def __init__(self) -> None:
        self.format = PositionFormat()
        self.analyzer = None
        self.scorable = False
        self.stored = False
        self.unique = False
        self.indexed = True
        self.vector = None
        self.column_type = None
        self.multitoken_query = "default"
        self.spelling = False

    def index(
        self,
        value: Mapping[str, "array[int]"],
        **_options: Any,
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (term, frequency, weight, positions) for every form."""
        for form, positions in value.items():
            count = len(positions)
            yield form.encode(), count, float(count), positions.tobytes()


def make_schema() -> fields.Schema:
    """Return the schema.

    `lengths` packs the number of words of each of TEXT_FIELDS; `pages` is the stored table from
    position to page: (first positions, [(document id, page number)]).
    """
    return fields.Schema(
        id=fields.ID(unique=True, sortable=True),
        body=FormsField(),
        title=FormsField(),
        names=FormsField(),
        body_length=fields.COLUMN(columns.NumericColumn("I")),
        title_length=fields.COLUMN(columns.NumericColumn("I")),
        names_length=fields.COLUMN(columns.NumericColumn("I")),
        pages=fields.STORED,
    )
