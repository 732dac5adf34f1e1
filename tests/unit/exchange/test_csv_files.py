"""CSV files of any program are read, and ours come back whole."""

import codecs
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop_app.domain.exchange.headings import LANGUAGES, SheetKind, heading, sheet_name
from desktop_app.domain.exchange.rows import (
    Cell,
    MetadataFormat,
    Sheet,
    SourceRow,
    UnreadableMetadata,
)
from desktop_app.exchange.csv_files import (
    DELIMITERS,
    companions,
    read_csv,
    write_csv,
    write_csv_files,
)
from desktop_app.exchange.csv_rows import split_rows
from desktop_app.exchange.header_rows import LONGEST_CELL, MOST_ROWS

SPECTRUM = [
    "comma_in_quotes",
    "empty",
    "empty_crlf",
    "escaped_quotes",
    "json",
    "newlines",
    "newlines_crlf",
    "quotes_and_newlines",
    "simple",
    "simple_crlf",
    "utf8",
]


def read(path: Path, content: str | bytes) -> Sheet:
    file = path / "file.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_csv(file).sheets[0]


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in sheet.rows]


@pytest.mark.parametrize("name", SPECTRUM)
def test_files_of_csv_spectrum(corpus: Path, name: str) -> None:
    folder = corpus / "metadata" / "csv-spectrum"
    found = read_csv(folder / "csvs" / f"{name}.csv")
    expected = json.loads((folder / "json" / f"{name}.json").read_text("utf-8"))
    rows = [
        {cell.column: cell.text.replace("\r\n", "\n") for cell in row.cells}
        for row in found.sheets[0].rows
    ]
    # The lists know line ends of another system than some of the files.
    said = [
        {key: text.replace("\r\n", "\n") for key, text in row.items() if text} for row in expected
    ]
    assert (found.format, found.delimiter) == (MetadataFormat.CSV, ",")
    assert rows == said
    assert not [row.problem for row in found.sheets[0].rows if row.problem]


