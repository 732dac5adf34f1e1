"""Judging and repairing Arabic text."""

import unicodedata

import pytest

from desktop_app.pdf.arabic import has_arabic, judge, repair

LAW = (
    "يجب أن يسلم الاستدعاء في غلاف مختوم لا يحمل إلا الاسم الشخصي والعائلي وعنوان سكنى الطرف\n"
    "وتاريخ التبليغ متبوعا بتوقيع العون وطابع المحكمة، وإذا عجز من تسلم الاستدعاء عن التوقيع\n"
    "أو رفضه أشار إلى ذلك العون أو السلطة المكلفة بالتبليغ في جميع الأحوال خلال هذه المدة."
)
REPORT = "هذا تقرير عن برنامج الوقاية في المدارس خلال عام 2021 وقد شارك فيه عدد كبير من الطلاب"
FARSI = "این گزارش دربارهٔ برنامه‌ی پیشگیری در مدرسه‌ها است و چهار گروه در آن بودند"


@pytest.mark.parametrize("text", [LAW, REPORT])
def test_good_text_reads_well_and_is_left_alone(text: str) -> None:
    reading = judge(text)
    assert reading.score > 0.3
    assert not reading.poor
    assert not reading.backwards
    assert repair(text)[:2] == (text, 0)


@pytest.mark.parametrize("text", [LAW, REPORT])
def test_text_in_the_order_of_the_page_is_turned_round(text: str) -> None:
    mirrored = "\n".join(line[::-1].replace("1202", "2021") for line in text.split("\n"))
    assert judge(mirrored).backwards
    repaired, repairs, reading = repair(mirrored)
    assert repaired == text
    assert repairs
    assert reading.score > 0.3


def test_latin_and_figures_keep_their_order_in_a_turned_line() -> None:
    text = "نشر برنامج UNICEF (الأمم المتحدة) في 2021/03/15 تقريرا عن 3.5 مليون طفل في العالم كله"
    mirrored = text[::-1].translate(str.maketrans("()", ")("))
    for left_to_right in ("UNICEF", "2021/03/15", "3.5"):
        mirrored = mirrored.replace(left_to_right[::-1], left_to_right)
    assert repair(mirrored)[0] == text


def test_only_the_arabic_of_a_latin_line_is_turned() -> None:
    mirrored = (
        "The programme "
        + "برنامج الوقاية في المدارس من العنف"[::-1]
        + " was evaluated in three cities"
    )
    text = "\n".join([mirrored, *(line[::-1] for line in LAW.split("\n"))])
    assert repair(text)[0].split("\n")[0] == (
        "The programme برنامج الوقاية في المدارس من العنف was evaluated in three cities"
    )


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("االستدعاء", "الاستدعاء"),
        ("األحوال", "الأحوال"),
        ("واإلدارة", "والإدارة"),
        ("باآلخرين", "بالآخرين"),
    ],
)
def test_swapped_lam_alef_after_the_article_is_put_right(read: str, meant: str) -> None:
    repaired, repairs, _ = repair(f"هذا {read} من")
    assert repaired == f"هذا {meant} من"
    assert repairs == 1


def test_words_that_may_be_right_are_not_touched() -> None:
    # Without the places of the glyphs these could be either.
    for text in ("ال يجوز", "أعاله", "خالل", "حاالت", "سؤال"):
        assert repair(text)[:2] == (text, 0)


def test_vowel_sign_loses_the_blank_before_it() -> None:
    assert repair("ظهر ح َّل محل وقود")[0] == unicodedata.normalize("NFC", "ظهر حَّل محل وقود")


def test_persian_forms_become_arabic_in_arabic_only() -> None:
    assert repair("الفلسطیني ھي المدینة کلها على")[:2] == ("الفلسطيني هي المدينة كلها على", 0)
    assert repair(FARSI)[:2] == (unicodedata.normalize("NFC", FARSI), 0)


def test_scattered_letters_are_seen() -> None:
    scattered = "ّ َ اك\nإِي\nَ\nُد و\nُ\nّ َ اك\nَ\nِوم\nِ ِك ي\nَّ ِحيم\nَّ ٰحم"
    reading = repair(scattered)[2]
    assert reading.poor
    assert reading.scattered


def test_letters_of_no_script_near_are_seen() -> None:
    assert judge("يبيبَح˴ ϲΒϴΒ").poor
    assert not judge(LAW + " α").poor


def test_arabic_is_found() -> None:
    assert has_arabic("page 3 من")
    assert not has_arabic("Prävention åäö – ٣٤، ؟")


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("الصادر بتاريخ 24 ذو الحجة )26 أغسطس 2019(", "الصادر بتاريخ 24 ذو الحجة (26 أغسطس 2019)"),
        ("قال »نعم« ثم خرج", "قال «نعم» ثم خرج"),
        ("المادة (5) من القانون", "المادة (5) من القانون"),
        ("المادة 5( من القانون", "المادة 5( من القانون"),
        ("see f(x) and )y( here", "see f(x) and )y( here"),
    ],
)
def test_brackets_kept_by_their_looks_become_those_that_are_meant(read: str, meant: str) -> None:
    assert repair(read)[0] == meant
