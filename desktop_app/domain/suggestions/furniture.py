"""Lines of a title page that are not its title: dates, series, numbers, bodies, addresses."""

import re
import unicodedata

from ..text import forms
from ..titles import choose_title, clean_line
from .months import MONTHS, YEAR


def _bare(text: str) -> str:
    """Return `text` without accents: capitals are often printed without them."""
    return re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", text))


def _without_accents(pattern: str) -> re.Pattern[str]:
    return re.compile(_bare(pattern), re.IGNORECASE)


_SERIES = re.compile(
    r"""(?: .{0,60}\b(?:working|discussion|policy|research|occasional|technical|briefing)[ ]
          (?:paper|brief|note|report)s?\b .{0,40}\d .{0,20}
        | .{0,60}\b(?:paper|report|evaluation|bulletin|rapport|bericht|publication)\ series\b.{0,40}
        | .{0,20}(?:series|reihe|serie|série|bulletin|سلسلة)\s .{0,20} \d .{0,20}
        | \d{0,6}\s? bulletin \s?\d{0,6}
        | (?:final\s|interim\s|draft\s|internal\s|evaluation\s|main\s|full\s|synthesis\s|summary\s
            |technical\s|annual\s|inception\s)*
          (?:report|evaluation|overview|summary)
        | (?:rapport|bericht|report|rapporten)\s\d{4}[:/]\d{1,4}
        | (?:rapport\s(?:final|principal|d[’']évaluation|de\ssynthèse|annuel)|(?:end|schluss|
            abschluss|zwischen|evaluations)bericht|slutrapport|delrapport|utvärderingsrapport
            |التقرير\s(?:النهائي|الختامي|السنوي)|تقرير\s(?:نهائي|ختامي|التقييم))
        | .{0,30}(?:report|rapport|bericht|publication|document|dokument|stock)\s?
            (?:no|nr|n°|number|nummer|numéro)\b .{0,30}
        | (?:no|nr|n°|vol|volume|issue|band|heft|tome|numéro|العدد|رقم)\b\.?\s? .{0,3}\d .{0,20}
        | (?:doi|isbn|issn|dnr|diarienummer|ref|reference|aktenzeichen|az|urn)\b .{0,80}
        | draft | entwurf | brouillon | utkast | مسودة | working\sdraft | confidential
        | public\sdisclosure\sauthorized .{0,200}
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_PAGE_MARK = re.compile(
    r"(?:[-–|\[( ]{0,4}(?:page|seite|sida|p|s|صفحة|ص)?[ .|:]{0,4}(?:\d{1,5}|[ivxlc]{1,7})"
    r"(?: ?(?:of|de|von|av|/|من) ?\d{1,5})?[-–|\]) ]{0,4})",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"https?:|www\.|@|\btel\b|\bfax\b|telephone|téléphone|telefon|\bp\.? ?o\.? ?box\b|\bb\.? ?p\.? "
    r"?\d|\bstreet\b|\bavenue\b|\brue\b|stra(?:ß|ss)e\b|\bcase postale\b|postfach|هاتف|ص\.ب"
    r"|\b[a-z0-9-]{2,40}\.(?:org|com|net|gov|int|edu|se|de|fr)\b",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"©|\(c\) ?\d|copyright|all rights|some rights|licen[cs]e|lizenz|droits réservés"
    r"|creative commons|electronic copy|alle rechte|printed (?:in|on)|حقوق",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    rf"[^\w]{{0,3}}(?:\d{{1,2}}\W{{1,3}})?(?:{MONTHS})\W{{0,3}}(?:\d{{1,2}}\W{{1,3}})?{YEAR}\W{{0,3}}"
    rf"|\d{{1,2}}[./-]\d{{1,2}}[./-]{YEAR}|{YEAR}-\d\d-\d\d|\W{{0,3}}{YEAR}(?:[-–/]\d{{2,4}})?\W{{0,3}}"
    rf"|[^\W\d][^\d,]{{1,25}}, ?{YEAR}|\d{{1,2}} {YEAR}",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"[\s,–-]{0,3}[(\[]?\b(?:version|v\.?|revision|edition|ausgabe|utgåva|الإصدار)\s?"
    r"\d[\d.]{0,12}[a-z]?\b[)\]]?(?:\s?[(/,–—-].{0,60})?$",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:translated|edited|written|prepared|conducted|compiled|published|commissioned|funded"
    r"|supported|presented|submitted|typescript|photo\w{0,8}|cover|authors?|editors?)\b.{0,200}"
    r"|(?:by|von|par|av|übersetzt|herausgegeben|verfasst|erstellt|traduit|rédigé|réalisé|översatt"
    r"|skriven|framtagen|auteurs?|autor(?:en|in)?|författare|a partnership)\s.{0,200}"
    r"|(?:إعداد|تأليف|ترجمة|بقلم|أعده|تحرير|المؤلف)\b.{0,200}",
    re.IGNORECASE,
)
_VERSION_LINE = re.compile(r"\W{0,3}(?:version|v\.|rev\.|utgåva|الإصدار)\s?\d", re.IGNORECASE)
_BODY = _without_accents(
    r"\b(?:universit\w{1,6}|universidad|institut\w{0,5}|ministr\w{1,4}|ministère|ministerium\w?"
    r"|ministeriet|departement\w?|department|bureau|offices?|agency|agence|commission|council"
    r"|conseil|centre|center|zentrum|centrum|bank|foundation|fondation|stiftung|stiftelsen?"
    r"|association|verein|förening|school of|faculty|fakultät|bundesamt|landesamt|behörde"
    r"|myndighet\w{0,2}|kommun(?:en|er)?|länsstyrelse\w?|organi[sz]ation|republic of|république"
    r"|government of|regierung|kingdom of|united nations|gmbh|ltd|inc|e\. ?v|ngo|committee|division"
    r"|unit|secretariat|authority|journal of|revue|zeitschrift|tidskrift|trust"
    r"|partnership|consulting|service)\b"
    r"|وزارة|جامعة|معهد|مؤسسة|مركز|المملكة|الجمهورية|جمهورية|هيئة|جمعية|منظمة|بلدية|مديرية|مجلس|كلية",
)
_BODY_FIRST = _without_accents(
    r"(?:the\s)?(?:[\w’'-]{2,20}\s){0,2}(?:institute?|ministry|ministère|ministerium|department"
    r"|bureau|office|agency|agence|commission|council|centre|center|university|université"
    r"|universität|universitet|faculty|school|foundation|association|committee|division)\s"
    r"(?:of|for|de|du|des|für|der|pour|för)\b",
)
_GENRE = _without_accents(
    r"\b(?:evaluat\w{2,4}|assessment|survey|study|studies|report on|review|analysis|analy[sz]ing"
    r"|impact|effect\w{0,6}|guide|handbook|manual|toolkit|training|programme|program|project"
    r"|strateg\w{1,5}|policy|framework|lessons|évaluation|enquête|étude|rapport sur|analyse|guide"
    r"|manuel|programme|projet|stratégie|bilan|evaluierung|evaluation\w{0,3}|studie|erhebung"
    r"|untersuchung|leitfaden|handbuch|projekt\w{0,2}|modellprojekt\w{0,2}|wirkung\w{0,3}|bericht"
    r"|utvärdering\w{0,2}|undersökning\w{0,2}|kartläggning|handbok|vägledning|uppföljning"
    r"|prevent\w{2,4}|prävention\w{0,2}|prévention|förebygg\w{1,4}|radicali[sz]ation|extremism\w?)\b"
    r"|تقييم|تقويم|دراسة|مسح|تحليل|دليل|برنامج|مشروع|أثر|استراتيجية|مراجعة|تقرير",
)
_YEARLY = _without_accents(
    r"\b(?:survey|census|index|barometer|yearbook|statistics|enquête|recensement|baromètre"
    r"|annuaire|erhebung|umfrage|befragung|monitor|jahrbuch|undersökning\w{0,3}|enkät|årsbok)\b"
    r"|مسح|تعداد|مؤشر",
)
_PART = re.compile(
    r"(?:phase|module|modul|volume|part|partie|teil|del|section|chapter|chapitre|kapitel|annex"
    r"|annexe|anhang|bilaga|appendix|lesson|course|figure|table|box|المرحلة|الجزء|الفصل|الباب|ملحق"
    r"|الجدول|الشكل)\s?(?:name\b|[\divxlc]{1,4}\b|[a-z]\b)?\s{0,2}[:.–-]?\s?",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"\\|^\S+\.\w{2,4}$|^[\[<].*[\]>]$|^pdf, job|^[0-9a-f]{16,}$|\.(?:docx?|xlsx?|pptx?|indd)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:[ivx]{1,4}\.|\d{1,2}(?:\.\d{1,2}){1,3}\.?|\d{1,2}\.|[12])\s+\S", re.IGNORECASE
)
_SECTION = re.compile(
    r"(?:(?:the\s)?(?:introduction|contents|table of contents|list of [\w ]{3,20}|preface|foreword"
    r"|acknowledge?ments?|abstract|keywords?|summary|executive summary|abbreviations|glossary"
    r"|collaborators|revision history|background|objectives?|methodology|methods?|results|findings"
    r"|conclusions?|recommendations|references|about (?:us|this [\w ]{3,30})|notes?|disclaimer"
    r"|einleitung|inhalt\w{0,12}|vorwort|zusammenfassung|kurzfassung|impressum|mitwirkende"
    r"|abkürzungsverzeichnis|abbildungsverzeichnis|tabellenverzeichnis|versionsgeschichte"
    r"|sommaire|table des matières|liste des [\w ]{3,20}|avant-propos|résumé|remerciements"
    r"|sigles et abréviations|innehåll\w{0,15}|inledning|förord|sammanfattning)"
    r"|ال?مقدمة|تمهيد|ال?فهرس|ال?محتويات|قائمة المحتويات|ملخص|ملخص تنفيذي|الملخص التنفيذي"
    r"|شكر وتقدير|المراجع)\s?:?",
    re.IGNORECASE,
)
_CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĲĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽ]"
_NAME_WORD = rf"(?:{_CAPITAL}[^\W\d_]?[\w’'-]{{1,20}}|{_CAPITAL}\.)"
_PARTICLE = r"(?:van|von|de|der|den|da|di|du|la|le|el|al|bin|ibn|af|och|dos|del)"
_SUFFIX = r"(?:,? (?:Jr|Sr|PhD|MD|Dr|MSc|MA)\.?)?"
NAME = rf"{_NAME_WORD}(?: (?:{_PARTICLE} )?{_NAME_WORD}){{1,3}}{_SUFFIX}"
"""Matches a name of two to four words in Latin letters."""
_NAMES = re.compile(
    rf"{NAME}(?:(?:, and |, et |, und |, |; | and | & | et | und | och ){NAME}){{0,8}},?"
)
_SERIES_PREFIX = re.compile(
    r".{0,40}\b(?:paper|report|brief|rapport|bericht)s?(?: series)?,?(?: no\.?| nr\.?| n°)?"
    r" [\d/.:]{1,12}\s?[-–—:]\s?(?=\w{3})",
    re.IGNORECASE,
)
_FOOTNOTE_SIGNS = "*∗†‡§¶⁎✻¹²³⁴⁵⁶⁷⁸⁹"
_GLUED_FOOTNOTE = re.compile(r"(?<=[^\W\d_]{3})\d(?=$|[ ,])")


def is_presentable(text: str) -> bool:
    """Return whether `text` could be a title at all: no file name, template or section word."""
    line = clean_line(text)
    words = line.split()
    if _NO_TITLE.search(line) or _PART.fullmatch(line):
        return False
    if sum(len(word) == 1 for word in words) * 2 > len(words):
        # Letters that were set apart.
        return False
    # `choose_title` falls back to the file name; there is none here.
    return (
        bool(line)
        and choose_title({"Title": line}, "", "") == line
        and not is_section(line)
        and not _PAGE_MARK.fullmatch(line)
    )


def is_furniture(line: str) -> bool:
    """Return whether a line of a title page is surely not a part of its title."""
    if len(line) > 250 or not any(map(str.isalpha, line)):
        return True
    if is_section(line) or _SERIES.fullmatch(line) or _PAGE_MARK.fullmatch(line):
        return True
    if (
        is_credit(line)
        or _VERSION_LINE.match(line)
        or (_DATE_LINE.fullmatch(line) and not has_genre(line))
    ):
        return True
    if _ADDRESS.search(line) or _RIGHTS.search(line):
        return True
    return line.endswith((":", " –")) and len(line.split()) <= 4


def is_section(line: str) -> bool:
    """Return whether a line is the heading of a usual section, or its entry in the contents."""
    return len(line) < 80 and _SECTION.fullmatch(line.rstrip("0123456789. ")) is not None


def is_credit(line: str) -> bool:
    """Return whether a line says who did something: "Translated by ..."."""
    return _CREDIT.match(line[:250]) is not None


def is_date(line: str) -> bool:
    """Return whether a line is nothing but a date, or a place and a year."""
    return len(line) < 60 and _DATE_LINE.fullmatch(line) is not None


def is_address(line: str) -> bool:
    """Return whether a line holds an address, telephone number, web page or copyright notice."""
    return _ADDRESS.search(line) is not None or _RIGHTS.search(line) is not None


def is_body(line: str) -> bool:
    """Return whether a line names a body (a ministry, a university) and not a work."""
    bare = _bare(line)
    if _BODY_FIRST.match(bare):
        return True
    return _BODY.search(bare) is not None and _GENRE.search(bare) is None


def has_genre(line: str) -> bool:
    """Return whether a line has a word for a kind of work: evaluation, survey, guide ..."""
    return _GENRE.search(_bare(line)) is not None


def is_yearly(line: str) -> bool:
    """Return whether a line names what is repeated, so that its year belongs to its name."""
    return _YEARLY.search(_bare(line)) is not None


def is_part(line: str) -> bool:
    """Return whether a line begins like the name of a part: "Phase 1:", "Module 2"."""
    found = _PART.match(line)
    return found is not None and any(map(str.isdigit, found.group()))


def is_numbered(line: str) -> bool:
    """Return whether a line begins with the number of a section."""
    return _NUMBERED.match(line) is not None


def is_names(line: str) -> bool:
    """Return whether a line holds nothing but names of people, in Latin letters."""
    bare = without_footnotes(line)
    return len(bare) < 200 and _NAMES.fullmatch(bare) is not None


def without_version(line: str) -> str:
    """Return a line of a title without the version number at its end."""
    shorter = _VERSION.sub("", line)
    return line if shorter == line else shorter.rstrip(" /,–-")


def without_series(title: str) -> str:
    """Return a title without the series and number before it: "Working Paper 12: ..."."""
    found = _SERIES_PREFIX.match(title)
    return title[found.end() :] if found else title


def without_footnotes(line: str) -> str:
    """Return a line without footnote signs and figures behind words."""
    bare = "".join(" " if sign in _FOOTNOTE_SIGNS else sign for sign in line)
    return " ".join(_GLUED_FOOTNOTE.sub("", bare).replace(" ,", ",").split())


def is_prose(line: str) -> bool:
    """Return whether a line is one of running text, as far as one can tell from it alone."""
    return len(line) > 60 and len(forms(line)) > 8
