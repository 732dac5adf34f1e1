"""Importing where there is hardly any room, on a real small disk."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.errors import DiskFull
from desktop_app.domain.imports import Outcome
from desktop_app.services.archive import Archive
from tests.samples import write_pdf
from tests.services.test_importing import check, take


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of six megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if sys.platform != "linux" or mount is None or unmount is None or os.geteuid() != 0:
        pytest.skip("only root on Linux can make a small disk")
    command = [mount, "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)]
    made = subprocess.run(command, capture_output=True, check=False)
    if made.returncode:
        pytest.skip("this machine lets nobody make a small disk")
    yield folder
    subprocess.run([unmount, "--lazy", str(folder)], check=True)


def fill(path: Path, megabytes: float) -> Path:
    """Write a PDF of this size."""
    write_pdf(path, [f"Report {path.stem}"])
    with path.open("ab") as stream:
        stream.write(b"%" * int(megabytes * 1_000_000))
    return path


def test_a_disk_too_small_for_files_ahead_takes_them_one_by_one(
    small_disk: Path, tmp_path: Path
) -> None:
    archive = Archive.create(small_disk / "archive")
    good = [fill(tmp_path / f"{number}.pdf", 0.9) for number in range(3)]
    # Copies of files that are refused take room as long as they are being read.
    bad = []
    for number in range(8):
        bad.append(tmp_path / f"bad {number}.pdf")
        bad[-1].write_bytes(b"%PDF-1.7 no more than that" + bytes([number]) * 900_000)
    report = take(archive, *bad[:4], good[0], *bad[4:], *good[1:])
    assert len(report.of(Outcome.ADDED)) == 3
    assert len(report.of(Outcome.REFUSED)) == 8
    assert check(archive).problems == ()
    archive.close()


def test_a_file_too_big_for_the_disk_is_an_error_and_the_others_are_stored(
    small_disk: Path, tmp_path: Path
) -> None:
    archive = Archive.create(small_disk / "archive")
    small = [fill(tmp_path / f"{number}.pdf", 0.5) for number in range(3)]
    with pytest.raises(DiskFull):
        take(archive, *small[:2], fill(tmp_path / "big.pdf", 20), small[2])
    assert archive.reading.holdings().records == 2
    assert check(archive).problems == ()
    assert [path for path in archive.folder.rglob("staging/**/*.pdf")] == []
    archive.close()


def test_files_ahead_make_room_for_the_database(small_disk: Path, tmp_path: Path) -> None:
    archive = Archive.create(small_disk / "archive")
    room = shutil.disk_usage(small_disk).free
    # All are staged at once and leave less than a page of the database.
    files = [fill(tmp_path / f"{number}.pdf", 0.2) for number in range(2)]
    files += [fill(tmp_path / f"rest {number}.pdf", 0.2) for number in range(4)]
    (small_disk / "other").write_bytes(bytes(room - 6 * 208_000))
    with pytest.raises(DiskFull):
        take(archive, *files)
    assert archive.reading.holdings().records >= 1
    assert check(archive).problems == ()
    archive.close()
