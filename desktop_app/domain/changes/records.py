"""The changes that make a new record out of what an import found."""

from ..records import Record
from .change import Change, EntityKind, Value
from .edits import Origin, add_element, set_value
from .merge import EntityState
from .rules import MergeRule, rule_of


def creating_changes(origin: Origin, record: Record) -> list[Change]:
    """Return the changes that make `record` and its documents; empty fields make none."""
    made = _filled(
        origin,
        EntityKind.RECORD,
        record.id,
        {
            "title": record.title,
            "access": record.access,
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
        file: Value = {
            "record_id": record.id,
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
        made += _filled(origin, EntityKind.DOCUMENT, document.id, said)
    return made


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
