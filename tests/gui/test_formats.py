"""Numbers, names and directions."""

import shutil
import subprocess
import sysconfig
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication

from desktop_app.domain.extraction import REFUSAL_TEMPLATES, Refusal, RefusalCode
from desktop_app.domain.imports import Outcome
from desktop_app.domain.records import Access, DocumentRole, Kind, NoText, TextHealth
from desktop_app.gui import formats

FSI, PDI = "\u2068", "\u2069"
REFUSAL_FIELDS: dict[str, str | int] = {
    "detail": "busy",
    "found": "a picture",
    "claimed": 1_000_000,
    "size": 308,
    "limit": 20_000,
    "seconds": 60,
    "megabytes": 900,
    "target": "elsewhere",
}


def test_every_coded_value_has_a_name_of_its_own() -> None:
    names = (
        [formats.kind_name(kind) for kind in Kind],
        [formats.access_name(access) for access in Access],
        [formats.text_health_name(health) for health in TextHealth],
        [formats.text_health_meaning(health) for health in TextHealth],
        [formats.no_text_reason(reason) for reason in NoText],
        [formats.outcome_name(outcome) for outcome in Outcome],
        [formats.role_name(role) for role in DocumentRole],
    )
    for group in names:
        assert all(group)
        assert len(set(group)) == len(group)


@pytest.mark.parametrize("code", list(RefusalCode))
def test_every_refusal_is_a_sentence_with_its_fields(
    styled: QApplication, code: RefusalCode
) -> None:
    refusal = Refusal(Path("a.pdf"), code, REFUSAL_FIELDS)
    reason = formats.refusal_reason(refusal)
    assert reason.rstrip(PDI).endswith(".")
    assert "{" not in reason
    assert ("1,000,000" in reason) == ("{claimed}" in REFUSAL_TEMPLATES[code])


def test_refusal_numbers_follow_the_locale_and_words_are_isolated(styled: QApplication) -> None:
    fields: dict[str, str | int] = {"found": "مستند"}
    reason = formats.refusal_reason(Refusal(Path("a.pdf"), RefusalCode.NOT_A_PDF, fields))
    assert f"{FSI}مستند{PDI}" in reason


@pytest.mark.parametrize(
    ("text", "rtl"),
    [
        ("evaluation", False),
        ("تقييم", True),
        ("2019: تقييم", True),
        ("… تقييم Mentoring", True),
        ("Mentoring تقييم", False),
        ("2019", False),
        ("", False),
        ("(שלום)", True),
    ],
)
def test_direction_is_that_of_the_first_letter(text: str, rtl: bool) -> None:
    assert formats.is_rtl(text) is rtl
    wanted = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    assert formats.direction_of(text) is wanted


def test_direction_of_a_passage_is_that_of_most_letters() -> None:
    assert formats.reads_rtl("M L استعمال حزمة exam في كتابة")
    assert not formats.reads_rtl("كتاب is the Arabic word for book")
    assert not formats.reads_rtl("2019")
    rtl = Qt.LayoutDirection.RightToLeft
    assert formats.direction_of_passage("3. أظهرت المقابلات") is rtl


def test_joined_isolates_each_part_and_leaves_out_empty_ones() -> None:
    assert formats.joined(["a", "", "ب"]) == f"{FSI}a{PDI} · {FSI}ب{PDI}"
    assert formats.isolate("") == ""


def test_numbers_dates_and_sizes_follow_the_locale(styled: QApplication) -> None:
    moment = datetime(2026, 3, 4, 12, tzinfo=UTC)
    assert formats.number(48_210) == "48,210"
    assert formats.size(1_621_512) == "1.6 MB"
    assert formats.size(5_312) == "5 kB"
    assert formats.date(moment) == "4 Mar 2026"
    QLocale.setDefault(QLocale("de_DE"))
    assert formats.number(48_210) == "48.210"
    assert formats.size(1_621_512) == "1,6 MB"
    assert formats.date(moment) == "4 März 2026"


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (0.2, "0 ms"),
        (12.4, "12 ms"),
        (999.0, "999 ms"),
        (1412.0, "1.4 s"),
        (200_000.0, "3 min 20 s"),
    ],
)
def test_time_spans_are_told_in_a_fitting_unit(
    styled: QApplication, milliseconds: float, text: str
) -> None:
    assert formats.milliseconds(milliseconds) == text


def test_counts_know_one_and_many(styled: QApplication) -> None:
    assert (formats.pages(1), formats.pages(1284)) == ("1 page", "1,284 pages")
    assert (formats.more_pages(1), formats.more_pages(9)) == ("+ 1 page", "+ 9 pages")
    assert (formats.records(1), formats.records(0)) == ("1 record", "0 records")
    assert (formats.files(1), formats.files(20)) == ("1 file", "20 files")
    assert (formats.rows(1), formats.rows(500)) == ("1 row", "500 rows")
    assert (formats.entries(1), formats.entries(20)) == ("1 entry", "20 entries")
    assert (formats.changes(1), formats.changes(2)) == ("1 change", "2 changes")


def test_languages_are_called_by_their_own_names() -> None:
    codes = ("en", "ar", "de", "fr", "sv", "und")
    text = formats.languages(codes).replace(FSI, "").replace(PDI, "")
    assert text == "English, العربية, Deutsch, Français, Svenska"
    assert formats.language_name("xx-unknown") == "xx-unknown"


@pytest.mark.parametrize(
    ("locale", "language"), [("ar_AE", "ar"), ("sv_SE", "sv"), ("en_GB", "en"), ("fi_FI", "en")]
)
def test_headings_are_in_the_language_of_the_window_where_they_can_be(
    styled: QApplication, locale: str, language: str
) -> None:
    QLocale.setDefault(QLocale(locale))
    assert formats.language() == language


def test_percent_is_rounded(styled: QApplication) -> None:
    assert formats.percent(1.254) == "125 %"


def test_an_unknown_field_is_named_as_it_is() -> None:
    assert formats.field_name("title") == "title"
    assert formats.field_name("place") == "place"


def test_plural_forms_and_coded_values_are_found_for_translation(tmp_path: Path) -> None:
    program = shutil.which("pyside6-lupdate", path=sysconfig.get_path("scripts"))
    assert program
    target = tmp_path / "texts.ts"
    command = [program, formats.__file__, "-ts", str(target)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    messages = list(ElementTree.parse(target).iter("message"))
    sources = {message.findtext("source"): message.get("numerus") for message in messages}
    plurals = {source for source, numerus in sources.items() if numerus == "yes"}
    assert plurals == {
        "%Ln pages", "+ %Ln pages", "%Ln records", "%Ln files", "%Ln rows", "%Ln entries",
        "%Ln changes",
    }  # fmt: skip
    for names in (formats.KINDS, formats.ACCESS, formats.TEXT_HEALTH, formats.NO_TEXT):
        assert set(names.values()) <= set(sources)
