"""Which of the metadata streams of a PDF is its own."""

import io
import zlib
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.errors import DependencyError, PyPdfError

from desktop_app.pdf import metadata_streams
from desktop_app.pdf.metadata_streams import MAX_PACKET_BYTES, MAX_SEARCHED_BYTES, find_packets
from desktop_app.pdf.xmp import parse_xmp, read_xmp
from tests.unit.pdf.documents import PdfBuilder
from tests.unit.pdf.packets import add_packet, packet, pdf_with, titled

OWN = packet(titled("The report"))
IMAGE = packet(titled("A photo"), "<tiff:Make>A camera</tiff:Make>")


def xmp_of(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return read_xmp(path).get("dc:title", "")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.pdf"


def with_images(*, named: bool) -> bytes:
    """Return a PDF whose images have packets too, in streams and in the pictures themselves."""
    builder = PdfBuilder()
    for content in (IMAGE, OWN, IMAGE):
        number = add_packet(builder, content)
        if content == IMAGE:
            image = builder.add_stream(
                b"\xff\xd8\xff\xe1" + IMAGE.encode(),
                b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 "
                b"/ColorSpace /DeviceGray /Filter /DCTDecode /Metadata %d 0 R" % number,
            )
            builder.add_page(b"/I Do", b"/XObject << /I %d 0 R >>" % image)
        else:
            own = number
    return builder.build(b"/Metadata %d 0 R" % own if named else b"")


def test_packets_of_images_are_not_the_document_s(path: Path) -> None:
    assert xmp_of(path, with_images(named=True)) == "The report"
    assert xmp_of(path, with_images(named=False)) == ""


def test_last_version_of_a_changed_file_counts(path: Path) -> None:
    changed = pypdf.PdfWriter(io.BytesIO(pdf_with(OWN)), incremental=True)
    changed.xmp_metadata = packet(titled("The second edition")).encode()
    out = io.BytesIO()
    changed.write(out)
    assert out.getvalue().count(b"<x:xmpmeta") == 2
    assert xmp_of(path, out.getvalue()) == "The second edition"


def test_packet_of_the_same_number_is_replaced_by_the_later_one(path: Path) -> None:
    later = OWN.replace("report", "second edition").encode()
    first = pdf_with(OWN)
    again = b"3 0 obj << /Type /Metadata >> stream\n%s\nendstream endobj\n"
    number = first.partition(b"/Metadata ")[2].split()[0]
    content = first + again.replace(b"3", number, 1) % later + b"%%EOF\n"
    assert xmp_of(path, content) == "The second edition"


def test_catalogue_without_metadata_has_none(path: Path) -> None:
    builder = PdfBuilder()
    builder.add_text_page("x")
    add_packet(builder, OWN)
    assert xmp_of(path, builder.build()) == ""


def packed_catalogue(builder: PdfBuilder, catalogue: bytes) -> int:
    """Add a stream of objects that holds a catalogue between two others."""
    bodies = [b"<< /Metadata 99 0 R >>", catalogue, b"<< /Metadata 98 0 R >>"]
    starts = [sum(len(body) + 1 for body in bodies[:at]) for at in range(3)]
    head = b" ".join(b"%d %d" % (at + 50, start) for at, start in enumerate(starts)) + b" "
    return builder.add_stream(
        head + b" ".join(bodies), b"/Type /ObjStm /N 3 /First %d" % len(head), packed=True
    )


def test_catalogue_among_packed_objects(path: Path) -> None:
    builder = PdfBuilder()
    add_packet(builder, IMAGE)
    own = add_packet(builder, OWN)
    add_packet(builder, IMAGE)
    packed_catalogue(builder, b"<< /Type /Catalog /Pages 2 0 R /Metadata %d 0 R >>" % own)
    content = builder.build().replace(b"/Type /Catalog ", b"/Type /Other ", 1)
    assert xmp_of(path, content) == "The report"
    without = content.replace(b"/ObjStm", b"/Nothing")
    assert xmp_of(path, without) == ""


@pytest.mark.parametrize("order", [(OWN, IMAGE), (IMAGE, OWN)])
def test_without_a_catalogue_the_packet_that_speaks_of_a_pdf_counts(
    path: Path, order: tuple[str, str]
) -> None:
    builder = PdfBuilder()
    for content in order:
        add_packet(
            builder,
            content.replace("<dc:title>", "<pdf:Producer>P</pdf:Producer><dc:title>")
            if content == OWN
            else content,
        )
    broken = builder.build().replace(b"/Type /Catalog ", b"/Type /Other ", 1)
    assert xmp_of(path, broken) == "The report"


def test_words_in_a_dictionary_that_look_like_an_object_do_not_matter(path: Path) -> None:
    content = pdf_with(OWN).replace(b"<< /Type /Catalog", b"<< /Note (its obj) /Type /Catalog", 1)
    assert xmp_of(path, content) == "The report"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/Type /Metadata", b"/Filter /LZWDecode /Type /Metadata"),
        (b"/Type /Metadata", b"/Filter /FlateDecode /Type /Metadata"),
        (b"/Type /Metadata", b"/Filter [/ASCIIHexDecode /FlateDecode] /Type /Metadata"),
        (b"obj\n<< /Type /Catalog", b"\n<< /Type /Catalog"),
        (b"/Type /Metadata", b"endobj /Type /Metadata"),
        (b"stream\n", b"dream\n"),
    ],
)
def test_what_can_not_be_read_says_nothing(path: Path, old: bytes, new: bytes) -> None:
    content = pdf_with(OWN)
    assert old in content
    assert xmp_of(path, content.replace(old, new)) == ""


