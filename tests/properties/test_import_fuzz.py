"""Whatever a metadata file holds, an import ends with a report, with a reason for each refusal."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.exchange.rows import Cell, Sheet, SourceRow
from desktop_app.domain.imports import ImportReport, Outcome
from desktop_app.domain.operations import run_to_end
from desktop_app.exchange.workbook_template import write_xlsx
from desktop_app.services.archive import Archive

_RIS = (
    b"TY  - RPRT\nTI  - Youth work\nAU  - Berg, Anna\nPY  - 2019\nKW  - a; b\nL1  - a.pdf\nER  - \n"
)
_BIB = (
    b'@techreport{k1, title = {Youth {W}ork}, author = "Berg, Anna", year = 2019,'
    b" file = {:a.pdf:}}\n"
)
_JSON = (
    b'[{"type": "report", "title": "Youth work", "issued": {"date-parts": [[2019]]},'
    b' "author": [{"family": "Berg", "given": "Anna"}]}]'
)
_CSV = "Title;Year;Author;Land;File\nYouth work;2019;Berg, Anna;Österreich;../a.pdf\n".encode(
    "cp1252"
)
_MARKS = (
    b"\x00",
    b"\xff\xfe",
    b'"',
    b"{",
    b"}",
    b";",
    b"\n",
    b"ER  - ",
    b"=1+1",
    b"<!ENTITY a 'b'>",
)


@pytest.fixture(scope="module")
def room(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Archive, Path, dict[str, bytes]]]:
    folder = tmp_path_factory.mktemp("fuzz")
    archive = Archive.create(folder / "archive")
    cells = (Cell("Title", "Youth work"), Cell("Year", "2019"), Cell("Record", "x"))
    write_xlsx([Sheet("Records", ("Title", "Year"), (SourceRow(2, cells),))], folder / "made.xlsx")
    samples = {
        "a.ris": _RIS,
        "a.bib": _BIB,
        "a.json": _JSON,
        "a.csv": _CSV,
        "a.xlsx": (folder / "made.xlsx").read_bytes(),
    }
    yield archive, folder, samples
    archive.close()


def dry_run(archive: Archive, path: Path) -> ImportReport:
    report = run_to_end(archive.cataloguing.import_sources([], metadata=[path], dry_run=True))
    rows = sum(source.rows for source in report.sources)
    unreadable = sum(source.format is None for source in report.sources)
    assert sum(report.count(outcome) for outcome in Outcome) == rows + unreadable
    assert all(row.reason and row.code for row in report.rows_of(Outcome.REFUSED))
    return report


@pytest.mark.parametrize("name", ["a.ris", "a.bib", "a.json", "a.csv", "a.xlsx"])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), turns=st.integers(1, 8))
def test_damaged_files(
    room: tuple[Archive, Path, dict[str, bytes]], name: str, seed: int, turns: int
) -> None:
    archive, folder, samples = room
    data = bytearray(samples[name])
    chance = random.Random(seed)
    for _ in range(turns):
        place = chance.randrange(len(data) + 1)
        match chance.randrange(4):
            case 0:
                data[place:place] = chance.choice(_MARKS)
            case 1:
                del data[place : place + chance.randrange(1, 20)]
            case 2 if place < len(data):
                data[place] = chance.randrange(256)
            case _:
                data[place:place] = data[max(0, place - 30) : place]
    path = folder / name
    path.write_bytes(bytes(data))
    dry_run(archive, path)


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=400), ending=st.sampled_from(["ris", "bib", "json", "csv", "xlsx"]))
def test_any_bytes(room: tuple[Archive, Path, dict[str, bytes]], data: bytes, ending: str) -> None:
    archive, folder, _ = room
    path = folder / f"any.{ending}"
    path.write_bytes(data)
    dry_run(archive, path)


_texts = st.text(max_size=40)


@settings(max_examples=80, deadline=None)
@given(
    columns=st.lists(
        st.sampled_from(
            ["Title", "Year", "File", "Id", "Author", "Country", "Access", "DOI", "Cost",
             "Phenomenon", "Record", "ris:M3", "table:Title", "Language", "ISBN", "Effect size", ""]
        ) | _texts,
        min_size=1, max_size=6, unique=True,
    ),
    rows=st.lists(st.lists(_texts, max_size=6), max_size=5),
)  # fmt: skip
def test_any_table(
    room: tuple[Archive, Path, dict[str, bytes]], columns: list[str], rows: list[list[str]]
) -> None:
    archive, folder, _ = room
    found = tuple(
        SourceRow(
            number,
            tuple(Cell(c, t) for c, t in zip(columns, texts, strict=False) if c.strip() and t),
        )
        for number, texts in enumerate(rows, 2)
    )
    named = tuple(column for column in columns if column.strip())
    path = folder / "table.xlsx"
    write_xlsx([Sheet("Records", named, found)], path)
    dry_run(archive, path)
