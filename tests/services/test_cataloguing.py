"""Importing spreadsheets and bibliographies with their PDFs, into real archives."""

from pathlib import Path

import pytest

from desktop_app.domain.changes.change import EntityKind
from desktop_app.domain.errors import PathNotFound
from desktop_app.domain.exchange.mapping import guess_mapping, parse_mapping
from desktop_app.domain.imports import Outcome, RowCode
from desktop_app.domain.records import Access, Kind
from desktop_app.exchange.csv_files import read_csv
from desktop_app.services.archive import Archive
from tests.samples import write_pdf
from tests.services.lists import HEADINGS, ROWS, by_title, counts, is_sound, only, table, take


def test_rows_become_records_with_their_files(empty: Archive, office: Path) -> None:
    page = "The programme gave young people a mentor and asked them how they had found it."
    write_pdf(office / "a.pdf", [page, "Second page"])
    report = take(empty, table(office / "list.csv"))
    assert counts(report) == (3, 0, 0, 0)
    assert report.pages == 2
    mentoring = by_title(empty)["Mentoring in two cities"]
    assert mentoring.authors == ("Berg, Anna", "Haddad, Leila")
    assert mentoring.year == 2021
    assert mentoring.fields["country"] == ["SE"]
    assert mentoring.fields["other"] == {"table": {"Bemerkung": ["ok"]}}
    assert [document.file_name for document in mentoring.documents] == ["a.pdf"]
    assert mentoring.languages == ("en",)
    arabic = by_title(empty)["تقييم برنامج الإرشاد في المدارس"]
    assert arabic.fields["country"] == ["EG"]
    assert not arabic.documents
    assert is_sound(empty)


