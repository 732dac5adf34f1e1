"""An admin's way through the real window: a spreadsheet with PDFs in, a look, and back again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.exchange.rows import Cell, Sheet, SourceRow
from desktop_app.domain.imports import ImportReport, Outcome
from desktop_app.exchange.csv_files import read_csv
from desktop_app.exchange.workbook_template import write_xlsx
from desktop_app.gui import theme
from desktop_app.gui.dialogs.import_report import ImportReportDialog
from desktop_app.gui.dialogs.metadata_import import MetadataImportDialog
from desktop_app.gui.dialogs.undoing import UndoQuestion
from desktop_app.gui.models.columns import ColumnRole, Part
from desktop_app.gui.session import Session
from desktop_app.gui.views.field_editor import FieldEditor
from desktop_app.gui.windows.main import MainWindow
from desktop_app.services.archive import Archive
from tests.samples import write_pdf

PATIENCE_MS = 60_000
LEFT = Qt.MouseButton.LeftButton
INVISIBLE = str.maketrans("", "", "\u2068\u2069\u200b\u200e\u200f")

OFFSCREEN = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""A list that drops down wants to be raised, which only a platform with a screen can do."""

COLUMNS = ("Titel", "Jahr", "Datei", "Haus")
ROWS = (
    ("Mentoring young people at risk", "2021", "mentoring.pdf", "Stadt Malmö"),
    ("Schools and trust", "2019", "school.pdf", "Landespräventionsrat"),
    ("A report without a file", "2018", "", "Stadt Hannover"),
    ("", "2017", "", "Nobody"),
)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    theme.apply(qapp, theme.Scheme.LIGHT)
    shown = MainWindow(Session(Archive.create(tmp_path / "archive", "Malmö")))
    qtbot.addWidget(shown)
    shown.show()
    yield shown
    shown.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a workbook and three PDFs, two of them named in it."""
    place = tmp_path / "reports"
    filler = "Ordinary words about nothing in particular. " * 20
    write_pdf(place / "mentoring.pdf", [filler, "An impact evaluation of mentoring"])
    write_pdf(place / "school.pdf", [filler, "Impact of schools"])
    write_pdf(place / "annual.pdf", ["The year in numbers", filler], {"Title": "Annual report"})
    rows = [
        SourceRow(n, tuple(Cell(c, t) for c, t in zip(COLUMNS, texts, strict=True) if t))
        for n, texts in enumerate(ROWS, start=2)
    ]
    write_xlsx([Sheet("Berichte", COLUMNS, rows)], place / "reports.xlsx", "de")
    return place


def drop(target: QWidget, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    settings = (
        Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    entering = QDragEnterEvent(QPoint(50, 50), *settings)
    QApplication.sendEvent(target, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(50, 50), *settings))


def opened(qtbot: QtBot, window: MainWindow) -> MetadataImportDialog:
    """Return the import window once the first file is read and its preview shown."""
    found: list[MetadataImportDialog] = []

    def ready() -> bool:
        found[:] = window.findChildren(MetadataImportDialog)
        return bool(found) and found[0].source.preview.model.rowCount() > 0

    qtbot.waitUntil(ready, timeout=PATIENCE_MS)
    return found[0]


def press(parent: QWidget, text: str) -> None:
    (button,) = (
        each
        for each in parent.findChildren(QPushButton)
        if each.text() == text and each.isVisible()
    )
    button.click()


def report_dialog(qtbot: QtBot, window: MainWindow) -> ImportReportDialog:
    """Return the report that appears after an import."""
    qtbot.waitUntil(lambda: window.findChild(ImportReportDialog) is not None, timeout=PATIENCE_MS)
    dialog = window.findChild(ImportReportDialog)
    assert dialog is not None
    return dialog


def read(parent: QWidget) -> str:
    """Return everything that stands in labels, without invisible marks."""
    texts = [each.text() for each in parent.findChildren(QLabel) if each.isVisible()]
    return "\n".join(texts).translate(INVISIBLE)


def counts(report: ImportReport) -> dict[Outcome, int]:
    return {outcome: report.count(outcome) for outcome in Outcome}


def checked(qtbot: QtBot, dialog: MetadataImportDialog) -> None:
    """Press the check and wait for its report."""
    press(dialog, "Check (dry run)")
    qtbot.waitUntil(lambda: "Nothing is stored yet" in read(dialog), timeout=PATIENCE_MS)


def all_titles(window: MainWindow) -> set[str]:
    model = window.results_model
    return {model.hit(row).record.title for row in range(model.rowCount())}


@OFFSCREEN
def test_a_workbook_with_pdfs_from_dropping_to_undoing(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    archive = window.session.archive
    pdfs = sorted(folder.glob("*.pdf"))
    drop(window, folder / "reports.xlsx", *pdfs)
    dialog = opened(qtbot, window)
    assert [source.path.name for source in dialog.draft.sources] == ["reports.xlsx"]
    assert dialog.draft.others == tuple(pdfs)

    # Nobody guesses what "Haus" is; typed in German, the field is found.
    table, columns = dialog.source.mapping.table, dialog.source.mapping.model
    index = columns.index(3, Part.FIELD)
    assert index.data(ColumnRole.NAME) == "other"
    table.setCurrentIndex(index)
    qtbot.keyClick(table, Qt.Key.Key_V)
    editor = table.findChild(FieldEditor)
    assert editor is not None
    qtbot.keyClicks(editor, "erlag")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert index.data(ColumnRole.NAME) == "publisher"
    preview = dialog.source.preview
    qtbot.waitUntil(
        lambda: (
            preview.model.index(0, preview.model.column_of("publisher")).data() == "Stadt Malmö"
        ),
        timeout=PATIENCE_MS,
    )

    checked(qtbot, dialog)
    assert archive.reading.holdings().records == 0
    assert "All will be imported, except for 1 row" in read(dialog)
    press(dialog, "Import now")

    shown = report_dialog(qtbot, window)
    assert counts(shown.report) == {
        Outcome.ADDED: 4, Outcome.UPDATED: 0, Outcome.DUPLICATE: 0, Outcome.REFUSED: 1,
    }  # fmt: skip
    assert "Imported, except for 1 row" in read(shown)
    qtbot.waitUntil(lambda: window.results_model.total == 4, timeout=PATIENCE_MS)
    assert all_titles(window) >= {row[0] for row in ROWS if row[0]}
    (mentoring,) = (row for row in shown.report.rows if row.title == ROWS[0][0])
    assert mentoring.record_id is not None
    record = archive.reading.record(mentoring.record_id)
    assert record.fields["publisher"] == "Stadt Malmö"
    assert [document.page_count for document in record.documents] == [2]

    press(shown, "Undo this import…")
    question = shown.findChild(UndoQuestion)
    assert question is not None
    question.yes.click()
    qtbot.waitUntil(
        lambda: "Undone: 4 records put into the trash" in read(shown), timeout=PATIENCE_MS
    )
    assert archive.reading.holdings().records == 0
    qtbot.waitUntil(lambda: window.results_model.total == 0, timeout=PATIENCE_MS)
    jobs = [window.activity.model.job(row) for row in range(window.activity.model.rowCount())]
    assert any("Undone" in job.text and not job.can_undo for job in jobs)


def test_refused_rows_are_saved_corrected_and_imported(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "list.csv", tmp_path / "list-refused.csv"
    source.write_text("Title;Year\nOne;2019\n;2020\nThree;soon\n", encoding="utf-8")
    drop(window, source)
    dialog = opened(qtbot, window)
    press(dialog, "Import")
    shown = report_dialog(qtbot, window)
    refused = shown.report.count(Outcome.REFUSED)
    assert refused >= 1
    suggested: list[str] = []

    def answer(parent: object, title: str, name: str, kinds: str) -> tuple[str, str]:
        suggested.append(name)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    press(shown, "Save refused rows…")
    qtbot.waitUntil(lambda: "Correct them there" in read(shown), timeout=PATIENCE_MS)
    assert suggested == [str(target)]
    assert len(read_csv(target).sheets[0].rows) == refused


def test_a_check_is_stopped_and_a_closed_window_remembers_the_mapping(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    book = folder / "reports.xlsx"
    drop(window, book)
    dialog = opened(qtbot, window)
    columns = dialog.source.mapping.model
    columns.setData(columns.index(3, Part.FIELD), "publisher")
    dialog.close()
    qtbot.waitUntil(lambda: not window.findChildren(MetadataImportDialog), timeout=PATIENCE_MS)

    drop(window, book)
    again = opened(qtbot, window)
    columns = again.source.mapping.model
    assert columns.index(3, Part.FIELD).data(ColumnRole.NAME) == "publisher"
    # What is dropped on the window that is open goes with it.
    drop(again, folder)
    qtbot.waitUntil(lambda: again.draft.others == (folder,), timeout=PATIENCE_MS)
    press(again, "Check (dry run)")
    press(again, "Stop")
    qtbot.waitUntil(
        lambda: "The check was stopped." in read(again) or "Nothing is stored yet" in read(again),
        timeout=PATIENCE_MS,
    )
    assert window.session.archive.reading.holdings().records == 0


def test_an_import_is_undone_from_the_activity(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    source = tmp_path / "list.csv"
    source.write_text("Title;Year\nOne;2019\nTwo;2020\n", encoding="utf-8")
    drop(window, source)
    press(opened(qtbot, window), "Import")
    report_dialog(qtbot, window).close()
    assert window.session.archive.reading.holdings().records == 2
    window.status.activity_requested.emit()
    press(window.activity_view, "Undo…")
    question = window.findChild(UndoQuestion)
    assert question is not None
    question.yes.click()
    qtbot.waitUntil(
        lambda: "Undone: 2 records put into the trash" in read(window), timeout=PATIENCE_MS
    )
    assert window.session.archive.reading.holdings().records == 0
    # The report can still be read, but nothing is offered twice.
    press(window.activity_view, "Show report")
    again = report_dialog(qtbot, window)
    assert "All rows were imported" in read(again)
    buttons = [each for each in again.findChildren(QPushButton) if each.isVisible()]
    assert not any("Undo" in each.text() for each in buttons)


def test_what_cannot_be_read_says_why(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing more")
    good = tmp_path / "good.ris"
    good.write_text("TY  - RPRT\nTI  - A title\nPY  - 2020\nER  - \n", encoding="utf-8")
    drop(window, broken, good)
    qtbot.waitUntil(
        lambda: any(
            source.problem
            for dialog in window.findChildren(MetadataImportDialog)
            for source in dialog.draft.sources
        ),
        timeout=PATIENCE_MS,
    )
    (dialog,) = window.findChildren(MetadataImportDialog)
    problems = {source.path.name: source.problem for source in dialog.draft.sources}
    assert problems["good.ris"] == ""
    assert problems["broken.xlsx"] in read(dialog)
    qtbot.waitUntil(dialog.run.isEnabled, timeout=PATIENCE_MS)
    press(dialog, "Import")
    shown = report_dialog(qtbot, window)
    assert {row.path.name: row.outcome for row in shown.report.rows} == {
        "broken.xlsx": Outcome.REFUSED,
        "good.ris": Outcome.ADDED,
    }


def test_pdfs_alone_go_the_short_way(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    drop(window, folder / "annual.pdf")
    qtbot.waitUntil(lambda: window.results_model.total == 1, timeout=PATIENCE_MS)
    assert not window.findChildren(MetadataImportDialog)


def test_a_template_is_written_and_can_be_imported(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "template.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window.importer.choose_template("sv")
    qtbot.waitUntil(target.exists, timeout=PATIENCE_MS)
    found, rest = window.session.archive.cataloguing.recognised([target])
    assert (found, rest) == ([target], [])
