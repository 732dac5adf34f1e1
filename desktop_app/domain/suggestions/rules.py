"""Why something is suggested, in a sentence for each rule."""

from ..translation import QT_TRANSLATE_NOOP

RULES: dict[str, str] = {
    "title_labelled": QT_TRANSLATE_NOOP("Suggestions", "The document calls it its title."),
    "title_printed": QT_TRANSLATE_NOOP(
        "Suggestions", "The file names this title, and it is printed on the first pages."
    ),
    "title_property": QT_TRANSLATE_NOOP("Suggestions", "The file names this title."),
    "title_headline": QT_TRANSLATE_NOOP("Suggestions", "The largest type of the first pages."),
    "title_lines": QT_TRANSLATE_NOOP("Suggestions", "Stands on the title page like a title."),
    "year_of_date": QT_TRANSLATE_NOOP("Suggestions", "A date on the first pages."),
    "year_on_title_page": QT_TRANSLATE_NOOP("Suggestions", "The year stands on the title page."),
    "year_with_place": QT_TRANSLATE_NOOP("Suggestions", "Place and year on the first pages."),
    "year_of_copyright": QT_TRANSLATE_NOOP("Suggestions", "The year of the copyright notice."),
    "year_of_publication": QT_TRANSLATE_NOOP("Suggestions", "The document says when it appeared."),
    "year_of_citation": QT_TRANSLATE_NOOP(
        "Suggestions", "The year in which the document asks to be cited."
    ),
    "year_in_running_head": QT_TRANSLATE_NOOP("Suggestions", "The year stands on several pages."),
    "year_in_title": QT_TRANSLATE_NOOP(
        "Suggestions", "The title names this year. It may be the year that was studied."
    ),
    "language_of_words": QT_TRANSLATE_NOOP(
        "Suggestions", "Most words of the text are of this language."
    ),
    "doi": QT_TRANSLATE_NOOP("Suggestions", "Printed on the first pages, and well formed."),
    "isbn": QT_TRANSLATE_NOOP("Suggestions", "Printed as ISBN, and its check digit is right."),
    "report_number": QT_TRANSLATE_NOOP("Suggestions", "Printed as the number of the report."),
    "author_labelled": QT_TRANSLATE_NOOP("Suggestions", "The document names its authors so."),
    "author_below_title": QT_TRANSLATE_NOOP("Suggestions", "A name below the title."),
    "author_printed": QT_TRANSLATE_NOOP(
        "Suggestions", "The file names this author, who is also printed on the first pages."
    ),
    "evaluator_labelled": QT_TRANSLATE_NOOP("Suggestions", "The document says who evaluated."),
    "commissioner_labelled": QT_TRANSLATE_NOOP(
        "Suggestions", "The document says who commissioned it."
    ),
    "funder_labelled": QT_TRANSLATE_NOOP("Suggestions", "The document says who paid for it."),
    "country_in_title": QT_TRANSLATE_NOOP("Suggestions", "The title names this country."),
    "country_labelled": QT_TRANSLATE_NOOP("Suggestions", "The document lists its countries."),
    "country_on_title_page": QT_TRANSLATE_NOOP(
        "Suggestions", "The country is named on the title page."
    ),
    "country_often": QT_TRANSLATE_NOOP(
        "Suggestions", "The first pages name this country more often than others."
    ),
    "place_named": QT_TRANSLATE_NOOP("Suggestions", "The title or the first pages name it."),
    "term_in_title": QT_TRANSLATE_NOOP("Suggestions", "The title has a word for it."),
    "term_in_keywords": QT_TRANSLATE_NOOP("Suggestions", "It is one of the document's keywords."),
    "term_labelled": QT_TRANSLATE_NOOP("Suggestions", "Stands below a heading for it."),
    "term_of_own_method": QT_TRANSLATE_NOOP(
        "Suggestions", "The document says this of its own method."
    ),
    "term_often": QT_TRANSLATE_NOOP("Suggestions", "The first pages speak of it several times."),
    "sample_n": QT_TRANSLATE_NOOP("Suggestions", "Given as n."),
    "sample_of": QT_TRANSLATE_NOOP("Suggestions", "Given as the size of the sample."),
    "sample_people": QT_TRANSLATE_NOOP("Suggestions", "A number of people who took part."),
    "access_mark": QT_TRANSLATE_NOOP("Suggestions", "The document is marked so."),
    "access_embargo": QT_TRANSLATE_NOOP("Suggestions", "The document is under embargo."),
    "access_public": QT_TRANSLATE_NOOP(
        "Suggestions", "The document is marked as open. Check before you change its access."
    ),
    "chatham_house": QT_TRANSLATE_NOOP(
        "Suggestions", "The document names the Chatham House rule: nobody may be quoted by name."
    ),
    "licence": QT_TRANSLATE_NOOP("Suggestions", "The document names this licence."),
    "doi_property": QT_TRANSLATE_NOOP("Suggestions", "The file's properties name this DOI."),
    "isbn_property": QT_TRANSLATE_NOOP("Suggestions", "The file's properties name this ISBN."),
    "year_property": QT_TRANSLATE_NOOP(
        "Suggestions", "The file's properties give a date of publication."
    ),
    "licence_property": QT_TRANSLATE_NOOP(
        "Suggestions", "The file's properties name this licence."
    ),
    "publisher_property": QT_TRANSLATE_NOOP(
        "Suggestions", "The file's properties name this publisher."
    ),
    "language_property": QT_TRANSLATE_NOOP(
        "Suggestions", "The file's properties name this language."
    ),
    "overview_property": QT_TRANSLATE_NOOP(
        "Suggestions", "The description in the file's properties."
    ),
    "tag_property": QT_TRANSLATE_NOOP("Suggestions", "A keyword in the file's properties."),
}
"""What a person reads about each rule, in English."""
