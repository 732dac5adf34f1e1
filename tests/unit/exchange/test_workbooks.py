"""Workbooks of any program are read as people see them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.exchange.rows import MetadataFormat, Sheet, UnreadableMetadata
from desktop_app.exchange.header_rows import LONGEST_CELL, MOST_ROWS
from desktop_app.exchange.number_formats import Meaning, NumberFormat, parse_format, shown
from desktop_app.exchange.workbooks import read_xlsx
from desktop_app.exchange.xml_text import escape, unescape
from tests.unit.exchange import workbook_samples as samples
from tests.unit.exchange.workbook_samples import sheet, styles, text_row, write

HEAD = text_row(1, "Title", "Year", "Overview")


def only(path: Path) -> Sheet:
    (found,) = read_xlsx(path).sheets
    return found


def cells(path: Path) -> list[str]:
    """Return the texts of the first row below the headings."""
    return [cell.text for cell in only(path).rows[0].cells]


def below_head(tmp_path: Path, row: str, **settings: str) -> list[str]:
    more = {"xl/styles.xml": settings["styles"]} if "styles" in settings else {}
    properties = settings.get("properties", "")
    xml = sheet(HEAD + f'<row r="2">{row}</row>')
    return cells(write(tmp_path / "x.xlsx", xml, more=more, properties=properties))


def test_every_workbook_of_the_corpus(corpus: Path) -> None:
    files = sorted((corpus / "metadata" / "sheetjs").rglob("*.xlsx"))
    assert len(files) >= 16
    for file in files:
        found = read_xlsx(file)
        assert found.format is MetadataFormat.XLSX
        assert found.sheets
        for page in found.sheets:
            assert page.columns
            numbers = [row.number for row in page.rows]
            assert numbers == sorted(set(numbers))
            assert all(row.cells or row.problem for row in page.rows)


def test_a_list_with_days_and_truths(corpus: Path) -> None:
    found = only(corpus / "metadata" / "sheetjs" / "Attendance.xlsx")
    assert found.columns[:2] == ("Date", "Ben Ashley")
    assert len(found.rows) == 24
    assert [cell.text for cell in found.rows[0].cells[:3]] == ["2020-10-01", "FALSE", "TRUE"]
    assert found.rows[0].number == 3


def test_errors_of_formulas_are_a_problem_of_their_row(corpus: Path) -> None:
    found = read_xlsx(corpus / "metadata" / "sheetjs" / "named_ranges_2011.xlsx").sheets[0]
    (row,) = [row for row in found.rows if row.number == 3]
    assert row.problem == 'Cell E3 holds the error "#NAME?"; correct or empty it.'
    assert [cell.text for cell in row.cells] == ["2", "4", "8"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<c><v>2021</v></c>", "2021"),
        ("<c><v>2021.0</v></c>", "2021"),
        ("<c><v>2.021E3</v></c>", "2021"),
        ("<c><v>0.30000000000000004</v></c>", "0.3"),
        ("<c><v>-12.340000000000001</v></c>", "-12.34"),
        ("<c><v>9781234567897</v></c>", "9781234567897"),
        ("<c><v>12345678901234567890</v></c>", "12345678901234567890"),
        ("<c><v>1E-5</v></c>", "0.00001"),
        ("<c><v>1.5e+300</v></c>", "1.5e+300"),
        ("<c><v>-0</v></c>", "0"),
        ("<c><v>nan</v></c>", "nan"),
        ("<c><v>abc</v></c>", "abc"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="b"><v>0</v></c>', "FALSE"),
        ('<c t="d"><v>2024-03-01T00:00:00</v></c>', "2024-03-01"),
        ('<c t="d"><v>2024-03-01T14:30:00</v></c>', "2024-03-01T14:30:00"),
        ('<c t="str"><f>A1</f><v>007</v></c>', "007"),
        ("<c><f>1+1</f><v>2</v></c>", "2"),
        ('<c t="inlineStr"><is><t>=1+1</t></is></c>', "=1+1"),
        ('<c t="inlineStr"><is><t>a_x000D_b_x005F_x0041_</t></is></c>', "a\rb_x0041_"),
        ('<c t="inlineStr"><is><r><t>Pre</t></r><r><t>vention</t></r></is></c>', "Prevention"),
        (
            '<c t="inlineStr"><is><t>base</t><rPh sb="0" eb="1"><t>above</t></rPh></is></c>',
            "base",
        ),
        ("<c><v> 12 </v></c>", "12"),
    ],
)
def test_cells_as_people_see_them(tmp_path: Path, cell: str, text: str) -> None:
    assert below_head(tmp_path, cell) == [text]


@pytest.mark.parametrize(
    ("code", "stored", "text"),
    [
        ("yyyy-mm-dd", "45352", "2024-03-01"),
        ("d/m/yyyy", "45352.75", "2024-03-01"),
        ("dd/mm/yyyy hh:mm", "45352.75", "2024-03-01T18:00:00"),
        ("dd/mm/yyyy hh:mm", "45352", "2024-03-01"),
        ("yyyy-mm-dd hh:mm", "45351.9999999", "2024-03-01"),
        ("[$-41D]d mmmm yyyy;@", "45352", "2024-03-01"),
        ("mmm-yy", "45352", "2024-03"),
        ("yyyy", "45352", "2024"),
        ("h:mm", "0.5", "12:00:00"),
        ("h:mm AM/PM", "0.75", "18:00:00"),
        ("[h]:mm", "1.5", "36:00:00"),
        ("mm:ss.0", "0.5", "12:00:00"),
        ("yyyy-mm-dd", "1", "1900-01-01"),
        ("yyyy-mm-dd", "59", "1900-02-28"),
        ("yyyy-mm-dd", "61", "1900-03-01"),
        ("yyyy-mm-dd", "0", "0"),
        ("yyyy-mm-dd", "-5", "-5"),
        ("yyyy-mm-dd", "99999999", "99999999"),
        ("0%", "0.12", "12%"),
        ("0.0%", "0.07", "7%"),
        ("0.0%;[Red]-0.0%", "-0.125", "-12.5%"),
        ("00000", "123", "00123"),
        ("0000", "-5", "-5"),
        ('0" days"', "3", "3"),
        ("#,##0.00 [$kr-41D]", "1234.5", "1234.5"),
        ("# ?/?", "0.5", "0.5"),
        ("General", "45352", "45352"),
        ("@", "45352", "45352"),
        ('"yes";"no"', "1", "1"),
        ("0.00E+00", "1200", "1200"),
    ],
)
def test_numbers_mean_what_their_format_says(code: str, stored: str, text: str) -> None:
    assert shown(stored, parse_format(code)) == text


def test_formats_reach_their_cells(tmp_path: Path) -> None:
    row = '<c s="1"><v>45352</v></c><c s="2"><v>0.5</v></c><c s="0"><v>3</v></c>'
    found = below_head(tmp_path, row, styles=styles("yyyy-mm-dd", "0%"))
    assert found == ["2024-03-01", "50%", "3"]
    built_in = '<styleSheet><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>'
    assert below_head(tmp_path, row, styles=built_in) == ["2024-03-01", "0.5", "3"]


def test_days_of_1904(tmp_path: Path) -> None:
    found = below_head(
        tmp_path,
        '<c s="1"><v>43890</v></c><c s="1"><v>0</v></c>',
        styles=styles("yyyy-mm-dd"),
        properties='<workbookPr date1904="1"/>',
    )
    assert found == ["2024-03-01", "1904-01-01"]


@given(st.floats(), st.sampled_from([*Meaning]))
def test_any_number_is_shown(number: float, meaning: Meaning) -> None:
    assert shown(repr(number), NumberFormat(meaning))
    assert shown(repr(number), NumberFormat(meaning), from_1904=True)


@given(st.text())
def test_any_format_is_parsed(code: str) -> None:
    assert parse_format(code).meaning in Meaning


@given(st.text())
def test_escaped_texts_come_back(text: str) -> None:
    assert unescape(escape(text)) == text


def test_shared_texts_are_found(tmp_path: Path) -> None:
    shared = "<sst><si><t>Title</t></si><si><r><t>A </t></r><r><t>report</t></r></si></sst>"
    row = '<row r="1"><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>'
    row += '<row r="2"><c t="s"><v>1</v></c><c t="s"><v>7</v></c></row>'
    found = only(write(tmp_path / "x.xlsx", sheet(row), more={"xl/sharedStrings.xml": shared}))
    assert found.rows[0].first("Title") == "A report"
    assert "Cell B2 refers to a text that the workbook does not hold" in found.rows[0].problem


def test_what_can_not_be_had_of_a_cell_is_said(tmp_path: Path) -> None:
    row = '<row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2"><f>1+1</f></c>'
    row += '<c r="C2"><f>1</f><v></v></c><c r="D2" t="str"><f>A1</f><v></v></c></row>'
    found = only(write(tmp_path / "x.xlsx", sheet(HEAD + row)))
    (bad,) = found.rows
    assert bad.cells == ()
    assert 'Cell A2 holds the error "#N/A"' in bad.problem
    assert "Cell B2 holds a formula without its result" in bad.problem
    assert "Cell C2" in bad.problem
    assert "D2" not in bad.problem


def test_merged_cells_belong_to_all_their_rows(tmp_path: Path) -> None:
    rows = text_row(1, "Our reports") + text_row(3, "Title", "Year", "", "Topic")
    rows += text_row(4, "A", "2020", "", "x") + text_row(5, "", "2021") + text_row(6, "", "", "z")
    rows += text_row(8, "B", "2022")
    merges = "<mergeCells>" + "".join(
        f'<mergeCell ref="{area}"/>' for area in ("A1:D1", "B3:C3", "A4:A7", "C8:D9", "x", "D4:D5")
    )
    found = only(write(tmp_path / "x.xlsx", sheet(rows, f"{merges}</mergeCells>")))
    assert found.columns == ("Title", "Year", "Topic")
    said = [
        (row.number, row.first("Title"), row.all("Year"), row.first("Topic")) for row in found.rows
    ]
    assert said == [
        (4, "A", ("2020",), "x"),
        (5, "A", ("2021",), "x"),
        (6, "A", ("z",), ""),
        (8, "B", ("2022",), ""),
    ]


def test_sheets_that_are_hidden_or_empty_are_left_out(tmp_path: Path) -> None:
    pages = [sheet(HEAD + text_row(2, name)) for name in "AB"]
    names = ("Shown", "Lists|hidden", "Empty")
    path = write(tmp_path / "x.xlsx", *pages, sheet("<row/>"), names=names)
    assert [found.name for found in read_xlsx(path).sheets] == ["Shown"]
    names = ("Empty", "Old|hidden", "Older|veryHidden")
    path = write(tmp_path / "x.xlsx", sheet(""), *pages, names=names)
    assert [found.name for found in read_xlsx(path).sheets] == ["Old", "Older"]


@pytest.mark.parametrize("namespace", [samples.MAIN, samples.STRICT, ""])
def test_workbooks_of_other_dialects(tmp_path: Path, namespace: str) -> None:
    xml = sheet(HEAD + text_row(2, "A"), namespace=namespace)
    assert cells(write(tmp_path / "x.xlsx", xml, slash="\\")) == ["A"]
    prefixed = xml.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    assert cells(write(tmp_path / "x.xlsx", prefixed)) == ["A"]


def test_workbooks_without_addresses_and_relations(tmp_path: Path) -> None:
    xml = sheet(
        "<row><c t='str'><v>Title</v></c><c t='str'><v>Year</v></c></row>"
        "<row><c/><c><v>7</v></c></row>"
    )
    path = write(tmp_path / "x.xlsx", xml, more={"_rels/.rels": "<Relationships/>"})
    assert cells(path) == ["7"]
    wrong = xml.replace("<row>", '<row r="x">').replace("<c>", '<c r="ZZZZZ99999999999">')
    assert cells(write(tmp_path / "x.xlsx", wrong)) == ["7"]


def test_a_damaged_sheet_gives_what_is_before_the_damage(tmp_path: Path) -> None:
    xml = sheet(HEAD + text_row(2, "A") + text_row(3, "B"))
    found = only(write(tmp_path / "x.xlsx", xml[: xml.index("B</t>")]))
    assert [row.first("Title") for row in found.rows] == ["A", ""]
    assert "damaged from here on" in found.rows[1].problem
    assert only(write(tmp_path / "y.xlsx", "not XML")).rows[0].problem


def test_damaged_formats_are_not_guessed(tmp_path: Path) -> None:
    path = write(tmp_path / "x.xlsx", sheet(HEAD + text_row(2, "A")), more={"xl/styles.xml": "<a>"})
    with pytest.raises(UnreadableMetadata, match="damaged"):
        read_xlsx(path)


def test_too_long_cells_are_a_problem_of_their_row(tmp_path: Path) -> None:
    long = "x" * (LONGEST_CELL + 5)
    found = only(write(tmp_path / "x.xlsx", sheet(HEAD + text_row(2, long) + text_row(3, "A"))))
    assert "Cell A2 has more than 1,000,000 characters" in found.rows[0].problem
    assert found.rows[1].first("Title") == "A"


def test_limits_are_said(tmp_path: Path) -> None:
    rows = "".join(f"<row><c><v>{number}</v></c></row>" for number in range(MOST_ROWS + 2))
    with pytest.raises(UnreadableMetadata, match="200,000 rows"):
        read_xlsx(write(tmp_path / "x.xlsx", sheet(rows)))
    wide = "<row>" + "<c><v>1</v></c>" * 1_001 + "</row>"
    with pytest.raises(UnreadableMetadata, match="1,000 columns"):
        read_xlsx(write(tmp_path / "x.xlsx", sheet(wide)))


def test_two_cells_far_apart_cost_nothing(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    rows += '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    found = only(write(tmp_path / "x.xlsx", sheet(rows)))
    assert found.columns == ("1", "Column XFD")
    assert [row.number for row in found.rows] == [1048576]
