"""Telling the language of a page."""

import json
from collections import Counter
from pathlib import Path

import pytest

from desktop_app.domain.language import FUNCTION_WORDS, detect_language, document_languages
from desktop_app.domain.text import form

OURS = {
    "ar": """
        تهدف هذه الدراسة إلى تقييم أثر برنامج الإرشاد الذي نفذته البلدية مع المدارس في الأحياء التي
        تعاني من البطالة، وقد شارك فيه أكثر من ثلاثمئة شاب وشابة على مدى عامين. وأظهرت النتائج أن
        المشاركين كانوا أقل عرضة للعنف من غيرهم، لكن الأثر لم يستمر بعد انتهاء البرنامج.
    """,
    "en": """
        This study asks whether the mentoring programme that the city ran with its schools had an
        effect on young people who were at risk. More than three hundred of them took part over two
        years. Those who did were less often in conflict with the police, but the effect did not
        last after the programme had ended.
    """,
    "fr": """
        Cette étude cherche à savoir si le programme de mentorat que la ville a mené avec ses écoles
        a eu un effet sur les jeunes en difficulté. Plus de trois cents d'entre eux y ont participé
        pendant deux ans. L'effet n'a pas duré après la fin du programme, et nous ne savons pas
        encore pourquoi.
    """,
    "de": """
        Diese Untersuchung fragt, ob das Mentorenprogramm, das die Stadt mit ihren Schulen
        durchgeführt hat, eine Wirkung auf gefährdete Jugendliche hatte. Mehr als dreihundert von
        ihnen nahmen über zwei Jahre daran teil. Die Wirkung hielt nach dem Ende des Programms
        nicht an, und wir wissen noch nicht, warum das so ist.
    """,
    "sv": """
        Den här studien undersöker om mentorsprogrammet som staden drev tillsammans med skolorna
        hade någon effekt för unga som befann sig i riskzonen. Fler än trehundra av dem deltog
        under två år. Effekten höll inte i sig efter att programmet var slut, och vi vet ännu inte
        vad det beror på.
    """,
}

OTHERS = {
    "Spanish": """
        Este estudio analiza si el programa de tutoría que la ciudad llevó a cabo con sus escuelas
        tuvo un efecto en los jóvenes en situación de riesgo. Más de trescientos de ellos
        participaron durante dos años, pero el efecto no duró después de que terminó el programa.
    """,
    "Portuguese": """
        Este estudo analisa se o programa de mentoria que a cidade realizou com as suas escolas teve
        um efeito nos jovens em situação de risco. Mais de trezentos deles participaram durante dois
        anos, mas o efeito não durou depois de o programa ter terminado.
    """,
    "Italian": """
        Questo studio si chiede se il programma di tutoraggio che la città ha svolto con le sue
        scuole abbia avuto un effetto sui giovani a rischio. Più di trecento di loro hanno
        partecipato per due anni, ma l'effetto non è durato dopo la fine del programma.
    """,
    "Catalan": """
        Aquest estudi analitza si el programa de mentoria que la ciutat va dur a terme amb les seves
        escoles va tenir un efecte en els joves en situació de risc. Més de tres-cents d'ells hi van
        participar durant dos anys, però l'efecte no va durar.
    """,
    "Dutch": """
        Dit onderzoek vraagt of het mentorprogramma dat de stad met haar scholen heeft uitgevoerd
        een effect had op jongeren die een risico lopen. Meer dan driehonderd van hen namen er twee
        jaar aan deel, maar het effect hield niet aan nadat het programma was afgelopen.
    """,
    "Danish": """
        Denne undersøgelse spørger, om det mentorprogram, som byen gennemførte sammen med sine
        skoler, havde en virkning for unge, der var i risiko. Mere end tre hundrede af dem deltog i
        to år, men virkningen varede ikke ved, efter at programmet var slut.
    """,
    "Norwegian": """
        Denne undersøkelsen spør om mentorprogrammet som byen gjennomførte sammen med skolene sine
        hadde en virkning for unge som var i risikosonen. Mer enn tre hundre av dem deltok i to år,
        men virkningen varte ikke etter at programmet var slutt.
    """,
    "Finnish": """
        Tämä tutkimus selvittää, oliko kaupungin koulujen kanssa toteuttamalla mentorointiohjelmalla
        vaikutusta nuoriin, jotka olivat vaarassa syrjäytyä. Yli kolmesataa heistä osallistui siihen
        kahden vuoden ajan, mutta vaikutus ei kestänyt ohjelman päätyttyä.
    """,
    "Polish": """
        To badanie sprawdza, czy program mentorski, który miasto prowadziło ze swoimi szkołami, miał
        wpływ na młodzież zagrożoną. Ponad trzysta osób brało w nim udział przez dwa lata, ale wpływ
        nie utrzymał się po zakończeniu programu.
    """,
    "Turkish": """
        Bu çalışma, kentin okullarıyla birlikte yürüttüğü mentorluk programının risk altındaki
        gençler üzerinde bir etkisi olup olmadığını sormaktadır. Üç yüzden fazla genç iki yıl
        boyunca katıldı, ama etki program bittikten sonra sürmedi.
    """,
    "Russian": """
        В этом исследовании рассматривается, повлияла ли программа наставничества, которую город
        проводил вместе со школами, на молодых людей из группы риска. В ней участвовало более
        трёхсот человек, но после окончания программы эффект не сохранился.
    """,
    "Persian": """
        این پژوهش می‌پرسد که آیا برنامه راهنمایی که شهر با مدرسه‌های خود اجرا کرد بر جوانانی که در
        خطر بودند اثر داشت یا نه. بیش از سیصد نفر از آنها در مدت دو سال در آن شرکت کردند، اما این
        اثر پس از پایان برنامه ادامه پیدا نکرد و هنوز روشن نیست که چرا.
    """,
    "Urdu": """
        یہ تحقیق پوچھتی ہے کہ کیا شہر نے اپنے اسکولوں کے ساتھ جو رہنمائی کا پروگرام چلایا اس کا ان
        نوجوانوں پر اثر ہوا جو خطرے میں تھے۔ تین سو سے زیادہ نوجوانوں نے دو سال تک اس میں حصہ لیا
        لیکن پروگرام ختم ہونے کے بعد یہ اثر باقی نہیں رہا۔
    """,
    "Chinese": "这项研究询问该市与学校共同实施的辅导计划是否对处于危险中的年轻人产生了影响。" * 5,
}


