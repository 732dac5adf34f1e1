"""An import report as a table, as text and as CSV."""

import csv
import io
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester

from desktop_app.domain.imports import ImportedFile, ImportReport, Outcome
from desktop_app.gui.models.import_files import (
    Column,
    FileRole,
    ImportFilesModel,
    as_csv,
    as_text,
    remark,
    summary,
)
from tests.gui import hits

FSI, PDI = "\u2068", "\u2069"


def plain(text: str) -> str:
    """Return `text` without isolation marks."""
    return text.replace(FSI, "").replace(PDI, "")


def test_rows_and_roles(styled: QApplication, qtmodeltester: ModelTester) -> None:
    files = hits.import_report().files
    model = ImportFilesModel(files)
    qtmodeltester.check(model)
    assert (model.rowCount(), model.columnCount()) == (6, 4)
    index = model.index(1, Column.PAGES)
    assert index.data() == "155"
    assert index.data(FileRole.SORT) == 155
    assert index.data(FileRole.FILE) is files[1]
    assert index.data(FileRole.OUTCOME) == "added"
    assert model.index(1, Column.FILE).data(Qt.ItemDataRole.ToolTipRole) == str(files[1].path)
    assert FSI not in model.index(1, Column.FILE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert model.index(3, Column.PAGES).data() == ""
    assert model.data(QModelIndex()) is None
    heading = model.headerData(Column.REMARK, Qt.Orientation.Horizontal)
    assert heading == "Remark"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.file(0) is files[0]


def test_remarks(styled: QApplication) -> None:
    files = hits.import_report().files
    assert plain(remark(files[1])) == (
        "تقييم برنامج الإرشاد للشباب في الأحياء المهمشة · Can't be searched: 3 pages · "
        "Some pages without text"
    )
    assert plain(remark(files[2])).startswith("Same file as Mentoring young people")
    assert remark(files[3]).startswith("The PDF is locked with a password.")
    assert "1,000,000 pages" in plain(remark(files[5]))


def test_summary(styled: QApplication) -> None:
    assert plain(summary(hits.import_report())) == (
        "Added: 2 · Already here: 1 · Refused: 3 · 239 pages · Not PDFs, left out: 2 files · 14.2 s"
    )
    assert plain(summary(ImportReport("i", (), 0.0))) == "Added: 0 · 0 pages · 0.0 s"


def test_csv_can_be_read_back_and_holds_no_formulas(styled: QApplication) -> None:
    path = Path("=cmd|' /C calc'!A0.pdf")
    files = (*hits.import_report().files, ImportedFile(path, Outcome.ADDED, "r", "@SUM(A1)", 3))
    rows = list(csv.reader(io.StringIO(as_csv(files))))
    assert rows[0] == ["Result", "File", "Pages", "Remark", "Record"]
    assert len(rows) == 8
    assert rows[1][2] == "84"
    assert rows[-1][1] == f"'{path}"
    assert rows[-1][3] == "'@SUM(A1)"
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_text_names_every_file_with_its_reason(styled: QApplication) -> None:
    text = as_text(hits.import_report().files)
    assert text.count("\n") == 12
    assert "Refused: " + str(Path("reports") / "2026" / "minutes (locked).pdf") in text
