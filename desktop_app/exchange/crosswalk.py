"""What the tags of a bibliography mean for a record, and back.

What is no field of ours, or what a field can't hold, stays as it is under its tag, and is written
back in the same format. A type is a kind only where it says so: reports are evaluations, and other
kinds go by their name in the tag for the type of report; an article stays an article.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from ..domain.changes.change import Value
from ..domain.exchange.bibliography import Described
from ..domain.exchange.rows import Cell, MetadataFormat, SourceRow
from ..domain.records import Kind
from .conversions import (
    decode_link,
    decode_paths,
    encode_paths,
    find_doi,
    find_isbn,
    find_url,
    find_year,
    is_issn,
)
from .entry import Entry
from .languages import language_code, split_languages
from .list_cells import join, split
from .tags import NUMBERED, TAGS, Tags

_LONGEST = 1_000
"""Longer texts name no languages."""

_FINDERS: Mapping[str, Callable[[str], str | None]] = {"isbn": find_isbn, "url": find_url}

HELD_FIELDS: Mapping[MetadataFormat, frozenset[str]] = {
    form: frozenset({"kind", *tags.fields} - {"file"}) for form, tags in TAGS.items()
}
"""The fields that a format can hold; of these `to_fields(from_fields(...))` gives the same."""


def to_fields(form: MetadataFormat, row: SourceRow) -> Described:
    """Return what a row of a bibliography says of a record.

    `form` is RIS, BibTeX or CSL-JSON. Names are as `names` has them: "Family, Given", and without
    a comma for organisations. Every value is what `check_value` gives.
    """
    tags = TAGS[form]
    entry = Entry(row, tags)
    _read_kind(entry, tags)
    _read_plain(entry, tags)
    _read_names(entry)
    _read_year(entry)
    _read_languages(entry)
    _read_keywords(entry, form)
    _read_number(entry, form)
    _read_doi(entry)
    _read_url(entry)
    _read_files(entry, form)
    return entry.described()


def _read_kind(entry: Entry, tags: Tags) -> None:
    kind = entry.first(tags.kind).lower()
    named = ""
    for column in tags.kind_names:
        text = entry.first(column)
        code = text.lower().replace(" ", "_").replace("-", "_")
        if not named and code in set(Kind):
            named = code
            entry.take(column, text)
    if kind in tags.reports:
        entry.take(tags.kind, entry.first(tags.kind))
    if named or kind in tags.reports:
        entry.set("kind", named or Kind.EVALUATION.value, tags.kind)


def _read_plain(entry: Entry, tags: Tags) -> None:
    for name in ("title", "overview", "publisher", "place_of_publication"):
        columns = entry.columns(name)
        if name == "publisher" and entry.first(tags.kind).lower() not in tags.reports:
            # BibTeX: reports have an institution, everything else a publisher.
            columns = columns[::-1]
        for column in columns:
            text = entry.first(column)
            if not text or name in entry.values:
                continue
            whole = "\n\n".join(entry.texts(column)) if name == "overview" else text
            if name == "title" and (subtitle := entry.first("subtitle")) and column == "title":
                # BibLaTeX
                whole = f"{text}: {subtitle}"
            if entry.set(name, whole, column):
                entry.take(column, text if name != "overview" else None)
                if whole != text and name == "title":
                    entry.take("subtitle", None)
    # Databases say the same twice: TI and T1, AB and N2.
    for name in ("title", "overview"):
        for column in entry.columns(name)[1:]:
            if entry.first(column) == entry.values.get(name):
                entry.take(column, entry.first(column))


def _read_names(entry: Entry) -> None:
    for column in entry.columns("author"):
        for text in entry.texts(column):
            # EndNote marks an organisation with a comma at its end.
            name = ", ".join(part for piece in text.split(",") if (part := piece.strip()))
            if entry.add("author", name, column):
                entry.take(column, text)


def _read_year(entry: Entry) -> None:
    dates = [(column, text) for column in entry.columns("year") for text in entry.texts(column)]
    for column, text in dates:
        year = find_year(text)
        if year is None:
            continue
        if "year" not in entry.values:
            entry.set("year", year, column)
        if text.strip(" /") == str(entry.values.get("year")):
            # Days and months are no field of ours: they stay.
            entry.take(column, text)
    if dates and "year" not in entry.values:
        column, text = dates[0]
        entry.refuse(column, f'"{text[:60]}" names no year from 1800 to 2200.')


def _read_languages(entry: Entry) -> None:
    for column in entry.columns("language"):
        if "language" in entry.values:
            return
        for text in entry.texts(column):
            found = {part: language_code(part) for part in split_languages(text[:_LONGEST])}
            unknown = [part for part, code in found.items() if code is None]
            for code in found.values():
                if code is not None:
                    entry.add("language", code, column)
            entry.take(column, text if len(text) <= _LONGEST else "")
            if unknown:
                entry.keep(column, "; ".join(unknown))
                entry.refuse(
                    column,
                    f'"{unknown[0][:60]}" is no language that is known here. Write its name in '
                    "English or its two-letter code, such as de.",
                )


def _read_keywords(entry: Entry, form: MetadataFormat) -> None:
    for column in entry.columns("tag"):
        for text in entry.texts(column):
            parts: Sequence[str] = [text]
            if form is not MetadataFormat.BIBTEX:
                parts = split(text)
            if form is MetadataFormat.CSL_JSON and len(parts) < 2 and not text.startswith('"'):
                parts = [part for whole in parts for part in whole.split(",") if part.strip()]
            if all([entry.add("tag", part, column) for part in parts]):
                entry.take(column, text)


def _read_number(entry: Entry, form: MetadataFormat) -> None:
    for column in entry.columns("isbn"):
        for text in entry.texts(column):
            isbn = text if _is_isbn(entry, form, text) else find_isbn(text)
            if isbn and "isbn" not in entry.values and entry.set("isbn", isbn, column):
                entry.take(column, text if isbn == text else "")
            elif not isbn and form is not MetadataFormat.RIS:
                entry.refuse(column, f'"{text[:60]}" is no ISBN.')
    if entry.first(TAGS[form].kind).lower() not in NUMBERED[form]:
        return
    for column in entry.columns("report_number"):
        for text in entry.texts(column):
            is_free = column != "SN" or not _is_other_number(text)
            if is_free and entry.set_missing("report_number", text, column):
                entry.take(column, text)


def _is_isbn(entry: Entry, form: MetadataFormat, text: str) -> bool:
    if not entry.fits("isbn", text):
        return False
    return form is not MetadataFormat.RIS or _is_other_number(text)


def _is_other_number(text: str) -> bool:
    """Return whether "SN" of RIS holds the number of a book or journal, not that of a report."""
    digits = "".join(character for character in text if character not in "- ")
    is_book = digits[:-1].isdecimal() and len(digits) in {10, 13}
    return is_book or find_isbn(text) is not None or is_issn(text)


def _read_doi(entry: Entry) -> None:
    for column in entry.columns("doi"):
        for text in entry.texts(column):
            doi = find_doi(text)
            if doi is None:
                entry.refuse(column, f'"{text[:60]}" is no DOI: those begin with 10.')
            elif "doi" not in entry.values and entry.set("doi", doi, column):
                entry.take(column, text)


def _read_url(entry: Entry) -> None:
    for column in entry.columns("url"):
        for text in entry.texts(column):
            url = find_url(text)
            if url is None and column != "howpublished":
                entry.refuse(column, f'"{text[:60]}" is no web address: those begin with http.')
            elif url and entry.set_missing("url", url, column):
                if url in {text, f"http://{text}"}:
                    entry.take(column, text)
                if "doi" not in entry.values and "doi.org/10." in url and (doi := find_doi(url)):
                    entry.set("doi", doi, column)


def _read_files(entry: Entry, form: MetadataFormat) -> None:
    for column in entry.columns("file"):
        for text in entry.texts(column):
            if text.lower().startswith(("http://", "https://")):
                # A file in the web: an address like any other.
                if entry.set_missing("url", text, column):
                    entry.take(column, text)
                continue
            paths = decode_paths(text) if form is MetadataFormat.BIBTEX else text.split("\n")
            entry.files += [path for path in map(decode_link, paths) if path]
            entry.take(column, text)


def from_fields(
    form: MetadataFormat,
    values: Mapping[str, Value],
    other: Mapping[str, Sequence[str]] | None = None,
    *,
    files: Sequence[str] = (),
    record_id: str = "",
) -> tuple[Cell, ...]:
    """Return the cells of a record, in the order in which the format has them.

    `values` are those of a record by field. `other` is what `to_fields` could not use of an entry
    of the same format. Where it does not name the entry, author, year and the id of the record do:
    the same in every export.
    """
    tags = TAGS[form]
    kept = {column: [text for text in texts if text] for column, texts in (other or {}).items()}
    cells: dict[str, list[str]] = {}
    _write_kind(cells, kept, tags, values.get("kind"))
    cells[tags.key] = kept.pop(tags.key, [])[:1] or [_key(values, record_id)]
    for name, columns in tags.fields.items():
        texts = _texts(form, name, values.get(name), files)
        if not texts:
            continue
        column = columns[0]
        if name == "report_number" and "M1" in columns:
            column = "M1" if "SN" in cells or _is_other_number(texts[0]) else "SN"
        elif name == "publisher" and form is MetadataFormat.BIBTEX:
            column = "institution" if cells[tags.kind][0] in tags.reports else "publisher"
        if name == "year":
            texts = _with_dates(kept, columns, texts)
        elif name in _FINDERS:
            texts = _with_more(kept, column, texts, _FINDERS[name])
        cells[column] = texts
    for column, texts in kept.items():
        if column not in cells:
            cells[column] = texts
        elif column in tags.repeated:
            written = set(cells[column])
            cells[column] += [text for text in texts if text not in written]
    return tuple(Cell(column, text) for column, texts in cells.items() for text in texts if text)


def _write_kind(
    cells: dict[str, list[str]], kept: dict[str, list[str]], tags: Tags, kind: Value
) -> None:
    is_known = isinstance(kind, str) and bool(kind)
    written = kept.pop(tags.kind, [])[:1]
    cells[tags.kind] = written or [tags.report if is_known else tags.unknown]
    if not isinstance(kind, str) or not is_known:
        return
    if written or kind != Kind.EVALUATION:
        free = [name for name in tags.kind_names if name not in kept or name in tags.repeated]
        cells[free[0] if free else tags.kind_names[-1]] = [kind.replace("_", " ")]


def _key(values: Mapping[str, Value], record_id: str) -> str:
    """Return a citation key such as "berg2024-1f3c9a2b"; other than Latin letters are left out."""
    authors = values.get("author")
    first = authors[0] if isinstance(authors, Sequence) and authors else ""
    family = unicodedata.normalize("NFKD", str(first).partition(",")[0])
    name = re.sub("[^a-z]+", "", family.lower())[:30] or "record"
    identity = f"-{record_id.replace('-', '')[:8]}" if record_id else ""
    return f"{name}{values.get('year') or ''}{identity}"


def _texts(form: MetadataFormat, name: str, value: Value, files: Sequence[str]) -> list[str]:
    if name == "file":
        if form is MetadataFormat.BIBTEX:
            return [encode_paths(list(files))] if files else []
        return list(files)
    if value is None or value == "" or isinstance(value, Mapping):
        return []
    if isinstance(value, str) or not isinstance(value, Sequence):
        return [str(value)]
    texts = [str(element) for element in value]
    if name == "language":
        return [(" and " if form is MetadataFormat.BIBTEX else "; ").join(texts)] if texts else []
    if name == "tag" and form is MetadataFormat.RIS:
        return [join([text]) for text in texts]
    if name == "tag" and form is MetadataFormat.CSL_JSON and texts:
        only = texts[0] if len(texts) == 1 else ""
        return [f'"{only.replace(chr(34), 2 * chr(34))}"' if "," in only else join(texts)]
    return texts


def _with_more(
    kept: dict[str, list[str]], column: str, texts: list[str], find: Callable[[str], str | None]
) -> list[str]:
    """Return the text of an entry that says more than the value does: "ISBN ... (paperback)"."""
    for text in kept.get(column, []):
        if [find(text)] == texts:
            kept[column] = [other for other in kept[column] if other != text]
            return [text]
    return texts


def _with_dates(kept: dict[str, list[str]], columns: Sequence[str], texts: list[str]) -> list[str]:
    """Return the texts of the year, with the day where an entry named one of the same year."""
    for column in columns:
        dates = [text for text in kept.pop(column, []) if str(find_year(text)) in {*texts, "None"}]
        if column == columns[0] and any(find_year(date) for date in dates):
            texts = dates
        elif dates:
            kept[column] = dates
    return texts
