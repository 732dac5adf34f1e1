"""What an import would find in files, without storing anything."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop_app.domain.document_identity import initial_title
from desktop_app.domain.extraction import Extraction, Refusal
from desktop_app.domain.imports import ImportedFile, MatchedBy, Outcome
from desktop_app.domain.text_print import TextPrint
from desktop_app.library.blobs import hash_file
from desktop_app.pdf.pool import ExtractionPool
from desktop_app.store.records import Records

from .selection import refuse_unopened, unreadable
from .twins import Twins, doi_of, is_alike, print_of

FIRST_PAGES = 4
"""Pages in which a report says what it is: the imprint often stands on the fourth."""
_POLL_S = 0.2


def glance(
    paths: Iterable[Path], jobs: int | None = None, most_pages: int | None = FIRST_PAGES
) -> Iterator[tuple[Path, Extraction | Refusal] | None]:
    """Yield the first pages of each file, or why it can't be read; None while there is nothing.

    All pages where `most_pages` is None.
    """
    with ExtractionPool(jobs) as pool:
        names: dict[str, Path] = {}
        for number, path in enumerate(paths):
            try:
                refusal = refuse_unopened(path)
            except OSError as error:
                refusal = unreadable(path, error)
            if refusal is not None:
                yield path, refusal
                continue
            names[str(number)] = path
            pool.submit(str(number), path, most_pages=most_pages)
        while pool.outstanding:
            finished = pool.next_result(_POLL_S)
            if finished is None:
                yield None
                continue
            key, result = finished
            if isinstance(result, Refusal):
                result = Refusal(names[key], result.code, result.fields)
            yield names[key], result


@dataclass
class FileCheck:
    """Says of files what an import would do with them. `homes` are the records of some."""

    records: Records
    twins: Twins
    homes: Mapping[Path, str]
    titles: Mapping[str, str]
    """Titles of the records that files belong to, by id."""
    read: Mapping[Path, Extraction | Refusal]
    """What was found in files before, so that none is read twice."""
    _seen: dict[str, str] = field(default_factory=dict)
    _new: list[TextPrint] = field(default_factory=list)
    _dois: set[str] = field(default_factory=set)

    def all(self, paths: Iterable[Path], jobs: int | None = None) -> Iterator[ImportedFile | None]:
        """Yield a row for each file, and None while there is none."""
        waiting: list[Path] = []
        whole: list[Path] = []
        for path in paths:
            row = self._known(path)
            if row is not None:
                yield row
            elif path in self.read and (path in self.homes or _is_final(self.read[path])):
                yield self._row(path, self.read[path])
            else:
                (waiting if path in self.homes else whole).append(path)
                yield None
        for found in glance(waiting, jobs):
            yield None if found is None else self._row(*found)
        # What belongs to no row may say the same as a file that is there.
        with self.twins.importing():
            for found in glance(whole, jobs, most_pages=None):
                yield None if found is None else self._row(*found)

    def _known(self, path: Path) -> ImportedFile | None:
        """Return the row of a file that is in the archive, or a twin of one before."""
        try:
            if refuse_unopened(path) is not None:
                return None
            sha256, _ = hash_file(path)
        except OSError as error:
            return _refused(path, unreadable(path, error))
        holder = self.records.holding(sha256)
        of_row = path in self.homes
        if holder is not None:
            record = self.records.get(holder)
            outcome = Outcome.UPDATED if record.deleted else Outcome.DUPLICATE
            return ImportedFile(
                path, outcome, holder, record.title, matched_by=MatchedBy.BYTES, of_row=of_row
            )
        if sha256 in self._seen:
            title = self._seen[sha256]
            return ImportedFile(
                path, Outcome.DUPLICATE, title=title, matched_by=MatchedBy.BYTES, of_row=of_row
            )
        self._seen[sha256] = path.name
        return None

    def _row(self, path: Path, found: Extraction | Refusal) -> ImportedFile:
        of_row = path in self.homes
        if isinstance(found, Refusal):
            return _refused(path, found, of_row=of_row)
        row = ImportedFile(
            path=path,
            outcome=Outcome.UPDATED if of_row else Outcome.ADDED,
            record_id=self.homes.get(path),
            title=self.titles.get(self.homes.get(path, "")) or initial_title(found, path.name),
            pages=found.page_count,
            of_row=of_row,
        )
        return row if of_row else self._with_twin(row, found)

    def _with_twin(self, row: ImportedFile, found: Extraction) -> ImportedFile:
        """Return the row of a file that belongs to none of a table."""
        text = print_of(found)
        twin = self.twins.find(found, (row.title, row.path.name), text)
        if twin is not None:
            return replace(
                row, outcome=Outcome.UPDATED, record_id=twin.record_id, matched_by=twin.way
            )
        doi = doi_of(found).lower()
        if doi and doi in self._dois:
            return replace(row, outcome=Outcome.UPDATED, matched_by=MatchedBy.DOI)
        if text and any(is_alike(text, other) for other in self._new):
            return replace(row, outcome=Outcome.UPDATED, matched_by=MatchedBy.TEXT)
        self._new.append(text)
        self._dois.add(doi)
        return row


def _is_final(found: Extraction | Refusal) -> bool:
    return isinstance(found, Refusal) or found.is_whole


def _refused(path: Path, refusal: Refusal, *, of_row: bool = False) -> ImportedFile:
    return ImportedFile(path, Outcome.REFUSED, refusal=refusal, of_row=of_row)
