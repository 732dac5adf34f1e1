"""RIS is read as people's programs write it, and written as they read it."""

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.exchange.rows import Cell, MetadataFormat, UnreadableMetadata
from desktop_app.exchange.ris import write_ris
from tests.unit.exchange.bibliographies import check_any, corpus_files, mutations, read, rows

RIS = MetadataFormat.RIS
ENTRY = "TY  - RPRT\nTI  - First\nER  - \n"


def test_an_entry(tmp_path: Path) -> None:
    (row,) = rows(RIS, "TY  - RPRT\nAU  - Berg, Anna\nAU  - Lind, Ola\nTI  - x\nER  - \n", tmp_path)
    assert row.number == 1
    assert row.cells == (
        Cell("TY", "RPRT"),
        Cell("AU", "Berg, Anna"),
        Cell("AU", "Lind, Ola"),
        Cell("TI", "x"),
    )
    assert not row.problem


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_line_ends_and_encodings(end: str, encoding: str, tmp_path: Path) -> None:
    text = "\n\n1.\nTY  - RPRT\nTI  - Größe für alle\nER  - \n\nTY  - JOUR\nTI  - y\n"
    found = rows(RIS, text.replace("\n", end).encode(encoding), tmp_path)
    assert [(row.number, row.first("TI")) for row in found] == [(4, "Größe für alle"), (8, "y")]


@pytest.mark.parametrize(
    "lines",
    [
        "TY  - RPRT\nTI  - a\nTY  - RPRT\nTI  - b\n",  # no ER at all
        "TY  - RPRT\nTI  - a\nER  -\nTY  - RPRT\nTI  - b\nER  -",
        " TY  - RPRT\n TI  - a\n ER  - \nTY - RPRT\nTI - b\nER - ",
        "TY  -RPRT\nTI  -a\nER  -\nTY\t-\tRPRT\nTI   -  b\nER  - end",
        "\ufeffTY  - RPRT\nTI  - a\nER  - \n\ufeffTY  - RPRT\nTI  - b\nER  - \n",
    ],
)
def test_tags_that_are_not_quite_right(lines: str, tmp_path: Path) -> None:
    found = rows(RIS, lines, tmp_path)
    assert [(row.first("TY"), row.first("TI")) for row in found] == [("RPRT", "a"), ("RPRT", "b")]


def test_an_entry_without_its_type(tmp_path: Path) -> None:
    (row,) = rows(RIS, "\nTI  - x\nPY  - 2001\nER  - \n", tmp_path)
    assert (row.number, row.problem) == (2, "")


def test_an_entry_with_nothing_but_its_type(tmp_path: Path) -> None:
    found = rows(RIS, f"TY  - BOOK\n{ENTRY}", tmp_path)
    assert [bool(row.problem) for row in found] == [True, False]


def test_unknown_and_repeated_tags(tmp_path: Path) -> None:
    (row,) = rows(RIS, "TY  - RPRT\nJP  - CRISPR\nJP  - more\nX9  - other\nER  - ", tmp_path)
    assert row.all("JP") == ("CRISPR", "more")
    assert row.first("X9") == "other"


def test_lines_that_go_on(tmp_path: Path) -> None:
    text = (
        "TY  - RPRT\nAB  - US - China relations\nIT - one paragraph.\n\nAnother one\n"
        "      goes on.\nN1  - x\nER  - "
    )
    (row,) = rows(RIS, text, tmp_path)
    assert row.first("AB") == ("US - China relations\nIT - one paragraph.\n\nAnother one goes on.")
    assert row.first("N1") == "x"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("FN Clarivate Analytics\nVR 1.0\nPT J\nAU Parkes\nER\n", "Web of Science"),
        ("Dear Anna,\nthank you - and see you.\n", "no RIS entries"),
        ("", "no RIS entries"),
    ],
)
def test_what_is_no_ris(text: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableMetadata, match=reason):
        read(RIS, text, tmp_path)


def test_too_many_entries(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMetadata, match="too many entries"):
        read(RIS, b"\n" * 3_000_001, tmp_path)


def test_what_is_written() -> None:
    target = io.StringIO()
    text = "One\n\nER  - two\n\tthree\n  four"
    write_ris([[Cell("AB", text), Cell("TY", "RPRT"), Cell("LA", "")]], target)
    assert target.getvalue() == (
        "TY  - RPRT\nAB  - One\n\n\tER  - two\n\t\tthree\n\t  four\nER  - \n\n"
    )


def test_what_is_written_is_read(tmp_path: Path) -> None:
    cells = (Cell("TY", "GEN"), Cell("AB", "One\n\nER  - two\n\tthree\n  four \nUS - five"))
    path = tmp_path / "out.ris"
    write_ris([cells, cells], path)
    assert path.read_bytes().startswith(b"TY  - GEN\r\nAB  - One\r\n")
    found = rows(RIS, path.read_bytes(), tmp_path)
    assert [row.cells for row in found] == [cells, cells]


def test_the_corpus(corpus: Path, tmp_path: Path) -> None:
    counts = {}
    for path in corpus_files(corpus, ".ris"):
        check_any(RIS, path.read_bytes(), tmp_path)
        if path.name != "example_wos.ris":
            counts[path.name] = len(rows(RIS, path.read_bytes(), tmp_path))
    assert len(counts) == 22
    assert counts["RisImporterCorrupted.ris"] == 1
    assert counts["RisImporterTest1.ris"] == 11
    assert counts["example_multiline.ris"] == 3
    assert counts["example_urls.ris"] == 4


@given(data=st.binary(max_size=600), beginning=st.sampled_from([b"", ENTRY.encode(), b"TY  - "]))
def test_any_bytes(data: bytes, beginning: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    check_any(RIS, beginning + data, tmp_path_factory.mktemp("any"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_mutated_files(data: st.DataObject, corpus: Path, tmp_path: Path) -> None:
    samples = [path.read_bytes() for path in corpus_files(corpus, ".ris")]
    check_any(RIS, data.draw(mutations(samples)), tmp_path)
