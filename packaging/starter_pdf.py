"""PDF pages whose text every reader gets back, letter by letter, in Arabic and in Latin script.

Programs that read PDFs turn glyphs back into letters from left to right and then work out the order
in which Arabic is read. Ligatures and vowel signs break that. So a page made here has exactly one
glyph for each letter: the letters of one shape share its width, the first one draws the whole shape
and the others draw nothing. What is printed is the same.

Needs uharfbuzz and fontTools; build_starter.py says which versions.
"""

import hashlib
import importlib
import io
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 595.28, 841.89
"""A4 in points."""
UNITS = 1000
"""Units of an em, in the fonts used here and in every PDF."""
DATE = "D:20260101000000Z"
"""The same in every build: a file changes only when its text or its looks do."""

Outline = tuple[tuple[int, int, int], ...]
"""What a glyph draws: glyphs of the original font, each moved by x and y font units."""

_MIRRORED = str.maketrans("()[]«»", ")(][»«")
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{rights}</rdf:li></rdf:Alt></dc:rights>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter of a shaped text; `advance` is in font units."""

    letter: str
    outline: Outline
    advance: int


class Font:
    """A TrueType file, and the glyphs that a document needs of it."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self._harfbuzz = importlib.import_module("uharfbuzz")
        blob = self._harfbuzz.Blob.from_file_path(str(path))
        self._shaper = self._harfbuzz.Font(self._harfbuzz.Face(blob))
        self._source = importlib.import_module("fontTools.ttLib").TTFont(path)
        if self._source["head"].unitsPerEm != UNITS:
            raise ValueError(f"{path.name} does not have {UNITS} units in an em")
        self.letters = frozenset(map(chr, self._source.getBestCmap()))
        self._codes: dict[Glyph, int] = {}

    def shape(self, text: str, rtl: bool) -> list[Glyph]:
        """Return the glyphs of `text` from left to right as they stand on the page."""
        buffer = self._harfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rtl else "ltr"
        self._harfbuzz.shape(self._shaper, buffer)
        shaped = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
        starts = sorted({info.cluster for info, _ in shaped})
        ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
        glyphs = []
        for start, cluster in groupby(shaped, key=lambda pair: int(pair[0].cluster)):
            outline, pen = [], 0
            for info, position in cluster:
                if not info.codepoint:
                    raise ValueError(f"{self.name} has no glyph for {text[start]!r} in {text!r}")
                outline.append((info.codepoint, pen + position.x_offset, position.y_offset))
                pen += position.x_advance
            glyphs += _share(text[start : ends[start]], tuple(outline), pen, rtl)
        return glyphs

    def encode(self, glyphs: Sequence[Glyph]) -> str:
        """Return the codes of glyphs as a PDF string; code 0 is the glyph for missing ones."""
        codes = (self._codes.setdefault(glyph, len(self._codes) + 1) for glyph in glyphs)
        return f"<{''.join(f'{code:04x}' for code in codes)}>"

    def add_to(self, objects: "_Objects") -> int:
        """Put the font with the glyphs in use into a file and return its number there."""
        head, lines = self._source["head"], self._source["hhea"]
        program = self._program()
        tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(program).digest()[:6])
        name = f"/{tag}+{self.name}"
        descriptor = objects.add(
            f"<</Type /FontDescriptor /FontName {name} /Flags 4 /ItalicAngle 0 /StemV 80"
            f" /FontBBox [{head.xMin} {head.yMin} {head.xMax} {head.yMax}] /CapHeight 714"
            f" /Ascent {lines.ascent} /Descent {lines.descent}"
            f" /FontFile2 {objects.add_stream(program)} 0 R>>"
        )
        widths = " ".join(str(glyph.advance) for glyph in self._codes)
        descendant = objects.add(
            f"<</Type /Font /Subtype /CIDFontType2 /BaseFont {name} /DW 0 /W [1 [{widths}]]"
            " /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>"
            f" /CIDToGIDMap /Identity /FontDescriptor {descriptor} 0 R>>"
        )
        return objects.add(
            f"<</Type /Font /Subtype /Type0 /BaseFont {name} /Encoding /Identity-H"
            f" /DescendantFonts [{descendant} 0 R]"
            f" /ToUnicode {objects.add_stream(self._unicode_map())} 0 R>>"
        )

    def _unicode_map(self) -> bytes:
        pairs = [
            f"<{code:04x}> <{glyph.letter.encode('utf-16-be').hex()}>\n"
            for glyph, code in self._codes.items()
        ]
        blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
        body = "".join(f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n" for block in blocks)
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
            "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
            f"{body}endcmap CMapName currentdict /CMap defineresource pop end end"
        ).encode("ascii")

    def _program(self) -> bytes:
        """Return a TrueType file with the glyphs in the order of their codes."""
        pens = importlib.import_module("fontTools.pens.ttGlyphPen")
        recording = importlib.import_module("fontTools.pens.recordingPen")
        moving = importlib.import_module("fontTools.pens.transformPen")
        builder = importlib.import_module("fontTools.fontBuilder").FontBuilder(UNITS, isTTF=True)
        names, shapes = self._source.getGlyphOrder(), self._source.getGlyphSet()
        glyphs, metrics = {".notdef": pens.TTGlyphPen(None).glyph()}, {".notdef": (0, 0)}
        for glyph, code in self._codes.items():
            pen = pens.TTGlyphPen(None)
            for number, x, y in glyph.outline:
                lines = recording.DecomposingRecordingPen(shapes)
                shapes[names[number]].draw(lines)
                lines.replay(moving.TransformPen(pen, (1, 0, 0, 1, x, y)))
            glyphs[f"g{code}"] = drawn = pen.glyph()
            drawn.recalcBounds(None)
            metrics[f"g{code}"] = (glyph.advance, drawn.xMin)
        header = self._source["hhea"]
        builder.setupGlyphOrder(list(glyphs))
        builder.setupGlyf(glyphs)
        builder.setupHorizontalMetrics(metrics)
        builder.setupHorizontalHeader(ascent=header.ascent, descent=header.descent)
        builder.setupHead(unitsPerEm=UNITS, created=0, modified=0)
        builder.setupPost(keepGlyphNames=False)
        builder.font.recalcTimestamp = False
        file = io.BytesIO()
        builder.font.save(file)
        return file.getvalue()


