"""The vocabulary of the program: it knows the words that practitioners type in five languages."""

import pytest

from desktop_app.config.vocabulary_files import load_vocabulary
from desktop_app.domain.text import forms
from desktop_app.domain.vocabulary import LANGUAGES, LabelUse, plain_keys
from desktop_app.index.analysis import FOLD, LANGUAGE_BITS, keys

VOCABULARY = load_vocabulary()
LABELS = [(concept, label) for concept in VOCABULARY for label in concept.names()]

# What practitioners type. Each of them has to lead to the other languages.
TYPED = {
    "en": """
        prevention, radicalization, safeguarding, resilience, disinformation, hate speech,
        polarisation, deradicalisation, disengagement, exit programme, reintegration, returnees,
        far-right, P/CVE, counter-terrorism, monitoring, indicators, baseline, logic model, theory
        of change, control group, attrition, effect size, confidence interval, focus groups,
        interviews, surveys, consent, data protection, do no harm, bystanders, community policing,
        trust, social cohesion, integration, discrimination, racism, antisemitism, Islamophobia,
        gender, masculinity, families, schools, teacher, youth workers, prison, probation,
        municipalities, civil society, NGOs, funding, cost-effectiveness, knowledge transfer,
        mentors, case study, evaluations, hotline, referral, hate crimes, conspiracy theories, fake
        news, media literacy, gaming, propaganda, stigma, mental health, imams, ethics, toolkit
        """,
    "fr": """
        prévention, extrémisme violent, désengagement, déradicalisation, réinsertion, haine en
        ligne, complotisme, mentor, entretiens, enquête, sondage, groupe témoin, évaluation
        d’impact, suivi-évaluation, indicateurs, théorie du changement, cadre logique, taille
        d’effet, intervalle de confiance, consentement, ne pas nuire, enseignants, collège, lycée,
        mairie, association, ONG, police de proximité, laïcité, vivre-ensemble, islamophobie,
        éducateurs, travailleurs sociaux, imam, financement, signalement, esprit critique
        """,
    "de": """
        Prävention, Extremismusprävention, Ausstiegsarbeit, Distanzierung, Wiedereingliederung,
        Resilienz, Hassrede, Verschwörungstheorien, Mentoren, Interviews, Fragebogen, Umfragen,
        Kontrollgruppe, Evaluierung, Wirkungsevaluation, Indikatoren, Wirkungslogik, Effektstärken,
        Einwilligung, Datenschutz, Lehrkräften, Schulen, Jugendarbeit, Sozialarbeit, Kommunen,
        Zivilgesellschaft, Vereine, Gefängnis, Zusammenhalt, Islamfeindlichkeit, Männlichkeit,
        Jugendliche, Eltern, Förderung, Meldestelle, Demokratieförderung, Medienkompetenz, Leitfaden
        """,
    "sv": """
        förebyggande, våldsbejakande extremism, avhopparverksamhet, avhoppare, återintegrering,
        motståndskraft, näthat, hets mot folkgrupp, mentorer, intervjuer, enkäter, kontrollgrupp,
        utvärderingar, effektutvärdering, uppföljning, programlogik, förändringsteori, samtycke,
        lärare, skolor, fritidsgård, socialtjänsten, kommuner, civilsamhället, polisen, fängelse,
        frivård, jämställdhet, ungdomar, föräldrar, trossamfund, statsbidrag, orosanmälan,
        källkritik, lägesbild, handlingsplan, samverkan, återvändare, hatbrott, metodstöd
        """,
    "ar": """
        الوقاية, منع التطرف العنيف, الراديكالية, مكافحة الإرهاب, نزع التطرف, فك الارتباط, إعادة
        الإدماج, الصمود, خطاب الكراهية, التضليل, نظريات المؤامرة, الاستقطاب, التجنيد, التوجيه,
        المقابلات, الاستبيان, المجموعة الضابطة, تقييم الأثر, المتابعة, المؤشرات, خط الأساس, نظرية
        التغيير, حجم الأثر, الموافقة المستنيرة, عدم الإضرار, المدارس, المعلمين, البلديات, المجتمع
        المدني, الشرطة المجتمعية, السجون, التماسك الاجتماعي, العنصرية, الإسلاموفوبيا, الجندر,
        الشباب, الأسر, الأئمة, التمويل, نقل المعرفة, التفكير النقدي, العائدون, الوصم, دروس مستفادة
        """,
}


