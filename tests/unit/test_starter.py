"""resources/starter: every piece can be read, by people and by programs, as it was written."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest

from desktop_app.domain.records import Access, Kind

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "starter"
ENTRIES: list[dict[str, Any]] = json.loads((FOLDER / "starter.json").read_text("utf-8"))
FIELDS = {"file", "title", "language", "kind", "year", "authors", "access"}
PAGES = 2
LARGEST = 150_000
FEWEST_WORDS, MOST_WORDS = 600, 1200
# The share of a source's words that has to come back.
RECALL = {"en": 0.99, "ar": 0.97}

# Letters and digits, with vowel signs.
WORD = re.compile(r"[^\W_][\w\u064b-\u0652]*")
ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
NOT_TEXT = re.compile(r"^---$|^\|[-| ]+\|$|\[ \]|^#+ |^\d\. |\*\*", re.MULTILINE)

each_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["file"]))


def pages_by_pdfium(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def pages_by_pypdf(path: Path) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def header(source: Path) -> dict[str, str]:
    """Return the properties at the top of a Markdown file."""
    lines = source.read_text("utf-8").split("---\n", 2)[1].splitlines()
    fields = (line.split(": ", 1) for line in lines)
    return {name: value.strip('"') for name, value in fields}


def body(source: Path) -> str:
    """Return the text of a Markdown file without its signs."""
    return NOT_TEXT.sub("", source.read_text("utf-8").split("---\n", 2)[2])


def words(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFC", text))


def recall(wanted: list[str], found: list[str]) -> float:
    """Return the share of the words of one text that another holds, each as often."""
    return (Counter(wanted) & Counter(found)).total() / len(wanted)


def test_each_piece_is_there_in_both_languages() -> None:
    pieces = Counter(entry["file"].rsplit("-", 1)[0] for entry in ENTRIES)
    assert len(pieces) == 4
    assert set(pieces.values()) == {2}
    for entry in ENTRIES:
        assert entry["file"] == f"{entry['file'].rsplit('-', 1)[0]}-{entry['language']}.pdf"
    titles = [entry["title"] for entry in ENTRIES]
    assert len(set(titles)) == len(titles)


def test_list_and_folder_agree() -> None:
    assert {path.name for path in FOLDER.glob("*.pdf")} == {entry["file"] for entry in ENTRIES}
    sources = {path.with_suffix(".pdf").name for path in FOLDER.glob("[0-9]*.md")}
    assert sources == {entry["file"] for entry in ENTRIES}


@each_entry
def test_entry_says_what_its_source_says(entry: dict[str, Any]) -> None:
    assert set(entry) == FIELDS
    said = header((FOLDER / entry["file"]).with_suffix(".md"))
    assert said["licence"] == "CC0-1.0"
    assert entry["title"] == said["title"]
    assert entry["language"] == said["language"]
    assert Kind(entry["kind"]) == said["kind"]
    assert entry["year"] == int(said["year"])
    assert entry["authors"] == [said["authors"]]
    assert Access(entry["access"]) is Access.PUBLIC


@each_entry
def test_file_says_what_it_is(entry: dict[str, Any]) -> None:
    path = FOLDER / entry["file"]
    assert path.stat().st_size < LARGEST
    reader = pypdf.PdfReader(path)
    assert len(reader.pages) == PAGES
    assert reader.metadata is not None
    assert reader.metadata.title == entry["title"]
    assert reader.metadata.author == ", ".join(entry["authors"])
    assert reader.root_object["/Lang"] == entry["language"]
    xmp = reader.xmp_metadata
    assert xmp is not None
    assert xmp.dc_language == [entry["language"]]
    assert xmp.dc_title == {"x-default": entry["title"]}


@each_entry
def test_every_page_holds_title_and_number_in_its_language(entry: dict[str, Any]) -> None:
    for number, page in enumerate(pages_by_pdfium(FOLDER / entry["file"]), start=1):
        found = words(page)
        assert set(words(entry["title"])) <= set(found)
        assert str(number) in found
        arabic = sum(1 for word in found if ARABIC_LETTER.search(word)) / len(found)
        assert arabic > 0.9 if entry["language"] == "ar" else arabic == 0


@each_entry
@pytest.mark.parametrize("read", [pages_by_pdfium, pages_by_pypdf])
def test_words_come_back(entry: dict[str, Any], read: Callable[[Path], list[str]]) -> None:
    path = FOLDER / entry["file"]
    wanted = words(body(path.with_suffix(".md")))
    assert FEWEST_WORDS < len(wanted) < MOST_WORDS
    found = words("\n".join(read(path)))
    missing = Counter(wanted) - Counter(found)
    assert recall(wanted, found) >= RECALL[entry["language"]], missing
    # Besides the text there are only the name of the series and the foot of each page.
    extra = Counter(found) - Counter(wanted)
    assert extra.total() < 70, extra


@each_entry
def test_headings_come_back_in_order(entry: dict[str, Any]) -> None:
    path = FOLDER / entry["file"]
    # Only this engine: pypdf takes quotation marks for letters that are read from left to right.
    found = f" {' '.join(words(' '.join(pages_by_pdfium(path))))} "
    headings = re.findall(r"^#+ (.+)$", path.with_suffix(".md").read_text("utf-8"), re.MULTILINE)
    assert len(headings) > 5
    for heading in headings:
        assert f" {' '.join(words(heading))} " in found


def test_starter_is_free_of_rights() -> None:
    assert "CC0-1.0" in (FOLDER / "LICENSE").read_text("utf-8")
