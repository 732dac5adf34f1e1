"""The store of PDFs by hash."""

import os
import sys
from pathlib import Path

import pytest

from desktop_app.domain.errors import NotWritable
from desktop_app.library.blobs import Blobs, hash_file


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"%PDF-1.4 some bytes")
    return path


def test_a_file_is_staged_and_kept_under_its_hash(tmp_path: Path, source: Path) -> None:
    blobs = Blobs(tmp_path / "pdfs")
    with blobs.staging() as staging:
        staged = staging.take(source)
        assert not blobs.has(staged.sha256)
        kept = staging.keep(staged)
    assert kept == tmp_path / "pdfs" / staged.sha256[:2] / f"{staged.sha256}.pdf"
    assert kept.read_bytes() == source.read_bytes()
    assert (staged.sha256, staged.size) == hash_file(source)
    assert blobs.is_sound(staged.sha256)
    assert list(blobs.hashes()) == [staged.sha256]


def test_what_is_not_kept_leaves_nothing_behind(tmp_path: Path, source: Path) -> None:
    blobs = Blobs(tmp_path / "pdfs")
    with blobs.staging() as staging:
        staging.take(source)
    assert list(blobs.hashes()) == []
    assert [path for path in (tmp_path / "pdfs").rglob("*") if path.is_file()] == []


def test_what_a_killed_program_left_is_swept_and_what_is_in_use_is_not(
    tmp_path: Path, source: Path
) -> None:
    blobs = Blobs(tmp_path / "pdfs")
    dead = tmp_path / "pdfs" / "staging" / "dead"
    dead.mkdir(parents=True)
    (dead / "torn.pdf").write_bytes(b"%PDF")
    with blobs.staging() as staging:
        staged = staging.take(source)
        assert not dead.exists()
        with blobs.staging():
            assert staged.path.exists()


def test_a_flipped_bit_is_seen(tmp_path: Path, source: Path) -> None:
    blobs = Blobs(tmp_path / "pdfs")
    with blobs.staging() as staging:
        kept = staging.keep(staged := staging.take(source))
    content = bytearray(kept.read_bytes())
    content[5] ^= 1
    kept.write_bytes(content)
    assert not blobs.is_sound(staged.sha256)


def test_a_source_that_cannot_be_read_is_not_our_disks_fault(tmp_path: Path) -> None:
    with Blobs(tmp_path / "pdfs").staging() as staging, pytest.raises(FileNotFoundError):
        staging.take(tmp_path / "gone.pdf")


@pytest.mark.skipif(sys.platform != "linux", reason="reads a file that always breaks off")
def test_of_a_file_that_breaks_off_nothing_is_left(tmp_path: Path) -> None:
    with Blobs(tmp_path / "pdfs").staging() as staging:
        with pytest.raises(OSError, match="Input/output"):
            staging.take(Path("/proc/self/mem"))
        assert list((tmp_path / "pdfs").rglob("*.pdf")) == []


@pytest.mark.skipif(os.name != "posix", reason="makes a folder that is a file")
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "pdfs").write_text("in the way")
    with pytest.raises(NotWritable), Blobs(tmp_path / "pdfs").staging():
        pass


def test_wrong_bytes_of_the_right_length_are_replaced(tmp_path: Path, source: Path) -> None:
    blobs = Blobs(tmp_path / "pdfs")
    with blobs.staging() as staging:
        staged = staging.take(source)
        wrong = blobs.path(staged.sha256)
        wrong.parent.mkdir(parents=True)
        wrong.write_bytes(b"x" * staged.size)
        staging.keep(staged)
    assert blobs.is_sound(staged.sha256)
