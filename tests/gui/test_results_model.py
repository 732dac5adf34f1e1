"""The model of hits, without a view."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_app.domain.search import Hit
from desktop_app.gui.models.results import ResultRole, ResultsModel, best_page, describe
from tests.gui import hits


def test_answer_replaces_what_was_shown(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = ResultsModel()
    qtmodeltester.check(model)
    model.set_answer(hits.sample_answer())
    assert (model.rowCount(), model.total) == (4, 44)
    model.append_hits(hits.many_hits(20))
    assert model.rowCount() == 24
    with qtbot.waitSignal(model.modelReset):
        model.clear()
    assert (model.rowCount(), model.total) == (0, 0)


def test_roles(qapp: QApplication) -> None:
    model = ResultsModel()
    answer = hits.sample_answer()
    model.set_answer(answer)
    index = model.index(1)
    assert index.data(ResultRole.HIT) is answer.hits[1]
    assert index.data() == answer.hits[1].record.title
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QModelIndex()) is None
    assert model.rowCount(index) == 0


def test_appending_leaves_out_what_is_there_already(qtbot: QtBot) -> None:
    model = ResultsModel()
    answer = hits.sample_answer()
    model.set_answer(answer)
    with qtbot.assertNotEmitted(model.rowsInserted):
        model.append_hits(answer.hits[:2])
    with qtbot.waitSignal(model.rowsInserted) as inserted:
        model.append_hits((*answer.hits[2:], *hits.many_hits(3)))
    assert inserted.args is not None
    assert inserted.args[1:] == [4, 6]


def test_total_is_never_less_than_what_is_shown(qapp: QApplication) -> None:
    model = ResultsModel()
    model.set_answer(hits.sample_answer(total=4))
    model.append_hits(hits.many_hits(5))
    assert model.total == 9


def test_rows_are_found_by_record(qapp: QApplication) -> None:
    model = ResultsModel()
    model.set_answer(hits.sample_answer())
    assert model.row_of("record-3") == 2
    assert model.row_of("record-99") is None
    assert model.hit(2).record.id == "record-3"
    assert [hit.record.id for hit in model.hits()] == [f"record-{n}" for n in (1, 2, 3, 4)]
    with pytest.raises(IndexError):
        model.hit(4)


def test_accessible_text_says_title_year_place_and_pages(styled: QApplication) -> None:
    model = ResultsModel()
    model.set_answer(hits.sample_answer())
    text = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    plain = text.replace("\u2068", "").replace("\u2069", "")
    assert plain == (
        "Mentoring young people at risk: a two-city evaluation. 2021. Evaluation. Public. "
        "Found in: title, text. p. 12, p. 33, p. xli. + 9 pages"
    )


def test_accessible_text_names_missing_words_and_length(styled: QApplication) -> None:
    assert "Without: at-risk" in describe(hits.german_hit())
    assert describe(Hit(hits.arabic_hit().record, 0.0)).endswith("155 pages")


def test_best_page_is_the_first_match_or_the_first_page() -> None:
    found = best_page(hits.english_hit())
    assert found is not None
    assert (found.document_id, found.number) == ("document-1", 12)
    first = best_page(Hit(hits.english_hit().record, 0.0))
    assert first is not None
    assert (first.document_id, first.number) == ("document-1", 1)


def test_a_record_without_files_has_no_page_to_open() -> None:
    from dataclasses import replace

    assert best_page(Hit(replace(hits.english_hit().record, documents=()), 0.0)) is None
