"""The files of resources/vocabulary: laid out for review, and refused when they are not right."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.config.vocabulary_files import load_vocabulary
from desktop_app.domain.errors import ArchiveError
from desktop_app.domain.vocabulary import LANGUAGES

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "vocabulary"
VOCABULARY = load_vocabulary()


def render(content: dict[str, Any]) -> str:
    """Return a file as it should be laid out: a line for each language, so that a diff is short."""

    def line(name: str, value: object, indent: str) -> str:
        return f"{indent}{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"

    def block(name: str, value: dict[str, object]) -> str:
        lines = ",\n".join(line(key, inner, "    ") for key, inner in value.items())
        return f'  "{name}": {{\n{lines}\n  }}'

    def entry(fields: dict[str, Any], order: tuple[str, ...]) -> str:
        assert set(fields) <= set(order)
        return ",\n".join(
            block(name, fields[name])
            if isinstance(fields[name], dict)
            else line(name, fields[name], "  ")
            for name in order
            if name in fields
        )

    scheme = entry(content["scheme"], ("id", "closed", "in_texts", "note", "labels"))
    order = ("id", "broader", "note", *LANGUAGES, "hidden")
    concepts = "\n},\n{\n".join(entry(fields, order) for fields in content["concepts"])
    return f'{{\n"scheme": {{\n{scheme}\n}},\n"concepts": [\n{{\n{concepts}\n}}\n]\n}}\n'


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.json")), ids=lambda file: str(file.stem))
def test_files_are_laid_out_for_reading_changes(file: Path) -> None:
    text = file.read_bytes().decode("utf-8")
    assert text == render(json.loads(text))


def test_the_readme_names_every_scheme() -> None:
    readme = (FOLDER / "README.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", readme, re.MULTILINE))
    counts = Counter(concept.scheme for concept in VOCABULARY)
    assert rows == {scheme: str(count) for scheme, count in counts.items()}
    assert f"{len(VOCABULARY)} concepts" in readme


# Loading


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of two files of the vocabulary."""
    for name in ("topic.json", "status.json"):
        shutil.copy(FOLDER / name, tmp_path)
    return tmp_path


def change(file: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    content = json.loads(file.read_text("utf-8"))
    edit(content)
    file.write_text(json.dumps(content), encoding="utf-8")


def complaint(folder: Path) -> str:
    with pytest.raises(ArchiveError) as caught:
        load_vocabulary(folder)
    message = caught.value.message()
    assert message.startswith(f'The vocabulary in "{folder}" can\'t be used: ')
    assert message.endswith(" Install or unpack the program again.")
    return message


def test_a_folder_is_loaded_in_the_order_of_its_names(folder: Path) -> None:
    vocabulary = load_vocabulary(folder)
    assert [scheme.id for scheme in vocabulary.schemes] == ["status", "topic"]
    assert [concept.id for concept in vocabulary.in_scheme("status")] == [
        "planned",
        "live",
        "complete",
    ]
    status = vocabulary.scheme("status")
    assert status is not None
    assert status.closed
    assert not status.in_texts
    topic = vocabulary.scheme("topic")
    assert topic is not None
    assert topic.note
    assert topic.label("de") == "Thema"


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    assert "there are no files" in complaint(tmp_path)
    assert "there are no files" in complaint(tmp_path / "missing")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"scheme": {}}', "null", "3"])
def test_a_file_that_is_something_else_is_refused(folder: Path, text: str) -> None:
    (folder / "status.json").write_text(text, encoding="utf-8")
    assert "status.json" in complaint(folder)


def test_a_file_that_is_no_utf_8_is_refused(folder: Path) -> None:
    (folder / "status.json").write_bytes(b'{"scheme": "\xff"}')
    assert "status.json" in complaint(folder)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda it: it["concepts"][1].pop("sv"), '"live": missing: sv'),
        (lambda it: it["concepts"][1].update(sv=[]), '"live": sv'),
        (lambda it: it["concepts"][1].update(sv="pågående"), '"live": sv'),
        (lambda it: it["concepts"][1].update(sv=[" "]), '"live": sv'),
        (lambda it: it["concepts"][1].update(sv=[1]), '"live": sv'),
        (lambda it: it["concepts"][1].update(nl=["lopend"]), '"live": unknown: nl'),
        (lambda it: it["concepts"][1].update(hidden=["x"]), '"live": "hidden"'),
        (lambda it: it["concepts"][1].update(hidden={"nl": ["x"]}), '"live": "hidden"'),
        (lambda it: it["concepts"][1].update(hidden={"en": "x"}), '"live": "hidden"'),
        (lambda it: it["concepts"][1].update(broader="x"), '"live": "broader"'),
        (lambda it: it["concepts"][1].update(broader=["status:x"]), "unknown broader concept"),
        (lambda it: it["concepts"][1].update(broader=["status:live"]), "in a circle"),
        (lambda it: it["concepts"][1].update(note=5), '"live": "note"'),
        (lambda it: it["concepts"][1].update(id="planned"), '"status:planned" stands twice'),
        (lambda it: it["concepts"][1].update(id=""), '"id" of a concept'),
        (lambda it: it["concepts"].append("x"), '"id" of a concept'),
        (lambda it: it.update(concepts={}), '"concepts"'),
        (lambda it: it.update(more=1), "content"),
        (lambda it: it["scheme"].pop("closed"), "missing: closed"),
        (lambda it: it["scheme"].update(closed="no"), '"closed"'),
        (lambda it: it["scheme"].update(in_texts=1), '"in_texts"'),
        (lambda it: it["scheme"].update(id="other"), '"id" of the scheme'),
        (lambda it: it["scheme"].update(id=["status"]), '"id"'),
        (lambda it: it["scheme"]["labels"].pop("ar"), '"labels" of the scheme'),
        (lambda it: it["scheme"]["labels"].update(ar=""), '"labels" of the scheme'),
        (lambda it: it["scheme"].update(note=None), '"note"'),
    ],
)
def test_what_is_wrong_is_said(
    folder: Path, edit: Callable[[dict[str, Any]], object], said: str
) -> None:
    change(folder / "status.json", edit)
    assert said in complaint(folder)
