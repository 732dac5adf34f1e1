"""What a number in a workbook means: its cell's format makes it a day, a share or just a number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

BUILT_IN: Mapping[int, str] = {
    9: "0%", 10: "0.00%", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm",
    **dict.fromkeys((*range(27, 32), *range(34, 37), *range(50, 59)), "yyyy-mm-dd"),
    32: "h:mm", 33: "h:mm:ss", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
}  # fmt: skip
"""Formats that a workbook names by a number alone; others are General or show no days."""

_QUOTED = re.compile(r'"[^"]*"?|\\.|[_*].')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_NOON = re.compile(r"am/pm|a/p")
_FRACTION = re.compile(r"(?<=s)[.,]0+")
_WHOLE = re.compile(r"[-+]?\d+")
_LAST_DAY = 2_958_465
_EXACT = 15
"""Significant digits that spreadsheet programs show; what lies beyond is noise of the machine."""


class Meaning(StrEnum):
    """What a format makes of a number."""

    NUMBER = "number"
    PERCENT = "percent"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MOMENT = "moment"
    TIME = "time"
    ELAPSED = "elapsed"


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format; `digits` is to how many digits a whole number is filled up with zeros."""

    meaning: Meaning = Meaning.NUMBER
    digits: int = 0


GENERAL = NumberFormat()


def parse_format(code: str) -> NumberFormat:
    """Return what a format code such as "d/m/yyyy" or "0.0%" makes of numbers."""
    plain = _QUOTED.sub("", code.lower()[:1_000]).partition(";")[0]
    elapsed = _ELAPSED.search(plain) is not None
    plain = _NOON.sub("", _BRACKETS.sub("", plain))
    if re.fullmatch("0{2,}", plain):
        return NumberFormat(digits=len(plain))
    without_fraction = _FRACTION.sub("", plain)
    if re.search("[0#?]", without_fraction):
        return NumberFormat(Meaning.PERCENT) if "%" in plain else GENERAL
    if elapsed:
        return NumberFormat(Meaning.ELAPSED)
    if plain.strip() == "general":
        return GENERAL
    return NumberFormat(_meaning({letter for letter in plain if letter in "ymdhs"}))


def shown(stored: str, form: NumberFormat, *, from_1904: bool = False) -> str:
    """Return a stored number as a person sees it: days and times as ISO 8601, no noise.

    "2021.0" is "2021", 0.30000000000000004 "0.3", 0.12 in a format with a percent sign "12%". What
    is no number comes back as it is.
    """
    try:
        number = float(stored)
    except ValueError:
        return stored
    if not abs(number) < 1e300:
        return stored
    match form.meaning:
        case Meaning.NUMBER:
            text = _number(stored, number)
            return text.zfill(form.digits) if text.isdecimal() else text
        case Meaning.PERCENT:
            return f"{_number('', number * 100)}%"
        case Meaning.ELAPSED if 0 <= number <= _LAST_DAY:
            seconds = round(number * 86_400)
            return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        case _ if 0 <= number < _LAST_DAY + 1:
            return _moment(number, form.meaning, from_1904) or _number(stored, number)
        case _:
            return _number(stored, number)


def iso_day(stored: str) -> str:
    """Return a cell of the type "d" without a time of day that says nothing."""
    day, _, time = stored.strip().partition("T")
    return day if re.fullmatch(r"(?:00:00(?::00(?:\.0+)?)?)?Z?", time) else stored.strip()


def _meaning(letters: set[str]) -> Meaning:
    time = bool(letters & {"h", "s"})
    if time:
        return Meaning.MOMENT if letters & {"y", "d"} else Meaning.TIME
    if letters == {"y"}:
        return Meaning.YEAR
    if letters == {"y", "m"}:
        return Meaning.MONTH
    return Meaning.DAY if letters else Meaning.NUMBER


def _number(stored: str, number: float) -> str:
    if _WHOLE.fullmatch(stored) and len(stored) > _EXACT:
        return stored
    if number == int(number) and abs(number) < 10**_EXACT:
        return str(int(number))
    text = f"{number:.{_EXACT}g}"
    if "e" not in text:
        return text
    return f"{number:.20f}".rstrip("0") if 1e-6 < abs(number) < 1 else text


def _moment(number: float, meaning: Meaning, from_1904: bool) -> str:
    """Return a day or time; "" where the number means none."""
    days = int(number)
    seconds = round((number - days) * 86_400)
    if meaning is Meaning.TIME and days == 0:
        return str(timedelta(seconds=seconds % 86_400)).zfill(8)
    if from_1904:
        first = datetime(1904, 1, 1)
    elif days == 0:
        return ""
    else:
        # Lotus 1-2-3 took 1900 for a leap year, and so do its followers.
        first = datetime(1899, 12, 31) if days < 60 else datetime(1899, 12, 30)
    try:
        moment = first + timedelta(days=days, seconds=seconds)
    except OverflowError:
        return ""
    match meaning:
        case Meaning.YEAR:
            return f"{moment.year:04}"
        case Meaning.MONTH:
            return moment.strftime("%Y-%m")
        case Meaning.TIME:
            return moment.strftime("%H:%M:%S")
        case Meaning.MOMENT if (moment.hour, moment.minute, moment.second) != (0, 0, 0):
            return moment.isoformat()
        case _:
            return moment.date().isoformat()
