"""Are typed questions answered with the right records first? Against a plain stemmed BM25.

    python -m tests.benchmarks.search_quality [COLLECTION ...]

Every collection in the corpus's folder `ir` (or a folder that is named) becomes an archive, one
record of one page a document. Each question is typed as it stands into the program's own search.
The baseline is bm25s with the Snowball stemmer of the collection's language over the same titles
and texts; where bm25s is not installed (`pip install bm25s`), its columns stay empty.
"""

import csv
import importlib
import importlib.util
import json
import math
import os
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import Stemmer

from desktop_app.domain.operations import run_to_end
from desktop_app.domain.search import SearchRequest
from desktop_app.services.archive import DATABASE_NAME, Archive
from desktop_app.store.database import Database
from desktop_app.store.records import Records
from tests.samples import make_record, store_record

DEPTH = 10
"""Records of an answer that are looked at."""
LANGUAGES = {
    "ar": "arabic", "de": "german", "en": "english", "fr": "french", "sv": "swedish",
}  # fmt: skip

Answers = Mapping[str, Sequence[str]]
"""By question id: the ids of the documents of an answer, the best first."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents as (id, title, text), questions by id, and grades by question and document."""

    name: str
    documents: Sequence[tuple[str, str, str]]
    questions: Mapping[str, str]
    grades: Mapping[str, Mapping[str, int]]


def corpus_folder() -> Path:
    """Return the folder of the corpus, as the tests find it."""
    named = os.environ.get("EVALUATION_ARCHIVE_CORPUS")
    return Path(named) if named else Path(__file__).parents[3] / "shared" / "corpus"


def load(folder: Path) -> Collection:
    """Return the collection in a folder; only the questions that have an answer."""
    documents = [
        (row["id"], row.get("title", ""), row["text"]) for row in _rows(folder / "docs.jsonl")
    ]
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    with (folder / "qrels.tsv").open(encoding="utf-8", newline="") as file:
        for question, _, document, grade in csv.reader(file, delimiter="\t"):
            if int(grade) > 0:
                grades[question][document] = 1
    questions = {row["id"]: row["text"] for row in _rows(folder / "queries.jsonl")}
    return Collection(
        folder.name, documents, {i: text for i, text in questions.items() if i in grades}, grades
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def mean_reciprocal_rank(collection: Collection, answers: Answers) -> float:
    """Return MRR@10: the mean of 1 / rank of the first relevant document, 0 where there is none."""
    return statistics.fmean(
        next((1 / rank for rank, d in enumerate(answers[q][:DEPTH], 1) if d in grades), 0.0)
        for q, grades in _asked(collection)
    )


def mean_gain(collection: Collection, answers: Answers) -> float:
    """Return nDCG@10 with the grades as gains."""
    return statistics.fmean(
        _gain(grades.get(d, 0) for d in answers[q][:DEPTH])
        / _gain(sorted(grades.values(), reverse=True)[:DEPTH])
        for q, grades in _asked(collection)
    )


def _asked(collection: Collection) -> list[tuple[str, Mapping[str, int]]]:
    return [(question, collection.grades[question]) for question in collection.questions]


def _gain(grades: Iterable[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def ask_archive(collection: Collection, folder: Path) -> tuple[Answers, list[float]]:
    """Make an archive of the collection; return its answers and the milliseconds of each."""
    Archive.create(folder).close()
    database = Database(folder / DATABASE_NAME)
    records = Records(database)
    documents: dict[str, str] = {}
    for document_id, title, text in collection.documents:
        record, pages = make_record(title or "Untitled", [text])
        store_record(records, record, pages)
        documents[record.id] = document_id
    database.close()
    archive = Archive(folder)
    run_to_end(archive.indexing.update())
    answers: dict[str, list[str]] = {}
    times = []
    for question, text in collection.questions.items():
        answer = archive.searching.search(SearchRequest(text, limit=DEPTH))
        answers[question] = [documents[hit.record.id] for hit in answer.hits]
        times.append(answer.elapsed_ms)
    archive.close()
    return answers, sorted(times)


def ask_baseline(collection: Collection) -> Answers:
    """Return the answers of bm25s as it comes, with a Snowball stemmer."""
    bm25s: Any = importlib.import_module("bm25s")

    language = LANGUAGES[collection.name.rsplit("-", 1)[-1]]
    stemmer = Stemmer.Stemmer(language)

    def words(texts: Iterable[str]) -> Any:
        return bm25s.tokenize(list(texts), stopwords=None, stemmer=stemmer, show_progress=False)

    index = bm25s.BM25()
    texts = [f"{title} {text}" for _, title, text in collection.documents]
    index.index(words(texts), show_progress=False)
    found, _ = index.retrieve(words(collection.questions.values()), k=DEPTH, show_progress=False)
    return {
        question: [collection.documents[number][0] for number in row]
        for question, row in zip(collection.questions, found, strict=True)
    }


def main() -> None:
    """Run and print."""
    wanted = sys.argv[1:]
    folders = [path for path in sorted((corpus_folder() / "ir").iterdir()) if path.is_dir()]
    has_baseline = importlib.util.find_spec("bm25s") is not None
    print("collection       MRR@10  baseline   nDCG@10  baseline   median ms   95 % ms")
    for folder in folders:
        if wanted and folder.name not in wanted:
            continue
        collection = load(folder)
        with tempfile.TemporaryDirectory() as name:
            answers, times = ask_archive(collection, Path(name) / "archive")
        base = ask_baseline(collection) if has_baseline else None
        figures = [
            figure
            for measure in (mean_reciprocal_rank, mean_gain)
            for figure in (
                f"{measure(collection, answers):.3f}",
                f"{measure(collection, base):.3f}" if base else "-",
            )
        ]
        print(
            f"{collection.name:<15} {figures[0]:>7}  {figures[1]:>8} {figures[2]:>9}"
            f" {figures[3]:>9} {statistics.median(times):>11.1f}"
            f" {times[int(len(times) * 0.95)]:>9.1f}"
        )


if __name__ == "__main__":
    main()
