"""Reads a document: its pages, or a page's text where the pages can't be shown."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QFile, QIODevice, Qt, Signal, Slot
from PySide6.QtGui import QIntValidator, QTextOption
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui import formats
from desktop_app.gui.icons import IconButton
from desktop_app.gui.theme import GRID

from .labels import breakable, label
from .page_layout import LEAST_ZOOM, MOST_ZOOM, Fit
from .pages import PagesView


class ReaderView(QWidget):
    """Shows what it is told and says which page is being read."""

    page_changed = Signal(int)
    """The page being read, from 1. In text mode: the page whose text is wanted."""
    failed = Signal(str)
    """The document can't be shown, and why; its text may be told with `show_message`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = QPdfDocument(self)
        self._device: QIODevice | None = None
        self._source: tuple[Path, int] | None = None
        self._text_page, self._text_pages = 0, 0

        self._title = label()
        self._title.setProperty("type", "card")
        self._pages = PagesView()
        self._reason = label(kind="warning", wrap=True)
        self._text = QPlainTextEdit(readOnly=True)
        self._text.setAccessibleName(self.tr("Text of the page"))
        self._nothing = label(self.tr("Open a page to read it here."), "soft")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)

        self._back = IconButton("up", self.tr("Previous page"))
        self._on = IconButton("down", self.tr("Next page"))
        self._number = QLineEdit()
        self._number.setAccessibleName(self.tr("Page number"))
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._number.setFixedWidth(56)
        self._of = QLabel()
        self._smaller = IconButton("zoom-out", self.tr("Smaller"))
        self._larger = IconButton("zoom-in", self.tr("Larger"))
        self._zoom = label(kind="soft")
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._zoom.setMinimumWidth(self._zoom.fontMetrics().horizontalAdvance("8888 %"))
        self._wide = IconButton("fit-width", self.tr("Fit the width"))
        self._whole = IconButton("fit-page", self.tr("Fit the whole page"))
        self._wide.setCheckable(True)
        self._whole.setCheckable(True)

        self._stack = QStackedWidget()
        self._stack.setProperty("ground", "panel")
        for part in (self._nothing, self._pages, self._message()):
            self._stack.addWidget(part)
        self._bar = self._tool_bar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._stack, 1)

        self._pages.page_changed.connect(self._show_page)
        self._pages.zoom_changed.connect(self._show_zoom)
        self._back.clicked.connect(self._go_back)
        self._on.clicked.connect(self._go_on)
        self._number.returnPressed.connect(self._go_typed)
        self._smaller.clicked.connect(self._make_smaller)
        self._larger.clicked.connect(self._make_larger)
        self._wide.clicked.connect(self._fit_width)
        self._whole.clicked.connect(self._fit_page)
        self.clear()

    @property
    def page(self) -> int:
        """Return the page being read, from 1; 0 where nothing is shown."""
        return self._text_page if self._text_pages else self._pages.page

    @property
    def page_count(self) -> int:
        """Return the number of pages of what is shown."""
        return self._text_pages or self._pages.page_count

    @property
    def pages(self) -> PagesView:
        """Return the part that shows pages, for focus and zoom."""
        return self._pages

    def show_document(
        self, title: str, path: Path, page: int = 1, words: Sequence[str] = (), start: int = 0
    ) -> bool:
        """Show a PDF at `page` with `words` marked, and return whether that is possible.

        `start` is where the PDF begins in the file, in bytes, after whatever stands before it.
        Only for files that were imported and are not hazardous: PDFium never comes back from some
        broken ones, for instance a page tree that contains itself.
        """
        if self._source == (path, start) and self._document.pageCount():
            self._pages.set_words(words)
        else:
            self.clear()
            error = self._load(path, start)
            if error is not QPdfDocument.Error.None_ or not self._document.pageCount():
                reason = self._explain(error)
                self.show_message(title, reason)
                self.failed.emit(reason)
                return False
            self._source = (path, start)
            self._pages.set_document(self._document, words)
        self._text_pages = 0
        self._show_title(title)
        self._stack.setCurrentWidget(self._pages)
        self._enable(zoom=True)
        self._pages.go_to(page)
        self._show_zoom(self._pages.zoom)
        return True

    def show_message(
        self, title: str, text: str, page_text: str = "", page: int = 0, page_count: int = 0
    ) -> None:
        """Show why the pages can't be shown, and the text of one of them.

        With `page` and `page_count` the page buttons work: `page_changed` asks for another text.
        """
        if self._source is not None:
            self._release()
        self._show_title(title)
        self._reason.setText(text)
        self._reason.setVisible(bool(text))
        self._text.setVisible(bool(page_text))
        self._text.document().setDefaultTextOption(_option(page_text))
        self._text.setPlainText(page_text)
        self._text_page, self._text_pages = page, page_count
        self._stack.setCurrentIndex(2)
        self._enable(zoom=False)
        self._show_page(page)

    def set_words(self, words: Sequence[str]) -> None:
        """Mark other words in the document that is shown."""
        self._pages.set_words(words)

    def clear(self) -> None:
        """Show nothing and let go of the file, so that it can be deleted."""
        self._release()
        self._text_page, self._text_pages = 0, 0
        self._text.clear()
        self._show_title("")
        self._stack.setCurrentWidget(self._nothing)
        self._bar.hide()

    def _release(self) -> None:
        self._pages.set_document(None)
        self._document.close()
        if self._device is not None:
            self._device.close()
            self._device.deleteLater()
        self._device, self._source = None, None

    def _load(self, path: Path, start: int) -> QPdfDocument.Error:
        """Load a document from a device of our own: one that QPdfDocument opens stays open."""
        file = QFile(str(path), self)
        if not file.open(QIODevice.OpenModeFlag.ReadOnly):
            file.deleteLater()
            return QPdfDocument.Error.FileNotFound
        self._device = file
        if start:
            file.seek(start)
            buffer = QBuffer(self)
            buffer.setData(file.readAll())
            buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            file.close()
            file.deleteLater()
            self._device = buffer
        self._document.load(self._device)
        return self._document.error()

    def _explain(self, error: QPdfDocument.Error) -> str:
        if error is QPdfDocument.Error.FileNotFound:
            return self.tr(
                "The stored file can't be found or opened. Check the archive; importing the PDF "
                "again puts it back."
            )
        if error is QPdfDocument.Error.IncorrectPassword:
            return self.tr("The PDF is locked with a password, so its pages can't be shown here.")
        if error is QPdfDocument.Error.UnsupportedSecurityScheme:
            return self.tr("The PDF is locked in a way that this program can't open.")
        return self.tr("The PDF is damaged, so its pages can't be shown here.")

    def _message(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(self._reason)
        column.addWidget(self._text, 1)
        column.addStretch()
        return part

    def _tool_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("ground", "panel")
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for part in (self._back, self._on, self._number, self._of):
            row.addWidget(part)
        row.addStretch(1)
        for part in (self._smaller, self._zoom, self._larger, self._wide, self._whole):
            row.addWidget(part)
        column = QVBoxLayout(bar)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        self._title.setMinimumWidth(1)
        column.addWidget(self._title)
        column.addLayout(row)
        return bar

    def _show_title(self, title: str) -> None:
        self._title.setText(breakable(title))
        self._title.setWordWrap(True)
        self._title.setLayoutDirection(formats.direction_of(title))
        self._title.setVisible(bool(title))

    def _enable(self, *, zoom: bool) -> None:
        self._bar.show()
        for part in (self._smaller, self._zoom, self._larger, self._wide, self._whole):
            part.setVisible(zoom)
        count = self.page_count
        steps: tuple[QWidget, ...] = (self._back, self._on, self._number, self._of)
        for step in steps:
            step.setVisible(count > 0)
        self._of.setText(self.tr("of {count}").format(count=formats.number(count)))
        self._number.setValidator(QIntValidator(1, max(1, count), self._number))

    @Slot(int)
    def _show_page(self, page: int) -> None:
        self._number.setText(str(page) if page else "")
        self._back.setEnabled(page > 1)
        self._on.setEnabled(page < self.page_count)
        if page and not self._text_pages:
            self.page_changed.emit(page)

    @Slot(float)
    def _show_zoom(self, zoom: float) -> None:
        self._zoom.setText(formats.percent(zoom))
        self._smaller.setEnabled(zoom > LEAST_ZOOM)
        self._larger.setEnabled(zoom < MOST_ZOOM)
        self._wide.setChecked(self._pages.fit is Fit.WIDTH)
        self._whole.setChecked(self._pages.fit is Fit.PAGE)

    def _go_to(self, page: int) -> None:
        page = max(1, min(page, self.page_count))
        if self._text_pages:
            self._number.setText(str(self._text_page))
            if page != self._text_page:
                self.page_changed.emit(page)
        else:
            self._pages.go_to(page)

    @Slot()
    def _go_back(self) -> None:
        self._go_to(self.page - 1)

    @Slot()
    def _go_on(self) -> None:
        self._go_to(self.page + 1)

    @Slot()
    def _go_typed(self) -> None:
        self._go_to(int(self._number.text()))

    @Slot()
    def _make_smaller(self) -> None:
        self._pages.zoom_by(-1)

    @Slot()
    def _make_larger(self) -> None:
        self._pages.zoom_by(1)

    @Slot()
    def _fit_width(self) -> None:
        self._pages.set_fit(Fit.WIDTH)

    @Slot()
    def _fit_page(self) -> None:
        self._pages.set_fit(Fit.PAGE)


def _option(text: str) -> QTextOption:
    rtl = formats.reads_rtl(text)
    option = QTextOption(Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
    option.setTextDirection(formats.direction_of_passage(text))
    return option
