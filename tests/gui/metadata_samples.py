"""Made-up metadata files, previews and reports of imports."""

from pathlib import Path

from desktop_app.domain.exchange.mapping import ColumnMapping, guess_mapping
from desktop_app.domain.exchange.rows import Cell, MetadataFile, MetadataFormat, Sheet, SourceRow
from desktop_app.domain.extraction import Refusal, RefusalCode
from desktop_app.domain.imports import (
    Difference,
    ImportedFile,
    ImportedRow,
    ImportedSource,
    ImportReport,
    MatchedBy,
    Outcome,
    PreviewedRow,
    RowCode,
)

FOLDER = Path("reports") / "2024"
WORKBOOK = FOLDER / "evaluations-malmö.xlsx"
LIBRARY = FOLDER / "library.ris"

COLUMNS = (
    "Titel", "Utgivningsår", "Författare", "Land", "Metod", "Anmärkning", "Datum", "Pdf-fil",
    "Sammanfattning", "Kontaktperson",
)  # fmt: skip
RECORDS = (
    (
        "Mentorskap för unga i riskzonen: en utvärdering i två städer", "2021",
        "Ana Silva; Bo Ek", "Sverige", "RCT", "klar", "2021-05-03", "two-city.pdf",
        "Efter nio månader med veckovisa möten rapporterade unga i jämförelsegruppen lika stort "
        "förtroende för myndigheter.", "Dana L.",
    ),
    (
        "تقييم برنامج الإرشاد للشباب في الأحياء المهمشة", "2019", "ليلى حداد", "Jordanien",
        "intervjuer", "", "2019-11-20", "تقييم.pdf", "أظهرت المقابلات أن الإرشاد مفيد.", "",
    ),
    ("Skolan och tilliten", "tjugohundrasju", "", "Danmark", "enkät", "saknar år", "", "", "", ""),
    ("", "2018", "Landespräventionsrat", "Tyskland", "", "", "2018-02-01", "", "", "Bo Ek"),
    (
        "Exit: lärdomar efter tio år", "2016", "Brottsförebyggande rådet", "Svergie", "blandad",
        "", "", "exit.pdf", "", "",
    ),
)  # fmt: skip


def sheet(name: str, columns: tuple[str, ...], texts: tuple[tuple[str, ...], ...]) -> Sheet:
    """Return a sheet whose rows begin below its heading."""
    rows = [
        SourceRow(
            number,
            tuple(Cell(c, t) for c, t in zip(columns, row, strict=True) if t),
        )
        for number, row in enumerate(texts, start=2)
    ]
    return Sheet(name, columns, rows)


def workbook() -> MetadataFile:
    """Return a workbook with records, findings and a sheet that nobody needs."""
    findings = sheet(
        "Resultat",
        ("Post", "Utfall", "Riktning", "Sida"),
        (("Skolan och tilliten", "Förtroende", "oförändrat", "33"),),
    )
    notes = sheet("Blad3", ("A", "B"), (("x", "y"),))
    records = sheet("Rapporter", COLUMNS, RECORDS * 20)
    return MetadataFile(MetadataFormat.XLSX, (records, findings, notes))


def table(columns: tuple[str, ...], *texts: tuple[str, ...], delimiter: str = ";") -> MetadataFile:
    """Return a CSV file."""
    return MetadataFile(MetadataFormat.CSV, (sheet("", columns, texts),), "windows-1252", delimiter)


def bibliography() -> MetadataFile:
    """Return a RIS file with two entries."""
    rows = (
        SourceRow(
            1,
            (
                Cell("TY", "RPRT"), Cell("TI", "Mentoring young people at risk"),
                Cell("AU", "Silva, Ana"), Cell("AU", "Ek, Bo"), Cell("PY", "2021"),
                Cell("N1", "from the library of Malmö"),
            ),
        ),
        SourceRow(9, (Cell("TY", "BOOK"), Cell("TI", "Schools and trust"), Cell("PY", "n.d."))),
    )  # fmt: skip
    sheets = (Sheet("", ("TY", "TI", "AU", "PY", "N1"), rows),)
    return MetadataFile(MetadataFormat.RIS, sheets)


