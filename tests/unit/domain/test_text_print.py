"""Prints of texts: near texts are near, others are not, and short ones say nothing."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.text_print import SIZE, TextPrint, similarity, text_print

WORDS = [f"word{number}" for number in range(3000)]


def some_words(seed: int, count: int = 4000) -> list[str]:
    """Return words of a made-up text."""
    return random.Random(seed).choices(WORDS, k=count)


def print_of(words: Sequence[str], per_page: int = 300) -> TextPrint:
    """Return the print of words on pages of a size."""
    starts = range(0, len(words), per_page)
    return text_print([" ".join(words[start : start + per_page]) for start in starts])


def shared(first: Sequence[str], second: Sequence[str]) -> float:
    """Return the share of runs of four words that two texts have in common, counted."""
    ours, theirs = (set(zip(w, w[1:], w[2:], w[3:], strict=False)) for w in (first, second))
    return len(ours & theirs) / len(ours | theirs)


@pytest.mark.parametrize("changed", [0, 20, 80, 200, 500, 1200])
def test_the_similarity_is_about_the_share_of_runs_in_common(changed: int) -> None:
    words = some_words(1)
    others = list(words)
    for place in random.Random(changed).sample(range(len(words)), changed):
        others[place] = f"changed{place}"
    estimate = similarity(print_of(words), print_of(others))
    assert abs(estimate - shared(words, others)) < 0.14  # Three standard errors.


def test_texts_of_others_have_nothing_in_common() -> None:
    assert similarity(print_of(some_words(1)), print_of(some_words(2))) == 0


def test_pages_and_writing_make_no_difference() -> None:
    words = some_words(3)
    assert print_of(words, 300) == print_of(words, 70)
    texts = ["Évaluation du programme أحمد", *words]
    plain = ["EVALUATION  du-programme, احمد!", *words]
    assert print_of(texts) == print_of(plain)


def test_other_figures_make_another_report() -> None:
    def report(year: int) -> TextPrint:
        chance = random.Random(year)
        rows = [f"In {year} the share of towns with a plan was {chance.random():.3f} percent, "
                f"and {chance.randrange(999)} people took part." for _ in range(60)]  # fmt: skip
        return text_print(rows)

    assert similarity(report(2019), report(2019)) == 1
    assert similarity(report(2019), report(2020)) < 0.35


def test_too_few_words_say_nothing() -> None:
    short = text_print(["A title page of few words, stamped by the archive"])
    assert not short
    assert short == text_print([]) == TextPrint()
    assert similarity(short, short) == 0
    assert similarity(short, print_of(some_words(1))) == 0
    assert text_print([" ".join(some_words(1, 50))])


def test_what_is_stored_comes_back() -> None:
    for made in (TextPrint(), print_of(some_words(1, 60)), print_of(some_words(1))):
        assert TextPrint.from_bytes(made.to_bytes()) == made
    assert len(print_of(some_words(1)).hashes) == SIZE
    assert len(print_of(some_words(1)).to_bytes()) == 1 + 8 * SIZE


@pytest.mark.parametrize(
    "stored",
    [b"", b"\x02", b"\x01123", b"\x00" * 9, b"\x01" + bytes(16), b"\x01" + b"\xff" * 8 * 129],
)
def test_what_is_no_print_is_refused(stored: bytes) -> None:
    with pytest.raises(ValueError, match="not a print"):
        TextPrint.from_bytes(stored)


@given(
    first=st.lists(st.sampled_from(WORDS[:40]), max_size=120),
    second=st.lists(st.sampled_from(WORDS[:40]), max_size=120),
)
def test_similarity_has_no_direction_and_is_exact_for_short_texts(
    first: list[str], second: list[str]
) -> None:
    ours, theirs = print_of(first, 7), print_of(second, 7)
    assert similarity(ours, theirs) == similarity(theirs, ours)
    assert 0 <= similarity(ours, theirs) <= 1
    if ours and theirs and len({*ours.hashes, *theirs.hashes}) <= SIZE:
        assert similarity(ours, theirs) == pytest.approx(shared(first, second))
