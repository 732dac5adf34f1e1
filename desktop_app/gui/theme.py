"""The look of the program: one table of colours, the type scale, palette and style sheet.

Everything is a multiple of `GRID` pixels. Colours are asked for when something is painted
(`colours()`), so a switch between light and dark reaches painted parts without being told.
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from string import Template

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app.config import paths

from .style_sheet import STYLE

GRID = 4
"""Unit of all distances, in pixels independent of the screen's scale."""

BODY = 13
CARD_TITLE = 14
LARGE = 15
HEADING = 16
CAPTION = 11
"""The type scale, in pixels independent of the screen's scale."""

FAMILIES = ("Noto Sans", "Noto Sans Arabic")


class Scheme(StrEnum):
    """Which colours a person wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Tone(StrEnum):
    """What a chip says; its words say the same, the colour only helps."""

    PLAIN = "plain"
    ACCENT = "accent"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme as `#rrggbb`. `faint` is for large or decorative text only: below 4.5 to 1."""

    background: str
    panel: str
    line: str
    ink: str
    soft: str
    faint: str
    accent: str
    on_accent: str
    accent_pale: str
    highlight: str
    good: str
    good_pale: str
    warning: str
    warning_pale: str
    bad: str
    bad_pale: str

    def chip(self, tone: Tone) -> tuple[str, str, str]:
        """Return text, background and border of a chip."""
        return {
            Tone.PLAIN: (self.soft, self.background, self.line),
            Tone.ACCENT: (self.accent, self.accent_pale, self.accent_pale),
            Tone.GOOD: (self.good, self.good_pale, self.good_pale),
            Tone.WARNING: (self.warning, self.warning_pale, self.warning_pale),
            Tone.BAD: (self.bad, self.bad_pale, self.bad_pale),
        }[tone]


LIGHT = Colours(
    background="#f6f7f9",
    panel="#ffffff",
    line="#e1e5ea",
    ink="#1b2430",
    soft="#566273",
    faint="#8893a2",
    accent="#0b6b75",
    on_accent="#ffffff",
    accent_pale="#e3f1f2",
    highlight="#ffe9a8",
    good="#1e7a46",
    good_pale="#e4f3e9",
    warning="#9a5b00",
    warning_pale="#fdf1dc",
    bad="#a6362b",
    bad_pale="#fbe6e3",
)

DARK = Colours(
    background="#12171e",
    panel="#1a212b",
    line="#2a3441",
    ink="#e8edf3",
    soft="#a9b4c2",
    faint="#7c8896",
    accent="#4fc0cc",
    on_accent="#0e1620",
    accent_pale="#173a40",
    highlight="#6b5514",
    good="#6ccb93",
    good_pale="#17352a",
    warning="#f0b95b",
    warning_pale="#3a2d14",
    bad="#f08a7e",
    bad_pale="#42211f",
)

READABLE_PAIRS: tuple[tuple[str, str], ...] = (
    ("ink", "background"),
    ("ink", "panel"),
    ("ink", "highlight"),
    ("ink", "accent_pale"),
    ("soft", "background"),
    ("soft", "panel"),
    ("soft", "accent_pale"),
    ("accent", "background"),
    ("accent", "panel"),
    ("accent", "accent_pale"),
    ("on_accent", "accent"),
    ("good", "panel"),
    ("good", "accent_pale"),
    ("good", "good_pale"),
    ("warning", "panel"),
    ("warning", "background"),
    ("warning", "accent_pale"),
    ("warning", "warning_pale"),
    ("bad", "panel"),
    ("bad", "background"),
    ("bad", "accent_pale"),
    ("bad", "bad_pale"),
)
"""Text on ground as used anywhere in the program; each has a contrast of at least 4.5 to 1."""


def colours() -> Colours:
    """Return the table that the application's palette was made from."""
    dark = QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128
    return DARK if dark else LIGHT


def font(size: int = BODY, *, bold: bool = False) -> QFont:
    """Return the program's font at `size` pixels of the type scale."""
    result = QFont(list(FAMILIES))
    result.setPixelSize(size)
    result.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return result


def apply(app: QApplication, scheme: Scheme = Scheme.SYSTEM) -> None:
    """Give `app` fonts, palette and style sheet; with `SYSTEM` it follows the desktop's choice."""
    follower = app.findChild(_Follower)
    if follower is None:
        load_fonts()
        app.setStyle("Fusion")
        app.setFont(font())
        follower = _Follower(app)
    follower.choose(scheme)


def load_fonts() -> tuple[str, ...]:
    """Load the fonts that come with the program and return the families they provide."""
    families: list[str] = []
    for path in sorted((paths.resources() / "fonts").glob("*.ttf")):
        loaded = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(loaded)
    return tuple(dict.fromkeys(families))


def palette(table: Colours) -> QPalette:
    """Return a palette that gives every role of Qt a colour of `table`."""
    role = QPalette.ColorRole
    shades = {
        role.Window: table.background,
        role.WindowText: table.ink,
        role.Base: table.panel,
        role.AlternateBase: table.background,
        role.Text: table.ink,
        role.Button: table.panel,
        role.ButtonText: table.ink,
        role.BrightText: table.bad,
        role.Highlight: table.accent,
        role.HighlightedText: table.on_accent,
        role.Accent: table.accent,
        role.Link: table.accent,
        role.LinkVisited: table.accent,
        role.PlaceholderText: table.soft,
        role.ToolTipBase: table.panel,
        role.ToolTipText: table.ink,
        role.Light: table.panel,
        role.Midlight: table.background,
        role.Mid: table.line,
        role.Dark: table.faint,
        role.Shadow: table.line,
    }
    result = QPalette()
    for key, value in shades.items():
        result.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, key, QColor(table.faint))
    result.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(table.line))
    return result


def style_sheet(table: Colours) -> str:
    """Return the style sheet with the colours of `table` filled in."""
    values = {field.name: getattr(table, field.name) for field in fields(table)}
    values |= {
        "caption": f"{CAPTION}px",
        "card_title": f"{CARD_TITLE}px",
        "large": f"{LARGE}px",
        "heading": f"{HEADING}px",
    }
    for tone in Tone:
        text, ground, border = table.chip(tone)
        values |= {f"{tone}_text": text, f"{tone}_ground": ground, f"{tone}_border": border}
    return Template(STYLE).substitute(values)


class _Follower(QObject):
    """Restyles the application when the desktop changes between light and dark."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = Scheme.SYSTEM
        self._shown: Colours | None = None
        app.styleHints().colorSchemeChanged.connect(self._follow)

    def choose(self, scheme: Scheme) -> None:
        self._scheme = scheme
        # Told to Qt as well, so that title bars and file dialogs of the desktop agree.
        wanted = {
            Scheme.SYSTEM: Qt.ColorScheme.Unknown,
            Scheme.LIGHT: Qt.ColorScheme.Light,
            Scheme.DARK: Qt.ColorScheme.Dark,
        }[scheme]
        self._app.styleHints().setColorScheme(wanted)
        self._restyle()

    @Slot()
    def _follow(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            self._restyle()

    def _restyle(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        else:
            dark = self._scheme is Scheme.DARK
        table = DARK if dark else LIGHT
        if table is self._shown:
            return
        self._shown = table
        self._app.setPalette(palette(table))
        self._app.setStyleSheet(style_sheet(table))
