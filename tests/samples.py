"""Sample PDFs and records that tests make for themselves."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.domain.changes.clock import HybridClock
from desktop_app.domain.changes.edits import Origin
from desktop_app.domain.changes.records import creating_changes
from desktop_app.domain.records import Access, Document, Page, Record
from desktop_app.store.records import Records

LINE_LENGTH = 90


def pdf_bytes(pages: Sequence[str], properties: Mapping[str, str] | None = None) -> bytes:
    """Return a PDF with the given page texts (Latin-1 letters), an empty string being blank."""
    objects: list[bytes] = []

    def add(content: bytes) -> int:
        objects.append(content)
        return len(objects)

    catalog, tree = add(b""), add(b"")
    font = add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for text in pages:
        content = _page_content(text)
        stream = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        kids.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
                b"/Resources << /Font << /F1 %d 0 R >> >> >>" % (tree, stream, font)
            )
        )
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[catalog - 1] = b"<< /Type /Catalog /Pages %d 0 R >>" % tree
    objects[tree - 1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), listed)
    info = b""
    if properties:
        entries = b" ".join(
            b"/%s <FEFF%s>" % (name.encode(), value.encode("utf-16-be").hex().encode())
            for name, value in properties.items()
        )
        info = b" /Info %d 0 R" % add(b"<< %s >>" % entries)
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root %d 0 R%s >>\n" % (len(objects) + 1, catalog, info)
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def write_pdf(
    path: Path, pages: Sequence[str], properties: Mapping[str, str] | None = None
) -> Path:
    """Write such a PDF and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pdf_bytes(pages, properties))
    return path


def make_record(
    title: str = "A record",
    pages: Sequence[str] = ("some text",),
    *,
    sha256: str | None = None,
    **fields: object,
) -> tuple[Record, dict[str, Sequence[Page]]]:
    """Return a record with one document, and its pages by document id."""
    record_id, document_id = str(uuid.uuid4()), str(uuid.uuid4())
    document = Document(
        id=document_id,
        record_id=record_id,
        sha256=sha256 or uuid.uuid4().hex * 2,
        file_name=f"{title}.pdf",
        size=1,
        page_count=len(pages),
    )
    record = Record(
        id=record_id,
        title=title,
        access=Access.INTERNAL,
        added_at=datetime.now(UTC),
        documents=(document,),
        **fields,  # type: ignore[arg-type]
    )
    texts = tuple(Page(number, str(number), text) for number, text in enumerate(pages, 1))
    return record, {document_id: texts}


def store_record(records: Records, record: Record, pages: Mapping[str, Sequence[Page]]) -> None:
    """Store a record as an import does."""
    origin = Origin("device", "person", HybridClock())
    records.add(record, creating_changes(origin, record), pages)


def _page_content(text: str) -> bytes:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            if line and len(line) + 1 + len(word) > LINE_LENGTH:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append(line)
    shown = b"".join(b"(%s) Tj T*\n" % _escaped(line) for line in lines if text)
    return b"BT /F1 11 Tf 14 TL 60 780 Td\n" + shown + b"ET" if text else b""


def _escaped(line: str) -> bytes:
    encoded = line.encode("cp1252")
    for special in (b"\\", b"(", b")"):
        encoded = encoded.replace(special, b"\\" + special)
    return encoded
