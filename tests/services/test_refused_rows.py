"""Refused rows are written in the format of their file, and read again."""

from pathlib import Path

import pytest

from desktop_app.domain.exchange.rows import Cell, Sheet, SourceRow
from desktop_app.domain.imports import Outcome
from desktop_app.exchange.workbook_template import write_xlsx
from desktop_app.services.archive import Archive
from desktop_app.services.metadata_files import read_metadata
from tests.services.lists import counts, take

RIS = "TY  - RPRT\nTI  - Good\nER  - \n\nTY  - RPRT\nAU  - Berg, Anna\nN1  - keep\nER  - \n"
BIB = "@techreport{a, title = {Good}}\n\n@techreport{b, author = {Berg, Anna}, note = {keep}}\n"
JSON = '[{"type": "report", "title": "Good"}, {"type": "report", "note": "keep"}]'


@pytest.mark.parametrize(("name", "text"), [("a.ris", RIS), ("a.bib", BIB), ("a.json", JSON)])
def test_entries_of_bibliographies(empty: Archive, office: Path, name: str, text: str) -> None:
    source, target = office / name, office / f"refused-{name}"
    source.write_text(text, encoding="utf-8")
    report = take(empty, source)
    assert counts(report) == (1, 0, 0, 1)
    assert empty.cataloguing.save_refused(report, source, target) == 1
    written = read_metadata(target).file
    assert written.format.value == name.removeprefix("a.")
    (row,) = written.sheets[0].rows
    assert "keep" in [cell.text for cell in row.cells]
    mended = target.read_text(encoding="utf-8")
    for before, after in (
        ("AU  - ", "TI  - Mended\nAU  - "),
        ("author =", "title = {Mended}, author ="),
        ('"note"', '"title": "Mended", "note"'),
    ):
        mended = mended.replace(before, after)
    target.write_text(mended, encoding="utf-8")
    assert counts(take(empty, target)) == (1, 0, 0, 0)


def test_sheets_of_workbooks(empty: Archive, office: Path) -> None:
    columns = ("Title", "Year", "Note")
    rows = [
        SourceRow(2, (Cell("Title", "Good"), Cell("Year", "2020"))),
        SourceRow(3, (Cell("Title", "Odd"), Cell("Year", "soon"), Cell("Note", "=1+1"))),
    ]
    finding = SourceRow(2, (Cell("Record", "nobody"), Cell("Outcome", "attitudes")))
    source, target = office / "list.xlsx", office / "refused.xlsx"
    write_xlsx(
        [Sheet("Records", columns, rows), Sheet("Findings", ("Record", "Outcome"), [finding])],
        source,
    )
    report = take(empty, source)
    assert counts(report) == (1, 0, 0, 2)
    assert empty.cataloguing.save_refused(report, source, target) == 2
    records, findings = read_metadata(target).file.sheets
    assert (records.name, findings.name) == ("Records", "Findings")
    assert records.rows[0].first("Note") == "=1+1"
    assert "year" in records.rows[0].first("Why it was refused")
    assert records.rows[0].first("Cell that was refused") == "Year"
    again = take(empty, target)
    assert counts(again) == (0, 0, 0, 2)
    assert [row.code for row in again.rows] == [row.code for row in report.rows_of(Outcome.REFUSED)]


def test_nothing_is_written_where_nothing_was_refused(empty: Archive, office: Path) -> None:
    source = office / "a.ris"
    source.write_text("TY  - RPRT\nTI  - Good\nER  - \n", encoding="utf-8")
    report = take(empty, source)
    assert empty.cataloguing.save_refused(report, source, office / "none.ris") == 0
    assert not (office / "none.ris").exists()
