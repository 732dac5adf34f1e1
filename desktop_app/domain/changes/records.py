"""The changes that make a new record out of what an import found."""

from ..records import Document, Record
from .change import Change, EntityKind, Value
from .edits import Origin, add_element, set_value
from .merge import EntityState
from .rules import MergeRule, rule_of


def creating_changes(origin: Origin, record: Record) -> list[Change]:
    """Return the changes that make `record` and its documents; empty fields make none."""
    access: Value = record.access
    if record.access_until is not None:
        access = {"level": record.access, "until": record.access_until}
    made = _filled(
        origin,
        EntityKind.RECORD,
        record.id,
        {
            "title": record.title,
            "access": access,
            "kind": record.kind,
            "year": record.year,
            "language": list(record.languages),
            "author": list(record.authors),
            "tag": list(record.tags),
            **record.fields,
            "added_at": record.added_at.isoformat(),
            "import_id": record.import_id,
        },
    )
    for position, document in enumerate(record.documents):
        made += document_changes(origin, document, position)
    return made


def document_changes(origin: Origin, document: Document, position: int) -> list[Change]:
    """Return the changes that make a document of its record, at a place among the others from 0."""
    file: Value = {
        "record_id": document.record_id,
        "position": position,
        "sha256": document.sha256,
        "file_name": document.file_name,
        "size": document.size,
        "page_count": document.page_count,
        "text_health": document.text_health,
        "hazardous": document.hazardous,
        "properties": document.properties,
    }
    said: dict[str, Value] = {"file": file, "role": document.role}
    return _filled(origin, EntityKind.DOCUMENT, document.id, said)


def _filled(
    origin: Origin, kind: EntityKind, entity_id: str, values: dict[str, Value]
) -> list[Change]:
    nothing = EntityState(kind, entity_id, {}, deleted=False, conflicts=())
    made: list[Change | None] = []
    for field, value in values.items():
        if value is None or value in ("", []):
            continue
        if rule_of(kind, field) is MergeRule.SET and isinstance(value, list | tuple):
            made += [add_element(origin, nothing, field, element) for element in value]
        else:
            made.append(set_value(origin, nothing, field, value))
    return [change for change in made if change is not None]
