"""Build the PDFs of the starter archive, and their list, from the Markdown in resources/starter.

Only who changes a text needs this; the PDFs are kept with their sources. In an environment apart:

    python -m pip install uharfbuzz==0.57.0 fonttools==4.68.0 markdown-it-py==4.3.0
    python packaging/build_starter.py

The same versions give the same bytes. resources/starter/README.md says how the texts are written.
"""

import importlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from starter_page import Block, Sheet, Spans
from starter_pdf import Pdf

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
PAGES = 2
PAGE_OF = {"en": "Page {page} of {pages}", "ar": "صفحة {page} من {pages}"}


def read_source(path: Path) -> tuple[dict[str, str], list[Block]]:
    """Return the header of a Markdown file and its blocks."""
    _, header, body = path.read_text("utf-8").split("---\n", 2)
    fields = (line.split(": ", 1) for line in header.splitlines())
    properties = {name: value.strip('"') for name, value in fields}
    parser = importlib.import_module("markdown_it").MarkdownIt("commonmark").enable("table")
    return properties, list(_blocks(parser.parse(body), body.splitlines()))


def _blocks(tokens: Sequence[Any], lines: Sequence[str]) -> Iterator[Block]:
    inside: list[str] = []
    number = 0
    table = Block("table")
    for token in tokens:
        if token.type == "hr":
            yield Block("break")
        elif token.nesting == 1:
            inside.append(token.tag)
            number = 0 if token.tag in {"ol", "ul"} else number + (token.tag == "li")
            if token.tag == "table":
                table = Block("table", shares=_shares(lines[token.map[0] + 1]))
            elif token.tag == "tr":
                table.rows.append([])
        elif token.nesting == -1:
            if inside.pop() == "table":
                yield table
        elif "table" in inside:
            table.rows[-1].append(_spans(token))
        elif "li" in inside:
            yield _item(_spans(token), "ol" in inside, number)
        else:
            yield Block("note" if "blockquote" in inside else inside[-1], _spans(token))


def _shares(delimiters: str) -> list[int]:
    return [cell.count("-") for cell in delimiters.strip("| ").split("|")]


def _item(spans: Spans, numbered: bool, number: int) -> Block:
    text, bold = spans[0]
    if text.startswith("[ ] "):
        return Block("item", [(text[4:], bold), *spans[1:]], "box")
    return Block("item", spans, f"{number}." if numbered else "bullet")


def _spans(token: Any) -> Spans:
    spans: Spans = []
    bold = False
    for child in token.children:
        if child.type in {"strong_open", "strong_close"}:
            bold = child.type == "strong_open"
        elif child.content or child.type == "softbreak":
            spans.append((child.content or " ", bold))
    return spans


def build(source: Path) -> tuple[dict[str, str], bytes]:
    """Return the header of a Markdown file, and its PDF."""
    properties, blocks = read_source(source)
    language = properties["language"]
    # The first paragraph says for whom and what for, and is larger.
    next(block for block in blocks if block.kind == "p").kind = "lead"
    pdf = Pdf(
        title=properties["title"],
        author=properties["authors"],
        language=language,
        rights=properties["licence"],
    )
    sheet = Sheet(pdf, language, RESOURCES / "fonts")
    sheet.add_line(properties["series"], "series")
    sheet.add(blocks)
    foot = f"{properties['title']} · {properties['year']} · {properties['licence']}"
    sheet.number_pages(foot, PAGE_OF[language])
    if pdf.page_count != PAGES:
        raise ValueError(f"{source.name} fills {pdf.page_count} pages, not {PAGES}")
    return properties, pdf.to_bytes()


def main() -> int:
    """Write every PDF beside its Markdown, and the list of them all; return the exit code."""
    folder = RESOURCES / "starter"
    entries = []
    for source in sorted(folder.glob("[0-9]*.md")):
        properties, file = build(source)
        target = source.with_suffix(".pdf")
        target.write_bytes(file)
        print(f"{target.name}: {len(file) // 1024} KB")
        entries.append(
            {
                "file": target.name,
                "title": properties["title"],
                "language": properties["language"],
                "kind": properties["kind"],
                "year": int(properties["year"]),
                "authors": [properties["authors"]],
                "access": "public",
            }
        )
    text = json.dumps(entries, ensure_ascii=False, indent=2)
    (folder / "starter.json").write_text(f"{text}\n", "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
