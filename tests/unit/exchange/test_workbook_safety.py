"""Dangerous, damaged and other files are refused with words, and do no harm."""

import io
import random
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.exchange.rows import UnreadableMetadata
from desktop_app.exchange.workbooks import read_xlsx
from tests.unit.exchange import workbook_samples as samples
from tests.unit.exchange.workbook_samples import sheet, styles, text_row, write

HEAD = text_row(1, "Title", "Year", "Overview")


DOCTYPES = [
    '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]>',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd">',
    "<!DOCTYPE a>",
]


@pytest.mark.parametrize("doctype", DOCTYPES)
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"]
)
def test_document_types_are_refused(tmp_path: Path, doctype: str, part: str) -> None:
    with pytest.raises(UnreadableMetadata, match="document type"):
        read_xlsx(write(tmp_path / "x.xlsx", sheet(HEAD), more={part: f"{doctype}<a>1</a>"}))


def endless(tag: str, count: int) -> str:
    return sheet("".join(tag.format(place) for place in range(count)))


@pytest.mark.parametrize(
    "xml",
    [
        endless("<a>", 5_000),
        endless("<n{0}/>", 5_000),
        endless('<c a{0}="1"/>', 5_000),
        sheet(f'<c a="{random.Random(1).randbytes(3_000_000).hex()}"/>'),
        sheet(f"<!--{random.Random(1).randbytes(3_000_000).hex()}-->"),
    ],
    ids=["deep", "names", "attributes", "attribute", "comment"],
)
def test_xml_without_end_is_not_followed(tmp_path: Path, xml: str) -> None:
    (row,) = read_xlsx(write(tmp_path / "x.xlsx", xml)).sheets[0].rows
    assert "damaged" in row.problem


def bomb(path: Path) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/workbook.xml", "w") as part,
    ):
        for _ in range(40):
            part.write(b" " * 1_000_000)


def lying_bomb(path: Path) -> None:
    """Write a part that says it is small and unpacks to much more."""
    bomb(path)
    data = path.read_bytes()
    path.write_bytes(
        data.replace((40_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    )


def many_parts(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for place in range(10_001):
            archive.writestr(f"{place}.xml", b"")


def encrypted_part(path: Path) -> None:
    write(path, sheet(HEAD))
    data = bytearray(path.read_bytes())
    place = 0
    while (place := data.find(b"PK\x01\x02", place)) >= 0:
        data[place + 8] |= 1
        place += 4
    path.write_bytes(bytes(data))


def zipped(*names: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            for name in names:
                archive.writestr(name, "x")

    return make


def holding(data: bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(data)

    return make


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (holding(b""), "empty"),
        (holding(OLE + bytes(600)), "old Excel workbook"),
        (holding(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")), "password"),
        (holding(b"Title,Year\nA,2020\n"), "save it as .xlsx"),
        (holding(b"PK\x03\x04 and no more"), "damaged"),
        (encrypted_part, "password"),
        (zipped("xl/workbook.bin", "_rels/.rels"), r"\.xlsb"),
        (zipped("mimetype", "content.xml"), r"\.ods"),
        (zipped("Index/Document.iwa"), "Numbers"),
        (zipped("word/document.xml"), "Word"),
        (zipped("a.txt"), "a ZIP file"),
        (zipped("a.xml"), "no workbook"),
        (bomb, "200th"),
        (lying_bomb, "damaged"),
        (many_parts, "10,000 parts"),
    ],
)
def test_other_files_are_refused_with_what_to_do(
    tmp_path: Path, make: Callable[[Path], None], words: str
) -> None:
    path = tmp_path / "x.xlsx"
    make(path)
    with pytest.raises(UnreadableMetadata, match=words):
        read_xlsx(path)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMetadata, match="can't be opened"):
        read_xlsx(tmp_path / "none.xlsx")
    with pytest.raises(UnreadableMetadata, match="can't be opened"):
        read_xlsx(tmp_path)


def read_or_refused(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    try:
        found = read_xlsx(path)
    except UnreadableMetadata as refusal:
        assert refusal.reason
    else:
        assert found.sheets


@given(data=st.binary(max_size=200), packed=st.booleans())
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, packed: bool
) -> None:
    if packed:
        parts = io.BytesIO()
        with zipfile.ZipFile(parts, "w") as archive:
            archive.writestr("xl/workbook.xml", data)
        data = parts.getvalue()
    read_or_refused(tmp_path_factory.getbasetemp() / "any.xlsx", data)


SAMPLE = (
    ("xl/workbook.xml", samples.book("One", "Two|hidden")),
    ("xl/_rels/workbook.xml.rels", samples.relations(("worksheet", "worksheets/sheet1.xml"))),
    (
        "xl/worksheets/sheet1.xml",
        sheet(
            HEAD + '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>45352</v></c></row>',
            '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
        ),
    ),
    ("xl/sharedStrings.xml", "<sst><si><t>A</t></si><si><r><t>B</t></r></si></sst>"),
    ("xl/styles.xml", styles("yyyy-mm-dd", "0%")),
    ("_rels/.rels", samples.relations(("officeDocument", "xl/workbook.xml"))),
)


@given(
    part=st.integers(0, len(SAMPLE) - 1),
    edits=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 6), st.binary(max_size=6)), max_size=4
    ),
)
def test_any_damage_of_a_part_is_borne(
    tmp_path_factory: pytest.TempPathFactory, part: int, edits: list[tuple[float, int, bytes]]
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for place, (name, xml) in enumerate(SAMPLE):
            data = xml.encode()
            for where, cut, put in edits if place == part else ():
                at = int(where * len(data))
                data = data[:at] + put + data[at + cut :]
            archive.writestr(name, data)
    read_or_refused(tmp_path_factory.getbasetemp() / "damaged.xlsx", packed.getvalue())


@pytest.mark.parametrize("seed", range(4))
def test_damaged_real_workbooks_are_borne(corpus: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    files = sorted((corpus / "metadata" / "sheetjs").rglob("*.xlsx"))
    for _ in range(40):
        data = bytearray(chance.choice(files).read_bytes())
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(data))
            match chance.randrange(3):
                case 0:
                    data[at] = chance.randrange(256)
                case 1:
                    del data[at : at + chance.randint(1, 200)]
                case _:
                    data[at:at] = chance.randbytes(chance.randint(1, 20))
        read_or_refused(tmp_path / "x.xlsx", bytes(data))


def test_checksums_are_checked(tmp_path: Path) -> None:
    path = write(tmp_path / "x.xlsx", sheet(HEAD + text_row(2, "A")))
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        checksum = archive.getinfo("xl/worksheets/sheet1.xml").CRC.to_bytes(4, "little")
    path.write_bytes(data.replace(checksum, zlib.crc32(b"else").to_bytes(4, "little")))
    assert "damaged" in read_xlsx(path).sheets[0].rows[-1].problem
