"""The controlled vocabulary as a whole: its schemes, its concepts, and how they are looked up."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from .concepts import LANGUAGES, URI_PREFIX, Concept, Label, LabelUse, Scheme
from .label_index import (
    STRENGTH,
    Keys,
    LabelExpansion,
    LabelIndex,
    LabelMatch,
    LabelMention,
    LabelSearch,
    plain_keys,
    typed_key,
)
from .text import forms

__all__ = [
    "LANGUAGES",
    "Concept",
    "Keys",
    "Label",
    "LabelExpansion",
    "LabelMatch",
    "LabelMention",
    "LabelUse",
    "Scheme",
    "Vocabulary",
    "plain_keys",
    "typed_key",
]


class Vocabulary:
    """All schemes and concepts, in the order given. It never changes; `merged` makes another.

    Raises:
        ValueError: a scheme or key stands twice, a concept belongs to no scheme, or `broader`
            names a concept that does not exist or leads back to where it started.
    """

    def __init__(self, schemes: Iterable[Scheme], concepts: Iterable[Concept]) -> None:
        self._schemes: dict[str, Scheme] = {}
        for scheme in schemes:
            if scheme.id in self._schemes:
                raise ValueError(f'the scheme "{scheme.id}" stands twice')
            self._schemes[scheme.id] = scheme
        self._concepts: dict[str, Concept] = {}
        self._by_scheme: defaultdict[str, list[Concept]] = defaultdict(list)
        for concept in concepts:
            if concept.scheme not in self._schemes:
                raise ValueError(f'"{concept.key}" belongs to no scheme')
            if concept.key in self._concepts:
                raise ValueError(f'"{concept.key}" stands twice')
            self._concepts[concept.key] = concept
            self._by_scheme[concept.scheme].append(concept)
        self._narrower: defaultdict[str, list[Concept]] = defaultdict(list)
        for concept in self:
            for above in concept.broader:
                if above not in self._concepts:
                    raise ValueError(f'"{concept.key}" has an unknown broader concept, "{above}"')
                self._narrower[above].append(concept)
        try:
            TopologicalSorter({concept.key: concept.broader for concept in self}).prepare()
        except CycleError as error:
            circle = '", "'.join(error.args[1])
            raise ValueError(f'broader concepts run in a circle: "{circle}"') from error
        self._in_texts: dict[Keys, LabelIndex] = {}
        self._of_scheme: dict[tuple[str, Keys], LabelIndex] = {}

    def __iter__(self) -> Iterator[Concept]:
        return iter(self._concepts.values())

    def __len__(self) -> int:
        return len(self._concepts)

    @property
    def schemes(self) -> tuple[Scheme, ...]:
        """Return all schemes."""
        return tuple(self._schemes.values())

    def scheme(self, scheme: str) -> Scheme | None:
        """Return the scheme of an id, or None."""
        return self._schemes.get(scheme)

    def get(self, key: str) -> Concept | None:
        """Return the concept of a key ("design:RCT", "design:rct") or of a URI, or None."""
        key = key.removeprefix(URI_PREFIX)
        return self._concepts.get(key) or self._any_case.get(key.casefold())

    def in_scheme(self, scheme: str) -> tuple[Concept, ...]:
        """Return the concepts of a scheme; () for an unknown one."""
        return tuple(self._by_scheme.get(scheme, ()))

    def top(self, scheme: str) -> tuple[Concept, ...]:
        """Return the concepts of a scheme that have no broader one in it."""
        within = f"{scheme}:"
        return tuple(
            concept
            for concept in self.in_scheme(scheme)
            if not any(above.startswith(within) for above in concept.broader)
        )

    def narrower(self, key: str) -> tuple[Concept, ...]:
        """Return the concepts directly below the one of a key or URI."""
        concept = self.get(key)
        return tuple(self._narrower.get(concept.key, ())) if concept else ()

    def ancestors(self, key: str) -> tuple[Concept, ...]:
        """Return every concept above the one of a key or URI, the nearest first."""
        concept = self.get(key)
        above = _above(self._concepts, concept.key) if concept else ()
        return tuple(self._concepts[key] for key in above)

    def label(self, key: str, language: str) -> str:
        """Return what to call a concept in `language`; of an unknown key the id in it."""
        concept = self.get(key)
        return concept.label(language) if concept else key.rpartition(":")[2]

    def find(self, text: str, scheme: str | None = None) -> tuple[Concept, ...]:
        """Return the concepts that `text` is a label of, in any language, or the id of.

        Case, accents and Arabic spelling variants don't matter, nor does the Arabic article.
        Concepts that prefer the label come first, then those that have it as an alternative, as a
        hidden label, and as their id.
        """
        ranks: dict[Concept, int] = {}
        for concept, label in self._labels.whole(forms(text)):
            ranks[concept] = min(ranks.get(concept, len(STRENGTH)), STRENGTH[label.use])
        for concept in self._by_id.get(typed_key(text), ()):
            ranks.setdefault(concept, len(STRENGTH))
        return tuple(
            concept
            for concept in sorted(ranks, key=ranks.__getitem__)
            if scheme in (None, concept.scheme)
        )

    def search(self, text: str, language: str, limit: int = 20) -> tuple[LabelMatch, ...]:
        """Return concepts for what is being typed, the best first, each with its best label.

        Every typed word has to begin a word of the label or, from three characters on, to stand
        inside one (compounds). Whole labels come first, then labels that begin so; labels in
        `language` before others, preferred before other ones, short before long.
        """
        return self._search.search(text, language, limit)

    def expansions(
        self, words: Sequence[str], keys: Keys = plain_keys
    ) -> tuple[LabelExpansion, ...]:
        """Return what the forms of a query are called in other languages, in order.

        The longest run of forms that is a label counts, and a form counts once. `keys` tells under
        which spellings a form is known in a language, for instance its stem. It has to be the same
        function again and again: labels are prepared once for each. Only schemes `in_texts` take
        part. Hidden labels are understood, but never offered.
        """
        if keys not in self._in_texts:
            self._in_texts[keys] = LabelIndex(
                (concept for concept in self if self._schemes[concept.scheme].in_texts), keys
            )
        return tuple(self._in_texts[keys].expansions(words))

    def mentions(
        self,
        text: str,
        scheme: str,
        languages: Collection[str] = LANGUAGES,
        keys: Keys = plain_keys,
    ) -> tuple[LabelMention, ...]:
        """Return where a running text holds labels of one scheme, in order.

        The longest label counts at each place. An abbreviation has to stand in capitals. Hidden
        labels count as well: texts use them, whatever the program says. `keys`: see `expansions`.
        """
        if (scheme, keys) not in self._of_scheme:
            self._of_scheme[scheme, keys] = LabelIndex(self.in_scheme(scheme), keys)
        return tuple(self._of_scheme[scheme, keys].mentions(text, languages))

    def merged(self, local: Iterable[Concept]) -> "Vocabulary":
        """Return this vocabulary together with the concepts of users.

        Nothing in `local` can break it. A known key only gains labels: those it has stay preferred.
        An unknown scheme becomes an open one. A broader concept that does not exist, or that would
        lead back to where it started, is left out. The order of `local` does not matter.
        """
        schemes = dict(self._schemes)
        concepts = dict(self._concepts)
        links: list[tuple[str, str]] = []
        for concept in sorted(local, key=lambda concept: concept.key):
            schemes.setdefault(concept.scheme, Scheme(concept.scheme))
            known = concepts.get(concept.key, replace(concept, broader=()))
            concepts[concept.key] = _joined(known, concept)
            links += ((concept.key, above) for above in concept.broader)
        for key, above in links:
            linked = concepts[key]
            if above in concepts and above != key and key not in _above(concepts, above):
                broader = tuple(dict.fromkeys((*linked.broader, above)))
                concepts[key] = replace(linked, broader=broader)
        return Vocabulary(schemes.values(), concepts.values())

    @cached_property
    def _any_case(self) -> dict[str, Concept]:
        return {key.casefold(): concept for key, concept in reversed(self._concepts.items())}

    @cached_property
    def _labels(self) -> LabelIndex:
        return LabelIndex(self, plain_keys)

    @cached_property
    def _search(self) -> LabelSearch:
        return LabelSearch(self)

    @cached_property
    def _by_id(self) -> dict[str, list[Concept]]:
        found: defaultdict[str, list[Concept]] = defaultdict(list)
        for concept in self:
            found[typed_key(concept.id)].append(concept)
        return found


def _above(concepts: Mapping[str, Concept], key: str) -> list[str]:
    """Return the keys above one, the nearest first."""
    found: dict[str, None] = {}
    waiting = [key]
    for current in waiting:
        concept = concepts.get(current)
        for above in concept.broader if concept else ():
            if above not in found:
                found[above] = None
                waiting.append(above)
    return list(found)


def _joined(known: Concept, other: Concept) -> Concept:
    """Return a concept with the labels of another one of the same key besides its own."""
    labels = {**other.labels, **known.labels}
    alternatives = dict(known.alternatives)
    hidden = dict(known.hidden)
    for text, language, use in other.names():
        own = [label.text for label in known.names() if label.language == language]
        if text == labels.get(language) or text in own:
            continue
        target = hidden if use is LabelUse.HIDDEN else alternatives
        target[language] = tuple(dict.fromkeys((*target.get(language, ()), text)))
    return replace(known, labels=labels, alternatives=alternatives, hidden=hidden)
