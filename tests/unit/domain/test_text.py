"""Words, forms and folds."""

import sys
import unicodedata

import pytest

from desktop_app.domain.text import (
    LONGEST_FORM,
    Token,
    fold,
    form,
    forms,
    german_folds,
    is_arabic,
    occurrences,
    tokens,
    unswapped,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \n\t ", []),
        ("The 2018 Evaluation", ["the", "2018", "evaluation"]),
        ("l'évaluation d’impact", ["l", "évaluation", "d", "impact"]),
        ("at-risk youth", ["at", "risk", "youth"]),
        ("snake_case", ["snake", "case"]),
        ("12,5 % of 3.14", ["12", "5", "of", "3", "14"]),
        ("qualität\N{SOFT HYPHEN}skontrolle", ["qualitätskontrolle"]),
        ("programme² and ½ of 10³ CO₂", ["programme", "and", "of", "10", "co2"]),
        ("Straße STRASSE", ["straße", "strasse"]),
        ("oﬃce ﬁve", ["office", "five"]),
        ("Ａ１ Ⅳ", ["a1", "iv"]),
        ("قَانُونُ المُسْطَرَة", ["قانون", "المسطرة"]),
        ("مجـتـمـع ـــ", ["مجتمع"]),
        ("٢٠١٨ ۲۰۱۸ २०१८", ["2018", "2018", "2018"]),
        ("ﻻ ﷲ", ["لا", "الله"]),
        ("می\N{ZERO WIDTH NON-JOINER}شود", ["میشود"]),
        ("\N{RIGHT-TO-LEFT EMBEDDING}قانون\N{POP DIRECTIONAL FORMATTING} x", ["قانون", "x"]),
        ("評価の結果 ok", ["評価の結果", "ok"]),
        ("हिन्दी", ["हिन्दी"]),
        ("м’який", ["м", "який"]),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert forms(text) == expected
    assert [token.form for token in tokens(text)] == expected


def test_offsets_point_into_the_text_as_given() -> None:
    text = "«L’Évaluation» العَدَالَة, e\u0301tude\u200f!"
    assert [(text[t.start : t.end], t.form) for t in tokens(text)] == [
        ("L", "l"),
        ("Évaluation", "évaluation"),
        ("العَدَالَة", "العدالة"),
        ("e\u0301tude", "étude"),
    ]


def test_occurrences_count_places_among_all_words() -> None:
    text = "the impact of the impact"
    assert occurrences(text, {"impact"}) == [
        (1, Token("impact", 4, 10)),
        (4, Token("impact", 18, 24)),
    ]
    assert occurrences(text, set()) == []
    assert occurrences("ـــ the impact", {"impact"}) == [(1, Token("impact", 8, 14))]


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("Évaluation", "évaluation"),
        ("E\u0301valuation", "évaluation"),
        ("\N{ARABIC LETTER ALEF}\N{ARABIC HAMZA ABOVE}حمد", "أحمد"),
        ("\N{ARABIC LETTER ALEF}\N{ARABIC FATHA}\N{ARABIC HAMZA ABOVE}حمد", "أحمد"),
        ("رَحْمٰن", "رحمن"),
        ("İstanbul", "istanbul"),
        ("ΟΔΟΣ", "οδοσ"),
        ("ẞ", "ß"),
        ("x\x02y", "xy"),
        ("...", ""),
        ("ـ", ""),
        ("\N{ARABIC FATHA}", ""),
    ],
)
def test_form_of_a_surface(surface: str, expected: str) -> None:
    assert form(surface) == expected


def test_a_hostile_word_has_a_short_form_and_its_full_length() -> None:
    text = "x" * 1_000_000
    assert forms(text) == ["x" * LONGEST_FORM]
    assert list(tokens(text)) == [Token("x" * LONGEST_FORM, 0, 1_000_000)]
    assert len(form("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 300)) == LONGEST_FORM


def test_what_is_remembered_of_words_does_not_change_the_answer() -> None:
    # More distinct words than are remembered, twice.
    text = " ".join(f"Word{number}" for number in range(120_000))
    first = forms(text)
    assert first == forms(text)
    assert first[119_999] == "word119999"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("évaluation", "evaluation"),
        ("ængstelig", "aengstelig"),
        ("œuvre", "oeuvre"),
        ("søn", "son"),
        ("straße", "strasse"),
        ("åtgärd", "atgard"),
        ("öffentlich", "offentlich"),
        ("über", "uber"),
        ("łódź", "lodz"),
        ("doğan", "dogan"),
        ("qurʾān", "quran"),
        ("ǿ", "o"),
        ("ν\u03afκη", "νικη"),
        ("йод", "йод"),
        ("أثر", "اثر"),
        ("إدارة", "اداره"),
        ("آلية", "اليه"),
        ("ٱلكتاب", "الكتاب"),
        ("مستشفى", "مستشفي"),
        ("مسؤولية", "مسووليه"),
        ("هيئة", "هييه"),
        ("تقییم", "تقييم"),
        ("شرکة", "شركه"),
        ("ھيئة", "هييه"),
        ("ماء", "ماء"),
        ("شيء", "شي"),
        ("شئ", "شي"),
        ("االستدعاء", "الاستدعاء"),
        ("األحكام", "الاحكام"),
        ("باإلضافة", "بالاضافه"),
        ("االلتزام", "الالتزام"),
        ("حاالت", "حالات"),
        ("خلاف", "خلاف"),
        ("خالف", "خالف"),
    ],
)
def test_fold_of_a_form(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(folded) == folded


def test_german_folds() -> None:
    assert german_folds("prüfungsgröße") == ("pruefungsgroesse",)
    assert german_folds("ähnlich") == ("aehnlich",)
    assert german_folds("straße") == ()
    assert german_folds("évaluation") == ()


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("خالل", "خلال"),
        ("عالقة", "علاقة"),
        ("العالقات", "العلاقات"),
        ("والعالقات", "والعلاقات"),
        ("لألسرة", "للأسرة"),
        ("ولألشخاص", "وللأشخاص"),
        ("مقابالت", "مقابلات"),
        ("بالد", "بلاد"),
        ("سالالت", "سلالات"),
        ("األحكام", "الأحكام"),
        ("الحق", "الحق"),
        ("بالحق", "بالحق"),
        ("إلى", "إلى"),
        ("evaluation", "evaluation"),
    ],
)
def test_exchanged_lam_alef_is_taken_back(printed: str, meant: str) -> None:
    assert unswapped(printed) == meant


def test_arabic_script() -> None:
    assert is_arabic("قانون") and is_arabic("گزارش") and is_arabic("پروژه")
    assert not any(map(is_arabic, ("law", "2018", "закон", "חוק", "ހަ", "")))


def test_every_character_is_written_and_folded_once_and_for_all() -> None:
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code)) in {"Cn", "Co"} or 0x3400 <= code <= 0xD7FF:
            continue  # nothing, or tens of thousands of letters that no rule speaks of
        written = form("a" + chr(code))
        assert form(written) == written
        assert forms(written) == [written]
        assert fold(fold(written)) == fold(written)


def test_the_marks_of_the_scripts_in_use_belong_to_words() -> None:
    scripts = ("ARABIC", "HEBREW", "DEVANAGARI", "BENGALI", "TAMIL", "THAI", "COMBINING")
    for code in range(0x300, 0x1000):
        character = chr(code)
        name = unicodedata.name(character, "")
        if unicodedata.category(character) in {"Mn", "Mc"} and name.startswith(scripts):
            assert len(list(tokens(f"ab{character}c"))) == 1, name
