"""What the template workbook says to people, in five languages."""

from collections.abc import Mapping

from ..domain.exchange.headings import LANGUAGES, other_sheet_name

GUIDE: Mapping[str, tuple[str, ...]] = {
    "en": (
        "How to fill in this workbook",
        "One row is one evaluation, guide or training. Only the title is required.",
        "Where a cell has a list, choose from it. Labels in any of the five languages are "
        "understood.",
        "Several values of one cell are separated by a semicolon: Anna Berg; Yusuf Haddad. Put a "
        'value that itself holds a semicolon in double quotes: "Berg; Partners".',
        "Findings and appraisals have sheets of their own. Write the id or the title of the record "
        "they belong to in their column for the record.",
        "Write the name of the PDF, as it is in the folder that you import, in the column for the "
        "file.",
        "Leave the id empty for something new. The program gives it an id.",
        "You may add columns of your own; the program keeps them. Grey rows are examples; they are "
        "not imported.",
    ),
    "fr": (
        "Comment remplir ce classeur",
        "Une ligne est une évaluation, un guide ou une formation. Seul le titre est obligatoire.",
        "Quand une cellule a une liste, choisissez-y une valeur. Les termes des cinq langues sont "
        "compris.",
        "Plusieurs valeurs d’une cellule sont séparées par un point-virgule : Anna Berg; Yusuf "
        "Haddad. Mettez entre guillemets droits une valeur qui contient un point-virgule : "
        '"Berg; Associés".',
        "Les constats et les appréciations ont leurs propres feuilles. Écrivez l’id ou le titre de "
        "la fiche concernée dans la colonne de la fiche.",
        "Écrivez dans la colonne du fichier le nom du PDF, tel qu’il est dans le dossier importé.",
        "Laissez l’id vide pour ce qui est nouveau. Le programme lui en donne un.",
        "Vous pouvez ajouter vos propres colonnes ; le programme les garde. Les lignes grises sont "
        "des exemples ; elles ne sont pas importées.",
    ),
    "de": (
        "So füllen Sie diese Arbeitsmappe aus",
        "Eine Zeile ist eine Evaluation, ein Leitfaden oder eine Schulung. Nur der Titel ist "
        "nötig.",
        "Wo eine Zelle eine Liste hat, wählen Sie daraus. Bezeichnungen in allen fünf Sprachen "
        "werden verstanden.",
        "Mehrere Werte einer Zelle werden durch ein Semikolon getrennt: Anna Berg; Yusuf Haddad. "
        "Setzen Sie einen Wert, der selbst ein Semikolon enthält, in gerade Anführungszeichen: "
        '"Berg; Partner".',
        "Befunde und Bewertungen haben eigene Blätter. Schreiben Sie die Id oder den Titel des "
        "Eintrags, zu dem sie gehören, in ihre Spalte für den Eintrag.",
        "Schreiben Sie in die Spalte für die Datei den Namen des PDFs, wie er im Ordner steht, den "
        "Sie importieren.",
        "Lassen Sie die Id bei Neuem leer. Das Programm vergibt sie.",
        "Eigene Spalten sind erlaubt; das Programm behält sie. Graue Zeilen sind Beispiele; sie "
        "werden nicht importiert.",
    ),
    "sv": (
        "Så fyller du i arbetsboken",
        "En rad är en utvärdering, en vägledning eller en utbildning. Bara titeln krävs.",
        "Där en cell har en lista väljer du ur den. Benämningar på alla fem språk förstås.",
        "Flera värden i en cell skiljs åt med semikolon: Anna Berg; Yusuf Haddad. Sätt ett värde "
        'som självt innehåller semikolon inom raka citattecken: "Berg; Partner".',
        "Fynd och bedömningar har egna blad. Skriv id eller titel för den post som de hör till i "
        "deras kolumn för posten.",
        "Skriv pdf-filens namn, som det står i mappen som du importerar, i kolumnen för filen.",
        "Lämna id tomt för det som är nytt. Programmet ger det ett id.",
        "Du får lägga till egna kolumner; programmet behåller dem. Grå rader är exempel; de "
        "importeras inte.",
    ),
    "ar": (
        "كيفية ملء هذا المصنف",
        "كل سطر هو تقييم أو دليل أو تدريب. العنوان وحده إلزامي.",
        "حيث توجد قائمة في الخلية، اختر منها. التسميات مفهومة باللغات الخمس.",
        "تُفصل القيم المتعددة في الخلية الواحدة بفاصلة منقوطة: آنا بيرغ; يوسف حداد. ضع القيمة التي "
        'تحتوي هي نفسها على فاصلة منقوطة بين علامتي اقتباس مستقيمتين: "بيرغ; شركاء".',
        "للاستنتاجات والتقديرات أوراق خاصة بها. اكتب معرّف السجل الذي تنتمي إليه أو عنوانه في عمود "
        "السجل.",
        "اكتب في عمود الملف اسم ملف PDF كما هو في المجلد الذي تستورده.",
        "اترك المعرّف فارغًا لما هو جديد. يمنحه البرنامج معرّفًا.",
        "يمكنك إضافة أعمدة خاصة بك، ويحتفظ بها البرنامج. السطور الرمادية أمثلة ولا تُستورد.",
    ),
}
"""The sheet "Read me": its title, and its sentences."""

