"""How the evaluation was done and what it is about, told by the terms of the field.

A term counts where the document speaks of itself: in its title, beside words such as "design" or
"we used", in a list of keywords, or again and again. Denied and recommended methods do not count,
and neither do those of other studies as far as a reference stands beside them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .excerpt import Excerpt, Leaf, Line, before_references, is_contents_line
from .method_words import DATA_METHODS, DESIGNS, EVALUATION_TYPES, NOTHING, term_codes
from .phrases import JoinedLabels, Terms
from .values import Labels, Mention, Suggestion

_BUILT_IN: dict[str, Labels] = {
    "design": Terms({"": term_codes(DESIGNS)}),
    "evaluation_type": Terms({"": term_codes(EVALUATION_TYPES)}),
    "data_methods": Terms({"": term_codes(DATA_METHODS)}),
}
_MOST_VALUES = 3
_MANY, _SOME = 8, 5
_OFTEN_METHOD = 3
_OWN = re.compile(
    r"\b(?:this (?:evaluation|study|report|paper|review|project|impact)|the evaluation"
    r"|the (?:present )?study|our|we|methodology|method|methods|research design|study design"
    r"|design|approach|cette (?:évaluation|étude|enquête)|l[’']évaluation|l[’']étude|notre|nous"
    r"|méthodologie|méthodologique|démarche|die (?:vorliegende )?(?:evaluation|studie)|diese[rs]?"
    r"|wir|methodik|methodisch\w{0,3}|design|forschungsdesign|studiendesign|vorgehen|utvärderingen"
    r"|studien|denna|vår|vi|metod|metodik|ansats|upplägg)\b"
    r"|هذا التقييم|هذه الدراسة|هذا التقرير|المنهجية|منهجية|المنهج"
    r"|تصميم (?:التقييم|الدراسة)|اعتمد|استخدم",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:no|not|nor|without|cannot|never|neither|lack of|rather than|instead of|unable|non|pas"
    r"|sans|aucune?|ni|plutôt que|kein\w{0,2}|nicht|ohne|weder|statt|inte|ingen|inga|utan|ej"
    r"|varken|snarare än|should|could|would|might|future|recommend\w{0,5}|ideally|propose[sd]?"
    r"|devrait|pourrait|recommand\w{1,5}|sollte\w?|könnte\w?|empf\w{3,8}|bör|borde|skulle|kunde"
    r"|rekommender\w{0,3})\b|(?:^|\s)(?:لا|لم|لن|ليس|ليست|غير|دون|بدون|ينبغي|يمكن|يوصى|نوصي)\s",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"^[^.;:]{0,30}\b(?:not|n[’']t|impossible|infeasible|n[’']est pas|n[’']était pas|nicht|inte"
    r"|ej)\b"
    r"|^[^.،؛]{0,30}(?:غير ممكن|لم يكن|ليس|ليست)",
    re.IGNORECASE,
)
_DENIAL_REACH = 60
_OTHERS = re.compile(
    r"\bet al\b|\([^()]{2,60},? (?:19|20)\d\d[a-z]?\)|[^\W\d]{3,20} \((?:19|20)\d\d"
)
_KEYWORDS = re.compile(
    r"(?:key ?words?|index terms|mots[ -]clés?|schl(?:ü|ue)ssel(?:wörter|begriffe)|schlagw\w{3,6}"
    r"|stichw\w{3,5}|nyckelord|sökord|الكلمات المفتاحية|كلمات مفتاحية|كلمات دالة)\b",
    re.IGNORECASE,
)
_FIELD_LABELS = {
    "target_group": re.compile(
        r"(?:target (?:group|population|audience)s?|beneficiar\w{1,4}|participants|groupes? cibles?"
        r"|publics? cibles?|public visé|bénéficiaires|zielgruppen?|adressat\w{0,7}|målgrupp\w{0,4}"
        r"|الفئة المستهدفة|الفئات المستهدفة|المستفيدون)\s?(?:[:：]|$)",
        re.IGNORECASE,
    ),
    "design": re.compile(
        r"(?:(?:study|evaluation|research) )?(?:design|methodology|methods?|méthodologie|méthodes?"
        r"|methodik|methoden?|studiendesign|metod(?:er|ik)?|المنهجية|المنهج)\s?(?:[:：]|$)",
        re.IGNORECASE,
    ),
    "evaluation_type": re.compile(
        r"(?:type of evaluation|evaluation type|type d[’']évaluation|art der evaluation"
        r"|evaluationstyp|typ av utvärdering|utvärderingstyp|نوع التقييم)\s?(?:[:：]|$)",
        re.IGNORECASE,
    ),
}
_LABEL_REACH = 8


@dataclass(slots=True)
class _Seen:
    """What was found of one code: how often, and the best place."""

    count: int = 0
    confidence: float = 0.0
    leaf: Leaf | None = None
    start: int = 0
    end: int = 0
    rule: str = ""
    pages: set[int] = field(default_factory=set)

    def add(self, leaf: Leaf, mention: Mention, confidence: float, rule: str) -> None:
        self.count += 1
        self.pages.add(leaf.number)
        if self.leaf is None or confidence > self.confidence:
            self.leaf, self.start, self.end = leaf, mention.start, mention.end
            self.confidence, self.rule = confidence, rule


def suggest_methods(
    excerpt: Excerpt, title: Suggestion | None, labels: Mapping[str, Labels]
) -> list[Suggestion]:
    """Return design, kind of evaluation and data, and what `labels` recognise for other fields.

    `labels` are used besides the program's own terms for the first three.
    """
    found = []
    for name in dict.fromkeys((*_BUILT_IN, *labels)):
        parts = [part[name] for part in (_BUILT_IN, labels) if name in part]
        terms = parts[0] if len(parts) == 1 else JoinedLabels(parts)
        found += _suggest_field(name, terms, excerpt, title)
    return found


def _suggest_field(
    name: str, terms: Labels, excerpt: Excerpt, title: Suggestion | None
) -> list[Suggestion]:
    method = name in _BUILT_IN
    seen: defaultdict[str, _Seen] = defaultdict(_Seen)
    for leaf in excerpt.front:
        if leaf.readable:
            for line, mention, near in _mentions(name, terms, leaf, excerpt.spoken(leaf)):
                confidence, rule = _weigh(line, mention, near, leaf, title, method=method)
                seen[mention.code].add(leaf, mention, confidence, rule)
    total = sum(one.count for one in seen.values())
    sure = [_rated(name, code, one, total, method=method) for code, one in seen.items()]
    kept = [each for each in sure if each is not None]
    kept.sort(key=lambda each: (each[0].confidence, each[1]), reverse=True)
    return [each for each, _ in kept[:_MOST_VALUES]]


def _mentions(
    name: str, terms: Labels, leaf: Leaf, languages: tuple[str, ...]
) -> Iterator[tuple[Line, Mention, bool]]:
    """Yield the terms of a page, with their lines and whether they stand under a label."""
    label = _FIELD_LABELS.get(name)
    below = 0
    mentions = iter(sorted(terms.find_all(leaf.text, languages), key=lambda one: one.start))
    mention = next(mentions, None)
    for line in before_references(leaf):
        if label is not None and label.match(line.text):
            below = _LABEL_REACH + 1
        below -= 1
        while mention is not None and mention.start < line.end:
            # Terms may run over the end of a line.
            wanted = mention.start >= line.start and mention.code != NOTHING
            if wanted and not is_contents_line(line.text):
                yield line, mention, below > 0
            mention = next(mentions, None)


def _weigh(
    line: Line, mention: Mention, near: bool, leaf: Leaf, title: Suggestion | None, *, method: bool
) -> tuple[float, str]:
    """Return how much one mention says, and why; 0 for a mention that says the contrary."""
    start = mention.start - line.start
    before = line.text[max(0, start - _DENIAL_REACH) : start]
    if (
        title is not None
        and title.page == leaf.number
        and (leaf.text[mention.start : mention.end] in title.quote)
    ):
        return 0.85, "term_in_title"
    after = line.text[max(0, mention.end - line.start) :][:_DENIAL_REACH]
    if _DENIED.search(before) or _DENIED_AFTER.search(after):
        return 0.0, "term_often"
    if near:
        return 0.75, "term_labelled"
    if _KEYWORDS.match(line.text):
        return 0.8, "term_in_keywords"
    if method and not _OTHERS.search(line.text) and _OWN.search(line.text):
        return 0.7, "term_of_own_method"
    return 0.1, "term_often"


def _rated(
    name: str, code: str, seen: _Seen, total: int, *, method: bool
) -> tuple[Suggestion, int] | None:
    confidence = seen.confidence
    if confidence == 0 or seen.leaf is None:
        return None
    # The words for a group or a setting are everyday words: they have to stand out.
    enough = _OFTEN_METHOD if method else max(_MANY, total // 4)
    if seen.count >= enough and len(seen.pages) > 1:
        confidence = max(confidence + 0.05, 0.6 if method and seen.count >= _SOME else 0.5)
    if confidence < 0.5:
        return None
    quote = seen.leaf.quote(seen.start, seen.end)
    shown = seen.leaf.context(seen.start, seen.end)
    suggestion = Suggestion(
        name, code, seen.leaf.number, shown if quote in shown else quote,
        round(min(confidence, 0.95), 2), seen.rule,
    )  # fmt: skip
    return suggestion, seen.count