def test_every_csv_file_of_the_corpus(corpus: Path) -> None:
    files = sorted((corpus / "metadata").rglob("*.csv"))
    assert files
    for file in files:
        (sheet,) = read_csv(file).sheets
        assert sheet.columns
        assert sheet.rows


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize(
    "lines",
    [
        [["Title", "Year", "Tags"], ["A, B; C", "2021", "x|y"], ["D\nE", "2020", "p;q, r"]],
        [["a", "b"], ['He said "no, never; not\t1|2"', "1,5"], ["x", "2,5"]],
        [["Nr", "Berichtstitel"], ["1", ""], ["2", "B; C"]],
    ],
)
def test_delimiters_are_found(tmp_path: Path, delimiter: str, lines: list[list[str]]) -> None:
    def quoted(text: str) -> str:
        plain = not any(mark in text for mark in f'"\n{delimiter}')
        return text if plain else '"' + text.replace('"', '""') + '"'

    content = "\r\n".join(delimiter.join(map(quoted, line)) for line in lines)
    file = tmp_path / "file.csv"
    file.write_text(content, "utf-8", newline="")
    found = read_csv(file)
    assert found.delimiter == delimiter
    assert found.sheets[0].columns == tuple(lines[0])
    assert texts(found.sheets[0]) == [[text for text in line if text] for line in lines[1:]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_encodings_are_said(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "file.csv"
    file.write_text("Titel;Jahr\r\nPrävention in Köln;2021\r\n", encoding, newline="")
    found = read_csv(file)
    # Windows writes UTF-16 in little-endian order, as does Python here.
    assert codecs.lookup(encoding).name.startswith(codecs.lookup(found.encoding).name[:5])
    assert texts(found.sheets[0]) == [["Prävention in Köln", "2021"]]


def test_a_line_that_names_the_delimiter_is_followed(tmp_path: Path) -> None:
    sheet = read(tmp_path, "sep=;\r\na,b;c\r\n1,5;2\r\n")
    assert sheet.columns == ("a,b", "c")
    assert sheet.rows[0] == SourceRow(3, (Cell("a,b", "1,5"), Cell("c", "2")))


def test_titles_and_empty_lines_are_skipped_and_numbers_stay(tmp_path: Path) -> None:
    sheet = read(tmp_path, 'Our list\n\n;;\nTitle;Year\nA;2020\n;\n"B\nC";2021\n\nD;2022\n')
    assert sheet.columns == ("Title", "Year")
    # As a spreadsheet program numbers them: the row of two lines is one.
    assert [row.number for row in sheet.rows] == [5, 7, 9]


def test_rows_may_be_longer_or_shorter(tmp_path: Path) -> None:
    sheet = read(tmp_path, "Title,Year\nA\nB,2021,,more\n")
    assert sheet.columns == ("Title", "Year", "Column D")
    assert texts(sheet) == [["A"], ["B", "2021", "more"]]


def test_an_unclosed_quotation_mark_costs_one_row(tmp_path: Path) -> None:
    sheet = read(tmp_path, 'Title,Year\nA,2020\n"B,2021\nC,2022\n"D, d","2\n3"\n')
    assert texts(sheet) == [["A", "2020"], ['"B', "2021"], ["C", "2022"], ["D, d", "2\n3"]]
    assert [bool(row.problem) for row in sheet.rows] == [False, True, False, False]
    assert "quotation mark" in sheet.rows[1].problem


def test_single_quotation_marks_within_a_cell_are_text(tmp_path: Path) -> None:
    sheet = read(tmp_path, 'Title,Year\n"The "best" one",2020\n5" pipe,2021\n"so "called"", 2022\n')
    assert texts(sheet) == [
        ['The "best" one', "2020"],
        ['5" pipe', "2021"],
        ['so "called"', " 2022"],
    ]
    assert not any(row.problem for row in sheet.rows)


def test_spaces_before_a_quotation_mark_are_none_of_the_cell(tmp_path: Path) -> None:
    assert texts(read(tmp_path, 'a, b\n1, "x, y"\n')) == [["1", "x, y"]]


def test_nul_characters_are_left_out(tmp_path: Path) -> None:
    sheet = read(tmp_path, b"Title,Year\n" + b"A report on something,2\x00020\n" * 9)
    assert texts(sheet)[0] == ["A report on something", "2020"]


def test_too_long_cells_are_a_problem_of_their_row(tmp_path: Path) -> None:
    sheet = read(tmp_path, f'a,b\n1,"{"x" * (LONGEST_CELL + 1)}"\n2,y\n')
    assert "1,000,000 characters" in sheet.rows[0].problem
    assert sheet.rows[1] == SourceRow(3, (Cell("a", "2"), Cell("b", "y")))


def test_too_wide_rows_are_a_problem_of_their_row(tmp_path: Path) -> None:
    sheet = read(tmp_path, "a,b\n1,2\n" + "x," * 30_000 + "\n3,4\n" + "," * 30_000 + "\n")
    assert [bool(row.problem) for row in sheet.rows] == [False, True, False, True]


def test_too_many_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMetadata, match="200,000 rows"):
        read(tmp_path, "a,b\n" + "1,2\n" * (MOST_ROWS + 1))


@pytest.mark.parametrize("content", ["", "\n\n", ",,\n,\n", " ", b"\xef\xbb\xbf"])
def test_nothing_is_said(tmp_path: Path, content: str | bytes) -> None:
    with pytest.raises(UnreadableMetadata, match="empty"):
        read(tmp_path, content)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMetadata, match="can't be opened"):
        read_csv(tmp_path / "none.csv")


@pytest.mark.parametrize(
    "text",
    [
        '"a\n' * 20_000,
        '"a\n""b\n' * 20_000,
        '"""" b\n' * 20_000,
        '"a,' * 50_000,
        '"a" b,' * 50_000,
        '"' * 200_001,
        '""' * 100_000 + "x",
        '"' + '""\n' * 50_000,
    ],
    ids=["open", "pairs", "fours", "line", "improper", "marks", "doubled", "tall"],
)
def test_quotation_marks_are_not_searched_again_and_again(text: str) -> None:
    # A quadratic search would outlast the limit of this test by far.
    assert sum(len(row.cells) for row in split_rows(text, ",")) >= 0


@given(st.text(st.sampled_from("ab,;\t|\"\r\n '=\0é"), max_size=80), st.sampled_from(DELIMITERS))
@example('"', ",")
@example('","\n"', ",")
def test_any_text_is_split_without_loss_of_letters(text: str, delimiter: str) -> None:
    rows = list(split_rows(text, delimiter))
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    letters = [character for row in rows for cell in row.cells.values() for character in cell]
    assert [mark for mark in letters if mark in "abé"] == [mark for mark in text if mark in "abé"]


