"""An index is carried about with its archive: whatever lies in its folder may have been planted."""

import json
import os
import pickle
import sys
import zlib
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from whoosh import fields
from whoosh import index as whoosh_index

from desktop_app.domain.errors import DiskFull, IndexUnusable, NotWritable
from desktop_app.domain.queries import parse
from desktop_app.index import commits, files, postings
from desktop_app.index.engine import Engine
from desktop_app.index.merging import merge_everything, merge_small
from desktop_app.index.schema import INDEX_VERSION, SEGMENT_FILES, pack_pages, unpack_pages
from desktop_app.index.writer import IndexedPage, IndexedRecord, IndexWriter, writer_lock

TEXT = "mentoring évaluation مدرسة " * 30


def record(record_id: str, text: str = TEXT) -> IndexedRecord:
    pages = [IndexedPage(f"doc-{record_id}", number, text) for number in (1, 2)]
    return IndexedRecord(record_id, f"Title {record_id}", ["Some Office"], pages)


def write(folder: Path, *records: IndexedRecord) -> None:
    with writer_lock(folder, wait_s=1):
        IndexWriter(folder).apply(records, [])


def found(engine: Engine, text: str) -> list[tuple[str, int]]:
    root = parse(text).root
    assert root is not None
    ranking = engine.search(root, lambda _: set())
    return [(ranked.id, len(ranking.pages_of(ranked.id))) for ranked in ranking.records]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = Engine(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def current(tmp_path: Path) -> Path:
    return tmp_path / f"v{INDEX_VERSION}"


class Trap:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self._path),)


