"""Metadata out: what is written says all that the format can hold, and is there whole or not."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from desktop_app.domain.changes.change import Value
from desktop_app.domain.changes.coded import Evidence, State
from desktop_app.domain.errors import (
    RecordNotFound,
)
from desktop_app.domain.exchange.headings import LANGUAGES, SheetKind
from desktop_app.domain.exchange.other_fields import OTHER
from desktop_app.domain.exchange.rows import MetadataFormat, SourceRow
from desktop_app.domain.export_errors import (
    RecordInTrash,
    TargetInArchive,
    UnknownExportFormat,
)
from desktop_app.domain.exports import may_leave
from desktop_app.domain.fields import RECORD_FIELDS
from desktop_app.domain.records import Access
from desktop_app.exchange.crosswalk import HELD_FIELDS, to_fields
from desktop_app.exchange.list_cells import split
from desktop_app.services.archive import DATABASE_NAME, Archive
from desktop_app.services.exporting import write_blank
from desktop_app.store.database import Database
from desktop_app.store.records import Records
from tests.exchange_samples import (
    OTHERS,
    SUFFIXES,
    Sample,
    make_sample,
    read_evidence,
    read_tables,
    record_of,
    sample,
)
from tests.samples import store_record
from tests.services.conftest import Known
from tests.unit.exchange.bibliographies import ENDINGS, READERS

__all__ = ["sample"]

TABLES = SUFFIXES[:2]
FORMS = list(ENDINGS)
_NOW = datetime(2026, 6, 30, tzinfo=UTC)


def expected(sample: Sample, language: str) -> dict[str, Value]:
    """Return what was said of a record, sets in the order in which the archive has them."""
    said = dict(sample.values[language])
    record = sample.archive.reading.record(sample.ids[language])
    held = {**record.fields, "tag": list(record.tags)}
    for name, value in said.items():
        if isinstance(value, list) and isinstance(there := held.get(name), list):
            added = {"sport"} if name == "approach" else set()
            assert {*map(str, value)} | added == {*map(str, there)}
            said[name] = there
    return said


def entries(form: MetadataFormat, path: Path) -> Sequence[SourceRow]:
    (sheet,) = READERS[form](path).sheets
    return sheet.rows


@pytest.mark.parametrize("form", FORMS)
def test_a_bibliography_holds_what_the_format_can(
    sample: Sample, form: MetadataFormat, tmp_path: Path
) -> None:
    target = tmp_path / f"out{ENDINGS[form]}"
    report = sample.archive.exporting.export(target)
    assert (report.files, report.records, report.withheld) == ((target.resolve(),), 5, 0)
    rows = entries(form, target)
    left_out: dict[str, int] = {}
    for row, (language, record_id) in zip(rows, sample.ids.items(), strict=True):
        wanted = expected(sample, language)
        found = to_fields(form, row)
        assert not found.problems
        held = {name: value for name, value in wanted.items() if name in HELD_FIELDS[form]}
        # An article has no number of a report: it is there, but not as that field.
        gone = {"report_number"} if language == "en" and form is MetadataFormat.RIS else set()
        assert found.values == {name: held[name] for name in held if name not in gone}
        for name in {*wanted} - {*found.values}:
            left_out[name] = left_out.get(name, 0) + 1
        names = [d.file_name for d in sample.archive.reading.record(record_id).documents]
        if form is not MetadataFormat.CSL_JSON:
            assert list(found.files) == names
        elif names:
            left_out["file"] = left_out.get("file", 0) + 1
    columns = {f"{family}:{name}" for family in ("ris", "bib", "json") for name in OTHERS[family]}
    columns = {name for name in columns if not name.startswith(f"{form.value}:")}
    columns |= {"Bemerkung", "table:Author", "ملاحظة"}
    assert report.left_out == left_out | dict.fromkeys(columns, 1) | {
        "findings": 1, "appraisals": 1, "evidence": 5, "notes": 1,
    }  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_bibliography_gets_its_own_tags_back(
    sample: Sample, form: MetadataFormat, tmp_path: Path
) -> None:
    target = tmp_path / f"out{ENDINGS[form]}"
    sample.archive.exporting.export(target, [sample.ids["en"]])
    (row,) = entries(form, target)
    for name, texts in OTHERS[form.value].items():
        assert list(row.all(name))[-len(texts) :] == list(texts)
    # What was nowhere to be read, and what other formats say, is not made up.
    assert "Bemerkung" not in target.read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", TABLES)
def test_a_table_loses_nothing(sample: Sample, suffix: str, language: str, tmp_path: Path) -> None:
    target = tmp_path / f"out{suffix}"
    report = sample.archive.exporting.export(target, language=language)
    assert report.left_out == {"notes": 1}
    found = read_tables(target, sample.terms)
    assert list(found[SheetKind.RECORDS]) == list(sample.ids.values())
    for code, record_id in sample.ids.items():
        row = found[SheetKind.RECORDS][record_id]
        wanted: dict[str, Value] = {"id": record_id, **expected(sample, code)}
        if code in {"en", "fr"}:
            wanted["file"] = f'"Bericht; {code}.pdf"'
        assert row.values == wanted
        held = {family: dict(said) for family, said in row.other.items()}
        # Other columns are read in the language of the sheet.
        assert held == ({} if code != "en" else _tuples(OTHERS))
    parts = sample.archive.coding.of(sample.ids["en"])
    (finding,), (appraisal,) = parts.findings, parts.appraisals
    document = sample.archive.reading.record(sample.ids["en"]).documents[0].id
    assert found[SheetKind.FINDINGS] == {
        finding.id: type(row)(
            {
                "id": finding.id, "record": sample.ids["en"], "outcome": "attitudes",
                "direction": "improved", "stage": "final", "page": 2, "effect_size": -0.25,
                "interval": "-0.4; -0.1", "document": document,
                "negative_effects_assessed": "yes", "quote": "الثقة، ازدادت\n= more",
            }
        )
    }  # fmt: skip
    assert found[SheetKind.APPRAISALS] == {
        appraisal.id: type(row)(
            {
                "id": appraisal.id, "record": sample.ids["en"], "scale": "SMS", "value": "3",
                "reason": "Matched; not random", "finding": finding.id, "rater": "Ana",
                "date": "2026-03-01", "scale_version": "=1997",
            }
        )
    }  # fmt: skip


def _tuples(other: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, Mapping[str, object]]:
    return {
        family: {name: tuple(texts) for name, texts in said.items()}
        for family, said in other.items()
    }


@pytest.mark.parametrize("suffix", TABLES)
def test_a_table_says_where_values_stand(sample: Sample, suffix: str, tmp_path: Path) -> None:
    target = tmp_path / f"out{suffix}"
    sample.archive.exporting.export(target, language="sv")
    rows = {row.field: row for row in read_evidence(target, sample.terms)}
    assert len(rows) == len(read_evidence(target, sample.terms)) == 5
    assert {row.entry for row in rows.values()} == {sample.ids["en"]}
    where = Evidence(2, 'The words "there"; =2', coder="Örjan", date="2026-03-01")
    assert (rows["design"].coded.value, rows["design"].coded.evidence) == ("RCT", where)
    sport = rows["approach"].coded
    assert sport.value == "sport"
    assert sport.evidence is not None
    assert sport.evidence.page == 3
    assert rows["author"].coded.evidence == where
    assert (rows["attrition"].coded.value, rows["attrition"].coded.state) == (
        None, State.NOT_REPORTED,
    )  # fmt: skip
    assert rows["setting"].coded.state is State.NOT_APPLICABLE


def test_a_workbook_opens_in_other_programs(sample: Sample, tmp_path: Path) -> None:
    target = tmp_path / "out.xlsx"
    sample.archive.exporting.export(target, language="ar")
    book = openpyxl.load_workbook(target)
    assert [page.sheet_view.rightToLeft for page in book] == [True] * 4
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert {cell.value for cell in cells} >= {2023, 120, "=1997"}


def test_csv_computes_nothing(sample: Sample, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    report = sample.archive.exporting.export(target)
    assert [file.name for file in report.files] == [
        "out.csv", "out-findings.csv", "out-appraisals.csv", "out-evidence.csv",
    ]  # fmt: skip
    for file in report.files:
        data = file.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert b",=" not in data


def test_the_same_archive_gives_the_same_bytes(sample: Sample, tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        written = []
        for name in ("first", "second"):
            folder = tmp_path / name / suffix
            folder.mkdir(parents=True)
            files = sample.archive.exporting.export(folder / f"out{suffix}").files
            written.append([_contents(file) for file in files])
        assert written[0] == written[1], suffix


def _contents(file: Path) -> object:
    if file.suffix != ".xlsx":
        return file.read_bytes()
    # A workbook says when it was written.
    with zipfile.ZipFile(file) as book:
        names = [name for name in book.namelist() if name != "docProps/core.xml"]
        return [(name, book.read(name)) for name in names]


def test_records_come_in_the_order_of_adding_or_as_named(sample: Sample, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    sample.archive.exporting.export(target)
    titles = [item["title"] for item in json.loads(target.read_text("utf-8"))]
    assert titles == [said["title"] for said in sample.values.values()]
    named = [sample.ids[code] for code in ("de", "ar", "de")]
    report = sample.archive.exporting.export(target, [named[0], named[1][:8], named[2]])
    titles = [item["title"] for item in json.loads(target.read_text("utf-8"))]
    assert titles == [sample.values[code]["title"] for code in ("de", "ar")]
    assert report.records == 2


@pytest.mark.parametrize(
    ("access", "codes"),
    [
        (None, ["en", "ar", "fr", "de", "sv"]),
        (Access.EMBARGOED, ["en", "ar", "fr", "de", "sv"]),
        (Access.INTERNAL, ["en", "fr", "de"]),
        (Access.PARTNER, ["en", "fr"]),
        (Access.PUBLIC, ["en"]),
    ],
)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_nothing_leaves_above_the_level_that_was_named(
    sample: Sample, access: Access | None, codes: list[str], suffix: str, tmp_path: Path
) -> None:
    target = tmp_path / f"out{suffix}"
    report = sample.archive.exporting.export(target, access=access)
    assert (report.records, report.withheld) == (len(codes), 5 - len(codes))
    assert sum(report.by_access.values()) == len(codes)
    assert report.not_public == len(codes) - 1
    said = "".join(map(_text, report.files))
    for code, record_id in sample.ids.items():
        mark = "berg:2023" if (suffix, code) == (".bib", "en") else record_id[:8]
        assert (mark in said) == (code in codes)


def _text(file: Path) -> str:
    if file.suffix != ".xlsx":
        return file.read_text("utf-8")
    with zipfile.ZipFile(file) as book:
        return "".join(book.read(name).decode() for name in book.namelist())


def test_an_embargo_holds_until_the_end_of_its_last_day() -> None:
    day = "2026-06-30"
    for until, inside in [
        ("2026-06-29", True), ("2026-06-30", False), ("2026-07-01", False), (None, False),
        ("soon", False),
    ]:  # fmt: skip
        access: Value = {"level": "embargoed", "until": until}
        record = record_of({"title": "x", "access": access}, _NOW)
        assert may_leave(record, Access.INTERNAL, day) == inside
        # Nobody has said that it is for others now.
        assert not may_leave(record, Access.PARTNER, day)
        assert may_leave(record, Access.EMBARGOED, day)


def test_personal_notes_stay_at_home(sample: Sample, tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        report = sample.archive.exporting.export(tmp_path / f"out{suffix}")
        assert "A note" not in "".join(map(_text, report.files))
        assert report.left_out["notes"] == 1


def test_what_lies_in_the_trash_stays_there(known: Known, tmp_path: Path) -> None:
    known.archive.editing.delete([known.schools])
    report = known.archive.exporting.export(tmp_path / "out.json")
    assert report.records == 1
    with pytest.raises(RecordInTrash, match='"Schools" lies in the trash'):
        known.archive.exporting.export(tmp_path / "named.json", [known.schools])
    with pytest.raises(RecordNotFound):
        known.archive.exporting.export(tmp_path / "named.json", ["ffffffff"])
    assert not (tmp_path / "named.json").exists()


def test_an_empty_archive_can_be_written(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "archive")
    for suffix in SUFFIXES:
        report = archive.exporting.export(tmp_path / f"out{suffix}")
        assert (report.records, report.not_public, report.left_out) == (0, 0, {})
    assert read_tables(tmp_path / "out.xlsx", archive.terms.controlled()) == {SheetKind.RECORDS: {}}
    archive.close()


def test_evidence_names_its_document(known: Known, tmp_path: Path) -> None:
    annex = known.archive.reading.record(known.mentoring).documents[1].id
    known.archive.editing.edit(known.mentoring, {"design": "RCT"}, Evidence(1, "x", annex))
    target = tmp_path / "out.xlsx"
    known.archive.exporting.export(target)
    terms = known.archive.terms.controlled()
    (row,) = read_evidence(target, terms)
    assert row.coded.evidence is not None
    assert row.coded.evidence.document == annex
    found = read_tables(target, terms)[SheetKind.RECORDS][known.mentoring]
    assert found.values["file"] == "Mentoring.pdf; Annex.pdf"


def _store(folder: Path, values: Mapping[str, Value]) -> None:
    database = Database(folder / DATABASE_NAME)
    store_record(Records(database), record_of(values, _NOW), {})
    database.close()


def test_long_texts_of_one_column_stay_together(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    Archive.create(folder).close()
    texts = ["first; " * 10_000 + "end", "second"]
    _store(folder, {"title": "x", OTHER: {"table": {"Remarks": texts, "Other": ["a", "b"]}}})
    archive = Archive(folder)
    for suffix in TABLES:
        target = tmp_path / f"out{suffix}"
        archive.exporting.export(target)
        (row,) = read_tables(target, archive.terms.controlled())[SheetKind.RECORDS].values()
        assert row.other["table"]["Other"] == ("a", "b")
        (whole,) = row.other["table"]["Remarks"]
        assert list(split(whole)) == texts
    archive.close()


def test_more_columns_than_a_reader_takes_are_counted(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    sample = make_sample(folder)
    names = {f"field-{number}": [f"text {number}"] for number in range(1200)}
    values: dict[str, Value] = {"title": "Hostile", OTHER: {"bib": names, "ris": {"N1": ["y"]}}}
    sample.archive.close()
    _store(folder, values)
    archive = Archive(folder)
    report = archive.exporting.export(tmp_path / "out.xlsx")
    found = read_tables(tmp_path / "out.xlsx", archive.terms.controlled())[SheetKind.RECORDS]
    kept = {name for row in found.values() for name in row.other.get("bib", {})}
    assert len(kept & names.keys()) + sum(
        name.startswith("bib:field-") for name in report.left_out
    ) == len(names)
    # What most records have stays: both have this one.
    assert [row.other["ris"]["N1"] for row in found.values() if "ris" in row.other]
    assert "ris:N1" not in report.left_out
    archive.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_to_fill_in(sample: Sample, language: str, tmp_path: Path) -> None:
    target = tmp_path / "blank.xlsx"
    assert sample.archive.exporting.template(target, language) == target.resolve()
    own = _text(target)
    write_blank(target, language)
    # Both offer the same terms, for nobody added any.
    assert {len(_text(target)), len(own)} == {len(own)}
    book = openpyxl.load_workbook(target)
    assert len(book.worksheets) == 5
    assert book.worksheets[1].max_column == len(RECORD_FIELDS) + 2
    assert read_tables(target, sample.terms)[SheetKind.RECORDS] == {}
    with pytest.raises(UnknownExportFormat):
        write_blank(tmp_path / "blank.csv")
    with pytest.raises(TargetInArchive):
        sample.archive.exporting.template(sample.archive.folder / "blank.xlsx")


def test_the_workbook_offers_terms_of_ones_own(known: Known, tmp_path: Path) -> None:
    known.archive.terms.add("setting", {"en": "Allotment garden"})
    known.archive.exporting.template(tmp_path / "own.xlsx")
    write_blank(tmp_path / "plain.xlsx")
    assert "Allotment garden" in _text(tmp_path / "own.xlsx")
    assert "Allotment garden" not in _text(tmp_path / "plain.xlsx")
