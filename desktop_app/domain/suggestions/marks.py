"""Marks that limit who may read or name: "confidential", an embargo, the Chatham House rule.

A mark is a short line of its own or stands before the rest of its line. "Answers were treated as
confidential" is no mark.
"""

import re
from collections.abc import Iterator

from .excerpt import Excerpt, Leaf, Line, masked
from .months import find_dates
from .values import Suggestion

_MARK_PAGES = 4
_MOST_WORDS = 12
_INTERNAL = re.compile(
    r"""(?:strictly\s)?(?:private\s(?:and|&)\s)?confidential\b
      | (?:not|no)\s(?:for|to\sbe)\s(?:further\s)?(?:distribut\w{2,5}|circulat\w{2,5}|publication
        |published|cit(?:ation|ed)|quot(?:ation|ed)|shared|public\srelease|general\sdistribution)
      | do\snot\s(?:circulate|distribute|cite|quote|share|forward|copy)
      | (?:for\s)?(?:internal|official|restricted|limited)\s(?:use|distribution|circulation)
        (?:\sonly)?
      | restricted(?:\s(?:distribution|document|circulation))?$
      | internal\s(?:document|report|draft)
      | tlp\s?:\s?(?:red|amber(?:\+strict)?|green)
      | official[\s-]{1,3}sensitive
      | (?:strictement\s)?confidentiel(?:le)?\b | diffusion\s(?:restreinte|limitée|interne)
      | (?:à\s|pour\s)?usage\s(?:strictement\s)?interne | document\s(?:interne|de\stravail\sinterne)
      | ne\spas\s(?:diffuser|citer|communiquer|faire\scirculer)
      | (?:streng\s)?vertraulich\b | (?:vs\s?[-–]\s?)?nur\sfür\sden\s(?:dienstgebrauch
        |(?:internen|dienstlichen)\sgebrauch) | vs-nfd\b | verschlusssache | nur\szur\sinternen\s\w+
      | nicht\szur\s(?:veröffentlichung|weitergabe)(?:\sbestimmt)? | internes\sdokument
      | konfidentiell(?:t)?\b | (?:endast\s)?för\sinternt\sbruk | internt\s(?:dokument
        |arbetsmaterial) | ej\sför\s(?:spridning|publicering) | får\s(?:ej|inte)\sspridas
      | omfattas\sav\ssekretess | sekretess(?:belagd|belagt)?$
      | سري(?:\sللغاية|\sجدا|\sومكتوم)?(?!\w) | للاستخدام\s(?:الداخلي|الرسمي)(?:\sفقط)?
      | غير\s(?:مخصص|معد|قابل)\sللنشر | ليس\sللنشر | لا\s(?:ينشر|يوزع) | وثيقة\sداخلية
      | محدود\sالتداول | تداول\sمحدود""",
    re.IGNORECASE | re.VERBOSE,
)
_EMBARGO = re.compile(
    r"(?:strict(?:ly)? )?(?:embargo(?:ed)?\b|under embargo|not (?:for release|to be released)"
    r"(?: or publication)? before|sous embargo|sperrfrist|gesperrt bis|under embargo|embargo till"
    r"|محظور النشر|حظر النشر)",
    re.IGNORECASE,
)
_CHATHAM = re.compile(
    r"chatham[ -]house[ -](?:rules?|regeln?|reglerna?|principen?)"
    r"|règles? (?:dite )?de chatham house"
    r"|قاعدة (?:تشاتام|تشاثام) هاوس|قواعد (?:تشاتام|تشاثام) هاوس",
    re.IGNORECASE,
)
_NOT_CHATHAM = re.compile(r"\b(?:not|nicht|inte|pas|لا)\b", re.IGNORECASE)
_PUBLIC = re.compile(
    r"public disclosure authorized|for (?:general|public) (?:distribution|release)"
    r"|distribution\s?: general|tlp\s?:\s?(?:clear|white)|diffusion (?:générale|publique)"
    r"|zur veröffentlichung (?:freigegeben|bestimmt)|متاح للعموم",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"\bCC[ -]?(?P<kind>BY(?:[ -](?:NC|SA|ND)){0,2}|0)\b(?:[ -](?P<version>[1-4]\.\d))?"
    r"(?:[ -](?P<port>IGO|[A-Z]{2}\b))?"
)
_LICENCE_ADDRESS = re.compile(
    r"creativecommons\.org/(?:licenses/(?P<kind>by(?:-(?:nc|sa|nd)){0,2})|publicdomain/zero)"
    r"(?:/(?P<version>[1-4]\.\d)(?:/(?P<port>igo|[a-z]{2})\b)?)?",
    re.IGNORECASE,
)
_NAMED_LICENCE = re.compile(
    r"Creative Commons (?:Attribution|Namensnennung|Attribution|Erkännande)"
    r"(?P<parts>(?:[ -–]{1,3}(?:Non[ -]?Commercial|Share[ -]?Alike|No[ -]?Derivs|No[ -]?Derivatives"
    r"|Pas d[’']Utilisation Commerciale|Partage (?:dans les Mêmes Conditions|à l[’']identique)"
    r"|Nicht[ -]kommerziell|Weitergabe unter gleichen Bedingungen|Icke[ -]?Kommersiell"
    r"|Dela[ -]?Lika)){0,2})(?: (?P<version>[1-4]\.\d))?",
    re.IGNORECASE,
)
_PARTS = (
    ("NC", re.compile(r"non[ -]?com|pas d|nicht|icke", re.IGNORECASE)),
    ("SA", re.compile(r"share|partage|weitergabe|dela", re.IGNORECASE)),
    ("ND", re.compile(r"no[ -]?deriv", re.IGNORECASE)),
)
_LICENCE_PAGES = 6


