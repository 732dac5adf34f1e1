"""Backups: everything comes back, and nothing half or foreign is restored."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.errors import (
    ArchiveExists,
    BackupExists,
    BackupInvalid,
    FolderNotEmpty,
    NotWritable,
    PathNotFound,
)
from desktop_app.domain.opening_errors import SyncedPlace
from desktop_app.domain.operations import run_to_end
from desktop_app.domain.search import SearchRequest
from desktop_app.services.archive import Archive
from desktop_app.services.backup import BackupReport, restore_backup
from tests.samples import write_pdf


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.create(tmp_path / "archive", "Malmö")
    for name in ("mentoring", "schools"):
        write_pdf(tmp_path / "reports" / f"{name}.pdf", [f"About {name}"])
    run_to_end(opened.importing.import_paths([tmp_path / "reports"]))
    opened.editing.tag([opened.reading.records()[0].id], ["june"])
    yield opened
    opened.close()


@pytest.fixture
def saved(archive: Archive, tmp_path: Path) -> BackupReport:
    return run_to_end(archive.backups.backup(tmp_path / "saved.zip"))


def test_everything_comes_back(archive: Archive, saved: BackupReport, tmp_path: Path) -> None:
    assert saved.missing == ()
    report = run_to_end(restore_backup(saved.path, tmp_path / "new" / "copy"))
    assert report.files == saved.files == 3
    copy = Archive(report.folder)
    assert copy.name == "Malmö"
    assert copy.reading.records() == archive.reading.records()
    assert copy.editing.history() == archive.editing.history()
    run_to_end(copy.indexing.update())
    assert copy.searching.search(SearchRequest("mentoring")).total == 1
    assert run_to_end(copy.upkeep.check(deep=True)).problems == ()
    copy.close()
    stored = {p.name: p.read_bytes() for p in (tmp_path / "archive" / "pdfs").rglob("*.pdf")}
    again = {p.name: p.read_bytes() for p in (report.folder / "pdfs").rglob("*.pdf")}
    assert again == stored


def test_a_backup_is_never_written_over(archive: Archive, saved: BackupReport) -> None:
    before = saved.path.read_bytes()
    with pytest.raises(BackupExists):
        run_to_end(archive.backups.backup(saved.path))
    assert saved.path.read_bytes() == before


def test_a_stopped_backup_leaves_nothing(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    operation = archive.backups.backup(folder / "saved.zip")
    next(operation)
    operation.close()
    assert list(folder.iterdir()) == []
    with pytest.raises(NotWritable):
        run_to_end(archive.backups.backup(tmp_path / "nowhere" / "saved.zip"))


def test_a_lost_pdf_is_named_and_the_rest_is_saved(archive: Archive, tmp_path: Path) -> None:
    archive.reading.file(archive.reading.records()[0].documents[0]).path.unlink()
    report = run_to_end(archive.backups.backup(tmp_path / "saved.zip"))
    assert len(report.missing) == 1
    assert report.files == 2


def test_a_restore_never_touches_what_is_there(saved: BackupReport, tmp_path: Path) -> None:
    with pytest.raises(ArchiveExists):
        run_to_end(restore_backup(saved.path, tmp_path / "archive"))
    with pytest.raises(FolderNotEmpty):
        run_to_end(restore_backup(saved.path, tmp_path / "reports"))
    with pytest.raises(PathNotFound):
        run_to_end(restore_backup(tmp_path / "gone.zip", tmp_path / "new"))
    (tmp_path / "empty").mkdir()
    assert run_to_end(restore_backup(saved.path, tmp_path / "empty")).files == 3


def test_a_synchronised_archive_is_moved_by_backup_and_restore(
    archive: Archive, tmp_path: Path
) -> None:
    records = archive.reading.records()
    archive.close()
    (tmp_path / ".stfolder").mkdir()
    with pytest.raises(SyncedPlace):
        Archive(tmp_path / "archive")
    with pytest.raises(SyncedPlace):
        Archive.create(tmp_path / "another")
    assert not (tmp_path / "another").exists()
    before = sorted(path.name for path in (tmp_path / "archive").iterdir())
    reader = Archive(tmp_path / "archive", read_only=True)
    assert reader.reading.records() == records
    report = run_to_end(reader.backups.backup(tmp_path / "saved.zip"))
    reader.close()
    assert report.missing == ()
    assert sorted(path.name for path in (tmp_path / "archive").iterdir()) == before
    with pytest.raises(SyncedPlace):
        run_to_end(restore_backup(report.path, tmp_path / "new"))
    assert not (tmp_path / "new").exists()
    (tmp_path / ".stfolder").rmdir()
    moved = Archive(run_to_end(restore_backup(report.path, tmp_path / "new")).folder)
    assert moved.reading.records() == records
    moved.close()


def test_a_locked_zip_is_no_backup(saved: BackupReport, tmp_path: Path) -> None:
    content = bytearray(saved.path.read_bytes())
    with zipfile.ZipFile(saved.path) as whole:
        start = whole.start_dir
        first = whole.infolist()[0].header_offset
    content[start + 8] |= 1
    content[first + 6] |= 1
    (tmp_path / "locked.zip").write_bytes(content)
    with pytest.raises(BackupInvalid):
        run_to_end(restore_backup(tmp_path / "locked.zip", tmp_path / "new"))
    assert not (tmp_path / "new").exists()


def rewritten(source: Path, target: Path, change: dict[str, bytes | None]) -> Path:
    """Copy a backup with members replaced, added, or (None) left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        members = {name: old.read(name) for name in old.namelist()} | change
        for name, content in members.items():
            if content is not None:
                new.writestr(name, content)
    return target


