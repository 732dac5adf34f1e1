"""Files that say the same as one that is there: another edition of the same bytes' text.

A report that was saved again, or printed to a new PDF, has other bytes and the same words. It
becomes a further document of its record instead of a second record: nothing is lost, no search
gives it twice, and undoing the import takes it out again. The bar is high, for reports on a form
share most of their words; what is only alike is listed among the possible duplicates.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from desktop_app.domain.extraction import Extraction
from desktop_app.domain.imports import MatchedBy
from desktop_app.domain.records import Record
from desktop_app.domain.suggestions.file_properties import property_dois
from desktop_app.domain.text_print import TextPrint, similarity, text_print
from desktop_app.domain.titles import choose_year
from desktop_app.store.identities import Identities
from desktop_app.store.prints import Prints
from desktop_app.store.records import Records

from .known_records import KnownRecords, identity_of

NEARLY_IDENTICAL = 0.95
"""The share of runs of words that two texts have to have in common."""
PAGES_APART = 0.1
"""By how much their numbers of pages may differ."""


@dataclass(frozen=True, slots=True)
class Twin:
    """The record that a file belongs to, and what says so."""

    record_id: str
    way: MatchedBy


class Twins:
    """Finds the record of an arriving file that nobody assigned to one."""

    def __init__(self, records: Records, identities: Identities, prints: Prints) -> None:
        self._records = records
        self._identities = identities
        self._prints = prints
        self._known: KnownRecords | None = None

    @contextmanager
    def importing(self) -> Iterator[None]:
        """Know the archive's records as they are now for as long as an import goes on."""
        self._known = KnownRecords(self._identities.all())
        try:
            yield
        finally:
            self._known = None

    def find(
        self, extraction: Extraction, names: tuple[str, str], print_: TextPrint
    ) -> Twin | None:
        """Return the record outside the trash whose DOI the file names, or whose text it has.

        `names` are what the file's title would be, and its name: another year in them stands for
        another edition.
        """
        known = self._known or KnownRecords(self._identities.all())
        doi = doi_of(extraction)
        if doi:
            found = known.match(identity_of("", {"doi": doi}, None))
            if found is not None and not found[0].deleted:
                return Twin(found[0].id, MatchedBy.DOI)
        ours = _years(*names, extraction.properties)
        for document_id, _ in self._prints.near(print_, NEARLY_IDENTICAL) if print_ else ():
            document = self._records.document(document_id)
            record = self._records.get(document.record_id)
            apart = abs(document.page_count - extraction.page_count)
            if record.deleted or apart > PAGES_APART * extraction.page_count:
                continue
            theirs = _years(record.title, document.file_name, document.properties)
            theirs |= {record.year} if record.year else set()
            if ours and theirs and not ours & theirs:
                continue
            return Twin(record.id, MatchedBy.TEXT)
        return None

    def keep(self, document_id: str, print_: TextPrint, record: Record | None = None) -> None:
        """Note the text of a document that was stored, and the new record that it is in."""
        self._prints.put(document_id, print_)
        if self._known is not None and record is not None and record.fields:
            self._known.add(identity_of(record.id, record.fields, record.import_id))


def _years(title: str, file_name: str, properties: Mapping[str, str]) -> set[int]:
    """Return the years that the names of a document name, each at most one."""
    found = map(choose_year, (title, file_name, properties.get("Title", "")))
    return {year for year in found if year is not None}


def doi_of(extraction: Extraction) -> str:
    """Return the DOI that a file's properties give it; "" where they name none, or several."""
    return next((doi for doi, _ in property_dois(extraction.properties)), "")


def print_of(extraction: Extraction) -> TextPrint:
    """Return the print of what was read of a file."""
    return text_print(page.text for page in extraction.pages)


def is_alike(first: TextPrint, second: TextPrint) -> bool:
    """Return whether two new files are nearly identical."""
    return similarity(first, second) >= NEARLY_IDENTICAL
