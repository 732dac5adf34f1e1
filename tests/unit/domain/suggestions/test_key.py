"""Title, year and language of real files, against a key made by hand from their printed pages."""

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desktop_app.domain.suggestions import Source, Suggestion, suggest
from desktop_app.domain.suggestions.excerpt import key_of
from desktop_app.pdf.extract import OpenDocument, open_document

KEY = Path(__file__).parent / "key.tsv"
WANTED = 0.8
FIELDS = ("title", "year", "language")
Answers = dict[str, dict[str, Suggestion]]


@dataclass(frozen=True)
class Entry:
    """What is printed in a file. Empty: it says nothing, and nothing may be suggested.

    `titles` are equally right spellings; `subtitle` may follow each of them.
    """

    file: str
    titles: tuple[str, ...]
    subtitle: str
    year: str
    language: str

    def is_right(self, field: str, best: Suggestion | None) -> bool:
        value = "" if best is None else str(best.value)
        if field != "title":
            return value == (self.year if field == "year" else self.language)
        right = {key_of(title) for title in self.titles}
        right |= {key_of(title + self.subtitle) for title in self.titles}
        return key_of(value) in right if right else not value


def read_key() -> list[Entry]:
    with KEY.open(encoding="utf-8", newline="") as file:
        return [
            Entry(
                row["file"],
                tuple(title for title in row["title"].split(" | ") if title),
                row["subtitle"],
                row["year"],
                row["language"],
            )
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def best_of(document: Source) -> dict[str, Suggestion]:
    """Return the best suggestion for each field."""
    return {each.field: each for each in reversed(suggest(document))}


@pytest.fixture(scope="module")
def documents(corpus: Path) -> dict[str, Source]:
    """Return the files of the key, read once."""
    found = {}
    for entry in read_key():
        path = corpus / "pdf" / entry.file
        document = open_document(path)
        assert isinstance(document, OpenDocument), entry.file
        with document:
            pages = [document.read(number) for number in range(1, document.page_count + 1)]
            found[entry.file] = Source(path.name, pages, document.properties, document.headline)
    return found


@pytest.fixture(scope="module")
def answers(documents: dict[str, Source]) -> Answers:
    """Return the best suggestions for each file."""
    return {file: best_of(document) for file, document in documents.items()}


def check_share(answers: Answers, field: str) -> None:
    """Print the wrong answers, and fail where too few are right."""
    entries = read_key()
    misses = []
    for entry in entries:
        best = answers[entry.file].get(field)
        if not entry.is_right(field, best):
            answer = (
                "nothing" if best is None else f"{best.value!r} ({best.rule}, page {best.page})"
            )
            misses.append(f"{entry.file}: {field} is {answer}")
    share = 1 - len(misses) / len(entries)
    report = "\n".join([f"{field}: {share:.0%} right", *misses])
    print(report)
    assert share >= WANTED, report


def test_key_covers_many_files_of_all_languages() -> None:
    entries = read_key()
    assert len(entries) >= 30
    assert len({entry.file for entry in entries}) == len(entries)
    assert {entry.language for entry in entries} == {"ar", "en", "fr", "de", "sv"}
    assert sum(not entry.year for entry in entries) >= 10


@pytest.mark.parametrize("field", FIELDS)
def test_at_least_four_of_five_are_right(answers: Answers, field: str) -> None:
    check_share(answers, field)


def test_titles_are_right_also_where_the_largest_type_is_not_known(
    documents: dict[str, Source],
) -> None:
    plain = {file: replace(document, headline="") for file, document in documents.items()}
    check_share({file: best_of(document) for file, document in plain.items()}, "title")
