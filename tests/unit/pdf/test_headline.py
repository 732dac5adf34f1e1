"""The largest type near the top."""

from desktop_app.pdf.engine import Line
from desktop_app.pdf.headline import MAX_HEADLINE, find_headline


def page(*lines: tuple[str, float, float]) -> tuple[str, list[Line]]:
    """Return a text and its lines, each given with size and height."""
    text, found = "", []
    for line, size, height in lines:
        found.append(Line(len(text), len(text) + len(line), size, height))
        text += f"{line}\r\n"
    return text, found


def test_lines_of_the_largest_size_that_follow_each_other_are_joined() -> None:
    found = find_headline(
        *page(
            ("Ministry of the Interior", 10, 0.95),
            ("Mentoring for young people:", 24, 0.8),
            ("an evaluation in twelve cities,", 23.8, 0.76),
            ("2021", 24, 0.7),
            ("Final report", 14, 0.6),
        )
    )
    assert found == ("Mentoring for young people: an evaluation in twelve cities, 2021", 24)


def test_foot_of_the_page_and_single_letters_do_not_count() -> None:
    found, _ = find_headline(
        *page(("A", 90, 0.9), ("The title", 20, 0.8), ("PUBLISHER", 40, 0.05), ("text", 10, 0.5))
    )
    assert found == "The title"


def test_of_a_paragraph_only_the_first_line_is_taken() -> None:
    lines = [(f"line {number} of a long paragraph", 11.0, 0.9 - number / 50) for number in range(9)]
    assert find_headline(*page(*lines))[0] == "line 0 of a long paragraph"
    assert find_headline(*page(*lines, ("note", 8, 0.1)))[0] == "line 0 of a long paragraph"


def test_divided_word_is_joined_and_length_is_limited() -> None:
    assert find_headline(*page(("Evalu\ufffeation of it", 20, 0.9), ("x", 10, 0.5)))[0] == (
        "Evaluation of it"
    )
    for hyphen in "\u2010\xad":
        divided = page((f"Evalu{hyphen}", 20, 0.9), ("ation of it", 20, 0.8), ("x", 10, 0.5))
        assert find_headline(*divided)[0] == "Evaluation of it"
    assert len(find_headline(*page(("word " * 200, 20, 0.9)))[0]) <= MAX_HEADLINE


def test_page_without_letters_has_none() -> None:
    assert find_headline(*page(("12", 20, 0.9))) == ("", 0)
    assert find_headline("", []) == ("", 0)
