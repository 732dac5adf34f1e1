"""Which records are probably the same: by what, and which of them to keep.

Pairs are joined to groups, but never so that two records come together of which a person said that
they are not the same, or of which something else says it (see `differ`).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from urllib.parse import unquote

from .changes.change import Value
from .changes.rules import MERGED_FROM, NOT_SAME_AS
from .document_roles import guess_role
from .imports import MatchedBy
from .records import DocumentRole, Record
from .text import fold, forms

NEAR = 0.7
"""Texts of at least this similarity are nearly identical."""
_UNLIKE = 0.55
"""Texts below it are no two copies of one report: those of two countries on one form have 0.5."""
_DISTINCT_WORDS = 3
"""Titles of fewer words ("Final report") say nothing without an author in common."""
_DISTINCT_WITHOUT_YEAR = 5
_SMALL_WORDS = frozenset("and the for und der die das les des von van dos del och".split())
_MANY = 40
"""Of so many records with one key, neighbours are compared only: the key tells them badly apart."""
_STRENGTH = (
    MatchedBy.BYTES, MatchedBy.DOI, MatchedBy.ISBN, MatchedBy.TEXT, MatchedBy.TITLE_AND_YEAR,
)  # fmt: skip

Pair = frozenset[str]
Similarity = Callable[[Record, Record], float | None]
_Keys = Callable[[Record], Iterable[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why records are probably the same.

    `value` is the identifier, title or file name that they have in common; `similarity` is that of
    the texts, from 0 to 1, where they are why.
    """

    by: MatchedBy
    ids: tuple[str, ...]
    value: str = ""
    similarity: float | None = None


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Records that are probably the same, the one to keep first: the one that says most."""

    ids: tuple[str, ...]
    reasons: tuple[Reason, ...]

    @property
    def keep(self) -> str:
        """Return the id of the record that is best kept."""
        return self.ids[0]


def find_duplicates(
    records: Iterable[Record], near: Mapping[Pair, float], similarity: Similarity
) -> list[DuplicateGroup]:
    """Return groups of records that are probably the same, the surest first.

    `near` gives the similarity of the texts of records that are near each other, by their ids;
    `similarity` that of any two, None where it can't be told. A record stands in two groups where
    it may be the same as either of two that differ.
    """
    known = {record.id: record for record in records}
    pairs = [*_by_keys(known), *_by_text(known, near), *_by_title(known, similarity)]
    pairs = [each for each in pairs if not is_dismissed(*(known[one] for one in each.ids))]
    pairs.sort(key=lambda reason: _STRENGTH.index(reason.by))
    reasons_of: dict[str, list[Reason]] = defaultdict(list)
    for reason in pairs:
        reasons_of[reason.ids[0]].append(reason)
    return [
        DuplicateGroup(
            tuple(sorted(group, key=lambda one: _rank(known[one]))),
            _summed((reason for one in group for reason in reasons_of[one]), group),
        )
        for group in _joined(known, pairs)
    ]


def is_dismissed(first: Record, second: Record) -> bool:
    """Return whether a person said that two records are not the same."""
    return second.id in _listed(first, NOT_SAME_AS) or first.id in _listed(second, NOT_SAME_AS)


def differ(first: Record, second: Record) -> bool:
    """Return whether something says that two records of one title are not the same.

    Different DOIs, report numbers or years; or no author in common where both have some.
    """
    if first.year is not None and second.year is not None and first.year != second.year:
        return True
    for name, key_of in (("doi", doi_key), ("report_number", title_key)):
        ours, theirs = _text(first, name), _text(second, name)
        if ours and theirs and ours != theirs and len({key_of(ours), key_of(theirs)} - {""}) > 1:
            return True
    return bool(first.authors and second.authors) and not _author_in_common(first, second)


def filled(record: Record) -> int:
    """Return how many fields of a record somebody filled."""
    named = (record.kind, record.year, record.languages, record.authors, record.tags)
    others = (name for name in record.fields if name not in {NOT_SAME_AS, MERGED_FROM})
    return sum(map(bool, named)) + sum(record.fields[name] not in (None, "", []) for name in others)


def title_key(title: str) -> str:
    """Return a title as it is compared: its words without case and accents."""
    return " ".join(fold(form) for form in forms(title))


def doi_key(doi: str) -> str:
    """Return a DOI as it is compared: without its resolver, in one case; "" for none."""
    found = re.search(r"10\.\d{4,9}/\S+", unquote(doi))
    return found.group().lower().rstrip(".,;") if found else ""


def isbn_key(isbn: str) -> str:
    """Return an ISBN as it is compared, the same for its two forms; "" for none."""
    digits = re.sub(r"[^0-9Xx]", "", isbn)
    if len(digits) == 13:
        # The last digit only checks the others.
        return digits[3:12] if digits.startswith("978") else digits[:12]
    return digits[:9] if len(digits) == 10 else ""


def _by_keys(known: Mapping[str, Record]) -> Iterator[Reason]:
    """Yield pairs with the same file, DOI or ISBN."""
    keys: dict[MatchedBy, _Keys] = {
        MatchedBy.BYTES: lambda record: [(one.sha256, one.file_name) for one in record.documents],
        MatchedBy.DOI: lambda record: [(doi_key(_text(record, "doi")), _text(record, "doi"))],
        MatchedBy.ISBN: lambda record: [(isbn_key(_text(record, "isbn")), _text(record, "isbn"))],
    }
    for by, keys_of in keys.items():
        for pair, value in _sharing(known, keys_of):
            dois = {doi_key(_text(known[one], "doi")) for one in pair} - {""}
            # Chapters have the ISBN of their book, and each a DOI of its own.
            if by is not MatchedBy.ISBN or len(dois) < 2:
                yield Reason(by, pair, value)


def _by_text(known: Mapping[str, Record], near: Mapping[Pair, float]) -> Iterator[Reason]:
    for pair, share in near.items():
        ids = tuple(sorted(pair))
        if share >= NEAR and len(ids) == 2 and known.keys() >= pair:
            yield Reason(MatchedBy.TEXT, ids, similarity=share)


def _by_title(known: Mapping[str, Record], similarity: Similarity) -> Iterator[Reason]:
    """Yield pairs with the same title where nothing speaks against their being the same."""

    def keys_of(record: Record) -> list[tuple[str, str]]:
        others = (_text(record, name) for name in record.fields if name.startswith("title_"))
        return [(title_key(title), title) for title in (record.title, *others)]

    for (first, second), title in _sharing(known, keys_of):
        if _is_same_report(known[first], known[second], title_key(title), similarity):
            yield Reason(MatchedBy.TITLE_AND_YEAR, (first, second), title)


def _is_same_report(first: Record, second: Record, key: str, similarity: Similarity) -> bool:
    if differ(first, second):
        return False
    words, in_common = len(key.split()), _author_in_common(first, second)
    if first.year is not None and first.year == second.year:
        return in_common or words >= _DISTINCT_WORDS
    if not in_common and words < _DISTINCT_WITHOUT_YEAR:
        return False
    # The reports of two years often have one title, and nobody said their years yet.
    share = similarity(first, second)
    return share is None or share >= _UNLIKE


def _sharing(known: Mapping[str, Record], keys_of: _Keys) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield pairs of records that have a key in common, each once, with what it was made of."""
    holders: dict[str, dict[str, str]] = defaultdict(dict)
    for record in known.values():
        for key, value in keys_of(record):
            if key:
                holders[key].setdefault(record.id, value)
    seen = set()
    for held in holders.values():
        for pair in combinations(held, 2) if len(held) <= _MANY else pairwise(held):
            if pair not in seen:
                seen.add(pair)
                yield pair, next(iter(held.values()))


