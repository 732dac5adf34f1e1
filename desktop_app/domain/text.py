"""Words of a text, how they are written down for comparing, and their broad folding.

A *surface* is a word as it stands in a text. Its *form* is the same word written lightly: in one
case, one Unicode spelling and one set of digits, without vowel marks and invisible characters, but
with its accents ("Évaluation" -> "évaluation"). Its *fold* is broad: what a person would type who
leaves out accents, hamza carriers and the dots of ta marbuta ("évaluation" -> "evaluation").

A word is a run of letters, decimal digits, letter-numerals and combining marks; invisible joiners,
bidirectional controls and soft hyphens inside it do not end it. Everything else does: spaces,
punctuation in numbers ("12,5" is two words), apostrophes and hyphens ("l'évaluation", "at-risk")
and underscores. Superscript figures and fractions are not part of a word either, because they are
footnote marks as a rule. Scripts without spaces give one word for each run.
"""

import re
import unicodedata
from collections.abc import Callable, Container, Iterator
from typing import NamedTuple

LONGEST_FORM = 64
"""No form has more characters: what lies beyond does not tell words apart, only costs memory."""

_LONGEST_SURFACE = 4 * LONGEST_FORM
_CACHED_SURFACES = 100_000

_JOINERS = "\u00ad\u061c\u200c-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
# Blocks that hold little but letters and marks are named whole: few ranges make a fast pattern.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u0898-\u089f"
    "\u08ca-\u08e1\u08e3-\u0963\u0971-\u0df3\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ece"
    "\u102b-\u103e\u1056-\u1059\u105e-\u1060\u17b4-\u17d3\u1ab0-\u1ace\u1dc0-\u1dff\u20d0-\u20f0"
    "\u302a-\u302f\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
)
_NOT_LETTERS = (
    "\u00b2\u00b3\u00b9\u00bc-\u00be\u02bc\u2070\u2074-\u2079\u2150-\u215f\u2189"
    "\u2460-\u249b\u24ea-\u24ff\u2776-\u2793"
)
_LETTER = rf"[^\W_{_NOT_LETTERS}]"
WORD = re.compile(f"{_LETTER}+(?:[{_MARKS}{_JOINERS}]+{_LETTER}*)*")
"""Matches one word of a text, with invisible characters at its end if there are any."""

_INVISIBLE = re.compile(f"[{_JOINERS}\u034f\u0640\u07fa\u180b-\u180f\ufe00-\ufe0f]+")
_INVISIBLE_END = re.compile(f"[{_JOINERS}]+$")
_IOTA_BELOW = "\u0345"
_ARABIC_MARK = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0898-\u089f\u08ca-\u08ff]"
)


