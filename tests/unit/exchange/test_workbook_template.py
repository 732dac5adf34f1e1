"""What the program writes as a workbook it reads back whole, and other programs open."""

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.exchange.headings import (
    COLUMNS,
    DEFINITIONS,
    LANGUAGES,
    SheetKind,
    field_of,
    heading,
    other_sheet_name,
    sheet_name,
    sheet_of,
)
from desktop_app.domain.exchange.rows import Cell, Sheet, SourceRow
from desktop_app.domain.fields import RECORD_FIELDS, check_value
from desktop_app.exchange.labels import Labels, Schemes, scheme_of
from desktop_app.exchange.tables import columns_of, values_of
from desktop_app.exchange.template_examples import example
from desktop_app.exchange.workbook_template import write_template, write_xlsx
from desktop_app.exchange.workbooks import read_xlsx

SCHEMES: Schemes = {
    "kind": [("evaluation", "تقييم"), ("guide", "دليل")],
    "answer": [("yes", "نعم"), ("no", "لا"), ("unknown", "غير معروف"), ("unchecked", "=لم يُفحص")],
    "topic": [("general", "general resources"), ("grassroots", "grassroots; local")],
    "access": [("public", "public"), ("embargoed", "embargoed")],
    "country": [("SE", "Sverige"), ("DE", "Tyskland")],
    "design": [("RCT", "trial"), ("before_after", "Trial")],
    "outcome": [("trust_in_institutions", "trust")],
    "direction": [("improved", "better"), ("worsened", "worse")],
    "scale": [("SMS", "Maryland Scale")],
}
KINDS = (SheetKind.RECORDS, SheetKind.FINDINGS, SheetKind.APPRAISALS)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def template(tmp_path: Path, language: str) -> Path:
    path = tmp_path / "template.xlsx"
    write_template(path, language, SCHEMES)
    return path


def test_the_template_reads_as_three_empty_sheets(template: Path, language: str) -> None:
    found = read_xlsx(template).sheets
    assert [page.name for page in found] == [sheet_name(kind, language) for kind in KINDS]
    for page, kind in zip(found, KINDS, strict=True):
        assert [field_of(column, kind) for column in page.columns] == list(COLUMNS[kind])
        assert page.rows == ()


def test_the_template_opens_in_another_library(template: Path, language: str) -> None:
    book = openpyxl.load_workbook(template)
    names = [sheet_name(kind, language) for kind in KINDS]
    others = [other_sheet_name(name, language) for name in ("guide", "lists")]
    assert book.sheetnames == [others[0], *names, others[1]]
    assert book[others[1]].sheet_state == "hidden"
    assert all(page.sheet_view.rightToLeft == (language == "ar") for page in book)
    for name, kind in zip(names, KINDS, strict=True):
        page = book[name]
        assert page.freeze_panes == "A2"
        heads = [cell.value for cell in page[1]]
        assert heads == [heading(field, language) for field in COLUMNS[kind]]
        assert page["A2"].font.italic
        assert page.max_row == 2
    book.close()


def test_cells_offer_the_terms_of_their_field(template: Path, language: str) -> None:
    book = openpyxl.load_workbook(template)
    lists = book[other_sheet_name("lists", language)]
    labels = Labels(SCHEMES)
    offered: dict[str, list[str]] = {}
    for kind in KINDS:
        page = book[sheet_name(kind, language)]
        for rule in page.data_validations.dataValidation:
            (area,) = rule.sqref.ranges
            field = COLUMNS[kind][area.min_col - 1]
            sheet, _, cells = rule.formula1.rpartition("!")
            assert sheet.strip("'") == lists.title
            codes = [
                labels.code(scheme_of(DEFINITIONS[kind][field]), str(cell[0].value))
                for cell in lists[cells]
            ]
            offered[field] = [str(code) for code in codes]
            assert (area.min_row, area.max_row) == (2, 5_000)
    book.close()
    assert offered["kind"] == ["evaluation", "guide"]
    assert offered["redistribution_ok"] == ["yes", "no", "unknown"]
    assert offered["contains_personal_data"] == ["yes", "no", "unchecked"]
    assert offered["topic"] == ["general", "grassroots"]
    assert offered["country"] == ["SE", "DE"]
    # Two terms of one label stand there by their ids.
    assert offered["design"] == ["RCT", "before_after"]
    assert offered["direction"] == ["improved", "worsened"]
    assert offered["scale"] == ["SMS"]
    assert "title" not in offered
    assert "status" not in offered