@given(data=st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes(data)
    try:
        found = read_csv(file)
    except UnreadableMetadata as refusal:
        assert refusal.reason
    else:
        assert found.sheets


FILLED = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r\u200f🙂ع"), min_size=1
).filter(lambda text: not text.isspace())
NASTY = st.sampled_from(
    [
        "=1+1",
        "'=1+1",
        "''-x",
        "-0.25",
        "+49 30 123",
        "@me",
        "\t=x",
        "\r\nx",
        " =1",
        "007",
        "2024-03-01",
        "1,5",
        "x" * 50_000,
        "\u200fعنوان\u200f",
        '"',
        "a\r\nb",
        "'",
        "-",
    ]
)


@given(
    st.sampled_from(LANGUAGES),
    st.lists(st.lists(st.none() | FILLED | NASTY, min_size=4, max_size=4), max_size=4),
    st.sampled_from(DELIMITERS),
)
def test_sheets_come_back(
    tmp_path_factory: pytest.TempPathFactory,
    language: str,
    table: list[list[str | None]],
    delimiter: str,
) -> None:
    columns = tuple(heading(name, language) for name in ("id", "title", "overview", "author"))
    rows = [
        SourceRow(number, cells)
        for number, line in enumerate(table, start=2)
        if (cells := tuple(Cell(*c) for c in zip(columns, line, strict=True) if c[1]))  # type: ignore[arg-type]
    ]
    sheet = Sheet("", columns, tuple(rows))
    file = tmp_path_factory.getbasetemp() / "sheet.csv"
    write_csv(sheet, file, delimiter)
    found = read_csv(file)
    assert (found.encoding, found.delimiter) == ("utf-8", delimiter)
    assert found.sheets[0].columns == columns
    assert [row.cells for row in found.sheets[0].rows] == [row.cells for row in rows]


def test_cells_of_one_column_stand_side_by_side(tmp_path: Path) -> None:
    rows = (SourceRow(2, (Cell("AU", "A"), Cell("AU", "B"), Cell("TI", "C"))),)
    write_csv(Sheet("", ("AU", "TI"), rows), tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text("utf-8-sig") == "AU,AU,TI\nA,B,C\n"
    assert read_csv(tmp_path / "x.csv").sheets[0].rows == rows


def test_nothing_that_is_written_is_computed(tmp_path: Path) -> None:
    dangerous = ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1"]
    rows = tuple(
        SourceRow(number, (Cell("Title", text),)) for number, text in enumerate(dangerous, start=2)
    )
    write_csv(Sheet("", ("Title", "Year"), rows), tmp_path / "x.csv")
    lines = (tmp_path / "x.csv").read_bytes().removeprefix(codecs.BOM_UTF8).decode()
    for text in dangerous:
        assert f"'{text}" in lines


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    row = SourceRow(2, (Cell("Title", "-0.25"), Cell("Year", "+3"), Cell("Author", "-12,5%")))
    write_csv(Sheet("", ("Title", "Year", "Author"), (row,)), tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text("utf-8-sig").endswith('-0.25,+3,"-12,5%"\n')


@pytest.mark.parametrize("language", LANGUAGES)
def test_entities_stand_in_files_beside_each_other(tmp_path: Path, language: str) -> None:
    sheets = [
        Sheet(sheet_name(kind, language), ("Id", "Title"), (SourceRow(2, (Cell("Id", kind),)),))
        for kind in (SheetKind.FINDINGS, SheetKind.RECORDS, SheetKind.EVIDENCE)
    ]
    main = tmp_path / "export.csv"
    written = write_csv_files([*sheets, Sheet("My own", ("a",), ())], main)
    names = ["export-findings.csv", "export.csv", "export-evidence.csv", "export-My-own.csv"]
    assert [path.name for path in written] == names
    assert companions(main) == {
        SheetKind.FINDINGS: tmp_path / "export-findings.csv",
        SheetKind.EVIDENCE: tmp_path / "export-evidence.csv",
    }
    for kind, path in {SheetKind.RECORDS: main, **companions(main)}.items():
        assert read_csv(path).sheets[0].rows[0].first("Id") == kind
    assert companions(written[0]) == {}


def test_a_file_that_can_not_be_written_stays_what_it_was(tmp_path: Path) -> None:
    target = tmp_path / "there.csv"
    target.mkdir()
    with pytest.raises(OSError):
        write_csv(Sheet("", ("a",), ()), target)
    assert target.is_dir()
    assert [path.name for path in tmp_path.iterdir()] == ["there.csv"]
