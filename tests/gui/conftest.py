"""What tests of the window share: our look, an English locale, and a way to turn the window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from PySide6.QtWidgets import QApplication

from desktop_app.gui import theme


@pytest.fixture
def styled(qapp: QApplication) -> Iterator[QApplication]:
    """Return the application with our fonts and colours, numbers as in British English."""
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    theme.apply(qapp, theme.Scheme.LIGHT)
    yield qapp
    # Closed windows are gone before the next test; a change of style would go through them all.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    theme.apply(qapp, theme.Scheme.LIGHT)
    QLocale.setDefault(before)


@pytest.fixture(params=["ltr", "rtl"])
def direction(request: pytest.FixtureRequest, styled: QApplication) -> Qt.LayoutDirection:
    """Run the test in a window read from the left, and in one read from the right."""
    rtl = request.param == "rtl"
    side = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    styled.setLayoutDirection(side)
    return side
