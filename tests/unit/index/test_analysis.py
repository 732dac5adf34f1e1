"""Which words meet: what people type against what is printed, in five languages."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from desktop_app.domain.text import forms
from desktop_app.index.analysis import FOLD, LANGUAGE_BITS, keys

# Typed and printed; the two must meet in this language.
MEETING = {
    "ar": """
        # alef with and without hamza or madda
        احمد أحمد | اسرة أسرة | ادارة إدارة | اثر أثر | الاثر الأثر | اداة أداة | امن أمن
        الية آلية | اراء آراء | القران القرآن | اطفال أطفال | اجراءات إجراءات
        # ta marbuta, alef maksura, the Persian letters of some fonts
        مدرسه مدرسة | بلديه بلدية | مستشفي مستشفى | المدى المدي | تقييم تقییم | شركة شرکة
        هيئة ھيئة | علي على
        # hamza carriers, and none
        مسئول مسؤول | مسئولية المسؤولية | شئون شؤون | هيأة هيئة | قرائة قراءة | شئ شيء | شي شيء
        مسائلة مساءلة | كفائة كفاءة | رييس رئيس | بييه بيئة | تاثير تأثير | موسسات مؤسسات
        # vowel marks, shadda, superscript alef, tatweel
        محمد مُحَمَّد | العدالة العَدَالَة | تطرف تطرّف | هذا هٰذا | مجتمع مجـتـمـع | الوقاية الوقـــاية
        # article, conjunctions, prepositions
        تقييم التقييم | التقييم تقييم | برنامج والبرنامج | مدرسة بالمدرسة | قانون للقانون
        عنف فالعنف | عنف والعنف | شباب كالشباب | تقييم لتقييم | برنامج ببرنامج | تطرف ولتطرف
        أطفال للأطفال | نتائج ونتائج | مدرسة وبالمدرسة
        # number, gender, pronouns, the accusative
        معلم معلمون | معلم معلمين | معلم المعلمات | برنامج برنامجان | مشاركة مشاركات
        مشاركة مشاركتهم | مدرسة مدرسته | مدرسة مدرستها | برامج برامجهم | اجتماعي اجتماعية
        تدريب تدريبا | محلي محليا | وقائي وقائية | تدخل تدخلات
        # words whose own first letters look like a prefix
        وقاية الوقاية | وزارة الوزارات | وزارة بوزارة | وسائل الوسائل | التزام الالتزام
        التزامات الالتزام | ألمانيا لألمانيا | إلغاء الإلغاء | والد الوالدين
        # presentation forms and ligatures
        لا ﻻ | الله ﷲ | سلام ﺳﻼﻡ | الأثر ﺍﻷﺛﺮ
        # the lam-alef of some PDFs
        الاستدعاء االستدعاء | الأحكام األحكام | الإجراءات اإلجراءات | علاقة عالقة | خلال خالل
        العلاقات العالقات | علاقات العالقات | للأطفال لألطفال | أطفال لألطفال | مقابلات مقابالت
        مقابلة المقابالت | حالات حاالت | بلاد بالد | الإضافة باإلضافة | ثلاثة ثالثة | إعلان إعالن
    """,
    "en": """
        evaluation evaluations | evaluate evaluated | evaluating evaluates | school schools
        policy policies | community communities | city cities | programme programmes
        mentor mentors | mentoring mentored | teach teaching | risk risks | aim aims | act acts
        law laws | woman Woman | resume résumé | naive naïve | cafe café | prevention preventions
        extremist extremists | bully bullied | train trained | study studies | outcome outcomes
        use used | run running | covid19 COVID19 | find finding | youth youths | five ﬁve
        encyclopaedia encyclopædia
    """,
    "fr": """
        evaluation évaluation | évaluation évaluations | evaluations évaluation | ecole écoles
        école ÉCOLE | eleves élèves | prevention prévention | loi lois | coeur cœur | oeuvre œuvres
        jeune jeunes | formation formations | formateur formateurs | national nationaux
        locale locales | évaluer évaluées | francais français | ca ça | ou où | noel Noël
        radicalise radicalisés | participante participantes | commune communes | sante santé
        animateur animateurs | acteur acteurs | probleme problèmes | etude études | aout août
        egalite égalité | communautaire communautaires | emploi emplois | lieu lieux | élu élus
        enjeu enjeux | elus élu
    """,
    "de": """
        Massnahme Maßnahme | Massnahmen Maßnahmen | Maßnahme Maßnahmen | Strasse Straße
        STRASSE Straße | Gruesse Grüße | Pruefung Prüfung | pruefungen Prüfung | Schule Schulen
        Jugendliche Jugendlichen | Bewertung Bewertungen | Kind Kinder | Kindern Kinder
        Haus Häuser | haeuser Häuser | hauser Häuser | oeffentlich öffentlich | fuer für | fur für
        offentlich öffentliche | Ueber über | Gemeinde Gemeinden | Polizist Polizisten
        Lehrer Lehrern | gut gute | Oel Öl | Maedchen Mädchen | Praevention Prävention
        Arbeit Arbeiten | GROSS groß | Taeter Täter | Staedte Städte | Polizistin Polizistinnen
    """,
    "sv": """
        atgard åtgärd | åtgärd åtgärder | atgarder åtgärderna | skola skolor | skolan skolorna
        kommun kommuner | kommunerna kommunens | elev elever | eleverna elever | ungdom ungdomar
        ungdomarnas ungdomar | barn barnen | barnens barn | lag lagar | lagarna lag | vald våld
        utvärdering utvärderingar | utvardering utvärderingens | polis poliser | larare lärare
        for för | forebygga förebygga | ångest ÅNGEST | hora höra | lander länder | arme armé
        familj familjer | forskning forskningen | resultat resultaten | insats insatser
        våld våldet | skola skolan | samhälle samhället | program programmet | brott brottets
        möte mötena | kvinna kvinnan | område områdena
    """,
}

# These have nothing to do with each other and must not meet in this language.
APART = {
    "ar": """
        ماء ما | كتاب كاتب | عالم علم | مدينة دين | مكتب كتب | حرب حزب | عقل عقد | لبنان لبن
        أمان أم | مكان مك | بنات بن | ضمان ضم | بيان بي | وزارة زار | وسائل سائل | وقاية بقايا
        والدين الدين | وكيل كيل | بطولة طول | بلدان لدى | قانون قان
        وحدة حدة | ورشة رشة | شرطة شريط | عنف عنب | تقييم تقسيم
        شباب شبكة | أطفال أطلال | تعليم تعميم | قيمة قمة | شرف شرق | طرف تطرف | صحة صحراء
        ذكاء ذكر | بحر بحث | سجن سجل | رئيس رأس | إرهاب راهب | دولة دواء | مسألة مساءلة
        الحق لحق | جريمة كريمة | تدريب تجريب | مشاركة شركة | أسرة سر | لجنة جنة | بلدية لدي
    """,
    "en": """
        evaluation elevation | school schooner | policy polite | mentor mental | prevent present
        risk rich | youth young | violence violin | woman womb | course coarse | form from
        trial trail | community commerce | extreme extra | causal casual | adopt adapt
        probe prone | integrate interrogate | ethic ethnic | hate hat | news new | past paste
    """,
    "fr": """
        évaluation évolution | école écologie | loi loin | mari marine | cours coeur
        violence violon | prévenir revenir | formation fermeture | but buse | santé sang
        élève enlever | cité citron | travail travers | ville vieille | parent parti | jeune jeton
    """,
    "de": """
        Bewertung Bewerbung | Schule Schuld | Gewalt Gestalt | Kind Kinn | Jugend Tugend
        Polizei Politik | Stadt Staat | Maßnahme Ausnahme | Recht Rente | Ziel Zoll | Haus Hals
        Dorf darf | Sucht Sicht | Wirkung Wirtschaft | Schutz Schmutz | Opfer Oper
    """,
    "sv": """
        skola skala | barn bark | utvärdering utvandring | kommun komma | ungdom ursprung
        polis politik | elev elak | åtgärd trädgård | förebygga föregå | hot hopp | stöd städ
        familj fabrik | resultat resa | lärare läkare | stat stad | våld våt
    """,
}


def _pairs(listed: str) -> list[tuple[str, str]]:
    lines = [line.strip() for line in listed.splitlines()]
    text = "|".join(line for line in lines if line and not line.startswith("#"))
    return [(typed, printed) for typed, printed in (entry.split() for entry in text.split("|"))]


def _cases(listed: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(language, *pair) for language, pairs in listed.items() for pair in _pairs(pairs)]


def _meeting_bits(typed: str, printed: str) -> int:
    (one,), (other,) = forms(typed), forms(printed)
    others = dict(keys(other))
    bits = 0
    for key, mask in keys(one):
        bits |= mask & others.get(key, 0)
    return bits


def test_there_are_enough_pairs() -> None:
    meeting = {language: len(_pairs(pairs)) for language, pairs in MEETING.items()}
    apart = {language: len(_pairs(pairs)) for language, pairs in APART.items()}
    assert meeting["ar"] >= 60 and apart["ar"] >= 30
    assert all(count >= 25 for count in meeting.values())
    assert all(count >= 15 for count in apart.values())


@pytest.mark.parametrize(("language", "typed", "printed"), _cases(MEETING))
def test_a_typed_word_finds_the_printed_one(language: str, typed: str, printed: str) -> None:
    assert _meeting_bits(typed, printed) & (FOLD | LANGUAGE_BITS[language])


@pytest.mark.parametrize(("language", "one", "other"), _cases(APART))
def test_unrelated_words_stay_apart(language: str, one: str, other: str) -> None:
    assert not _meeting_bits(one, other) & (FOLD | LANGUAGE_BITS[language])


@pytest.mark.parametrize(
    ("one", "other"),
    [("median", "media"), ("german", "germ"), ("ticket", "tick"), ("network", "net")],
)
def test_swedish_endings_are_not_cut_off_words_of_other_languages(one: str, other: str) -> None:
    assert not _meeting_bits(one, other)


def test_the_first_key_is_the_fold_and_keys_are_distinct() -> None:
    for word in ("évaluations", "prüfungen", "åtgärderna", "المسؤولية", "2018", "оценка"):
        found = keys(word)
        assert found[0][1] & FOLD
        assert len({key for key, _ in found}) == len(found)
        assert all(key and mask for key, mask in found)


def test_spelling_variants_meet_as_whole_words() -> None:
    for one, other in (("prüfung", "pruefung"), ("straße", "strasse"), ("إدارة", "اداره")):
        assert _meeting_bits(one, other) & FOLD
    assert not _meeting_bits("schule", "schulen") & FOLD
    assert not _meeting_bits("مدرسة", "مدرسات") & FOLD


def test_words_with_figures_and_other_scripts_have_only_their_fold() -> None:
    assert keys("covid19") == (("covid19", FOLD),)
    assert keys("2018") == (("2018", FOLD),)
    assert keys("оценки") == (("оценки", FOLD),)
    assert keys("評価") == (("評価", FOLD),)


def test_a_short_word_is_its_own_stem_in_every_language_of_its_script() -> None:
    ((key, mask),) = keys("act")
    assert key == "act"
    assert mask == FOLD | sum(LANGUAGE_BITS[code] for code in ("en", "fr", "de", "sv"))


def test_an_accented_word_has_stems_only_where_its_letters_are_written() -> None:
    swedish, german, french, english = (LANGUAGE_BITS[code] for code in ("sv", "de", "fr", "en"))
    bits = {word: 0 for word in ("åtgärder", "élèves", "maßnahmen", "schools")}
    for word in bits:
        for _, mask in keys(word):
            bits[word] |= mask
    assert bits["åtgärder"] & swedish and not bits["åtgärder"] & (english | french)
    assert bits["élèves"] == FOLD | french
    assert bits["maßnahmen"] == FOLD | german
    assert bits["schools"] == FOLD | english | french | german | swedish


def test_language_bits_are_distinct() -> None:
    bits = [FOLD, *LANGUAGE_BITS.values()]
    assert sum(bits) == 0b111111
    assert all(bit.bit_count() == 1 for bit in bits)


def test_stems_are_the_same_from_many_threads_at_once() -> None:
    words = [typed for language in MEETING for typed, _ in _pairs(MEETING[language])]
    surfaces = [word for typed in words for word in forms(typed)] * 20
    stem = keys.__wrapped__
    alone = [stem(word) for word in surfaces]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(stem, surfaces)) == alone