def test_what_is_not_a_whole_backup_is_refused(saved: BackupReport, tmp_path: Path) -> None:
    with zipfile.ZipFile(saved.path) as good:
        manifest = json.loads(good.read("manifest.json"))
        pdf = next(name for name in good.namelist() if name.endswith(".pdf"))
    outside = json.loads(json.dumps(manifest))
    outside["files"].append({"name": "../../evil.pdf", "size": 1, "sha256": "0" * 64})
    content = saved.path.read_bytes()
    (tmp_path / "cut.zip").write_bytes(content[: len(content) // 2])
    (tmp_path / "text.zip").write_text("no backup")
    flipped = bytearray(content)
    flipped[content.index(b"%PDF") + 20] ^= 1
    (tmp_path / "flipped.zip").write_bytes(flipped)
    bad = [
        tmp_path / "cut.zip",
        tmp_path / "text.zip",
        tmp_path / "flipped.zip",
        rewritten(saved.path, tmp_path / "1.zip", {"manifest.json": None}),
        rewritten(saved.path, tmp_path / "2.zip", {"manifest.json": b"[]"}),
        rewritten(saved.path, tmp_path / "3.zip", {pdf: None}),
        rewritten(saved.path, tmp_path / "4.zip", {pdf: b"other bytes"}),
        rewritten(saved.path, tmp_path / "7.zip", {"archive.sqlite": None}),
        rewritten(saved.path, tmp_path / "8.zip", {"archive.sqlite": b"SQLite format 3"}),
        rewritten(saved.path, tmp_path / "5.zip", {"manifest.json": json.dumps(outside).encode()}),
        rewritten(
            saved.path, tmp_path / "6.zip",
            {"manifest.json": json.dumps(manifest | {"version": 99}).encode()},
        ),
    ]  # fmt: skip
    for path in bad:
        with pytest.raises(BackupInvalid):
            run_to_end(restore_backup(path, tmp_path / "new"))
        assert not (tmp_path / "new").exists()
    assert not (tmp_path.parent / "evil.pdf").exists()
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".")] == []
