"""What may reach a terminal, and that JSON keeps every character."""

import json
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop_app.cli.terminal import escaped, json_text, plain

NASTY = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=("Cc", "Cs", "Zl", "Zp")),
        st.sampled_from("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x1b\x9b\r\n\t"),
    )
)


def is_dangerous(character: str) -> bool:
    """Return whether a character could do more on a terminal than be shown."""
    embeds = unicodedata.bidirectional(character) in {
        "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
    }  # fmt: skip
    return embeds or unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}


@given(NASTY)
def test_nothing_dangerous_is_left(text: str) -> None:
    assert not any(is_dangerous(character) for character in escaped(text))
    assert escaped(escaped(text)) == escaped(text)
    left = {character for character in escaped(text, lines=True) if is_dangerous(character)}
    assert left <= {"\n", "\t"}


@given(st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))))
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert escaped(text) == plain(text) == escaped(text, lines=True) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\tc\r", r"a\nb\tc\r"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("exe\u202efdp", r"exe\u202efdp"),
        ("\udcff.pdf", r"\xff.pdf"),
        ("\ud83d", r"\ud83d"),
        ("C:\\new\\files", "C:\\new\\files"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_escapes_can_be_read(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_lines_of_a_page_stay_lines() -> None:
    page = "one\r\ntwo\rthree\x0cfour\u2028five\tsix\x1b[2J"
    assert escaped(page, lines=True) == "one\ntwo\nthree\nfour\nfive\tsix\\x1b[2J"


@given(st.recursive(NASTY, lambda inner: st.dictionaries(NASTY, inner) | st.lists(inner)))
@example("\x85\u2028\x7f\x9b\ud800")
@example("\U0001f600 é ا")
def test_json_keeps_every_text_on_one_safe_line(value: object) -> None:
    text = json_text(value)
    assert json.loads(text) == value
    assert len(text.splitlines()) == 1
    assert not any(is_dangerous(character) for character in text)
