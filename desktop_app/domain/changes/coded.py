"""Coded values: what a field holds, and where in which document somebody read it.

A value of a field is kept bare ("RCT"), or, where somebody said more about it, as a mapping that
has a key "state": {"value": "RCT", "state": "reported", "page": 4, "quote": "...", ...}. In a set,
each element may be such a mapping; elements are the same when their bare values are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .change import Value

_STATE = "state"


class State(StrEnum):
    """Whether a report says what a field asks for."""

    REPORTED = "reported"
    NOT_REPORTED = "not_reported"
    """Somebody looked for it, and the report does not say it."""
    NOT_APPLICABLE = "not_applicable"
    """The question makes no sense for this record."""
    NOT_EXTRACTED = "not_extracted"
    """Nobody has looked for it yet."""


EMPTY_STATES = frozenset({State.NOT_REPORTED, State.NOT_APPLICABLE})
"""What somebody can say of a field without a value."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value was read: a page (from 1) of a document, the words there, who read it, when.

    `document` is None for the first document of the record. `date` is a day in ISO 8601.
    """

    page: int | None = None
    quote: str = ""
    document: str | None = None
    coder: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Coded:
    """A value with its state and its evidence, as far as there is any."""

    value: Value
    state: State = State.REPORTED
    evidence: Evidence | None = None

    @property
    def stored(self) -> Value:
        """Return this as a field holds it: bare where there is nothing else to say."""
        if self.state is State.NOT_EXTRACTED:
            return None
        if self.evidence is None and self.state is State.REPORTED:
            return self.value
        stored: dict[str, Value] = {"value": self.value, _STATE: self.state.value}
        if self.evidence is not None:
            said = {
                "page": self.evidence.page,
                "quote": self.evidence.quote,
                "document": self.evidence.document,
                "coder": self.evidence.coder,
                "date": self.evidence.date,
            }
            stored |= {name: value for name, value in said.items() if value not in (None, "")}
        return stored


def bare(stored: Value) -> Value:
    """Return the value alone."""
    if isinstance(stored, Mapping) and _STATE in stored:
        return stored.get("value")
    return stored


def is_coded(stored: Value) -> bool:
    """Return whether more than the bare value was said."""
    return isinstance(stored, Mapping) and _STATE in stored


def read_coded(stored: Value) -> Coded:
    """Return what a field holds; what a later release may have added to it is passed over."""
    value = bare(stored)
    if not isinstance(stored, Mapping) or _STATE not in stored:
        empty = value is None or value in ("", [], ())
        return Coded(value, State.NOT_EXTRACTED if empty else State.REPORTED)
    said = stored[_STATE]
    state = State(said) if said in list(State) else State.REPORTED
    page, document = stored.get("page"), stored.get("document")
    evidence = Evidence(
        page=page if isinstance(page, int) and not isinstance(page, bool) else None,
        quote=_text(stored.get("quote")),
        document=document if isinstance(document, str) else None,
        coder=_text(stored.get("coder")),
        date=_text(stored.get("date")),
    )
    return Coded(value, state, None if evidence == Evidence() else evidence)


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""
