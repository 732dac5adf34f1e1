"""Records as an export has to carry them: five languages, awkward texts, all that belongs to them.

And what the readers of metadata files make of an export.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.changes.coded import Evidence, State
from desktop_app.domain.controlled import ControlledTerms
from desktop_app.domain.exchange.headings import (
    DEFINITIONS,
    SheetKind,
    continued_column,
    guess_sheet,
    sheet_of,
)
from desktop_app.domain.exchange.other_fields import OTHER, TABLE, place
from desktop_app.domain.exchange.rows import Sheet, SourceRow
from desktop_app.domain.fields import check_value
from desktop_app.domain.records import Access, Record
from desktop_app.exchange.csv_files import companions, read_csv
from desktop_app.exchange.evidence_tables import EvidenceRow, evidence_of
from desktop_app.exchange.labels import Labels
from desktop_app.exchange.list_cells import split
from desktop_app.exchange.tables import columns_of, values_of
from desktop_app.exchange.workbooks import read_xlsx
from desktop_app.services.archive import DATABASE_NAME, Archive
from desktop_app.services.term_labels import labels
from desktop_app.store.database import Database
from desktop_app.store.records import Records
from tests.samples import make_record, store_record

SUFFIXES = (".xlsx", ".csv", ".ris", ".bib", ".json")

Other = Mapping[str, Mapping[str, Sequence[str]]]

LONG = "Ein sehr langer Absatz, mit Umlauten und تشكيل. " * 1500
"""More than two cells of a spreadsheet can hold."""

ENGLISH: dict[str, Value] = {
    "title": 'Mentoring, "dialogue"; and =SUM(A1) in three towns',
    "title_fr": "Mentorat, « dialogue » ; et l’école",
    "title_ar": "الإرشاد والحوار في ثلاث مدن",
    "kind": "evaluation",
    "year": 2023,
    "language": ["en", "ar"],
    "access": "public",
    "author": ["Berg, Anna", "Haddad; Partners", 'The "A" team, Ltd'],
    "evaluator": ["Institute of Evaluation"],
    "doi": "10.1000/xyz123",
    "isbn": "978-1-4822-5326-9",
    "url": "https://example.org/a?b=c&d=é",
    "report_number": "2024:3",
    "publisher": "Räddningsverket",
    "place_of_publication": "Malmö",
    "overview": "First line.\n\nSecond, after an empty line;\n=1+1\n'=quoted",
    "key_takeaways": ["Start early; stay long", "- ask first", "@schools", "+1"],
    "aims": LONG.strip(),
    "tag": ["june", "a; b", '"quoted"', "=cmd"],
    "topic": ["general", "grassroots"],
    "phenomenon": ["right_wing", "polarisation"],
    "approach": ["mentoring", "youth_work"],
    "country": ["SE", "DE"],
    "place": ["Malmö", "Halle (Saale)"],
    "design": "RCT",
    "sample_size": 120,
    "follow_up_months": 6.5,
    "emmie_cost": {"amount": 12000, "currency": "EUR", "year": 2024},
    "dac_criteria": ["impact", "relevance"],
    "redistribution_ok": "unknown",
    "contains_personal_data": "unchecked",
}
ARABIC: dict[str, Value] = {
    "title": "تقييم برنامج الوقاية، المدارس؛ 2021",
    "kind": "guide",
    "language": ["ar"],
    "access": {"level": "embargoed", "until": "2199-12-31"},
    "author": ["الخطيب, ليلى", "وزارة الداخلية"],
    "overview": "فقرة أولى\nفقرة ثانية",
    "tag": ["شباب؛ مدارس", "وقاية"],
    "place": ["دمشق"],
}
FRENCH: dict[str, Value] = {
    "title": "Évaluation à mi-parcours : l’école d’été",
    "kind": "evidence_review",
    "year": 1999,
    "language": ["fr"],
    "access": "partner",
    "author": ["de la Cruz, María"],
    "lessons": "« Oui »,\tnon\nœuvre",
}
GERMAN: dict[str, Value] = {
    "title": "-Prävention: Größe & Maß",
    "year": 2020,
    "language": ["de"],
    "access": "internal",
    "dosage": "+49 Stunden",
}
SWEDISH: dict[str, Value] = {
    "title": "Utvärdering av åtgärder på ö",
    "access": "embargoed",
    "language": ["sv"],
    "publisher": "Brå",
}
OTHERS: Other = {
    "ris": {"M3": ["Working paper"], "N1": ["a; b", '"c"', "second\nline"], "TY": ["JOUR"]},
    "bib": {"note": ["Ä{}"], "citation key": ["berg:2023"]},
    "json": {"event-title": ["=A1"], "note": ["long; " * 6000 + "end"]},
    TABLE: {
        "Bemerkung": ["old; older", "new"],
        "Author": ["a column that is called like a field of ours"],
        "ملاحظة": [LONG.strip()],
    },
}


@dataclass(frozen=True)
class Sample:
    """An opened archive with the records above, and their ids by language."""

    archive: Archive
    ids: Mapping[str, str]
    values: Mapping[str, Mapping[str, Value]]

    @property
    def terms(self) -> ControlledTerms:
        """Return the terms of the archive."""
        return self.archive.terms.controlled()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    """Give an archive that no test changes."""
    made = make_sample(tmp_path_factory.mktemp("sample") / "archive")
    yield made
    made.archive.close()


def make_sample(folder: Path) -> Sample:
    """Make an archive with a record in each language; the English one has all there is."""
    Archive.create(folder).close()
    values = {"en": ENGLISH, "ar": ARABIC, "fr": FRENCH, "de": GERMAN, "sv": SWEDISH}
    added = datetime(2026, 1, 1, tzinfo=UTC)
    ids = {}
    database = Database(folder / DATABASE_NAME)
    for number, (language, said) in enumerate(values.items()):
        other: dict[str, Value] = {OTHER: OTHERS} if language == "en" else {}
        record = record_of({**said, **other}, added + timedelta(days=number))
        if language in {"en", "fr"}:
            drawn, pages = make_record(f"Bericht; {language}", ("one", "two", "three"))
            documents = tuple(replace(one, record_id=record.id) for one in drawn.documents)
            record = replace(record, documents=documents)
            store_record(Records(database), record, pages)
        else:
            store_record(Records(database), record, {})
        ids[language] = record.id
    database.close()
    archive = Archive(folder)
    archive.editing.edit(ids["ar"], {"access": ARABIC["access"]})
    _describe(archive, ids["en"])
    return Sample(archive, ids, values)


def record_of(values: Mapping[str, Value], added: datetime) -> Record:
    """Return a record without files that holds these values, which have to be as it stores them."""
    access = values.get("access", "internal")
    level, until = (
        (access["level"], access.get("until")) if isinstance(access, Mapping) else (access, None)
    )
    own = {"title", "kind", "year", "language", "access", "author", "tag"}
    record = Record(
        id=str(uuid.uuid4()),
        title=str(values["title"]),
        access=Access(str(level)),
        added_at=added,
        fields={name: value for name, value in values.items() if name not in own},
    )
    said = {
        "kind": values.get("kind"),
        "year": values.get("year"),
        "languages": _texts(values.get("language")),
        "authors": _texts(values.get("author")),
        "tags": _texts(values.get("tag")),
        "access_until": until,
    }
    return replace(record, **said)  # type: ignore[arg-type]


def _texts(value: Value) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _describe(archive: Archive, record_id: str) -> None:
    where = Evidence(2, 'The words "there"; =2', coder="Örjan", date="2026-03-01")
    archive.editing.edit(record_id, {"design": "RCT"}, where)
    archive.editing.edit(record_id, evidence=replace(where, page=3), add={"approach": ["sport"]})
    archive.editing.edit(record_id, {"author": ENGLISH["author"]}, where)
    archive.editing.edit(record_id, {"attrition": None}, state=State.NOT_REPORTED)
    archive.editing.edit(record_id, {"setting": []}, state=State.NOT_APPLICABLE)
    document = archive.reading.record(record_id).documents[0].id
    finding, _ = archive.coding.add(
        EntityKind.FINDING,
        record_id,
        {
            "outcome": "attitudes", "direction": "improved", "stage": "final", "page": 2,
            "effect_size": -0.25, "interval": "-0.4; -0.1", "document": document,
            "negative_effects_assessed": "yes", "quote": "الثقة، ازدادت\n= more",
        },
    )  # fmt: skip
    archive.coding.add(
        EntityKind.APPRAISAL,
        record_id,
        {
            "scale": "SMS", "value": "3", "reason": "Matched; not random", "finding": finding,
            "rater": "Ana", "date": "2026-03-01", "scale_version": "=1997",
        },
    )  # fmt: skip
    for shared in ("yes", "no"):
        archive.coding.add(
            EntityKind.NOTE, record_id, {"text": f"A note, shared: {shared}", "shared": shared}
        )


@dataclass(frozen=True)
class TableRow:
    """One row of a sheet as a reader understands it."""

    values: Mapping[str, Value]
    other: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


def read_sheets(path: Path) -> dict[SheetKind, Sheet]:
    """Return the sheets of a workbook, or of a CSV file and those beside it."""
    if path.suffix == ".xlsx":
        sheets = read_xlsx(path).sheets
        return {sheet_of(sheet.name) or guess_sheet(sheet.columns): sheet for sheet in sheets}
    beside = {kind: read_csv(file).sheets[0] for kind, file in companions(path).items()}
    return {SheetKind.RECORDS: read_csv(path).sheets[0], **beside}


def read_tables(path: Path, terms: ControlledTerms) -> dict[SheetKind, dict[str, TableRow]]:
    """Return what the sheets of entries say, by id; fails on a value that its field can't hold."""
    known = labels(terms, "en")
    return {
        kind: {str(row.values["id"]): row for row in _rows(kind, sheet, terms, known)}
        for kind, sheet in read_sheets(path).items()
        if kind is not SheetKind.EVIDENCE
    }


