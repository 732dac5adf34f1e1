"""An import of metadata while a person prepares it."""

from pathlib import Path

from desktop_app.domain.exchange.headings import SheetKind
from desktop_app.domain.exchange.mapping import IGNORED, guess_mapping
from desktop_app.domain.exchange.rows import MetadataFile, MetadataFormat
from desktop_app.domain.records import Access
from desktop_app.gui.models.import_draft import ImportDraft, ImportRequest
from tests.gui import metadata_samples

BOOK, OTHER = metadata_samples.WORKBOOK, Path("other.csv")


def drafted() -> ImportDraft:
    """Return a draft with a workbook that was read."""
    draft = ImportDraft()
    draft.add([BOOK], [Path("a.pdf")])
    draft.take_file(BOOK, metadata_samples.workbook())
    return draft


def test_files_come_and_go() -> None:
    draft = ImportDraft()
    assert draft.add([BOOK, BOOK], [Path("a.pdf"), Path("folder")]) == (BOOK,)
    assert draft.add([BOOK, OTHER], [Path("a.pdf"), Path("b.pdf")]) == (OTHER,)
    assert [source.path for source in draft.sources] == [BOOK, OTHER]
    assert [path.name for path in draft.others] == ["a.pdf", "folder", "b.pdf"]
    draft.remove(OTHER)
    draft.remove(Path("folder"))
    assert draft.source(OTHER) is None
    assert [path.name for path in draft.others] == ["a.pdf", "b.pdf"]


def test_it_is_ready_when_all_files_are_read_and_one_can_be_used() -> None:
    draft = ImportDraft()
    seen = [draft.ready]
    draft.add([BOOK, OTHER], [])
    draft.take_file(BOOK, metadata_samples.workbook())
    seen.append(draft.ready)
    draft.take_problem(OTHER, "It is damaged.")
    seen.append(draft.ready)
    draft.remove(BOOK)
    seen.append(draft.ready)
    assert seen == [False, False, True, False]


def test_what_was_taken_out_stays_out_when_it_is_read_later() -> None:
    draft = ImportDraft()
    draft.add([BOOK, OTHER], [])
    draft.remove(BOOK)
    draft.remove(OTHER)
    draft.take_file(BOOK, metadata_samples.workbook())
    draft.take_problem(OTHER, "It is damaged.")
    assert draft.sources == ()


def test_a_sheet_that_is_imported_is_looked_at_first() -> None:
    draft = drafted()
    source = draft.source(BOOK)
    assert source is not None
    assert source.sheet == "Rapporter"
    left_out = guess_mapping(metadata_samples.workbook()).sheets[0]
    mapping = source.mapping.with_sheet(type(left_out)("Rapporter", None, left_out.columns))
    draft.take_file(BOOK, metadata_samples.workbook(), mapping)
    again = draft.source(BOOK)
    assert again is not None
    assert again.sheet == "Resultat"
    assert again.shown_sheet() is not None


def test_a_file_without_sheets_has_nothing_to_look_at() -> None:
    draft = ImportDraft()
    draft.add([OTHER], [])
    draft.take_file(OTHER, MetadataFile(MetadataFormat.CSV, ()))
    source = draft.source(OTHER)
    assert source is not None
    assert source.shown_sheet() is None
    assert not source.reading


def test_the_columns_follow_what_a_sheet_holds_and_come_back() -> None:
    draft = drafted()
    draft.set_kind(BOOK, "Resultat", SheetKind.RECORDS)

    def columns() -> dict[str, str]:
        source = draft.source(BOOK)
        assert source is not None
        mapping = source.mapping.of("Resultat")
        assert mapping is not None
        return dict(mapping.columns)

    as_records = columns()
    assert as_records["Post"] == "other"
    draft.set_kind(BOOK, "Resultat", SheetKind.FINDINGS)
    assert columns()["Post"] == "record"
    source = draft.source(BOOK)
    assert source is not None
    changed = source.mapping.sheets[1].with_column("Sida", IGNORED)
    draft.set_sheet(BOOK, changed)
    draft.set_kind(BOOK, "Resultat", None)
    left_out = draft.source(BOOK)
    assert left_out is not None
    assert left_out.mapping.sheets[1].kind is None
    # What was said before is not lost.
    draft.set_kind(BOOK, "Resultat", SheetKind.FINDINGS)
    assert columns()["Sida"] == IGNORED
    draft.set_kind(BOOK, "Resultat", SheetKind.FINDINGS)
    draft.set_kind(BOOK, "no such sheet", SheetKind.FINDINGS)
    assert columns()["Sida"] == IGNORED


def test_a_mapping_of_another_file_is_fitted() -> None:
    draft = drafted()
    mapping = metadata_samples.guessed()
    other = mapping.with_sheet(mapping.sheets[0].with_column("Anmärkning", "tag"))
    draft.set_mapping(BOOK, other)
    source = draft.source(BOOK)
    assert source is not None
    assert source.mapping.sheets[0].columns["Anmärkning"] == "tag"
    assert source.mapping.sheets[0].columns["Titel"] == "title"
    draft.add([OTHER], [])
    draft.set_mapping(OTHER, other)
    unread = draft.source(OTHER)
    assert unread is not None
    assert unread.mapping.sheets == ()


def test_what_is_asked_for() -> None:
    draft = drafted()
    draft.add([OTHER], [])
    draft.take_problem(OTHER, "It is damaged.")
    draft.access = Access.PUBLIC
    request = draft.request()
    # A file that can't be read is named, so that the report says why.
    assert request == ImportRequest(
        (Path("a.pdf"),), (BOOK, OTHER), {BOOK: metadata_samples.guessed()}, Access.PUBLIC
    )
