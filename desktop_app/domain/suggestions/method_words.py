"""How designs, kinds of evaluation and ways of gathering data are called in the five languages.

Only terms that hardly mean anything else: "experiment" or "panel" alone say nothing. The codes are
those of the record's fields and of the vocabulary.
"""

DESIGNS = {
    "RCT": """
        randomised controlled trial; randomized controlled trial; randomised control trial
        randomized control trial; randomised trial; randomized trial; randomised evaluation
        randomized evaluation; cluster randomised; cluster randomized; RCT; randomly assigned
        essai contrôlé randomisé; essai randomisé contrôlé; essai randomisé; ECR
        assignation aléatoire; randomisierte kontrollierte Studie; randomisiert kontrollierte Studie
        randomisiert-kontrollierte Studie; randomisierte Kontrollstudie
        randomiserad kontrollerad studie; randomiserad kontrollstudie; randomiserat kontrollförsök
        randomiserad studie; تجربة عشوائية محكمة; تجربة عشوائية مضبوطة; تجربة منضبطة معشاة
        تجارب عشوائية محكمة; التوزيع العشوائي على المجموعات
    """,
    "quasi_experimental": """
        quasi-experimental; quasi experimental; quasi-experiment; difference-in-differences
        difference in difference; propensity score matching; genetic matching
        regression discontinuity; synthetic control; matched comparison group
        matched control group; nonequivalent control group; interrupted time series
        quasi-expérimental; quasi-expérimentale; quasi-expérimentation; double différence
        doubles différences; différence de différences; différences de différences
        score de propension; quasi-experimentell; Quasi-Experiment; quasiexperimentell
        Differenz-von-Differenzen; Propensity-Score-Matching; kvasiexperimentell
        kvasi-experimentell; kvasiexperiment; شبه تجريبي; شبه تجريبية; شبه التجريبي
        الفرق في الفروق; مطابقة درجات الميل
    """,
    "before_after": """
        before-and-after study; before and after comparison; before-after comparison
        before-after design; before-and-after design; pre-post design; pre-post study
        pre- and post-test; pre and post test; pre-test and post-test; pretest-posttest
        pre and post intervention survey; comparaison avant-après; étude avant-après
        pré-test et post-test; prétest et post-test; Vorher-Nachher-Vergleich
        Vorher-Nachher-Messung; Vorher-Nachher-Design; Prä-Post-Design; Prä-Post-Vergleich
        Prä-Post-Messung; före- och eftermätning; för- och eftermätning
        före- och eftermätningar; اختبار قبلي وبعدي; القياس القبلي والبعدي; مقارنة قبل وبعد
    """,
    "cross_section": """
        cross-sectional survey; cross-sectional study; cross-sectional design
        cross-sectional analysis; enquête transversale; étude transversale
        Querschnittstudie; Querschnittsstudie; Querschnittserhebung; Querschnittsdesign
        tvärsnittsstudie; tvärsnittsundersökning; دراسة مقطعية; مسح مقطعي; دراسة مستعرضة
    """,
    "theory_based": """
        theory-based; theory-driven evaluation; theory-driven approach
        theory of change approach; contribution analysis; process tracing; realist evaluation
        realist review; realistic evaluation; outcome harvesting; evaluation theory-based
        évaluation fondée sur la théorie; évaluation basée sur la théorie
        analyse de contribution; évaluation réaliste; theoriebasierte Evaluation
        theoriegeleitete Evaluation; Kontributionsanalyse; realistische Evaluation
        teoribaserad utvärdering; programteoriutvärdering; programteoretisk utvärdering
        bidragsanalys; realistisk utvärdering; تقييم قائم على النظرية; تحليل المساهمة
        التقييم الواقعي
    """,
    "qualitative": """
        qualitative study; qualitative evaluation; qualitative research design
        qualitative design; qualitative approach; purely qualitative; étude qualitative
        évaluation qualitative; recherche qualitative; approche qualitative
        qualitative Studie; qualitatives Design; qualitative Evaluation; qualitatives Vorgehen
        kvalitativ studie; kvalitativ utvärdering; kvalitativ ansats; kvalitativ metod
        دراسة نوعية; دراسة كيفية; منهج نوعي; المنهج النوعي; المنهج الكيفي; تقييم نوعي
    """,
    "mixed": """
        mixed methods; mixed-methods; mixed method; mixed-method; multi-method approach
        multi-method design; méthodes mixtes; méthode mixte; approche mixte
        démarche mixte; Mixed-Methods; Mixed-Methods-Ansatz; Mixed-Methods-Design
        Methodenmix; gemischte Methoden; Methodentriangulation; blandade metoder
        flermetodsansats; mixad metod; metodtriangulering; منهج مختلط; المنهج المختلط
        أساليب مختلطة; مناهج مختلطة; الطرق المختلطة
    """,
}
NOTHING = "-"
"""The code of terms that only look like others."""
EVALUATION_TYPES = {
    NOTHING: """
        environmental impact assessment; privacy impact assessment; equality impact assessment
        data protection impact assessment; social impact assessment; regulatory impact assessment
        étude d’impact environnemental; évaluation d’impact environnemental
        évaluation des impacts environnementaux; Umweltverträglichkeitsprüfung
        miljökonsekvensbeskrivning; تقييم الأثر البيئي; تقييم التأثير البيئي
    """,
    "process": """
        process evaluation; implementation evaluation; évaluation de processus
        évaluation du processus; évaluation de la mise en œuvre; Prozessevaluation
        Prozessevaluierung; Implementationsevaluation; processutvärdering
        genomförandeutvärdering; تقييم العملية; تقييم العمليات; تقييم التنفيذ
    """,
    "impact": """
        impact evaluation; impact assessment; outcome evaluation; summative evaluation
        effectiveness evaluation; évaluation d’impact; évaluation des effets
        évaluation des impacts; Wirkungsevaluation; Wirkungsevaluierung; Wirkungsanalyse
        Wirkungsstudie; Wirksamkeitsstudie; Ergebnisevaluation; effektutvärdering
        effektstudie; resultatutvärdering; تقييم الأثر; تقييم أثر; تقييم التأثير; تقييم النتائج
    """,
    "value_for_money": """
        value-for-money; value for money; economic evaluation; cost-benefit analysis
        cost benefit analysis; cost-effectiveness analysis; social return on investment
        analyse coût-bénéfice; analyse coûts-bénéfices; analyse coût-efficacité
        évaluation économique; évaluation médico-économique; Kosten-Nutzen-Analyse
        Wirtschaftlichkeitsuntersuchung; Kosten-Wirksamkeits-Analyse; kostnads-nyttoanalys
        kostnadsnyttoanalys; samhällsekonomisk analys; hälsoekonomisk utvärdering
        القيمة مقابل المال; تحليل التكلفة والعائد; تحليل التكاليف والفوائد; تقييم اقتصادي
    """,
    "outcome_monitoring": """
        outcome monitoring; results monitoring; outcomes monitoring; suivi des résultats
        suivi des effets; Ergebnismonitoring; Wirkungsmonitoring; resultatuppföljning
        effektuppföljning; رصد النتائج; متابعة النتائج
    """,
    "formative": """
        formative evaluation; developmental evaluation; évaluation formative
        évaluation évolutive; formative Evaluation; wissenschaftliche Begleitung
        wissenschaftliche Begleitforschung; Begleitforschung; formativ utvärdering
        följeforskning; lärande utvärdering; التقييم التكويني; تقييم تكويني; تقييم بنائي
    """,
}
DATA_METHODS = {
    "survey": """
        online survey; household survey; questionnaire survey; baseline survey; endline survey
        survey questionnaire; enquête par questionnaire; enquête en ligne; Online-Befragung
        Fragebogenerhebung; standardisierte Befragung; enkätundersökning; webbenkät
        enkätundersökningar; استبيان; استبانة; استمارة استبيان
    """,
    "interview": """
        semi-structured interview; key informant interview; in-depth interview; expert interview
        qualitative interviews; structured interviews; entretien semi-directif
        entretiens semi-directifs; entretiens individuels; entretiens approfondis
        Leitfadeninterview; leitfadengestützte Interviews; Experteninterview
        Expert*inneninterview; Expertinneninterviews; djupintervju; semistrukturerade intervjuer
        intervjustudie; مقابلات معمقة; مقابلات شبه منظمة; مقابلات فردية; مقابلات شخصية
    """,
    "focus_group": """
        focus group; focus groups; focus group discussion; groupe de discussion
        groupes de discussion; Fokusgruppe; Fokusgruppen; Gruppendiskussion; fokusgrupp
        fokusgrupper; fokusgruppsintervju; مجموعات التركيز; مجموعات تركيز; مجموعة بؤرية
        مجموعات بؤرية; المجموعات البؤرية; مجموعات النقاش المركزة
    """,
    "observation": """
        participant observation; direct observation; structured observation
        observation participante; observation directe; teilnehmende Beobachtung
        strukturierte Beobachtung; deltagande observation; ملاحظة بالمشاركة; الملاحظة المباشرة
    """,
    "document_review": """
        document review; desk review; desk-based review; documentary review; document analysis
        revue documentaire; analyse documentaire; Dokumentenanalyse; Aktenanalyse
        dokumentanalys; dokumentstudie; مراجعة الوثائق; تحليل الوثائق; مراجعة مكتبية
        المراجعة المكتبية
    """,
    "administrative_data": """
        administrative data; police-recorded data; register data; données administratives
        Verwaltungsdaten; Registerdaten; Prozessdaten; registerdata; بيانات إدارية
        البيانات الإدارية
    """,
}


def term_codes(table: dict[str, str]) -> dict[str, str]:
    """Return the code for each term of one of the tables."""
    return {
        term.strip(): code
        for code, listed in table.items()
        for line in listed.splitlines()
        for term in line.split(";")
        if term.strip()
    }
