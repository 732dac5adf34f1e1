"""The icons: complete, tinted, and turned where they point."""

from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.config import paths
from desktop_app.gui import icons, theme

NAMES = sorted(
    path.stem for path in (paths.resources() / "icons").glob("*.svg") if path.stem != "application"
)


def picture(name: str, *, mirrored: bool = False) -> QImage:
    """Return an icon as a picture."""
    return icons.pixmap(name, "#0b6b75", mirrored=mirrored).toImage()


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_the_colour_asked_for(styled: QApplication, name: str) -> None:
    source = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    assert ElementTree.fromstring(source).get("stroke") == "currentColor"
    image = picture(name)
    dense = max(
        (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())),
        key=QColor.alpha,
    )
    assert dense.alpha() > 100
    assert abs(dense.green() - 0x6B) < 8


def test_only_pointing_icons_are_turned(styled: QApplication) -> None:
    plain, turned = picture("forward"), picture("forward", mirrored=True)
    weights = [
        sum(x * image.pixelColor(x, y).alpha() for x in range(18) for y in range(18))
        / sum(image.pixelColor(x, y).alpha() for x in range(18) for y in range(18))
        for image in (plain, turned)
    ]
    assert plain != turned
    assert sum(weights) == pytest.approx(17, abs=0.2)
    assert picture("search", mirrored=True) == picture("search")


def test_an_unknown_name_is_an_error(styled: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon", "#000000")


def test_icon_has_a_disabled_picture(styled: QApplication) -> None:
    icon = icons.icon("search")
    normal = icon.pixmap(18, 18, QIcon.Mode.Normal).toImage()
    disabled = icon.pixmap(18, 18, QIcon.Mode.Disabled).toImage()
    assert normal != disabled


def test_a_button_follows_the_theme(styled: QApplication, qtbot: QtBot) -> None:
    button = icons.IconButton("zoom-in", "Larger")
    qtbot.addWidget(button)
    light = button.icon().pixmap(18, 18).toImage()
    theme.apply(styled, theme.Scheme.DARK)
    qtbot.waitUntil(lambda: button.icon().pixmap(18, 18).toImage() != light)
    assert button.accessibleName() == button.toolTip() == "Larger"
