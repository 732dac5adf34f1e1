"""Words on a page: which, and where."""

from pathlib import Path

import pytest
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from desktop_app.gui.views.page_words import (
    MOST_MATCHES,
    find_words,
    phrases_of,
    word_shapes,
)
from tests.samples import write_pdf


def found(text: str, *words: str) -> list[str]:
    """Return the passages of `text` that are marked for `words`."""
    return [text[start:end] for start, end in find_words(text, phrases_of(words))]


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("Mentoring, mentoring; mentorings", ["mentoring"], ["Mentoring", "mentoring"]),
        ("l'Évaluation d'impact", ["evaluation"], ["Évaluation"]),
        ("young\r\npeople and young men", ["young people"], ["young\r\npeople"]),
        ("young young people", ["young people", "young"], ["young", "young people"]),
        ("at-risk youth", ["at-risk"], ["at-risk"]),
        ("قَانُون المسطرة", ["قانون"], ["قَانُون"]),
        ("أحمد و احمد", ["احمد"], ["أحمد", "احمد"]),
        ("وضع االستدعاء هنا", ["الاستدعاء"], ["االستدعاء"]),
        ("nothing here", ["mentoring"], []),
        ("anything", [], []),
        ("a.b", ["...", ""], []),
    ],
)
def test_which_words(text: str, words: list[str], marked: list[str]) -> None:
    assert found(text, *words) == marked


def test_a_page_full_of_the_word_has_a_limit() -> None:
    assert len(found("word " * 5000, "word")) == MOST_MATCHES


def test_where_words_stand(tmp_path: Path, qapp: QApplication) -> None:
    path = write_pdf(tmp_path / "a.pdf", ["first line\nsecond mentoring line"])
    document = QPdfDocument()
    document.load(str(path))
    (shapes,) = word_shapes(document, 0, phrases_of(["Mentoring"]))
    place = shapes[0].boundingRect()
    # Two lines of 14 points below a baseline 62 points from the top, a word of 11 points.
    assert 60 + 30 < place.x() < 60 + 60
    assert 62 + 0 < place.center().y() < 62 + 14
    document.close()


@pytest.mark.parametrize(
    ("name", "words", "fewest"),
    [
        ("pdf/ar/moroccan-law-rag__9anon_lmistara_lmadanya.pdf", ["الاستدعاء"], 10),
        ("pdf/ar/Arabic-RAG-Retrieval-Aug__1.pdf", ["الكهرباء"], 20),
        ("pdf/fr/gld__Rapport_Principal_de_la_phase_1_EESI_2_du_20_03_2012.pdf", ["activite"], 20),
    ],
)
def test_real_files_are_marked_where_the_words_are(
    corpus: Path, qapp: QApplication, name: str, words: list[str], fewest: int
) -> None:
    document = QPdfDocument()
    document.load(str(corpus / name))
    phrases = phrases_of(words)
    expected = marked = 0
    for page in range(min(60, document.pageCount())):
        expected += len(find_words(document.getAllText(page).text(), phrases))
        marked += len(list(word_shapes(document, page, phrases)))
    assert marked >= fewest
    assert marked == expected
    document.close()
