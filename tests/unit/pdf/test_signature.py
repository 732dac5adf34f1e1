"""What a file is by its first bytes."""

import zipfile
from pathlib import Path

import pytest

from desktop_app.pdf.signature import HEADER_WINDOW, describe, pdf_bytes_start, read_head


@pytest.mark.parametrize("before", [0, 7, 2_000, 500_000])
def test_pdf_begins_where_its_header_is(tmp_path: Path, before: int) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"\x00" * before + b"%PDF-1.7\nrest %PDF-1.4")
    assert pdf_bytes_start(path) == before


@pytest.mark.parametrize("content", [b"", b"no header", b"x" * HEADER_WINDOW + b"%PDF-1.7"])
def test_without_header_in_reach_there_is_no_pdf(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    assert pdf_bytes_start(path) == -1


def test_header_across_the_first_block_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"\x00" * 4094 + b"%PDF-1.7")
    assert pdf_bytes_start(path) == 4094


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"<!DOCTYPE html><title>x</title>", "web page"),
        (b"\xef\xbb\xbf\n  <html lang=sv>", "web page"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "older Office"),
        (b"{\\rtf1 x}", "RTF"),
        (b"%!PS-Adobe", "PostScript"),
        ("Enkät".encode("utf-16"), "UTF-16"),
        ("Enkaet om skolan".encode("utf-16-le"), "UTF-16"),
        ("Enkaet om skolan".encode("utf-16-be"), "UTF-16"),
        ("Utvärdering åäö".encode(), "plain text"),
        (bytes(5000), "zero bytes"),
        (b"\x01\x02\x03\x99", "unknown"),
    ],
)
def test_what_is_no_pdf_is_named(head: bytes, found: str) -> None:
    assert found in describe(head)


@pytest.mark.parametrize(
    ("member", "found"),
    [
        ("word/document.xml", "Word"),
        ("xl/workbook.xml", "Excel"),
        ("ppt/presentation.xml", "PowerPoint"),
        ("report.txt", "ZIP"),
    ],
)
def test_office_documents_are_told_from_archives(tmp_path: Path, member: str, found: str) -> None:
    path = tmp_path / "renamed.pdf"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "x")
    assert found in describe(read_head(path))
