"""What is known about one record."""

from collections.abc import Mapping
from html import escape

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.records import Document, Record, TextHealth
from desktop_app.domain.search import Hit, PageHit, Snippet
from desktop_app.gui import formats, theme
from desktop_app.gui.models.results import best_page
from desktop_app.gui.theme import GRID, Tone

from .card_layout import record_chips
from .flow import FlowLayout
from .labels import chip_label, foreign_label, label
from .text_block import line_height

LABEL_WIDTH = 104
SHA_SHOWN = 12


class DetailsView(QScrollArea):
    """Shows a record, what a search found in it, and its files."""

    open_requested = Signal(str, int)
    """The id of a document and the page to open, from 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setProperty("ground", "panel")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Details"))
        self._record: Record | None = None
        self._hit: Hit | None = None
        self._silent: Mapping[str, int] = {}
        self._colours = theme.colours()
        self.show_record(None, None)

    def show_record(
        self,
        record: Record | None,
        hit: Hit | None,
        pages_without_text: Mapping[str, int] | None = None,
    ) -> None:
        """Show `record` with what `hit` found in it; None shows what to do instead.

        `pages_without_text` counts the pages of each document, by its id, that can't be searched.
        """
        self._record, self._hit = record, hit
        self._silent = pages_without_text or {}
        self._rebuild()

    def changeEvent(self, event: QEvent) -> None:
        """Build the content again when its colours change: they are part of its texts."""
        super().changeEvent(event)
        told = event.type() is QEvent.Type.PaletteChange and hasattr(self, "_colours")
        if told and self._colours is not theme.colours():
            # Later: Qt still goes through all widgets, and this deletes some of them.
            QTimer.singleShot(0, self, self._rebuild)

    @Slot()
    def _rebuild(self) -> None:
        self._colours = theme.colours()
        content = QWidget()
        content.setProperty("ground", "panel")
        column = QVBoxLayout(content)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(2 * GRID)
        if self._record is None:
            text = self.tr("Choose a record to see what it is and where your words are in it.")
            column.addWidget(label(text, "soft", wrap=True))
        else:
            self._add_head(column, self._record)
            self._add_pages(column)
            self._add_fields(column, self._record)
            self._add_files(column, self._record)
        column.addStretch(1)
        self.setWidget(content)

    def _add_head(self, column: QVBoxLayout, record: Record) -> None:
        column.addWidget(foreign_label(record.title, "heading"))
        chips = QWidget()
        flow = FlowLayout(chips)
        for chip in record_chips(record):
            flow.addWidget(chip_label(chip.text, chip.tone))
        column.addWidget(chips)
        page = best_page(self._hit if self._hit is not None else Hit(record, 0.0))
        if page is None:
            return
        row = QWidget()
        flow = FlowLayout(row)
        pages = self._hit.pages if self._hit is not None else ()
        text = self.tr("Open at {page}").format(page=_page_name(page)) if pages else self.tr("Open")
        button = self._button(text, page, "primary")
        flow.addWidget(button)
        column.addWidget(row)

    def _add_pages(self, column: QVBoxLayout) -> None:
        if self._hit is None or not self._hit.pages:
            return
        found = any(page.snippet and page.snippet.marks for page in self._hit.pages)
        name = self.tr("Where your words are") if found else self.tr("From the text")
        column.addWidget(_section(name))
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(2 * GRID)
        grid.setColumnStretch(1, 1)
        for row, page in enumerate(self._hit.pages):
            button = self._button(_page_name(page), page, "page")
            grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignTop)
            if page.snippet is not None:
                grid.addWidget(self._snippet(page.snippet), row, 1)
        column.addLayout(grid)
        more = self._hit.page_total - len(self._hit.pages)
        if more > 0:
            column.addWidget(label(formats.more_pages(more), "caption"))

    def _add_fields(self, column: QVBoxLayout, record: Record) -> None:
        column.addWidget(_section(self.tr("Description")))
        unknown = self.tr("not yet described")
        authors = ", ".join(formats.isolate(author) for author in record.authors)
        fields = (
            (self.tr("Kind"), formats.kind_name(record.kind) if record.kind else ""),
            (self.tr("Year"), "" if record.year is None else str(record.year)),
            (self.tr("Languages"), formats.languages(record.languages)),
            (self.tr("Authors"), authors),
            (self.tr("Access"), formats.access_name(record.access)),
            (self.tr("Added"), formats.date(record.added_at)),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(fields):
            named = label(name, "soft")
            # Down to the first line of a value in the other, taller script.
            drop = line_height(value, theme.BODY) - line_height(name, theme.BODY)
            named.setContentsMargins(0, max(0, drop // 2), 0, 0)
            grid.addWidget(named, row, 0, Qt.AlignmentFlag.AlignTop)
            shown = label(value or unknown, "" if value else "soft", wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(shown, row, 1)
        column.addLayout(grid)

    def _add_files(self, column: QVBoxLayout, record: Record) -> None:
        if not record.documents:
            return
        column.addWidget(_section(self.tr("Files")))
        for document in record.documents:
            column.addWidget(self._file(document))

    def _file(self, document: Document) -> QFrame:
        card = QFrame()
        card.setProperty("card", "true")
        column = QVBoxLayout(card)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(GRID)
        column.addWidget(foreign_label(document.file_name))
        facts = formats.joined(
            [
                formats.role_name(document.role),
                formats.pages(document.page_count),
                formats.size(document.size),
            ]
        )
        column.addWidget(label(facts, "soft", wrap=True))
        digest = self.tr("SHA-256 {digest}").format(
            digest=formats.isolate(document.sha256[:SHA_SHOWN] + "…")
        )
        shown = label(digest, "caption")
        shown.setToolTip(document.sha256)
        column.addWidget(shown)
        column.addSpacing(GRID)
        column.addLayout(self._health(document))
        if document.hazardous:
            text = self.tr(
                "This file once stopped the program that reads it, so its pages are shown as "
                "text only."
            )
            column.addWidget(label(text, "warning", wrap=True))
        return card

    def _health(self, document: Document) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GRID)
        health = document.text_health
        good = health in {TextHealth.GOOD, TextHealth.REPAIRED}
        chips = QWidget()
        flow = FlowLayout(chips)
        tone = Tone.GOOD if health is TextHealth.GOOD else Tone.WARNING
        tone = Tone.PLAIN if health is TextHealth.REPAIRED else tone
        flow.addWidget(chip_label(formats.text_health_name(health), tone))
        column.addWidget(chips)
        column.addWidget(label(formats.text_health_meaning(health), "soft", wrap=True))
        silent = self._silent.get(document.id, 0)
        if silent:
            text = self.tr("Can't be searched: {silent} of {all}").format(
                silent=formats.number(silent), all=formats.pages(document.page_count)
            )
            column.addWidget(label(text, "soft" if good else "warning", wrap=True))
        return column

    def _button(self, text: str, page: PageHit, kind: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", kind)
        button.setCursor(Qt.CursorShape.PointingHandCursor)

        def say() -> None:
            self.open_requested.emit(page.document_id, page.number)

        button.clicked.connect(say)
        return button

    def _snippet(self, snippet: Snippet) -> QLabel:
        shown = QLabel(_as_markup(snippet, self._colours.highlight))
        shown.setTextFormat(Qt.TextFormat.RichText)
        shown.setWordWrap(True)
        shown.setLayoutDirection(formats.direction_of_passage(snippet.text))
        shown.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        return shown


def _page_name(page: PageHit) -> str:
    return formats.page(page.label or str(page.number))


def _section(text: str) -> QLabel:
    result = label(text, "section")
    result.setContentsMargins(0, 2 * GRID, 0, 0)
    return result


def _as_markup(snippet: Snippet, ground: str) -> str:
    pieces: list[str] = []
    at = 0
    for start, end in snippet.marks:
        pieces.append(escape(snippet.text[at:start]))
        marked = escape(snippet.text[start:end])
        pieces.append(f'<span style="background-color:{ground}">{marked}</span>')
        at = end
    pieces.append(escape(snippet.text[at:]))
    lead = "… " if snippet.cut_before else ""
    tail = " …" if snippet.cut_after else ""
    return lead + "".join(pieces) + tail
