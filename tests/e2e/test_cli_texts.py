"""What people see of texts that others wrote, in every console; JSON has them exactly."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.domain.records import Access, Kind, Record, TextHealth
from desktop_app.store.database import Database
from desktop_app.store.records import Records
from tests.e2e.program import Program
from tests.samples import make_record, pdf_bytes, store_record, write_pdf

EVIL = "Evil \x1b]0;owned\x07\x9b31m title\u202e gpj.\nsecond line"
SHOWN = r"Evil \x1b]0;owned\x07\x9b31m title\u202e gpj.\nsecond line"
DANGEROUS = {"\x1b", "\x07", "\x9b", "\x00", "\r", "\u202e", "\u2028"}
ARABIC = "تقرير عن الإرشاد"

Store = Callable[[Record, dict[str, str]], None]


@pytest.fixture
def store(program: Program) -> Store:
    """Return what puts a record into the archive past all checks, as a hostile program would."""

    def put(record: Record, pages: dict[str, str]) -> None:
        database = Database(program.folder / "archive.sqlite")
        _, made = make_record(pages=list(pages.values()))
        (texts,) = made.values()
        labelled = [replace(page, label=label) for page, label in zip(texts, pages, strict=True)]
        store_record(Records(database), record, {record.documents[0].id: labelled})
        database.close()

    return put


def test_texts_of_others_can_do_nothing(program: Program, store: Store) -> None:
    page = "Mentoring \x1b[2J worked\u202e\r\nfor most\x00 of them."
    record, _ = make_record(EVIL, [page], authors=(EVIL,), languages=("en\x1b[31m",))
    store(record, {"i\x1b[5m": page})
    short = record.id[:8]
    for words, said in (
        (["list"], SHOWN),
        (["show", short], SHOWN),
        (["search", "mentoring"], SHOWN),
        (["search", "mentoring\x1b[2J\u202e", "--facet", "language"], r"en\x1b[31m"),
        (["text", short], r"Mentoring \x1b[2J worked\u202e" + "\nfor most\\x00 of them."),
        (["text", short], r"--- page 1 (i\x1b[5m) ---"),
    ):
        ended = program.run(*words)
        assert ended.returncode == 0, ended.stderr
        assert said in ended.stdout
        assert not DANGEROUS & set(ended.stdout + ended.stderr)
    exact = program.run("--json", "list").stdout
    assert len(exact.splitlines()) == 1
    assert not DANGEROUS & set(exact)
    assert json.loads(exact)["title"] == EVIL
    assert program.ask("show", short)["authors"] == [EVIL]
    assert program.ask("text", short)["pages"][0]["text"] == page
    (hit,) = program.ask("search", "mentoring")["hits"]
    assert hit["pages"][0]["label"] == "i\x1b[5m"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no text")
def test_any_file_name_is_imported_and_shown(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    names = [b"\xff.pdf", b"a\n\x1b]0;x\x07.pdf", "exe\u202efdp.pdf".encode(), b"-dash.pdf"]
    for name in names:
        Path(folder, os.fsdecode(name)).write_bytes(pdf_bytes([f"About {name!a}"]))
    broken = Path(folder, os.fsdecode(b"no\xfe.pdf"))
    broken.write_bytes(b"nothing")
    first = program.run("import", folder)
    assert first.returncode == 1
    assert f"refused    {folder}/no\\xfe.pdf" in first.stdout
    again = program.run("import", folder)
    for shown in (r"\xff.pdf", r"a\n\x1b]0;x\x07.pdf", r"exe\u202efdp.pdf", "-dash.pdf"):
        assert f"duplicate  {shown}  (already" in again.stdout
    assert not DANGEROUS & set(first.stdout + again.stdout)
    report = program.ask("import", folder, status=1)
    assert {os.fsencode(file["path"]) for file in report["files"]} == {
        os.fsencode(folder) + b"/" + name for name in [*names, os.fsencode(broken.name)]
    }
    alone = program.ask("import", Path(folder, os.fsdecode(b"\xff.pdf")))
    assert alone["duplicates"] == 1


def test_names_with_minus_and_patterns_are_imported(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_pdf(Path("-dash.pdf"), ["A dash"])
    write_pdf(Path("one.pdf"), ["Number one"])
    write_pdf(Path("[two].pdf"), ["Number two"])
    assert program.run("import", "-dash.pdf").returncode == 2
    assert program.ask("import", "--", "-dash.pdf")["added"] == 1
    assert program.ask("import", "[two].pdf")["added"] == 1
    # The shell of Windows leaves patterns to the program.
    assert program.ask("import", "*.pdf")["added"] == 1
    assert program.ask("import", tmp_path / "*.pdf")["duplicates"] == 3
    assert "no file or folder" in program.run("import", "none*.pdf").stderr


def test_a_record_is_shown_in_the_order_of_its_fields(program: Program, store: Store) -> None:
    record, _ = make_record(
        "Mentoring",
        kind=Kind.EVALUATION,
        year=2021,
        tags=("june", "schools"),
        fields={
            "sample_size": 212,
            "country": ["FI", "SE"],
            "overview": "First line.\nSecond line.",
            "a_field_of_tomorrow": {"amount": 5, "currency": "SEK"},
        },
    )
    store(record, {"1": "some text"})
    lines = program.run("show", record.id).stdout.splitlines()
    headings = [line for line in lines if not line.startswith(" ")]
    assert headings == [
        "Mentoring",
        "Identity",
        "Context",
        "Design",
        "Other",
        "Files",
        "Not yet described: language, author.",
    ]
    names = [line.split("  ")[1] for line in lines if line.startswith("  ") and line[2] != " "]
    assert names == [
        "id", "added", "kind", "year", "access", "overview", "tag", "country", "sample size",
        "a field of tomorrow", "report",
    ]  # fmt: skip
    beside = {line.strip().partition("  ")[2].strip() for line in lines}
    assert {"2021", "First line.", "june; schools", "FI; SE", "212"} <= beside
    assert "amount 5, currency SEK" in beside
    assert [line.strip() for line in lines if "Second" in line] == ["Second line."]


def test_a_list_says_what_is_out_of_the_ordinary(program: Program, store: Store) -> None:
    empty = program.run("list")
    assert (empty.returncode, empty.stdout) == (0, "")
    assert '"import"' in empty.stderr
    ordinary, _ = make_record("Ordinary")
    scanned, _ = make_record("Scanned")
    scanned = replace(
        scanned,
        access=Access.PUBLIC,
        documents=(replace(scanned.documents[0], text_health=TextHealth.SCANNED),),
    )
    for record in (ordinary, scanned):
        store(record, {"1": "text"})
    listed = program.run("list", "--sort", "title")
    assert listed.stderr == ""
    first, second = listed.stdout.splitlines()
    assert first.endswith("1 p.  Ordinary")
    assert second.endswith("Scanned  [public]  [scanned, can't be searched]")
    part = program.run("list", "--sort", "title", "--limit", "1", "--offset", "1")
    assert part.stdout.splitlines() == [second]
    assert part.stderr == "1 of 2 records.\n"


def test_the_trash_is_a_list_too(program: Program, store: Store) -> None:
    assert program.run("list", "--trash").stderr == "The trash is empty.\n"
    kept, _ = make_record("Kept")
    thrown, _ = make_record("Thrown away")
    for record in (kept, thrown):
        store(record, {"1": "text"})
    program.ask("delete", thrown.id)
    assert program.run("list").stdout.endswith("Kept\n")
    assert program.run("list", "--trash").stdout.endswith("Thrown away\n")
    lines = program.run("--json", "list", "--trash", "--limit", "3").stdout.splitlines()
    assert [json.loads(line)["deleted"] for line in lines] == [True]
    assert program.run("list", "--trash", "--offset", "1").stdout == ""
    assert program.run("list", "--trash", "--sort", "year").returncode == 2


def test_facets_are_little_tables_after_the_hits(program: Program, store: Store) -> None:
    for number in range(30):
        record, _ = make_record(
            f"Mentoring {number}",
            year=2020 if number < 12 else 2021,
            tags=(f"tag {number:02}",),
        )
        store(record, {"1": "mentoring"})
    asked = ("search", "mentoring", "--limit", "1", "--facet", "year", "--facet", "kind")
    lines = program.run(*asked, "--facet", "tag").stdout.splitlines()
    end = next(number for number, line in enumerate(lines) if line.startswith("30 records in"))
    assert lines[end + 1 : end + 8] == [
        "", "year", "  18  2021", "  12  2020", "", "kind: no values", "",
    ]  # fmt: skip
    assert lines[end + 8 : end + 10] == ["tag", "  1  tag 00"]
    assert lines[-2:] == ["  1  tag 19", "  + 10 values"]
    unknown = program.run(*asked, "--facet", "colour")
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "kind, year, language, access, author, " in unknown.stderr


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii", "utf-16"])
def test_old_consoles_get_what_they_can_show(program: Program, store: Store, encoding: str) -> None:
    record, _ = make_record(f"Größe {ARABIC} \U0001f600")
    store(record, {"1": ARABIC})
    wanted = {"PYTHONIOENCODING": encoding}
    for words in (["list"], ["show", record.id], ["text", record.id], ["search", ARABIC]):
        ended = program.run(*words, encoding=encoding, **wanted)
        assert (ended.returncode, ended.stderr) == (0, "")
    for words in (["list"], ["search", ARABIC], ["vocabulary", "export"]):
        ended = program.run("--json", *words, encoding=encoding, **wanted)
        assert (ended.returncode, ended.stderr) == (0, "")
        assert json.loads(ended.stdout)
    found = json.loads(program.run("--json", "list", encoding=encoding, **wanted).stdout)
    assert found["title"] == record.title


def test_without_a_wish_it_is_utf8(program: Program, store: Store) -> None:
    record, _ = make_record(f"Größe {ARABIC}")
    store(record, {"1": ARABIC})
    old = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""}
    assert f"Größe {ARABIC}" in program.run("list", **old).stdout
    assert ARABIC in program.run("--json", "list", **old).stdout


def read_terminal(command: Sequence[str]) -> str:
    """Return what a command prints on a terminal of its own."""
    import pty

    child, terminal = pty.fork()
    if child == 0:
        os.execv(command[0], list(command))
    said = b""
    try:
        while part := os.read(terminal, 4096):
            said += part
    except OSError:
        # So Linux says that the other end has closed.
        pass
    finally:
        os.close(terminal)
        os.waitpid(child, 0)
    return said.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="needs a pseudo terminal")
def test_a_terminal_gets_marks_and_isolated_directions(program: Program, store: Store) -> None:
    record, _ = make_record(f"{ARABIC} 2021 \x1b[31m")
    store(record, {"1": "Mentoring worked."})
    isolated = f"\u2068{ARABIC} 2021 \\x1b[31m\u2069"
    assert read_terminal(program.command("list")).rstrip().endswith(f"1 p.  {isolated}")
    found = read_terminal(program.command("search", "mentoring"))
    assert f"1. {isolated}  [" in found
    assert "p. 1  \x1b[1mMentoring\x1b[22m worked." in found
    assert "\u2068" not in program.run("list").stdout
    assert json.loads(read_terminal(program.command("--json", "list")))["title"] == record.title
