"""What the Whoosh index holds: one document a record.

An index is derived and disposable: a new `INDEX_VERSION` is enough to have all built anew.
"""

import json
from array import array
from collections.abc import Iterator, Mapping
from itertools import chain, repeat
from typing import Any

from whoosh import columns, fields, formats

INDEX_VERSION = 2
"""Raised whenever forms, fields or formats change: the index is then built anew."""

TEXT_FIELDS = ("body", "title", "names")
FIELD_CODES = {"body": b"b", "names": b"n", "title": b"t"}
"""The first byte of a term, in the order of the names."""
POSITION_TYPE = "I"
COLUMNS = ("id", "pages", *(f"{name}_length" for name in TEXT_FIELDS))
SEGMENT_FILES = (".terms", ".postings", ".lexicon", *(f".{name}.col" for name in COLUMNS))

PageTable = tuple["array[int]", list[tuple[str, int]]]
"""First position of each page, (document id, page number) of each page."""


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
            yield form.encode(), len(positions), 1.0, positions.tobytes()


def make_schema() -> fields.Schema:
    """Return the schema.

    The lengths are the number of words of each of TEXT_FIELDS; `pages` is a packed `PageTable`.
    """
    return fields.Schema(
        id=fields.COLUMN(columns.VarBytesColumn()),
        body=FormsField(),
        title=FormsField(),
        names=FormsField(),
        body_length=fields.COLUMN(columns.NumericColumn("I")),
        title_length=fields.COLUMN(columns.NumericColumn("I")),
        names_length=fields.COLUMN(columns.NumericColumn("I")),
        pages=fields.COLUMN(columns.VarBytesColumn()),
    )


def pack_pages(starts: "array[int]", labels: list[tuple[str, int]]) -> bytes:
    """Return a page table as bytes: first positions, page numbers, and the documents as JSON."""
    numbers = array(POSITION_TYPE, [number for _, number in labels])
    runs: list[list[Any]] = []
    for document_id, _ in labels:
        if not runs or runs[-1][0] != document_id:
            runs.append([document_id, 0])
        runs[-1][1] += 1
    told = json.dumps(runs, separators=(",", ":")).encode()
    return (
        array(POSITION_TYPE, [len(labels)]).tobytes() + starts.tobytes() + numbers.tobytes() + told
    )


def unpack_pages(packed: bytes) -> PageTable:
    """Return the page table that `pack_pages` packed; `ValueError` or a like for other bytes."""
    head, starts, numbers = array(POSITION_TYPE), array(POSITION_TYPE), array(POSITION_TYPE)
    step = head.itemsize
    head.frombytes(packed[:step])
    end = step * (1 + head[0])
    starts.frombytes(packed[step:end])
    numbers.frombytes(packed[end : end + step * head[0]])
    runs = json.loads(packed[end + step * head[0] :])
    ids = chain.from_iterable(repeat(str(name), min(int(count), head[0])) for name, count in runs)
    labels = list(zip(ids, numbers, strict=True))
    if not len(starts) == len(labels) == head[0]:
        raise ValueError("a page table is cut off")
    return starts, labels
