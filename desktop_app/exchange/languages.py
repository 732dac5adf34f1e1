"""Names of languages, as bibliographies write them, to their codes."""

import re
import unicodedata

_TABLE = """
ar ara arabic arabe arabisch arabiska العربية عربي
bg bul bulgarian bulgare bulgarisch bulgariska български
bs bos bosnian bosniaque bosnisch bosniska bosanski
ca cat catalan katalanisch katalanska català
cs cze ces czech tcheque tschechisch tjeckiska čeština
da dan danish danois danisch danska dansk
de ger deu german germanb ngerman naustrian nswissgerman austrian swissgerman allemand
de deutsch tyska الألمانية
el gre ell greek polutonikogreek grec griechisch grekiska ελληνικά
en eng english american british usenglish ukenglish canadian australian anglais
en englisch engelska الإنجليزية
es spa spanish espagnol spanisch spanska español castellano
et est estonian estonien estnisch estniska eesti
fa per fas persian farsi persan persisch persiska فارسی
fi fin finnish finnois finnisch finska suomi
fr fre fra french francais acadian canadien franzosisch franska الفرنسية
he heb hebrew hebreu hebraisch hebreiska עברית
hi hin hindi
hr hrv scr croatian croate kroatisch kroatiska hrvatski
hu hun hungarian magyar hongrois ungarisch ungerska
is ice isl icelandic islandais islandisch islandska íslenska
it ita italian italien italienisch italienska italiano
ja jpn japanese japonais japanisch japanska 日本語
ko kor korean coreen koreanisch koreanska 한국어
ku kur kurdish kurde kurdisch kurdiska kurdî
lt lit lithuanian lituanien litauisch litauiska lietuvių
lv lav latvian letton lettisch lettiska latviešu
mk mac mkd macedonian macedonien mazedonisch makedonska македонски
nl dut nld dutch neerlandais niederlandisch nederlandska hollandska nederlands
no nor norwegian norsk norvegien norwegisch norska
nb nob bokmal
nn nno nynorsk
pl pol polish polonais polnisch polska polski
ps pus pashto
pt por portuguese brazilian brazil portuges portugais portugiesisch portugisiska português
ro rum ron romanian roumain rumanisch rumanska română
ru rus russian russe russisch ryska русский
sk slo slk slovak slovaque slowakisch slovakiska slovenčina
sl slv slovenian slovene slowenisch slovenska slovenščina
so som somali somalisch somaliska
sq alb sqi albanian albanais albanisch albanska shqip
sr srp scc serbian serbe serbisch serbiska srpski српски
sv swe swedish suedois schwedisch svenska السويدية
tr tur turkish turc turkisch turkiska türkçe
uk ukr ukrainian ukrainien ukrainisch ukrainska українська
ur urd urdu ourdou
vi vie vietnamese
zh chi zho chinese chinois chinesisch kinesiska 中文
"""
_PARTS = re.compile(r"[;,/؛،|&\n]|\s(?:and|et|und|och)\s")
_ASIDE = re.compile(r"\([^()]*\)")
_CODE = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{1,8}){0,4})")


def split_languages(text: str) -> list[str]:
    """Return the parts of a text that names one language or several."""
    return [part.strip() for part in _PARTS.split(text) if part.strip()]


def language_code(text: str) -> str | None:
    """Return the BCP 47 code of a language; None for an unknown one.

    Understood are codes of two and three letters with their regions and scripts (eng, de_AT), and
    the names of 45 languages in English, French, German, Swedish and of their own, as BibLaTeX
    has them too (ngerman).
    """
    name = _key(_ASIDE.sub("", text))
    if name in _CODES:
        return _CODES[name]
    match = _CODE.fullmatch(text.strip())
    if match is None:
        return None
    first = match[1].lower()
    if len(first) == 3 and first not in _CODES and not match[1].islower():
        return None
    parts = [part for part in re.split("[-_]", match[2]) if part]
    return "-".join([_CODES.get(first, first), *map(_subtag, parts)])


def _subtag(text: str) -> str:
    if len(text) == 2 and text.isalpha():
        return text.upper()
    return text.title() if len(text) == 4 and text.isalpha() else text.lower()


def _key(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_CODES = {
    _key(name): line.split()[0]
    for line in _TABLE.strip().splitlines()
    for name in line.split()
}  # fmt: skip
