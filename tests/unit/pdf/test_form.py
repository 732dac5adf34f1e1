"""What people typed into forms."""

from pathlib import Path

import pytest

from tests.unit.pdf.documents import HELVETICA, PdfBuilder, written
from tests.unit.pdf.test_extract import pages_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "form.pdf"


def form_pdf(*fields: bytes, content: bytes = b"", shared: bytes = b"") -> bytes:
    """Return a PDF of one page with these form fields; `shared` is what a parent of all says."""
    builder = PdfBuilder()
    parent = builder.add(b"<< >>")
    widgets = [
        builder.add(
            b"<< /Type /Annot /Subtype /Widget /Rect [50 %d 300 %d] %s %s >>"
            % (700 - at * 30, 720 - at * 30, b"/Parent %d 0 R" % parent if shared else b"", field)
        )
        for at, field in enumerate(fields)
    ]
    listed = b" ".join(b"%d 0 R" % widget for widget in widgets)
    builder.objects[parent - 1] = b"<< %s /Kids [%s] >>" % (shared, listed)
    builder.add_page(
        content,
        b"/Font << /F %d 0 R >>" % builder.add(HELVETICA),
        b"/Annots [%s]" % listed,
    )
    roots = b"%d 0 R" % parent if shared else listed
    return builder.build(b"/AcroForm << /Fields [%s] >>" % roots)


def test_what_was_typed_into_a_form_is_part_of_the_page(path: Path) -> None:
    content = form_pdf(
        b"/FT /Tx /T (name) /V (Mentoring in Malmo\\rand Lund)",
        b"/FT /Ch /Ff 131072 /T (kind) /V (Evaluation) /Opt [(Evaluation) (Guide)]",
        b"/FT /Tx /T (city) /V <FEFF00470075006C0062003A 0020064506440645>",
        content=written("Name of the project"),
    )
    (page,) = pages_of(path, content)
    assert page.text == "\n".join(
        ["Name of the project", "Mentoring in Malmo", "and Lund", "Evaluation", "Gulb: ملم"]
    )


def test_form_without_printed_text_is_no_picture(path: Path) -> None:
    (page,) = pages_of(path, form_pdf(b"/FT /Tx /T (name) /V (Only typed)"))
    assert (page.text, page.no_text) == ("Only typed", None)


def test_value_of_a_parent_counts_for_its_fields(path: Path) -> None:
    (page,) = pages_of(path, form_pdf(b"", b"", shared=b"/FT /Tx /T (name) /V (Twice)"))
    assert page.text == "Twice\nTwice"


@pytest.mark.parametrize(
    "field",
    [
        b"/FT /Tx /T (a) /V (hidden) /F 2",
        b"/FT /Tx /T (a) /V (not in view) /F 32",
        b"/FT /Tx /T (a) /V (password) /Ff 8192",
        b"/FT /Btn /T (a) /V /Yes /AS /Yes",
        b"/FT /Tx /T (a) /V (" + b"far too long " * 20_000 + b")",
        b"/FT /Tx /T (a)",
    ],
)
def test_what_nobody_sees_in_a_form_is_not_taken(path: Path, field: bytes) -> None:
    (page,) = pages_of(path, form_pdf(field, content=written("printed")))
    assert page.text == "printed"
