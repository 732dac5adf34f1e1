"""The trash: what lies in it, and taking it away for good."""

from collections.abc import Iterable

from desktop_app.domain.changes import edits
from desktop_app.domain.changes.change import Change, EntityKind
from desktop_app.domain.errors import NotInTrash
from desktop_app.domain.records import Record
from desktop_app.domain.search import Sort
from desktop_app.library.blobs import Blobs
from desktop_app.store.changes import ChangeLog
from desktop_app.store.records import Records

from .authorship import Authorship
from .values import made


class Trash:
    """Shows deleted records, and purges them."""

    def __init__(
        self, records: Records, log: ChangeLog, blobs: Blobs, authorship: Authorship
    ) -> None:
        self._records = records
        self._log = log
        self._blobs = blobs
        self._authorship = authorship

    def records(self) -> list[Record]:
        """Return the records in the trash, the latest added first."""
        ids = self._records.ids(Sort.ADDED, trash=True)
        found = self._records.get_many(ids)
        return [found[record_id] for record_id in ids if record_id in found]

    def purge(self, record_ids: Iterable[str]) -> list[Change]:
        """Take records out of the trash for good: fields, parts, pages, PDFs, and their history.

        What remains in the log is who did it and when, never what it was. The index gives up their
        words at its next update, and the last traces of them at `compact`. Raises `NotInTrash`
        before anything is changed.
        """
        wanted = [self._records.get(self._records.resolve(one)) for one in record_ids]
        for record in wanted:
            if not record.deleted:
                raise NotInTrash(title=record.title)
        origin = self._authorship.origin()
        changes = []
        for record in wanted:
            keys = [*self._log.parts_of(record.id), (EntityKind.RECORD, record.id)]
            changes += made([edits.purge(origin, self._log.state(*key)) for key in keys])
        if changes:
            self._records.apply(changes)
        for record in wanted:
            for document in record.documents:
                # Another record may hold the same file; a crash here leaves it for `compact`.
                if self._records.holding(document.sha256) is None:
                    self._blobs.path(document.sha256).unlink(missing_ok=True)
        return changes
