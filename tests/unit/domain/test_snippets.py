"""The passage shown for a page that matches."""

from desktop_app.domain.search import Snippet
from desktop_app.domain.snippets import Phrase, lead, make_snippet

FILLER = "Nothing of interest is said here about anything. " * 20


def _marked(snippet: Snippet | None) -> list[str]:
    assert snippet is not None
    return [snippet.text[start:end] for start, end in snippet.marks]


def test_no_wanted_word_gives_none() -> None:
    assert make_snippet("The evaluation of a programme.", {"impact"}) is None
    assert make_snippet("", {"impact"}) is None
    assert make_snippet("The evaluation.", set()) is None
    assert make_snippet("The evaluation.", (), [["impact", "evaluation"]]) is None
    assert make_snippet("The evaluation.", (), [[]]) is None


def test_a_short_page_is_shown_whole() -> None:
    assert make_snippet("The  Impact\r\nof it.", {"impact"}) == Snippet(
        "The Impact of it.", ((4, 10),)
    )


def test_words_are_found_by_form_and_marked_as_printed() -> None:
    text = "L’ÉVALUATION, e\u0301valuation – and the العَدَالَةُ of it"
    assert _marked(make_snippet(text, {"évaluation", "العدالة"})) == [
        "ÉVALUATION",
        "e\u0301valuation",
        "العَدَالَةُ",
    ]


def test_the_passage_with_most_distinct_words_is_chosen() -> None:
    text = f"Impact impact impact. {FILLER}The impact of mentoring was small. {FILLER}"
    snippet = make_snippet(text, {"impact", "mentoring"})
    assert _marked(snippet) == ["impact", "mentoring"]
    assert snippet is not None
    assert snippet.text.startswith("The impact of mentoring")
    assert snippet.cut_before and snippet.cut_after


def test_a_phrase_goes_before_more_words_and_is_one_mark() -> None:
    text = f"Force of labour and impact. {FILLER}The labour\nforce grew. {FILLER}"
    wanted = {"labour", "force", "impact"}
    assert _marked(make_snippet(text, wanted)) == ["Force", "labour", "impact"]
    assert _marked(make_snippet(text, wanted, [["labour", "force"]])) == ["labour force"]


def test_words_of_a_phrase_are_marked_alone_only_when_wanted() -> None:
    text = "The labour force, and more labour."
    phrase = [["labour", "force"]]
    assert _marked(make_snippet(text, (), phrase)) == ["labour force"]
    assert _marked(make_snippet(text, {"labour"}, phrase)) == ["labour force", "labour"]


def test_a_place_in_a_phrase_may_have_several_forms() -> None:
    text = "Une évaluation d’impact, des evaluations d'impact."
    phrase: Phrase = [{"évaluation", "evaluations"}, "d", "impact"]
    assert _marked(make_snippet(text, (), [phrase])) == [
        "évaluation d’impact",
        "evaluations d'impact",
    ]


def test_the_longest_phrase_wins_and_marks_do_not_overlap() -> None:
    text = "the labour force survey force"
    phrases = [["labour", "force"], ["labour", "force", "survey"], ["survey", "force"]]
    assert _marked(make_snippet(text, {"force"}, phrases)) == ["labour force survey", "force"]


def test_the_first_of_equal_passages_is_chosen() -> None:
    text = f"{FILLER}One impact here. {FILLER}Two impact there. {FILLER}"
    snippet = make_snippet(text, {"impact"})
    assert snippet is not None and snippet.text.startswith("One impact here.")


def test_it_begins_with_the_sentence_where_that_fits() -> None:
    text = f"{FILLER}Said e. g. in No. 5 of the list, the impact was small. {FILLER}"
    snippet = make_snippet(text, {"impact"})
    assert snippet is not None and snippet.text.startswith("Said e. g. in No. 5 of")


def test_it_begins_and_ends_between_words_where_no_sentence_does() -> None:
    text = "alpha beta, " * 100 + "impact " + "gamma delta; " * 100
    snippet = make_snippet(text, {"impact"}, width=120)
    assert snippet is not None
    assert 80 < len(snippet.text) <= 120
    words = snippet.text.replace(",", " ").replace(";", " ").split()
    assert set(words) == {"alpha", "beta", "impact", "gamma", "delta"}
    assert snippet.text[0].isalpha()


def test_the_end_of_a_page_uses_the_whole_width() -> None:
    text = f"{FILLER}The impact was small."
    snippet = make_snippet(text, {"impact"})
    assert snippet is not None
    assert snippet.text.endswith("The impact was small.") and not snippet.cut_after
    assert len(snippet.text) > 150 and snippet.text.startswith("Nothing")


def test_control_and_bidirectional_characters_are_left_out() -> None:
    text = (
        "\u202bالقان\u200fون\u202c the im\u00adpact\x02\x00 of \ufeffit \uf0b7 \u2066x\u2069"
        " \ufffe\ud800"
    )
    snippet = make_snippet(text, {"impact", "القانون"})
    assert snippet == Snippet("القانون the impact of it x", ((0, 7), (12, 18)))


def test_a_hostile_word_is_cut_and_no_letter_parted_from_its_marks() -> None:
    word = "e\u0301\u0323" * 5000
    snippet = make_snippet(f"so {word}", {"ẹ" + "\u0301" + ("ẹ\u0301" * 31)}, width=100)
    assert snippet is not None
    assert len(snippet.text) <= 100 and snippet.cut_after
    assert snippet.text.endswith("e\u0301\u0323")
    assert len(snippet.marks) == 1
    assert len(lead(word, 100).text) <= 100
    assert lead(word, 100).text.endswith("\u0323")
    assert len(lead("a" + "\u0301" * 500, 100).text) == 100


def test_a_narrow_width_is_raised() -> None:
    snippet = make_snippet(FILLER + "impact " + FILLER, {"impact"}, width=5)
    assert snippet is not None and 40 < len(snippet.text) <= 80


def test_lead() -> None:
    assert lead("") == Snippet("")
    assert lead(" A short\n page. ") == Snippet("A short page.")
    cut = lead("word " * 100, width=100)
    assert cut.text == ("word " * 20).strip() and cut.cut_after and not cut.marks