def test_headings_explain_their_fields(template: Path, language: str) -> None:
    book = openpyxl.load_workbook(template)
    page = book[sheet_name(SheetKind.RECORDS, language)]
    said = {
        field: cell.comment.text if cell.comment else ""
        for field, cell in zip(COLUMNS[SheetKind.RECORDS], page[1], strict=True)
    }
    book.close()
    assert said["title"]
    assert "2024" in said["year"]
    assert "EUR" in said["emmie_cost"]
    assert said["author"] != said["kind"]
    assert "\n" in said["topic"]


def test_every_part_is_whole_xml(template: Path) -> None:
    with zipfile.ZipFile(template) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        assert len(names) == len(archive.namelist())
        for name in names:
            ElementTree.fromstring(archive.read(name))
        types = archive.read("[Content_Types].xml").decode()
        for part in [name for name in names if name.endswith(".xml") and not name.startswith("[")]:
            assert f'PartName="/{part}"' in types
        for number in range(2, 5):
            page = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
            order = ["<sheetViews>", "<cols>", "<sheetData>", "<dataValidations", "<legacyDrawing"]
            places = [page.index(tag) for tag in order]
            assert places == sorted(places)


def test_a_filled_template_is_read(tmp_path: Path, language: str) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, language, SCHEMES)
    book = openpyxl.load_workbook(path)
    page = book[sheet_name(SheetKind.RECORDS, language)]
    filled: dict[str, str | int] = {
        "title": "A",
        "kind": "دليل",
        "year": 2021,
        "topic": 'general resources; "grassroots; local"',
    }
    for field, value in filled.items():
        page.cell(3, COLUMNS[SheetKind.RECORDS].index(field) + 1, value)
    book.save(path)
    book.close()
    found = read_xlsx(path).sheets[0]
    (row,) = found.rows
    fields = columns_of(found, SheetKind.RECORDS)
    said = values_of(SheetKind.RECORDS, row, fields, Labels(SCHEMES))
    assert row.number == 3
    assert said == {
        "title": "A",
        "kind": "guide",
        "year": "2021",
        "topic": ["general", "grassroots"],
    }


def test_examples_hold_what_their_fields_take(language: str) -> None:
    for kind in KINDS:
        for field, text in example(kind, language).items():
            definition = DEFINITIONS[kind].get(field)
            if definition and not definition.several:
                check_value(field, text, DEFINITIONS[kind])
    assert set(example(SheetKind.RECORDS, language)) <= set(COLUMNS[SheetKind.RECORDS])


FILLED = st.text(min_size=1, max_size=30).filter(lambda text: not text.isspace())
NASTY = st.sampled_from(
    [
        "=1+1",
        "=",
        "#N/A",
        "'=1",
        "-0.25",
        "007",
        "2021",
        "2021.0",
        "1.10",
        "1e5",
        "2024-03-01",
        "2024-02-30",
        "TRUE",
        " x ",
        "a\r\nb\tc",
        "_x000D_",
        "_x005F_x000D_",
        "x005F_",
        "🙂" * 30_000,
        "x" * 32_768,
        "é" * 100_000,
        "\u200fالعنوان\u200f",
        "\x0b\x00",
        "\ufffe",
        "12345678901234567",
        "0.1234567890123456789",
        "9" * 400,
    ]
)
TABLE = {
    SheetKind.RECORDS: ("id", "title", "year", "sample_size", "overview"),
    SheetKind.FINDINGS: ("id", "record", "effect_size", "page", "quote"),
    SheetKind.APPRAISALS: ("id", "record", "value", "date", "reason"),
}


