"""What a hostile trial of importing found: each of these failed once."""

import unicodedata
from contextlib import closing
from pathlib import Path
from typing import Literal

import pytest

from desktop_app.domain.exchange.rows import Cell, Sheet, SourceRow
from desktop_app.domain.import_errors import TargetIsSource
from desktop_app.domain.imports import MatchedBy, Outcome, RowCode
from desktop_app.exchange.workbook_template import write_xlsx
from desktop_app.services.archive import Archive
from tests.samples import write_pdf
from tests.services.lists import by_title, counts, is_sound, only, table, take


def test_refused_rows_never_overwrite_their_source(empty: Archive, office: Path) -> None:
    path = table(office / "own.csv", (("Good", "2019"), ("Bad", "20x")), ("title", "year"))
    before = path.read_bytes()
    (office / "link.csv").symlink_to(path)
    report = take(empty, path)
    for target in (path, office / "link.csv"):
        with pytest.raises(TargetIsSource):
            empty.cataloguing.save_refused(report, path, target)
    assert path.read_bytes() == before


def test_an_old_export_does_not_take_back_newer_edits(empty: Archive, office: Path) -> None:
    take(
        empty,
        table(office / "a.csv", (("Alpha", "Berg, Anna", "SE"),), ("Title", "Author", "Land")),
    )
    record = by_title(empty)["Alpha"]
    target = office / "export.csv"
    empty.exporting.export(target)
    empty.editing.edit(record.id, {"title": "Newer", "country": ["SE", "DK"]})
    row = only(take(empty, target).rows)
    assert (row.outcome, row.matched_by) == (Outcome.DUPLICATE, MatchedBy.ID)
    assert [one.field for one in row.differing] == ["title"]
    kept = empty.reading.record(record.id)
    assert kept.title == "Newer"
    assert set(kept.fields["country"]) == {"SE", "DK"}  # type: ignore[arg-type]
    # What the archive never said is an edit, and whoever wants the file's values gets them.
    text = target.read_text(encoding="utf-8-sig")
    (office / "edited.csv").write_text(text.replace("Alpha", "Edited"), encoding="utf-8-sig")
    assert counts(take(empty, office / "edited.csv")) == (0, 1, 0, 0)
    assert empty.reading.record(record.id).title == "Edited"
    assert counts(take(empty, target, replaces=True)) == (0, 1, 0, 0)
    assert empty.reading.record(record.id).title == "Alpha"


def test_one_id_for_two_rows_is_refused(empty: Archive, office: Path) -> None:
    rows = (("1", "School mentoring"), ("2", "Police dialogue"), ("1", "A third thing"))
    report = take(empty, table(office / "a.csv", rows, ("Id", "Title")))
    assert counts(report) == (2, 0, 0, 1)
    refused = only(report.rows_of(Outcome.REFUSED))
    assert (refused.code, refused.column) == (RowCode.INVALID_VALUE, "Id")
    # Another file numbers its own rows.
    assert counts(take(empty, table(office / "b.csv", (("1", "Else"),), ("Id", "Title")))) == (
        1, 0, 0, 0
    )  # fmt: skip


@pytest.mark.parametrize("steps", [2, 3, 4])
def test_a_resumed_import_gives_titles_and_counts_as_an_undisturbed_one(
    empty: Archive, office: Path, tmp_path: Path, steps: int
) -> None:
    rows = [(f"Report {number} of the series", "2020", "") for number in range(120)]
    rows[7] = ("", "2020", "r.pdf")
    rows += [rows[3], rows[4]]
    title = "Youth work at the border of two towns"
    write_pdf(office / "r.pdf", [f"{title}\n\nThe programme gave mentors."], {"Title": title})
    path = table(office / "a.csv", rows, ("Title", "Year", "File"))
    operation = empty.cataloguing.import_sources([path], jobs=1)
    for _ in range(steps):
        next(operation)
    operation.close()
    report = take(empty, path)
    assert report.resumed
    assert counts(report) == (120, 0, 2, 0)
    assert "r" not in by_title(empty)
    with closing(Archive.create(tmp_path / "other")) as other:
        assert counts(take(other, path)) == (120, 0, 2, 0)
        assert {one.id: one.title for one in other.reading.records()} == {
            one.id: one.title for one in empty.reading.records()
        }


def test_a_second_column_of_a_field_is_kept(empty: Archive, office: Path) -> None:
    path = office / "a.csv"
    path.write_text("title,title,year,doi,doi\nA one,B two,2019,10.1000/a1,10.1000/b2\n")
    take(empty, path)
    record = by_title(empty)["A one"]
    assert record.fields["other"] == {"table": {"title": ["B two"], "doi": ["10.1000/b2"]}}


