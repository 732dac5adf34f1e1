"""Which files or folder to import, and where to write a workbook."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

PDFS = "*.pdf *.PDF"
METADATA = "*.xlsx *.xlsm *.csv *.tsv *.ris *.bib *.json *.XLSX *.XLSM *.CSV *.TSV *.RIS *.BIB"

translate = QCoreApplication.translate


def ask_for_files(parent: QWidget) -> list[Path]:
    """Return PDFs and metadata files that a person chose; [] for leaving it."""
    kinds = [
        (translate("Paths", "PDFs and metadata files"), f"{PDFS} {METADATA}"),
        (translate("Paths", "PDF files"), PDFS),
        (translate("Paths", "Excel, CSV, RIS, BibTeX, CSL-JSON"), METADATA),
        (translate("Paths", "All files"), "*"),
    ]
    return _chosen(parent, translate("Paths", "Import files"), kinds)


def ask_for_metadata(parent: QWidget) -> list[Path]:
    """Return metadata files that a person chose; [] for leaving it."""
    kinds = [
        (translate("Paths", "Excel, CSV, RIS, BibTeX, CSL-JSON"), METADATA),
        (translate("Paths", "All files"), "*"),
    ]
    return _chosen(parent, translate("Paths", "Import metadata"), kinds)


def ask_for_folder(parent: QWidget) -> list[Path]:
    """Return the folder that a person chose, alone in a list; [] for leaving it."""
    title = translate("Paths", "Import a folder of PDFs")
    name = QFileDialog.getExistingDirectory(parent, title)
    return [Path(name)] if name else []


def ask_where_to_write(parent: QWidget, suggested: str) -> Path | None:
    """Return where to write a workbook; None for leaving it."""
    name, _ = QFileDialog.getSaveFileName(
        parent,
        translate("Paths", "Write a template workbook"),
        suggested,
        translate("Paths", "Workbooks (*.xlsx)"),
    )
    return Path(name) if name else None


def _chosen(parent: QWidget, title: str, kinds: list[tuple[str, str]]) -> list[Path]:
    offered = ";;".join(f"{text} ({patterns})" for text, patterns in kinds)
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", offered)
    return [Path(name) for name in names]
