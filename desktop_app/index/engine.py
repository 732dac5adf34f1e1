"""Searching the index: a query tree in, ranked records with their pages out."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.errors import IndexUnusable
from desktop_app.domain.queries import And, Filter, Node, Not, Or, Phrase, Word

from . import commits
from .analysis import LANGUAGE_BITS
from .matches import Form, Matches, find_matches
from .questions import function_words, languages_of, without_compounds, without_elisions
from .ranking import RankedPage, rank_pages, rarity, record_scores
from .schema import INDEX_VERSION
from .snapshot import Snapshot, Tables
from .storage import adapted_errors

FEW_RECORDS = 5
"""With fewer records holding every word, the best ones for most of the words follow."""
MOST_WORDS = 0.5
"""Share of the query's weight that counts as most of the words."""
FOLLOWERS = 10
"""So many records follow even with less, that a typed question does not end in an empty page."""
REORDERED = 60
"""Best records by BM25F that are put in order again by words that stand near each other."""
NEAR_WEIGHT = 0.12
"""What nearness on the best page adds. How often words stand there is in the BM25F score."""


@dataclass(frozen=True, slots=True)
class RankedRecord:
    """A record that matches. `missing` are words of the query that it lacks."""

    id: str
    score: float
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """The answer to one query: all matching records in order, and the forms looked for.

    `strict` is how many of them hold every word. `words` are the forms to mark, with the number of
    the query word that each stands for; `phrases` the forms that may stand at each place of a
    phrase. `fields_of` says where a record's words are, `pages_of` ranks its pages.
    """

    records: tuple[RankedRecord, ...]
    strict: int
    widened: tuple[tuple[str, Form], ...]
    phrases: tuple[tuple[frozenset[str], ...], ...]
    words: Mapping[str, int]
    fields_of: Callable[[str], tuple[str, ...]]
    pages_of: Callable[[str], list[RankedPage]]

    @property
    def forms(self) -> frozenset[str]:
        """Return every form to mark, also those of phrases."""
        return frozenset(self.words).union(*(place for phrase in self.phrases for place in phrase))


class Engine:
    """Reads the index in `folder`; may be used from any thread, each with its own open files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._local = threading.local()
        self._opened: set[Snapshot] = set()
        self._tables: Tables = {}

    def search(
        self,
        root: Node,
        matching: Callable[[Filter], set[str]],
        *,
        exact: bool = False,
        quoted: bool = True,
    ) -> Ranking:
        """Return the ranking of all records that match `root`.

        `matching` gives the record ids that a field filter lets through. When nothing was `quoted`,
        phrases are compounds, whose words also count apart. Raises `IndexUnusable`.
        """
        try:
            with adapted_errors(self._folder):
                evaluation = _Evaluation(self.snapshot(), matching, exact, self._folder)
                return evaluation.rank(root, apart=not (exact or quoted))
        except IndexUnusable:
            self._forget()
            raise

    def ids(self) -> set[str]:
        """Return the ids of all records in the index. Raises `IndexUnusable`."""
        with adapted_errors(self._folder):
            return set(self.snapshot().numbers)

    def generation(self) -> int:
        """Return the number of the newest commit, -1 without an index. Raises `IndexUnusable`."""
        with adapted_errors(self._folder):
            return self.snapshot().generation

    def verify(self, *, deep: bool = False) -> list[str]:
        """Return what is wrong with the files of the index; empty when it is sound.

        Names and sizes are compared with what was committed; `deep` reads all files and compares
        their checksums. No index at all is sound. Never raises for what lies in the folder.
        """
        folder = self._folder / f"v{INDEX_VERSION}"
        try:
            with adapted_errors(self._folder):
                commit = commits.read(folder)
                return [] if commit is None else list(commits.problems(folder, commit, deep=deep))
        except IndexUnusable as error:
            return [str(error.fields["detail"])]

    def snapshot(self) -> Snapshot:
        """Return this thread's view of the newest commit."""
        snapshot: Snapshot | None = getattr(self._local, "snapshot", None)
        if snapshot is not None and not (snapshot.is_current() and snapshot in self._opened):
            self._forget()
            snapshot = None
        if snapshot is None:
            snapshot = self._local.snapshot = Snapshot(self._folder, self._tables)
            self._opened.add(snapshot)
        return snapshot

    def _forget(self) -> None:
        """Let go of this thread's view, so that the next search opens what is there then."""
        snapshot: Snapshot | None = getattr(self._local, "snapshot", None)
        if snapshot is not None:
            self._opened.discard(snapshot)
            snapshot.close()
            self._local.snapshot = None

    def close(self) -> None:
        """Give back the files that any thread holds open; no search may be under way."""
        while self._opened:
            self._opened.pop().close()


