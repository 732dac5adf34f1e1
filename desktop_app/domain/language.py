"""Which of the five languages a page is written in, told by its function words.

Function words make up a third to a half of running text and are seldom borrowed. A word that
several languages share counts for each of them by its share, and languages that resemble ours take
part only to draw their own pages away. Pages without enough running text stay undetermined.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from .text import fold, forms, is_arabic

UNDETERMINED = "und"
"""BCP 47: the language can't be told."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "ar": _words(
        """
        في من على إلى عن مع هذا هذه ذلك تلك التي الذي الذين اللذين ما لا لم لن ليس ليست أن إن أو
        ثم قد لقد كان كانت يكون تكون كما كل بعض بين بعد قبل عند عندما حيث حتى هو هي هم نحن أنا
        أنه أنها إنه له لها لهم به بها فيه فيها منه منها عليه عليها إليه إليها غير أي أية إذا
        لكن بل سوى خلال ضد تحت فوق حول دون منذ أثناء كذلك أيضا فقط هناك هنا ولا وفي ومن وعلى
        وإلى وعن ومع وهو وهي وأن وقد ولم وما وكان وكانت فإن بأن لأن مثل نحو لدى هل ماذا لماذا
        متى كيف أين كم يا أما إما إلا كلما مما عما فيما بينما
        """
    ),
    "en": _words(
        """
        the of and to in a is that for it as was with be by on not he his but at are this have
        from or had an they which one you were her all she there would their we him been has
        when who will more no if out so what up its about into than them can only other some
        could these may do any your my our such should those each how where while because
        between both through during before after must also does did being most over under very
        whether s t why whose whom us i against among within without
        """
    ),
    "fr": _words(
        """
        de la le les et des en un une du dans que est pour qui par sur au plus ne pas ce il sont
        ou avec se aux cette son sa ses ces comme être été ont nous vous leur leurs elle elles
        ils mais aussi même entre sans fait peut tout tous toute toutes si deux on y lui donc
        dont où afin ainsi selon lors après avant depuis sous chez vers très moins bien encore
        était avait sera doit doivent peuvent ceux celle celui cet quel quelle quels quelles
        comment pourquoi quand quoi combien je tu mon ma mes notre nos votre vos l d qu n s c j
        m jusqu lorsqu puisqu
        """
    ),
    "de": _words(
        """
        der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an
        werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so
        zum war haben nur oder aber vor zur bis mehr durch man sein wurde wurden sei kann können
        wenn unter ihre ihrer ihren ihr seine seiner diese dieser dieses diesem diesen eines wir
        ich was alle sowie gegen vom zwischen muss müssen soll sollen sollte doch dann da hier
        kein keine wer wo warum wann welche welcher welches wieviel ob weil damit jedoch ohne in
        bereits
        """
    ),
    "sv": _words(
        """
        och i att det som en på är av för med den till de inte om ett han men var jag sig från
        vi så kan när hade man har eller vid också efter ska skall ut över genom under mot sin
        sina sitt hon vara detta dessa denna där alla mycket bara än då nu blir blev bli blivit
        varit inom mer andra hur vad vilka vilken vilket varför vem vems ni du dem deras dess
        hans hennes finns fick får måste kunde skulle samt både mellan utan enligt sedan redan
        här hos åt upp ner någon några något ingen inga eftersom medan vår våra min din er även
        """
    ),
}
"""The commonest function and question words of each language, as `text.forms` gives them."""

