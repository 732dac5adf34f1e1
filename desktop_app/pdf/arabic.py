"""How well Arabic was read, and the repairs that are certain.

PDF files keep glyphs, not letters, and each producer of Arabic ones has its own way to lose the
order of the letters. A page is judged by its words: common words and words with the article are
half of any Arabic text, and hardly a word of it is one of those when read backwards.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

_LETTER = "\u0620-\u063f\u0641-\u064a\u0671-\u06d3"
_MARKS = "\u064b-\u065f\u0670"
_BLANK_BEFORE_MARK = re.compile(rf"(?<=[{_LETTER}]) +(?=[{_MARKS}])")
_ANY_LETTER = re.compile(f"[{_LETTER}]")
_WORD = re.compile(f"[{_LETTER}]{{2,}}")
_NOT_LETTERS = re.compile(f"[\u0640{_MARKS}]")
# Words end in ta marbuta or alef maqsura, none begins with them.
_IMPOSSIBLE = re.compile(f"(?<![{_LETTER}])[ةى](?=[{_LETTER}])")
_STRAY_MARK = re.compile(f"(?<![{_LETTER}\u0640{_MARKS}])[{_MARKS}]")
_FOREIGN = re.compile("[\u0250-\u03ff]")
_RUN = re.compile(f"[{_LETTER}](?:[{_LETTER}{_MARKS} \u0640،؛؟.:,!]*[{_LETTER}{_MARKS}])?")
_LEFT_TO_RIGHT_RUN = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u0660-\u0669][\w.,:/%@+-]*\w|\w")
_SWAPPED_ARTICLE = re.compile("(?<![\u0620-\u065f\u0670-\u06d3])([وفبك]?)ا([اأإآ])ل")
_PERSIAN_OR_URDU = re.compile("[پچژگٹڈڑںےۓ]")
_CARRIERS = str.maketrans("أإآٱىیھ", "ااااييه")
_TO_ARABIC = str.maketrans({"ی": "ي", "ھ": "ه", "ک": "ك"})
_PERSIAN_FORM = re.compile(f"ی(?=[{_LETTER}{_MARKS}])|[ھک]")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_BRACKET = re.compile("[()\\[\\]{}«»]")
_CLOSING = {"(": ")", "[": "]", "{": "}", "«": "»"}
_ARTICLES = ("ال", "وال", "بال", "لل", "فال", "كال")
_SHORTEST_WITH_ARTICLE = 5
_SAMPLE = 6_000
_ENOUGH_WORDS = 20
_POOR_SCORE = 0.15
_COMMON = frozenset(
    (
        "في من على ان او مع كان عن بعد بين هو حيث هي ما كانت كما ذلك هذا هذه تم خلال وهو قبل لا كل"
        " ايضا وقد حتى اكثر قد وفي انه ثم غير اول اي مثل منذ وهي والتي عدد بشكل لم ومن له لها بعض"
        " اخرى يمكن دولة مما اما فيها بها مرة هناك تلك حوالي فيه عند يتم فان تحت جميع انها عليه"
        " عبر مجموعة منها احد عندما سنوات كم تكون به لكن يكون عليها نظام ولكن اخر وذلك واحدة معظم"
        " بما فيما عدم دول مختلفة واحد عدة ذات بسبب وجود اذا دون كبيرة يوم فترة نهاية بينما نسبة"
        " وعلى لان فقط استخدام بداية نفس يعد كذلك تعتبر عملية اثناء عمل حسب لهم لدى لقد ولم منهم"
        " لكل بناء تاريخ درجة قانون مدينة منطقة جديدة قسم مادة فصل صفحة الى التي الذي الذين عليهم"
    )
    .replace("ى", "ي")
    .split()
)


@dataclass(frozen=True, slots=True)
class Reading:
    """How the Arabic words of a text read.

    `words` counts words of two letters and more, `forward` those that are common or have the
    article, `mirrored` those that are so when read backwards, `impossible` those that begin with a
    letter which no word begins with. `stray` counts vowel signs without a letter, `foreign` letters
    of scripts that share no text with Arabic.
    """

    words: int = 0
    forward: int = 0
    mirrored: int = 0
    impossible: int = 0
    stray: int = 0
    foreign: int = 0

    @property
    def backwards(self) -> bool:
        """Return whether the letters stand in the order of the page, from left to right."""
        against = self.mirrored + self.impossible
        return self.mirrored >= 2 and against >= 4 and against > 3 * self.forward

    @property
    def scattered(self) -> bool:
        """Return whether the letters lie about so that most words can't be made out."""
        against = self.impossible + self.stray
        return against >= 5 and against * 4 > self.words

    @property
    def poor(self) -> bool:
        """Return whether another engine may read the page better."""
        if (self.impossible + self.stray + self.foreign) * 8 > self.words:
            return True
        return self.words >= _ENOUGH_WORDS and self.score < _POOR_SCORE

    @property
    def score(self) -> float:
        """Return the share of words that read well less those that can't be; 1 is the best."""
        against = self.mirrored + self.impossible + self.stray + self.foreign
        return (self.forward - against) / max(1, self.words)


