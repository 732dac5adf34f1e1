"""How fast something goes and how long it still takes, roughly and in words."""

from math import ceil

from PySide6.QtCore import QCoreApplication, QObject

from .formats import number


class Left(QObject):
    """Times left, in the plural forms of the language."""

    def seconds(self, count: int) -> str:
        """Return "about 40 seconds left"."""
        return self.tr("about %Ln seconds left", "", count)

    def minutes(self, count: int) -> str:
        """Return "about 2 minutes left"."""
        if count == 1:
            return self.tr("about 1 minute left")
        return self.tr("about %Ln minutes left", "", count)

    def hours(self, count: int) -> str:
        """Return "about 3 hours left"."""
        return self.tr("about %Ln hours left", "", count)


def rate(per_second: float) -> str:
    """Return how much is done in a time, such as "8 a second", in the unit that gives a number."""
    if per_second >= 1:
        template = QCoreApplication.translate("Spans", "{number} a second")
        return template.format(number=number(round(per_second)))
    if per_second * 60 >= 1:
        template = QCoreApplication.translate("Spans", "{number} a minute")
        return template.format(number=number(round(per_second * 60)))
    template = QCoreApplication.translate("Spans", "{number} an hour")
    return template.format(number=number(round(per_second * 3600)))


def time_left(remaining_s: float) -> str:
    """Return roughly how long something still takes: "about 2 minutes left"."""
    if remaining_s < 10:
        return QCoreApplication.translate("Spans", "a few seconds left")
    if remaining_s <= 50:
        return Left().seconds(10 * ceil(remaining_s / 10))
    if remaining_s < 90 * 60:
        return Left().minutes(max(1, round(remaining_s / 60)))
    if remaining_s < 36 * 3600:
        return Left().hours(round(remaining_s / 3600))
    return QCoreApplication.translate("Spans", "more than a day left")