def guessed() -> ColumnMapping:
    """Return what is guessed of the workbook."""
    return guess_mapping(workbook())


def previewed(mapping: ColumnMapping, name: str = "Rapporter") -> tuple[PreviewedRow, ...]:
    """Return the rows of the workbook as records; two cells hold what their field can't."""
    found = mapping.of(name)
    assert found is not None
    fields = found.fields()
    rows = []
    for row in workbook().sheets[0].rows[:20]:
        values: dict[str, str] = {}
        for cell in row.cells:
            if cell.column in fields:
                values.setdefault(fields[cell.column], cell.text)
        problems = {}
        year = row.first("Utgivningsår")
        if values.get("year") == year and not year.isdigit():
            problems["Utgivningsår"] = '"year" takes a year from 1900 to 2100.'
            del values["year"]
        if values.get("country") == "Svergie":
            problems["Land"] = (
                '"country" has no country "Svergie". It takes names and two-letter codes.'
            )
            del values["country"]
        if not values.get("title"):
            problems[""] = "There is neither a title nor a file that has one."
        rows.append(PreviewedRow(row.number, values, problems))
    return tuple(rows)


def report(*, dry_run: bool = False) -> ImportReport:
    """Return the report of a workbook, a bibliography and PDFs, with every outcome."""
    two_city, exit_pdf = FOLDER / "two-city.pdf", FOLDER / "exit.pdf"

    def row(number: int, outcome: Outcome, **said: object) -> ImportedRow:
        return ImportedRow(WORKBOOK, "Rapporter", number, outcome, **said)  # type: ignore[arg-type]

    rows = (
        row(
            2, Outcome.ADDED, record_id=None if dry_run else "record-1", title=RECORDS[0][0],
            files=(two_city,), filled=("title", "year", "author", "country", "overview"),
        ),
        row(
            3, Outcome.UPDATED, record_id="record-2", title=RECORDS[1][0],
            matched_by=MatchedBy.TITLE_AND_YEAR, filled=("author", "overview"),
            differing=(Difference("year", 2018, 2019), Difference("country", ["JO"], ["JO", "LB"])),
        ),
        row(
            4, Outcome.REFUSED, title="Skolan och tilliten", code=RowCode.INVALID_VALUE,
            column="Utgivningsår",
            reason='"year" takes a year from 1900 to 2100. Correct the cell and import the row '
            "again.",
        ),
        row(
            5, Outcome.REFUSED, code=RowCode.NO_TITLE,
            reason="There is neither a title nor a file that has one. Give the row a title, or "
            "import its PDF with it.",
        ),
        row(
            6, Outcome.ADDED, record_id=None if dry_run else "record-3", title=RECORDS[4][0],
            files=(exit_pdf,), filled=("title", "year", "author"),
            remarks=('"Svergie" is no country; it is kept beside the fields.',),
        ),
        ImportedRow(
            LIBRARY, "", 1, Outcome.DUPLICATE, "record-4", "Mentoring young people at risk",
            matched_by=MatchedBy.DOI,
        ),
    )  # fmt: skip
    files = (
        ImportedFile(
            two_city, Outcome.ADDED, None if dry_run else "record-1", RECORDS[0][0], 84, of_row=True
        ),
        ImportedFile(
            exit_pdf, Outcome.REFUSED, refusal=Refusal(exit_pdf, RefusalCode.LOCKED), of_row=True
        ),
        ImportedFile(
            FOLDER / "annual report 2020.pdf",
            Outcome.ADDED,
            None if dry_run else "record-5",
            "Annual report 2020",
            31,
        ),
    )
    sources = (
        ImportedSource(WORKBOOK, MetadataFormat.XLSX, 5),
        ImportedSource(LIBRARY, MetadataFormat.RIS, 1),
    )
    return ImportReport(
        "import-2", files, 3.4, ignored=1, rows=rows, sources=sources, dry_run=dry_run
    )
