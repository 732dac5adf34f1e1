"""Where exports are written: files are whole, or as they were, and never where they do harm."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.errors import DiskFull, NotWritable, PathNotFound
from desktop_app.domain.exchange.headings import SheetKind
from desktop_app.domain.export_errors import TargetInArchive, TargetNotFile, UnknownExportFormat
from tests.exchange_samples import SUFFIXES, Sample, read_evidence, read_tables, sample
from tests.services.conftest import Known
from tests.services.test_small_disk import small_disk

__all__ = ["sample", "small_disk"]


def test_what_an_earlier_export_left_is_no_part_of_a_later_one(
    sample: Sample, tmp_path: Path
) -> None:
    target = tmp_path / "out.csv"
    sample.archive.exporting.export(target)
    report = sample.archive.exporting.export(target, [sample.ids["de"]])
    assert len(report.files) == 4
    found = read_tables(target, sample.terms)
    assert list(found[SheetKind.RECORDS]) == [sample.ids["de"]]
    assert found[SheetKind.FINDINGS] == found[SheetKind.APPRAISALS] == {}
    assert read_evidence(target, sample.terms) == []


@pytest.mark.parametrize("name", ["out", "out.txt", "out.xls", "out.xlsx.part", ".csv"])
def test_a_name_has_to_say_the_format(sample: Sample, name: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownExportFormat, match=r"\.ris"):
        sample.archive.exporting.export(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_the_format_goes_by_the_name_in_any_case(sample: Sample, tmp_path: Path) -> None:
    sample.archive.exporting.export(tmp_path / "OUT.RIS")
    assert (tmp_path / "OUT.RIS").read_text("utf-8").startswith("TY  - ")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_place_that_is_not_for_it_is_refused(sample: Sample, suffix: str, tmp_path: Path) -> None:
    export = sample.archive.exporting.export
    folder = tmp_path / f"folder{suffix}"
    folder.mkdir()
    with pytest.raises(TargetNotFile):
        export(folder)
    with pytest.raises(PathNotFound):
        export(tmp_path / "nowhere" / f"out{suffix}")
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(PathNotFound):
        export(tmp_path / "file" / f"out{suffix}")
    (sample.archive.folder / "pdfs").mkdir(exist_ok=True)
    before = sorted(sample.archive.folder.rglob("*"))
    for inside in (sample.archive.folder, sample.archive.folder / "pdfs"):
        with pytest.raises(TargetInArchive):
            export(inside / f"out{suffix}")
    assert sorted(sample.archive.folder.rglob("*")) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", folder.name]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_are_followed(sample: Sample, tmp_path: Path) -> None:
    export = sample.archive.exporting.export
    (tmp_path / "far").mkdir()
    link = tmp_path / "out.csv"
    link.symlink_to(tmp_path / "far" / "list.csv")
    report = export(link)
    assert link.is_symlink()
    assert [file.name for file in report.files][:2] == ["list.csv", "list-findings.csv"]
    assert len(read_tables(report.files[0], sample.terms)[SheetKind.RECORDS]) == 5
    into = tmp_path / "into.ris"
    into.symlink_to(sample.archive.folder / "archive.sqlite")
    with pytest.raises(TargetInArchive):
        export(into)
    through = tmp_path / "through"
    through.symlink_to(sample.archive.folder)
    with pytest.raises(TargetInArchive):
        export(through / "out.ris")
    circle = tmp_path / "circle.ris"
    circle.symlink_to(circle)
    with pytest.raises(NotWritable):
        export(circle)
    assert circle.is_symlink()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_that_is_there_is_replaced(sample: Sample, suffix: str, tmp_path: Path) -> None:
    target = tmp_path / f"out{suffix}"
    target.write_text("old")
    report = sample.archive.exporting.export(target)
    assert target.read_bytes()[:3] != b"old"
    assert sorted(tmp_path.iterdir()) == sorted(report.files)


@pytest.fixture
def held_open(tmp_path: Path) -> Iterator[Path]:
    """A file that can be read but not replaced, as where a spreadsheet program has it open."""
    file, other = tmp_path / "out-appraisals.csv", tmp_path.parent / f"{tmp_path.name}-held"
    file.write_text("")
    other.write_text("old out-appraisals.csv")
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if sys.platform != "linux" or mount is None or unmount is None or os.geteuid() != 0:
        pytest.skip("only root on Linux can hold a file like that")
    command = [mount, "--bind", str(other), str(file)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody hold a file like that")
    yield file
    subprocess.run([unmount, "--lazy", str(file)], check=True)


def test_all_files_are_replaced_or_none(sample: Sample, held_open: Path) -> None:
    folder = held_open.parent
    for name in ("out.csv", "out-evidence.csv"):
        (folder / name).write_text(f"old {name}")
    with pytest.raises(NotWritable, match=r"out-appraisals\.csv"):
        sample.archive.exporting.export(folder / "out.csv")
    # The findings had taken their place already.
    assert sorted(file.name for file in folder.iterdir()) == [
        "out-appraisals.csv", "out-evidence.csv", "out.csv",
    ]  # fmt: skip
    assert {file.read_text() for file in folder.iterdir()} == {
        f"old {file.name}" for file in folder.iterdir()
    }


def test_a_folder_in_the_place_of_a_file_beside_it(sample: Sample, tmp_path: Path) -> None:
    (tmp_path / "out-evidence.csv").mkdir()
    with pytest.raises(NotWritable, match=r"out-evidence\.csv"):
        sample.archive.exporting.export(tmp_path / "out.csv")
    assert [file.name for file in tmp_path.iterdir()] == ["out-evidence.csv"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_disk_without_room_leaves_what_was_there(
    known: Known, small_disk: Path, suffix: str
) -> None:
    target = small_disk / f"out{suffix}"
    target.write_text("old")
    # Also packed, texts without any pattern need more than the disk has.
    noise = os.urandom(2_000_000).hex()
    for number in range(20):
        name = ("aims", "lessons", "overview", "transferability")[number % 4]
        record = (known.mentoring, known.schools)[number % 2]
        known.archive.editing.edit(record, {name: noise[number * 90_000 : (number + 1) * 90_000]})
    (small_disk / "other").write_bytes(bytes(shutil.disk_usage(small_disk).free - 50_000))
    with pytest.raises(DiskFull):
        known.archive.exporting.export(target)
    assert target.read_text() == "old"
    assert sorted(path.name for path in small_disk.iterdir()) == sorted(["other", target.name])


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_disk_that_is_locked_leaves_what_was_there(
    sample: Sample, small_disk: Path, suffix: str
) -> None:
    target = small_disk / f"out{suffix}"
    target.write_text("old")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(NotWritable, match="it is read-only"):
        sample.archive.exporting.export(target)
    with pytest.raises(NotWritable, match="Read-only file system"):
        sample.archive.exporting.export(small_disk / f"new{suffix}")
    assert [file.read_text() for file in small_disk.iterdir()] == ["old"]