def _share(letters: str, outline: Outline, advance: int, rtl: bool) -> list[Glyph]:
    """Return one glyph for each letter of a shape; together they are as wide as the shape."""
    share = advance // len(letters)
    others = share * (len(letters) - 1)
    if not rtl:
        blanks = [Glyph(letter, (), share) for letter in letters[1:]]
        return [Glyph(letters[0], outline, advance - others), *blanks]
    blanks = [Glyph(letter, (), share) for letter in reversed(letters[1:])]
    moved = tuple((number, x - others, y) for number, x, y in outline)
    # A mirrored bracket is named after what it looks like: readers turn it round again.
    return [*blanks, Glyph(letters[0].translate(_MIRRORED), moved, advance - others)]


Run = tuple[Font, list[Glyph]]
"""Glyphs of one font that stand side by side, from left to right."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Size in points and colour (red, green and blue from 0 to 1) of a line."""

    size: float
    color: str


@dataclass(slots=True)
class _Element:
    """A part of the document for people who have it read aloud: a heading, a list, a cell.

    `children` are elements, or page (from 0) and number of a marked piece of its content.
    """

    tag: str
    children: list["_Element | tuple[int, int]"] = field(default_factory=list)


class Pdf:
    """A tagged PDF file, filled page by page. Places are in points from the lower left corner."""

    def __init__(self, *, title: str, author: str, language: str, rights: str) -> None:
        self._properties = {
            "title": title,
            "author": author,
            "language": language,
            "rights": rights,
        }
        self._fonts: list[Font] = []
        self._pages: list[list[str]] = []
        self._marks: list[list[_Element]] = []
        self._path = [_Element("Document")]

    @property
    def page_count(self) -> int:
        """Return the number of pages so far."""
        return len(self._pages)

    def add_page(self) -> None:
        """Go on with a new page."""
        self._pages.append([])
        self._marks.append([])

    @contextmanager
    def element(self, tag: str) -> Iterator[None]:
        """Make what is written inside a part of the document: H1, P, L, LI, Table, TR, TD ..."""
        inner = _Element(tag)
        self._path[-1].children.append(inner)
        self._path.append(inner)
        yield
        self._path.pop()

    def write(self, x: float, y: float, ink: Ink, runs: Sequence[Run]) -> None:
        """Write one line into the innermost element."""
        element, marks = self._path[-1], self._marks[-1]
        element.children.append((self.page_count - 1, len(marks)))
        line = self._line(x, y, ink, runs)
        self._pages[-1].append(f"/{element.tag} <</MCID {len(marks)}>> BDC {line} EMC")
        marks.append(element)

    def write_margin(self, page: int, x: float, y: float, ink: Ink, runs: Sequence[Run]) -> None:
        """Write a line that is no part of the text, such as a page number, on a page (from 0)."""
        self._pages[page].append(f"/Artifact BMC {self._line(x, y, ink, runs)} EMC")

    def draw(self, operators: str) -> None:
        """Draw something that is no text."""
        self._pages[-1].append(f"/Artifact BMC q {operators} Q EMC")

    def _line(self, x: float, y: float, ink: Ink, runs: Sequence[Run]) -> str:
        parts = [f"BT {ink.color} rg 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        for font, glyphs in runs:
            if font not in self._fonts:
                self._fonts.append(font)
            number = self._fonts.index(font)
            parts.append(f"/F{number} {ink.size:g} Tf {font.encode(glyphs)} Tj")
        return " ".join([*parts, "ET"])

    def to_bytes(self) -> bytes:
        """Return the file."""
        objects = _Objects()
        catalog, tree, structure = objects.reserve(), objects.reserve(), objects.reserve()
        pages = [objects.reserve() for _ in self._pages]
        fonts = " ".join(
            f"/F{number} {font.add_to(objects)} 0 R" for number, font in enumerate(self._fonts)
        )
        for number, content in enumerate(self._pages):
            stream = objects.add_stream("\n".join(content).encode("ascii"))
            objects.put(
                pages[number],
                f"<</Type /Page /Parent {tree} 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}]"
                f" /Resources <</Font <<{fonts}>>>> /Contents {stream} 0 R"
                f" /StructParents {number} /Tabs /S>>",
            )
        kids = " ".join(f"{page} 0 R" for page in pages)
        objects.put(tree, f"<</Type /Pages /Kids [{kids}] /Count {len(pages)}>>")
        self._add_structure(objects, structure, pages)
        title, author, language = (
            _string(self._properties[name]) for name in ("title", "author", "language")
        )
        direction = "R2L" if self._properties["language"] == "ar" else "L2R"
        escaped = {name: escape(value) for name, value in self._properties.items()}
        xmp = objects.add_stream(
            _XMP.format(**escaped).encode("utf-8"), "/Type /Metadata /Subtype /XML", packed=False
        )
        objects.put(
            catalog,
            f"<</Type /Catalog /Pages {tree} 0 R /Lang {language} /Metadata {xmp} 0 R"
            f" /MarkInfo <</Marked true>> /StructTreeRoot {structure} 0 R"
            f" /ViewerPreferences <</DisplayDocTitle true /Direction /{direction}>>>>",
        )
        info = objects.add(
            f"<</Title {title} /Author {author} /CreationDate ({DATE}) /ModDate ({DATE})>>"
        )
        return objects.to_bytes(catalog, info)

    def _add_structure(self, objects: "_Objects", root: int, pages: Sequence[int]) -> None:
        numbers: dict[int, int] = {}

        def add(element: _Element, parent: int) -> int:
            numbers[id(element)] = number = objects.reserve()
            kids = [
                f"<</Type /MCR /Pg {pages[child[0]]} 0 R /MCID {child[1]}>>"
                if isinstance(child, tuple)
                else f"{add(child, number)} 0 R"
                for child in element.children
            ]
            objects.put(
                number,
                f"<</Type /StructElem /S /{element.tag} /P {parent} 0 R /K [{' '.join(kids)}]>>",
            )
            return number

        document = add(self._path[0], root)
        parents = " ".join(
            f"{page} [{' '.join(f'{numbers[id(element)]} 0 R' for element in marks)}]"
            for page, marks in enumerate(self._marks)
        )
        objects.put(
            root,
            f"<</Type /StructTreeRoot /K {document} 0 R /ParentTree <</Nums [{parents}]>>"
            f" /ParentTreeNextKey {len(pages)}>>",
        )


def _string(text: str) -> str:
    return f"<feff{text.encode('utf-16-be').hex()}>"


class _Objects:
    """The numbered objects of a PDF file."""

    def __init__(self) -> None:
        self._bodies: list[bytes] = []

    def reserve(self) -> int:
        """Return a new number, to be filled by `put`."""
        self._bodies.append(b"")
        return len(self._bodies)

    def put(self, number: int, body: str) -> None:
        self._bodies[number - 1] = body.encode("ascii")

    def add(self, body: str) -> int:
        """Return the number of a new object."""
        number = self.reserve()
        self.put(number, body)
        return number

    def add_stream(self, data: bytes, entries: str = "", *, packed: bool = True) -> int:
        """Return the number of a new stream."""
        if packed:
            data, entries = zlib.compress(data, 9), f"{entries} /Filter /FlateDecode"
        head = f"<</Length {len(data)} {entries}>>\nstream\n".encode("ascii")
        self._bodies.append(head + data + b"\nendstream")
        return len(self._bodies)

    def to_bytes(self, catalog: int, info: int) -> bytes:
        """Return the file with its table of objects."""
        # The second line tells programs that copy files that this one is not text.
        file = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        table = ["0000000000 65535 f \n"]
        for number, body in enumerate(self._bodies, start=1):
            table.append(f"{len(file):010d} 00000 n \n")
            file += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        mark = hashlib.sha256(file).hexdigest()[:32]
        start = len(file)
        file += (
            f"xref\n0 {len(table)}\n{''.join(table)}trailer\n<</Size {len(table)}"
            f" /Root {catalog} 0 R /Info {info} 0 R /ID [<{mark}> <{mark}>]>>\n"
            f"startxref\n{start}\n%%EOF\n"
        ).encode("ascii")
        return bytes(file)
