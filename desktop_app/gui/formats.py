"""Numbers, dates, sizes and the words for coded values, in the language of the window.

Numbers follow `QLocale()`, the default locale that the application sets. Names that may run in
the other direction are isolated, so that they can't reorder the sentence around them.
"""

import unicodedata
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject, Qt

from desktop_app.domain.exchange.headings import LANGUAGES
from desktop_app.domain.extraction import Refusal
from desktop_app.domain.imports import Outcome
from desktop_app.domain.records import Access, DocumentRole, Kind, NoText, TextHealth
from desktop_app.domain.translation import QT_TRANSLATE_NOOP

FSI, PDI = "\u2068", "\u2069"
LRM, RLM = "\u200e", "\u200f"
"""Marks that isolate a part of a text, and that make a text run from the left or the right."""
_STRONG_RTL = {"R", "AL"}
SEPARATOR = " · "

KINDS = {
    Kind.EVALUATION: QT_TRANSLATE_NOOP("Kinds", "Evaluation"),
    Kind.EVIDENCE_REVIEW: QT_TRANSLATE_NOOP("Kinds", "Evidence review"),
    Kind.GAP_MAP: QT_TRANSLATE_NOOP("Kinds", "Evidence gap map"),
    Kind.GUIDE: QT_TRANSLATE_NOOP("Kinds", "Guide"),
    Kind.TEMPLATE: QT_TRANSLATE_NOOP("Kinds", "Template"),
    Kind.TRAINING: QT_TRANSLATE_NOOP("Kinds", "Training"),
    Kind.POLICY_FRAMEWORK: QT_TRANSLATE_NOOP("Kinds", "Policy framework"),
    Kind.INITIATIVE: QT_TRANSLATE_NOOP("Kinds", "Initiative"),
    Kind.LESSONS_LEARNED: QT_TRANSLATE_NOOP("Kinds", "Lessons learned"),
}

ACCESS = {
    Access.PUBLIC: QT_TRANSLATE_NOOP("Access", "Public"),
    Access.PARTNER: QT_TRANSLATE_NOOP("Access", "Partners only"),
    Access.INTERNAL: QT_TRANSLATE_NOOP("Access", "Internal"),
    Access.EMBARGOED: QT_TRANSLATE_NOOP("Access", "Embargoed"),
}

TEXT_HEALTH = {
    TextHealth.GOOD: QT_TRANSLATE_NOOP("TextHealth", "Text readable"),
    TextHealth.REPAIRED: QT_TRANSLATE_NOOP("TextHealth", "Text repaired"),
    TextHealth.PARTIAL: QT_TRANSLATE_NOOP("TextHealth", "Some pages without text"),
    TextHealth.SCANNED: QT_TRANSLATE_NOOP("TextHealth", "Scan without text"),
    TextHealth.UNREADABLE: QT_TRANSLATE_NOOP("TextHealth", "Text unreadable"),
}

TEXT_HEALTH_MEANING = {
    TextHealth.GOOD: QT_TRANSLATE_NOOP(
        "TextHealth", "The text was read as it is printed. Every word can be searched."
    ),
    TextHealth.REPAIRED: QT_TRANSLATE_NOOP(
        "TextHealth",
        "The file stores some letters in the wrong order. They were put right for searching; "
        "the pages look as printed.",
    ),
    TextHealth.PARTIAL: QT_TRANSLATE_NOOP(
        "TextHealth",
        "Some pages show something but hold no readable text. You can read them here, but a "
        "search can't find their words.",
    ),
    TextHealth.SCANNED: QT_TRANSLATE_NOOP(
        "TextHealth",
        "The pages are pictures without text, so a search can't find their words. Run text "
        "recognition (OCR) on the file and import the new copy.",
    ),
    TextHealth.UNREADABLE: QT_TRANSLATE_NOOP(
        "TextHealth",
        "The file doesn't say which letters it prints, so a search can't find its words. Ask "
        "for the original document, or run text recognition (OCR) and import the new copy.",
    ),
}

NO_TEXT = {
    NoText.BLANK: QT_TRANSLATE_NOOP("NoText", "This page is blank."),
    NoText.IMAGE_ONLY: QT_TRANSLATE_NOOP(
        "NoText", "This page is a picture without text, usually a scan."
    ),
    NoText.UNREADABLE: QT_TRANSLATE_NOOP(
        "NoText", "The file doesn't say which letters this page prints."
    ),
    NoText.DAMAGED: QT_TRANSLATE_NOOP("NoText", "This page is damaged and can't be read."),
    NoText.TOO_SLOW: QT_TRANSLATE_NOOP("NoText", "Reading this page took too long."),
    NoText.TOO_LARGE: QT_TRANSLATE_NOOP("NoText", "Reading this page needed too much memory."),
}

