"""The files of one import, and what a record is made of when a file comes without description."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.domain.changes.change import Value
from desktop_app.domain.document_identity import initial_title
from desktop_app.domain.document_roles import guess_role
from desktop_app.domain.errors import PathNotFound
from desktop_app.domain.extraction import Extraction, RefusalCode
from desktop_app.domain.fields import InvalidValue, check_value
from desktop_app.domain.health import document_health
from desktop_app.domain.language import document_languages
from desktop_app.domain.records import Access, Description, Document, Record
from desktop_app.domain.titles import choose_authors, choose_year, clean_line
from desktop_app.library.blobs import StagedFile

from .selection import Selection
from .twins import doi_of


@dataclass(frozen=True, slots=True)
class FileBatch:
    """The files of one import.

    `access` is the level of new records. `descriptions` say what is known of some files, and
    `homes` to which record a file belongs, by absolute path; the records among `untitled` take
    their title from it. `resumed`: the same import was broken
    off before.
    """

    import_id: str
    selection: Selection
    access: Access = Access.INTERNAL
    descriptions: Mapping[Path, Description] = field(default_factory=dict)
    homes: Mapping[Path, str] = field(default_factory=dict)
    untitled: Collection[str] = ()
    resumed: bool = False


def require_some(selection: Selection, paths: Sequence[Path]) -> None:
    """Raise `PathNotFound` where none of the paths of an import exists."""
    missing = [one.path for one in selection.refused if one.code is RefusalCode.NOT_FOUND]
    if missing and not selection.files and len(missing) == len(paths):
        raise PathNotFound(path=missing[0])


def document_id_of(record_id: str, sha256: str) -> str:
    """Return the id of a file as a document of a record: the same whenever it is imported."""
    return str(uuid.uuid5(uuid.UUID(record_id), sha256))


def describe_document(
    path: Path,
    staged: StagedFile,
    extraction: Extraction,
    ids: tuple[str, str],
) -> Document:
    """Return the document that a file is; `ids` are its own and that of its record.

    It is a report unless its name says otherwise.
    """
    return Document(
        id=ids[0],
        record_id=ids[1],
        sha256=staged.sha256,
        file_name=clean_line(path.name),
        size=staged.size,
        page_count=len(extraction.pages),
        role=guess_role(path.name),
        text_health=document_health(extraction.pages),
        hazardous=extraction.hazardous,
        properties=extraction.properties,
    )


def describe(path: Path, staged: StagedFile, extraction: Extraction, batch: FileBatch) -> Record:
    """Return the record of a file that came alone."""
    record_id = str(uuid.uuid4())
    ids = (document_id_of(record_id, staged.sha256), record_id)
    said = batch.descriptions.get(path, Description())
    title = said.title or initial_title(extraction, path.name)
    return Record(
        id=record_id,
        title=title,
        access=said.access or batch.access,
        added_at=datetime.now(UTC),
        kind=said.kind,
        year=said.year or choose_year(title),
        languages=said.languages or _languages(extraction),
        authors=said.authors or choose_authors(extraction.properties),
        import_id=batch.import_id,
        fields=_fields(extraction),
        documents=(describe_document(path, staged, extraction, ids),),
    )


def missing_values(
    record: Record, path: Path, extraction: Extraction, batch: FileBatch
) -> dict[str, Value]:
    """Return what a file says of its record that the record lacks."""
    found: dict[str, Value] = {}
    if record.id in batch.untitled:
        found["title"] = initial_title(extraction, path.name)
    if not record.languages:
        found["language"] = list(_languages(extraction))
    return {name: value for name, value in found.items() if value}


def _fields(extraction: Extraction) -> dict[str, Value]:
    """Return what a file's properties say for certain."""
    doi = doi_of(extraction)
    try:
        return {"doi": check_value("doi", doi)} if doi else {}
    except InvalidValue:
        return {}


def _languages(extraction: Extraction) -> tuple[str, ...]:
    return document_languages((page.language, len(page.text)) for page in extraction.pages)
