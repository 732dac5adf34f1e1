"""Sizes of samples: numbers beside a word that says so."""

import pytest

from tests.unit.domain.suggestions.sources import PROSE, found, source, values


@pytest.mark.parametrize(
    ("sentence", "size"),
    [
        ("A survey of pupils (n = 212) was made.", 212),
        ("We asked N=1,383 people.", 1383),
        ("A sample of 1,200 households was drawn.", 1200),
        ("In all, 212 participants took part.", 212),
        ("They approached 1,383\nrespondents in person.", 1383),
        ("un échantillon de 1 200 jeunes", 1200),
        ("Au total, 85 personnes interrogées", 85),
        ("eine Stichprobe von 1.200 Personen", 1200),
        ("insgesamt 348 Befragte nahmen teil", 348),
        ("ett urval på 540 elever", 540),
        ("sammanlagt 64 deltagare", 64),
        ("عينة من 212 شابا", 212),
        ("شملت الدراسة ١٢٠ مشاركا", 120),
        ("The sample included 18616 households.", 18616),
    ],
)
def test_sizes(sentence: str, size: int) -> None:
    page = f"{PROSE}\n{sentence}\n{PROSE}"
    suggestion = found(source("Title", page), "sample_size")[0]
    assert suggestion.value == size
    assert suggestion.page == 2
    assert suggestion.quote in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "In 2017 participants were asked again.",
        "About 38.05% respondents agreed.",
        "More than 1,000 small businesses exist.",
        "Berg et al. asked 212 participants.",
        "Another study had 212 participants (Berg, 2011).",
        "At least 20 participants per class were planned.",
        "12 14 212 participants 11 9 8 33 41",
        "4.2 The 212 participants ........ 35",
        "Table 12 Participants by age",
        "page 212",
        "The sample included 46 districts.",
        "2 participants",
        "n = 99999999999",
        "sample size was increased from 3400 to 6000",
    ],
)
def test_other_numbers_are_none(sentence: str) -> None:
    document = source("Title", f"{PROSE}\n{sentence}\n{PROSE}")
    assert values(document, "sample_size") == []


def test_the_clearest_size_comes_first_and_few_are_shown() -> None:
    lines = ["rund 90 Befragte", "eine Stichprobe von 348 Personen", "(n = 25)", "12 Befragte"]
    suggestions = found(source("\n".join(lines), language="de"), "sample_size")
    assert [each.value for each in suggestions] == [348, 25, 12]


def test_sizes_in_references_do_not_count() -> None:
    document = source("Title", f"{PROSE}\nReferences\nA sample of 212 pupils. Ghent.")
    assert values(document, "sample_size") == []
