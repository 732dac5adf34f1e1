"""PDFs built object by object: odd, broken and hostile ones too."""

import zlib
from collections.abc import Mapping

HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


class PdfBuilder:
    """Collects objects and pages, and writes them with a right cross-reference table."""

    def __init__(self) -> None:
        self.objects: list[bytes] = [b"", b""]
        self.pages: list[int] = []

    def add(self, body: bytes) -> int:
        """Add an object and return its number."""
        self.objects.append(body)
        return len(self.objects)

    def add_stream(self, data: bytes, entries: bytes = b"", *, packed: bool = False) -> int:
        """Add a stream and return its number."""
        if packed:
            data = zlib.compress(data, 9)
            entries += b" /Filter /FlateDecode"
        return self.add(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data))

    def add_font(self, letters: Mapping[int, str]) -> int:
        """Add a font whose character codes stand for these letters, one glyph each."""
        lines = b"\n".join(
            b"<%02X> <%s>" % (code, text.encode("utf-16-be").hex().upper().encode())
            for code, text in letters.items()
        )
        cmap = self.add_stream(
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            b"/CMapName /X def 1 begincodespacerange <00> <FF> endcodespacerange\n"
            b"%d beginbfchar\n%s\nendbfchar\nendcmap end end" % (len(letters), lines)
        )
        widths = b" ".join([b"500"] * 256)
        return self.add(
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode %d 0 R "
            b"/FirstChar 0 /LastChar 255 /Widths [%s] >>" % (cmap, widths)
        )

    def add_page(
        self,
        content: bytes = b"",
        resources: bytes = b"",
        entries: bytes = b"",
        *,
        packed: bool = False,
    ) -> int:
        """Add a page and return the number of its object."""
        stream = self.add_stream(content, packed=packed)
        page = self.add(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "
            b"/Resources << %s >> %s >>" % (stream, resources, entries)
        )
        self.pages.append(page)
        return page

    def add_text_page(self, *lines: str, size: int = 12, font: int | None = None) -> int:
        """Add a page with lines of text in Latin-1 letters, from the top down."""
        used = font if font is not None else self.add(HELVETICA)
        return self.add_page(written(*lines, size=size), b"/Font << /F %d 0 R >>" % used)

    def add_endless_page(self) -> int:
        """Add a page with a form that draws itself twice: it takes all memory it can get."""
        number = len(self.objects) + 1
        form = self.add_stream(
            b"/X Do /X Do",
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
            b"/Resources << /XObject << /X %d 0 R >> >>" % number,
        )
        return self.add_page(b"/X Do", b"/XObject << /X %d 0 R >>" % form)

    def build(self, catalog: bytes = b"", info: bytes = b"", count: int | None = None) -> bytes:
        """Return the file; `count` is the number of pages that it claims."""
        kids = b" ".join(b"%d 0 R" % page for page in self.pages)
        claimed = len(self.pages) if count is None else count
        self.objects[0] = b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog
        self.objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (claimed, kids)
        trailer = b""
        if info:
            trailer = b"/Info %d 0 R" % self.add(b"<< %s >>" % info)
        out = bytearray(b"%PDF-1.7\n")
        offsets = []
        for number, body in enumerate(self.objects, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(self.objects) + 1)
        out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        out += b"trailer << /Size %d /Root 1 0 R %s >>\n" % (len(self.objects) + 1, trailer)
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def written(*lines: str, size: int = 12, top: int = 760) -> bytes:
    """Return drawing instructions for lines of text in the font /F."""
    drawn = []
    for at, line in enumerate(lines):
        shown = line.encode("latin-1").hex().encode()
        place = top - at * size * 3 // 2
        drawn.append(b"BT /F %d Tf 50 %d Td <%s> Tj ET" % (size, place, shown))
    return b"\n".join(drawn)


def text_pdf(*pages: str) -> bytes:
    """Return a PDF with one line of text on each page."""
    builder = PdfBuilder()
    for page in pages:
        builder.add_text_page(*page.split("\n"))
    return builder.build()
