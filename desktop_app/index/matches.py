"""Where the words of a query stand: documents, weights and positions."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from desktop_app.domain.queries import Phrase, Word
from desktop_app.domain.text import fold

from .analysis import FOLD, LANGUAGE_BITS, keys
from .schema import POSITION_TYPE, TEXT_FIELDS
from .snapshot import Snapshot, unpack

EXACT_WEIGHT = 1.0
FOLD_WEIGHT = 0.95
STEM_WEIGHT = 0.7
PREFIX_WEIGHT = 0.6
OTHER_LANGUAGE_WEIGHT = 0.3
"""Of a form that shares a stem only in languages other than the query's ("data" and "date")."""
MAX_PREFIX_FORMS = 300
"""Forms that a typed prefix is widened to; "a*" must not read the whole index."""
POSITION_BYTES = array(POSITION_TYPE).itemsize
Postings = dict[int, list[tuple[bytes, float]]]
"""By document number: (packed positions, weight), one for each form that stands there."""
_FIELD_OF_QUERY = {"title": ("title",), "author": ("names",), None: TEXT_FIELDS}


@dataclass(frozen=True, slots=True)
class Form:
    """A form that stands for a query word: how much it counts, and through which language."""

    text: str
    weight: float
    language: str = ""


@dataclass
class Matches:
    """The documents that hold one word or phrase of the query.

    For a phrase the positions in `postings` are those of its first word.
    """

    term: Word | Phrase
    forms: tuple[Form, ...]
    places: tuple[frozenset[str], ...] = ()
    """For a phrase: the forms that may stand at each place."""
    postings: dict[str, Postings] = field(default_factory=dict)

    @cached_property
    def documents(self) -> set[int]:
        """Return the numbers of the documents that match."""
        return {number for found in self.postings.values() for number in found}

    @staticmethod
    def frequency(found: Sequence[tuple[bytes, float]]) -> float:
        """Return how often the term stands in a field, lesser forms counting less."""
        return sum(len(packed) * weight for packed, weight in found) / POSITION_BYTES

    def is_in_body(self, number: int) -> bool:
        """Return whether the term stands in a document's body."""
        return number in self.postings.get("body", {})

    def positions(self, number: int) -> list[tuple["array[int]", float]]:
        """Return the positions in a document's body, one array a form, with the form's weight."""
        found = self.postings.get("body", {}).get(number, ())
        return [(unpack(packed), weight) for packed, weight in found]

    @property
    def span(self) -> int:
        """Return how many positions one occurrence covers."""
        return len(self.term.forms) if isinstance(self.term, Phrase) else 1


def find_matches(
    snapshot: Snapshot, term: Word | Phrase, *, exact: bool, languages: int = 0
) -> Matches:
    """Return where a word or phrase stands.

    A word is widened to its folds and, unless `exact`, to the forms that share a stem with it. A
    phrase is widened to folds only: who types quotation marks means these words. `languages` are
    the bits of those that the query is known to be in; 0 when it may be any.
    """
    fields = _FIELD_OF_QUERY[term.field]
    if isinstance(term, Phrase):
        words = [widen(snapshot, form, exact=True) for form in term.forms]
        distinct = {form.text: form for word in words for form in word}
        places = tuple(frozenset(form.text for form in word) for word in words)
        matches = Matches(term, tuple(distinct.values()), places)
        for name in fields:
            found = _phrase_postings(snapshot, name, words)
            if found:
                matches.postings[name] = found
        return matches
    found_forms = (
        widen_prefix(snapshot, term.form)
        if term.prefix
        else widen(snapshot, term.form, exact=exact, languages=languages)
    )
    matches = Matches(term, found_forms)
    for name in fields:
        found = _word_postings(snapshot, name, found_forms)
        if found:
            matches.postings[name] = found
    return matches


def widen(snapshot: Snapshot, form: str, *, exact: bool, languages: int = 0) -> tuple[Form, ...]:
    """Return the forms that stand for a typed one, itself first."""
    found: dict[str, Form] = {form: Form(form, EXACT_WEIGHT)}
    for key, mask in keys(form):
        if exact and not mask & FOLD:
            continue
        for other, other_mask in snapshot.lookup(key).items():
            common = mask & other_mask
            weight = FOLD_WEIGHT if common & FOLD else STEM_WEIGHT
            if languages and not common & (FOLD | languages):
                weight = OTHER_LANGUAGE_WEIGHT
            if not common or (exact and not common & FOLD):
                continue
            if other not in found or found[other].weight < weight:
                found[other] = Form(other, weight, _language(common))
    return tuple(found.values())


def widen_prefix(snapshot: Snapshot, form: str) -> tuple[Form, ...]:
    """Return the forms that begin with a typed one, accents and spelling variants folded."""
    found = {form: Form(form, EXACT_WEIGHT)}
    for other in snapshot.scan(fold(form), FOLD, MAX_PREFIX_FORMS):
        found.setdefault(other, Form(other, PREFIX_WEIGHT))
    return tuple(found.values())


def _language(mask: int) -> str:
    """Return the language through which two forms meet; empty for a fold or several languages."""
    found = [code for code, bit in LANGUAGE_BITS.items() if mask & bit]
    return found[0] if len(found) == 1 and not mask & FOLD else ""


def _word_postings(snapshot: Snapshot, name: str, forms: Iterable[Form]) -> Postings:
    found: Postings = {}
    for form in forms:
        for number, packed in snapshot.postings(name, form.text):
            found.setdefault(number, []).append((packed, form.weight))
    return found


def _phrase_postings(snapshot: Snapshot, name: str, words: Sequence[Sequence[Form]]) -> Postings:
    by_word = []
    for forms in words:
        found = _word_postings(snapshot, name, forms)
        if not found:
            return {}
        by_word.append(found)
    documents = set(by_word[0]).intersection(*by_word[1:])
    matched: Postings = {}
    for number in documents:
        starts: set[int] = set()
        # The rarest word first: the set of candidates only shrinks.
        order = sorted(
            range(len(words)), key=lambda index: sum(len(p) for p, _ in by_word[index][number])
        )
        for step, index in enumerate(order):
            here = {
                position - index
                for packed, _ in by_word[index][number]
                for position in unpack(packed)
            }
            starts = here if step == 0 else starts & here
            if not starts:
                break
        if starts:
            matched[number] = [(array(POSITION_TYPE, sorted(starts)).tobytes(), EXACT_WEIGHT)]
    return matched
