"""Windows put together from the views and filled with made-up data."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QTabWidget, QVBoxLayout, QWidget

from desktop_app.domain.imports import PreviewedRow
from desktop_app.domain.operations import Progress
from desktop_app.domain.search import SearchAnswer
from desktop_app.gui.dialogs.import_report import ImportReportDialog
from desktop_app.gui.dialogs.metadata_import import MetadataImportDialog
from desktop_app.gui.models.jobs import JobsModel
from desktop_app.gui.models.pace import Pace
from desktop_app.gui.models.results import ResultsModel
from desktop_app.gui.views.activity import ActivityView
from desktop_app.gui.views.details import DetailsView
from desktop_app.gui.views.empty import EmptyView
from desktop_app.gui.views.navigation import ACTIVITY, NavigationView
from desktop_app.gui.views.offer import OfferView
from desktop_app.gui.views.reader import ReaderView
from desktop_app.gui.views.results import ResultsView
from desktop_app.gui.views.search_bar import SearchBar
from desktop_app.gui.views.status import StatusLine
from tests.gui import hits, metadata_samples
from tests.samples import write_pdf

Scene = Callable[[Path], QWidget]


def settle(window: QWidget) -> None:
    """Let drawing in the background and delayed layouts come to an end."""
    loop = QEventLoop(window)
    QTimer.singleShot(400, loop.quit)
    loop.exec()


def frame(middle: QWidget, trailing: QWidget | None, *, place: str = "library") -> QWidget:
    """Return a window with navigation, the given panes and a status line."""
    window = QWidget()
    navigation = NavigationView()
    navigation.set_archive("Malmö", "/archives/malmo")
    navigation.set_counts(1284, 1)
    navigation.select(place)
    status = StatusLine()
    status.show_counts(1284, 48_210)
    status.show_index(12 if place == ACTIVITY else 0)
    if place == ACTIVITY:
        status.show_job("Importing 20 files", Progress(7, 20))
    panes = QSplitter(Qt.Orientation.Horizontal)
    panes.setHandleWidth(1)
    panes.addWidget(navigation)
    panes.addWidget(middle)
    if trailing is not None:
        panes.addWidget(trailing)
        panes.setSizes([208, 766, 392])
    else:
        panes.setSizes([208, 1158])
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(panes, 1)
    column.addWidget(status)
    return window


def tabs(details: DetailsView, reader: ReaderView, *, read: bool) -> QTabWidget:
    """Return the trailing pane."""
    result = QTabWidget()
    result.setDocumentMode(True)
    result.addTab(details, "Details")
    result.addTab(reader, "Read")
    result.setCurrentIndex(1 if read else 0)
    return result


def results(answer: SearchAnswer) -> tuple[QWidget, ResultsView]:
    """Return the middle pane with an answer, its first hit chosen."""
    model = ResultsModel()
    view = ResultsView(model)
    model.setParent(view)
    bar = SearchBar()
    bar.set_text(answer.query)
    bar.show_answer(answer)
    model.set_answer(answer)
    view.select_first()
    pane = QWidget()
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(bar)
    column.addWidget(view, 1)
    return pane, view


def search(folder: Path) -> QWidget:
    """Return the window after a search, details beside it."""
    answer = hits.sample_answer()
    pane, _ = results(answer)
    details = DetailsView()
    details.show_record(answer.hits[0].record, answer.hits[0])
    return frame(pane, tabs(details, ReaderView(), read=False))


def search_arabic(folder: Path) -> QWidget:
    """Return the window after a search in Arabic with remarks, the Arabic record chosen."""
    found = hits.sample_answer().hits
    answer = SearchAnswer(
        "إرشاد الشباب titel:x",
        1,
        1412.0,
        (found[1], *found[2:], found[0]),
        suggestion="إرشاد الشباب",
        hints=('There is no field "titel"; it was searched as a word. Did you mean "title"?',),
        pending=12,
    )
    pane, _ = results(answer)
    details = DetailsView()
    details.show_record(found[1].record, found[1], {"document-2": 3})
    return frame(pane, tabs(details, ReaderView(), read=False))


def library(folder: Path) -> QWidget:
    """Return the window without a query, a scan chosen."""
    shown = tuple(hits.browsing_hits())
    pane, view = results(SearchAnswer("", 4, 0.0, shown))
    view.select("record-4")
    details = DetailsView()
    details.show_record(shown[3].record, None, {"document-4": 1})
    return frame(pane, tabs(details, ReaderView(), read=False))


def offer(folder: Path) -> QWidget:
    """Return the window without a query, with new PDFs in a watched folder."""
    pane, _ = results(SearchAnswer("", 4, 0.0, tuple(hits.browsing_hits())))
    shown = OfferView()
    column = pane.layout()
    if isinstance(column, QVBoxLayout):
        column.insertWidget(1, shown)
    shown.offer(Path("/offices/Posteingang"), [Path(f"report-{n}.pdf") for n in range(12)])
    return frame(pane, tabs(DetailsView(), ReaderView(), read=False))


def reading(folder: Path) -> QWidget:
    """Return the window with the reader at a page with marked words."""
    texts = [f"Page {number}. {hits.ENGLISH}.\n" * 12 for number in range(1, 13)]
    path = write_pdf(folder / "sample.pdf", texts)
    answer = hits.sample_answer()
    pane, _ = results(answer)
    reader = ReaderView()
    title = answer.hits[0].record.title
    reader.show_document(title, path, 4, ["mentoring", "young people"])
    return frame(pane, tabs(DetailsView(), reader, read=True))


def reading_text(folder: Path) -> QWidget:
    """Return the window with a page's text in place of the page."""
    answer = hits.sample_answer()
    pane, view = results(answer)
    view.select("record-2")
    reader = ReaderView()
    reader.show_message(
        answer.hits[1].record.title,
        "This file once stopped the program that reads it, so its pages are shown as text only.",
        "\n\n".join([hits.ARABIC, hits.ARABIC_2]),
        8,
        155,
    )
    return frame(pane, tabs(DetailsView(), reader, read=True))


