"""Draws the views with made-up data, to be looked at: python tests/gui/screens.py FOLDER."""

import os
import sys
from pathlib import Path

WIDTH, HEIGHT = 1366, 768
PROJECT = Path(__file__).resolve().parents[2]


def main(folder: Path) -> None:
    """Write a PNG for each view, scheme and direction into `folder`."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(PROJECT))
    from PySide6.QtCore import QLocale, Qt
    from PySide6.QtWidgets import QApplication

    from desktop_app.gui import theme
    from tests.gui import stage

    app = QApplication([])
    QLocale.setDefault(QLocale("en_GB"))
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in (theme.Scheme.LIGHT, theme.Scheme.DARK):
        theme.apply(app, scheme)
        for direction, side in (
            (Qt.LayoutDirection.LeftToRight, "ltr"),
            (Qt.LayoutDirection.RightToLeft, "rtl"),
        ):
            app.setLayoutDirection(direction)
            for name, make in stage.SCENES.items():
                window = make(folder)
                window.resize(WIDTH, HEIGHT)
                window.show()
                stage.settle(window)
                window.grab().save(str(folder / f"{name}-{scheme}-{side}.png"))
                window.close()
                window.deleteLater()
                app.processEvents()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