def test_beginning_and_end_of_a_huge_file_are_searched(path: Path) -> None:
    content = pdf_with(OWN)
    for before, after in ((0, MAX_SEARCHED_BYTES), (MAX_SEARCHED_BYTES, 0)):
        with path.open("wb") as file:
            file.seek(before)
            file.write(content)
            file.truncate(before + len(content) + after)
        assert read_xmp(path)["dc:title"] == "The report"


def test_streams_end_at_their_limit() -> None:
    builder = PdfBuilder()
    number = add_packet(builder, b"<" * (2 * MAX_PACKET_BYTES), packed=True)
    content = builder.build(b"/Metadata %d 0 R" % number)
    (stream,) = find_packets(io.BytesIO(content), len(content)).streams
    assert len(stream) == MAX_PACKET_BYTES


def test_search_ends_where_a_file_is_made_of_what_is_searched(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metadata_streams, "MAX_FOUND", 50)
    assert xmp_of(path, b"/Type/Metadata" * 60 + pdf_with(OWN)) == ""


def test_packed_objects_that_unpack_without_end_are_left() -> None:
    bomb = zlib.compress(b"/Type/Page " * (4 << 20), 9)
    one = b"7 0 obj << /Type /ObjStm /First 9 /Filter /FlateDecode >> stream\n%s endobj\n" % bomb
    content = b"%PDF-1.7\n" + one * 50
    packets = find_packets(io.BytesIO(content), len(content))
    assert (packets.named, list(packets.streams)) == (False, [])


@given(
    st.lists(
        st.sampled_from(
            [
                b"7 0 obj ", b"endobj ", b"<< ", b">> ", b"/Type /Catalog ", b"/Type/Metadata ",
                b"/Metadata 7 0 R ", b"/Type/ObjStm ", b"/First 9 ", b"/Filter /FlateDecode ",
                b"stream\n", OWN.encode(), zlib.compress(b"1 0 2 9 << /Type/Catalog"), b"obj",
            ]
        )
        | st.binary(max_size=9),
        max_size=30,
    ).map(b"".join)
)  # fmt: skip
def test_any_bytes_can_be_searched(content: bytes) -> None:
    for stream in find_packets(io.BytesIO(content), len(content)).streams:
        found = parse_xmp(stream)
        assert found is None or found.values == {"dc:title": "The report"}


@pytest.mark.parametrize(
    ("folder", "fewest"), [("pdf/*", 15), ("nasty/pdfbox", 6), ("nasty/verapdf", 25)]
)
def test_it_is_the_packet_that_another_reader_finds(corpus: Path, folder: str, fewest: int) -> None:
    same = 0
    for path in sorted(corpus.glob(f"{folder}/*.pdf")):
        try:
            with path.open("rb") as file:
                named = pypdf.PdfReader(file).root_object.get("/Metadata")
                packet = named.get_object().get_data() if named is not None else b""
        except (PyPdfError, DependencyError):
            continue
        theirs = parse_xmp(packet)
        assert read_xmp(path) == ({} if theirs is None else theirs.values), path.name
        same += theirs is not None
    assert same >= fewest


def test_hostile_files_are_searched_without_an_error(corpus: Path) -> None:
    read = [read_xmp(path) for path in sorted(corpus.glob("nasty/*/*.[pP]df"))]
    assert len(read) > 200
    assert sum(map(bool, read)) > 20
