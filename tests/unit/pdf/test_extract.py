"""Reading one PDF in this process: files that are known to do no harm only."""

import io
import os
from pathlib import Path

import pypdf
import pytest

from desktop_app.domain.extraction import Refusal, RefusalCode
from desktop_app.domain.records import NoText, Page, TextHealth
from desktop_app.pdf.extract import OpenDocument, open_document
from tests.unit.pdf.documents import PdfBuilder, text_pdf, written

ENGLISH = (
    "This is the report of an evaluation that was made in the schools of the city,\n"
    "and it shows what worked for the young people who took part in the programme."
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Bericht über عمل.pdf"


def opened(path: Path, content: bytes) -> OpenDocument:
    path.write_bytes(content)
    document = open_document(path)
    assert isinstance(document, OpenDocument)
    return document


def pages_of(path: Path, content: bytes) -> list[Page]:
    with opened(path, content) as document:
        return [document.read(number) for number in range(1, document.page_count + 1)]


def refused(path: Path, content: bytes) -> Refusal:
    path.write_bytes(content)
    refusal = open_document(path)
    assert isinstance(refusal, Refusal)
    assert refusal.path == path
    assert refusal.reason
    return refusal


def encrypted(content: bytes, user: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    writer.encrypt(user_password=user, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_text_comes_line_by_line_with_language(path: Path) -> None:
    first, second = pages_of(path, text_pdf(ENGLISH, "Prävention & Evaluation (2021)"))
    assert first == Page(1, "1", ENGLISH, language="en", engine="pdfium")
    assert second.text == "Prävention & Evaluation (2021)"


def test_properties_are_clean(path: Path) -> None:
    builder = PdfBuilder()
    builder.add_text_page("x")
    info = (
        rb"/Title (A\000 title\n of\t two lines) /Author <FEFF202E0041006C06270646>"
        rb"/Subject (" + b"long " * 5_000 + rb") /Keywords (  ) /Custom (x)"
    )
    with opened(path, builder.build(info=info)) as document:
        assert document.properties["Title"] == "A title of two lines"
        assert document.properties["Author"] == "Alان"
        assert len(document.properties["Subject"]) <= 2_000
        assert set(document.properties) == {"Title", "Author", "Subject"}


def test_labels_are_what_is_printed(path: Path) -> None:
    builder = PdfBuilder()
    for _ in range(4):
        builder.add_text_page("x")
    labels = b"/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /P (A-) /St 7 >>] >>"
    labelled = pages_of(path, builder.build(labels))
    assert [page.label for page in labelled] == ["i", "ii", "A-7", "A-8"]
    assert [page.label for page in pages_of(path, builder.build())] == ["1", "2", "3", "4"]


def test_headline_is_the_largest_type(path: Path) -> None:
    builder = PdfBuilder()
    font = builder.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    title = b"BT /F 1 Tf 30 0 0 30 50 700 Tm (Mentoring in) Tj 0 -1.2 Td (twelve cities) Tj ET\n"
    aside = b"BT /F 90 Tf 0 1 -1 0 590 100 Tm (ASIDE) Tj ET\n"
    builder.add_page(
        aside + title + written("Ministry", "Final report", top=500),
        b"/Font << /F %d 0 R >>" % font,
    )
    builder.add_text_page("Contents", size=32)
    with opened(path, builder.build()) as document:
        assert document.headline == ""
        for number in (1, 2):
            document.read(number)
        assert document.headline == "Mentoring in twelve cities"


@pytest.mark.parametrize(
    ("content", "entries", "reason", "health"),
    [
        (b"", b"", NoText.BLANK, TextHealth.GOOD),
        (b"BT /F 12 Tf (   ) Tj ET", b"", NoText.BLANK, TextHealth.GOOD),
        (b"9 9 200 200 re f", b"", NoText.IMAGE_ONLY, TextHealth.SCANNED),
        (
            b"q 600 0 0 800 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q",
            b"",
            NoText.IMAGE_ONLY,
            TextHealth.SCANNED,
        ),
        (
            b"",
            b"/Annots [<< /Subtype /Stamp /Rect [9 9 99 99] >>]",
            NoText.IMAGE_ONLY,
            TextHealth.SCANNED,
        ),
        (
            b"",
            b"/Annots [<< /Subtype /Link /Rect [9 9 99 99] >>]",
            NoText.BLANK,
            TextHealth.GOOD,
        ),
    ],
)
def test_page_without_text_says_why(
    path: Path, content: bytes, entries: bytes, reason: NoText, health: TextHealth
) -> None:
    builder = PdfBuilder()
    builder.add_page(content, entries=entries)
    (page,) = pages_of(path, builder.build())
    assert (page.text, page.no_text, page.health) == ("", reason, health)


def test_page_that_is_none_is_damaged_and_others_are_read(path: Path) -> None:
    builder = PdfBuilder()
    builder.add_text_page("one")
    builder.pages.append(builder.add(b"(no page)"))
    builder.add_text_page("three")
    one, two, three = pages_of(path, builder.build())
    assert (one.text, three.text) == ("one", "three")
    assert (two.no_text, two.health) == (NoText.DAMAGED, TextHealth.PARTIAL)


@pytest.mark.parametrize("first", [0xE000, 0x0E, 0xFFF0])
def test_characters_that_map_to_nothing_are_unreadable(path: Path, first: int) -> None:
    builder = PdfBuilder()
    font = builder.add_font({65 + at: chr(first + at) for at in range(14)})
    builder.add_text_page("ABCDEFGH IJKLMN", font=font)
    (page,) = pages_of(path, builder.build())
    assert (page.text, page.no_text) == ("", NoText.UNREADABLE)
    assert page.health is TextHealth.UNREADABLE


def test_letters_that_the_font_does_not_vouch_for_are_kept_with_a_warning(path: Path) -> None:
    builder = PdfBuilder()
    names = b" ".join(b"/g%d" % code for code in range(200))
    font = builder.add(
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [0.1 0 0 0.1 0 0] "
        b"/CharProcs << >> /FirstChar 32 /LastChar 231 /Widths [%s] "
        b"/Encoding << /Type /Encoding /Differences [32 %s] >> >>" % (b"5 " * 200, names)
    )
    builder.add_text_page("WKLV LV WKH UHSRUW RI DQ HYDOXDWLRQ " * 4, font=font)
    builder.add_text_page(ENGLISH.replace("\n", " "), font=font)
    shifted, plain = pages_of(path, builder.build())
    assert (shifted.text[:4], shifted.health) == ("WKLV", TextHealth.UNREADABLE)
    assert (plain.language, plain.health) == ("en", TextHealth.GOOD)


def test_swapped_ligatures_are_put_right_by_their_place(path: Path) -> None:
    # Glyphs stand on the page from left to right, lam-alef is one of them.
    letters = {
        65: "ا", 66: "ل", 67: "لا", 68: "س", 69: "ت", 70: "د", 71: "ع", 72: "ء", 73: "لأ", 74: "ه",
        75: "م", 76: "لله", 77: "الله",
    }  # fmt: skip
    builder = PdfBuilder()
    font = builder.add_font(letters)
    codes = {text: chr(code) for code, text in letters.items()}

    def glyphs(*word: str) -> str:
        return "".join(codes[letter] for letter in reversed(word))

    line = [
        glyphs("ا", "لا", "س", "ت", "د", "ع", "ا", "ء"),
        glyphs("ا", "ل", "س", "لا", "م"),
        glyphs("ا", "لأ", "م"),
        glyphs("ع", "لا", "ه"),
        glyphs("لا"),
        glyphs("ا", "لله"),
        glyphs("الله"),
    ]
    builder.add_text_page(" ".join(reversed(line)), font=font)
    (page,) = pages_of(path, builder.build())
    assert page.text == "الاستدعاء السلام الأم علاه لا الله الله"
    assert page.health is TextHealth.REPAIRED


def test_characters_beyond_sixteen_bits_are_whole(path: Path) -> None:
    builder = PdfBuilder()
    font = builder.add_font({65: "𝑥", 66: "😀", 67: "각"})
    builder.add_text_page("ABC", font=font)
    (page,) = pages_of(path, builder.build())
    assert page.text == "𝑥😀각"


def test_word_divided_at_a_line_end_is_joined(path: Path) -> None:
    (page,) = pages_of(path, text_pdf("an evaluation of the com-\nmunity programme"))
    assert page.text == "an evaluation of the community programme"


@pytest.mark.parametrize(
    ("divided", "whole"),
    [
        ("the com\u2010~munity programme", "the community programme"),
        ("the com\xad~munity programme", "the community programme"),
        (
            "own\u2010account workers and own\u2010~account",
            "own\u2010account workers and own-account",
        ),
        ("the impact\u2010~Evaluation", "the impact-Evaluation"),
        ("a\u2010~1 list", "a\u2010\n1 list"),
    ],
)
def test_word_divided_by_a_character_for_hyphens_only_is_joined(
    path: Path, divided: str, whole: str
) -> None:
    builder = PdfBuilder()
    codes = {letter: code for code, letter in enumerate(sorted(set(divided) - {"~"}), 65)}
    font = builder.add_font({code: letter for letter, code in codes.items()})
    lines = ["".join(chr(codes[letter]) for letter in line) for line in divided.split("~")]
    builder.add_text_page(*lines, font=font)
    (page,) = pages_of(path, builder.build())
    assert page.text == whole


def test_what_stands_before_the_header_does_not_matter(path: Path) -> None:
    for junk in (b"<html>\n", b"\x00" * 2_000, b"x" * 700_000):
        assert [page.text for page in pages_of(path, junk + text_pdf("one", "two"))] == [
            "one",
            "two",
        ]


def test_owner_password_does_not_lock(path: Path) -> None:
    assert [page.text for page in pages_of(path, encrypted(text_pdf("open"), user=""))] == ["open"]


def test_user_password_locks(path: Path) -> None:
    assert refused(path, encrypted(text_pdf("shut"), user="läs mig")).code is RefusalCode.LOCKED


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", RefusalCode.EMPTY),
        (b"%PDF-1.7\n", RefusalCode.DAMAGED),
        (text_pdf("cut")[:200], RefusalCode.DAMAGED),
        (b"<html><body>Not found</body></html>", RefusalCode.NOT_A_PDF),
        (PdfBuilder().build(), RefusalCode.NO_PAGES),
    ],
)
def test_what_can_not_be_read_is_refused(path: Path, content: bytes, code: RefusalCode) -> None:
    assert refused(path, content).code is code


def test_missing_file_and_folder_are_refused(path: Path) -> None:
    missing = open_document(path)
    assert isinstance(missing, Refusal)
    assert missing.code is RefusalCode.NOT_FOUND
    path.mkdir()
    folder = open_document(path)
    assert isinstance(folder, Refusal)
    assert folder.code is RefusalCode.NOT_READABLE
    assert folder.reason


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
def test_named_pipe_is_not_waited_for(path: Path) -> None:
    os.mkfifo(path)
    refusal = open_document(path)
    assert isinstance(refusal, Refusal)
    assert refusal.code is RefusalCode.NOT_READABLE


def test_claim_of_more_pages_than_fit_is_false(path: Path) -> None:
    builder = PdfBuilder()
    builder.add_text_page("one")
    content = builder.build(count=1_000_000)
    refusal = refused(path, content)
    assert refusal.code is RefusalCode.FALSE_PAGE_COUNT
    assert refusal.fields == {"claimed": 1_000_000, "size": len(content)}


def test_too_many_pages_are_refused(path: Path) -> None:
    builder = PdfBuilder()
    page = builder.add_page()
    builder.pages = [page] * 30_001
    content = builder.build() + b"%" * 300_000
    refusal = refused(path, content)
    assert refusal.code is RefusalCode.TOO_MANY_PAGES
    assert refusal.fields == {"claimed": 30_001, "limit": 30_000}