def empty(folder: Path) -> QWidget:
    """Return the window of a new archive."""
    return frame(EmptyView(), tabs(DetailsView(), ReaderView(), read=False))


def nothing_found(folder: Path) -> QWidget:
    """Return the window after a search without hits."""
    pane = QWidget()
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 0, 0, 0)
    bar = SearchBar()
    bar.set_text("mentroing إرشاد")
    bar.show_answer(SearchAnswer("mentroing إرشاد", 0, 3.0, ()))
    view = EmptyView()
    view.show_nothing_found("mentroing إرشاد", "mentoring إرشاد")
    column.addWidget(bar)
    column.addWidget(view, 1)
    return frame(pane, tabs(DetailsView(), ReaderView(), read=True))


def activity(folder: Path) -> QWidget:
    """Return the window with jobs in every state."""
    seconds = iter((0.0, 6.0, 7.0))
    model = JobsModel(clock=lambda: next(seconds))
    view = ActivityView(model)
    model.setParent(view)
    model.start(1, "Importing 20 files")
    model.finish(1, "19 added, 1 refused", has_report=True, can_undo=True)
    model.start(2, "Rebuilding the index")
    model.finish(2, "The disk is full. Make room and do it again.", failed=True)
    model.start(3, "Checking the archive")
    model.start(4, "Importing 155 files from تقارير 2026")
    model.progress(4, Progress(0, 155))
    model.progress(4, Progress(12, 155, "تقييم برنامج الإرشاد للشباب.pdf"))
    model.start(5, "Importing 3 files")
    model.progress(5, Progress(1, 3, "a.pdf"))
    model.cancelling(5)
    return frame(view, None, place=ACTIVITY)


def report(folder: Path) -> QWidget:
    """Return an import report with all its rows."""
    dialog = ImportReportDialog(hits.import_report())
    dialog.view.filter_by(None)
    return _beside(dialog)


def report_rows(folder: Path) -> QWidget:
    """Return an import report with rows of metadata files, a changed one chosen."""
    dialog = ImportReportDialog(metadata_samples.report())
    dialog.view.filter_by(None)
    dialog.view.table.setCurrentIndex(dialog.view.table.model().index(1, 0))
    dialog.show_note("Saved 2 rows as evaluations-malmö-refused.xlsx")
    return _beside(dialog)


