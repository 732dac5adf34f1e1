"""Text of an engine made into text of a person."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.pdf.cleaning import (
    HYPHEN_MARK,
    HyphenJoiner,
    clean_line,
    clean_text,
    keep_hyphen_marks,
    mark_line_end_hyphens,
)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\x00b\x07c\x9fd", "abcd"),
        ("a\u202eb\u200fc\u2066d\ufeffe\u200bf", "abcdef"),
        ("a\tb\xa0c\u2009d  e", "a b c d e"),
        ("  a  \n  b \n\n\n\n c ", "a\nb\n\nc"),
        ("soft\xad\nware and hy\xadphen", "software and hyphen"),
        ("\ud83d lone", "\ufffd lone"),
        ("\uf0b7 first\n\uf0a7 second", "• first\n• second"),
        ("e\u0301te\u0301 \u0627\u0653\u0646", "été آن"),
        ("\ufb01nd o\ufb03ce", "find office"),
        ("\ufe8d\ufefb\ufeb3\ufe98\ufea9", "الاستد"),
        ("\ufd3eآية\ufd3f", "\ufd3eآية\ufd3f"),
        ("نیم\u200cفاصله", "نیم\u200cفاصله"),
        ("x² + H₂O ½ ①", "x² + H₂O ½ ①"),
        ("line\u2028next\x0cpage", "line\nnext\npage"),
    ],
)
def test_senseless_characters_go_and_printed_ones_stay(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@given(st.text())
def test_cleaned_text_is_clean(raw: str) -> None:
    clean = clean_text(raw)
    assert clean_text(clean) == clean
    assert not {unicodedata.category(letter) for letter in clean} & {"Cs", "Zl", "Zp"}
    assert not [letter for letter in clean if letter != "\n" and letter < " "]
    assert clean.encode("utf-8").decode("utf-8") == clean


@given(st.text(alphabet=st.characters(categories=["L", "N", "P"], max_codepoint=0x2FF)))
def test_printed_letters_are_never_lost(raw: str) -> None:
    expected = unicodedata.normalize("NFC", raw.replace("\xad", ""))
    assert clean_text(raw) == expected


@pytest.mark.parametrize(
    ("printed", "joined"),
    [
        ("the com~munity", "the community"),
        ("right-to~left text", "right-to-left text"),
        ("in COVID~19 times", "in COVID-19 times"),
        ("the MANAGE~MENT", "the MANAGEMENT"),
        ("das Debian~Archiv", "das Debian-Archiv"),
        ("see docs/one~two", "see docs/one-two"),
        ("the last line is cut off at eval~17", "the last line is cut off at eval-\n17"),
        ("self-help and self~help", "self-help and self-help"),
        ("the non-state and non~state", "the non-state and non-state"),
        ("the programme pro~gramme", "the programme programme"),
        ("a~b~c d", "abc d"),
        ("برنا~مج", "برنامج"),
    ],
)
def test_divided_words_are_joined_and_compounds_kept(printed: str, joined: str) -> None:
    assert HyphenJoiner().join(printed.replace("~", HYPHEN_MARK)) == joined


def test_words_of_earlier_pages_decide() -> None:
    joiner = HyphenJoiner()
    joiner.join("a long-term plan")
    assert joiner.join(f"a long{HYPHEN_MARK}term plan") == "a long-term plan"


@given(st.text(alphabet=st.sampled_from(f"ab-C1 \n{HYPHEN_MARK}")))
def test_joining_leaves_no_mark_and_loses_nothing_else(printed: str) -> None:
    joined = HyphenJoiner().join(printed)
    assert HYPHEN_MARK not in joined

    def kept(text: str) -> str:
        return text.replace("-", "").replace("\n", "")

    assert kept(joined) == kept(printed.replace(HYPHEN_MARK, ""))


def test_both_forms_of_the_mark_are_known() -> None:
    assert keep_hyphen_marks("com\x02munity") == f"com{HYPHEN_MARK}munity"
    assert keep_hyphen_marks("1\x022") == "1\x022"
    assert mark_line_end_hyphens("com-\nmunity - no\n-x") == f"com{HYPHEN_MARK}munity - no\n-x"


def test_lines_are_cut_at_a_word() -> None:
    assert clean_line("one\ntwo\r\n three") == "one two three"
    assert clean_line("impact evaluation of mentoring", 20) == "impact evaluation…"
    assert clean_line("x" * 50, 20) == "x" * 19 + "…"
    assert len(clean_line("ab " * 9_999)) <= 2_000
