"""Links that lead nowhere: to records, documents, pages, findings and terms that do not exist."""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.changes.coded import read_coded
from desktop_app.domain.fields import (
    APPRAISAL_FIELDS,
    FINDING_FIELDS,
    RECORD_FIELDS,
    FieldDefinition,
    FieldType,
)
from desktop_app.domain.problems import Problem, ProblemCode

from .lenient import Row, faults, parsed

KnowsTerm = Callable[[str], bool]
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PARTS = {
    EntityKind.FINDING: ("findings", FINDING_FIELDS),
    EntityKind.APPRAISAL: ("appraisals", APPRAISAL_FIELDS),
    EntityKind.NOTE: ("notes", {}),
}


@dataclass(frozen=True, slots=True)
class _Whole:
    """What links can lead to."""

    records: frozenset[str]
    documents: Mapping[str, tuple[str, int]]
    first: Mapping[str, str]
    findings: Mapping[str, str]
    terms: frozenset[str]
    knows: KnowsTerm

    def has_term(self, key: str) -> bool:
        return key.casefold() in self.terms or self.knows(key)


def dangling_links(raw: sqlite3.Connection, knows: KnowsTerm) -> Iterator[Problem]:
    """Yield every link that leads nowhere; `knows` says whether a key is a term of the program.

    What lies in the trash is left out, and so are rows that can't be read.
    """
    whole = _whole(raw, knows)
    for row in _live(raw, "records"):
        yield from _of_record(whole, row)
    for kind, (table, fields) in _PARTS.items():
        for row in _live(raw, table):
            yield from _of_part(whole, kind, fields, row)
    for row in _live(raw, "concepts"):
        for above in _list(parsed(row["broader"])):
            if not whole.has_term(str(above)):
                said: dict[str, str | int] = {"id": str(row["id"]), "term": str(above)}
                yield Problem(ProblemCode.BROADER_UNKNOWN, said)


def _whole(raw: sqlite3.Connection, knows: KnowsTerm) -> _Whole:
    documents: dict[str, tuple[str, int]] = {}
    first: dict[str, str] = {}
    for row in raw.execute("SELECT * FROM documents ORDER BY position, id"):
        if not faults("documents", row):
            documents[row["id"]] = (row["record_id"], row["page_count"])
            first.setdefault(row["record_id"], row["id"])
    return _Whole(
        records=frozenset(row[0] for row in raw.execute("SELECT id FROM records")),
        documents=documents,
        first=first,
        findings=dict(map(tuple, raw.execute("SELECT id, record_id FROM findings"))),
        terms=frozenset(str(row["id"]).casefold() for row in _live(raw, "concepts")),
        knows=knows,
    )


def _live(raw: sqlite3.Connection, table: str) -> Iterator[Row]:
    for row in raw.execute(f"SELECT * FROM {table} WHERE NOT deleted"):
        if not faults(table, row):
            yield row


def _of_record(whole: _Whole, row: Row) -> Iterator[Problem]:
    said: dict[str, str | int] = {"entity": EntityKind.RECORD.value, "id": str(row["id"])}
    fields = parsed(row["fields"])
    values: Mapping[str, Value] = fields if isinstance(fields, dict) else {}
    for related in _list(values.get("related")):
        if isinstance(related, str) and _ID.fullmatch(related) and related not in whole.records:
            yield Problem(ProblemCode.RELATED_MISSING, {**said, "related": related})
    yield from _terms(whole, said, RECORD_FIELDS, values)
    coded = parsed(row["coded"])
    places: dict[tuple[str | None, int | None], None] = {}
    for stored in coded.values() if isinstance(coded, dict) else ():
        for each in stored:
            evidence = read_coded(each).evidence
            if evidence is not None:
                places[evidence.document, evidence.page] = None
    for document, page in places:
        yield from _place(whole, said, str(row["id"]), document, page)


def _of_part(
    whole: _Whole, kind: EntityKind, fields: Mapping[str, FieldDefinition], row: Row
) -> Iterator[Problem]:
    said: dict[str, str | int] = {"entity": kind.value, "id": str(row["id"])}
    record_id = str(row["record_id"])
    if record_id not in whole.records:
        yield Problem(ProblemCode.RECORD_MISSING, {**said, "record_id": record_id})
        return
    if kind is EntityKind.NOTE:
        yield from _place(whole, said, record_id, row["document_id"], row["page"])
        return
    others = parsed(row["fields"])
    values: dict[str, Value] = dict(others) if isinstance(others, dict) else {}
    values |= {name: _text(row[name]) for name in ("outcome", "scale") if name in fields}
    yield from _terms(whole, said, fields, values)
    if kind is EntityKind.FINDING:
        yield from _place(whole, said, record_id, values.get("document"), values.get("page"))
        return
    finding = values.get("finding")
    if finding is not None and whole.findings.get(str(finding)) != record_id:
        yield Problem(ProblemCode.FINDING_MISSING, {**said, "finding": str(finding)})


def _place(
    whole: _Whole, said: dict[str, str | int], record_id: str, document: object, page: object
) -> Iterator[Problem]:
    if record_id not in whole.first:
        # Imported without its file, which may come later and has the same id then.
        return
    if document is not None and whole.documents.get(str(document), ("",))[0] != record_id:
        yield Problem(ProblemCode.DOCUMENT_FOREIGN, {**said, "document": str(document)})
        return
    if isinstance(page, int):
        meant = whole.first.get(record_id, "") if document is None else str(document)
        last = whole.documents.get(meant, ("", 0))[1]
        if not 1 <= page <= last:
            yield Problem(ProblemCode.PAGE_BEYOND, {**said, "page": page, "last": last})


def _terms(
    whole: _Whole,
    said: dict[str, str | int],
    fields: Mapping[str, FieldDefinition],
    values: Mapping[str, Value],
) -> Iterator[Problem]:
    for name, value in values.items():
        field = fields.get(name)
        if field is None or field.type not in {FieldType.CONCEPT, FieldType.CONCEPTS}:
            continue
        for term in _list(value) if field.type is FieldType.CONCEPTS else [value]:
            if isinstance(term, str) and term and not whole.has_term(f"{field.scheme}:{term}"):
                found: dict[str, str | int] = {
                    "field": name,
                    "term": term,
                    "scheme": field.scheme,
                }
                yield Problem(ProblemCode.TERM_UNKNOWN, {**said, **found})


def _list(value: object) -> list[Value]:
    return list(value) if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
