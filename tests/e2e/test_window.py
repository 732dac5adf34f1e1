"""A practitioner's way through the real window: drop, search, open at the hit, read."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop_app.domain.imports import Outcome
from desktop_app.domain.operations import run_to_end
from desktop_app.gui import theme
from desktop_app.gui.dialogs.import_report import ImportReportDialog
from desktop_app.gui.models.jobs import JobState
from desktop_app.gui.session import Session
from desktop_app.gui.windows.main import MainWindow
from desktop_app.services.archive import Archive
from tests.samples import write_pdf

PATIENCE_MS = 60_000

OpenWindow = Callable[[], MainWindow]


@pytest.fixture(params=["left to right", "right to left"])
def direction(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, theme.Scheme.LIGHT)
    mirrored = request.param == "right to left"
    qapp.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
    )
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    windows: list[MainWindow] = []

    def start() -> MainWindow:
        folder = tmp_path / "archive"
        archive = Archive(folder) if folder.exists() else Archive.create(folder, "Malmö")
        window = MainWindow(Session(archive))
        qtbot.addWidget(window)
        window.show()
        windows.append(window)
        return window

    yield start
    for window in windows:
        window.close()


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    filler = "Ordinary words about nothing in particular. " * 20
    write_pdf(
        folder / "mentoring.pdf",
        ["Contents", filler, "An impact evaluation of mentoring in two cities", filler, filler],
        {"Title": "Mentoring young people at risk"},
    )
    write_pdf(folder / "school.pdf", [filler, "Impact of schools"], {"Title": "Schools and trust"})
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing more")
    return folder


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    settings = (
        Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    entering = QDragEnterEvent(QPoint(50, 50), *settings)
    QApplication.sendEvent(window, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), *settings))


def wait_until_searchable(qtbot: QtBot, window: MainWindow, records: int) -> None:
    def settled() -> bool:
        return (
            not window.activity.model.running
            and window.results_model.total == records
            and window.session.archive.indexing.is_current()
        )

    qtbot.waitUntil(settled, timeout=PATIENCE_MS)


def search(qtbot: QtBot, window: MainWindow, text: str) -> None:
    window.search_bar.clear()
    qtbot.keyClicks(window.focusWidget(), text)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)


@pytest.mark.usefixtures("direction")
def test_drop_search_open_and_read(qtbot: QtBot, open_window: OpenWindow, reports: Path) -> None:
    window = open_window()
    qtbot.waitUntil(window.empty.isVisible, timeout=PATIENCE_MS)

    drop(window, reports)
    qtbot.waitUntil(lambda: window.activity.model.rowCount() > 0, timeout=PATIENCE_MS)
    wait_until_searchable(qtbot, window, 2)

    dialog = window.findChild(ImportReportDialog)
    assert dialog is not None
    assert [entry.path.name for entry in dialog.view.shown_entries()] == ["broken.pdf"]
    dialog.view.filter_by(None)
    outcomes = sorted(entry.outcome for entry in dialog.view.shown_entries())
    assert outcomes == [Outcome.ADDED, Outcome.ADDED, Outcome.REFUSED]
    dialog.close()

    window.search_bar.focus()
    search(qtbot, window, "impact evaluation")
    qtbot.waitUntil(
        lambda: window.results_model.rowCount() > 0 and bool(window.results_model.hit(0).forms),
        timeout=PATIENCE_MS,
    )
    hit = window.results_model.hit(0)
    assert hit.record.title == "Mentoring young people at risk"
    assert hit.pages[0].number == 3

    chip = window.results.page_rect(0, 0)
    assert chip.isValid()
    qtbot.mouseClick(window.results.viewport(), Qt.MouseButton.LeftButton, pos=chip.center())
    qtbot.waitUntil(lambda: window.reader.page == 3, timeout=PATIENCE_MS)
    assert window.reader.page_count == 5
    assert window.reader.isVisible()
    qtbot.waitUntil(lambda: len(window.reader.pages.marks(3)) >= 2, timeout=PATIENCE_MS)


@pytest.mark.usefixtures("direction")
def test_the_same_by_keyboard(qtbot: QtBot, open_window: OpenWindow, reports: Path) -> None:
    window = open_window()
    window.importer.import_paths([reports / "mentoring.pdf", reports / "school.pdf"])
    wait_until_searchable(qtbot, window, 2)
    window.search_bar.focus()
    search(qtbot, window, "mentoring")
    qtbot.waitUntil(lambda: window.results_model.total == 1, timeout=PATIENCE_MS)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    assert window.results.hasFocus()
    qtbot.keyClick(window.results, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.reader.page == 3, timeout=PATIENCE_MS)


def test_a_second_start_finds_everything_again(
    qtbot: QtBot, open_window: OpenWindow, reports: Path
) -> None:
    first = open_window()
    first.importer.import_paths([reports])
    wait_until_searchable(qtbot, first, 2)
    first.close()
    second = open_window()
    wait_until_searchable(qtbot, second, 2)
    second.importer.import_paths([reports])
    qtbot.waitUntil(
        lambda: any(
            second.activity.model.job(row).has_report
            for row in range(second.activity.model.rowCount())
        ),
        timeout=PATIENCE_MS,
    )
    assert second.results_model.total == 2


def test_an_import_is_cancelled_and_finished_later(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    for number in range(60):
        write_pdf(folder / f"{number}.pdf", [f"Report {number} on mentoring"] * 10)
    window = open_window()
    drop(window, folder)
    qtbot.waitUntil(
        lambda: any(job.progress.done >= 2 for job in window.activity.model.running),
        timeout=PATIENCE_MS,
    )
    importing = window.activity.model.running[-1]
    window.activity_view.cancel_requested.emit(importing.id)
    qtbot.waitUntil(lambda: not window.activity.model.running, timeout=PATIENCE_MS)
    jobs = [window.activity.model.job(row) for row in range(window.activity.model.rowCount())]
    stopped = next(job for job in jobs if job.id == importing.id)
    assert stopped.state is JobState.FINISHED
    assert "Stopped" in stopped.text
    archive = window.session.archive
    kept = archive.reading.holdings().records
    assert 0 < kept < 60
    assert run_to_end(archive.upkeep.check(deep=True)).problems == ()
    # What it stored is told, and can be taken back.
    qtbot.waitUntil(lambda: window.activity.report(importing.id) is not None, timeout=PATIENCE_MS)
    report = window.activity.report(importing.id)
    assert report is not None
    assert not report.complete
    assert len(report.files) == kept
    drop(window, folder)
    wait_until_searchable(qtbot, window, 60)


def test_closing_in_the_middle_of_an_import_loses_nothing(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    for number in range(40):
        write_pdf(folder / f"{number}.pdf", [f"Report {number} on mentoring"] * 10)
    window = open_window()
    drop(window, folder)
    qtbot.waitUntil(
        lambda: any(job.progress.done >= 2 for job in window.activity.model.running),
        timeout=PATIENCE_MS,
    )
    window.close()
    archive = Archive(tmp_path / "archive")
    assert run_to_end(archive.upkeep.check(deep=True)).problems == ()
    assert archive.reading.holdings().records > 0
    archive.close()


def test_a_lost_pdf_is_read_as_text(qtbot: QtBot, open_window: OpenWindow, reports: Path) -> None:
    window = open_window()
    window.importer.import_paths([reports / "mentoring.pdf"])
    wait_until_searchable(qtbot, window, 1)
    for path in (reports.parent / "archive" / "pdfs").rglob("*.pdf"):
        path.unlink()
    record = window.results_model.hit(0).record
    window.details.open_requested.emit(record.documents[0].id, 3)
    shown = window.reader.findChild(QPlainTextEdit)
    assert shown is not None
    qtbot.waitUntil(lambda: "impact evaluation" in shown.toPlainText(), timeout=PATIENCE_MS)
    assert window.reader.page == 3
