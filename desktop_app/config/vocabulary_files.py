"""Reads the vocabulary that comes with the program (its format: resources/vocabulary/README.md)."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from desktop_app.domain.concepts import LANGUAGES, Concept, Scheme
from desktop_app.domain.errors import ArchiveError
from desktop_app.domain.vocabulary import Vocabulary

from .paths import resources

_SCHEME_FIELDS = frozenset(("id", "closed", "in_texts", "labels"))
_CONCEPT_FIELDS = frozenset(("id", *LANGUAGES))
_OPTIONAL_FIELDS = frozenset(("broader", "hidden", "note"))


class _Unfit(Exception):
    """Something in a file is not as the program needs it."""


def load_vocabulary(folder: Path | None = None) -> Vocabulary:
    """Return the vocabulary in the files of `folder`, by default those of the program.

    Raises:
        ArchiveError: a file is missing, can't be read or does not hold what it should. The message
            names the file and the concept.
    """
    folder = folder or resources() / "vocabulary"
    schemes: list[Scheme] = []
    concepts: list[Concept] = []
    files = sorted(folder.glob("*.json"))
    try:
        if not files:
            raise _Unfit("there are no files")
        for file in files:
            scheme, listed = _read(file)
            schemes.append(scheme)
            concepts += listed
        return Vocabulary(schemes, concepts)
    except (OSError, ValueError, _Unfit) as error:
        # Not translated: what is wrong is in the program's own files.
        raise ArchiveError(
            detail=f'The vocabulary in "{folder}" can\'t be used: {error}. '
            "Install or unpack the program again."
        ) from error


def _read(file: Path) -> tuple[Scheme, list[Concept]]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise _Unfit(f"{file.name}: {error}") from error
    where = file.name
    _expect(isinstance(content, dict) and set(content) == {"scheme", "concepts"}, where, "content")
    scheme = _scheme(content["scheme"], where)
    _expect(scheme.id == file.stem, where, '"id" of the scheme')
    _expect(isinstance(content["concepts"], list), where, '"concepts"')
    return scheme, [_concept(entry, scheme.id, where) for entry in content["concepts"]]


def _scheme(entry: Any, where: str) -> Scheme:
    _expect_fields(entry, _SCHEME_FIELDS, where)
    labels = entry["labels"]
    _expect(
        isinstance(labels, dict)
        and set(labels) == set(LANGUAGES)
        and all(_is_text(label) for label in labels.values()),
        where,
        '"labels" of the scheme',
    )
    for flag in ("closed", "in_texts"):
        _expect(isinstance(entry[flag], bool), where, f'"{flag}"')
    return Scheme(
        _text(entry["id"], where, '"id"'),
        labels,
        _text(entry.get("note", ""), where, '"note"'),
        entry["closed"],
        entry["in_texts"],
    )


def _concept(entry: Any, scheme: str, file: str) -> Concept:
    _expect(isinstance(entry, dict) and _is_text(entry.get("id")), file, '"id" of a concept')
    where = f'{file}, "{entry["id"]}"'
    _expect_fields(entry, _CONCEPT_FIELDS, where)
    labels = {language: _texts(entry[language], where, language) for language in LANGUAGES}
    for language, texts in labels.items():
        _expect(bool(texts), where, language)
    hidden = entry.get("hidden", {})
    _expect(isinstance(hidden, dict) and set(hidden) <= set(LANGUAGES), where, '"hidden"')
    return Concept(
        entry["id"],
        scheme,
        {language: texts[0] for language, texts in labels.items()},
        {language: texts[1:] for language, texts in labels.items() if texts[1:]},
        {language: _texts(texts, where, '"hidden"') for language, texts in hidden.items()},
        _texts(entry.get("broader", []), where, '"broader"'),
        _text(entry.get("note", ""), where, '"note"'),
    )


def _expect_fields(entry: Any, required: Iterable[str], where: str) -> None:
    fields = set(entry) if isinstance(entry, dict) else set()
    missing = sorted(set(required) - fields)
    _expect(not missing, where, f"missing: {', '.join(missing)}")
    unknown = sorted(fields - set(required) - _OPTIONAL_FIELDS)
    _expect(not unknown, where, f"unknown: {', '.join(unknown)}")


def _text(value: Any, where: str, what: str) -> str:
    _expect(isinstance(value, str), where, what)
    return str(value)


def _texts(value: Any, where: str, what: str) -> tuple[str, ...]:
    _expect(isinstance(value, list) and all(_is_text(text) for text in value), where, what)
    return tuple(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _expect(fits: bool, where: str, what: str) -> None:
    if not fits:
        raise _Unfit(f"{where}: {what} is not as it should be")
