"""What people head their columns: our fields in five languages, each with its synonyms.

A field's name is followed by its headings in English, French, German, Swedish and Arabic, separated
by "|". The first of a language is written, those after a ";" are understood as well. Case, accents,
punctuation and the Arabic article don't matter, nor does what stands in parentheses: "Author(s)" is
"Author". A field's own name ("report_number") needs no entry.
"""

RECORDS = """
id = Id; Record id; Identifier | Id; Identifiant; Identifiant de la fiche
  | Id; Kennung; Datensatz-Id | Id; Post-id; Identifierare
  | المعرّف; معرف السجل
file = File; Files; File name; Filename; File path; Path; PDF; PDF file; Attachment; Full text;
    Fulltext; Document; Document file | Fichier; Fichiers; Nom du fichier; Chemin; Fichier PDF;
    Pièce jointe; Texte intégral
  | Datei; Dateien; Dateiname; Dateipfad; Pfad; PDF-Datei; Anhang; Volltext; Dokument
  | Fil; Filer; Filnamn; Sökväg; Pdf-fil; Bilaga; Fulltext; Dokument
  | الملف; ملفات; اسم الملف; مسار الملف; ملف PDF; المرفق; النص الكامل; المستند
title = Title; Report title; Title of report; Title of the report; Document title; Name; Study;
    Study title; Publication title | Titre; Titre du rapport; Intitulé; Titre du document; Nom
  | Titel; Berichtstitel; Titel des Berichts; Name; Titel der Studie; Dokumenttitel
  | Titel; Rapporttitel; Rapportens titel; Rubrik; Namn; Dokumenttitel
  | العنوان; عنوان التقرير; اسم التقرير; عنوان الدراسة; عنوان الوثيقة; الاسم
title_ar = Title (Arabic); Arabic title; Title in Arabic | Titre (arabe); Titre en arabe
  | Titel (Arabisch); Arabischer Titel | Titel (arabiska); Arabisk titel; Titel på arabiska
  | العنوان (بالعربية); العنوان بالعربية; العنوان العربي
title_en = Title (English); English title; Title in English | Titre (anglais); Titre en anglais
  | Titel (Englisch); Englischer Titel | Titel (engelska); Engelsk titel; Titel på engelska
  | العنوان (بالإنجليزية); العنوان بالإنجليزية; العنوان بالإنكليزية; العنوان الإنجليزي
title_fr = Title (French); French title; Title in French | Titre (français); Titre en français
  | Titel (Französisch); Französischer Titel | Titel (franska); Fransk titel; Titel på franska
  | العنوان (بالفرنسية); العنوان بالفرنسية; العنوان الفرنسي
title_de = Title (German); German title; Title in German | Titre (allemand); Titre en allemand
  | Titel (Deutsch); Deutscher Titel; Titel auf Deutsch | Titel (tyska); Tysk titel; Titel på tyska
  | العنوان (بالألمانية); العنوان بالألمانية; العنوان الألماني
title_sv = Title (Swedish); Swedish title; Title in Swedish | Titre (suédois); Titre en suédois
  | Titel (Schwedisch); Schwedischer Titel | Titel (svenska); Svensk titel; Titel på svenska
  | العنوان (بالسويدية); العنوان بالسويدية; العنوان السويدي
kind = Kind; Type; Document type; Publication type; Resource type; Type of document; Type of report
  | Genre; Type; Type de document; Nature du document; Type de publication
  | Art; Dokumentart; Dokumenttyp; Publikationstyp; Typ; Publikationsart
  | Slag; Typ; Dokumenttyp; Typ av dokument; Publikationstyp
  | النوع; نوع الوثيقة; نوع المستند; نوع التقرير; نوع المنشور
year = Year; Publication year; Year of publication; Published; Date; Publication date;
    Date of publication; Date published | Année; Année de publication; Date; Date de publication
  | Jahr; Erscheinungsjahr; Publikationsjahr; Datum; Veröffentlicht; Veröffentlichungsjahr
  | År; Utgivningsår; Publiceringsår; Publicerad; Årtal; Datum; Publiceringsdatum
  | السنة; سنة النشر; سنة الإصدار; العام; تاريخ النشر; التاريخ
language = Language; Languages; Language of report | Langue; Langues; Langue du rapport
  | Sprache; Sprachen; Berichtssprache | Språk; Rapportens språk
  | اللغة; اللغات; لغة التقرير
access = Access; Access level; Who may see it; Confidentiality | Accès; Niveau d’accès; Diffusion
  | Zugang; Zugriff; Freigabe; Vertraulichkeit; Zugangsstufe | Åtkomst; Behörighet; Sekretess
  | الإتاحة; مستوى الإتاحة; الوصول; السرية; مستوى الوصول
author = Author; Authors; Written by; By; Author names | Auteur; Auteurs; Autrice; Auteure;
    Auteur·e; Auteurs et autrices | Autor; Autoren; Autorin; Autorinnen; Autor:in; Autor:innen;
    Autor*innen; Autor/in; Verfasser; Verfasserin; Verfasst von; Autorinnen und Autoren
  | Författare; Författarna; Skriven av; Upphov | المؤلف; المؤلفون; المؤلفين; الكاتب; إعداد; الباحث
evaluator = Evaluator; Evaluators; Evaluated by; Evaluation team | Évaluateur; Évaluatrice;
    Évaluateurs; Évalué par | Evaluator; Evaluierende; Evaluiert von; Evaluationsteam; Evaluator:in
  | Utvärderare; Utvärderad av; Utvärderingsgrupp
  | المقيّم; المقيّمون; جهة التقييم; فريق التقييم
commissioner = Commissioner; Commissioned by; Client; Contracting authority | Commanditaire;
    Commanditaires; Commandé par | Auftraggeber; Auftraggeberin; Auftraggebende; Beauftragt von
  | Beställare; Uppdragsgivare; Beställd av | الجهة المكلِّفة; بتكليف من; الجهة الطالبة
funder = Funder; Funders; Funded by; Funding; Donor; Donors | Financeur; Financeurs; Bailleur;
    Bailleur de fonds; Financé par; Financement | Geldgeber; Förderer; Finanzierung; Gefördert von;
    Fördermittelgeber; Mittelgeber | Finansiär; Finansiärer; Finansierad av; Finansiering
  | الممول; الممولون; الجهة الممولة; الجهة المانحة; التمويل; المانح
doi = DOI; DOI number; Digital object identifier | DOI; Identifiant DOI | DOI; DOI-Nummer
  | DOI; DOI-nummer | DOI; معرف الوثيقة الرقمي
isbn = ISBN; ISBN number; ISBN13; ISBN 13 | ISBN; Numéro ISBN | ISBN; ISBN-Nummer
  | ISBN; ISBN-nummer | ISBN; ردمك; الرقم الدولي المعياري للكتاب
url = Web address; URL; Link; Website; Web page; Weblink; Hyperlink; Webpage; Internet address
  | Adresse web; Lien; Site web; Site internet; Page web | Webadresse; Internetadresse; Webseite;
    Website; Webbadresse | Webbadress; Länk; Webbplats; Webbsida; Hemsida; Internetadress
  | عنوان الويب; الرابط; رابط; الموقع الإلكتروني; رابط التقرير
report_number = Report number; Report no; Report nr; Series number; Reference number
  | Numéro du rapport; N° du rapport; Numéro de rapport; Référence du rapport
  | Berichtsnummer; Berichtsnr; Bericht Nr; Reihennummer; Aktenzeichen
  | Rapportnummer; Rapport nr; Serienummer; Diarienummer | رقم التقرير; الرقم المرجعي
publisher = Publisher; Published by; Publishing body; Institution | Éditeur; Édité par; Publié par
  | Herausgeber; Verlag; Herausgegeben von; Herausgebende Stelle
  | Utgivare; Förlag; Utgiven av | الناشر; جهة النشر; دار النشر
place_of_publication = Place of publication; Publication place; Published in
  | Lieu de publication; Lieu d’édition; Publié à | Erscheinungsort; Verlagsort
  | Utgivningsort; Publiceringsort; Förlagsort | مكان النشر; بلد النشر
licence = Licence; License; Rights; Copyright; Terms of use | Licence d’utilisation; Licence;
    Droits; Droits d’auteur | Lizenz; Rechte; Nutzungsrechte; Urheberrecht
  | Licens; Rättigheter; Upphovsrätt; Användarvillkor | الترخيص; الرخصة; الحقوق; حقوق النشر
redistribution_ok = May be passed on; Redistribution allowed; Redistribution; Can be shared
  | Rediffusion permise; Rediffusion autorisée; Rediffusion; Peut être transmis
  | Weitergabe erlaubt; Weitergabe; Darf weitergegeben werden
  | Får spridas vidare; Vidarespridning; Får delas vidare; Spridning tillåten
  | إعادة النشر مسموحة; إعادة التوزيع; يجوز توزيعه; السماح بالتوزيع
machine_translated = Machine translated; Machine translation; Automatic translation
  | Traduction automatique; Traduit automatiquement
  | Maschinell übersetzt; Maschinelle Übersetzung; Automatisch übersetzt
  | Maskinöversatt; Maskinöversättning | مترجم آليًا; ترجمة آلية
overview = Overview; Summary; Abstract; Description; Executive summary; Synopsis | Aperçu; Résumé;
    Description; Synthèse; Abstract; Présentation | Überblick; Zusammenfassung; Kurzfassung;
    Beschreibung; Abstract; Kurzbeschreibung; Inhalt
  | Översikt; Sammanfattning; Beskrivning; Referat; Abstrakt
  | نظرة عامة; ملخص; الخلاصة; الوصف; المستخلص; نبذة
key_takeaways = Key takeaways; Key findings; Key messages; Main findings; Main points; Takeaways
  | Points clés; Messages clés; Principaux constats; Principaux résultats; À retenir
  | Kernaussagen; Zentrale Ergebnisse; Wichtigste Ergebnisse; Kernbotschaften
  | Viktigaste slutsatser; Huvudresultat; Huvudbudskap; Viktiga slutsatser; Att ta med sig
  | أهم النقاط; النتائج الرئيسية; أبرز النتائج; الرسائل الرئيسية; أهم النتائج
next_steps = Next steps; Follow-up steps; Way forward | Prochaines étapes; Suites à donner; Suites
  | Nächste Schritte; Weiteres Vorgehen | Nästa steg; Fortsatt arbete
  | الخطوات التالية; الخطوات القادمة; الخطوات المقبلة
related = Related records; Related; Related reports; See also | Fiches liées; Voir aussi;
    Documents liés; Rapports liés | Verwandte Einträge; Siehe auch; Verwandte Berichte; Verwandt
  | Relaterade poster; Se även; Relaterade rapporter; Relaterat
  | سجلات ذات صلة; انظر أيضًا; تقارير ذات صلة
topic = Topic; Topics; Theme; Themes | Sujet; Sujets; Thème; Thèmes; Thématique
  | Themenbereich; Thema; Themen; Themenfeld | Ämne; Ämnen; Tema; Teman | الموضوع; المواضيع; المحور
tag = Tag; Tags; Keyword; Keywords; Key words | Étiquette; Étiquettes; Mots-clés; Mot-clé;
    Mots clefs
  | Schlagwort; Schlagwörter; Schlagworte; Stichwort; Stichwörter; Stichworte; Schlüsselwörter
  | Tagg; Taggar; Nyckelord; Ämnesord; Etiketter; Etikett | وسم; وسوم; الكلمات المفتاحية; كلمات دالة
programme_name = Programme; Program; Programme name; Program name; Project; Project name;
    Name of programme; Intervention name | Programme; Nom du programme; Projet; Nom du projet
  | Programm; Programmname; Projekt; Projektname; Name des Programms; Maßnahme
  | Program; Programmets namn; Projekt; Projektnamn; Insats; Insatsens namn
  | البرنامج; اسم البرنامج; المشروع; اسم المشروع
aims = Aims; Aim; Objectives; Goals; Purpose | Objectifs; Objectif; Buts; But; Finalité
  | Ziele; Ziel; Zielsetzung; Zielsetzungen; Zweck | Mål; Syfte; Syften; Målsättning; Målsättningar
  | الأهداف; الهدف; الغايات; الغاية
theory_of_change = Theory of change; Logic model; Programme theory | Théorie du changement;
    Modèle logique; Théorie du programme | Programmtheorie; Wirkmodell; Wirkungslogik;
    Logisches Modell; Wirkungsmodell | Förändringsteori; Programteori; Verksamhetslogik; Effektkedja
  | نظرية التغيير; النموذج المنطقي; نظرية البرنامج
dosage = Dosage; Dose; Duration and intensity; Intensity; Duration | Dosage et durée; Dosage;
    Intensité; Durée | Umfang und Dauer; Umfang; Intensität; Dosierung; Dauer
  | Omfattning och intensitet; Dosering; Omfattning; Intensitet; Längd
  | الجرعة; الكثافة والمدة; كثافة التدخل; المدة
delivering_body = Delivered by; Delivering body; Delivery body; Implementer; Implementing body;
    Implementing organisation; Provider | Mis en œuvre par; Organisme de mise en œuvre; Opérateur;
    Porteur du projet; Structure porteuse | Träger; Durchführende Stelle; Durchgeführt von;
    Umgesetzt von; Durchführung; Projektträger | Genomförs av; Utförare; Genomförande organisation;
    Huvudman; Genomförare | الجهة المنفذة; جهة التنفيذ; المنفذ; نفذه
prevention_level = Prevention level; Level of prevention | Niveau de prévention
  | Präventionsebene; Präventionsstufe; Ebene der Prävention | Preventionsnivå; Förebyggande nivå
  | مستوى الوقاية; نوع الوقاية
phenomenon = Phenomenon; Phenomena; Form of extremism; Type of extremism; Problem addressed
  | Phénomène; Phénomènes; Forme d’extrémisme | Phänomen; Phänomene; Phänomenbereich;
    Phänomenbereiche | Företeelse; Fenomen; Problemområde; Form av extremism
  | الظاهرة; الظواهر; نوع التطرف; شكل التطرف
approach = Approach; Approaches; Intervention type; Type of intervention; Intervention
  | Approche; Approches; Type d’intervention; Intervention
  | Ansatz; Ansätze; Art der Maßnahme; Maßnahmentyp; Interventionstyp; Intervention
  | Arbetssätt; Insatstyp; Typ av insats; Angreppssätt; Intervention
  | النهج; المقاربة; نوع التدخل; التدخل
setting = Setting; Settings; Where it takes place | Cadre; Milieu; Cadre d’intervention; Contexte
  | Handlungsfeld; Handlungsfelder; Setting; Einsatzort | Miljö; Arena; Arenor; Sammanhang
  | بيئة التنفيذ; البيئة; السياق; مكان التدخل
target_group = Target group; Target groups; Target population; Beneficiaries; Participants
  | Public cible; Groupe cible; Groupes cibles; Publics cibles; Bénéficiaires; Population cible
  | Zielgruppe; Zielgruppen; Teilnehmende | Målgrupp; Målgrupper; Deltagare
  | الفئة المستهدفة; الفئات المستهدفة; المستفيدون; المشاركون; الجمهور المستهدف
age_band = Age; Ages; Age band; Age group; Age range | Âge; Âges; Tranche d’âge; Groupe d’âge
  | Alter; Altersgruppe; Altersgruppen; Altersspanne | Ålder; Åldersgrupp; Åldersgrupper; Åldrar
  | العمر; الفئة العمرية; الفئات العمرية; السن
risk_level = Risk level; Level of risk; Risk group | Niveau de risque
  | Risikostufe; Risikoniveau; Risikolage; Gefährdungsstufe | Risknivå; Riskgrupp
  | مستوى الخطر; مستوى المخاطر; درجة الخطورة
country = Country; Countries; Nation | Pays | Land; Länder; Staat; Staaten | Land; Länder
  | البلد; البلدان; الدولة; الدول
place = Place; Places; City; Location; Municipality; Town; Region; Area
  | Lieu; Lieux; Ville; Commune; Municipalité; Région; Localité; Territoire
  | Ort; Orte; Stadt; Kommune; Gemeinde; Region; Standort
  | Plats; Ort; Kommun; Stad; Region; Kommuner; Område; Orter
  | المكان; المدينة; الموقع; البلدية; المنطقة; الجهة
area_type = Type of area; Area type; Urban or rural | Type de territoire; Type de zone
  | Gebietstyp; Raumtyp; Gebietsart; Siedlungstyp | Typ av område; Områdestyp; Kommuntyp
  | نوع المنطقة; طبيعة المنطقة
population_band = Population; Population size; Population band; Inhabitants; Number of inhabitants
  | Population; Nombre d’habitants; Habitants; Taille de la population
  | Einwohnerzahl; Einwohner; Bevölkerung; Bevölkerungsgröße
  | Befolkning; Invånare; Invånarantal; Folkmängd; Befolkningsstorlek
  | عدد السكان; السكان; حجم السكان
status = Status; Evaluation status; Stage of evaluation | Statut; État; État d’avancement;
    Avancement
  | Status; Stand; Bearbeitungsstand; Evaluationsstand | Status; Läge; Utvärderingens status
  | الحالة; حالة التقييم; الوضع
evaluation_type = Evaluation type; Type of evaluation; Kind of evaluation
  | Type d’évaluation; Nature de l’évaluation
  | Evaluationsart; Art der Evaluation; Evaluationstyp; Evaluierungsart
  | Utvärderingstyp; Typ av utvärdering; Slag av utvärdering | نوع التقييم; أنواع التقييم
independence = Independence; Independence of evaluation; Internal or external
  | Indépendance; Indépendance de l’évaluation; Interne ou externe
  | Unabhängigkeit; Intern oder extern; Unabhängigkeit der Evaluation
  | Oberoende; Intern eller extern; Utvärderingens oberoende
  | الاستقلالية; استقلالية التقييم; داخلي أو خارجي
design = Design; Study design; Evaluation design; Research design; Methodology
  | Plan d’étude; Devis; Devis d’évaluation; Protocole; Méthodologie; Design
  | Design; Studiendesign; Untersuchungsdesign; Forschungsdesign; Evaluationsdesign; Methodik
  | Design; Studiedesign; Utvärderingsdesign; Forskningsdesign; Upplägg; Metodik
  | التصميم; تصميم الدراسة; تصميم التقييم; المنهجية; تصميم البحث
comparison_group = Comparison group; Control group; Comparison; Comparator; Counterfactual
  | Groupe de comparaison; Groupe témoin; Groupe contrôle
  | Vergleichsgruppe; Kontrollgruppe; Vergleich | Jämförelsegrupp; Kontrollgrupp; Jämförelse
  | مجموعة المقارنة; المجموعة الضابطة
sample_size = Sample size; Sample; N; Number of participants; Size of sample
  | Taille de l’échantillon; Échantillon; Nombre de participants; Effectif
  | Stichprobengröße; Stichprobe; Stichprobenumfang; Anzahl Teilnehmende; Fallzahl
  | Urvalsstorlek; Urval; Stickprovsstorlek; Antal deltagare
  | حجم العينة; العينة; عدد المشاركين
attrition = Attrition; Drop-out; Dropout rate; Attrition rate; Loss to follow-up
  | Attrition; Abandon; Taux d’abandon; Perdus de vue
  | Ausfälle; Ausfallquote; Abbruchquote; Drop-out-Quote; Schwund
  | Bortfall; Avhopp; Bortfallsandel | التسرب; نسبة التسرب; الانسحاب; معدل التسرب
follow_up_months = Follow-up (months); Follow-up; Months of follow-up; Follow-up period; Followup
  | Suivi (mois); Suivi; Durée du suivi; Mois de suivi
  | Nachbeobachtung (Monate); Nachbeobachtung; Follow-up; Nachverfolgung; Monate Nachbeobachtung
  | Uppföljning (månader); Uppföljning; Uppföljningstid; Månader uppföljning
  | المتابعة (بالأشهر); المتابعة; مدة المتابعة; أشهر المتابعة; فترة المتابعة
data_methods = Data and methods; Methods; Method; Data collection; Data collection methods; Data
  | Données et méthodes; Méthodes; Méthode; Collecte des données; Recueil des données; Données
  | Daten und Methoden; Methoden; Methode; Datenerhebung; Erhebungsmethoden; Daten
  | Data och metoder; Metoder; Metod; Datainsamling; Datainsamlingsmetoder; Data
  | البيانات والأساليب; الأساليب; المنهج; جمع البيانات; طرق جمع البيانات; الطرق
transferability = Transferability; Generalisability; Replicability | Transférabilité;
    Transposabilité; Reproductibilité | Übertragbarkeit; Verallgemeinerbarkeit | Överförbarhet;
    Generaliserbarhet
  | قابلية النقل; قابلية التعميم; إمكانية التكرار
lessons = Lessons; Lessons learned; Lessons learnt; Learning | Enseignements; Leçons apprises;
    Leçons; Enseignements tirés | Erkenntnisse; Lehren; Lessons Learned; Gewonnene Erkenntnisse
  | Lärdomar; Erfarenheter | الدروس; الدروس المستفادة; الدروس المستخلصة
recommendations = Recommendations; Recommendation | Recommandations; Recommandation; Préconisations
  | Empfehlungen; Empfehlung; Handlungsempfehlungen | Rekommendationer; Rekommendation; Förslag
  | التوصيات; توصيات; التوصية
emmie_mechanism = Mechanism; Mechanisms; How it works; EMMIE mechanism | Mécanisme; Mécanismes
  | Wirkmechanismus; Mechanismus; Wirkmechanismen; Wirkungsweise | Mekanism; Mekanismer;
    Hur det verkar
  | الآلية; الآليات; آلية التأثير; كيف يعمل
emmie_moderators = Moderators; Moderator; Where it works; EMMIE moderators | Modérateurs;
    Modérateur; Facteurs modérateurs | Moderatoren; Moderator; Moderierende Faktoren;
    Einflussfaktoren
  | Moderatorer; Påverkande faktorer; För vem det fungerar
  | العوامل المعدلة; العوامل المؤثرة; المتغيرات المعدلة
emmie_implementation = Implementation; How it was done; EMMIE implementation | Mise en œuvre;
    Implantation | Umsetzung; Implementierung | Genomförande; Implementering
  | التنفيذ; التطبيق; كيفية التنفيذ
emmie_cost = Cost; Costs; Budget; Economics; EMMIE cost | Coût; Coûts; Budget; Coût total
  | Kosten; Budget; Gesamtkosten | Kostnad; Kostnader; Budget | التكلفة; التكاليف; الميزانية; الكلفة
dac_criteria = DAC criteria; OECD-DAC criteria; OECD DAC; Evaluation criteria; DAC
  | Critères du CAD; Critères CAD; Critères d’évaluation; Critères OCDE-CAD
  | DAC-Kriterien; OECD-DAC-Kriterien; Evaluationskriterien; Bewertungskriterien
  | DAC-kriterier; OECD-DAC-kriterier; Utvärderingskriterier; OECD DAC-kriterier
  | معايير لجنة المساعدة الإنمائية; معايير التقييم; معايير DAC
contains_personal_data = Contains personal data; Personal data; GDPR; Sensitive data
  | Contient des données personnelles; Données personnelles; RGPD; Données à caractère personnel
  | Enthält personenbezogene Daten; Personenbezogene Daten; DSGVO; Datenschutz
  | Innehåller personuppgifter; Personuppgifter; Dataskydd
  | يحتوي على بيانات شخصية; بيانات شخصية; البيانات الشخصية
attribution = Attribution; May be quoted; Citation rule | Attribution; Règle de citation; Citation
  | Nennung; Zitierregel; Namensnennung; Zuschreibung
  | Namngivning; Citeringsregel; Hänvisning till källa | نسبة الأقوال; قاعدة الاقتباس; الإسناد
"""