@given(
    st.sampled_from(LANGUAGES),
    st.sampled_from(KINDS),
    st.lists(st.lists(st.none() | FILLED | NASTY, min_size=5, max_size=5), max_size=3),
)
def test_sheets_come_back(
    tmp_path_factory: pytest.TempPathFactory,
    language: str,
    kind: SheetKind,
    table: list[list[str | None]],
) -> None:
    columns = tuple(heading(name, language) for name in TABLE[kind])
    rows = [
        SourceRow(
            number,
            tuple(Cell(column, text) for column, text in zip(columns, line, strict=True) if text),
        )
        for number, line in enumerate(table, start=2)
    ]
    rows = [row for row in rows if row.cells]
    path = tmp_path_factory.getbasetemp() / "sheet.xlsx"
    write_xlsx([Sheet(sheet_name(kind, language), columns, tuple(rows))], path, language)
    (found,) = read_xlsx(path).sheets
    assert sheet_of(found.name) is kind
    fields = {column: column for column in columns}
    whole = [values_of(SheetKind.EVIDENCE, row, fields) for row in found.rows]
    assert whole == [{cell.column: cell.text for cell in row.cells} for row in rows]
    assert not any(row.problem for row in found.rows)


def test_numbers_and_days_are_numbers_and_days(tmp_path: Path) -> None:
    heads = ("Id", "Record", "Value", "Date", "Reason")
    cells = [Cell(*pair) for pair in zip(heads, ("1", "2", "3", "2026-03-01", "4"), strict=True)]
    appraisals = Sheet("Appraisals", heads, (SourceRow(2, tuple(cells)),))
    columns = ("Title", "Year", "Report number", "Sample size")
    cells = [Cell(*pair) for pair in zip(columns, ("1984", "2021", "007", "12.5"), strict=True)]
    write_xlsx(
        [Sheet("Records", columns, (SourceRow(2, tuple(cells)),)), appraisals], tmp_path / "x.xlsx"
    )
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    assert [cell.value for cell in book["Records"][2]] == ["1984", 2021, "007", 12.5]
    assert [cell.data_type for cell in book["Appraisals"][2]] == ["s", "s", "s", "d", "s"]
    assert book["Appraisals"]["D2"].number_format == "yyyy-mm-dd"
    book.close()


def test_nothing_that_is_written_is_computed(tmp_path: Path) -> None:
    texts = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "#REF!", "{=1}"]
    rows = tuple(SourceRow(number, (Cell("Title", text),)) for number, text in enumerate(texts, 2))
    write_xlsx([Sheet("Records", ("Title", "Year"), rows)], tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    cells = [row[0] for row in book["Records"].iter_rows(min_row=2)]
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    # So they stay texts when somebody edits them.
    assert [cell.quotePrefix for cell in cells] == [True, True, True, True, False, False]
    book.close()


@pytest.mark.parametrize(
    "name", ["", "a/b:c*[d]?\\", "x" * 50, "'quoted'", "Poster", "history", "a\x01", "🙂" * 40]
)
def test_sheets_get_names_that_are_allowed(tmp_path: Path, name: str) -> None:
    page = Sheet(name, ("Title", "Year"), (SourceRow(2, (Cell("Title", "A"),)),))
    write_xlsx([page, page, page], tmp_path / "x.xlsx")
    names = [found.name for found in read_xlsx(tmp_path / "x.xlsx").sheets]
    assert len({known.lower() for known in names}) == 3
    assert all(0 < len(known.encode("utf-16-le")) // 2 <= 31 for known in names)
    openpyxl.load_workbook(tmp_path / "x.xlsx").close()


def test_no_sheets_are_an_empty_workbook(tmp_path: Path) -> None:
    write_xlsx([], tmp_path / "x.xlsx", "de")
    assert openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames == ["Einträge"]


def test_a_file_that_can_not_be_written_stays_what_it_was(tmp_path: Path) -> None:
    target = tmp_path / "there.xlsx"
    target.mkdir()
    with pytest.raises(OSError):
        write_xlsx([], target)
    with pytest.raises(OSError):
        write_template(target, "en", SCHEMES)
    assert [path.name for path in tmp_path.iterdir()] == ["there.xlsx"]


def test_every_record_field_has_a_place_in_the_template() -> None:
    assert set(RECORD_FIELDS) <= set(COLUMNS[SheetKind.RECORDS])