def _joined(known: Mapping[str, Record], reasons: Iterable[Reason]) -> list[Pair]:
    """Return the groups, in the order in which their first reasons came."""
    groups: dict[Pair, None] = {}
    group_of: dict[str, Pair] = {}
    apart: dict[Pair, None] = {}
    for reason in reasons:
        first, second = (group_of.get(one, frozenset((one,))) for one in reason.ids)
        if first == second:
            continue
        if not _fit(known, first, second, frozenset(reason.ids)):
            apart[frozenset(reason.ids)] = None
            continue
        groups.pop(first, None)
        groups.pop(second, None)
        whole = first | second
        groups[whole] = None
        group_of |= dict.fromkeys(whole, whole)
    return [*groups, *(pair for pair in apart if not any(pair <= group for group in groups))]


def _fit(known: Mapping[str, Record], first: Pair, second: Pair, because_of: Pair) -> bool:
    """Return whether two groups may become one because of a pair."""
    return not any(
        is_dismissed(known[ours], known[theirs]) or _apart(known[ours], known[theirs])
        for ours in first
        for theirs in second
        if {ours, theirs} != because_of
    )


def _apart(first: Record, second: Record) -> bool:
    if not differ(first, second):
        return False
    doi = doi_key(_text(first, "doi"))
    return not doi or doi != doi_key(_text(second, "doi"))


def _summed(reasons: Iterable[Reason], group: Pair) -> tuple[Reason, ...]:
    """Return the reasons within a group, the surest first; of pairs as one where they are equal."""
    found: dict[tuple[int, str, float], set[str]] = defaultdict(set)
    for reason in reasons:
        if group.issuperset(reason.ids):
            place = (_STRENGTH.index(reason.by), reason.value, -(reason.similarity or 0.0))
            found[place].update(reason.ids)
    return tuple(
        Reason(_STRENGTH[place], tuple(sorted(ids)), value, -share if share else None)
        for (place, value, share), ids in sorted(found.items())
    )


def _rank(record: Record) -> tuple[int, int, int, str, str]:
    """Return what orders the records of a group: most filled, with a report, files, the oldest."""
    reports = sum(
        one.role is DocumentRole.REPORT and guess_role(one.file_name) is DocumentRole.REPORT
        for one in record.documents
    )
    added_at = record.added_at.isoformat()
    return -filled(record), -min(1, reports), -len(record.documents), added_at, record.id


def _author_in_common(first: Record, second: Record) -> bool:
    """Return whether a name of one stands, perhaps shorter, among those of the other."""
    ours, theirs = (list(map(_words_of_name, each.authors)) for each in (first, second))
    return any(mine and yours and (mine <= yours or yours <= mine)
               for mine in ours for yours in theirs)  # fmt: skip


def _words_of_name(name: str) -> frozenset[str]:
    """Return the words of a name, folded, without initials: "Silva, A." has one."""
    words = {fold(form) for form in forms(name)}
    return frozenset(word for word in words if len(word) > 1) - _SMALL_WORDS


def _text(record: Record, name: str) -> str:
    value = record.fields.get(name)
    return value if isinstance(value, str) else ""


def _listed(record: Record, name: str) -> Iterable[Value]:
    value = record.fields.get(name)
    return value if isinstance(value, list | tuple) else ()
