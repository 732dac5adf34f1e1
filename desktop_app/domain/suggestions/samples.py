"""How many people or units were studied: only numbers that stand beside a word which says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .excerpt import Excerpt, Leaf, before_references, is_contents_line, plain_digits
from .values import Suggestion

_NUMBER = r"(?P<number>\d{1,3}(?:[.,’' \u00a0\u202f]\d{3}){1,3}(?!\d)|\d{1,7}(?![\d.,]\d))"
_PEOPLE = (
    r"(?:participants?|respondents?|interviewees?|informants?|survey responses|questionnaires"
    r"|participant[·.]?e?[·.]?s|répondant[·.]?e?[·.]?s|personnes (?:interrogées|enquêtées"
    r"|interviewées)|enquêtés|questionnaires|befragten?|teilnehmende[rn]?|teilnehmer\w{0,8}"
    r"|probanden|proband(?:en|innen)|interviewpartner\w{0,8}|interviewte[rn]?"
    r"|ausgefüllte fragebögen"
    r"|deltagare|respondenter|intervjupersoner|informanter|enkätsvar)\b"
)
_ARABIC_PEOPLE = (
    r"(?:مشارك(?:ا|ة|ين|ات|اً)?|مبحوث(?:ا|ة|ين|ات|اً)?|مستجيب(?:ا|ة|ين|ات|اً)?"
    r"|مستجوب(?:ا|ة|ين|ات|اً)?)(?!\w)"
)
_BEFORE = re.compile(
    rf"(?<![\d.,%/-]){_NUMBER}\s{{1,2}}(?:[^\W\d]{{2,14}}\s)?{_PEOPLE}", re.IGNORECASE
)
_ARABIC_BEFORE = re.compile(rf"(?<![\d.,%/-]){_NUMBER}\s{{1,2}}{_ARABIC_PEOPLE}")
_N_EQUALS = re.compile(rf"\b[nN]\s?=\s?{_NUMBER}")
_SAMPLE_OF = re.compile(
    rf"(?:sample (?:size )?(?:of|was|is)|sample size\s?[:=]|échantillon (?:de|est de|total de)"
    rf"|taille de l[’']échantillon\s?[:=]|stichprobe von|stichprobengröße\s?[:=]?"
    rf"|stichprobenumfang\s?[:=]?|(?:ur|stick)val(?:et)? (?:om|på|av)"
    rf"|عينة (?:من|مكونة من|قوامها|حجمها|بلغت)|العينة بلغت|حجم العينة\s?[:=]?|بلغ حجم العينة)"
    rf"\s{{0,2}}(?:(?:a|total|of|about|around|approximately|some|over|nearly|de|environ|insgesamt|rund"
    rf"|etwa|ca\.?|totalt|cirka|omkring|حوالي|نحو|إجمالي)\s){{0,3}}{_NUMBER}",
    re.IGNORECASE,
)
_SAMPLE_HAS = re.compile(
    rf"(?:sample (?:comprised|comprises|included|includes|consisted of|consists of|contained)"
    rf"|échantillon (?:composé de|comprend|comprenant|comprenait)|stichprobe (?:umfasst(?:e)?"
    rf"|bestand aus|besteht aus)|(?:ur|stick)valet (?:bestod av|består av|omfattar|omfattade)"
    rf"|العينة (?:شملت|تكونت من|من))\s{{1,2}}(?:[^\W\d]{{1,12}}\s){{0,2}}{_NUMBER}\s{{1,2}}"
    rf"(?:[^\W\d]{{2,14}}\s)?(?:{_PEOPLE}|{_ARABIC_PEOPLE}|(?:people|persons|individuals|households"
    rf"|young people|pupils|students|children|adolescents|women|men|personnes|individus|ménages"
    rf"|jeunes|élèves|enfants|personen|haushalte\w?|jugendliche\w?|schüler\w{{0,8}}|kinder"
    rf"|personer|hushåll|ungdomar|elever|barn)\b|(?:شخص|فرد|أسرة|طالب|تلميذ|شاب))",
    re.IGNORECASE,
)
_RULES = (
    (_SAMPLE_HAS, 0.8, "sample_of"),
    (_N_EQUALS, 0.8, "sample_n"),
    (_SAMPLE_OF, 0.85, "sample_of"),
    (_BEFORE, 0.65, "sample_people"),
    (_ARABIC_BEFORE, 0.65, "sample_people"),
)
_OTHERS = re.compile(r"\bet al\b|\((?:[^()]{2,60},? )?(?:19|20)\d\d[a-z]?\)|[;,] (?:19|20)\d\d\)")
_PLAN = re.compile(
    r"\b(?:increased|reduced|minimum|at least|maximum|up to|target(?:ed)?|planned|required|per "
    r"|each|every|chaque"
    r"|minimum de|au moins|prévus?|mindestens|geplant\w{0,2}|jeweils|pro |minst|planerade|varje)\b"
    r"|على الأقل|لكل|كل ",
    re.IGNORECASE,
)
_ROUGH = re.compile(
    r"\b(?:about|around|approximately|over|more than|almost|nearly|some|environ|plus de|près de"
    r"|rund|etwa|circa|ca\.?|über|mehr als|knapp|ungefär|omkring|cirka|över|fler än|drygt)\s?$"
    r"|(?:حوالي|نحو|أكثر من|قرابة)\s?$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?:table|figure|box|chapter|section|annex|page|tableau|graphique|encadré|chapitre|annexe"
    r"|tabelle|abbildung|kapitel|anhang|seite|tabell|figur|bilaga|sida)\s$|(?:جدول|شكل|صفحة|فصل)\s$",
    re.IGNORECASE,
)
_IN_A_YEAR = re.compile(
    r"\b(?:in|since|of|en|depuis|im jahr|seit|år|sedan|عام|سنة|منذ)\s$", re.IGNORECASE
)
_MOST_NUMBERS = 6
_REACH = 60
_FEWEST, _MOST = 3, 5_000_000
_SHOWN = 3


@dataclass(slots=True)
class _Size:
    suggestion: Suggestion
    times: int = 1


def suggest_sample_size(excerpt: Excerpt) -> list[Suggestion]:
    """Return sizes of the sample, the best first: by how they are said, then by how often."""
    sizes: dict[object, _Size] = {}
    for leaf in (*excerpt.front, *excerpt.back):
        for each in _on_page(leaf):
            known = sizes.get(each.value)
            if known is None:
                sizes[each.value] = _Size(each)
                continue
            known.times += 1
            if each.confidence > known.suggestion.confidence:
                known.suggestion = each
    ranked = sorted(
        sizes.values(), key=lambda one: (one.suggestion.confidence, one.times), reverse=True
    )
    return [one.suggestion for one in ranked[:_SHOWN]]


def _on_page(leaf: Leaf) -> Iterator[Suggestion]:
    if not leaf.readable:
        return
    # Words and number may stand in two lines.
    text = plain_digits(leaf.text)
    lines = {line.start: line for line in before_references(leaf)}
    for pattern, confidence, rule in _RULES:
        for match in pattern.finditer(text):
            line = leaf.line_at(match.start())
            start = match.start("number")
            before = text[max(line.start - 1, start - _REACH, 0) : start]
            size = _size(match["number"])
            if size is None or line.start not in lines or _is_of_others(line.text):
                continue
            if _is_year(match["number"], before) or _PLAN.search(before):
                continue
            if _NUMBERED.search(before):
                continue
            sure = confidence - (0.15 if _ROUGH.search(before) else 0)
            quote = leaf.quote(*match.span())
            yield Suggestion("sample_size", size, leaf.number, quote, sure, rule)


def _is_of_others(line: str) -> bool:
    """Return whether a line is one of a table or contents, or speaks of another study."""
    numbers = len(re.findall(r"(?<!\d)\d", line))
    return numbers > _MOST_NUMBERS or is_contents_line(line) or _OTHERS.search(line) is not None


def _size(number: str) -> int | None:
    size = int(re.sub(r"\D", "", number))
    return size if _FEWEST <= size <= _MOST else None


def _is_year(number: str, before: str) -> bool:
    return (
        re.fullmatch(r"(?:19|20)\d\d", number) is not None and _IN_A_YEAR.search(before) is not None
    )