def test_findings_and_appraisals_are_checked_as_everywhere(empty: Archive, office: Path) -> None:
    write_pdf(office / "r.pdf", ["One page"])
    records = [SourceRow(2, (Cell("Title", "With a file"), Cell("File", "r.pdf")))]
    take_first = office / "first.xlsx"
    write_xlsx([Sheet("Records", ("Title", "File"), records)], take_first)
    take(empty, take_first)
    cells = [
        ("With a file", "attitudes", "improved", "9"),
        ("With a file", "attitudes", "", "1"),
        ("With a file", "attitudes", "improved", "1"),
    ]
    heads = ("Record", "Outcome", "Direction", "Page")
    findings = [
        SourceRow(n, tuple(Cell(*pair) for pair in zip(heads, row, strict=True) if pair[1]))
        for n, row in enumerate(cells, 2)
    ]
    scales = [("SMS", "9", "r"), ("SMS", "3", ""), ("SMS", "3", "A comparison group")]
    rated = ("Record", "Scale", "Value", "Reason")
    appraisals = [
        SourceRow(
            n,
            tuple(
                Cell(*pair) for pair in zip(rated, ("With a file", *row), strict=True) if pair[1]
            ),
        )
        for n, row in enumerate(scales, 2)
    ]
    path = office / "parts.xlsx"
    write_xlsx([Sheet("Findings", heads, findings), Sheet("Appraisals", rated, appraisals)], path)
    report = take(empty, path)
    assert counts(report) == (2, 0, 0, 4)
    assert [row.column for row in report.rows_of(Outcome.REFUSED)] == [
        "Page", "Direction", "Value", "Reason"
    ]  # fmt: skip
    assert is_sound(empty)


def test_a_page_of_a_record_without_file_is_no_damage(empty: Archive, office: Path) -> None:
    take(empty, table(office / "a.csv", (("Alone",),), ("Title",)))
    rows = (("Alone", "attitudes", "improved", "7"),)
    path = table(office / "findings.csv", rows, ("Record", "Outcome", "Direction", "Page"))
    assert counts(take(empty, path)) == (1, 0, 0, 0)
    assert is_sound(empty)


def test_a_file_of_two_rows_and_an_address_are_remarked(empty: Archive, office: Path) -> None:
    write_pdf(office / "a.pdf", ["A page"])
    rows = (("First", "a.pdf"), ("Second", "a.pdf"), ("Third", "http://x.org/a.pdf"))
    path = table(office / "a.csv", rows, ("Title", "File"))
    for report in (take(empty, path), take(empty, path)):
        first, second, third = report.rows
        assert [file.name for file in first.files] == ["a.pdf"]
        assert second.files == ()
        assert "a.pdf" in second.remarks[0]
        assert "web address" in third.remarks[0]


def test_small_tags_are_tags(empty: Archive, office: Path) -> None:
    path = office / "a.ris"
    path.write_text("TY  - RPRT\nTI  - One\nER  - \nty  - RPRT\nti  - Two\ner  - \n")
    assert counts(take(empty, path)) == (2, 0, 0, 0)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_found_however_their_umlauts_are_written(
    empty: Archive, office: Path, form: Literal["NFC", "NFD"]
) -> None:
    other: Literal["NFC", "NFD"] = "NFD" if form == "NFC" else "NFC"
    write_pdf(office / unicodedata.normalize(form, "Überblick.pdf"), ["A page"])
    named = unicodedata.normalize(other, "Überblick.pdf")
    report = take(empty, table(office / "a.csv", (("Umlaut", named),), ("Title", "File")))
    assert len(only(report.rows).files) == 1
    assert empty.reading.holdings().records == 1


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("٢٠٢٠", 2020),
        ("２０１８", 2018),
        ("2018.0", 2018),
        ("May 2018", 2018),
        ("05.03.2018", 2018),
        ("c. 2018", 2018),
        ("2018/2019", None),
        ("20x", None),
    ],
)
def test_years_are_read_as_people_write_them(
    empty: Archive, office: Path, text: str, year: int | None
) -> None:
    row = only(take(empty, table(office / "a.csv", (("Title", text),), ("Title", "Year"))).rows)
    if year is None:
        assert row.code is RowCode.INVALID_VALUE
        assert text in row.reason
    else:
        assert empty.reading.records()[0].year == year


def test_every_wrong_cell_of_a_row_is_named(empty: Archive, office: Path) -> None:
    rows = (("Title", "20x", "Atlantis"),)
    row = only(take(empty, table(office / "a.csv", rows, ("Title", "Year", "Country"))).rows)
    assert row.column == "Year"
    assert "20x" in row.reason
    assert "Country" in row.reason
    assert "Atlantis" in row.reason


def test_a_title_that_cant_be_seen_is_none(empty: Archive, office: Path) -> None:
    report = take(empty, table(office / "a.csv", (("\u200b\u200e",),), ("Title",)))
    assert only(report.rows).code is RowCode.NO_TITLE


def test_why_a_title_was_not_taken_is_said(empty: Archive, office: Path) -> None:
    path = office / "a.ris"
    path.write_text(f"TY  - RPRT\nTI  - {'long ' * 300}\nER  - \n")
    assert "1000" in only(take(empty, path).rows).reason


def test_an_import_that_runs_elsewhere_is_not_taken_up(empty: Archive, office: Path) -> None:
    path = table(office / "a.csv", [(f"Report {n} of the series",) for n in range(150)], ("Title",))
    running = empty.cataloguing.import_sources([path])
    next(running)
    with closing(Archive(empty.folder)) as second:
        report = take(second, path)
    assert not report.resumed
    running.close()
    assert take(empty, path).resumed
    assert empty.reading.holdings().records == 150
    assert is_sound(empty)


def test_undone_twice_nothing_is_kept(empty: Archive, office: Path) -> None:
    take(empty, table(office / "a.csv", (("Alpha study", "2020"),), ("Title", "Year")))
    rows = (("Alpha study", "2020", "Berg, Anna"),)
    report = take(empty, table(office / "b.csv", rows, ("Title", "Year", "Author")))
    assert empty.importing.undo(report.import_id).reverted == 1
    again = empty.importing.undo(report.import_id)
    assert (again.reverted, again.kept) == (0, 0)