class Token(NamedTuple):
    """A word of a text: its form and where it stands, as [start, end) character offsets."""

    form: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of `text` in order, with offsets into `text` as it was given."""
    for match in WORD.finditer(text):
        word = _FORMS[match.group()]
        if word:
            yield _token(word, match)


def occurrences(text: str, wanted: Container[str]) -> list[tuple[int, Token]]:
    """Return the words of `text` whose form is wanted, each with its place among all `tokens`."""
    found = []
    place = 0
    for match in WORD.finditer(text):
        word = _FORMS[match.group()]
        if word:
            if word in wanted:
                found.append((place, _token(word, match)))
            place += 1
    return found


def forms(text: str) -> list[str]:
    """Return the forms of the words of `text` in order: those of `tokens`, only faster."""
    return list(filter(None, map(_FORMS.__getitem__, WORD.findall(text))))


def form(surface: str) -> str:
    """Return how the word `surface` is written in an index and in `tokens`; "" if nothing is left.

    The compatibility spelling of Unicode (NFKC: ligatures, presentation forms and wide letters give
    plain letters, a hamza set apart joins its carrier), in lower case, with ASCII digits, without
    Arabic vowel marks, superscript alef, tatweel, joiners and controls. The German ß stays, for
    "Maße" and "Masse" are two words; `fold` joins it with "ss". At most `LONGEST_FORM` characters.
    """
    if surface.isascii() and surface.isalnum():
        return surface[:LONGEST_FORM].lower()
    plain = _INVISIBLE.sub("", surface[:_LONGEST_SURFACE])
    plain = unicodedata.normalize("NFKC", plain).translate(_LIGHT).lower().replace("ς", "σ")
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", plain))
    return "".join(WORD.findall(plain))[:LONGEST_FORM]


def fold(form: str) -> str:
    """Return the broad spelling of a form: equal for words that differ only in how they are typed.

    Latin and Greek letters lose their accents (æ, œ, ß, þ become two letters, ø, ł, đ, ı one).
    Arabic: every alef is bare, ya stands for alef maksura and the Persian ya, ha for ta marbuta,
    waw and ya for the hamza they carry, Arabic kaf for the Persian one. A hamza without carrier
    stays ("ماء", water, is not "ما", what) except after a final ya, where people write it three
    ways ("شيء", "شئ", "شي").

    Some PDFs give each lam-alef with its letters exchanged ("االستدعاء"). Two alefs before a lam
    occur in no Arabic word, so there the exchange is certain and is taken back. Where the exchanged
    word could be another one ("خالف", "خلاف") nothing is folded here: see `unswapped`.
    """
    if form.isascii():
        return form
    broad = form.translate(_BROAD)
    while _SWAPPED_ARTICLE in broad:
        broad = broad.replace(_SWAPPED_ARTICLE, "الا")
    if broad.endswith("ء"):
        broad = _FINAL_YA_HAMZA.sub("ي", broad)
    return broad or form


def german_folds(form: str) -> tuple[str, ...]:
    """Return the fold of a form with ä, ö, ü written as ae, oe, ue; () for a form without them."""
    spelled = form.translate(_UMLAUTS)
    return () if spelled == form else (fold(spelled),)


def unswapped(form: str) -> str:
    """Return an Arabic form as it reads if its lam-alefs came with their letters exchanged.

    Takes back each exchange that is possible ("خالل" -> "خلال", "لألسرة" -> "للأسرة",
    "العالقات" -> "العلاقات"), but leaves an article and words of three letters alone. Returns
    `form` itself where there is none, and a word that does not exist where the letters were in
    order all along. Takes a fold as well.
    """
    if len(form) < _SHORTEST_UNSWAPPED:
        return form
    article = _ARTICLE.match(form)
    end = article.end() if article else 0
    return form[:end] + _ALEF_LAM.sub(r"ل\1", form[end:])


def is_arabic(form: str) -> bool:
    """Return whether a form begins with a letter of the Arabic script."""
    first = form[:1]
    return (
        "\u0620" <= first <= "\u06ff"
        or "\u0750" <= first <= "\u077f"
        or "\u0870" <= first <= "\u08ff"
    )


def _token(word: str, match: re.Match[str]) -> Token:
    surface = match.group()
    start, end = match.span()
    if not surface[-1].isalnum() and (invisible := _INVISIBLE_END.search(surface)):
        end = start + invisible.start()
    return Token(word, start, end)


class _Rewriting(dict[int, str]):
    """A table for `str.translate` that fills itself, one entry for each character met."""

    def __init__(self, rewrite: Callable[[str], str]) -> None:
        super().__init__()
        self._rewrite = rewrite

    def __missing__(self, code: int) -> str:
        rewritten = self[code] = self._rewrite(chr(code))
        return rewritten


def _lighten(character: str) -> str:
    if _ARABIC_MARK.match(character):
        return ""
    if character == "İ":
        return "i"
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if character >= _IOTA_BELOW:
        apart = unicodedata.normalize("NFD", character)
        if _IOTA_BELOW in apart:
            # In capitals it is a letter of its own.
            return unicodedata.normalize("NFC", apart.replace(_IOTA_BELOW, "ι"))
    return character


_LETTER_FOLDS = {
    **dict.fromkeys("أإآٱٲٳٵ", "ا"),
    **dict.fromkeys("ىئیېۍےۓٸ", "ي"),
    **dict.fromkeys("ؤٶ", "و"),
    **dict.fromkeys("ةہھۀەۂۃ", "ه"),
    **dict.fromkeys("کڪ", "ك"),
    "æ": "ae",
    "œ": "oe",
    "ß": "ss",
    "þ": "th",
    "ø": "o",
    "ð": "d",
    "đ": "d",
    "ł": "l",
    "ı": "i",
    "ħ": "h",
    "ŧ": "t",
}


def _broaden(character: str) -> str:
    if character in _LETTER_FOLDS:
        return _LETTER_FOLDS[character]
    # Combining accents, and the modifier letters of transliterated Arabic.
    if "\u0300" <= character <= "\u036f" or "\u02b0" <= character <= "\u02ff":
        return ""
    base = unicodedata.normalize("NFD", character)[0]
    # Cyrillic stays: й is no accented и.
    return _LETTER_FOLDS.get(base, base) if base < "\u0400" else character


class _Forms(dict[str, str]):
    """The form of every surface met of late. It empties itself when full."""

    def __missing__(self, surface: str) -> str:
        found = form(surface)
        if found == surface:
            found = surface
        if len(surface) <= LONGEST_FORM:
            if len(self) >= _CACHED_SURFACES:
                self.clear()
            self[surface] = found
        return found


_LIGHT = _Rewriting(_lighten)
_BROAD = _Rewriting(_broaden)
_FORMS = _Forms()
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_SWAPPED_ARTICLE = "اال"
_ALEF_LAM = re.compile("([اأإآ])ل")
_ARTICLE = re.compile("[وف]?[بك]?ال(?=..)")
_SHORTEST_UNSWAPPED = 4
_FINAL_YA_HAMZA = re.compile("يء+$")