_LOOKALIKES: dict[str, frozenset[str]] = {
    "es": _words(
        """
        de la que el en y a los se del las un por con no una su para es al lo como más o pero
        sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había
        era muy años hasta desde está mi porque qué sólo han yo hay vez puede todos así nos ni
        parte tiene toda
        """
    ),
    "pt": _words(
        """
        de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao
        ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso
        ela entre era depois sem mesmo aos seus quem nas me esse eles estão você toda pessoa
        """
    ),
    "it": _words(
        """
        di e il la che in un a per è una non sono si da con i le del come lo al dei della più
        alla nel anche ha gli delle dal ma se o su nella ed dalla questo suo loro essere sua ad
        ogni ai ne sul cui degli tra quale nei hanno diritto
        """
    ),
    "ca": _words(
        """
        de la i el que a en les els un per amb del una al és no es d l o com seva seu pel més
        aquest aquesta ha són tota persona té dels dret qualsevol ni als si entre ser sense
        altres
        """
    ),
    "ro": _words(
        """
        de și în la a să cu nu pe o din care este un ce se mai prin pentru sau sunt fi orice
        dreptul al ale lui ca are că după fără către între acest această persoană
        """
    ),
    "nl": _words(
        """
        de van het een en in is dat op te zijn met voor niet aan er die om ook als bij door nog
        naar uit dan worden wordt werd maar over tot deze heeft hij of hebben kan ze zich geen
        moet haar al wel meer was zo hun dit tegen onder ieder recht
        """
    ),
    "af": _words(
        """
        die van en in is het wat te nie dat op met vir om aan hy sy as deur ook by kan of word
        daar uit moet hulle was tot maar elke ander sal reg enige wees
        """
    ),
    "da": _words(
        """
        og i at er det en til af på som for den de med et ikke der han var har om fra men eller
        også kan skal blev være efter når ud over ved hvor hvad sig sin bliver mod under enhver
        ret anden denne dette vil deres nogen ham hun jeg vi nu må havde op ind noget alle ingen
        uden hans
        """
    ),
    "no": _words(
        """
        og i det er som en til på av for at den de med et ikke han var har om fra men eller også
        kan skal ble være etter når ut over ved hvor hva seg sin blir mot under enhver rett
        annen denne dette vil deres noen ham hun jeg vi nå må hadde opp inn noe alle ingen uten
        hans ein ikkje frå å eit dei vere nokon sine
        """
    ),
    "is": _words(
        """
        og að í er á sem til um við með fyrir en af ekki það hann var eða frá skal
        """
    ),
    "fi": _words(
        """
        ja on ei että se hän oli mutta ovat tai kun niin myös joka sen ole sekä jos kuin
        jokaisella
        """
    ),
    "pl": _words(
        """
        i w na z do nie się że to jest o jak za po od przez lub oraz dla prawo są
        """
    ),
    "tr": _words(
        """
        ve bir bu da de için ile olarak çok en daha olan gibi her ne kadar veya hak ya ki
        """
    ),
    "lb": _words(
        """
        an de vun op den ass mat fir déi dat net eng huet sinn och d all oder gëtt ze
        """
    ),
    "ht": _words(
        """
        yo nan ki pou li se moun pa gen ak tout yon la sa fè nou oswa dwa chak
        """
    ),
    "fa": _words(
        """
        در به از که این را است با برای آن یک می های شده شود خود تا یا هر کرد بر او نیز اند باشد
        ما هم ها دارد باید بود همه چه اگر کند کنند هیچ حق
        """
    ),
    "ur": _words(
        """
        کے کی میں ہے اور سے کا کو اس ہیں کہ نے پر یا ہر یہ ایک بھی نہیں جو تھا لئے لیے ان ہو کسی
        گا گی حق تو وہ اپنے کوئی
        """
    ),
    "ku": _words(
        """
        لە و بۆ بە کە هەر یان ئەم لەگەڵ ئەو هەموو کەس مافی
        """
    ),
    "ps": _words(
        """
        د په او چې کې له ته دی هر سره يو دا څوک يا حق شي نه لري
        """
    ),
    "ug": _words(
        """
        ۋە بىر ئۇ بىلەن ھەر ئۈچۈن بۇ بولغان ياكى
        """
    ),
    "sd": _words(
        """
        جي ۾ جو کي ۽ جا کان هر آهي سان ان يا ڪنهن حق
        """
    ),
}

