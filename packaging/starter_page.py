"""Pages of headings, lists, tables and boxes, from left to right and from right to left."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from starter_pdf import HEIGHT, WIDTH, Font, Ink, Pdf, Run

MARGIN, TOP, BOTTOM = 51.0, 38.0, 46.0
INNER = WIDTH - 2 * MARGIN
INDENT = 15.0
PADDING = 6.0
LEAST_TO_WRITE_IN, LEAST_TO_TICK = 38.0, 22.0
"""Height of a table row with an empty cell or a box: somebody fills it in by hand."""

TEXT, SOFT, ACCENT = "0.12 0.14 0.17", "0.36 0.40 0.44", "0.04 0.34 0.40"
TINT, RULE = "0.925 0.955 0.960", "0.72 0.79 0.80"

# What is read from left to right inside Arabic: Latin words, and numbers with their signs.
LEFT_TO_RIGHT = re.compile(r"[A-Za-z](?:[A-Za-z0-9&.'/ -]*[A-Za-z0-9])?|\d+(?:[.,:/]\d+)*")
OUTER_BLANKS = re.compile(r"^( +)|( +)$")

Spans = list[tuple[str, bool]]
"""Pieces of text, each with whether it is bold."""

TICK: Spans = [("[ ]", False)]
"""What stands in a cell with a box to tick."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a block of text looks: type size, distance of the lines, and the space around it."""

    size: float
    leading: float
    before: float = 0.0
    after: float = 0.0
    color: str = TEXT
    bold: bool = False
    tag: str = "P"


STYLES = {
    "en": {
        "series": Style(8.5, 12, color=SOFT),
        "h1": Style(19, 24, 2, 5, ACCENT, True, "H1"),
        "lead": Style(10.8, 15.4, 0, 4, SOFT),
        "h2": Style(12, 15.5, 9, 2.5, ACCENT, True, "H2"),
        "p": Style(9.5, 13.2, 0, 4.5),
        "item": Style(9.5, 13.2, 0, 2.2, tag="LBody"),
        "note": Style(9.5, 13.2),
        "cell": Style(8.9, 12, tag="TD"),
        "head": Style(8.9, 12, color=ACCENT, bold=True, tag="TH"),
        "foot": Style(8, 10, color=SOFT),
    },
    "ar": {
        "series": Style(8.8, 13, color=SOFT),
        "h1": Style(19.5, 27, 2, 5, ACCENT, True, "H1"),
        "lead": Style(11, 17, 0, 4, SOFT),
        "h2": Style(12.6, 18.5, 9, 2.5, ACCENT, True, "H2"),
        "p": Style(9.9, 15.2, 0, 4.5),
        "item": Style(9.9, 15.2, 0, 2.2, tag="LBody"),
        "note": Style(9.9, 15.2),
        "cell": Style(9.2, 13.7, tag="TD"),
        "head": Style(9.2, 13.7, color=ACCENT, bold=True, tag="TH"),
        "foot": Style(8.3, 11, color=SOFT),
    },
}


@dataclass(slots=True)
class Block:
    """A part of a text: a heading (h1, h2), p, item, note, table or break (a new page).

    `mark` is what stands before an item: its number, a bullet or a box to tick. `rows` and `shares`
    are the cells of a table, the first row being its head, and the relative widths of its columns.
    """

    kind: str
    spans: Spans = field(default_factory=list)
    mark: str = ""
    rows: list[list[Spans]] = field(default_factory=list)
    shares: list[int] = field(default_factory=list)


