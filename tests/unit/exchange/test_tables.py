"""What cells say: several values, labels, evidence, long texts, and where the headings are."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.changes.change import Value
from desktop_app.domain.changes.coded import Coded, Evidence, State
from desktop_app.domain.exchange.headings import DEFINITIONS, SheetKind, heading
from desktop_app.domain.exchange.rows import Cell, Sheet, SourceRow, UnreadableMetadata
from desktop_app.domain.fields import RECORD_FIELDS, check_value
from desktop_app.exchange.evidence_tables import evidence_of, evidence_sheet
from desktop_app.exchange.header_rows import MOST_COLUMNS, MOST_ROWS, TableRow, letters, make_sheet
from desktop_app.exchange.labels import NO_LABELS, Labels
from desktop_app.exchange.list_cells import join, split
from desktop_app.exchange.tables import (
    LONGEST_PIECE,
    Entry,
    columns_of,
    entries_sheet,
    fitted,
    text_of,
    value_of,
    values_of,
)
from desktop_app.exchange.template_examples import MARKS, example

LABELS = Labels(
    {
        "kind": [("evaluation", "Utvärdering"), ("guide", "Vägledning")],
        "access": [("public", "öppen"), ("embargoed", "spärrad till en dag")],
        "answer": [("yes", "ja"), ("no", "nej")],
        "phenomenon": [("right_wing", "högerextremism"), ("hate", "hat"), ("speech", "Hat")],
        "topic": [("general", "allmänt"), ("grassroots", "gräsrötter, föreningar")],
        "country": [("SE", "Sverige"), ("DE", "Tyskland")],
        "state": [("reported", "anges"), ("not_reported", "anges inte")],
    },
    {"kind": [("evaluation", "Evaluation"), ("guide", "Leitfaden"), ("training", "Utvärdering")]},
)
PIECES = st.text(st.sampled_from('ab ;؛"\n\r,é\u200f🙂\t|'), max_size=12)


@given(st.lists(PIECES | st.text(max_size=20), max_size=6))
def test_several_values_of_a_cell_come_back(values: list[str]) -> None:
    assert split(join(values)) == tuple(values)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a; b;c", ("a", "b", "c")),
        ("a;;b;", ("a", "b")),
        ("آنا؛ يوسف", ("آنا", "يوسف")),
        ("one\r\ntwo\nthree", ("one", "two", "three")),
        ('"a; b"; c', ("a; b", "c")),
        ('"A" team; b', ('"A" team', "b")),
        ('"open; b', ('"open', "b")),
        ('Say "a"; b', ('Say "a"', "b")),
        ("Berg, Anna; Haddad, Yusuf", ("Berg, Anna", "Haddad, Yusuf")),
        ("", ()),
        (" ; ", ()),
    ],
)
def test_values_as_people_list_them(text: str, values: tuple[str, ...]) -> None:
    assert split(text) == values


def test_values_are_joined_plainly_where_they_are_plain() -> None:
    assert join(["Anna Berg", "Berg; Partners"]) == 'Anna Berg; "Berg; Partners"'


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("title", "=1+1", "=1+1"),
        ("year", 2021, "2021"),
        ("sample_size", 12.5, "12.5"),
        ("follow_up_months", 0.000001, "0.000001"),
        ("kind", "evaluation", "Utvärdering"),
        ("redistribution_ok", "yes", "ja"),
        ("phenomenon", ["right_wing", "hate"], "högerextremism; hate"),
        ("country", ["SE", "XX"], "Sverige; XX"),
        ("access", "public", "öppen"),
        (
            "access",
            {"level": "embargoed", "until": "2027-01-01"},
            "spärrad till en dag: 2027-01-01",
        ),
        ("emmie_cost", {"amount": 12000, "currency": "EUR", "year": 2024}, "12000 EUR 2024"),
        ("emmie_cost", {"amount": 99.5, "currency": "SEK"}, "99.5 SEK"),
        ("author", ["Berg, Anna", "A; B"], 'Berg, Anna; "A; B"'),
        ("aims", "one\ntwo", "one\ntwo"),
    ],
)
def test_values_come_back_from_their_texts(field: str, value: Value, text: str) -> None:
    definition = RECORD_FIELDS[field]
    assert text_of(definition, value, LABELS) == text
    assert check_value(field, value_of(definition, text, LABELS)) == value


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("kind", "leitfaden", "guide"),
        ("kind", "Evaluation", "evaluation"),
        # Shown for one code, that the other is called the same elsewhere does not matter.
        ("kind", "utvardering", "evaluation"),
        ("kind", "no such kind", "no such kind"),
        ("phenomenon", "Högerextremism, hate", ["right_wing", "hate"]),
        ("phenomenon", "hat", ["hat"]),
        ("topic", "gräsrötter, föreningar", ["grassroots"]),
        ("topic", "allmänt, okänt", ["allmänt, okänt"]),
        ("machine_translated", "FALSE", "no"),
        ("redistribution_ok", "TRUE", "yes"),
        ("year", "2021-03-01", "2021"),
        ("year", "2021-03", "2021"),
        ("year", "c. 2021", "c. 2021"),
        ("tag", "a, b", ["a, b"]),
        ("access", "spärrad till en dag 2027-01-01", "embargoed: 2027-01-01"),
        ("access", "embargoed until 2027-01-01", "embargoed: 2027-01-01"),
    ],
)
def test_texts_as_people_write_them(field: str, text: str, value: Value) -> None:
    assert value_of(RECORD_FIELDS[field], text, LABELS) == value


def test_a_label_of_two_codes_is_not_written() -> None:
    assert LABELS.label("phenomenon", "hate") == "hate"
    assert LABELS.label("phenomenon", "speech") == "speech"
    assert LABELS.code("phenomenon", "Hat") is None
    assert NO_LABELS.label("kind", "guide") == "guide"
    assert NO_LABELS.code("kind", "guide") is None


PAIRS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["a", "B", "x", "X", "é", "🙂", "c d"])),
    unique_by=lambda pair: pair[0],
)


@given(PAIRS, PAIRS)
def test_what_labels_write_they_read(
    shown: list[tuple[str, str]], understood: list[tuple[str, str]]
) -> None:
    labels = Labels({"s": shown}, {"s": understood})
    for code, _ in shown:
        assert labels.code("s", labels.label("s", code)) == code


def row(*texts: str, number: int = 1, problem: str = "") -> TableRow:
    return TableRow(number, dict(enumerate(texts)), problem)


def made(*rows: TableRow) -> Sheet:
    sheet = make_sheet("", rows)
    assert sheet
    return sheet


def test_headings_are_found_below_titles_and_empty_rows() -> None:
    sheet = made(
        row("Evaluations of the county", number=1),
        row("", " ", number=2),
        row("as of May", "internal", number=3),
        row("No", "Titel", "Jahr", number=5),
        row("1", "A", "2020", number=6),
        row("", "\u00a0", "", number=7),
        row("", "B", "", "extra", number=9),
    )
    assert sheet.columns == ("No", "Titel", "Jahr", "Column D")
    assert [entry.number for entry in sheet.rows] == [6, 9]
    assert sheet.rows[1].cells == (Cell("Titel", "B"), Cell("Column D", "extra"))


def test_unknown_headings_are_the_first_row_that_is_not_nearly_empty() -> None:
    sheet = made(row("title of it"), row("a", "b", "c"), row("1", "2", "3"), row("4", "5", "6"))
    assert sheet.columns == ("a", "b", "c")


def test_headings_that_stand_twice_are_one_column() -> None:
    sheet = made(row("Author", "Title", " Author "), row("Berg", "A", "Haddad"))
    assert sheet.columns == ("Author", "Title")
    assert sheet.rows[0].all("Author") == ("Berg", "Haddad")
    fields = columns_of(sheet, SheetKind.RECORDS)
    assert values_of(SheetKind.RECORDS, sheet.rows[0], fields)["author"] == ["Berg", "Haddad"]


def test_a_problem_in_the_headings_is_not_lost() -> None:
    sheet = made(row("a", "b", number=1, problem="broken"), row("1", "2", number=2))
    assert sheet.rows[0] == SourceRow(1, (), "broken")


def test_a_table_of_problems_alone_says_them() -> None:
    assert made(TableRow(3, {}, "broken")).rows == (SourceRow(3, (), "broken"),)


def test_nothing_is_no_sheet() -> None:
    assert make_sheet("", []) is None
    assert make_sheet("", [row(" ", "\t")]) is None


def test_limits_are_said() -> None:
    with pytest.raises(UnreadableMetadata, match="200,000 rows"):
        make_sheet("", (row("a") for _ in range(MOST_ROWS + 2)))
    with pytest.raises(UnreadableMetadata, match="1,000 columns"):
        make_sheet("", [row(*"a" * (MOST_COLUMNS + 1))])


@pytest.mark.parametrize(
    ("column", "called"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_have_the_letters_of_spreadsheets(column: int, called: str) -> None:
    assert letters(column) == called


@pytest.mark.parametrize("language", sorted(MARKS))
def test_examples_are_left_out_only_while_they_are_examples(language: str) -> None:
    said = example(SheetKind.RECORDS, language)
    heads = [heading(field, language) for field in said]
    changed = [*said.values()]
    changed[1] = "A title of mine"
    chosen = [text if field != "kind" else "guide" for field, text in said.items()]
    sheet = made(row(*heads), row(*said.values()), row(*chosen), row(*changed, number=4))
    (left,) = sheet.rows
    assert left.number == 4
    assert "example" in left.problem


def long_text(length: int) -> str:
    return "".join(chr(97 + place % 26) for place in range(length))


@pytest.mark.parametrize(
    "text",
    [
        long_text(LONGEST_PIECE),
        long_text(LONGEST_PIECE + 1),
        long_text(100_000),
        "🙂" * 40_000,
        "a_x0041_\x0b" * 4_000,
    ],
)
def test_long_texts_go_on_in_further_columns(text: str) -> None:
    entry = Entry({"id": "1", "title": "A", "overview": text, "aims": "B"})
    sheet = entries_sheet(SheetKind.RECORDS, [entry], "sv")
    for cell in sheet.rows[0].cells:
        assert len(cell.text.encode("utf-16-le")) // 2 <= LONGEST_PIECE
    fields = columns_of(sheet, SheetKind.RECORDS)
    assert values_of(SheetKind.RECORDS, sheet.rows[0], fields) == entry.fields
    assert fitted(sheet, "en") is sheet


def test_fields_that_are_not_ours_are_kept() -> None:
    entry = Entry({"id": "1", "title": "A", "M1": "12", "notes of mine": ["x", "y; z"]})
    sheet = entries_sheet(SheetKind.RECORDS, [entry], "en")
    assert sheet.columns == ("Id", "Title", "M1", "notes of mine")
    assert sheet.rows[0].first("notes of mine") == 'x; "y; z"'


HIDDEN = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
LINE = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn"], exclude_characters=HIDDEN),
    min_size=1,
    max_size=20,
).filter(lambda text: text == " ".join(text.split()))
FIELDS: dict[str, st.SearchStrategy[Value]] = {
    "year": st.integers(1800, 2200),
    "author": st.lists(LINE, min_size=1, max_size=3, unique=True),
    "topic": st.lists(st.sampled_from(["general", "grassroots"]), min_size=1, unique=True),
    "phenomenon": st.lists(st.sampled_from(["right_wing", "hate"]), min_size=1, unique=True),
    "kind": st.sampled_from(["evaluation", "guide"]),
    "sample_size": st.integers(0, 10**9),
    "overview": LINE,
    "access": st.sampled_from(["public", "embargoed"]),
}
EVIDENCE = st.builds(
    Evidence,
    page=st.none() | st.integers(1, 9999),
    quote=st.just("") | LINE,
    document=st.none() | LINE,
    coder=st.just("") | LINE,
    date=st.sampled_from(["", "2026-03-01"]),
)


@st.composite
def coded_entry(draw: st.DrawFn) -> Entry:
    fields = draw(st.fixed_dictionaries({"title": LINE}, optional=FIELDS))
    coded: dict[str, tuple[Coded, ...]] = {}
    for name in draw(st.lists(st.sampled_from(sorted(FIELDS)), unique=True, max_size=4)):
        value = fields.get(name)
        values = value if isinstance(value, list) else [value]
        if value is None:
            values, state = [None], State.NOT_REPORTED
        else:
            state = State.REPORTED
        evidences = [draw(EVIDENCE.filter(lambda found: found != Evidence())) for _ in values]
        coded[name] = tuple(
            Coded(element, state, evidence)
            for element, evidence in zip(values, evidences, strict=True)
        )
    return Entry({**fields, "id": draw(st.uuids()).hex}, coded)


@given(
    st.lists(coded_entry(), max_size=3, unique_by=lambda entry: entry.fields["id"]),
    st.sampled_from(["ar", "en", "fr", "de", "sv"]),
    st.sampled_from([NO_LABELS, LABELS]),
)
def test_entries_and_their_evidence_come_back(
    entries: list[Entry], language: str, labels: Labels
) -> None:
    sheet = entries_sheet(SheetKind.RECORDS, entries, language, labels)
    fields = columns_of(sheet, SheetKind.RECORDS)
    assert set(fields) == set(sheet.columns)
    read = [values_of(SheetKind.RECORDS, found, fields, labels) for found in sheet.rows]
    assert [checked(said) for said in read] == [dict(entry.fields) for entry in entries]

    told = evidence_sheet({SheetKind.RECORDS: entries}, language, labels)
    kinds = {str(entry.fields["id"]): SheetKind.RECORDS for entry in entries}
    rows = evidence_of(told, kinds, labels) if told else ()
    assert not [found.problem for found in rows if found.problem]
    back: dict[str, dict[str, tuple[Coded, ...]]] = {}
    for found in rows:
        of_entry = back.setdefault(found.entry, {})
        of_entry[found.field] = (*of_entry.get(found.field, ()), found.coded)
    assert back == {entry.fields["id"]: dict(entry.coded) for entry in entries if entry.coded}


def checked(said: Mapping[str, Value]) -> dict[str, Value]:
    definitions = DEFINITIONS[SheetKind.RECORDS]
    return {
        name: check_value(name, value) if name in definitions else value
        for name, value in said.items()
    }


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"Entry": "zz", "Field": "Design"}, "No row"),
        ({"Entry": "1", "Field": "Colour"}, 'no field "Colour"'),
        ({"Entry": "1", "Field": "Design", "Page": "iv"}, "not the number of a page"),
        ({"Entry": "1", "Field": "Design", "State": "maybe"}, "not a state"),
    ],
)
def test_evidence_that_means_nothing_is_said(cells: dict[str, str], problem: str) -> None:
    row = SourceRow(2, tuple(Cell(column, text) for column, text in cells.items()))
    sheet = Sheet("Evidence", ("Entry", "Field", "Page", "State"), (row,))
    (found,) = evidence_of(sheet, {"1": SheetKind.RECORDS})
    assert found.number == 2
    assert problem in found.problem
