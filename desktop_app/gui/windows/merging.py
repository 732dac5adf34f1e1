"""Finding possible duplicates, showing them one group after the other, and merging them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.domain.changes.change import Value
from desktop_app.domain.duplicates import DuplicateGroup
from desktop_app.domain.errors import RecordNotFound
from desktop_app.domain.fields import RECORD_FIELDS, FieldType
from desktop_app.domain.merge_errors import NotMergeable
from desktop_app.domain.merging import Merge, MergeChoice
from desktop_app.domain.operations import Operation, Progress
from desktop_app.exchange.labels import Labels, scheme_of
from desktop_app.gui import formats
from desktop_app.gui.dialogs.merge import MergeDialog
from desktop_app.gui.jobs import Job, Lane
from desktop_app.gui.messages import error_text
from desktop_app.gui.models.merge_texts import ValueText, plain_value
from desktop_app.gui.session import Session
from desktop_app.services.duplicates import Merged
from desktop_app.services.term_labels import labels

Answer = TypeVar("Answer")
_CODED = frozenset(
    {FieldType.CONCEPT, FieldType.CONCEPTS, FieldType.COUNTRIES, FieldType.CHOICE, FieldType.CODES}
)
_OWN_NAMES = frozenset({"kind", "access", "language"})


@dataclass(frozen=True, slots=True)
class _Found:
    groups: list[DuplicateGroup]
    value_text: ValueText


class Merger(QObject):
    """Wires the merge window to the archive."""

    noted = Signal(str)
    """What was found or done, in one sentence."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._duplicates = session.archive.duplicates
        self._window = window
        self._dialog: MergeDialog | None = None
        self._groups: Sequence[DuplicateGroup] = ()
        self._place = 0
        self._undo: Callable[[], object] | None = None
        self._undone_place = 0
        self._kept: dict[str, str] = {}
        self._kept_before: dict[str, str] = {}
        self._job: Job | None = None
        session.jobs.failed.connect(self._note_failure)

    @Slot()
    def find(self) -> None:
        """Look for records that are probably the same, and show them."""
        if self._session.archive.read_only:
            self.noted.emit(
                self.tr("This archive is open for reading: nothing can be merged here.")
            )
            return
        if self._dialog is not None:
            self._dialog.raise_()
            return
        title = self.tr("Looking for duplicates")
        self._session.jobs.run(Lane.WRITE, title, self._find, self._begin)

    def _find(self) -> Operation[_Found]:
        yield from self._duplicates.catch_up()
        groups = self._duplicates.find()
        known = labels(self._session.archive.terms.controlled(), formats.language())
        return _Found(groups, _value_text(known))

    def _begin(self, found: _Found) -> None:
        if not found.groups:
            self.noted.emit(self.tr("No records look the same"))
            return
        self._groups, self._place = found.groups, 0
        self._undo = None
        self._kept.clear()
        dialog = self._dialog = MergeDialog.ask(self._window, found.value_text)
        dialog.merge_requested.connect(self._merge)
        dialog.dismissed.connect(self._dismiss)
        dialog.skipped.connect(self._next)
        dialog.undo_requested.connect(self._take_back)
        dialog.finished.connect(self._forget)
        self._show()

    def _show(self) -> None:
        """Show the group that is next; one that is no more is passed over."""
        if self._dialog is None:
            return
        if self._place >= len(self._groups):
            self._dialog.show_nothing(self.tr("These were all the records that look the same."))
            return
        group = self._groups[self._place]
        # What was merged a moment ago stands for itself in other groups.
        keep, *others = dict.fromkeys(self._kept.get(one, one) for one in group.ids)
        if not others:
            self._next()
            return
        self._session.jobs.ask(
            "merge",
            lambda: self._duplicates.preview(keep, others),
            lambda plan: self._show_group(group, plan),
            self._pass_over,
        )

    def _show_group(self, group: DuplicateGroup, plan: Merge) -> None:
        if self._dialog is not None:
            self._dialog.show_group(plan, group.reasons, self._place + 1, len(self._groups))

    def _pass_over(self, error: Exception) -> None:
        if isinstance(error, NotMergeable | RecordNotFound):
            # One of them was merged or deleted meanwhile.
            self._next()
        elif self._dialog is not None:
            self._dialog.set_busy(False)
            self._dialog.show_note(error_text(error))

    @Slot()
    def _next(self) -> None:
        self._place += 1
        self._show()

    @Slot(object)
    def _merge(self, choice: MergeChoice) -> None:
        def done(merged: Merged) -> None:
            count = formats.records(len(merged.removed) + 1)
            text = self.tr("Merged: {records}").format(records=count)
            before = dict(self._kept)
            gone = (*merged.removed, *(one for one, to in before.items() if to in merged.removed))
            self._kept |= dict.fromkeys(gone, merged.kept)
            self._done(text, lambda: self._duplicates.undo_merge(merged.batch), before)

        self._run(
            self.tr("Merging records"),
            lambda: self._duplicates.merge(choice.keep, choice.others, choice.chosen, choice.roles),
            done,
        )

    @Slot(object)
    def _dismiss(self, ids: tuple[str, ...]) -> None:
        self._run(
            self.tr("Remembering what is not the same"),
            lambda: self._duplicates.dismiss(ids),
            lambda _: self._done(
                self.tr("Remembered: these are not the same"),
                lambda: self._duplicates.reconsider(ids),
            ),
        )

    @Slot()
    def _take_back(self) -> None:
        undo = self._undo
        if undo is not None:
            self._run(self.tr("Undoing a merge"), undo, lambda _: self._taken_back())

    def _done(
        self, text: str, undo: Callable[[], object], before: Mapping[str, str] | None = None
    ) -> None:
        self._undo, self._undone_place = undo, self._place
        self._kept_before = dict(self._kept if before is None else before)
        self._tell(text, can_undo=True)
        self._next()

    def _taken_back(self) -> None:
        self._undo = None
        self._kept = self._kept_before
        self._tell(self.tr("Undone: the records are as they were"))
        self._place = self._undone_place
        self._show()

    def _tell(self, text: str, *, can_undo: bool = False) -> None:
        self._session.changed.emit()
        self.noted.emit(text)
        if self._dialog is not None:
            self._dialog.show_note(text, can_undo=can_undo)

    def _run(
        self, title: str, command: Callable[[], Answer], on_done: Callable[[Answer], None]
    ) -> None:
        """Carry out a command in the background; it can't be stopped halfway."""

        def operation() -> Operation[Answer]:
            yield Progress(0, 1)
            return command()

        if self._dialog is not None:
            self._dialog.set_busy(True)
        self._job = self._session.jobs.run(Lane.WRITE, title, operation, on_done)

    @Slot(object, object)
    def _note_failure(self, job: Job, error: Exception) -> None:
        if job is self._job and self._dialog is not None:
            self._dialog.set_busy(False)
            self._dialog.show_note(error_text(error))

    @Slot()
    def _forget(self) -> None:
        self._dialog = None


def _value_text(known: Labels) -> ValueText:
    def text(name: str, value: Value) -> str:
        field = RECORD_FIELDS.get(name)
        if isinstance(value, str) and field and field.type in _CODED and name not in _OWN_NAMES:
            return known.label(scheme_of(field), value)
        return plain_value(name, value)

    return text