def stems(word: str, language: str) -> frozenset[str]:
    """Compare words as the index does."""
    mask = FOLD | LANGUAGE_BITS[language]
    return frozenset(key for key, bits in keys(word) if bits & mask)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_practitioners_type_leads_to_the_other_languages(language: str) -> None:
    for typed in TYPED[language].split(","):
        words = forms(typed)
        found = [
            expansion
            for expansion in VOCABULARY.expansions(words, stems)
            if expansion.end - expansion.start == len(words) and language in expansion.languages
        ]
        # Where the other language has the same word, there is nothing to add.
        known = {language for expansion in found for language in expansion.languages}
        others = {label.language for expansion in found for label in expansion.labels}
        assert known | others == set(LANGUAGES), " ".join(words)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("إعادة الإدماج", "term:reintegration"),
        ("اعادة ادماج", "term:reintegration"),
        ("خطاب الكراهيه", "phenomenon:hate_speech"),
        ("الإسلاموفوبيا", "phenomenon:anti_muslim_racism"),
        ("الرصد والتقييم", "topic:monitoring_and_evaluation"),
        ("مجموعة ضابطة", "term:control_group"),
        ("safeguarding", "term:safeguarding"),
        ("M&E", "topic:monitoring_and_evaluation"),
        ("islamophobia", "phenomenon:anti_muslim_racism"),
        ("randomized controlled trial", "design:RCT"),
        ("rct", "design:RCT"),
        ("radicalised youth", "target_group:young_people_at_risk"),
        ("foreign terrorist fighters", "target_group:returnees"),
        ("prevention de la radicalisation", "term:prevention_of_violent_extremism"),
        ("groupe témoin", "term:control_group"),
        ("éducateurs de rue", "target_group:youth_workers"),
        ("Distanzierungs- und Ausstiegsarbeit", "approach:exit_work"),
        ("gefaehrdete jugendliche", "target_group:young_people_at_risk"),
        ("Gefährder", "target_group:people_at_risk"),
        ("gruppenbezogene Menschenfeindlichkeit", "phenomenon:group_hostility"),
        ("avhopparverksamhet", "approach:exit_work"),
        ("valdsbejakande extremism", "term:violent_extremism"),
        ("förebyggande arbete", "term:prevention"),
        ("orosanmälan", "term:safeguarding"),
        ("särskilt utsatt område", "area_type:disadvantaged_area"),
        ("tools_templates_guides", "topic:tools_templates_guides"),
    ],
)
def test_find_in_each_language(typed: str, key: str) -> None:
    assert key in [concept.key for concept in VOCABULARY.find(typed)]


def test_every_label_finds_its_concept() -> None:
    for concept, label in LABELS:
        assert concept in VOCABULARY.find(label.text, concept.scheme), label


@pytest.mark.parametrize(
    ("query", "concepts", "offered"),
    [
        (
            "what worked for mentoring of at-risk youth in prison?",
            ["approach:mentoring", "target_group:young_people_at_risk", "setting:prison"],
            {"sv:mentorskap", "fr:jeunes en situation de risque", "ar:السجون", "de:Gefängnis"},
        ),
        (
            "utvärderingar av avhopparverksamheten",
            ["kind:evaluation", "approach:exit_work"],
            {"ar:تقييم", "en:exit work", "de:Ausstiegsarbeit"},
        ),
        (
            "les entretiens avec des enseignants",
            ["data_methods:interview", "target_group:teachers"],
            {"ar:مقابلة", "sv:intervju", "de:Lehrkräfte"},
        ),
        (
            "تقييم برامج إعادة الإدماج",
            ["kind:evaluation", "term:reintegration"],
            {"en:reintegration", "sv:utvärdering", "fr:réinsertion"},
        ),
        (
            "Was hat die Extremismusprävention gebracht?",
            ["term:prevention_of_violent_extremism"],
            {"en:preventing violent extremism", "sv:PVE"},
        ),
    ],
)
def test_questions_are_widened_with_the_stems_of_the_index(
    query: str, concepts: list[str], offered: set[str]
) -> None:
    expansions = VOCABULARY.expansions(forms(query), stems)
    found = [expansion.concept.key for expansion in expansions]
    assert [key for key in found if key in concepts] == concepts
    labels = {
        f"{label.language}:{label.text}" for expansion in expansions for label in expansion.labels
    }
    assert offered <= labels


def test_nothing_hidden_is_offered_for_any_label() -> None:
    hidden = {label.text for _, label in LABELS if label.use is LabelUse.HIDDEN}
    for _, label in LABELS:
        for expansion in VOCABULARY.expansions(forms(label.text)):
            offered = {other.text for other in expansion.labels}
            assert not offered & hidden, (label, offered & hidden)


def test_schemes_of_the_program_itself_widen_nothing() -> None:
    for words in ("no", "public", "unreadable", "annex", "planned", "worsened"):
        found = VOCABULARY.expansions([words])
        assert not found, (words, found)


def test_mentions_in_a_report() -> None:
    text = "We held Interviews and two focus groups; RAN staff ran them in prisons."
    said = [
        (mention.concept.key, text[mention.start : mention.end])
        for scheme in ("data_methods", "setting", "term")
        for mention in VOCABULARY.mentions(text, scheme, ("en",), stems)
    ]
    assert said == [
        ("data_methods:interview", "Interviews"),
        ("data_methods:focus_group", "focus groups"),
        ("setting:prison", "prisons"),
        ("term:practitioner_network", "RAN"),
    ]
    plain = VOCABULARY.mentions(text, "data_methods", ("en",), plain_keys)
    assert plain == ()
