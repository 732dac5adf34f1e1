"""Columns are found by what people write over them, in five languages."""

import itertools

import pytest

from desktop_app.domain.concepts import LANGUAGES as OUR_LANGUAGES
from desktop_app.domain.exchange import heading_words, headings
from desktop_app.domain.exchange.headings import (
    COLUMNS,
    LANGUAGES,
    SheetKind,
    continued,
    continued_column,
    field_of,
    guess_sheet,
    heading,
    other_sheet_name,
    sheet_name,
    sheet_of,
)

FIELDS = [(sheet, field) for sheet in SheetKind for field in COLUMNS[sheet]]


def test_languages_are_those_of_the_program() -> None:
    assert set(LANGUAGES) == set(OUR_LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_is_found_by_its_heading(language: str) -> None:
    for sheet, field in FIELDS:
        written = heading(field, language)
        assert written
        assert written != field or field == "id"
        assert field_of(written, sheet) == field
        assert field_of(field, sheet) == field
        assert field_of(written.upper(), sheet) == field


@pytest.mark.parametrize("sheet", SheetKind)
def test_no_heading_means_two_fields_of_a_sheet(sheet: SheetKind) -> None:
    words = headings._parsed(heading_words.RECORDS) | headings._parsed(heading_words.PARTS)
    keys = {
        field: {
            key
            for names in words[field].values()
            for name in names
            for key in headings._stored_keys(name)
        }
        for field in COLUMNS[sheet]
    }
    shared = {
        (one, other): keys[one] & keys[other]
        for one, other in itertools.combinations(COLUMNS[sheet], 2)
        if keys[one] & keys[other]
    }
    # The record id of a finding is that of its record.
    assert shared in ({}, {("id", "record"): {"record id"}})
    assert not any("" in of_field for of_field in keys.values())


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("Titel", "title"),
        ("Title of report", "title"),
        ("Report title", "title"),
        ("TITLE *", "title"),
        ("العنوان", "title"),
        ("عنوان", "title"),
        ("Jahr", "year"),
        ("Erscheinungsjahr", "year"),
        ("År", "year"),
        ("Ar", "year"),
        ("Année", "year"),
        ("ANNEE", "year"),
        ("سنة النشر", "year"),
        ("سنه النشر", "year"),
        ("Publication year", "year"),
        ("Year (YYYY)", "year"),
        ("Författare", "author"),
        ("Author(s)", "author"),
        ("Autor(en)", "author"),
        ("Autor:innen", "author"),
        ("Auteur·e", "author"),
        ("PDF", "file"),
        ("File", "file"),
        ("File name", "file"),
        ("Link", "url"),
        ("Laender", "country"),
        ("Zielgruppe ", "target_group"),
        ("report_number", "report_number"),
        ("Title (Arabic)", "title_ar"),
    ],
)
def test_headings_as_people_write_them(written: str, field: str) -> None:
    assert field_of(written) == field


@pytest.mark.parametrize(
    "written", ["", "   ", "🙂", "Comments", "Spalte 1", "Overview: continued"]
)
def test_unknown_headings_mean_nothing(written: str) -> None:
    assert field_of(written) is None


def test_a_heading_means_what_its_sheet_makes_of_it() -> None:
    assert field_of("Date", SheetKind.RECORDS) == "year"
    assert field_of("Date", SheetKind.APPRAISALS) == "date"
    assert field_of("Record id", SheetKind.RECORDS) == "id"
    assert field_of("Record id", SheetKind.FINDINGS) == "record"
    assert field_of("Quote", SheetKind.RECORDS) is None
    assert field_of("Quote") == "quote"


def test_what_is_no_field_is_written_as_it_is() -> None:
    assert heading("M1", "sv") == "M1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_have_names_in_every_language(language: str) -> None:
    names = [sheet_name(sheet, language) for sheet in SheetKind]
    assert [sheet_of(name) for name in names] == list(SheetKind)
    others = [other_sheet_name("guide", language), other_sheet_name("lists", language)]
    assert len({*names, *others}) == len(SheetKind) + 2
    assert [sheet_of(name) for name in others] == [None, None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_is_told_by_its_headings(language: str) -> None:
    for sheet in SheetKind:
        assert guess_sheet([heading(field, language) for field in COLUMNS[sheet]]) is sheet
    assert guess_sheet(["a", "b"]) is SheetKind.RECORDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_that_go_on_are_told_from_others(language: str) -> None:
    assert continued_column(continued("Überblick: Teil 1", language)) == "Überblick: Teil 1"
    assert continued_column(heading("overview", language)) is None
    assert continued_column("Cost: total") is None
