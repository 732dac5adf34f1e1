"""Whether characters make sense."""

import pytest

from desktop_app.pdf.readability import has_mixed_scripts, is_garbled_line, is_senseless

LEGACY_FONT = (
    "«—«d� ≠ ¡«—“u�« fK−� WI�«u� bFÐ ≠ …œb−?²*« W�UD�«Ë ¡UÐdNJ�« …—«“Ë —bBð ÆÆW¦�U¦�« …dLK�"
    " ÊU� w²�« …œU¹e�« q³� w�Ë_« …d*« X½U� ÆW?O�Uð dNý√ W²Ý …b* —dI²¹ qO?łQ²�« ÊU� ÆÆ…d� q�"
)


@pytest.mark.parametrize(
    "text",
    [
        "\x03\x04\x05\x06 \x10\x11 ab",
        "\uf020\uf041\uf042 \uf043\uf044 x",
        "\ufffd\ufffd \ufffd",
        LEGACY_FONT,
    ],
)
def test_senseless_text_is_seen(text: str) -> None:
    assert is_senseless(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "An evaluation of the programme in 12 schools, 2019–2021 (n = 340; p < 0.05).",
        "L’évaluation « à mi-parcours » a coûté 1 200 € … et après ?" * 5,
        "„Wirkung“ heißt: 30 °C ± 2 °C, x² ≤ y³, α·β ≠ γ∞ und so weiter und so fort immer wieder.",
        "\uf0b7 first point\n\uf0b7 second point",
        "هذا تقرير عن برنامج UNICEF في المدارس خلال عام 2021 وقد شارك فيه عدد كبير",
    ],
)
def test_sense_is_not_doubted(text: str) -> None:
    assert not is_senseless(text)
    assert not has_mixed_scripts(text)


def test_arabic_words_with_latin_letters_inside_are_seen() -> None:
    assert has_mixed_scripts("تwفyق الحykم كAنwن الأول rJط معwqل لdO ybFل العAب يdqtم")
    assert not has_mixed_scripts("الـWHO في")


def test_garbled_headline_is_seen() -> None:
    assert is_garbled_line("Sc¨ulm¡t¨em¡´i«")
    assert not is_garbled_line("L’évaluation de l’« impact »")
