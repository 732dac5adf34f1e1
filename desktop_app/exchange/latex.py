r"""LaTeX as bibliographies use it, to plain text and back.

pylatexenc knows what the macros mean, but its own reader is recursive (300 nested braces are too
many), drops macros that it does not know ("C:\reports") and manages 80 kB a second. So this one
walks once over the text, keeps what it does not understand, and only looks the macros up.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from pylatexenc.latex2text import get_default_latex_context_db

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361",
}  # fmt: skip
_FORMATTING = frozenset(
    """
    textbf textit textrm textsc textsf texttt textsl textup textmd textnormal textsuperscript
    textsubscript emph underline mbox text mathrm mathit mathbf mathsf enquote bf it
    em rm sc sl sf tt bfseries itshape scshape rmfamily sffamily ttfamily upshape mdseries
    normalfont ensuremath relax protect noopsort begingroup endgroup item
    """.split()
)
_SPELLED = {
    "textasciicircum": "^", "textasciitilde": "~", "textbar": "|",
    "textquotesingle": "'", "textquotedbl": '"', "textasciigrave": "`", "copyright": "©",
    "textcopyright": "©", "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "newline": "\n",
    "linebreak": "\n", "par": "\n\n", "space": " ", "quad": " ", "qquad": " ",
}  # fmt: skip
_SYMBOLS = {
    **{character: character for character in "$&%#_{} "},
    **{",": " ", ";": " ", ":": " ", "!": "", "/": "", "-": "", "@": "", "\\": "\n", "\n": " "},
}
_LIGATURES = {
    "---": "—", "--": "–", "``": "“", "''": "”", "?`": "¿", "!`": "¡", "~": "\u00a0",
}  # fmt: skip
_TOKEN = re.compile(
    r"\\(?:begin|end)[ ]*\{[A-Za-z]{1,30}\*?\}"
    r"|\\(?P<address>href|url|nolinkurl|path)[ ]*\{(?P<url>[^{}]{0,2000})\}"
    r"|\\verb(?P<bar>[|!+])(?P<verb>[^|!+\n]{0,500})(?P=bar)"
    r"|\\(?P<macro>[A-Za-z]+)\*?(?P<space>[ \t]*)"
    r"|\\(?P<symbol>[^A-Za-z])"
    r"|\$(?P<math>(?:[^$\\]|\\[^$]){0,500})\$"
    r"|(?P<brace>[{}])"
    r"|(?P<ligature>---?|``|''|[?!]`|~)"
    r"|(?P<plain>[^\\${}\-`'?!~]+|.)",
    re.DOTALL,
)
_OPERATOR = re.compile(r"\s*(?:\\([A-Za-z]+)|([<>=|+*/-]))\s*")
_MARKED_UP = re.compile(r"[\\${}~]|--|``|''|[?!]`|\n[ \t]")
_SPECIAL = re.compile(
    r"[\\{}$&%#_~^]|-(?=-)|`(?=`)|'(?=')|[?!](?=`)|^[ \t]*@|^(?=[ \t])", re.MULTILINE
)
_ESCAPED = re.compile(r"\\([\\{}$&%#_~^ ])")
_WRITTEN = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "-": "-{}", "`": "`{}", "'": "'{}", "?": "?{}", "!": "!{}", "": "{}",
}  # fmt: skip


def decode_latex(source: str) -> str:
    """Return what a value means: accents composed, symbols as characters, groups without braces.

    A line that begins with blanks goes on where the line before it ended. Formulas and macros that
    are not known stay as they are.
    """
    if not _MARKED_UP.search(source):
        return source.strip()
    out: list[str] = []
    accents: list[str] = []
    for match in _TOKEN.finditer(unwrap(source)):
        text = _meaning(match, accents)
        if accents and text.strip():
            text = _accented(text.lstrip(), accents)
        elif accents:
            # The blank between an accent and its letter; or, after "{}", an accent of its own.
            text = _left_alone(accents) if match["brace"] == "}" else ""
        out.append(text)
    return "".join([*out, *accents]).strip()


def encode_latex(text: str) -> str:
    """Return a text such that LaTeX prints it as it is, and `decode_latex` gives it back."""
    return _SPECIAL.sub(_written, text)


def decode_verbatim(source: str) -> str:
    """Return a web address or another value that is not LaTeX, without the escapes around signs."""
    return _ESCAPED.sub(r"\1", source)


def encode_verbatim(text: str) -> str:
    """Return a web address such that its braces and backslashes do not end the entry."""
    return re.sub(r"[\\{}]", r"\\\g<0>", text)


def unwrap(source: str) -> str:
    """Return a text in which indented lines are joined to the line before them."""
    if "\n" not in source:
        return source.strip(" \t")
    out: list[str] = []
    before = ""
    for line in source.strip().split("\n"):
        text = line.lstrip(" \t")
        if out and before and text and text != line:
            out[-1] = out[-1].rstrip(" \t")
            out += " ", text
        elif out:
            out += "\n", text
        else:
            out.append(text)
        before = text
    return "".join(out)


def _meaning(match: re.Match[str], accents: list[str]) -> str:
    """Return the text that a token stands for; an accent waits in `accents` for its letter."""
    if match["plain"] is not None:
        return match["plain"]
    if match["macro"] is not None:
        return _macro(match, accents)
    if match["symbol"] is not None:
        if match["symbol"] in _ACCENTS:
            accents.append(match["symbol"])
            return ""
        return _SYMBOLS.get(match["symbol"], match[0])
    if match["math"] is not None:
        return _math(match)
    if match["ligature"] is not None:
        return _LIGATURES[match["ligature"]]
    if match["url"] is not None:
        return decode_verbatim(match["url"]) + (" " if match["address"] == "href" else "")
    return match["verb"] or ""


def _macro(match: re.Match[str], accents: list[str]) -> str:
    name = match["macro"]
    if name in _ACCENTS:
        accents.append(name)
        return ""
    if name in _FORMATTING:
        return ""
    if name in {"i", "j"} and accents:
        return name
    meaning = _symbol(name)
    return match[0] if meaning is None else meaning


def _math(match: re.Match[str]) -> str:
    """Return a sign that stands for itself; formulas stay as they are."""
    operator = _OPERATOR.fullmatch(match["math"])
    if operator is None:
        return match[0]
    meaning = operator[2] or _symbol(operator[1])
    return match[0] if meaning is None else meaning


@lru_cache(maxsize=4096)
def _symbol(name: str) -> str | None:
    """Return the characters that a macro prints; None for a macro that is none of that kind."""
    if name in _SPELLED:
        return _SPELLED[name]
    known = _database().get_macro_spec(name)
    meaning = known.simplify_repl if known else None
    return meaning if isinstance(meaning, str) and meaning and "%" not in meaning else None


@lru_cache(maxsize=1)
def _database() -> Any:
    return get_default_latex_context_db()


def _written(match: re.Match[str]) -> str:
    if match[0].endswith("@"):
        # At the beginning of a line it would begin an entry.
        return "{" + match[0] + "}"
    return _WRITTEN.get(match[0], "\\" + match[0])


def _accented(text: str, accents: list[str]) -> str:
    marks = "".join(_ACCENTS[accent] for accent in reversed(accents))
    accents.clear()
    return unicodedata.normalize("NFC", text[0] + marks) + text[1:]


def _left_alone(accents: list[str]) -> str:
    text = "".join(accents)
    accents.clear()
    return text
