"""The table of colours, the fonts and the style sheet."""

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.config import paths
from desktop_app.gui import theme
from desktop_app.gui.theme import DARK, LIGHT, Colours, Scheme, Tone


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    shown = QColor(colour)

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)

    return (
        0.2126 * linear(shown.redF())
        + 0.7152 * linear(shown.greenF())
        + 0.0722 * linear(shown.blueF())
    )


def contrast(first: str, second: str) -> float:
    """Return the contrast of WCAG 2, from 1 to 21."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("table", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), theme.READABLE_PAIRS)
def test_text_can_be_read_on_its_ground(table: Colours, text: str, ground: str) -> None:
    assert contrast(getattr(table, text), getattr(table, ground)) >= 4.5


@pytest.mark.parametrize("table", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", list(Tone))
def test_chips_can_be_read(table: Colours, tone: Tone) -> None:
    text, ground, _ = table.chip(tone)
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("table", [LIGHT, DARK], ids=["light", "dark"])
def test_the_ring_around_what_has_the_focus_can_be_seen(table: Colours) -> None:
    assert contrast(table.accent, table.panel) >= 3
    assert contrast(table.accent, table.background) >= 3


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("table", [LIGHT, DARK], ids=["light", "dark"])
def test_style_sheet_has_no_name_left_to_fill_in(table: Colours) -> None:
    sheet = theme.style_sheet(table)
    assert "$" not in sheet
    assert table.accent in sheet


def test_palette_gives_disabled_text_another_colour() -> None:
    palette = theme.palette(LIGHT)
    normal = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Text)
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert (normal.name(), disabled.name()) == (LIGHT.ink, LIGHT.faint)


def test_apply_switches_between_light_and_dark(qapp: QApplication) -> None:
    theme.apply(qapp, Scheme.DARK)
    assert theme.colours() is DARK
    assert DARK.panel in qapp.styleSheet()
    theme.apply(qapp, Scheme.LIGHT)
    assert theme.colours() is LIGHT
    assert LIGHT.panel in qapp.styleSheet()


def test_a_desktop_that_says_nothing_gets_the_light_scheme(qapp: QApplication) -> None:
    theme.apply(qapp, Scheme.DARK)
    theme.apply(qapp)
    assert theme.colours() is LIGHT


def test_widgets_get_the_colours_of_the_scheme(styled: QApplication) -> None:
    theme.apply(styled, Scheme.DARK)
    widget = QWidget()
    widget.ensurePolished()
    assert widget.palette().color(QPalette.ColorRole.Window).name() == DARK.background
    theme.apply(styled, Scheme.LIGHT)
    assert widget.palette().color(QPalette.ColorRole.Window).name() == LIGHT.background
    widget.deleteLater()


def test_our_fonts_are_loaded_for_both_scripts(styled: QApplication) -> None:
    assert set(theme.FAMILIES) <= set(theme.load_fonts())
    assert QGuiApplication.font().families()[0] == theme.FAMILIES[0]


def test_fonts_are_small_and_come_with_their_licence() -> None:
    folder = paths.resources() / "fonts"
    assert sum(file.stat().st_size for file in folder.iterdir()) < 4_000_000
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")