@pytest.mark.parametrize("language", OURS)
def test_running_text(language: str) -> None:
    assert detect_language(OURS[language]) == language
    assert detect_language(OURS[language].upper()) == language


@pytest.mark.parametrize("other", OTHERS)
def test_other_languages_are_not_taken_for_one_of_ours(other: str) -> None:
    assert detect_language(OTHERS[other]) == "und"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ud800",
        "The annex",
        "12.5 14.8 100.0 3.2 " * 100,
        "min 3 min 4 min 5 min 6 " * 20,
        "Stockholm Malmö Göteborg Berlin Hamburg München Paris Lyon Amman Irbid London Leeds " * 9,
        "f(x) = a + b * c - d / e ^ i " * 30,
    ],
)
def test_too_little_running_text(text: str) -> None:
    assert detect_language(text) == "und"


def test_figures_do_not_hide_the_words() -> None:
    assert detect_language(OURS["en"] + " 12.5 14.8 100.0 . . . ." * 200) == "en"
    leaders = "Was die Stadt mit der Schule und den Eltern nicht wollte " + ". " * 300
    assert detect_language(leaders * 3) == "de"


def test_arabic_as_pdfs_give_it() -> None:
    printed = OURS["ar"]
    swapped = printed.replace("لأ", "أل").replace("لا", "ال").replace("لإ", "إل")
    assert detect_language(swapped) == "ar"
    assert detect_language(printed.translate(str.maketrans("يىكه", "ییکھ"))) == "ar"
    assert detect_language(" ".join(word + "\N{ARABIC FATHA}" for word in printed.split())) == "ar"


def test_the_language_most_of_a_page_is_in_decides() -> None:
    assert detect_language(OURS["ar"] * 3 + OURS["en"]) == "ar"
    assert detect_language(OURS["ar"] + OURS["en"] * 3) == "en"
    assert detect_language(OURS["sv"] * 3 + OURS["en"]) == "sv"


def test_function_words_are_forms() -> None:
    assert set(FUNCTION_WORDS) == {"ar", "en", "fr", "de", "sv"}
    for words in FUNCTION_WORDS.values():
        assert len(words) >= 60
        assert all(form(word) == word for word in words)


def test_main_languages_of_a_document() -> None:
    assert document_languages([]) == ()
    assert document_languages([("und", 900)]) == ()
    assert document_languages([("en", 100), ("ar", 300), ("und", 9000)]) == ("ar", "en")
    assert document_languages([("en", 100), ("fr", 401)]) == ("fr",)
    assert document_languages([("sv", 50), ("en", 40), ("sv", 50)]) == ("sv", "en")
    assert document_languages([("en", 0)]) == ()


@pytest.mark.parametrize(
    ("collection", "language"),
    [
        ("xquad-ar", "ar"),
        ("arcd-ar", "ar"),
        ("xquad-en", "en"),
        ("cranfield-en", "en"),
        ("xquad-de", "de"),
    ],
)
def test_real_paragraphs(corpus: Path, collection: str, language: str) -> None:
    lines = (corpus / "ir" / collection / "docs.jsonl").read_text("utf-8").splitlines()
    found = Counter(detect_language(json.loads(line)["text"]) for line in lines)
    assert set(found) <= {language, "und"}
    assert found[language] >= 0.98 * found.total()