class Typesetter:
    """Turns text into glyphs in the fonts and the direction of one language."""

    def __init__(self, language: str, fonts: Path) -> None:
        self.rtl = language == "ar"
        names = ("Regular", "Bold")
        self._latin = [Font(fonts / f"NotoSans-{name}.ttf") for name in names]
        self._arabic = [Font(fonts / f"NotoSansArabic-{name}.ttf") for name in names]

    def break_lines(self, spans: Spans, style: Style, width: float) -> list[list[Run]]:
        """Return the lines of a text that is `width` points wide at most."""
        words: list[Spans] = [[]]
        for text, bold in spans:
            first, *others = text.split(" ")
            words[-1].append((first, bold or style.bold))
            words += [[(other, bold or style.bold)] for other in others]
        lines: list[Spans] = []
        for word in words:
            if not any(text for text, _ in word):
                continue
            longer = [*lines[-1], (" ", word[0][1]), *word] if lines else word
            if lines and measure(self.set_line(longer), style.size) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return [self.set_line(line) for line in lines]

    def set_line(self, spans: Spans) -> list[Run]:
        """Return the glyphs of one line from left to right.

        Some readers lose a blank that stands where the font or the direction changes, and the one
        between two cells of a table that is read from right to left: so there it is a run by
        itself, and a line that is read from right to left ends in one.
        """
        text = "".join(text for text, _ in spans)
        bold = [bold for text, bold in spans for _ in text]
        rtl = [self.rtl] * len(text)
        for match in LEFT_TO_RIGHT.finditer(text):
            rtl[match.start() : match.end()] = [False] * len(match.group())
        levels = [list(group) for _, group in groupby(range(len(text)), key=rtl.__getitem__)]
        runs: list[Run] = []
        for level in reversed(levels) if self.rtl else levels:
            by_font = groupby(level, key=lambda at: self._font(text[at], rtl[at], bold[at]))
            pieces = [(font, "".join(text[at] for at in places)) for font, places in by_font]
            if rtl[level[0]]:
                runs += [
                    (font, font.shape(part, True))
                    for font, piece in reversed(pieces)
                    for part in reversed(OUTER_BLANKS.split(piece))
                    if part
                ]
            else:
                runs += [(font, font.shape(piece, False)) for font, piece in pieces]
        if self.rtl:
            runs.insert(0, (self._latin[0], self._latin[0].shape(" ", True)))
        return runs

    def _font(self, letter: str, rtl: bool, bold: bool) -> Font:
        arabic = self._arabic[bold]
        return arabic if rtl and letter in arabic.letters else self._latin[bold]


def measure(runs: Sequence[Run], size: float) -> float:
    """Return the width of a line in points."""
    return sum(glyph.advance for _, glyphs in runs for glyph in glyphs) * size / 1000