def read_evidence(path: Path, terms: ControlledTerms) -> list[EvidenceRow]:
    """Return what the sheet of evidence says of records."""
    sheets = read_sheets(path)
    ids = read_tables(path, terms)[SheetKind.RECORDS]
    kinds = dict.fromkeys(ids, SheetKind.RECORDS)
    found = evidence_of(sheets[SheetKind.EVIDENCE], kinds, labels(terms, "en"))
    assert not [row.problem for row in found if row.problem]
    return list(found)


def _rows(kind: SheetKind, sheet: Sheet, terms: ControlledTerms, known: Labels) -> list[TableRow]:
    fields = columns_of(sheet, kind)
    return [_read(kind, row, fields, terms, known) for row in sheet.rows]


def _read(
    kind: SheetKind,
    row: SourceRow,
    fields: Mapping[str, str],
    terms: ControlledTerms,
    known: Labels,
) -> TableRow:
    assert not row.problem
    definitions = DEFINITIONS[kind]
    values: dict[str, Value] = {}
    for name, said in values_of(kind, row, fields, known).items():
        if name in definitions:
            checked = check_value(name, said, definitions)
            values[name] = terms.resolve(definitions[name], checked)
        else:
            values[name] = said
    return TableRow(values, _others(row, fields))


def _others(row: SourceRow, fields: Mapping[str, str]) -> dict[str, dict[str, tuple[str, ...]]]:
    cells: list[tuple[str, str]] = []
    for cell in row.cells:
        before = continued_column(cell.column)
        if before is None:
            cells.append((cell.column, cell.text))
        elif before not in fields:
            assert cells[-1][0] == before
            cells[-1] = (before, cells[-1][1] + cell.text)
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for column, text in cells:
        if column not in fields:
            family, name = place(column)
            texts = (text,) if family == TABLE else split(text)
            said = found.setdefault(family, {})
            said[name] = (*said.get(name, ()), *texts)
    return found