def metadata(folder: Path) -> QWidget:
    """Return the import window with a workbook: several sheets, and cells that can't be held."""
    dialog = _metadata(others=(folder / "two-city.pdf", folder))
    path, file = metadata_samples.WORKBOOK, metadata_samples.workbook()
    mapping = metadata_samples.guessed()
    records = mapping.sheets[0].with_column("Datum", "year")
    mapping = mapping.with_sheet(records)
    dialog.show_file(path, file, mapping)
    dialog.show_preview(path, "Rapporter", metadata_samples.previewed(mapping))
    return dialog


def metadata_untitled(folder: Path) -> QWidget:
    """Return the import window where no column gives the title, the preview as text."""
    dialog = _metadata()
    path, file = metadata_samples.WORKBOOK, metadata_samples.workbook()
    mapping = metadata_samples.guessed()
    records = mapping.sheets[0].with_column("Titel", "ignore")
    mapping = mapping.with_sheet(records)
    dialog.show_file(path, file, mapping)
    dialog.show_preview(path, "Rapporter", metadata_samples.previewed(mapping))
    dialog.source.preview.as_text.setChecked(True)
    return dialog


def metadata_bibliography(folder: Path) -> QWidget:
    """Return the import window with a RIS file, its tags folded away."""
    dialog = MetadataImportDialog()
    path, file = metadata_samples.LIBRARY, metadata_samples.bibliography()
    dialog.add([path], [])
    dialog.show_file(path, file)
    rows = (
        PreviewedRow(1, {"title": "Mentoring young people at risk", "author": "Ana Silva; Bo Ek",
                         "year": "2021", "kind": "Evaluation"}),
        PreviewedRow(9, {"title": "Schools and trust"}, {"PY": '"year" takes a year.'}),
    )  # fmt: skip
    dialog.show_preview(path, "", rows)
    return dialog


def metadata_reading(folder: Path) -> QWidget:
    """Return the import window while its first file is read, and with one that can't be."""
    dialog = _metadata()
    dialog.add([folder / "broken.xlsx"], [])
    dialog.show_unreadable(folder / "broken.xlsx", "The workbook is damaged. Save it again.")
    return dialog


def metadata_left_out(folder: Path) -> QWidget:
    """Return the import window with a sheet that is left out."""
    dialog = metadata(folder)
    assert isinstance(dialog, MetadataImportDialog)
    dialog.source.mapping.tabs.setCurrentIndex(2)
    dialog.source.mapping.kind_chosen.emit(None)
    return dialog


def metadata_empty(folder: Path) -> QWidget:
    """Return the import window without any file."""
    return MetadataImportDialog()


def metadata_checking(folder: Path) -> QWidget:
    """Return the import window while a check runs."""
    dialog = metadata(folder)
    assert isinstance(dialog, MetadataImportDialog)
    dialog.check.click()
    dialog.show_progress(Progress(120, 500), Pace(8.2, 46))
    return dialog


def metadata_checked(folder: Path) -> QWidget:
    """Return the import window after a check."""
    dialog = metadata(folder)
    assert isinstance(dialog, MetadataImportDialog)
    dialog.show_report(metadata_samples.report(dry_run=True))
    return dialog


def _metadata(others: Sequence[Path] = ()) -> MetadataImportDialog:
    dialog = MetadataImportDialog()
    dialog.add([metadata_samples.WORKBOOK], others)
    return dialog


def _beside(dialog: QWidget) -> QWidget:
    window = QWidget()
    row = QHBoxLayout(window)
    row.setContentsMargins(40, 40, 40, 40)
    dialog.setWindowFlags(Qt.WindowType.Widget)
    row.addWidget(dialog)
    return window


SCENES: dict[str, Scene] = {
    "search": search,
    "search-arabic": search_arabic,
    "library": library,
    "offer": offer,
    "reading": reading,
    "reading-text": reading_text,
    "empty": empty,
    "nothing-found": nothing_found,
    "activity": activity,
    "report": report,
    "report-rows": report_rows,
    "metadata": metadata,
    "metadata-untitled": metadata_untitled,
    "metadata-bibliography": metadata_bibliography,
    "metadata-reading": metadata_reading,
    "metadata-left-out": metadata_left_out,
    "metadata-empty": metadata_empty,
    "metadata-checking": metadata_checking,
    "metadata-checked": metadata_checked,
}