_LONGEST_SAMPLE = 12_000
_ARABIC_WORDS = 300
_ARABIC_FIRST, _ARABIC_LAST = "\u0600", "\u08ff"
_ARABIC_ARTICLES = ("ال", "اال", "األ", "اإل", "وال", "بال")
_ARTICLE_WEIGHT = 0.5
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_LEAST_WORDS = 12
_LEAST_DISTINCT = 3
_LEAST_SCORE = 4.0
_LEAST_SHARE = 0.12
_LEAST_LEAD = 1.2
_MAIN_FRACTION = 5


def detect_language(text: str) -> str:
    """Return "ar", "en", "fr", "de" or "sv" for the language of a page's text, or "und".

    Looks at the first 12,000 characters (about 2,000 words). Figures, lists of names, very short
    texts, pages half in one language and half in another, and all other languages give "und".
    """
    sample = text[:_LONGEST_SAMPLE].lower().replace("’", " ").replace("'", " ")
    # Splitting at spaces is quick and enough for running text. Where it does not decide, figures,
    # dot leaders and formulas may have hidden the words, so these alone are looked at again.
    return _decide(sample.split()) or _decide(_LETTERS.findall(sample)) or UNDETERMINED


def document_languages(pages: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """Return the main languages of a document, the one with most characters first.

    `pages` gives the language of each page and its number of characters. A main language has at
    least a fifth of the characters whose language is known; () where none is.
    """
    characters: Counter[str] = Counter()
    for language, count in pages:
        if language != UNDETERMINED:
            characters[language] += count
    known = characters.total()
    return tuple(
        code
        for code, count in characters.most_common()
        if count and count * _MAIN_FRACTION >= known
    )


def _decide(words: list[str]) -> str | None:
    if len(words) < _LEAST_WORDS:
        return None
    scores: dict[str, float] = defaultdict(float)
    articles = 0
    every_eighth = words[::8]
    if 2 * len(_arabic(every_eighth)) > len(every_eighth):
        words = forms(" ".join(_arabic(words)[:_ARABIC_WORDS]))
        articles = sum(word.startswith(_ARABIC_ARTICLES) for word in words)
        scores["ar"] = _ARTICLE_WEIGHT * articles
    found = Counter(filter(_WEIGHTS.__contains__, words))
    for word, count in found.items():
        for language, weight in _WEIGHTS[word]:
            scores[language] += weight * count
    ranked = sorted(scores, key=scores.__getitem__, reverse=True)
    if not ranked or ranked[0] not in FUNCTION_WORDS:
        return None
    best = ranked[0]
    rival = scores[ranked[1]] if len(ranked) > 1 else 0
    if scores[best] < max(_LEAST_SCORE, _LEAST_SHARE * len(words), _LEAST_LEAD * rival):
        return None
    # One word over and over ("min" in a table of minutes) is no language.
    distinct = sum(any(language == best for language, _ in _WEIGHTS[word]) for word in found)
    distinct += articles >= _LEAST_DISTINCT
    return best if distinct >= _LEAST_DISTINCT else None


def _arabic(words: list[str]) -> list[str]:
    return [word for word in words if _ARABIC_FIRST <= word[0] <= _ARABIC_LAST]


def _spellings(word: str) -> set[str]:
    # PDF fonts and sloppy typing exchange the Arabic and Persian ya, kaf and ha and drop hamzas.
    return {word, fold(word), word.translate(_PERSIAN)}


def _weigh() -> dict[str, tuple[tuple[str, float], ...]]:
    languages: dict[str, set[str]] = defaultdict(set)
    for language, words in {**FUNCTION_WORDS, **_LOOKALIKES}.items():
        for word in words:
            for spelling in _spellings(word) if is_arabic(word) else (word,):
                languages[spelling].add(language)
    return {
        word: tuple((language, 1 / len(shared)) for language in sorted(shared))
        for word, shared in languages.items()
        if word not in _ELIDED
    }


# Left of contracted words; other languages and formulas are full of such letters.
_ELIDED = frozenset("cjmnst")
_PERSIAN = str.maketrans("يىكه", "ییکھ")
_WEIGHTS = _weigh()
