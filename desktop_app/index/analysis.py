"""The keys under which a form is found again: its fold and its stems in five languages.

The index stores forms. A typed word is widened to every stored form that shares a key with it. So
nothing is lost by stemming: a form ranks first where it is typed exactly, and an ill-made stem can
only add forms below it. That is why a form may have several keys: where an ending or a prefix could
as well be part of the word, both readings are kept.
"""

import re
import threading
from collections.abc import Callable, Iterator
from functools import lru_cache

import Stemmer

from ..domain.text import fold, german_folds, is_arabic, unswapped

FOLD = 1
"""The mask of keys that keep the whole word: what differs is only how it is typed."""

LANGUAGE_BITS: dict[str, int] = {"ar": 2, "en": 4, "fr": 8, "de": 16, "sv": 32}
"""The mask bit of a language's stems."""

SHORTEST_STEMMED = 4
"""Shorter words are their own stem: what a stemmer cuts off them is seldom an ending."""

Keys = tuple[tuple[str, int], ...]

_ARABIC = LANGUAGE_BITS["ar"]
_GERMAN = LANGUAGE_BITS["de"]
_LATIN = sum(LANGUAGE_BITS.values()) - _ARABIC
_ALGORITHMS = {"en": "english", "fr": "french", "de": "german", "sv": "swedish"}
_ACCENTED = {
    "en": frozenset[str](),
    "fr": frozenset("àâæçéèêëîïôœùûüÿ"),
    "de": frozenset("äöüß"),
    "sv": frozenset("åäöéà"),
}


@lru_cache(maxsize=20_000)
def keys(form: str) -> Keys:
    """Return the distinct keys of a form, each with a mask out of `FOLD` and `LANGUAGE_BITS`.

    The first key is the fold. A word with digits and a word in another script than Latin or Arabic
    has no other. A word without accents has stems in every language of its script, a word with
    accents in those that write them; stems are folded, so that both ways of typing meet.
    """
    folded = fold(form)
    if not form.isalpha():
        return ((folded, FOLD),)
    if is_arabic(form):
        return _arabic_keys(form, folded)
    if folded.isascii():
        return _latin_keys(form, folded)
    return ((folded, FOLD),)


def _latin_keys(form: str, folded: str) -> Keys:
    if len(form) < SHORTEST_STEMMED:
        found = {folded: FOLD | _LATIN}
    else:
        found = {folded: FOLD}
        accented = () if form.isascii() else {letter for letter in form if letter > "\x7f"}
        spellings = (form, folded) if accented else (form,)
        for bit, letters, stem, other_readings in _stemmers.by_language:
            if accented and not letters.issuperset(accented):
                continue
            for word in spellings:
                stemmed = stem(word)
                _add(found, fold(stemmed), bit)
                for reading in other_readings(word, stemmed):
                    _add(found, fold(stem(reading)), bit)
    for spelled in german_folds(form):
        _add(found, spelled, FOLD | _GERMAN)
    return tuple(found.items())


def _add(found: dict[str, int], key: str, bit: int) -> None:
    found[key] = found.get(key, 0) | bit


# The Snowball algorithms miss some common endings: what each of these yields is stemmed as well.


def _no_other_readings(word: str, stem: str) -> Iterator[str]:
    """Yield nothing: the English stems do."""
    del word, stem
    yield from ()


def _french_readings(word: str, stem: str) -> Iterator[str]:
    """Yield the singular of plurals after a vowel ("emplois", "lieux", "élus")."""
    if stem == word and word[-1] in "sx" and word[-2] in "aéiou" and word not in _NOT_PLURAL:
        yield word[:-1]


def _german_readings(word: str, stem: str) -> Iterator[str]:
    """Yield the singular of "Polizistinnen"."""
    del stem
    if word.endswith("innen"):
        yield word[:-3]


def _swedish_readings(word: str, stem: str) -> Iterator[str]:
    """Yield what definite forms stand for ("skolan", "våldet", "programmet", "mötena")."""
    if len(stem) >= SHORTEST_STEMMED and stem != word:
        yield stem
    if stem.endswith("mm"):
        yield stem[:-1]
    noun = word.removesuffix("s")
    if len(noun) < _SHORTEST_DEFINITE or noun in _NOT_DEFINITE:
        return
    if noun.endswith("an"):
        yield noun[:-1]
    elif noun.endswith("mmet"):
        yield noun[:-3]
    elif noun.endswith("et") and not noun.endswith("het"):
        yield noun[:-2]


_SHORTEST_DEFINITE = 6
_NOT_PLURAL = frozenset(("fois", "mois"))
# Words of other languages that would become another word, as "median" would "media".
_NOT_DEFINITE = frozenset(("german", "median", "partisan", "ticket"))

_Readings = Callable[[str, str], Iterator[str]]
_OTHER_READINGS: dict[str, _Readings] = {
    "en": _no_other_readings,
    "fr": _french_readings,
    "de": _german_readings,
    "sv": _swedish_readings,
}


class _Stemmers(threading.local):
    """The Snowball stemmers of one thread: a stemmer must not be used by two at once."""

    def __init__(self) -> None:
        self.by_language: list[tuple[int, frozenset[str], Callable[[str], str], _Readings]] = [
            # 0 switches off the stemmer's own cache: `keys` has one.
            (
                LANGUAGE_BITS[code],
                _ACCENTED[code],
                Stemmer.Stemmer(algorithm, 0).stemWord,
                _OTHER_READINGS[code],
            )
            for code, algorithm in _ALGORITHMS.items()
        ]


_stemmers = _Stemmers()


