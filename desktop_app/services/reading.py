"""Looking at records, their documents and their pages."""

from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.errors import BlobMissing, PageNotFound
from desktop_app.domain.records import Document, NoText, Page, Record
from desktop_app.domain.search import Sort
from desktop_app.library.blobs import Blobs
from desktop_app.pdf.signature import pdf_bytes_start
from desktop_app.store.pages import Pages
from desktop_app.store.records import Records


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much is in the archive."""

    records: int
    pages: int


@dataclass(frozen=True, slots=True)
class StoredPdf:
    """A PDF in the library; `start` is the offset in bytes where it begins in the file."""

    path: Path
    start: int


class Reading:
    """Reads records and texts; changes nothing."""

    def __init__(self, records: Records, pages: Pages, blobs: Blobs) -> None:
        self._records = records
        self._pages = pages
        self._blobs = blobs

    def holdings(self) -> Holdings:
        """Return how many records and pages there are."""
        return Holdings(self._records.count(), self._pages.count())

    def record(self, id_or_prefix: str) -> Record:
        """Return a record by its id or the beginning of it (at least 4 characters)."""
        return self._records.get(self._records.resolve(id_or_prefix))

    def records(
        self, sort: Sort = Sort.ADDED, limit: int | None = None, offset: int = 0
    ) -> list[Record]:
        """Return records in the given order."""
        ids = self._records.ids(sort, limit, offset)
        found = self._records.get_many(ids)
        return [found[record_id] for record_id in ids if record_id in found]

    def pages(self, document_id: str) -> list[Page]:
        """Return all pages of a document."""
        return self._pages.of_document(document_id)

    def page(self, document_id: str, number: int) -> Page:
        """Return one page of a document; `PageNotFound` when it has no such page."""
        found = self._pages.get([(document_id, number)])
        if not found:
            raise PageNotFound(number=number, last=self._records.document(document_id).page_count)
        return found[document_id, number]

    def without_text(self, document_id: str) -> dict[NoText, int]:
        """Return how many pages of a document can't be searched, by reason."""
        return self._pages.without_text(document_id)

    def document(self, document_id: str) -> Document:
        """Return a document."""
        return self._records.document(document_id)

    def file(self, document: Document) -> StoredPdf:
        """Return where the document's PDF lies; `BlobMissing` when it is gone."""
        path = self._blobs.path(document.sha256)
        try:
            return StoredPdf(path, pdf_bytes_start(path))
        except OSError as error:
            raise BlobMissing(file_name=document.file_name) from error