def test_a_dry_run_says_what_the_import_does_and_stores_nothing(
    empty: Archive, office: Path
) -> None:
    write_pdf(office / "a.pdf", ["Mentoring in two cities"])
    write_pdf(office / "lone.pdf", ["Something else entirely"])
    (office / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing")
    rows = (*ROWS, ("", "2020", "", "", "", ""), ("Bad year", "soon", "", "", "", ""), ROWS[1])
    path = table(office / "list.csv", rows)
    dry = take(empty, path, office, dry_run=True)
    assert dry.dry_run
    assert empty.reading.holdings().records == 0
    assert not empty.editing.history()
    real = take(empty, path, office)
    assert counts(dry) == counts(real) == (4, 0, 1, 3)
    for planned, done in zip(dry.rows, real.rows, strict=True):
        assert planned == done
    assert {(file.path, file.outcome) for file in dry.files} == {
        (file.path, file.outcome) for file in real.files
    }
    assert empty.reading.holdings().records == 4
    # And the second time there is nothing left to do.
    assert counts(take(empty, path, office)) == (0, 0, 5, 3)
    assert empty.reading.holdings().records == 4


def test_a_refused_row_names_its_cell_and_can_be_mended(empty: Archive, office: Path) -> None:
    rows = (ROWS[0], ("Odd", "soon", "", "", "", "kept"), ("Far", "2020", "", "Atlantis", "", ""))
    report = take(empty, table(office / "list.csv", rows))
    assert counts(report) == (1, 0, 0, 2)
    odd, far = report.rows_of(Outcome.REFUSED)
    assert (odd.number, odd.code, odd.column) == (3, RowCode.INVALID_VALUE, "Jahr")
    assert (far.number, far.column) == (4, "Land")
    assert "Atlantis" in far.reason
    target = office / "refused.csv"
    assert empty.cataloguing.save_refused(report, office / "list.csv", target) == 2
    sheet = read_csv(target).sheets[0]
    assert sheet.columns[: len(HEADINGS)] == HEADINGS
    assert sheet.rows[0].first("Bemerkung") == "kept"
    text = target.read_text(encoding="utf-8-sig").replace("soon", "2018")
    target.write_text(text.replace("Atlantis", "Malta"), encoding="utf-8-sig")
    assert counts(take(empty, target)) == (2, 0, 0, 0)
    odd_record = by_title(empty)["Odd"]
    assert odd_record.year == 2018
    # The reasons are not part of what is known.
    assert odd_record.fields["other"] == {"table": {"Bemerkung": ["kept"]}}


def test_a_path_out_of_the_folder_is_refused(empty: Archive, office: Path) -> None:
    secret = write_pdf(office.parent / "secret.pdf", ["Personal data"])
    (office / "link.pdf").symlink_to(secret)
    paths = ("../secret.pdf", str(secret), "link.pdf", "..\\secret.pdf", "../nothing.pdf")
    rows = [(f"Report number {place} of five", "2020", "", "", path, "")
            for place, path in enumerate(paths)]  # fmt: skip
    report = take(empty, table(office / "list.csv", rows))
    assert counts(report) == (0, 0, 0, 5)
    assert {row.code for row in report.rows} == {RowCode.OUTSIDE_FOLDER}
    assert {row.column for row in report.rows} == {"Datei"}
    assert not report.files
    # Whoever names the folder means it.
    assert counts(take(empty, office / "list.csv", office.parent))[3] == 0


def test_a_missing_file_leaves_a_record_without_one(empty: Archive, office: Path) -> None:
    rows = (("A title of its own", "2020", "", "", "C:\\reports\\gone.pdf", ""),)
    report = take(empty, table(office / "list.csv", rows))
    assert counts(report) == (1, 0, 0, 0)
    assert "gone.pdf" in only(report.rows).remarks[0]


def test_files_find_their_rows_by_name_and_by_title(empty: Archive, office: Path) -> None:
    write_pdf(office / "10.1000_182.pdf", ["By its DOI in the name"])
    write_pdf(office / "Counselling for families.pdf", ["By its title in the name"])
    write_pdf(
        office / "scan0001.pdf",
        ["By the title inside"],
        {"Title": "Youth work at the border of two towns"},
    )
    write_pdf(office / "unknown.pdf", ["None of these"])
    headings = ("Title", "DOI", "Year")
    rows = (
        ("With a DOI", "https://doi.org/10.1000/182", "2020"),
        ("Counselling for families", "", "2020"),
        ("Youth work at the border of two towns", "", "2018"),
    )
    report = take(empty, table(office / "list.csv", rows, headings), office)
    assert counts(report) == (4, 0, 0, 0)
    named = {record.title: [d.file_name for d in record.documents] for record in
             empty.reading.records()}  # fmt: skip
    assert named["With a DOI"] == ["10.1000_182.pdf"]
    assert named["Counselling for families"] == ["Counselling for families.pdf"]
    assert named["Youth work at the border of two towns"] == ["scan0001.pdf"]
    assert sum("unknown.pdf" in files for files in named.values()) == 1


def test_a_bibliography_keeps_what_it_says(empty: Archive, office: Path) -> None:
    path = office / "library.ris"
    path.write_text(
        "TY  - RPRT\nTI  - Youth work at the border\nAU  - Berg, Anna\nPY  - 2019\n"
        "DO  - 10.1000/border\nPB  - Prevention Council\nC7  - kept\nL1  - /gone/none.pdf\n"
        "ER  - \n\nTY  - JOUR\nJO  - No title at all\nER  - \n",
        encoding="utf-8",
    )
    report = take(empty, path)
    assert counts(report) == (1, 0, 0, 1)
    record = empty.reading.records()[0]
    assert record.kind is Kind.EVALUATION
    assert record.fields["publisher"] == "Prevention Council"
    other = record.fields["other"]
    assert isinstance(other, dict)
    assert other["ris"]["C7"] == ["kept"]
    assert report.rows_of(Outcome.REFUSED)[0].code is RowCode.NO_TITLE


def test_a_mapping_says_what_columns_hold(empty: Archive, office: Path) -> None:
    path = table(office / "list.csv", (("X1", "Youth work", "secret"),), ("Nr", "Was", "Intern"))
    assert counts(take(empty, path, dry_run=True)) == (0, 0, 0, 1)
    mapping = parse_mapping(
        '{"evaluation_archive_mapping": 1, "sheets": [{"name": "x", "holds": "records",'
        ' "columns": {"was": "Titel", "Nr": "report_number", "Intern": "ignore"}}]}'
    )
    report = take(empty, path, mapping=mapping, access=Access.PARTNER)
    assert counts(report) == (1, 0, 0, 0)
    record = empty.reading.records()[0]
    assert (record.title, record.access) == ("Youth work", Access.PARTNER)
    assert record.fields == {"report_number": "X1"}


def test_the_first_rows_are_previewed(empty: Archive, office: Path) -> None:
    rows = (ROWS[0], ("Odd", "soon", "", "", "", ""))
    file = empty.cataloguing.read(table(office / "list.csv", rows))
    good, odd = empty.cataloguing.preview(file, guess_mapping(file), "", language="de")
    assert good.values["country"] == "Schweden"
    assert good.values["author"] == "Berg, Anna; Haddad, Leila"
    assert good.values["other: Bemerkung"] == "ok"
    assert odd.values["year"] == "soon"
    assert list(odd.problems) == ["Jahr"]


def test_what_is_not_there_is_said(empty: Archive, office: Path) -> None:
    with pytest.raises(PathNotFound):
        take(empty, office / "none.csv")
    table(office / "list.csv")
    report = take(empty, office / "list.csv", metadata=[office / "none.csv"])
    assert counts(report) == (3, 0, 0, 1)
    assert only(report.rows_of(Outcome.REFUSED)).code is RowCode.UNREADABLE_FILE


def test_every_sample_file_is_accounted_for(empty: Archive, corpus: Path, tmp_path: Path) -> None:
    for path in sorted((corpus / "metadata").rglob("*")):
        if not path.is_file():
            continue
        dry = take(empty, metadata=[path], dry_run=True)
        report = take(empty, metadata=[path])
        unreadable = sum(source.format is None for source in report.sources)
        rows = sum(source.rows for source in report.sources)
        assert sum(counts(report)) == rows + unreadable == len(report.rows), path
        assert counts(dry) == counts(report), path
        assert all(row.reason for row in report.rows_of(Outcome.REFUSED)), path
        assert all(row.record_id for row in report.rows if row.outcome is not Outcome.REFUSED)
    assert is_sound(empty)


def test_findings_alone_name_records_by_their_title(empty: Archive, office: Path) -> None:
    take(empty, table(office / "list.csv"))
    rows = (("Counselling for families", "attitudes", "no_change"),)
    report = take(empty, table(office / "findings.csv", rows, ("Record", "Outcome", "Direction")))
    assert counts(report) == (1, 0, 0, 0)
    record = by_title(empty)["Counselling for families"]
    assert empty.coding.of(record.id).findings
    kinds = {entry.change.entity for entry in empty.editing.history(record.id)}
    assert EntityKind.FINDING in kinds