def test_no_pickle_is_ever_loaded(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoosh unpickles its table of contents, term infos, posting blocks and stored fields."""
    write(tmp_path, record("warm"))  # Everything is imported now.
    loaders: list[object] = [pickle.load, pickle.loads, pickle.Unpickler]

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was unpickled")

    replaced = set()
    for module in list(sys.modules.values()):
        if module.__name__.startswith(("whoosh", "pickle")):
            for name, value in list(vars(module).items()):
                if any(value is loader for loader in loaders):
                    monkeypatch.setattr(module, name, refuse)
                    replaced.add(f"{module.__name__}.{name}")
    assert "whoosh.filedb.structfile.load_pickle" in replaced
    for number in range(20):
        write(tmp_path, record(str(number)))
        with writer_lock(tmp_path, wait_s=1):
            writer = IndexWriter(tmp_path)
            writer.apply([record("again")], [str(number - 1)], merge=merge_small)
            assert "again" in writer.ids()
    with writer_lock(tmp_path, wait_s=1):
        IndexWriter(tmp_path).apply([], [], merge=merge_everything)
    assert sorted(found(engine, "evaluations mentor*")) == [("19", 2), ("again", 2), ("warm", 2)]
    assert engine.verify(deep=True) == []


@pytest.mark.parametrize("version", [1, INDEX_VERSION])
def test_a_planted_table_of_contents_runs_nothing(tmp_path: Path, version: int) -> None:
    planted = tmp_path / "index" / f"v{version}"
    planted.mkdir(parents=True)
    whoosh_index.create_in(planted, fields.Schema(id=fields.ID))
    toc = planted / "_MAIN_0.toc"
    sprung = tmp_path / "sprung"
    trap = pickle.dumps(Trap(sprung), 2)
    content = toc.read_bytes()
    at = content.index(b"\x80\x02cwhoosh")
    toc.write_bytes(content[:at] + trap + content[at:])
    (planted / "_MAIN_1.toc").write_bytes(trap)
    folder = tmp_path / "index"
    engine = Engine(folder)
    if version == INDEX_VERSION:
        with pytest.raises(IndexUnusable):
            found(engine, "mentoring")
        with pytest.raises(IndexUnusable):
            engine.ids()
        with pytest.raises(IndexUnusable), writer_lock(folder, wait_s=1):
            IndexWriter(folder)
        assert engine.verify(deep=True)
        with writer_lock(folder, wait_s=1):
            IndexWriter.discard(folder)
    write(folder, record("a"))
    assert found(engine, "mentoring") == [("a", 2)]
    assert engine.verify(deep=True) == []
    assert not sprung.exists()
    assert not (folder / "v1").exists()
    engine.close()


def test_every_changed_byte_is_found_and_no_search_breaks_on_it(
    tmp_path: Path, current: Path
) -> None:
    write(tmp_path, record("a"), record("b", "other words entirely"))
    write(tmp_path, record("c"))
    whole = {path: path.read_bytes() for path in current.iterdir()}
    queries = ("mentoring", '"évaluation مدرسة"', "evaluat*", "title:title", "words entirely")
    sound = Engine(tmp_path)
    expected = {query: found(sound, query) for query in queries}
    sound.close()
    for path, content in whole.items():
        for at in sorted({0, len(content) // 3, len(content) // 2, len(content) - 1}):
            if not content:
                continue
            changed = bytearray(content)
            changed[at] ^= 0x41
            path.write_bytes(changed)
            engine = Engine(tmp_path)
            assert engine.verify(deep=True), (path.name, at)
            for query in queries:
                try:
                    assert found(engine, query) == expected[query], (path.name, at)
                except IndexUnusable:
                    continue
            engine.close()
        path.write_bytes(content[:-1])
        engine = Engine(tmp_path)
        assert engine.verify(), path.name
        engine.close()
        path.unlink()
        if path.suffix != ".toc":
            assert engine.verify(), path.name
            with pytest.raises(IndexUnusable), writer_lock(tmp_path, wait_s=1):
                IndexWriter(tmp_path)
        path.write_bytes(content)
    engine = Engine(tmp_path)
    assert engine.verify(deep=True) == []
    engine.close()


def told(**changes: Any) -> dict[str, Any]:
    segment = {
        "id": "0123456789abcdef",
        "documents": 1,
        "deleted": [],
        "files": {ending: [1, "00"] for ending in SEGMENT_FILES},
    }
    described = {
        "version": INDEX_VERSION,
        "byteorder": sys.byteorder,
        "generation": 3,
        "segments": [segment],
    }
    segment.update({name: value for name, value in changes.items() if name in segment})
    return {**described, **{name: value for name, value in changes.items() if name not in segment}}


@pytest.mark.parametrize(
    "content",
    [
        told(id="../../../etc/pass"),
        told(files={"/../../x": [1, "00"]}),
        told(documents=10**12),
        told(documents=-1),
        told(deleted=["x"]),
        told(files={ending: [1 << 40, "00"] for ending in SEGMENT_FILES}, documents=1 << 40),
        told(segments=[[]]),
        told(segments=7),
        told(generation=4),
        told(version=99),
        told(byteorder="middle"),
        [],
        "[" * 100_000,
    ],
)
def test_a_lying_table_of_contents_is_refused(
    engine: Engine, tmp_path: Path, current: Path, content: object
) -> None:
    current.mkdir()
    written = content if isinstance(content, str) else json.dumps(content)
    checksum = files.digest(written.encode())
    (current / "_MAIN_3.toc").write_text(f"{checksum}\n{written}")
    with pytest.raises(IndexUnusable):
        found(engine, "mentoring")
    assert engine.verify()
    with pytest.raises(IndexUnusable), writer_lock(tmp_path, wait_s=1):
        IndexWriter(tmp_path)


def test_a_huge_table_of_contents_is_not_read(engine: Engine, current: Path) -> None:
    current.mkdir()
    with (current / "_MAIN_0.toc").open("wb") as stream:
        stream.truncate(1 << 40)
    with pytest.raises(IndexUnusable, match="too large"):
        found(engine, "mentoring")


def test_a_posting_list_does_not_swell_without_end() -> None:
    numbers = list(range(1000))
    values = [array("I", range(number)).tobytes() for number in numbers]
    assert list(postings.unpack(postings.pack(numbers, values))) == list(
        zip(numbers, values, strict=True)
    )
    same = [bytes(100_000)] * 3
    assert list(postings.unpack(postings.pack([1, 2, 3], same))) == [
        (1, same[0]),
        (2, same[0]),
        (3, same[0]),
    ]
    swelling = zlib.compress(bytes(50_000_000))
    header = postings._HEADER.pack(1, 50_000_000, len(swelling))
    with pytest.raises(IndexUnusable, match="too large"):
        list(postings.unpack(header + swelling))
    with pytest.raises(IndexUnusable, match="cut off"):
        list(postings.unpack(postings.pack(numbers, values)[:-1]))


def test_a_page_table_is_read_as_it_was_written() -> None:
    labels = [("one", 1), ("one", 2), ("two", 1), ("one", 7)]
    starts = array("I", [0, 5, 1009, 3000])
    assert unpack_pages(pack_pages(starts, labels)) == (starts, labels)
    assert unpack_pages(pack_pages(array("I"), [])) == (array("I"), [])
    lying = pack_pages(starts, labels).replace(b'["one",2]', b'["one",999999999]')
    with pytest.raises(ValueError, match="argument"):
        unpack_pages(lying)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_place_of_a_file_stops_nobody(
    engine: Engine, tmp_path: Path, current: Path
) -> None:
    write(tmp_path, record("a"))
    (postings_file,) = current.glob("*.postings")
    postings_file.unlink()
    os.mkfifo(postings_file)
    with pytest.raises(IndexUnusable):
        found(engine, "mentoring")
    os.mkfifo(current / "_MAIN_9.toc")
    with pytest.raises(IndexUnusable), writer_lock(tmp_path, wait_s=1):
        IndexWriter(tmp_path)
    with writer_lock(tmp_path, wait_s=1):
        IndexWriter.discard(tmp_path)
    write(tmp_path, record("a"))
    assert found(engine, "mentoring") == [("a", 2)]


def test_nothing_outside_the_index_is_touched_through_links(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    for name in ("letter.txt", "MAIN.txt", "_MAIN_0.toc"):
        (mine / name).write_text("mine")
    folder = tmp_path / "index"
    folder.mkdir()
    try:
        (folder / f"v{INDEX_VERSION}").symlink_to(mine, target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    with pytest.raises(IndexUnusable), writer_lock(folder, wait_s=1):
        IndexWriter(folder)
    with writer_lock(folder, wait_s=1):
        IndexWriter.discard(folder)
    write(folder, record("a"))
    current = folder / f"v{INDEX_VERSION}"
    for name in ("MAIN.tmp", "_MAIN_2.toc", "_MAIN_2.toc.part"):
        (current / name).symlink_to(mine / "letter.txt")
    (current / "MAIN_folder").symlink_to(mine, target_is_directory=True)
    with pytest.raises(IndexUnusable), writer_lock(folder, wait_s=1):
        IndexWriter(folder)
    with writer_lock(folder, wait_s=1):
        IndexWriter.discard(folder)
    write(folder, record("a"))
    assert {path.name: path.read_text() for path in mine.iterdir()} == dict.fromkeys(
        ("letter.txt", "MAIN.txt", "_MAIN_0.toc"), "mine"
    )


def test_an_index_folder_that_is_a_file_can_not_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    folder.write_text("mine")
    with pytest.raises(NotWritable, match="records are safe"), writer_lock(folder, wait_s=1):
        pass
    assert folder.read_text() == "mine"
    engine = Engine(folder)
    assert found(engine, "mentoring") == []


def test_a_version_that_is_a_file_gives_way(tmp_path: Path, current: Path) -> None:
    current.write_text("no folder")
    with pytest.raises(IndexUnusable), writer_lock(tmp_path, wait_s=1):
        IndexWriter(tmp_path)
    with writer_lock(tmp_path, wait_s=1):
        IndexWriter.discard(tmp_path)
    write(tmp_path, record("a"))
    assert current.is_dir()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_read_only_index_says_so_and_is_searched(
    engine: Engine, tmp_path: Path, current: Path
) -> None:
    write(tmp_path, record("a"))
    for folder in (current, tmp_path):
        folder.chmod(0o500)
    try:
        with pytest.raises(NotWritable, match="records are safe"):
            write(tmp_path, record("b"))
        assert found(engine, "mentoring") == [("a", 2)]
    finally:
        for folder in (tmp_path, current):
            folder.chmod(0o700)


@pytest.mark.parametrize("moment", range(12))
def test_a_full_disk_leaves_the_index_as_it_was(
    engine: Engine, tmp_path: Path, current: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    write(tmp_path, record("a"))
    before = {path.name: path.read_bytes() for path in current.iterdir()}
    fsync, count = os.fsync, iter(range(100))

    def fail_at_the_moment(handle: int) -> None:
        if next(count) == moment:
            raise OSError(28, "No space left on device")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", fail_at_the_moment)
    if moment < len(SEGMENT_FILES) + 1:
        with pytest.raises(DiskFull):
            write(tmp_path, record("b"))
        assert {path.name: path.read_bytes() for path in current.iterdir()} == before
        assert found(engine, "mentoring") == [("a", 2)]
        monkeypatch.undo()
    write(tmp_path, record("b"))
    assert sorted(found(engine, "mentoring")) == [("a", 2), ("b", 2)]
    assert engine.verify(deep=True) == []


def test_a_stopped_commit_leaves_the_index_as_it_was(
    engine: Engine, tmp_path: Path, current: Path
) -> None:
    write(tmp_path, record("a"), record("b"))
    write(tmp_path, record("c"))
    before = {path.name: path.read_bytes() for path in current.iterdir()}

    class Enough(Exception):
        pass

    def stop() -> None:
        raise Enough

    with writer_lock(tmp_path, wait_s=1):
        writer = IndexWriter(tmp_path)
        with pytest.raises(Enough):
            writer.apply([record("a", "new")], ["b"], merge=merge_everything, on_step=stop)
        assert {path.name: path.read_bytes() for path in current.iterdir()} == before
        writer.apply([record("a", "new")], ["b"], merge=merge_everything)
    assert found(engine, "mentoring") == [("c", 2)]
    assert found(engine, "new") == [("a", 2)]
    assert len(list(current.glob("*.postings"))) == 1


def test_leftovers_of_a_killed_writer_are_cleared_away(tmp_path: Path, current: Path) -> None:
    write(tmp_path, record("a"))
    (current / "MAIN-x.tmp").mkdir()
    (current / "MAIN-x.tmp" / "some.run").write_text("left")
    (current / "MAIN_0123456789abcdef.terms").write_text("left")
    (current / "note.txt").write_text("mine")
    write(tmp_path, record("b"))
    names = {path.name for path in current.iterdir()}
    commit = commits.read(current)
    assert commit is not None
    assert names == {*commit.file_names(), "note.txt"}
