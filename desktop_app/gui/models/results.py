"""The records that a search or the library shows, one row each."""

from collections.abc import Iterable, Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop_app.domain.search import Hit, PageHit, SearchAnswer
from desktop_app.gui import formats

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ResultRole(IntEnum):
    """What a row can be asked for beside its title and its accessible text."""

    HIT = Qt.ItemDataRole.UserRole + 1


def best_page(hit: Hit) -> PageHit | None:
    """Return the page to open for `hit`: its best match, else its first page, else None."""
    if hit.pages:
        return hit.pages[0]
    for document in hit.record.documents:
        return PageHit(document_id=document.id, number=1, label="1")
    return None


def describe(hit: Hit) -> str:
    """Return `hit` as a sentence for a screen reader: title, year, where found, pages."""
    record = hit.record
    parts = [record.title]
    if record.year is not None:
        parts.append(str(record.year))
    if record.kind is not None:
        parts.append(formats.kind_name(record.kind))
    parts.append(formats.access_name(record.access))
    if hit.matched_fields:
        where = ", ".join(formats.field_name(field) for field in hit.matched_fields)
        parts.append(
            QCoreApplication.translate("Results", "Found in: {fields}").format(fields=where)
        )
    if hit.missing:
        parts.append(
            QCoreApplication.translate("Results", "Without: {words}").format(
                words=", ".join(hit.missing)
            )
        )
    if hit.pages:
        parts.append(", ".join(formats.page(page.label or str(page.number)) for page in hit.pages))
        more = hit.page_total - len(hit.pages)
        if more > 0:
            parts.append(formats.more_pages(more))
    elif record.page_count:
        parts.append(formats.pages(record.page_count))
    return ". ".join(parts)


class ResultsModel(QAbstractListModel):
    """Told which hits to show; never asks for them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: list[Hit] = []
        self._total = 0

    @property
    def total(self) -> int:
        """Return the number of records of the whole answer, also those not told yet."""
        return self._total

    def set_answer(self, answer: SearchAnswer) -> None:
        """Show the hits of `answer` in place of all others."""
        self.beginResetModel()
        self._hits = list(answer.hits)
        self._total = max(answer.total, len(self._hits))
        self.endResetModel()

    def append_hits(self, hits: Sequence[Hit]) -> None:
        """Show more hits of the same answer after the others; known records are left out."""
        known = {hit.record.id for hit in self._hits}
        fresh = [hit for hit in hits if hit.record.id not in known]
        if not fresh:
            return
        first = len(self._hits)
        self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
        self._hits += fresh
        self._total = max(self._total, len(self._hits))
        self.endInsertRows()

    def clear(self) -> None:
        """Show nothing."""
        self.set_answer(SearchAnswer(query="", total=0, elapsed_ms=0.0, hits=()))

    def hit(self, row: int) -> Hit:
        """Return the hit in `row`; raises IndexError outside the list."""
        return self._hits[row]

    def hits(self) -> Iterable[Hit]:
        """Return all hits from the first row to the last."""
        return tuple(self._hits)

    def row_of(self, record_id: str) -> int | None:
        """Return the row of a record, or None where it is not shown."""
        for row, hit in enumerate(self._hits):
            if hit.record.id == record_id:
                return row
        return None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of hits told so far."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title, the accessible text or, for `ResultRole.HIT`, the hit itself."""
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        if role == ResultRole.HIT:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.record.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return describe(hit)
        return None
