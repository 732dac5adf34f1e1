"""Typed questions find their documents: a sample of each collection, with room below what it is.

The whole collections, beside a plain BM25, are measured by tests/benchmarks/search_quality.py.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks.search_quality import ask_archive, load, mean_reciprocal_rank

LEAST = {"arcd-ar": 0.78, "xquad-ar": 0.9, "xquad-de": 0.89, "xquad-en": 0.93}
"""MRR@10 over every tenth question."""


@pytest.mark.parametrize("name", sorted(LEAST))
def test_questions_find_their_documents(corpus: Path, tmp_path: Path, name: str) -> None:
    whole = load(corpus / "ir" / name)
    asked = dict(list(whole.questions.items())[::10])
    sample = replace(whole, questions=asked)
    answers, _ = ask_archive(sample, tmp_path / "archive")
    assert mean_reciprocal_rank(sample, answers) >= LEAST[name]
