"""Our own line icons, tinted with the colours of the theme and mirrored where they point."""

from functools import cache

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QToolButton, QWidget

from desktop_app.config import paths

from . import theme

POINTING = frozenset({"forward", "activity"})
"""Icons that show a direction of reading and are turned in a right-to-left window."""

SIZE = 18


@cache
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def pixmap(
    name: str, colour: str, size: int = SIZE, *, ratio: float = 1.0, mirrored: bool = False
) -> QPixmap:
    """Return an icon of `size` logical pixels in `colour` (`#rrggbb`), for a screen of `ratio`.

    Icons that do not point anywhere are never mirrored. Raises OSError for an unknown name.
    """
    svg = _source(name).replace("currentColor", colour)
    picture = QPixmap(QSize(size, size) * ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    if mirrored and name in POINTING:
        painter.translate(picture.width(), 0)
        painter.scale(-1, 1)
    QSvgRenderer(QByteArray(svg.encode())).render(
        painter, QRectF(0, 0, picture.width(), picture.height())
    )
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(
    name: str, colour: str | None = None, size: int = SIZE, *, mirrored: bool = False
) -> QIcon:
    """Return an icon for plain and double density screens, faint where it is disabled.

    `colour` is the theme's soft text colour if None.
    """
    table = theme.colours()
    result = QIcon()
    for ratio in (1.0, 2.0):
        normal = pixmap(name, colour or table.soft, size, ratio=ratio, mirrored=mirrored)
        disabled = pixmap(name, table.line, size, ratio=ratio, mirrored=mirrored)
        result.addPixmap(normal, QIcon.Mode.Normal)
        result.addPixmap(disabled, QIcon.Mode.Disabled)
    return result


class IconButton(QToolButton):
    """A button that shows one icon and follows the theme; `label` is its accessible name."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setAutoRaise(True)
        self.setIconSize(QSize(SIZE, SIZE))
        self.setToolTip(label)
        self.setAccessibleName(label)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon again when colours or direction change."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.LayoutDirectionChange}:
            self._tint()

    def _tint(self) -> None:
        self.setIcon(icon(self._name, mirrored=self.isRightToLeft()))