class Sheet:
    """Fills pages from top to bottom; distances count from the edge where reading starts."""

    def __init__(self, pdf: Pdf, language: str, fonts: Path) -> None:
        self.pdf = pdf
        self._set = Typesetter(language, fonts)
        self._styles = STYLES[language]
        self._y = 0.0
        self._turn_page()

    def add(self, blocks: Sequence[Block]) -> None:
        """Put blocks on the page, and on the next one where there is no room left."""
        for kind, group in groupby(blocks, key=lambda block: block.kind):
            same = list(group)
            if kind == "item":
                with self.pdf.element("L"):
                    for item in same:
                        self._add_item(item)
                self._y -= 2.5
            elif kind == "note":
                self._add_note(same)
            else:
                for block in same:
                    self._add_block(block)

    def add_line(self, text: str, kind: str) -> None:
        """Put a line of text on the page."""
        self._add_block(Block(kind, [(text, False)]))

    def number_pages(self, text: str, page_of: str) -> None:
        """Write `text` and the page's number at the foot of each page."""
        style = self._styles["foot"]
        ink = Ink(style.size, style.color)
        for page in range(self.pdf.page_count):
            number = page_of.format(page=page + 1, pages=self.pdf.page_count)
            for words, at_end in ((text, False), (number, True)):
                runs = self._set.set_line([(words, False)])
                width = measure(runs, style.size)
                x = self._x(INNER - width if at_end else 0.0, width)
                self.pdf.write_margin(page, x, BOTTOM - 22, ink, runs)

    def _turn_page(self) -> None:
        self.pdf.add_page()
        self._y = HEIGHT - TOP
        self.pdf.draw(f"{ACCENT} rg 0 {HEIGHT - 8:.2f} {WIDTH} 8 re f")

    def _need(self, height: float) -> None:
        if self._y - height < BOTTOM:
            self._turn_page()

    def _x(self, start: float, width: float) -> float:
        """Return where something begins on the left that is `start` from the reading edge."""
        return WIDTH - MARGIN - start - width if self._set.rtl else MARGIN + start

    def _add_block(self, block: Block) -> None:
        if block.kind == "break":
            self._turn_page()
        elif block.kind == "table":
            self._add_table(block)
        else:
            style = self._styles[block.kind]
            lines = self._set.break_lines(block.spans, style, INNER)
            follow = 3 * self._styles["p"].leading if style.tag == "H2" else 0
            self._need(style.before + style.leading * len(lines) + follow)
            self._y -= style.before
            with self.pdf.element(style.tag):
                self._write(lines, style, 0.0)
            self._y -= style.after

    def _write(self, lines: Sequence[list[Run]], style: Style, start: float) -> None:
        for line in lines:
            self._y -= style.leading
            x = self._x(start, measure(line, style.size))
            baseline = self._y + (style.leading - style.size) / 2 + style.size * 0.14
            self.pdf.write(x, baseline, Ink(style.size, style.color), line)

    def _add_item(self, item: Block) -> None:
        style = self._styles["item"]
        lines = self._set.break_lines(item.spans, style, INNER - INDENT)
        self._need(style.leading * len(lines))
        top = self._y
        with self.pdf.element("LI"):
            if item.mark == "box":
                self._draw_box(1, top - style.leading / 2)
            elif item.mark == "bullet":
                y = top - style.leading / 2
                self.pdf.draw(f"{ACCENT} rg {_dot(self._x(5.5, 0), y, 1.6)} f")
            else:
                with self.pdf.element("Lbl"):
                    self._write([self._set.set_line([(item.mark, True)])], style, 1)
                self._y = top
            with self.pdf.element(style.tag):
                self._write(lines, style, INDENT)
        self._y -= style.after

    def _add_note(self, blocks: Sequence[Block]) -> None:
        style = self._styles["note"]
        texts = [self._set.break_lines(block.spans, style, INNER - 2 * INDENT) for block in blocks]
        gap = 3.0
        height = sum(map(len, texts)) * style.leading + gap * (len(texts) - 1) + 2 * PADDING
        self._need(height + 4)
        self._y -= 3
        bottom = self._y - height
        self._fill(TINT, self._x(0, INNER), bottom, INNER, height)
        self._fill(ACCENT, self._x(0, 3), bottom, 3, height)
        self._y -= PADDING
        with self.pdf.element("BlockQuote"):
            for lines in texts:
                with self.pdf.element(style.tag):
                    self._write(lines, style, INDENT)
                self._y -= gap
        self._y = bottom - 6

    def _fill(self, color: str, x: float, y: float, width: float, height: float) -> None:
        self.pdf.draw(f"{color} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def _add_table(self, table: Block) -> None:
        widths = [INNER * share / sum(table.shares) for share in table.shares]
        self._y -= 2
        with self.pdf.element("Table"):
            for number, row in enumerate(table.rows):
                self._add_row(row, widths, self._styles["cell" if number else "head"])
        self._y -= 7

    def _add_row(self, row: Sequence[Spans], widths: Sequence[float], style: Style) -> None:
        texts = [[] if spans == TICK else spans for spans in row]
        cells = [
            self._set.break_lines(spans, style, width - 2 * PADDING)
            for spans, width in zip(texts, widths, strict=True)
        ]
        height = max(map(len, cells)) * style.leading + 7
        if TICK in row:
            height = max(height, LEAST_TO_TICK)
        elif style.tag == "TD" and not all(row):
            height = max(height, LEAST_TO_WRITE_IN)
        self._need(height)
        top, start = self._y, 0.0
        if style.tag == "TH":
            self._fill(TINT, self._x(0, INNER), top - height, INNER, height)
        with self.pdf.element("TR"):
            for spans, lines, width in zip(row, cells, widths, strict=True):
                self._y = top - 3.5
                with self.pdf.element(style.tag):
                    self._write(lines, style, start + PADDING)
                if spans == TICK:
                    self._draw_box(start + PADDING, top - 3.5 - style.leading / 2)
                elif style.tag == "TD" and not spans:
                    self._draw_rule(start, top - 4, start, top - height + 4)
                start += width
        self._y = top - height
        self._draw_rule(0, self._y, INNER, self._y)

    def _draw_box(self, start: float, middle: float) -> None:
        """Draw a box to tick."""
        side = 7.6
        x, y = self._x(start, side), middle - side / 2
        self.pdf.draw(f"{ACCENT} RG 0.9 w {x:.2f} {y:.2f} {side} {side} re S")

    def _draw_rule(self, start: float, y: float, end: float, to_y: float) -> None:
        x, to_x = self._x(start, 0), self._x(end, 0)
        self.pdf.draw(f"{RULE} RG 0.7 w {x:.2f} {y:.2f} m {to_x:.2f} {to_y:.2f} l S")


def _dot(x: float, y: float, radius: float) -> str:
    """Return the path of a circle: four curves, whose handles are 0.55 of the radius long."""
    bend = 0.55 * radius
    path = f"{x + radius:.2f} {y:.2f} m"
    for ax, ay, bx, by in ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0)):
        path += (
            f" {x + ax * radius + bx * bend:.2f} {y + ay * radius + by * bend:.2f}"
            f" {x + bx * radius + ax * bend:.2f} {y + by * radius + ay * bend:.2f}"
            f" {x + bx * radius:.2f} {y + by * radius:.2f} c"
        )
    return path