OUTCOMES = {
    Outcome.ADDED: QT_TRANSLATE_NOOP("Outcomes", "Added"),
    Outcome.UPDATED: QT_TRANSLATE_NOOP("Outcomes", "Updated"),
    Outcome.DUPLICATE: QT_TRANSLATE_NOOP("Outcomes", "Already here"),
    Outcome.REFUSED: QT_TRANSLATE_NOOP("Outcomes", "Refused"),
}

ROLES = {
    DocumentRole.REPORT: QT_TRANSLATE_NOOP("Roles", "Report"),
    DocumentRole.SUMMARY: QT_TRANSLATE_NOOP("Roles", "Summary"),
    DocumentRole.TRANSLATION: QT_TRANSLATE_NOOP("Roles", "Translation"),
    DocumentRole.ANNEX: QT_TRANSLATE_NOOP("Roles", "Annex"),
    DocumentRole.INSTRUMENT: QT_TRANSLATE_NOOP("Roles", "Instrument"),
    DocumentRole.TERMS_OF_REFERENCE: QT_TRANSLATE_NOOP("Roles", "Terms of reference"),
    DocumentRole.MANAGEMENT_RESPONSE: QT_TRANSLATE_NOOP("Roles", "Management response"),
}

FIELDS = {
    "title": QT_TRANSLATE_NOOP("Fields", "title"),
    "authors": QT_TRANSLATE_NOOP("Fields", "authors"),
    "text": QT_TRANSLATE_NOOP("Fields", "text"),
}


def language() -> str:
    """Return the code of the window's language, one of those that headings of columns have."""
    code = QLocale().name().partition("_")[0]
    return code if code in LANGUAGES else LANGUAGES[0]


def kind_name(kind: Kind) -> str:
    """Return the name of a kind of record."""
    return QCoreApplication.translate("Kinds", KINDS[kind])


def access_name(access: Access) -> str:
    """Return the name of an access level."""
    return QCoreApplication.translate("Access", ACCESS[access])


def text_health_name(health: TextHealth) -> str:
    """Return a short name of a text health."""
    return QCoreApplication.translate("TextHealth", TEXT_HEALTH[health])


def text_health_meaning(health: TextHealth) -> str:
    """Return what a text health means for searching, and what can be done."""
    return QCoreApplication.translate("TextHealth", TEXT_HEALTH_MEANING[health])


def no_text_reason(reason: NoText) -> str:
    """Return why a page has no text, as a sentence."""
    return QCoreApplication.translate("NoText", NO_TEXT[reason])


def outcome_name(outcome: Outcome) -> str:
    """Return what became of a file of an import, in one or two words."""
    return QCoreApplication.translate("Outcomes", OUTCOMES[outcome])


def role_name(role: DocumentRole) -> str:
    """Return what a file is to its record."""
    return QCoreApplication.translate("Roles", ROLES[role])


def field_name(field: str) -> str:
    """Return the name of a searched field; an unknown one is returned as it is."""
    source = FIELDS.get(field)
    return field if source is None else QCoreApplication.translate("Fields", source)


def refusal_reason(refusal: Refusal) -> str:
    """Return why a file was refused and what to do, as a sentence."""
    template = QCoreApplication.translate("Refusals", refusal.template)
    values = {
        key: number(value) if isinstance(value, int) else isolate(value)
        for key, value in refusal.fields.items()
    }
    return template.format(**values)