PARTS = """
record = Record; Record title; Belongs to; Report; Record id | Fiche; Fiche concernée; Rapport;
    Titre de la fiche | Eintrag; Bericht; Datensatz; Gehört zu | Post; Rapport; Tillhör;
    Hör till post
  | السجل; ينتمي إلى; التقرير; عنوان السجل
outcome = Outcome; Outcomes; Result area; Outcome measured | Résultat visé; Effet mesuré; Effet;
    Résultat | Ergebnisbereich; Wirkung; Ergebnis; Outcome; Wirkungsbereich
  | Utfall; Effekt; Utfallsområde; Resultat | النتيجة; مجال النتيجة; الأثر المقاس; المخرجات
stage = Stage; Outcome stage; Intermediate or final | Étape; Stade; Intermédiaire ou final
  | Stufe; Zwischen- oder Endergebnis | Steg; Mellanliggande eller slutligt
  | المرحلة; مرحلة النتيجة; وسيطة أو نهائية
direction = Direction; Direction of effect; Effect direction; Change; Effect
  | Sens de l’effet; Évolution; Sens; Direction
  | Richtung; Wirkrichtung; Richtung der Wirkung; Veränderung
  | Riktning; Effektens riktning; Förändring | الاتجاه; اتجاه الأثر; التغير
effect_size = Effect size; Size of effect; ES | Taille d’effet; Taille de l’effet;
    Ampleur de l’effet
  | Effektstärke; Effektgröße; Größe des Effekts | Effektstorlek; Effektens storlek
  | حجم الأثر; حجم التأثير; مقدار الأثر
unit = Unit; Unit of measure; Measure; Metric | Unité; Unité de mesure; Mesure
  | Einheit; Maßeinheit; Maß | Enhet; Måttenhet; Mått | الوحدة; وحدة القياس; المقياس المستخدم
interval = Interval; Confidence interval; CI; 95% CI; 95 % CI | Intervalle; Intervalle de confiance;
    IC; IC 95 % | Intervall; Konfidenzintervall; KI; 95-%-KI; Vertrauensintervall
  | Intervall; Konfidensintervall; KI | المجال; فترة الثقة; مجال الثقة
negative_effects_assessed = Negative effects assessed; Harm assessed; Unintended effects assessed;
    Adverse effects | Effets négatifs examinés; Effets indésirables; Effets négatifs évalués
  | Negative Effekte geprüft; Unerwünschte Wirkungen geprüft; Negative Wirkungen
  | Negativa effekter undersökta; Oönskade effekter; Negativa effekter
  | فُحصت الآثار السلبية; الآثار السلبية; الآثار غير المقصودة
document = Document; Source document; File; In document; Document file | Document; Fichier;
    Document source | Dokument; Datei; Quelldokument | Dokument; Fil; Källdokument
  | الوثيقة; المستند; الملف; وثيقة المصدر
page = Page; Pages; Page number; Page no; P | Page; Pages; Numéro de page
  | Seite; Seiten; Seitenzahl; S | Sida; Sidor; Sidnummer; S | الصفحة; رقم الصفحة; الصفحات
quote = Quote; Quotation; Passage; Excerpt; Quoted text | Citation; Extrait; Passage; Verbatim
  | Zitat; Textstelle; Wortlaut; Auszug | Citat; Utdrag; Textställe | الاقتباس; النص المقتبس;
    المقتطف
scale = Scale; Rating scale; Evidence scale; Tool | Échelle; Échelle de notation; Outil
  | Skala; Bewertungsskala; Instrument | Skala; Bedömningsskala; Verktyg | المقياس; سلم التقييم;
    الأداة
value = Value; Rating; Score; Level; Grade | Valeur; Note; Notation; Score; Niveau
  | Wert; Bewertung; Stufe; Note; Punktzahl | Värde; Betyg; Bedömning; Poäng; Nivå
  | القيمة; التقدير; الدرجة; النتيجة الممنوحة
reason = Reason; Reasons; Justification; Rationale; Why | Motif; Justification; Raison;
    Argumentation
  | Begründung; Grund; Gründe | Motivering; Skäl; Motiv | السبب; التعليل; المبرر; المسوغ
rater = Rater; Rated by; Reviewer; Assessor; Appraiser; Assessed by | Évaluateur de la qualité;
    Noté par; Appréciateur; Relecteur; Évalué par | Bewertet von; Bewertende Person; Gutachter;
    Gutachterin
  | Bedömare; Bedömd av; Granskare | المُقدِّر; قدّره; المراجع; المحكّم
date = Date; Day; Rated on; Date of appraisal; Coded on | Date; Jour; Date de l’appréciation
  | Datum; Tag; Bewertet am; Bewertungsdatum | Datum; Dag; Bedömd den; Bedömningsdatum
  | التاريخ; اليوم; تاريخ التقدير
scale_version = Scale version; Version; Version of scale; Edition | Version de l’échelle; Version
  | Version der Skala; Version; Skalenversion; Fassung | Skalans version; Version; Skalversion
  | إصدار المقياس; الإصدار; النسخة
finding = Finding; Finding id; About finding | Constat; Constat concerné; Id du constat
  | Befund; Befund-Id; Zu Befund | Fynd; Resultat-id; Gäller fynd | الاستنتاج; معرف الاستنتاج
entry = Entry; Entry id; Belongs to entry; Record; Record id; Id | Entrée; Id de l’entrée
  | Bezug; Id des Bezugs | Avser; Avser id | المدخل; معرف المدخل
field = Field; Field name | Champ; Nom du champ | Feld; Feldname | Fält; Fältnamn
  | الحقل; اسم الحقل
state = State; Coding state; Reported | État du codage; État; Codage
  | Stand der Kodierung; Zustand; Kodierstand | Kodningsläge; Tillstånd | حالة الترميز; الحالة
coder = Coder; Coded by; Extracted by | Codé par; Codeur; Codeuse; Extrait par
  | Kodiert von; Kodierer; Kodiererin; Erfasst von | Kodad av; Kodare | المرمِّز; رمّزه; استخرجه
continued = continued | suite | Fortsetzung | fortsättning | تتمة
"""

SHEETS = """
records = Records; Record; Reports; Evaluations | Fiches; Rapports; Évaluations
  | Einträge; Datensätze; Berichte; Evaluationen | Poster; Rapporter; Utvärderingar
  | السجلات; التقارير; التقييمات
findings = Findings; Finding; Outcomes; Results | Constats; Résultats | Befunde; Ergebnisse
  | Fynd; Resultat; Utfall | الاستنتاجات; النتائج
appraisals = Appraisals; Appraisal; Ratings; Quality appraisal | Appréciations; Notations
  | Bewertungen; Einstufungen | Bedömningar; Kvalitetsbedömning | التقديرات; تقدير الجودة
evidence = Evidence; Coding; Sources | Preuves; Codage; Sources | Belege; Kodierung; Fundstellen
  | Belägg; Kodning; Källor | الأدلة; الترميز; المصادر
guide = Read me | À lire | Anleitung | Läs mig | اقرأني
lists = Lists | Listes | Listen | Listor | القوائم
"""
