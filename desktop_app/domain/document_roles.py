"""What a file probably is to its record: told by its name, or by a title that says nothing else."""

import re
from collections.abc import Mapping
from pathlib import PurePath

from .records import DocumentRole
from .text import fold, forms

_PHRASES: Mapping[DocumentRole, str] = {
    DocumentRole.MANAGEMENT_RESPONSE: """
        management response, response of the management, management reply, réponse de la direction,
        réponse du management, réponse de l'administration, managementantwort, stellungnahme des
        managements, stellungnahme der leitung, antwort der leitung, ledningens svar, ledningssvar,
        managementsvar, استجابة الإدارة, رد الإدارة, استجابة إدارية""",
    DocumentRole.TERMS_OF_REFERENCE: """
        terms of reference, tor, tors, termes de référence, tdr, cahier des charges,
        leistungsbeschreibung, aufgabenbeschreibung, uppdragsbeskrivning, uppdragsdirektiv,
        direktiv, الشروط المرجعية, الاختصاصات""",
    DocumentRole.INSTRUMENT: """
        questionnaire, questionnaires, survey form, interview guide, topic guide, discussion guide,
        observation sheet, observation form, codebook, guide d'entretien, guide d'entretiens, grille
        d'entretien, grille d'observation, fragebogen, fragebögen, interviewleitfaden,
        gesprächsleitfaden, beobachtungsbogen, enkät, enkäten, frågeformulär, intervjuguide,
        observationsschema, استبيان, استبانة, استمارة, دليل المقابلة, دليل المقابلات""",
    DocumentRole.SUMMARY: """
        summary, executive summary, synopsis, short version, résumé, résumé exécutif, synthèse, note
        de synthèse, version courte, zusammenfassung, kurzfassung, kurzversion, kurzbericht,
        sammanfattning, kortversion, kortfattad version, ملخص, ملخص تنفيذي, خلاصة, موجز""",
    DocumentRole.ANNEX: """
        annex, annexes, annexe, appendix, appendices, supplement, supplementary material,
        attachment, anhang, anhänge, anlage, anlagen, anlagenband, materialband, bilaga, bilagor,
        bilagan, ملحق, ملاحق, مرفق, مرفقات""",
    DocumentRole.TRANSLATION: """
        translation, translated, traduction, traduit, übersetzung, übersetzt, översättning,
        översatt, ترجمة, مترجم, مترجمة, english version, arabic version, french version, german
        version, swedish version, version anglaise, version arabe, version française, version
        allemande, version suédoise, englische fassung, arabische fassung, französische fassung,
        deutsche fassung, schwedische fassung, engelsk version, arabisk version, fransk version,
        tysk version, svensk version, النسخة الإنجليزية, النسخة العربية, النسخة الفرنسية, النسخة
        الألمانية, النسخة السويدية""",
}  # fmt: skip
"""In the order in which they count: the questionnaire in an annex is an instrument."""
_WITH = frozenset("with incl including avec mit inkl inklusive med مع".split())
"""What follows is only a part of the file: "report with annexes"."""
_REPORT = frozenset("report rapport bericht utvardering evaluation تقرير".split())
_NUMBER = re.compile(r"\d+|[a-z]|[ivx]+")
_FIGURES = re.compile(r"_|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_HUMPS = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_PARTS = re.compile(r"\s*[:–—|()\[\].,;/]\s*|\s+-\s+")
_LONG_WORD = 7
"""From so many letters on, a word counts at the end of a longer one: "Projektkurzfassung"."""


def guess_role(file_name: str, title: str = "") -> DocumentRole:
    """Return what a file with this name and title probably is; a report where nothing is said.

    A title counts where one part of it says only that: "Annex 2: Interviews" is an annex, "Summary
    of the evidence on mentoring" is a report.
    """
    stem = _FIGURES.sub(" ", PurePath(file_name).stem)
    # "ToR", and "EvaluationSummary".
    written = [_without_parts(_words(text)) for text in (stem, _HUMPS.sub(" ", stem))]
    for role, phrases in _FOLDED.items():
        if any(_holds(words, phrase) for words in written for phrase in phrases):
            return role
    for part in _PARTS.split(title):
        said = [word for word in _words(part) if not _NUMBER.fullmatch(word)]
        while said and said[-1] in _REPORT:
            said.pop()
        for role, phrases in _FOLDED.items():
            if tuple(said) in phrases:
                return role
    return DocumentRole.REPORT


def _without_parts(words: list[str]) -> list[str]:
    """Return the words before those that name what else is in the file."""
    place = next((at for at, word in enumerate(words) if word in _WITH), 0)
    return words[:place] or words


def _holds(words: list[str], phrase: tuple[str, ...]) -> bool:
    if len(phrase) == 1 and len(phrase[0]) >= _LONG_WORD:
        return any(word.endswith(phrase[0]) for word in words)
    size = len(phrase)
    return any(tuple(words[at : at + size]) == phrase for at in range(len(words) - size + 1))


def _words(text: str) -> list[str]:
    """Return the words, folded; Arabic ones without their article."""
    return [fold(word).removeprefix("ال") for word in forms(text)]


_FOLDED: dict[DocumentRole, frozenset[tuple[str, ...]]] = {
    role: frozenset(tuple(_words(" ".join(phrase.split()))) for phrase in phrases.split(","))
    for role, phrases in _PHRASES.items()
}
