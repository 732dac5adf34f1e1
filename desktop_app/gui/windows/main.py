"""The main window: signals of the views become service calls, their answers go to the models."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeySequence
from PySide6.QtGui import QShortcut as Shortcut
from PySide6.QtWidgets import (
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.errors import IndexUnusable
from desktop_app.domain.operations import Operation
from desktop_app.domain.records import Document, Record
from desktop_app.domain.search import Hit, PageHit, SearchAnswer, SearchRequest
from desktop_app.gui.jobs import Job, Lane
from desktop_app.gui.messages import error_text
from desktop_app.gui.models.results import ResultsModel
from desktop_app.gui.session import Holdings, Session
from desktop_app.gui.views.activity import ActivityView
from desktop_app.gui.views.details import DetailsView
from desktop_app.gui.views.empty import EmptyView
from desktop_app.gui.views.navigation import LIBRARY, NavigationView
from desktop_app.gui.views.offer import OfferView
from desktop_app.gui.views.reader import ReaderView
from desktop_app.gui.views.results import ResultsView
from desktop_app.gui.views.search_bar import SearchBar
from desktop_app.gui.views.status import StatusLine
from desktop_app.services.index_process import IndexReport

from .activity import Activity
from .importing import Importer
from .merging import Merger
from .reading import Reader
from .watching import Watcher

PAGE_OF_HITS = 20
INDEX_EVERY = 40
"""While an import goes on, its records are made searchable whenever this many wait."""
LOOK_MS = 1500
"""How often counts are looked at while a job runs."""


class MainWindow(QMainWindow):
    """Search, results, details and reader of one archive."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._holdings = Holdings()
        self._asked = ""
        self._answered: str | None = None
        reads_only = session.archive.read_only
        self.setWindowTitle(
            self.tr("Evaluation Archive (only for reading)")
            if reads_only
            else self.tr("Evaluation Archive")
        )
        self.setAcceptDrops(not reads_only)
        self.resize(1366, 768)

        self.navigation = NavigationView()
        self.search_bar = SearchBar()
        self.results_model = ResultsModel(self)
        self.results = ResultsView(self.results_model)
        self.empty = EmptyView()
        self.details = DetailsView()
        self.reader = ReaderView()
        self.status = StatusLine()
        self.activity = Activity(session.jobs, self.status, self)
        self.activity_view = ActivityView(self.activity.model)
        self.offer = OfferView()
        self.watcher = Watcher(session, self.offer, self)
        self.importer = Importer(session, self.activity, self.watcher, self)
        self.merger = Merger(session, self)
        self._reading = Reader(session, self.reader, self)
        self._look = QTimer(self, interval=LOOK_MS)
        self._lay_out()
        self._wire()
        self.navigation.set_archive(session.archive.name, str(session.archive.folder))
        self._look_at_holdings()
        self._search("")
        self._update_index()

    def _lay_out(self) -> None:
        self._found = QStackedWidget()
        self._found.addWidget(self.results)
        self._found.addWidget(self.empty)
        library = QWidget()
        column = QVBoxLayout(library)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.search_bar)
        column.addWidget(self.offer)
        column.addWidget(self._found, 1)
        self._places = QStackedWidget()
        self._places.addWidget(library)
        self._places.addWidget(self.activity_view)
        self.tabs = QTabWidget(documentMode=True)
        self.tabs.addTab(self.details, self.tr("Details"))
        self.tabs.addTab(self.reader, self.tr("Read"))
        self._panes = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        for pane, stretch in ((self.navigation, 0), (self._places, 3), (self.tabs, 2)):
            self._panes.addWidget(pane)
            self._panes.setStretchFactor(self._panes.count() - 1, stretch)
        self._panes.setSizes([200, 640, 526])
        central = QWidget()
        rows = QVBoxLayout(central)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._panes, 1)
        rows.addWidget(self.status)
        self.setCentralWidget(central)
        self.search_bar.focus()

    def _wire(self) -> None:
        self.search_bar.query_changed.connect(self._search)
        self.search_bar.submitted.connect(self._search)
        self.search_bar.suggestion_chosen.connect(self._search)
        self.search_bar.results_wanted.connect(self._go_to_results)
        self.results.selected.connect(self._show_details)
        self.results.page_opened.connect(self._open_page)
        self.results.more_wanted.connect(self._search_more)
        self.details.open_requested.connect(self._open_from_details)
        self.importer.noted.connect(self.status.show_note)
        self.importer.record_opened.connect(self._show_record)
        self.empty.clear_requested.connect(self.search_bar.clear)
        self.empty.suggestion_chosen.connect(self._search_for)
        self.navigation.chosen.connect(self._go_to)
        self.status.activity_requested.connect(self._go_to_activity)
        self.activity_view.cancel_requested.connect(self.activity.cancel)
        self.activity_view.report_requested.connect(self.importer.show_report_of)
        self.activity_view.undo_requested.connect(self.importer.undo_of)
        self._look.timeout.connect(self._look_at_holdings)
        jobs = self.session.jobs
        jobs.started.connect(self._note_start)
        jobs.finished.connect(self._note_end)
        jobs.cancelled.connect(self._note_end)
        jobs.failed.connect(self._note_failure)
        self.session.changed.connect(self._refresh)
        choose_files, choose_folder, offer = (
            (self._refuse_import,) * 3
            if self.session.archive.read_only
            else (self.importer.choose_files, self.importer.choose_folder, self._offer_import)
        )
        self.empty.import_requested.connect(choose_files)
        self.navigation.import_requested.connect(offer)
        self.navigation.duplicates_requested.connect(self.merger.find)
        self.merger.noted.connect(self.status.show_note)
        for keys, action in (
            (QKeySequence.StandardKey.Find, self._go_to_search),
            ("Ctrl+I", choose_files),
            ("Ctrl+Shift+I", choose_folder),
            (QKeySequence.StandardKey.Quit, self.close),
        ):
            Shortcut(QKeySequence(keys), self).activated.connect(action)

    # Searching

    @Slot(str)
    def _search(self, text: str) -> None:
        self._go_to(LIBRARY)
        self._ask(text)

    def _ask(self, text: str) -> None:
        """Search without going anywhere: also while a person looks at something else."""
        self._asked = text
        searching = self.session.archive.searching
        request = SearchRequest(text, limit=PAGE_OF_HITS)
        self.session.jobs.ask(
            "search", lambda: searching.search(request), self._show_answer, self._show_no_answer
        )

    @Slot(str)
    def _search_for(self, text: str) -> None:
        self.search_bar.set_text(text)
        self._search(text)

    def _show_answer(self, answer: SearchAnswer) -> None:
        # A refreshed answer keeps its place; another question begins at the top.
        chosen = self.results.current_hit() if answer.query == self._answered else None
        self._answered = answer.query
        self.results_model.set_answer(answer)
        self.search_bar.show_answer(answer)
        if answer.hits:
            self._found.setCurrentWidget(self.results)
            if chosen is None or not self.results.select(chosen.record.id):
                self.results.select_first()
            return
        self._found.setCurrentWidget(self.empty)
        if answer.pending:
            self.empty.show_indexing(answer.pending)
        elif answer.query.strip():
            self.empty.show_nothing_found(answer.query, answer.suggestion)
        else:
            self.empty.show_empty_archive()
        self._show_details(None)

    def _show_no_answer(self, error: Exception) -> None:
        self.search_bar.show_note(error_text(error))
        if isinstance(error, IndexUnusable) and not self.session.archive.read_only:
            # It is derived: whatever happened to it, it is made anew from the archive.
            self._run_index(self.session.archive.indexing.rebuild)
        else:
            self._update_index()

    @Slot()
    def _search_more(self) -> None:
        searching = self.session.archive.searching
        request = SearchRequest(
            self._asked, limit=PAGE_OF_HITS, offset=self.results_model.rowCount()
        )
        asked = self._asked

        def show(answer: SearchAnswer) -> None:
            if asked == self._asked:
                self.results_model.append_hits(answer.hits)

        self.session.jobs.ask("more", lambda: searching.search(request), show, self._show_no_answer)

    # Records and pages

    @Slot(object)
    def _show_details(self, hit: Hit | None) -> None:
        if hit is None:
            self.details.show_record(None, None)
            return
        reading = self.session.archive.reading

        def count() -> dict[str, int]:
            return {
                document.id: sum(reading.without_text(document.id).values())
                for document in hit.record.documents
            }

        self.session.jobs.ask(
            "details",
            count,
            lambda counts: self.details.show_record(hit.record, hit, counts),
            self._note_error,
        )

    @Slot(object, object)
    def _open_page(self, hit: Hit, page: PageHit) -> None:
        self._open(hit.record, page.document_id, page.number, tuple(hit.forms))

    @Slot(str, int)
    def _open_from_details(self, document_id: str, number: int) -> None:
        hit = self.results.current_hit()
        if hit is not None:
            self._open(hit.record, document_id, number, tuple(hit.forms))

    def _open(self, record: Record, document_id: str, number: int, words: Sequence[str]) -> None:
        found: list[Document] = [d for d in record.documents if d.id == document_id]
        if found:
            self.tabs.setCurrentWidget(self.reader)
            self._reading.open(record, found[0], number, words)

    # Importing

    @Slot()
    def _refuse_import(self) -> None:
        self.status.show_note(self.tr("This archive is open for reading: nothing can be imported."))

    @Slot()
    def _offer_import(self) -> None:
        self.importer.offer(self.navigation.import_menu_position())

    @Slot(str)
    def _show_record(self, record_id: str) -> None:
        reading = self.session.archive.reading

        def show(record: Record) -> None:
            self.search_bar.set_text("")
            self.results_model.set_answer(SearchAnswer("", 1, 0.0, (Hit(record, 0.0),)))
            self._found.setCurrentWidget(self.results)
            self._go_to(LIBRARY)
            self.results.select_first()

        self.session.jobs.ask("record", lambda: reading.record(record_id), show, self._note_error)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files and folders."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.empty.set_drop_active(True)
            self.status.show_note(self.tr("Drop to import"))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show that nothing would be dropped any more."""
        self.empty.set_drop_active(False)
        self.status.show_note("")

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        self.empty.set_drop_active(False)
        self.status.show_note("")
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.importer.take(paths)

    # The index and the counts

    @Slot()
    def _refresh(self) -> None:
        self._look_at_holdings()
        self._ask(self._asked)
        self._update_index()

    def _update_index(self) -> None:
        if any(job.lane is Lane.INDEX for job in self.session.jobs.running()):
            return
        session = self.session
        indexing = session.archive.indexing
        session.jobs.ask(
            "index",
            indexing.is_current,
            lambda current: None if current else self._run_index(indexing.update),
            self._note_error,
        )

    def _run_index(self, begin: Callable[[], Operation[IndexReport]]) -> None:
        if any(job.lane is Lane.INDEX for job in self.session.jobs.running()):
            return
        self.session.jobs.run(
            Lane.INDEX,
            self.tr("Making pages searchable"),
            begin,
            lambda _: self._refresh(),
        )

    @Slot()
    def _look_at_holdings(self) -> None:
        self.session.jobs.ask(
            "holdings", self.session.holdings, self._show_holdings, self._note_error
        )

    def _show_holdings(self, holdings: Holdings) -> None:
        grown = holdings.records != self._holdings.records
        self._holdings = holdings
        running = self.session.jobs.running()
        self.navigation.set_counts(holdings.records, len(running))
        self.status.show_counts(holdings.records, holdings.pages)
        self.status.show_index(holdings.pending)
        if not running:
            self._look.stop()
        elif holdings.pending >= INDEX_EVERY:
            self._update_index()
        if grown and not self._asked:
            self._ask("")

    # Coming and going

    @Slot(str)
    def _go_to(self, place: str) -> None:
        self.navigation.select(place)
        self._places.setCurrentIndex(0 if place == LIBRARY else 1)

    @Slot()
    def _go_to_activity(self) -> None:
        self._go_to("activity")

    @Slot()
    def _go_to_search(self) -> None:
        self._go_to(LIBRARY)
        self.search_bar.focus()

    @Slot()
    def _go_to_results(self) -> None:
        self.results.setFocus(Qt.FocusReason.TabFocusReason)

    def _note_error(self, error: Exception) -> None:
        self.status.show_note(error_text(error))

    @Slot(object)
    def _note_start(self, _job: Job) -> None:
        self._look.start()

    @Slot(object)
    def _note_end(self, _job: Job) -> None:
        self._look_at_holdings()

    @Slot(object, object)
    def _note_failure(self, _job: Job, error: Exception) -> None:
        self._note_error(error)
        self._look_at_holdings()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the jobs at a safe place, then close the archive."""
        self._look.stop()
        self._reading.close()
        self.session.close()
        super().closeEvent(event)
