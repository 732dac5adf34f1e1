"""Numbers that name a document: DOI, ISBN and the number of a report, each checked."""

import re
from collections.abc import Iterator

from .excerpt import Excerpt, Leaf, Line
from .values import Suggestion

_DOI = re.compile(r"(?<![\w.])10\.\d{4,9}/[^\s\"<>{}|\\^`\u200b،؛]{2,200}")
_WHOLE_DOI = re.compile(r"10\.\d{4,9}/\S*[\w)]")
_DOI_CUE = re.compile(r"doi[\s:.]|doi\.org", re.IGNORECASE)
_DOI_PAGES = 4
_MANY_DOIS = 3
_ISBN = re.compile(r"(?<![\d-])(?:97[89][ -]?)?\d(?:[ -]?\d){8}[ -]?[\dXx](?![\d-])")
_ISBN_CUE = re.compile(r"\be?-?ISBN|ISBN\b|ردمك|الترقيم الدولي", re.IGNORECASE)
_CUE_REACH = 40
_REPORT_PAGES = 3
_MOST_WORDS = 12
_REPORT_NUMBER = re.compile(
    r"""(?:\b(?:report|paper|evaluation|publication|project|document|reference|series|stock
        |rapport|étude|bericht|berichts?|dokument|projekt|förderkennzeichen|publikation|diarie
        |rapporten|referens)[ -]?
        (?:no\.?|nos\.?|number|nr\.?|n[°º]|numéro|nummer|id)\s{0,2}[:.]?\s{0,2}
       |\b(?:(?:working|discussion|policy|research|occasional|technical)\s(?:paper|report)s?
        (?:\sseries)?|dnr|diarienummer|förderkennzeichen)[\s,:.]{1,3}
        (?:no\.?\s|nr\.?\s|n[°º]\s)?
       |رقم\s(?:التقرير|الوثيقة)\s?[:.]?\s?
       |\brapport\s(?=\d{4}:\d))
       (?P<number>[A-Z]{0,10}[./ -]?\d[\w./:-]{0,24})""",
    re.IGNORECASE | re.VERBOSE,
)
_ONLY_YEAR = re.compile(r"(?:19|20)\d\d")
_ISBN_10, _ISBN_13 = 10, 13


def suggest_identifiers(excerpt: Excerpt) -> list[Suggestion]:
    """Return DOI, ISBN and report number of the document, as far as they are printed in front."""
    return [*_dois(excerpt), *_isbns(excerpt), *_report_numbers(excerpt)]


def find_dois(text: str) -> list[str]:
    """Return the DOIs in a text, each without what follows it, in the order of the text."""
    found = (_without_end(match.group()) for match in _DOI.finditer(text))
    return [doi for doi in found if _WHOLE_DOI.fullmatch(doi)]


def find_isbns(text: str) -> list[str]:
    """Return the ISBNs in a text whose check digit is right, as digits only."""
    found = (re.sub(r"[\s-]", "", match.group()).upper() for match in _ISBN.finditer(text))
    return [isbn for isbn in found if is_isbn(isbn)]


def is_isbn(text: str) -> bool:
    """Return whether `text` is an ISBN of 10 or 13 characters with the right check digit."""
    digits = re.sub(r"[\s-]", "", text).upper()
    if len(digits) == _ISBN_10 and re.fullmatch(r"\d{9}[\dX]", digits):
        values = [10 if digit == "X" else int(digit) for digit in digits]
        return sum((10 - at) * value for at, value in enumerate(values)) % 11 == 0
    if len(digits) == _ISBN_13 and re.fullmatch(r"97[89]\d{10}", digits):
        return sum((3 if at % 2 else 1) * int(digit) for at, digit in enumerate(digits)) % 10 == 0
    return False


def _dois(excerpt: Excerpt) -> Iterator[Suggestion]:
    seen: set[str] = set()
    for leaf in excerpt.front:
        if leaf.number > _DOI_PAGES:
            return
        found = [(line, match) for line in leaf.lines for match in _DOI.finditer(line.text)]
        if len({match.group() for _, match in found}) > _MANY_DOIS:
            # A list of references.
            continue
        for line, match in found:
            doi = _without_end(match.group())
            if match.end() == len(line.text) and doi.endswith(("-", "/", "_")):
                # It goes on in the next line, and nothing says where it ends.
                continue
            if doi.lower() in seen or not _WHOLE_DOI.fullmatch(doi):
                continue
            seen.add(doi.lower())
            start = line.start + match.start()
            cued = _DOI_CUE.search(line.text[: match.start()]) is not None
            confidence = (0.95 if cued else 0.8) - (0.15 if leaf.number > 2 else 0)
            quote = leaf.quote(start, start + len(doi))
            yield Suggestion("doi", doi, leaf.number, quote, confidence, "doi")


def _without_end(doi: str) -> str:
    while doi and (
        doi[-1] in ".,;:!?'’”»]*" or (doi[-1] == ")" and doi.count("(") < doi.count(")"))
    ):
        doi = doi[:-1]
    return doi


def _isbns(excerpt: Excerpt) -> Iterator[Suggestion]:
    seen: set[str] = set()
    for leaf in (*excerpt.front, *excerpt.back):
        for at, line in enumerate(leaf.lines):
            for match in _ISBN.finditer(line.text):
                digits = re.sub(r"[\s-]", "", match.group()).upper()
                cued = _is_cued(leaf, at, line, match.start())
                if not cued or not is_isbn(digits) or digits in seen:
                    continue
                seen.add(digits)
                start = line.start + match.start()
                quote = leaf.quote(start, line.start + match.end())
                confidence = 0.95 - 0.01 * len(seen)
                yield Suggestion("isbn", digits, leaf.number, quote, confidence, "isbn")


def _is_cued(leaf: Leaf, at: int, line: Line, start: int) -> bool:
    before = line.text[max(0, start - _CUE_REACH) : start]
    if not before.strip() and at > 0:
        before = leaf.lines[at - 1].text[-_CUE_REACH:]
    return _ISBN_CUE.search(before) is not None


def _report_numbers(excerpt: Excerpt) -> Iterator[Suggestion]:
    seen: set[str] = set()
    for leaf in excerpt.front:
        if leaf.number > _REPORT_PAGES:
            return
        for line in leaf.lines[:80]:
            match = _REPORT_NUMBER.search(line.text)
            # In running text it is the number of another report.
            if match is None or match.start() > _CUE_REACH or len(line.text.split()) > _MOST_WORDS:
                continue
            number = re.sub(r"^(?:no|nr)[. ]{1,2}", "", match["number"].rstrip(".-/:"), flags=re.I)
            if number in seen or _ONLY_YEAR.fullmatch(number) or len(number) > 30:
                continue
            seen.add(number)
            start = line.start + match.end("number") - len(match["number"])
            start = leaf.text.find(number, start)
            quote = leaf.quote(start, start + len(number))
            confidence = 0.8 - 0.1 * len(seen)
            if confidence >= 0.5:
                yield Suggestion(
                    "report_number", number, leaf.number, quote, confidence, "report_number"
                )
