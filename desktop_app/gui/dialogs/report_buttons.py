"""What can be done with an import report: copy it, save it, save what was refused to mend it."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QPushButton, QWidget

from desktop_app.domain.imports import ImportReport, Outcome
from desktop_app.gui import formats
from desktop_app.gui.theme import GRID
from desktop_app.gui.views.labels import without_mnemonics
from desktop_app.gui.views.report import ReportView


class ReportButtons(QWidget):
    """Buttons below a `ReportView`."""

    refused_rows_wanted = Signal(object, object)
    """A metadata file (a `Path`), and the `Path` to save its refused rows as."""

    def __init__(
        self, report: ImportReport, view: ReportView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._sources = sources_with_refused_rows(report)
        self._refused = QPushButton(self.tr("Save refused rows…"))
        self._refused.setToolTip(
            self.tr("Saves them as a file of the same format, with the reason in each row. "
                    "Correct them there and import that file.")
        )  # fmt: skip
        self._refused.setVisible(bool(self._sources))
        copy = QPushButton(self.tr("Copy as text"))
        save = QPushButton(self.tr("Save as CSV…"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID)
        for button in (copy, save, self._refused):
            # Enter opens the record of a row; a default button would be pressed with it.
            button.setAutoDefault(False)
            row.addWidget(button)
        copy.clicked.connect(view.copy)
        save.clicked.connect(self._ask_where)
        self._refused.clicked.connect(self._ask_which)

    @Slot()
    def _ask_where(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as CSV"), "import-report.csv", self.tr("Tables (*.csv)")
        )
        if name:
            self._view.save(Path(name))

    @Slot()
    def _ask_which(self) -> None:
        if len(self._sources) == 1:
            self._ask_where_refused(self._sources[0])
            return
        menu = QMenu(self)
        for source in self._sources:
            action = menu.addAction(without_mnemonics(formats.isolate(source.name)))
            action.triggered.connect(lambda _=False, path=source: self._ask_where_refused(path))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._refused.mapToGlobal(self._refused.rect().topLeft()))

    def _ask_where_refused(self, source: Path) -> None:
        suggested = source.with_name(f"{source.stem}-refused{source.suffix}")
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save refused rows"),
            str(suggested),
            f"{source.suffix.lstrip('.').upper()} (*{source.suffix})",
        )
        if name:
            self.refused_rows_wanted.emit(source, Path(name))


def sources_with_refused_rows(report: ImportReport) -> tuple[Path, ...]:
    """Return the metadata files of which rows were refused, and not the whole file."""
    refused = {row.path for row in report.rows_of(Outcome.REFUSED) if row.number}
    return tuple(source.path for source in report.sources if source.path in refused)
