"""Names of people and organisations, as the archive holds them and as bibliographies do.

The archive holds one text a name: "Family, Given" or "Family, Given, Suffix" for a person, and a
text without a comma for an organisation or a person of one name. Particles ("van", "de la") stand
before the family name.
"""

import re
import unicodedata
from collections.abc import Iterator

from bibtexparser.middlewares.names import parse_single_name_into_parts

from .latex import decode_latex, encode_latex

OTHERS, ET_AL = "others", "et al."

_MARK = re.compile(r"\\.|[{}]|(?<=\s)and(?=\s)", re.DOTALL | re.IGNORECASE)
_TILDE = re.compile(r"\\~\s*(?:\{\s*\\?([A-Za-z])\s*\}|([A-Za-z]))")


def decode_names(source: str) -> list[str]:
    """Return the names of a BibTeX value, which are separated by "and"."""
    # bibtexparser takes every tilde for a blank, also one that is an accent.
    composed = _TILDE.sub(_with_tilde, source)
    return [name for part in _separate(composed) if (name := _decode_name(part))]


def encode_names(names: list[str]) -> str:
    """Return a BibTeX value that `decode_names` reads as these names."""
    return " and ".join(_encode_name(name) for name in names)


def join_name(family: str, given: str, suffix: str = "") -> str:
    """Return a person's name as the archive holds it."""
    return ", ".join(part for part in (family, given, suffix) if part)


def split_name(name: str) -> tuple[str, str, str] | None:
    """Return family name, given names and suffix of a person; None for everybody else."""
    parts = [part.strip() for part in name.split(",")]
    if not 2 <= len(parts) <= 3 or not all(parts):
        return None
    return parts[0], parts[1], parts[2] if len(parts) == 3 else ""


def _separate(source: str) -> Iterator[str]:
    """Yield what stands between "and" outside of braces.

    bibtexparser's own function loses the backslash of a name that begins with an accent.
    """
    depth = start = 0
    for match in _MARK.finditer(source):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(0, depth - 1)
        elif depth == 0 and match[0][0] != "\\":
            yield source[start : match.start()]
            start = match.end()
    yield source[start:]


def _with_tilde(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", (match[1] or match[2]) + "\u0303")


def _decode_name(source: str) -> str:
    if source.strip() == OTHERS:
        return ET_AL
    parts = parse_single_name_into_parts(source, strict=False)
    family = decode_latex(" ".join([*parts.von, *parts.last]))
    given = decode_latex(" ".join(parts.first))
    suffix = decode_latex(" ".join(parts.jr))
    return " ".join(join_name(family, given, suffix).split())


def _encode_name(name: str) -> str:
    if name == ET_AL:
        return OTHERS
    parts = split_name(name)
    if parts:
        family, given, suffix = (encode_latex(part) for part in parts)
        source = f"{family}, {suffix}, {given}" if suffix else f"{family}, {given}"
        # Not where there is an "and" in the name, or LaTeX would read it in another way.
        if decode_names(f"A and {source} and B") == ["A", name, "B"]:
            return source
    return f"{{{encode_latex(name)}}}"