def has_arabic(text: str) -> bool:
    """Return whether there is an Arabic letter in the text."""
    return not text.isascii() and _ANY_LETTER.search(text) is not None


def judge(text: str) -> Reading:
    """Return how the Arabic words of `text` read, by the first thousand of them or so."""
    sample = text[:_SAMPLE]
    stray = len(_STRAY_MARK.findall(sample))
    foreign = len(_FOREIGN.findall(sample))
    sample = _NOT_LETTERS.sub("", sample)
    impossible = len(_IMPOSSIBLE.findall(sample))
    words = _WORD.findall(sample.translate(_CARRIERS))
    forward = mirrored = 0
    for word in words:
        if _is_usual(word):
            forward += 1
        elif _is_usual(word[::-1]):
            mirrored += 1
    return Reading(len(words), forward, mirrored, impossible, stray, foreign)


def repair(text: str) -> tuple[str, int, Reading]:
    """Return `text` with what is certain put right, the number of repairs, and how it reads then.

    Letters in the order of the page are turned round, lam-alef swapped after the article is put
    right, and a vowel sign loses the blank before it. Brackets that were kept by their looks, and
    forms of letters that only Persian and Urdu need, become those that are meant; that counts as no
    repair.
    """
    reading = judge(text)
    repairs = 0
    if reading.backwards:
        text = "\n".join(map(_turn, text.split("\n")))
        reading = judge(text)
        repairs = 1
    text, swaps = _SWAPPED_ARTICLE.subn(r"\1ال\2", text)
    text, blanks = _BLANK_BEFORE_MARK.subn("", text)
    if _PERSIAN_FORM.search(text) and not _PERSIAN_OR_URDU.search(text):
        text = _PERSIAN_FORM.sub(lambda form: form.group().translate(_TO_ARABIC), text)
    if _BRACKET.search(text):
        text = "\n".join(map(_right_brackets, text.split("\n")))
    reading = replace(reading, stray=max(0, reading.stray - blanks))
    return unicodedata.normalize("NFC", text), repairs + swaps + blanks, reading


def _is_usual(word: str) -> bool:
    return word in _COMMON or (len(word) >= _SHORTEST_WITH_ARTICLE and word.startswith(_ARTICLES))


def _right_brackets(line: str) -> str:
    """Return an Arabic line with its brackets mirrored if only so they pair up."""
    brackets = _BRACKET.findall(line)
    if not brackets:
        return line
    if len(_ANY_LETTER.findall(line)) * 2 < sum(character.isalpha() for character in line):
        return line
    mirrored = [bracket.translate(_MIRRORED) for bracket in brackets]
    return line.translate(_MIRRORED) if _pairs(mirrored) > _pairs(brackets) else line


def _pairs(brackets: list[str]) -> int:
    """Return how many of the brackets, taken in order, are closed by their partner."""
    found = 0
    opened: list[str] = []
    for bracket in brackets:
        if bracket in _CLOSING:
            opened.append(_CLOSING[bracket])
        elif opened and opened[-1] == bracket:
            opened.pop()
            found += 1
    return found


def _turn(line: str) -> str:
    """Return a line from left to right in the order in which it is read."""
    arabic = len(_ANY_LETTER.findall(line))
    if not arabic:
        return line
    reading = judge(line)
    if reading.forward > reading.mirrored + reading.impossible:
        return line
    if arabic * 2 < sum(character.isalpha() for character in line):
        return _RUN.sub(lambda run: run.group()[::-1], line)
    turned = line[::-1].translate(_MIRRORED)
    return _LEFT_TO_RIGHT_RUN.sub(
        lambda run: run.group() if _ANY_LETTER.search(run.group()) else run.group()[::-1], turned
    )
