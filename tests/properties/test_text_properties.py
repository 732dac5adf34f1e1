"""What holds for words, languages and snippets whatever the text."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from desktop_app.domain.language import FUNCTION_WORDS, detect_language, document_languages
from desktop_app.domain.snippets import SHORTEST_WIDTH, lead, make_snippet
from desktop_app.domain.text import (
    LONGEST_FORM,
    fold,
    form,
    forms,
    german_folds,
    occurrences,
    tokens,
    unswapped,
)
from desktop_app.index.analysis import FOLD, LANGUAGE_BITS, keys

_LATIN = "aAbeEéÉèçœßäÄöüåñ"
_ARABIC = "اأإآٱلمدةهىيیکكؤئءوبت"
_MARKS = "\u0301\u0308\u0327\u064b\u064e\u0651\u0654\u0670\u0640\u034f\u0947\ufe0f"
_JOINERS = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\u2067\u2069\ufeff\u061c"
_OTHERS = "İıſΣςﬁﻻﷲ²½Ⅳ३٣۴7_'’ʼ-.,?!؟ \n\t\r\x02\x00\x1f評価กำ\ud800\ufffe\ue000𝐀"
_texts = st.text() | st.text(_LATIN + _ARABIC + _MARKS + _JOINERS + _OTHERS, max_size=400)
_words = st.text(_LATIN + _ARABIC + _MARKS + _JOINERS, min_size=1, max_size=12)
_ALL = FOLD | sum(LANGUAGE_BITS.values())


@given(_texts)
def test_tokens_and_forms_agree(text: str) -> None:
    assert [token.form for token in tokens(text)] == forms(text)


@given(_texts)
def test_offsets_slice_the_word(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert form(text[token.start : token.end]) == token.form
        end = token.end


@given(_texts)
def test_words_wanted_are_found_at_their_places(text: str) -> None:
    words = list(tokens(text))
    wanted = {word.form for word in words[::2]}
    assert occurrences(text, wanted) == [
        (place, word) for place, word in enumerate(words) if word.form in wanted
    ]


@given(_texts)
def test_form_is_idempotent_and_one_word(text: str) -> None:
    written = form(text)
    assert form(written) == written
    assert forms(written) == ([written] if written else [])
    assert len(written) <= LONGEST_FORM


@given(_texts)
def test_fold_is_idempotent_and_empties_no_word(text: str) -> None:
    for word in forms(text):
        folded = fold(word)
        assert folded
        assert fold(folded) == folded


@given(_texts)
@example("0\u0345 \u1fb3\u03c2")
def test_case_and_composition_do_not_matter(text: str) -> None:
    for word in forms(text):
        assert fold(form(word.upper())) == fold(form(word.lower()))


@given(_texts)
def test_every_word_has_keys(text: str) -> None:
    for word in forms(text):
        found = keys(word)
        assert found[0] == (fold(word), found[0][1])
        assert found[0][1] & FOLD
        assert all(key and 0 < mask <= _ALL for key, mask in found)
        assert len(dict(found)) == len(found)


@given(st.text(_ARABIC, min_size=1, max_size=12))
def test_a_word_and_its_fold_meet(word: str) -> None:
    common = dict(keys(form(word)))
    assert any(common.get(key, 0) & mask & FOLD for key, mask in keys(fold(form(word))))


@given(st.text(_LATIN, min_size=1, max_size=12))
def test_umlauts_written_with_e_meet(word: str) -> None:
    written = form(word)
    for spelled in german_folds(written):
        common = dict(keys(written))
        assert any(common.get(key, 0) & mask & FOLD for key, mask in keys(spelled))


@given(st.text(_ARABIC, max_size=12))
def test_taking_back_an_exchange_keeps_the_letters(word: str) -> None:
    assert sorted(unswapped(word)) == sorted(word)


@given(_texts)
def test_a_language_is_one_of_five_or_none(text: str) -> None:
    assert detect_language(text) in {"und", *FUNCTION_WORDS}


@given(st.lists(st.tuples(st.sampled_from(["und", *FUNCTION_WORDS]), st.integers(0, 10_000))))
def test_main_languages_hold_a_fifth_of_what_is_known(pages: list[tuple[str, int]]) -> None:
    found = document_languages(pages)
    shares = {code: sum(n for language, n in pages if language == code) for code in FUNCTION_WORDS}
    known = sum(shares.values())
    assert set(found) == {code for code, n in shares.items() if n and n >= known / 5}
    assert [shares[code] for code in found] == sorted((shares[c] for c in found), reverse=True)


@given(
    _texts,
    st.lists(_words, max_size=3),
    st.lists(st.lists(_words, min_size=1, max_size=3), max_size=2),
    st.integers(0, 300),
    st.data(),
)
def test_snippets(
    text: str, words: list[str], phrases: list[list[str]], width: int, data: st.DataObject
) -> None:
    present = forms(text)
    wanted = {form(word) for word in words}
    if present:
        wanted |= set(data.draw(st.lists(st.sampled_from(present), max_size=4)))
    wanted.discard("")
    sought = [[written for word in phrase if (written := form(word))] for phrase in phrases]
    snippet = make_snippet(text, wanted, sought, width)
    if snippet is None:
        assert wanted.isdisjoint(present)
        return
    markable = wanted.union(*sought)
    assert snippet.marks
    assert 0 < len(snippet.text) <= max(width, SHORTEST_WIDTH)
    assert snippet.text == " ".join(snippet.text.split())
    assert {"Cc", "Cs", "Co"}.isdisjoint(map(unicodedata.category, snippet.text))
    assert set(_JOINERS).intersection(snippet.text) <= {"\u200c", "\u200d"}
    end = 0
    for start, stop in snippet.marks:
        assert end <= start < stop <= len(snippet.text)
        assert stop - start >= SHORTEST_WIDTH or markable.issuperset(
            forms(snippet.text[start:stop])
        )
        end = stop


@given(_texts, st.integers(0, 300))
def test_leads(text: str, width: int) -> None:
    snippet = lead(text, width)
    assert snippet.marks == () and not snippet.cut_before
    assert len(snippet.text) <= max(width, SHORTEST_WIDTH)
    assert snippet.text == " ".join(snippet.text.split())
    if not snippet.cut_after:
        assert forms(snippet.text) == forms(text)
