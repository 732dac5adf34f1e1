"""A watched folder offers what is new in it, once, and nothing else."""

import os
import time
from pathlib import Path

from desktop_app.config.settings import Settings
from desktop_app.domain.operations import run_to_end
from desktop_app.services.archive import Archive
from desktop_app.services.watching import SETTLED_S, Watching
from tests.samples import write_pdf


def settled(path: Path) -> Path:
    """Return a file as if it had been there for long."""
    before = time.time() - 10 * SETTLED_S
    os.utime(path, (before, before))
    return path


def names(watching: Watching) -> list[str]:
    found = watching.look()
    return [] if found is None else [path.name for path in found.new]


def test_new_files_are_offered_until_they_are_imported(empty: Archive, office: Path) -> None:
    watching = empty.watching
    assert watching.look() is None
    watching.watch(office)
    assert names(watching) == []
    first = settled(write_pdf(office / "a.pdf", ["One"]))
    settled(write_pdf(office / "deep" / "B.PDF", ["Two"]))
    (office / "notes.txt").write_text("no PDF")
    settled(write_pdf(office / ".hidden.pdf", ["No"]))
    assert names(watching) == ["a.pdf", "B.PDF"]
    run_to_end(empty.importing.import_paths([first]))
    assert names(watching) == ["B.PDF"]
    empty.editing.delete([empty.reading.records()[0].id])
    assert names(watching) == ["B.PDF"]
    settled(write_pdf(office / "a.pdf", ["One, in a new version"]))
    assert names(watching) == ["a.pdf", "B.PDF"]


def test_what_was_declined_is_not_offered_again_unless_it_changes(
    empty: Archive, office: Path
) -> None:
    watching = empty.watching
    watching.watch(office)
    path = settled(write_pdf(office / "a.pdf", ["One"]))
    watching.decline([path, office / "gone.pdf"])
    assert names(watching) == []
    write_pdf(office / "a.pdf", ["One and a half"])
    settled(path)
    assert names(watching) == ["a.pdf"]


def test_a_file_that_is_still_being_written_waits(empty: Archive, office: Path) -> None:
    empty.watching.watch(office)
    write_pdf(office / "a.pdf", ["One"])
    assert names(empty.watching) == []


def test_the_choice_is_kept_for_each_archive(empty: Archive, office: Path, tmp_path: Path) -> None:
    empty.watching.watch(office)
    again = Archive(empty.folder)
    assert again.watching.folder == office
    again.close()
    other = Archive.create(tmp_path / "other")
    assert other.watching.folder is None
    other.close()
    empty.watching.watch(None)
    assert empty.watching.folder is None


def test_a_folder_that_is_gone_is_no_error(empty: Archive, office: Path) -> None:
    empty.watching.watch(office)
    office.rmdir()
    assert empty.watching.look() is None


def test_settings_survive_what_is_no_settings_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for content in ("", "[1]", "{", "null", '{"a": 1}'):
        path.write_text(content)
        settings = Settings(path)
        settings.set("b", "ü")
        assert Settings(path).get("b") == "ü"
    assert Settings(path).get("a") == 1
    settings.set("b", None)
    assert Settings(path).get("b") is None
    assert [one.name for one in tmp_path.iterdir()] == ["settings.json"]
