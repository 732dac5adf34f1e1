"""Labels for text that others wrote: never taken for markup, in its own direction."""

import re

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.gui import formats
from desktop_app.gui.theme import Tone

_UNBROKEN = re.compile(r"\S{25,}")
_JOINTS = re.compile(r"[_\-./]+|[^\s_\-./]{24}")


class InterfaceLabel(QLabel):
    """A label on the side where reading begins, even if its text begins with a foreign name.

    A plain QLabel follows the direction of its text, which puts a year or an English name on the
    wrong side of an Arabic window.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self._align()
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show `text`, in the direction of the window where it begins with an isolated part."""
        self._told = text
        mark = ""
        if text.startswith(formats.FSI):
            # QLabel looks into the isolated part and would take its direction for the whole.
            mark = formats.RLM if self.isRightToLeft() else formats.LRM
        super().setText(mark + text)

    def changeEvent(self, event: QEvent) -> None:
        """Go to the other side when the direction changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._align()
            self.setText(self._told)

    def _align(self) -> None:
        now = self.alignment()
        if now & Qt.AlignmentFlag.AlignHCenter:
            return
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        vertical = now & Qt.AlignmentFlag.AlignVertical_Mask
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | vertical)


def label(text: str = "", kind: str = "", *, wrap: bool = False) -> InterfaceLabel:
    """Return a label of plain text; `kind` is its place in the type scale of the style sheet."""
    result = InterfaceLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wrap)
    if kind:
        result.setProperty("type", kind)
    return result


def foreign_label(text: str, kind: str = "") -> QLabel:
    """Return a wrapping label for a title or name, aligned to the side its script begins on."""
    result = QLabel(breakable(text))
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(True)
    if kind:
        result.setProperty("type", kind)
    result.setLayoutDirection(formats.direction_of(text))
    result.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
    result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return result


def chip_label(text: str, tone: Tone) -> QLabel:
    """Return a small pill."""
    result = label(text)
    result.setProperty("chip", tone.value)
    return result


def breakable(text: str) -> str:
    """Return `text` with places to break in words that are too long for a line."""
    return _UNBROKEN.sub(lambda word: _JOINTS.sub("\\g<0>\u200b", word.group()), text)


def without_mnemonics(text: str) -> str:
    """Return `text` for a button, where a single ampersand would be swallowed."""
    return text.replace("&", "&&")
