"""The values of BibTeX fields: pieces joined by "#", abbreviations, names, keywords, addresses."""

import re
from collections.abc import Iterator, Sequence

from .latex import decode_latex, decode_verbatim, encode_latex, encode_verbatim, unwrap
from .names import decode_names, encode_names

MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())

_NAMES = frozenset(
    """
    author editor editora editorb editorc translator annotator commentator introduction foreword
    afterword bookauthor holder shortauthor shorteditor
    """.split()
)
_KEYWORDS = frozenset({"keywords", "keyword", "tags"})
_VERBATIM = frozenset("url doi eprint pdf urlraw verba verbb verbc urn".split())
_FILE = "file"

_MARK = re.compile(r"(?<!\\)[{}\"]")
_BARE = re.compile(r"[^\s#{}\"]+|.", re.DOTALL)
_BLANK = re.compile(r"\s*")
_NEXT_FIELD = re.compile(r"\s*([A-Za-z][\w:+-]*)\s*=\s*(?=\S)")
_WRAPPED = re.compile(r"\\url\s*\{(.*)\}", re.DOTALL)
_LATEX_IN_ADDRESS = re.compile(r"\\text|\$\\")
_UNESCAPED_BRACE = re.compile(r"(?<!\\)[{}]")
_PAGES = re.compile("[0-9, –]*")
_KEYWORD_MARK = re.compile(r"(?<!\\)[{},;\n]")

Piece = tuple[bool, str]
"""Whether it is the name of an abbreviation or a number; the text."""


def pieces(name: str, source: str) -> Iterator[tuple[str, list[Piece]]]:
    """Yield a field with the pieces of its value; and the field after it, if a comma is missing."""
    found: list[Piece] = []
    position = 0
    joined = True
    while position < len(source):
        position = _blank(source, position)
        if source.startswith("#", position):
            joined, position = True, position + 1
            continue
        following = None if joined else _NEXT_FIELD.match(source, position)
        if following:
            yield name, found
            name, found, joined = following[1], [], True
            position = following.end()
            continue
        if position >= len(source):
            break
        if not joined:
            found.append((False, " "))
        if source[position] in '{"':
            end = _closing(source, position)
            found.append((False, source[position + 1 : end]))
            position = end + 1
        else:
            word = _BARE.match(source, position)
            text = word[0] if word else source[position:]
            found.append((True, text))
            position += len(text)
        joined = False
    yield name, found


def _blank(source: str, position: int) -> int:
    match = _BLANK.match(source, position)
    return match.end() if match else position


def _closing(source: str, start: int) -> int:
    """Return where the brace or quotation mark at `start` is closed; the end if it is not."""
    quoted = source[start] == '"'
    depth = 0
    for match in _MARK.finditer(source, start + 1):
        if match[0] == "{":
            depth += 1
        elif match[0] == '"':
            if quoted and depth <= 0:
                return match.start()
        elif not quoted and depth == 0:
            return match.start()
        else:
            depth -= 1
    return len(source)


class Expansion:
    """The abbreviations of a file, replaced by what they stand for.

    All together they may grow a file by `budget` characters: abbreviations of abbreviations, or a
    long one that is used everywhere, would fill the memory. After that they stay as they are.
    """

    def __init__(self, budget: int = 20_000_000) -> None:
        self._values: dict[str, str] = {}
        self._budget = budget

    def define(self, name: str, source: str) -> None:
        """Remember an abbreviation; its value may refer to others."""
        for found, parts in pieces(name, source):
            self._values[found.lower()] = self.value(parts)

    def value(self, parts: Sequence[Piece]) -> str:
        """Return the value that its pieces make."""
        return "".join(self._meaning(text) if bare else text for bare, text in parts)

    def spend(self, length: int) -> bool:
        """Return whether a file may still grow by so many characters, and note that it does."""
        if length > self._budget:
            return False
        self._budget -= length
        return True

    def _meaning(self, name: str) -> str:
        meaning = self._values.get(name.lower())
        return name if meaning is None or not self.spend(len(meaning)) else meaning


def cell_texts(name: str, value: str) -> list[str]:
    """Return what a field holds: one text a name and a keyword, otherwise one."""
    if name in _NAMES:
        return decode_names(value)
    if name in _KEYWORDS:
        return [text for part in _keywords(value) if (text := decode_latex(part))]
    if name == _FILE:
        return [unwrap(value)]
    if name in _VERBATIM or name.startswith("bdsk-"):
        wrapped = _WRAPPED.fullmatch(value.strip())
        address = (wrapped[1] if wrapped else value).strip()
        if _LATEX_IN_ADDRESS.search(address):
            return [decode_latex(address)]
        return [decode_verbatim(address)]
    return [decode_latex(value)]


def encode_value(name: str, texts: list[str]) -> str:
    """Return the value of a field that `cell_texts` reads as these texts, without its braces."""
    if name in _NAMES:
        return encode_names(texts)
    if name in _KEYWORDS:
        return ", ".join(_encode_keyword(text) for text in texts)
    joined = "\n".join(text.strip() for text in texts)
    if name == _FILE:
        return joined if _is_balanced(joined) else encode_verbatim(joined)
    if name in _VERBATIM or name.startswith("bdsk-"):
        return encode_verbatim(joined)
    if name == "pages" and _PAGES.fullmatch(joined):
        return joined.replace("–", "--")
    if name == "title":
        # Styles of LaTeX write titles in small letters where no braces protect them.
        return f"{{{encode_latex(joined)}}}"
    return encode_latex(joined)


def _is_balanced(source: str) -> bool:
    depth = 0
    for match in _UNESCAPED_BRACE.finditer(source):
        depth += 1 if match[0] == "{" else -1
        if depth < 0:
            return False
    return depth == 0 and not source.endswith("\\")


def _keywords(source: str) -> list[str]:
    """Return the parts between semicolons outside of braces; else between commas or line ends."""
    depth = start = 0
    cuts: list[tuple[int, str]] = []
    for match in _KEYWORD_MARK.finditer(source):
        if match[0] in "{}":
            depth = depth + 1 if match[0] == "{" else max(0, depth - 1)
        elif depth == 0:
            cuts.append((match.start(), match[0]))
    separators = {mark for _, mark in cuts}
    used = ";" if ";" in separators else "," if "," in separators else "\n"
    parts = []
    for position, mark in cuts:
        if mark == used:
            parts.append(source[start:position])
            start = position + 1
    return [*parts, source[start:]]


def _encode_keyword(text: str) -> str:
    encoded = encode_latex(text)
    return f"{{{encoded}}}" if re.search("[,;\n]", text) else encoded