def is_rtl(text: str) -> bool:
    """Return whether the first letter with a direction runs from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in _STRONG_RTL:
            return True
        if direction == "L":
            return False
    return False


def reads_rtl(passage: str) -> bool:
    """Return whether most letters of a passage run from right to left.

    A passage begins anywhere in a text, often with a number or a foreign name.
    """
    directions = [unicodedata.bidirectional(character) for character in passage]
    return sum(kind in _STRONG_RTL for kind in directions) > directions.count("L")


def direction_of(text: str) -> Qt.LayoutDirection:
    """Return the direction of a title or name."""
    return Qt.LayoutDirection.RightToLeft if is_rtl(text) else Qt.LayoutDirection.LeftToRight


def direction_of_passage(passage: str) -> Qt.LayoutDirection:
    """Return the direction in which most of `passage` is read."""
    rtl, ltr = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
    return rtl if reads_rtl(passage) else ltr


def isolate(text: str) -> str:
    """Return `text` wrapped so that its direction does not touch the text around it."""
    return f"{FSI}{text}{PDI}" if text else ""


def joined(parts: tuple[str, ...] | list[str], separator: str = SEPARATOR) -> str:
    """Return the parts that are not empty, each isolated, with a separator between."""
    return separator.join(isolate(part) for part in parts if part)


def number(value: int) -> str:
    """Return a whole number with the group separators of the locale."""
    return QLocale().toString(value)


def percent(value: float) -> str:
    """Return 1.25 as "125 %"."""
    return QCoreApplication.translate("Formats", "{number} %").format(
        number=number(round(value * 100))
    )


def size(count: int) -> str:
    """Return a file size given in bytes, such as "1.6 MB"."""
    decimals = 0 if count < 1_000_000 else 1
    style = QLocale.DataSizeFormat.DataSizeSIFormat
    return QLocale().formattedDataSize(count, decimals, style)


def milliseconds(value: float) -> str:
    """Return a time span given in milliseconds: "12 ms", or "1.4 s" from a second on."""
    if value < 1000:
        return QCoreApplication.translate("Formats", "{number} ms").format(
            number=number(round(value))
        )
    return seconds(value / 1000)


def seconds(value: float) -> str:
    """Return a time span given in seconds, such as "1.4 s" or "3 min 20 s"."""
    if value < 60:
        text = QLocale().toString(value, "f", 1)
        return QCoreApplication.translate("Formats", "{number} s").format(number=text)
    minutes, rest = divmod(round(value), 60)
    return QCoreApplication.translate("Formats", "{minutes} min {seconds} s").format(
        minutes=number(minutes), seconds=number(rest)
    )


def date(moment: datetime) -> str:
    """Return the day of `moment` in the time zone of this computer."""
    local = moment.astimezone() if moment.tzinfo else moment
    day = QDate(local.year, local.month, local.day)
    # The short formats of some countries differ only in the order of day and month.
    return QLocale().toString(day, "d MMM yyyy")


def language_name(code: str) -> str:
    """Return a language by its own name, such as "Deutsch"; "" for an undetermined one."""
    if code in {"", "und", "mul", "zxx"}:
        return ""
    locale = QLocale(code)
    name = locale.nativeLanguageName()
    if locale.language() is QLocale.Language.C or not name:
        return code
    if locale.language() is QLocale.Language.English:
        # Qt answers with the country's variety ("American English") where none was named.
        name = "English"
    return name[:1].upper() + name[1:]


def languages(codes: tuple[str, ...]) -> str:
    """Return the names of several languages, separated by commas."""
    return joined([language_name(code) for code in codes], ", ")


def page(label: str) -> str:
    """Return "p. 12" for the page that is printed as `label`."""
    return QCoreApplication.translate("Formats", "p. {label}").format(label=isolate(label))


class Counts(QObject):
    """Numbers of things, in the plural forms of the language.

    A class only because the extraction of texts finds plural forms in `self.tr` and nowhere else.
    English needs no translation, so one is a text of its own.
    """

    def pages(self, count: int) -> str:
        """Return "155 pages"."""
        return self.tr("1 page") if count == 1 else self.tr("%Ln pages", "", count)

    def more_pages(self, count: int) -> str:
        """Return "+ 9 pages"."""
        return self.tr("+ 1 page") if count == 1 else self.tr("+ %Ln pages", "", count)

    def records(self, count: int) -> str:
        """Return "1,284 records"."""
        return self.tr("1 record") if count == 1 else self.tr("%Ln records", "", count)

    def files(self, count: int) -> str:
        """Return "20 files"."""
        return self.tr("1 file") if count == 1 else self.tr("%Ln files", "", count)

    def rows(self, count: int) -> str:
        """Return "500 rows"."""
        return self.tr("1 row") if count == 1 else self.tr("%Ln rows", "", count)

    def entries(self, count: int) -> str:
        """Return "500 entries"."""
        return self.tr("1 entry") if count == 1 else self.tr("%Ln entries", "", count)

    def changes(self, count: int) -> str:
        """Return "7 changes"."""
        return self.tr("1 change") if count == 1 else self.tr("%Ln changes", "", count)


def pages(count: int) -> str:
    """Return "155 pages"."""
    return Counts().pages(count)


def more_pages(count: int) -> str:
    """Return "+ 9 pages", for pages that are not shown."""
    return Counts().more_pages(count)


def records(count: int) -> str:
    """Return "1,284 records"."""
    return Counts().records(count)


def files(count: int) -> str:
    """Return "20 files"."""
    return Counts().files(count)


def rows(count: int) -> str:
    """Return "500 rows"."""
    return Counts().rows(count)


def entries(count: int) -> str:
    """Return "500 entries", of a bibliography."""
    return Counts().entries(count)


def changes(count: int) -> str:
    """Return "7 changes"."""
    return Counts().changes(count)