class _Evaluation:
    """One query against one snapshot."""

    def __init__(
        self,
        snapshot: Snapshot,
        matching: Callable[[Filter], set[str]],
        exact: bool,
        folder: Path,
    ) -> None:
        self._folder = folder
        self._snapshot = snapshot
        self._matching = matching
        self._exact = exact
        self._found: dict[Word | Phrase, Matches] = {}
        self._function_words: frozenset[str] = frozenset()
        self._languages = 0

    def rank(self, root: Node, *, apart: bool) -> Ranking:
        """Return the ranking; `apart` also counts the words of a compound that is not there.

        Where at least `FEW_RECORDS` hold all words, these are the answer. Else it is a question:
        those that hold all words come first, and after them those that hold most.
        """
        if apart:
            root = without_elisions(root)
        self._understand(root)
        required = self._documents(root)
        is_question = len(required) < FEW_RECORDS
        if apart and is_question:
            root = without_compounds(root)
        terms = self._terms(root)
        telling = self._telling(terms)
        scored = self._score(terms, required)
        strict = len(scored)
        ordered: list[tuple[int, float, tuple[str, ...]]] = [(n, score, ()) for n, score in scored]
        if is_question and isinstance(root, And):
            ordered += self._partial(root, terms, required)
        ids, numbers = self._snapshot.ids, self._snapshot.numbers
        records = tuple(RankedRecord(ids[number], score, lack) for number, score, lack in ordered)
        return Ranking(
            records=records,
            strict=strict,
            widened=tuple((_typed(term.term), form) for term, _ in telling for form in term.forms),
            phrases=tuple(term.places for term, _ in telling if term.places),
            words={
                form.text: number
                for number, (term, _) in enumerate(telling)
                if not term.places
                for form in term.forms
            },
            fields_of=lambda record_id: self._fields(terms, numbers[record_id]),
            pages_of=lambda record_id: self._pages(telling, numbers[record_id]),
        )

    def _understand(self, root: Node) -> None:
        """Note the languages of the query and its function words."""
        typed = [form for term in _wanted(root) for form in _forms(term)]
        languages = languages_of(typed)
        self._function_words = function_words(typed, languages)
        self._languages = sum(LANGUAGE_BITS[language] for language in languages)

    def _terms(self, root: Node) -> list[tuple[Matches, float]]:
        """Return each word and phrase of the query with its weight."""
        found = [self._matches(term) for term in dict.fromkeys(_wanted(root))]
        return [(term, rarity(self._snapshot, term, self._function_words)) for term in found]

    def _pages(self, terms: list[tuple[Matches, float]], number: int) -> list[RankedPage]:
        with adapted_errors(self._folder):
            return rank_pages(self._snapshot, terms, number)

    def _matches(self, term: Word | Phrase) -> Matches:
        if term not in self._found:
            self._found[term] = find_matches(
                self._snapshot, term, exact=self._exact, languages=self._languages
            )
        return self._found[term]

    def _documents(self, node: Node) -> set[int]:
        match node:
            case Word() | Phrase():
                return self._matches(node).documents
            case Filter():
                numbers = self._snapshot.numbers
                return {numbers[i] for i in self._matching(node) if i in numbers}
            case Not(part):
                return set(self._snapshot.live) - self._documents(part)
            case Or(parts):
                return set().union(*map(self._documents, parts))
            case And(parts):
                found = [self._documents(part) for part in parts]
                needed = [
                    documents
                    for part, documents in zip(parts, found, strict=True)
                    if not self._is_function_word(part)
                ]
                return set.intersection(*(needed or found))

    def _score(
        self, terms: list[tuple[Matches, float]], documents: set[int]
    ) -> list[tuple[int, float]]:
        """Return (document, score), the best first."""
        scored = list(record_scores(self._snapshot, terms, documents).items())
        scored.sort(key=lambda item: (-item[1], self._snapshot.ids[item[0]]))
        if terms:
            top = []
            telling = self._telling(terms)
            for number, score in scored[:REORDERED]:
                pages = rank_pages(self._snapshot, telling, number)
                near = max((page.nearness for page in pages), default=0.0)
                top.append((number, score + NEAR_WEIGHT * near))
            top.sort(key=lambda item: -item[1])
            scored[:REORDERED] = top
        return scored

    def _partial(
        self, root: And, terms: list[tuple[Matches, float]], strict: set[int]
    ) -> list[tuple[int, float, tuple[str, ...]]]:
        """Return documents that lack some words but break no other condition of the query.

        Those with most of the words (by weight), and where they are few, the best of the others.
        """
        words = [part for part in root.parts if isinstance(part, Word | Phrase)]
        binding = tuple(part for part in root.parts if not isinstance(part, Word | Phrase))
        if len(words) < 2:  # One word can't be held in part.
            return []
        # Function words choose no records: nearly all hold some.
        telling = [part for part in words if not self._is_function_word(part)] or words
        found = {part: self._matches(part).documents for part in telling}
        weights = {term.term: weight for term, weight in terms}
        held: dict[int, float] = {}
        for part, documents in found.items():
            for number in documents - strict:
                held[number] = held.get(number, 0.0) + weights[part]
        if binding:
            allowed = self._documents(And(binding))
            held = {number: weight for number, weight in held.items() if number in allowed}
        # A word that no document holds says nothing about any of them.
        least = MOST_WORDS * sum(weights[part] for part, documents in found.items() if documents)
        chosen = [
            (number, score)
            for rank, (number, score) in enumerate(self._score(terms, set(held)))
            if held[number] >= least or rank < FOLLOWERS
        ]
        lacking = [
            (_typed(part), documents)
            for part, documents in found.items()
            if not self._is_function_word(part)
        ]
        return [
            (number, score, tuple(typed for typed, there in lacking if number not in there))
            for number, score in chosen
        ]

    def _is_function_word(self, node: Node) -> bool:
        return isinstance(node, Word) and not node.prefix and node.form in self._function_words

    def _telling(self, terms: Sequence[tuple[Matches, float]]) -> list[tuple[Matches, float]]:
        """Return the terms that say what a page is about; all of them when none does."""
        return [item for item in terms if not self._is_function_word(item[0].term)] or list(terms)

    @staticmethod
    def _fields(terms: list[tuple[Matches, float]], number: int) -> tuple[str, ...]:
        names = {"body": "text", "title": "title", "names": "names"}
        return tuple(
            shown
            for name, shown in names.items()
            if any(number in term.postings.get(name, {}) for term, _ in terms)
        )


def _wanted(node: Node) -> list[Word | Phrase]:
    match node:
        case Word() | Phrase():
            return [node]
        case And(parts) | Or(parts):
            return [term for part in parts for term in _wanted(part)]
        case _:
            return []


def _forms(term: Word | Phrase) -> tuple[str, ...]:
    return term.forms if isinstance(term, Phrase) else (term.form,)


def _typed(term: Word | Phrase) -> str:
    return " ".join(_forms(term))
