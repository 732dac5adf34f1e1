"""Concepts of the controlled vocabulary, their schemes and their labels.

A concept is named by its *key*, "scheme:id" ("design:RCT"), for the same id may stand in several
schemes ("mixed"). Labels are SKOS labels: the preferred one is shown, alternatives are other words
for it, hidden ones are words that people type but that the program never says, because they would
stigmatise somebody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

LANGUAGES = ("ar", "en", "fr", "de", "sv")
"""The languages in which every concept of the program has a preferred label (BCP 47)."""

URI_PREFIX = "urn:evaluation-archive:vocabulary:"


class LabelUse(StrEnum):
    """What a label is for, from the one that is shown to those that are only understood."""

    PREFERRED = "prefLabel"
    ALTERNATIVE = "altLabel"
    HIDDEN = "hiddenLabel"


class Label(NamedTuple):
    """One label of a concept; `language` is a BCP 47 code."""

    text: str
    language: str
    use: LabelUse


@dataclass(frozen=True, slots=True)
class Scheme:
    """A list of concepts for one field, or the general terms ("term").

    A `closed` scheme has exactly the values that its field allows, so nobody adds concepts to it.
    The words of a scheme `in_texts` are words that reports use: a search is widened by them.
    """

    id: str
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)
    note: str = ""
    closed: bool = False
    in_texts: bool = True

    @property
    def uri(self) -> str:
        """Return the stable name of the scheme outside the program."""
        return URI_PREFIX + self.id

    def label(self, language: str) -> str:
        """Return the name of the scheme in `language`, else in English or another, else the id."""
        return _best(self.labels, language) or self.id


@dataclass(frozen=True, slots=True)
class Concept:
    """One controlled term. `labels` holds the preferred label by language.

    `alternatives` and `hidden` hold further labels by language, `broader` the keys of the concepts
    above it. `note` says in English how the term is used.
    """

    id: str
    scheme: str
    labels: Mapping[str, str] = field(hash=False)
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    hidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    broader: tuple[str, ...] = ()
    note: str = ""

    @property
    def key(self) -> str:
        """Return "scheme:id", by which records and other concepts refer to this one."""
        return f"{self.scheme}:{self.id}"

    @property
    def uri(self) -> str:
        """Return the stable name of the concept outside the program."""
        return URI_PREFIX + self.key

    def label(self, language: str) -> str:
        """Return the preferred label in `language`, else in English or another, else the id."""
        return _best(self.labels, language) or self.id

    def names(self) -> Iterator[Label]:
        """Yield every label: preferred ones first, hidden ones last."""
        for language, text in self.labels.items():
            yield Label(text, language, LabelUse.PREFERRED)
        for language, texts in self.alternatives.items():
            for text in texts:
                yield Label(text, language, LabelUse.ALTERNATIVE)
        for language, texts in self.hidden.items():
            for text in texts:
                yield Label(text, language, LabelUse.HIDDEN)


def _best(labels: Mapping[str, str], language: str) -> str | None:
    for wanted in (language, "en", *labels):
        if wanted in labels:
            return labels[wanted]
    return None
