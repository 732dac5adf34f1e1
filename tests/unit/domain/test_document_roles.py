"""What a file probably is, by its name or title, in five languages."""

import pytest

from desktop_app.domain.document_roles import guess_role
from desktop_app.domain.records import DocumentRole as Role


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("final-report.pdf", Role.REPORT),
        ("report with annexes.pdf", Role.REPORT),
        ("Rapport med bilagor.pdf", Role.REPORT),
        ("تقرير مع ملاحق.pdf", Role.REPORT),
        ("history of monitoring.pdf", Role.REPORT),
        ("", Role.REPORT),
        ("Final_report_summary.pdf", Role.SUMMARY),
        ("EvaluationSummary2019EN.pdf", Role.SUMMARY),
        ("Projektkurzfassung_2020.pdf", Role.SUMMARY),
        ("re\u0301sume\u0301 exe\u0301cutif.pdf", Role.SUMMARY),
        ("note-de-synthèse.PDF", Role.SUMMARY),
        ("Sammanfattning.pdf", Role.SUMMARY),
        ("الملخص التنفيذي.pdf", Role.SUMMARY),
        ("annex1.pdf", Role.ANNEX),
        ("ANHÄNGE.pdf", Role.ANNEX),
        ("rapport_annexe_B.pdf", Role.ANNEX),
        ("bilaga3.pdf", Role.ANNEX),
        ("ملحق 2.pdf", Role.ANNEX),
        ("evaluation-traduction.pdf", Role.TRANSLATION),
        ("report_english_version.pdf", Role.TRANSLATION),
        ("النسخة العربية.pdf", Role.TRANSLATION),
        ("översättning.pdf", Role.TRANSLATION),
        ("Annex 2 questionnaire.pdf", Role.INSTRUMENT),
        ("Elternfragebogen.pdf", Role.INSTRUMENT),
        ("intervjuguide.pdf", Role.INSTRUMENT),
        ("استبيان.pdf", Role.INSTRUMENT),
        ("ToR_2020.pdf", Role.TERMS_OF_REFERENCE),
        ("annex1_TOR.pdf", Role.TERMS_OF_REFERENCE),
        ("termes de référence.pdf", Role.TERMS_OF_REFERENCE),
        ("Management_Response.pdf", Role.MANAGEMENT_RESPONSE),
        ("رد الإدارة.pdf", Role.MANAGEMENT_RESPONSE),
    ],
)
def test_file_names(name: str, role: Role) -> None:
    assert guess_role(name) is role


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Annex 2: Interviews", Role.ANNEX),
        ("Mentoring in Malmö: Executive summary", Role.SUMMARY),
        ("Summary report", Role.SUMMARY),
        ("Evaluation des Programms – Kurzfassung", Role.SUMMARY),
        ("تقييم البرنامج: ملخص تنفيذي", Role.SUMMARY),
        ("Summary of the evidence on mentoring", Role.REPORT),
        ("Questionnaire design in schools", Role.REPORT),
        ("", Role.REPORT),
    ],
)
def test_titles(title: str, role: Role) -> None:
    assert guess_role("1234.pdf", title) is role


def test_the_file_name_goes_before_the_title() -> None:
    assert guess_role("summary.pdf", "Annex 2") is Role.SUMMARY
