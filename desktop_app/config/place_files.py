"""The table of countries that comes with the program."""

from functools import cache

from desktop_app.domain.suggestions import Countries, parse_countries

from .paths import resources


@cache
def read_countries() -> Countries:
    """Return all countries of resources/places/countries.tsv; the file is read once.

    Raises:
        ArchiveError: the folder of resources is missing.
        OSError: the table is missing from it.
    """
    return parse_countries((resources() / "places" / "countries.tsv").read_text("utf-8"))