# Arabic: light10 of L. S. Larkey, L. Ballesteros and M. E. Connell, "Light Stemming for Arabic
# Information Retrieval", in: Arabic Computational Morphology, Springer 2007, pp. 221-243. It cuts
# "and", the article and ten endings. What differs here finds more of what is asked in xquad-ar and
# arcd-ar (mean reciprocal rank .915 -> .932 and .795 -> .804 all together):
# - a stem keeps three letters, where light10 leaves two after an ending;
# - the accusative alef, the pronouns هم and هما, and the ت into which a pronoun turns ta marbuta
#   are endings too;
# - the prepositions ب and ل before a word of four letters and more are cut, besides the word as is;
# - a word that begins with و is also kept whole; so is one that begins with الت, which may be no
#   article ("التزام"); an article has no hamza ("ألمانيا");
# - some frequent words are known to begin or end with such letters of their own ("وقاية", "قانون").
_SHORTEST_STEM = 3
_SHORTEST_AFTER_ARTICLE = 2
_ARTICLE = re.compile("[وبكف]?ال|لل")
_HAMZA_ALEFS = frozenset("أإآ")
_PREPOSITIONS = frozenset("بل")
_SHORTEST_AFTER_PREPOSITION = 4
_ENDINGS = ("هما", "هم", "ها", "ا", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_ENDINGS_IN_N = frozenset(("ان", "ون", "ين"))
_PRONOUNS = frozenset(("هما", "هم", "ها", "ه"))
_TO_THE = re.compile("(و?ل)([اأإآ])ل")
_HAMZA_CARRIERS = re.compile("[ؤئ]|(?<=ي)أ")


def _arabic_keys(form: str, folded: str) -> Keys:
    found = {folded: FOLD | _ARABIC}
    readings = [folded, fold(unswapped(form))]
    if _HAMZA_CARRIERS.search(form):
        # Writers differ in the carrier ("مسؤول", "مسئول"; "قراءة", "قرائة"; "هيئة", "هيأة").
        readings.append(fold(_HAMZA_CARRIERS.sub("ء", form)))
    if _TO_THE.match(form):
        # "لألطفال" for "للأطفال": `unswapped` turns round the end of the word too.
        readings.append(fold(_TO_THE.sub(r"\1ل\2", form)))
    for reading in dict.fromkeys(readings):
        for stem in _arabic_stems(form, reading):
            _add(found, stem, _ARABIC)
    return tuple(found.items())


def _arabic_stems(form: str, folded: str) -> Iterator[str]:
    has_pronoun = form[-1] != "ة"
    start = 0
    if folded[0] == "و" and len(folded) > _SHORTEST_STEM:
        whole = _without_endings(folded, has_pronoun)
        if whole in _OWN_BEGINNING:
            yield whole
            return
        start = 1
    article = _ARTICLE.match(folded, start)
    if (
        article
        and len(folded) - article.end() >= _SHORTEST_AFTER_ARTICLE
        and form[article.end() - 2] not in _HAMZA_ALEFS
    ):
        yield _without_endings(folded[article.end() :], has_pronoun)
        if folded.startswith("الت", article.end() - 2):
            yield _without_endings(folded[start:], has_pronoun)
        return
    if start:
        yield whole
    word = folded[start:]
    stem = _without_endings(word, has_pronoun)
    yield stem
    if (
        word[0] in _PREPOSITIONS
        and len(word) > _SHORTEST_AFTER_PREPOSITION
        and stem not in _OWN_BEGINNING
    ):
        yield _without_endings(word[1:], has_pronoun)


def _without_endings(word: str, has_pronoun: bool) -> str:
    for ending in _ENDINGS:
        if not word.endswith(ending) or len(word) - len(ending) < _SHORTEST_STEM:
            continue
        if ending in _ENDINGS_IN_N and word in _OWN_ENDING:
            continue
        word = word.removesuffix(ending)
        if (
            has_pronoun
            and ending in _PRONOUNS
            and len(word) > _SHORTEST_STEM
            and word[-1] == "ت"
            and word[-2] != "ا"
        ):
            word = word[:-1]
    return word


_OWN_ENDING = frozenset(
    fold(word)
    for word in (
        "قانون قوانين تعاون إنسان برلمان لبنان فلسطين ميدان ميادين عنوان عناوين رمضان سلطان ميزان "
        "عدوان إدمان إيمان إحسان برهان فقدان حرمان سرطان ديوان مهرجان أديان ألوان مضمون تمكين "
        "تأمين تكوين تدوين تحسين تخمين تضمين تعيين تمرين تلفزيون مليون مسكين مخزون"
    ).split()
)
_OWN_BEGINNING = frozenset(
    _without_endings(fold(spelled), has_pronoun=False)
    for word in (
        "واجب واد واسع واقع والد وباء وتيرة وثيق وثيقة وثائق وجبة وجهة وجود وحدة وحيد وديعة "
        "وراثة وراء ورثة ورشة ورقة وزارة وزراء وزير وساطة وسام وسائل وسيط وسيلة وصاية وصفة "
        "وصمة وصول وصية وضوح وضعية وطني وطنية وظائف وظيفة وظيفي وعود وعاء وفاء وفاة وفود وفير "
        "وقائع وقاية وقائي وقود وقوع وكالة وكلاء وكيل ولاء ولاية ولادة وليد وهمي "
        "باحث بحوث بداية بدائل براءة برامج برلمان برنامج بسيط بسيطة بطالة بطولة بعد بعيد بلاغ بلد "
        "بلدية بلوغ بنية بوابة بيان بيانات بيئة بين بينما "
        "لاجئ لاحق لازم لاعب لائحة لبنان لجان لجنة لدى لغة لقاء لوائح لوحة"
    ).split()
    for spelled in (word, _HAMZA_CARRIERS.sub("ء", word))
)
