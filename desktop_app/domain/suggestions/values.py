"""What a suggestion is, what it is read from, and who recognises the terms of the field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from ..changes.change import Value
from ..records import Page


@dataclass(frozen=True, slots=True)
class Source:
    """A document as far as it was read already.

    `pages` may be any sequence: of a long one only the first and last pages and a sample of the
    rest are looked up. `properties` are the document's own entries (Title, Author ...). `headline`
    is the largest type of the first pages where that is known, or a title that came from it; ""
    where it is not.
    """

    file_name: str
    pages: Sequence[Page]
    properties: Mapping[str, str] = field(default_factory=dict)
    headline: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value that a field of the record could get, and where it stands.

    `field` is a name of `fields.RECORD_FIELDS`. `value` is what that field takes; for a field that
    holds several values it is one of them. An embargo that names its end has the value
    ("embargoed", "2026-03-01"). `quote` is an exact part of the text of page number `page`; where
    `page` is None it is what the document's properties say. `confidence` lies between 0 and 1.
    `rule` names what found it: a key of `RULES`, which explains it in a sentence.
    """

    field: str
    value: str | int | tuple[str, ...]
    page: int | None
    quote: str
    confidence: float
    rule: str

    @property
    def stored(self) -> Value:
        """Return the value as the field takes it; of a field with several values one of them."""
        if isinstance(self.value, tuple):
            level, until = self.value
            return {"level": level, "until": until}
        return self.value


class Mention(NamedTuple):
    """A term in a text: the code of what it names, and where it stands, as [start, end)."""

    code: str
    start: int
    end: int


class Labels(Protocol):
    """Whatever recognises the terms of one field in running text, such as a vocabulary."""

    def find_all(self, text: str, languages: tuple[str, ...]) -> Iterable[Mention]:
        """Return the terms of these languages ("ar" ... "sv") in `text`."""
