"""An entry of a bibliography while it is read: what is taken from it, and what is left."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ..domain.changes.change import Value
from ..domain.exchange.bibliography import Described
from ..domain.exchange.rows import SourceRow
from ..domain.fields import (
    RECORD_FIELDS,
    InvalidValue,
    check_element,
    check_value,
)
from ..domain.fields.checks import MAX_ELEMENTS
from .conversions import clean
from .tags import Tags

_MOST_PROBLEMS = 100


class Entry:
    """The texts of an entry by column; what `take` takes is no longer among those left."""

    def __init__(self, row: SourceRow, tags: Tags) -> None:
        self.values: dict[str, Value] = {}
        self.files: list[str] = []
        self._tags = tags
        self._texts: dict[str, list[str]] = {}
        for cell in row.cells:
            self._texts.setdefault(cell.column, []).append(clean(cell.text).strip())
        self._taken: dict[str, Counter[str]] = {}
        self._kept: dict[str, list[str]] = {}
        self._lists: dict[str, dict[str, None]] = {}
        self._problems: dict[tuple[str, str], None] = {}

    def columns(self, field: str) -> Sequence[str]:
        """Return the columns that may hold a field, the likeliest first."""
        return self._tags.fields.get(field, ())

    def texts(self, column: str) -> Sequence[str]:
        """Return the texts of a column, also those that were taken."""
        return self._texts.get(column, ())

    def first(self, column: str) -> str:
        """Return the first text of a column; "" where there is none."""
        return next(iter(self.texts(column)), "")

    def take(self, column: str, text: str | None) -> None:
        """Note that a text is understood, or with None all of the column."""
        texts = self.texts(column) if text is None else [text]
        self._taken.setdefault(column, Counter()).update(texts)

    def keep(self, column: str, text: str) -> None:
        """Leave a part of a text that was taken."""
        self._kept.setdefault(column, []).append(text)

    def refuse(self, column: str, sentence: str) -> None:
        """Note why a text of a column is no value."""
        if len(self._problems) < _MOST_PROBLEMS:
            self._problems[column, sentence] = None

    def fits(self, field: str, text: str) -> bool:
        """Return whether a field can hold a text."""
        try:
            return check_value(field, text) is not None
        except InvalidValue:
            return False

    def set(self, field: str, value: Value, column: str) -> bool:
        """Give a field its value; return False and note why if it can't hold it."""
        try:
            checked = self._checked(field, value)
        except InvalidValue as error:
            self.refuse(column, str(error))
            return False
        if checked is None:
            return False
        self.values[field] = checked
        return True

    def set_missing(self, field: str, value: Value, column: str) -> bool:
        """Give a field a value if it has none and can hold it."""
        return field not in self.values and self.set(field, value, column)

    def add(self, field: str, text: str, column: str) -> bool:
        """Give a field one more value; return False and note why if it can't hold it."""
        known = self._lists.setdefault(field, {})
        if len(known) >= MAX_ELEMENTS:
            self.refuse(column, f'"{field}" takes at most {MAX_ELEMENTS} values.')
            return False
        try:
            known[check_element(RECORD_FIELDS[field], text)] = None
        except InvalidValue as error:
            self.refuse(column, str(error))
            return False
        self.values[field] = list(known)
        return True

    def described(self) -> Described:
        """Return what the entry says."""
        left = {column: texts for column in self._texts if (texts := tuple(self._left(column)))}
        return Described(self.values, left, tuple(self.files), tuple(self._problems))

    def _left(self, column: str) -> Iterator[str]:
        taken = self._taken.get(column, Counter())
        for text in self._texts[column]:
            if taken[text] > 0:
                taken[text] -= 1
            else:
                yield text
        yield from self._kept.get(column, ())

    def _checked(self, field: str, value: Value) -> Value:
        return check_value(field, value)
