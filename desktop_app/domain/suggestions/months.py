"""Months and dates as they are written in the five languages."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_MONTHS = (
    "january jan januar janvier januari يناير جانفي كانون_الثاني",
    "february feb februar février fevrier februari فبراير فيفري شباط",
    "march mar märz maerz mrz mars مارس آذار اذار",
    "april apr avril أبريل ابريل إبريل أفريل نيسان",
    "may mai maj مايو ماي أيار ايار",
    "june jun juni juin يونيو يونيه جوان حزيران",
    "july jul juli juillet يوليو يوليوز يوليه جويلية تموز",
    "august aug août aout augusti أغسطس اغسطس غشت أوت آب",
    "september sep sept septembre سبتمبر شتنبر أيلول ايلول",
    "october oct oktober okt octobre أكتوبر اكتوبر تشرين_الأول تشرين_الاول",
    "november nov novembre نوفمبر نونبر تشرين_الثاني",
    "december dec dezember dez décembre decembre déc ديسمبر دجنبر كانون_الأول كانون_الاول",
)
_NUMBERS = {
    name.replace("_", " "): number
    for number, names in enumerate(_MONTHS, start=1)
    for name in names.split()
}
MONTHS = "|".join(
    f"\\b{re.escape(name)}\\b\\.?" for name in sorted(_NUMBERS, key=len, reverse=True)
)
"""A pattern for the name of a month in any of the languages; ignore case with it."""
YEAR = r"(?<!\d)(?:19[5-9]\d|20\d\d)(?!\d)"
"""A pattern for a year that a document of this field can have."""

_DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|:e|\.)?[ /-]{{1,3}}(?:de |of |den )?)?"
    rf"(?P<month>{MONTHS})[ ,/،-]{{1,3}}(?:(?P<later>\d{{1,2}})(?:st|nd|rd|th)?[ ,]{{1,3}})?"
    rf"(?:of |de |عام |سنة )?(?P<year>{YEAR})"
    rf"|(?P<iso>{YEAR})-(?P<isomonth>[01]\d)-(?P<isoday>[0-3]\d)(?!\d)"
    rf"|(?<!\d)(?P<d>[0-3]?\d)(?P<dot>[./-])(?P<m>[0-3]?\d)(?P=dot)(?P<y>{YEAR})",
    re.IGNORECASE,
)


class Date(NamedTuple):
    """A date that names a month, in a line of text: its place, and its day if that is said."""

    year: int
    month: int
    day: int | None
    start: int
    end: int

    @property
    def iso(self) -> str:
        """Return "2026-03-01", or "2026-03" without a day."""
        day = "" if self.day is None else f"-{self.day:02}"
        return f"{self.year}-{self.month:02}{day}"


def find_dates(line: str) -> Iterator[Date]:
    """Yield the dates of a line with Latin digits that name month and year, in order."""
    for match in _DATE.finditer(line):
        date = _date(match)
        if 1 <= date.month <= 12 and (date.day is None or 1 <= date.day <= 31):
            yield date


def _date(match: re.Match[str]) -> Date:
    start, end = match.span()
    if match["iso"]:
        return Date(int(match["iso"]), int(match["isomonth"]), int(match["isoday"]), start, end)
    if match["y"]:
        day, month = int(match["d"]), int(match["m"])
        if month > 12:
            # 05/23/2020: the American order.
            day, month = month, day
        return Date(int(match["y"]), month, day, start, end)
    name = match["month"].lower().rstrip(".")
    said = match["day"] or match["later"]
    number = _NUMBERS[name]
    return Date(int(match["year"]), number, int(said) if said else None, start, end)
