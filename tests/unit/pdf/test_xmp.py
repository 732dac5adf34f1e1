"""What XMP packets say, and that hostile ones say nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.extraction import Extraction
from desktop_app.pdf.extract import OpenDocument, open_document
from desktop_app.pdf.metadata_streams import MAX_PACKET_BYTES
from desktop_app.pdf.pool import ExtractionPool
from desktop_app.pdf.xmp import MAX_DESCRIPTION, MAX_VALUE, MAX_VALUES, parse_xmp, read_xmp
from tests.unit.pdf.documents import PdfBuilder
from tests.unit.pdf.packets import listed, packet, pdf_with, titled

LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(
        f"<!ENTITY {new} '{f'&{old};' * 20}'>" for old, new in zip("abcdef", "bcdefg", strict=True)
    )
    + "]>"
)


def said(text: str | bytes) -> dict[str, str]:
    found = parse_xmp(text.encode() if isinstance(text, str) else text)
    assert found is not None
    return found.values


def test_a_full_packet() -> None:
    assert said(
        packet(
            titled("Mentoring in\n twelve &amp; more cities"),
            listed("dc:creator", "Anna Berg", "Leo Ek", "محمد بن علي"),
            listed("dc:subject", "youth", "mentoring", container="Bag"),
            listed("dc:publisher", "City of Ghent", container="Bag"),
            listed("dc:language", "en", "ar", container="Bag"),
            listed("dc:date", "2021-03"),
            "<dc:identifier>doi:10.1000/x</dc:identifier>",
            "<prism:doi>10.1000/x</prism:doi>",
            "<prism:isbn>978-92-9257-020-0</prism:isbn>",
            "<prism:publicationDate>2021-03-01</prism:publicationDate>",
            "<xmpRights:WebStatement>https://creativecommons.org/licenses/by/4.0/"
            "</xmpRights:WebStatement>",
            "<pdf:Keywords>youth, mentoring</pdf:Keywords>",
            "<pdf:Producer>Some program</pdf:Producer>",
            "<tiff:Make>A camera</tiff:Make>",
        )
    ) == {
        "dc:title": "Mentoring in twelve & more cities",
        "dc:creator": "Anna Berg\nLeo Ek\nمحمد بن علي",
        "dc:subject": "youth\nmentoring",
        "dc:publisher": "City of Ghent",
        "dc:language": "en\nar",
        "dc:date": "2021-03",
        "dc:identifier": "doi:10.1000/x",
        "prism:doi": "10.1000/x",
        "prism:isbn": "978-92-9257-020-0",
        "prism:publicationDate": "2021-03-01",
        "xmpRights:WebStatement": "https://creativecommons.org/licenses/by/4.0/",
        "pdf:Keywords": "youth, mentoring",
    }


def test_properties_may_be_attributes() -> None:
    found = said(packet(attributes='pdf:Keywords="youth; work" dc:identifier=" isbn:1 "'))
    assert found == {"pdf:Keywords": "youth; work", "dc:identifier": "isbn:1"}


def test_of_several_languages_the_default_one_is_taken() -> None:
    texts = (
        '<rdf:li xml:lang="de">Titel</rdf:li><rdf:li xml:lang="x-default">Title</rdf:li>'
        '<rdf:li xml:lang="fr">Titre</rdf:li>'
    )
    assert said(packet(f"<dc:title><rdf:Alt>{texts}</rdf:Alt></dc:title>"))["dc:title"] == "Title"
    assert said(packet(titled("Titel", "de")))["dc:title"] == "Titel"


def test_only_properties_of_the_document_itself_count() -> None:
    placed = (
        "<xmpMM:Ingredients><rdf:Bag><rdf:li><rdf:Description>"
        f"{titled('A photo')}<dc:identifier>photo</dc:identifier>"
        "</rdf:Description></rdf:li></rdf:Bag></xmpMM:Ingredients>"
    )
    assert said(packet(placed, titled("The report"))) == {"dc:title": "The report"}


def test_prefixes_are_free_and_namespaces_are_not() -> None:
    renamed = packet(titled("Title")).replace("dc:", "a:").replace(":dc=", ":a=")
    assert said(renamed) == {"dc:title": "Title"}
    assert said(packet(titled("Title")).replace("purl.org", "example.org")) == {}
    newer = packet("<prism:doi>10.1000/x</prism:doi>").replace("basic/2.0", "basic/3.0")
    assert said(newer) == {"prism:doi": "10.1000/x"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_all_encodings_of_xmp(encoding: str) -> None:
    text = packet(titled("Prävention – عمل"))
    assert said(text.encode(encoding)) == {"dc:title": "Prävention – عمل"}


def test_what_follows_the_packet_does_not_matter() -> None:
    assert said(packet(titled("Title")).encode() + b"\x00\xff</nothing>&\nendstream endobj") == {
        "dc:title": "Title"
    }


def test_values_are_limited_in_length_and_number() -> None:
    found = said(
        packet(
            titled("word " * 9_999),
            listed("dc:description", "word " * 9_999, container="Alt"),
            listed("dc:subject", *(f"word {number}" for number in range(999))),
            listed("dc:publisher", "A\x85\u202eB &#x2028; C", " ", "A B C"),
        )
    )
    assert MAX_VALUE / 2 < len(found["dc:title"]) <= MAX_VALUE
    assert MAX_VALUE < len(found["dc:description"]) <= MAX_DESCRIPTION
    assert len(found["dc:subject"].split("\n")) == MAX_VALUES
    assert found["dc:publisher"] == "A B C"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "junk",
        "<x:xmpmeta",
        "<html><title>x</title></html>",
        "\x00" * 9_999,
        packet(titled("a & b")),
        packet(titled("x")).replace("</dc:title>", "</dc:titel>"),
        packet(titled("x")).partition("</rdf:RDF>")[0],
        packet(titled("&g;"), prolog=LAUGHS),
        packet(titled("&x;"), prolog='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        packet(titled("x"), prolog='<!DOCTYPE x SYSTEM "http://example.org/x.dtd">'),
        packet("<pdf:a>" * 500 + "</pdf:a>" * 500),
        packet("<pdf:a/>" * 100_000),
        packet(*(f"<pdf:a{number}/>" for number in range(60_000))),
        '<?xml version="1.0" encoding="no-such"?>' + packet(titled("x")),
        '<?xml version="1.0" encoding="utf-7"?>' + packet(titled("x")),
        '<?xml version="1.0" encoding="shift_jis"?>' + packet(titled("x")),
        '<?xml version="1.0" encoding="base64"?>' + packet(titled("x")),
        b"\xff\xfe\x00\xd8",
        packet(titled("x")).encode("utf-32"),
        packet(titled("Prävention")).encode("latin-1", "ignore"),
    ],
)
def test_junk_and_bombs_say_nothing(content: str | bytes) -> None:
    data = content.encode() if isinstance(content, str) else content
    assert parse_xmp(data) is None


@given(st.binary(max_size=300))
def test_any_bytes_say_nothing(content: bytes) -> None:
    assert parse_xmp(content) is None


@given(
    st.lists(
        st.sampled_from(
            [*"<>/&; ='\"", "rdf:li", "dc:title", "<rdf:Alt>", "</rdf:Alt>", "<![CDATA[", "]]>"]
        )
        | st.text(max_size=5),
        max_size=30,
    ).map("".join)
)
def test_any_text_in_a_packet_gives_lines_or_nothing(inside: str) -> None:
    found = parse_xmp(packet(f"<dc:title>{inside}</dc:title>").encode("utf-8", "surrogatepass"))
    if found is not None:
        assert set(found.values) <= {"dc:title"}
        assert all(line for value in found.values.values() for line in value.split("\n"))


def test_packets_of_images_are_told_from_those_of_pdfs() -> None:
    image = parse_xmp(packet("<tiff:Make>A camera</tiff:Make>").encode())
    document = parse_xmp(packet("<pdf:Producer>A program</pdf:Producer>").encode())
    assert image is not None
    assert document is not None
    assert (image.of_pdf, document.of_pdf) == (False, True)


@pytest.mark.parametrize("packed", [False, True])
def test_properties_of_a_document_hold_its_xmp(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_with(packet(titled("Title")), packed=packed))
    document = open_document(path)
    assert isinstance(document, OpenDocument)
    with document:
        assert document.properties == {"dc:title": "Title"}


@pytest.mark.parametrize(
    ("content", "packed"),
    [
        (packet(titled("&g;"), prolog=LAUGHS), False),
        (packet(titled("x" * MAX_PACKET_BYTES)), False),
        (b" " * (2 * MAX_PACKET_BYTES), True),
        (b"<a>" * 50_000, True),
        (b"<a/>" * 200_000, True),
    ],
)
def test_hostile_xmp_never_refuses_the_file(
    tmp_path: Path, content: str | bytes, packed: bool
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_with(content, packed=packed))
    with ExtractionPool(1) as pool:
        pool.submit("hostile", path, most_pages=1)
        ((_, found),) = pool.results()
    assert isinstance(found, Extraction)
    assert ([page.text for page in found.pages], found.properties) == (["page 1"], {})


def test_file_that_is_gone_or_has_no_xmp_says_nothing(tmp_path: Path) -> None:
    assert read_xmp(tmp_path / "none.pdf") == {}
    builder = PdfBuilder()
    builder.add_text_page("x")
    path = tmp_path / "plain.pdf"
    path.write_bytes(builder.build())
    assert read_xmp(path) == {}
