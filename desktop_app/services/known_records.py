"""Which record a row is about: found by what tells records apart."""

from collections.abc import Container, Iterable, Mapping, Sequence

from desktop_app.domain.changes.change import Value
from desktop_app.domain.duplicates import doi_key, isbn_key, title_key
from desktop_app.domain.imports import MatchedBy
from desktop_app.domain.text import fold, forms
from desktop_app.store.identities import Identity

_COMMON_WORDS = frozenset(
    fold(form)
    for form in forms(
        "the a an of and for on in report reports annual final interim evaluation summary study "
        "executive first second third year programme program project review draft appendix annex "
        "le la les de du des et rapport annuel évaluation synthèse étude programme projet bilan "
        "der die das und für zum zur bericht jahresbericht abschlussbericht zwischenbericht "
        "evaluationsbericht evaluation zusammenfassung studie programm projekt sachbericht "
        "den det och för om rapporten årsrapport slutrapport delrapport utvärdering "
        "utvärderingsrapport sammanfattning verksamhetsberättelse projektet programmet "
        "تقرير التقرير سنوي السنوي نهائي النهائي تقييم التقييم ملخص دراسة برنامج مشروع عن في"
    )
)
"""Titles of nothing else ("Final report") say nothing without an author in common."""


class KnownRecords:
    """The records of the archive and those that an import is about to add."""

    def __init__(self, identities: Iterable[Identity] = ()) -> None:
        self._by_id: dict[str, Identity] = {}
        self._by_doi: dict[str, list[str]] = {}
        self._by_isbn: dict[str, list[str]] = {}
        self._by_title: dict[str, list[str]] = {}
        for identity in identities:
            self.add(identity)

    def add(self, identity: Identity) -> None:
        """Add a record, or what is new of one."""
        self._by_id[identity.id] = identity
        for index, key in (
            (self._by_doi, doi_key(identity.doi)),
            (self._by_isbn, isbn_key(identity.isbn)),
            *((self._by_title, title_key(title)) for title in identity.titles),
        ):
            if key and identity.id not in index.setdefault(key, []):
                index[key].append(identity.id)

    def get(self, record_id: str) -> Identity | None:
        """Return the record with this id."""
        return self._by_id.get(record_id)

    def match(
        self, said: Identity, without: Container[str] = ()
    ) -> tuple[Identity, MatchedBy] | None:
        """Return the record that is the same as `said` (whose id does not count), and by what.

        None of those `without`; one in the trash only where none outside fits.
        """
        ways = (
            (MatchedBy.DOI, self._by_doi.get(doi_key(said.doi), ())),
            (MatchedBy.ISBN, self._by_isbn.get(isbn_key(said.isbn), ())),
            (
                MatchedBy.TITLE_AND_YEAR,
                [one for title in said.titles for one in self._by_title.get(title_key(title), ())],
            ),
        )
        for way, ids in ways:
            fitting = [
                found
                for one in ids
                if one not in without and _is_same(found := self._by_id[one], said, way)
            ]
            if fitting:
                return min(fitting, key=lambda found: found.deleted), way
        return None

    def titled(self, title: str) -> list[Identity]:
        """Return the records with this title, as people type it."""
        return [self._by_id[found] for found in self._by_title.get(title_key(title), ())]


def identity_of(record_id: str, values: Mapping[str, Value], import_id: str | None) -> Identity:
    """Return what values of a record tell of its identity."""
    titles = [values.get(name) for name in ("title", *(f"title_{code}" for code in _LANGUAGES))]
    year = values.get("year")
    authors = values.get("author")
    return Identity(
        id=record_id,
        titles=tuple(dict.fromkeys(str(title) for title in titles if title)),
        year=year if isinstance(year, int) else None,
        authors=tuple(map(str, authors)) if isinstance(authors, list | tuple) else (),
        doi=str(values.get("doi") or ""),
        isbn=str(values.get("isbn") or ""),
        report_number=str(values.get("report_number") or ""),
        import_id=import_id,
        deleted=False,
    )


_LANGUAGES = ("ar", "en", "fr", "de", "sv")


def _is_same(known: Identity, said: Identity, way: MatchedBy) -> bool:
    if way is MatchedBy.DOI:
        return True
    if known.doi and said.doi and doi_key(known.doi) != doi_key(said.doi):
        return False
    same_title = bool(_keys(known.titles) & _keys(said.titles))
    if way is MatchedBy.ISBN:
        # Chapters have the ISBN of their book.
        return same_title or not known.titles or not said.titles
    if known.year != said.year or not same_title:
        return False
    isbns = {isbn_key(known.isbn), isbn_key(said.isbn)} - {""}
    numbers = {title_key(known.report_number), title_key(said.report_number)} - {""}
    if len(isbns) > 1 or len(numbers) > 1:
        return False
    ours, theirs = _families(known.authors), _families(said.authors)
    if ours and theirs:
        return bool(ours & theirs)
    # Nothing but the title: it has to be one that nobody gives to two reports of a year.
    shared = _keys(known.titles) & _keys(said.titles)
    return any(
        word not in _COMMON_WORDS and not word.isdigit() for key in shared for word in key.split()
    )


def _keys(titles: Sequence[str]) -> set[str]:
    return {key for title in titles if (key := title_key(title))}


def _families(names: Sequence[str]) -> set[str]:
    """Return the family names of people and the names of organisations, folded."""
    found = set()
    for name in names:
        words = [fold(form) for form in forms(name.partition(",")[0])]
        # "Anna Berg" and "Berg, Anna" are the same person.
        found |= {" ".join(words), words[-1]} if words else set()
    return found
