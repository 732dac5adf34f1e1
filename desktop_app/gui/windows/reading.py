"""Opening a document in the reader: its pages, or its text where they must not be drawn."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from desktop_app.domain.records import Document, Page, Record
from desktop_app.gui import formats
from desktop_app.gui.messages import error_text
from desktop_app.gui.session import Session
from desktop_app.gui.views.reader import ReaderView
from desktop_app.services.reading import StoredPdf


class Reader(QObject):
    """Wires the reader to the archive."""

    def __init__(self, session: Session, view: ReaderView, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._shown: tuple[Record, Document] | None = None
        self._reason = ""
        view.page_changed.connect(self._follow)
        view.failed.connect(self._fall_back)

    def open(self, record: Record, document: Document, number: int, words: Sequence[str]) -> None:
        """Show a document at a page, with words marked."""
        self._shown = (record, document)
        self._reason = ""
        if document.hazardous:
            reason = self.tr(
                "This PDF stopped the program that read it, so its pages are not drawn here. "
                "Below is the text that could be read."
            )
            self._show_text(reason, number)
            return
        reading = self._session.archive.reading

        def show(stored: StoredPdf) -> None:
            if self._shown == (record, document):
                self._wanted = number
                self._view.show_document(record.title, stored.path, number, words, stored.start)

        self._wanted = number
        self._session.jobs.ask(
            "reader",
            lambda: reading.file(document),
            show,
            lambda error: self._show_text(error_text(error), number),
        )

    def close(self) -> None:
        """Let go of the file."""
        self._shown = None
        self._view.clear()

    @Slot(str)
    def _fall_back(self, reason: str) -> None:
        if self._shown is not None:
            self._show_text(reason, self._wanted)

    @Slot(int)
    def _follow(self, number: int) -> None:
        """In text mode: bring the text of the page that a person turned to."""
        if self._shown is not None and self._reason:
            self._show_text(self._reason, number)

    def _show_text(self, reason: str, number: int) -> None:
        if self._shown is None:
            return
        record, document = self._shown
        self._reason = reason
        reading = self._session.archive.reading

        def show(page: Page) -> None:
            missing = page.no_text
            text = page.text if missing is None else formats.no_text_reason(missing)
            self._view.show_message(record.title, reason, text, page.number, document.page_count)

        self._session.jobs.ask(
            "reader",
            lambda: reading.page(document.id, number),
            show,
            lambda error: self._view.show_message(record.title, error_text(error)),
        )
