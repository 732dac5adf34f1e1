"""Encodings are told by what makes sense as letters."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.exchange.rows import UnreadableMetadata
from desktop_app.exchange.texts import DecodedText, decode, read_text

ENGLISH = 'Title,Year\r\n"Safer streets: a review",2021\r\n'
FRENCH = (
    "Titre;Année\r\nÉvaluation à mi-parcours de l'école;2021\r\nÇa a été prévu à Nîmes;2020\r\n"
)
GERMAN = "Titel;Jahr\r\nPrävention für Jugendliche in Köln – Größe;2021\r\n"
SWEDISH = "Titel;År\r\nUtvärdering av åtgärder på en ö i Älvsbyn;2021\r\n"
ARABIC = "العنوان؛السنة\r\nتقييم برنامج الوقاية من التطرف في المدارس،2021\r\n"
MIXED = "Title;العنوان\r\nReport of the OECD;تقرير عن برامج الشباب RAN في المدن\r\n"
TEXTS = [ENGLISH, FRENCH, GERMAN, SWEDISH, ARABIC, MIXED]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_unicode(text: str, written: str, told: str) -> None:
    assert decode(text.encode(written)) == DecodedText(text, told)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_byte_order_mark(text: str, encoding: str) -> None:
    assert decode(("\ufeff" + text).encode(encoding)) == DecodedText(text, encoding)


@pytest.mark.parametrize("text", [FRENCH, GERMAN, SWEDISH])
def test_western_code_page(text: str) -> None:
    assert decode(text.encode("cp1252")) == DecodedText(text, "windows-1252")


@pytest.mark.parametrize("text", [ARABIC, MIXED])
def test_arabic_code_page(text: str) -> None:
    assert decode(text.encode("cp1256")) == DecodedText(text, "windows-1256")


@pytest.mark.parametrize("word", ["Évaluation", "Prävention", "Åre", "für", "à", "é", "– ö –"])
def test_a_single_accented_word_is_western(word: str) -> None:
    text = f"Some title; {word}; 2020"
    assert decode(text.encode("cp1252")).text == text


def test_a_single_arabic_word_is_arabic() -> None:
    text = "Some title; الوقاية; 2020"
    assert decode(text.encode("cp1256")).text == text


def test_a_stray_byte_does_not_spoil_utf_8() -> None:
    data = ARABIC.encode() + b"caf\xe9\n"
    assert decode(data) == DecodedText(ARABIC + "café\n", "utf-8")


def test_a_cut_file_in_utf_8() -> None:
    assert decode(ARABIC.partition("،2021")[0].encode()[:-1]).encoding == "utf-8"


def test_a_byte_without_meaning_is_marked() -> None:
    assert decode("Größe für alle ".encode("cp1252") + b"\x81.").text == "Größe für alle \ufffd."


@pytest.mark.parametrize(
    "beginning", [b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0", b"\x1f\x8b"]
)
def test_other_files_are_named(beginning: bytes) -> None:
    with pytest.raises(UnreadableMetadata, match="not a text file"):
        decode(beginning + b"some more")


def test_bytes_that_mean_nothing() -> None:
    with pytest.raises(UnreadableMetadata, match="not a text file"):
        decode(bytes(range(256)) * 4)


def test_an_empty_file() -> None:
    assert decode(b"") == DecodedText("", "utf-8")


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(b"a" * 2_000_001)
    with pytest.raises(UnreadableMetadata, match="larger than 2 MB"):
        read_text(path, 2_000_000)
    assert read_text(path, 2_000_001).text == "a" * 2_000_001


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMetadata, match="can't be opened"):
        read_text(tmp_path / "missing.csv", 1000)


@given(st.binary(max_size=2000))
def test_any_bytes(data: bytes) -> None:
    try:
        decoded = decode(data)
    except UnreadableMetadata:
        return
    decoded.text.encode("utf-8")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=200))
def test_utf_8_is_read_as_it_is(text: str) -> None:
    if not text.startswith("\ufeff") and not text.encode().startswith((b"%PDF-", b"PK")):
        assert decode(text.encode()) == DecodedText(text, "utf-8")
