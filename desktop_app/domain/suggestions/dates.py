"""The year in which a document was published, as far as it says so itself.

Years stand everywhere in a report: in its data, its history, its references. What counts here is a
date that stands for itself on a title page, a copyright notice or the like.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from . import furniture
from .excerpt import Excerpt, Leaf, Line, is_contents_line, masked
from .months import YEAR, find_dates
from .values import Source, Suggestion

_IMPRINT_PAGES = 6
_LAST_FRONT_PAGE = 8
_LONE_YEAR = re.compile(
    rf"\W{{0,3}}(?:(?:année|jahr|år|year|عام|سنة|spring|summer|autumn|fall|winter|printemps|été"
    rf"|automne|hiver|frühjahr|frühling|sommer|herbst|vår(?:en)?|sommar|höst(?:en)?|vinter"
    rf"|الربيع|الصيف|الخريف|الشتاء|ربيع|صيف|خريف|شتاء|q[1-4])\s)?"
    rf"(?:\d{{4}}\s?(?:هـ|ه)\s?[/-]\s?)?(?P<year>{YEAR})\s?(?:م|ميلادية)?\W{{0,3}}",
    re.IGNORECASE,
)
_MONTH_NUMBER = re.compile(rf"(?:0?[1-9]|1[0-2])[ /.-](?P<year>{YEAR})")
_PLACE_YEAR = re.compile(rf"[^\W\d_][^\d,;:()]{{2,30}}[,،] ?(?P<year>{YEAR})\.?")
_COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|copyright|حقوق)[^\d]{{0,60}}(?P<first>{YEAR})(?:\s?[-–—,]\s?(?P<year>{YEAR}))?",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    rf"\b(?:published|publication date|date of publication|first published|(?:first|1st) edition"
    rf"|issued|released|last (?:updated|modified|revised)|publiée?|parue?|paru en|édition"
    rf"|dépôt légal|date de publication|mise à jour|veröffentlicht|erschienen|erscheinungsjahr"
    rf"|redaktionsschluss|stand|auflage|veröffentlichung|utgiven|publicerad|publicerat|utgivningsår"
    rf"|tryckår|tryckt|senast uppdaterad|نشر|صدر|تاريخ النشر|تاريخ الإصدار|الطبعة|آخر تعديل"
    rf"|آخر تحديث)\b[^\d\n]{{0,40}}(?:\d{{1,2}}[^\d\n]{{1,20}})?(?P<year>{YEAR})",
    re.IGNORECASE,
)
CITE_AS = re.compile(
    r"(?:suggested|recommended|preferred) citation|(?:to be )?cited? as|please cite|how to cite"
    r"|pour citer|citation (?:suggérée|recommandée)|zitiervorschlag|zitierweise|zitierhinweis"
    r"|så här citerar|citera som|hänvisning till rapporten|للاستشهاد|طريقة الاقتباس",
    re.IGNORECASE,
)
_IN_CITATION = re.compile(rf"(?P<year>{YEAR})")
_ISSUE = re.compile(
    rf"(?:\bvol(?:ume)?\b|\bissue\b|\bno\.|\bn[°º]|\bnr\.?|\bheft\b|\bjg\.|\bnuméro\b|\bjournal\b"
    rf"|\breview\b|مجلد|العدد).{{0,60}}?(?P<year>{YEAR})",
    re.IGNORECASE,
)
_NOT_PUBLISHED = re.compile(
    r"generated|accessed|retrieved|printed on|downloaded|created|expir|valid|deadline"
    r"|held (?:in|on)"
    r"|period|covered|timeframe|time frame|baseline|endline|data collect|fieldwork|duration|between"
    r"|since|until|from\b.*\bto\b|act of|law|decree|signed|adopted|conference|workshop|budget"
    r"|consulté|période|entre\b|depuis|jusqu|loi\b|décret|colloque|abgerufen|zeitraum|zwischen"
    r"|gesetz|gültig|tagung|beschluss|hämtad|perioden|mellan\b|lagen\b|konferens|beslut"
    r"|الفترة|بين\b|قانون|ظهير|مرسوم|الاطلاع|مؤتمر",
    re.IGNORECASE,
)
_RULE_BEHIND = re.compile(r"\s?[_=–—-]{4,}$")
_TITLE_PAGES = 4
_MOST_WORDS = 9
_MOST_YEARS = 2
_NEAR_LINE_START = 15


@dataclass(frozen=True, slots=True)
class _Found:
    year: int
    leaf: Leaf
    start: int
    end: int
    confidence: float
    rule: str


def suggest_year(source: Source, excerpt: Excerpt, title: Suggestion | None) -> list[Suggestion]:
    """Return years in which the document may have been published, the best first.

    `title` is the best suggestion for its title: a year in it is the weakest sign, because it is
    mostly the year that was studied.
    """
    found = [
        *_on_front_pages(excerpt, title),
        *_in_notices(excerpt),
        *_in_running_heads(excerpt),
        *_in_title(excerpt, title),
    ]
    latest = _year_of_file(source)
    best: dict[int, _Found] = {}
    for each in found:
        if latest and each.year > latest + 1:
            continue
        other = best.get(each.year)
        if other is None:
            best[each.year] = each
            continue
        strong = max(other, each, key=lambda one: one.confidence)
        if other.rule != each.rule or other.leaf.number != each.leaf.number:
            strong = replace(strong, confidence=min(0.97, strong.confidence + 0.05))
        best[each.year] = strong
    ranked = sorted(best.values(), key=lambda one: one.confidence, reverse=True)
    return [
        Suggestion(
            "year", one.year, one.leaf.number, one.leaf.quote(one.start, one.end),
            round(one.confidence, 2), one.rule,
        )
        for one in ranked
    ]  # fmt: skip


def _year_of_file(source: Source) -> int | None:
    """Return the year in which the file was last written: nothing in it is from later."""
    years = [
        int(said.group())
        for name in ("CreationDate", "ModDate")
        if (said := re.search(YEAR.replace("(?!\\d)", ""), source.properties.get(name, "")[:40]))
    ]
    return max(years, default=None)


def _on_front_pages(excerpt: Excerpt, title: Suggestion | None) -> Iterator[_Found]:
    for leaf in excerpt.front:
        if leaf.number > _LAST_FRONT_PAGE:
            return
        lines = [line for line in leaf.lines[:200] if not is_contents_line(line.text)]
        top = leaf.sparse or leaf.number == 1
        if not leaf.sparse:
            lines = lines[:20] + lines[-5:] if len(lines) > 25 else lines
        found = [
            each
            for line in lines
            for each in _in_line(
                leaf,
                line,
                top=top,
                titled=_is_in(title, leaf, line),
                running=masked(line.text) in excerpt.running,
            )
        ]
        # So many years are a table or a history.
        if len({each.year for each in found}) <= _MOST_YEARS:
            yield from found


def _is_in(title: Suggestion | None, leaf: Leaf, line: Line) -> bool:
    return title is not None and title.page == leaf.number and line.text in title.quote


def _in_line(leaf: Leaf, line: Line, *, top: bool, titled: bool, running: bool) -> Iterator[_Found]:
    text = _RULE_BEHIND.sub("", line.text)
    if len(text) > 120 or titled:
        return
    early = {1: 0.05, 2: 0.03}.get(leaf.number, 0.0)
    if lone := _LONE_YEAR.fullmatch(text):
        if leaf.number <= 2 and top:
            confidence = 0.62 + early
            yield _whole(leaf, line, int(lone["year"]), confidence, "year_on_title_page")
        return
    if placed := _PLACE_YEAR.fullmatch(text):
        placed_so = len(text.split()) <= 5 and not furniture.has_genre(text)
        if leaf.number <= 4 and placed_so and not running:
            yield _whole(leaf, line, int(placed["year"]), 0.75 + early, "year_with_place")
        return
    if (numbered := _MONTH_NUMBER.fullmatch(text)) and leaf.number <= 2:
        yield _whole(leaf, line, int(numbered["year"]), 0.7, "year_of_date")
        return
    dates = list(find_dates(text))
    if not dates or _NOT_PUBLISHED.search(text) or len({date.year for date in dates}) > 1:
        return
    date = dates[0]
    others = len(text[: date.start].split()) + len(text[date.end :].split())
    if running and others:
        return
    if others == 0:
        confidence = 0.9 if top and leaf.number <= 3 else 0.7
        confidence -= 0.15 if leaf.number > _TITLE_PAGES else 0.0
    elif others <= _MOST_WORDS and leaf.number == 1:
        confidence = 0.8
    elif others <= 4 and leaf.sparse and leaf.number <= _TITLE_PAGES:
        confidence = 0.65
    else:
        return
    start = line.start + date.start
    end = line.start + date.end
    yield _Found(date.year, leaf, start, end, confidence + early, "year_of_date")


def _whole(leaf: Leaf, line: Line, year: int, confidence: float, rule: str) -> _Found:
    return _Found(year, leaf, line.start, line.end, confidence, rule)


def _in_notices(excerpt: Excerpt) -> Iterator[_Found]:
    leaves = (*excerpt.front, *excerpt.back)
    last = [leaf for leaf in leaves[-2:] if leaf.number > _IMPRINT_PAGES]
    for leaf in [leaf for leaf in leaves if leaf.number <= _IMPRINT_PAGES] + last:
        cited = 0
        for line in leaf.lines:
            text = line.text
            if notice := _COPYRIGHT.search(text):
                year = notice["year"] or notice["first"]
                confidence = 0.65 if notice["year"] else 0.78
                yield _part(leaf, line, notice, int(year), confidence, "year_of_copyright")
            elif (said := _PUBLISHED.search(text)) and (
                said.start() <= _NEAR_LINE_START and text[0] not in "•*–-" and not text[0].islower()
            ):
                yield _part(leaf, line, said, int(said["year"]), 0.82, "year_of_publication")
            cited = 3 if CITE_AS.search(text) else cited - 1
            if cited >= 0 and (in_citation := _IN_CITATION.search(text)):
                year = in_citation["year"]
                yield _part(leaf, line, in_citation, int(year), 0.8, "year_of_citation")
                cited = 0


def _part(
    leaf: Leaf, line: Line, match: re.Match[str], year: int, confidence: float, rule: str
) -> _Found:
    start, end = line.start + match.start(), line.start + match.end()
    confidence -= 0.1 if leaf.number > _IMPRINT_PAGES else 0.0
    return _Found(year, leaf, start, end, confidence, rule)


def _in_running_heads(excerpt: Excerpt) -> Iterator[_Found]:
    """Yield the years in lines that stand on several pages, such as the name of a journal."""
    lines: dict[str, tuple[Leaf, Line]] = {}
    years: defaultdict[str, set[str]] = defaultdict(set)
    for leaf in excerpt.front:
        for line in leaf.lines:
            key = masked(line.text)
            if key in excerpt.running and len(line.text) <= 150:
                lines.setdefault(key, (leaf, line))
                years[key].update(re.findall(YEAR, line.text))
    for key, (leaf, line) in lines.items():
        # Lines that differ in their years are rows of a table.
        if len(years[key]) == 1:
            yield from _in_running_head(leaf, line)


def _in_running_head(leaf: Leaf, line: Line) -> Iterator[_Found]:
    rule = "year_in_running_head"
    dates = list(find_dates(line.text))
    if issue := _ISSUE.search(line.text):
        yield _part(leaf, line, issue, int(issue["year"]), 0.75, rule)
    elif len(dates) == 1 and not _NOT_PUBLISHED.search(line.text):
        start, end = line.start + dates[0].start, line.start + dates[0].end
        yield _Found(dates[0].year, leaf, start, end, 0.72, rule)


def _in_title(excerpt: Excerpt, title: Suggestion | None) -> Iterator[_Found]:
    if title is None or title.page is None:
        return
    leaf = next((each for each in excerpt.front if each.number == title.page), None)
    years = list(re.finditer(YEAR, str(title.value)))
    if leaf is None or len({year.group() for year in years}) != 1:
        return
    place = leaf.text.find(years[0].group())
    if place >= 0:
        year = int(years[0].group())
        yield _Found(year, leaf, place, place + 4, 0.4, "year_in_title")