def suggest_marks(excerpt: Excerpt) -> list[Suggestion]:
    """Return access level, attribution and licence where the document is marked with them.

    A document with a mark that limits it is never suggested to be public.
    """
    limits = [each for leaf in excerpt.front for each in _limits(excerpt, leaf)]
    access = _first_of_each(limits)
    if not access:
        access = _first_of_each(_open_marks(excerpt))
    attribution = _first_of_each(each for leaf in excerpt.front for each in _chatham(leaf))
    licences = _first_of_each(_licences(excerpt))
    return [*access, *attribution, *licences]


def find_licence(text: str) -> str | None:
    """Return the Creative Commons licence that a text names or links to ("CC BY-NC 4.0")."""
    if address := _LICENCE_ADDRESS.search(text):
        kind = address["kind"]
        name = f"CC {kind.upper()}" if kind else "CC0"
        port = address["port"]
        return " ".join(filter(None, (name, address["version"], port and port.upper())))
    found = _LICENCE.search(text) or _NAMED_LICENCE.search(text)
    return _licence(found) if found else None


def _first_of_each(found: "Iterator[Suggestion] | list[Suggestion]") -> list[Suggestion]:
    first: dict[object, Suggestion] = {}
    for each in found:
        if each.value not in first or first[each.value].confidence < each.confidence:
            first[each.value] = each
    return sorted(first.values(), key=lambda one: one.confidence, reverse=True)


def _limits(excerpt: Excerpt, leaf: Leaf) -> Iterator[Suggestion]:
    for line in leaf.lines:
        running = masked(line.text) in excerpt.running
        if leaf.number > _MARK_PAGES and not running:
            continue
        bare = line.text.lstrip("-–—*•[(|<\"'« ")
        shift = line.end - len(bare)
        if embargo := _EMBARGO.match(bare):
            if len(bare[embargo.end() :].split()) <= _MOST_WORDS:
                yield _embargo(leaf, line)
        elif (mark := _INTERNAL.match(bare)) and _is_mark(bare, mark):
            quote = leaf.quote(shift, shift + mark.end())
            confidence = 0.85 if leaf.number <= 2 or running else 0.7
            yield Suggestion("access", "internal", leaf.number, quote, confidence, "access_mark")


def _is_mark(text: str, mark: re.Match[str]) -> bool:
    """Return whether the mark is all that a line says, or set off from the rest."""
    rest = text[mark.end() :].strip()
    if not rest or rest[0] in ".:;,!–—-|/)]»\"'" or mark.group().isupper():
        return len(rest.split()) <= _MOST_WORDS or mark.group().isupper()
    return len(rest.split()) <= 4 and not re.search(r"[a-zäöüß]{3,}\.$", rest)


def _embargo(leaf: Leaf, line: Line) -> Suggestion:
    following = next((other for other in leaf.lines if other.start >= line.end), None)
    end = line.end
    dates = list(find_dates(line.text))
    if not dates and following is not None and len(following.text) < 40:
        dates = list(find_dates(following.text))
        end = following.end if dates else end
    day = next((date for date in dates if date.day is not None), None)
    value: str | tuple[str, ...] = "embargoed" if day is None else ("embargoed", day.iso)
    quote = leaf.quote(line.start, end)
    return Suggestion("access", value, leaf.number, quote, 0.9, "access_embargo")


def _open_marks(excerpt: Excerpt) -> Iterator[Suggestion]:
    for leaf in excerpt.front:
        if leaf.number > _MARK_PAGES:
            return
        for line in leaf.lines:
            if mark := _PUBLIC.search(line.text):
                start, end = line.start + mark.start(), line.start + mark.end()
                quote = leaf.quote(start, end)
                yield Suggestion("access", "public", leaf.number, quote, 0.6, "access_public")


def _chatham(leaf: Leaf) -> Iterator[Suggestion]:
    for line in leaf.lines:
        mark = _CHATHAM.search(line.text)
        if mark is None or _NOT_CHATHAM.search(line.text[max(0, mark.start() - 30) : mark.start()]):
            continue
        start, end = line.start + mark.start(), line.start + mark.end()
        quote = leaf.context(start, end)
        page = leaf.number
        yield Suggestion("attribution", "chatham_house", page, quote, 0.75, "chatham_house")


def _licences(excerpt: Excerpt) -> Iterator[Suggestion]:
    leaves = [leaf for leaf in (*excerpt.front, *excerpt.back[-1:])]
    for leaf in leaves:
        if leaf.number > _LICENCE_PAGES and leaf is not leaves[-1]:
            continue
        for line in leaf.lines:
            found = _LICENCE.search(line.text) or _NAMED_LICENCE.search(line.text)
            if found is None:
                continue
            start, end = line.start + found.start(), line.start + found.end()
            quote = leaf.quote(start, end)
            yield Suggestion("licence", _licence(found), leaf.number, quote, 0.8, "licence")


def _licence(found: re.Match[str]) -> str:
    said = found.groupdict()
    if said.get("kind"):
        kind = said["kind"].replace(" ", "-")
        name = f"CC{kind}" if kind == "0" else f"CC {kind}"
    else:
        parts = [short for short, pattern in _PARTS if pattern.search(said.get("parts") or "")]
        name = "-".join(["CC BY", *parts])
    return " ".join(filter(None, (name, said.get("version"), said.get("port"))))