REQUIRED: Mapping[str, str] = {
    "en": "Required.",
    "fr": "Obligatoire.",
    "de": "Nötig.",
    "sv": "Krävs.",
    "ar": "إلزامي.",
}
SEVERAL: Mapping[str, str] = {
    "en": "Several values: separate them with a semicolon.",
    "fr": "Plusieurs valeurs : séparez-les par un point-virgule.",
    "de": "Mehrere Werte: durch Semikolon trennen.",
    "sv": "Flera värden: skilj dem åt med semikolon.",
    "ar": "قيم متعددة: افصل بينها بفاصلة منقوطة.",
}
CHOICE: Mapping[str, str] = {
    "en": "Choose from the list.",
    "fr": "Choisissez dans la liste.",
    "de": "Aus der Liste wählen.",
    "sv": "Välj ur listan.",
    "ar": "اختر من القائمة.",
}
SHAPES: Mapping[str, Mapping[str, str]] = {
    "year": {
        "en": "A year, such as 2024.",
        "fr": "Une année, p. ex. 2024.",
        "de": "Ein Jahr, etwa 2024.",
        "sv": "Ett år, till exempel 2024.",
        "ar": "سنة، مثل 2024.",
    },
    "date": {
        "en": "A day, such as 2026-03-01.",
        "fr": "Un jour, p. ex. 2026-03-01.",
        "de": "Ein Tag, etwa 2026-03-01.",
        "sv": "En dag, till exempel 2026-03-01.",
        "ar": "يوم، مثل 2026-03-01.",
    },
    "cost": {
        "en": "Amount, currency and year: 12000 EUR 2024.",
        "fr": "Montant, devise et année : 12000 EUR 2024.",
        "de": "Betrag, Währung und Jahr: 12000 EUR 2024.",
        "sv": "Belopp, valuta och år: 12000 EUR 2024.",
        "ar": "المبلغ والعملة والسنة: 12000 EUR 2024.",
    },
    "access": {
        "en": "With an embargo also its last day: embargoed: 2027-01-01.",
        "fr": "Pour un embargo, aussi son dernier jour : embargoed: 2027-01-01.",
        "de": "Bei einer Sperrfrist auch ihr letzter Tag: embargoed: 2027-01-01.",
        "sv": "Vid embargo även dess sista dag: embargoed: 2027-01-01.",
        "ar": "وعند الحظر المؤقت آخر يوم له أيضًا: embargoed: 2027-01-01.",
    },
    "page": {
        "en": "The number of a page, from 1.",
        "fr": "Un numéro de page, à partir de 1.",
        "de": "Die Zahl einer Seite, ab 1.",
        "sv": "Numret på en sida, från 1.",
        "ar": "رقم صفحة، ابتداءً من 1.",
    },
}
"""What a field of a type takes that is easily written otherwise."""


def is_guide(name: str, first: str) -> bool:
    """Return whether a sheet of this name and first text is the "Read me" of a template."""
    return any(
        name == other_sheet_name("guide", language) and first == GUIDE[language][0]
        for language in LANGUAGES
    )
