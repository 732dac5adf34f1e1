"""Asks once before an import is taken back, and says what that does."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from desktop_app.domain.imports import ImportReport, Outcome
from desktop_app.gui import formats


class UndoQuestion(QMessageBox):
    """Says what taking an import back does; `yes` is the button that does it."""

    def __init__(self, report: ImportReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle(self.tr("Undo an import"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(self.tr("Undo this import?"))
        self.setInformativeText(_effect(report))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.yes: QPushButton = self.addButton(
            self.tr("Undo the import"), QMessageBox.ButtonRole.AcceptRole
        )
        keep = self.addButton(self.tr("Keep it"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(keep)

    @classmethod
    def ask(
        cls, parent: QWidget | None, report: ImportReport, on_yes: Callable[[], None]
    ) -> "UndoQuestion":
        """Ask without blocking `parent`; `on_yes` is called if the import should be undone."""
        question = cls(report, parent)
        question.buttonClicked.connect(lambda said: on_yes() if said is question.yes else None)
        question.open()
        return question


def undone_text(removed: int, reverted: int, kept: int) -> str:
    """Return what taking an import back did."""
    translate = QCoreApplication.translate
    parts = [
        translate("Undoing", "Undone: {records} put into the trash").format(
            records=formats.records(removed)
        )
    ]
    if reverted:
        text = translate("Undoing", "{changes} of other records taken back")
        parts.append(text.format(changes=formats.changes(reverted)))
    if kept:
        text = translate("Undoing", "kept, because somebody changed it since: {changes}")
        parts.append(text.format(changes=formats.changes(kept)))
    return formats.joined(parts)


def _effect(report: ImportReport) -> str:
    translate = QCoreApplication.translate
    parts = []
    added, updated = report.count(Outcome.ADDED), report.count(Outcome.UPDATED)
    if added:
        text = translate(
            "Undoing", "What it added goes into the trash, where nothing is lost: {records}."
        )
        parts.append(text.format(records=formats.records(added)))
    if updated:
        text = translate(
            "Undoing",
            "What it changed will be as before: {records}. What somebody changed since stays.",
        )
        parts.append(text.format(records=formats.records(updated)))
    return " ".join(parts)
