"""A first title, year and authors for a PDF that came without a description.

They are what the file itself says, made presentable; a person corrects them in the details.
"""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import PurePath

from .document_properties import property_lines
from .text import fold, form

MAX_TITLE = 300
MIN_TITLE = 5
_MAKERS = re.compile(
    r"^(microsoft (word|powerpoint|excel)|powerpoint[- ]?pr|présentation powerpoint"
    r"|(slide|folie|slayt|diapositive|bild|layout) \d|untitled|ohne titel|sans titre|namnl"
    r"|(document|dokument) ?\d*$|print$|title$|titel$|about:|https?:|file:|www\."
    r"|\(?anonymous|unknown)",
    re.IGNORECASE,
)
_SECTIONS = frozenset(
    fold(form(name.replace(" ", "")))
    for name in (
        "introduction", "contents", "table of contents", "list of figures", "list of tables",
        "preface", "foreword", "acknowledgements", "abstract", "summary", "executive summary",
        "abbreviations", "draft", "report", "final report", "world bank document", "page", "cover",
        "einleitung", "inhalt", "inhaltsverzeichnis", "vorwort", "zusammenfassung", "bericht",
        "sommaire", "table des matières", "avant-propos", "résumé", "rapport", "rapport final",
        "innehåll", "innehållsförteckning", "inledning", "förord", "sammanfattning",
        "مقدمة", "المقدمة", "تمهيد", "الفهرس", "فهرس", "المحتويات", "ملخص", "ملخص تنفيذي", "تقرير",
    )
)  # fmt: skip
_FILE_ENDING = re.compile(
    r"\.(docx?|pptx?|xlsx?|pdf|indd|tex|dvi|ps|rtf|odt|qxd|qxp|pmd|p65|cdr|eps|pub|html?|fm|ai)$",
    re.IGNORECASE,
)
_PLACEHOLDER_AUTHORS = re.compile(
    r"\b(user|owner|admin\w*|microsoft|office|unknown|anonymous|default|test|scan\w*|adobe)\b",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"\s*;\s*|\s+and\s+|\s*&\s*")
_BETWEEN_FULL_NAMES = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*")
_LAST_NAMES = re.compile(r"\s+(?:et|och|und)\s+(?=[^\W\d_]{2,}\s)")
_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20\d\d)(?!\d)")
_CODE = re.compile(r"[\w.\-/]+")


def choose_title(properties: Mapping[str, str], headline: str, file_name: str) -> str:
    """Return the title that the file names if it is one, else the headline, else the file name.

    XMP goes before the document information, which old programs fill with the name of a draft.
    """
    title = named_title(properties)
    if title:
        return title
    title = clean_line(headline)
    if _is_title(title):
        return title
    stem = _FILE_ENDING.sub("", file_name) or PurePath(file_name).name
    words = clean_line(re.sub(r"[_+]+|(?<=\w)-(?=\w)", " ", stem))
    return words or clean_line(file_name) or "PDF"


def named_title(properties: Mapping[str, str]) -> str:
    """Return the title that a file's properties give it; "" where they give none that is one."""
    for name in ("dc:title", "Title"):
        title = clean_line(properties.get(name, ""))
        if _is_title(title):
            return title
    return ""


def choose_year(title: str) -> int | None:
    """Return the year named in a title, None when it names none or several."""
    years = {int(year) for year in _YEAR.findall(title)}
    return years.pop() if len(years) == 1 else None


def choose_authors(properties: Mapping[str, str]) -> tuple[str, ...]:
    """Return the people or bodies that the file names as authors; a log-in name is none of them.

    XMP lists them one by one. Where it names only one, the document information goes before it:
    that is what people see and change in the programs they have.
    """
    listed = [name for line in property_lines(properties, "dc:creator") for name in _names(line)]
    written = _names(properties.get("Author", ""))
    return tuple(dict.fromkeys(listed if len(listed) > 1 or not written else written))


def clean_line(text: str) -> str:
    """Return `text` on one line without control and direction characters, at most 300 long."""
    shown = text[: MAX_TITLE * 4]
    if not shown.isprintable():
        shown = "".join(
            " " if unicodedata.category(character) in {"Cc", "Zl", "Zp"} else character
            for character in shown
            if unicodedata.category(character) not in {"Cf", "Cs", "Co", "Cn"}
            or character in "\u200c\u200d"
        )
    line = " ".join(shown.split())
    return line if len(line) <= MAX_TITLE else line[: MAX_TITLE - 1].rstrip() + "…"


def _names(text: str) -> list[str]:
    line = clean_line(text)
    *names, last = _BETWEEN_FULL_NAMES.split(line)
    names += _LAST_NAMES.split(last, maxsplit=1)
    # Of fewer, or of shorter ones, a comma may stand between a family name and a first name.
    if ";" in line or len(names) < 3 or not all(" " in name for name in names):
        names = _BETWEEN_NAMES.split(line)
    names = [name.strip(" ,") for name in names]
    return [
        name
        for name in names
        if " " in name and not _PLACEHOLDER_AUTHORS.search(name) and not re.search(r"[\d@\\]", name)
    ]


def _is_title(line: str) -> bool:
    if len(line) < MIN_TITLE or _MAKERS.match(line) or _FILE_ENDING.search(line):
        return False
    if fold(form(line.replace(" ", ""))) in _SECTIONS:
        return False
    letters = sum(character.isalpha() for character in line)
    # A report number or a file name without blanks is no title for people.
    return letters * 2 >= len(line) and not (_CODE.fullmatch(line) and not line.isalpha())
