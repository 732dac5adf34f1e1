"""Texts of bibliographies to values: years, identifiers, web addresses, paths of files."""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from ..domain.suggestions.identifiers import is_isbn

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|2[01]\d\d|2200)(?!\d)")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_BARE_URL = re.compile(r"www\.[\w-]+\.[^\s<>\"]+", re.IGNORECASE)
_ISBN = re.compile(r"(?<![\d-])(?:97[89][ -]?)?\d(?:[ -]?\d){8}[ -]?[\dXx](?![\d-])")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]\b.*", re.DOTALL)
_TRAILING = ".,;:)]}>'\""

_FILE_MARK = re.compile(r"\\.|[:;]", re.DOTALL)
_FILE_ESCAPE = re.compile(r"\\([:;\\_&#%{}$~^ ])")
_MENDELEY = re.compile(r"\$\\backslash\$")
_DRIVE = re.compile(r"[A-Za-z]")


def clean(text: str) -> str:
    """Return a text without control characters and direction marks, which no field takes."""
    return _UNSEEN.sub("", _BREAK.sub("\n", text))


def find_year(text: str) -> int | None:
    """Return the first year from 1800 to 2200 that a date names."""
    digits = "".join(
        str(unicodedata.digit(character)) if character.isdigit() else character
        for character in text[:200]
    )
    match = _YEAR.search(digits)
    return int(match[0]) if match else None


def find_doi(text: str) -> str | None:
    """Return a DOI without the address or word before it."""
    source = unquote(text) if "doi.org/" in text.lower() else text
    match = _DOI.search(source)
    if match is None:
        return None
    doi = match[0]
    if match.start() == 0 and len(doi) == len(source):
        return doi
    while doi[-1] in _TRAILING and not (doi[-1] == ")" and doi.count("(") >= doi.count(")")):
        doi = doi[:-1]
    return doi


def find_url(text: str) -> str | None:
    """Return the first web address of a text."""
    stripped = text.strip()
    if re.fullmatch(r"https?://\S+", stripped):
        return stripped
    match = _URL.search(stripped)
    if match:
        return match[0].rstrip(_TRAILING)
    match = _BARE_URL.fullmatch(stripped)
    return f"http://{match[0]}" if match else None


def find_isbn(text: str) -> str | None:
    """Return the first ISBN of a text whose check digit is right."""
    return next((found for found in _ISBN.findall(text) if is_isbn(found)), None)


def is_issn(text: str) -> bool:
    """Return whether a text begins with the number of a journal."""
    return _ISSN.fullmatch(text.strip()) is not None


def decode_paths(text: str) -> list[str]:
    """Return the paths of a BibTeX field "file".

    Understood are a path alone, and what JabRef, Zotero and Mendeley write: "description:path:type"
    with ";" between files, and a backslash before a ":" or ";" that belongs to the path.
    """
    source = _MENDELEY.sub(r"\\", text)
    return [path for parts in _files(source) if (path := _path(parts))]


def encode_paths(paths: list[str]) -> str:
    """Return the BibTeX field "file", as JabRef and Zotero read it."""
    return ";".join(f":{_escaped(path)}:{_type(path)}" for path in paths)


def decode_link(text: str) -> str:
    """Return the path of a link to a file; other texts as they are."""
    scheme, separator, rest = text.strip().partition("://")
    if not separator or scheme.lower() not in {"file", "internal-pdf"}:
        return text.strip()
    path = unquote(rest)
    # "file:///C:/reports" means a drive, "file:///home" a folder.
    return path[1:] if re.match("/[A-Za-z]:[/\\\\]", path) else path


def _files(source: str) -> Iterator[list[str]]:
    parts: list[str] = []
    start = 0
    for match in _FILE_MARK.finditer(source):
        if match[0] in {":", ";"}:
            parts.append(source[start : match.start()])
            start = match.end()
        if match[0] == ";":
            yield parts
            parts = []
    yield [*parts, source[start:]]


def _path(parts: list[str]) -> str:
    texts = [_FILE_ESCAPE.sub(r"\1", part).strip() for part in parts]
    for at in range(len(texts) - 1):
        # The colon of a drive that nobody escaped.
        if _DRIVE.fullmatch(texts[at]) and texts[at + 1].startswith(("/", "\\")):
            texts[at : at + 2] = [f"{texts[at]}:{texts[at + 1]}"]
            break
    if len(texts) > 2:
        return ":".join(texts[1:-1])
    # Without a description, or without a type.
    return texts[0] if texts[0] and "." not in texts[-1] else texts[-1]


def _escaped(path: str) -> str:
    return re.sub(r"[\\:;{}]", r"\\\g<0>", path)


def _type(path: str) -> str:
    return "application/pdf" if path.lower().endswith(".pdf") else ""
