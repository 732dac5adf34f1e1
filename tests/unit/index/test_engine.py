"""The index against what is written in its records."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.errors import ArchiveBusy, IndexUnusable
from desktop_app.domain.queries import And, Filter, Node, Not, Or, Phrase, Word, parse
from desktop_app.domain.text import fold, forms
from desktop_app.index.engine import Engine, Ranking
from desktop_app.index.merging import merge_small
from desktop_app.index.schema import INDEX_VERSION
from desktop_app.index.writer import IndexedPage, IndexedRecord, IndexWriter, writer_lock


def record(
    record_id: str, pages: Sequence[str], title: str = "", names: Sequence[str] = ()
) -> IndexedRecord:
    return IndexedRecord(
        record_id,
        title,
        names,
        [IndexedPage(f"doc-{record_id}", number, text) for number, text in enumerate(pages, 1)],
    )


def index(folder: Path, *records: IndexedRecord, removed: Sequence[str] = ()) -> None:
    with writer_lock(folder, wait_s=1):
        IndexWriter(folder).apply(records, removed)


def ask(engine: Engine, text: str, *, exact: bool = False) -> Ranking:
    root = parse(text).root
    assert root is not None
    return engine.search(root, lambda _: set(), exact=exact)


def found(engine: Engine, text: str, *, exact: bool = False) -> list[str]:
    return [ranked.id for ranked in ask(engine, text, exact=exact).records]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = Engine(tmp_path)
    yield opened
    opened.close()


def test_an_empty_folder_has_no_records(engine: Engine) -> None:
    assert found(engine, "anything") == []
    assert engine.ids() == set()


def test_a_commit_is_seen_by_a_reader_that_is_open(engine: Engine, tmp_path: Path) -> None:
    index(tmp_path, record("a", ["mentoring works"]))
    assert found(engine, "mentoring") == ["a"]
    index(tmp_path, record("b", ["mentoring fails"]))
    assert sorted(found(engine, "mentoring")) == ["a", "b"]


def test_a_record_is_replaced_and_removed(engine: Engine, tmp_path: Path) -> None:
    index(tmp_path, record("a", ["first wording"]), record("b", ["other"]))
    index(tmp_path, record("a", ["second wording"]))
    assert found(engine, "first") == []
    assert found(engine, "second") == ["a"]
    assert engine.ids() == {"a", "b"}
    index(tmp_path, removed=["a"])
    assert found(engine, "second") == []
    assert engine.ids() == {"b"}


def test_pages_are_found_where_the_words_are(engine: Engine, tmp_path: Path) -> None:
    pages = ["nothing here", "impact of the programme", "an impact evaluation", "", "evaluation"]
    index(tmp_path, record("a", pages))
    ranking = ask(engine, "impact evaluation")
    ranked = ranking.pages_of("a")
    assert next(page.number for page in ranked) == 3
    assert sorted(page.number for page in ranked) == [2, 3, 5]
    assert [page.number for page in ranked if page.complete] == [3]


def test_words_side_by_side_come_before_words_far_apart(engine: Engine, tmp_path: Path) -> None:
    apart = "impact " + "word " * 60 + "evaluation"
    index(tmp_path, record("a", [apart, "this impact evaluation " + "word " * 60]))
    assert ask(engine, "impact evaluation").pages_of("a")[0].number == 2


def test_a_phrase_is_these_words_in_this_order(engine: Engine, tmp_path: Path) -> None:
    index(
        tmp_path,
        record("right", ["x", "the Labour force survey"]),
        record("turned", ["force of labour"]),
        record("apart", ["labour and force"]),
        record("other form", ["labour forces"]),
    )
    ranking = ask(engine, '"labour force"')
    assert [ranked.id for ranked in ranking.records] == ["right"]
    assert [page.number for page in ranking.pages_of("right")] == [2]


def test_a_phrase_of_one_word_is_that_word(engine: Engine, tmp_path: Path) -> None:
    index(tmp_path, record("a", ["evaluation"]), record("b", ["evaluations"]))
    assert found(engine, '"evaluation"') == ["a"]
    assert sorted(found(engine, "evaluation")) == ["a", "b"]


def test_no_phrase_runs_from_one_document_into_the_next(engine: Engine, tmp_path: Path) -> None:
    pages = [IndexedPage("one", 1, "labour"), IndexedPage("two", 1, "force")]
    index(tmp_path, IndexedRecord("a", "", [], pages))
    assert found(engine, '"labour force"') == []


def test_the_exact_form_comes_first(engine: Engine, tmp_path: Path) -> None:
    index(
        tmp_path,
        record("stem", ["evaluated in a town"]),
        record("exact", ["evaluation in a town"]),
        record("fold", ["évaluation in a town"]),
    )
    assert found(engine, "evaluation") == ["exact", "fold", "stem"]
    assert found(engine, "evaluation", exact=True) == ["exact", "fold"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("احمد", "أحمد"), ("مدرسه", "مدرسة"), ("مدرسة", "المدرسة"), ("القانون", "والقانون"),
        ("المسطرة", "الْمِسْطَرَة"), ("utvardering", "utvärderingen"), ("Jugendlicher", "Jugendlichen"),
        ("evaluations", "évaluation"), ("Maßnahme", "Massnahmen"), ("2020", "٢٠٢٠"),
    ],
)  # fmt: skip
def test_words_are_found_in_their_other_forms(
    engine: Engine, tmp_path: Path, typed: str, printed: str
) -> None:
    index(tmp_path, record("a", [f"xyz {printed} xyz"]), record("b", ["nichts rien inget لاشيء"]))
    assert found(engine, typed) == ["a"]
    assert {form for form in ask(engine, typed).forms if form in forms(printed)}


def test_a_prefix_finds_words_that_begin_so(engine: Engine, tmp_path: Path) -> None:
    index(
        tmp_path,
        record("a", ["the evaluator"]),
        record("b", ["évaluer"]),
        record("c", ["value"]),
        record("d", ["eva"]),
    )
    assert sorted(found(engine, "evaluat*")) == ["a"]
    assert sorted(found(engine, "évalu*")) == ["a", "b"]
    assert sorted(found(engine, "eva*")) == ["a", "b", "d"]


def test_no_page_of_a_long_record_is_lost(engine: Engine, tmp_path: Path) -> None:
    index(tmp_path, record("a", ["word " * 100] * 300 + ["word zebra"]))
    assert len(ask(engine, "word").pages_of("a")) == 301
    assert ask(engine, "word zebra").pages_of("a")[0].number == 301


def test_title_and_names_count_more_than_text(engine: Engine, tmp_path: Path) -> None:
    index(
        tmp_path,
        record("text", ["mentoring"], title="Other"),
        record("title", ["text"], title="Mentoring"),
        record("name", ["text"], names=["Mentoring Office"]),
    )
    ranking = ask(engine, "mentoring")
    assert [ranked.id for ranked in ranking.records] == ["title", "name", "text"]
    assert ranking.fields_of("title") == ("title",)
    assert found(engine, "title:mentoring") == ["title"]
    assert found(engine, "author:mentoring") == ["name"]
    assert ranking.pages_of("title") == []


def test_a_typed_question_is_answered_by_the_best_records(engine: Engine, tmp_path: Path) -> None:
    index(
        tmp_path,
        record("most", ["mentoring reduced violence among teenagers"]),
        record("few", ["violence"]),
        record("none", ["gardening"]),
    )
    ranking = ask(engine, "what works in mentoring to reduce violence among young teenagers")
    assert ranking.strict == 0
    assert [ranked.id for ranked in ranking.records] == ["most", "few"]
    assert "young" in ranking.records[0].missing
    assert "what" not in ranking.records[0].missing


def test_what_is_excluded_stays_out_when_words_are_missing(engine: Engine, tmp_path: Path) -> None:
    index(
        tmp_path,
        record("a", ["mentoring violence police"]),
        record("b", ["mentoring violence"]),
    )
    assert found(engine, "mentoring violence youth -police") == ["b"]


def test_filters_let_only_their_records_through(engine: Engine, tmp_path: Path) -> None:
    index(tmp_path, record("a", ["mentoring"]), record("b", ["mentoring"]))
    root = parse("mentoring year:2020").root
    assert root is not None
    ranking = engine.search(root, lambda wanted: {"b", "gone"} if wanted.first == 2020 else set())
    assert [ranked.id for ranked in ranking.records] == ["b"]


def test_a_torn_index_is_told_apart(tmp_path: Path) -> None:
    index(tmp_path, record("a", ["mentoring"]))
    for path in (tmp_path / f"v{INDEX_VERSION}").glob("*.toc"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(IndexUnusable):
        found(Engine(tmp_path), "mentoring")
    with pytest.raises(IndexUnusable), writer_lock(tmp_path, wait_s=1):
        IndexWriter(tmp_path)


def test_there_is_one_writer_at_a_time(tmp_path: Path) -> None:
    with writer_lock(tmp_path, wait_s=1), pytest.raises(ArchiveBusy), writer_lock(tmp_path, 0.01):
        pass


def test_merged_segments_find_the_same(engine: Engine, tmp_path: Path) -> None:
    for number in range(30):
        index(tmp_path, record(f"r{number:02}", [f"common word{number}", "évaluation"]))
    before = {q: sorted(found(engine, q)) for q in ("common", "word7", "evaluations")}
    with writer_lock(tmp_path, wait_s=1):
        IndexWriter(tmp_path).apply([record("last", ["other"])], [], merge=merge_small)
    assert {q: sorted(found(engine, q)) for q in before} == before
    assert len(before["evaluations"]) == 30


WORDS = ["مدرسة", "المدرسة", "youth", "jugend", "évaluer", "hus", "12"]
texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
archives = st.lists(st.lists(texts, max_size=3), min_size=1, max_size=5)
leaves = st.one_of(
    st.sampled_from(WORDS).map(lambda word: Word(forms(word)[0])),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(
        lambda words: Phrase(tuple(forms(" ".join(words))))
    ),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=6,
)


def holds(pages: Sequence[Sequence[str]], node: Node) -> bool:
    """The naive evaluator: exact words, folded; a page boundary breaks a phrase."""
    match node:
        case Word(form):
            return any(fold(form) == word for page in pages for word in page)
        case Phrase(wanted):
            folded = [fold(form) for form in wanted]
            return any(
                list(page[at : at + len(folded)]) == folded
                for page in pages
                for at in range(len(page))
            )
        case And(parts):
            return all(holds(pages, part) for part in parts)
        case Or(parts):
            return any(holds(pages, part) for part in parts)
        case Not(part):
            return not holds(pages, part)
        case Filter():
            return False


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(archives, trees)
def test_every_operator_agrees_with_a_naive_evaluator(
    tmp_path_factory: pytest.TempPathFactory, archive: list[list[str]], tree: Node
) -> None:
    folder = tmp_path_factory.mktemp("index")
    half = len(archive) // 2
    numbered = [record(str(number), pages) for number, pages in enumerate(archive)]
    index(folder, *numbered[:half])
    index(folder, *numbered[half:])
    engine = Engine(folder)
    ranking = engine.search(tree, lambda _: set(), exact=True)
    complete = {ranked.id for ranked in ranking.records[: ranking.strict]}
    engine.close()
    expected = {
        str(number)
        for number, pages in enumerate(archive)
        if holds([[fold(form) for form in forms(page)] for page in pages], tree)
    }
    assert complete == expected
